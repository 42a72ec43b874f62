/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-succession.h"

#include <string.h>

/* By prefix, then by when they begin; TB_TIME_NONE, "always", is before all. */
static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const TbRate *left = *(const TbRate *const *) a, *right = *(const TbRate *const *) b;
  int order = strcmp (left->prefix, right->prefix);

  return order != 0 ? order : left->effective_from < right->effective_from ? -1 : left->effective_from > right->effective_from;
}

static GPtrArray *
by_start (GPtrArray *rates)
{
  GPtrArray *list = g_ptr_array_sized_new (rates->len);

  for (guint i = 0; i < rates->len; i++)
    g_ptr_array_add (list, rates->pdata[i]);
  g_ptr_array_sort (list, compare_starts);
  return list;
}

/* The place of the first row of that prefix, or where it would be. */
static guint
find_prefix (GPtrArray *list, const char *prefix)
{
  guint low = 0, high = list->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (((const TbRate *) list->pdata[middle])->prefix, prefix) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static const TbRate *
row_of_prefix (GPtrArray *list, guint place, const char *prefix)
{
  const TbRate *rate = place < list->len ? list->pdata[place] : NULL;

  return rate != NULL && strcmp (rate->prefix, prefix) == 0 ? rate : NULL;
}

static gboolean
holds_at (const TbRate *rate, gint64 time)
{
  return rate->effective_to == TB_TIME_NONE || rate->effective_to > time;
}

GPtrArray *
tb_tariff_succeed (GPtrArray *before, GPtrArray *deck)
{
  GPtrArray *rates = g_ptr_array_new_full (deck->len, (GDestroyNotify) tb_rate_free);
  g_autoptr (GPtrArray) starts = by_start (deck);
  gint64 deck_start = G_MAXINT64;

  for (guint i = 0; i < deck->len; i++)
    {
      const TbRate *rate = deck->pdata[i];

      deck_start = MIN (deck_start, rate->effective_from);
      g_ptr_array_add (rates, tb_rate_copy (rate));
    }
  for (guint i = 0; i < before->len; i++)
    {
      const TbRate *old = before->pdata[i];
      const TbRate *successor = row_of_prefix (starts, find_prefix (starts, old->prefix), old->prefix);
      gint64 start = successor != NULL ? successor->effective_from : deck_start;
      TbRate *kept = old->effective_from < start ? tb_rate_copy (old) : NULL;

      if (kept == NULL)
        continue;
      if (successor == NULL && holds_at (kept, start))
        kept->effective_to = start;
      g_ptr_array_add (rates, kept);
    }
  return rates;
}

/* The row that `rate` follows: of its prefix, priority and band, the last that began before it and still held then. */
static const TbRate *
find_predecessor (GPtrArray *starts, const TbRate *rate)
{
  const TbRate *found = NULL, *old;
  TbRate probe = *rate;

  for (guint i = find_prefix (starts, rate->prefix); (old = row_of_prefix (starts, i, rate->prefix)) != NULL && old->effective_from < rate->effective_from; i++)
    {
      probe.effective_from = old->effective_from;
      if (tb_rate_same_key (&probe, old) && holds_at (old, rate->effective_from - 1))
        found = old;
    }
  return found;
}

static gboolean
is_only_ended (const TbRate *before, const TbRate *after)
{
  TbRate probe = *after;

  probe.effective_to = before->effective_to;
  return after->effective_to != TB_TIME_NONE && holds_at (before, after->effective_to) && tb_rate_equal (before, &probe);
}

GArray *
tb_tariff_compare_succession (GPtrArray *before, GPtrArray *after, guint *ret_unchanged)
{
  GArray *changes = tb_tariff_diff (before, after, ret_unchanged);
  g_autoptr (GPtrArray) starts = by_start (before);

  for (guint i = 0; i < changes->len; i++)
    {
      TbTariffChange *change = &g_array_index (changes, TbTariffChange, i);

      if (change->kind == TB_TARIFF_CHANGED && is_only_ended (change->before, change->after))
        change->kind = TB_TARIFF_REMOVED;
      else if (change->kind == TB_TARIFF_ADDED && (change->before = find_predecessor (starts, change->after)) != NULL)
        change->kind = change->after->rate > change->before->rate   ? TB_TARIFF_DEARER
                       : change->after->rate < change->before->rate ? TB_TARIFF_CHEAPER
                                                                    : TB_TARIFF_CHANGED;
    }
  return changes;
}
