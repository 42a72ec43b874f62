/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-time.h"

#include "tb-error.h"

static void
test_days (void)
{
  static const struct { int y, m, d; TbDay day; int weekday; } rows[] = {
    { 1970, 1, 1, 0, 4 },      /* the epoch was a Thursday */
    { 1969, 12, 31, -1, 3 },   /* before it */
    { 2000, 2, 29, 11016, 2 }, /* leap century */
    { 2026, 11, 24, 20781, 2 },
    { 2104, 2, 29, 49001, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int y, m, d;

      g_assert_cmpint (tb_day_from_ymd (rows[i].y, rows[i].m, rows[i].d), ==, rows[i].day);
      g_assert_cmpint (tb_day_weekday (rows[i].day), ==, rows[i].weekday);
      tb_day_to_ymd (rows[i].day, &y, &m, &d);
      g_assert_true (y == rows[i].y && m == rows[i].m && d == rows[i].d);
    }
}

static void
test_months (void)
{
  static const struct { const char *day; int months, anchor; const char *expected; } rows[] = {
    { "2026-01-31", 1, 31, "2026-02-28" }, /* shorter month */
    { "2026-02-28", 1, 31, "2026-03-31" }, /* and back to the anchor */
    { "2028-01-31", 1, 31, "2028-02-29" }, /* leap year */
    { "2026-11-30", 3, 30, "2027-02-28" }, /* over the year */
    { "2026-03-15", -3, 15, "2025-12-15" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbDay day;
      g_autofree char *text = NULL;

      g_assert_true (tb_day_parse (rows[i].day, &day, NULL));
      text = tb_day_format (tb_day_add_months (day, rows[i].months, rows[i].anchor));
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_parse (void)
{
  static const struct { const char *text; const char *zone; gint64 expected; } rows[] = {
    { "2026-02-03T14:02:11Z", "UTC", 1770127331 },
    { "2026-02-03 14:02:11+00", "UTC", 1770127331 },           /* PostgreSQL's short offset */
    { "2026-02-03T08:02:11-06:00", "Europe/Berlin", 1770127331 }, /* a zone in the text wins */
    { "2026-02-03T08:02:11.875-0600", "UTC", 1770127331 },     /* fraction dropped */
    { "2026-02-03 08:02:11", "America/Winnipeg", 1770127331 }, /* else the connection's */
    { "1770127331", "America/Winnipeg", 1770127331 },          /* seconds */
    { "1770127331444", "UTC", 1770127331 },                    /* milliseconds */
    { "1770127331444555", "UTC", 1770127331 },                 /* microseconds */
    { "1595572559.88", "UTC", 1595572559 },                    /* Vodia's fraction */
    { "2026-02-03", "America/Winnipeg", 1770098400 },          /* a day begins at its midnight */
    { "2026-11-01 01:30:00", "America/Winnipeg", 1793514600 }, /* repeated hour: the first */
    { "2026-03-08 02:30:00", "America/Winnipeg", 1772958600 }, /* skipped hour: moved forward */
    { "2016-12-31T23:59:60Z", "UTC", 1483228799 },             /* leap second */
    { "", "UTC", -1 }, { "yesterday", "UTC", -1 }, { "2025-13-41T99:00:00Z", "UTC", -1 }, { "2026-02-30", "UTC", -1 },
    { "2026-02-03T14:02:11+25:00", "UTC", -1 }, { "1969-12-31T23:59:59Z", "UTC", -1 }, { "9223372036854775808", "UTC", -1 },
    { "2107-01-01T00:00:00Z", "UTC", -1 }, { "-5", "UTC", -1 }, { "2026-02-03T14:02:11Zjunk", "UTC", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbZone) zone = tb_zone_new (rows[i].zone, NULL);
      g_autoptr (GError) error = NULL;
      gint64 time = -1;

      g_test_message ("%s", rows[i].text);
      g_assert_true (tb_time_parse (rows[i].text, -1, zone, &time, &error) == (rows[i].expected >= 0));
      g_assert_cmpint (time, ==, rows[i].expected);
      if (rows[i].expected < 0)
        g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

/* Every hour of two years in zones with whole, half and no DST: to local and back is the same instant. */
static void
test_zone_round_trip (void)
{
  static const char *const names[] = { "UTC", "America/Toronto", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TbZone) zone = tb_zone_new (names[i], NULL);

      for (gint64 time = 1767225600; time < 1767225600 + 730 * 86400; time += 1799)
        {
          TbDay day = tb_zone_day_at (zone, time);
          int second = tb_zone_second_of_day_at (zone, time);
          gint64 from, to;

          g_assert_true (tb_zone_to_utc (zone, day, second, FALSE) == time || tb_zone_to_utc (zone, day, second, TRUE) == time);
          g_assert_cmpint (tb_zone_day_around (zone, time, &from, &to), ==, day);
          g_assert_true (from <= time && time < to);
          g_assert_cmpint (tb_zone_day_at (zone, from), ==, day);
          g_assert_cmpint (tb_zone_day_at (zone, to - 1), ==, day);
        }
    }
}

static void
test_format (void)
{
  g_autoptr (TbZone) zone = tb_zone_new ("America/Toronto", NULL);
  g_autofree char *summer = tb_time_format (1790946843, zone);
  g_autofree char *utc = tb_time_format (0, NULL);

  g_assert_cmpstr (summer, ==, "2026-10-02T09:14:03-04:00");
  g_assert_cmpstr (utc, ==, "1970-01-01T00:00:00Z");
}

static void
test_unknown_zone (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tb_zone_new ("Mars/Olympus", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/days", test_days);
  g_test_add_func ("/time/months", test_months);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/zone-round-trip", test_zone_round_trip);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/unknown-zone", test_unknown_zone);
  return g_test_run ();
}
