/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-number-plan.h"
#include "tb-rate.h"
#include "tb-rounding.h"
#include "tb-time.h"

G_BEGIN_DECLS

typedef enum { TB_PACKAGE_POSTPAID, TB_PACKAGE_PREPAID } TbPackageMode;
typedef enum { TB_CYCLE_MONTHLY, TB_CYCLE_QUARTERLY, TB_CYCLE_SEMI_ANNUAL, TB_CYCLE_ANNUAL, TB_CYCLE_ONE_OFF } TbCycle;
typedef enum { TB_CUSTOM_MATCH_PRIORITY, TB_CUSTOM_MATCH_LONGEST, TB_CUSTOM_MATCH_EXACT } TbCustomMatch;
typedef enum { TB_CONSUME_BILLED, TB_CONSUME_EXACT } TbConsume;
typedef enum { TB_TIERS_NONE, TB_TIERS_GRADUATED, TB_TIERS_VOLUME } TbTierKind;
typedef enum { TB_TIERS_BY_MINUTES, TB_TIERS_BY_AMOUNT } TbTierBasis;

#define TB_SECONDS_UNLIMITED G_MAXINT64

/* When something begins or ends: with a day of the company's calendar, or at an instant; with neither it is open. */
typedef struct
{
  TbDay day;   /* TB_DAY_NONE = not a day */
  gint64 time; /* TB_TIME_NONE = not an instant */
} TbMoment;
#define TB_MOMENT_OPEN ((TbMoment){ TB_DAY_NONE, TB_TIME_NONE })

gboolean tb_moment_is_equal (TbMoment a, TbMoment b);
/* The instant: a day's is its first in `zone`; `open` when there is none. */
gint64   tb_moment_to_utc (TbMoment self, TbZone *zone, gint64 open);

/* A pool of included seconds in each billing period (rating.md step 10). */
typedef struct
{
  char *name;
  gint64 seconds;  /* TB_SECONDS_UNLIMITED allowed */
  char **scope;    /* prefixes, or {"all"} {"national"} {"inbound"}; NULL = all */
  gboolean shared; /* by all services of the client */
  gboolean carry_over;
  TbConsume consume;
  gint32 unit; /* seconds taken at a time, ≥ 1 */
  gint32 priority;
  TbMoment from, to; /* validity [from, to) */
  TbDecimal connect_fee; /* due instead of the rate's when the pool serves; TB_DECIMAL_NONE = the rate's when it serves a part, none else */
} TbAllowance;

/* One price of what is used beyond `from` in a billing period, by a service, at the tariff or the flat rate (rating.md step 11). It takes the
 * rate's place: in the tariff's currency, without surcharge and markup. The first tier begins at 0. */
typedef struct
{
  TbDecimal from; /* minutes or amount */
  TbDecimal rate; /* per minute */
} TbTier;

/* What a client buys. */
typedef struct
{
  guint32 id;
  char *name;
  char *tariff;      /* its name */
  TbDecimal markup;  /* percent */
  gboolean markup_connect_fee;
  TbDecimal surcharge; /* per minute, before markup */
  TbRounding rounding;
  TbPackageMode mode;
  TbDecimal fee; /* per cycle, in the client's currency */
  TbCycle cycle;
  TbNumberPlan number_plan;
  gint32 initial, next;  /* 0 = the rate's own */
  gint32 minimum, grace; /* -1 = the rate's own */
  TbDecimal connect_fee; /* TB_DECIMAL_NONE = the rate's own */
  GPtrArray *included;   /* of TbAllowance */
  TbCustomMatch custom_match;
  GPtrArray *custom_rates; /* of TbRate */
  TbRate *flat_rate;       /* or NULL; its prefix is "" */
  TbTierKind tier_kind;
  TbTierBasis tier_basis;
  GArray *tiers; /* of TbTier, ascending */
  gboolean bill_inbound;
  TbRate *inbound_rate; /* or NULL */
  gboolean bill_internal;
  GPtrArray *filters; /* of TbFilter */
} TbPackage;

TbAllowance *tb_allowance_new (void);
TbAllowance *tb_allowance_copy (const TbAllowance *self);
void         tb_allowance_free (TbAllowance *self);
TbPackage   *tb_package_new (void); /* the contract's defaults */
TbPackage   *tb_package_copy (const TbPackage *self);
void         tb_package_free (TbPackage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPackage, tb_package_free)

const char *tb_cycle_to_string (TbCycle self); /* "monthly" "quarterly" "semi-annual" "annual" "one-off" */
gboolean    tb_cycle_parse (const char *text, TbCycle *ret);
int         tb_cycle_get_months (TbCycle self); /* 0 for one-off */

G_END_DECLS
