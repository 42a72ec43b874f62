/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "tb-chart.h"

G_BEGIN_DECLS

/* Private to this folder. */

typedef struct
{
  char *label, *name;
  gint64 values[TB_CHART_MAX_SERIES];
} TbChartBar;

struct _TbChart
{
  TbChartKind kind;
  char *title;
  gint64 unit;
  GPtrArray *series; /* of char * */
  GArray *bars;      /* of TbChartBar */
  TbChartFormat format;
  gpointer format_data;
  GDestroyNotify free_format_data;
};

/* Where things lie, as if it were read from left to right; tb_chart_plot_turn mirrors. */
typedef struct
{
  PangoLayout *layout;
  double line;            /* height of one */
  double width;           /* of the whole chart */
  gboolean lying, rtl;
  double left, top, across, up; /* the field of bars: across is its width, up its height */
  double labels;          /* room for the labels of bars */
  double figures;         /* of lying bars: room for their values */
  double low, high;       /* values at the ends of the field */
  TbChartTicks ticks;
  double strip;           /* of a bar */
} TbChartPlot;

char  *tb_chart_format (const TbChart *self, gint64 value);
void   tb_chart_plot_init (TbChartPlot *plot, const TbChart *self, double width, double height, const TbChartStyle *style);
void   tb_chart_plot_clear (TbChartPlot *plot);
/* Along the axis of values: from the left where bars lie, else from the top. */
double tb_chart_plot_at (const TbChartPlot *plot, double value);
void   tb_chart_plot_turn (const TbChartPlot *plot, cairo_rectangle_t *rectangle);
void   tb_chart_plot_bar (const TbChartPlot *plot, const TbChart *self, guint bar, guint series, cairo_rectangle_t *ret);
void   tb_chart_plot_strip (const TbChartPlot *plot, guint bar, cairo_rectangle_t *ret);
double tb_chart_plot_measure (TbChartPlot *plot, const char *text);

G_END_DECLS
