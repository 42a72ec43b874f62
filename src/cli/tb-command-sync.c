/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-call-fields.h"
#include "tb-error.h"
#include "tb-pbx.h"
#include "tb-sync.h"

typedef struct
{
  gboolean done;
  TbSyncResult *result;
  GError *failure;
} Wait;

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = tb_sync_finish (TB_SESSION (source), result, &wait->failure);
  wait->done = TRUE;
}

/* The network runs on the main context of the thread that asks for it, which is this one and not the watching one. */
static TbSyncResult *
sync_one (TbRun *run, const char *connection, GError **error)
{
  GMainContext *context = g_main_context_new ();
  Wait wait = { 0 };

  g_main_context_push_thread_default (context);
  tb_sync_async (run->session, connection, run->job, synced_cb, &wait);
  while (!wait.done)
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  if (wait.failure != NULL)
    g_propagate_error (error, wait.failure);
  return wait.result;
}

/* Those named, else all that are collected over the network. */
static GPtrArray *
connections_of (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (setup == NULL)
    return NULL;
  for (char **name = run->arguments; *name != NULL; name++)
    g_ptr_array_add (names, *name);
  for (guint i = 0; *run->arguments == NULL && i < setup->connections->len; i++)
    {
      const TbConnection *connection = setup->connections->pdata[i];

      if (tb_pbx_kind_is_network (connection->kind))
        g_ptr_array_add (names, connection->name);
    }
  if (names->len > 0)
    return g_steal_pointer (&names);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("No connection of these books is collected over the network."));
  return NULL;
}

static void
say_result (TbOutput *out, const TbSyncResult *result)
{
  tb_output_row (out);
  tb_output_text (out, "connection", _("Connection"), result->connection);
  tb_import_counts_say (out, &result->counts);
  tb_output_int (out, "windows", _("Requests"), result->windows);
  tb_output_end (out);
}

/* One PBX that does not answer keeps no other from being collected. */
static gboolean
sync_connections (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) names = connections_of (run, error);
  GError *stopped = NULL;
  guint n_done = 0;

  if (names == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < names->len && !tb_job_is_cancelled (run->job, NULL); i++)
    {
      GError *failure = NULL;
      TbSyncResult *result = sync_one (run, names->pdata[i], &failure);

      if (result == NULL)
        {
          tb_run_fail (run, failure);
          continue;
        }
      say_result (run->out, result);
      tb_sync_result_free (result);
      n_done++;
    }
  if (run->failures == 0 && tb_job_is_cancelled (run->job, &stopped))
    tb_run_fail (run, stopped);
  return n_done > 0;
}

const TbCommand tb_commands_sync[] = {
  { "sync", N_("[CONNECTION…]"), 0, G_MAXUINT, TB_BOOKS_OPEN, NULL, sync_connections, N_("collects calls from PBXs since the last time") },
  { NULL },
};
