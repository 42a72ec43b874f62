/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-call-fields.h"
#include "tb-clock.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-pin.h"
#include "tb-schedule.h"
#include "tb-set-aside-store.h"
#include "tb-set-aside.h"
#include "tb-sync-run-store.h"

/* ---- helpers ---- */

static void
say_time (TbOutput *out, const char *key, const char *title, gint64 time)
{
  tb_output_time (out, key, title, time > 0 ? time : TB_TIME_NONE);
}

static void
say_schedule (TbOutput *out, const TbConnectionState *state)
{
  g_autofree char *every = tb_schedule_format (state->every), *alarm = tb_schedule_format (state->alarm);

  tb_output_text (out, "every", _("Every"), every);
  tb_output_text (out, "alarm", _("Told after"), alarm);
  say_time (out, "next_due", _("Next due"), state->every > 0 ? state->next_due : 0);
}

static gboolean
get_limit (TbRun *run, guint *ret, GError **error)
{
  *ret = 100;
  return tb_run_get_uint (run, "limit", ret, error);
}

/* ---- list ---- */

static void
say_state (TbOutput *out, const TbConnection *connection, const TbConnectionState *state)
{
  tb_output_row (out);
  tb_output_text (out, "connection", _("Connection"), state->name);
  tb_output_text (out, "kind", _("Kind"), connection != NULL ? connection->kind : NULL);
  tb_output_int (out, "calls", _("Calls"), (gint64) state->calls);
  say_time (out, "covered_from", _("Collected from"), state->covered_from);
  say_time (out, "covered_to", _("Collected to"), state->cursor);
  say_time (out, "last_run", _("Last run"), state->last_run);
  say_time (out, "last_success", _("Last good run"), state->last_success);
  say_schedule (out, state);
  tb_output_int (out, "failures", _("Failures in a row"), state->failures);
  say_time (out, "failing_since", _("Failing since"), state->failing_since);
  tb_output_bool (out, "alarming", _("Longer than it may"), tb_connection_state_is_alarming (state, tb_clock_now ()));
  tb_output_text (out, "error", _("Error"), state->last_error);
  tb_output_end (out);
}

static gboolean
list (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  g_autoptr (GPtrArray) states = setup != NULL ? tb_connection_store_list_states (run->store, error) : NULL;

  if (states == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < states->len; i++)
    say_state (run->out, tb_setup_find_connection (setup, ((TbConnectionState *) states->pdata[i])->name), states->pdata[i]);
  return TRUE;
}

/* ---- what a connection did and brought: lists of rows ---- */

static void
say_run (TbOutput *out, gconstpointer row)
{
  const TbSyncRun *run = row;

  say_time (out, "began", _("Began"), run->began);
  say_time (out, "ended", _("Ended"), run->ended);
  tb_output_text (out, "outcome", _("Outcome"), tb_sync_outcome_to_string (run->outcome));
  say_time (out, "from", _("Calls from"), run->from);
  say_time (out, "to", _("To"), run->to);
  tb_output_int (out, "windows", _("Windows"), run->windows);
  tb_output_int (out, "pages", _("Pages"), run->pages);
  tb_import_counts_say (out, &run->counts);
  tb_output_text (out, "error", _("Error"), run->error);
  tb_output_text (out, "warning", _("Warning"), run->warning);
}

static void
say_quarantined (TbOutput *out, gconstpointer row)
{
  const TbQuarantined *record = row;

  say_time (out, "time", _("Time"), record->time);
  tb_output_text (out, "source", _("Source"), record->source);
  tb_output_int (out, "line", _("Line"), (gint64) record->line);
  tb_output_text (out, "reason", _("Reason"), record->reason);
  tb_output_text (out, "record", _("Record"), record->raw);
}

static void
say_conflict (TbOutput *out, gconstpointer row)
{
  const TbCallConflict *conflict = row;

  say_time (out, "time", _("Time"), conflict->time);
  tb_output_text (out, "uid", _("UID"), conflict->uid);
  tb_output_text (out, "tenant", _("Tenant"), conflict->tenant);
  tb_output_text (out, "direction", _("Direction"), tb_direction_to_string (conflict->direction));
  tb_output_text (out, "caller", _("Caller"), conflict->caller);
  tb_output_text (out, "callee", _("Called"), conflict->callee);
  say_time (out, "start", _("Start"), conflict->start);
  tb_output_int (out, "seconds", _("Seconds"), conflict->seconds);
  say_time (out, "invoiced_start", _("Invoiced start"), conflict->stored_start);
  tb_output_int (out, "invoiced_seconds", _("Invoiced seconds"), conflict->stored_seconds);
}

static gboolean
say_rows (TbRun *run, GPtrArray *(*read) (TbStore *store, const char *connection, guint limit, GError **error), void (*say) (TbOutput *out, gconstpointer row),
          GError **error)
{
  g_autoptr (TbConnectionState) known = tb_connection_store_get_state (run->store, run->arguments[0], error);
  g_autoptr (GPtrArray) rows = NULL;
  guint limit;

  if (known == NULL || !get_limit (run, &limit, error))
    return FALSE;
  rows = read (run->store, run->arguments[0], limit, error);
  if (rows == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < rows->len; i++)
    {
      tb_output_row (run->out);
      say (run->out, rows->pdata[i]);
      tb_output_end (run->out);
    }
  return TRUE;
}

static gboolean
history (TbRun *run, GError **error)
{
  return say_rows (run, tb_sync_run_store_list, say_run, error);
}

static gboolean
quarantine (TbRun *run, GError **error)
{
  return say_rows (run, tb_quarantine_store_list, say_quarantined, error);
}

static gboolean
conflicts (TbRun *run, GError **error)
{
  return say_rows (run, tb_call_conflict_store_list, say_conflict, error);
}

/* ---- what becomes of conflicts ---- */

/* Each on its own: one that is refused does not take back the others. */
static gboolean
accept (TbRun *run, GError **error)
{
  guint done = 0;

  tb_output_be_list (run->out);
  for (char **uid = run->arguments + 1; *uid != NULL && !tb_job_is_cancelled (run->job, NULL); uid++)
    {
      GError *failure = NULL;
      TbMoney difference;

      if (!tb_set_aside_accept (run->store, run->arguments[0], *uid, &difference, &failure))
        {
          tb_run_fail (run, failure);
          continue;
        }
      done++;
      tb_output_row (run->out);
      tb_output_text (run->out, "uid", _("UID"), *uid);
      tb_output_amount (run->out, "difference", _("Difference"), difference);
      tb_output_end (run->out);
    }
  return done > 0;
}

static gboolean
dismiss (TbRun *run, GError **error)
{
  guint done = 0;

  for (char **uid = run->arguments + 1; *uid != NULL; uid++)
    {
      GError *failure = NULL;

      if (tb_set_aside_dismiss (run->store, run->arguments[0], *uid, &failure))
        done++;
      else
        tb_run_fail (run, failure);
    }
  return done > 0;
}

/* ---- schedule ---- */

static gboolean
get_interval (TbRun *run, const char *option, gint64 *ret, GError **error)
{
  const char *text = tb_run_get (run, option);
  g_autoptr (GError) wrong = NULL;

  return text == NULL || tb_schedule_parse (text, ret, &wrong) || tb_run_misuse (error, "--%s: %s", option, wrong->message);
}

static gboolean
schedule (TbRun *run, GError **error)
{
  const char *name = run->arguments[0];
  gboolean changes = tb_run_has (run, "every") || tb_run_has (run, "alarm");
  gint64 every = -1, alarm = -1;
  g_autoptr (TbConnectionState) state = NULL;

  if (!get_interval (run, "every", &every, error) || !get_interval (run, "alarm", &alarm, error)
      || (changes && !tb_connection_store_set_schedule (run->store, name, every, alarm, error)))
    return FALSE;
  state = tb_connection_store_get_state (run->store, name, error);
  if (state == NULL)
    return FALSE;
  tb_output_text (run->out, "connection", _("Connection"), state->name);
  say_schedule (run->out, state);
  return TRUE;
}

/* ---- certificate ---- */

static void
say_certificate (TbRun *run, const TbConnection *connection, const TbShownCertificate *shown)
{
  g_autofree char *pinned = connection->certificate != NULL ? tb_pin_parse (connection->certificate, NULL) : NULL;
  TbOutput *out = run->out;

  tb_output_text (out, "connection", _("Connection"), connection->name);
  tb_output_text (out, "certificate", _("Certificate"), shown->fingerprint);
  tb_output_text (out, "subject", _("Of"), shown->subject);
  tb_output_text (out, "issuer", _("Signed by"), shown->issuer);
  tb_output_time (out, "from", _("From"), shown->not_before != NULL ? g_date_time_to_unix (shown->not_before) : TB_TIME_NONE);
  tb_output_time (out, "to", _("To"), shown->not_after != NULL ? g_date_time_to_unix (shown->not_after) : TB_TIME_NONE);
  tb_output_bool (out, "trusted", _("Trusted by this computer"), shown->distrust == 0);
  tb_output_text (out, "pinned", _("Pinned"), pinned);
  tb_output_bool (out, "accepted", _("Accepted"), pinned != NULL ? g_str_equal (pinned, shown->fingerprint) : shown->distrust == 0);
}

static gboolean
certificate (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  const TbConnection *connection = setup != NULL ? tb_setup_find_connection (setup, run->arguments[0]) : NULL;
  g_autoptr (TbShownCertificate) shown = NULL;

  if (setup == NULL)
    return FALSE;
  if (connection == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), run->arguments[0]);
      return FALSE;
    }
  shown = tb_pin_look (connection->url, tb_job_get_cancellable (run->job), error);
  if (shown == NULL)
    return FALSE;
  say_certificate (run, connection, shown);
  return TRUE;
}

static const TbOption rows_options[] = { { "limit", 0, N_("N"), N_("the newest N, or all with 0; else 100") }, { NULL } };
static const TbOption schedule_options[] = {
  { "every", 0, N_("TIME"), N_("15m, 2h or 1d between two runs, or off") },
  { "alarm", 0, N_("TIME"), N_("how long it may fail before somebody is told, or off") },
  { NULL },
};

const TbCommand tb_commands_connection[] = {
  { "connection list", NULL, 0, 0, TB_BOOKS_OPEN, NULL, list, N_("lists connections: how far they are collected, when again, and what is wrong") },
  { "connection history", N_("NAME"), 1, 1, TB_BOOKS_OPEN, rows_options, history, N_("lists a connection’s runs, the newest first") },
  { "connection quarantine", N_("NAME"), 1, 1, TB_BOOKS_OPEN, rows_options, quarantine, N_("lists records that could not be read") },
  { "connection conflicts", N_("NAME"), 1, 1, TB_BOOKS_OPEN, rows_options, conflicts, N_("lists invoiced calls that came again with other values") },
  { "connection accept", N_("NAME UID…"), 2, G_MAXUINT, TB_BOOKS_OPEN, NULL, accept, N_("bills what such calls cost now: the difference, on the client’s next bill") },
  { "connection dismiss", N_("NAME UID…"), 2, G_MAXUINT, TB_BOOKS_OPEN, NULL, dismiss, N_("leaves such calls as they were invoiced") },
  { "connection certificate", N_("NAME"), 1, 1, TB_BOOKS_OPEN, NULL, certificate, N_("shows a connection’s certificate, to be pinned; nothing else is sent") },
  { "schedule", N_("NAME"), 1, 1, TB_BOOKS_OPEN, schedule_options, schedule, N_("says, or shows, how often “sync --due” collects a connection") },
  { NULL },
};
