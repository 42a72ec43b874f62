/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-command.h"
#include "tb-margin-report.h"

/* Of a month's calls, the worst: more than a person reads. --limit 0 gives all. */
#define CALLS_SHOWN 1000

/* ---- report margin ---- */

/* What the key and the name of a row are, by what the rows are made of. */
static const struct { const char *key, *key_title, *name, *name_title; } row_words[TB_MARGIN_N_BY] = {
  [TB_MARGIN_BY_CLIENT] = { "client", N_("Client"), "name", N_("Name") },
  [TB_MARGIN_BY_DESTINATION] = { "prefix", N_("Prefix"), "description", N_("Destination") },
  [TB_MARGIN_BY_TARIFF] = { "tariff", N_("Tariff"), NULL, NULL },
  [TB_MARGIN_BY_PROVIDER] = { "provider", N_("Provider"), NULL, NULL },
  [TB_MARGIN_BY_CALL] = { "uid", N_("Call"), "callee", N_("To") },
};

static void
say_limit (TbOutput *out, const TbMarginLimit *limit, TbCurrency currency)
{
  tb_output_decimal (out, "minimum_percent", _("Minimum margin %"), limit->minimum_percent);
  tb_output_money (out, "maximum_usage", _("Maximum usage"),
                   (TbMoney){ limit->usage, limit->usage != TB_DECIMAL_NONE ? currency : TB_CURRENCY_NONE });
}

/* What only programs want would make lines too long for a terminal. */
static void
say_money (TbRun *run, const TbMarginRow *row)
{
  tb_output_int (run->out, "calls", _("Calls"), row->calls);
  if (run->json)
    tb_output_int (run->out, "seconds", _("Seconds"), row->seconds);
  tb_output_money (run->out, "charge", _("Charge"), row->money.charge);
  tb_output_money (run->out, "cost", _("Cost"), row->money.cost);
  tb_output_amount (run->out, "margin", _("Margin"), row->money.margin);
  tb_output_decimal (run->out, "percent", _("%"), row->money.percent);
  if (run->json)
    tb_output_bool (run->out, "loss", _("Loss"), tb_margin_sum_get_sign (&row->sum) < 0);
  tb_output_int (run->out, "calls_below_cost", _("Below cost"), row->losses);
  tb_output_money (run->out, "lost", _("Lost"), row->lost);
  if (run->json)
    tb_output_money (run->out, "included_cost", _("Cost of included minutes"), row->included);
  tb_output_int (run->out, "calls_without_cost", _("Cost unknown"), row->costless);
}

static void
say_row (TbRun *run, const TbMarginReport *report, const TbMarginRow *row, TbMarginBy by)
{
  tb_output_row (run->out);
  tb_output_text (run->out, row_words[by].key, _(row_words[by].key_title), row->key);
  if (row_words[by].name != NULL)
    tb_output_text (run->out, row_words[by].name, _(row_words[by].name_title), row->name);
  say_money (run, row);
  if (by == TB_MARGIN_BY_CLIENT)
    {
      tb_output_text (run->out, "breach", _("Breach"), tb_margin_breach_to_string (row->breach));
      if (run->json)
        say_limit (run->out, &row->limit, report->currency);
    }
  tb_output_end (run->out);
}

static void
say_report (TbRun *run, const TbMarginReport *report, TbMarginBy by)
{
  tb_output_text (run->out, "by", _("By"), tb_margin_by_to_string (by));
  tb_output_list (run->out, "rows", _("The worst first"));
  for (guint i = 0; i < report->rows->len; i++)
    say_row (run, report, report->rows->pdata[i], by);
  tb_output_end (run->out);
  if (run->json || report->left_out > 0)
    tb_output_int (run->out, "left_out", _("More rows"), report->left_out);
  tb_output_object (run->out, "total", _("All calls"));
  say_money (run, report->total);
  tb_output_end (run->out);
  if (by != TB_MARGIN_BY_CLIENT)
    return;
  tb_output_int (run->out, "below_minimum", _("Clients below their minimum margin"), report->below);
  tb_output_int (run->out, "above_maximum", _("Clients above their maximum usage"), report->above);
}

static gboolean
report_margin (TbRun *run, GError **error)
{
  TbMarginQuery query = { .client = tb_run_get (run, "client"), .losses = tb_run_has (run, "losses") };
  const char *by = tb_run_get (run, "by");
  g_autoptr (TbMarginReport) report = NULL;

  if (by != NULL && !tb_margin_by_parse (by, &query.by))
    return tb_run_misuse (error, _("--by: “%s” is none of client, destination, tariff, provider and call."), by);
  query.limit = query.by == TB_MARGIN_BY_CALL ? CALLS_SHOWN : 0;
  if (!tb_run_get_uint (run, "limit", &query.limit, error) || !tb_run_get_span (run, TRUE, &query.from, &query.to, error))
    return FALSE;
  report = tb_margin_report_new (run->store, &query, run->job, error);
  if (report == NULL)
    return FALSE;
  tb_output_text (run->out, "period", _("Period"), tb_run_get (run, "period"));
  tb_output_time (run->out, "from", _("From"), query.from);
  tb_output_time (run->out, "to", _("Before"), query.to);
  say_report (run, report, query.by);
  return TRUE;
}

/* ---- limits ---- */

/* "none" takes a value away; an option that is not given leaves it as it is. */
static gboolean
take_value (TbRun *run, const char *option, guint scale, gint64 *value, GError **error)
{
  const char *text = tb_run_get (run, option);

  if (text == NULL || tb_decimal_parse (text, -1, scale, value, NULL))
    return TRUE;
  if (strcmp (text, "none") != 0)
    return tb_run_misuse (error, _("--%s: “%s” is neither a number nor “none”."), option, text);
  *value = TB_DECIMAL_NONE;
  return TRUE;
}

static void
say_client_limit (TbRun *run, const char *client, const TbMarginLimit *limit, TbCurrency currency)
{
  tb_output_text (run->out, "client", _("Client"), client != NULL || run->json ? client : _("all others"));
  say_limit (run->out, limit, currency);
  if (currency != TB_CURRENCY_NONE)
    tb_output_text (run->out, "currency", _("Currency"), tb_currency_to_string (currency));
}

static gboolean
set_limit (TbRun *run, GError **error)
{
  const char *key = run->arguments[0];
  const TbSetup *setup = tb_run_get_setup (run, error);
  const TbClient *client = setup != NULL && key != NULL ? tb_setup_find_client (setup, key) : NULL;
  g_autoptr (GPtrArray) limits = setup != NULL ? tb_margin_limit_store_list (run->store, error) : NULL;
  TbMarginLimit limit = TB_MARGIN_LIMIT_NONE;
  const TbMarginLimit *before;

  if (limits == NULL || !tb_run_check_client (run, key, error))
    return FALSE;
  before = tb_client_limits_find (limits, client != NULL ? client->id : 0);
  if (before != NULL)
    limit = *before;
  if (!take_value (run, "minimum-percent", TB_RATE_SCALE, &limit.minimum_percent, error)
      || !take_value (run, "usage", TB_AMOUNT_SCALE, &limit.usage, error))
    return FALSE;
  if ((tb_run_has (run, "minimum-percent") || tb_run_has (run, "usage")) && !tb_margin_limit_store_set (run->store, key, &limit, error))
    return FALSE;
  say_client_limit (run, key, &limit, tb_setup_get_currency (setup));
  return TRUE;
}

static gboolean
list_limits (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  g_autoptr (GPtrArray) limits = setup != NULL ? tb_margin_limit_store_list (run->store, error) : NULL;

  if (limits == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < limits->len; i++)
    {
      const TbClientLimit *limit = limits->pdata[i];

      tb_output_row (run->out);
      say_client_limit (run, limit->client, &limit->limit, tb_setup_get_currency (setup));
      tb_output_end (run->out);
    }
  return TRUE;
}

static const TbOption report_options[] = {
  TB_OPTION_PERIOD,
  TB_OPTION_CLIENT,
  { "by", 0, N_("WHAT"), N_("rows of each client (the default), destination, tariff, provider or call") },
  { "losses", 0, NULL, N_("only what loses, or holds calls sold below cost") },
  { "limit", 0, N_("N"), N_("at most N rows, 0 = all; of calls 1000 when left out") },
  { NULL },
};

static const TbOption limit_options[] = {
  { "minimum-percent", 0, N_("P"), N_("margin of the month's charges, -100 to 100, or “none”") },
  { "usage", 0, N_("AMOUNT"), N_("charges of the month in the company's currency, or “none”") },
  { NULL },
};

const TbCommand tb_commands_margin[] = {
  { "report margin", NULL, 0, 0, TB_BOOKS_OPEN, report_options, report_margin,
    N_("charges less costs of a month, losses and limits that were not kept, in the company's currency") },
  { "margin limit", N_("[CLIENT]"), 0, 1, TB_BOOKS_OPEN, limit_options, set_limit,
    N_("sets what a client's month must bring and may use; without CLIENT for all that have no limit of their own") },
  { "margin limits", NULL, 0, 0, TB_BOOKS_OPEN, NULL, list_limits, N_("lists the limits") },
  { NULL },
};
