/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-book.h"

#include <string.h>

#include "tb-prefix-tree.h"

/* What decides whether a rate holds, side by side: the rates themselves lie far apart in memory. */
typedef struct
{
  const TbRate *rate; /* NULL ends a prefix */
  gint64 from, to;
  gboolean always; /* on every day, at every hour */
} Entry;

struct _TbRateBook
{
  TbPrefixTree *tree; /* prefix → index of its first entry */
  GArray *entries;    /* of Entry, those of one prefix together, in the order they are asked */
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

static gboolean
always_holds (const TbRateBand *band)
{
  return band->days == 0 && band->month == 0 && band->to == 0 && band->from == 0;
}

static void
add_entry (TbRateBook *self, const TbRate *rate)
{
  Entry entry = { rate, rate->effective_from, rate->effective_to != TB_TIME_NONE ? rate->effective_to : G_MAXINT64, always_holds (&rate->band) };

  g_array_append_val (self->entries, entry);
}

static void
end_prefix (TbRateBook *self)
{
  Entry end = { NULL };

  g_array_append_val (self->entries, end);
}

static const Entry *
first_entry (const TbRateBook *self, guint32 first)
{
  return &g_array_index (self->entries, Entry, first);
}

TbRateBook *
tb_rate_book_new (GPtrArray *rates, TbZone *zone)
{
  TbRateBook *self = g_new0 (TbRateBook, 1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (rates->len);

  self->tree = tb_prefix_tree_new ();
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), rates->len * 2 + 1);
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
          end_prefix (self);
          tb_prefix_tree_insert (self->tree, rate->prefix, self->entries->len, NULL);
        }
      add_entry (self, rate);
    }
  end_prefix (self);
  return self;
}

void
tb_rate_book_free (TbRateBook *self)
{
  if (self == NULL)
    return;
  tb_prefix_tree_free (self->tree);
  g_array_unref (self->entries);
  g_free (self);
}

gboolean
tb_rate_book_is_empty (const TbRateBook *self)
{
  return self->entries->len <= 1;
}

static gboolean
band_holds (const TbRateBook *self, const TbRateBand *band, gint64 at)
{
  TbDay day;
  int second;

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
in_force (const TbRateBook *self, guint32 first, gint64 when, gint64 at)
{
  gint64 date = 0;
  gboolean dated = FALSE;

  for (const Entry *entry = first_entry (self, first); entry->rate != NULL; entry++)
    {
      if (dated && entry->from != date)
        break;
      if (entry->from > when || when >= entry->to)
        continue;
      date = entry->from;
      dated = TRUE;
      if (entry->always || band_holds (self, &entry->rate->band, at))
        return entry->rate;
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
    for (const Entry *entry = first_entry (self, firsts[--n]); entry->rate != NULL; entry++)
      {
        const TbRateBand *band = &entry->rate->band;
        const int seconds[] = { band->from, band->to };

        if (entry->always)
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
