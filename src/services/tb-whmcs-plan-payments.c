/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-invoice-store.h"
#include "tb-payment-store.h"
#include "tb-posting-store.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-text.h"
#include "tb-whmcs-payment-part.h"
#include "tb-whmcs-plan-private.h"

/* Payments that were recorded here, for invoices that are at WHMCS, and what is for none, into the client's credit. A payment and what took parts of it back
 * are one chain: what it comes to for an invoice, less what the ledger has of it, is what is to be told, so that what was taken back before anybody was
 * told is never told, and nothing is told twice. */

typedef struct
{
  TbPlanner *planner;
  GHashTable *bills;    /* id of a document → GPtrArray of TbPosting that put it there, borrowed */
  GHashTable *told;     /* id of a payment → GPtrArray of TbPosting, borrowed: what the ledger has of its chain */
  GHashTable *statuses; /* id of a document → TbPaymentStatus */
  GHashTable *chains;   /* id of the first payment → GPtrArray of TbPayment, borrowed, the first one first */
  GPtrArray *postings, *payments;
} Desk;

static void
desk_clear (Desk *self)
{
  g_clear_pointer (&self->bills, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->statuses, g_hash_table_unref);
  g_clear_pointer (&self->chains, g_hash_table_unref);
  g_clear_pointer (&self->postings, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static void
add_to (GHashTable *lists, guint32 id, gpointer value)
{
  GPtrArray *list = g_hash_table_lookup (lists, GUINT_TO_POINTER (id));

  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (lists, GUINT_TO_POINTER (id), list);
    }
  g_ptr_array_add (list, value);
}

static GHashTable *
lists_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

/* By id: a payment before what takes it back. */
static int
compare_payments (gconstpointer a, gconstpointer b)
{
  const TbPayment *one = *(TbPayment *const *) a, *other = *(TbPayment *const *) b;

  return one->id < other->id ? -1 : one->id > other->id;
}

static gboolean
desk_open (Desk *self, GError **error)
{
  const TbPaymentFilter its = { .client = self->planner->only };
  const TbPostingFilter known = { -1, FALSE, self->planner->only, 0 };
  GHashTable *firsts = g_hash_table_new (NULL, NULL);

  self->payments = tb_payment_store_list (self->planner->store, &its, error);
  self->postings = self->payments != NULL ? tb_posting_store_list (self->planner->store, &known, error) : NULL;
  self->statuses = self->postings != NULL ? tb_payment_status_store_list (self->planner->store, error) : NULL;
  self->bills = lists_new ();
  self->told = lists_new ();
  self->chains = lists_new ();
  for (guint i = 0; self->statuses != NULL && i < self->payments->len; i++)
    {
      const TbPayment *payment = self->payments->pdata[i];

      if (i == 0)
        g_ptr_array_sort (self->payments, compare_payments);
      payment = self->payments->pdata[i];
      add_to (self->chains, payment->reverses_id != 0 ? payment->reverses_id : payment->id, (gpointer) payment);
      g_hash_table_insert (firsts, GUINT_TO_POINTER (payment->id), GUINT_TO_POINTER (payment->reverses_id != 0 ? payment->reverses_id : payment->id));
    }
  for (guint i = 0; self->statuses != NULL && i < self->postings->len; i++)
    {
      const TbPosting *posting = self->postings->pdata[i];
      guint32 payment = tb_payment_part_get_id (posting->part);

      if (posting->kind == TB_POSTING_INVOICE)
        add_to (self->bills, posting->document, (gpointer) posting);
      else if (payment != 0)
        add_to (self->told, GPOINTER_TO_UINT (g_hash_table_lookup (firsts, GUINT_TO_POINTER (payment))), (gpointer) posting);
    }
  g_hash_table_unref (firsts);
  return self->statuses != NULL;
}

/* ---- sums ---- */

/* What WHMCS knows by itself: it came from there, or is a transaction there. */
static gboolean
is_there (const TbPayment *payment)
{
  return payment->source == TB_PAYMENT_FROM_WHMCS || payment->remote_id != 0;
}

/* What is still to be told of the chain for that document (0 = for none). */
static gboolean
sum_untold (const Desk *self, GPtrArray *chain, guint32 document, TbAmount *ret, GError **error)
{
  const GPtrArray *told = g_hash_table_lookup (self->told, GUINT_TO_POINTER (((TbPayment *) chain->pdata[0])->id));
  TbAmount sum = 0, part;

  for (guint i = 0; i < chain->len; i++)
    {
      const TbPayment *payment = chain->pdata[i];

      if (is_there (payment))
        continue;
      if (document == 0 && (!tb_payment_get_rest (payment, &part, error) || !tb_amount_add (sum, part, &sum, error)))
        return FALSE;
      for (guint j = 0; document != 0 && j < payment->allocations->len; j++)
        {
          const TbAllocation *allocation = payment->allocations->pdata[j];

          if (allocation->invoice_id == document && !tb_amount_add (sum, allocation->amount, &sum, error))
            return FALSE;
        }
    }
  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const TbPosting *posting = told->pdata[i];

      if (posting->document == document && !tb_amount_subtract (sum, posting->amount.amount, &sum, error))
        return FALSE;
    }
  *ret = sum;
  return TRUE;
}

/* Something of it is on its way, was refused or put aside: nothing more is told until that has come to its end. */
static gboolean
is_waiting (const Desk *self, GPtrArray *chain, guint32 document)
{
  const GPtrArray *told = g_hash_table_lookup (self->told, GUINT_TO_POINTER (((TbPayment *) chain->pdata[0])->id));
  gboolean waiting = FALSE;

  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const TbPosting *posting = told->pdata[i];

      waiting = waiting || (posting->document == document && posting->place.state != TB_POSTING_DONE);
    }
  return waiting;
}

/* How many the ledger has of the chain for that part of an invoice, or for credit. */
static guint
count_told (const Desk *self, GPtrArray *chain, guint32 document, const char *service)
{
  const GPtrArray *told = g_hash_table_lookup (self->told, GUINT_TO_POINTER (((TbPayment *) chain->pdata[0])->id));
  guint n = 0;

  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const TbPosting *posting = told->pdata[i];

      n += posting->document == document && g_str_equal (tb_payment_part_get_service (posting->part), service);
    }
  return n;
}

/* What of a part of an invoice there `postings` do not pay: above zero for what comes in, of all; below for what goes out, of the chain's own. */
static gboolean
get_room (const TbPosting *bill, const GPtrArray *postings, TbAmount from, TbAmount *ret, GError **error)
{
  TbAmount room = from;

  for (guint i = 0; postings != NULL && i < postings->len; i++)
    {
      const TbPosting *posting = postings->pdata[i];

      if (posting->kind == TB_POSTING_PAYMENT && posting->document == bill->document
          && g_str_equal (tb_payment_part_get_service (posting->part), bill->part) && !tb_amount_subtract (room, posting->amount.amount, &room, error))
        return FALSE;
    }
  *ret = room;
  return TRUE;
}

/* ---- postings ---- */

static void
plan_one (Desk *self, TbPostingKind kind, GPtrArray *chain, const TbPosting *bill, TbAmount amount, guint options,
          char *blocked /* taken */)
{
  const TbPayment *first = chain->pdata[0];
  const char *service = bill != NULL ? bill->part : "";
  guint32 document = bill != NULL ? bill->document : 0;
  TbPosting *posting = tb_posting_new (kind);
  guint nth = count_told (self, chain, document, service) + 1;
  g_autofree char *content = g_strdup_printf ("%s|%s|%u|%d|%" G_GINT64_FORMAT "|%s|%s|%s|%u|%" G_GINT64_FORMAT, tb_posting_kind_to_string (kind), first->client, first->id, first->day,
                                              first->amount.amount, first->reference != NULL ? first->reference : "", bill != NULL ? bill->number : "", service, nth,
                                              amount);

  posting->client_id = first->client_id;
  tb_set_str (&posting->client, first->client);
  posting->document = document;
  tb_set_str (&posting->number, bill != NULL ? bill->number : NULL);
  g_free (posting->part);
  posting->part = tb_payment_part_new (first->id, nth, service);
  posting->amount = (TbMoney){ amount, first->amount.currency };
  posting->options = options;
  posting->marker = tb_posting_make_marker (self->planner->site, bill != NULL ? bill->number : first->client, content);
  tb_planner_add (self->planner, posting, blocked);
}

/* Why nothing can be told of that invoice, or NULL. */
static char *
find_block (const Desk *self, const TbPosting *bill)
{
  const TbPaymentStatus *status = g_hash_table_lookup (self->statuses, GUINT_TO_POINTER (bill->document));

  if (status != NULL && status->state == TB_PAYMENT_DRAFT)
    return g_strdup (_("the invoice is a draft at WHMCS, which takes no payments until it is published"));
  if (status != NULL && status->state == TB_PAYMENT_CANCELLED)
    return g_strdup (_("the invoice is cancelled at WHMCS"));
  return NULL;
}

/* What of the chain WHMCS has as credit that is on no invoice there, as far as the ledger tells. */
static gboolean
sum_credit (const Desk *self, GPtrArray *chain, TbAmount *ret, GError **error)
{
  const GPtrArray *told = g_hash_table_lookup (self->told, GUINT_TO_POINTER (((TbPayment *) chain->pdata[0])->id));
  TbAmount sum;

  if (!sum_untold (self, chain, 0, &sum, error) || !tb_amount_subtract (0, sum, &sum, error))
    return FALSE;
  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const TbPosting *posting = told->pdata[i];

      if ((posting->options & TB_POSTING_FROM_CREDIT) != 0 && !tb_amount_subtract (sum, posting->amount.amount, &sum, error))
        return FALSE;
    }
  *ret = sum;
  return TRUE;
}

/* What of credit is on an invoice there by the work of people: neither what was paid in advance nor what was applied from here. Before it is read anew it may
 * seem to be less than nothing. */
static gboolean
sum_by_people (const Desk *self, const TbPosting *bill, const TbPaymentStatus *status, TbAmount *ret, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (self->planner->store, bill->document, error);
  TbAmount sum = 0;

  if (invoice == NULL || !tb_amount_subtract (status->credit, (bill->options & TB_POSTING_APPLY_PAID) != 0 ? invoice->paid : 0, &sum, error))
    return FALSE;
  for (guint i = 0; i < self->postings->len; i++)
    {
      const TbPosting *posting = self->postings->pdata[i];

      if (posting->document == bill->document && (posting->options & TB_POSTING_FROM_CREDIT) != 0 && posting->kind == TB_POSTING_PAYMENT
          && posting->place.state == TB_POSTING_DONE && !tb_amount_subtract (sum, posting->amount.amount, &sum, error))
        return FALSE;
    }
  *ret = sum;
  return TRUE;
}

/* What is credit there already is applied from it, and not told as money a second time; unless people have applied it. */
static gboolean
plan_for_bill (Desk *self, GPtrArray *chain, const TbPosting *bill, TbAmount amount, GError **error)
{
  const TbPaymentStatus *status = g_hash_table_lookup (self->statuses, GUINT_TO_POINTER (bill->document));
  TbAmount credit = 0, by_people = 0;

  if (amount == 0 || (amount > 0 && !sum_credit (self, chain, &credit, error)))
    return amount == 0;
  if (amount > 0 && credit > 0 && status != NULL && !sum_by_people (self, bill, status, &by_people, error))
    return FALSE;
  if (amount > 0 && credit > 0 && by_people >= amount)
    return TRUE;
  if (amount > 0 && credit > 0 && credit < amount)
    plan_one (self, TB_POSTING_PAYMENT, chain, bill, amount, 0,
              g_strdup_printf (_("WHMCS has a part of this money as credit of the client: apply it to invoice #%" PRId64 " there"), bill->remote_id));
  else
    plan_one (self, TB_POSTING_PAYMENT, chain, bill, amount, amount > 0 && credit > 0 ? TB_POSTING_FROM_CREDIT : 0, find_block (self, bill));
  return TRUE;
}

/* Over the parts of an invoice, as far as each has room; the last one takes what is too much. */
static gboolean
plan_for_document (Desk *self, GPtrArray *chain, guint32 document, TbAmount amount, GError **error)
{
  GPtrArray *bills = g_hash_table_lookup (self->bills, GUINT_TO_POINTER (document));
  const GPtrArray *told = g_hash_table_lookup (self->told, GUINT_TO_POINTER (((TbPayment *) chain->pdata[0])->id));

  if (is_waiting (self, chain, document))
    return TRUE;

  for (guint i = 0; bills != NULL && i < bills->len; i++)
    if (((TbPosting *) bills->pdata[i])->remote_id == 0 || ((TbPosting *) bills->pdata[i])->place.state != TB_POSTING_DONE)
      return TRUE; /* once the invoice is there */
  for (guint i = 0; bills != NULL && amount != 0 && i < bills->len; i++)
    {
      const TbPosting *bill = bills->pdata[i];
      TbAmount part;

      if (!(amount > 0 ? get_room (bill, self->postings, bill->amount.amount, &part, error) : get_room (bill, told, 0, &part, error)))
        return FALSE;
      part = i + 1 == bills->len ? amount : amount > 0 ? CLAMP (part, 0, amount) : CLAMP (part, amount, 0);
      if (!tb_amount_subtract (amount, part, &amount, error))
        return FALSE;
      if (!plan_for_bill (self, chain, bill, part, error))
        return FALSE;
    }
  return TRUE;
}

/* What reversals took of what was for no invoice, and nobody told of yet. */
static gboolean
sum_taken_back (const Desk *self, GPtrArray *chain, TbAmount *ret, GError **error)
{
  const GPtrArray *told = g_hash_table_lookup (self->told, GUINT_TO_POINTER (((TbPayment *) chain->pdata[0])->id));
  TbAmount sum = 0, part;

  for (guint i = 1; i < chain->len; i++)
    if (!is_there (chain->pdata[i]) && (!tb_payment_get_rest (chain->pdata[i], &part, error) || !tb_amount_add (sum, part, &sum, error)))
      return FALSE;
  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const TbPosting *posting = told->pdata[i];

      if (posting->kind == TB_POSTING_CREDIT && !tb_amount_subtract (sum, posting->amount.amount, &sum, error))
        return FALSE;
    }
  *ret = sum;
  return TRUE;
}

/* What is for no invoice goes into the client's credit, and what was taken back of that comes out of it. What was put on an
 * invoice since is applied to that: see plan_for_bill. */
static gboolean
plan_rest (Desk *self, GPtrArray *chain, GError **error)
{
  const TbPayment *first = chain->pdata[0];
  const TbClient *client = tb_setup_index_get_client (self->planner->index, first->client);
  TbAmount untold, back;

  if (client == NULL || client->whmcs_id == 0 || tb_whmcs_settings_is_before (self->planner->setup->whmcs, first->day) || is_waiting (self, chain, 0))
    return TRUE;
  if (!sum_untold (self, chain, 0, &untold, error) || !sum_taken_back (self, chain, &back, error))
    return FALSE;
  back = MIN (MAX (untold, back), 0);
  if (untold > 0)
    plan_one (self, TB_POSTING_PAYMENT, chain, NULL, untold, 0, NULL);
  else if (back < 0)
    plan_one (self, TB_POSTING_CREDIT, chain, NULL, back, 0, NULL);
  return TRUE;
}

static gboolean
plan_chain (Desk *self, GPtrArray *chain, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < chain->len; i++)
    {
      const TbPayment *payment = chain->pdata[i];

      for (guint j = 0; j < payment->allocations->len; j++)
        {
          guint32 document = ((TbAllocation *) payment->allocations->pdata[j])->invoice_id;
          TbAmount amount;

          if (g_hash_table_add (seen, GUINT_TO_POINTER (document))
              && (!sum_untold (self, chain, document, &amount, error) || (amount != 0 && !plan_for_document (self, chain, document, amount, error))))
            return FALSE;
        }
    }
  return plan_rest (self, chain, error);
}

gboolean
tb_planner_add_payments (TbPlanner *self, GError **error)
{
  g_auto (Desk) desk = { .planner = self };

  if (!desk_open (&desk, error))
    return FALSE;
  for (guint i = 0; i < desk.payments->len; i++)
    {
      const TbPayment *payment = desk.payments->pdata[i];

      if (payment->reverses_id == 0 && !plan_chain (&desk, g_hash_table_lookup (desk.chains, GUINT_TO_POINTER (payment->id)), error))
        return FALSE;
    }
  return TRUE;
}
