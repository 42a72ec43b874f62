/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-rate-trace.h"
#include "tb-scene.h"

/* Which prefixes are tried, and why each was or was not chosen. What is chosen is always what the rating picks. */

static const struct
{
  const char *why, *rates, *number;
  gboolean exact;
  const char *expected; /* "prefix:verdict", the longest first; prefixes without a rate are left out */
} rows[] = {
  { "the longest in force", "rate 1 0.01; rate 1416 0.02", "14165550100", FALSE, "1416:chosen 1:shorter" },
  { "begins later", "rate 1 0.01; rate 1416 0.02 from=2026-11-01", "14165550100", FALSE, "1416:not-yet 1:chosen" },
  { "is over", "rate 1 0.01; rate 1416 0.02 to=2026-10-01", "14165550100", FALSE, "1416:ended 1:chosen" },
  { "other hours", "rate 1 0.01; rate 1416 0.02 when=20:00-24:00", "14165550100", FALSE, "1416:out-of-band 1:chosen" },
  { "other days", "rate 1 0.01; rate 1416 0.02 when=6-7", "14165550100", FALSE, "1416:out-of-band 1:chosen" },
  { "disabled ones win too", "rate 1 0.01; rate 1900 0.02 off", "19005550100", FALSE, "1900:blocks 1:shorter" },
  { "a later date takes the place of an older", "rate 1 0.01; rate 1 0.02 from=2026-10-01", "1416", FALSE, "1:superseded 1:chosen" },
  { "also when its band does not hold", "rate 1 0.01; rate 14 0.01; rate 14 0.02 from=2026-10-01 when=20:00-24:00", "1416", FALSE,
    "14:superseded 14:out-of-band 1:chosen" },
  { "the higher priority goes first", "rate 1 0.01 prio=9; rate 1 0.02", "1416", FALSE, "1:outranked 1:chosen" },
  { "the catch-all", "rate - 0.01; rate 44 0.02", "1416", FALSE, ":chosen" },
  { "nothing fits", "rate 44 0.02", "1416", FALSE, "" },
  { "only the whole number", "rate 1 0.01; rate 1416 0.02", "14165", TRUE, "1416:not-whole 1:not-whole" },
  { "which is there", "rate 1 0.01; rate 1416 0.02", "1416", TRUE, "1416:chosen 1:not-whole" },
};

static char *
trace_text (const GArray *tried)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tried->len; i++)
    {
      const TbTriedRate *one = &g_array_index (tried, TbTriedRate, i);

      if (one->rate != NULL)
        g_string_append_printf (text, "%s%s:%s", text->len > 0 ? " " : "", one->rate->prefix, tb_tried_verdict_to_string (one->verdict));
    }
  return g_string_free (text, FALSE);
}

static void
test_rows (void)
{
  g_autoptr (TbZone) zone = tb_zone_new_utc ();
  gint64 noon;

  g_assert_true (tb_time_parse ("2026-10-05T12:00:00Z", -1, NULL, &noon, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbScene) scene = tb_scene_new (rows[i].rates);
      GPtrArray *rates = ((TbTariff *) scene->setup->tariffs->pdata[0])->rates;
      g_autoptr (GArray) tried = tb_rate_trace (rates, zone, rows[i].number, noon, rows[i].exact);
      g_autofree char *text = trace_text (tried);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

/* Every prefix has its place, also those without a rate. */
static void
test_gaps (void)
{
  g_autoptr (TbZone) zone = tb_zone_new_utc ();
  g_autoptr (TbScene) scene = tb_scene_new ("rate 14 0.01");
  g_autoptr (GArray) tried = tb_rate_trace (((TbTariff *) scene->setup->tariffs->pdata[0])->rates, zone, "1416", 0, FALSE);

  g_assert_cmpuint (tried->len, ==, 5);
  for (guint i = 0; i < tried->len; i++)
    {
      const TbTriedRate *one = &g_array_index (tried, TbTriedRate, i);

      g_assert_cmpuint (one->length, ==, 4 - i);
      g_assert_cmpint (one->verdict, ==, one->length == 2 ? TB_TRIED_CHOSEN : TB_TRIED_NO_RATE);
    }
  g_assert_cmpstr (tb_rate_trace_get_chosen (tried)->prefix, ==, "14");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/rows", test_rows);
  g_test_add_func ("/trace/gaps", test_gaps);
  return g_test_run ();
}
