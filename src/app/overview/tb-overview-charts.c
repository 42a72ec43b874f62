/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-overview-charts.h"

#include <glib/gi18n.h>

#include "tb-format.h"

static const struct { const char *name, *by_day, *by_month; gint64 unit; } measures[] = {
  [TB_MEASURE_MINUTES] = { N_ ("Minutes"), N_ ("Minutes by day"), N_ ("Minutes by month"), 60 },
  [TB_MEASURE_REVENUE] = { N_ ("Revenue"), N_ ("Revenue by day"), N_ ("Revenue by month"), TB_AMOUNT_ONE / 100 },
  [TB_MEASURE_MARGIN] = { N_ ("Margin"), N_ ("Margin by day"), N_ ("Margin by month"), TB_AMOUNT_ONE / 100 },
  [TB_MEASURE_CALLS] = { N_ ("Calls"), N_ ("Calls by day"), N_ ("Calls by month"), 1 },
};

const char *
tb_measure_to_display (TbMeasure self)
{
  return _ (measures[self].name);
}

static gint64
get_value (const TbFigures *figures, TbMeasure measure)
{
  switch (measure)
    {
    case TB_MEASURE_REVENUE:
      return figures->revenue;
    case TB_MEASURE_MARGIN:
      return figures->margin;
    case TB_MEASURE_CALLS:
      return figures->calls;
    case TB_MEASURE_MINUTES:
    case TB_N_MEASURES:
    default:
      return figures->seconds;
    }
}

static char *
format_money (gint64 value, gpointer data)
{
  return tb_format_sum ((TbMoney){ value, GPOINTER_TO_UINT (data) });
}

static TbChart *
chart_new (TbMeasure measure, const char *title, TbCurrency currency)
{
  TbChart *chart = tb_chart_new (TB_CHART_PAIRED, title, measures[measure].unit);

  if (measure == TB_MEASURE_REVENUE || measure == TB_MEASURE_MARGIN)
    tb_chart_set_format (chart, format_money, GUINT_TO_POINTER (currency), NULL);
  return chart;
}

TbChart *
tb_overview_chart_days (TbMeasure measure, const TbMonthFigures *month, const TbMonthFigures *before)
{
  TbChart *chart = chart_new (measure, _ (measures[measure].by_day), month->currency);
  g_autofree char *name = tb_format_month (month->year, month->month);
  g_autofree char *name_before = before != NULL ? tb_format_month (before->year, before->month) : NULL;
  guint n = before != NULL ? MAX (month->n_days, before->n_days) : month->n_days;

  tb_chart_add_series (chart, name);
  if (before != NULL)
    tb_chart_add_series (chart, name_before);
  for (guint i = 0; i < n; i++)
    {
      gint64 values[2] = { i < month->n_days ? get_value (&month->days[i], measure) : 0,
                           before != NULL && i < before->n_days ? get_value (&before->days[i], measure) : 0 };
      g_autofree char *label = g_strdup_printf ("%u", i + 1);
      /* Translators: a day of any month, by its number */
      g_autofree char *day = g_strdup_printf (_ ("Day %u"), i + 1);

      tb_chart_add_bar (chart, label, day, values);
    }
  return chart;
}

TbChart *
tb_overview_chart_months (TbMeasure measure, GPtrArray *months)
{
  const TbMonthFigures *last = months->len > 0 ? months->pdata[months->len - 1] : NULL;
  TbChart *chart = chart_new (measure, _ (measures[measure].by_month), last != NULL ? last->currency : TB_CURRENCY_NONE);

  tb_chart_add_series (chart, tb_measure_to_display (measure));
  for (guint i = 0; i < months->len; i++)
    {
      const TbMonthFigures *month = months->pdata[i];
      gint64 value = get_value (&month->total, measure);
      g_autoptr (GDateTime) date = g_date_time_new_utc (month->year, month->month, 1, 0, 0, 0);
      g_autofree char *label = g_date_time_format (date, "%b"), *name = tb_format_month (month->year, month->month);

      tb_chart_add_bar (chart, label, name, &value);
    }
  return chart;
}

/* Destinations of one name, whatever their prefixes. */
typedef struct
{
  const char *name;
  gint64 seconds;
} Destination;

static int
by_seconds (gconstpointer a, gconstpointer b)
{
  const Destination *x = a, *y = b;

  return x->seconds != y->seconds ? (x->seconds < y->seconds) - (x->seconds > y->seconds) : g_strcmp0 (x->name, y->name);
}

static GArray *
sum_destinations (GPtrArray *rows)
{
  GArray *destinations = g_array_new (FALSE, FALSE, sizeof (Destination));
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      const TbMarginRow *row = rows->pdata[i];
      const char *name = row->name != NULL && *row->name != '\0' ? row->name : *row->key != '\0' ? row->key : _ ("Without a rate");
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, name));

      if (place == 0)
        {
          Destination fresh = { name, 0 };

          g_array_append_val (destinations, fresh);
          g_hash_table_insert (places, (gpointer) name, GUINT_TO_POINTER (place = destinations->len));
        }
      g_array_index (destinations, Destination, place - 1).seconds += row->seconds;
    }
  g_array_sort (destinations, by_seconds);
  return destinations;
}

static char *
format_minutes (gint64 value, gpointer data)
{
  g_autofree char *minutes = tb_format_minutes (value);

  return g_strdup_printf (g_dngettext (NULL, "%s min", "%s min", (gulong) (value / 60)), minutes);
}

TbChart *
tb_overview_chart_destinations (const TbMarginReport *report, guint most)
{
  TbChart *chart = tb_chart_new (TB_CHART_ROWS, _ ("Top destinations by minutes"), 60);
  g_autoptr (GArray) destinations = sum_destinations (report->rows);

  tb_chart_set_format (chart, format_minutes, NULL, NULL);
  tb_chart_add_series (chart, _ ("Minutes"));
  for (guint i = 0; i < MIN (destinations->len, most); i++)
    {
      const Destination *destination = &g_array_index (destinations, Destination, i);

      if (destination->seconds > 0)
        tb_chart_add_bar (chart, destination->name, destination->name, &destination->seconds);
    }
  return chart;
}

TbChart *
tb_overview_chart_ageing (const TbAgeing *ageing)
{
  static const char *const ages[TB_AGES] = { N_ ("Not due"), N_ ("1 to 30 days"), N_ ("31 to 60 days"), N_ ("61 to 90 days"), N_ ("Over 90 days") };
  /* Translators: %s is a currency */
  g_autofree char *title = g_strdup_printf (_ ("Open invoices by age, in %s"), tb_currency_to_string (ageing->currency));
  TbChart *chart = tb_chart_new (TB_CHART_ROWS, title, TB_AMOUNT_ONE / 100);

  tb_chart_set_format (chart, format_money, GUINT_TO_POINTER (ageing->currency), NULL);
  tb_chart_add_series (chart, _ ("Open"));
  for (guint i = 0; i < TB_AGES; i++)
    tb_chart_add_bar (chart, _ (ages[i]), _ (ages[i]), &ageing->ages[i]);
  return chart;
}
