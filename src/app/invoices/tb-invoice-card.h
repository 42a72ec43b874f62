/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"
#include "tb-invoice-rows.h"
#include "tb-printed-invoice.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TbInvoiceCard: one invoice: what it is, what can be done with it, and its printed pages. Its buttons activate the "invoice."
 * actions of the page around it.
 */
#define TB_TYPE_INVOICE_CARD (tb_invoice_card_get_type ())
G_DECLARE_FINAL_TYPE (TbInvoiceCard, tb_invoice_card, TB, INVOICE_CARD, AdwBin)

/* `invoice` NULL = none */
void tb_invoice_card_show (TbInvoiceCard *self, TbPrintedInvoice *invoice, TbStanding standing, TbBooks *books);
void tb_invoice_card_say_many (TbInvoiceCard *self, const char *text); /* what is chosen besides the one that is shown; NULL = nothing */
void tb_invoice_card_fit_page (TbInvoiceCard *self);
void tb_invoice_card_zoom (TbInvoiceCard *self, int steps);                                 /* 0 = as wide as the view */
void tb_invoice_card_turn (TbInvoiceCard *self, int pages);

G_END_DECLS
