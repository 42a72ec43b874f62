/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-gaps.h"

#define HOUR 3600
#define WEEK (7 * 86400)
#define FIRST G_GINT64_CONSTANT (1790553600) /* Monday, 2026-09-28T00:00:00Z */
#define N (5 * 168)

/* Ten calls an hour from 9 to 17 by the clock of the zone, Monday to Friday, and in some rows a few at night. */
static void
fill (guint32 hours[N], TbZone *zone, guint night)
{
  for (guint i = 0; i < N; i++)
    {
      gint64 time = FIRST + i * HOUR;
      int hour = tb_zone_second_of_day_at (zone, time) / HOUR;

      hours[i] = tb_day_weekday (tb_zone_day_at (zone, time)) <= 5 && hour >= 9 && hour < 17 ? 10 : night;
    }
}

typedef struct
{
  const char *reason;
  const char *zone;
  guint night;
  int quiet_from, quiet_to; /* hours of the fifth week without calls */
  int again_from, again_to; /* and of the third */
  guint weeks;              /* that there are before */
  const char *expected;     /* "from-to:calls", hours of the week; "" = nothing is wrong */
} Row;

static const Row rows[] = {
  { "as ever", "UTC", 0, 0, 0, 0, 0, 4, "" },
  { "a quiet morning", "UTC", 0, 9, 12, 0, 0, 4, "9-12:30" },
  { "one hour that should have brought ten", "UTC", 0, 33, 34, 0, 0, 4, "33-34:10" },
  { "an hour that should have brought two is chance", "UTC", 2, 2, 3, 0, 0, 4, "" },
  { "a night of them is not", "UTC", 2, 0, 9, 0, 0, 4, "0-9:18" },
  { "over two days, with a night between that is always quiet", "UTC", 0, 9, 41, 0, 0, 4, "9-41:160" },
  { "with a call an hour at night", "UTC", 1, 9, 11, 0, 0, 4, "9-11:20" },
  { "one holiday among the weeks before does not hide it", "UTC", 0, 9, 17, 9, 17, 4, "9-17:80" },
  { "a weekend is quiet", "UTC", 0, 120, 168, 0, 0, 4, "" },
  { "one week is no pattern", "UTC", 0, 9, 12, 0, 0, 1, "" },
  { "two are", "UTC", 0, 9, 12, 0, 0, 2, "9-12:30" },
  { "the clock was put back on Sunday: the same hours by the clock", "Europe/Berlin", 0, 0, 0, 0, 0, 4, "" },
  { "and a quiet one among them", "Europe/Berlin", 0, 8, 10, 0, 0, 4, "8-10:20" },
};

static void
test_gaps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (TbZone) zone = tb_zone_new (row->zone, NULL);
      g_autoptr (GArray) gaps = NULL;
      g_autoptr (GString) found = g_string_new (NULL);
      guint32 hours[N];
      guint skip = (4 - row->weeks) * 168;

      g_test_message ("%s", row->reason);
      fill (hours, zone, row->night);
      for (int hour = row->quiet_from; hour < row->quiet_to; hour++)
        hours[4 * 168 + hour] = 0;
      for (int hour = row->again_from; hour < row->again_to; hour++)
        hours[2 * 168 + hour] = 0;
      gaps = tb_call_gaps_find (hours + skip, N - skip, FIRST + skip * HOUR, FIRST + 4 * WEEK, FIRST + 5 * WEEK, zone);
      for (guint k = 0; k < gaps->len; k++)
        {
          const TbCallGap *gap = &g_array_index (gaps, TbCallGap, k);

          g_string_append_printf (found, "%s%d-%d:%u", k > 0 ? " " : "", (int) ((gap->from - FIRST - 4 * WEEK) / HOUR),
                                  (int) ((gap->to - FIRST - 4 * WEEK) / HOUR), gap->expected);
        }
      g_assert_cmpstr (found->str, ==, row->expected);
    }
}

typedef struct
{
  const char *reason;
  const char *format; /* of ids */
  guint n, step;
  guint skip_from, skip_to; /* calls that are not there */
  const char *expected;
} Series;

static const Series series[] = {
  { "all there", "%u", 200, 1, 0, 0, "" },
  { "one is missing", "%u", 200, 1, 50, 51, "1050-1050" },
  { "three are", "Call 00%u", 400, 1, 50, 53, "1050-1052" },
  { "too few to tell", "%u", 90, 1, 50, 51, "" },
  { "every second number is no sequence", "%u", 200, 2, 0, 0, "" },
  { "nor are ids of which a tenth is missing", "%u", 200, 1, 50, 70, "" },
  { "nor a number behind the time", "15%u.7", 200, 1, 50, 51, "" },
  { "nor what has no number", "%u-x", 200, 1, 50, 51, "" },
};

static void
test_sequences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      const Series *row = &series[i];
      g_autoptr (TbCallSequence) sequence = tb_call_sequence_new ();
      g_autoptr (GArray) holes = NULL;
      g_autoptr (GString) found = g_string_new (NULL);

      g_test_message ("%s", row->reason);
      for (guint k = row->n; k-- > 0;) /* in whatever order */
        if (k < row->skip_from || k >= row->skip_to)
          {
            g_autoptr (GString) uid = g_string_new (row->format);
            g_autofree char *number = g_strdup_printf ("%u", 1000 + k * row->step);

            g_string_replace (uid, "%u", number, 1);
            tb_call_sequence_add (sequence, uid->str, FIRST + k);
          }
      holes = tb_call_sequence_list_holes (sequence);
      for (guint k = 0; k < holes->len; k++)
        {
          const TbCallHole *hole = &g_array_index (holes, TbCallHole, k);

          g_string_append_printf (found, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, hole->first, hole->last);
          g_assert_cmpint (hole->before, ==, FIRST + (gint64) hole->last + 1 - 1000);
        }
      g_assert_cmpstr (found->str, ==, row->expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-gaps/gaps", test_gaps);
  g_test_add_func ("/call-gaps/sequences", test_sequences);
  return g_test_run ();
}
