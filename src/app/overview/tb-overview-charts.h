/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-chart.h"
#include "tb-invoice-rows.h"
#include "tb-margin-report.h"
#include "tb-month-figures.h"

G_BEGIN_DECLS

/* What the overview's charts show, made of what was read. All return new charts. */

typedef enum { TB_MEASURE_MINUTES, TB_MEASURE_REVENUE, TB_MEASURE_MARGIN, TB_MEASURE_CALLS, TB_N_MEASURES } TbMeasure;
const char *tb_measure_to_display (TbMeasure self); /* translated */

/* Day by day beside the month before, which may be NULL. */
TbChart *tb_overview_chart_days (TbMeasure measure, const TbMonthFigures *month, const TbMonthFigures *before);
/* Months (of TbMonthFigures) in their order. */
TbChart *tb_overview_chart_months (TbMeasure measure, GPtrArray *months);
/* Those with the most minutes; rows of a report by destination. */
TbChart *tb_overview_chart_destinations (const TbMarginReport *report, guint most);
/* What is open by age, of one currency. */
TbChart *tb_overview_chart_ageing (const TbAgeing *ageing);

G_END_DECLS
