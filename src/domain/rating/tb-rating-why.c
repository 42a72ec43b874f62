/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-why.h"

#include "tb-rating-private.h"

static const char *const kind_names[] = { "", "extension", "did", "tenant" };
static const char *const verdict_names[] = { "fits", "weaker", "not-yet", "ended", "others", "elsewhere" };

/* ---- who claims it ---- */

/* Asks a tenant that has this service alone, as if it had neither beginning nor end. */
static TbClaimKind
claim_alone (TbRatingTenant *tenant, const TbCandidate *candidate, const TbCall *call)
{
  TbService service = *candidate->service;
  TbCandidate open = *candidate;
  TbRatingTenant *alone = g_new0 (TbRatingTenant, 1);
  TbClaimKind kind;

  service.starts = service.ends = TB_DAY_NONE;
  open.service = &service;
  alone->connection = tenant->connection;
  alone->candidates = g_ptr_array_new ();
  alone->plans = g_ptr_array_new ();
  tb_rating_tenant_add (alone, &open);
  kind = tb_rating_claim_kind (alone, call, 0);
  tb_rating_tenant_free (alone);
  return kind;
}

static const TbCandidate *
candidate_of (TbRatingTenant *tenant, const TbService *service)
{
  for (guint i = 0; i < tenant->candidates->len; i++)
    if (((TbCandidate *) tenant->candidates->pdata[i])->service == service)
      return tenant->candidates->pdata[i];
  return NULL;
}

static TbServiceClaim
judge (TbRatingTenant *tenant, const TbService *service, const TbCall *call, TbDay day)
{
  const TbCandidate *candidate = candidate_of (tenant, service);
  TbServiceClaim claim = { service, TB_CLAIM_NOTHING, TB_CLAIM_ELSEWHERE };

  if (candidate == NULL)
    return claim;
  claim.kind = claim_alone (tenant, candidate, call);
  if (claim.kind == TB_CLAIM_NOTHING)
    claim.verdict = TB_CLAIM_OTHERS;
  else if (service->starts != TB_DAY_NONE && day < service->starts)
    claim.verdict = TB_CLAIM_NOT_YET;
  else if (service->ends != TB_DAY_NONE && day >= service->ends)
    claim.verdict = TB_CLAIM_ENDED;
  else
    claim.verdict = TB_CLAIM_FITS;
  return claim;
}

/* The lower the better: extension before DID before the whole tenant, and in each a service that names the tenant. */
static guint
rank (const TbServiceClaim *claim)
{
  const char *tenant = claim->service->tenant;

  return (guint) claim->kind * 2 + (tenant == NULL || *tenant == '\0');
}

GArray *
tb_rating_list_claims (TbRating *self, guint connection, const TbCall *call)
{
  GArray *claims = g_array_new (FALSE, FALSE, sizeof (TbServiceClaim));
  TbRatingTenant *tenant = tb_rating_get_tenant (self, connection, call->tenant);
  TbDay day = tb_zone_day_at (self->zone, call->start);
  guint best = G_MAXUINT;

  for (guint i = 0; i < self->setup->services->len; i++)
    {
      const TbService *service = self->setup->services->pdata[i];
      TbServiceClaim claim;

      if (tb_rating_connection_index (self, service->connection) != connection)
        continue;
      claim = judge (tenant, service, call, day);
      if (claim.verdict == TB_CLAIM_FITS)
        best = MIN (best, rank (&claim));
      g_array_append_val (claims, claim);
    }
  for (guint i = 0; i < claims->len; i++)
    {
      TbServiceClaim *claim = &g_array_index (claims, TbServiceClaim, i);

      if (claim->verdict == TB_CLAIM_FITS && rank (claim) > best)
        claim->verdict = TB_CLAIM_WEAKER;
    }
  return claims;
}

/* ---- which pools gave ---- */

static gint64
left_in (TbRatingState *state, TbCandidate *candidate, int pool, TbDay day)
{
  const TbPoolUse *use;

  if (tb_rating_get_pool (candidate, pool)->seconds == TB_SECONDS_UNLIMITED)
    return TB_SECONDS_UNLIMITED;
  tb_rating_take (state, candidate, pool, day, 0); /* begins the period */
  use = &g_array_index (state->pools, TbPoolUse, candidate->slots[pool]);
  return use->begun ? use->left + use->carried : 0;
}

static GArray *
list_shares (TbRating *self, TbRatingState *state, TbCandidate *candidate, const TbCall *call, const TbRatedCall *rated)
{
  GArray *shares = g_array_new (FALSE, FALSE, sizeof (TbPoolShare));
  TbPoolCall asked_for = { rated->number, rated->source == TB_RATE_SOURCE_INBOUND, call->start };
  TbDay day = tb_zone_day_at (self->zone, call->start);
  gint64 want = rated->free;
  guint64 asked = 0;
  int pool;

  while ((want > 0 || shares->len == 0) && (pool = tb_rating_next_pool (candidate, &asked_for, &asked)) >= 0)
    {
      TbPoolShare share = { tb_rating_get_pool (candidate, pool), left_in (state, candidate, pool, day), 0 };

      share.taken = tb_rating_take (state, candidate, pool, day, want);
      want -= share.taken;
      g_array_append_val (shares, share);
    }
  return shares;
}

GArray *
tb_rating_list_pool_shares (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, const TbRatedCall *rated)
{
  for (guint i = 0; i < tenant->candidates->len; i++)
    {
      TbCandidate *candidate = tenant->candidates->pdata[i];

      if (candidate->service->id == rated->service_id)
        return list_shares (self, state, candidate, call, rated);
    }
  return g_array_new (FALSE, FALSE, sizeof (TbPoolShare));
}

GArray *
tb_rating_price_pool_shares (TbRating *self, TbRatingState *state, const TbPackage *package, const TbService *service, const TbCall *call,
                             const TbRatedCall *rated)
{
  TbCandidate *candidate = tb_rating_loner (self, package, service, NULL);

  return candidate != NULL ? list_shares (self, state, candidate, call, rated) : g_array_new (FALSE, FALSE, sizeof (TbPoolShare));
}

const char *
tb_claim_kind_to_string (TbClaimKind self)
{
  return kind_names[self];
}

const char *
tb_claim_verdict_to_string (TbClaimVerdict self)
{
  return verdict_names[self];
}
