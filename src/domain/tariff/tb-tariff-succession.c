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

/* The row that `rate` follows: of its prefix, priority and band, the last that began before it and still held then. */
static const TbRate *
find_predecessor (GPtrArray *starts, const TbRate *rate)
{
  const TbRate *found = NULL, *old;
  TbRate probe = *rate;

  for (guint i = find_prefix (starts, rate->prefix);
       (old = row_of_prefix (starts, i, rate->prefix)) != NULL && old->effective_from < rate->effective_from; i++)
    {
      probe.effective_from = old->effective_from;
      if (tb_rate_same_key (&probe, old) && holds_at (old, rate->effective_from - 1))
        found = old;
    }
  return found;
}

/* ---- the next deck ---- */

/* Would everything be as it is without that row of a deck? It says what the row before it says, and nothing comes after that one. */
static gboolean
is_repeated (GPtrArray *before, const TbRate *rate)
{
  const TbRate *old = find_predecessor (before, rate);
  TbRate probe = *rate;
  guint end = find_prefix (before, rate->prefix);

  if (old == NULL)
    return FALSE;
  probe.effective_from = old->effective_from;
  while (row_of_prefix (before, end, rate->prefix) != NULL)
    end++;
  return tb_rate_equal (&probe, old) && ((const TbRate *) before->pdata[end - 1])->effective_from < rate->effective_from;
}

GPtrArray *
tb_tariff_succeed (GPtrArray *before, GPtrArray *deck)
{
  GPtrArray *rates = g_ptr_array_new_full (deck->len, (GDestroyNotify) tb_rate_free);
  g_autoptr (GPtrArray) starts = by_start (deck), old_starts = by_start (before);
  gint64 deck_start = G_MAXINT64;

  for (guint i = 0; i < starts->len; i++)
    {
      const TbRate *rate = starts->pdata[i];
      gboolean first = i == 0 || strcmp (((const TbRate *) starts->pdata[i - 1])->prefix, rate->prefix) != 0;

      deck_start = MIN (deck_start, rate->effective_from);
      if (!first || !is_repeated (old_starts, rate))
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

/* ---- what it changes ---- */

static TbTariffChangeKind
kind_of (const TbRate *before, const TbRate *after)
{
  return after->rate > before->rate ? TB_TARIFF_DEARER : after->rate < before->rate ? TB_TARIFF_CHEAPER : TB_TARIFF_CHANGED;
}

/* A row that is new, beside the one it follows. */
static TbTariffChange
change_that_begins (GPtrArray *starts, const TbRate *rate)
{
  const TbRate *old = find_predecessor (starts, rate);

  return (TbTariffChange){ old != NULL ? kind_of (old, rate) : TB_TARIFF_ADDED, old, rate, rate->effective_from };
}

static gboolean
is_only_ended (const TbRate *before, const TbRate *after)
{
  TbRate probe = *after;

  probe.effective_to = before->effective_to;
  return after->effective_to != TB_TIME_NONE && holds_at (before, after->effective_to) && tb_rate_equal (before, &probe);
}

/* Seen in time, instead of row by row. */
static TbTariffChange
refine (TbTariffChange change, GPtrArray *before, GPtrArray *after)
{
  const TbRate *next;

  if (change.kind == TB_TARIFF_ADDED)
    return change_that_begins (before, change.after);
  if (change.kind == TB_TARIFF_REMOVED && (next = find_predecessor (after, change.before)) != NULL)
    return (TbTariffChange){ kind_of (change.before, next), change.before, next, change.from };
  if (change.kind == TB_TARIFF_CHANGED && is_only_ended (change.before, change.after))
    return (TbTariffChange){ TB_TARIFF_REMOVED, change.before, change.after, change.after->effective_to };
  if (change.kind == TB_TARIFF_CHANGED && is_only_ended (change.after, change.before))
    return (TbTariffChange){ TB_TARIFF_ADDED, change.before, change.after, change.before->effective_to };
  return change;
}

static void
drop_followed (GArray *unchanged, GHashTable *followed)
{
  guint n = 0;

  for (guint i = 0; i < unchanged->len; i++)
    {
      const TbTariffChange *pair = &g_array_index (unchanged, TbTariffChange, i);

      if (!g_hash_table_contains (followed, pair->before) && !g_hash_table_contains (followed, pair->after))
        g_array_index (unchanged, TbTariffChange, n++) = *pair;
    }
  g_array_set_size (unchanged, n);
}

GArray *
tb_tariff_compare_succession (GPtrArray *before, GPtrArray *after, GArray *unchanged)
{
  GArray *changes = tb_tariff_diff_full (before, after, unchanged);
  g_autoptr (GPtrArray) old = by_start (before), new = by_start (after);
  g_autoptr (GHashTable) followed = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      TbTariffChange *change = &g_array_index (changes, TbTariffChange, i);

      *change = refine (*change, old, new);
      g_hash_table_add (followed, (gpointer) change->before);
      g_hash_table_add (followed, (gpointer) change->after);
    }
  if (unchanged != NULL)
    drop_followed (unchanged, followed);
  return changes;
}

/* ---- in time ---- */

static gboolean
is_always (const TbRateBand *band)
{
  return band->days == 0 && band->month == 0 && band->from == 0 && band->to == 0;
}

/* Is there no call that starts at `time` for which `rate` would be asked, because one of `later`, which began after it, is before it? */
static gboolean
is_shadowed (const TbRate *rate, GPtrArray *later, guint first)
{
  TbRate probe = *rate;

  for (guint i = first; i < later->len; i++)
    {
      const TbRate *other = later->pdata[i];

      probe.effective_from = other->effective_from;
      if (tb_rate_same_key (&probe, other) || (is_always (&other->band) && other->effective_from > rate->effective_from))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
tb_tariff_list_at (GPtrArray *rates, gint64 time)
{
  g_autoptr (GPtrArray) starts = by_start (rates);
  GPtrArray *list = g_ptr_array_new ();

  for (guint end = starts->len, first = 0; end > 0;)
    {
      const TbRate *rate = starts->pdata[--end];

      if (list->len == 0 || strcmp (((const TbRate *) list->pdata[list->len - 1])->prefix, rate->prefix) != 0)
        first = list->len;
      if (rate->effective_from <= time && holds_at (rate, time) && !is_shadowed (rate, list, first))
        g_ptr_array_add (list, (gpointer) rate);
    }
  g_ptr_array_sort (list, compare_starts);
  return list;
}

/* Does nothing of its prefix go on where the row ends? */
static gboolean
is_last (GPtrArray *starts, const TbRate *rate)
{
  const TbRate *other;

  for (guint i = find_prefix (starts, rate->prefix);
       (other = row_of_prefix (starts, i, rate->prefix)) != NULL && other->effective_from <= rate->effective_to; i++)
    if (holds_at (other, rate->effective_to))
      return FALSE;
  return TRUE;
}

GArray *
tb_tariff_list_pending (GPtrArray *rates, gint64 now)
{
  g_autoptr (GPtrArray) starts = by_start (rates);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (TbTariffChange));

  for (guint i = 0; i < starts->len; i++)
    {
      const TbRate *rate = starts->pdata[i];

      if (rate->effective_from > now)
        {
          TbTariffChange change = change_that_begins (starts, rate);

          g_array_append_val (changes, change);
        }
      if (rate->effective_to != TB_TIME_NONE && rate->effective_to > now && is_last (starts, rate))
        {
          TbTariffChange change = { TB_TARIFF_REMOVED, rate, rate, rate->effective_to };

          g_array_append_val (changes, change);
        }
    }
  return changes;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const TbTariffStart *) a)->from, right = ((const TbTariffStart *) b)->from;

  return (left > right) - (left < right);
}

void
tb_tariff_merge_starts (GArray *self)
{
  guint n = 0;

  g_array_sort (self, compare_groups);
  for (guint i = 0; i < self->len; i++)
    {
      const TbTariffStart *group = &g_array_index (self, TbTariffStart, i);
      TbTariffStart *last = n > 0 ? &g_array_index (self, TbTariffStart, n - 1) : NULL;

      if (last == NULL || last->from != group->from)
        g_array_index (self, TbTariffStart, n++) = *group;
      else
        for (guint kind = 0; kind < TB_TARIFF_N_CHANGE_KINDS; kind++)
          last->counts[kind] += group->counts[kind];
    }
  g_array_set_size (self, n);
}

GArray *
tb_tariff_group_starts (GArray *changes, gint64 after)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (TbTariffStart));

  for (guint i = 0; i < changes->len; i++)
    {
      const TbTariffChange *change = &g_array_index (changes, TbTariffChange, i);
      TbTariffStart group = { .from = change->from };

      if (group.from == TB_TIME_NONE || group.from <= after)
        continue;
      group.counts[change->kind] = 1;
      g_array_append_val (groups, group);
    }
  tb_tariff_merge_starts (groups);
  return groups;
}
