/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define PERCENT_STEP (TB_DECIMAL_ONE / 100) /* two decimals */
#define PERCENT_MAX 100

/* ---- sums ---- */

static gboolean
add_wide (TbWide *sum, TbWide value, GError **error)
{
  TbWide result;

  if (__builtin_add_overflow (*sum, value, &result))
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The sum is too large to be kept exactly."));
      return FALSE;
    }
  *sum = result;
  return TRUE;
}

gboolean
tb_margin_sum_add (TbMarginSum *self, TbAmount charge, TbDecimal charge_rate, TbAmount cost, TbDecimal cost_rate, GError **error)
{
  return tb_margin_sum_add_sum (self, &(TbMarginSum){ (TbWide) charge * charge_rate, (TbWide) cost * cost_rate }, error);
}

gboolean
tb_margin_sum_add_sum (TbMarginSum *self, const TbMarginSum *other, GError **error)
{
  TbMarginSum sum = *self;

  if (!add_wide (&sum.charge, other->charge, error) || !add_wide (&sum.cost, other->cost, error))
    return FALSE;
  *self = sum;
  return TRUE;
}

int
tb_margin_sum_get_sign (const TbMarginSum *self)
{
  return (self->charge > self->cost) - (self->charge < self->cost);
}

static TbDecimal
percent_of (TbMoney margin, TbMoney charge)
{
  int sign = charge.amount < 0 ? -1 : 1;
  gint64 steps;

  if (charge.amount == 0
      || !tb_round_divide ((TbWide) margin.amount * 100 * 100 * sign, (TbWide) charge.amount * sign, TB_ROUND_HALF_UP, &steps, NULL)
      || __builtin_mul_overflow (steps, PERCENT_STEP, &steps))
    return TB_DECIMAL_NONE;
  return steps;
}

gboolean
tb_margin_sum_get (const TbMarginSum *self, TbCurrency currency, TbMargin *ret, GError **error)
{
  TbMargin margin = { .charge.currency = currency, .cost.currency = currency };

  if (!tb_round_divide (self->charge, TB_DECIMAL_ONE, TB_ROUND_HALF_UP, &margin.charge.amount, error)
      || !tb_round_divide (self->cost, TB_DECIMAL_ONE, TB_ROUND_HALF_UP, &margin.cost.amount, error)
      || !tb_money_subtract (margin.charge, margin.cost, &margin.margin, error))
    return FALSE;
  margin.percent = percent_of (margin.margin, margin.charge);
  *ret = margin;
  return TRUE;
}

/* ---- limits ---- */

gboolean
tb_margin_limit_is_none (const TbMarginLimit *self)
{
  return self->minimum_percent == TB_DECIMAL_NONE && self->usage == TB_DECIMAL_NONE;
}

TbMarginLimit
tb_margin_limit_or (const TbMarginLimit *self, const TbMarginLimit *fallback)
{
  return (TbMarginLimit){ self->minimum_percent != TB_DECIMAL_NONE ? self->minimum_percent : fallback->minimum_percent,
                          self->usage != TB_DECIMAL_NONE ? self->usage : fallback->usage };
}

gboolean
tb_margin_limit_validate (const TbMarginLimit *self, GError **error)
{
  if (self->minimum_percent != TB_DECIMAL_NONE
      && (self->minimum_percent > PERCENT_MAX * TB_DECIMAL_ONE || self->minimum_percent < -PERCENT_MAX * TB_DECIMAL_ONE))
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("A minimum margin is a percentage from -100 to 100."));
  else if (self->usage != TB_DECIMAL_NONE && self->usage < 0)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("A maximum of usage is an amount of 0 or more."));
  else
    return TRUE;
  return FALSE;
}

TbMarginBreach
tb_margin_limit_check (const TbMarginLimit *self, const TbMargin *margin)
{
  TbMarginBreach breach = TB_MARGIN_BREACH_NONE;

  if (self->minimum_percent != TB_DECIMAL_NONE
      && (TbWide) margin->margin.amount * 100 * TB_DECIMAL_ONE < (TbWide) margin->charge.amount * self->minimum_percent)
    breach |= TB_MARGIN_BREACH_MARGIN;
  if (self->usage != TB_DECIMAL_NONE && margin->charge.amount > self->usage)
    breach |= TB_MARGIN_BREACH_USAGE;
  return breach;
}

const char *
tb_margin_breach_to_string (TbMarginBreach self)
{
  static const char *const names[] = { NULL, "margin", "usage", "margin,usage" };

  return names[self];
}
