/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define MINUTE 60

static gboolean
overflow (GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The charge is too large to be kept exactly."));
  return FALSE;
}

static gint64
gcd (gint64 a, gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a < 0 ? -a : a;
}

TbFraction
tb_fraction_new (gint64 num, gint64 den)
{
  gint64 common = gcd (num, den);

  return common > 1 ? (TbFraction){ num / common, den / common } : (TbFraction){ num, den };
}

gboolean
tb_price_init_steps (TbSteps *steps, const TbRate *rate, const TbPackage *package, gboolean tariff_rate, GError **error)
{
  gboolean own = package == NULL || (!tariff_rate && (rate->initial > 0 || rate->n_steps > 0));

  if (tb_steps_init (steps, rate, own ? 0 : package->initial, own ? 0 : package->next))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("The rate for prefix “%s” has more than %d steps."), rate->prefix, TB_STEPS_MAX);
  return FALSE;
}

/* What a custom, client or flat rate leaves out comes from the package's own value, else 1/1, no fee, no minimum, no grace. A package's own
 * values replace a tariff rate's; such a fee is a sell price and is not marked up. */
gboolean
tb_price_init (TbPrice *self, const TbRate *rate, const TbPackage *package, gboolean tariff_rate, GError **error)
{
  gint32 minimum = package != NULL ? package->minimum : -1, grace = package != NULL ? package->grace : -1;
  TbDecimal fee = package != NULL ? package->connect_fee : TB_DECIMAL_NONE;
  gboolean own_fee = tariff_rate ? fee != TB_DECIMAL_NONE : rate->connect_fee == TB_DECIMAL_NONE && fee != TB_DECIMAL_NONE;

  if (!tb_price_init_steps (&self->steps, rate, package, tariff_rate, error))
    return FALSE;
  self->minimum = tariff_rate ? (minimum >= 0 ? minimum : rate->minimum) : (rate->minimum >= 0 ? rate->minimum : minimum);
  self->grace = tariff_rate ? (grace >= 0 ? grace : rate->grace) : (rate->grace >= 0 ? rate->grace : grace);
  self->included = rate->included_seconds;
  self->fee = own_fee ? fee : rate->connect_fee != TB_DECIMAL_NONE ? rate->connect_fee : 0;
  self->marked = tariff_rate && package != NULL;
  self->marked_fee = self->marked && !own_fee && package->markup_connect_fee;
  self->surcharge = self->marked ? package->surcharge : 0;
  self->markup = (TbFraction){ 1, 1 };
  self->exchange = (TbFraction){ 1, 1 };
  self->rounding = package != NULL ? package->rounding : TB_ROUNDING_DEFAULT;
  self->min_charge = rate->min_charge;
  self->max_charge = rate->max_charge;
  return TRUE;
}

/* Adds value / den × seconds to the sum, whose denominator grows by what it lacks. */
static gboolean
add_usage (TbWide *sum, gint64 *sum_den, TbDecimal value, gint64 seconds, gint64 den)
{
  gint64 times = den / gcd (*sum_den, den);
  TbWide usage;

  return !(__builtin_mul_overflow (*sum_den, times, sum_den) || __builtin_mul_overflow (*sum, (TbWide) times, sum)
           || __builtin_mul_overflow ((TbWide) value * seconds, (TbWide) (*sum_den / den), &usage) || __builtin_add_overflow (*sum, usage, sum));
}

/* Σ (rate / per + surcharge / 60) × seconds over the pieces as one fraction, at 10^-12. */
static gboolean
sum_pieces (const TbPrice *self, const TbPiece *pieces, guint n, TbWide *ret_num, gint64 *ret_den)
{
  TbWide sum = 0;
  gint64 den = 1;

  for (guint i = 0; i < n; i++)
    if (!add_usage (&sum, &den, pieces[i].rate, pieces[i].seconds, pieces[i].per)
        || (self->surcharge != 0 && !add_usage (&sum, &den, self->surcharge, pieces[i].seconds, MINUTE)))
      return FALSE;
  *ret_num = sum;
  *ret_den = den;
  return TRUE;
}

gboolean
tb_price_exact (const TbPrice *self, const TbPiece *pieces, guint n, TbWide *ret_num, TbWide *ret_den, GError **error)
{
  gboolean marked = (self->marked || self->marked_fee) && self->markup.num != self->markup.den;
  TbWide usage, fee, num, wide_den = TB_DECIMAL_ONE;
  gint64 den;

  if (!sum_pieces (self, pieces, n, &usage, &den) || __builtin_mul_overflow ((TbWide) self->fee, (TbWide) den, &fee))
    return overflow (error);

  if (marked)
    {
      if (__builtin_mul_overflow (usage, (TbWide) (self->marked ? self->markup.num : self->markup.den), &usage)
          || __builtin_mul_overflow (fee, (TbWide) (self->marked_fee ? self->markup.num : self->markup.den), &fee)
          || __builtin_mul_overflow (wide_den, (TbWide) self->markup.den, &wide_den))
        return overflow (error);
    }
  if (__builtin_add_overflow (usage, fee, &num) || __builtin_mul_overflow (num, (TbWide) self->exchange.num, &num)
      || __builtin_mul_overflow (wide_den, (TbWide) den, &wide_den) || __builtin_mul_overflow (wide_den, (TbWide) self->exchange.den, &wide_den))
    return overflow (error);

  *ret_num = num;
  *ret_den = wide_den;
  return TRUE;
}

/* A limit stands in the rate's currency and is not marked up; exchanged and rounded like the charge. */
static gboolean
limit (const TbPrice *self, TbDecimal value, TbAmount *ret, GError **error)
{
  TbWide num;

  if (__builtin_mul_overflow ((TbWide) value, (TbWide) self->exchange.num, &num))
    return overflow (error);
  return tb_round_to_amount (num, (TbWide) TB_DECIMAL_ONE * self->exchange.den, self->rounding, ret, error);
}

gboolean
tb_price_charge (const TbPrice *self, const TbPiece *pieces, guint n, TbAmount *ret, GError **error)
{
  TbWide num, den;
  TbAmount charge, bound;

  if (!tb_price_exact (self, pieces, n, &num, &den, error) || !tb_round_to_amount (num, den, self->rounding, &charge, error))
    return FALSE;
  if (self->min_charge != TB_DECIMAL_NONE)
    {
      if (!limit (self, self->min_charge, &bound, error))
        return FALSE;
      charge = MAX (charge, bound);
    }
  if (self->max_charge != TB_DECIMAL_NONE)
    {
      if (!limit (self, self->max_charge, &bound, error))
        return FALSE;
      charge = MIN (charge, bound);
    }
  *ret = charge;
  return TRUE;
}
