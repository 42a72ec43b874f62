/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-period.h"
#include "tb-increment.h"
#include "tb-rate-book.h"
#include "tb-rating.h"

G_BEGIN_DECLS

/* What the parts of the rating share: the compiled set-up, and the steps of one call. */

/* A positive fraction in lowest terms. */
typedef struct
{
  gint64 num, den;
} TbFraction;

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
} TbCompiledTariff;

typedef struct
{
  const TbAllowance *allowance;
  gboolean all, national, inbound; /* else its scope lists prefixes */
} TbCompiledPool;

/* A package compiled. */
typedef struct
{
  const TbPackage *package;
  const TbCompiledTariff *tariff; /* or NULL */
  TbRateBook *custom;
  GArray *filters; /* of TbCompiledFilter */
  GArray *pools;   /* of TbCompiledPool, highest priority first */
  TbFraction markup;
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
  const TbService *cycle; /* whose billing periods shared pools follow: the client's first service of that package */

  /* The terms of the last day asked for; calls come in order of time. */
  TbDay day;
  TbDecimal exchange_from, exchange_to;
  TbFraction exchange;
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
  guint n_slots;
  GPtrArray *terms;     /* of TbRatingTerms */
  GHashTable *terms_index;
};

typedef struct
{
  TbPeriod period;
  gint64 left;    /* of this period's own seconds */
  gint64 carried; /* left from the period before, eaten first */
  gboolean begun;
} TbPoolUse;

struct _TbRatingState
{
  TbRating *rating;
  GArray *pools; /* of TbPoolUse, by slot */
};

/* tb-rating.c */
TbCandidate *tb_rating_make_candidate (TbRating *self, const TbService *service, const TbPackage *package, const TbCompiledTariff *cost,
                                       GError **error);
const TbCompiledTariff *tb_rating_cost_tariff (TbRating *self, guint connection);
guint tb_rating_connection_index (TbRating *self, const char *name);

/* tb-rating-service.c: who may claim the calls of a tenant, and step 2. NULL with *ret_status no-service or ambiguous. */
void         tb_rating_tenant_add (TbRatingTenant *tenant, TbCandidate *candidate);
void         tb_rating_tenant_free (TbRatingTenant *tenant);
TbCandidate *tb_rating_find_service (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCallStatus *ret_status);
gboolean     tb_rating_is_internal (TbRatingTenant *tenant, const TbCall *call);

/* tb-rating-terms.c: sets exchange and terms of `day`. */
gboolean tb_rating_use_day (TbRating *self, TbCandidate *candidate, TbDay day, GError **error);
TbFraction tb_fraction_new (gint64 num, gint64 den);

/* tb-rating-pools.c: step 10. What the pools that fit give of `want` seconds. */
typedef struct
{
  const char *number;
  gboolean inbound;
  TbDay day;
  TbConsume consume; /* only pools of that kind are asked */
} TbPoolCall;
/* Seconds taken; *ret_fee is set to the pool's own connect fee when one served that has one. */
gint64   tb_rating_take_free (TbRatingState *state, TbCandidate *candidate, const TbPoolCall *call, gint64 want, TbDecimal *ret_fee);
gboolean tb_rating_has_pool (const TbCandidate *candidate, TbConsume consume);
gboolean tb_pool_period (const TbCandidate *candidate, const TbAllowance *allowance, TbDay day, TbPeriod *ret);

/* tb-rating-charge.c: steps 8, 12 to 14. */
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

gboolean tb_price_init (TbPrice *self, const TbRate *rate, const TbPackage *package, gboolean tariff_rate, GError **error);
/* An exact charge before rounding: num / den currency units. */
gboolean tb_price_exact (const TbPrice *self, gint64 seconds, gboolean round, TbDecimal fee, TbWide *ret_num, TbWide *ret_den, GError **error);
gboolean tb_price_charge (const TbPrice *self, gint64 seconds, gboolean round, TbDecimal fee, TbAmount *ret, GError **error);

G_END_DECLS
