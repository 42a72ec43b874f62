/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* A form for one connection: a new one (NULL), whose kind is chosen first, or one that is there. It can be tested before it is saved. The secret
 * goes into the keyring and nowhere else. `saved` (may be NULL) gets its name. */
typedef void (*TbConnectionSaved) (const char *name, gpointer data);
void tb_connection_dialog_run (GtkWidget *widget, TbBooks *books, const TbConnection *connection, TbConnectionSaved saved, gpointer data);

G_END_DECLS
