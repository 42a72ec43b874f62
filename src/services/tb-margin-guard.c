/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-report.h"
#include "tb-setup-store.h"

static gboolean
count_month (TbStore *store, TbZone *zone, TbDay first, TbMarginBreaches *breaches, TbJob *job, GError **error)
{
  TbMarginQuery query = { .from = tb_zone_to_utc (zone, first, 0, FALSE), .to = tb_zone_to_utc (zone, tb_day_add_months (first, 1, 1), 0, FALSE) };
  g_autoptr (TbMarginReport) report = tb_margin_report_new (store, &query, job, error);

  if (report == NULL)
    return FALSE;
  breaches->below += report->below;
  breaches->above += report->above;
  return TRUE;
}

static TbDay
first_of_month (TbZone *zone, gint64 time)
{
  int year, month, day;

  tb_day_to_ymd (tb_zone_day_at (zone, time), &year, &month, &day);
  return tb_day_from_ymd (year, month, 1);
}

static gboolean
count_months (TbStore *store, gint64 first, gint64 last, TbMarginBreaches *breaches, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  const char *name = setup != NULL && setup->company != NULL ? setup->company->time_zone : NULL;
  g_autoptr (TbZone) zone = setup != NULL ? tb_zone_new (name != NULL ? name : "UTC", error) : NULL;

  if (zone == NULL)
    return FALSE;
  for (TbDay month = first_of_month (zone, first); month <= tb_zone_day_at (zone, last); month = tb_day_add_months (month, 1, 1))
    if (!count_month (store, zone, month, breaches, job, error))
      return FALSE;
  return TRUE;
}

gboolean
tb_margin_count_breaches (TbStore *store, gint64 first, gint64 last, TbMarginBreaches *ret, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) limits = tb_margin_limit_store_list (store, error);
  TbMarginBreaches breaches = { 0 };

  if (limits == NULL || (limits->len > 0 && first <= last && !count_months (store, first, last, &breaches, job, error)))
    return FALSE;
  *ret = breaches;
  return TRUE;
}
