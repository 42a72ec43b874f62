/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"

G_BEGIN_DECLS

/* What was charged, what it cost and what is left of it, in one currency. */
typedef struct
{
  TbMoney charge, cost, margin; /* margin = charge − cost as they stand here; below 0 = a loss */
  TbDecimal percent;            /* margin of charge, half-up to two decimals; TB_DECIMAL_NONE where nothing was charged, and beyond ±9 million */
} TbMargin;

/**
 * TbMarginSum: charges and costs in any currencies, added up exactly: amount × exchange rate at 10^-21, rounded once when the sum is asked
 * for. So the sum over a month's calls does not depend on how they were grouped before. Starts as zeros.
 */
typedef struct
{
  __int128 charge, cost; /* 10^-21 */
} TbMarginSum;

/* Rates are the base currency's units for 1 of the amount's. */
gboolean tb_margin_sum_add (TbMarginSum *self, TbAmount charge, TbDecimal charge_rate, TbAmount cost, TbDecimal cost_rate, GError **error);
gboolean tb_margin_sum_add_sum (TbMarginSum *self, const TbMarginSum *other, GError **error);
/* By the exact values: < 0 is a loss, however small. */
int      tb_margin_sum_get_sign (const TbMarginSum *self);
/* In `currency`, the base currency, half-up to 10^-9. */
gboolean tb_margin_sum_get (const TbMarginSum *self, TbCurrency currency, TbMargin *ret, GError **error);

/* ---- limits ---- */

/* What a client's month must bring and may use, in the base currency. */
typedef struct
{
  TbDecimal minimum_percent; /* margin of charge; TB_DECIMAL_NONE = no limit */
  TbAmount usage;            /* charges of the month; TB_DECIMAL_NONE = no limit */
} TbMarginLimit;

#define TB_MARGIN_LIMIT_NONE ((TbMarginLimit){ TB_DECIMAL_NONE, TB_DECIMAL_NONE })

typedef enum
{
  TB_MARGIN_BREACH_NONE = 0,
  TB_MARGIN_BREACH_MARGIN = 1 << 0, /* below the minimum; a cost without any charge is below every minimum */
  TB_MARGIN_BREACH_USAGE = 1 << 1,  /* above the maximum */
} TbMarginBreach;

gboolean       tb_margin_limit_is_none (const TbMarginLimit *self);
/* Each value of its own where there is one, else the other's. */
TbMarginLimit  tb_margin_limit_or (const TbMarginLimit *self, const TbMarginLimit *fallback);
/* A minimum is a percentage from -100 to 100, a maximum is not below 0: TB_ERROR_INVALID_INPUT otherwise. */
gboolean       tb_margin_limit_validate (const TbMarginLimit *self, GError **error);
/* Exact: percentages are multiplied out, not divided. */
TbMarginBreach tb_margin_limit_check (const TbMarginLimit *self, const TbMargin *margin);
const char    *tb_margin_breach_to_string (TbMarginBreach self); /* "margin" "usage" "margin,usage", NULL for none */

G_END_DECLS
