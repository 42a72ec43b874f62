/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "bench-clock.h"
#include "bench-data.h"
#include "tb-prefix-tree.h"
#include "tb-rate-book.h"
#include "tb-rating.h"

/* bench-rating [CALLS]: in memory and on one core: how fast a prefix is found among 50,000 and 250,000, by the product's tree and rate book and
 * by what one would write first (a hash for each length, a sorted array), and how fast calls are rated. Best of five. */

#define ROUNDS 5
#define NAME_WIDTH 34

typedef struct
{
  GArray *deck;
  GPtrArray *numbers; /* of char *, as dialled by the month's calls, in E.164 */
} Field;

typedef guint64 (*Find) (gpointer index, const char *digits);

static void
measure (const char *name, const Field *field, Find find, gpointer index, guint64 expected)
{
  double best = 0;
  guint64 sum = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      double since = bench_cpu ();

      sum = 0;
      for (guint i = 0; i < field->numbers->len; i++)
        sum += find (index, field->numbers->pdata[i]);
      since = bench_cpu () - since;
      best = round == 0 || since < best ? since : best;
    }
  printf ("  %-*s %6.1f ns %8.1f million/s%s\n", NAME_WIDTH, name, best * 1e9 / field->numbers->len, field->numbers->len / best / 1e6,
          expected == 0 || sum == expected ? "" : "  WRONG");
}

/* ---- the candidates: each gives the index of the longest prefix's row plus one ---- */

static guint64
find_in_tree (gpointer index, const char *digits)
{
  guint32 values[TB_PREFIX_MAX + 1];
  guint n = tb_prefix_tree_match (index, digits, values);

  return n > 0 ? values[n - 1] + 1 : 0;
}

static guint64
find_in_book (gpointer index, const char *digits)
{
  const TbRate *rate = tb_rate_book_find (index, digits, (gint64) tb_day_from_ymd (BENCH_YEAR, BENCH_MONTH, 5) * 86400, FALSE);

  return rate != NULL ? rate->line : 0;
}

/* One open table for all lengths: the key is the digits behind a 1. */
typedef struct
{
  guint64 *keys;
  guint32 *values;
  guint mask, longest;
} HashByLength;

static guint
slot_of (const HashByLength *self, guint64 key)
{
  guint slot = (guint) (key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32) & self->mask;

  while (self->keys[slot] != 0 && self->keys[slot] != key)
    slot = (slot + 1) & self->mask;
  return slot;
}

static guint64
find_in_hash (gpointer index, const char *digits)
{
  const HashByLength *self = index;
  guint64 keys[32];
  guint n = 0;

  for (guint64 key = 1; digits[n] != '\0' && n < self->longest; n++)
    keys[n] = key = key * 10 + (guint64) (digits[n] - '0');
  while (n > 0)
    {
      guint slot = slot_of (self, keys[--n]);

      if (self->keys[slot] != 0)
        return self->values[slot] + 1;
    }
  return 0;
}

/* The last row not after the number; prefixes before it are looked for shorter and shorter. */
static guint64
find_in_array (gpointer index, const char *digits)
{
  const GArray *deck = index;
  char prefix[16];
  gsize len = MIN (strlen (digits), sizeof prefix - 1);

  memcpy (prefix, digits, len);
  for (; len > 0; len--)
    {
      guint low = 0, high = deck->len;

      prefix[len] = '\0';
      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (strcmp (g_array_index (deck, BenchRate, middle).prefix, prefix) < 0)
            low = middle + 1;
          else
            high = middle;
        }
      if (low < deck->len && strcmp (g_array_index (deck, BenchRate, low).prefix, prefix) == 0)
        return low + 1;
    }
  return 0;
}

/* ---- look-ups ---- */

static void
hash_init (HashByLength *self, const GArray *deck)
{
  self->mask = 1;
  while (self->mask < deck->len * 2)
    self->mask = self->mask * 2 + 1;
  self->keys = g_new0 (guint64, self->mask + 1);
  self->values = g_new0 (guint32, self->mask + 1);
  self->longest = 0;
  for (guint i = 0; i < deck->len; i++)
    {
      const char *prefix = g_array_index (deck, BenchRate, i).prefix;
      guint slot = 0;
      guint64 key = 1;

      for (guint k = 0; prefix[k] != '\0'; k++)
        key = key * 10 + (guint64) (prefix[k] - '0');
      slot = slot_of (self, key);
      self->keys[slot] = key;
      self->values[slot] = i;
      self->longest = MAX (self->longest, (guint) strlen (prefix));
    }
}

static void
look_up (const Field *field, const TbTariff *tariff)
{
  g_autoptr (TbPrefixTree) tree = tb_prefix_tree_new ();
  g_autoptr (TbZone) zone = tb_zone_new ("UTC", NULL);
  g_autoptr (TbRateBook) book = tb_rate_book_new (tariff->rates, zone);
  HashByLength hash;
  guint64 expected = 0;

  for (guint i = 0; i < field->deck->len; i++)
    {
      tb_prefix_tree_insert (tree, g_array_index (field->deck, BenchRate, i).prefix, i, NULL);
      ((TbRate *) tariff->rates->pdata[i])->line = i + 1;
    }
  hash_init (&hash, field->deck);
  for (guint i = 0; i < field->numbers->len; i++)
    expected += find_in_tree (tree, field->numbers->pdata[i]);

  printf ("%u prefixes, %u numbers\n", field->deck->len, field->numbers->len);
  measure ("prefix tree", field, find_in_tree, tree, expected);
  measure ("rate book (tree, dates, bands)", field, find_in_book, book, expected);
  measure ("hash for each length", field, find_in_hash, &hash, expected);
  measure ("sorted array for each length", field, find_in_array, field->deck, expected);
  g_free (hash.keys);
  g_free (hash.values);
}

/* ---- rating ---- */

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

static void
rate_all (const TbSetup *setup, const GArray *calls)
{
  double best = 0;
  guint64 priced = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbRating) rating = tb_rating_new (setup, &error);
      g_autoptr (TbRatingState) state = rating != NULL ? tb_rating_state_new (rating) : NULL;
      TbRatingTenant *tenant = NULL;
      const char *name = "";
      double since = bench_cpu ();

      priced = 0;
      for (guint i = 0; state != NULL && i < calls->len; i++)
        {
          const TbCall call = view_of (&g_array_index (calls, BenchCall, i));
          TbRatedCall rated;

          if (strcmp (name, call.tenant) != 0)
            tenant = tb_rating_get_tenant (rating, 0, name = call.tenant);
          if (!tb_rating_rate (rating, state, tenant, &call, &rated, &error))
            break;
          priced += rated.status == TB_CALL_RATED || rated.status == TB_CALL_INCLUDED;
        }
      if (error != NULL)
        {
          fprintf (stderr, "%s\n", error->message);
          exit (1);
        }
      since = bench_cpu () - since;
      best = round == 0 || since < best ? since : best;
    }
  printf ("  %-*s %6.0f ns %8.2f million/s, %" G_GUINT64_FORMAT " of %u priced, with cost\n", NAME_WIDTH, "rating in memory, one core",
          best * 1e9 / calls->len, calls->len / best / 1e6, priced, calls->len);
}

static void
run (guint prefixes, guint n)
{
  g_autoptr (GArray) deck = bench_deck_new (prefixes);
  g_autoptr (TbSetup) setup = bench_setup_new (deck);
  g_autoptr (GArray) calls = g_array_sized_new (FALSE, FALSE, sizeof (BenchCall), n);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  BenchCalls *stream = bench_calls_new (deck, n);
  Field field = { deck, numbers };
  BenchCall call;

  while (bench_calls_next (stream, &call))
    {
      g_array_append_val (calls, call);
      if (call.direction == TB_DIRECTION_OUTBOUND)
        g_ptr_array_add (numbers, g_str_has_prefix (call.callee, "011") ? g_strdup (call.callee + 3)
                                  : strlen (call.callee) == 10         ? g_strconcat ("1", call.callee, NULL)
                                                                       : g_strdup (call.callee));
    }
  bench_calls_free (stream);
  look_up (&field, setup->tariffs->pdata[0]);
  g_array_sort (calls, compare_calls);
  rate_all (setup, calls);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 1000000;

  run (50000, n);
  run (250000, n);
  return 0;
}
