/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-book.h"

#include <string.h>

#include "tb-prefix-tree.h"

struct _TbRateBook
{
  TbPrefixTree *tree; /* prefix → index of its first entry */
  GPtrArray *entries; /* of const TbRate, those of one prefix together, in the order they are asked; NULL ends a prefix */
  TbZone *zone;
};

/* Latest effective date first, then highest priority; rates tied to a band before those that always hold. */
static int
compare_rates (gconstpointer a, gconstpointer b)
{
  const TbRate *x = *(const TbRate *const *) a, *y = *(const TbRate *const *) b;
  int order = strcmp (x->prefix, y->prefix);

  if (order == 0)
    order = x->effective_from > y->effective_from ? -1 : x->effective_from < y->effective_from;
  if (order == 0)
    order = x->priority > y->priority ? -1 : x->priority < y->priority;
  if (order == 0)
    order = (y->band.month != 0) - (x->band.month != 0);
  if (order == 0)
    order = (y->band.to != 0 || y->band.days != 0) - (x->band.to != 0 || x->band.days != 0);
  return order;
}

TbRateBook *
tb_rate_book_new (GPtrArray *rates, TbZone *zone)
{
  TbRateBook *self = g_new0 (TbRateBook, 1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (rates->len);

  self->tree = tb_prefix_tree_new ();
  self->entries = g_ptr_array_sized_new (rates->len * 2);
  self->zone = zone;
  for (guint i = 0; i < rates->len; i++)
    g_ptr_array_add (sorted, rates->pdata[i]);
  g_ptr_array_sort (sorted, compare_rates);

  for (guint i = 0; i < sorted->len; i++)
    {
      const TbRate *rate = sorted->pdata[i];
      const TbRate *before = i > 0 ? sorted->pdata[i - 1] : NULL;

      if (before == NULL || strcmp (before->prefix, rate->prefix) != 0)
        {
          g_ptr_array_add (self->entries, NULL);
          tb_prefix_tree_insert (self->tree, rate->prefix, self->entries->len, NULL);
        }
      g_ptr_array_add (self->entries, (gpointer) rate);
    }
  g_ptr_array_add (self->entries, NULL);
  return self;
}

void
tb_rate_book_free (TbRateBook *self)
{
  if (self == NULL)
    return;
  tb_prefix_tree_free (self->tree);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

gboolean
tb_rate_book_is_empty (const TbRateBook *self)
{
  return self->entries->len <= 1;
}

static gboolean
always_holds (const TbRateBand *band)
{
  return band->days == 0 && band->month == 0 && band->to == 0 && band->from == 0;
}

static gboolean
band_holds (const TbRateBook *self, const TbRateBand *band, gint64 at)
{
  TbDay day;
  int second;

  if (always_holds (band))
    return TRUE;

  day = tb_zone_day_at (self->zone, at);
  second = tb_zone_second_of_day_at (self->zone, at);
  /* A window that wraps over midnight belongs to the day on which it began. */
  if (band->to != 0 && band->to < band->from)
    {
      if (second < band->to)
        day--;
      else if (second < band->from)
        return FALSE;
    }
  else if (second < band->from || (band->to != 0 && second >= band->to))
    return FALSE;

  if (band->days != 0 && (band->days & 1 << (tb_day_weekday (day) - 1)) == 0)
    return FALSE;
  if (band->month != 0)
    {
      int month, mday;

      tb_day_to_ymd (day, NULL, &month, &mday);
      if (month != band->month || mday != band->day)
        return FALSE;
    }
  return TRUE;
}

/* Effective dates, at `when`, decide before bands, at `at`: the rows of the latest date in force, and among them the first whose band holds. */
static const TbRate *
in_force (const TbRateBook *self, guint first, gint64 when, gint64 at)
{
  gint64 date = 0;
  gboolean dated = FALSE;

  for (guint i = first; self->entries->pdata[i] != NULL; i++)
    {
      const TbRate *rate = self->entries->pdata[i];

      if (dated && rate->effective_from != date)
        break;
      if (rate->effective_from > when || (rate->effective_to != TB_TIME_NONE && when >= rate->effective_to))
        continue;
      date = rate->effective_from;
      dated = TRUE;
      if (band_holds (self, &rate->band, at))
        return rate;
    }
  return NULL;
}

const TbRate *
tb_rate_book_find (const TbRateBook *self, const char *digits, gint64 when, gboolean exact)
{
  guint32 firsts[TB_PREFIX_MAX + 1];
  guint n = tb_prefix_tree_match (self->tree, digits, firsts);

  while (n > 0)
    {
      const TbRate *rate = in_force (self, firsts[--n], when, when);

      if (exact && (rate == NULL || strcmp (rate->prefix, digits) != 0))
        return NULL;
      if (rate != NULL)
        return rate;
    }
  return NULL;
}

const TbRate *
tb_rate_book_find_at (const TbRateBook *self, const char *digits, gint64 when, gint64 at)
{
  guint32 firsts[TB_PREFIX_MAX + 1];
  guint n = tb_prefix_tree_match (self->tree, digits, firsts);
  const TbRate *rate = NULL;

  while (n > 0 && rate == NULL)
    rate = in_force (self, firsts[--n], when, at);
  return rate;
}

/* ---- borders ---- */

/* Clocks jump at most once a day; the day's second wall-clock border may then lie on either side of the jump. */
static gint64
border_at (const TbRateBook *self, TbDay day, int second, gint64 at)
{
  gint64 first = tb_zone_to_utc (self->zone, day, second, FALSE);

  return first > at ? first : tb_zone_to_utc (self->zone, day, second, TRUE);
}

/* The instant in (at, end] at which the clock jumps, or `end`. */
static gint64
next_jump (const TbRateBook *self, gint64 at, gint64 end)
{
  int offset = tb_zone_offset_at (self->zone, at);

  if (tb_zone_offset_at (self->zone, end) == offset)
    return end;
  while (end - at > 1)
    {
      gint64 middle = at + (end - at) / 2;

      if (tb_zone_offset_at (self->zone, middle) == offset)
        at = middle;
      else
        end = middle;
    }
  return end;
}

gint64
tb_rate_book_next_border (const TbRateBook *self, const char *digits, gint64 at)
{
  guint32 firsts[TB_PREFIX_MAX + 1];
  guint n = tb_prefix_tree_match (self->tree, digits, firsts);
  TbDay day = tb_zone_day_at (self->zone, at);
  gint64 midnight = tb_zone_to_utc (self->zone, day + 1, 0, FALSE), border = midnight;
  gboolean banded = FALSE;

  while (n > 0)
    for (guint i = firsts[--n]; self->entries->pdata[i] != NULL; i++)
      {
        const TbRateBand *band = &((const TbRate *) self->entries->pdata[i])->band;
        const int seconds[] = { band->from, band->to };

        if (always_holds (band))
          continue;
        banded = TRUE;
        for (guint k = 0; k < G_N_ELEMENTS (seconds); k++)
          {
            gint64 own = seconds[k] < 86400 ? border_at (self, day, seconds[k], at) : midnight;

            if (own > at)
              border = MIN (border, own);
          }
      }
  return banded ? next_jump (self, at, border) : G_MAXINT64;
}
