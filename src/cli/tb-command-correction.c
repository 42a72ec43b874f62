/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-correction-fields.h"

#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-correction-store.h"

void
tb_correction_fields_say (TbOutput *out, const char *key, GPtrArray *corrections, gboolean kept)
{
  static const char *const outcomes[] = { [TB_CORRECTION_LINE] = "line", [TB_CORRECTION_CREDIT] = "credit" };

  if (key != NULL)
    tb_output_list (out, key, _("Differences of invoiced calls"));
  for (guint i = 0; i < corrections->len; i++)
    {
      const TbCorrection *correction = corrections->pdata[i];
      g_autofree char *draft = correction->taken != 0 ? g_strdup_printf ("%u", correction->taken) : NULL;

      tb_output_row (out);
      tb_output_text (out, "invoice", _("Invoice"), correction->number);
      tb_output_text (out, "client", _("Client"), correction->client);
      tb_output_text (out, "service", _("Service"), correction->service);
      tb_output_day (out, "from", _("From"), correction->period.start);
      tb_output_day (out, "to", _("Before"), correction->period.end);
      tb_output_int (out, "calls", _("Calls"), (gint64) correction->calls);
      tb_output_int (out, "seconds", _("Seconds"), correction->billed);
      tb_output_money (out, "amount", _("Amount"), (TbMoney){ correction->amount, correction->currency });
      tb_output_text (out, "currency", _("Currency"), tb_currency_to_string (correction->currency));
      tb_output_text (out, "outcome", _("Becomes"), kept ? "keep" : outcomes[correction->outcome]);
      tb_output_text (out, "document", _("On"), correction->document != NULL ? correction->document : draft);
      tb_output_text (out, "tariff", _("Tariff"), correction->tariff);
      tb_output_int (out, "version", _("Version"), correction->version);
      tb_output_time (out, "time", _("Rated"), correction->time);
      tb_output_end (out);
    }
  if (key != NULL)
    tb_output_end (out);
}

static gboolean
list_corrections (TbRun *run, GError **error)
{
  const char *client = tb_run_get (run, "client");
  g_autoptr (GPtrArray) corrections = NULL;

  if (!tb_run_check_client (run, client, error))
    return FALSE;
  corrections = tb_correction_store_list (run->store, client, error);
  if (corrections == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  tb_correction_fields_say (run->out, NULL, corrections, FALSE);
  return TRUE;
}

static const TbOption list_options[] = { TB_OPTION_CLIENT, { NULL } };

const TbCommand tb_commands_correction[] = {
  { "correction list", NULL, 0, 0, TB_BOOKS_OPEN, list_options, list_corrections,
    N_("lists differences of invoiced calls that were booked, and the document of each") },
  { NULL },
};
