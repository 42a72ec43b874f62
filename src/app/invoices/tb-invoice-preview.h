/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tb-printed-invoice.h"

G_BEGIN_DECLS

/**
 * TbInvoicePreview: the printed pages under each other on a desk, drawn by the code that prints them. Put it into a scrolled window;
 * only pages that are seen are drawn.
 *
 * Properties "page" (from 1; where the view stands), "n-pages" and "zoom" (1 = as large as on paper; 0 = as wide as the view) notify.
 */
#define TB_TYPE_INVOICE_PREVIEW (tb_invoice_preview_get_type ())
G_DECLARE_FINAL_TYPE (TbInvoicePreview, tb_invoice_preview, TB, INVOICE_PREVIEW, GtkWidget)

void   tb_invoice_preview_set_invoice (TbInvoicePreview *self, TbPrintedInvoice *invoice); /* NULL = none */
guint  tb_invoice_preview_get_page (TbInvoicePreview *self);
guint  tb_invoice_preview_get_n_pages (TbInvoicePreview *self);
void   tb_invoice_preview_go (TbInvoicePreview *self, guint page); /* from 1 */
double tb_invoice_preview_get_zoom (TbInvoicePreview *self);       /* as drawn, also when it fits the width */
void   tb_invoice_preview_zoom (TbInvoicePreview *self, int steps); /* in steps of a quarter; 0 = as wide as the view */
void   tb_invoice_preview_fit_page (TbInvoicePreview *self);       /* a whole page in the view */
gboolean tb_invoice_preview_fits_page (TbInvoicePreview *self);

G_END_DECLS
