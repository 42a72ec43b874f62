/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene.h"

/* rating.md, step 6: which rate, of which provider. */

static void
test_longest (void)
{
  static const TbSceneRow rows[] = {
    { "the longest prefix wins", "rate 1 0.01; rate 1416 0.02; rate 14165 0.03", "14165550100 60; 14169990100 60; 12125550100 60",
      "rated tariff:14165 60 0.03; rated tariff:1416; rated tariff:1" },
    { "a cheaper shorter one never wins", "rate 44 0.01; rate 447 0.50", "447700900123 60", "rated tariff:447 60 0.5" },
    { "a number shorter than the prefix has no part in it", "rate 14165 0.03", "1416 60", "no-rate : 0 0" },
    { "a prefix that is the whole number", "rate 14165550100 0.03; rate 1 0.01", "14165550100 60", "rated tariff:14165550100" },
    { "an empty prefix is the catch-all", "rate - 0.09; rate 1 0.01", "33123456789 60", "rated tariff: 60 0.09" },
    { "none", "rate 1 0.01", "33123456789 60", "no-rate : 0 0 currency=" },
    { "a rate of zero is a rate", "rate 1 0; rate - 0.10", "1416 60", "rated tariff:1 60 0 currency=CAD" },
    { "a disabled rate blocks its prefix", "rate 1 0.01; rate 1900 0.01 off", "19005550100 60; 14165550100 60", "blocked tariff:1900 0 0; rated" },
    { "a longer one inside a blocked prefix is sold", "rate 1900 0.01 off; rate 19005 0.01", "19005550100 60", "rated tariff:19005" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_dates (void)
{
  static const TbSceneRow rows[] = {
    { "of equal prefixes the latest effective date", "rate 1 0.01; rate 1 0.02 from=2026-10-01; rate 1 0.03 from=2026-10-05", "1416 60", "rated tariff:1 60 0.03" },
    { "in whatever order they stand", "rate 1 0.03 from=2026-10-05; rate 1 0.02 from=2026-10-01; rate 1 0.01", "1416 60", "rated tariff:1 60 0.03" },
    { "compared with the call's start, not with today", "rate 1 0.01; rate 1 0.02 from=2026-10-05",
      "2026-10-04T23:59:59Z 1416 60; 2026-10-05T00:00:00Z 1416 60", "rated tariff:1 60 0.01; rated tariff:1 60 0.02" },
    { "to is the first moment it no longer holds", "rate 1 0.01; rate 1 0.02 from=2026-10-01 to=2026-10-05",
      "2026-10-04T23:59:59Z 1416 60; 2026-10-05T00:00:00Z 1416 60", "rated tariff:1 60 0.02; rated tariff:1 60 0.01" },
    { "a longer prefix that is not in force yet gives way to a shorter", "rate 1 0.01; rate 1416 0.02 from=2026-11-01", "1416 60", "rated tariff:1" },
    { "likewise one that is over", "rate 1 0.01; rate 1416 0.02 to=2026-10-01", "1416 60", "rated tariff:1" },
    { "all are over", "rate 1416 0.02 to=2026-10-01", "1416 60", "no-rate" },
    { "blocked from a day on", "rate 1 0.01; rate 1 0.01 from=2026-10-05 off", "2026-10-04T12:00:00Z 1416 60; 1416 60", "rated; blocked" },
    { "the later date goes before the higher priority", "rate 1 0.01 prio=99; rate 1 0.02 from=2026-10-01 prio=1", "1416 60", "rated tariff:1 60 0.02" },
    { "of one date the highest priority", "rate 1 0.01 prio=9; rate 1 0.02 prio=11; rate 1 0.03", "1416 60", "rated tariff:1 60 0.02" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

#define ALL "rate - 0.04; custom - 0.02; client - 0.01; flat - 0.03"

static void
test_providers (void)
{
  static const TbSceneRow rows[] = {
    { "the client's own rates first", ALL, "1416 60", "rated client: 60 0.01" },
    { "then the package's custom rates", "rate - 0.04; custom - 0.02; client 44 0.01; flat - 0.03", "1416 60", "rated custom: 60 0.02" },
    { "then its flat rate", "rate - 0.04; custom 44 0.02; client 44 0.01; flat - 0.03", "1416 60", "rated flat: 60 0.03" },
    { "then the tariff", "rate - 0.04; custom 44 0.02; client 44 0.01", "1416 60", "rated tariff: 60 0.04" },
    { "a flat rate leaves nothing unrated", "flat - 0.03", "1416 60", "rated flat: 60 0.03" },
    { "a flat rate that is not in force yet is not asked", "rate - 0.04; flat - 0.03 from=2026-11-01", "1416 60", "rated tariff:" },
    { "custom rates have their dates too", "rate - 0.04; custom - 0.02 from=2026-11-01; custom - 0.05 to=2026-10-31", "1416 60", "rated custom: 60 0.05" },
    { "the longest inside one provider", "rate - 0.04; custom 1 0.01; custom 1416 0.02", "1416 60", "rated custom:1416" },
    { "priority: any custom prefix beats the tariff", "rate 1416 0.04; custom 1 0.02", "14165550100 60", "rated custom:1" },
    { "longest: the longer prefix of the two", "rate 1416 0.04; custom 1 0.02; package match=longest", "14165550100 60; 19055550100 60",
      "rated tariff:1416; rated custom:1" },
    { "longest: equal prefixes are the package's", "rate 1416 0.04; custom 1416 0.02; package match=longest", "14165550100 60", "rated custom:1416" },
    { "longest: against a flat rate any prefix is longer or equal", "flat - 0.04; custom 1 0.02; package match=longest", "1416 60", "rated custom:1" },
    { "exact: only the whole number", "rate 1416 0.04; custom 1 0.02; custom 14165550100 0.01; package match=exact",
      "14165550100 60; 14165550101 60", "rated custom:14165550100; rated tariff:1416" },
    { "a disabled custom rate blocks", "rate 1 0.04; custom 1900 0.01 off", "19005550100 60", "blocked custom:1900" },
    { "a disabled client rate blocks", "rate 1 0.04; client 1900 0.01 off", "19005550100 60", "blocked client:1900" },
    { "a blocked tariff prefix can be opened for one client", "rate 1900 0.04 off; client 1900 1.00", "19005550100 60", "rated client:1900" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rate-choice/longest", test_longest);
  g_test_add_func ("/rate-choice/dates", test_dates);
  g_test_add_func ("/rate-choice/providers", test_providers);
  return g_test_run ();
}
