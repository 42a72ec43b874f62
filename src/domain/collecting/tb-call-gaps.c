/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-gaps.h"

#include <string.h>

#define HOUR 3600
#define WEEK (7 * 86400)
#define WEEKS 4
#define CERTAIN 8 /* calls come in without one in e^-8 of such hours, one in three thousand */

/* ---- quiet hours ---- */

/* The same hour by the clock, `weeks` before. */
static gint64
same_hour (gint64 time, guint weeks, TbZone *zone)
{
  gint64 then = time - (gint64) weeks * WEEK;

  return then + tb_zone_offset_at (zone, time) - tb_zone_offset_at (zone, then);
}

/* The lower median, so that one busy week does not make others suspect. */
static guint32
expect (const guint32 *hours, guint n_hours, gint64 first, gint64 time, TbZone *zone)
{
  guint32 found[WEEKS];
  guint n = 0;

  for (guint week = 1; week <= WEEKS; week++)
    {
      gint64 then = same_hour (time, week, zone) - first;
      guint at = n;

      if (then < 0 || then / HOUR >= n_hours)
        continue;
      for (n++; at > 0 && found[at - 1] > hours[then / HOUR]; at--)
        found[at] = found[at - 1];
      found[at] = hours[then / HOUR];
    }
  return n >= 2 ? found[(n - 1) / 2] : 0;
}

GArray *
tb_call_gaps_find (const guint32 *hours, guint n_hours, gint64 first, gint64 from, gint64 to, TbZone *zone)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (TbCallGap));
  TbCallGap gap = { 0 };

  for (gint64 time = first + (MAX (from - first, 0) + HOUR - 1) / HOUR * HOUR; time + HOUR <= to; time += HOUR)
    {
      gint64 i = (time - first) / HOUR;
      gboolean quiet = i < n_hours && hours[i] == 0;
      guint32 expected = quiet ? expect (hours, n_hours, first, time, zone) : 0;

      if (expected > 0)
        gap = (TbCallGap){ gap.expected > 0 ? gap.from : time, time + HOUR, gap.expected + expected };
      if (!quiet || time + 2 * HOUR > to)
        {
          if (gap.expected >= CERTAIN)
            g_array_append_val (gaps, gap);
          gap.expected = 0;
        }
    }
  return gaps;
}

/* ---- missing numbers ---- */

#define MIN_IDS 100
#define MAX_SERIES 1000 /* more beginnings than these: the ids count nothing up */

typedef struct
{
  guint64 number;
  gint64 start;
} Numbered;

struct _TbCallSequence
{
  GHashTable *series; /* what ids begin with → GArray of Numbered */
};

TbCallSequence *
tb_call_sequence_new (void)
{
  TbCallSequence *self = g_new (TbCallSequence, 1);

  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

void
tb_call_sequence_free (TbCallSequence *self)
{
  g_hash_table_unref (self->series);
  g_free (self);
}

void
tb_call_sequence_add (TbCallSequence *self, const char *uid, gint64 start)
{
  gsize len = strlen (uid), head = len;
  g_autofree char *beginning = NULL;
  Numbered numbered;
  GArray *series;

  while (head > 0 && g_ascii_isdigit (uid[head - 1]))
    head--;
  if (head == len || len - head > 18 || g_hash_table_size (self->series) > MAX_SERIES)
    return;
  beginning = g_strndup (uid, head);
  series = g_hash_table_lookup (self->series, beginning);
  if (series == NULL)
    {
      series = g_array_new (FALSE, FALSE, sizeof (Numbered));
      g_hash_table_insert (self->series, g_steal_pointer (&beginning), series);
    }
  numbered = (Numbered){ g_ascii_strtoull (uid + head, NULL, 10), start };
  g_array_append_val (series, numbered);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Numbered *x = a, *y = b;

  return x->number < y->number ? -1 : x->number > y->number;
}

/* At most one number in fifty may be missing; where more are, ids count something else as well. */
static void
list_holes (GArray *series, GArray *holes)
{
  const Numbered *at = (const Numbered *) (gpointer) series->data;

  g_array_sort (series, compare_numbers);
  if (series->len < MIN_IDS || at[series->len - 1].number - at[0].number > series->len + series->len / 50)
    return;
  for (guint i = 1; i < series->len; i++)
    if (at[i].number > at[i - 1].number + 1)
      {
        const TbCallHole hole = { at[i - 1].number + 1, at[i].number - 1, at[i].start };

        g_array_append_val (holes, hole);
      }
}

GArray *
tb_call_sequence_list_holes (TbCallSequence *self)
{
  GArray *holes = g_array_new (FALSE, FALSE, sizeof (TbCallHole));
  GHashTableIter iter;
  gpointer series;

  g_hash_table_iter_init (&iter, self->series);
  while (g_hash_table_size (self->series) <= MAX_SERIES && g_hash_table_iter_next (&iter, NULL, &series))
    list_holes (series, holes);
  return holes;
}
