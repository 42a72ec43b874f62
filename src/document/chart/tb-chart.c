/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-chart-private.h"

static void
clear_bar (gpointer data)
{
  TbChartBar *bar = data;

  g_free (bar->label);
  g_free (bar->name);
}

TbChart *
tb_chart_new (TbChartKind kind, const char *title, gint64 unit)
{
  TbChart *self = g_new0 (TbChart, 1);

  self->kind = kind;
  self->title = g_strdup (title);
  self->unit = MAX (unit, 1);
  self->series = g_ptr_array_new_with_free_func (g_free);
  self->bars = g_array_new (FALSE, TRUE, sizeof (TbChartBar));
  g_array_set_clear_func (self->bars, clear_bar);
  return self;
}

void
tb_chart_free (TbChart *self)
{
  if (self == NULL)
    return;
  if (self->free_format_data != NULL)
    self->free_format_data (self->format_data);
  g_ptr_array_unref (self->series);
  g_array_unref (self->bars);
  g_free (self->title);
  g_free (self);
}

void
tb_chart_set_format (TbChart *self, TbChartFormat format, gpointer data, GDestroyNotify free_data)
{
  if (self->free_format_data != NULL)
    self->free_format_data (self->format_data);
  self->format = format;
  self->format_data = data;
  self->free_format_data = free_data;
}

void
tb_chart_add_series (TbChart *self, const char *name)
{
  g_return_if_fail (self->series->len < TB_CHART_MAX_SERIES && self->bars->len == 0);
  g_ptr_array_add (self->series, g_strdup (name));
}

void
tb_chart_add_bar (TbChart *self, const char *label, const char *name, const gint64 *values)
{
  TbChartBar bar = { g_strdup (label), g_strdup (name), { 0 } };

  for (guint i = 0; i < self->series->len; i++)
    bar.values[i] = values[i];
  g_array_append_val (self->bars, bar);
}

const char *
tb_chart_get_title (const TbChart *self)
{
  return self->title;
}

guint
tb_chart_get_n_series (const TbChart *self)
{
  return self->series->len;
}

guint
tb_chart_get_n_bars (const TbChart *self)
{
  return self->bars->len;
}

const char *
tb_chart_get_series (const TbChart *self, guint series)
{
  return self->series->pdata[series];
}

const char *
tb_chart_get_bar (const TbChart *self, guint bar)
{
  return g_array_index (self->bars, TbChartBar, bar).name;
}

char *
tb_chart_format (const TbChart *self, gint64 value)
{
  return self->format != NULL ? self->format (value, self->format_data) : g_strdup_printf ("%'" G_GINT64_FORMAT, value / self->unit);
}

char *
tb_chart_dup_value (const TbChart *self, guint bar, guint series)
{
  return tb_chart_format (self, g_array_index (self->bars, TbChartBar, bar).values[series]);
}

char *
tb_chart_dup_text (const TbChart *self, guint bar)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->series->len; i++)
    {
      g_autofree char *value = tb_chart_dup_value (self, bar, i);

      if (i > 0)
        g_string_append (text, ", ");
      if (self->series->len > 1)
        g_string_append_printf (text, "%s ", tb_chart_get_series (self, i));
      g_string_append (text, value);
    }
  /* Translators: a bar of a chart and its values, as in "3 October: Revenue 12.50, Margin 3.10" */
  return g_strdup_printf (_ ("%s: %s"), tb_chart_get_bar (self, bar), text->str);
}

gboolean
tb_chart_is_empty (const TbChart *self)
{
  for (guint i = 0; i < self->bars->len; i++)
    for (guint j = 0; j < self->series->len; j++)
      if (g_array_index (self->bars, TbChartBar, i).values[j] != 0)
        return FALSE;
  return TRUE;
}

TbChartStyle
tb_chart_style_paper (void)
{
  return (TbChartStyle){
    .font = "Inter, Cantarell, DejaVu Sans, Sans",
    .size = 8,
    .text = { 0.12, 0.14, 0.17, 1 },
    .dim = { 0.40, 0.43, 0.48, 1 },
    .grid = { 0.83, 0.85, 0.87, 1 },
    .mark = { 0.95, 0.955, 0.96, 1 },
    .series = { { 0.11, 0.44, 0.85, 1 }, { 0.62, 0.66, 0.72, 1 }, { 0.15, 0.64, 0.41, 1 }, { 0.90, 0.38, 0.0, 1 } },
  };
}
