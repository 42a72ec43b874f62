/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"

G_BEGIN_DECLS

/* Seller, buyer and what else of the set-up stands on the paper, as one text in the invoice's row. From approval on it never changes, whatever
 * becomes of the client or the company. */
char *tb_invoice_freeze (const TbInvoice *invoice);
void  tb_invoice_thaw (TbInvoice *invoice, const char *frozen);
/* An approved or voided invoice, whole as it is read, still is what was approved: its text holds a digest of it. */
gboolean tb_invoice_is_as_frozen (const TbInvoice *invoice, const char *frozen);

G_END_DECLS
