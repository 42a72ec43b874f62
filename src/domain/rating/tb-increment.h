/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"

G_BEGIN_DECLS

/* Seconds as they are sold (rating.md step 8): a call is cut at step starts, every piece is rounded up to its own increment, and an
 * overshoot eats into the next piece. */

#define TB_STEPS_MAX 16

typedef struct
{
  TbRateStep steps[TB_STEPS_MAX];
  guint n;
  gint32 multiple; /* > 0: "multiple" style: seconds beyond steps[0].increment are rounded up to multiples of it */
} TbSteps;

/* A part of a call that is sold in one way. */
typedef struct
{
  gint64 from;    /* second of the call, as charged */
  gint64 seconds; /* as sold */
  gint32 per, increment;
  TbDecimal rate;
} TbPiece;

/* Seconds sold whole at first and then at a time, of a rate without steps: `initial`/`next` where they are given (> 0), else the rate's. */
static inline void
tb_increment_choose (gint32 rate_initial, gint32 rate_next, gint32 initial, gint32 next, gint32 *ret_first, gint32 *ret_then)
{
  gint32 first = initial > 0 ? initial : rate_initial > 0 ? rate_initial : 1;

  *ret_first = first;
  *ret_then = next > 0 ? next : initial > 0 ? initial : rate_next > 0 ? rate_next : first;
}

/* The rate's own steps, or those of `initial`/`next` (0 = the rate's) at its prices. FALSE when the rate has too many. */
gboolean tb_steps_init (TbSteps *self, const TbRate *rate, gint32 initial, gint32 next);
/* Cuts the charged seconds [from, to) into at most TB_STEPS_MAX pieces, of which the last may end after `to`; returns how many. Without
 * `round`, seconds that are sold already. */
guint    tb_steps_cut (const TbSteps *self, gint64 from, gint64 to, gboolean round, TbPiece ret_pieces[TB_STEPS_MAX]);
/* The sum of what tb_steps_cut gives for a whole call. */
gint64   tb_steps_billed (const TbSteps *self, gint64 seconds);

G_END_DECLS
