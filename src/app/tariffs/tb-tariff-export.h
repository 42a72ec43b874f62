/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a file and writes a tariff to it as a deck; `version` 0 = the present one. `widget` is where it was asked. */
void tb_tariff_export (GtkWidget *widget, TbBooks *books, const char *name, guint32 version);

G_END_DECLS
