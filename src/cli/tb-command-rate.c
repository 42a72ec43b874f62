/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-balance-fields.h"
#include "tb-call-fields.h"
#include "tb-comparison-fields.h"
#include "tb-correction-fields.h"
#include "tb-explanation-fields.h"
#include "tb-margin-report.h"
#include "tb-rerating.h"

/* ---- rate ---- */

static void
say_statuses (TbRun *run, const TbRatingCounts *counts)
{
  tb_output_object (run->out, "statuses", _("By status"));
  for (guint i = TB_CALL_UNRATED + 1; i < TB_CALL_N_STATUS; i++)
    if (run->json || counts->statuses[i] > 0)
      tb_output_int (run->out, tb_call_status_to_string ((TbCallStatus) i), tb_call_status_to_display ((TbCallStatus) i),
                     (gint64) counts->statuses[i]);
  tb_output_end (run->out);
}

/* Said whenever there are some, so that a nightly run tells of a client who loses money before the month is billed. */
static gboolean
say_breaches (TbRun *run, const TbRatingCounts *counts, GError **error)
{
  TbMarginBreaches breaches;

  if (!tb_margin_count_breaches (run->store, counts->first, counts->last, &breaches, run->job, error))
    return FALSE;
  if (run->json || breaches.below > 0)
    tb_output_int (run->out, "below_minimum", _("Clients below their minimum margin"), breaches.below);
  if (run->json || breaches.above > 0)
    tb_output_int (run->out, "above_maximum", _("Clients above their maximum usage"), breaches.above);
  return TRUE;
}

static gboolean
say_counts (TbRun *run, const TbRatingCounts *counts, GError **error)
{
  tb_output_int (run->out, "calls", _("Calls rated"), (gint64) counts->rated);
  tb_output_int (run->out, "changed", _("Changed"), (gint64) counts->changed);
  say_statuses (run, counts);
  tb_output_moneys (run->out, "charges", _("Charges"), counts->charges);
  return say_breaches (run, counts, error);
}

/* Clients who pay in advance and came to their threshold, or to the end of their balance, by what was rated now. */
static gboolean
say_fallen (TbRun *run, GPtrArray *before, GError **error)
{
  g_autoptr (GPtrArray) after = tb_balances_list (run->store, error);
  g_autoptr (GPtrArray) fallen = NULL;

  if (after == NULL)
    return FALSE;
  fallen = tb_balances_find_fallen (before, after);
  tb_output_list (run->out, "balances", _("Balances that ran low"));
  for (guint i = 0; i < fallen->len; i++)
    {
      tb_output_row (run->out);
      tb_balance_fields_say (run->out, fallen->pdata[i]);
      tb_output_end (run->out);
    }
  tb_output_end (run->out);
  return TRUE;
}

/* What is rated already: shown before, or done, with what becomes of invoiced calls. */
static gboolean
rate_again (TbRun *run, const TbRatingScope *scope, TbInvoicedOutcome outcome, GError **error)
{
  gboolean dry_run = tb_run_has (run, "dry-run");
  g_autoptr (TbRerating) rerating = dry_run ? tb_rerating_preview (run->store, scope, outcome, run->job, error)
                                            : tb_rerating_apply (run->store, scope, outcome, NULL, run->job, error);

  if (rerating == NULL)
    return FALSE;
  if (dry_run)
    tb_comparison_fields_say (run->out, rerating->comparison);
  else if (!say_counts (run, &rerating->counts, error))
    return FALSE;
  tb_output_int (run->out, "unsettled", _("Invoiced calls without a price to compare"), (gint64) rerating->unsettled);
  tb_correction_fields_say (run->out, "corrections", rerating->corrections, outcome == TB_INVOICED_KEEP);
  return TRUE;
}

static gboolean
read_outcome (TbRun *run, TbInvoicedOutcome *ret, GError **error)
{
  const char *text = tb_run_get (run, "invoiced");

  if (text == NULL)
    return TRUE;
  if (!tb_run_has (run, "again"))
    return tb_run_misuse (error, _("--invoiced goes with --again."));
  return tb_invoiced_outcome_parse (text, ret) || tb_run_misuse (error, _("--invoiced: “%s” is neither keep, line nor credit."), text);
}

static gboolean
preview (TbRun *run, const TbRatingScope *scope, GError **error)
{
  g_autoptr (TbRatingComparison) comparison = tb_rating_compare (run->store, scope, NULL, run->job, error);

  if (comparison == NULL)
    return FALSE;
  tb_comparison_fields_say (run->out, comparison);
  return TRUE;
}

static gboolean
rate (TbRun *run, GError **error)
{
  TbRatingScope scope = { .again = tb_run_has (run, "again"), .client = tb_run_get (run, "client"), .tariff = tb_run_get (run, "tariff") };
  TbInvoicedOutcome outcome = TB_INVOICED_KEEP;
  g_autoptr (GPtrArray) before = tb_balances_list (run->store, error);
  TbRatingCounts counts;
  gboolean ok;

  if (before == NULL || !tb_run_get_span (run, FALSE, &scope.from, &scope.to, error) || !read_outcome (run, &outcome, error))
    return FALSE;
  if (scope.again)
    return rate_again (run, &scope, outcome, error) && (tb_run_has (run, "dry-run") || say_fallen (run, before, error));
  if (tb_run_has (run, "dry-run"))
    return preview (run, &scope, error);
  if (!tb_rating_run_scope (run->store, &scope, &counts, run->job, error))
    return FALSE;
  ok = say_counts (run, &counts, error);
  tb_rating_counts_clear (&counts);
  return ok && say_fallen (run, before, error);
}

/* ---- explain ---- */

static gboolean
explain (TbRun *run, GError **error)
{
  g_autoptr (TbCallExplanation) explained = tb_explain_uid (run->store, run->arguments[0], error);

  if (explained == NULL)
    return FALSE;
  tb_call_fields_say (run->out, explained->row, run->zone, FALSE);
  tb_output_text (run->out, "package", _("Package"), explained->row->package);
  tb_explanation_fields_say (run->out, explained, run->json);
  return TRUE;
}

static const TbOption rate_options[] = {
  TB_OPTION_FROM,
  TB_OPTION_TO,
  TB_OPTION_PERIOD,
  TB_OPTION_CLIENT,
  { "tariff", 0, N_("NAME"), N_("only calls of packages on this tariff") },
  TB_OPTION_DRY_RUN,
  { "again", 0, NULL, N_("also what is rated already; invoiced calls never change") },
  { "invoiced", 0, "keep|line|credit",
    N_("what becomes of the difference of invoiced calls: told only (keep), a line on the next bill, a credit note") },
  { NULL },
};

const TbCommand tb_commands_rate[] = {
  { "rate", NULL, 0, 0, TB_BOOKS_OPEN, rate_options, rate, N_("rates what is unrated") },
  { "explain", N_("UID"), 1, 1, TB_BOOKS_OPEN, NULL, explain, N_("tells why a call cost what it cost") },
  { NULL },
};
