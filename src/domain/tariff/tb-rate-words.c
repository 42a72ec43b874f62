/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-words.h"

#include <string.h>

/* ---- when: "1-5 08:00-19:00", "12/25" for a holiday (month/day) ---- */

static void
append_time (GString *text, gint32 second)
{
  g_string_append_printf (text, second % 60 != 0 ? "%02d:%02d:%02d" : "%02d:%02d", second / 3600, second / 60 % 60, second % 60);
}

/* "1-5", "1,3,6-7". */
static void
append_days (GString *text, guint days)
{
  for (guint day = 1, last; day <= 7; day = last + 1)
    {
      for (last = day; last < 7 && days >> (day - 1) & days >> last & 1; last++)
        ;
      if (days >> (day - 1) & 1)
        g_string_append_printf (text, last > day ? "%s%u-%u" : "%s%u", text->len > 0 ? "," : "", day, last);
    }
}

char *
tb_rate_when_to_text (const TbRateBand *band)
{
  GString *text = g_string_new (NULL);

  append_days (text, band->days);
  if (band->month != 0 || band->day != 0)
    g_string_append_printf (text, "%s%u/%u", text->len > 0 ? " " : "", band->month, band->day);
  if (band->from != 0 || band->to != 0)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      append_time (text, band->from);
      g_string_append_c (text, '-');
      append_time (text, band->to);
    }
  return g_string_free (text, FALSE);
}

/* "08:00" or "08:00:30" at *at, up to 24:00. */
static gboolean
read_time (const char **at, gint32 *ret)
{
  gint32 part[3] = { 0 };
  int n = 0;

  for (; n < 3 && g_ascii_isdigit ((*at)[0]) && g_ascii_isdigit ((*at)[1]); n++)
    {
      part[n] = ((*at)[0] - '0') * 10 + ((*at)[1] - '0');
      *at += 2;
      if (**at != ':' || n == 2)
        continue;
      *at += 1;
    }
  *ret = part[0] * 3600 + part[1] * 60 + part[2];
  return n >= 2 && part[1] < 60 && part[2] < 60 && *ret <= 86400;
}

static gboolean
read_hours (const char *word, TbRateBand *band)
{
  return read_time (&word, &band->from) && *word++ == '-' && read_time (&word, &band->to) && *word == '\0';
}

static gboolean
read_holiday (const char *word, TbRateBand *band)
{
  g_auto (GStrv) parts = g_strsplit (word, "/", 2);
  guint64 month, day;

  if (!g_ascii_string_to_unsigned (parts[0], 10, 1, 12, &month, NULL) || !g_ascii_string_to_unsigned (parts[1], 10, 1, 31, &day, NULL))
    return FALSE;
  band->month = (guint8) month;
  band->day = (guint8) day;
  return TRUE;
}

static gboolean
read_days (const char *word, TbRateBand *band)
{
  for (const char *at = word; *at != '\0';)
    {
      char from = *at++, to = from;

      if (*at == '-')
        to = at[1], at += at[1] != '\0' ? 2 : 1;
      if (from < '1' || to > '7' || from > to || (*at != '\0' && *at++ != ','))
        return FALSE;
      for (char day = from; day <= to; day++)
        band->days |= (guint8) (1 << (day - '1'));
    }
  return band->days != 0;
}

gboolean
tb_rate_parse_when (const char *text, TbRateBand *ret)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  TbRateBand band = { 0 };

  for (guint i = 0; words[i] != NULL; i++)
    if (!(strchr (words[i], '/') != NULL ? read_holiday (words[i], &band)
          : strchr (words[i], ':') != NULL ? read_hours (words[i], &band)
                                           : read_days (words[i], &band)))
      return FALSE;
  *ret = band;
  return TRUE;
}

/* ---- steps: "0 0.05/60 30; 30 0.04/60 6": from second 0 on 0.05 for each 60 seconds in units of 30 ---- */

char *
tb_rate_steps_to_text (const TbRate *rate)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rate->n_steps; i++)
    {
      const TbRateStep *step = &rate->steps[i];
      char price[40];

      tb_decimal_format_to (step->rate, TB_RATE_SCALE, 0, price);
      g_string_append_printf (text, "%s%d %s/%d %d", i > 0 ? "; " : "", step->after, price, step->per, step->increment);
    }
  return g_string_free (text, FALSE);
}

static gboolean
read_step (const char *text, TbRateStep *ret)
{
  g_auto (GStrv) words = g_strsplit_set (text, " /", -1);
  TbRateStep step = { 0 };
  struct
  {
    guint word;
    gint32 min, *to;
  } seconds[] = { { 0, 0, &step.after }, { 2, 1, &step.per }, { 3, 1, &step.increment } };

  if (g_strv_length (words) != 4 || !tb_decimal_parse (words[1], -1, TB_RATE_SCALE, &step.rate, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      gint64 value;

      if (!g_ascii_string_to_signed (words[seconds[i].word], 10, seconds[i].min, G_MAXINT32, &value, NULL))
        return FALSE;
      *seconds[i].to = (gint32) value;
    }
  *ret = step;
  return TRUE;
}

gboolean
tb_rate_parse_steps (const char *text, TbRate *rate)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);
  guint n = g_strv_length (parts);
  g_autofree TbRateStep *steps = g_new0 (TbRateStep, n);

  for (guint i = 0; i < n; i++)
    if (!read_step (parts[i], &steps[i]) || (i > 0 && steps[i].after <= steps[i - 1].after))
      return FALSE;
  g_free (rate->steps);
  rate->steps = g_steal_pointer (&steps);
  rate->n_steps = n;
  return TRUE;
}
