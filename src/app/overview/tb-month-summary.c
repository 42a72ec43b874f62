/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-month-summary.h"

#include "tb-call-store.h"

TbMonthSummary *
tb_month_summary_new (int year, int month, TbZone *zone)
{
  TbMonthSummary *self = g_new0 (TbMonthSummary, 1);

  self->year = year;
  self->month = month;
  self->zone = tb_zone_ref (zone);
  self->from = tb_zone_to_utc (zone, tb_day_from_ymd (year, month, 1), 0, FALSE);
  self->to = tb_zone_to_utc (zone, tb_day_add_months (tb_day_from_ymd (year, month, 1), 1, 1), 0, FALSE);
  return self;
}

void
tb_month_summary_free (TbMonthSummary *self)
{
  tb_zone_unref (self->zone);
  g_clear_pointer (&self->revenues, g_array_unref);
  g_clear_pointer (&self->costs, g_array_unref);
  g_clear_pointer (&self->margins, g_array_unref);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMonthSummary, tb_month_summary_free)

static gboolean
add_money (GArray *sums, TbMoney money, GError **error)
{
  return money.currency == TB_CURRENCY_NONE || tb_money_add_to (sums, money, error);
}

/* Revenue less cost where both are in one currency; where some cost is in another one there is no such number. */
static gboolean
add_margin (TbMonthSummary *self, TbMoney revenue, GPtrArray *usage, GError **error)
{
  TbMoney margin = revenue;

  for (guint i = 0; i < usage->len; i++)
    {
      const TbUsageRow *row = g_ptr_array_index (usage, i);

      if (row->charge.currency != revenue.currency || row->cost.amount == 0)
        continue;
      if (row->cost.currency != revenue.currency)
        margin.currency = TB_CURRENCY_NONE;
      else if (margin.currency != TB_CURRENCY_NONE && !tb_money_subtract (margin, row->cost, &margin, error))
        return FALSE;
    }
  g_array_append_val (self->margins, margin);
  return TRUE;
}

static gboolean
sum_usage (TbMonthSummary *self, GPtrArray *usage, GError **error)
{
  self->revenues = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  self->costs = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  self->margins = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  for (guint i = 0; i < usage->len; i++)
    {
      const TbUsageRow *row = g_ptr_array_index (usage, i);

      if (!add_money (self->revenues, row->charge, error) || !add_money (self->costs, row->cost, error))
        return FALSE;
    }
  for (guint i = 0; i < self->revenues->len; i++)
    if (!add_margin (self, g_array_index (self->revenues, TbMoney, i), usage, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_several_currencies (const TbMonthSummary *self)
{
  return self->revenues->len > 1 || self->costs->len > 1
         || (self->revenues->len == 1 && g_array_index (self->margins, TbMoney, 0).currency == TB_CURRENCY_NONE);
}

/* As the page Margin has it. What cannot be exchanged is told there, and is no reason to show nothing here. */
static gboolean
sum_margins (TbMonthSummary *self, TbStore *store, TbJob *job, GError **error)
{
  const TbMarginQuery query = { .from = self->from, .to = self->to, .by = TB_MARGIN_BY_CLIENT };
  g_autoptr (TbMarginReport) report = tb_margin_report_new (store, &query, job, NULL);

  if (report != NULL && has_several_currencies (self))
    self->all = report->total->money;
  for (guint i = 0; report != NULL && i < report->rows->len; i++)
    self->losing += tb_margin_sum_get_sign (&((TbMarginRow *) report->rows->pdata[i])->sum) < 0;
  return !tb_job_is_cancelled (job, error);
}

static int
by_calls (gconstpointer a, gconstpointer b)
{
  const TbUsageRow *x = *(gpointer *) a, *y = *(gpointer *) b;

  return (x->calls < y->calls) - (x->calls > y->calls);
}

gpointer
tb_month_summary_read (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbMonthSummary *asked = data;
  g_autoptr (TbMonthSummary) self = tb_month_summary_new (asked->year, asked->month, asked->zone);

  if (!tb_call_store_count_statuses (store, self->from, self->to, NULL, self->statuses, error))
    return NULL;
  self->clients = tb_report_store_usage (store, self->from, self->to, NULL, error);
  if (self->clients == NULL || !sum_usage (self, self->clients, error) || !sum_margins (self, store, job, error))
    return NULL;
  g_ptr_array_sort (self->clients, by_calls);
  return tb_margin_count_breaches (store, self->from, self->to - 1, &self->breaches, job, error) ? g_steal_pointer (&self) : NULL;
}
