/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * TbChart: figures as bars, drawn on a cairo_t: the window and the printer share it. It holds whole numbers of the smallest unit (seconds, 10^-9 of a
 * currency) and is told how people read them; doubles are places on the paper only.
 *
 * Bars stand for something with a name each (a day, a destination) and have a value of each series, side by side or on each other.
 */
typedef struct _TbChart TbChart;

typedef enum
{
  TB_CHART_PAIRED,  /* upright; series side by side */
  TB_CHART_STACKED, /* upright; series on each other, those below zero below it */
  TB_CHART_ROWS,    /* lying, with name and value of the first series in words; series under each other */
} TbChartKind;

#define TB_CHART_MAX_SERIES 4

/* A value in words for people; a new string. */
typedef char *(*TbChartFormat) (gint64 value, gpointer data);

/* `title` is for those who hear the chart. Ticks are `unit` × 1, 2 or 5 × a power of ten: 1 for counts, 60 for minutes of seconds. */
TbChart    *tb_chart_new (TbChartKind kind, const char *title, gint64 unit);
void        tb_chart_free (TbChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbChart, tb_chart_free)
/* Without one: whole units, digits of the locale. */
void        tb_chart_set_format (TbChart *self, TbChartFormat format, gpointer data, GDestroyNotify free_data);
void        tb_chart_add_series (TbChart *self, const char *name); /* before bars; at most TB_CHART_MAX_SERIES */
/* `label` stands at the axis, `name` says it in full; a value for each series. */
void        tb_chart_add_bar (TbChart *self, const char *label, const char *name, const gint64 *values);

const char *tb_chart_get_title (const TbChart *self);
guint       tb_chart_get_n_series (const TbChart *self);
guint       tb_chart_get_n_bars (const TbChart *self);
const char *tb_chart_get_series (const TbChart *self, guint series);
const char *tb_chart_get_bar (const TbChart *self, guint bar);  /* its name */
char       *tb_chart_dup_value (const TbChart *self, guint bar, guint series);
char       *tb_chart_dup_text (const TbChart *self, guint bar); /* "3 October: Revenue 12.50, Margin 3.10" */
gboolean    tb_chart_is_empty (const TbChart *self);            /* no bar, or nothing but zeros */

/* ---- the axis ---- */

typedef struct
{
  gint64 first, step;
  guint n;
} TbChartTicks;
/* At most `most` (2 or more; 3 where there are values on both sides of zero) round numbers that hold `low` to `high` between them, zero among them; values at the end of gint64 may lie
 * beyond the last. */
TbChartTicks tb_chart_ticks (gint64 low, gint64 high, guint most, gint64 unit);
gint64       tb_chart_ticks_get (const TbChartTicks *self, guint tick);

/* ---- drawing ---- */

typedef struct
{
  double red, green, blue, alpha;
} TbChartInk;

typedef struct
{
  const char *font;  /* family */
  double size;       /* of letters, in units of the cairo_t */
  TbChartInk text, dim, grid, mark; /* mark: behind the bar that is pointed at */
  TbChartInk series[TB_CHART_MAX_SERIES];
  gboolean outlined; /* bars with an edge of the text's colour and hatched from the second series on: told apart without colours */
  gboolean rtl;      /* time goes from right to left, and the axis stands at the right */
} TbChartStyle;

TbChartStyle tb_chart_style_paper (void); /* dark letters on white */

/* `marked` is the bar that is pointed at; -1 = none. */
void     tb_chart_draw (const TbChart *self, cairo_t *cr, double width, double height, const TbChartStyle *style, int marked);
/* Where a value's bar lies in a chart of that size; empty for zero. */
void     tb_chart_get_place (const TbChart *self, double width, double height, const TbChartStyle *style, guint bar, guint series,
                             cairo_rectangle_t *ret);
/* The bar whose strip holds the point; -1 = none. */
int      tb_chart_find (const TbChart *self, double width, double height, const TbChartStyle *style, double x, double y);

G_END_DECLS
