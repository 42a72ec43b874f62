/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tb-chart-private.h"

typedef struct
{
  const TbChart *chart;
  const TbChartStyle *style;
  cairo_t *cr;
  TbChartPlot plot;
} Drawing;

static void
set_ink (Drawing *self, const TbChartInk *ink)
{
  cairo_set_source_rgba (self->cr, ink->red, ink->green, ink->blue, ink->alpha);
}

/* In a box that has that width and begins there, as if read from left to right; y is the middle of the line. */
static void
draw_text (Drawing *self, const char *text, double x, double width, double y, PangoAlignment align, const TbChartInk *ink)
{
  PangoLayout *layout = self->plot.layout;
  cairo_rectangle_t box = { x, y - self->plot.line / 2, width, self->plot.line };
  double wide = MIN (tb_chart_plot_measure (&self->plot, text), width);

  if (align == PANGO_ALIGN_RIGHT)
    box.x += width - wide;
  else if (align == PANGO_ALIGN_CENTER)
    box.x += (width - wide) / 2;
  box.width = wide;
  tb_chart_plot_turn (&self->plot, &box);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) ceil (wide * PANGO_SCALE) + PANGO_SCALE / 8);
  set_ink (self, ink);
  cairo_move_to (self->cr, box.x, box.y);
  pango_cairo_show_layout (self->cr, layout);
}

static void
fill (Drawing *self, cairo_rectangle_t box, const TbChartInk *ink)
{
  set_ink (self, ink);
  cairo_rectangle (self->cr, box.x, box.y, box.width, box.height);
  cairo_fill (self->cr);
}

/* ---- bars ---- */

static void
hatch (Drawing *self, const cairo_rectangle_t *box, guint series)
{
  double step = 2.0 + 2.0 * series;

  cairo_save (self->cr);
  cairo_rectangle (self->cr, box->x, box->y, box->width, box->height);
  cairo_clip (self->cr);
  for (double at = -box->height; at < box->width; at += step)
    {
      cairo_move_to (self->cr, box->x + at, box->y + box->height);
      cairo_line_to (self->cr, box->x + at + box->height, box->y);
    }
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

static void
draw_box (Drawing *self, const cairo_rectangle_t *box, guint series)
{
  fill (self, *box, &self->style->series[series]);
  if (!self->style->outlined)
    return;
  set_ink (self, &self->style->text);
  cairo_set_line_width (self->cr, 1);
  if (series > 0)
    hatch (self, box, series);
  cairo_rectangle (self->cr, box->x + 0.5, box->y + 0.5, MAX (box->width - 1, 0), MAX (box->height - 1, 0));
  cairo_stroke (self->cr);
}

static void
draw_bars (Drawing *self)
{
  for (guint i = 0; i < self->chart->bars->len; i++)
    for (guint j = 0; j < self->chart->series->len; j++)
      {
        cairo_rectangle_t box;

        tb_chart_plot_bar (&self->plot, self->chart, i, j, &box);
        if (box.width > 0 && box.height > 0)
          draw_box (self, &box, j);
      }
}

/* ---- what stands around them ---- */

static void
draw_ticks (Drawing *self)
{
  const TbChartPlot *plot = &self->plot;

  for (guint i = 0; i < plot->ticks.n; i++)
    {
      gint64 value = tb_chart_ticks_get (&plot->ticks, i);
      g_autofree char *text = tb_chart_format (self->chart, value);
      double y = tb_chart_plot_at (plot, value);
      cairo_rectangle_t line = { plot->left, floor (y), plot->across, 1 };

      tb_chart_plot_turn (plot, &line);
      fill (self, line, value == 0 ? &self->style->dim : &self->style->grid);
      draw_text (self, text, 0, plot->left - 6, y, PANGO_ALIGN_RIGHT, &self->style->dim);
    }
}

/* Every first, second, fifth … so that they do not touch. */
static guint
choose_every (const TbChartPlot *plot)
{
  static const guint steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * plot->strip >= plot->labels + 6)
      return steps[i];
  return 1000;
}

static void
draw_labels_below (Drawing *self)
{
  const TbChartPlot *plot = &self->plot;
  guint every = choose_every (plot);
  double wide = MAX (plot->strip, plot->labels);

  for (guint i = 0; i < self->chart->bars->len; i++)
    if ((i + 1) % every == 0 || (i == 0 && every > 2))
      {
        double middle = plot->left + (i + 0.5) * plot->strip;
        double x = CLAMP (middle - wide / 2, 0, MAX (plot->width - wide, 0));

        draw_text (self, g_array_index (self->chart->bars, TbChartBar, i).label, x, wide, plot->top + plot->up + 3 + plot->line / 2,
                   PANGO_ALIGN_CENTER, &self->style->dim);
      }
}

static void
draw_labels_beside (Drawing *self)
{
  const TbChartPlot *plot = &self->plot;

  for (guint i = 0; i < self->chart->bars->len && self->chart->series->len > 0; i++)
    {
      g_autofree char *value = tb_chart_dup_value (self->chart, i, 0);
      double y = plot->top + (i + 0.5) * plot->strip;

      draw_text (self, g_array_index (self->chart->bars, TbChartBar, i).label, 0, plot->labels, y, PANGO_ALIGN_LEFT, &self->style->text);
      draw_text (self, value, plot->width - plot->figures, plot->figures, y, PANGO_ALIGN_RIGHT, &self->style->text);
    }
}

static void
draw_legend (Drawing *self)
{
  double x = self->plot.lying ? 0 : self->plot.left, side = self->plot.line * 0.6;

  for (guint i = 0; i < self->chart->series->len; i++)
    {
      const char *name = tb_chart_get_series (self->chart, i);
      double wide = tb_chart_plot_measure (&self->plot, name);
      cairo_rectangle_t box = { x, self->plot.line / 2 - side / 2, side, side };

      if (x + side > self->plot.width)
        return;
      tb_chart_plot_turn (&self->plot, &box);
      draw_box (self, &box, i);
      draw_text (self, name, x + side + 4, MIN (wide, MAX (self->plot.width - x - side - 4, 1)), self->plot.line / 2, PANGO_ALIGN_LEFT,
                 &self->style->text);
      x += side + 4 + wide + 14;
    }
}

void
tb_chart_draw (const TbChart *self, cairo_t *cr, double width, double height, const TbChartStyle *style, int marked)
{
  Drawing drawing = { self, style, cr, { 0 } };

  cairo_save (cr);
  tb_chart_plot_init (&drawing.plot, self, width, height, style);
  if (marked >= 0 && marked < (int) self->bars->len)
    {
      cairo_rectangle_t strip;

      tb_chart_plot_strip (&drawing.plot, (guint) marked, &strip);
      fill (&drawing, strip, &style->mark);
    }
  if (drawing.plot.lying)
    draw_labels_beside (&drawing);
  else
    {
      draw_ticks (&drawing);
      draw_labels_below (&drawing);
    }
  draw_bars (&drawing);
  if (self->series->len > 1)
    draw_legend (&drawing);
  tb_chart_plot_clear (&drawing.plot);
  cairo_restore (cr);
}
