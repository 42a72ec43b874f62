/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-format.h"

#include <glib/gi18n.h>
#include <string.h>

char *
tb_format_number (gint64 n)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, n);
}

char *
tb_format_seconds (gint64 seconds)
{
  int s = seconds % 60;
  int m = seconds / 60 % 60;
  gint64 h = seconds / 3600;

  if (h > 0)
    return g_strdup_printf ("%'" G_GINT64_FORMAT ":%02d:%02d", h, m, s);
  return g_strdup_printf ("%d:%02d", m, s);
}

char *
tb_format_minutes (gint64 seconds)
{
  return tb_format_number (seconds / 60);
}

char *
tb_format_time (gint64 time, TbZone *zone)
{
  char text[32];

  if (time == TB_TIME_NONE || time == 0)
    return g_strdup ("");

  /* The offset is the same for every row of a zone's season: leave it out, and set a blank where machines want a T. */
  tb_time_format_to (time, zone, text);
  text[10] = ' ';
  return g_strndup (text, 19);
}

char *
tb_format_day (TbDay day)
{
  return day == TB_DAY_NONE ? g_strdup ("") : tb_day_format (day);
}

static char *
format_date (int year, int month, int day, const char *format)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return date != NULL ? g_date_time_format (date, format) : g_strdup ("");
}

char *
tb_format_day_long (TbDay day)
{
  int year, month, mday;

  if (day == TB_DAY_NONE)
    return g_strdup ("");
  tb_day_to_ymd (day, &year, &month, &mday);
  /* Translators: a day with its month, as in "2 October 2026" */
  return format_date (year, month, mday, _ ("%-d %B %Y"));
}

char *
tb_format_month (int year, int month)
{
  /* Translators: a month alone, as in "October 2026" */
  return format_date (year, month, 1, _ ("%OB %Y"));
}

char *
tb_format_period (TbPeriod period)
{
  g_autofree char *first = tb_format_day (period.start);
  g_autofree char *last = tb_format_day (period.end == TB_DAY_NONE ? TB_DAY_NONE : period.end - 1);

  /* Translators: first and last day of a period */
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

char *
tb_format_amount (TbAmount amount, TbCurrency currency)
{
  return tb_money_to_display ((TbMoney){ amount, currency });
}

char *
tb_format_sum (TbMoney sum)
{
  guint minor = tb_currency_get_minor_units (sum.currency);
  TbMoney rounded = { 0, sum.currency };

  for (guint decimals = minor; rounded.amount == 0 && decimals <= TB_AMOUNT_SCALE; decimals += 2)
    if (!tb_round_amount (sum.amount, (TbRounding){ TB_ROUND_HALF_UP, (guint8) decimals }, &rounded.amount, NULL))
      return tb_money_to_display (sum);
  return tb_money_to_display (rounded);
}

char *
tb_format_rate (TbDecimal rate)
{
  return rate == TB_DECIMAL_NONE ? g_strdup ("") : tb_decimal_format (rate, TB_RATE_SCALE, 4);
}

char *
tb_format_percent (TbDecimal percent)
{
  g_autofree char *number = tb_decimal_format (percent, TB_RATE_SCALE, 0);

  return g_strdup_printf ("%s %%", number);
}

char *
tb_format_sums (GArray *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; sums != NULL && i < sums->len; i++)
    {
      g_autofree char *money = tb_money_to_display (g_array_index (sums, TbMoney, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", money);
    }
  if (text->len == 0)
    g_string_append (text, "–");
  return g_strdup (text->str);
}

char *
tb_format_increment (gint32 initial, gint32 next)
{
  if (initial <= 0 && next <= 0)
    return g_strdup ("");
  return g_strdup_printf ("%d/%d", initial > 0 ? initial : next, next > 0 ? next : initial);
}

char *
tb_format_address (char **lines)
{
  return lines != NULL ? g_strjoinv ("\n", lines) : g_strdup ("");
}
