/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-where-field.h"
#include "tb-error.h"

/* Times of calls as people say them: a year, a month, a day, a minute, or what moves with the clock. */

const char *const tb_where_times[] = { "today",     "yesterday",  "this-week",    "last-week",    "this-month",    "last-month",   "this-quarter",
                                      "last-quarter", "this-year", "last-year", "last-24-hours", "last-7-days", "last-30-days", "last-12-months", NULL };
static const char *const time_titles[] = { N_("today"),        N_("yesterday"), N_("this week"), N_("last week"),     N_("this month"),  N_("last month"),   N_("this quarter"),
                                           N_("last quarter"), N_("this year"), N_("last year"), N_("last 24 hours"), N_("last 7 days"), N_("last 30 days"), N_("last 12 months") };

G_STATIC_ASSERT (G_N_ELEMENTS (time_titles) + 1 == G_N_ELEMENTS (tb_where_times));

/* Far enough for every call, and no day overflows. */
#define MAX_COUNT 100000

const char *
tb_where_time_to_display (const char *word)
{
  for (guint i = 0; tb_where_times[i] != NULL; i++)
    if (g_ascii_strcasecmp (tb_where_times[i], word) == 0)
      return _(time_titles[i]);
  return word;
}

typedef struct
{
  TbDay from, to; /* [from, to) */
} Days;

static Days
months_of (int year, int month, int n)
{
  TbDay first = tb_day_from_ymd (year, month, 1);

  return (Days){ first, tb_day_add_months (first, n, 1) };
}

/* `n` units ago from today's: "this-" is 0, "last-" is 1. Weeks begin on Monday. */
static gboolean
read_unit (const char *unit, int ago, TbDay today, Days *ret)
{
  int year, month, mday;
  TbDay monday = today - (tb_day_weekday (today) - 1);

  tb_day_to_ymd (today, &year, &month, &mday);
  if (strcmp (unit, "week") == 0)
    *ret = (Days){ monday - 7 * ago, monday - 7 * ago + 7 };
  else if (strcmp (unit, "month") == 0)
    *ret = months_of (year - (month == 1 ? ago : 0), month == 1 && ago == 1 ? 12 : month - ago, 1);
  else if (strcmp (unit, "quarter") == 0)
    *ret = months_of (year - (month <= 3 ? ago : 0), month <= 3 && ago == 1 ? 10 : (month - 1) / 3 * 3 + 1 - 3 * ago, 3);
  else if (strcmp (unit, "year") == 0)
    *ret = months_of (year - ago, 1, 12);
  else
    return FALSE;
  return TRUE;
}

/* "last-7-days": seven of them, and today is the last. */
static gboolean
read_last_n (const char *text, TbDay today, gint64 now, TbZone *zone, gint64 *ret_from, gint64 *ret_to)
{
  char *unit;
  guint64 n = g_ascii_strtoull (text, &unit, 10);
  int year, month, mday;

  if (unit == text || !g_ascii_isdigit (*text) || n == 0 || n > MAX_COUNT)
    return FALSE;
  tb_day_to_ymd (today, &year, &month, &mday);
  *ret_to = tb_zone_to_utc (zone, today + 1, 0, FALSE);
  if (strcmp (unit, "-hours") == 0)
    {
      *ret_from = now - (gint64) n * 3600;
      *ret_to = now + 1;
    }
  else if (strcmp (unit, "-days") == 0)
    *ret_from = tb_zone_to_utc (zone, today + 1 - (TbDay) n, 0, FALSE);
  else if (strcmp (unit, "-weeks") == 0)
    *ret_from = tb_zone_to_utc (zone, today + 1 - 7 * (TbDay) n, 0, FALSE);
  else if (strcmp (unit, "-months") == 0)
    *ret_from = tb_zone_to_utc (zone, tb_day_add_months (tb_day_from_ymd (year, month, 1), 1 - (int) n, 1), 0, FALSE);
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_relative (const char *text, gint64 now, TbZone *zone, gint64 *ret_from, gint64 *ret_to)
{
  g_autofree char *word = g_ascii_strdown (text, -1);
  TbDay today = tb_zone_day_at (zone, now);
  Days days;

  if (strcmp (word, "today") == 0)
    days = (Days){ today, today + 1 };
  else if (strcmp (word, "yesterday") == 0)
    days = (Days){ today - 1, today };
  else if (g_str_has_prefix (word, "this-") && read_unit (word + 5, 0, today, &days))
    ;
  else if (g_str_has_prefix (word, "last-") && read_unit (word + 5, 1, today, &days))
    ;
  else
    return g_str_has_prefix (word, "last-") && read_last_n (word + 5, today, now, zone, ret_from, ret_to);
  *ret_from = tb_zone_to_utc (zone, days.from, 0, FALSE);
  *ret_to = tb_zone_to_utc (zone, days.to, 0, FALSE);
  return TRUE;
}

static gboolean
read_digits (const char *text, guint from, guint n, int *ret)
{
  *ret = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[from + i]))
        return FALSE;
      *ret = *ret * 10 + (text[from + i] - '0');
    }
  return TRUE;
}

/* 2026, 2026-10, 2026-10-03 */
static gboolean
read_days (const char *text, Days *ret)
{
  gsize len = strlen (text);
  int year, month = 1, day = 1;

  if ((len != 4 && len != 7 && len != 10) || !read_digits (text, 0, 4, &year) || year < 1970 || year > 2105)
    return FALSE;
  if (len == 4)
    {
      *ret = months_of (year, 1, 12);
      return TRUE;
    }
  if (text[4] != '-' || !read_digits (text, 5, 2, &month) || month < 1 || month > 12)
    return FALSE;
  if (len == 7)
    {
      *ret = months_of (year, month, 1);
      return TRUE;
    }
  if (text[7] != '-' || !read_digits (text, 8, 2, &day) || !tb_day_is_valid_ymd (year, month, day))
    return FALSE;
  ret->from = tb_day_from_ymd (year, month, day);
  ret->to = ret->from + 1;
  return TRUE;
}

/* 2026-10-03T14, 2026-10-03T14:05, 2026-10-03 14:05:30: that hour, minute, second. */
static gboolean
read_clock (const char *text, TbZone *zone, gint64 *ret_from, gint64 *ret_to)
{
  gsize len = strlen (text);
  g_autofree char *date = len > 10 ? g_strndup (text, 10) : NULL;
  Days days;
  int hour, minute = 0, second = 0;

  if ((len != 13 && len != 16 && len != 19) || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || !read_days (date, &days)
      || !read_digits (text, 11, 2, &hour) || hour > 23)
    return FALSE;
  if (len > 13 && (text[13] != ':' || !read_digits (text, 14, 2, &minute) || minute > 59))
    return FALSE;
  if (len > 16 && (text[16] != ':' || !read_digits (text, 17, 2, &second) || second > 59))
    return FALSE;
  *ret_from = tb_zone_to_utc (zone, days.from, hour * 3600 + minute * 60 + second, FALSE);
  *ret_to = *ret_from + (len == 13 ? 3600 : len == 16 ? 60 : 1);
  return TRUE;
}

gboolean
tb_where_time_read (const char *text, gint64 now, TbZone *zone, gint64 *ret_from, gint64 *ret_to, GError **error)
{
  Days days;

  if (read_relative (text, now, zone, ret_from, ret_to) || read_clock (text, zone, ret_from, ret_to))
    return TRUE;
  if (read_days (text, &days))
    {
      *ret_from = tb_zone_to_utc (zone, days.from, 0, FALSE);
      *ret_to = tb_zone_to_utc (zone, days.to, 0, FALSE);
      return TRUE;
    }
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _("“%s” is no time, such as 2026-10, 2026-10-03, 2026-10-03T14:00, today, last-month or last-7-days."), text);
  return FALSE;
}
