/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-electronic-invoice.h"

G_BEGIN_DECLS

/* The invoice as UBL 2.1, a credit note with the root of its own: EN 16931 or Peppol BIS Billing 3.0 as `invoice` says. `call_list` (a CSV text, or
 * NULL) rides inside as an attachment.
 *
 * Usage is one of something at its whole price, its calls and minutes are properties of the item: calls are rounded one by one, so minutes times
 * a price do not come to their sum, and PEPPOL-EN16931-R120 would refuse that. */
char *tb_ubl_to_text (const TbElectronicInvoice *invoice, GBytes *call_list);

G_END_DECLS
