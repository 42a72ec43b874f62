/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-payments.h"
#include "tb-posting-store.h"
#include "tb-whmcs-payment-part.h"
#include "tb-whmcs-pull-private.h"

/* Transactions at WHMCS for invoices of ours become payments here, each once by its id. Left out are those that a push put there, which are recorded here
 * already, and one that is recorded by hand or out of a bank's file with the same reference and amount is that one. */

typedef struct
{
  TbPull *pull;
  char *mark;            /* how every marker of these books begins */
  GHashTable *documents; /* id of an invoice at WHMCS (gint64 *) → TbPosting that put it there, borrowed */
  GHashTable *markers;   /* marker → TbPosting of a payment, borrowed */
  GHashTable *known;     /* id of a transaction (gint64 *) → TbPayment, borrowed */
  GPtrArray *postings, *payments, *fresh;
} Desk;

static void
desk_clear (Desk *self)
{
  g_free (self->mark);
  g_clear_pointer (&self->documents, g_hash_table_unref);
  g_clear_pointer (&self->markers, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->postings, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static void
index_postings (Desk *self)
{
  self->documents = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->markers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->postings->len; i++)
    {
      TbPosting *posting = self->postings->pdata[i];

      if (posting->kind == TB_POSTING_INVOICE && posting->remote_id > 0)
        g_hash_table_insert (self->documents, &posting->remote_id, posting);
      if (posting->kind == TB_POSTING_PAYMENT)
        g_hash_table_insert (self->markers, posting->marker, posting);
    }
}

static void
keep (Desk *self, TbPayment *payment /* taken */)
{
  g_ptr_array_add (self->fresh, payment);
  g_hash_table_insert (self->known, &payment->remote_id, payment);
}

static gboolean
desk_open (Desk *self, GError **error)
{
  g_autofree char *site = tb_posting_store_dup_site (self->pull->store, error);

  self->mark = site != NULL ? g_strdup_printf ("TB-%s-", site) : NULL;
  self->postings = site != NULL ? tb_posting_store_list (self->pull->store, NULL, error) : NULL;
  self->payments = self->postings != NULL ? tb_payment_store_list (self->pull->store, NULL, error) : NULL;
  if (self->payments == NULL)
    return FALSE;
  index_postings (self);
  self->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_payment_free);
  self->known = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < self->payments->len; i++)
    if (((TbPayment *) self->payments->pdata[i])->remote_id != 0)
      g_hash_table_insert (self->known, &((TbPayment *) self->payments->pdata[i])->remote_id, self->payments->pdata[i]);
  return TRUE;
}

static gboolean
is_ours (const Desk *self, const TbMirrorPayment *row)
{
  return row->reference != NULL && strstr (row->reference, self->mark) != NULL;
}

/* ---- what came in ---- */

/* The same money, recorded here before anybody told WHMCS. */
static TbPayment *
find_same (const Desk *self, const TbMirrorPayment *row, const TbPosting *document)
{
  for (guint i = 0; row->reference != NULL && *row->reference != '\0' && i < self->payments->len; i++)
    {
      TbPayment *payment = self->payments->pdata[i];

      if (payment->kind == TB_PAYMENT_RECEIVED && payment->remote_id == 0 && payment->client_id == document->client_id
          && payment->amount.amount == row->amount_in && payment->amount.currency == document->amount.currency
          && g_strcmp0 (payment->reference, row->reference) == 0)
        return payment;
    }
  return NULL;
}

static gboolean
take_in (Desk *self, const TbMirrorPayment *row, const TbPosting *document, GError **error)
{
  TbPayment *same = find_same (self, row, document), *payment;

  if (same != NULL)
    {
      same->remote_id = row->id;
      g_hash_table_insert (self->known, &same->remote_id, same);
      return tb_payment_store_set_remote (self->pull->store, same->id, row->id, error);
    }
  payment = tb_payments_take_over (self->pull->store, row, document->client, document->document, tb_pull_now (self->pull), error);
  if (payment != NULL)
    keep (self, payment);
  return payment != NULL;
}

/* ---- what was given back ---- */

static gboolean
is_for (const TbPayment *payment, guint32 document)
{
  for (guint i = 0; payment->kind == TB_PAYMENT_RECEIVED && i < payment->allocations->len; i++)
    if (((TbAllocation *) payment->allocations->pdata[i])->invoice_id == document)
      return TRUE;
  return FALSE;
}

static void
add_id (GArray *ids, guint32 id)
{
  if (id != 0)
    g_array_append_val (ids, id);
}

/* The payments that it may take back: that of its transaction, which may be one of ours; where WHMCS does not say it, those for that invoice, the last one
 * first. */
static GArray *
list_reversed (const Desk *self, const TbMirrorPayment *row, const TbPosting *document, GPtrArray *rows)
{
  const TbPayment *payment = g_hash_table_lookup (self->known, &row->refund_of);
  GPtrArray *const lists[] = { self->fresh, self->payments };
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (payment != NULL && payment->kind == TB_PAYMENT_RECEIVED)
    add_id (ids, payment->id);
  for (guint i = 0; row->refund_of != 0 && i < rows->len; i++)
    {
      const TbMirrorPayment *other = rows->pdata[i];
      const TbPosting *posting = other->id == row->refund_of && other->reference != NULL ? g_hash_table_lookup (self->markers, other->reference) : NULL;

      add_id (ids, posting != NULL ? tb_payment_part_get_id (posting->part) : 0);
    }
  for (guint n = 0; ids->len == 0 && n < G_N_ELEMENTS (lists); n++)
    for (guint i = lists[n]->len; i-- > 0;)
      if (is_for (lists[n]->pdata[i], document->document))
        add_id (ids, ((TbPayment *) lists[n]->pdata[i])->id);
  return ids;
}

static gboolean
get_left (const Desk *self, guint32 id, TbAmount *ret, GError **error)
{
  const TbPaymentFilter its = { .reverses_id = id };
  g_autoptr (TbPayment) payment = tb_payment_store_get (self->pull->store, id, error);
  g_autoptr (GPtrArray) earlier = payment != NULL ? tb_payment_store_list (self->pull->store, &its, error) : NULL;

  return earlier != NULL && tb_payment_get_left (payment, earlier, ret, error);
}

/* One transaction may take back several payments: the first of these reversals has its id, the others say whence they are. */
static gboolean
reverse (Desk *self, const TbMirrorPayment *row, guint32 id, guint nth, TbAmount amount, GError **error)
{
  g_autofree char *origin = nth > 0 ? g_strdup_printf ("whmcs %" G_GINT64_FORMAT "/%u", row->id, nth) : NULL;
  const TbReversalOrder order = { .kind = TB_PAYMENT_REFUND, .amount = amount, .day = row->date, .source = TB_PAYMENT_FROM_WHMCS, .method = row->gateway,
                                  .reference = row->reference, .note = row->description, .origin = origin, .remote_id = nth > 0 ? 0 : row->id };
  TbPayment *reversal = tb_payments_reverse (self->pull->store, id, &order, tb_pull_now (self->pull), error);

  if (reversal == NULL)
    return FALSE;
  g_ptr_array_add (self->fresh, reversal);
  if (nth == 0)
    g_hash_table_insert (self->known, &reversal->remote_id, reversal);
  return TRUE;
}

static gboolean
take_back (Desk *self, const TbMirrorPayment *row, const TbPosting *document, GPtrArray *rows, GError **error)
{
  g_autoptr (GArray) ids = list_reversed (self, row, document, rows);
  TbAmount amount = row->amount_out, left;
  guint n = 0;

  for (guint i = 0; amount > 0 && i < ids->len; i++)
    {
      guint32 id = g_array_index (ids, guint32, i);

      if (!get_left (self, id, &left, error))
        return FALSE;
      left = CLAMP (left, 0, amount);
      if (left > 0 && (!reverse (self, row, id, n++, left, error) || !tb_amount_subtract (amount, left, &amount, error)))
        return FALSE;
    }
  if (amount > 0)
    tb_pull_note (self->pull, g_strdup_printf (_("invoice %s: transaction %" PRId64 " of WHMCS gives back more than payments here brought in."),
                                               document->number, row->id));
  return TRUE;
}

/* ---- all of them ---- */

static gboolean
take_over (Desk *self, GError **error)
{
  g_autoptr (GPtrArray) rows = tb_remote_store_list (self->pull->store, &tb_mirror_payment_noun, 0, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const TbMirrorPayment *row = rows->pdata[i];
      const TbPosting *document = g_hash_table_lookup (self->documents, &row->invoice);

      if (document == NULL || is_ours (self, row) || g_hash_table_contains (self->known, &row->id))
        continue;
      if ((row->amount_in > 0 && !take_in (self, row, document, error)) || (row->amount_out > 0 && !take_back (self, row, document, rows, error)))
        return FALSE;
    }
  return rows != NULL;
}

gboolean
tb_pull_payments (TbPull *self, GError **error)
{
  g_auto (Desk) desk = { self };
  gboolean own;

  return tb_store_join (self->store, &own, error)
         && tb_store_leave (self->store, own, desk_open (&desk, error) && take_over (&desk, error), error);
}
