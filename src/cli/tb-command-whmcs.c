/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-error.h"
#include "tb-posting-store.h"
#include "tb-whmcs-ledger.h"
#include "tb-whmcs-plan.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-report.h"

/* ---- rows ---- */

static void
say_subject (TbOutput *out, const TbPosting *posting)
{
  tb_output_text (out, "kind", _("Kind"), tb_posting_kind_to_string (posting->kind));
  tb_output_text (out, "client", _("Client"), posting->client);
  tb_output_text (out, "invoice", _("Invoice"), posting->number);
  tb_output_text (out, "part", _("Part"), *posting->part != '\0' ? posting->part : NULL);
  tb_output_amount (out, "amount", _("Amount"), posting->amount);
}

static void
say_posting (TbOutput *out, const TbPosting *posting)
{
  g_autofree char *remote = posting->remote_id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, posting->remote_id) : NULL;

  tb_output_int (out, "id", _("Number"), posting->id);
  tb_output_text (out, "state", _("State"), tb_posting_state_to_string (posting->place.state));
  say_subject (out, posting);
  tb_output_figure (out, "whmcs_id", _("WHMCS id"), remote, TRUE);
  tb_output_text (out, "marker", _("Mark"), posting->marker);
  tb_output_time (out, "changed", _("Changed"), posting->changed);
  tb_output_text (out, "message", _("Message"), posting->message);
}

/* ---- push ---- */

static void
say_item (TbOutput *out, const TbWhmcsPlanItem *item)
{
  const TbPosting *posting = item->posting;

  tb_output_row (out);
  say_subject (out, posting);
  tb_output_text (out, "name", _("Name"), item->name);
  tb_output_money (out, "month_before", _("Month before"), item->before);
  tb_output_money (out, "difference", _("Difference"), item->difference);
  tb_output_text (out, "state", _("State"),
                  item->blocked != NULL ? "blocked"
                  : posting->id == 0    ? "new"
                                        : tb_posting_state_to_string (posting->place.state));
  tb_output_text (out, "blocked", _("Why not"), item->blocked);
  tb_output_end (out);
}

static gboolean
dry_run (TbRun *run, GError **error)
{
  g_autoptr (TbWhmcsPlan) plan = tb_whmcs_plan_new (run->store, tb_run_get (run, "client"), error);

  if (plan == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < plan->items->len; i++)
    say_item (run->out, plan->items->pdata[i]);
  return TRUE;
}

static void
say_result (TbRun *run, const TbPushResult *result)
{
  tb_output_int (run->out, "done", _("Done"), result->done);
  tb_output_int (run->out, "failed", _("Refused"), result->failed);
  tb_output_int (run->out, "parked", _("Put aside"), result->parked);
  tb_output_int (run->out, "waiting", _("Left to the next run"), result->waiting);
  for (guint i = 0; i < result->troubles->len; i++)
    tb_run_fail (run, g_error_new_literal (TB_ERROR, TB_ERROR_FAILED, result->troubles->pdata[i]));
}

static gboolean
push (TbRun *run, GError **error)
{
  g_autoptr (TbPushResult) result = NULL;

  if (!tb_run_check_client (run, tb_run_get (run, "client"), error))
    return FALSE;
  if (tb_run_has (run, "dry-run"))
    return dry_run (run, error);
  result = tb_whmcs_push_books (run->store, tb_run_get (run, "client"), run->job, error);
  if (result == NULL)
    return FALSE;
  say_result (run, result);
  return TRUE;
}

/* ---- the ledger ---- */

static gboolean
ledger (TbRun *run, GError **error)
{
  const char *state = tb_run_get (run, "state");
  TbPostingFilter filter = { -1, FALSE, tb_run_get (run, "client"), 0 };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GPtrArray) postings = NULL;
  TbPostingState wanted;

  if (state != NULL && !tb_posting_state_parse (state, &wanted, &wrong))
    return tb_run_misuse (error, "--state: %s", wrong->message);
  if (state != NULL)
    filter.state = (int) wanted;
  postings = tb_run_check_client (run, filter.client, error) ? tb_posting_store_list (run->store, &filter, error) : NULL;
  if (postings == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < postings->len; i++)
    {
      tb_output_row (run->out);
      say_posting (run->out, postings->pdata[i]);
      tb_output_end (run->out);
    }
  return TRUE;
}

static gboolean
read_id (const char *text, guint32 *ret, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &value, NULL))
    return tb_run_misuse (error, _("“%s” is not a number of the ledger."), text);
  *ret = (guint32) value;
  return TRUE;
}

static gboolean
story (TbRun *run, GError **error)
{
  g_autoptr (TbPosting) posting = NULL;
  g_autoptr (GPtrArray) moves = NULL;
  guint32 id;

  if (!read_id (run->arguments[0], &id, error))
    return FALSE;
  posting = tb_posting_store_get (run->store, id, error);
  moves = posting != NULL ? tb_posting_store_list_moves (run->store, id, error) : NULL;
  if (moves == NULL)
    return FALSE;
  say_posting (run->out, posting);
  tb_output_list (run->out, "story", _("Story"));
  for (guint i = 0; i < moves->len; i++)
    {
      const TbPostingMove *move = moves->pdata[i];

      tb_output_row (run->out);
      tb_output_time (run->out, "time", _("Time"), move->time);
      tb_output_text (run->out, "state", _("State"), tb_posting_state_to_string (move->state));
      tb_output_text (run->out, "step", _("Step"), tb_posting_step_to_string (move->step));
      tb_output_text (run->out, "text", _("What happened"), move->text);
      tb_output_end (run->out);
    }
  tb_output_end (run->out);
  return TRUE;
}

typedef TbPosting *(*ChangeFunc) (TbStore *store, guint32 id, gint64 now, GError **error);

/* One that cannot be changed keeps no other from it. */
static gboolean
change_all (TbRun *run, ChangeFunc change, GError **error)
{
  guint32 id;

  for (char **text = run->arguments; *text != NULL; text++)
    if (!read_id (*text, &id, error))
      return FALSE;
  tb_output_be_list (run->out);
  for (char **text = run->arguments; *text != NULL; text++)
    {
      GError *failure = NULL;
      g_autoptr (TbPosting) posting = read_id (*text, &id, NULL) ? change (run->store, id, tb_clock_now (), &failure) : NULL;

      if (posting == NULL)
        {
          tb_run_fail (run, failure);
          continue;
        }
      tb_output_row (run->out);
      say_posting (run->out, posting);
      tb_output_end (run->out);
    }
  return TRUE;
}

static gboolean
retry (TbRun *run, GError **error)
{
  return change_all (run, tb_whmcs_ledger_retry, error);
}

static gboolean
park (TbRun *run, GError **error)
{
  return change_all (run, tb_whmcs_ledger_park, error);
}

/* ---- report ---- */

static void
say_found (TbOutput *out, const TbWhmcsReportRow *row)
{
  g_autofree char *remote = row->remote_id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, row->remote_id) : NULL;

  tb_output_row (out);
  tb_output_text (out, "finding", _("Finding"), tb_whmcs_finding_to_string (row->finding));
  tb_output_text (out, "client", _("Client"), row->client);
  tb_output_text (out, "invoice", _("Invoice"), row->number);
  tb_output_text (out, "part", _("Part"), *row->part != '\0' ? row->part : NULL);
  tb_output_amount (out, "amount", _("Amount"), row->amount);
  tb_output_figure (out, "whmcs_id", _("WHMCS id"), remote, TRUE);
  tb_output_text (out, "status", _("State at WHMCS"), row->status);
  tb_output_end (out);
}

static gboolean
report (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) rows = tb_whmcs_report_books (run->store, run->job, error);

  if (rows == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < rows->len; i++)
    say_found (run->out, rows->pdata[i]);
  return TRUE;
}

static const TbOption push_options[] = { TB_OPTION_DRY_RUN, TB_OPTION_CLIENT, { NULL } };
static const TbOption ledger_options[] = {
  { "state", 0, N_("STATE"), N_("only those that are ready, sending, unknown, done, failed or parked") },
  TB_OPTION_CLIENT,
  { NULL },
};

const TbCommand tb_commands_whmcs[] = {
  { "whmcs push", NULL, 0, 0, TB_BOOKS_OPEN, push_options, push,
    N_("takes invoices, credit and new clients to WHMCS, each exactly once") },
  { "whmcs ledger", NULL, 0, 0, TB_BOOKS_OPEN, ledger_options, ledger, N_("lists what was or is to be taken to WHMCS") },
  { "whmcs story", N_("NUMBER"), 1, 1, TB_BOOKS_OPEN, NULL, story, N_("tells what happened to a number of the ledger, move by move") },
  { "whmcs retry", N_("NUMBER…"), 1, G_MAXUINT, TB_BOOKS_OPEN, NULL, retry,
    N_("lets the next push try again what was refused or put aside") },
  { "whmcs park", N_("NUMBER…"), 1, G_MAXUINT, TB_BOOKS_OPEN, NULL, park, N_("puts aside what is not done yet") },
  { "whmcs report", NULL, 0, 0, TB_BOOKS_OPEN, NULL, report,
    N_("compares invoices at WHMCS with the books: missing on either side, paid, cancelled") },
  { NULL },
};
