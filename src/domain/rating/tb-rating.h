/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rated-call.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbRating: a set-up compiled for rating: prefix trees, patterns, services by tenant, prices ready to multiply.
 *
 * Immutable after `tb_rating_new`, except the tables of terms and pools, so rating a call makes no SQL and no
 * allocation. Order of work for one call: design/rating.md. Included minutes and volume tiers need calls in order of
 * (start, uid) for each service: TbRatingState carries what the pools of the open periods have left and what was sold.
 */
typedef struct _TbRating TbRating;
typedef struct _TbRatingState TbRatingState;

/* Borrows `setup` (with rates) for its whole life. Fails when a reference, pattern, zone or exchange rate is missing. */
TbRating *tb_rating_new (const TbSetup *setup, GError **error);
void      tb_rating_free (TbRating *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRating, tb_rating_free)

/* Pools and tiers, empty of use. One state is used by one thread. */
TbRatingState *tb_rating_state_new (TbRating *rating);
void           tb_rating_state_free (TbRatingState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRatingState, tb_rating_state_free)

/* Which connection and tenant the next calls come from; remembered, because calls come clustered. `connection` is its
 * index in setup->connections. The returned handle stays valid as long as the rating. */
typedef struct _TbRatingTenant TbRatingTenant;
TbRatingTenant *tb_rating_get_tenant (TbRating *self, guint connection, const char *tenant);

/* Steps 2 to 15 for one call. FALSE only for overflow, and then *ret is no result: what cannot be rated for other reasons is a status. */
gboolean tb_rating_rate (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, TbRatedCall *ret,
                         GError **error);

/* "volume" tiers price all calls of a period by what the period reaches. So its calls are rated twice with one state: the first time to
 * measure, then, after this, for good. Rated once, a call is priced by what was reached up to and with it. */
void tb_rating_state_set_measured (TbRatingState *self);

/* An invoiced call keeps its charge, yet it takes from pools and tiers what it took then. Call it instead of rating. */
void tb_rating_account (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, const TbRatedCall *rated);

/* From when on calls must be seen again so that a call at `start` of this tenant finds its pools and tiers right: the beginning of the
 * earliest billing period, of any service with included seconds or tiers there, that holds `start`; `start` itself without them. */
gint64 tb_rating_replay_from (TbRating *self, TbRatingTenant *tenant, gint64 start);

/* What the price of a call depends on besides itself. */
typedef enum
{
  TB_RATING_MEMORY_NONE = 0,
  TB_RATING_MEMORY_POOLS = 1 << 0,  /* included seconds: on calls before it */
  TB_RATING_MEMORY_TIERS = 1 << 1,  /* tiers: likewise */
  TB_RATING_MEMORY_TOTALS = 1 << 2, /* "volume" tiers: on all calls of its period */
} TbRatingMemory;
TbRatingMemory tb_rating_tenant_get_memory (TbRatingTenant *tenant);

/* A price for a package or a client's service outside any tenant (`tollbookctl price`): steps 4 to 15 as an answered
 * outbound call. The service wins when given; with `package` alone the currency is the tariff's.
 * Calls priced with one state share its pools. */
gboolean tb_rating_price (TbRating *self, TbRatingState *state, const TbPackage *package, const TbService *service,
                          const TbCall *call, TbRatedCall *ret, GError **error);

/* ---- terms: what a stored charge rests on besides its rate row ---- */

/* Immutable; equal terms share one row. Everything the explanation needs that is neither in the call, in the rated call,
 * nor in the rate row. */
typedef struct
{
  guint32 package_id;
  TbCurrency tariff_currency; /* of the rate */
  TbCurrency currency;        /* of the charge */
  TbCurrency cost_currency;   /* of the provider's tariff; NONE = no cost known */
  TbDecimal markup;           /* percent; 0 for custom, client and flat rates */
  gboolean markup_connect_fee;
  TbDecimal surcharge;
  TbRounding rounding;
  TbRounding cost_rounding;
  gint32 initial, next, minimum, grace; /* the package's own; 0, 0, -1, -1 = the rate's */
  TbDecimal connect_fee;                /* likewise; TB_DECIMAL_NONE */
  TbDecimal exchange_from; /* company currency per 1 tariff currency on the call's day; TB_DECIMAL_ONE when it is the company's */
  TbDecimal exchange_to;   /* company currency per 1 client currency; charge = exact × exchange_from / exchange_to */
  TbDecimal pool_fee;  /* the connection fee of the pool that served, instead of the rate's; TB_DECIMAL_NONE */
  TbDecimal tier_rate; /* per minute: what a tier charged instead of the rate, unmarked; TB_DECIMAL_NONE */
  const char *pieces;  /* "30:0.6/60/6,…": seconds sold, price, its span and increment, of a call that ran through several time bands or tiers;
                        * else NULL */
} TbRatingTerms;

/* TbRatedCall.terms is the index + 1; 0 = none. */
guint                tb_rating_n_terms (TbRating *self);
const TbRatingTerms *tb_rating_get_terms (TbRating *self, guint index);
/* For who has stored them: terms with pieces belong to one call and need not be kept. Others stay. */
void                 tb_rating_forget_terms (TbRating *self, guint index);

/* The first step's sell price per minute, exact to 10^-12 (half-up beyond), in the charge's currency. */
gboolean tb_rating_terms_sell_rate (const TbRatingTerms *terms, const TbRate *rate, TbDecimal *ret, GError **error);

/* One piece of TbRatingTerms.pieces; moves *text behind it. FALSE at the end or where the text is none. */
gboolean tb_rating_terms_next_piece (const char **text, TbRateStep *ret_step, gint64 *ret_seconds);

G_END_DECLS
