/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-bare.h"
#include "bench-contest.h"
#include "bench-lookup.h"
#include "tb-rating.h"

/* bench-rating [CALLS]: in memory and on one core, with 50,000 and with 250,000 prefixes: how fast a prefix is found by the product's tree and rate
 * book and by what one would write first (a trie, a hash for each length, a sorted array), and how fast calls are rated by the product and by bare
 * C. */

typedef struct
{
  const GArray *calls; /* of BenchCall, by tenant and start */
  const GArray *views; /* of TbCall: the same as a reader hands them over */
  TbRating *rating;
  BareRater bare;
  guint64 priced;
} Rally;

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const BenchCall *x = a, *y = b;
  int order = strcmp (x->tenant, y->tenant);

  return order != 0 ? order : (x->start > y->start) - (x->start < y->start);
}

static TbCall
view_of (const BenchCall *call)
{
  TbCall view;

  tb_call_init (&view);
  view.uid = call->uid;
  view.tenant = call->tenant;
  view.extension = call->extension;
  view.caller = call->caller;
  view.callee = call->callee;
  view.did = call->did;
  view.direction = call->direction;
  view.start = call->start;
  view.ring = call->ring;
  view.seconds = call->seconds;
  view.duration = call->ring + call->seconds;
  return view;
}


/* Calls of one tenant share its name. */
static GArray *
make_views (const GArray *calls)
{
  GArray *views = g_array_sized_new (FALSE, FALSE, sizeof (TbCall), calls->len);
  const char *tenant = "";

  for (guint i = 0; i < calls->len; i++)
    {
      TbCall view = view_of (&g_array_index (calls, BenchCall, i));

      if (strcmp (tenant, view.tenant) != 0)
        tenant = view.tenant;
      view.tenant = tenant;
      g_array_append_val (views, view);
    }
  return views;
}

/* Charges and costs together: what the ways must agree in. */
static guint64
by_bare_loop (gpointer data)
{
  Rally *rally = data;
  guint64 sum = 0;

  bare_rater_refill (&rally->bare);
  for (guint i = 0; i < rally->calls->len; i++)
    {
      const BenchCall *call = &g_array_index (rally->calls, BenchCall, i);
      BareRated rated;

      bare_rate (&rally->bare, (guint) atoi (call->tenant + 1) - 1, call->direction, call->seconds, call->callee, &rated);
      sum += (guint64) (rated.charge + rated.cost);
    }
  return sum;
}

static guint64
rate_calls (Rally *rally, TbRating *rating, GError **error)
{
  g_autoptr (TbRatingState) state = tb_rating_state_new (rating);
  TbRatingTenant *tenant = NULL;
  const char *name = NULL;
  guint64 sum = 0;

  rally->priced = 0;
  for (guint i = 0; i < rally->views->len; i++)
    {
      const TbCall *call = &g_array_index (rally->views, TbCall, i);
      TbRatedCall rated;

      if (name != call->tenant)
        tenant = tb_rating_get_tenant (rating, 0, name = call->tenant);
      if (!tb_rating_rate (rating, state, tenant, call, &rated, error))
        return 0;
      sum += (guint64) (rated.charge + rated.cost);
      rally->priced += rated.status == TB_CALL_RATED || rated.status == TB_CALL_INCLUDED;
    }
  return sum;
}

static guint64
by_product (gpointer data)
{
  Rally *rally = data;
  g_autoptr (GError) error = NULL;
  guint64 sum = rate_calls (rally, rally->rating, &error);

  if (error != NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      exit (1);
    }
  return sum;
}

static gboolean
rate_all (const GArray *deck, const TbSetup *setup, const GArray *calls)
{
  g_autoptr (TbRating) rating = tb_rating_new (setup, NULL);
  g_autoptr (GArray) views = make_views (calls);
  Rally rally = { .calls = calls, .views = views, .rating = rating };
  const BenchWay ways[] = { { "bare loop", by_bare_loop, &rally }, { "rating with cost", by_product, &rally, 150 } };
  gboolean ok;

  bare_rater_init (&rally.bare);
  for (guint i = 0; i < deck->len; i++)
    {
      const BenchRate *row = &g_array_index (deck, BenchRate, i);

      bare_rater_add (&rally.bare, row->prefix, (BareRate){ i, row->rate, row->initial, row->next });
    }
  printf ("rating %u calls with %u prefixes\n", calls->len, deck->len);
  ok = bench_contest (ways, G_N_ELEMENTS (ways), calls->len);
  printf ("  %" G_GUINT64_FORMAT " got a price\n", rally.priced);
  bare_rater_clear (&rally.bare);
  return ok;
}

static gboolean
run (guint prefixes, guint n)
{
  g_autoptr (GArray) deck = bench_deck_new (prefixes);
  g_autoptr (TbSetup) setup = bench_setup_new (deck);
  g_autoptr (GArray) calls = g_array_sized_new (FALSE, FALSE, sizeof (BenchCall), n);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  BenchCalls *stream = bench_calls_new (deck, n);
  BenchCall call;
  gboolean ok;

  while (bench_calls_next (stream, &call))
    {
      g_array_append_val (calls, call);
      if (call.direction == TB_DIRECTION_OUTBOUND)
        g_ptr_array_add (numbers, g_str_has_prefix (call.callee, "011") ? g_strdup (call.callee + 3)
                                  : strlen (call.callee) == 10         ? g_strconcat ("1", call.callee, NULL)
                                                                       : g_strdup (call.callee));
    }
  bench_calls_free (stream);
  ok = bench_look_up (deck, setup->tariffs->pdata[0], numbers);
  g_array_sort (calls, compare_calls);
  return rate_all (deck, setup, calls) && ok;
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  gboolean small = run (50000, n), large = run (250000, n);

  return small && large ? 0 : 1;
}
