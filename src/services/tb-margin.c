/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-report-store.h"
#include "tb-setup-store.h"

typedef struct
{
  TbStore *store;
  const TbSetup *setup;
  TbCurrency currency;
  TbZone *zone;
  GPtrArray *rows;  /* of TbMarginRow */
  GHashTable *keys; /* client → TbMarginRow */
} Report;

void
tb_margin_row_free (TbMarginRow *self)
{
  if (self == NULL)
    return;
  g_free (self->client);
  g_free (self->client_name);
  g_free (self);
}

static TbMarginRow *
row_of (Report *report, const TbUsageRow *usage)
{
  const char *key = usage->client != NULL ? usage->client : "";
  TbMarginRow *row = g_hash_table_lookup (report->keys, key);

  if (row != NULL)
    return row;
  row = g_new0 (TbMarginRow, 1);
  row->client = g_strdup (key);
  row->client_name = g_strdup (usage->client_name);
  row->charge.currency = row->cost.currency = report->currency;
  g_ptr_array_add (report->rows, row);
  g_hash_table_insert (report->keys, row->client, row);
  return row;
}

static gboolean
add_money (Report *report, TbMoney money, TbDay day, TbMoney *sum, GError **error)
{
  TbDecimal rate;

  if (money.currency == TB_CURRENCY_NONE)
    return TRUE;
  return tb_setup_get_exchange_rate (report->setup, money.currency, day, &rate, error)
         && tb_money_exchange (money, rate, report->currency, &money, error) && tb_money_add (*sum, money, sum, error);
}

/* A span of days in which no exchange rate changes, so that sums may be exchanged instead of calls. */
static gboolean
add_span (Report *report, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GPtrArray) usage = tb_report_store_usage (report->store, from, to, error);
  TbDay day = tb_zone_day_at (report->zone, from);

  if (usage == NULL)
    return FALSE;
  for (guint i = 0; i < usage->len; i++)
    {
      const TbUsageRow *part = usage->pdata[i];
      TbMarginRow *row = row_of (report, part);

      row->calls += part->calls;
      row->seconds += part->seconds;
      if (!add_money (report, part->charge, day, &row->charge, error) || !add_money (report, part->cost, day, &row->cost, error))
        return FALSE;
    }
  return TRUE;
}

/* The first moment after `from` at which a rate of exchange changes, at most `to`. */
static gint64
next_change (Report *report, gint64 from, gint64 to)
{
  gint64 next = to;

  for (guint i = 0; i < report->setup->exchange_rates->len; i++)
    {
      gint64 change = tb_zone_to_utc (report->zone, g_array_index (report->setup->exchange_rates, TbExchangeRate, i).from, 0, FALSE);

      if (change > from)
        next = MIN (next, change);
    }
  return next;
}

static gboolean
finish_row (TbMarginRow *row, GError **error)
{
  return tb_money_round (row->charge, TB_ROUND_HALF_UP, &row->charge, error) && tb_money_round (row->cost, TB_ROUND_HALF_UP, &row->cost, error)
         && tb_money_subtract (row->charge, row->cost, &row->margin, error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const TbMarginRow *const *) a)->client, (*(const TbMarginRow *const *) b)->client);
}

static gboolean
fill (Report *report, gint64 from, gint64 to, GError **error)
{
  for (gint64 next; from < to; from = next)
    {
      next = next_change (report, from, to);
      if (!add_span (report, from, next, error))
        return FALSE;
    }
  for (guint i = 0; i < report->rows->len; i++)
    if (!finish_row (report->rows->pdata[i], error))
      return FALSE;
  g_ptr_array_sort (report->rows, compare_rows);
  return TRUE;
}

GPtrArray *
tb_margin_report (TbStore *store, gint64 from, gint64 to, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_margin_row_free);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TbZone) zone = NULL;
  Report report = { store, setup, TB_CURRENCY_NONE, NULL, rows, keys };

  if (setup == NULL)
    return NULL;
  if (setup->company == NULL || setup->company->currency == TB_CURRENCY_NONE)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("The margin is in the company's currency, and the books have none yet: set the company up."));
      return NULL;
    }
  zone = tb_zone_new (setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  report.currency = setup->company->currency;
  report.zone = zone;
  return fill (&report, from, to, error) ? g_steal_pointer (&rows) : NULL;
}
