/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-explanation.h"
#include "tb-scene.h"

/* What must hold of any price, tried on random ones. The seed is GLib's: "--seed" repeats a failure. */

#define ROUNDS 400
#define MONDAY "2026-10-05"

static const char *
one_of (const char *const *words, guint n)
{
  return words[g_test_rand_int_range (0, (gint32) n)];
}
#define ONE_OF(...) one_of ((const char *const[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

static void
rate_at (TbScene *scene, int second_of_day, int seconds, TbRatedCall *ret)
{
  g_autofree char *call = g_strdup_printf (MONDAY "T%02d:%02d:%02dZ 14165550100 %d", second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60, seconds);

  tb_scene_rate (scene, call, ret);
}

/* A rate with everything that a rate may have, and never a price below zero. */
static char *
random_rate (void)
{
  GString *text = g_string_new (NULL);

  if (g_test_rand_int_range (0, 3) == 0)
    g_string_append_printf (text, "rate 1 0 steps=0:0.%d/60/%d,20:0.%d/%d/%d,60:0.%d/60/%d", g_test_rand_int_range (1, 99), g_test_rand_int_range (1, 60),
                            g_test_rand_int_range (1, 99), g_test_rand_int_range (1, 90), g_test_rand_int_range (1, 60), g_test_rand_int_range (1, 99),
                            g_test_rand_int_range (1, 60));
  else
    g_string_append_printf (text, "rate 1 0.%04d inc=%d/%d style=%s", g_test_rand_int_range (1, 9999), g_test_rand_int_range (1, 90), g_test_rand_int_range (1, 70),
                            ONE_OF ("first-then", "multiple"));
  g_string_append_printf (text, " fee=%s min=%s grace=%s free=%s", ONE_OF ("0", "0.05"), ONE_OF ("0", "0", "30"), ONE_OF ("0", "4"), ONE_OF ("0", "0", "10"));
  if (g_test_rand_int_range (0, 4) == 0)
    g_string_append (text, " least=0.02 most=1.5");
  g_string_append_printf (text, "; package round=%s:%d markup=%s surcharge=%s", ONE_OF ("half-up", "half-even", "up", "down"), g_test_rand_int_range (2, 7),
                          ONE_OF ("0", "12.5", "-10"), ONE_OF ("0", "0.01"));
  return g_string_free (text, FALSE);
}

/* Who talks longer never pays less, and is billed for what he talked at least. */
static void
test_monotone (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *text = random_rate ();
      g_autoptr (TbScene) scene = tb_scene_new (text);
      TbAmount before = 0;

      for (int seconds = 1; seconds < 200; seconds++)
        {
          TbRatedCall rated;

          rate_at (scene, 36000, seconds, &rated);
          if (rated.charge < before)
            g_test_message ("%s: %d s", text, seconds);
          g_assert_cmpint (rated.charge, >=, before);
          before = rated.charge;
        }
    }
}

/* Three bands at prices that are whole at each second; no fee. */
static char *
random_bands (void)
{
  int first = g_test_rand_int_range (1, 12), second = g_test_rand_int_range (13, 23);

  return g_strdup_printf ("tariff band=split zone=%s; rate 1 %d when=00:00-%02d:%02d; rate 1 %d when=%02d:%02d-%02d:00; rate 1 %d; package round=half-up:6",
                          ONE_OF ("UTC", "America/Toronto", "Asia/Kolkata"), 60 * g_test_rand_int_range (0, 9), first, 30, 60 * g_test_rand_int_range (0, 9),
                          first, 30, second, 60 * g_test_rand_int_range (0, 9));
}

/* A call that is hung up and dialled again at once costs the same, wherever that happens. */
static void
test_parts (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *text = random_bands ();
      g_autoptr (TbScene) scene = tb_scene_new (text);
      int start = g_test_rand_int_range (0, 50000), seconds = g_test_rand_int_range (2, 36000), cut = g_test_rand_int_range (1, seconds);
      TbRatedCall whole, first, rest;

      rate_at (scene, start, seconds, &whole);
      rate_at (scene, start, cut, &first);
      rate_at (scene, start + cut, seconds - cut, &rest);
      if (whole.charge != first.charge + rest.charge)
        g_test_message ("%s: %d s from %d, cut at %d", text, seconds, start, cut);
      g_assert_cmpint (whole.charge, ==, first.charge + rest.charge);
      g_assert_cmpint (whole.billed, ==, seconds);
    }
}

/* ---- explanations ---- */

static const TbRate *
rate_by_id (TbScene *scene, guint id)
{
  GPtrArray *rates = ((TbTariff *) scene->setup->tariffs->pdata[0])->rates;

  for (guint i = 0; i < rates->len; i++)
    if (((TbRate *) rates->pdata[i])->id == id)
      return rates->pdata[i];
  return NULL;
}

/* Made from what is stored alone, it comes to the same charge. */
static void
check_explanation (TbScene *scene, const char *text, const TbCall *call, const TbRatedCall *rated)
{
  g_autoptr (GError) error = NULL;
  const TbRatingTerms *terms = tb_rating_get_terms (scene->rating, rated->terms - 1);
  const TbRate *rate = rate_by_id (scene, rated->rate_id);
  const TbExplanationFacts facts = { .call = call, .rated = rated, .rate = rate, .terms = terms };
  g_autoptr (TbExplanation) explanation = tb_explanation_new (&facts, &error);
  gint64 seconds = 0, exact = 0;
  TbAmount charge;

  g_assert_no_error (error);
  for (guint i = 0; i < explanation->price->pieces->len; i++)
    seconds += g_array_index (explanation->price->pieces, TbExplainedPiece, i).seconds;
  g_assert_cmpint (seconds, ==, rated->billed - rated->free);
  g_assert_true (tb_decimal_parse (explanation->price->exact, (gssize) strcspn (explanation->price->exact, "…"), TB_RATE_SCALE, &exact, &error));
  g_assert_true (tb_round_to_amount (exact, TB_DECIMAL_ONE, terms->rounding, &charge, &error));
  if (charge != rated->charge)
    g_test_message ("%s\n%s", text, tb_explanation_to_text (explanation));
  g_assert_cmpint (charge, ==, rated->charge);
}

static void
test_explained (void)
{
  static const char *const set_ups[] = {
    "rate 1 0.60 inc=30/6 fee=0.05; package markup=25 surcharge=0.01",
    "rate 1 0 steps=0:0.60/60/30,30:0.31/7/6; package markup=7.25 unmarked-fee fee=0.03",
    "tariff currency=USD; exchange USD 2026-01-01 1.3725; rate 1 0.61 inc=6/6 min=30 free=5; package markup=12.5",
    "tariff band=split; rate 1 0.60 inc=60/60 fee=0.02 when=00:00-10:01; rate 1 0.30 inc=6/6; package markup=10",
    "tariff band=split; rate 1 0.60 inc=60/60 when=00:00-10:01; rate 1 0.30; pool seconds=100 exact",
    "rate 1 0.60 inc=6/6 fee=0.10; pool seconds=200 fee=0.02; package markup=50",
    "rate 1 0.60 inc=6/6 fee=0.10; pool seconds=200 unit=60",
    "rate 1 9 inc=6/6 fee=0.10; package markup=50 tiers=graduated:minutes:0@0.03,1@0.02,3@0.01",
    "rate 1 9; package tiers=volume:minutes:0@0.03,1@0.02,3@0.01; pool seconds=50 fee=0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (set_ups); i++)
    {
      g_autoptr (TbScene) scene = tb_scene_new (set_ups[i]);

      for (int seconds = 1; seconds < 300; seconds += g_test_rand_int_range (1, 40))
        {
          TbRatedCall rated;
          TbCall call;

          rate_at (scene, 36000, seconds, &rated);
          tb_call_init (&call);
          call.callee = "14165550100";
          call.seconds = seconds;
          check_explanation (scene, set_ups[i], &call, &rated);
        }
    }
}

/* The terms of calls that are not priced by their rate row alone, and what is shown as their price for a minute. */
static void
test_sell_rate (void)
{
  static const struct { const char *set_up, *call, *expected, *reason; } rows[] = {
    { "rate 1 0.60; package markup=25 surcharge=0.20", "1 60", "1", "marked up, with the surcharge" },
    { "rate 1 0 steps=0:0.1/10/10,60:9/60/1", "1 60", "0.6", "the first step, for a minute" },
    { "rate 1 9; package markup=25 surcharge=1 tiers=graduated:minutes:0@0.02", "1 60", "0.02", "the tier's price" },
    { "rate 1 9; package tiers=graduated:minutes:0@0.02,1@0.01", "1 90", "0.02", "that of the first second" },
    { "custom 1 0.30; rate 1 9; package markup=25 surcharge=1", "1 60", "0.3", "a sell price as it stands" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbScene) scene = tb_scene_new (rows[i].set_up);
      g_autofree char *text = NULL;
      GPtrArray *custom = ((TbPackage *) scene->setup->packages->pdata[0])->custom_rates;
      const TbRate *rate;
      TbRatedCall rated;
      TbDecimal sell = 0;

      g_test_message ("%s", rows[i].reason);
      tb_scene_rate (scene, rows[i].call, &rated);
      rate = custom->len > 0 ? custom->pdata[0] : rate_by_id (scene, rated.rate_id);
      g_assert_true (tb_rating_terms_sell_rate (tb_rating_get_terms (scene->rating, rated.terms - 1), rate, &sell, NULL));
      text = tb_decimal_format (sell, TB_RATE_SCALE, 0);
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/properties/monotone", test_monotone);
  g_test_add_func ("/properties/parts", test_parts);
  g_test_add_func ("/properties/explained", test_explained);
  g_test_add_func ("/properties/sell-rate", test_sell_rate);
  return g_test_run ();
}
