/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-book.h"

#include <string.h>

#include "tb-prefix-tree.h"

/* The effective dates of an entry, [from, to). */
typedef struct
{
  gint64 from, to;
} Window;

struct _TbRateBook
{
  TbPrefixTree *tree; /* prefix → index of its first entry */
  GArray *entries;    /* of TbRateEntry, those of one prefix together, in the order they are asked */
  GArray *windows;    /* of Window, one an entry */
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
is_banded (const TbRate *rate)
{
  const TbRateBand *band = &rate->band;

  return band->days != 0 || band->month != 0 || band->to != 0 || band->from != 0;
}

/* A fee, minimum or grace of 0 is as good as none where a package gives none either, and with others simple rates are not asked for. */
static gboolean
is_simple (const TbRate *rate)
{
  return rate->rate >= 0 && rate->n_steps == 0 && (rate->connect_fee == TB_DECIMAL_NONE || rate->connect_fee == 0)
         && rate->minimum <= 0 && rate->grace <= 0 && rate->included_seconds == 0 && rate->min_charge == TB_DECIMAL_NONE
         && rate->max_charge == TB_DECIMAL_NONE && rate->increment_style == TB_INCREMENT_FIRST_THEN && rate->initial >= 0
         && rate->initial <= G_MAXUINT16 && rate->next >= 0 && rate->next <= G_MAXUINT16;
}

void
tb_rate_entry_init (TbRateEntry *self, const TbRate *rate)
{
  *self = (TbRateEntry){ .rate = rate, .price = rate->rate, .id = rate->id, .shorter = TB_PREFIX_NONE };

  self->length = (guint8) MIN (strlen (rate->prefix), G_MAXUINT8);
  if (is_banded (rate))
    self->flags |= TB_RATE_ENTRY_BANDED;
  else if (rate->effective_from == TB_TIME_NONE && rate->effective_to == TB_TIME_NONE)
    self->flags |= TB_RATE_ENTRY_ALWAYS;
  if (!rate->enabled)
    self->flags |= TB_RATE_ENTRY_BLOCKED;
  if (is_simple (rate))
    {
      self->flags |= TB_RATE_ENTRY_SIMPLE;
      self->initial = (guint16) rate->initial;
      self->next = (guint16) rate->next;
    }
}

static inline const TbRateEntry *
get_entries (const TbRateBook *self)
{
  return (const TbRateEntry *) (gconstpointer) self->entries->data;
}

/* Rates come in order, so the prefixes of this one are in the tree already. */
static void
add_rate (TbRateBook *self, const TbRate *rate)
{
  TbRateEntry *last = self->entries->len > 0 ? &g_array_index (self->entries, TbRateEntry, self->entries->len - 1) : NULL;
  Window window = { rate->effective_from, rate->effective_to != TB_TIME_NONE ? rate->effective_to : G_MAXINT64 };
  TbRateEntry entry;

  tb_rate_entry_init (&entry, rate);
  if (last != NULL && strcmp (last->rate->prefix, rate->prefix) == 0)
    {
      last->flags |= TB_RATE_ENTRY_MORE;
      entry.shorter = last->shorter;
    }
  else
    {
      entry.shorter = tb_prefix_tree_find (self->tree, rate->prefix);
      tb_prefix_tree_insert (self->tree, rate->prefix, self->entries->len, NULL);
    }
  g_array_append_val (self->entries, entry);
  g_array_append_val (self->windows, window);
}

/* As the books hand them over, rates nearly always are in order: to see that takes a twentieth of sorting them. */
static gboolean
is_sorted (const GPtrArray *rates)
{
  for (guint i = 1; i < rates->len; i++)
    if (compare_rates (&rates->pdata[i - 1], &rates->pdata[i]) > 0)
      return FALSE;
  return TRUE;
}

TbRateBook *
tb_rate_book_new (GPtrArray *rates, TbZone *zone)
{
  TbRateBook *self = g_new0 (TbRateBook, 1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (rates->len);

  self->tree = tb_prefix_tree_new ();
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (TbRateEntry), rates->len);
  self->windows = g_array_sized_new (FALSE, FALSE, sizeof (Window), rates->len);
  self->zone = zone;
  for (guint i = 0; i < rates->len; i++)
    g_ptr_array_add (sorted, rates->pdata[i]);
  if (!is_sorted (sorted))
    g_ptr_array_sort (sorted, compare_rates);
  for (guint i = 0; i < sorted->len; i++)
    add_rate (self, sorted->pdata[i]);
  tb_prefix_tree_finish (self->tree);
  return self;
}

void
tb_rate_book_free (TbRateBook *self)
{
  if (self == NULL)
    return;
  tb_prefix_tree_free (self->tree);
  g_array_unref (self->entries);
  g_array_unref (self->windows);
  g_free (self);
}

gboolean
tb_rate_book_is_empty (const TbRateBook *self)
{
  return self->entries->len == 0;
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
static const TbRateEntry *
in_force (const TbRateBook *self, guint32 first, gint64 when, gint64 at)
{
  const TbRateEntry *entry = get_entries (self) + first;
  const Window *window = &g_array_index (self->windows, Window, first), *dated = NULL;

  for (;; entry++, window++)
    {
      if (dated != NULL && window->from != dated->from)
        return NULL;
      if (window->from <= when && when < window->to)
        {
          dated = window;
          if ((entry->flags & TB_RATE_ENTRY_BANDED) == 0 || band_holds (self, &entry->rate->band, at))
            return entry;
        }
      if ((entry->flags & TB_RATE_ENTRY_MORE) == 0)
        return NULL;
    }
}

/* From the longest prefix to the shortest. */
static inline const TbRateEntry *
find (const TbRateBook *self, const char *digits, gint64 when, gint64 at)
{
  const TbRateEntry *entries = get_entries (self);

  for (guint32 i = tb_prefix_tree_find (self->tree, digits); i != TB_PREFIX_NONE; i = entries[i].shorter)
    {
      const TbRateEntry *entry = (entries[i].flags & TB_RATE_ENTRY_ALWAYS) != 0 ? &entries[i] : in_force (self, i, when, at);

      if (entry != NULL)
        return entry;
    }
  return NULL;
}

const TbRateEntry *
tb_rate_book_find_entry (const TbRateBook *self, const char *digits, gint64 when)
{
  return find (self, digits, when, when);
}

const TbRate *
tb_rate_book_find (const TbRateBook *self, const char *digits, gint64 when, gboolean exact)
{
  const TbRateEntry *entry = find (self, digits, when, when);

  return entry == NULL || (exact && entry->length != strlen (digits)) ? NULL : entry->rate;
}

const TbRate *
tb_rate_book_find_at (const TbRateBook *self, const char *digits, gint64 when, gint64 at)
{
  const TbRateEntry *entry = find (self, digits, when, at);

  return entry != NULL ? entry->rate : NULL;
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

/* The earliest border of the band in (at, *border] replaces *border. */
static void
pull_border (const TbRateBook *self, const TbRateBand *band, TbDay day, gint64 midnight, gint64 at, gint64 *border)
{
  const int seconds[] = { band->from, band->to };

  for (guint k = 0; k < G_N_ELEMENTS (seconds); k++)
    {
      gint64 own = seconds[k] < 86400 ? border_at (self, day, seconds[k], at) : midnight;

      if (own > at)
        *border = MIN (*border, own);
    }
}

gint64
tb_rate_book_next_border (const TbRateBook *self, const char *digits, gint64 at)
{
  const TbRateEntry *entries = get_entries (self);
  TbDay day = tb_zone_day_at (self->zone, at);
  gint64 midnight = tb_zone_to_utc (self->zone, day + 1, 0, FALSE), border = midnight;
  gboolean banded = FALSE;

  for (guint32 i = tb_prefix_tree_find (self->tree, digits); i != TB_PREFIX_NONE; i = entries[i].shorter)
    for (const TbRateEntry *entry = &entries[i];; entry++)
      {
        if ((entry->flags & TB_RATE_ENTRY_BANDED) != 0)
          {
            banded = TRUE;
            pull_border (self, &entry->rate->band, day, midnight, at, &border);
          }
        if ((entry->flags & TB_RATE_ENTRY_MORE) == 0)
          break;
      }
  return banded ? next_jump (self, at, border) : G_MAXINT64;
}
