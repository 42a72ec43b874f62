/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-scene.h"

/* rating.md, steps 7, 8 and 12 to 15: from seconds to money. */

static void
test_seconds (void)
{
  static const TbSceneRow rows[] = {
    { "a rate without an increment is 1/1", "rate - 0.60", "1 1; 1 59", "rated tariff: 1 0.01; rated tariff: 59 0.59" },
    { "30/6: the first 30 s are sold whole", "rate - 0.60 inc=30/6", "1 1; 1 30", "rated tariff: 30 0.3; rated tariff: 30 0.3" },
    { "30/6: then 6 s at a time", "rate - 0.60 inc=30/6", "1 31; 1 36; 1 37", "rated tariff: 36 0.36; rated tariff: 36; rated tariff: 42" },
    { "60/60", "rate - 0.60 inc=60/60", "1 60; 1 61", "rated tariff: 60 0.6; rated tariff: 120 1.2" },
    { "30/60, first-then: 30 + 60", "rate - 0.60 inc=30/60", "1 45", "rated tariff: 90 0.9" },
    { "30/60, multiple: the whole is a multiple of 60", "rate - 0.60 inc=30/60 style=multiple", "1 45; 1 30; 1 61",
      "rated tariff: 60 0.6; rated tariff: 30 0.3; rated tariff: 120 1.2" },
    { "90/60, first-then and multiple", "rate 1 0.60 inc=90/60; rate 2 0.60 inc=90/60 style=multiple", "1 100; 2 100; 1 151; 2 151",
      "rated tariff:1 150 1.5; rated tariff:2 120 1.2; rated tariff:1 210; rated tariff:2 180" },
    { "the minimum comes before the steps", "rate - 0.60 inc=6/6 min=20", "1 1; 1 20; 1 25", "rated tariff: 24 0.24; rated tariff: 24; rated tariff: 30" },
    { "steps with several prices: the call is cut at their starts", "rate - 0 steps=0:0.60/60/1,60:0.30/60/1", "1 60; 1 90",
      "rated tariff: 60 0.6; rated tariff: 90 0.75" },
    { "every piece is rounded to its own increment", "rate - 0 steps=0:0.60/60/60,60:0.30/60/30", "1 1; 1 61", "rated tariff: 60 0.6; rated tariff: 90 0.75" },
    { "an overshoot eats into the next piece", "rate - 0 steps=0:0.60/60/40,60:0.30/60/1", "1 61; 1 80; 1 81",
      "rated tariff: 80 0.8; rated tariff: 80 0.8; rated tariff: 81 0.805" },
    { "it may eat a piece whole", "rate - 0 steps=0:0.60/60/60,30:9/60/1,60:0.30/60/1", "1 45; 1 61", "rated tariff: 60 0.6; rated tariff: 61 0.605" },
    { "a price per other spans than a minute", "rate - 0 steps=0:0.1/10/10", "1 75", "rated tariff: 80 0.8" },
    { "included seconds: the steps begin after them", "rate - 0.60 free=5", "1 15; 1 5", "rated tariff: 10 0.1; rated tariff: 0 0" },
    { "the connection fee stays due inside them", "rate - 0.60 free=30 fee=0.05", "1 10", "rated tariff: 0 0.05" },
    { "after them the first increment is sold whole", "rate - 0.60 inc=30/6 free=10", "1 11", "rated tariff: 30 0.3" },
    { "grace: up to it nothing, no fee either", "rate - 0.60 fee=0.10 grace=3", "1 3; 1 4", "grace tariff: 0 0 currency=CAD; rated tariff: 4 0.14" },
    { "grace is asked before the minimum", "rate - 0.60 grace=3 min=60", "1 3; 1 4", "grace tariff: 0 0; rated tariff: 60 0.6" },
    { "a connection fee", "rate - 0.60 fee=0.10", "1 1", "rated tariff: 1 0.11" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_package (void)
{
  static const TbSceneRow rows[] = {
    { "markup on the rate and on the fee", "rate - 0.60 fee=0.10; package markup=25", "1 60", "rated tariff: 60 0.875" },
    { "on the rate alone when switched off", "rate - 0.60 fee=0.10; package markup=25 unmarked-fee", "1 60", "rated tariff: 60 0.85" },
    { "the surcharge is marked up too", "rate - 0.60; package surcharge=0.10 markup=10", "1 60", "rated tariff: 60 0.77" },
    { "it is a price for a minute, whatever the step's span", "rate - 0 steps=0:0.1/10/10; package surcharge=0.06", "1 60", "rated tariff: 60 0.66" },
    { "a discount is a negative markup", "rate - 0.60; package markup=-10", "1 60", "rated tariff: 60 0.54" },
    { "never on custom rates", "custom - 0.60 fee=0.10; package markup=25 surcharge=1", "1 60", "rated custom: 60 0.7" },
    { "never on the client's", "client - 0.60 fee=0.10; package markup=25 surcharge=1", "1 60", "rated client: 60 0.7" },
    { "never on a flat rate", "flat - 0.60 fee=0.10; package markup=25 surcharge=1", "1 60", "rated flat: 60 0.7" },
    { "never on an inbound rate", "inbound - 0.60; package markup=25 surcharge=1 bill-inbound", "1 60 in", "rated inbound: 60 0.6" },
    { "the package's increment replaces the tariff rate's", "rate - 0.60 inc=1/1; package inc=60/30", "1 61", "rated tariff: 90 0.9" },
    { "its minimum", "rate - 0.60 min=60; package min=10", "1 1", "rated tariff: 10 0.1" },
    { "its grace", "rate - 0.60 grace=10; package grace=0", "1 5", "rated tariff: 5 0.05" },
    { "its connection fee, which is a sell price", "rate - 0.60 fee=5; package fee=0.10 markup=100", "1 60", "rated tariff: 60 1.3" },
    { "its fee of zero is a fee", "rate - 0.60 fee=5; package fee=0", "1 60", "rated tariff: 60 0.6" },
    { "its increment on a rate of several prices", "rate - 0 steps=0:0.60/60/1,60:0.30/60/1; package inc=30/6", "1 31; 1 61",
      "rated tariff: 36 0.36; rated tariff: 66 0.63" },
    { "a custom rate keeps its own values", "custom - 0.60 inc=1/1 min=5 grace=1 fee=0.10; package inc=60/60 min=60 grace=30 fee=9", "1 2",
      "rated custom: 5 0.15" },
    { "what a custom rate leaves out comes from the package", "custom - 0.60; package inc=60/60 fee=0.10", "1 2", "rated custom: 60 0.7" },
    { "its minimum and grace too", "flat - 0.60; package min=30 grace=3", "1 3; 1 4", "grace flat: 0 0; rated flat: 30 0.3" },
    { "else 1/1 and nothing more", "client - 0.60", "1 2", "rated client: 2 0.02" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_rounding (void)
{
  static const TbSceneRow rows[] = {
    { "the default: half-up at 4 decimals", "rate - 0.0125 fee=0.00005", "1 0; 1 24", "unanswered; rated tariff: 24 0.0051" },
    { "half-up", "rate - 0.15; package round=half-up:2", "1 2; 1 1", "rated tariff: 2 0.01; rated tariff: 1 0" },
    { "half-even: a tie goes to the even digit", "rate - 0.15; package round=half-even:2", "1 2; 1 6; 1 10", "rated tariff: 2 0; rated tariff: 6 0.02; rated tariff: 10 0.02" },
    { "up", "rate - 0.05 fee=0.15; package round=up:2", "1 25", "rated tariff: 25 0.18" },
    { "up leaves an exact value alone", "rate - 0.05 fee=0.15; package round=up:2", "1 24", "rated tariff: 24 0.17" },
    { "down", "rate - 0.05 fee=0.15; package round=down:2", "1 35", "rated tariff: 35 0.17" },
    { "once, on the call's total, not per increment", "rate - 0.05 inc=1/1; package round=half-up:2", "1 60", "rated tariff: 60 0.05" },
    { "a third of a cent, exactly", "rate - 0.20; package round=down:9", "1 1", "rated tariff: 1 0.003333333" },
    { "a call of a thousand and more", "rate - 1500", "1 60", "rated tariff: 60 1500" },
    { "min_charge after rounding", "rate - 0.01 least=0.0123", "1 1; 1 600", "rated tariff: 1 0.0123; rated tariff: 600 0.1" },
    { "max_charge after rounding", "rate - 60 most=10", "1 1800; 1 5", "rated tariff: 1800 10; rated tariff: 5 5" },
    { "not on a call in grace", "rate - 0.01 least=1 grace=5", "1 5", "grace tariff: 0 0" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

#define DOLLARS "tariff currency=USD; rate - 0.60 fee=0.10; "

static void
test_currency (void)
{
  static const TbSceneRow rows[] = {
    { "one currency needs no exchange rate", "rate - 0.60", "1 60", "rated tariff: 60 0.6 currency=CAD" },
    { "from the tariff's to the client's", DOLLARS "exchange USD 2026-01-01 1.25", "1 60", "rated tariff: 60 0.875 currency=CAD" },
    { "to a client in another currency, through the company's", DOLLARS "currency EUR; exchange USD 2026-01-01 1.2; exchange EUR 2026-01-01 1.5", "1 60",
      "rated tariff: 60 0.56 currency=EUR" },
    { "from the company's", "rate - 0.60; currency USD; exchange USD 2026-01-01 1.2", "1 60", "rated tariff: 60 0.5 currency=USD" },
    { "a client in the tariff's currency needs none", DOLLARS "currency USD", "1 60", "rated tariff: 60 0.7 currency=USD" },
    { "the rate in force on the call's date", DOLLARS "exchange USD 2026-10-01 1.25; exchange USD 2026-10-05 2",
      "2026-10-04T23:59:59Z 1 60; 2026-10-05T00:00:00Z 1 60", "rated tariff: 60 0.875; rated tariff: 60 1.4" },
    { "its date in the company's zone", "company zone=America/Toronto; " DOLLARS "exchange USD 2026-10-01 1.25; exchange USD 2026-10-05 2",
      "2026-10-05T03:59:59Z 1 60; 2026-10-05T04:00:00Z 1 60", "rated tariff: 60 0.875; rated tariff: 60 1.4" },
    { "before rounding", "tariff currency=USD; rate - 0.01; exchange USD 2026-01-01 1.5; package round=up:4", "1 1", "rated tariff: 1 0.0003" },
    { "custom, client and flat rates are in the client's currency", "tariff currency=USD; custom - 0.60; exchange USD 2026-01-01 1.25", "1 60",
      "rated custom: 60 0.6 currency=CAD" },
    { "a day without an exchange rate has no price, and the next one has", DOLLARS "cost - 0.30; exchange USD 2026-10-05 2",
      "2026-10-04T10:00:00Z 1 60; 2026-10-05T10:00:00Z 1 60", "no-rate tariff: 0 0 cost=0.3; rated tariff: 60 1.4" },
    { "nor has the client's currency", DOLLARS "currency EUR; exchange USD 2026-01-01 1.2", "1 60", "no-rate tariff: 0 0" },
    { "own rates need none", DOLLARS "custom 1 0.60", "1 60; 2 60", "rated custom:1 60 0.6 currency=CAD; no-rate tariff: 0 0" },
    { "it takes no included minutes", DOLLARS "pool minutes=10; exchange USD 2026-10-05 2", "2026-10-04T10:00:00Z 1 60; 2026-10-05T10:00:00Z 1 60",
      "no-rate free=0; included free=60" },
    { "limits are exchanged with their rate", "tariff currency=USD; rate - 60 most=10; exchange USD 2026-01-01 1.25", "1 60", "rated tariff: 60 12.5" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_cost (void)
{
  static const TbSceneRow rows[] = {
    { "by the provider's tariff, without markup", "rate - 0.60; cost - 0.30 inc=6/6; package markup=50 surcharge=1", "1 61", "rated cost=0.33 cost-currency=CAD" },
    { "the package's own values do not touch it", "rate - 0.60; cost - 0.30 fee=0.01; package inc=60/60 min=120 fee=9 grace=5", "1 1", "grace cost=0.015" },
    { "with the tariff's own rounding", "rate - 0.60; cost-tariff round=up:2; cost - 0.001", "1 1", "rated cost=0.01" },
    { "six decimals when it names none", "rate - 0.60; cost - 0.0000617", "1 1", "rated cost=0.000001" },
    { "in the provider's currency", "rate - 0.60; cost-tariff currency=USD; cost - 0.30; exchange USD 2026-01-01 1.25", "1 60", "rated cost=0.3 cost-currency=USD" },
    { "its own grace and minimum", "rate - 0.60; cost 1 0.60 grace=5; cost 2 0.60 min=30", "1 5; 2 5", "rated cost=0; rated cost=0.3" },
    { "without a rate there is none", "rate - 0.60; cost 2 0.30", "1 60", "rated cost=0 cost-currency=" },
    { "a disabled one gives none", "rate - 0.60; cost - 0.30 off", "1 60", "rated cost=0" },
    { "longest prefix and dates as for the charge", "rate - 0.60; cost 1 0.10; cost 1416 0.20; cost 1416 0.30 from=2026-11-01", "1416 60", "rated cost=0.2" },
    { "unanswered calls cost nothing", "rate - 0.60; cost - 0.30 fee=1", "1 0", "unanswered cost=0" },
    { "inbound calls cost nothing", "rate - 0.60; cost - 0.30; inbound - 0.10; package bill-inbound", "1 60 in", "rated cost=0" },
    { "the carrier is paid for what we could not rate", "cost - 0.30", "1 60", "no-rate : 0 0 cost=0.3" },
    { "and for what included minutes cover", "rate - 0.60; cost - 0.30; pool minutes=10", "1 60", "included cost=0.3" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

/* A stored call waits for its exchange rate; who asks for a price is told which one there is not. */
static void
test_missing (void)
{
  g_autoptr (TbScene) scene = tb_scene_new (DOLLARS "exchange USD 2026-11-01 1.25");
  g_autoptr (GError) error = NULL;
  TbRating *rating = tb_scene_get_rating (scene, &error);
  TbCall call;
  TbRatedCall rated;

  g_assert_no_error (error);
  tb_call_init (&call);
  call.uid = "u1";
  call.callee = "14165550100";
  call.seconds = 60;
  call.start = 1791201600; /* 2026-10-05 */
  g_assert_true (tb_rating_rate (rating, scene->state, tb_rating_get_tenant (rating, 0, "a"), &call, &rated, &error));
  g_assert_true (tb_rated_call_lacks_exchange (&rated));
  g_assert_false (tb_rating_price (rating, scene->state, NULL, scene->setup->services->pdata[0], &call, &rated, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "USD"));
  g_assert_nonnull (strstr (error->message, "2026-10-05"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charge/seconds", test_seconds);
  g_test_add_func ("/charge/package", test_package);
  g_test_add_func ("/charge/rounding", test_rounding);
  g_test_add_func ("/charge/currency", test_currency);
  g_test_add_func ("/charge/cost", test_cost);
  g_test_add_func ("/charge/missing", test_missing);
  return g_test_run ();
}
