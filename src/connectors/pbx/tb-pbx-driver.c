/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-pbx-kind.h"
#include "tb-worker.h"

/* The driver of a talk: it asks the kind for a request, sends it, tells it the answer, until a page of calls or the end is reached. */

/* A busy PBX of 10,000 phones writes some 200,000 calls a day at 600 bytes each. */
#define LIMIT ((gsize) 128 * 1024 * 1024)
#define TIMEOUT 300
#define MAX_ATTEMPTS 4
#define MAX_COMPLAINT (64 * 1024) /* bytes */
#define LARGE ((gsize) 16 * 1024) /* bytes of an answer that takes longer to read than a window may stand still */
#define MAX_WAIT 120 /* seconds a server may ask to wait within a talk, in all; more is for the next run */

static void step (GTask *task);

static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
on_waited (gpointer data)
{
  step (data);
  return G_SOURCE_REMOVE;
}

/* Whoever cancels does not wait for it. */
static void
wait_until (GTask *task, gint64 monotonic)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = g_timeout_source_new ((guint) MAX ((monotonic - g_get_monotonic_time ()) / 1000, 1));

  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_source_set_callback (source, on_waited, task, NULL);
  g_source_attach (source, g_task_get_context (task));
}

/* A second, two, four …, and up to a quarter more, so that fifty connections do not come back in the same moment. */
static void
try_again (GTask *task, const TbHttpAnswer *answer)
{
  TbPbxTalk *self = g_task_get_task_data (task);
  gint64 wait = (gint64) tb_pbx_get_patience () << (self->attempts - 1);

  if (answer->retry_after > 0)
    {
      self->waited += answer->retry_after;
      wait = answer->retry_after * (gint64) tb_pbx_get_patience ();
    }
  wait += g_random_int_range (0, (gint32) MAX (wait / 4, 1));
  self->pbx->next_request = g_get_monotonic_time () + wait * 1000;
  step (task);
}

/* What the API says of itself is added to what HTTP says. */
static GError *
complain (TbPbxTalk *self, const TbHttpAnswer *answer)
{
  gsize len;
  const char *text = g_bytes_get_data (answer->body, &len);
  g_autoptr (JsonNode) root = len > 0 && len <= MAX_COMPLAINT ? tb_json_parse (text, (gssize) len, TB_JSON_FOREIGN, NULL) : NULL;
  g_autofree char *complaint = root != NULL ? tb_json_dup_complaint (root) : NULL;
  GError *error = g_error_copy (answer->bad);

  if (complaint != NULL)
    {
      g_autofree char *http = g_steal_pointer (&error->message);

      /* Translators: what HTTP said, then what the PBX said */
      error->message = g_strdup_printf (_("%s It says “%s”."), http, complaint);
    }
  return error;
}

static void
hear_refusal (GTask *task, const TbHttpAnswer *answer)
{
  TbPbxTalk *self = g_task_get_task_data (task);
  TbPbx *pbx = self->pbx;

  if (answer->passing && ++self->attempts < MAX_ATTEMPTS && answer->retry_after <= MAX_WAIT - self->waited)
    return try_again (task, answer);
  if (pbx->kind->refused != NULL && pbx->kind->refused (self, answer))
    return step (task);
  /* A login that held and holds no more is made anew, once. */
  if (answer->status == 401 && pbx->token != NULL && !self->renewed)
    {
      self->renewed = TRUE;
      tb_pbx_set_token (pbx, NULL);
      return step (task);
    }
  fail (task, complain (self, answer));
}

/* By the header Date (RFC 9110, 6.6.1). A proxy in between that has a clock of its own says so by it too. */
static void
look_at_clock (TbPbx *pbx, const TbHttpAnswer *answer)
{
  const char *date = answer->headers != NULL ? soup_message_headers_get_one (answer->headers, "Date") : NULL;
  g_autoptr (GDateTime) time = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  if (time != NULL)
    pbx->clock_lead = g_date_time_to_unix (time) - g_get_real_time () / G_USEC_PER_SEC;
}

/* What the kind said of an answer; NULL = it was well. What it parsed is let go of where it was parsed. */
static GError *
hear (TbPbxTalk *self, const TbHttpAnswer *answer)
{
  GError *error = NULL;

  g_clear_pointer (&self->root, json_node_unref);
  self->pbx->kind->hear (self, answer, &error);
  g_clear_pointer (&self->root, json_node_unref);
  return error;
}

/* Takes `error`. */
static void
go_on (GTask *task, const TbHttpAnswer *answer, GError *error)
{
  TbPbxTalk *self = g_task_get_task_data (task);

  if (error == NULL)
    {
      self->attempts = 0;
      step (task);
    }
  else if (g_error_matches (error, TB_ERROR, TB_ERROR_NETWORK) && ++self->attempts < MAX_ATTEMPTS)
    {
      g_error_free (error);
      try_again (task, answer);
    }
  else
    fail (task, error);
}

static void
hear_in_thread (GTask *thread_task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TbPbxTalk *self = data;
  GError *error = hear (self, self->answer);

  if (error == NULL)
    g_task_return_boolean (thread_task, TRUE);
  else
    g_task_return_error (thread_task, error);
}

static void
on_heard (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  TbPbxTalk *self = g_task_get_task_data (task);
  g_autoptr (TbHttpAnswer) answer = g_steal_pointer (&self->answer);
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  go_on (task, answer, error);
}

/* A large answer is read in a thread: nothing else touches the talk, nor its PBX, before it has been. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  TbPbxTalk *self = g_task_get_task_data (task);
  g_autoptr (TbHttpAnswer) answer = tb_http_answer_finish (result);

  look_at_clock (self->pbx, answer);
  if (answer->bad != NULL)
    return hear_refusal (task, answer);
  if (g_bytes_get_size (answer->body) < LARGE)
    return go_on (task, answer, hear (self, answer));
  self->answer = g_steal_pointer (&answer);
  tb_worker_run_in_pool (task, hear_in_thread, on_heard);
}

/* Digest: libsoup answers the challenge, once; a second one means that the password is wrong. */
static gboolean
on_authenticate (SoupMessage *message, SoupAuth *auth, gboolean retrying, gpointer data)
{
  TbPbx *pbx = data;

  if (!retrying && !soup_auth_is_for_proxy (auth) && pbx->user != NULL && pbx->secret != NULL)
    soup_auth_authenticate (auth, pbx->user, pbx->secret);
  return FALSE;
}

/* Whatever is asked may be asked again, and is, when it fails in passing; said so, libsoup makes no new connection for each POST. */
static void
send (GTask *task, SoupMessage *message)
{
  TbPbxTalk *self = g_task_get_task_data (task);
  TbPbx *pbx = self->pbx;
  const TbHttpLimits limits = { .timeout = TIMEOUT, .limit = LIMIT };

  if (pbx->kind->http_login)
    g_signal_connect_object (message, "authenticate", G_CALLBACK (on_authenticate), pbx, 0);
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  pbx->next_request = g_get_monotonic_time () + pbx->kind->pause * (gint64) tb_pbx_get_patience ();
  tb_http_send_async (pbx->session, message, &limits, g_task_get_cancellable (task), on_answered, task);
}

static void
on_pulled (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    step (task);
  else
    fail (task, error);
}

static void
pull (GTask *thread_task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TbPbxTalk *self = data;
  GError *error = NULL;

  if (self->pbx->kind->pull (self, cancellable, &error))
    g_task_return_boolean (thread_task, TRUE);
  else
    g_task_return_error (thread_task, error);
}

static void
step (GTask *task)
{
  TbPbxTalk *self = g_task_get_task_data (task);
  TbPbxPage *page = g_queue_pop_head (&self->pages);
  g_autoptr (SoupMessage) message = NULL;
  GError *error = NULL;

  if (page != NULL || self->over)
    {
      g_task_return_pointer (task, page, (GDestroyNotify) tb_pbx_page_free);
      g_object_unref (task);
      return;
    }
  if (tb_error_if_cancelled (g_task_get_cancellable (task), &error))
    return fail (task, error);
  if (self->pbx->kind->pull != NULL)
    return tb_worker_run_in_pool (task, pull, on_pulled);
  if (self->pbx->next_request > g_get_monotonic_time ())
    return wait_until (task, self->pbx->next_request);
  message = self->pbx->kind->ask (self, &error);
  if (message != NULL)
    send (task, message);
  else if (error != NULL)
    fail (task, error);
  else
    {
      self->over = TRUE;
      step (task);
    }
}

void
tb_pbx_talk_next_async (TbPbxTalk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self->pbx, cancellable, callback, data);

  g_task_set_source_tag (task, tb_pbx_talk_next_async);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  g_task_set_task_data (task, self, NULL);
  step (task);
}

TbPbxPage *
tb_pbx_talk_next_finish (TbPbxTalk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
