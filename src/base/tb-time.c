/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"

#define DAY_SECONDS 86400
/* Times that a call can have; also what 32 bits of the books' key hold. */
#define TIME_MAX G_GINT64_CONSTANT (4294967295)

typedef struct
{
  gint64 start, end; /* [start, end) in UTC */
  int offset;
} Interval;

struct _TbZone
{
  gatomicrefcount ref_count;
  char *id;
  GArray *intervals; /* of Interval, ascending, covering all of time */
  gint last;         /* index that answered last: calls come clustered. Atomic. */
};

/* ---- days ---- */

/* Howard Hinnant's civil calendar algorithms (howardhinnant.github.io/date_algorithms.html): exact for all years. */
TbDay
tb_day_from_ymd (int year, int month, int day)
{
  int era, yoe, doy;

  year -= month <= 2;
  era = (year >= 0 ? year : year - 399) / 400;
  yoe = year - era * 400;
  doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void
tb_day_to_ymd (TbDay day, int *year, int *month, int *mday)
{
  int z = day + 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097;
  int doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153;
  int m = mp < 10 ? mp + 3 : mp - 9;

  if (year != NULL)
    *year = yoe + era * 400 + (m <= 2);
  if (month != NULL)
    *month = m;
  if (mday != NULL)
    *mday = doy - (153 * mp + 2) / 5 + 1;
}

int
tb_day_days_in_month (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)))
    return 29;
  return days[month - 1];
}

gboolean
tb_day_is_valid_ymd (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= tb_day_days_in_month (year, month);
}

int
tb_day_weekday (TbDay day)
{
  /* 1970-01-01 was a Thursday (4). */
  int weekday = (day + 3) % 7;

  return (weekday < 0 ? weekday + 7 : weekday) + 1;
}

TbDay
tb_day_add_months (TbDay day, int months, int anchor)
{
  int year, month, total;

  tb_day_to_ymd (day, &year, &month, NULL);
  total = year * 12 + (month - 1) + months;
  year = total / 12;
  month = total % 12 + 1;
  return tb_day_from_ymd (year, month, MIN (anchor, tb_day_days_in_month (year, month)));
}

/* Exactly `n` digits at `text`, or -1. */
static int
digits (const char *text, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      value = value * 10 + (text[i] - '0');
    }
  return value;
}

static gboolean
parse_ymd (const char *text, gsize len, TbDay *ret)
{
  int year, month, day;

  if (len < 10 || text[4] != '-' || text[7] != '-')
    return FALSE;

  year = digits (text, 4);
  month = digits (text + 5, 2);
  day = digits (text + 8, 2);
  if (!tb_day_is_valid_ymd (year, month, day))
    return FALSE;

  *ret = tb_day_from_ymd (year, month, day);
  return TRUE;
}

gboolean
tb_day_parse (const char *text, TbDay *ret, GError **error)
{
  if (text != NULL && strlen (text) == 10 && parse_ymd (text, 10, ret))
    return TRUE;

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a date like 2026-10-31."), text != NULL ? text : "");
  return FALSE;
}

char *
tb_day_format (TbDay day)
{
  int year, month, mday;

  tb_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

/* ---- zones ---- */

/* Walks the zone's intervals by probing: GTimeZone has no list of them. Covers the years a call can have. */
static GArray *
collect_intervals (GTimeZone *zone)
{
  GArray *intervals = g_array_new (FALSE, FALSE, sizeof (Interval));
  Interval interval = { .start = G_MININT64 };
  const gint64 step = 7 * DAY_SECONDS; /* no zone changes twice within a week in these years */
  gint64 time = 0;

  interval.offset = g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, 0));
  while (time < TIME_MAX)
    {
      gint64 next = time + step;
      int offset = g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, next));

      if (offset != interval.offset)
        {
          gint64 low = time, high = next; /* low has the old offset, high the new one */

          while (high - low > 1)
            {
              gint64 middle = low + (high - low) / 2;

              if (g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle)) == interval.offset)
                low = middle;
              else
                high = middle;
            }
          interval.end = high;
          g_array_append_val (intervals, interval);
          interval.start = high;
          interval.offset = offset;
        }
      time = next;
    }

  interval.end = G_MAXINT64;
  g_array_append_val (intervals, interval);
  return intervals;
}

static TbZone *
zone_new_from (const char *id, GTimeZone *zone)
{
  TbZone *self = g_new0 (TbZone, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->intervals = collect_intervals (zone);
  return self;
}

TbZone *
tb_zone_new (const char *id, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (id == NULL || *id == '\0' || g_str_equal (id, "UTC"))
    return tb_zone_new_utc ();

  zone = g_ascii_isalpha (*id) ? g_time_zone_new_identifier (id) : NULL;
  if (zone == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("There is no time zone “%s”. Names look like America/Toronto."), id);
      return NULL;
    }
  return zone_new_from (id, zone);
}

TbZone *
tb_zone_new_utc (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return zone_new_from ("UTC", zone);
}

TbZone *
tb_zone_ref (TbZone *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tb_zone_unref (TbZone *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_array_unref (self->intervals);
  g_free (self);
}

const char *
tb_zone_get_id (TbZone *self)
{
  return self->id;
}

static guint
interval_at (TbZone *self, gint64 time)
{
  guint low = 0, high = self->intervals->len;
  guint last = (guint) g_atomic_int_get (&self->last);
  const Interval *interval = &g_array_index (self->intervals, Interval, last);

  if (time >= interval->start && time < interval->end)
    return last;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->intervals, Interval, middle).start <= time)
        low = middle;
      else
        high = middle;
    }
  g_atomic_int_set (&self->last, (int) low);
  return low;
}

int
tb_zone_offset_at (TbZone *self, gint64 time)
{
  return g_array_index (self->intervals, Interval, interval_at (self, time)).offset;
}

gint64
tb_zone_to_utc (TbZone *self, TbDay day, int second_of_day, gboolean later)
{
  gint64 local = (gint64) day * DAY_SECONDS + second_of_day;
  guint around = interval_at (self, local);
  guint first = around > 0 ? around - 1 : 0;
  guint last = MIN (around + 1, self->intervals->len - 1);
  gint64 found = TB_TIME_NONE;

  for (guint i = first; i <= last; i++)
    {
      const Interval *interval = &g_array_index (self->intervals, Interval, i);
      gint64 time = local - interval->offset;

      if (time >= interval->start && time < interval->end && (found == TB_TIME_NONE || later))
        found = time;
    }
  if (found != TB_TIME_NONE)
    return found;

  /* In the gap of spring: the offset before it moves the clock forward by the gap. */
  for (guint i = first; i < last; i++)
    {
      const Interval *before = &g_array_index (self->intervals, Interval, i);
      const Interval *after = &g_array_index (self->intervals, Interval, i + 1);

      if (local - before->offset >= before->end && local - after->offset < after->start)
        return local - before->offset;
    }
  return local - g_array_index (self->intervals, Interval, around).offset;
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

TbDay
tb_zone_day_at (TbZone *self, gint64 time)
{
  return (TbDay) floor_div (time + tb_zone_offset_at (self, time), DAY_SECONDS);
}

TbDay
tb_zone_day_around (TbZone *self, gint64 time, gint64 *ret_from, gint64 *ret_to)
{
  const Interval *interval = &g_array_index (self->intervals, Interval, interval_at (self, time));
  gint64 day = floor_div (time + interval->offset, DAY_SECONDS), midnight = day * DAY_SECONDS - interval->offset;

  *ret_from = MAX (midnight, interval->start);
  *ret_to = MIN (midnight + DAY_SECONDS, interval->end);
  return (TbDay) day;
}

int
tb_zone_second_of_day_at (TbZone *self, gint64 time)
{
  gint64 local = time + tb_zone_offset_at (self, time);

  return (int) (local - floor_div (local, DAY_SECONDS) * DAY_SECONDS);
}

/* ---- text ---- */

/* Seconds, milliseconds or microseconds since 1970, told apart by size: 11 digits of seconds are the year 5138. */
static gboolean
parse_unix (const char *text, gsize len, gint64 *ret)
{
  gint64 value = 0;
  gsize i;

  for (i = 0; i < len && g_ascii_isdigit (text[i]); i++)
    {
      if (i == 17)
        return FALSE;
      value = value * 10 + (text[i] - '0');
    }
  if (i < 6 || (i < len && text[i] != '.'))
    return FALSE;
  for (gsize k = i + 1; k < len; k++)
    if (!g_ascii_isdigit (text[k]))
      return FALSE;

  if (i >= 15)
    value /= 1000000;
  else if (i >= 12)
    value /= 1000;
  *ret = value;
  return TRUE;
}

/* "Z", "+02", "+0200", "+02:00", or nothing. FALSE when it is something else. */
static gboolean
parse_offset (const char *text, gsize len, gboolean *ret_has, int *ret_offset)
{
  int hours, minutes = 0, sign;

  while (len > 0 && *text == ' ')
    text++, len--;

  *ret_has = len > 0;
  *ret_offset = 0;
  if (len == 0 || (len == 1 && (*text == 'Z' || *text == 'z')) || (len == 3 && memcmp (text, "UTC", 3) == 0))
    return TRUE;
  if ((*text != '+' && *text != '-') || len < 3)
    return FALSE;

  sign = *text == '-' ? -1 : 1;
  hours = digits (text + 1, 2);
  if (len == 5)
    minutes = digits (text + 3, 2);
  else if (len == 6 && text[3] == ':')
    minutes = digits (text + 4, 2);
  else if (len != 3)
    return FALSE;
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
    return FALSE;

  *ret_offset = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

/* "hh:mm:ss[.fraction]" or "hh:mm"; the length it took, 0 = not a time. A leap second counts as the one before. */
static gsize
parse_clock (const char *text, gsize len, int *ret_second)
{
  int hour, minute, second = 0;
  gsize used = 5;

  if (len < 5 || text[2] != ':')
    return 0;
  hour = digits (text, 2);
  minute = digits (text + 3, 2);
  if (len >= 8 && text[5] == ':')
    {
      second = digits (text + 6, 2);
      used = 8;
      if (used < len && (text[used] == '.' || text[used] == ','))
        for (used++; used < len && g_ascii_isdigit (text[used]); used++)
          ;
    }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return 0;

  *ret_second = hour * 3600 + minute * 60 + MIN (second, 59);
  return used;
}

static gboolean
parse_iso (const char *text, gsize len, TbZone *zone, gint64 *ret)
{
  TbDay day;
  int second = 0, offset = 0;
  gboolean has_offset = FALSE;

  if (!parse_ymd (text, len, &day))
    return FALSE;

  if (len > 10)
    {
      gsize used;

      if (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
        return FALSE;
      used = parse_clock (text + 11, len - 11, &second);
      if (used == 0 || !parse_offset (text + 11 + used, len - 11 - used, &has_offset, &offset))
        return FALSE;
    }

  if (has_offset || zone == NULL)
    *ret = (gint64) day * DAY_SECONDS + second - offset;
  else
    *ret = tb_zone_to_utc (zone, day, second, FALSE);
  return TRUE;
}

gboolean
tb_time_parse (const char *text, gssize len, TbZone *zone, gint64 *ret, GError **error)
{
  gsize n = len < 0 ? strlen (text) : (gsize) len;
  gint64 time;

  if ((parse_iso (text, n, zone, &time) || parse_unix (text, n, &time)) && time >= 0 && time <= TIME_MAX)
    {
      *ret = time;
      return TRUE;
    }

  if (error != NULL)
    {
      g_autofree char *shown = tb_text_for_message (text, (gssize) n, 40);

      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a time between 1970 and 2105."), shown);
    }
  return FALSE;
}

void
tb_time_format_to (gint64 time, TbZone *zone, char buffer[32])
{
  int offset = zone != NULL ? tb_zone_offset_at (zone, time) : 0;
  gint64 local = time + offset;
  TbDay day = (TbDay) floor_div (local, DAY_SECONDS);
  int second = (int) (local - (gint64) day * DAY_SECONDS);
  int year, month, mday;
  int shown = ABS (offset) / 60;

  tb_day_to_ymd (day, &year, &month, &mday);
  if (offset == 0)
    g_snprintf (buffer, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, mday, second / 3600, second / 60 % 60, second % 60);
  else
    g_snprintf (buffer, 32, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month, mday, second / 3600, second / 60 % 60, second % 60,
                offset < 0 ? '-' : '+', shown / 60, shown % 60);
}

char *
tb_time_format (gint64 time, TbZone *zone)
{
  char buffer[32];

  tb_time_format_to (time, zone, buffer);
  return g_strdup (buffer);
}
