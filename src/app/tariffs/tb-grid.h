/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TbGrid: a table of any length whose cells are walked with the arrow keys and edited in place, as in a spreadsheet.
 *
 * There are widgets for the rows in sight only, while GtkColumnView makes two hundred rows of them and lets no key reach a cell (GTK 4.8); so
 * it is there within a frame, whatever its length. Stands in a GtkScrolledWindow.
 *
 * Keys: arrows, Page Up and Down, Home and End, with Ctrl to the ends of the table, with Shift over rows that are then chosen; Ctrl+A all;
 * Ctrl+Space this row too; Enter and F2, or what is typed, edit; Enter, Tab and the arrows take it over and go on, Escape leaves it as it
 * was. What a text is refused for stands beside the cell, and the old value stays.
 */
#define TB_TYPE_GRID (tb_grid_get_type ())
G_DECLARE_FINAL_TYPE (TbGrid, tb_grid, TB, GRID, GtkWidget)

typedef struct
{
  const char *title; /* marked with N_ */
  int width;         /* pixels; 0 = takes what is left, and at least 180 */
  gboolean numeric;
} TbGridColumn;

/* Where the texts come from. `row` is from 0 to n_rows - 1, `column` as in the table of columns. */
typedef struct
{
  char *(*get_text) (guint row, guint column, gpointer data);
  const char *(*get_style) (guint row, guint column, gpointer data); /* a static style class, or NULL; may be NULL */
  char *(*get_edit_text) (guint row, guint column, gpointer data);   /* what editing begins with; NULL = not editable; may be NULL */
  /* Takes over what was typed (`apply`), or only says whether it would. FALSE: refused, with the reason. */
  gboolean (*set_text) (guint row, guint column, const char *text, gboolean apply, char **ret_fault, gpointer data);
} TbGridSource;

/* `columns` and `source` are static; `data` must live as long as the grid has rows. */
TbGrid *tb_grid_new (const char *label, const TbGridColumn *columns, guint n_columns, const TbGridSource *source, gpointer data);

/* Other rows: the cursor goes to the first one, nothing else is chosen. */
void tb_grid_set_n_rows (TbGrid *self, guint n_rows);
guint tb_grid_get_n_rows (TbGrid *self);
/* Some rows came or went; cursor and choice stay with theirs. */
void tb_grid_splice (TbGrid *self, guint row, guint removed, guint added);
/* The same rows, with other texts. */
void tb_grid_refresh (TbGrid *self);

/* Signal "cursor-moved"; also when the rows are others. FALSE: there are no rows. */
gboolean tb_grid_get_cursor (TbGrid *self, guint *ret_row, guint *ret_column);
/* Goes there, and shows it; what is being edited is taken over first, and FALSE says that it was refused. */
gboolean tb_grid_set_cursor (TbGrid *self, guint row, guint column);
/* Signal "selection-changed". Borrowed. */
GtkBitset *tb_grid_get_selection (TbGrid *self);
void tb_grid_select_all (TbGrid *self);

/* Edits the cell of the cursor; FALSE when it cannot be edited. */
gboolean tb_grid_edit (TbGrid *self);
/* Takes over what is being edited, if anything; FALSE when it was refused and is still there. */
gboolean tb_grid_finish_edit (TbGrid *self);
gboolean tb_grid_is_editing (TbGrid *self);
/* Why what was typed is refused; NULL = it is not. */
const char *tb_grid_get_fault (TbGrid *self);
/* For tests: how many row widgets there are. */
guint tb_grid_get_n_widgets (TbGrid *self);

G_END_DECLS
