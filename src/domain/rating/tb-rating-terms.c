/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* Compared by their bytes, so a set of terms is always built on cleared memory. */
static guint
terms_hash (gconstpointer data)
{
  const guint32 *words = data;
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < sizeof (TbRatingTerms) / sizeof (guint32); i++)
    hash = (hash ^ words[i]) * 16777619u;
  return hash;
}

static gboolean
terms_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (TbRatingTerms)) == 0;
}

static guint
intern (TbRating *self, const TbRatingTerms *terms)
{
  gpointer index;

  if (self->terms_index == NULL)
    self->terms_index = g_hash_table_new (terms_hash, terms_equal);
  if (g_hash_table_lookup_extended (self->terms_index, terms, NULL, &index))
    return GPOINTER_TO_UINT (index);

  g_ptr_array_add (self->terms, g_memdup2 (terms, sizeof *terms));
  g_hash_table_insert (self->terms_index, self->terms->pdata[self->terms->len - 1], GUINT_TO_POINTER (self->terms->len - 1));
  return self->terms->len - 1;
}

static guint
make_terms (TbRating *self, const TbCandidate *candidate, gboolean tariff_rate)
{
  const TbPackage *package = candidate->plan->package;
  TbRatingTerms terms;

  memset (&terms, 0, sizeof terms); /* padding too: terms are compared by bytes */
  terms.package_id = package->id;
  terms.currency = candidate->currency;
  terms.tariff_currency = tariff_rate && candidate->plan->tariff != NULL ? candidate->plan->tariff->tariff->currency : candidate->currency;
  terms.markup = tariff_rate ? package->markup : 0;
  terms.markup_connect_fee = tariff_rate && package->markup_connect_fee;
  terms.surcharge = tariff_rate ? package->surcharge : 0;
  terms.rounding.mode = package->rounding.mode;
  terms.rounding.decimals = package->rounding.decimals;
  terms.initial = package->initial;
  terms.next = package->next;
  terms.minimum = package->minimum;
  terms.grace = package->grace;
  terms.connect_fee = package->connect_fee;
  terms.exchange_from = tariff_rate ? candidate->exchange_from : TB_DECIMAL_ONE;
  terms.exchange_to = tariff_rate ? candidate->exchange_to : TB_DECIMAL_ONE;
  terms.pool_fee = TB_DECIMAL_NONE;
  terms.tier_rate = TB_DECIMAL_NONE;
  if (candidate->cost != NULL)
    {
      terms.cost_currency = candidate->cost->tariff->currency;
      terms.cost_rounding.mode = candidate->cost->tariff->rounding.mode;
      terms.cost_rounding.decimals = candidate->cost->tariff->rounding.decimals;
    }
  return intern (self, &terms);
}

void
tb_rating_use_day (TbRating *self, TbCandidate *candidate, TbDay day)
{
  const TbCompiledTariff *tariff = candidate->plan->tariff;
  TbDecimal from = TB_DECIMAL_ONE, to = TB_DECIMAL_ONE;

  if (candidate->day == day)
    return;

  candidate->unexchanged = tariff != NULL
                           && !tb_setup_get_exchange_rates (self->setup, tariff->tariff->currency, candidate->currency, day, &from, &to, NULL);
  candidate->exchange_from = from;
  candidate->exchange_to = to;
  candidate->exchange = tb_fraction_new (from, to);
  tb_simple_price_init (&candidate->tariff_price, candidate->plan->markup, candidate->exchange, candidate->plan->package->rounding);
  candidate->tariff_terms = make_terms (self, candidate, !candidate->unexchanged);
  candidate->own_terms = make_terms (self, candidate, FALSE);
  candidate->day = day;
}

/* Pieces are one call's own, so such terms are not looked for among the others; one block with its text. */
static guint
add_with_pieces (TbRating *self, const TbRatingTerms *terms, const char *pieces)
{
  gsize length = strlen (pieces) + 1;
  TbRatingTerms *own = g_malloc0 (sizeof *own + length);

  *own = *terms;
  own->pieces = memcpy (own + 1, pieces, length);
  g_ptr_array_add (self->terms, own);
  return self->terms->len - 1;
}

guint
tb_rating_special_terms (TbRating *self, guint index, TbDecimal pool_fee, TbDecimal tier_rate, const char *pieces)
{
  TbRatingTerms terms;

  memcpy (&terms, tb_rating_get_terms (self, index), sizeof terms); /* padding too */
  terms.pool_fee = pool_fee;
  terms.tier_rate = tier_rate;
  return pieces != NULL ? add_with_pieces (self, &terms, pieces) : intern (self, &terms);
}

void
tb_rating_forget_terms (TbRating *self, guint index)
{
  const TbRatingTerms *terms = tb_rating_get_terms (self, index);

  if (terms != NULL && terms->pieces != NULL)
    g_clear_pointer (&self->terms->pdata[index], g_free);
}

guint
tb_rating_n_terms (TbRating *self)
{
  return self->terms->len;
}

const TbRatingTerms *
tb_rating_get_terms (TbRating *self, guint index)
{
  return self->terms->pdata[index];
}

static gboolean
next_number (const char **text, char end, gint64 *ret)
{
  char *stop;

  *ret = g_ascii_strtoll (*text, &stop, 10);
  if (stop == *text || (*stop != end && *stop != '\0') || *ret < 0)
    return FALSE;
  *text = *stop != '\0' ? stop + 1 : stop;
  return TRUE;
}

gboolean
tb_rating_terms_next_piece (const char **text, TbRateStep *ret_step, gint64 *ret_seconds)
{
  const char *at = *text, *slash;
  gint64 seconds, rate, per, increment;

  if (at == NULL || !next_number (&at, ':', &seconds) || (slash = strchr (at, '/')) == NULL
      || !tb_decimal_parse (at, slash - at, TB_RATE_SCALE, &rate, NULL))
    return FALSE;
  at = slash + 1;
  if (!next_number (&at, '/', &per) || !next_number (&at, ',', &increment) || per < 1 || per > G_MAXINT32 || increment > G_MAXINT32)
    return FALSE;
  *ret_step = (TbRateStep){ 0, (gint32) per, (gint32) increment, rate };
  *ret_seconds = seconds;
  *text = at;
  return TRUE;
}

/* The step that priced the first second. */
static TbRateStep
first_step (const TbRatingTerms *terms, const TbRate *rate)
{
  const char *pieces = terms->pieces;
  TbRateStep step = rate->n_steps > 0 ? rate->steps[0] : (TbRateStep){ 0, 60, 1, rate->rate };
  gint64 seconds;

  if (terms->tier_rate != TB_DECIMAL_NONE)
    step = (TbRateStep){ 0, 60, 1, terms->tier_rate };
  else
    tb_rating_terms_next_piece (&pieces, &step, &seconds);
  return step;
}

gboolean
tb_rating_terms_sell_rate (const TbRatingTerms *terms, const TbRate *rate, TbDecimal *ret, GError **error)
{
  gboolean tiered = terms->tier_rate != TB_DECIMAL_NONE;
  TbFraction markup = tb_fraction_new (100 * TB_DECIMAL_ONE + (tiered ? 0 : terms->markup), 100 * TB_DECIMAL_ONE);
  TbFraction exchange = tb_fraction_new (terms->exchange_from, terms->exchange_to);
  TbRateStep step = first_step (terms, rate);
  TbWide num = step.rate, den = step.per;

  if (__builtin_mul_overflow (num, (TbWide) 60, &num) || __builtin_add_overflow (num, (TbWide) (tiered ? 0 : terms->surcharge) * den, &num)
      || __builtin_mul_overflow (num, (TbWide) markup.num, &num) || __builtin_mul_overflow (num, (TbWide) exchange.num, &num)
      || __builtin_mul_overflow (den, (TbWide) markup.den, &den) || __builtin_mul_overflow (den, (TbWide) exchange.den, &den))
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The price is too large to be kept exactly."));
      return FALSE;
    }
  return tb_round_divide (num, den, TB_ROUND_HALF_UP, ret, error);
}
