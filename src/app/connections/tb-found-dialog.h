/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Tenants, extensions and numbers of a connection that no service claims, from its calls and from what the PBX tells, to be given to clients, many at
 * once. */
void tb_found_dialog_run (GtkWidget *widget, TbBooks *books, const TbConnection *connection);

G_END_DECLS
