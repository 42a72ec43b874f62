/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-grid.h"
#include "tb-grid-cell.h"

G_BEGIN_DECLS

struct _TbGrid
{
  GtkWidget parent_instance;

  const TbGridColumn *columns;
  guint n_columns;
  const TbGridSource *source;
  gpointer data;
  guint n_rows;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  int row_height;
  GtkWidget *header; /* of labels */
  GPtrArray *pool;   /* of GtkWidget; the row at p is pool[p % pool->len] */
  GArray *shown;     /* of guint: the row that each of them shows; G_MAXUINT = none */
  int *lefts, *widths; /* of columns, as allocated */

  /* cursor and choice (tb-grid-cursor.c) */
  guint row, column, anchor;
  GtkBitset *selection;

  /* editing (tb-grid-edit.c) */
  GtkWidget *entry, *fault;
  gboolean editing, refused;
  guint edit_row, edit_column;
};

enum { TB_GRID_CURSOR_MOVED, TB_GRID_SELECTION_CHANGED, TB_GRID_N_SIGNALS };
extern guint tb_grid_signals[TB_GRID_N_SIGNALS];

/* tb-grid.c */
void       tb_grid_bind (TbGrid *self);                         /* gives the rows in sight their texts */
GtkWidget *tb_grid_get_cell (TbGrid *self, guint row, guint column); /* NULL when it is out of sight */
void       tb_grid_scroll_to (TbGrid *self, guint row, guint column);
guint      tb_grid_get_page (TbGrid *self);                     /* rows that are seen at once */
gboolean   tb_grid_find_at (TbGrid *self, double x, double y, guint *ret_row, guint *ret_column);
int        tb_grid_get_header_height (TbGrid *self);

/* tb-grid-cursor.c */
void tb_grid_cursor_init (TbGrid *self);
void tb_grid_move (TbGrid *self, gint64 row, int column, gboolean extend, gboolean keep);
void tb_grid_focus_cursor (TbGrid *self);

/* tb-grid-edit.c */
void tb_grid_edit_init (TbGrid *self);
gboolean tb_grid_edit_with (TbGrid *self, const char *text); /* NULL = what is there */
void tb_grid_cancel_edit (TbGrid *self);
void tb_grid_edit_allocate (TbGrid *self, int width, int height);

G_END_DECLS
