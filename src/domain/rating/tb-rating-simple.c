/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"

/* Steps 8 to 14 for what nearly every call is: sold at one price per minute, perhaps marked up and exchanged, perhaps out of a pool. There the
 * exact fraction is price × seconds × times / den with factors that are the same all day, and fits 64 bits: a third of the time of the long way in
 * tb-rating-sale.c, which comes to the same and takes whatever is not that simple. */

#define MINUTE 60

static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };

static gboolean
has_simple_pools (const TbPlan *plan)
{
  for (guint i = 0; i < plan->pools->len; i++)
    {
      const TbAllowance *allowance = g_array_index (plan->pools, TbCompiledPool, i).allowance;

      if (allowance->consume != TB_CONSUME_BILLED || allowance->connect_fee != TB_DECIMAL_NONE)
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_plan_is_simple (const TbPlan *plan)
{
  const TbPackage *package = plan->package;

  return package->minimum <= 0 && package->grace <= 0 && (package->connect_fee == TB_DECIMAL_NONE || package->connect_fee == 0)
         && package->surcharge == 0 && plan->tiers->len == 0 && (plan->tariff == NULL || plan->tariff->tariff->band != TB_BAND_SPLIT)
         && has_simple_pools (plan);
}

void
tb_simple_price_init (TbSimplePrice *self, TbFraction markup, TbFraction exchange, TbRounding rounding)
{
  *self = (TbSimplePrice){ .mode = rounding.mode, .unit = powers[TB_AMOUNT_SCALE - rounding.decimals] };
  self->den = MINUTE * (TB_DECIMAL_ONE / powers[rounding.decimals]);
  if (__builtin_mul_overflow (markup.num, exchange.num, &self->times) || self->times < 0
      || __builtin_mul_overflow (self->den, markup.den, &self->den) || __builtin_mul_overflow (self->den, exchange.den, &self->den))
    self->times = 0;
}

/* The exact charge of a second, in units / den; FALSE when that of `seconds` does not fit. */
static gboolean
price_second (const TbSimplePrice *self, TbDecimal price, gint64 seconds, gint64 *ret)
{
  gint64 whole;

  return self->times > 0 && !__builtin_mul_overflow (price, self->times, ret) && !__builtin_mul_overflow (*ret, seconds, &whole);
}

/* Cannot overflow: a unit is less than `den` parts of what fits. */
static TbAmount
charge (const TbSimplePrice *self, gint64 second, gint64 seconds)
{
  return (TbAmount) tb_round_quotient ((guint64) (second * seconds), (guint64) self->den, self->mode) * self->unit;
}

static gint64
sold (const TbRateEntry *entry, const TbPackage *package, gint32 seconds)
{
  gint32 first, then;

  tb_increment_choose (entry->initial, entry->next, package != NULL ? package->initial : 0, package != NULL ? package->next : 0, &first, &then);
  return seconds <= first ? first : first + (gint64) (((guint32) (seconds - first) + (guint32) then - 1) / (guint32) then) * then;
}

static gint64
take_free (const TbWork *work, gint64 want)
{
  const TbPoolCall asked_for = { work->number, work->inbound, work->call->start };
  guint64 asked = 0;
  gint64 free = 0;
  int pool;

  while (free < want && (pool = tb_rating_next_pool (work->candidate, &asked_for, &asked)) >= 0)
    free += tb_rating_take (work->state, work->candidate, pool, work->day, want - free);
  return free;
}

gboolean
tb_rating_sell_simply (const TbWork *work, const TbRateEntry *entry, TbRateSource source, TbRatedCall *ret)
{
  const TbCandidate *candidate = work->candidate;
  const TbPackage *package = candidate->plan->package;
  gboolean tariff_rate = source == TB_RATE_SOURCE_TARIFF;
  const TbSimplePrice *price = tariff_rate ? &candidate->tariff_price : &candidate->own_price;
  gint64 billed, second, rest;

  if (!candidate->plan->simple || (entry->flags & TB_RATE_ENTRY_SIMPLE) == 0 || work->rating->thorough)
    return FALSE;
  billed = sold (entry, tariff_rate || entry->initial == 0 ? package : NULL, work->call->seconds);
  if (!price_second (price, entry->price, billed, &second))
    return FALSE;

  ret->free = candidate->plan->pools->len > 0 ? take_free (work, billed) : 0;
  rest = MAX (0, billed - ret->free);
  ret->billed = ret->free + rest;
  ret->status = rest > 0 ? TB_CALL_RATED : TB_CALL_INCLUDED;
  ret->charge = charge (price, second, rest);
  return TRUE;
}

gboolean
tb_rating_buy_simply (const TbWork *work, const TbRateEntry *entry, TbRatedCall *ret)
{
  const TbSimplePrice *price = &work->candidate->cost->simple;
  gint64 billed, second;

  if ((entry->flags & TB_RATE_ENTRY_SIMPLE) == 0 || work->rating->thorough)
    return FALSE;
  billed = sold (entry, NULL, work->call->seconds);
  if (!price_second (price, entry->price, billed, &second))
    return FALSE;
  ret->cost = charge (price, second, billed);
  return TRUE;
}
