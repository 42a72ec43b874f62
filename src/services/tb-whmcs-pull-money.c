/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-posting-store.h"
#include "tb-remote-review-store.h"
#include "tb-whmcs-invoices.h"
#include "tb-whmcs-mirror.h"
#include "tb-whmcs-pull-private.h"
#include "tb-whmcs-review.h"

/* ---- lists of invoices ---- */

static gboolean
read_invoices (TbPull *self, const char *status, gint64 above, GError **error)
{
  const TbWhmcsInvoiceQuery query = { 0, status, above };
  g_autoptr (GPtrArray) theirs = tb_whmcs_list_invoices (self->whmcs, &query, error);
  g_autoptr (GPtrArray) values = theirs != NULL ? tb_mirror_of_list (&tb_mirror_invoice_noun, theirs, tb_mirror_of_invoice) : NULL;

  return values != NULL && tb_pull_save (self, &tb_mirror_invoice_noun, TB_REMOTE_WHOLE, values, &self->result->invoices, error);
}

/* What GetInvoice does not say is as the list had it. */
static gboolean
save_invoice (TbPull *self, const TbWhmcsInvoice *theirs, GError **error)
{
  g_autoptr (GPtrArray) values = tb_mirror_values_new (&tb_mirror_invoice_noun);
  g_autoptr (TbMirrorInvoice) before = tb_remote_store_get (self->store, &tb_mirror_invoice_noun, theirs->id, NULL);
  TbMirrorInvoice *now = tb_mirror_of_invoice (theirs);

  if (before != NULL && now->currency == NULL)
    now->currency = g_steal_pointer (&before->currency);
  if (before != NULL && now->updated == NULL)
    now->updated = g_steal_pointer (&before->updated);
  g_ptr_array_add (values, now);
  return tb_pull_save (self, &tb_mirror_invoice_noun, TB_REMOTE_WHOLE, values, &self->result->invoices, error);
}

static gboolean
is_final (const TbMirrorInvoice *invoice)
{
  static const char *const finals[] = { "Paid", "Cancelled", "Refunded", NULL };

  return invoice->status != NULL && g_strv_contains (finals, invoice->status);
}

/* Those that were open when they were last read and are in no list of open ones now: what became of them must be asked one by one. */
static GArray *
list_closed_since (TbPull *self, GError **error)
{
  g_autoptr (GPtrArray) known = tb_remote_store_list (self->store, &tb_mirror_invoice_noun, 0, error);
  g_autoptr (GHashTable) reads = known != NULL ? tb_remote_store_list_reads (self->store, &tb_mirror_invoice_noun, error) : NULL;
  GArray *ids;

  if (reads == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < known->len; i++)
    {
      const TbMirrorInvoice *invoice = known->pdata[i];

      if (!is_final (invoice) && tb_remote_reads_get (reads, invoice->id)->seen != self->pull->id)
        g_array_append_val (ids, invoice->id);
    }
  return ids;
}

/* NULL and no error when it is not there any more. */
static gboolean
get_invoice (TbPull *self, gint64 id, TbWhmcsInvoice **ret, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *ret = tb_whmcs_get_invoice (self->whmcs, id, &failure);
  if (*ret != NULL || g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_closed_since (TbPull *self, GError **error)
{
  g_autoptr (GArray) ids = list_closed_since (self, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (TbWhmcsInvoice) theirs = NULL;

      if (!get_invoice (self, g_array_index (ids, gint64, i), &theirs, error) || (theirs != NULL && !save_invoice (self, theirs, error)))
        return FALSE;
    }
  return ids != NULL;
}

static gboolean
find_highest (TbPull *self, gint64 *ret, GError **error)
{
  g_autoptr (GHashTable) reads = tb_remote_store_list_reads (self->store, &tb_mirror_invoice_noun, error);
  GHashTableIter iter;
  gpointer read;

  if (reads == NULL)
    return FALSE;
  *ret = 0;
  g_hash_table_iter_init (&iter, reads);
  while (g_hash_table_iter_next (&iter, NULL, &read))
    *ret = MAX (*ret, ((TbRemoteRead *) read)->id);
  return TRUE;
}

gboolean
tb_pull_invoices (TbPull *self, GError **error)
{
  static const char *const open[] = { "Unpaid", "Draft", "Payment Pending", "Collections", "Refunded" };
  gint64 highest = 0;

  if (!self->pull->whole && !find_highest (self, &highest, error))
    return FALSE;
  if (!read_invoices (self, NULL, highest, error))
    return FALSE;
  if (highest == 0)
    return tb_remote_store_sweep (self->store, &tb_mirror_invoice_noun, 0, self->pull->id, tb_pull_now (self), &self->result->invoices,
                                  error);
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    if (!read_invoices (self, open[i], 0, error))
      return FALSE;
  return read_closed_since (self, error);
}

/* ---- what became of ours ---- */

static gboolean
read_payments (TbPull *self, const TbWhmcsInvoice *theirs, GPtrArray **ret, GError **error)
{
  g_autoptr (GPtrArray) values = tb_mirror_of_list (&tb_mirror_payment_noun, theirs->transactions, tb_mirror_of_payment);

  for (guint i = 0; i < values->len; i++)
    {
      TbMirrorPayment *payment = values->pdata[i];

      payment->invoice = theirs->id;
      payment->client = theirs->client;
    }
  if (!tb_pull_save (self, &tb_mirror_payment_noun, TB_REMOTE_WHOLE, values, &self->result->payments, error))
    return FALSE;
  *ret = g_steal_pointer (&values);
  return TRUE;
}

/* One posted part; FALSE with *ret_known FALSE and no error = WHMCS does not have it. */
static gboolean
read_part (TbPull *self, const TbPosting *posting, TbPaymentStatus *ret, gboolean *ret_known, GError **error)
{
  g_autoptr (TbWhmcsInvoice) theirs = NULL;
  g_autoptr (TbMirrorInvoice) invoice = NULL;
  g_autoptr (GPtrArray) payments = NULL;

  *ret_known = FALSE;
  if (!get_invoice (self, posting->remote_id, &theirs, error))
    return FALSE;
  if (theirs == NULL)
    {
      g_autofree char *what = tb_posting_describe (posting);

      tb_pull_note (self, g_strdup_printf (_("%s: WHMCS has no invoice #%" PRId64 " any more."), what, posting->remote_id));
      return TRUE;
    }
  if (!save_invoice (self, theirs, error) || !read_payments (self, theirs, &payments, error))
    return FALSE;
  invoice = tb_mirror_of_invoice (theirs);
  *ret_known = TRUE;
  return tb_payment_status_of (invoice, payments, ret, error);
}

static gboolean
save_payment (TbPull *self, GHashTable *before, const TbPaymentStatus *payment, GError **error)
{
  const TbPaymentStatus *old = g_hash_table_lookup (before, GUINT_TO_POINTER (payment->invoice_id));

  self->result->settled += old == NULL || old->state != payment->state || old->paid != payment->paid || old->refunded != payment->refunded;
  return tb_payment_status_store_save (self->store, payment, tb_pull_now (self), error);
}

/* Postings of one document follow one another in `parts`. */
static gboolean
read_document (TbPull *self, GPtrArray *parts, GHashTable *before, GError **error)
{
  TbPaymentStatus sum = { 0 };
  guint n = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      TbPaymentStatus part;
      gboolean known;

      if (!read_part (self, parts->pdata[i], &part, &known, error))
        return FALSE;
      if (known && n++ == 0)
        sum = part;
      else if (known && !tb_payment_status_merge (&sum, &part, &sum, error))
        return FALSE;
    }
  sum.invoice_id = ((TbPosting *) parts->pdata[0])->document;
  return n == 0 || save_payment (self, before, &sum, error);
}

static gboolean
is_settled (const TbPaymentStatus *payment)
{
  return payment != NULL
         && (payment->state == TB_PAYMENT_PAID || payment->state == TB_PAYMENT_CANCELLED || payment->state == TB_PAYMENT_REFUNDED);
}

/* Whether something is to be asked: what is settled changes only when the list of refunded ones, or a whole pull, says so. */
static gboolean
is_asked (TbPull *self, const TbPosting *posting, GHashTable *before, GHashTable *reads)
{
  const TbPaymentStatus *payment = g_hash_table_lookup (before, GUINT_TO_POINTER (posting->document));
  const TbRemoteRead *read = tb_remote_reads_get (reads, posting->remote_id);

  return self->pull->whole || !is_settled (payment) || (read != NULL && read->changed_at >= self->pull->began);
}

/* Document → list of its posted parts, borrowed. */
static GHashTable *
group_by_document (GPtrArray *postings)
{
  GHashTable *documents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < postings->len; i++)
    {
      TbPosting *posting = postings->pdata[i];
      GPtrArray *parts = g_hash_table_lookup (documents, GUINT_TO_POINTER (posting->document));

      if (posting->kind != TB_POSTING_INVOICE || posting->remote_id == 0)
        continue;
      if (parts == NULL)
        {
          parts = g_ptr_array_new ();
          g_hash_table_insert (documents, GUINT_TO_POINTER (posting->document), parts);
        }
      g_ptr_array_add (parts, posting);
    }
  return documents;
}

gboolean
tb_pull_posted (TbPull *self, GError **error)
{
  g_autoptr (GPtrArray) postings = tb_posting_store_list (self->store, NULL, error);
  g_autoptr (GHashTable) before = postings != NULL ? tb_payment_status_store_list (self->store, error) : NULL;
  g_autoptr (GHashTable) reads = before != NULL ? tb_remote_store_list_reads (self->store, &tb_mirror_invoice_noun, error) : NULL;
  g_autoptr (GHashTable) documents = reads != NULL ? group_by_document (postings) : NULL;
  GHashTableIter iter;
  gpointer parts;

  if (documents == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, documents);
  while (g_hash_table_iter_next (&iter, NULL, &parts))
    {
      gboolean asked = FALSE;

      for (guint i = 0; i < ((GPtrArray *) parts)->len; i++)
        asked = asked || is_asked (self, ((GPtrArray *) parts)->pdata[i], before, reads);
      if (asked && !read_document (self, parts, before, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- credit ---- */

static gboolean
read_credits (TbPull *self, gint64 client, GError **error)
{
  g_autoptr (GPtrArray) theirs = tb_whmcs_list_credits (self->whmcs, client, error);
  g_autoptr (GPtrArray) values = theirs != NULL ? tb_mirror_of_list (&tb_mirror_credit_noun, theirs, tb_mirror_of_credit) : NULL;

  for (guint i = 0; values != NULL && i < values->len; i++)
    ((TbMirrorCredit *) values->pdata[i])->client = client;
  return values != NULL && tb_pull_save (self, &tb_mirror_credit_noun, TB_REMOTE_WHOLE, values, &self->result->credits, error)
         && tb_remote_store_sweep (self->store, &tb_mirror_credit_noun, client, self->pull->id, tb_pull_now (self), &self->result->credits,
                                   error);
}

/* Ids of the clients of whom entries are known. */
static GHashTable *
index_credits (GPtrArray *credits)
{
  GHashTable *clients = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < credits->len; i++)
    g_hash_table_add (clients, &((TbMirrorCredit *) credits->pdata[i])->client);
  return clients;
}

/* GetCredits is a request a client: of clients here who changed, and have credit or had some. */
gboolean
tb_pull_credits (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (self->store, error);
  g_autoptr (GPtrArray) known = review != NULL ? tb_remote_store_list (self->store, &tb_mirror_credit_noun, 0, error) : NULL;
  g_autoptr (GHashTable) clients = known != NULL ? index_credits (known) : NULL;

  for (guint i = 0; clients != NULL && i < review->matches->len; i++)
    {
      const TbClientMatch *match = review->matches->pdata[i];
      const TbRemoteRead *read = tb_remote_reads_get (review->reads, match->theirs->id);
      gboolean changed
          = read->changed_at >= self->pull->began && (match->theirs->credit != 0 || g_hash_table_contains (clients, &match->theirs->id));

      if (match->kind == TB_MATCH_LINKED && (changed || self->pull->whole) && !read_credits (self, match->theirs->id, error))
        return FALSE;
    }
  return clients != NULL;
}
