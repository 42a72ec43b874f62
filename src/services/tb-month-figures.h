/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-store.h"
#include "tb-time.h"

G_BEGIN_DECLS

/* What happened on one day or in one month; money in the company's currency. */
typedef struct
{
  gint64 calls, seconds;
  TbAmount revenue, margin;
} TbFigures;

/**
 * TbMonthFigures: a month's calls day by day, for charts. Money of other currencies is exchanged by the rate in force on the day of the call, as reports of
 * margin do.
 */
typedef struct
{
  int year, month;
  TbCurrency currency;
  guint n_days;
  TbFigures days[31], total;
  gboolean incomplete; /* some money is left out: no exchange rate was in force */
} TbMonthFigures;

/* One pass through the calls of that month of the company's zone. */
TbMonthFigures *tb_month_figures_new (TbStore *store, int year, int month, TbJob *job, GError **error);
/* The nearest month with calls, from that one back through the twelve before it; that one when all are empty. */
TbMonthFigures *tb_month_figures_new_last (TbStore *store, int year, int month, TbJob *job, GError **error);

G_END_DECLS
