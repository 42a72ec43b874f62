/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-served-store.h"
#include "tb-setup-store.h"

#define REPORT_EVERY 16384

static const char *const by_names[TB_MARGIN_N_BY] = { "client", "destination", "tariff", "provider", "call" };

/* An exchange rate once looked up: calls come in order of time. */
typedef struct
{
  TbCurrency currency;
  TbDay day;
  TbDecimal rate;
} Exchange;

/* A call of a report by call, until it is known which ones are shown. */
typedef struct
{
  gint64 id;
  TbAmount margin;
} Entry;

typedef struct
{
  TbStore *store;
  const TbSetup *setup;
  const TbMarginQuery *query;
  guint32 client_id;
  GHashTable *tenants; /* ids of those where the client has calls; NULL = all */
  TbZone *zone;
  Exchange charge, cost;
  TbMarginGroups *groups;
  GArray *entries; /* of Entry, by call */
  TbMarginReport *report;
  TbJob *job;
  guint64 seen, all;
} Pass;

const char *
tb_margin_by_to_string (TbMarginBy self)
{
  return by_names[self];
}

gboolean
tb_margin_by_parse (const char *text, TbMarginBy *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (by_names); i++)
    if (strcmp (text, by_names[i]) == 0)
      {
        *ret = (TbMarginBy) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
tb_margin_row_loses (const TbMarginRow *self)
{
  return self->losses > 0 || tb_margin_sum_get_sign (&self->sum) < 0;
}

void
tb_margin_report_free (TbMarginReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  tb_margin_row_free (self->total);
  g_free (self);
}

/* ---- one call ---- */

static gboolean
has_money (const TbRatedCall *rated)
{
  return rated->status != TB_CALL_SUPPRESSED && (rated->currency != TB_CURRENCY_NONE || rated->cost_currency != TB_CURRENCY_NONE);
}

static gboolean
exchange (const TbSetup *setup, TbCurrency currency, TbDay day, Exchange *known, GError **error)
{
  if (known->rate != 0 && known->currency == currency && known->day == day)
    return TRUE;
  *known = (Exchange){ currency, day, TB_DECIMAL_ONE };
  /* What is not there is 0 in any currency. */
  if (currency == TB_CURRENCY_NONE || tb_setup_get_exchange_rate (setup, currency, day, &known->rate, error))
    return TRUE;
  known->rate = 0;
  return FALSE;
}

static gboolean
sum_of_call (const TbSetup *setup, TbDay day, const TbRatedCall *rated, Exchange *charge, Exchange *cost, TbMarginSum *ret, GError **error)
{
  *ret = (TbMarginSum){ 0 };
  return exchange (setup, rated->currency, day, charge, error) && exchange (setup, rated->cost_currency, day, cost, error)
         && tb_margin_sum_add (ret, rated->currency != TB_CURRENCY_NONE ? rated->charge : 0, charge->rate,
                               rated->cost_currency != TB_CURRENCY_NONE ? rated->cost : 0, cost->rate, error);
}

gboolean
tb_margin_of_call (const TbSetup *setup, TbZone *zone, const TbCall *call, const TbRatedCall *rated, TbMargin *ret)
{
  Exchange charge = { 0 }, cost = { 0 };
  TbMarginSum sum;

  return has_money (rated) && tb_setup_get_currency (setup) != TB_CURRENCY_NONE
         && sum_of_call (setup, tb_zone_day_at (zone, call->start), rated, &charge, &cost, &sum, NULL)
         && tb_margin_sum_get (&sum, tb_setup_get_currency (setup), ret, NULL);
}

static gboolean
add_to_row (TbMarginRow *row, const TbCall *call, const TbRatedCall *rated, const TbMarginSum *sum, GError **error)
{
  gboolean included = rated->free > 0, lost = !included && tb_margin_sum_get_sign (sum) < 0;

  row->calls++;
  row->seconds += call->seconds;
  row->losses += lost;
  row->costless += rated->cost_currency == TB_CURRENCY_NONE;
  return tb_margin_sum_add_sum (&row->sum, sum, error) && (!lost || tb_margin_sum_add_sum (&row->lost_sum, sum, error))
         && (!included || tb_margin_sum_add_sum (&row->included_sum, sum, error));
}

static gboolean
finish_row (TbMarginRow *row, TbCurrency currency, GError **error)
{
  TbMargin lost, included;

  if (!tb_margin_sum_get (&row->sum, currency, &row->money, error) || !tb_margin_sum_get (&row->lost_sum, currency, &lost, error)
      || !tb_margin_sum_get (&row->included_sum, currency, &included, error))
    return FALSE;
  row->included = included.cost;
  return tb_money_subtract (lost.cost, lost.charge, &row->lost, error);
}

static gboolean
add_entry (Pass *pass, const TbCall *call, const TbRatedCall *rated, const TbMarginSum *sum, GError **error)
{
  TbMargin money;
  Entry entry;

  if (pass->query->losses && (rated->free > 0 || tb_margin_sum_get_sign (sum) >= 0))
    return TRUE;
  if (!tb_margin_sum_get (sum, pass->report->currency, &money, error))
    return FALSE;
  entry = (Entry){ call->id, money.margin.amount };
  g_array_append_val (pass->entries, entry);
  return TRUE;
}

static gboolean
add_call (Pass *pass, const TbTenant *tenant, const TbCall *call, const TbRatedCall *rated, GError **error)
{
  TbMarginSum sum;
  TbMarginRow *row;

  if (!has_money (rated) || (pass->client_id != 0 && rated->client_id != pass->client_id))
    return TRUE;
  if (!sum_of_call (pass->setup, tb_zone_day_at (pass->zone, call->start), rated, &pass->charge, &pass->cost, &sum, error)
      || !add_to_row (pass->report->total, call, rated, &sum, error))
    return FALSE;
  if (pass->query->by == TB_MARGIN_BY_CALL)
    return add_entry (pass, call, rated, &sum, error);
  row = tb_margin_groups_get (pass->groups, tenant, rated, error);
  return row != NULL && add_to_row (row, call, rated, &sum, error);
}

/* ---- all calls ---- */

static gboolean
is_stopped (Pass *pass, GError **error)
{
  if (pass->seen++ % REPORT_EVERY != 0)
    return FALSE;
  tb_job_report (pass->job, pass->all > 0 ? MIN (1.0, (double) pass->seen / (double) pass->all) : -1, NULL);
  return tb_job_is_cancelled (pass->job, error);
}

static gboolean
add_tenant (Pass *pass, const TbTenant *tenant, GError **error)
{
  g_autoptr (TbCallCursor) cursor = tb_call_cursor_new (pass->store, tenant->id, pass->query->from, pass->query->to, error);
  g_autoptr (GError) failure = NULL;
  const TbCall *call;
  const TbRatedCall *rated;

  if (cursor == NULL)
    return FALSE;
  while (tb_call_cursor_next (cursor, &call, &rated, NULL, &failure))
    if (is_stopped (pass, error) || !add_call (pass, tenant, call, rated, error))
      return FALSE;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
count_all (Pass *pass, GError **error)
{
  guint64 counts[TB_CALL_N_STATUS];

  if (pass->job == NULL)
    return TRUE;
  if (!tb_call_store_count_statuses (pass->store, pass->query->from, pass->query->to, pass->tenants, counts, error))
    return FALSE;
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    pass->all += counts[i];
  return TRUE;
}

static gboolean
add_tenants (Pass *pass, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (pass->store, error);
  g_autoptr (GHashTable) served = tenants != NULL && pass->client_id != 0 ? tb_served_store_list_by_client (pass->store, pass->client_id, error) : NULL;

  pass->tenants = served;
  if (tenants == NULL || (pass->client_id != 0 && served == NULL) || !count_all (pass, error))
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    if ((served == NULL || g_hash_table_contains (served, GUINT_TO_POINTER (((TbTenant *) tenants->pdata[i])->id)))
        && !add_tenant (pass, tenants->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---- rows ---- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const TbMarginRow *x = *(const TbMarginRow *const *) a, *y = *(const TbMarginRow *const *) b;
  TbAmount left = x->money.margin.amount, right = y->money.margin.amount;

  if (left != right)
    return left < right ? -1 : 1;
  return strcmp (x->key, y->key) != 0 ? strcmp (x->key, y->key) : g_strcmp0 (x->name, y->name);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->margin != y->margin)
    return x->margin < y->margin ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static gboolean
add_call_row (Pass *pass, gint64 id, GError **error)
{
  g_autoptr (TbCallRow) call = tb_call_store_get (pass->store, id, error);
  TbMarginRow *row;
  TbMarginSum sum;

  if (call == NULL)
    return FALSE;
  row = tb_margin_row_new (call->call.uid, call->call.callee);
  row->call_id = id;
  row->client_id = call->rated.client_id;
  g_ptr_array_add (pass->report->rows, row);
  return sum_of_call (pass->setup, tb_zone_day_at (pass->zone, call->call.start), &call->rated, &pass->charge, &pass->cost, &sum, error)
         && add_to_row (row, &call->call, &call->rated, &sum, error) && finish_row (row, pass->report->currency, error);
}

static gboolean
take_entries (Pass *pass, GError **error)
{
  guint n = pass->entries->len;

  g_array_sort (pass->entries, compare_entries);
  if (pass->query->limit > 0)
    n = MIN (n, pass->query->limit);
  for (guint i = 0; i < n; i++)
    if (tb_job_is_cancelled (pass->job, error) || !add_call_row (pass, g_array_index (pass->entries, Entry, i).id, error))
      return FALSE;
  pass->report->left_out = pass->entries->len - n;
  return TRUE;
}

static void
check_limit (TbMarginReport *report, TbMarginRow *row, GPtrArray *limits)
{
  row->limit = tb_client_limits_get (limits, row->client_id);
  row->breach = tb_margin_limit_check (&row->limit, &row->money);
  report->total->breach |= row->breach;
  report->below += (row->breach & TB_MARGIN_BREACH_MARGIN) != 0;
  report->above += (row->breach & TB_MARGIN_BREACH_USAGE) != 0;
}

static gboolean
take_groups (Pass *pass, GError **error)
{
  TbMarginReport *report = pass->report;
  GPtrArray *rows = tb_margin_groups_get_rows (pass->groups);
  g_autoptr (GPtrArray) limits = tb_margin_limit_store_list (pass->store, error);

  if (limits == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      TbMarginRow *row = rows->pdata[i];

      if (!finish_row (row, report->currency, error))
        return FALSE;
      if (pass->query->by == TB_MARGIN_BY_CLIENT)
        check_limit (report, row, limits);
    }
  while (rows->len > 0)
    {
      TbMarginRow *row = g_ptr_array_steal_index_fast (rows, 0);

      if (!pass->query->losses || tb_margin_row_loses (row))
        g_ptr_array_add (report->rows, row);
      else
        tb_margin_row_free (row);
    }
  g_ptr_array_sort (report->rows, compare_rows);
  if (pass->query->limit > 0 && report->rows->len > pass->query->limit)
    {
      report->left_out = report->rows->len - pass->query->limit;
      g_ptr_array_set_size (report->rows, (int) pass->query->limit);
    }
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
fill (Pass *pass, GError **error)
{
  if (!add_tenants (pass, error) || !finish_row (pass->report->total, pass->report->currency, error))
    return FALSE;
  return pass->query->by == TB_MARGIN_BY_CALL ? take_entries (pass, error) : take_groups (pass, error);
}

static gboolean
find_client (Pass *pass, GError **error)
{
  const TbClient *client = pass->query->client != NULL ? tb_setup_find_client (pass->setup, pass->query->client) : NULL;

  if (pass->query->client != NULL && client == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), pass->query->client);
      return FALSE;
    }
  pass->client_id = client != NULL ? client->id : 0;
  return TRUE;
}

TbMarginReport *
tb_margin_report_new (TbStore *store, const TbMarginQuery *query, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbMarginReport) report = g_new0 (TbMarginReport, 1);
  g_autoptr (TbMarginGroups) groups = NULL;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (TbZone) zone = NULL;
  Pass pass = { .store = store, .setup = setup, .query = query, .entries = entries, .report = report, .job = job };

  report->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_margin_row_free);
  report->total = tb_margin_row_new (NULL, NULL);
  if (setup == NULL || !find_client (&pass, error))
    return NULL;
  pass.groups = groups = tb_margin_groups_new (store, setup, query->by);
  report->currency = tb_setup_get_currency (setup);
  if (report->currency == TB_CURRENCY_NONE)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND,
                           _("The margin is in the company's currency, and the books have none yet: set the company up."));
      return NULL;
    }
  zone = tb_zone_new (setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  pass.zone = zone;
  return fill (&pass, error) ? g_steal_pointer (&report) : NULL;
}
