/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"

/* What is carried from call to call: pools and tiers of the periods at hand, and what must be seen again for them. */

TbRatingState *
tb_rating_state_new (TbRating *rating)
{
  TbRatingState *self = g_new0 (TbRatingState, 1);

  self->rating = rating;
  self->pools = g_array_new (FALSE, TRUE, sizeof (TbPoolUse));
  self->tiers = g_array_new (FALSE, TRUE, sizeof (TbTierUse));
  self->totals = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->pieces = g_array_sized_new (FALSE, FALSE, sizeof (TbPiece), TB_STEPS_MAX);
  self->text = g_string_new (NULL);
  return self;
}

void
tb_rating_state_free (TbRatingState *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pools);
  g_array_unref (self->tiers);
  g_hash_table_unref (self->totals);
  g_array_unref (self->pieces);
  g_string_free (self->text, TRUE);
  g_free (self);
}

void
tb_rating_state_set_measured (TbRatingState *self)
{
  g_array_set_size (self->pools, 0);
  g_array_set_size (self->tiers, 0);
}

/* A pool that carries over depends on the period before, that on the one before it, and so on to the beginning. */
static gint64
replay_candidate (TbRating *self, const TbCandidate *candidate, TbDay day, gint64 earliest)
{
  TbPeriod tiers;

  for (guint i = 0; i < candidate->plan->pools->len; i++)
    {
      const TbAllowance *allowance = g_array_index (candidate->plan->pools, TbCompiledPool, i).allowance;
      TbPeriod period;

      if (allowance->carry_over)
        return 0;
      if (tb_pool_period (candidate, allowance, day, &period))
        earliest = MIN (earliest, tb_zone_to_utc (self->zone, period.start, 0, FALSE));
    }
  if (candidate->plan->tiers->len > 0 && tb_period_containing (candidate->service, candidate->plan->package->cycle, day, &tiers))
    earliest = MIN (earliest, tb_zone_to_utc (self->zone, tiers.start, 0, FALSE));
  return earliest;
}

gint64
tb_rating_replay_from (TbRating *self, TbRatingTenant *tenant, gint64 start)
{
  TbDay day = tb_zone_day_at (self->zone, start);
  gint64 earliest = start;

  for (guint i = 0; i < tenant->candidates->len; i++)
    earliest = replay_candidate (self, tenant->candidates->pdata[i], day, earliest);
  return earliest;
}

TbRatingMemory
tb_rating_tenant_get_memory (TbRatingTenant *tenant)
{
  TbRatingMemory memory = TB_RATING_MEMORY_NONE;

  for (guint i = 0; i < tenant->candidates->len; i++)
    {
      const TbPlan *plan = ((TbCandidate *) tenant->candidates->pdata[i])->plan;

      if (plan->pools->len > 0)
        memory |= TB_RATING_MEMORY_POOLS;
      if (plan->tiers->len > 0)
        memory |= plan->package->tier_kind == TB_TIERS_VOLUME ? TB_RATING_MEMORY_TIERS | TB_RATING_MEMORY_TOTALS : TB_RATING_MEMORY_TIERS;
    }
  return memory;
}
