/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-call-receiver.h"
#include "tb-command.h"
#include "tb-error.h"
#include "tb-secret.h"

static gboolean
stop_cb (GCancellable *cancellable, gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_signal (TbRun *run, GMainContext *context)
{
  g_autoptr (GSource) source = g_cancellable_source_new (tb_job_get_cancellable (run->job));
  gboolean stopped = FALSE;

  g_source_set_callback (source, G_SOURCE_FUNC (stop_cb), &stopped, NULL);
  g_source_attach (source, context);
  while (!stopped)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (source);
}

static void
say_counts (TbRun *run, TbCallReceiver *receiver, const char *name)
{
  tb_output_text (run->out, "connection", _("Connection"), name);
  tb_output_int (run->out, "received", _("Received"), (gint64) tb_call_receiver_get_taken (receiver));
  tb_output_int (run->out, "refused", _("Refused"), (gint64) tb_call_receiver_get_refused (receiver));
}

/* The line on standard error says that posts are taken from now on. A signal is the way to end it, and no failure. */
static gboolean
receive (TbRun *run, const TbConnection *connection, GMainContext *context, GError **error)
{
  char *secret = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (TbCallReceiver) receiver = NULL;
  g_autofree char *address = NULL;

  secret = tb_secret_lookup (connection->name, tb_job_get_cancellable (run->job), &failure);
  if (failure == NULL)
    receiver = tb_call_receiver_new (connection, secret, &failure);
  tb_secret_free (secret);
  if (receiver == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  address = tb_call_receiver_dup_address (receiver);
  g_printerr (_("%s: receiving at %s, into %s\n"), connection->name, address, tb_call_receiver_get_folder (receiver));
  wait_for_signal (run, context);
  say_counts (run, receiver, connection->name);
  return TRUE;
}

static const TbConnection *
find_connection (TbRun *run, const char *name, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  const TbConnection *connection = setup != NULL ? tb_setup_find_connection (setup, name) : NULL;

  if (setup != NULL && connection == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
  if (connection == NULL || g_strcmp0 (connection->kind, "push") == 0)
    return connection;
  g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
               _("“%s” is not a connection of kind “push”: its calls are collected by “tollbookctl sync”."), name);
  return NULL;
}

static gboolean
run_receive (TbRun *run, GError **error)
{
  const TbConnection *connection = find_connection (run, run->arguments[0], error);
  GMainContext *context;
  gboolean ok;

  if (connection == NULL)
    return FALSE;
  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  ok = receive (run, connection, context, error);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  return ok;
}

const TbCommand tb_commands_receive[] = {
  { "receive", N_("CONNECTION"), 1, 1, TB_BOOKS_OPEN, NULL, run_receive, N_("takes the calls that a FreeSWITCH posts, until it is interrupted") },
  { NULL },
};
