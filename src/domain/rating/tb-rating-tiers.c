/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-private.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* Step 11: what is charged by the tariff or the flat rate is sold at the prices of the package's tiers, by how much of it the service has
 * used in its billing period. The price takes the rate's place; its increments, fee, minimum and grace stay. */

#define MINUTE 60

/* ---- compiling ---- */

static gint64
round_up (TbWide value)
{
  return (gint64) MIN ((value + TB_DECIMAL_ONE - 1) / TB_DECIMAL_ONE, (TbWide) G_MAXINT64);
}

/* Seconds, at 10^-12, that `amount` buys; more than any period holds when they cost nothing. */
static TbWide
seconds_for (TbDecimal amount, TbDecimal rate)
{
  return rate > 0 ? (TbWide) amount * MINUTE * TB_DECIMAL_ONE / rate : (TbWide) G_MAXINT64 * TB_DECIMAL_ONE / 2;
}

/* By amount, graduated tiers add up what was paid in each tier below; "volume" weighs all usage at the first price, since the price it will
 * have depends on the answer. */
gboolean
tb_tiers_compile (TbPlan *plan, GError **error)
{
  const TbPackage *package = plan->package;
  TbWide seconds = 0;

  plan->tiers = g_array_new (FALSE, FALSE, sizeof (TbCompiledTier));
  for (guint i = 0; package->tier_kind != TB_TIERS_NONE && i < package->tiers->len; i++)
    {
      const TbTier *tier = &g_array_index (package->tiers, TbTier, i), *below = i > 0 ? tier - 1 : NULL;
      gboolean graduated = package->tier_kind == TB_TIERS_GRADUATED;
      TbCompiledTier compiled = { 0, tier->rate };

      if (below != NULL ? tier->from <= below->from : tier->from != 0)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The tiers of the package “%s” must begin at 0 and rise."), package->name);
          return FALSE;
        }
      if (package->tier_basis == TB_TIERS_BY_MINUTES)
        seconds = (TbWide) tier->from * MINUTE;
      else if (below != NULL && graduated)
        seconds += seconds_for (tier->from - below->from, below->rate);
      else if (below != NULL)
        seconds = seconds_for (tier->from, g_array_index (package->tiers, TbTier, 0).rate);
      compiled.from = round_up (seconds);
      g_array_append_val (plan->tiers, compiled);
    }
  return TRUE;
}

/* ---- use ---- */

gboolean
tb_rating_is_tiered (const TbCandidate *candidate, TbRateSource source)
{
  return candidate->plan->tiers->len > 0 && (source == TB_RATE_SOURCE_TARIFF || source == TB_RATE_SOURCE_FLAT);
}

static gint64
total_key (const TbCandidate *candidate, const TbTierUse *use)
{
  return (gint64) candidate->tier_slot << 32 | (guint32) use->period.start;
}

static TbTierUse *
use_of (TbRatingState *state, TbCandidate *candidate, TbDay day)
{
  TbTierUse *use;
  TbPeriod period;
  gint64 key, *total;

  if (candidate->tier_slot >= state->tiers->len)
    g_array_set_size (state->tiers, MAX (candidate->tier_slot + 1, state->rating->n_tier_slots));
  use = &g_array_index (state->tiers, TbTierUse, candidate->tier_slot);
  if (use->begun && day >= use->period.start && day < use->period.end)
    return use;

  /* A price asked for a day outside the service has no period to share. */
  if (!tb_period_containing (candidate->service, candidate->plan->package->cycle, day, &period))
    period = (TbPeriod){ day, G_MAXINT32 };
  *use = (TbTierUse){ .period = period, .begun = TRUE };
  key = total_key (candidate, use);
  total = g_hash_table_lookup (state->totals, &key);
  use->total = total != NULL ? *total : 0;
  return use;
}

static void
count (TbRatingState *state, const TbCandidate *candidate, TbTierUse *use, gint64 seconds)
{
  gint64 key = total_key (candidate, use), *total;

  use->sold += seconds;
  if (candidate->plan->package->tier_kind != TB_TIERS_VOLUME || use->sold <= use->total)
    return;
  use->total = use->sold;
  total = g_hash_table_lookup (state->totals, &key);
  if (total != NULL)
    *total = use->sold;
  else
    g_hash_table_insert (state->totals, g_memdup2 (&key, sizeof key), g_memdup2 (&use->total, sizeof use->total));
}

/* The tier of the second after `sold`; *ret_end is where the next one begins. */
static const TbCompiledTier *
tier_after (const GArray *tiers, gint64 sold, gint64 *ret_end)
{
  guint i = tiers->len - 1;

  while (i > 0 && g_array_index (tiers, TbCompiledTier, i).from > sold)
    i--;
  *ret_end = i + 1 < tiers->len ? g_array_index (tiers, TbCompiledTier, i + 1).from : G_MAXINT64;
  return &g_array_index (tiers, TbCompiledTier, i);
}

/* Graduated: a piece in which a tier begins becomes two. */
static void
graduate (const GArray *tiers, gint64 sold, GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      TbPiece *piece = &g_array_index (pieces, TbPiece, i);
      gint64 end, left;
      const TbCompiledTier *tier = tier_after (tiers, sold, &end);

      piece->rate = tier->rate;
      piece->per = MINUTE;
      left = sold + piece->seconds - end;
      if (left > 0)
        {
          TbPiece rest = *piece;

          piece->seconds -= left;
          rest.from += piece->seconds;
          rest.seconds = left;
          sold += piece->seconds;
          g_array_insert_val (pieces, i + 1, rest);
        }
      else
        sold += piece->seconds;
    }
}

void
tb_rating_apply_tiers (TbRatingState *state, TbCandidate *candidate, TbDay day, GArray *pieces)
{
  const GArray *tiers = candidate->plan->tiers;
  TbTierUse *use = use_of (state, candidate, day);
  gint64 before = use->sold, end;

  count (state, candidate, use, tb_pieces_sum (pieces));
  if (candidate->plan->package->tier_kind == TB_TIERS_GRADUATED)
    {
      graduate (tiers, before, pieces);
      return;
    }
  /* The last second of the period says which tier was reached. */
  for (guint i = 0; i < pieces->len; i++)
    {
      TbPiece *piece = &g_array_index (pieces, TbPiece, i);

      piece->rate = tier_after (tiers, MAX (use->total - 1, 0), &end)->rate;
      piece->per = MINUTE;
    }
}

void
tb_rating_count_tiers (TbRatingState *state, TbCandidate *candidate, TbDay day, gint64 seconds)
{
  count (state, candidate, use_of (state, candidate, day), seconds);
}
