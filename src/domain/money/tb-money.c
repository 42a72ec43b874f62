/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

static gboolean
same_currency (TbMoney a, TbMoney b, GError **error)
{
  if (a.currency == b.currency)
    return TRUE;

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s and %s cannot be added."), tb_currency_to_string (a.currency),
               tb_currency_to_string (b.currency));
  return FALSE;
}

static gboolean
overflow (GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The sum is too large to be kept exactly."));
  return FALSE;
}

gboolean
tb_amount_add (TbAmount a, TbAmount b, TbAmount *ret, GError **error)
{
  TbAmount sum;

  if (__builtin_add_overflow (a, b, &sum))
    return overflow (error);
  *ret = sum;
  return TRUE;
}

gboolean
tb_amount_subtract (TbAmount a, TbAmount b, TbAmount *ret, GError **error)
{
  TbAmount difference;

  if (__builtin_sub_overflow (a, b, &difference))
    return overflow (error);
  *ret = difference;
  return TRUE;
}

gboolean
tb_money_add (TbMoney a, TbMoney b, TbMoney *ret, GError **error)
{
  TbAmount sum;

  if (!same_currency (a, b, error) || !tb_amount_add (a.amount, b.amount, &sum, error))
    return FALSE;
  *ret = (TbMoney){ sum, a.currency };
  return TRUE;
}

gboolean
tb_money_add_to (GArray *sums, TbMoney money, GError **error)
{
  for (guint i = 0; i < sums->len; i++)
    {
      TbMoney *sum = &g_array_index (sums, TbMoney, i);

      if (sum->currency == money.currency)
        return tb_money_add (*sum, money, sum, error);
    }
  g_array_append_val (sums, money);
  return TRUE;
}

gboolean
tb_money_subtract (TbMoney a, TbMoney b, TbMoney *ret, GError **error)
{
  TbAmount difference;

  if (!same_currency (a, b, error) || !tb_amount_subtract (a.amount, b.amount, &difference, error))
    return FALSE;
  *ret = (TbMoney){ difference, a.currency };
  return TRUE;
}

gboolean
tb_money_percent (TbMoney base, TbDecimal percent, TbRoundingMode mode, TbMoney *ret, GError **error)
{
  TbRounding rounding = { mode, (guint8) tb_currency_get_minor_units (base.currency) };
  TbAmount amount;

  if (!tb_round_to_amount ((TbWide) base.amount * percent, (TbWide) TB_AMOUNT_ONE * TB_DECIMAL_ONE * 100, rounding, &amount, error))
    return FALSE;
  *ret = (TbMoney){ amount, base.currency };
  return TRUE;
}

gboolean
tb_money_round (TbMoney money, TbRoundingMode mode, TbMoney *ret, GError **error)
{
  TbRounding rounding = { mode, (guint8) tb_currency_get_minor_units (money.currency) };
  TbAmount amount;

  if (!tb_round_amount (money.amount, rounding, &amount, error))
    return FALSE;
  *ret = (TbMoney){ amount, money.currency };
  return TRUE;
}

gboolean
tb_money_exchange (TbMoney money, TbDecimal rate, TbCurrency currency, TbMoney *ret, GError **error)
{
  TbAmount amount;

  if (!tb_round_divide ((TbWide) money.amount * rate, TB_DECIMAL_ONE, TB_ROUND_HALF_UP, &amount, error))
    return FALSE;
  *ret = (TbMoney){ amount, currency };
  return TRUE;
}

char *
tb_money_to_string (TbMoney self)
{
  return tb_decimal_format (self.amount, TB_AMOUNT_SCALE, tb_currency_get_minor_units (self.currency));
}

/* Digits in groups of three by the locale; thousands of other sizes (India) are left to a later release. */
static void
append_grouped (GString *text, const char *digits, gsize len, const char *separator)
{
  for (gsize i = 0; i < len; i++)
    {
      if (i > 0 && (len - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
}

char *
tb_money_to_display_in (TbMoney self, const TbWords *words)
{
  char plain[40];
  const char *digits = plain, *fraction;
  GString *text = g_string_new (NULL);

  tb_decimal_format_to (self.amount, TB_AMOUNT_SCALE, tb_currency_get_minor_units (self.currency), plain);
  if (*digits == '-')
    {
      g_string_append (text, "−");
      digits++;
    }
  fraction = strchr (digits, '.');
  append_grouped (text, digits, fraction != NULL ? (gsize) (fraction - digits) : strlen (digits), tb_words_get_separator (words));
  if (fraction != NULL)
    g_string_append_printf (text, "%s%s", tb_words_get_point (words), fraction + 1);
  if (self.currency != TB_CURRENCY_NONE)
    g_string_append_printf (text, " %s", tb_currency_to_string (self.currency));
  return g_string_free (text, FALSE);
}

char *
tb_money_to_display (TbMoney self)
{
  return tb_money_to_display_in (self, tb_words_for (NULL));
}
