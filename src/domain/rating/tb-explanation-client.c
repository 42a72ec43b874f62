/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-explanation-private.h"

/* An explanation as it is copied into a reply: nothing of costs, margins, providers or names of our own. */

static void G_GNUC_PRINTF (2, 3)
tell (GString *text, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_c (text, '\n');
}

/* Prices as the client pays them: markup, surcharge and exchange are in them. */
static void
tell_price (GString *text, const TbExplanationFacts *facts, const TbExplainedPrice *price)
{
  const char *code = tb_currency_to_string (price->to);

  for (guint i = 0; i < price->pieces->len; i++)
    {
      const TbExplainedPiece *piece = &g_array_index (price->pieces, TbExplainedPiece, i);
      g_autofree char *sell = tb_explanation_price_text (piece->sell);

      tell (text, _("%" PRId64 " s, sold %d s at a time: %" PRId64 " s at %s %s a minute"), piece->talked, piece->increment,
            piece->seconds, sell, code);
    }
  if (facts->rated->free > 0)
    tell (text, _("Included minutes: %" PRId64 " s of it are free"), facts->rated->free);
  if (price->exact == NULL)
    tell (text, _("Calls of up to %d s are free"), price->grace);
  if (price->sell_fee != 0 && price->exact != NULL && facts->rated->charge != 0)
    {
      g_autofree char *fee = tb_explanation_price_text (price->sell_fee);

      tell (text, _("Connection fee: %s %s"), fee, code);
    }
  if (price->limit == TB_LIMIT_MINIMUM)
    tell (text, _("This is the least that is charged for a call there"));
  if (price->limit == TB_LIMIT_MAXIMUM)
    tell (text, _("This is the most that is charged for a call there"));
}

static void
tell_charge (GString *text, const TbExplanationFacts *facts, const TbExplainedPrice *price)
{
  g_autofree char *charge = tb_explanation_money_text (facts->rated->charge, facts->rated->currency);

  if (price->exact != NULL && price->limit == TB_LIMIT_NONE && facts->rated->charge != 0)
    tell (text, _("Charge: %s (%s, rounded to %u decimals)"), charge, price->exact, price->rounding.decimals);
  else
    tell (text, _("Charge: %s"), charge);
}

/* What was invoiced and what was made of it later. */
static void
tell_corrections (GString *text, const TbExplanationFacts *facts)
{
  TbAmount paid;
  g_autofree char *amount = NULL;

  if (!tb_explanation_sum_corrected (facts, &paid))
    return;
  amount = tb_explanation_money_text (paid, facts->rated->currency);
  tell (text, _("Charge after it was corrected: %s"), amount);
}

char *
tb_explanation_write_client (const TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbRatedCall *rated = facts->rated;
  GString *text = g_string_new (NULL);
  g_autofree char *start = tb_explanation_moment (facts->call->start, facts->zone);

  tell (text, _("Call of %s from %s to %s"), start, *facts->call->caller != '\0' ? facts->call->caller : "–", facts->call->callee);
  if (*rated->number != '\0' && strcmp (rated->number, facts->call->callee) != 0)
    tell (text, _("Number: %s (%s)"), rated->number, tb_explanation_describe_rule (rated->rule));
  if (facts->rate != NULL && facts->rate->description != NULL)
    tell (text, _("Destination: %s"), facts->rate->description);
  if (self->price != NULL && rated->status != TB_CALL_GRACE)
    tell (text, _("Duration: %d s, billed: %" PRId64 " s"), facts->call->seconds, rated->billed);
  else
    tell (text, _("Duration: %d s"), facts->call->seconds);
  if (self->price != NULL)
    {
      tell_price (text, facts, self->price);
      tell_charge (text, facts, self->price);
      tell_corrections (text, facts);
    }
  else if (rated->status == TB_CALL_UNANSWERED)
    tell (text, _("Nobody answered: nothing is charged."));
  else if (rated->status == TB_CALL_INBOUND_FREE)
    tell (text, _("Inbound calls are free."));
  else if (rated->status == TB_CALL_INTERNAL)
    tell (text, _("Calls between extensions are free."));
  else
    tell (text, _("This call has not been charged."));
  return g_string_free (text, FALSE);
}
