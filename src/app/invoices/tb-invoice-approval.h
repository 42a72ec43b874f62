/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"

G_BEGIN_DECLS

/* Approves drafts: those of `ids` (of guint32; copied), or with NULL all of the month's run. More than one is asked for first, in a question that names how
 * many, and just those are approved. `changed` (may be NULL) hears when it begins and when it is over; what became of it is told. */
typedef void (*TbInvoiceApproving) (GtkWidget *widget, gboolean approving);
void tb_invoice_approval_run (GtkWidget *widget, TbBooks *books, int year, int month, GArray *ids, guint n, TbInvoiceApproving changed);

G_END_DECLS
