/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* What WHMCS is asked, as jobs; what it says is shown to the person in front of `widget`. */

/* Whether it answers, which version it is, and what these credentials may not do. */
void tb_whmcs_test_run (GtkWidget *widget, TbBooks *books);
/* What it has: clients, products, services, invoices and what was paid. */
void tb_whmcs_pull_run (GtkWidget *widget, TbBooks *books);

G_END_DECLS
