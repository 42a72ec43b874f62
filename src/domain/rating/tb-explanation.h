/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction.h"
#include "tb-rate-trace.h"
#include "tb-rating-why.h"

G_BEGIN_DECLS

/* Where a rate row came from. */
typedef struct
{
  guint32 version; /* of its list that brought it; 0 = unknown */
  gint64 time;     /* TB_TIME_NONE = unknown */
  char *file;      /* or NULL; its line is the rate's own */
} TbRateOrigin;

/**
 * TbExplanationFacts: what an explanation is made of. The first five are what the books keep of every rated call and suffice for its charge;
 * the others were looked up for it, and what is NULL is left out.
 */
typedef struct
{
  const TbCall *call;
  const TbRatedCall *rated;
  const TbRate *rate, *cost_rate;
  const TbRatingTerms *terms;

  const char *service, *package;
  TbZone *zone; /* of dates in sentences; NULL = UTC */
  TbRateOrigin origin, cost_origin;
  const TbNumberPlan *plan;
  GPtrArray *lists;             /* of TbTriedList, in the order they were asked */
  const TbTriedList *cost_list; /* of the provider */
  TbZone *cost_zone;            /* of its bands, when its tariff splits calls at them */
  GArray *pools;                /* of TbPoolShare */
  const TbFilter *filter;
  const char *filter_package; /* NULL: a filter for all packages */
  const char *exchange;       /* a sentence on the exchange rate that was missing when the call was rated */
  GArray *claims;             /* of TbServiceClaim */
  GPtrArray *corrections;     /* of TbCorrection, each with the call alone in its list: what became of the charge after it was invoiced */
} TbExplanationFacts;

typedef struct
{
  gint64 from;    /* second of what is charged */
  gint64 talked;  /* seconds of it that were asked for */
  gint64 seconds; /* as sold: talked, rounded up to the increment */
  gint32 increment, per;
  TbDecimal rate; /* as in the rate row, for `per` seconds */
  TbDecimal sell; /* a minute of it as charged, in the charge's currency; 10^-12, half-up */
  char *amount;   /* rate × seconds ÷ per, exact, in the rate's currency; "0.01…" when it does not end */
} TbExplainedPiece;

typedef enum { TB_LIMIT_NONE, TB_LIMIT_MINIMUM, TB_LIMIT_MAXIMUM } TbLimit;

/* What made a charge, or a cost, of the pieces. */
typedef struct
{
  GArray *pieces; /* of TbExplainedPiece */
  gint32 minimum, grace, included; /* seconds */
  TbDecimal fee, sell_fee;         /* connection fee in the rate's currency; as charged in the charge's */
  gboolean fee_is_marked;
  TbDecimal surcharge, markup; /* a minute; percent */
  TbCurrency from, to;         /* of the rate, of the charge */
  TbDecimal exchange_from, exchange_to;
  TbDecimal tier_rate; /* TB_DECIMAL_NONE = no tier set the price */
  char *exact;         /* before rounding, in `to`; NULL when nothing was multiplied */
  TbRounding rounding;
  TbDecimal min_charge, max_charge; /* of the rate; TB_DECIMAL_NONE */
  TbLimit limit;                    /* the one that set the amount */
  TbAmount amount;
} TbExplainedPrice;

/* Why a call cost what it cost, or cost nothing. */
typedef struct
{
  char *title;             /* which call */
  GPtrArray *lines;        /* of char *: whole translated sentences in order, for staff */
  char *advice;            /* what to do, where something is to be done; else NULL. The last of the lines too */
  char *client_text;       /* fit for a reply to the client: no cost, provider, markup or name of package, tariff or list in it */
  TbExplainedPrice *price; /* or NULL: there is no charge to explain */
  TbExplainedPrice *cost;  /* or NULL */
} TbExplanation;

TbExplanation *tb_explanation_new (const TbExplanationFacts *facts, GError **error);
void           tb_explanation_free (TbExplanation *self);
char          *tb_explanation_to_text (const TbExplanation *self); /* for staff */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbExplanation, tb_explanation_free)

/* Translated: why a prefix was or was not chosen; what a list is called. New strings. */
char *tb_tried_rate_describe (const TbTriedRate *self, TbZone *zone);
char *tb_tried_list_describe (const TbTriedList *self);

G_END_DECLS
