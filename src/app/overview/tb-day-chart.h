/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Calls a day of one month as bars. */
#define TB_TYPE_DAY_CHART (tb_day_chart_get_type ())
G_DECLARE_FINAL_TYPE (TbDayChart, tb_day_chart, TB, DAY_CHART, GtkWidget)

/* `counts` has a value for each day of the month; copied. */
void tb_day_chart_set (TbDayChart *self, const gint64 *counts, guint n_days);

G_END_DECLS
