/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-period.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* A day on which some period of the service begins, and the day of the month the cycle is held to. */
static void
find_anchor (const TbService *service, TbDay *ret_day, int *ret_mday)
{
  int mday;
  TbDay anchor = service->next_due != TB_DAY_NONE ? service->next_due : service->starts;

  if (anchor == TB_DAY_NONE)
    anchor = tb_day_from_ymd (1970, 1, 1);
  tb_day_to_ymd (anchor, NULL, NULL, &mday);
  /* next_due of a 31st cycle may fall on a shorter month's end; the start knows the real day. */
  if (service->next_due != TB_DAY_NONE && service->starts != TB_DAY_NONE)
    {
      int year, month, start_mday;

      tb_day_to_ymd (anchor, &year, &month, NULL);
      tb_day_to_ymd (service->starts, NULL, NULL, &start_mday);
      if (mday == tb_day_days_in_month (year, month) && start_mday > mday)
        mday = start_mday;
    }
  *ret_day = anchor;
  *ret_mday = mday;
}

/* The k-th beginning of a period counted from the anchor. */
static TbDay
boundary (TbDay anchor, int mday, int months, int k)
{
  return tb_day_add_months (anchor, months * k, mday);
}

/* Largest k with boundary (k) <= day. */
static int
index_of (TbDay anchor, int mday, int months, TbDay day)
{
  int y0, m0, y1, m1, k;

  tb_day_to_ymd (anchor, &y0, &m0, NULL);
  tb_day_to_ymd (day, &y1, &m1, NULL);
  k = ((y1 - y0) * 12 + (m1 - m0)) / months;
  while (boundary (anchor, mday, months, k) > day)
    k--;
  while (boundary (anchor, mday, months, k + 1) <= day)
    k++;
  return k;
}

static gboolean
clip (const TbService *service, TbPeriod *period)
{
  if (service->starts != TB_DAY_NONE)
    period->start = MAX (period->start, service->starts);
  if (service->ends != TB_DAY_NONE)
    period->end = MIN (period->end, service->ends);
  return period->start < period->end;
}

gboolean
tb_period_containing (const TbService *service, TbCycle cycle, TbDay day, TbPeriod *ret)
{
  int months = tb_cycle_get_months (cycle);
  TbDay anchor;
  int mday, k;
  TbPeriod period;

  if ((service->starts != TB_DAY_NONE && day < service->starts) || (service->ends != TB_DAY_NONE && day >= service->ends))
    return FALSE;

  if (months == 0)
    {
      period = (TbPeriod){ service->starts != TB_DAY_NONE ? service->starts : 0, service->ends != TB_DAY_NONE ? service->ends : G_MAXINT32 };
    }
  else
    {
      find_anchor (service, &anchor, &mday);
      k = index_of (anchor, mday, months, day);
      period = (TbPeriod){ boundary (anchor, mday, months, k), boundary (anchor, mday, months, k + 1) };
      if (!clip (service, &period))
        return FALSE;
    }
  *ret = period;
  return TRUE;
}

void
tb_period_whole (const TbService *service, TbCycle cycle, TbDay day, TbPeriod *ret)
{
  int months = tb_cycle_get_months (cycle), mday, k;
  TbDay anchor;

  if (months == 0)
    return;
  find_anchor (service, &anchor, &mday);
  k = index_of (anchor, mday, months, day);
  *ret = (TbPeriod){ boundary (anchor, mday, months, k), boundary (anchor, mday, months, k + 1) };
}

GArray *
tb_period_ending_in_month (const TbService *service, TbCycle cycle, int year, int month)
{
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (TbPeriod));
  /* A one-off has no end of its own: what was used is billed by calendar month. */
  TbService calendar = { .starts = service->starts, .ends = service->ends, .next_due = tb_day_from_ymd (1970, 1, 1) };
  const TbService *counted = cycle == TB_CYCLE_ONE_OFF ? &calendar : service;
  TbCycle counted_cycle = cycle == TB_CYCLE_ONE_OFF ? TB_CYCLE_MONTHLY : cycle;
  TbDay first = tb_day_from_ymd (year, month, 1);
  /* The last moment of a period is what lies in the month: its end is in (first, first of next month]. */
  TbDay after = tb_day_add_months (first, 1, 1);
  TbPeriod period;

  for (TbDay day = first; day < after; day = period.end)
    {
      if (service->starts != TB_DAY_NONE)
        day = MAX (day, service->starts);
      if (day >= after || !tb_period_containing (counted, counted_cycle, day, &period) || period.end > after)
        break;
      g_array_append_val (periods, period);
    }
  return periods;
}

gboolean
tb_month_parse (const char *text, int *ret_year, int *ret_month, GError **error)
{
  TbDay day;

  if (text != NULL && strlen (text) == 7)
    {
      g_autofree char *first = g_strdup_printf ("%s-01", text);

      if (tb_day_parse (first, &day, NULL))
        {
          tb_day_to_ymd (day, ret_year, ret_month, NULL);
          return TRUE;
        }
    }

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a month like 2026-10."), text != NULL ? text : "");
  return FALSE;
}
