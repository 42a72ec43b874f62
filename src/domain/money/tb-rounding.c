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

/* Whether the magnitude quotient is one short: `rest` > 0 is left over, and `other` is missing to the next. Compared like that because rest * 2
 * could overflow. */
static inline gboolean
rounds_away (TbRoundingMode mode, gboolean odd, int rest_to_other)
{
  switch (mode)
    {
    case TB_ROUND_UP:
      return TRUE;
    case TB_ROUND_DOWN:
      return FALSE;
    case TB_ROUND_HALF_EVEN:
      return rest_to_other > 0 || (rest_to_other == 0 && odd);
    case TB_ROUND_HALF_UP:
    default:
      return rest_to_other >= 0;
    }
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

guint64
tb_round_quotient (guint64 numerator, guint64 denominator, TbRoundingMode mode)
{
  guint64 quotient = numerator / denominator, rest = numerator % denominator;

  return quotient + (rest != 0 && rounds_away (mode, quotient & 1, COMPARE (rest, denominator - rest)));
}

static unsigned __int128
round_wide (unsigned __int128 numerator, unsigned __int128 denominator, TbRoundingMode mode)
{
  unsigned __int128 quotient = numerator / denominator, rest = numerator % denominator;

  return quotient + (rest != 0 && rounds_away (mode, quotient & 1, COMPARE (rest, denominator - rest)));
}

gboolean
tb_round_divide (TbWide numerator, TbWide denominator, TbRoundingMode mode, gint64 *ret, GError **error)
{
  gboolean negative = numerator < 0;
  unsigned __int128 size = negative ? -(unsigned __int128) numerator : (unsigned __int128) numerator, quotient;

  g_return_val_if_fail (denominator > 0, FALSE);

  if (size <= G_MAXUINT64 && denominator <= G_MAXINT64)
    quotient = tb_round_quotient ((guint64) size, (guint64) denominator, mode);
  else
    quotient = round_wide (size, (unsigned __int128) denominator, mode);
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
