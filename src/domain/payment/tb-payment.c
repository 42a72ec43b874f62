/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

typedef struct
{
  const char *name, *title;
} Word;

static const Word kinds[] = {
  [TB_PAYMENT_RECEIVED] = { "payment", N_ ("Payment") },
  [TB_PAYMENT_REFUND] = { "refund", N_ ("Refund") },
  [TB_PAYMENT_RETURN] = { "return", N_ ("Return") },
};

static const Word sources[] = {
  [TB_PAYMENT_BY_HAND] = { "hand", N_ ("By hand") },
  [TB_PAYMENT_FROM_WHMCS] = { "whmcs", N_ ("WHMCS") },
  [TB_PAYMENT_FROM_BANK] = { "bank", N_ ("Bank") },
};

static const Word states[] = {
  [TB_PAYMENT_DRAFT] = { "draft", N_ ("Draft") },
  [TB_PAYMENT_OPEN] = { "open", N_ ("Unpaid") },
  [TB_PAYMENT_PARTLY] = { "partly-paid", N_ ("Partly paid") },
  [TB_PAYMENT_PAID] = { "paid", N_ ("Paid") },
  [TB_PAYMENT_CANCELLED] = { "cancelled", N_ ("Cancelled") },
  [TB_PAYMENT_REFUNDED] = { "refunded", N_ ("Refunded") },
  [TB_PAYMENT_OVERPAID] = { "overpaid", N_ ("Overpaid") },
};

/* ---- values ---- */

static void
allocation_free (gpointer data)
{
  TbAllocation *self = data;

  g_free (self->number);
  g_free (self);
}

TbPayment *
tb_payment_new (void)
{
  TbPayment *self = g_new0 (TbPayment, 1);

  self->day = TB_DAY_NONE;
  self->allocations = g_ptr_array_new_with_free_func (allocation_free);
  return self;
}

void
tb_payment_free (TbPayment *self)
{
  if (self == NULL)
    return;
  g_free (self->client);
  g_free (self->method);
  g_free (self->reference);
  g_free (self->note);
  g_free (self->origin);
  g_ptr_array_unref (self->allocations);
  g_free (self);
}

/* ---- words ---- */

const char *
tb_payment_kind_to_string (TbPaymentKind self)
{
  return kinds[self].name;
}

const char *
tb_payment_kind_to_display (TbPaymentKind self)
{
  return _(kinds[self].title);
}

gboolean
tb_payment_kind_parse (const char *text, TbPaymentKind *ret, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (text, kinds[i].name) == 0)
      {
        *ret = (TbPaymentKind) i;
        return TRUE;
      }
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is no kind of payment; there are payment, refund and return."), text);
  return FALSE;
}

const char *
tb_payment_source_to_string (TbPaymentSource self)
{
  return sources[self].name;
}

const char *
tb_payment_source_to_display (TbPaymentSource self)
{
  return _(sources[self].title);
}

const char *
tb_payment_state_to_string (TbPaymentState self)
{
  return states[self].name;
}

const char *
tb_payment_state_to_display (TbPaymentState self)
{
  return _(states[self].title);
}

gboolean
tb_payment_state_is_due (TbPaymentState self)
{
  return self == TB_PAYMENT_OPEN || self == TB_PAYMENT_PARTLY;
}

/* ---- allocations ---- */

static TbAllocation *
find_allocation (const TbPayment *self, guint32 invoice_id)
{
  for (guint i = 0; i < self->allocations->len; i++)
    {
      TbAllocation *allocation = self->allocations->pdata[i];

      if (allocation->invoice_id == invoice_id)
        return allocation;
    }
  return NULL;
}

gboolean
tb_payment_add_allocation (TbPayment *self, guint32 invoice_id, const char *number, TbAmount amount, GError **error)
{
  TbAllocation *allocation = find_allocation (self, invoice_id);

  if (allocation != NULL)
    return tb_amount_add (allocation->amount, amount, &allocation->amount, error);
  allocation = g_new (TbAllocation, 1);
  *allocation = (TbAllocation){ invoice_id, g_strdup (number), amount };
  g_ptr_array_add (self->allocations, allocation);
  return TRUE;
}

gboolean
tb_payment_get_rest (const TbPayment *self, TbAmount *ret, GError **error)
{
  TbAmount rest = self->amount.amount;

  for (guint i = 0; i < self->allocations->len; i++)
    if (!tb_amount_subtract (rest, ((TbAllocation *) self->allocations->pdata[i])->amount, &rest, error))
      return FALSE;
  *ret = rest;
  return TRUE;
}

static gboolean
refuse (const TbPayment *self, const char *reason, GError **error)
{
  g_autofree char *amount = tb_money_to_string (self->amount);

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, "%s %s: %s", amount, tb_currency_to_string (self->amount.currency), reason);
  return FALSE;
}

gboolean
tb_payment_validate (const TbPayment *self, GError **error)
{
  gboolean back = self->kind != TB_PAYMENT_RECEIVED;
  TbMoney rounded;
  TbAmount rest;

  if (!tb_money_round (self->amount, TB_ROUND_HALF_UP, &rounded, error) || !tb_payment_get_rest (self, &rest, error))
    return FALSE;
  if (self->amount.amount == 0 || (self->amount.amount < 0) != back)
    return refuse (self, _("the amount must be above zero."), error);
  if (rounded.amount != self->amount.amount)
    return refuse (self, _("money is paid in the currency's smallest coin, not in parts of it."), error);
  if (back ? rest > 0 : rest < 0)
    return refuse (self, _("more was put on invoices than was paid."), error);
  return TRUE;
}

/* ---- reversals ---- */

gboolean
tb_payment_get_left (const TbPayment *self, GPtrArray *earlier, TbAmount *ret, GError **error)
{
  TbAmount left = self->amount.amount;

  for (guint i = 0; i < earlier->len; i++)
    if (!tb_amount_add (left, ((TbPayment *) earlier->pdata[i])->amount.amount, &left, error))
      return FALSE;
  *ret = left;
  return TRUE;
}

/* What of the payment is still for that invoice. */
static gboolean
get_allocated_left (const TbAllocation *allocation, GPtrArray *earlier, TbAmount *ret, GError **error)
{
  TbAmount left = allocation->amount;

  for (guint i = 0; i < earlier->len; i++)
    {
      const TbAllocation *back = find_allocation (earlier->pdata[i], allocation->invoice_id);

      if (back != NULL && !tb_amount_add (left, back->amount, &left, error))
        return FALSE;
    }
  *ret = left;
  return TRUE;
}

static gboolean
get_rest_left (const TbPayment *payment, GPtrArray *earlier, TbAmount *ret, GError **error)
{
  TbAmount left, rest;

  if (!tb_payment_get_rest (payment, &left, error))
    return FALSE;
  for (guint i = 0; i < earlier->len; i++)
    if (!tb_payment_get_rest (earlier->pdata[i], &rest, error) || !tb_amount_add (left, rest, &left, error))
      return FALSE;
  *ret = left;
  return TRUE;
}

static gboolean
refuse_more (const TbPayment *payment, TbAmount left, GError **error)
{
  g_autofree char *money = tb_money_to_display ((TbMoney){ left, payment->amount.currency });

  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Of payment %u only %s is left that can be taken back."), payment->id, money);
  return FALSE;
}

gboolean
tb_payment_reverse (TbPayment *reversal, const TbPayment *payment, GPtrArray *earlier, TbAmount amount, GError **error)
{
  TbAmount left, part;

  if (!tb_payment_get_left (payment, earlier, &left, error))
    return FALSE;
  if (amount > left)
    return refuse_more (payment, left, error);
  reversal->reverses_id = payment->id;
  reversal->amount = (TbMoney){ -amount, payment->amount.currency };
  if (!get_rest_left (payment, earlier, &part, error))
    return FALSE;
  amount -= CLAMP (part, 0, amount);
  for (guint i = payment->allocations->len; amount > 0 && i-- > 0;)
    {
      const TbAllocation *allocation = payment->allocations->pdata[i];

      if (!get_allocated_left (allocation, earlier, &part, error))
        return FALSE;
      part = CLAMP (part, 0, amount);
      amount -= part;
      if (part > 0 && !tb_payment_add_allocation (reversal, allocation->invoice_id, allocation->number, -part, error))
        return FALSE;
    }
  return TRUE;
}
