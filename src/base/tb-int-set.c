/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-int-set.h"

struct _TbIntSet
{
  GArray *ranges; /* of TbIntRange */
  gboolean in_order;
};

TbIntSet *
tb_int_set_new (void)
{
  TbIntSet *self = g_new (TbIntSet, 1);

  self->ranges = g_array_new (FALSE, FALSE, sizeof (TbIntRange));
  self->in_order = TRUE;
  return self;
}

TbIntSet *
tb_int_set_copy (const TbIntSet *self)
{
  TbIntSet *copy = g_new (TbIntSet, 1);

  copy->ranges = g_array_copy (self->ranges);
  copy->in_order = self->in_order;
  return copy;
}

void
tb_int_set_free (TbIntSet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->ranges);
  g_free (self);
}

void
tb_int_set_add (TbIntSet *self, gint64 low, gint64 high)
{
  if (low > high)
    return;
  g_array_append_val (self->ranges, ((TbIntRange){ low, high }));
  self->in_order = FALSE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const TbIntRange *x = a, *y = b;

  return x->low < y->low ? -1 : x->low > y->low;
}

/* Ranges that overlap or touch become one. */
static void
bring_in_order (TbIntSet *self)
{
  TbIntRange *ranges = (TbIntRange *) self->ranges->data;
  guint n = 0;

  if (self->in_order)
    return;
  g_array_sort (self->ranges, compare);
  for (guint i = 0; i < self->ranges->len; i++)
    if (n > 0 && (ranges[n - 1].high == G_MAXINT64 || ranges[i].low <= ranges[n - 1].high + 1))
      ranges[n - 1].high = MAX (ranges[n - 1].high, ranges[i].high);
    else
      ranges[n++] = ranges[i];
  g_array_set_size (self->ranges, n);
  self->in_order = TRUE;
}

TbIntSet *
tb_int_set_complement (TbIntSet *self)
{
  TbIntSet *rest = tb_int_set_new ();
  gint64 from = G_MININT64;

  bring_in_order (self);
  for (guint i = 0; i < self->ranges->len; i++)
    {
      const TbIntRange *range = &g_array_index (self->ranges, TbIntRange, i);

      if (range->low > from)
        tb_int_set_add (rest, from, range->low - 1);
      if (range->high == G_MAXINT64)
        return rest;
      from = range->high + 1;
    }
  tb_int_set_add (rest, from, G_MAXINT64);
  return rest;
}

gboolean
tb_int_set_has (TbIntSet *self, gint64 value)
{
  const TbIntRange *ranges;
  guint low = 0, high;

  bring_in_order (self);
  ranges = (const TbIntRange *) self->ranges->data;
  high = self->ranges->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (value < ranges[middle].low)
        high = middle;
      else if (value > ranges[middle].high)
        low = middle + 1;
      else
        return TRUE;
    }
  return FALSE;
}

guint
tb_int_set_get_n_ranges (TbIntSet *self)
{
  bring_in_order (self);
  return self->ranges->len;
}

const TbIntRange *
tb_int_set_get_ranges (TbIntSet *self)
{
  bring_in_order (self);
  return (const TbIntRange *) self->ranges->data;
}
