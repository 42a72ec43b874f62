/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"
#include "tb-set-aside-store.h"

G_BEGIN_DECLS

/* What a connection brought that is not among its calls, each with why, as it came, and what can be done with it. `page` is where it was asked for and
 * `actions` are its "connection." actions; `what` is shown first. `network`: it is collected, and not only fed with files. */
void tb_set_aside_dialog_run (GtkWidget *page, GActionGroup *actions, TbBooks *books, const char *connection, gboolean network, TbSetAside what);

G_END_DECLS
