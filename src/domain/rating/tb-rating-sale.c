/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-rating-private.h"

/* Steps 7 to 15 for a call whose rate is known. */

typedef struct
{
  const TbWork *work;
  TbPrice price;
  TbCut cut;
  gint64 rest; /* seconds to charge: as talked, or as sold */
  gint64 free; /* seconds taken from pools */
  gboolean round;     /* rest still has to be rounded up to increments */
  gboolean pool_fee;  /* the fee is that of a pool */
} TbSale;

static void
sale_init (TbSale *self, const TbWork *work, const TbRate *rate, const TbPackage *package, const TbCompiledTariff *tariff)
{
  const TbPrice *price = &self->price;

  self->work = work;
  self->free = 0;
  self->pool_fee = FALSE;
  self->rest = MAX (0, MAX (work->call->seconds, price->minimum) - price->included);
  self->round = TRUE;
  self->cut = (TbCut){ &price->steps, rate, NULL, package, work->number, work->call->start, work->call->start + price->included };
  if (tariff != NULL && tariff->tariff->band == TB_BAND_SPLIT)
    self->cut.book = tariff->book;
}

/* What a pool could give the call: seconds as sold, which the first pool of that kind has rounded up; or what is left of the talk, which a
 * minimum does not lengthen. */
static gboolean
wanted (TbSale *self, TbConsume consume, gint64 *ret, GError **error)
{
  gboolean split;

  if (!self->round)
    *ret = self->rest;
  else if (consume == TB_CONSUME_EXACT)
    *ret = MAX (0, self->work->call->start + self->work->call->seconds - self->cut.origin);
  else if (tb_cut_pieces (&self->cut, self->rest, TRUE, self->work->state->pieces, &split, error))
    *ret = tb_pieces_sum (self->work->state->pieces);
  else
    return FALSE;
  return TRUE;
}

/* Step 10. */
static gboolean
take_free (TbSale *self, GError **error)
{
  const TbWork *work = self->work;
  const TbPoolCall asked_for = { work->number, work->inbound, work->call->start };
  guint64 asked = 0;
  int pool;

  while (self->rest > 0 && (pool = tb_rating_next_pool (work->candidate, &asked_for, &asked)) >= 0)
    {
      const TbAllowance *allowance = tb_rating_get_pool (work->candidate, pool);
      gint64 want, taken, given;

      if (!wanted (self, allowance->consume, &want, error))
        return FALSE;
      taken = tb_rating_take (work->state, work->candidate, pool, work->day, want);
      if (taken == 0)
        continue;
      if (self->free == 0 && allowance->connect_fee != TB_DECIMAL_NONE)
        {
          self->price.fee = allowance->connect_fee;
          self->price.marked_fee = FALSE;
          self->pool_fee = TRUE;
        }
      given = MIN (taken, want);
      self->free += taken;
      self->cut.origin += given;
      self->rest = given == want ? 0 : allowance->consume == TB_CONSUME_EXACT ? self->rest - given : want - given;
      self->round = self->round && allowance->consume == TB_CONSUME_EXACT;
    }
  return TRUE;
}

/* ---- the terms of a call that is not priced by its rate row alone ---- */

static const char *
pieces_text (TbRatingState *state)
{
  g_string_truncate (state->text, 0);
  for (guint i = 0; i < state->pieces->len; i++)
    {
      const TbPiece *piece = &g_array_index (state->pieces, TbPiece, i);
      char rate[40];

      tb_decimal_format_to (piece->rate, TB_RATE_SCALE, 0, rate);
      g_string_append_printf (state->text, "%s%" G_GINT64_FORMAT ":%s/%d/%d", i > 0 ? "," : "", piece->seconds, rate, piece->per,
                              piece->increment);
    }
  return state->text->str;
}

static gboolean
one_rate (const GArray *pieces)
{
  for (guint i = 1; i < pieces->len; i++)
    if (g_array_index (pieces, TbPiece, i).rate != g_array_index (pieces, TbPiece, 0).rate)
      return FALSE;
  return TRUE;
}

static void
use_special_terms (const TbSale *self, gboolean split, gboolean tiered, TbRatedCall *ret)
{
  TbRatingState *state = self->work->state;
  TbDecimal pool_fee = self->pool_fee ? self->price.fee : TB_DECIMAL_NONE;
  TbDecimal tier = tiered ? g_array_index (state->pieces, TbPiece, 0).rate : TB_DECIMAL_NONE;
  const char *pieces = split || (tiered && !one_rate (state->pieces)) ? pieces_text (state) : NULL;

  if (split || tiered || self->pool_fee)
    ret->terms = tb_rating_special_terms (self->work->rating, ret->terms - 1, pool_fee, tier, pieces) + 1;
}

/* ---- the charge ---- */

static gboolean
charge_rest (TbSale *self, TbRateSource source, TbRatedCall *ret, GError **error)
{
  TbRatingState *state = self->work->state;
  GArray *pieces = state->pieces;
  gboolean tiered, split;

  if (!tb_cut_pieces (&self->cut, self->rest, self->round, pieces, &split, error))
    return FALSE;
  ret->free = self->free;
  ret->billed = self->free + tb_pieces_sum (pieces);
  if (self->free > 0 && self->rest == 0)
    {
      ret->status = TB_CALL_INCLUDED;
      self->price.min_charge = TB_DECIMAL_NONE;
      if (!self->pool_fee)
        return TRUE; /* nothing left to charge: no connection fee */
    }

  tiered = pieces->len > 0 && tb_rating_is_tiered (self->work->candidate, source);
  if (tiered)
    {
      tb_rating_apply_tiers (state, self->work->candidate, self->work->day, pieces);
      self->price.marked = FALSE; /* a tier's price is what the client pays */
      self->price.surcharge = 0;
    }
  use_special_terms (self, split, tiered, ret);
  return tb_price_charge (&self->price, (const TbPiece *) (gconstpointer) pieces->data, pieces->len, &ret->charge, error);
}

static gboolean
sell (const TbWork *work, const TbRate *rate, TbRateSource source, TbRatedCall *ret, GError **error)
{
  const TbCandidate *candidate = work->candidate;
  gboolean tariff_rate = source == TB_RATE_SOURCE_TARIFF;
  TbSale sale; /* large, so it is not cleared for every call */

  if (!tb_price_init (&sale.price, rate, candidate->plan->package, tariff_rate, error))
    return FALSE;
  if (tariff_rate)
    {
      sale.price.markup = candidate->plan->markup;
      sale.price.exchange = candidate->exchange;
    }
  if (work->call->seconds <= sale.price.grace)
    {
      ret->status = TB_CALL_GRACE;
      return TRUE;
    }
  ret->status = TB_CALL_RATED;
  sale_init (&sale, work, rate, candidate->plan->package, tariff_rate ? candidate->plan->tariff : NULL);
  return take_free (&sale, error) && charge_rest (&sale, source, ret, error);
}

gboolean
tb_rating_sell (const TbWork *work, const TbRateEntry *entry, TbRateSource source, TbRatedCall *ret, GError **error)
{
  const TbCandidate *candidate = work->candidate;

  ret->terms = (source == TB_RATE_SOURCE_TARIFF ? candidate->tariff_terms : candidate->own_terms) + 1;
  ret->currency = candidate->currency;
  ret->rate_id = entry->id;
  ret->source = source;
  return tb_rating_sell_simply (work, entry, source, ret) || sell (work, entry->rate, source, ret, error);
}

/* ---- the cost ---- */

static gboolean
buy (const TbWork *work, const TbRate *rate, TbRatedCall *ret, GError **error)
{
  const TbCompiledTariff *tariff = work->candidate->cost;
  GArray *pieces = work->state->pieces;
  TbSale sale;
  gboolean split;

  if (!tb_price_init (&sale.price, rate, NULL, TRUE, error))
    return FALSE;
  sale.price.rounding = tariff->tariff->rounding;
  if (work->call->seconds <= sale.price.grace)
    return TRUE;
  sale_init (&sale, work, rate, NULL, tariff);
  return tb_cut_pieces (&sale.cut, sale.rest, TRUE, pieces, &split, error)
         && tb_price_charge (&sale.price, (const TbPiece *) (gconstpointer) pieces->data, pieces->len, &ret->cost, error);
}

gboolean
tb_rating_buy (TbWork *work, TbRatedCall *ret, GError **error)
{
  const TbCompiledTariff *tariff = work->candidate->cost;
  const TbRateEntry *entry = tb_work_find (work, tariff->book);

  if (entry == NULL || (entry->flags & TB_RATE_ENTRY_BLOCKED) != 0)
    return TRUE;
  ret->cost_rate_id = entry->id;
  ret->cost_currency = tariff->tariff->currency;
  if (ret->terms == 0)
    ret->terms = work->candidate->tariff_terms + 1;
  return tb_rating_buy_simply (work, entry, ret) || buy (work, entry->rate, ret, error);
}
