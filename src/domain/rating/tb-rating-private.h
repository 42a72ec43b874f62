/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  gboolean all, national, inbound;
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
  const TbService *service; /* or NULL: a package priced alone */
  const TbClient *client;   /* likewise */
  const TbPlan *plan;
  TbRateBook *client_rates; /* or NULL */
  TbCurrency currency;
  const TbCompiledTariff *cost; /* the provider's tariff, or NULL */
  guint *slots; /* of the state, one a pool of the plan */

  /* The terms of the last day asked for; calls come in order of time. */
  TbDay day;
  TbDecimal exchange_from, exchange_to;
  TbFraction exchange;
  guint tariff_terms, own_terms; /* indices */
} TbCandidate;

struct _TbRatingTenant
{
  guint connection;
  char *name;
  GPtrArray *candidates;     /* of TbCandidate, owned */
  GHashTable *by_extension;  /* extension → GPtrArray of TbCandidate */
  GHashTable *by_did;        /* digits → GPtrArray of TbCandidate */
  GPtrArray *plain;          /* of TbCandidate that list nothing */
  const TbCompiledTariff *cost;
};

struct _TbRating
{
  const TbSetup *setup;
  TbZone *zone; /* of the company */
  TbCurrency currency;
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
  gint64 left;
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

/* tb-rating-service.c: step 2. NULL with *ret_status no-service or ambiguous. */
TbCandidate *tb_rating_find_service (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCallStatus *ret_status);
gboolean     tb_rating_is_internal (TbRatingTenant *tenant, const TbCall *call);

/* tb-rating-terms.c: sets exchange and terms of `day`. */
gboolean tb_rating_use_day (TbRating *self, TbCandidate *candidate, TbDay day, GError **error);
TbFraction tb_fraction_new (gint64 num, gint64 den);

/* tb-rating-pools.c: steps 10. Takes from the pools that fit; *ret_fee is the pool's own connect fee when one served, else
 * TB_DECIMAL_NONE. Returns the free seconds. */
gint64 tb_rating_take_free (TbRatingState *state, TbCandidate *candidate, const char *number, gboolean inbound, TbDay day, gint64 billed,
                            gint64 talk, gboolean *ret_exact, TbDecimal *ret_fee);

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
