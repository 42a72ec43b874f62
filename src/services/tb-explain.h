/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-explanation.h"

G_BEGIN_DECLS

/**
 * TbCallExplanation: why a stored call, or a price that was asked for, is what it is: the row, and with it everything that was looked up.
 *
 * The charge is made again from what the books keep of the call. Which prefixes were tried is seen in the version of each list that gives
 * what the call got, the newest such one, so it stays true when a tariff has new versions. Services, filters and pools have no versions: they
 * are as they are today.
 */
typedef struct
{
  TbCallRow *row;
  TbRate *rate, *cost_rate; /* or NULL */
  char *rate_owner;         /* of the rate, for people */
  char *exchange;           /* what was missing of it, or NULL */
  TbRatingTerms *terms;     /* or NULL */
  TbSetup *setup;           /* heads; owned unless it is a price */
  TbRating *rating;         /* of that set-up, likewise; or NULL */
  TbZone *zone;             /* the company's */
  TbExplanationFacts facts; /* its lists, pools and claims are owned here */
  TbExplanation *explanation;
} TbCallExplanation;

TbCallExplanation *tb_explain_call (TbStore *store, gint64 call_id, GError **error);
TbCallExplanation *tb_explain_uid (TbStore *store, const char *uid, GError **error);
void               tb_call_explanation_free (TbCallExplanation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallExplanation, tb_call_explanation_free)

/* What tb_rating_price gave for `call`, whose strings are copied, as a row with rate, prefix and destination. */
TbCallRow         *tb_explain_price_row (TbStore *store, TbRating *rating, const TbPackage *package, const TbService *service, const TbCall *call,
                                         const TbRatedCall *rated, GError **error);
/* The same explained. Set-up, rating, package and service are borrowed for the explanation's life. `state` is that of the pools before the call,
 * which it then takes from; NULL = nothing was used yet. */
TbCallExplanation *tb_explain_price (TbStore *store, TbSetup *setup, TbRating *rating, TbRatingState *state, const TbPackage *package,
                                     const TbService *service, const TbCall *call, const TbRatedCall *rated, GError **error);

G_END_DECLS
