/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"

/* Step 9: a call that runs through several time bands is cut at their borders. Each piece is rounded up to its own increment, and an
 * overshoot eats into the next band just as it does into the next step. */

static void
append_steps (const TbSteps *steps, gint64 from, gint64 to, gboolean round, GArray *pieces)
{
  guint before = pieces->len, n;

  g_array_set_size (pieces, before + TB_STEPS_MAX);
  n = tb_steps_cut (steps, from, to, round, &g_array_index (pieces, TbPiece, before));
  g_array_set_size (pieces, before + n);
}

/* The rate at an instant of the call. Where none holds, or one that blocks, `rate` goes on: a call that was let through is not cut off. */
static const TbRate *
rate_at (const TbCut *self, const TbRate *rate, gint64 at)
{
  const TbRate *found = tb_rate_book_find_at (self->book, self->number, self->start, at);

  return found != NULL && found->enabled ? found : rate;
}

/* The first second, at most `to`, at which another rate holds than at `from`. */
static gint64
band_end (const TbCut *self, const TbRate *rate, gint64 from, gint64 to)
{
  gint64 at = self->origin + from;

  do
    at = tb_rate_book_next_border (self->book, self->number, at);
  while (at < self->origin + to && rate_at (self, rate, at) == rate);
  return MIN (at - self->origin, to);
}

gint64
tb_pieces_sum (const GArray *pieces)
{
  const TbPiece *last = pieces->len > 0 ? &g_array_index (pieces, TbPiece, pieces->len - 1) : NULL;

  return last != NULL ? last->from + last->seconds : 0;
}

gboolean
tb_cut_pieces (const TbCut *self, gint64 seconds, gboolean round, GArray *pieces, gboolean *ret_split, GError **error)
{
  const TbRate *rate = self->rate;
  gboolean split = FALSE;
  TbSteps steps;

  g_array_set_size (pieces, 0);
  if (self->book == NULL)
    append_steps (self->steps, 0, seconds, round, pieces);
  for (gint64 at = 0; self->book != NULL && at < seconds; at = tb_pieces_sum (pieces))
    {
      rate = rate_at (self, rate, self->origin + at); /* an overshoot or free seconds may have passed a border */
      split |= rate != self->rate;
      if (!tb_price_init_steps (&steps, rate, self->package, TRUE, error))
        return FALSE;
      append_steps (&steps, at, band_end (self, rate, at, seconds), round, pieces);
    }
  *ret_split = split;
  return TRUE;
}
