/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-item.h"

G_BEGIN_DECLS

/* One column of a table: how its cells read and how it sorts. Lists of TbItem; `value` is what the item holds. */
typedef struct
{
  const char *title;  /* marked with N_ */
  int width;          /* pixels; 0 = takes what is left */
  gboolean numeric;   /* at the end of the cell, digits of equal width */
  char *(*format) (gconstpointer value, gpointer context);
  GCompareFunc compare; /* sorts here, for lists of hundreds; or NULL */
  int order;            /* long lists: a number that tb_columns_get_order gives back; 0 = does not sort */
  const char *(*style) (gconstpointer value, gpointer context); /* style class of the cell, or NULL: "error" for what is wrong; the text says so too */
} TbColumn;

/* `columns` is static. `context` goes to every format call and must live as long as the view. */
void tb_columns_install (GtkColumnView *view, const TbColumn *columns, guint n_columns, gpointer context);

/* Writes every cell that there is anew: its item's value is another one, the list is as it was. */
void tb_columns_refresh (GtkColumnView *view);

/* What a row reads in the columns that are shown, with tabs between them, as spreadsheets take it from the clipboard. */
char *tb_columns_dup_row (GtkColumnView *view, gconstpointer value);

/* Model with selection and, for columns that compare, sorting. The selection is returned, borrowed. */
GtkSingleSelection *tb_columns_set_model (GtkColumnView *view, GListModel *model, gboolean sorted);
/* The same with a selection of several rows (Ctrl and Shift, Ctrl+A). */
GtkMultiSelection  *tb_columns_set_model_many (GtkColumnView *view, GListModel *model, gboolean sorted);
/* The value of the selected row, the first one of several; or NULL. */
gpointer   tb_columns_get_selected (GtkColumnView *view);
/* Those of all selected rows, in the order in which they are shown; borrowed values. */
GPtrArray *tb_columns_list_selected (GtkColumnView *view);

/* Which column's header was clicked, for columns with `order`. FALSE = none. */
gboolean tb_columns_get_order (GtkColumnView *view, int *ret_order, gboolean *ret_descending);

void tb_columns_scroll_to (GtkColumnView *view, guint position);

G_END_DECLS
