/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-list.h"

#include "tb-csv-writer.h"

#define HEADER "start,service,direction,caller,number,description,seconds,billed,included,charge,currency"

static void
append_seconds (GString *line, gint64 seconds)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, seconds);
  tb_csv_append_number (line, text);
}

static void
append_call (GString *text, const TbInvoice *invoice, const TbInvoiceCall *call, TbZone *zone, int mask)
{
  g_autofree char *caller = tb_invoice_call_mask (call, call->caller, call->inbound, mask);
  g_autofree char *number = tb_invoice_call_mask (call, call->number, !call->inbound, mask);
  g_autofree char *charge = tb_money_to_string ((TbMoney){ call->charge, invoice->currency });
  g_autofree char *start = tb_time_format (call->start, zone);
  const char *texts[] = { start, call->service, call->inbound ? "inbound" : "outbound", caller, number, call->description };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    tb_csv_append_text (text, texts[i] != NULL ? texts[i] : "");
  append_seconds (text, call->seconds);
  append_seconds (text, call->billed);
  append_seconds (text, call->free);
  tb_csv_append_number (text, charge);
  tb_csv_append_text (text, tb_currency_to_string (invoice->currency));
  tb_csv_end_line (text);
}

GBytes *
tb_call_list_to_csv (const TbInvoice *invoice, GPtrArray *calls, int mask)
{
  g_autoptr (TbZone) zone = invoice->time_zone != NULL ? tb_zone_new (invoice->time_zone, NULL) : NULL;
  GString *text;

  if (calls == NULL || calls->len == 0)
    return NULL;
  text = g_string_new (HEADER);
  tb_csv_end_line (text);
  for (guint i = 0; i < calls->len; i++)
    append_call (text, invoice, calls->pdata[i], zone, mask);
  return g_string_free_to_bytes (text);
}
