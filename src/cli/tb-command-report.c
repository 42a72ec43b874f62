/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-report-store.h"
#include "tb-triage-fields.h"

/* Every report says its period, then its rows. */
static gboolean
begin (TbRun *run, gint64 *ret_from, gint64 *ret_to, GError **error)
{
  if (!tb_run_get_span (run, TRUE, ret_from, ret_to, error))
    return FALSE;
  tb_output_text (run->out, "period", _("Period"), tb_run_get (run, "period"));
  tb_output_time (run->out, "from", _("From"), *ret_from);
  tb_output_time (run->out, "to", _("Before"), *ret_to);
  return TRUE;
}

typedef void (*SayRow) (TbOutput *out, gconstpointer row);

static gboolean
say_rows (TbRun *run, const char *title, GPtrArray *rows, SayRow say)
{
  tb_output_list (run->out, "rows", title);
  for (guint i = 0; i < rows->len; i++)
    {
      tb_output_row (run->out);
      say (run->out, rows->pdata[i]);
      tb_output_end (run->out);
    }
  tb_output_end (run->out);
  return TRUE;
}

/* ---- usage ---- */

static void
say_usage (TbOutput *out, gconstpointer data)
{
  const TbUsageRow *row = data;

  tb_output_text (out, "client", _("Client"), row->client);
  tb_output_text (out, "name", _("Name"), row->client_name);
  tb_output_int (out, "calls", _("Calls"), row->calls);
  tb_output_int (out, "seconds", _("Seconds"), row->seconds);
  tb_output_int (out, "billed", _("Billed"), row->billed);
  tb_output_int (out, "free", _("Free"), row->free);
  tb_output_amount (out, "charge", _("Charge"), row->charge);
  tb_output_money (out, "cost", _("Cost"), row->cost);
  tb_output_text (out, "cost_currency", _("Cost currency"),
                  row->cost.currency != TB_CURRENCY_NONE ? tb_currency_to_string (row->cost.currency) : NULL);
}

static gboolean
report_usage (TbRun *run, GError **error)
{
  const char *client = tb_run_get (run, "client");
  gint64 from, to;
  g_autoptr (GPtrArray) rows = NULL;

  if (!tb_run_check_client (run, client, error) || !begin (run, &from, &to, error)
      || (rows = tb_report_store_usage (run->store, from, to, client, error)) == NULL)
    return FALSE;
  return say_rows (run, _("By client"), rows, say_usage);
}

/* ---- unrated ---- */

static void
say_unrated (TbOutput *out, gconstpointer data)
{
  const TbUnratedRow *row = data;

  tb_output_text (out, "status", _("Status"), row->status == TB_CALL_UNRATED ? "unrated" : tb_call_status_to_string (row->status));
  tb_output_text (out, "connection", _("Connection"), row->connection);
  tb_output_text (out, "tenant", _("Tenant"), row->tenant);
  tb_output_text (out, "prefix", _("Number begins"), row->prefix);
  tb_output_int (out, "calls", _("Calls"), row->calls);
  tb_output_int (out, "seconds", _("Seconds"), row->seconds);
  tb_output_text (out, "example", _("For example"), row->example);
}

static gboolean
report_unrated (TbRun *run, GError **error)
{
  gint64 from, to;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (TbTriage) triage = NULL;

  if (!begin (run, &from, &to, error) || (rows = tb_report_store_unrated (run->store, from, to, error)) == NULL)
    return FALSE;
  triage = tb_triage_new (run->store, from, to, run->job, error);
  if (triage == NULL)
    return FALSE;
  say_rows (run, _("By first digits"), rows, say_unrated);
  tb_triage_fields_say (run->out, triage, run->zone);
  return TRUE;
}

static const TbOption usage_options[] = { TB_OPTION_PERIOD, TB_OPTION_CLIENT, { NULL } };
static const TbOption report_options[] = { TB_OPTION_PERIOD, { NULL } };

const TbCommand tb_commands_report[] = {
  { "report usage", NULL, 0, 0, TB_BOOKS_OPEN, usage_options, report_usage, N_("calls, seconds and charges of a month by client, or of one") },
  { "report unrated", NULL, 0, 0, TB_BOOKS_OPEN, report_options, report_unrated, N_("calls of a month that nobody pays for yet, and why") },
  { NULL },
};
