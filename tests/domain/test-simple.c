/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"
#include "tb-scene.h"

/* Simple calls take a short way through the rating. It must come to what the long way comes to, for any set-up and any calls; so random companies
 * are rated twice. The seed is GLib's: "--seed" repeats a failure. */

#define COMPANIES 1500
#define CALLS 60

static const char *
one_of (const char *const *words, guint n)
{
  return words[g_test_rand_int_range (0, (gint32) n)];
}
#define ONE_OF(...) one_of ((const char *const[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

/* "" mostly: what makes a price less simple must not be in every company. */
#define SELDOM(...) (g_test_rand_int_range (0, 8) == 0 ? ONE_OF (__VA_ARGS__) : "")

static void
add_rate (GString *text, const char *list, const char *prefix)
{
  g_string_append_printf (text, "; %s %s %s%s%s%s%s%s%s%s%s", list, prefix, ONE_OF ("0", "0.0065", "0.012345678901", "0.6", "3", "900000.000000000001"),
                          ONE_OF ("", " inc=1/1", " inc=6/6", " inc=30/6", " inc=60/60", " inc=7/13"), SELDOM (" style=multiple"), SELDOM (" fee=0", " fee=0.05"),
                          SELDOM (" min=0", " min=30"), SELDOM (" grace=0", " grace=4"), SELDOM (" free=5"), SELDOM (" least=0.02", " most=1.5"),
                          SELDOM (" off", " steps=0:0.1/60/30,30:0.05/60/6", " when=1-5,08:00-12:00", " from=2026-10-05", " to=2026-10-04"));
}

static void
add_rates (GString *text, const char *list, guint n)
{
  static const char *const prefixes[] = { "1", "14", "1416", "141655", "44", "442", "14165550100" };

  for (guint i = 0; i < n; i++)
    add_rate (text, list, prefixes[(i + (guint) g_test_rand_int_range (0, 2)) % G_N_ELEMENTS (prefixes)]);
}

static char *
random_company (void)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "exchange USD 2026-10-01 1.365417; exchange EUR 2026-10-01 1.487211; tariff currency=%s%s; cost-tariff currency=%s round=%s:%d",
                          ONE_OF ("CAD", "USD", "EUR"), SELDOM (" band=split"), ONE_OF ("CAD", "USD"), ONE_OF ("half-up", "half-even", "up", "down"),
                          g_test_rand_int_range (0, 10));
  g_string_append_printf (text, "; package round=%s:%d markup=%s%s%s%s%s%s%s bill-inbound", ONE_OF ("half-up", "half-even", "up", "down"),
                          g_test_rand_int_range (0, 10), ONE_OF ("0", "25", "7.3", "-10", "-100", "12.345678901234"),
                          SELDOM (" surcharge=0.01"), SELDOM (" inc=60/60", " inc=1/1", " inc=20/7"), SELDOM (" min=0", " min=20"), SELDOM (" grace=0", " grace=3"),
                          SELDOM (" fee=0", " fee=0.1"), SELDOM (" match=longest", " match=exact"));
  add_rates (text, "rate", 5);
  add_rates (text, "cost", 4);
  add_rates (text, "custom", (guint) g_test_rand_int_range (0, 3));
  add_rates (text, "client", (guint) g_test_rand_int_range (0, 2));
  add_rate (text, "inbound", "-");
  if (g_test_rand_int_range (0, 4) == 0)
    add_rate (text, "flat", "-");
  for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
    g_string_append_printf (text, "; pool name=%d seconds=%d%s%s%s%s prio=%d", i, g_test_rand_int_range (1, 900), ONE_OF ("", " scope=1416", " scope=inbound,44"),
                            ONE_OF ("", " unit=60", " unit=7"), SELDOM (" exact"), SELDOM (" fee=0.02", " fee=0"), g_test_rand_int_range (1, 4));
  return g_string_free (text, FALSE);
}

/* A few days of October, in order; some calls last for weeks. */
static TbCall
random_call (guint i)
{
  TbCall call;

  tb_call_init (&call);
  call.uid = "u";
  call.tenant = "a";
  call.start = (gint64) tb_day_from_ymd (2026, 10, 1) * 86400 + i * 9000;
  call.callee = ONE_OF ("14165550100", "14165559", "15145550142", "442071838750", "4", "33123");
  call.seconds = g_test_rand_int_range (1, g_test_rand_int_range (0, 10) == 0 ? 2600000 : 400);
  call.duration = call.seconds;
  call.ring = 0;
  call.direction = g_test_rand_int_range (0, 6) == 0 ? TB_DIRECTION_INBOUND : TB_DIRECTION_OUTBOUND;
  return call;
}

/* Terms with pieces are one call's own. */
static gboolean
same_terms (TbRating *rating, guint32 a, guint32 b)
{
  const char *text = a != 0 ? tb_rating_get_terms (rating, a - 1)->pieces : NULL;

  return a == b || (text != NULL && b != 0 && g_strcmp0 (text, tb_rating_get_terms (rating, b - 1)->pieces) == 0);
}

static gboolean
equal (TbRating *rating, const TbRatedCall *a, const TbRatedCall *b)
{
  return a->status == b->status && a->source == b->source && a->rule == b->rule && a->service_id == b->service_id && a->client_id == b->client_id
         && a->rate_id == b->rate_id && a->cost_rate_id == b->cost_rate_id && same_terms (rating, a->terms, b->terms)
         && g_strcmp0 (a->number, b->number) == 0 && a->billed == b->billed && a->free == b->free && a->charge == b->charge && a->currency == b->currency && a->cost == b->cost
         && a->cost_currency == b->cost_currency;
}

/* Either both ways give the same, or both find the charge too large. */
static gboolean
same_result (TbRating *rating, TbRatingState *const states[2], const TbCall *call, TbRatedCall *ret)
{
  TbRatingTenant *tenant = tb_rating_get_tenant (rating, 0, "a");
  TbRatedCall rated[2];
  gboolean ok[2];

  for (guint i = 0; i < 2; i++)
    {
      rating->thorough = i == 1;
      ok[i] = tb_rating_rate (rating, states[i], tenant, call, &rated[i], NULL);
    }
  *ret = ok[0] ? rated[0] : (TbRatedCall){ 0 };
  return ok[0] == ok[1] && (!ok[0] || equal (rating, &rated[0], &rated[1]));
}

static void
test_both_ways (void)
{
  guint n_simple = 0, n_charged = 0, n_included = 0;

  for (guint company = 0; company < COMPANIES; company++)
    {
      g_autofree char *text = random_company ();
      g_autoptr (TbScene) scene = tb_scene_new (text);
      TbRating *rating = tb_scene_get_rating (scene, NULL);
      g_autoptr (TbRatingState) thorough = tb_rating_state_new (rating);
      TbRatingState *const states[] = { scene->state, thorough };

      n_simple += tb_rating_compile_plan (rating, scene->setup->packages->pdata[0], NULL)->simple;
      for (guint i = 0; i < CALLS; i++)
        {
          const TbCall call = random_call (i);
          TbRatedCall rated;
          gboolean same = same_result (rating, states, &call, &rated);

          if (!same)
            g_test_message ("%s: call %u to %s, %d s", text, i, call.callee, call.seconds);
          g_assert_true (same);
          n_charged += rated.charge > 0 && rated.cost > 0;
          n_included += rated.status == TB_CALL_INCLUDED;
        }
    }
  /* The companies are neither all simple nor none. */
  g_assert_cmpuint (n_simple, >, COMPANIES / 5);
  g_assert_cmpuint (n_simple, <, COMPANIES * 4 / 5);
  g_assert_cmpuint (n_charged, >, COMPANIES * CALLS / 10);
  g_assert_cmpuint (n_included, >, COMPANIES * CALLS / 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simple/both-ways", test_both_ways);
  return g_test_run ();
}
