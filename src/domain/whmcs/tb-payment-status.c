/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-status.h"

/* What WHMCS calls it; "Unpaid", "Overdue", "Collections" and "Payment Pending" all ask for money. */
static TbPaymentState
state_of (const char *status, TbAmount paid)
{
  static const struct
  {
    const char *status;
    TbPaymentState state;
  } words[] = {
    { "Draft", TB_PAYMENT_DRAFT }, { "Paid", TB_PAYMENT_PAID }, { "Cancelled", TB_PAYMENT_CANCELLED }, { "Refunded", TB_PAYMENT_REFUNDED }
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (status, words[i].status) == 0)
      return words[i].state;
  return paid > 0 ? TB_PAYMENT_PARTLY : TB_PAYMENT_OPEN;
}

gboolean
tb_payment_status_of (const TbMirrorInvoice *invoice, GPtrArray *payments, TbPaymentStatus *ret, GError **error)
{
  TbAmount paid = invoice->credit, refunded = 0;

  for (guint i = 0; i < payments->len; i++)
    {
      const TbMirrorPayment *payment = payments->pdata[i];

      if (payment->invoice == invoice->id
          && (!tb_amount_add (paid, payment->amount_in, &paid, error) || !tb_amount_subtract (paid, payment->amount_out, &paid, error)
              || !tb_amount_add (refunded, payment->amount_out, &refunded, error)))
        return FALSE;
    }
  *ret = (TbPaymentStatus){ .state = state_of (invoice->status, paid), .total = invoice->total, .paid = paid,
                           .refunded = refunded, .credit = invoice->credit };
  return TRUE;
}

static TbPaymentState
merge_states (const TbPaymentStatus *a, const TbPaymentStatus *b)
{
  if (a->state == b->state)
    return a->state;
  if (a->state == TB_PAYMENT_CANCELLED || b->state == TB_PAYMENT_CANCELLED)
    return a->state == TB_PAYMENT_CANCELLED ? b->state : a->state;
  return a->paid > 0 || b->paid > 0 || a->state == TB_PAYMENT_PAID || b->state == TB_PAYMENT_PAID ? TB_PAYMENT_PARTLY : TB_PAYMENT_OPEN;
}

gboolean
tb_payment_status_merge (const TbPaymentStatus *a, const TbPaymentStatus *b, TbPaymentStatus *ret, GError **error)
{
  TbPaymentStatus sum = { .invoice_id = a->invoice_id, .state = merge_states (a, b) };
  TbAmount x = a->state == TB_PAYMENT_CANCELLED ? 0 : a->total, y = b->state == TB_PAYMENT_CANCELLED ? 0 : b->total;

  if (!tb_amount_add (x, y, &sum.total, error) || !tb_amount_add (a->paid, b->paid, &sum.paid, error)
      || !tb_amount_add (a->refunded, b->refunded, &sum.refunded, error) || !tb_amount_add (a->credit, b->credit, &sum.credit, error))
    return FALSE;
  *ret = sum;
  return TRUE;
}
