/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-page.h"

/* One family for everything; the last is what fontconfig falls back on for scripts the others lack. */
#define FAMILIES "Inter, Cantarell, DejaVu Sans, Sans"

static const struct { double size; PangoWeight weight; } faces[TB_FACE_LAST] = {
  [TB_FACE_BRAND] = { 21, PANGO_WEIGHT_BOLD },
  [TB_FACE_TITLE] = { 18, PANGO_WEIGHT_BOLD },
  [TB_FACE_HEADING] = { 11.5, PANGO_WEIGHT_BOLD },
  [TB_FACE_TOTAL] = { 12.5, PANGO_WEIGHT_BOLD },
  [TB_FACE_STRONG] = { 9.5, PANGO_WEIGHT_BOLD },
  [TB_FACE_BODY] = { 9.5, PANGO_WEIGHT_NORMAL },
  [TB_FACE_LABEL] = { 7.5, PANGO_WEIGHT_BOLD },
  [TB_FACE_CELL] = { 8.5, PANGO_WEIGHT_NORMAL },
  [TB_FACE_CELL_STRONG] = { 8.5, PANGO_WEIGHT_BOLD },
  [TB_FACE_ROW] = { 7.5, PANGO_WEIGHT_NORMAL },
  [TB_FACE_NOTE] = { 7.5, PANGO_WEIGHT_NORMAL },
  [TB_FACE_WATERMARK] = { 120, PANGO_WEIGHT_BOLD },
};

struct _TbPen
{
  PangoContext *context;
  PangoLayout *layout;
  PangoFontDescription *fonts[TB_FACE_LAST];
  double ascents[TB_FACE_LAST], heights[TB_FACE_LAST];
  double inks[TB_INK_LAST][3];
  int face; /* that is set, -1 = none */
};

/* ---- colours ---- */

static void
mix (double ret[3], const double colour[3], double share)
{
  for (guint i = 0; i < 3; i++)
    ret[i] = 1.0 - (1.0 - colour[i]) * share;
}

static void
set_inks (TbPen *self, const double accent[3])
{
  static const double dark[3] = { 0.12, 0.14, 0.17 }, muted[3] = { 0.40, 0.43, 0.48 }, rule[3] = { 0.83, 0.85, 0.87 };
  static const double white[3] = { 1, 1, 1 }, grey[3] = { 0.95, 0.955, 0.96 }, red[3] = { 0.98, 0.89, 0.89 };
  double light = 0.299 * accent[0] + 0.587 * accent[1] + 0.114 * accent[2];

  memcpy (self->inks[TB_INK_DARK], dark, sizeof dark);
  memcpy (self->inks[TB_INK_MUTED], muted, sizeof muted);
  memcpy (self->inks[TB_INK_RULE], rule, sizeof rule);
  memcpy (self->inks[TB_INK_DRAFT], grey, sizeof grey);
  memcpy (self->inks[TB_INK_VOID], red, sizeof red);
  memcpy (self->inks[TB_INK_ACCENT], accent, sizeof white);
  /* A pale accent would swallow white letters. */
  memcpy (self->inks[TB_INK_ON_ACCENT], light > 0.6 ? dark : white, sizeof white);
  mix (self->inks[TB_INK_TINT], accent, 0.08);
  mix (self->inks[TB_INK_STRIPE], accent, 0.035);
}

/* ---- the pen ---- */

static void
measure_face (TbPen *self, TbFace face)
{
  PangoFontMetrics *metrics;

  self->fonts[face] = pango_font_description_from_string (FAMILIES);
  pango_font_description_set_weight (self->fonts[face], faces[face].weight);
  pango_font_description_set_absolute_size (self->fonts[face], faces[face].size * PANGO_SCALE);
  metrics = pango_context_get_metrics (self->context, self->fonts[face], pango_language_from_string ("en"));
  self->ascents[face] = (double) pango_font_metrics_get_ascent (metrics) / PANGO_SCALE;
  self->heights[face] = self->ascents[face] + (double) pango_font_metrics_get_descent (metrics) / PANGO_SCALE;
  pango_font_metrics_unref (metrics);
}

/* Figures of one width, so that columns of them line up. */
static void
set_tabular (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

TbPen *
tb_pen_new (const double accent[3])
{
  TbPen *self = g_new0 (TbPen, 1);
  cairo_font_options_t *options = cairo_font_options_create ();
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();

  /* Without hints a word is as wide on the screen, at any zoom, as on paper. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  /* A font map of its own, because a document may be laid out on one thread and drawn on another. */
  self->context = pango_font_map_create_context (fonts);
  pango_cairo_context_set_font_options (self->context, options);
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);

  self->layout = pango_layout_new (self->context);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  set_tabular (self->layout);
  for (guint i = 0; i < TB_FACE_LAST; i++)
    measure_face (self, i);
  self->face = -1;
  set_inks (self, accent);
  return self;
}

void
tb_pen_free (TbPen *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < TB_FACE_LAST; i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->layout);
  g_object_unref (self->context);
  g_free (self);
}

void
tb_pen_begin (TbPen *self, cairo_t *cr)
{
  pango_cairo_update_context (cr, self->context);
  pango_layout_context_changed (self->layout);
}

void
tb_pen_set_ink (TbPen *self, cairo_t *cr, TbInk ink)
{
  cairo_set_source_rgb (cr, self->inks[ink][0], self->inks[ink][1], self->inks[ink][2]);
}

double
tb_pen_line_height (TbPen *self, TbFace face)
{
  return self->heights[face];
}

/* Names come from files and web services: what cannot be printed must not disturb what can. */
static gboolean
is_plain (const char *text)
{
  return g_utf8_validate (text, -1, NULL) && strpbrk (text, "\n\r\t\v\f") == NULL;
}

char *
tb_page_valid_text (const char *text)
{
  return g_strdelimit (g_utf8_make_valid (text, -1), "\n\r\t\v\f", ' ');
}

static void
set_text (TbPen *self, TbFace face, const char *text)
{
  g_autofree char *mended = is_plain (text) ? NULL : tb_page_valid_text (text);

  if (self->face != (int) face)
    {
      pango_layout_set_font_description (self->layout, self->fonts[face]);
      self->face = face;
    }
  pango_layout_set_text (self->layout, mended != NULL ? mended : text, -1);
}

double
tb_pen_width (TbPen *self, TbFace face, const char *text)
{
  int width;

  pango_layout_set_width (self->layout, -1);
  set_text (self, face, text);
  pango_layout_get_size (self->layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* Pango turns left into right for Arabic and Hebrew; a name stays in its column's left edge all the same. */
static void
set_box (TbPen *self, const TbPenText *place)
{
  PangoAlignment align = place->align;

  if (align != PANGO_ALIGN_CENTER && pango_layout_get_direction (self->layout, 0) == PANGO_DIRECTION_RTL)
    align = align == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
  pango_layout_set_alignment (self->layout, align);
  pango_layout_set_width (self->layout, (int) (place->width * PANGO_SCALE));
  pango_layout_set_height (self->layout, -MAX (place->lines, 1));
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
}

double
tb_pen_text (TbPen *self, cairo_t *cr, const TbPenText *place, const char *text)
{
  gboolean figures = place->align == PANGO_ALIGN_RIGHT && place->lines <= 1;
  double x = place->x, baseline;

  if (text == NULL || *text == '\0')
    return 0;
  if (figures)
    x += place->width - tb_pen_width (self, place->face, text);
  else
    {
      set_text (self, place->face, text);
      set_box (self, place);
    }

  if (cr != NULL)
    {
      /* By the baseline: a fallback font with other heights must not make its row dance. */
      baseline = (double) pango_layout_get_baseline (self->layout) / PANGO_SCALE;
      tb_pen_set_ink (self, cr, place->ink);
      cairo_move_to (cr, x, place->y + self->ascents[place->face] - baseline);
      pango_cairo_show_layout (cr, self->layout);
    }
  return self->heights[place->face] * (figures ? 1 : pango_layout_get_line_count (self->layout));
}

void
tb_pen_outline (TbPen *self, cairo_t *cr, const TbPenText *place, const char *text)
{
  double width = tb_pen_width (self, place->face, text);

  cairo_move_to (cr, place->x + (place->width - width) / 2, place->y);
  pango_cairo_layout_path (cr, self->layout);
}

void
tb_pen_fill (TbPen *self, cairo_t *cr, TbInk ink, double x, double y, double width, double height)
{
  if (cr == NULL)
    return;
  tb_pen_set_ink (self, cr, ink);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

/* ---- what figures look like ---- */

static char *
format_day (const TbWords *words, TbDay day, const char *pattern)
{
  int year, month, mday;

  tb_day_to_ymd (day, &year, &month, &mday);
  return tb_words_format_day (words, year, month, mday, pattern);
}

char *
tb_page_day (const TbWords *words, TbDay day)
{
  /* Translators: a date on an invoice, "1 November 2026": %-d the day, %B the month's name, %Y the year. */
  return day != TB_DAY_NONE ? format_day (words, day, tb_words_text_in (words, "date", "%-d %B %Y")) : g_strdup ("–");
}

char *
tb_page_period (const TbWords *words, TbPeriod period, gboolean short_months)
{
  const char *whole = short_months ? tb_words_text_in (words, "date", "%-d %b %Y") : tb_words_text_in (words, "date", "%-d %B %Y");
  const char *part = short_months ? tb_words_text_in (words, "date", "%-d %b") : tb_words_text_in (words, "date", "%-d %B");
  g_autofree char *from = NULL, *to = NULL;
  int years[2], month, day;

  if (period.start == TB_DAY_NONE || period.end == TB_DAY_NONE || period.start >= period.end)
    return g_strdup ("");
  tb_day_to_ymd (period.start, &years[0], &month, &day);
  tb_day_to_ymd (period.end - 1, &years[1], &month, &day);
  to = format_day (words, period.end - 1, whole);
  if (period.end - 1 == period.start)
    return g_steal_pointer (&to);
  from = format_day (words, period.start, years[0] == years[1] ? part : whole);
  return g_strdup_printf ("%s – %s", from, to);
}

char *
tb_page_duration (gint64 seconds)
{
  if (seconds < 3600)
    return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600, (int) (seconds / 60 % 60), (int) (seconds % 60));
}

char *
tb_page_percent (const TbWords *words, TbDecimal percent)
{
  char plain[40];
  g_auto (GStrv) parts = NULL;
  g_autofree char *local = NULL;

  tb_decimal_format_to (percent, TB_RATE_SCALE, 0, plain);
  parts = g_strsplit (plain, ".", 2);
  local = g_strjoinv (tb_words_get_point (words), parts);
  return g_strdup_printf ("%s %%", local);
}

guint
tb_page_decimals (TbAmount amount)
{
  char plain[40];
  gsize len = tb_decimal_format_to (amount, TB_AMOUNT_SCALE, 0, plain);
  const char *point = strchr (plain, '.');

  return point != NULL ? (guint) (plain + len - point - 1) : 0;
}

char *
tb_page_money (const TbWords *words, TbAmount amount, TbCurrency currency)
{
  return amount != TB_PAGE_NO_AMOUNT ? tb_money_to_display_in ((TbMoney){ amount, currency }, words) : g_strdup ("–");
}

char *
tb_page_amount (const TbWords *words, TbAmount amount, TbCurrency currency, guint decimals)
{
  g_autofree char *money = tb_page_money (words, amount, currency);
  guint shown = MAX (tb_page_decimals (amount), tb_currency_get_minor_units (currency));
  char *space = strrchr (money, ' ');
  GString *text;

  if (amount == TB_PAGE_NO_AMOUNT)
    return g_steal_pointer (&money);
  if (space != NULL && g_str_equal (space + 1, tb_currency_to_string (currency)))
    *space = '\0';
  text = g_string_new (money);
  if (shown == 0 && decimals > 0)
    g_string_append (text, tb_words_get_point (words));
  for (; shown < decimals; shown++)
    g_string_append_c (text, '0');
  return g_string_free (text, FALSE);
}

TbAmount
tb_page_sum (TbAmount a, TbAmount b)
{
  TbAmount sum;

  if (a == TB_PAGE_NO_AMOUNT || b == TB_PAGE_NO_AMOUNT || !tb_amount_add (a, b, &sum, NULL))
    return TB_PAGE_NO_AMOUNT;
  return sum;
}
