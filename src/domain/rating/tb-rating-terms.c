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
  if (candidate->cost != NULL)
    {
      terms.cost_currency = candidate->cost->tariff->currency;
      terms.cost_rounding.mode = candidate->cost->tariff->rounding.mode;
      terms.cost_rounding.decimals = candidate->cost->tariff->rounding.decimals;
    }
  return intern (self, &terms);
}

gboolean
tb_rating_use_day (TbRating *self, TbCandidate *candidate, TbDay day, GError **error)
{
  const TbCompiledTariff *tariff = candidate->plan->tariff;
  TbDecimal from = TB_DECIMAL_ONE, to = TB_DECIMAL_ONE;

  if (candidate->day == day)
    return TRUE;

  if (tariff != NULL && tariff->tariff->currency != candidate->currency
      && (!tb_setup_get_exchange_rate (self->setup, tariff->tariff->currency, day, &from, error)
          || !tb_setup_get_exchange_rate (self->setup, candidate->currency, day, &to, error)))
    return FALSE;

  candidate->exchange_from = from;
  candidate->exchange_to = to;
  candidate->exchange = tb_fraction_new (from, to);
  candidate->tariff_terms = make_terms (self, candidate, TRUE);
  candidate->own_terms = make_terms (self, candidate, FALSE);
  candidate->day = day;
  return TRUE;
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

gboolean
tb_rating_terms_sell_rate (const TbRatingTerms *terms, const TbRate *rate, TbDecimal *ret, GError **error)
{
  TbFraction markup = tb_fraction_new (100 * TB_DECIMAL_ONE + terms->markup, 100 * TB_DECIMAL_ONE);
  TbFraction exchange = tb_fraction_new (terms->exchange_from, terms->exchange_to);
  TbWide num = rate->n_steps > 0 ? rate->steps[0].rate : rate->rate;
  TbWide den = rate->n_steps > 0 ? rate->steps[0].per : 60;

  if (__builtin_mul_overflow (num, (TbWide) 60, &num) || __builtin_add_overflow (num, (TbWide) terms->surcharge * den, &num)
      || __builtin_mul_overflow (num, (TbWide) markup.num, &num) || __builtin_mul_overflow (num, (TbWide) exchange.num, &num)
      || __builtin_mul_overflow (den, (TbWide) markup.den, &den) || __builtin_mul_overflow (den, (TbWide) exchange.den, &den))
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The price is too large to be kept exactly."));
      return FALSE;
    }
  return tb_round_divide (num, den, TB_ROUND_HALF_UP, ret, error);
}
