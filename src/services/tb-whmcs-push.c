/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-push.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-posting-store.h"
#include "tb-setup-store.h"
#include "tb-text.h"
#include "tb-whmcs-plan.h"
#include "tb-whmcs-push-private.h"

/* Half of it is longer than any request may take, so that nobody's is under way when the lease is over. */
#define LEASE_SECONDS 300
/* So often a posting is sent again, or nobody is reached, in one run; then it is left to the next. */
#define TRIES 3
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

static TbPosting *
queue_head (const TbPushQueue *self)
{
  return self->at < self->postings->len ? self->postings->pdata[self->at] : NULL;
}

/* ---- outcomes ---- */

gboolean
tb_push_say (TbPushOutcome *out, TbPostingEventKind kind, char *text)
{
  out->event = (TbPostingEvent){ .kind = kind };
  out->text = text;
  return TRUE;
}

gboolean
tb_push_need (TbPushOutcome *out, TbPostingStep step, gint64 at, char *text)
{
  out->event = (TbPostingEvent){ TB_EVENT_NEEDS, step, at };
  out->text = text;
  return TRUE;
}

gboolean
tb_push_complain (TbPushOutcome *out, TbPostingEventKind kind, char *text)
{
  out->message = g_strdup (text);
  return tb_push_say (out, kind, text);
}

gboolean
tb_push_tell_reply (TbPush *self, TbPushOutcome *out, TbReply reply, gboolean sent, GError *failure)
{
  static const TbPostingEventKind kinds[] = { [TB_REPLY_DONE] = TB_EVENT_ACCEPTED,
                                              [TB_REPLY_REFUSED] = TB_EVENT_REFUSED,
                                              [TB_REPLY_NOT_SENT] = TB_EVENT_NOT_SENT,
                                              [TB_REPLY_LOST] = TB_EVENT_LOST,
                                              [TB_REPLY_STOP] = TB_EVENT_NOT_SENT };

  tb_push_complain (out, sent ? kinds[reply] : TB_EVENT_UNREAD, g_strdup (failure->message));
  if (reply == TB_REPLY_STOP && self->stop == NULL)
    self->stop = failure;
  else
    g_error_free (failure);
  return TRUE;
}

/* ---- clients ---- */

const TbClient *
tb_push_get_client (const TbPush *self, const TbPosting *posting)
{
  return tb_setup_index_get_client (self->index, posting->client);
}

static char *
find_fault (const TbRemoteClient *client, TbCurrency currency)
{
  if (g_strcmp0 (client->status, "Closed") == 0)
    return g_strdup (_("The client is closed at WHMCS."));
  if (client->currency != TB_CURRENCY_NONE && client->currency != currency)
    return g_strdup_printf (_("The client’s currency at WHMCS is %s, and this is in %s."), tb_currency_to_string (client->currency),
                            tb_currency_to_string (currency));
  return NULL;
}

gboolean
tb_push_check_client (TbPush *self, TbPushQueue *queue, const TbPosting *posting, TbPushOutcome *out)
{
  const TbClient *client = tb_push_get_client (self, posting);
  g_autoptr (TbRemoteClient) remote = NULL;
  GError *failure = NULL;
  TbReply reply;
  char *fault;

  out->hold = client == NULL || client->whmcs_id == 0;
  if (out->hold)
    return FALSE;
  if (queue->checked)
    return TRUE;
  reply = self->port->get_client (self->port, client->whmcs_id, &remote, &failure);
  if (reply == TB_REPLY_REFUSED && posting->place.state == TB_POSTING_READY)
    {
      tb_push_complain (
          out, TB_EVENT_BLOCKED,
          g_strdup_printf (_("WHMCS does not know the client with the id %" PRId64 ": %s"), client->whmcs_id, failure->message));
      g_error_free (failure);
      return FALSE;
    }
  if (reply != TB_REPLY_DONE)
    {
      tb_push_tell_reply (self, out, reply, FALSE, failure);
      return FALSE;
    }
  fault = find_fault (remote, posting->amount.currency);
  if (fault != NULL && posting->place.state == TB_POSTING_READY)
    {
      tb_push_complain (out, TB_EVENT_BLOCKED, fault);
      return FALSE;
    }
  queue->checked = fault == NULL;
  g_free (fault);
  return TRUE;
}

/* ---- committing ---- */

/* A new client's id is kept in the very transaction that ends its posting. */
static gboolean
keep_client (TbPush *self, TbStore *store, const TbPosting *posting, GError **error)
{
  TbClient *client = (TbClient *) tb_push_get_client (self, posting); /* of the set-up that this run has to itself */

  if (posting->kind != TB_POSTING_CLIENT_NEW || posting->remote_id == 0 || client == NULL || client->whmcs_id == posting->remote_id)
    return TRUE;
  if (!tb_posting_store_set_client (store, client->id, posting->remote_id, error))
    return FALSE;
  client->whmcs_id = posting->remote_id;
  return TRUE;
}

static gboolean
keep_lease (TbPush *self, TbStore *store, gboolean alone, GError **error)
{
  gint64 now = self->terms->clock->now (self->terms->clock);

  if (self->lease_until - now > LEASE_SECONDS / 2) /* long enough for any request, and until then it is nobody else's */
    return TRUE;
  if (!tb_posting_store_take_lease (store, self->terms->holder, self->terms->host, alone, now, now + LEASE_SECONDS, error))
    return FALSE;
  self->lease_until = now + LEASE_SECONDS;
  return TRUE;
}

typedef struct
{
  TbPush *push;
  TbPosting *posting;
  const char *text;
} Move;

static gboolean
write_move (TbStore *store, gpointer data, GError **error)
{
  Move *move = data;
  TbPush *self = move->push;
  gboolean own;

  return tb_store_join (store, &own, error)
         && tb_store_leave (store, own,
                            keep_lease (self, store, FALSE, error) && keep_client (self, store, move->posting, error)
                                && tb_posting_store_move (store, move->posting, move->text, self->terms->clock->now (self->terms->clock), error),
                            error);
}

/* Moves the posting, in memory and in the books; whoever lost the lease meanwhile is told so. */
static gboolean
commit (TbPush *self, TbPosting *posting, const TbPostingEvent *event, const char *text, const char *message, GError **error)
{
  Move move = { self, posting, text };
  const TbPostingPlace before = posting->place;

  if (!tb_posting_place_move (&posting->place, posting->kind, event, self->terms->clock->now (self->terms->clock)))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_FAILED, _("Number %u of the ledger is in a state that does not fit what happened."), posting->id);
      return FALSE;
    }
  if (message != NULL || event->kind == TB_EVENT_ACCEPTED || event->kind == TB_EVENT_COMPLETE || posting->place.state == TB_POSTING_DONE)
    tb_set_str (&posting->message, message); /* else what was told last still holds */
  if (tb_push_in_books (self->terms, write_move, &move, error))
    return TRUE;
  posting->place = before;
  return FALSE;
}

/* ---- one action ---- */

static TbReply
send_log (TbPush *self, const TbPosting *posting, GError **error)
{
  const TbClient *client = tb_push_get_client (self, posting);
  g_autofree char *what = tb_posting_describe (posting);
  g_autofree char *text = posting->remote_id > 0
                              ? g_strdup_printf ("Tollbook: %s is #%" G_GINT64_FORMAT " (%s)", what, posting->remote_id, posting->marker)
                              : g_strdup_printf ("Tollbook: %s (%s)", what, posting->marker);

  return self->port->log (self->port, client != NULL ? client->whmcs_id : 0, text, error);
}

static gboolean
log_step (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  GError *failure = NULL;
  TbReply reply = send_log (self, posting, &failure);

  if (reply == TB_REPLY_DONE)
    return tb_push_say (out, TB_EVENT_ACCEPTED, g_strdup (_("Done; it is in the activity log of WHMCS.")));
  g_clear_error (&failure); /* a courtesy: without the permission for it all is done, too */
  return tb_push_say (out, TB_EVENT_LOST, g_strdup (_("Done.")));
}

static TbPushStepFunc
find_step (const TbPosting *posting)
{
  gboolean invoice = posting->kind == TB_POSTING_INVOICE, payment = posting->kind == TB_POSTING_PAYMENT;

  switch (tb_posting_place_get_action (&posting->place, posting->kind))
    {
    case TB_STEP_LOOK:
      return invoice ? tb_push_look_invoice : payment ? tb_push_look_payment : tb_push_look_other;
    case TB_STEP_CHECK:
      return tb_push_check_invoice;
    case TB_STEP_LOG:
      return log_step;
    default:
      return invoice ? tb_push_change_invoice : payment ? tb_push_send_payment : tb_push_send_other;
    }
}

/* How much is there before a step that adds to it. */
static gint64
amount_there (const TbPushQueue *queue, const TbPosting *posting)
{
  const TbRemoteInvoice *seen = queue->seen;

  if (seen == NULL)
    return 0;
  if (posting->place.step == TB_STEP_APPLY || (posting->options & TB_POSTING_FROM_CREDIT) != 0)
    return seen->credit;
  return posting->place.step == TB_STEP_FILL ? (gint64) seen->lines->len : 0;
}

static gboolean
begin (TbPush *self, TbPushQueue *queue, TbPosting *posting, GError **error)
{
  const TbPostingEvent event = { .kind = TB_EVENT_BEGUN, .at = amount_there (queue, posting) };
  static const char *const texts[] = { [TB_STEP_SEND] = N_("About to be sent."),       [TB_STEP_FILL] = N_("More lines are about to be sent."),
                                       [TB_STEP_TRIM] = N_("What is there twice is about to be taken away."),
                                       [TB_STEP_PUBLISH] = N_("About to be published."), [TB_STEP_APPLY] = N_("Credit is about to be applied."),
                                       [TB_STEP_LOG] = N_("About to be told to the activity log of WHMCS.") };

  return commit (self, posting, &event, _(texts[posting->place.step]), posting->message, error);
}

/* A client that comes to its end with nothing open behind it is left. */
static void
count_end (TbPush *self, TbPushQueue *queue, const TbPosting *posting)
{
  TbPostingState state = posting->place.state;
  g_autofree char *what = tb_posting_describe (posting);

  self->result->done += state == TB_POSTING_DONE;
  self->result->failed += state == TB_POSTING_FAILED;
  self->result->parked += state == TB_POSTING_PARKED;
  if (state == TB_POSTING_FAILED || state == TB_POSTING_PARKED)
    g_ptr_array_add (self->result->troubles, g_strdup_printf ("%s: %s: %s", what, tb_posting_state_to_string (state),
                                                              posting->message != NULL ? posting->message : ""));
  tb_push_queue_forget (queue);
  queue->at++;
}

/* What is left of the client's waits for the next run. */
static void
hold (TbPush *self, TbPushQueue *queue, const char *why)
{
  for (; queue->at < queue->postings->len; queue->at++)
    {
      const TbPosting *posting = queue->postings->pdata[queue->at];
      g_autofree char *what = tb_posting_describe (posting);

      self->result->waiting++;
      g_ptr_array_add (self->result->troubles, g_strdup_printf ("%s: %s: %s", what, tb_posting_state_to_string (posting->place.state), why));
    }
  tb_push_queue_forget (queue);
}

/* Sent again after it was lost, or nobody reached: not without end. */
static void
count_tries (TbPush *self, TbPushQueue *queue, const TbPosting *posting, const TbPostingPlace *before, const TbPostingEvent *event)
{
  gboolean unreached = event->kind == TB_EVENT_NOT_SENT || event->kind == TB_EVENT_UNREAD;

  self->unreached = unreached ? self->unreached + 1 : 0;
  if (unreached || (before->state == TB_POSTING_UNKNOWN && posting->place.state == TB_POSTING_READY && posting->place.step == before->step))
    queue->tries++;
  if (!tb_posting_place_is_open (&posting->place))
    count_end (self, queue, posting);
  else if (queue->tries > TRIES)
    hold (self, queue, posting->message != NULL ? posting->message : _("It did not come through; the next run goes on with it."));
}

static gboolean
act (TbPush *self, TbPushQueue *queue, GError **error)
{
  TbPosting *posting = queue_head (queue);
  TbPushStepFunc step = find_step (posting);
  const TbPostingPlace before = posting->place;
  TbPushOutcome out = { 0 };
  gboolean ok = (before.state != TB_POSTING_READY || !tb_posting_step_sends (before.step) || begin (self, queue, posting, error))
                && step (self, queue, posting, &out, error);

  if (ok && out.hold)
    hold (self, queue, _("The client is not at WHMCS yet."));
  else if (ok)
    {
      ok = commit (self, posting, &out.event, out.text, out.message, error);
      if (ok)
        count_tries (self, queue, posting, &before, &out.event);
    }
  g_free (out.text);
  g_free (out.message);
  return ok;
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
  return commit (self, posting, &opened,
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
      const TbPosting *head = queue_head (queue);

      if (head == NULL)
        continue;
      if (tb_posting_place_is_due (&head->place, now))
        return queue;
      if (next == NULL || head->place.not_before < queue_head (next)->place.not_before)
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
      const TbPosting *head = queue_head (queue);

      if (tb_job_is_cancelled (job, error))
        return FALSE;
      if (!tb_posting_place_is_due (&head->place, self->terms->clock->now (self->terms->clock)))
        {
          if (!self->terms->clock->wait (self->terms->clock, head->place.not_before, cancellable, error))
            return FALSE;
          continue;
        }
      if (!act (self, queue, error))
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
  if (!keep_lease (self, store, TRUE, error))
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
