/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-push.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-posting-store.h"
#include "tb-setup-store.h"
#include "tb-whmcs-plan.h"
#include "tb-whmcs-push-private.h"

/* So many requests in a row that reach nobody, and WHMCS is not there. */
#define UNREACHED 6

void
tb_push_result_free (TbPushResult *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

/* ---- queues ---- */

void
tb_push_queue_forget (TbPushQueue *self)
{
  g_clear_pointer (&self->invoice, tb_invoice_free);
  g_clear_pointer (&self->bill, tb_posting_bill_free);
  g_clear_pointer (&self->seen, tb_remote_invoice_free);
  g_clear_pointer (&self->twins, g_array_unref);
  g_clear_pointer (&self->surplus, g_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  self->tries = self->changes = 0;
  self->applied = 0;
}

static void
queue_free (TbPushQueue *self)
{
  tb_push_queue_forget (self);
  g_ptr_array_unref (self->postings);
  g_free (self);
}

TbPosting *
tb_push_queue_head (const TbPushQueue *self)
{
  return self->at < self->postings->len ? self->postings->pdata[self->at] : NULL;
}

/* ---- the run ---- */

/* Whatever was under way when the last run ended is of unknown outcome, and what was not sent yet is looked for anew. */
static gboolean
reopen (TbPush *self, TbPosting *posting, GError **error)
{
  const TbPostingEvent opened = { .kind = TB_EVENT_OPENED };
  TbPostingPlace after = posting->place;

  if (posting->version == 0 || !tb_posting_place_move (&after, posting->kind, &opened, self->terms->clock->now (self->terms->clock))
      || (after.state == posting->place.state && after.step == posting->place.step))
    return TRUE;
  return tb_push_commit (self, posting, &opened,
                 posting->place.state == TB_POSTING_SENDING ? _("The program ended while this was under way: it may be done or not.")
                                                            : _("Taken up again."),
                 posting->message, error);
}

static void
make_queues (TbPush *self)
{
  g_autoptr (GHashTable) by_client = g_hash_table_new (NULL, NULL);

  self->queues = g_ptr_array_new_with_free_func ((GDestroyNotify) queue_free);
  for (guint i = 0; i < self->postings->len; i++)
    {
      TbPosting *posting = self->postings->pdata[i];
      TbPushQueue *queue = g_hash_table_lookup (by_client, GUINT_TO_POINTER (posting->client_id));

      if (queue == NULL)
        {
          queue = g_new0 (TbPushQueue, 1);
          queue->postings = g_ptr_array_new ();
          g_hash_table_insert (by_client, GUINT_TO_POINTER (posting->client_id), queue);
          g_ptr_array_add (self->queues, queue);
        }
      g_ptr_array_add (queue->postings, posting);
    }
}

/* The one that is due first. NULL = nobody has anything left. */
static TbPushQueue *
find_next (const TbPush *self, gint64 now)
{
  TbPushQueue *next = NULL;

  for (guint i = 0; i < self->queues->len; i++)
    {
      TbPushQueue *queue = self->queues->pdata[i];
      const TbPosting *head = tb_push_queue_head (queue);

      if (head == NULL)
        continue;
      if (tb_posting_place_is_due (&head->place, now))
        return queue;
      if (next == NULL || head->place.not_before < tb_push_queue_head (next)->place.not_before)
        next = queue;
    }
  return next;
}

static void
report (TbPush *self, TbJob *job)
{
  guint ended = self->result->done + self->result->failed + self->result->parked + self->result->waiting;

  tb_job_report (job, self->postings->len > 0 ? (double) ended / self->postings->len : -1, NULL);
}

static gboolean
run (TbPush *self, TbJob *job, GError **error)
{
  GCancellable *cancellable = job != NULL ? tb_job_get_cancellable (job) : NULL;
  TbPushQueue *queue;

  while ((queue = find_next (self, self->terms->clock->now (self->terms->clock))) != NULL)
    {
      const TbPosting *head = tb_push_queue_head (queue);

      if (tb_job_is_cancelled (job, error))
        return FALSE;
      if (!tb_posting_place_is_due (&head->place, self->terms->clock->now (self->terms->clock)))
        {
          if (!self->terms->clock->wait (self->terms->clock, head->place.not_before, cancellable, error))
            return FALSE;
          continue;
        }
      if (!tb_push_act (self, queue, error))
        return FALSE;
      report (self, job);
      if (self->stop != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&self->stop));
          return FALSE;
        }
      if (self->unreached >= UNREACHED)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_NETWORK, _("WHMCS is not to be reached; nothing is lost, and the next run goes on. %s"),
                       head->message != NULL ? head->message : "");
          return FALSE;
        }
    }
  return TRUE;
}

static void
push_clear (TbPush *self)
{
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->postings, g_ptr_array_unref);
  tb_setup_index_free (self->index);
  tb_setup_free (self->setup);
  g_clear_pointer (&self->result, tb_push_result_free);
  g_clear_error (&self->stop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbPush, push_clear)

static void
tell_blocked (TbPush *self, const TbWhmcsPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const TbWhmcsPlanItem *item = plan->items->pdata[i];
      g_autofree char *what = tb_posting_describe (item->posting);

      if (item->blocked != NULL)
        g_ptr_array_add (self->result->troubles, g_strdup_printf ("%s: %s", what, item->blocked));
    }
}

/* What is new goes into the ledger, and what the ledger has comes out. */
static gboolean
prepare (TbStore *store, gpointer data, GError **error)
{
  TbPush *self = data;
  const TbPostingFilter open = { -1, TRUE, self->terms->client, 0 };
  g_autoptr (TbWhmcsPlan) plan = NULL;

  tb_db_set_cancellable (tb_store_get_db (store), NULL); /* what was done is written down, whoever cancels */
  if (!tb_push_keep_lease (self, store, TRUE, error))
    return FALSE;
  plan = tb_whmcs_plan_book (store, self->terms->client, self->terms->clock->now (self->terms->clock), error);
  self->setup = plan != NULL ? tb_setup_store_load (store, TB_SETUP_HEADS, error) : NULL;
  self->postings = self->setup != NULL ? tb_posting_store_list (store, &open, error) : NULL;
  if (self->postings == NULL)
    return FALSE;
  self->index = tb_setup_index_new (self->setup);
  tell_blocked (self, plan);
  make_queues (self);
  return TRUE;
}

static gboolean
reopen_all (TbPush *self, GError **error)
{
  for (guint i = 0; i < self->postings->len; i++)
    if (!reopen (self, self->postings->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* A byte of the lock file of the books; connections have theirs by their ids from 1 on. */
#define LOCK_KEY 0x7768

static gboolean
take_lock (TbStore *store, gpointer data, GError **error)
{
  TbDbLock **lock = data;
  GError *failure = NULL;

  *lock = tb_db_try_lock (tb_store_get_db (store), LOCK_KEY, &failure);
  if (*lock != NULL)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, failure);
  else
    g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("Another program on this computer is posting to WHMCS from these books."));
  return FALSE;
}

static gboolean
drop_lease (TbStore *store, gpointer data, GError **error)
{
  return tb_posting_store_drop_lease (store, ((const TbPushTerms *) data)->holder, error);
}

TbPushResult *
tb_whmcs_push (const TbPushTerms *terms, TbJob *job, GError **error)
{
  g_autoptr (TbDbLock) lock = NULL;
  g_auto (TbPush) self = { .terms = terms, .port = terms->port };
  gboolean ok;

  if (!tb_push_in_books (terms, take_lock, &lock, error))
    return NULL;
  self.result = g_new0 (TbPushResult, 1);
  self.result->troubles = g_ptr_array_new_with_free_func (g_free);
  ok = tb_push_in_books (terms, prepare, &self, error) && reopen_all (&self, error) && run (&self, job, error);
  tb_push_in_books (terms, drop_lease, (gpointer) terms, NULL); /* or it ends by itself */
  return ok ? g_steal_pointer (&self.result) : NULL;
}
