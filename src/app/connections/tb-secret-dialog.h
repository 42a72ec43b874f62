/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a connection's key or password and keeps it in the Secret Service, or removes the one that is kept there. */
void tb_secret_dialog_run (GtkWidget *widget, const char *connection);

G_END_DECLS
