/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-corrections.h"

#include "tb-text.h"

GPtrArray *
tb_billing_find_corrections (GPtrArray *waiting, guint32 client_id, TbCurrency currency)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < waiting->len; i++)
    {
      TbCorrection *correction = waiting->pdata[i];

      if (correction->client_id == client_id && correction->currency == currency)
        g_ptr_array_add (found, correction);
    }
  return found;
}

gboolean
tb_billing_add_corrections (TbStore *store, TbInvoice *invoice, GPtrArray *corrections, GError **error)
{
  g_autoptr (GPtrArray) lines = tb_correction_store_make_lines (store, corrections, error);
  gboolean alone = invoice->lines->len == 0 && invoice->period.start > invoice->period.end;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const TbInvoiceLine *line = lines->pdata[i];

      if (!alone)
        break;
      invoice->period.start = MIN (invoice->period.start, line->period.start);
      invoice->period.end = MAX (invoice->period.end, line->period.end);
    }
  g_ptr_array_extend_and_steal (invoice->lines, g_steal_pointer (&lines));
  return TRUE;
}

void
tb_billing_name_kind (TbInvoice *invoice, GPtrArray *corrections)
{
  invoice->kind = invoice->total < 0 && corrections->len > 0 ? TB_INVOICE_CREDIT_NOTE : TB_INVOICE_BILL;
  tb_set_str (&invoice->corrects, invoice->kind == TB_INVOICE_CREDIT_NOTE ? ((TbCorrection *) corrections->pdata[0])->number : NULL);
}

gboolean
tb_billing_take_corrections (TbStore *store, const TbInvoice *invoice, GPtrArray *corrections, GError **error)
{
  if (!tb_correction_store_release (store, invoice->id, error))
    return FALSE;
  for (guint i = 0; i < corrections->len; i++)
    if (!tb_correction_store_take (store, corrections->pdata[i], invoice->id, error))
      return FALSE;
  return TRUE;
}

gboolean
tb_billing_has_taken (GPtrArray *corrections, guint32 draft)
{
  for (guint i = 0; i < corrections->len; i++)
    if (((TbCorrection *) corrections->pdata[i])->taken != draft)
      return FALSE;
  return TRUE;
}
