/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-mirror.h"
#include "tb-payment.h"

G_BEGIN_DECLS

/* What became of an invoice of ours at WHMCS, from the invoices there that are its parts, and what was paid for each. */
typedef struct
{
  guint32 invoice_id;
  TbPaymentState state;
  TbAmount total;    /* of all parts that are not cancelled */
  TbAmount paid;     /* less what was refunded, with what was applied from credit */
  TbAmount refunded;
  TbAmount credit;   /* what of `paid` was applied from credit */
  gint64 since;      /* when it was first seen so */
  gint64 read_at;
} TbPaymentStatus;

/* Of one part: `payments` (of TbMirrorPayment) may be others' too. */
gboolean tb_payment_status_of (const TbMirrorInvoice *invoice, GPtrArray *payments, TbPaymentStatus *ret, GError **error);
/* Of two parts together; paid only when both are. */
gboolean tb_payment_status_merge (const TbPaymentStatus *a, const TbPaymentStatus *b, TbPaymentStatus *ret, GError **error);

G_END_DECLS
