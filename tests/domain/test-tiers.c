/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-error.h"
#include "tb-scene.h"

/* rating.md, step 11: volume tiers. */

#define GRADUATED "rate - 9 inc=60/60; package tiers=graduated:minutes:0@0.02,2@0.01,4@0"
#define VOLUME "rate - 9 inc=60/60; package tiers=volume:minutes:0@0.02,2@0.01,4@0.005"
#define AMOUNT "rate - 9; package tiers=graduated:amount:0@0.60,1@0.30,2@0.15"

static void
test_graduated (void)
{
  static const TbSceneRow rows[] = {
    { "each part at its tier", GRADUATED, "1 60; 1 120; 1 60; 1 60", "rated tariff: 60 0.02; rated tariff: 120 0.03; rated tariff: 60 0.01; rated tariff: 60 0" },
    { "several tiers in one call", GRADUATED, "1 300", "rated tariff: 300 0.06" },
    { "by seconds as sold", GRADUATED, "1 61; 1 1", "rated tariff: 120 0.04; rated tariff: 60 0.01" },
    { "anew in each period", GRADUATED, "2026-10-05T12:00:00Z 1 240; 2026-11-05T12:00:00Z 1 60", "rated tariff: 240 0.06; rated tariff: 60 0.02" },
    { "by service", "rate - 9; package tiers=graduated:minutes:0@0.02,1@0.01; service S tenant=a ext=201; service T tenant=a ext=202", "1 60 ext=201; 1 60 ext=202; 1 60 ext=201",
      "rated tariff: 60 0.02; rated tariff: 60 0.02; rated tariff: 60 0.01" },
    { "included minutes come before and do not count", GRADUATED "; pool minutes=2", "1 60; 1 120; 1 120", "included free=60; rated tariff: 120 0.02 free=60; rated tariff: 120 0.03" },
    { "the tier's price is what the client pays: no markup", "rate - 9 fee=1; package markup=100 surcharge=5 tiers=graduated:minutes:0@0.02", "1 60", "rated tariff: 60 2.02" },
    { "a flat rate is tiered too", "flat - 9; package tiers=graduated:minutes:0@0.02,1@0.01", "1 120", "rated flat: 120 0.03" },
    { "custom and client rates are not, and do not count", "custom 44 0.50; rate - 9; package tiers=graduated:minutes:0@0.02,1@0.01", "44 60; 1 60", "rated custom:44 60 0.5; rated tariff: 60 0.02" },
    { "by amount: what was paid in the tiers below", AMOUNT, "1 60; 1 140; 1 140", "rated tariff: 60 0.6; rated tariff: 140 0.9; rated tariff: 140 0.6" },
    { "a free first tier has no end by amount", "rate - 9; package tiers=graduated:amount:0@0,1@5", "1 86400", "rated tariff: 86400 0" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

/* All calls of a period at the tier that the period reaches: rated once to measure, then for good. */
static void
check_volume (const char *set_up, const char *calls, const char *expected)
{
  g_autoptr (TbScene) scene = tb_scene_new (set_up);
  g_auto (GStrv) all = g_strsplit (calls, "; ", -1);
  g_auto (GStrv) results = g_strsplit (expected, "; ", -1);
  TbRatedCall rated;

  for (guint i = 0; all[i] != NULL; i++)
    tb_scene_rate (scene, all[i], &rated);
  tb_rating_state_set_measured (scene->state);
  for (guint i = 0; all[i] != NULL; i++)
    {
      tb_scene_rate (scene, all[i], &rated);
      tb_scene_check (scene, &rated, results[i]);
    }
}

static void
test_volume (void)
{
  static const TbSceneRow rows[] = {
    { "stays in the first tier", VOLUME, "1 60; 1 60", "rated tariff: 60 0.02; rated tariff: 60 0.02" },
    { "all at the reached tier, the first call too", VOLUME, "1 60; 1 61", "rated tariff: 60 0.01; rated tariff: 120 0.02" },
    { "the tier of the last second", VOLUME, "1 60; 1 180; 1 60", "rated tariff: 60 0.005; rated tariff: 180 0.015; rated tariff: 60 0.005" },
    { "each period by itself", VOLUME, "2026-10-05T12:00:00Z 1 240; 2026-11-05T12:00:00Z 1 60", "rated tariff: 240 0.04; rated tariff: 60 0.02" },
    { "by amount, weighed at the first price", "rate - 9; package tiers=volume:amount:0@0.60,1@0.30", "1 60; 1 40; 1 1", "rated tariff: 60 0.3; rated tariff: 40 0.2; rated tariff: 1 0.005" },
    { "an amount that is met is not passed", "rate - 9; package tiers=volume:amount:0@0.60,1@0.30", "1 60; 1 40", "rated tariff: 60 0.6; rated tariff: 40 0.4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].reason);
      check_volume (rows[i].set_up, rows[i].calls, rows[i].expected);
    }
  /* Priced without having been measured, as a question about one call is. */
  tb_scene_run (VOLUME, "1 60; 1 120", "rated tariff: 60 0.02; rated tariff: 120 0.02");
}

/* An invoiced call keeps its charge and its place in the tiers. */
static void
test_account (void)
{
  g_autoptr (TbScene) scene = tb_scene_new (GRADUATED);
  TbRatedCall first, second;
  TbCall call;

  tb_scene_rate (scene, "1 120", &first);
  tb_rating_state_free (g_steal_pointer (&scene->state));
  scene->state = tb_rating_state_new (scene->rating);
  tb_call_init (&call);
  call.start = 1791201600; /* 2026-10-05 */
  tb_rating_account (scene->rating, scene->state, tb_rating_get_tenant (scene->rating, 0, "a"), &call, &first);
  tb_scene_rate (scene, "1 60", &second);
  tb_scene_check (scene, &second, "rated tariff: 60 0.01");
}

static void
test_refused (void)
{
  static const struct { const char *tiers, *reason; } rows[] = {
    { "graduated:minutes:5@0.02,10@0.01", "a gap before the first" },
    { "graduated:minutes:0@0.02,10@0.01,10@0.005", "two at one place" },
    { "volume:minutes:0@0.02,10@0.01,5@0.005", "backwards" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("rate - 9; package tiers=%s", rows[i].tiers);
      g_autoptr (TbScene) scene = tb_scene_new (text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      g_assert_null (tb_scene_get_rating (scene, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiers/graduated", test_graduated);
  g_test_add_func ("/tiers/volume", test_volume);
  g_test_add_func ("/tiers/account", test_account);
  g_test_add_func ("/tiers/refused", test_refused);
  return g_test_run ();
}
