/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Fills a boxed list with the newest of `n` lines, newest first, and a row that shows all of them. `add` appends the row of the i-th; `data` is freed with
 * the list, or when it is filled anew. */
typedef void (*TbAddLine) (GtkWidget *list, gpointer data, guint i);
void tb_newest_lines_show (GtkWidget *list, guint n, TbAddLine add, gpointer data, GDestroyNotify free_data);

G_END_DECLS
