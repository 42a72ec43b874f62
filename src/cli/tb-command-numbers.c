/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-number-report.h"

static void
say_pattern (TbRun *run, const TbNumberPattern *pattern)
{
  TbOutput *out = run->out;

  tb_output_row (out);
  tb_output_text (out, "verdict", _("Verdict"), tb_number_verdict_to_string (pattern->check.verdict));
  tb_output_int (out, "calls", _("Calls"), (gint64) pattern->calls);
  tb_output_int (out, "seconds", _("Seconds"), pattern->seconds);
  tb_output_text (out, "connection", _("Connection"), pattern->connection);
  tb_output_text (out, "client", _("Client"), pattern->client);
  tb_output_text (out, "reason", _("Reason"), pattern->check.reason);
  tb_output_text (out, "dialled", _("Dialled"), pattern->dialled);
  tb_output_text (out, "number", _("Read as"), pattern->check.number);
  tb_output_text (out, "likely", _("Meant"), pattern->check.likely);
  tb_output_text (out, "pattern", _("Dial plan: match"), pattern->check.pattern);
  tb_output_text (out, "replacement", _("send"), pattern->check.replacement);
  /* Of several lines: in a table for people it would be torn apart, and stands behind it. */
  if (run->json)
    tb_output_text (out, "fix", _("Rule"), pattern->fix);
  tb_output_text (out, "uid", _("Example"), pattern->uid);
  tb_output_end (out);
}

static void
say_patterns (TbRun *run, const TbNumberReport *report, const char *key, const char *title, gboolean faults)
{
  tb_output_list (run->out, key, title);
  for (guint i = 0; i < report->patterns->len; i++)
    if (tb_number_pattern_is_fault (report->patterns->pdata[i]) == faults)
      say_pattern (run, report->patterns->pdata[i]);
  tb_output_end (run->out);
}

/* Each rule once: clients share what is wrong with their PBX. */
static void
say_fixes (TbRun *run, const TbNumberReport *report)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) fixes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->patterns->len; i++)
    {
      const TbNumberPattern *pattern = report->patterns->pdata[i];

      if (pattern->fix != NULL && g_hash_table_add (said, pattern->fix))
        g_ptr_array_add (fixes, g_strdup_printf ("%s: %s\n%s", pattern->connection, pattern->check.reason, pattern->fix));
    }
  if (fixes->len > 0)
    tb_output_strv (run->out, "fixes", _("Rules for the dial plans"), fixes);
}

static gboolean
validate_numbers (TbRun *run, GError **error)
{
  TbCallFilter filter = { .client = (char *) tb_run_get (run, "client") };
  g_autoptr (TbNumberReport) report = NULL;

  if (!tb_run_check_client (run, filter.client, error) || !tb_run_get_span (run, FALSE, &filter.from, &filter.to, error))
    return FALSE;
  report = tb_number_report_new (run->store, &filter, run->job, error);
  if (report == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (report->verdicts); i++)
    tb_output_int (run->out, tb_number_verdict_to_string (i), tb_number_verdict_to_display (i), (gint64) report->verdicts[i]);
  say_patterns (run, report, "faults", _("To mend"), TRUE);
  if (tb_run_has (run, "all"))
    say_patterns (run, report, "others", _("In order"), FALSE);
  if (!run->json)
    say_fixes (run, report);
  return TRUE;
}

static const TbOption options[] = {
  TB_OPTION_FROM, TB_OPTION_TO, TB_OPTION_PERIOD, TB_OPTION_CLIENT, { "all", 0, NULL, N_("also the patterns of valid numbers and extensions") }, { NULL },
};

const TbCommand tb_commands_numbers[] = {
  { "validate-numbers", NULL, 0, 0, TB_BOOKS_OPEN, options, validate_numbers, N_("checks dialled numbers against E.164 and tells the dial-plan fix for each pattern") },
  { NULL },
};
