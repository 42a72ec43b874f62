/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-chart.h"

G_BEGIN_DECLS

/**
 * TbChartView: a chart in the window. Arrow keys, Home and End go from bar to bar and the pointer points at one; its values are said under the chart
 * and to assistive technology. A button shows the same figures as a table.
 */
#define TB_TYPE_CHART_VIEW (tb_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (TbChartView, tb_chart_view, TB, CHART_VIEW, AdwBin)

void        tb_chart_view_set_chart (TbChartView *self, TbChart *chart); /* taken; NULL = none yet */
void        tb_chart_view_set_height (TbChartView *self, int height);
const char *tb_chart_view_get_said (TbChartView *self);                  /* of the bar that is pointed at; "" = none */

G_END_DECLS
