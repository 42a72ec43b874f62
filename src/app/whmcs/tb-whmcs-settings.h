/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Asks where WHMCS is, how to sign in there and what is to become of invoices; the secrets go to the keyring, the rest into the books. */
void tb_whmcs_settings_run (GtkWidget *widget, TbBooks *books);

G_END_DECLS
