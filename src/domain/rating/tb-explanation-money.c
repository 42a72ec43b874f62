/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-explanation-private.h"

/* ---- the rate ---- */

static const char *
describe_source (TbRateSource source)
{
  static const char *const sources[] = {
    [TB_RATE_SOURCE_NONE] = N_("the tariff"),
    [TB_RATE_SOURCE_CLIENT] = N_("the client's own rates"),
    [TB_RATE_SOURCE_CUSTOM] = N_("the package's custom rates"),
    [TB_RATE_SOURCE_FLAT] = N_("the package's flat rate"),
    [TB_RATE_SOURCE_TARIFF] = N_("the tariff"),
    [TB_RATE_SOURCE_INBOUND] = N_("the package's inbound rate"),
  };

  return _(sources[source]);
}

static void
write_rate (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbRate *rate = facts->rate;
  g_autofree char *name = tb_explanation_prefix_text (rate);
  g_autofree char *price = tb_explanation_price_text (rate->n_steps > 0 ? rate->steps[0].rate : rate->rate);

  tb_explanation_say (self, _("Rate from %s: %s, %s for each %d seconds."), describe_source (facts->rated->source), name, price,
                      rate->n_steps > 0 ? rate->steps[0].per : 60);
  tb_explanation_write_origin (self, rate, &facts->origin, facts->zone);
}

/* ---- steps 7 to 15: the charge ---- */

static void
write_pieces (TbExplanation *self, const TbExplainedPrice *price)
{
  for (guint i = 0; i < price->pieces->len; i++)
    {
      const TbExplainedPiece *piece = &g_array_index (price->pieces, TbExplainedPiece, i);
      g_autofree char *rate = tb_explanation_price_text (piece->rate);

      tb_explanation_say (self,
                          _("From second %" PRId64 ": %" PRId64 " s, sold %d s at a time, are %" PRId64
                             " s, at %s for %d s: %s."),
                          piece->from, piece->talked, piece->increment, piece->seconds, rate, piece->per, piece->amount);
    }
}

static void
write_pools (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbRatedCall *rated = facts->rated;
  gint64 given = 0;

  for (guint i = 0; facts->pools != NULL && i < facts->pools->len; i++)
    {
      const TbPoolShare *share = &g_array_index (facts->pools, TbPoolShare, i);
      const char *name = share->allowance->name != NULL ? share->allowance->name : "";

      given += share->taken;
      if (share->before == TB_SECONDS_UNLIMITED)
        tb_explanation_say (self, _("Pool “%s” is unlimited: it gave %" PRId64 " s."), name, share->taken);
      else
        tb_explanation_say (self,
                            _("Pool “%s” had %" PRId64 " s left, gave %" PRId64 " s and kept %" PRId64 " s."),
                            name, share->before, share->taken, share->before - share->taken);
    }
  if (rated->free > 0)
    tb_explanation_say (self, _("Included minutes cover %" PRId64 " s; %" PRId64 " s are left to charge."), rated->free,
                        rated->billed - rated->free);
  if (facts->pools != NULL && given < rated->free)
    tb_explanation_say (self, _("The pools as they are today would give less: they have changed since the call was rated."));
}

static void
write_seconds (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbExplainedPrice *price = self->price;

  tb_explanation_say (self, _("Talked %d s, billed %" PRId64 " s."), facts->call->seconds, facts->rated->billed);
  if (price->included > 0)
    tb_explanation_say (self, _("The first %d s of each call are free at this rate."), price->included);
  if (price->minimum > facts->call->seconds)
    tb_explanation_say (self, _("The minimum is %d s."), price->minimum);
  if (price->grace > 0)
    tb_explanation_say (self, _("It is longer than the grace of %d s."), price->grace);
}

static void
write_terms (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbExplainedPrice *price = self->price;
  g_autofree char *surcharge = tb_explanation_price_text (price->surcharge), *fee = tb_explanation_price_text (price->fee);
  g_autofree char *from = tb_explanation_price_text (price->exchange_from), *to = tb_explanation_price_text (price->exchange_to);
  g_autofree char *markup = tb_decimal_format (price->markup, TB_RATE_SCALE, 0);
  g_autofree char *day = tb_explanation_day (facts->call->start, facts->zone);

  if (price->tier_rate != TB_DECIMAL_NONE)
    tb_explanation_say (self, _("The package's volume tiers set the price of a minute."));
  if (price->surcharge != 0)
    tb_explanation_say (self, _("Surcharge: %s a minute."), surcharge);
  if (price->fee != 0)
    tb_explanation_say (self, _("Connection fee: %s."), fee);
  if (price->markup != 0 && price->tier_rate == TB_DECIMAL_NONE)
    tb_explanation_say (self, price->fee_is_marked || price->fee == 0 ? _("Markup: %s %%.") : _("Markup: %s %%, not on the connection fee."),
                        markup);
  if (price->from != price->to)
    tb_explanation_say (self, _("Exchange from %s to %s on %s, the day of the call: × %s ÷ %s."), tb_currency_to_string (price->from),
                        tb_currency_to_string (price->to), day, from, to);
}

static void
write_rounding (TbExplanation *self, const TbExplainedPrice *price)
{
  g_autofree char *amount = tb_explanation_money_text (price->amount, price->to);
  g_autofree char *low = price->min_charge != TB_DECIMAL_NONE ? tb_explanation_price_text (price->min_charge) : NULL;
  g_autofree char *high = price->max_charge != TB_DECIMAL_NONE ? tb_explanation_price_text (price->max_charge) : NULL;

  if (price->limit == TB_LIMIT_MINIMUM && low != NULL)
    tb_explanation_say (self, _("Exactly %s, less than the rate's minimum charge of %s: %s."), price->exact, low, amount);
  else if (price->limit == TB_LIMIT_MAXIMUM && high != NULL)
    tb_explanation_say (self, _("Exactly %s, more than the rate's maximum charge of %s: %s."), price->exact, high, amount);
  else
    tb_explanation_say (self, _("Exactly %s; rounded %s to %u decimals: %s."), price->exact,
                        tb_rounding_mode_to_string (price->rounding.mode), price->rounding.decimals, amount);
}

void
tb_explanation_write_charge (TbExplanation *self, const TbExplanationFacts *facts)
{
  write_rate (self, facts);
  if (facts->rated->status == TB_CALL_GRACE)
    {
      tb_explanation_say (self, _("Talked %d s, which is within the grace of %d s: nothing is charged."), facts->call->seconds,
                          self->price->grace);
      return;
    }
  write_seconds (self, facts);
  write_pools (self, facts);
  write_pieces (self, self->price);
  if (facts->rated->status == TB_CALL_INCLUDED && facts->rated->charge == 0)
    return;
  write_terms (self, facts);
  write_rounding (self, self->price);
}

void
tb_explanation_write_cost (TbExplanation *self, const TbExplanationFacts *facts)
{
  g_autofree char *cost = tb_explanation_money_text (facts->rated->cost, facts->rated->cost_currency);
  g_autofree char *name = tb_explanation_prefix_text (facts->cost_rate);
  g_autofree char *list = facts->cost_list != NULL ? tb_explanation_list_text (facts->cost_list, facts->zone) : NULL;

  tb_explanation_say (self, _("The carrier takes %s, by %s."), cost, name);
  if (list != NULL)
    tb_explanation_say (self, _("Its rates: %s."), list);
  tb_explanation_write_origin (self, facts->cost_rate, &facts->cost_origin, facts->zone);
  if (self->cost->exact == NULL)
    tb_explanation_say (self, _("The call is within the carrier's grace of %d s."), self->cost->grace);
  else
    {
      write_pieces (self, self->cost);
      write_rounding (self, self->cost);
    }
}
