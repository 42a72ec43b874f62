/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-account.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* ---- values ---- */

TbOpenItem *
tb_open_item_new (void)
{
  TbOpenItem *self = g_new0 (TbOpenItem, 1);

  self->issued = self->due = self->last = TB_DAY_NONE;
  return self;
}

void
tb_open_item_free (TbOpenItem *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self);
}

TbAccount *
tb_account_new (void)
{
  TbAccount *self = g_new0 (TbAccount, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_open_item_free);
  return self;
}

void
tb_account_free (TbAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->client);
  g_free (self->name);
  g_ptr_array_unref (self->items);
  g_free (self);
}

TbOpenItem *
tb_account_find (const TbAccount *self, const char *number)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      TbOpenItem *item = self->items->pdata[i];

      if (g_strcmp0 (item->number, number) == 0)
        return item;
    }
  return NULL;
}

TbOpenItem *
tb_account_find_id (const TbAccount *self, guint32 id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      TbOpenItem *item = self->items->pdata[i];

      if (item->id == id)
        return item;
    }
  return NULL;
}

/* ---- computing: amounts were checked to be small enough for all sums by `check_sums` ---- */

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const TbOpenItem *one = *(TbOpenItem *const *) a, *other = *(TbOpenItem *const *) b;

  if (one->due != other->due)
    return one->due < other->due ? -1 : 1;
  if (one->issued != other->issued)
    return one->issued < other->issued ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

/* So that everything below can be added without asking each time. */
static gboolean
check_sums (const TbAccount *self, GError **error)
{
  TbAmount sum = ABS (self->free);

  for (guint i = 0; i < self->items->len; i++)
    {
      const TbOpenItem *item = self->items->pdata[i];
      const TbAmount parts[] = { item->total, item->settled, item->allocated, item->refunded, item->returned,
                                 item->status.credit, item->status.paid };

      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        if (!tb_amount_add (sum, ABS (parts[j]), &sum, error))
          return FALSE;
    }
  return TRUE;
}

static TbAmount
payable_of (const TbOpenItem *item)
{
  return item->total - item->settled;
}

TbAmount
tb_open_item_get_paid (const TbOpenItem *self)
{
  return self->allocated + self->noted + self->credited;
}

static TbAmount
remaining_of (const TbOpenItem *item)
{
  return payable_of (item) - tb_open_item_get_paid (item);
}

TbAmount
tb_open_item_get_room (const TbOpenItem *self)
{
  return MAX (remaining_of (self), 0);
}

/* A credit note pays the invoice that it corrects as far as that is open; what is more than that is credit on account. */
static void
use_notes (TbAccount *self)
{
  /* A note is due before its invoice, so it may come first. */
  for (guint i = 0; i < self->items->len; i++)
    ((TbOpenItem *) self->items->pdata[i])->noted = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      TbOpenItem *note = self->items->pdata[i];
      TbOpenItem *invoice = payable_of (note) < 0 && note->corrects_id != 0 ? tb_account_find_id (self, note->corrects_id) : NULL;
      TbAmount part;

      if (invoice == NULL)
        continue;
      part = CLAMP (remaining_of (invoice), 0, -payable_of (note));
      note->noted = -part;
      invoice->noted += part;
    }
}

/* What WHMCS applied of credit, but for what was paid in advance, what notes already count for, and what payments here count for that are no transactions
 * there, for such money is there as credit. */
static TbAmount
find_credited (const TbOpenItem *item)
{
  TbAmount advance = item->applied ? item->settled : 0;
  TbAmount transactions = item->status.paid - item->status.credit;
  TbAmount more = item->status.credit - advance - item->noted - MAX (item->allocated - transactions, 0), room = remaining_of (item);

  return !item->posted || payable_of (item) <= 0 || more <= 0 || room <= 0 ? 0 : MIN (more, room);
}

static TbAmount
find_waived (const TbOpenItem *item)
{
  TbPaymentState there = item->posted ? item->status.state : TB_PAYMENT_OPEN;
  TbAmount remaining = remaining_of (item);
  gboolean closed = there == TB_PAYMENT_CANCELLED || there == TB_PAYMENT_REFUNDED || (there == TB_PAYMENT_PAID && item->returned == 0);

  return remaining <= 0 ? 0 : closed ? remaining : MIN (remaining, item->refunded);
}

static TbPaymentState
find_state (const TbOpenItem *item, TbAmount notes)
{
  TbPaymentState there = item->posted ? item->status.state : TB_PAYMENT_OPEN;
  TbAmount paid = tb_open_item_get_paid (item);

  if (there == TB_PAYMENT_CANCELLED || there == TB_PAYMENT_REFUNDED)
    return there;
  if (item->open > 0)
    return paid > 0 ? TB_PAYMENT_PARTLY : there == TB_PAYMENT_DRAFT ? there : TB_PAYMENT_OPEN;
  if (item->refunded > 0 && item->allocated <= 0 && item->waived > 0)
    return TB_PAYMENT_REFUNDED;
  return item->allocated > 0 && item->allocated + item->credited + notes > payable_of (item) ? TB_PAYMENT_OVERPAID : TB_PAYMENT_PAID;
}

static TbAmount
sum_notes (const TbAccount *self, guint32 invoice)
{
  TbAmount sum = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const TbOpenItem *note = self->items->pdata[i];

      if (note->corrects_id == invoice && payable_of (note) < 0)
        sum -= payable_of (note);
    }
  return sum;
}

/* An invoice; gives what WHMCS applied to it. */
static TbAmount
finish_invoice (TbAccount *self, TbOpenItem *item)
{
  item->credited = find_credited (item);
  item->waived = find_waived (item);
  item->open = MAX (remaining_of (item) - item->waived, 0);
  item->state = find_state (item, sum_notes (self, item->id));
  self->open += item->open;
  return item->credited;
}

/* A document that owes something to the client; gives what of it is left. */
static TbAmount
finish_note (TbOpenItem *item)
{
  TbAmount rest = -(payable_of (item) - item->noted);

  item->state = rest > 0 ? item->noted != 0 ? TB_PAYMENT_PARTLY : TB_PAYMENT_OPEN : TB_PAYMENT_PAID;
  return rest;
}

gboolean
tb_account_compute (TbAccount *self, GError **error)
{
  TbAmount credited = 0, notes = 0, known;

  if (!check_sums (self, error))
    return FALSE;
  g_ptr_array_sort (self->items, compare_items);
  self->open = 0;
  for (guint i = 0; i < self->items->len; i++)
    ((TbOpenItem *) self->items->pdata[i])->noted = ((TbOpenItem *) self->items->pdata[i])->credited = 0;
  use_notes (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      TbOpenItem *item = self->items->pdata[i];

      if (payable_of (item) < 0)
        notes += finish_note (item);
      else
        credited += finish_invoice (self, item);
    }
  known = MIN (credited, MAX (self->free_there, 0) + notes);
  self->given = credited - known;
  self->credit = self->free + notes - known;
  self->balance = self->open - self->credit;
  return TRUE;
}

/* ---- ages ---- */

guint
tb_open_item_get_age (const TbOpenItem *self, TbDay today)
{
  gint32 late = self->due == TB_DAY_NONE ? 0 : today - self->due;

  return late <= 0 ? 0 : MIN (1 + (guint) (late - 1) / 30, TB_AGES - 1);
}

gboolean
tb_account_sum_ages (const TbAccount *self, TbDay today, TbAmount ret[TB_AGES], GError **error)
{
  TbAmount sums[TB_AGES] = { 0 };

  for (guint i = 0; i < self->items->len; i++)
    {
      const TbOpenItem *item = self->items->pdata[i];
      TbAmount *sum = &sums[tb_open_item_get_age (item, today)];

      if (!tb_amount_add (*sum, item->open, sum, error))
        return FALSE;
    }
  for (guint i = 0; i < TB_AGES; i++)
    ret[i] = sums[i];
  return TRUE;
}

/* ---- allocating ---- */

static gboolean
refuse_wanted (const TbOpenItem *item, TbAmount wanted, TbCurrency currency, GError **error)
{
  g_autofree char *open = tb_money_to_display ((TbMoney){ item->open, currency });
  g_autofree char *asked = tb_money_to_display ((TbMoney){ wanted, currency });

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Of invoice %s %s is open, and %s cannot be put on it."), item->number, open, asked);
  return FALSE;
}

static gboolean
put_on (TbPayment *payment, const TbOpenItem *item, TbAmount wanted, TbAmount *rest, GError **error)
{
  TbAmount part = MIN (wanted > 0 ? wanted : item->open, *rest);

  if (part <= 0)
    return TRUE;
  *rest -= part;
  return tb_payment_add_allocation (payment, item->id, item->number, part, error);
}

static gboolean
put_on_wanted (const TbAccount *self, TbPayment *payment, const TbAllocation *wanted, TbAmount *rest, GError **error)
{
  const TbOpenItem *item = tb_account_find (self, wanted->number);

  if (item == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("Client %s has no approved invoice “%s” in %s."), self->client, wanted->number,
                   tb_currency_to_string (self->currency));
      return FALSE;
    }
  if (wanted->amount < 0 || wanted->amount > item->open || item->open <= 0)
    return refuse_wanted (item, wanted->amount, self->currency, error);
  if (wanted->amount > *rest)
    {
      g_autofree char *left = tb_money_to_display ((TbMoney){ *rest, self->currency });

      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Of the payment only %s is left for invoice %s."), left, item->number);
      return FALSE;
    }
  return put_on (payment, item, wanted->amount, rest, error);
}

gboolean
tb_account_allocate (const TbAccount *self, TbPayment *payment, GPtrArray *wanted, GError **error)
{
  TbAmount rest;

  if (!tb_payment_get_rest (payment, &rest, error))
    return FALSE;
  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    if (!put_on_wanted (self, payment, wanted->pdata[i], &rest, error))
      return FALSE;
  for (guint i = 0; wanted == NULL && i < self->items->len; i++)
    if (!put_on (payment, self->items->pdata[i], 0, &rest, error))
      return FALSE;
  return TRUE;
}

gboolean
tb_account_take (TbAccount *self, const TbPayment *payment, GError **error)
{
  TbAmount rest;

  if (!tb_payment_get_rest (payment, &rest, error) || !tb_amount_add (self->free, rest, &self->free, error))
    return FALSE;
  for (guint i = 0; i < payment->allocations->len; i++)
    {
      const TbAllocation *allocation = payment->allocations->pdata[i];
      TbOpenItem *item = tb_account_find_id (self, allocation->invoice_id);

      if (!tb_amount_add (item->allocated, allocation->amount, &item->allocated, error))
        return FALSE;
    }
  return tb_account_compute (self, error);
}
