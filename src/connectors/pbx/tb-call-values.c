/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* ---- times ---- */

/* A date and a clock as they are taken apart, before anybody knows which number is the month. */
typedef struct
{
  int part[3]; /* in the order they stand in; -1 = not there */
  int width[3];
  guint n;
  int month_at; /* index of a month that was written as a word, -1 = none */
  char mark;    /* between the numbers of the date */
} DateParts;

static int
take_number (const char **at, int *ret_width)
{
  int value = 0, width = 0;

  while (g_ascii_isdigit (**at) && width < 9)
    {
      value = value * 10 + (**at - '0');
      (*at)++;
      width++;
    }
  *ret_width = width;
  return width > 0 ? value : -1;
}

/* English abbreviations, which is what CDR exports write whatever their language. */
static int
take_month (const char **at)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (*at, months[i], 3) == 0)
      {
        while (g_ascii_isalpha (**at))
          (*at)++;
        return i + 1;
      }
  return -1;
}

static gboolean
take_date (const char **at, DateParts *parts)
{
  *parts = (DateParts){ .month_at = -1 };
  while (parts->n < 3)
    {
      guint i = parts->n;

      if (g_ascii_isdigit (**at))
        parts->part[i] = take_number (at, &parts->width[i]);
      else if (parts->month_at < 0 && (parts->part[i] = take_month (at)) > 0)
        parts->month_at = (int) i;
      else
        return FALSE;
      parts->n++;
      if (parts->n < 3)
        {
          if (parts->mark == '\0' && strchr ("/.-", **at) != NULL)
            parts->mark = **at;
          if (**at == '\0' || strchr ("/.- ,", **at) == NULL)
            return FALSE;
          while (**at != '\0' && strchr ("/.- ,", **at) != NULL)
            (*at)++;
        }
    }
  return TRUE;
}

/* "Tue, " in front of a date says nothing that the date does not. */
static const char *
skip_weekday (const char *text)
{
  const char *comma = strchr (text, ',');

  if (comma == NULL || comma - text < 3 || comma - text > 9 || !g_ascii_isalpha (text[0]))
    return text;
  for (const char *at = text; at < comma; at++)
    if (!g_ascii_isalpha (*at))
      return text;
  for (comma++; *comma == ' '; comma++)
    ;
  return comma;
}

TbCallDates
tb_call_dates_of (const char *text, gboolean *ret_unclear)
{
  DateParts parts;
  const char *at = skip_weekday (text);

  *ret_unclear = FALSE;
  if (!take_date (&at, &parts) || parts.month_at >= 0 || parts.width[0] == 4 || parts.width[0] > 2 || parts.width[1] > 2)
    return TB_CALL_DATES_UNKNOWN;
  if (parts.part[0] > 12)
    return TB_CALL_DATES_DMY;
  if (parts.part[1] > 12)
    return TB_CALL_DATES_MDY;
  if (parts.mark == '.') /* dots are only written with the day first */
    return TB_CALL_DATES_DMY;
  *ret_unclear = parts.part[0] != parts.part[1];
  return TB_CALL_DATES_UNKNOWN;
}

static gboolean
resolve_date (const DateParts *parts, TbCallDates dates, TbDay *ret)
{
  int year, month, day;

  if (parts->width[0] == 4)
    year = parts->part[0], month = parts->part[1], day = parts->part[2];
  else if (parts->month_at == 0)
    month = parts->part[0], day = parts->part[1], year = parts->part[2];
  else if (parts->month_at == 1)
    day = parts->part[0], month = parts->part[1], year = parts->part[2];
  else if (dates == TB_CALL_DATES_MDY)
    month = parts->part[0], day = parts->part[1], year = parts->part[2];
  else if (dates == TB_CALL_DATES_DMY || parts->part[0] == parts->part[1] || parts->mark == '.')
    day = parts->part[0], month = parts->part[1], year = parts->part[2];
  else
    return FALSE;

  if (parts->width[0] != 4 && parts->width[2] == 2)
    year += 2000;
  if (!tb_day_is_valid_ymd (year, month, day))
    return FALSE;
  *ret = tb_day_from_ymd (year, month, day);
  return TRUE;
}

/* "h:mm[:ss[.fraction]] [AM|PM]". */
static gboolean
take_clock (const char **at, int *ret_second)
{
  int width, hour, minute, second = 0;

  hour = take_number (at, &width);
  if (hour < 0 || width > 2 || **at != ':')
    return FALSE;
  (*at)++;
  minute = take_number (at, &width);
  if (width != 2)
    return FALSE;
  if (**at == ':')
    {
      (*at)++;
      second = take_number (at, &width);
      if (width != 2)
        return FALSE;
      if (**at == '.' || **at == ',')
        for ((*at)++; g_ascii_isdigit (**at); (*at)++)
          ;
    }
  while (**at == ' ')
    (*at)++;
  if (g_ascii_strncasecmp (*at, "am", 2) == 0 || g_ascii_strncasecmp (*at, "pm", 2) == 0)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (g_ascii_tolower (**at) == 'p' ? 12 : 0);
      *at += 2;
    }
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;
  *ret_second = hour * 3600 + minute * 60 + MIN (second, 59);
  return TRUE;
}

/* The offset is left to tb_time_parse, so that one place knows its spellings. */
static gboolean
finish_time (TbDay day, int second, const char *offset, TbZone *zone, gint64 *ret)
{
  char buffer[64];
  int year, month, mday;

  while (*offset == ' ')
    offset++;
  if (*offset == '\0') /* nearly always */
    {
      gint64 time = zone != NULL ? tb_zone_to_utc (zone, day, second, FALSE) : (gint64) day * 86400 + second;

      if (time < 0 || time > G_MAXUINT32)
        return FALSE;
      *ret = time;
      return TRUE;
    }
  if (g_ascii_strcasecmp (offset, "GMT") == 0)
    offset = "Z";
  tb_day_to_ymd (day, &year, &month, &mday);
  g_snprintf (buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d%.16s", year, month, mday, second / 3600, second / 60 % 60, second % 60, offset);
  return tb_time_parse (buffer, -1, zone, ret, NULL);
}

/* 20260203140211: fourteen digits that would be milliseconds of the year 2612. */
static gboolean
parse_compact (const char *text, TbZone *zone, gint64 *ret)
{
  int d[7];

  for (guint i = 0; i < 14; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  for (guint i = 0; i < 7; i++)
    d[i] = (text[2 * i] - '0') * 10 + (text[2 * i + 1] - '0');
  if (!tb_day_is_valid_ymd (d[0] * 100 + d[1], d[2], d[3]) || d[4] > 23 || d[5] > 59 || d[6] > 60)
    return FALSE;
  return finish_time (tb_day_from_ymd (d[0] * 100 + d[1], d[2], d[3]), d[4] * 3600 + d[5] * 60 + MIN (d[6], 59), text + 14, zone, ret);
}

static gboolean
parse_written (const char *text, TbCallDates dates, TbZone *zone, gint64 *ret)
{
  const char *at = skip_weekday (text);
  DateParts parts;
  TbDay day;
  int second = 0;

  if (!take_date (&at, &parts))
    return FALSE;
  while (*at == ' ' || *at == ',' || *at == 'T' || *at == '_' || *at == '-')
    at++;
  if (*at != '\0' && !take_clock (&at, &second))
    return FALSE;
  return resolve_date (&parts, dates, &day) && finish_time (day, second, at, zone, ret);
}

gboolean
tb_call_time_parse (const char *text, TbCallDates dates, TbZone *zone, gint64 *ret, GError **error)
{
  while (*text == ' ')
    text++;
  if (dates != TB_CALL_DATES_UNKNOWN && parse_written (text, dates, zone, ret)) /* the file's own way first */
    return TRUE;
  if (tb_time_parse (text, -1, zone, ret, NULL) || parse_compact (text, zone, ret) || parse_written (text, dates, zone, ret))
    return TRUE;
  return tb_time_parse (text, -1, zone, ret, error); /* for its message */
}

gint64
tb_call_time_later (gint64 first, TbZone *zone)
{
  gint64 text = zone != NULL ? first + tb_zone_offset_at (zone, first) : first;

  return zone != NULL && text >= 0 ? tb_zone_to_utc (zone, (TbDay) (text / 86400), (int) (text % 86400), TRUE) : first;
}

/* ---- seconds ---- */

/* Digits with a fraction as thousandths, rounded up. A comma before three digits may be of thousands: not taken. */
static gboolean
take_decimal (const char **at, gint64 *ret_thousandths)
{
  gint64 whole = 0, part = 0, scale = 1000;
  gboolean rest = FALSE;
  guint digits = 0;

  for (; g_ascii_isdigit (**at) && digits < 12; (*at)++, digits++)
    whole = whole * 10 + (**at - '0');
  if (digits == 0 || digits == 12)
    return FALSE;
  if (**at == '.' || **at == ',')
    {
      const char *from = *at + 1;

      for ((*at)++; g_ascii_isdigit (**at); (*at)++)
        {
          if (scale > 1)
            part += (**at - '0') * (scale /= 10);
          else
            rest |= **at != '0';
        }
      if (*at == from || (from[-1] == ',' && *at - from == 3))
        return FALSE;
    }
  *ret_thousandths = whole * 1000 + part + rest;
  return TRUE;
}

static gboolean
store_seconds (gint64 milliseconds, gint32 *ret)
{
  gint64 seconds = (milliseconds + 999) / 1000;

  if (seconds > G_MAXINT32)
    return FALSE;
  *ret = (gint32) seconds;
  return TRUE;
}

/* ISO 8601: PT1H2M5.32S. */
static gboolean
parse_iso_duration (const char *at, gint32 *ret)
{
  gint64 total = 0, value;

  if (g_ascii_strncasecmp (at, "PT", 2) != 0)
    return FALSE;
  at += 2;
  while (*at != '\0')
    {
      int unit;

      if (!take_decimal (&at, &value) || *at == '\0')
        return FALSE;
      unit = g_ascii_toupper (*at++);
      if (unit != 'H' && unit != 'M' && unit != 'S')
        return FALSE;
      total += value * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
    }
  return store_seconds (total, ret);
}

/* "h:mm:ss", "m:ss", "d.hh:mm:ss" is not a thing anybody was seen to write. */
static gboolean
parse_clock_duration (const char *at, gint32 *ret)
{
  gint64 total = 0, value;
  guint n = 0;

  for (;; n++)
    {
      const char *from = at;

      if (n == 3 || !take_decimal (&at, &value) || (n > 0 && (at - from < 2 || value >= 60000)))
        return FALSE;
      total = total * 60 + value;
      if (*at != ':')
        break;
      at++;
    }
  return n > 0 && *at == '\0' && store_seconds (total, ret);
}

gboolean
tb_call_seconds_parse (const char *text, TbCallUnit unit, gint32 *ret)
{
  gint64 plain = tb_cell_int (text), value;
  const char *at = text;

  if (plain >= 0 && unit == TB_UNIT_SECONDS)
    return store_seconds (plain * 1000, ret);
  while (*at == ' ')
    at++;
  if (strchr (at, ':') != NULL)
    return parse_clock_duration (at, ret);
  if (*at == 'P' || *at == 'p')
    return parse_iso_duration (at, ret);
  if (!take_decimal (&at, &value))
    return FALSE;
  while (*at == ' ')
    at++;
  if (g_ascii_strcasecmp (at, "ms") == 0)
    unit = TB_UNIT_MILLISECONDS;
  else if (g_ascii_strcasecmp (at, "min") == 0)
    unit = TB_UNIT_MINUTES;
  else if (g_ascii_strcasecmp (at, "s") == 0 || g_ascii_strcasecmp (at, "sec") == 0)
    unit = TB_UNIT_SECONDS;
  else if (*at != '\0')
    return FALSE;
  return store_seconds ((value * unit + 999) / 1000, ret);
}

/* ---- words ---- */

/* Words are in lower case. Most fail at their first letter, and every record asks. */
static gboolean
begins_with (const char *text, const char *const *words)
{
  const char first = g_ascii_tolower (*text);

  for (; *words != NULL; words++)
    if (**words == first && g_ascii_strncasecmp (text, *words, strlen (*words)) == 0)
      return TRUE;
  return FALSE;
}

TbDirection
tb_call_direction_parse (const char *text)
{
  static const char *const local[] = { "local", "int", "intern", NULL };
  static const char *const outbound[] = { "out", "orig", "dialed", "dialled", "placed", NULL };
  static const char *const inbound[] = { "inb", "inc", "term", "received", NULL };

  while (*text == ' ')
    text++;
  if (begins_with (text, local))
    return g_ascii_strncasecmp (text, "international", 13) == 0 ? TB_DIRECTION_OUTBOUND : TB_DIRECTION_LOCAL;
  if (begins_with (text, outbound) || g_ascii_strcasecmp (text, "o") == 0)
    return TB_DIRECTION_OUTBOUND;
  if (begins_with (text, inbound) || g_ascii_strcasecmp (text, "in") == 0 || g_ascii_strcasecmp (text, "i") == 0)
    return TB_DIRECTION_INBOUND;
  return TB_DIRECTION_UNKNOWN;
}

gboolean
tb_call_is_extension (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n >= 2 && n <= 7 && text[n] == '\0';
}

gboolean
tb_call_cause_is_failure (const char *text)
{
  static const char *const words[] = { "no answer", "no_answer", "noanswer", "no-answer", "not answered", "not_answered", "unanswered", "busy",
                                       "user_busy", "fail", "cancel", "congestion", "missed", "reject", "originator_cancel", "abandon",
                                       "chanunavail", "call_rejected", "unallocated", "lose_race", "no_user", "user_not_registered", NULL };

  return begins_with (text, words);
}

gboolean
tb_call_cause_is_answered (const char *text)
{
  static const char *const words[] = { "answer", "connected", "completed", "success", NULL };

  return begins_with (text, words);
}
