/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-rating-private.h"

/* A shared pool follows the client's first service, also when that has ended while others still share. */
gboolean
tb_pool_period (const TbCandidate *candidate, const TbAllowance *allowance, TbDay day, TbPeriod *ret)
{
  TbService rhythm = { .starts = candidate->cycle->starts, .next_due = candidate->cycle->next_due, .ends = TB_DAY_NONE };

  return tb_period_containing (allowance->shared ? &rhythm : candidate->service, candidate->plan->package->cycle, day, ret);
}

/* What the period before left, once: its own seconds less what was taken of them; all of them when nothing was. */
static gint64
carried_into (const TbRating *rating, const TbCandidate *candidate, const TbCompiledPool *pool, const TbPoolUse *use, const TbPeriod *period)
{
  const TbAllowance *allowance = pool->allowance;
  TbPeriod before;

  if (!allowance->carry_over || allowance->seconds == TB_SECONDS_UNLIMITED
      || !tb_pool_period (candidate, allowance, period->start - 1, &before))
    return 0;
  if (use->begun && use->period.start == before.start)
    return use->left;
  if (pool->from != G_MININT64 && before.end <= tb_zone_day_at (rating->zone, pool->from))
    return 0;
  /* A service without a start has none before its first call. */
  return use->begun || (allowance->shared ? candidate->cycle : candidate->service)->starts != TB_DAY_NONE ? allowance->seconds : 0;
}

static TbPoolUse *
use_of (TbRatingState *state, TbCandidate *candidate, guint n, TbDay day)
{
  const TbCompiledPool *pool = &g_array_index (candidate->plan->pools, TbCompiledPool, n);
  guint slot = candidate->slots[n];
  TbPoolUse *use;
  TbPeriod period;

  if (slot >= state->pools->len)
    g_array_set_size (state->pools, MAX (slot + 1, state->rating->n_slots));
  use = &g_array_index (state->pools, TbPoolUse, slot);
  if (use->begun && day >= use->period.start && day < use->period.end)
    return use;
  if (!tb_pool_period (candidate, pool->allowance, day, &period))
    return NULL;

  use->carried = carried_into (state->rating, candidate, pool, use, &period);
  use->left = pool->allowance->seconds;
  use->period = period;
  use->begun = TRUE;
  return use;
}

/* How well the pool fits: 0 = not at all, else the more the more specific: all, national or inbound, a prefix by its length. */
static guint
fit (const TbCompiledPool *pool, const TbCandidate *candidate, const TbPoolCall *call)
{
  const TbAllowance *allowance = pool->allowance;
  const char *country = candidate->plan->package->number_plan.country_code;
  guint best = 0;

  if (call->start < pool->from || call->start >= pool->to)
    return 0;
  if (pool->all)
    return 1;
  if (call->inbound)
    return pool->inbound ? 2 : 0;
  if (pool->national && country != NULL && *country != '\0' && g_str_has_prefix (call->number, country))
    best = 2;
  for (char **prefix = allowance->scope; prefix != NULL && *prefix != NULL; prefix++)
    if (g_ascii_isdigit (**prefix) && g_str_has_prefix (call->number, *prefix))
      best = MAX (best, 2 + (guint) strlen (*prefix));
  return best;
}

int
tb_rating_next_pool (TbCandidate *candidate, const TbPoolCall *call, guint64 *asked)
{
  const GArray *pools = candidate->plan->pools;
  int best = -1;
  guint best_fit = 0;

  for (guint i = 0; i < pools->len; i++)
    {
      const TbCompiledPool *pool = &g_array_index (pools, TbCompiledPool, i);
      guint fits;

      if (best >= 0 && pool->allowance->priority < g_array_index (pools, TbCompiledPool, best).allowance->priority)
        break; /* pools are in order of priority */
      if ((*asked & (G_GUINT64_CONSTANT (1) << i)) != 0)
        continue;
      fits = fit (pool, candidate, call);
      if (fits > best_fit)
        {
          best = (int) i;
          best_fit = fits;
        }
    }
  if (best >= 0)
    *asked |= G_GUINT64_CONSTANT (1) << best;
  return best;
}

const TbAllowance *
tb_rating_get_pool (const TbCandidate *candidate, int pool)
{
  return g_array_index (candidate->plan->pools, TbCompiledPool, pool).allowance;
}

/* What is left of less than one unit cannot serve; the last unit of a call is used up though the call needs but a part of it. */
gint64
tb_rating_take (TbRatingState *state, TbCandidate *candidate, int pool, TbDay day, gint64 want)
{
  const TbAllowance *allowance = tb_rating_get_pool (candidate, pool);
  gint64 unit = MAX (allowance->unit, 1), units = (want + unit - 1) / unit * unit, taken;
  TbPoolUse *use;

  if (allowance->seconds == TB_SECONDS_UNLIMITED)
    return units;
  use = use_of (state, candidate, (guint) pool, day);
  if (use == NULL)
    return 0;
  taken = MIN ((use->left + use->carried) / unit * unit, units);
  use->left -= MAX (taken - use->carried, 0);
  use->carried -= MIN (taken, use->carried);
  return taken;
}
