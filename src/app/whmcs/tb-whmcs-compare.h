/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Asks WHMCS for all of its invoices, and shows in a window what is there and not here, here and not there, and of which one side says that it is not to be
 * paid. */
void tb_whmcs_compare_run (GtkWidget *widget, TbBooks *books);

G_END_DECLS
