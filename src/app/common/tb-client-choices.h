/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-setup.h"

G_BEGIN_DECLS

/* "All clients", and then each by name, in a drop-down of a page's tools. `keys` (of char *, which it frees) are the clients in that order;
 * whoever was chosen stays chosen as long as there is such a client. */
void        tb_client_choices_fill (GtkWidget *drop_down, GPtrArray *keys, const TbSetup *setup);
/* The key of the one who is chosen; NULL = all. Borrowed until they are filled again. */
const char *tb_client_choices_get (GtkWidget *drop_down, GPtrArray *keys);

G_END_DECLS
