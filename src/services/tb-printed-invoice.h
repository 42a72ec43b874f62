/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice-page.h"
#include "tb-store.h"

G_BEGIN_DECLS

/**
 * TbPrintedInvoice: an invoice with its calls, laid out on the company's paper, numbers masked as the books say: what the preview,
 * the printer and the PDF draw. Immutable; made on one thread, it may be drawn on another, by one at a time.
 */
typedef struct
{
  TbInvoice *invoice;
  GPtrArray *calls; /* of TbInvoiceCall */
  TbInvoiceDocument *document;
} TbPrintedInvoice;

/* The company's paper, and how much of called numbers is masked. */
TbInvoiceStyle    tb_printed_invoice_style (TbStore *store, const TbInvoice *invoice);
/* `name` is a number or an id in digits. */
TbPrintedInvoice *tb_printed_invoice_load (TbStore *store, const char *name, GError **error);
TbPrintedInvoice *tb_printed_invoice_ref (TbPrintedInvoice *self);
void              tb_printed_invoice_unref (TbPrintedInvoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPrintedInvoice, tb_printed_invoice_unref)

G_END_DECLS
