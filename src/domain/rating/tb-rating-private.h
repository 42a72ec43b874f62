/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-period.h"
#include "tb-increment.h"
#include "tb-rate-book.h"
#include "tb-rating.h"
#include "tb-rating-why.h"

G_BEGIN_DECLS

/* What the parts of the rating share: the compiled set-up, and the steps of one call. */

/* A positive fraction in lowest terms. */
typedef struct
{
  gint64 num, den;
} TbFraction;

/* What a second costs where nothing but one price per minute decides it: price × seconds × times / den units of `unit`. */
typedef struct
{
  gint64 times; /* 0 = prices are not that simple, or do not fit */
  gint64 den, unit;
  TbRoundingMode mode;
} TbSimplePrice;

typedef struct
{
  const TbFilter *rule;
  guint connection; /* index, G_MAXUINT = every */
  TbPattern *pattern;
} TbCompiledFilter;

typedef struct
{
  const TbTariff *tariff;
  TbZone *zone;
  TbRateBook *book;
  TbSimplePrice simple; /* as a cost */
} TbCompiledTariff;

typedef struct
{
  const TbAllowance *allowance;
  gint64 from, to;                 /* validity, G_MININT64 and G_MAXINT64 = open */
  gboolean all, national, inbound; /* else its scope lists prefixes */
} TbCompiledPool;

/* A tier begins behind `from` seconds sold in the period. Tiers by amount are compiled to seconds too: an amount is reached after as many
 * seconds as cost it at the tiers below. The second in which that happens is still sold below. */
typedef struct
{
  gint64 from;
  TbDecimal rate; /* per minute */
} TbCompiledTier;

/* A package compiled. */
typedef struct
{
  const TbPackage *package;
  const TbCompiledTariff *tariff; /* or NULL */
  TbRateBook *custom;
  TbRateBook *flat; /* or NULL */
  GArray *filters;  /* of TbCompiledFilter */
  guint actions;    /* bits of TbFilterAction: what its filters, and those of all packages, may do */
  GArray *pools;    /* of TbCompiledPool, highest priority first */
  GArray *tiers;    /* of TbCompiledTier, ascending; empty without tiers */
  TbFraction markup;
  TbRateEntry inbound; /* of the package's inbound rate, if any */
  gboolean simple;     /* no minimum, grace, fee, surcharge, tier or split of its own */
} TbPlan;

/* A service as a candidate for calls of one connection: its package and client, and where its pools lie in the state. */
typedef struct
{
  const TbService *service;
  const TbClient *client; /* or NULL: a package priced alone */
  const TbPlan *plan;
  TbRateBook *client_rates; /* or NULL */
  TbCurrency currency;
  const TbCompiledTariff *cost; /* the provider's tariff, or NULL */
  guint *slots; /* of the state, one a pool of the plan */
  guint tier_slot;
  const TbService *cycle; /* whose billing periods shared pools follow: the client's earliest service of that package */

  /* The terms of the last day asked for; calls come in order of time. */
  TbDay day;
  TbDecimal exchange_from, exchange_to;
  TbFraction exchange;
  gboolean unexchanged; /* that day has no exchange rate, so the tariff has no price for the client */
  TbSimplePrice tariff_price, own_price;
  guint tariff_terms, own_terms; /* indices */
} TbCandidate;

/* Who answers to one extension or DID, or lists nothing: those that name the tenant, and those of the whole connection. */
typedef struct
{
  GPtrArray *own, *general; /* of TbCandidate, or NULL */
} TbClaim;

struct _TbRatingTenant
{
  guint connection;
  char *name;
  GPtrArray *candidates;    /* of TbCandidate, owned */
  GHashTable *by_extension; /* extension → TbClaim */
  GHashTable *by_did;       /* digits → TbClaim */
  TbClaim plain;            /* that list nothing */
  TbCandidate *sole;        /* the only candidate there is, when it lists nothing: nearly every tenant's; else NULL */
  GPtrArray *plans;         /* of TbNumberPlan, distinct, in which DIDs may be written */
  const TbCompiledTariff *cost;
};

struct _TbRating
{
  const TbSetup *setup;
  TbZone *zone; /* of the company */
  TbCurrency currency;
  TbService *nobody; /* stands for the service of a package that is priced alone */
  GHashTable *tariffs;  /* name → TbCompiledTariff */
  GHashTable *plans;    /* TbPackage → TbPlan */
  GHashTable *clients;  /* key → TbClient */
  GHashTable *client_books; /* TbClient → TbRateBook */
  GArray *filters;      /* of TbCompiledFilter: those of all packages */
  GHashTable *tenants;  /* "connection\ntenant" → TbRatingTenant */
  GHashTable *loners;   /* key of tb_rating_price → TbCandidate */
  GHashTable *slots;    /* "service\nallowance" or "client\npackage\nallowance" → slot + 1 */
  guint n_slots, n_tier_slots;
  GPtrArray *terms;     /* of TbRatingTerms */
  GHashTable *terms_index;
  struct { TbDay day; gint64 from, to; } today; /* of the last call: calls come in order of time */
  gboolean thorough;    /* simple calls take the long way too: for tests that compare the two */
};

typedef struct
{
  TbPeriod period;
  gint64 left;    /* of this period's own seconds */
  gint64 carried; /* left from the period before, eaten first */
  gboolean begun;
} TbPoolUse;

typedef struct
{
  TbPeriod period;
  gint64 sold; /* seconds at tier prices so far */
  gint64 total; /* of the whole period, when the calls have been measured; else 0 */
  gboolean begun;
} TbTierUse;

struct _TbRatingState
{
  TbRating *rating;
  GArray *pools; /* of TbPoolUse, by slot */
  GArray *tiers; /* of TbTierUse, by slot */
  GHashTable *totals; /* slot and period → seconds: what "volume" tiers need to know before they price */
  GArray *pieces; /* of TbPiece: those of the call at hand */
  GString *text;
};

/* One call on its way through rating.md. */
typedef struct
{
  TbRating *rating;
  TbRatingState *state;
  TbCandidate *candidate;
  const TbCall *call;
  TbDay day;
  gboolean inbound, internal;
  guint connection; /* index; G_MAXUINT - 2 outside any */
  const char *number; /* normalised; lies with who wants it. NULL = not asked for yet */

  /* What was found last: a carrier's tariff is often the one that is sold by. */
  const TbRateBook *asked;
  const TbRateEntry *found;
} TbWork;

/* tb-rating-plan.c */
void                    tb_compiled_tariff_free (gpointer data);
void                    tb_plan_free (gpointer data);
gboolean                tb_rating_compile_filters (TbRating *self, GPtrArray *rules, GArray **ret, GError **error);
const TbCompiledTariff *tb_rating_compile_tariff (TbRating *self, const char *name, GError **error);
const TbPlan           *tb_rating_compile_plan (TbRating *self, const TbPackage *package, GError **error);

/* tb-rating.c */
TbCandidate *tb_rating_make_candidate (TbRating *self, const TbService *service, const TbPackage *package, const TbCompiledTariff *cost,
                                       GError **error);
const TbCompiledTariff *tb_rating_cost_tariff (TbRating *self, guint connection);
guint tb_rating_connection_index (TbRating *self, const char *name);

/* tb-rating-call.c: step 6 in one book. */
const TbRateEntry *tb_work_find (TbWork *self, const TbRateBook *book);

/* tb-rating-service.c: who may claim the calls of a tenant, and step 2. NULL with *ret_status no-service or ambiguous. */
void         tb_rating_tenant_add (TbRatingTenant *tenant, TbCandidate *candidate);
void         tb_rating_tenant_free (TbRatingTenant *tenant);
TbCandidate *tb_rating_find_service (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCallStatus *ret_status);
gboolean     tb_rating_is_internal (TbRatingTenant *tenant, const TbCall *call);
/* By what the tenant's services claim the call, whichever of them does. */
TbClaimKind  tb_rating_claim_kind (TbRatingTenant *tenant, const TbCall *call, TbDay day);

/* tb-rating-call.c: stands for the service of tb_rating_price. */
TbCandidate *tb_rating_loner (TbRating *self, const TbPackage *package, const TbService *service, GError **error);

/* tb-rating-terms.c: sets exchange and terms of `day`. */
void       tb_rating_use_day (TbRating *self, TbCandidate *candidate, TbDay day);
/* Terms like those at `index`, of a call that is not priced by its rate row alone: index of the new ones. */
guint      tb_rating_special_terms (TbRating *self, guint index, TbDecimal pool_fee, TbDecimal tier_rate, const char *pieces);
TbFraction tb_fraction_new (gint64 num, gint64 den);

/* ---- tb-rating-charge.c: steps 12 to 14 ---- */

typedef struct
{
  TbSteps steps;
  gint32 minimum, grace, included;
  TbDecimal fee;
  gboolean marked_fee; /* fee takes part in the markup */
  gboolean marked;     /* rate takes part in surcharge and markup */
  TbDecimal surcharge;
  TbFraction markup, exchange;
  TbRounding rounding;
  TbDecimal min_charge, max_charge;
} TbPrice;

/* `package` NULL: a cost. Fails when the rate has too many steps. */
gboolean tb_price_init (TbPrice *self, const TbRate *rate, const TbPackage *package, gboolean tariff_rate, GError **error);
gboolean tb_price_init_steps (TbSteps *steps, const TbRate *rate, const TbPackage *package, gboolean tariff_rate, GError **error);
/* The exact charge before rounding: num / den currency units. */
gboolean tb_price_exact (const TbPrice *self, const TbPiece *pieces, guint n, TbWide *ret_num, TbWide *ret_den, GError **error);
gboolean tb_price_charge (const TbPrice *self, const TbPiece *pieces, guint n, TbAmount *ret, GError **error);

/* ---- tb-rating-cut.c: step 9 ---- */

/* How one call is cut into pieces: by the steps of its rate, and where its tariff says so by those of each time band it runs through. */
typedef struct
{
  const TbSteps *steps; /* of the rate at the start */
  const TbRate *rate;
  const TbRateBook *book; /* NULL: priced by its start alone */
  const TbPackage *package;
  const char *number;
  gint64 start;  /* of the call: decides effective dates */
  gint64 origin; /* the instant of the first charged second */
} TbCut;

/* Sets `pieces` to those of `seconds`; *ret_split says that not all of them are the start's rate's. */
gboolean tb_cut_pieces (const TbCut *self, gint64 seconds, gboolean round, GArray *pieces, gboolean *ret_split, GError **error);
gint64   tb_pieces_sum (const GArray *pieces);

/* ---- tb-rating-pools.c: step 10 ---- */

typedef struct
{
  const char *number;
  gboolean inbound;
  gint64 start;
} TbPoolCall;

#define TB_POOLS_MAX 64 /* of one package: bits of `asked` */

/* The next pool to ask after those in `asked`, as its index and bit; -1 when none is left. */
int      tb_rating_next_pool (TbCandidate *candidate, const TbPoolCall *call, guint64 *asked);
const TbAllowance *tb_rating_get_pool (const TbCandidate *candidate, int pool);
/* Takes up to `want` seconds, in whole units: what is taken may be more than is wanted. */
gint64   tb_rating_take (TbRatingState *state, TbCandidate *candidate, int pool, TbDay day, gint64 want);
gboolean tb_pool_period (const TbCandidate *candidate, const TbAllowance *allowance, TbDay day, TbPeriod *ret);

/* ---- tb-rating-tiers.c: step 11 ---- */

gboolean tb_tiers_compile (TbPlan *plan, GError **error);
/* Whether tiers price what is charged by that source. */
gboolean tb_rating_is_tiered (const TbCandidate *candidate, TbRateSource source);
/* Gives the pieces the prices of their tiers, cut where a tier begins, and counts them as sold. */
void     tb_rating_apply_tiers (TbRatingState *state, TbCandidate *candidate, TbDay day, GArray *pieces);
/* An invoiced call counts as sold. */
void     tb_rating_count_tiers (TbRatingState *state, TbCandidate *candidate, TbDay day, gint64 seconds);

/* ---- tb-rating-simple.c: steps 8 to 14 of a call that is sold at one price per minute ---- */

gboolean tb_plan_is_simple (const TbPlan *plan);
void     tb_simple_price_init (TbSimplePrice *self, TbFraction markup, TbFraction exchange, TbRounding rounding);
/* FALSE, and nothing done, when the call has to go the long way. */
gboolean tb_rating_sell_simply (const TbWork *work, const TbRateEntry *entry, TbRateSource source, TbRatedCall *ret);
gboolean tb_rating_buy_simply (const TbWork *work, const TbRateEntry *entry, TbRatedCall *ret);

/* ---- tb-rating-sale.c: steps 7 to 15 ---- */

gboolean tb_rating_sell (const TbWork *work, const TbRateEntry *entry, TbRateSource source, TbRatedCall *ret, GError **error);
gboolean tb_rating_buy (TbWork *work, TbRatedCall *ret, GError **error);

G_END_DECLS
