/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene.h"

/* rating.md, step 10: included minutes. */

#define RATE "rate - 0.60 inc=30/6 fee=0.10; "

static void
test_pools (void)
{
  static const TbSceneRow rows[] = {
    { "nothing left to charge: no connection fee", RATE "pool minutes=10", "1 45", "included tariff: 48 0 free=48 currency=CAD" },
    { "by billed seconds, so a pool empties as the call is sold", RATE "pool seconds=100", "1 45; 1 45; 1 45",
      "included free=48; included free=48; rated tariff: 48 0.54 free=4" },
    { "a call may be partly free; then the fee is due", RATE "pool seconds=20", "1 45", "rated tariff: 48 0.38 free=20" },
    { "an empty pool", RATE "pool seconds=0", "1 45", "rated tariff: 48 0.58 free=0" },
    { "unlimited", RATE "pool unlimited", "1 86400", "included free=86400" },
    { "exact: seconds as talked, and the rest is sold anew", RATE "pool seconds=20 exact", "1 45", "rated tariff: 50 0.4 free=20" },
    { "exact: wholly covered", RATE "pool seconds=45 exact", "1 45", "included tariff: 45 0 free=45" },
    { "exact: the minimum counts once", "rate - 0.60 min=60; pool seconds=20 exact", "1 30; 1 30", "rated tariff: 60 0.4 free=20; rated tariff: 60 0.6" },
    { "whole units: the last one is used up", "rate - 0.60; pool seconds=150 unit=60", "1 80; 1 40", "included free=120; rated tariff: 40 0.4 free=0" },
    { "less than a unit cannot serve", "rate - 0.60; pool seconds=59 unit=60", "1 10", "rated tariff: 10 0.1 free=0" },
    { "a partly free call takes whole units", "rate - 0.14 inc=60/60; pool seconds=330 unit=60", "1 420", "rated tariff: 420 0.28 free=300" },
    { "the pool's own fee instead of the rate's", RATE "pool minutes=1 fee=0.02", "1 45; 1 45", "included tariff: 48 0.02 free=48; rated tariff: 48 0.38 free=12" },
    { "a pool's fee of zero on a partly free call", RATE "pool seconds=20 fee=0", "1 45", "rated tariff: 48 0.28 free=20" },
    { "a call in grace takes nothing", "rate - 0.60 grace=5; pool seconds=10", "1 5; 1 10", "grace free=0; included free=10" },
    { "included seconds of the rate come first", "rate - 0.60 free=5; pool seconds=5", "1 15", "rated tariff: 10 0.05 free=5" },
    { "a call inside them leaves the pool alone, its fee is due", "rate - 0.60 free=20 fee=0.10; pool seconds=50", "1 15", "rated tariff: 0 0.1 free=0" },
    { "custom and client rates draw on pools too", "custom - 0.60; pool seconds=10", "1 15", "rated custom: 15 0.05 free=10" },
    { "a least charge is not due on an included call", "rate - 0.60 least=1; pool seconds=20", "1 15; 1 15", "included tariff: 15 0; rated tariff: 15 1 free=5" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_scope (void)
{
  static const TbSceneRow rows[] = {
    { "prefixes", "rate - 0.60; pool minutes=1 scope=1,44", "1416 60; 44207 60; 33123 60", "included; rated free=0; rated free=0" },
    { "national is the plan's country", "rate - 0.60; plan cc=44; pool minutes=2 scope=national", "44207 60; 33123 60", "included; rated free=0" },
    { "all", "rate - 0.60; pool minutes=2 scope=all", "44207 60; 33123 60", "included; included" },
    { "inbound, for inbound calls only", "rate - 0.60; inbound - 0.60; package bill-inbound; pool minutes=2 scope=inbound", "1416 60 in; 1416 60",
      "included inbound: 60 0; rated free=0" },
    { "a list of prefixes is not for inbound calls", "inbound - 0.60; package bill-inbound; pool minutes=2 scope=1", "1416 60 in", "rated free=0" },
    { "the highest priority first", "rate - 0.60; pool seconds=10 scope=1416 prio=5 fee=0.02; pool seconds=30 scope=all prio=20 fee=0.01",
      "1416 30; 1416 10; 1416 5", "included tariff: 30 0.01; included tariff: 10 0.02; rated tariff: 5 0.05" },
    { "of one priority the most specific", "rate - 0.60; plan cc=1; pool minutes=1 scope=all fee=0.01; pool minutes=1 scope=national fee=0.02; "
      "pool minutes=1 scope=14 fee=0.03; pool minutes=1 scope=1,1416 fee=0.04",
      "1416 60; 1416 60; 1416 60; 1416 60; 1416 60",
      "included tariff: 60 0.04; included tariff: 60 0.03; included tariff: 60 0.02; included tariff: 60 0.01; rated tariff: 60 0.6 free=0" },
    { "one call may drain several", "rate - 0.60; pool seconds=10 scope=1416; pool seconds=20 scope=1; pool seconds=5", "1416 40", "rated tariff: 40 0.05 free=35" },
    { "priority holds across the ways of consuming", "rate - 0.60 inc=30/30; pool seconds=30 prio=20; pool seconds=30 exact prio=10", "1 31; 1 1",
      "included tariff: 60 0 free=60; rated tariff: 30 0.3 free=0" },
    { "validity is half-open", "rate - 0.60; pool minutes=10 from=2026-10-05 to=2026-10-07",
      "2026-10-04T23:59:59Z 1 60; 2026-10-05T00:00:00Z 1 60; 2026-10-06T23:59:59Z 1 60; 2026-10-07T00:00:00Z 1 60",
      "rated free=0; included; included; rated free=0" },
    { "its days are the company's", "company zone=America/Toronto; rate - 0.60; pool minutes=10 from=2026-10-05",
      "2026-10-05T03:59:59Z 1 60; 2026-10-05T04:00:00Z 1 60", "rated free=0; included" },
    { "it may begin and end within a day", "company zone=America/Toronto; rate - 0.60; pool minutes=10 from=2026-10-05T10:30:00Z to=2026-10-05T18:00:00-04:00",
      "2026-10-05T10:29:59Z 1 60; 2026-10-05T10:30:00Z 1 60; 2026-10-05T21:59:59Z 1 60; 2026-10-05T22:00:00Z 1 60",
      "rated free=0; included; included; rated free=0" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

#define TWO "rate - 0.60; service S1 tenant=a ext=201; service S2 tenant=a ext=202; service S3 tenant=a ext=203 client=C2; "
#define MONTHS "2026-09-30T23:59:59Z 1 60; 2026-10-01T00:00:00Z 1 60; 2026-10-31T23:59:59Z 1 60; 2026-11-01T00:00:00Z 1 60"

static void
test_periods (void)
{
  static const TbSceneRow rows[] = {
    { "by service", TWO "pool minutes=1", "1 60 ext=201; 1 60 ext=202; 1 60 ext=201", "included; included; rated free=0" },
    { "shared by all services of the client", TWO "pool minutes=1 shared", "1 60 ext=201; 1 60 ext=202; 1 60 ext=203", "included; rated free=0; included service=S3" },
    { "it follows the service that began first, also after its end",
      "rate - 0.60; pool minutes=1 shared; service S1 tenant=a ext=201 starts=2026-10-20; service S2 tenant=a ext=202 starts=2026-01-01 ends=2026-10-15",
      "2026-10-10T12:00:00Z 1 60 ext=202; 2026-10-25T12:00:00Z 1 60 ext=201; 2026-11-01T00:00:00Z 1 60 ext=201", "included; rated free=0; included" },
    { "per billing period: the month", "rate - 0.60; pool minutes=1", MONTHS, "included; included; rated free=0; included" },
    { "in the company's zone", "company zone=America/Toronto; rate - 0.60; pool minutes=1",
      "2026-10-01T03:59:59Z 1 60; 2026-10-01T04:00:00Z 1 60; 2026-11-01T03:59:59Z 1 60; 2026-11-01T04:00:00Z 1 60",
      "included; included; rated free=0; included" },
    { "anchored by the service's start", "rate - 0.60; pool minutes=1; service S tenant=a starts=2026-06-12",
      "2026-10-11T12:00:00Z 1 60; 2026-10-12T12:00:00Z 1 60; 2026-11-11T12:00:00Z 1 60; 2026-11-12T12:00:00Z 1 60",
      "included; included; rated free=0; included" },
    { "by the package's cycle", "rate - 0.60; package cycle=quarterly; pool minutes=1", MONTHS, "included; included; rated free=0; rated free=0" },
    { "what is left is lost", "rate - 0.60; pool minutes=1", "2026-10-10T12:00:00Z 1 20; 2026-11-10T12:00:00Z 1 100", "included; rated free=60" },
    { "unless carried over", "rate - 0.60; pool minutes=1 carry", "2026-10-10T12:00:00Z 1 20; 2026-11-10T12:00:00Z 1 110", "included; rated tariff: 110 0.1 free=100" },
    { "once: what was carried is eaten first and not carried again", "rate - 0.60; pool minutes=1 carry",
      "2026-10-10T12:00:00Z 1 20; 2026-11-10T12:00:00Z 1 10; 2026-12-10T12:00:00Z 1 130", "included; included; rated tariff: 130 0.1 free=120" },
    { "a period without a call is carried whole", "rate - 0.60; pool minutes=1 carry; service S tenant=a starts=2026-09-01", "2026-10-10T12:00:00Z 1 130",
      "rated tariff: 130 0.1 free=120" },
    { "also one in the midst of others", "rate - 0.60; pool minutes=1 carry", "2026-09-10T12:00:00Z 1 60; 2026-11-10T12:00:00Z 1 130",
      "included; rated tariff: 130 0.1 free=120" },
    { "nothing is carried from before the service", "rate - 0.60; pool minutes=1 carry; service S tenant=a starts=2026-10-01", "2026-10-10T12:00:00Z 1 70",
      "rated free=60" },
    { "nor from before the pool was valid", "rate - 0.60; pool minutes=1 carry from=2026-10-01; service S tenant=a starts=2026-08-01", "2026-10-10T12:00:00Z 1 70",
      "rated free=60" },
    { "to the day, when it began within one", "rate - 0.60; pool minutes=1 carry from=2026-10-01T09:00:00Z; service S tenant=a starts=2026-08-01",
      "2026-10-10T12:00:00Z 1 70", "rated free=60" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

/* What an invoiced call took is taken again when the period is rated anew, though its charge stays. */
static void
test_account (void)
{
  g_autoptr (TbScene) scene = tb_scene_new ("rate - 0.60 inc=30/6; pool seconds=150 unit=60");
  g_autoptr (TbRatingState) again = NULL;
  TbRatedCall first, second, third;
  TbCall call;

  tb_scene_rate (scene, "1 45", &first);
  tb_scene_check (scene, &first, "included free=60");
  again = tb_rating_state_new (scene->rating);
  tb_call_init (&call);
  call.start = 1791201600; /* 2026-10-05 */
  tb_rating_account (scene->rating, again, tb_rating_get_tenant (scene->rating, 0, "a"), &call, &first);
  tb_rating_state_free (g_steal_pointer (&scene->state));
  scene->state = g_steal_pointer (&again);
  tb_scene_rate (scene, "1 45", &second);
  tb_scene_check (scene, &second, "included free=60");
  tb_scene_rate (scene, "1 45", &third);
  tb_scene_check (scene, &third, "rated free=0");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pools/consume", test_pools);
  g_test_add_func ("/pools/scope", test_scope);
  g_test_add_func ("/pools/periods", test_periods);
  g_test_add_func ("/pools/account", test_account);
  return g_test_run ();
}
