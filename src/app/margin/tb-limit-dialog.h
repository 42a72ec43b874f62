/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for the limits of a client (its key; NULL = the default of all) and keeps them. */
void tb_limit_dialog_run (GtkWidget *widget, TbBooks *books, const char *client);

G_END_DECLS
