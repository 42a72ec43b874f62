/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-lookup.h"

#include <stdio.h>
#include <string.h>

#include "bench-bare.h"
#include "bench-contest.h"
#include "tb-prefix-tree.h"
#include "tb-rate-book.h"

/* Each way gives the index of the longest prefix's row plus one, 0 for none. */

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
find_in_hash (const HashByLength *self, const char *digits)
{
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

/* The last row not after the number; prefixes before it are looked for shorter and shorter. */
static guint64
find_in_array (const GArray *deck, const char *digits)
{
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

/* ---- the ways, over all numbers ---- */

typedef struct
{
  const GArray *deck;
  GPtrArray *numbers;
  BareRater bare;
  TbPrefixTree *tree;
  TbRateBook *book;
  gint64 when;
  HashByLength hash;
} Field;

static guint64
by_bare_trie (gpointer data)
{
  const Field *field = data;
  guint64 sum = 0;

  for (guint i = 0; i < field->numbers->len; i++)
    sum += (guint64) (bare_find (&field->bare, field->numbers->pdata[i]) + 1);
  return sum;
}

static guint64
by_tree (gpointer data)
{
  const Field *field = data;
  guint64 sum = 0;

  for (guint i = 0; i < field->numbers->len; i++)
    sum += tb_prefix_tree_find (field->tree, field->numbers->pdata[i]) + 1;
  return sum;
}

static guint64
by_book (gpointer data)
{
  const Field *field = data;
  guint64 sum = 0;

  for (guint i = 0; i < field->numbers->len; i++)
    {
      const TbRateEntry *entry = tb_rate_book_find_entry (field->book, field->numbers->pdata[i], field->when);

      sum += entry != NULL ? entry->id : 0;
    }
  return sum;
}

static guint64
by_hash (gpointer data)
{
  const Field *field = data;
  guint64 sum = 0;

  for (guint i = 0; i < field->numbers->len; i++)
    sum += find_in_hash (&field->hash, field->numbers->pdata[i]);
  return sum;
}

static guint64
by_array (gpointer data)
{
  const Field *field = data;
  guint64 sum = 0;

  for (guint i = 0; i < field->numbers->len; i++)
    sum += find_in_array (field->deck, field->numbers->pdata[i]);
  return sum;
}

gboolean
bench_look_up (const GArray *deck, TbTariff *tariff, GPtrArray *numbers)
{
  g_autoptr (TbPrefixTree) tree = tb_prefix_tree_new ();
  g_autoptr (TbZone) zone = tb_zone_new ("UTC", NULL);
  g_autoptr (TbRateBook) book = NULL;
  Field field = { .deck = deck, .numbers = numbers, .tree = tree };
  const BenchWay ways[] = { { "bare digit trie", by_bare_trie, &field },
                            { "prefix tree", by_tree, &field, 150 },
                            { "rate book (tree, dates, bands)", by_book, &field },
                            { "hash for each length", by_hash, &field },
                            { "sorted array for each length", by_array, &field } };
  gboolean ok;

  field.when = (gint64) tb_day_from_ymd (BENCH_YEAR, BENCH_MONTH, 5) * 86400;
  bare_rater_init (&field.bare);
  for (guint i = 0; i < deck->len; i++)
    {
      const BenchRate *row = &g_array_index (deck, BenchRate, i);

      bare_rater_add (&field.bare, row->prefix, (BareRate){ i, row->rate, row->initial, row->next });
      tb_prefix_tree_insert (tree, row->prefix, i, NULL);
    }
  tb_prefix_tree_finish (tree);
  for (guint i = 0; i < tariff->rates->len; i++)
    ((TbRate *) tariff->rates->pdata[i])->id = i + 1;
  field.book = book = tb_rate_book_new (tariff->rates, zone);
  hash_init (&field.hash, deck);

  printf ("the longest of %u prefixes of %u numbers\n", deck->len, numbers->len);
  ok = bench_contest (ways, G_N_ELEMENTS (ways), numbers->len);
  bare_rater_clear (&field.bare);
  g_free (field.hash.keys);
  g_free (field.hash.values);
  return ok;
}
