/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-decimal.h"
#include "tb-rounding.h"
#include "tb-words.h"

G_BEGIN_DECLS

/* An amount with its currency, by value. Mixing currencies and overflow are errors, never results. */
typedef struct
{
  TbAmount amount;
  TbCurrency currency;
} TbMoney;

gboolean tb_money_add (TbMoney a, TbMoney b, TbMoney *ret, GError **error);
gboolean tb_money_subtract (TbMoney a, TbMoney b, TbMoney *ret, GError **error);
/* Adds to a list of TbMoney, one a currency. */
gboolean tb_money_add_to (GArray *sums, TbMoney money, GError **error);
gboolean tb_amount_add (TbAmount a, TbAmount b, TbAmount *ret, GError **error);
gboolean tb_amount_subtract (TbAmount a, TbAmount b, TbAmount *ret, GError **error);
/* percent of an amount (13 → 13 * TB_DECIMAL_ONE), rounded once to the currency's minor units. */
gboolean tb_money_percent (TbMoney base, TbDecimal percent, TbRoundingMode mode, TbMoney *ret, GError **error);
/* To the currency's minor units. */
gboolean tb_money_round (TbMoney money, TbRoundingMode mode, TbMoney *ret, GError **error);
/* money × rate, as `currency`, rounded half-up to 10^-9: for sums in reports, never for a charge. */
gboolean tb_money_exchange (TbMoney money, TbDecimal rate, TbCurrency currency, TbMoney *ret, GError **error);
/* For machines: "12.50" (minor units at least), no grouping, no currency. */
char    *tb_money_to_string (TbMoney self);
/* For people: "1,234.50 CAD", digits and separators of the current locale, minor units at least. */
char    *tb_money_to_display (TbMoney self);
/* The same as another language writes it. */
char    *tb_money_to_display_in (TbMoney self, const TbWords *words);

G_END_DECLS
