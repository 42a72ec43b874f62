/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tb-chart-private.h"

#define GAP 6.0

/* ---- ticks ---- */

static gint64
divide_down (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* How many steps it takes from the one at or below `low` to the one at or above `high`. */
static guint64
count_steps (gint64 low, gint64 high, gint64 step)
{
  return (guint64) (-divide_down (-MAX (high, -G_MAXINT64), step)) - (guint64) divide_down (low, step);
}

static gint64
next_step (gint64 step, gint64 unit)
{
  gint64 head = step / unit;

  while (head >= 10)
    head /= 10;
  return head == 2 ? step / 2 * 5 : step * 2;
}

TbChartTicks
tb_chart_ticks (gint64 low, gint64 high, guint most, gint64 unit)
{
  TbChartTicks ticks = { 0, MAX (unit, 1), 0 };

  low = CLAMP (low, -G_MAXINT64, 0);
  high = MAX (high, 0);
  most = MAX (most, low < 0 && high > 0 ? 3 : 2);
  while (count_steps (low, high, ticks.step) + 1 > most && ticks.step <= G_MAXINT64 / 5 * 2)
    ticks.step = next_step (ticks.step, MAX (unit, 1));
  ticks.n = (guint) count_steps (low, high, ticks.step) + 1;
  ticks.first = divide_down (low, ticks.step);
  /* No tick is beyond what a value can be. */
  if (ticks.first < -(G_MAXINT64 / ticks.step))
    ticks.first++, ticks.n--;
  if (ticks.first + (gint64) ticks.n - 1 > G_MAXINT64 / ticks.step)
    ticks.n--;
  ticks.first *= ticks.step;
  return ticks;
}

/* The way from the first to the last may be longer than a value can be. */
gint64
tb_chart_ticks_get (const TbChartTicks *self, guint tick)
{
  return (gint64) (self->first + (__int128) tick * self->step);
}

/* ---- what the bars reach ---- */

static void
find_ends (const TbChart *self, double *ret_low, double *ret_high)
{
  double low = 0, high = 0;

  for (guint i = 0; i < self->bars->len; i++)
    {
      const gint64 *values = g_array_index (self->bars, TbChartBar, i).values;
      double below = 0, above = 0;

      for (guint j = 0; j < self->series->len; j++)
        if (self->kind == TB_CHART_STACKED)
          below += MIN (values[j], 0), above += MAX (values[j], 0);
        else
          below = MIN (below, values[j]), above = MAX (above, values[j]);
      low = MIN (low, below);
      high = MAX (high, above);
    }
  *ret_low = low;
  *ret_high = high;
}

static gint64
to_value (double value)
{
  return value >= 9.2e18 ? G_MAXINT64 : value <= -9.2e18 ? -G_MAXINT64 : (gint64) value;
}

/* ---- text ---- */

double
tb_chart_plot_measure (TbChartPlot *plot, const char *text)
{
  int width;

  pango_layout_set_width (plot->layout, -1);
  pango_layout_set_text (plot->layout, text, -1);
  pango_layout_get_size (plot->layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

static void
begin_text (TbChartPlot *plot, const TbChartStyle *style)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ()); /* this thread's */
  PangoFontDescription *font = pango_font_description_from_string (style->font);
  int height;

  /* Places are the same whatever is drawn on: asked for before, and drawn at any scale. */
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, style->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  plot->layout = pango_layout_new (context);
  pango_layout_set_font_description (plot->layout, font);
  pango_layout_set_single_paragraph_mode (plot->layout, TRUE);
  pango_font_description_free (font);
  g_object_unref (context);
  pango_layout_set_text (plot->layout, "0", -1);
  pango_layout_get_size (plot->layout, NULL, &height);
  plot->line = (double) height / PANGO_SCALE;
}

static double
measure_labels (TbChartPlot *plot, const TbChart *self)
{
  double widest = 0;

  for (guint i = 0; i < self->bars->len; i++)
    widest = MAX (widest, tb_chart_plot_measure (plot, g_array_index (self->bars, TbChartBar, i).label));
  return widest;
}

static double
measure_ticks (TbChartPlot *plot, const TbChart *self)
{
  double widest = 0;

  for (guint i = 0; i < plot->ticks.n; i++)
    {
      g_autofree char *text = tb_chart_format (self, tb_chart_ticks_get (&plot->ticks, i));

      widest = MAX (widest, tb_chart_plot_measure (plot, text));
    }
  return widest;
}

static double
measure_figures (TbChartPlot *plot, const TbChart *self)
{
  double widest = 0;

  for (guint i = 0; i < self->bars->len && self->series->len > 0; i++)
    {
      g_autofree char *text = tb_chart_dup_value (self, i, 0);

      widest = MAX (widest, tb_chart_plot_measure (plot, text));
    }
  return widest;
}

/* ---- the field ---- */

/* Names at the left, values in words at the right, bars between them; no axis. */
static void
lay_down (TbChartPlot *plot, const TbChart *self, double width)
{
  plot->labels = MIN (measure_labels (plot, self), width * 0.4);
  plot->figures = MIN (measure_figures (plot, self), width * 0.3);
  plot->left = plot->labels + GAP;
  plot->across = MAX (width - plot->left - plot->figures - GAP, 1);
  plot->strip = plot->up / MAX (self->bars->len, 1);
}

static void
stand_up (TbChartPlot *plot, const TbChart *self, double width)
{
  guint most = (guint) CLAMP (plot->up / (2.5 * plot->line), 2, 8);

  plot->ticks = tb_chart_ticks (to_value (plot->low), to_value (plot->high), most, self->unit);
  plot->low = MIN (plot->low, (double) plot->ticks.first);
  plot->high = MAX (plot->high, (double) tb_chart_ticks_get (&plot->ticks, plot->ticks.n - 1));
  plot->labels = measure_labels (plot, self);
  plot->left = measure_ticks (plot, self) + GAP;
  plot->across = MAX (width - plot->left, 1);
  plot->strip = plot->across / MAX (self->bars->len, 1);
}

void
tb_chart_plot_init (TbChartPlot *plot, const TbChart *self, double width, double height, const TbChartStyle *style)
{
  gboolean legend = self->series->len > 1;

  *plot = (TbChartPlot){ .width = width, .lying = self->kind == TB_CHART_ROWS, .rtl = style->rtl };
  begin_text (plot, style);
  find_ends (self, &plot->low, &plot->high);
  /* Half a line above, for the uppermost tick's letters. */
  plot->top = legend ? 2 * plot->line : plot->lying ? 0 : plot->line / 2;
  plot->up = MAX (height - plot->top - (plot->lying ? 0 : plot->line + GAP / 2), 1);
  if (plot->lying)
    lay_down (plot, self, width);
  else
    stand_up (plot, self, width);
}

void
tb_chart_plot_clear (TbChartPlot *plot)
{
  g_clear_object (&plot->layout);
}

double
tb_chart_plot_at (const TbChartPlot *plot, double value)
{
  double share = plot->high > plot->low ? (value - plot->low) / (plot->high - plot->low) : 0;

  return plot->lying ? plot->left + share * plot->across : plot->top + (1 - share) * plot->up;
}

void
tb_chart_plot_turn (const TbChartPlot *plot, cairo_rectangle_t *rectangle)
{
  if (plot->rtl)
    rectangle->x = plot->width - rectangle->x - rectangle->width;
}

void
tb_chart_plot_strip (const TbChartPlot *plot, guint bar, cairo_rectangle_t *ret)
{
  if (plot->lying)
    *ret = (cairo_rectangle_t){ 0, plot->top + bar * plot->strip, plot->width, plot->strip };
  else
    *ret = (cairo_rectangle_t){ plot->left + bar * plot->strip, plot->top, plot->strip, plot->up };
  tb_chart_plot_turn (plot, ret);
}

/* What lies under the value on its side of zero. */
static double
stack_below (const TbChart *self, const gint64 *values, guint series)
{
  double sum = 0;

  if (self->kind == TB_CHART_STACKED)
    for (guint i = 0; i < series; i++)
      if ((values[i] < 0) == (values[series] < 0))
        sum += values[i];
  return sum;
}

void
tb_chart_plot_bar (const TbChartPlot *plot, const TbChart *self, guint bar, guint series, cairo_rectangle_t *ret)
{
  const gint64 *values = g_array_index (self->bars, TbChartBar, bar).values;
  double base = stack_below (self, values, series);
  double from = tb_chart_plot_at (plot, base), to = tb_chart_plot_at (plot, base + values[series]);
  guint beside = self->kind == TB_CHART_STACKED ? 1 : MAX (self->series->len, 1), place = self->kind == TB_CHART_STACKED ? 0 : series;
  double thick = MIN (plot->strip * 0.72, 40.0 * beside) / beside;
  double side = (plot->strip - thick * beside) / 2 + place * thick + bar * plot->strip;
  /* What is not nothing is seen. */
  double length = values[series] != 0 ? MAX (fabs (to - from), 1) : 0;

  if (plot->lying)
    *ret = (cairo_rectangle_t){ values[series] < 0 ? from - length : from, plot->top + side, length, thick };
  else
    *ret = (cairo_rectangle_t){ plot->left + side, values[series] < 0 ? from : from - length, thick, length };
  tb_chart_plot_turn (plot, ret);
}

void
tb_chart_get_place (const TbChart *self, double width, double height, const TbChartStyle *style, guint bar, guint series,
                    cairo_rectangle_t *ret)
{
  TbChartPlot plot;

  tb_chart_plot_init (&plot, self, width, height, style);
  tb_chart_plot_bar (&plot, self, bar, series, ret);
  tb_chart_plot_clear (&plot);
}

int
tb_chart_find (const TbChart *self, double width, double height, const TbChartStyle *style, double x, double y)
{
  TbChartPlot plot;
  int found = -1;

  tb_chart_plot_init (&plot, self, width, height, style);
  for (guint i = 0; i < self->bars->len && found < 0; i++)
    {
      cairo_rectangle_t strip;

      tb_chart_plot_strip (&plot, i, &strip);
      if (x >= strip.x && x < strip.x + strip.width && y >= strip.y && y < strip.y + strip.height)
        found = (int) i;
    }
  tb_chart_plot_clear (&plot);
  return found;
}
