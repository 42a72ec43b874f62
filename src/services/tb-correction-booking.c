/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-correction-booking.h"

#include "tb-invoice-store.h"
#include "tb-text.h"

static TbInvoiceParty *
copy_party (const TbInvoiceParty *party)
{
  TbInvoiceParty *copy = tb_invoice_party_new ();

  copy->name = g_strdup (party->name);
  copy->address = g_strdupv (party->address);
  copy->country = g_strdup (party->country);
  copy->tax_id = g_strdup (party->tax_id);
  copy->email = g_strdup (party->email);
  return copy;
}

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
  note->seller = copy_party (corrected->seller);
  note->buyer = copy_party (corrected->buyer);
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
