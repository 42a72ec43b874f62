/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-posting-store.h"
#include "tb-text.h"
#include "tb-whmcs-push-private.h"

/* One action of one posting, and how it comes into the books. */

/* Half of it is longer than any request may take, so that nobody's is under way when the lease is over. */
#define LEASE_SECONDS 300
/* So often a posting is sent again, or nobody is reached, in one run; then it is left to the next. */
#define TRIES 3

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

gboolean
tb_push_keep_lease (TbPush *self, TbStore *store, gboolean alone, GError **error)
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
                            tb_push_keep_lease (self, store, FALSE, error) && keep_client (self, store, move->posting, error)
                                && tb_posting_store_move (store, move->posting, move->text, self->terms->clock->now (self->terms->clock), error),
                            error);
}

gboolean
tb_push_commit (TbPush *self, TbPosting *posting, const TbPostingEvent *event, const char *text, const char *message, GError **error)
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
  static const struct
  {
    TbPushStepFunc look, send;
  } kinds[] = { [TB_POSTING_INVOICE] = { tb_push_look_invoice, tb_push_change_invoice },
                [TB_POSTING_PAYMENT] = { tb_push_look_payment, tb_push_send_payment },
                [TB_POSTING_APPLY] = { tb_push_look_apply, tb_push_send_apply } };
  gboolean other = kinds[posting->kind].look == NULL;

  switch (tb_posting_place_get_action (&posting->place, posting->kind))
    {
    case TB_STEP_LOOK:
      return other ? tb_push_look_other : kinds[posting->kind].look;
    case TB_STEP_CHECK:
      return tb_push_check_invoice;
    case TB_STEP_LOG:
      return log_step;
    default:
      return other ? tb_push_send_other : kinds[posting->kind].send;
    }
}

/* How much is there before a step that adds to it. */
static gint64
amount_there (const TbPushQueue *queue, const TbPosting *posting)
{
  const TbRemoteInvoice *seen = queue->seen;

  if (seen == NULL)
    return 0;
  if (posting->place.step == TB_STEP_APPLY || posting->kind == TB_POSTING_APPLY || (posting->options & TB_POSTING_FROM_CREDIT) != 0)
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

  return tb_push_commit (self, posting, &event, _(texts[posting->place.step]), posting->message, error);
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

typedef struct
{
  const char *client;
  char *why;
} Hold;

/* What keeps a client from WHMCS, if somebody has to see to it. */
static gboolean
find_hold (TbStore *store, gpointer data, GError **error)
{
  Hold *hold = data;
  const TbPostingFilter its = { -1, FALSE, hold->client, 0 };
  g_autoptr (GPtrArray) known = tb_posting_store_list (store, &its, error);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const TbPosting *posting = known->pdata[i];

      if (posting->kind != TB_POSTING_CLIENT_NEW || (posting->place.state != TB_POSTING_FAILED && posting->place.state != TB_POSTING_PARKED))
        continue;
      g_free (hold->why);
      hold->why = g_strdup_printf (_("The client is not at WHMCS yet, see number %u of the ledger: %s"), posting->id, posting->message != NULL ? posting->message : "");
    }
  return known != NULL;
}

static gboolean
hold_for_client (TbPush *self, TbPushQueue *queue, const TbPosting *posting, GError **error)
{
  Hold why = { posting->client, NULL };
  gboolean ok = tb_push_in_books (self->terms, find_hold, &why, error);

  if (ok)
    hold (self, queue, why.why != NULL ? why.why : _("The client is not at WHMCS yet."));
  g_free (why.why);
  return ok;
}

gboolean
tb_push_act (TbPush *self, TbPushQueue *queue, GError **error)
{
  TbPosting *posting = tb_push_queue_head (queue);
  TbPushStepFunc step = find_step (posting);
  const TbPostingPlace before = posting->place;
  TbPushOutcome out = { 0 };
  gboolean ok = (before.state != TB_POSTING_READY || !tb_posting_step_sends (before.step) || begin (self, queue, posting, error))
                && step (self, queue, posting, &out, error);

  if (ok && out.hold)
    ok = hold_for_client (self, queue, posting, error);
  else if (ok)
    {
      ok = tb_push_commit (self, posting, &out.event, out.text, out.message, error);
      if (ok)
        count_tries (self, queue, posting, &before, &out.event);
    }
  g_free (out.text);
  g_free (out.message);
  return ok;
}
