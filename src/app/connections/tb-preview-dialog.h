/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Asks the PBX for its last calls and shows how they would be read, and what could not be: nothing is stored. */
void tb_preview_dialog_run (GtkWidget *widget, TbBooks *books, const TbConnection *connection);

G_END_DECLS
