/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-correction.h"

#include "tb-text.h"
#include "tb-words.h"

TbCorrection *
tb_correction_new (void)
{
  TbCorrection *self = g_new0 (TbCorrection, 1);

  self->list = g_array_new (FALSE, FALSE, sizeof (TbCorrectedCall));
  return self;
}

void
tb_correction_free (TbCorrection *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->client);
  g_free (self->service);
  g_free (self->tariff);
  g_free (self->document);
  g_array_unref (self->list);
  g_free (self);
}

gboolean
tb_correction_add (TbCorrection *self, const TbCorrectedCall *call, GError **error)
{
  if (!tb_amount_add (self->amount, call->amount, &self->amount, error))
    return FALSE;
  self->calls++;
  self->billed += call->billed;
  g_array_append_val (self->list, *call);
  return TRUE;
}

/* ---- its line ---- */

/* An adjustment is taxed as what it adjusts, whatever the client's tax is by now (Directive 2006/112/EC, article 90). */
static const TbInvoiceLine *
taxed_line (const TbInvoice *corrected, const char *service)
{
  for (guint i = 0; i < corrected->lines->len; i++)
    {
      const TbInvoiceLine *line = corrected->lines->pdata[i];

      if (line->kind != TB_LINE_FEE && g_strcmp0 (line->service, service) == 0)
        return line;
    }
  return corrected->lines->len > 0 ? corrected->lines->pdata[0] : NULL;
}

/* What the balance paid, the balance gets back or pays more for. */
static gboolean
was_prepaid (const TbInvoice *corrected, const char *service)
{
  for (guint i = 0; i < corrected->lines->len; i++)
    {
      const TbInvoiceLine *line = corrected->lines->pdata[i];

      if (line->prepaid && g_strcmp0 (line->service, service) == 0)
        return TRUE;
    }
  return FALSE;
}

TbInvoiceLine *
tb_correction_make_line (TbCorrection *const *corrections, guint n, const TbInvoice *corrected, GError **error)
{
  const TbInvoiceLine *taxed = taxed_line (corrected, corrections[0]->service);
  TbMoney sum = { 0, corrected->currency };
  TbPeriod period = corrections[0]->period;
  TbInvoiceLine *line;
  gboolean prepaid = TRUE;
  gint64 calls = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!tb_amount_add (sum.amount, corrections[i]->amount, &sum.amount, error))
        return NULL;
      calls += (gint64) corrections[i]->calls;
      prepaid = prepaid && was_prepaid (corrected, corrections[i]->service);
      period.start = MIN (period.start, corrections[i]->period.start);
      period.end = MAX (period.end, corrections[i]->period.end);
    }
  if (!tb_money_round (sum, TB_ROUND_HALF_UP, &sum, error))
    return NULL;
  line = tb_invoice_line_new ();
  line->kind = TB_LINE_CORRECTION;
  line->description = g_strdup_printf (tb_words_text (tb_words_for (corrected->buyer->language), "Correction of invoice %s"), corrected->number);
  line->period = period;
  line->calls = calls;
  line->amount = sum.amount;
  line->prepaid = prepaid;
  if (taxed == NULL)
    return line;
  tb_set_str (&line->tax, taxed->tax);
  tb_set_str (&line->tax_category, taxed->tax_category);
  line->tax_percent = taxed->tax_percent;
  return line;
}
