/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-explanation-private.h"

static char *
describe_place (const TbCorrection *correction)
{
  if (correction->document != NULL)
    return g_strdup_printf (correction->outcome == TB_CORRECTION_CREDIT ? _("credited by %s") : _("a line on %s"), correction->document);
  if (correction->taken != 0)
    return g_strdup (correction->outcome == TB_CORRECTION_CREDIT ? _("on a draft of a credit note") : _("a line on a draft"));
  return g_strdup (_("waiting for the next bill"));
}

static void
write_correction (TbExplanation *self, const TbExplanationFacts *facts, const TbCorrection *correction)
{
  TbAmount amount = g_array_index (correction->list, TbCorrectedCall, 0).amount;
  g_autofree char *day = tb_explanation_day (correction->time, facts->zone), *place = describe_place (correction);
  g_autofree char *difference = tb_explanation_money_text (amount < 0 ? -amount : amount, correction->currency);

  if (amount < 0)
    tb_explanation_say (self, _("Rated again on %s, after invoice %s: %s less, %s."), day, correction->number, difference, place);
  else
    tb_explanation_say (self, _("Rated again on %s, after invoice %s: %s more, %s."), day, correction->number, difference, place);
}

gboolean
tb_explanation_sum_corrected (const TbExplanationFacts *facts, TbAmount *ret)
{
  TbAmount sum = facts->rated->charge;

  if (facts->corrections == NULL || facts->corrections->len == 0)
    return FALSE;
  for (guint i = 0; i < facts->corrections->len; i++)
    if (!tb_amount_add (sum, g_array_index (((TbCorrection *) facts->corrections->pdata[i])->list, TbCorrectedCall, 0).amount, &sum, NULL))
      return FALSE;
  *ret = sum;
  return TRUE;
}

/* The charge stays as invoiced; what the client pays is that and all corrections. */
void
tb_explanation_write_corrections (TbExplanation *self, const TbExplanationFacts *facts)
{
  g_autofree char *text = NULL;
  TbAmount paid;

  for (guint i = 0; facts->corrections != NULL && i < facts->corrections->len; i++)
    write_correction (self, facts, facts->corrections->pdata[i]);
  if (!tb_explanation_sum_corrected (facts, &paid))
    return;
  text = tb_explanation_money_text (paid, facts->rated->currency);
  tb_explanation_say (self, _("With that the client pays %s for the call."), text);
}
