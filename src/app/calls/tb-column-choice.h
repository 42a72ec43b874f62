/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TbColumnChoice: which columns of a view are shown, in which order and how wide, chosen by a menu and by the headers themselves, and remembered in GSettings.
 */
typedef struct _TbColumnChoice TbColumnChoice;

/* `ids` name the view's columns as they stand now, NULL-ended and static; the first `n_shown` are shown until somebody chooses. `key` holds a(sib): id, width
 * (−1 = its own), shown. */
TbColumnChoice *tb_column_choice_new (GtkColumnView *view, const char *const *ids, guint n_shown, const char *key);
void            tb_column_choice_free (TbColumnChoice *self);
/* What is chosen and moved now; when the page goes away. */
void            tb_column_choice_save (TbColumnChoice *self);
/* For a GtkMenuButton: a check for each column, and a way back to the usual ones. */
GtkWidget      *tb_column_choice_new_popover (TbColumnChoice *self);
/* The columns in the order of `ids`; borrowed. */
GtkColumnViewColumn *const *tb_column_choice_get_columns (TbColumnChoice *self);
/* Ids of those that are shown, in order; free the array alone. */
const char    **tb_column_choice_list_shown (TbColumnChoice *self);

G_END_DECLS
