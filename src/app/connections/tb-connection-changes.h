/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person changes of a connection on its page; what failed is said in a dialog over it. */

/* With its secret, after a question. */
void tb_connection_changes_ask_remove (GtkWidget *page, TbBooks *books, const char *name);
/* Seconds between two runs, and for how long it may fail before somebody is told; 0 = never. */
void tb_connection_changes_schedule (GtkWidget *page, TbBooks *books, const char *name, gint64 every, gint64 alarm);
void tb_connection_changes_remove_filter (GtkWidget *page, TbBooks *books, const TbFilter *filter);

G_END_DECLS
