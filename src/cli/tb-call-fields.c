/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-fields.h"

#include <glib/gi18n-lib.h>

const TbCallFieldInfo tb_call_fields[TB_CALL_N_FIELDS] = {
  { "uid", N_("Call"), TB_FIELD_TEXT, FALSE },
  { "start", N_("Start"), TB_FIELD_TEXT, TRUE },
  { "connection", N_("Connection"), TB_FIELD_TEXT, FALSE },
  { "tenant", N_("Tenant"), TB_FIELD_TEXT, FALSE },
  { "client", N_("Client"), TB_FIELD_TEXT, TRUE },
  { "service", N_("Service"), TB_FIELD_TEXT, TRUE },
  { "extension", N_("Extension"), TB_FIELD_TEXT, FALSE },
  { "direction", N_("Direction"), TB_FIELD_TEXT, TRUE },
  { "caller", N_("From"), TB_FIELD_TEXT, TRUE },
  { "callee", N_("To"), TB_FIELD_TEXT, TRUE },
  { "number", N_("Number"), TB_FIELD_TEXT, TRUE },
  { "status", N_("Status"), TB_FIELD_TEXT, TRUE },
  { "source", N_("Price from"), TB_FIELD_TEXT, TRUE },
  { "prefix", N_("Prefix"), TB_FIELD_TEXT, TRUE },
  { "description", N_("Destination"), TB_FIELD_TEXT, TRUE },
  { "seconds", N_("Seconds"), TB_FIELD_INT, TRUE },
  { "billed", N_("Billed"), TB_FIELD_INT, TRUE },
  { "free", N_("Free"), TB_FIELD_INT, TRUE },
  { "rate", N_("Rate"), TB_FIELD_DECIMAL, TRUE },
  { "charge", N_("Charge"), TB_FIELD_DECIMAL, TRUE },
  { "currency", N_("Currency"), TB_FIELD_TEXT, TRUE },
  { "cost", N_("Cost"), TB_FIELD_DECIMAL, TRUE },
  { "cost_currency", N_("Cost currency"), TB_FIELD_TEXT, TRUE },
  { "invoice", N_("Invoice"), TB_FIELD_TEXT, FALSE },
};

static const char *
put_int (char buffer[40], gint64 value)
{
  g_snprintf (buffer, 40, "%" G_GINT64_FORMAT, value);
  return buffer;
}

static const char *
put_money (char buffer[40], TbAmount amount, TbCurrency currency)
{
  if (currency == TB_CURRENCY_NONE)
    return NULL;
  tb_decimal_format_to (amount, TB_AMOUNT_SCALE, tb_currency_get_minor_units (currency), buffer);
  return buffer;
}

static const char *
put_rate (char buffer[40], TbDecimal rate)
{
  if (rate == TB_DECIMAL_NONE)
    return NULL;
  tb_decimal_format_to (rate, TB_RATE_SCALE, 0, buffer);
  return buffer;
}

static const char *
put_time (char buffer[40], gint64 time, TbZone *zone)
{
  tb_time_format_to (time, zone, buffer);
  return buffer;
}

static const char *
code_of (TbCurrency currency)
{
  return currency != TB_CURRENCY_NONE ? tb_currency_to_string (currency) : NULL;
}

void
tb_call_texts_init (TbCallTexts *self, const TbCallRow *row, TbZone *zone)
{
  const TbCall *call = &row->call;
  const TbRatedCall *rated = &row->rated;
  const char *const texts[TB_CALL_N_FIELDS] = {
    call->uid,
    put_time (self->buffers[0], call->start, zone),
    row->connection,
    call->tenant,
    row->client,
    row->service,
    call->extension,
    tb_direction_to_string (call->direction),
    call->caller,
    call->callee,
    rated->number,
    tb_call_status_to_string (rated->status),
    tb_rate_source_to_string (rated->source),
    row->prefix,
    row->description,
    put_int (self->buffers[1], call->seconds),
    put_int (self->buffers[2], rated->billed),
    put_int (self->buffers[3], rated->free),
    put_rate (self->buffers[4], row->rate),
    put_money (self->buffers[5], rated->charge, rated->currency),
    code_of (rated->currency),
    put_money (self->buffers[6], rated->cost, rated->cost_currency),
    code_of (rated->cost_currency),
    row->invoice,
  };

  for (guint i = 0; i < TB_CALL_N_FIELDS; i++)
    self->at[i] = texts[i];
}

void
tb_call_fields_say (TbOutput *out, const TbCallRow *row, TbZone *zone, gboolean only_price)
{
  TbCallTexts texts;

  tb_call_texts_init (&texts, row, zone);
  for (guint i = 0; i < TB_CALL_N_FIELDS; i++)
    {
      const TbCallFieldInfo *field = &tb_call_fields[i];

      if (only_price && !field->of_price)
        continue;
      if (field->kind == TB_FIELD_TEXT)
        tb_output_text (out, field->name, _(field->title), texts.at[i]);
      else
        tb_output_figure (out, field->name, _(field->title), texts.at[i], field->kind == TB_FIELD_INT);
    }
}

void
tb_import_counts_say (TbOutput *out, const TbImportCounts *counts)
{
  tb_output_int (out, "read", _("Read"), (gint64) counts->read);
  tb_output_int (out, "new", _("New"), (gint64) counts->added);
  tb_output_int (out, "duplicate", _("Known already"), (gint64) counts->duplicate);
  tb_output_int (out, "changed", _("Changed"), (gint64) counts->changed);
  tb_output_int (out, "conflict", _("Changed, but invoiced"), (gint64) counts->conflict);
  tb_output_int (out, "rejected", _("Rejected"), (gint64) counts->rejected);
}
