/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-increment.h"

#define MINUTE 60

/* "30/6": the first 30 s are sold whole, then 6 s at a time. */
static void
add_shorthand (TbSteps *self, TbDecimal rate, gint32 initial, gint32 next, TbIncrementStyle style)
{
  self->steps[self->n++] = (TbRateStep){ 0, MINUTE, initial, rate };
  if (style == TB_INCREMENT_MULTIPLE)
    self->multiple = next;
  else if (next != initial)
    self->steps[self->n++] = (TbRateStep){ initial, MINUTE, next, rate };
}

/* A package's increment on a rate of several prices: the prices keep their places, the first `initial` seconds are sold whole. */
static gboolean
add_overridden (TbSteps *self, const TbRate *rate, gint32 initial, gint32 next)
{
  for (guint i = 0; i < rate->n_steps; i++)
    {
      TbRateStep step = rate->steps[i];

      step.increment = step.after < initial ? initial : next;
      if (self->n == TB_STEPS_MAX)
        return FALSE;
      self->steps[self->n++] = step;
      if (step.after < initial && (i + 1 == rate->n_steps || rate->steps[i + 1].after > initial))
        {
          step.after = initial;
          step.increment = next;
          if (self->n == TB_STEPS_MAX)
            return FALSE;
          self->steps[self->n++] = step;
        }
    }
  return TRUE;
}

gboolean
tb_steps_init (TbSteps *self, const TbRate *rate, gint32 initial, gint32 next)
{
  self->n = 0;
  self->multiple = 0;

  if (rate->n_steps == 0)
    {
      gint32 first, then;

      tb_increment_choose (rate->initial, rate->next, initial, next, &first, &then);
      add_shorthand (self, rate->rate, first, then, rate->increment_style);
      return TRUE;
    }
  if (initial > 0)
    return add_overridden (self, rate, initial, next > 0 ? next : initial);
  if (rate->n_steps > TB_STEPS_MAX)
    return FALSE;
  for (guint i = 0; i < rate->n_steps; i++)
    self->steps[self->n++] = rate->steps[i];
  return TRUE;
}

static gint64
round_up (gint64 seconds, gint64 increment)
{
  return (seconds + increment - 1) / increment * increment;
}

static TbPiece
piece_of (const TbRateStep *step, gint64 from, gint64 seconds)
{
  return (TbPiece){ from, seconds, step->per, step->increment, step->rate };
}

guint
tb_steps_cut (const TbSteps *self, gint64 from, gint64 to, gboolean round, TbPiece pieces[TB_STEPS_MAX])
{
  const TbRateStep *steps = self->steps;
  guint n = 0, i = 0;

  if (to <= from)
    return 0;
  if (self->multiple > 0 && round)
    {
      gint64 seconds = to - from;
      gboolean initial = from == 0 && seconds <= steps->increment;

      pieces[0] = piece_of (steps, from, initial ? steps->increment : round_up (seconds, self->multiple));
      return 1;
    }

  for (gint64 at = from; at < to; at += pieces[n++].seconds)
    {
      gint64 end = to;

      while (i + 1 < self->n && steps[i + 1].after <= at)
        i++;
      if (i + 1 < self->n)
        end = MIN (end, steps[i + 1].after);
      pieces[n] = piece_of (&steps[i], at, round ? round_up (end - at, steps[i].increment) : end - at);
    }
  return n;
}

gint64
tb_steps_billed (const TbSteps *self, gint64 seconds)
{
  TbPiece pieces[TB_STEPS_MAX];
  guint n = tb_steps_cut (self, 0, seconds, TRUE, pieces);

  return n > 0 ? pieces[n - 1].from + pieces[n - 1].seconds : 0;
}
