/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-chart.h"

#include <locale.h>
#include <string.h>

/* Charts are judged by where their colours lie, not by a picture: each bar where its value belongs, whichever way it is read. With
 * TOLLBOOK_KEEP_PAGES=FOLDER the pictures stay there to be looked at. */

#define WIDTH 400
#define HEIGHT 200

/* ---- ticks ---- */

static void
test_ticks (void)
{
  static const struct { gint64 low, high; guint most; gint64 unit, first, step; guint n; const char *why; } rows[] = {
    { 0, 0, 5, 1, 0, 1, 1, "nothing at all still has its zero" },
    { 0, 4, 5, 1, 0, 1, 5, "small counts, one by one" },
    { 0, 5, 5, 1, 0, 2, 4, "no half counts: the next step is two" },
    { 0, 97, 6, 1, 0, 20, 6, "twenty, and the last tick above the highest" },
    { 0, 100, 6, 1, 0, 20, 6, "the highest value on a tick needs none above" },
    { 0, 101, 6, 1, 0, 50, 4, "one more makes it fifty" },
    { -30, 70, 7, 1, -40, 20, 7, "losses: zero is among the ticks" },
    { -3, 0, 4, 1, -3, 1, 4, "only losses" },
    { -7, 5, 2, 1, -10, 10, 3, "values on both sides of zero need three, however little room there is" },
    { 0, 3600, 5, 60, 0, 1200, 4, "seconds that are read as minutes: 20, 40, 60" },
    { 0, 30, 5, 60, 0, 60, 2, "less than one unit" },
    { 0, 12345678901, 5, 10000000, 0, 5000000000, 4, "money: whole fives, never parts of a cent" },
    { 5, 9, 6, 1, 0, 2, 6, "bars stand on zero, however high the lowest" },
    { 0, G_MAXINT64, 5, 1, 0, 5000000000000000000, 2, "the largest value there is: no tick beyond it" },
    { G_MININT64, G_MAXINT64, 5, 1, -5000000000000000000, 5000000000000000000, 3, "both ends" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbChartTicks ticks = tb_chart_ticks (rows[i].low, rows[i].high, rows[i].most, rows[i].unit);

      g_test_message ("%s: %" G_GINT64_FORMAT " + %u × %" G_GINT64_FORMAT, rows[i].why, ticks.first, ticks.n, ticks.step);
      g_assert_cmpint (ticks.n, ==, rows[i].n);
      g_assert_cmpint (ticks.first, ==, rows[i].first);
      g_assert_cmpint (ticks.step, ==, rows[i].step);
    }
}

/* ---- pictures ---- */

static TbChart *
chart_new (TbChartKind kind, guint n_series, const gint64 (*values)[2], guint n)
{
  TbChart *chart = tb_chart_new (kind, "Minutes", 1);

  for (guint i = 0; i < n_series; i++)
    tb_chart_add_series (chart, i == 0 ? "This month" : "Month before");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i + 1);
      g_autofree char *name = g_strdup_printf ("%u October", i + 1);

      tb_chart_add_bar (chart, label, name, values[i]);
    }
  return chart;
}

static cairo_surface_t *
draw (const TbChart *chart, const TbChartStyle *style, const char *name)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const char *folder = g_getenv ("TOLLBOOK_KEEP_PAGES");

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  tb_chart_draw (chart, cr, WIDTH, HEIGHT, style, -1);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (folder != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/chart-%s.png", folder, name);

      g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
    }
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, double x, double y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  guint32 value;

  g_assert_true (x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT);
  memcpy (&value, data + (int) y * cairo_image_surface_get_stride (surface) + (int) x * 4, 4);
  return value & 0xffffff;
}

static guint32
ink (const TbChartInk *self)
{
  return (guint32) (self->red * 255 + 0.5) << 16 | (guint32) (self->green * 255 + 0.5) << 8 | (guint32) (self->blue * 255 + 0.5);
}

static void
assert_colour (cairo_surface_t *surface, double x, double y, const TbChartInk *expected)
{
  g_assert_cmphex (pixel (surface, x, y), ==, ink (expected));
}

static const TbChartInk white = { 1, 1, 1, 1 };

/* Every bar has its colour in its middle, is as high as its value says beside the highest, and nothing of it is beyond its end. */
static void
test_bars (void)
{
  static const gint64 values[][2] = { { 100, 50 }, { 50, 100 }, { 0, 25 }, { 25, 0 } };

  for (guint rtl = 0; rtl < 2; rtl++)
    {
      TbChartStyle style = tb_chart_style_paper ();
      g_autoptr (TbChart) chart = chart_new (TB_CHART_PAIRED, 2, values, G_N_ELEMENTS (values));
      cairo_rectangle_t highest, before = { rtl ? 1e6 : -1, 0, 0, 0 };
      cairo_surface_t *surface;

      style.rtl = rtl;
      surface = draw (chart, &style, rtl ? "paired-rtl" : "paired");
      tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 0, &highest);
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        for (guint j = 0; j < 2; j++)
          {
            cairo_rectangle_t box;

            tb_chart_get_place (chart, WIDTH, HEIGHT, &style, i, j, &box);
            g_assert_cmpfloat_with_epsilon (box.height, highest.height * values[i][j] / 100, 0.01);
            g_assert_cmpfloat_with_epsilon (box.y + box.height, highest.y + highest.height, 0.01);
            g_assert_true (rtl ? box.x < before.x : box.x > before.x);
            before = box;
            if (values[i][j] == 0)
              continue;
            assert_colour (surface, box.x + box.width / 2, box.y + box.height / 2, &style.series[j]);
            assert_colour (surface, box.x + box.width / 2, box.y + box.height / 2, &style.series[j]);
            g_assert_cmphex (pixel (surface, box.x + box.width / 2, box.y - 3), !=, ink (&style.series[j]));
          }
      cairo_surface_destroy (surface);
    }
}

static void
test_below_zero (void)
{
  static const gint64 values[][2] = { { 40 }, { -20 } };
  TbChartStyle style = tb_chart_style_paper ();
  g_autoptr (TbChart) chart = chart_new (TB_CHART_PAIRED, 1, values, 2);
  cairo_surface_t *surface = draw (chart, &style, "below-zero");
  cairo_rectangle_t gain, loss;

  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 0, &gain);
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 1, 0, &loss);
  g_assert_cmpfloat_with_epsilon (gain.y + gain.height, loss.y, 0.01);
  g_assert_cmpfloat_with_epsilon (gain.height, 2 * loss.height, 0.01);
  g_assert_cmpfloat (loss.y + loss.height, <, HEIGHT);
  assert_colour (surface, loss.x + loss.width / 2, loss.y + loss.height / 2, &style.series[0]);
  cairo_surface_destroy (surface);
}

static void
test_stacked (void)
{
  static const gint64 values[][2] = { { 60, 30 }, { 60, -30 } };
  TbChartStyle style = tb_chart_style_paper ();
  g_autoptr (TbChart) chart = chart_new (TB_CHART_STACKED, 2, values, 2);
  cairo_surface_t *surface = draw (chart, &style, "stacked");
  cairo_rectangle_t lower, upper;

  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 0, &lower);
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 1, &upper);
  g_assert_cmpfloat_with_epsilon (upper.y + upper.height, lower.y, 0.01);
  g_assert_cmpfloat_with_epsilon (lower.x, upper.x, 0.01);
  assert_colour (surface, upper.x + upper.width / 2, upper.y + upper.height / 2, &style.series[1]);
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 1, 0, &lower);
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 1, 1, &upper);
  /* What is taken away hangs below zero, not inside the other. */
  g_assert_cmpfloat_with_epsilon (lower.y + lower.height, upper.y, 0.01);
  cairo_surface_destroy (surface);
}

static void
test_rows (void)
{
  static const gint64 values[][2] = { { 80 }, { 40 }, { 0 } };

  for (guint rtl = 0; rtl < 2; rtl++)
    {
      TbChartStyle style = tb_chart_style_paper ();
      g_autoptr (TbChart) chart = chart_new (TB_CHART_ROWS, 1, values, 3);
      cairo_rectangle_t long_one, short_one;
      cairo_surface_t *surface;

      style.rtl = rtl;
      surface = draw (chart, &style, rtl ? "rows-rtl" : "rows");
      tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 0, &long_one);
      tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 1, 0, &short_one);
      g_assert_cmpfloat_with_epsilon (long_one.width, 2 * short_one.width, 0.01);
      g_assert_cmpfloat (long_one.y, <, short_one.y);
      if (rtl)
        g_assert_cmpfloat_with_epsilon (long_one.x + long_one.width, short_one.x + short_one.width, 0.01);
      else
        g_assert_cmpfloat_with_epsilon (long_one.x, short_one.x, 0.01);
      assert_colour (surface, short_one.x + short_one.width / 2, short_one.y + short_one.height / 2, &style.series[0]);
      /* where the long one is longer there is paper */
      assert_colour (surface, rtl ? long_one.x + 3 : long_one.x + long_one.width - 3, short_one.y + short_one.height / 2, &white);
      cairo_surface_destroy (surface);
    }
}

/* The strip under the pointer is the bar's, from end to end of the field, and nobody's outside. */
static void
test_find (void)
{
  static const gint64 values[][2] = { { 10 }, { 20 }, { 30 } };
  TbChartStyle style = tb_chart_style_paper ();

  for (guint rtl = 0; rtl < 2; rtl++)
    for (guint kind = TB_CHART_PAIRED; kind <= TB_CHART_ROWS; kind++)
      {
        g_autoptr (TbChart) chart = chart_new (kind, 1, values, 3);

        style.rtl = rtl;
        for (guint i = 0; i < 3; i++)
          {
            cairo_rectangle_t box;

            tb_chart_get_place (chart, WIDTH, HEIGHT, &style, i, 0, &box);
            g_assert_cmpint (tb_chart_find (chart, WIDTH, HEIGHT, &style, box.x + box.width / 2, box.y + box.height / 2), ==, i);
          }
        g_assert_cmpint (tb_chart_find (chart, WIDTH, HEIGHT, &style, -5, 10), ==, -1);
        g_assert_cmpint (tb_chart_find (chart, WIDTH, HEIGHT, &style, 10, HEIGHT + 5), ==, -1);
      }
}

/* Without colours the second series is told by its hatching, and each bar by its edge. */
static void
test_outlined (void)
{
  static const gint64 values[][2] = { { 100, 100 } };
  TbChartStyle style = tb_chart_style_paper ();
  g_autoptr (TbChart) chart = chart_new (TB_CHART_PAIRED, 2, values, 1);
  cairo_surface_t *surface;
  cairo_rectangle_t plain, hatched;
  guint dark[2] = { 0, 0 };

  style.outlined = TRUE;
  surface = draw (chart, &style, "outlined");
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 0, &plain);
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 1, &hatched);
  for (int y = 5; y < 60; y++)
    {
      dark[0] += pixel (surface, plain.x + plain.width / 2, plain.y + y) != ink (&style.series[0]);
      dark[1] += pixel (surface, hatched.x + hatched.width / 2, hatched.y + y) != ink (&style.series[1]);
    }
  g_assert_cmpuint (dark[0], ==, 0);
  g_assert_cmpuint (dark[1], >, 10);
  assert_colour (surface, plain.x + plain.width / 2, plain.y + plain.height / 2, &style.series[0]);
  cairo_surface_destroy (surface);
}

/* Ink lies left of the field (the axis), and none is drawn outside the chart. */
static void
test_axis (void)
{
  static const gint64 values[][2] = { { 1234567 }, { 1 } };
  TbChartStyle style = tb_chart_style_paper ();
  g_autoptr (TbChart) chart = chart_new (TB_CHART_PAIRED, 1, values, 2);
  cairo_surface_t *surface = draw (chart, &style, "axis");
  cairo_rectangle_t box, small;
  guint inked = 0;

  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 0, 0, &box);
  tb_chart_get_place (chart, WIDTH, HEIGHT, &style, 1, 0, &small);
  g_assert_cmpfloat (small.height, >=, 1); /* one call beside a million is seen */
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < 30; x++)
      inked += pixel (surface, x, y) != 0xffffff;
  g_assert_cmpuint (inked, >, 100);
  cairo_surface_destroy (surface);
}

static void
test_no_room (void)
{
  static const gint64 values[][2] = { { 5, G_MAXINT64 }, { -7, -G_MAXINT64 } };
  static const struct { guint n; double width, height; } rows[] = { { 2, 0, 0 }, { 2, 3, 2 }, { 0, 200, 100 }, { 2, 2000, 1 }, { 2, 1, 2000 } };
  TbChartStyle style = tb_chart_style_paper ();

  for (guint kind = TB_CHART_PAIRED; kind <= TB_CHART_ROWS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_autoptr (TbChart) chart = chart_new (kind, 2, values, rows[i].n);
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);
        cairo_t *cr = cairo_create (surface);

        tb_chart_draw (chart, cr, rows[i].width, rows[i].height, &style, 1);
        g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        cairo_destroy (cr);
        cairo_surface_destroy (surface);
      }
}

/* ---- words ---- */

static char *
format_money (gint64 value, gpointer data)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, (const char *) data, value);
}

static void
test_words (void)
{
  static const gint64 values[][2] = { { 7200, 60 }, { 0, 0 } };
  g_autoptr (TbChart) chart = tb_chart_new (TB_CHART_PAIRED, "Minutes a day", 60);
  g_autofree char *plain = NULL, *money = NULL, *value = NULL;

  tb_chart_add_series (chart, "October");
  tb_chart_add_series (chart, "September");
  g_assert_true (tb_chart_is_empty (chart));
  tb_chart_add_bar (chart, "3", "3 October", values[1]);
  g_assert_true (tb_chart_is_empty (chart));
  tb_chart_add_bar (chart, "4", "4 October", values[0]);
  g_assert_false (tb_chart_is_empty (chart));
  plain = tb_chart_dup_text (chart, 1);
  g_assert_cmpstr (plain, ==, "4 October: October 120, September 1");
  tb_chart_set_format (chart, format_money, g_strdup ("CAD"), g_free);
  money = tb_chart_dup_text (chart, 1);
  g_assert_cmpstr (money, ==, "4 October: October CAD 7200, September CAD 60");
  value = tb_chart_dup_value (chart, 1, 1);
  g_assert_cmpstr (value, ==, "CAD 60");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/ticks", test_ticks);
  g_test_add_func ("/chart/bars", test_bars);
  g_test_add_func ("/chart/below-zero", test_below_zero);
  g_test_add_func ("/chart/stacked", test_stacked);
  g_test_add_func ("/chart/rows", test_rows);
  g_test_add_func ("/chart/find", test_find);
  g_test_add_func ("/chart/outlined", test_outlined);
  g_test_add_func ("/chart/axis", test_axis);
  g_test_add_func ("/chart/no-room", test_no_room);
  g_test_add_func ("/chart/words", test_words);
  return g_test_run ();
}
