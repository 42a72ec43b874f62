/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-account.h"
#include "tb-output.h"

G_BEGIN_DECLS

/* Into the row or object that is open. */
void tb_payment_fields_say (TbOutput *out, const TbPayment *payment);
/* What became of an invoice: "payment" (its state), "received", "refunded", "open". NULL: of a draft or void one there is nothing to say. */
void tb_payment_fields_say_item (TbOutput *out, const TbOpenItem *item, TbCurrency currency);

G_END_DECLS
