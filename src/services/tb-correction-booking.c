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
book (TbStore *store, GPtrArray *corrections, gboolean credit, GError **error)
{
  g_autoptr (GPtrArray) lines = tb_correction_store_make_lines (store, corrections, error);
  gboolean note;

  if (lines == NULL)
    return FALSE;
  note = credit && ((TbInvoiceLine *) lines->pdata[0])->amount < 0;
  for (guint i = 0; i < corrections->len; i++)
    {
      TbCorrection *correction = corrections->pdata[i];

      correction->outcome = note ? TB_CORRECTION_CREDIT : TB_CORRECTION_LINE;
      if (!tb_correction_store_add (store, correction, error))
        return FALSE;
    }
  return !note || write_note (store, corrections, g_ptr_array_steal_index (lines, 0), error);
}

gboolean
tb_corrections_book (TbStore *store, GPtrArray *corrections, gboolean credit, GError **error)
{
  for (guint i = 0; i < corrections->len;)
    {
      g_autoptr (GPtrArray) same = g_ptr_array_new ();
      guint32 invoice = ((TbCorrection *) corrections->pdata[i])->invoice;

      for (; i < corrections->len && ((TbCorrection *) corrections->pdata[i])->invoice == invoice; i++)
        g_ptr_array_add (same, corrections->pdata[i]);
      if (!book (store, same, credit, error))
        return FALSE;
    }
  return TRUE;
}
