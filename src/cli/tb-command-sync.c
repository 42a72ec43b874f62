/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-call-fields.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-pbx.h"
#include "tb-sync.h"
#include "tb-wait.h"

/* ---- which ones ---- */

/* Those named, else all that are collected over the network. */
static GStrv
connections_of (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (setup == NULL)
    return NULL;
  if (*run->arguments != NULL)
    return g_strdupv (run->arguments);
  if (tb_run_has (run, "due"))
    return tb_sync_list_due (run->store, tb_clock_now (), error);
  for (guint i = 0; i < setup->connections->len; i++)
    {
      const TbConnection *connection = setup->connections->pdata[i];

      if (tb_pbx_kind_is_network (connection->kind))
        g_strv_builder_add (names, connection->name);
    }
  return g_strv_builder_end (names);
}

static GStrv
need_connections (TbRun *run, GError **error)
{
  g_auto (GStrv) names = connections_of (run, error);

  if (names == NULL || *names != NULL || tb_run_has (run, "due"))
    return g_steal_pointer (&names);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("No connection of these books is collected over the network."));
  return NULL;
}

/* ---- collecting ---- */

static void
say_result (TbOutput *out, const TbSyncRun *result)
{
  tb_output_row (out);
  tb_output_text (out, "connection", _("Connection"), result->connection);
  tb_import_counts_say (out, &result->counts);
  tb_output_int (out, "windows", _("Windows"), result->windows);
  tb_output_int (out, "pages", _("Pages"), result->pages);
  tb_output_end (out);
}

static GPtrArray *
collect (TbRun *run, char **names, gint64 from)
{
  TbWait wait;
  GPtrArray *results;

  tb_wait_begin (&wait);
  tb_sync_many_async (run->session, (const char *const *) names, from, run->job, tb_wait_done, &wait);
  results = tb_sync_many_finish (run->session, tb_wait_run (&wait));
  tb_wait_end (&wait);
  return results;
}

/* TRUE = it is known to be at work, which is what --due is content with. */
static gboolean
is_busy (TbRun *run, const TbSyncResult *result)
{
  return tb_run_has (run, "due") && g_error_matches (result->error, TB_ERROR, TB_ERROR_CONFLICT);
}

/* One PBX that does not answer keeps no other from being collected. An interrupt is told once, whoever it met. */
static gboolean
sync_connections (TbRun *run, char **names, gint64 from)
{
  g_autoptr (GPtrArray) results = collect (run, names, from);
  GError *stopped = NULL;
  guint n_bad = 0;

  tb_output_be_list (run->out);
  for (guint i = 0; i < results->len; i++)
    {
      TbSyncResult *result = results->pdata[i];

      if (result->error == NULL)
        say_result (run->out, result->run);
      n_bad += result->error != NULL && !is_busy (run, result);
      if (result->error != NULL && result->run->outcome != TB_SYNC_CANCELLED && !is_busy (run, result))
        tb_run_fail (run, g_steal_pointer (&result->error));
    }
  if (run->failures == 0 && tb_job_is_cancelled (run->job, &stopped))
    tb_run_fail (run, stopped);
  return n_bad == 0 || n_bad < results->len;
}

/* ---- testing ---- */

static char *
test_one (TbRun *run, const char *name, GError **error)
{
  TbWait wait;
  char *text;

  tb_wait_begin (&wait);
  tb_sync_test_async (run->session, name, tb_job_get_cancellable (run->job), tb_wait_done, &wait);
  text = tb_sync_test_finish (run->session, tb_wait_run (&wait), error);
  tb_wait_end (&wait);
  return text;
}

static gboolean
test_connections (TbRun *run, char **names)
{
  guint n_good = 0;

  tb_output_be_list (run->out);
  for (char **name = names; *name != NULL && !tb_job_is_cancelled (run->job, NULL); name++)
    {
      GError *failure = NULL;
      g_autofree char *text = test_one (run, *name, &failure);

      if (text == NULL)
        {
          g_prefix_error (&failure, "%s: ", *name);
          tb_run_fail (run, failure);
          continue;
        }
      tb_output_row (run->out);
      tb_output_text (run->out, "connection", _("Connection"), *name);
      tb_output_text (run->out, "answer", _("Answer"), text);
      tb_output_end (run->out);
      n_good++;
    }
  return n_good > 0;
}

static gboolean
run_sync (TbRun *run, GError **error)
{
  g_auto (GStrv) names = NULL;
  gint64 from = 0;

  if (tb_run_has (run, "due") && (*run->arguments != NULL || tb_run_has (run, "test")))
    return tb_run_misuse (error, _("--due collects what is due, and takes neither names nor --test."));
  if (!tb_run_get_time (run, "from", &from, error))
    return FALSE;
  names = need_connections (run, error);
  if (names == NULL)
    return FALSE;
  return tb_run_has (run, "test") ? test_connections (run, names) : sync_connections (run, names, from);
}

static const TbOption sync_options[] = {
  { "due", 0, NULL, N_("only those whose schedule says so; what another program is collecting is left to it") },
  { "from", 0, N_("TIME"), N_("also read again what began at TIME or later, however long ago") },
  { "test", 0, NULL, N_("only ask whether the PBX answers") },
  { NULL },
};

const TbCommand tb_commands_sync[] = {
  { "sync", N_("[CONNECTION…]"), 0, G_MAXUINT, TB_BOOKS_OPEN, sync_options, run_sync, N_("collects calls from PBXs since the last time") },
  { NULL },
};
