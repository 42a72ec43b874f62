/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating.h"

G_BEGIN_DECLS

/* Questions about one call after it was rated: who claimed it, which filter met it, which pools gave their seconds. For explanations; rating
 * itself does not keep the answers. */

typedef enum { TB_CLAIM_NOTHING, TB_CLAIM_BY_EXTENSION, TB_CLAIM_BY_DID, TB_CLAIM_BY_TENANT } TbClaimKind;

typedef enum
{
  TB_CLAIM_FITS,      /* as well as any other */
  TB_CLAIM_WEAKER,    /* another one claims the call by something more specific */
  TB_CLAIM_NOT_YET,   /* would fit, but begins later */
  TB_CLAIM_ENDED,     /* would fit, but ended before */
  TB_CLAIM_OTHERS,    /* lists other extensions and numbers */
  TB_CLAIM_ELSEWHERE, /* is of another tenant */
} TbClaimVerdict;

typedef struct
{
  const TbService *service; /* borrowed from the set-up */
  TbClaimKind kind;
  TbClaimVerdict verdict;
} TbServiceClaim;

/* Of TbServiceClaim: what each service of that connection (its index in the set-up) has to do with the call. */
GArray *tb_rating_list_claims (TbRating *self, guint connection, const TbCall *call);

/* The first rule that meets the call; *ret_package NULL = one for all packages. NULL: none does, or the call has no service. */
const TbFilter *tb_rating_find_filter (TbRating *self, TbRatingTenant *tenant, const TbCall *call, TbFilterAction action,
                                       const TbPackage **ret_package);

/* The same for a call that tb_rating_price was asked about. */
const TbFilter *tb_rating_price_find_filter (TbRating *self, const TbPackage *package, const TbService *service, const TbCall *call,
                                             TbFilterAction action, const TbPackage **ret_package);

typedef struct
{
  const TbAllowance *allowance; /* borrowed from the set-up */
  gint64 before, taken;         /* seconds; before TB_SECONDS_UNLIMITED: it has no end */
} TbPoolShare;

/* Of TbPoolShare: how the pools of the call's service gave its free seconds, in the order they were asked, and those that had nothing left.
 * `state` must have seen the calls before (tb_rating_account); it takes from the pools. */
GArray *tb_rating_list_pool_shares (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, const TbRatedCall *rated);
/* The same for what tb_rating_price gave. */
GArray *tb_rating_price_pool_shares (TbRating *self, TbRatingState *state, const TbPackage *package, const TbService *service, const TbCall *call,
                                     const TbRatedCall *rated);

const char *tb_claim_kind_to_string (TbClaimKind self);       /* "" "extension" "did" "tenant" */
const char *tb_claim_verdict_to_string (TbClaimVerdict self); /* "fits" "weaker" "not-yet" "ended" "others" "elsewhere" */

G_END_DECLS
