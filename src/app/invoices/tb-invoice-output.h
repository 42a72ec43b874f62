/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-books.h"
#include "tb-invoice.h"

G_BEGIN_DECLS

/* Many invoices (ids of guint32) at once, as jobs with progress that can be cancelled. */

/* Lays them out, then asks for a printer. */
void tb_invoice_output_print (GtkWidget *widget, TbBooks *books, GArray *ids);
/* Asks how the files are called and where they go, writes a PDF of each, and says what became of it. */
void tb_invoice_output_save (GtkWidget *widget, TbBooks *books, GArray *ids);
/* One, as the file that is asked for. */
void tb_invoice_output_save_one (GtkWidget *widget, TbBooks *books, const TbInvoice *invoice);

G_END_DECLS
