/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene.h"

/* rating.md, step 9: weekdays, hours and holidays. 5 October 2026 is a Monday. */

#define DAY "when=1-5,08:00-19:00 "
#define PEAK "rate 1 0.60 inc=60/60 fee=0.10 " DAY "; rate 1 0.06 inc=1/1 fee=0.01 "

static void
test_start (void)
{
  static const TbSceneRow rows[] = {
    { "inside its hours", PEAK, "2026-10-05T08:00:00Z 1 60; 2026-10-05T18:59:59Z 1 60", "rated tariff:1 60 0.7; rated tariff:1 60 0.7" },
    { "before and at their end", PEAK, "2026-10-05T07:59:59Z 1 60; 2026-10-05T19:00:00Z 1 60", "rated tariff:1 60 0.07; rated tariff:1 60 0.07" },
    { "on the weekend", PEAK, "2026-10-03T12:00:00Z 1 60; 2026-10-04T12:00:00Z 1 60", "rated tariff:1 60 0.07; rated tariff:1 60 0.07" },
    { "in the tariff's time zone", "tariff zone=America/Toronto; " PEAK, "2026-10-05T11:59:59Z 1 60; 2026-10-05T12:00:00Z 1 60",
      "rated tariff:1 60 0.07; rated tariff:1 60 0.7" },
    { "summer time is over: the same wall clock is another hour", "tariff zone=America/Toronto; " PEAK, "2026-11-02T12:59:59Z 1 60; 2026-11-02T13:00:00Z 1 60",
      "rated tariff:1 60 0.07; rated tariff:1 60 0.7" },
    { "the whole call is priced by its start", PEAK, "2026-10-05T18:59:00Z 1 600", "rated tariff:1 600 6.1" },
    { "up to midnight, as 24:00", "rate 1 0.60 when=18:00-24:00; rate 1 0.06", "2026-10-05T23:59:59Z 1 60; 2026-10-06T00:00:00Z 1 60",
      "rated tariff:1 60 0.6; rated tariff:1 60 0.06" },
    { "a window over midnight belongs to the day it began on", "rate 1 0.06 when=5,20:00-08:00; rate 1 0.60",
      "2026-10-09T20:00:00Z 1 60; 2026-10-10T07:59:59Z 1 60; 2026-10-10T20:00:00Z 1 60; 2026-10-09T07:59:59Z 1 60",
      "rated tariff:1 60 0.06; rated tariff:1 60 0.06; rated tariff:1 60 0.6; rated tariff:1 60 0.6" },
    { "a holiday", "rate 1 0.60; rate 1 0.06 when=12/25", "2026-12-25T12:00:00Z 1 60; 2026-12-26T00:00:00Z 1 60", "rated tariff:1 60 0.06; rated tariff:1 60 0.6" },
    { "a holiday by priority before the hours", PEAK "; rate 1 0.03 when=10/5 prio=20", "2026-10-05T12:00:00Z 1 60", "rated tariff:1 60 0.03" },
    { "of bands in force the highest priority", "rate 1 0.60 " DAY "; rate 1 0.30 when=12:00-13:00 prio=11", "2026-10-05T12:30:00Z 1 60; 2026-10-05T13:00:00Z 1 60",
      "rated tariff:1 60 0.3; rated tariff:1 60 0.6" },
    { "of equal priority the one that is tied to a time", "rate 1 0.60; rate 1 0.30 when=12:00-13:00", "2026-10-05T12:30:00Z 1 60", "rated tariff:1 60 0.3" },
    { "a prefix of which no band is in force gives way to a shorter", "rate 1416 0.60 " DAY "; rate 1 0.30", "2026-10-04T12:00:00Z 1416 60", "rated tariff:1 60 0.3" },
    { "none in force at all", "rate 1 0.60 " DAY, "2026-10-04T12:00:00Z 1416 60", "no-rate" },
    { "bands of the newest date only", "rate 1 0.60; rate 1 0.30 from=2026-10-01 " DAY "; rate - 0.90", "2026-10-04T12:00:00Z 1 60", "rated tariff: 60 0.9" },
    { "custom rates know hours too, in the company's zone", "company zone=America/Toronto; custom 1 0.30 when=08:00-19:00; rate 1 0.60",
      "2026-10-05T11:59:59Z 1 60; 2026-10-05T12:00:00Z 1 60", "rated tariff:1 60 0.6; rated custom:1 60 0.3" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

#define SPLIT "tariff band=split; "
#define EVENING SPLIT "rate 1 60 fee=1 when=1-5,00:00-18:00; rate 1 30 when=1-5,18:00-24:00; rate 1 30 when=6-7"

static void
test_split (void)
{
  static const TbSceneRow rows[] = {
    { "cut at the border; the fee of the start, once", EVENING, "2026-10-05T17:30:00Z 1 3600", "rated tariff:1 3600 2701" },
    { "off-peak start: the peak's fee is not due", EVENING, "2026-10-06T23:50:00Z 1 2400", "rated tariff:1 2400 2100" },
    { "a call inside one band", EVENING, "2026-10-05T17:00:00Z 1 3600", "rated tariff:1 3600 3601" },
    { "that ends on the border", EVENING, "2026-10-05T17:59:00Z 1 60", "rated tariff:1 60 61" },
    { "into the weekend, where the band is another row at the same price", EVENING, "2026-10-09T23:59:00Z 1 120", "rated tariff:1 120 60" },
    { "over several days", EVENING, "2026-10-05T17:00:00Z 1 90000", "rated tariff:1 90000 79201" },
    { "each piece rounded to its own increment", SPLIT "rate 1 0.60 inc=60/60 when=00:00-18:00; rate 1 0.30 inc=30/30 when=18:00-24:00",
      "2026-10-05T17:59:20Z 1 41; 2026-10-05T17:59:00Z 1 61", "rated tariff:1 60 0.6; rated tariff:1 90 0.75" },
    { "an overshoot eats into the next band", SPLIT "rate 1 0.60 inc=60/60 when=00:00-18:00; rate 1 0.30 inc=1/1 when=18:00-24:00",
      "2026-10-05T17:59:30Z 1 90", "rated tariff:1 90 0.75" },
    { "midnight inside one row is no border", SPLIT "rate 1 0.60 inc=60/60 when=18:00-17:59; rate 1 9", "2026-10-05T23:59:30Z 1 60", "rated tariff:1 60 0.6" },
    { "steps count from the start of the call", SPLIT "rate 1 0 steps=0:0.60/60/60,60:0.30/60/1 when=00:00-18:00; rate 1 0 steps=0:6/60/60,60:3/60/1 when=18:00-24:00",
      "2026-10-05T17:58:00Z 1 180", "rated tariff:1 180 3.9" },
    { "in the tariff's zone", "tariff band=split zone=America/Toronto; rate 1 0.60 when=08:00-19:00; rate 1 0.06", "2026-10-05T22:59:00Z 1 120", "rated tariff:1 120 0.66" },
    { "the repeated hour of autumn: 01:30 comes twice", "tariff band=split zone=America/Toronto; rate 1 0.60 when=01:30-02:00; rate 1 0.06",
      "2026-11-01T05:00:00Z 1 7200", "rated tariff:1 7200 39.6" },
    { "a minimum runs on through the border", SPLIT "rate 1 0.60 min=60 when=00:00-18:00; rate 1 0.30 when=18:00-24:00", "2026-10-05T17:59:30Z 1 5", "rated tariff:1 60 0.45" },
    { "included seconds move the first charged second", SPLIT "rate 1 0.60 free=60 fee=0.01 when=00:00-18:00; rate 1 0.30 when=18:00-24:00", "2026-10-05T17:59:30Z 1 90",
      "rated tariff:1 30 0.16" },
    { "so do included minutes", SPLIT "rate 1 0.60 when=00:00-18:00; rate 1 0.30 when=18:00-24:00; pool seconds=30", "2026-10-05T17:59:00Z 1 90",
      "rated tariff:1 90 0.45 free=30" },
    { "where no band is in force the last one goes on", SPLIT "rate 1 0.60 when=00:00-18:00", "2026-10-05T17:59:00Z 1 120", "rated tariff:1 120 1.2" },
    { "a band that blocks does not cut a call off", SPLIT "rate 1 0.60 when=00:00-18:00; rate 1 0.30 off when=18:00-24:00", "2026-10-05T17:59:00Z 1 120; 2026-10-05T18:00:00Z 1 120",
      "rated tariff:1 120 1.2; blocked" },
    { "a date that begins inside the call does not matter", SPLIT "rate 1 0.60; rate 1 0.30 from=2026-10-06", "2026-10-05T23:59:00Z 1 120", "rated tariff:1 120 1.2" },
    { "markup, surcharge and package values on every piece", EVENING "; package markup=100 surcharge=60 inc=60/60", "2026-10-05T17:59:30Z 1 60", "rated tariff:1 60 242" },
    { "the most of the start's row", SPLIT "rate 1 0.60 most=1 when=00:00-18:00; rate 1 60 when=18:00-24:00", "2026-10-05T17:59:00Z 1 120", "rated tariff:1 120 1" },
    { "the provider's tariff may split too", "rate 1 0.60; cost-tariff band=split; cost 1 0.20 when=00:00-18:00; cost 1 0.10 when=18:00-24:00", "2026-10-05T17:59:00Z 1 120",
      "rated tariff:1 120 1.2 cost=0.3" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bands/start", test_start);
  g_test_add_func ("/bands/split", test_split);
  return g_test_run ();
}
