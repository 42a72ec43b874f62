/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-number-report.h"

static void
say_fault (TbOutput *out, const TbNumberFault *fault)
{
  tb_output_row (out);
  tb_output_text (out, "verdict", _("Verdict"), tb_number_verdict_to_string (fault->check.verdict));
  tb_output_int (out, "calls", _("Calls"), (gint64) fault->calls);
  tb_output_int (out, "seconds", _("Seconds"), fault->seconds);
  tb_output_text (out, "connection", _("Connection"), fault->connection);
  tb_output_text (out, "client", _("Client"), fault->client);
  tb_output_text (out, "reason", _("Reason"), fault->check.reason);
  tb_output_text (out, "dialled", _("Dialled"), fault->dialled);
  tb_output_text (out, "number", _("Read as"), fault->check.number);
  tb_output_text (out, "likely", _("Meant"), fault->check.likely);
  tb_output_text (out, "pattern", _("Dial plan: match"), fault->check.pattern);
  tb_output_text (out, "replacement", _("send"), fault->check.replacement);
  tb_output_text (out, "uid", _("Example"), fault->uid);
  tb_output_end (out);
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
  tb_output_list (run->out, "faults", _("To mend"));
  for (guint i = 0; i < report->faults->len; i++)
    say_fault (run->out, report->faults->pdata[i]);
  tb_output_end (run->out);
  return TRUE;
}

static const TbOption options[] = { TB_OPTION_FROM, TB_OPTION_TO, TB_OPTION_PERIOD, TB_OPTION_CLIENT, { NULL } };

const TbCommand tb_commands_numbers[] = {
  { "validate-numbers", NULL, 0, 0, TB_BOOKS_OPEN, options, validate_numbers, N_("checks dialled numbers against E.164 and tells the dial-plan fix for each pattern") },
  { NULL },
};
