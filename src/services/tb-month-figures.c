/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-month-figures.h"

#include "tb-error.h"
#include "tb-margin.h"
#include "tb-report-store.h"
#include "tb-setup-store.h"

/* Exact sums, until they are asked for. */
typedef struct
{
  const TbSetup *setup;
  TbMonthFigures *figures;
  TbMarginSum days[31], total;
} Sums;

static gboolean
get_rate (const TbSetup *setup, TbMoney money, TbDay day, TbDecimal *ret)
{
  *ret = TB_DECIMAL_ONE;
  return money.currency == TB_CURRENCY_NONE || money.amount == 0 || tb_setup_get_exchange_rate (setup, money.currency, day, ret, NULL);
}

static gboolean
add_day (Sums *self, const TbDayRow *row, GError **error)
{
  TbDecimal charge_rate, cost_rate;
  int year, month, day;
  TbFigures *into;

  tb_day_to_ymd (row->day, &year, &month, &day);
  into = &self->figures->days[day - 1];
  into->calls += row->calls;
  into->seconds += row->seconds;
  self->figures->total.calls += row->calls;
  self->figures->total.seconds += row->seconds;
  if (!get_rate (self->setup, row->charge, row->day, &charge_rate) || !get_rate (self->setup, row->cost, row->day, &cost_rate))
    {
      self->figures->incomplete = TRUE;
      return TRUE;
    }
  return tb_margin_sum_add (&self->days[day - 1], row->charge.amount, charge_rate, row->cost.amount, cost_rate, error)
         && tb_margin_sum_add (&self->total, row->charge.amount, charge_rate, row->cost.amount, cost_rate, error);
}

static gboolean
finish (const TbMarginSum *sum, TbCurrency currency, TbFigures *ret, GError **error)
{
  TbMargin money;

  if (!tb_margin_sum_get (sum, currency, &money, error))
    return FALSE;
  ret->revenue = money.charge.amount;
  ret->margin = money.margin.amount;
  return TRUE;
}

static gboolean
fill (TbMonthFigures *self, TbStore *store, const TbSetup *setup, TbZone *zone, GError **error)
{
  TbDay first = tb_day_from_ymd (self->year, self->month, 1);
  gint64 from = tb_zone_to_utc (zone, first, 0, FALSE), to = tb_zone_to_utc (zone, tb_day_add_months (first, 1, 1), 0, FALSE);
  g_autoptr (GPtrArray) rows = tb_report_store_days (store, from, to, zone, error);
  Sums sums = { .setup = setup, .figures = self };

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!add_day (&sums, rows->pdata[i], error))
      return FALSE;
  for (guint i = 0; rows != NULL && i < self->n_days; i++)
    if (!finish (&sums.days[i], self->currency, &self->days[i], error))
      return FALSE;
  return rows != NULL && finish (&sums.total, self->currency, &self->total, error);
}

static TbMonthFigures *
read_month (TbStore *store, const TbSetup *setup, int year, int month, GError **error)
{
  g_autoptr (TbZone) zone = tb_zone_new (setup->company != NULL ? setup->company->time_zone : "UTC", error);
  g_autofree TbMonthFigures *self = g_new0 (TbMonthFigures, 1);

  self->year = year;
  self->month = month;
  self->currency = tb_setup_get_currency (setup);
  self->n_days = (guint) tb_day_days_in_month (year, month);
  return zone != NULL && fill (self, store, setup, zone, error) ? g_steal_pointer (&self) : NULL;
}

TbMonthFigures *
tb_month_figures_new (TbStore *store, int year, int month, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  return setup != NULL && !tb_job_is_cancelled (job, error) ? read_month (store, setup, year, month, error) : NULL;
}

TbMonthFigures *
tb_month_figures_new_last (TbStore *store, int year, int month, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  TbMonthFigures *asked = NULL;

  for (int back = 0; setup != NULL && back <= 12; back++)
    {
      int index = year * 12 + month - 1 - back;
      TbMonthFigures *figures = tb_job_is_cancelled (job, error) ? NULL : read_month (store, setup, index / 12, index % 12 + 1, error);

      if (figures == NULL || figures->total.calls > 0)
        {
          g_free (asked);
          return figures;
        }
      if (asked == NULL)
        asked = figures;
      else
        g_free (figures);
    }
  return asked;
}
