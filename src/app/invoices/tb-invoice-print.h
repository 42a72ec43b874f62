/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-printed-invoice.h"

G_BEGIN_DECLS

/* A print operation for documents (of TbPrintedInvoice, one or more) one after the other, which it keeps; the caller runs it. */
GtkPrintOperation *tb_invoice_print_new (GPtrArray *documents);
/* Asks for a printer and prints; failures are shown. */
void               tb_invoice_print_run (GPtrArray *documents, GtkWidget *widget);

G_END_DECLS
