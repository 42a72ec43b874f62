/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-period.h"
#include "tb-decimal.h"
#include "tb-money.h"
#include "tb-time.h"

G_BEGIN_DECLS

/* Values as people read them, in the current locale. All return new strings. */
char *tb_format_number (gint64 n);                    /* 1,234 */
char *tb_format_seconds (gint64 seconds);             /* 1:02:03, 2:03, 0:07 */
char *tb_format_minutes (gint64 seconds);             /* whole minutes, grouped */
char *tb_format_time (gint64 time, TbZone *zone);     /* 2026-10-02 09:14:03; "" for none */
char *tb_format_day (TbDay day);                      /* 2026-10-02; "" for none */
char *tb_format_day_long (TbDay day);                 /* 2 October 2026 */
char *tb_format_month (int year, int month);          /* October 2026 */
char *tb_format_period (TbPeriod period);             /* first to last day */
char *tb_format_amount (TbAmount amount, TbCurrency currency);
char *tb_format_sum (TbMoney sum);                    /* to minor units; what would be nothing there, as far as its first digits */
char *tb_format_rate (TbDecimal rate);                /* 0.0052; "" for none */
char *tb_format_percent (TbDecimal percent);
char *tb_format_sums (GArray *sums);                  /* of TbMoney: "12.00 CAD + 3.00 USD" */
char *tb_format_increment (gint32 initial, gint32 next);
char *tb_format_address (char **lines);

G_END_DECLS
