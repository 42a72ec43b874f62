/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rounding.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

static const char *const mode_names[] = { "half-up", "half-even", "up", "down" };

static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };

G_STATIC_ASSERT (G_N_ELEMENTS (powers) == TB_AMOUNT_SCALE + 1);

static gboolean
overflow (GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The amount is too large to be kept exactly."));
  return FALSE;
}

/* Whether the magnitude quotient is one short: rest > 0 of denominator is left over. */
static gboolean
rounds_away (TbWide rest, TbWide denominator, gboolean odd, TbRoundingMode mode)
{
  TbWide other = denominator - rest; /* compared instead of rest * 2, which could overflow */

  switch (mode)
    {
    case TB_ROUND_UP:
      return TRUE;
    case TB_ROUND_DOWN:
      return FALSE;
    case TB_ROUND_HALF_EVEN:
      return rest > other || (rest == other && odd);
    case TB_ROUND_HALF_UP:
    default:
      return rest >= other;
    }
}

gboolean
tb_round_divide (TbWide numerator, TbWide denominator, TbRoundingMode mode, gint64 *ret, GError **error)
{
  gboolean negative = numerator < 0;
  TbWide quotient, rest;

  g_return_val_if_fail (denominator > 0, FALSE);

  /* The usual call fits 64 bits, where a division costs a tenth. */
  if (numerator <= G_MAXINT64 && numerator >= -G_MAXINT64 && denominator <= G_MAXINT64)
    {
      guint64 n = negative ? -(guint64) numerator : (guint64) numerator;

      quotient = n / (guint64) denominator;
      rest = n % (guint64) denominator;
    }
  else
    {
      quotient = numerator / denominator;
      rest = numerator % denominator;
      if (negative)
        {
          quotient = -quotient;
          rest = -rest;
        }
    }

  if (rest != 0 && rounds_away (rest, denominator, quotient & 1, mode))
    quotient++;
  if (quotient > G_MAXINT64)
    return overflow (error);

  *ret = negative ? -(gint64) quotient : (gint64) quotient;
  return TRUE;
}

gboolean
tb_round_to_amount (TbWide numerator, TbWide denominator, TbRounding rounding, TbAmount *ret, GError **error)
{
  TbWide scaled;
  gint64 units;

  g_return_val_if_fail (rounding.decimals <= TB_AMOUNT_SCALE, FALSE);

  if (__builtin_mul_overflow (numerator, (TbWide) powers[rounding.decimals], &scaled))
    return overflow (error);
  if (!tb_round_divide (scaled, denominator, rounding.mode, &units, error))
    return FALSE;
  if (__builtin_mul_overflow (units, powers[TB_AMOUNT_SCALE - rounding.decimals], &units))
    return overflow (error);

  *ret = units;
  return TRUE;
}

gboolean
tb_round_amount (TbAmount amount, TbRounding rounding, TbAmount *ret, GError **error)
{
  return tb_round_to_amount (amount, TB_AMOUNT_ONE, rounding, ret, error);
}

gboolean
tb_rounding_mode_parse (const char *text, TbRoundingMode *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    if (g_strcmp0 (text, mode_names[i]) == 0)
      {
        *ret = i;
        return TRUE;
      }
  return FALSE;
}

const char *
tb_rounding_mode_to_string (TbRoundingMode self)
{
  return mode_names[self];
}
