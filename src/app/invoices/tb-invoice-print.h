/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-printed-invoice.h"

G_BEGIN_DECLS

/* A print operation for the invoice, which it keeps; the caller runs it. */
GtkPrintOperation *tb_invoice_print_new (TbPrintedInvoice *invoice);
/* Asks for a printer and prints; failures are shown. */
void               tb_invoice_print_run (TbPrintedInvoice *invoice, GtkWidget *widget);

G_END_DECLS
