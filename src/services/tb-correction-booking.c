/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-correction-booking.h"

#include "tb-clock.h"
#include "tb-invoice-store.h"
#include "tb-text.h"

/* Between the same seller and buyer as the invoice named them, and in its run. */
static TbInvoice *
note_for (const TbInvoice *corrected)
{
  TbInvoice *note = tb_invoice_new ();

  note->kind = TB_INVOICE_CREDIT_NOTE;
  note->corrects_id = corrected->id;
  tb_set_str (&note->corrects, corrected->number);
  note->client_id = corrected->client_id;
  tb_set_str (&note->client, corrected->client);
  note->currency = corrected->currency;
  note->year = corrected->year;
  note->month = corrected->month;
  tb_set_str (&note->time_zone, corrected->time_zone);
  tb_invoice_party_free (note->seller);
  tb_invoice_party_free (note->buyer);
  note->seller = tb_invoice_party_copy (corrected->seller);
  note->buyer = tb_invoice_party_copy (corrected->buyer);
  return note;
}

static gboolean
write_note (TbStore *store, GPtrArray *corrections, TbInvoiceLine *line, GError **error)
{
  g_autoptr (TbInvoice) corrected = tb_invoice_store_get_by_id (store, ((TbCorrection *) corrections->pdata[0])->invoice, error);
  g_autoptr (TbInvoice) note = corrected != NULL ? note_for (corrected) : NULL;

  if (note == NULL)
    {
      tb_invoice_line_free (line);
      return FALSE;
    }
  note->period = line->period;
  g_ptr_array_add (note->lines, line);
  if (!tb_invoice_compute_totals (note, error) || !tb_invoice_store_save_draft (store, note, error))
    return FALSE;
  for (guint i = 0; i < corrections->len; i++)
    {
      TbCorrection *correction = corrections->pdata[i];

      if (!tb_correction_store_take (store, correction, note->id, error))
        return FALSE;
      correction->taken = note->id;
    }
  return TRUE;
}

/* All of one invoice. */
static gboolean
book (TbStore *store, GPtrArray *corrections, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < corrections->len; i++)
    if (!tb_correction_store_add (store, corrections->pdata[i], error))
      return FALSE;
  if (((TbCorrection *) corrections->pdata[0])->outcome != TB_CORRECTION_CREDIT)
    return TRUE;
  lines = tb_correction_store_make_lines (store, corrections, error);
  return lines != NULL && write_note (store, corrections, g_ptr_array_steal_index (lines, 0), error);
}

/* Those of the invoice that the one at *at is of; borrowed. Moves *at behind them. */
static GPtrArray *
next_group (GPtrArray *corrections, guint *at)
{
  GPtrArray *group = g_ptr_array_new ();
  guint32 invoice = ((TbCorrection *) corrections->pdata[*at])->invoice;

  for (; *at < corrections->len && ((TbCorrection *) corrections->pdata[*at])->invoice == invoice; (*at)++)
    g_ptr_array_add (group, corrections->pdata[*at]);
  return group;
}

/* ---- a new one ---- */

/* What the calls of the service on that invoice were billed for. */
static TbPeriod
period_of (const TbInvoice *invoice, const char *service)
{
  TbPeriod period = { G_MAXINT32, G_MININT32 };

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = invoice->lines->pdata[i];

      if (line->kind == TB_LINE_FEE || line->kind == TB_LINE_CORRECTION || line->kind == TB_LINE_CREDIT || g_strcmp0 (line->service, service) != 0)
        continue;
      period.start = MIN (period.start, line->period.start);
      period.end = MAX (period.end, line->period.end);
    }
  return period.start < period.end ? period : invoice->period;
}

static const TbService *
service_by_id (const TbSetup *setup, guint32 id)
{
  for (guint i = 0; i < setup->services->len; i++)
    if (((TbService *) setup->services->pdata[i])->id == id)
      return setup->services->pdata[i];
  return NULL;
}

TbCorrection *
tb_correction_booking_new (const TbSetup *setup, const TbInvoice *invoice, guint32 service_id)
{
  const TbService *service = service_by_id (setup, service_id);
  const TbPackage *package = service != NULL ? tb_setup_find_package (setup, service->package) : NULL;
  const TbTariff *tariff = package != NULL && package->tariff != NULL ? tb_setup_find_tariff (setup, package->tariff) : NULL;
  TbCorrection *correction = tb_correction_new ();

  correction->invoice = invoice->id;
  correction->number = g_strdup (invoice->number);
  correction->client_id = invoice->client_id;
  correction->client = g_strdup (invoice->client);
  correction->service_id = service_id;
  correction->service = g_strdup (service != NULL ? service->key : "");
  correction->period = period_of (invoice, correction->service);
  correction->currency = invoice->currency;
  correction->tariff = g_strdup (tariff != NULL ? tariff->name : NULL);
  correction->version = tariff != NULL ? tariff->version : 0;
  correction->time = tb_clock_now ();
  return correction;
}

gboolean
tb_corrections_choose (GPtrArray *corrections, gboolean credit, GError **error)
{
  for (guint at = 0; at < corrections->len;)
    {
      g_autoptr (GPtrArray) group = next_group (corrections, &at);
      TbMoney sum = { 0, ((TbCorrection *) group->pdata[0])->currency };

      for (guint i = 0; i < group->len; i++)
        if (!tb_amount_add (sum.amount, ((TbCorrection *) group->pdata[i])->amount, &sum.amount, error))
          return FALSE;
      if (!tb_money_round (sum, TB_ROUND_HALF_UP, &sum, error))
        return FALSE;
      for (guint i = 0; i < group->len; i++)
        ((TbCorrection *) group->pdata[i])->outcome = credit && sum.amount < 0 ? TB_CORRECTION_CREDIT : TB_CORRECTION_LINE;
    }
  return TRUE;
}

gboolean
tb_corrections_book (TbStore *store, GPtrArray *corrections, GError **error)
{
  for (guint at = 0; at < corrections->len;)
    {
      g_autoptr (GPtrArray) group = next_group (corrections, &at);

      if (!book (store, group, error))
        return FALSE;
    }
  return TRUE;
}
