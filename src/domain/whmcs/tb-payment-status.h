/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-mirror.h"
#include "tb-money.h"

G_BEGIN_DECLS

/**
 * TbPaymentStatus: what became of an invoice of ours at WHMCS, from the invoices there that are its parts, and what was paid for each. Numbers of states are
 * stored in books: append only.
 */
typedef enum
{
  TB_PAYMENT_DRAFT = 0,     /* staff has not published it */
  TB_PAYMENT_OPEN = 1,      /* nothing was paid */
  TB_PAYMENT_PARTLY = 2,
  TB_PAYMENT_PAID = 3,
  TB_PAYMENT_CANCELLED = 4,
  TB_PAYMENT_REFUNDED = 5,
} TbPaymentState;
const char *tb_payment_state_to_string (TbPaymentState self);  /* "draft" "open" "partly-paid" "paid" "cancelled" "refunded" */
const char *tb_payment_state_to_display (TbPaymentState self); /* translated */
/* Whether the client still owes something, so that there is something to remind of. */
gboolean    tb_payment_state_is_due (TbPaymentState self);

typedef struct
{
  guint32 invoice_id;
  TbPaymentState state;
  TbAmount total;    /* of all parts that are not cancelled */
  TbAmount paid;     /* less what was refunded, with what was applied from credit */
  TbAmount refunded;
  gint64 since;      /* when it was first seen so */
  gint64 read_at;
} TbPaymentStatus;

/* Of one part: `payments` (of TbMirrorPayment) may be others' too. */
gboolean tb_payment_status_of (const TbMirrorInvoice *invoice, GPtrArray *payments, TbPaymentStatus *ret, GError **error);
/* Of two parts together; paid only when both are. */
gboolean tb_payment_status_merge (const TbPaymentStatus *a, const TbPaymentStatus *b, TbPaymentStatus *ret, GError **error);

G_END_DECLS
