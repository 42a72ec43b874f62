/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-package-lists.h"

#include <glib/gi18n-lib.h>

#include "tb-filter.h"
#include "tb-rate-list.h"
#include "tb-text.h"

/* ---- allowances and tiers ---- */

static TbMoment
moment_from_row (TbStatement *row, int day, int time)
{
  return (TbMoment){ (TbDay) tb_statement_int_or (row, day, TB_DAY_NONE), tb_statement_int_or (row, time, TB_TIME_NONE) };
}

static void
bind_moment (TbStatement *row, int day, int time, TbMoment moment)
{
  tb_statement_bind_int_or_null (row, day, moment.day, TB_DAY_NONE);
  tb_statement_bind_int_or_null (row, time, moment.time, TB_TIME_NONE);
}

static TbAllowance *
allowance_from_row (TbStatement *row)
{
  TbAllowance *item = tb_allowance_new ();

  tb_set_str (&item->name, tb_statement_text (row, 0));
  item->seconds = tb_statement_int (row, 1);
  item->scope = tb_statement_is_null (row, 2) ? NULL : g_strsplit (tb_statement_text (row, 2), "\n", -1);
  item->shared = tb_statement_int (row, 3) != 0;
  item->carry_over = tb_statement_int (row, 4) != 0;
  item->consume = (TbConsume) tb_statement_int (row, 5);
  item->unit = (gint32) tb_statement_int (row, 6);
  item->priority = (gint32) tb_statement_int (row, 7);
  item->from = moment_from_row (row, 8, 11);
  item->to = moment_from_row (row, 9, 12);
  item->connect_fee = tb_statement_int_or (row, 10, TB_DECIMAL_NONE);
  return item;
}

static gboolean
load_allowances (TbStore *store, TbPackage *package, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT name, seconds, scope, shared, carry_over, consume, unit, priority, valid_from, valid_to, connect_fee, "
                       "from_time, to_time FROM allowance WHERE package = $1 ORDER BY position",
                       error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, package->id);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (package->included, allowance_from_row (row));
    }
  return FALSE;
}

static gboolean
load_tiers (TbStore *store, TbPackage *package, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT threshold, rate FROM tier WHERE package = $1 ORDER BY position", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, package->id);
  while (tb_statement_step (row, &has_row, error))
    {
      TbTier tier;

      if (!has_row)
        return TRUE;
      tier = (TbTier){ tb_statement_int (row, 0), tb_statement_int (row, 1) };
      g_array_append_val (package->tiers, tier);
    }
  return FALSE;
}

static gboolean
delete_rows (TbStore *store, const char *sql, gint64 package_id, GError **error)
{
  g_autoptr (TbStatement) change = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (change == NULL)
    return FALSE;
  tb_statement_bind_int (change, 1, package_id);
  return tb_statement_run (change, error);
}

static gboolean
save_allowance (TbStatement *row, gint64 package_id, guint position, const TbAllowance *item, GError **error)
{
  g_autofree char *scope = item->scope == NULL || *item->scope == NULL ? NULL : g_strjoinv ("\n", item->scope);

  tb_statement_bind_int (row, 1, package_id);
  tb_statement_bind_int (row, 2, position);
  tb_statement_bind_text (row, 3, item->name);
  tb_statement_bind_int (row, 4, item->seconds);
  tb_statement_bind_text (row, 5, scope);
  tb_statement_bind_int (row, 6, item->shared);
  tb_statement_bind_int (row, 7, item->carry_over);
  tb_statement_bind_int (row, 8, item->consume);
  tb_statement_bind_int (row, 9, item->unit);
  tb_statement_bind_int (row, 10, item->priority);
  bind_moment (row, 11, 14, item->from);
  bind_moment (row, 12, 15, item->to);
  tb_statement_bind_int_or_null (row, 13, item->connect_fee, TB_DECIMAL_NONE);
  return tb_statement_run (row, error);
}

static gboolean
save_allowances (TbStore *store, gint64 package_id, const TbPackage *package, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO allowance (package, position, name, seconds, scope, shared, carry_over, consume, unit, priority, valid_from, "
                       "valid_to, connect_fee, from_time, to_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                       error);

  if (row == NULL || !delete_rows (store, "DELETE FROM allowance WHERE package = $1", package_id, error))
    return FALSE;
  for (guint i = 0; i < package->included->len; i++)
    if (!save_allowance (row, package_id, i, package->included->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
save_tiers (TbStore *store, gint64 package_id, const TbPackage *package, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "INSERT INTO tier (package, position, threshold, rate) VALUES ($1, $2, $3, $4)", error);

  if (row == NULL || !delete_rows (store, "DELETE FROM tier WHERE package = $1", package_id, error))
    return FALSE;
  for (guint i = 0; i < package->tiers->len; i++)
    {
      const TbTier *tier = &g_array_index (package->tiers, TbTier, i);

      tb_statement_bind_int (row, 1, package_id);
      tb_statement_bind_int (row, 2, i);
      tb_statement_bind_int (row, 3, tier->from);
      tb_statement_bind_int (row, 4, tier->rate);
      if (!tb_statement_run (row, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- filters ---- */

gboolean
tb_filter_list_load (TbStore *store, gint64 package_id, GPtrArray *filters, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT connection, field, pattern, action FROM filter WHERE package = $1 ORDER BY position", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, package_id);
  while (tb_statement_step (row, &has_row, error))
    {
      TbFilter *filter;

      if (!has_row)
        return TRUE;
      filter = tb_filter_new ();
      filter->connection = tb_statement_dup_text (row, 0);
      filter->match = (TbFilterField) tb_statement_int (row, 1);
      tb_set_str (&filter->pattern, tb_statement_text (row, 2));
      filter->action = (TbFilterAction) tb_statement_int (row, 3);
      g_ptr_array_add (filters, filter);
    }
  return FALSE;
}

gboolean
tb_filter_list_save (TbStore *store, gint64 package_id, GPtrArray *filters, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "INSERT INTO filter (package, position, connection, field, pattern, action) VALUES ($1, $2, $3, $4, $5, $6)", error);

  if (row == NULL || !delete_rows (store, "DELETE FROM filter WHERE package = $1", package_id, error))
    return FALSE;
  for (guint i = 0; i < filters->len; i++)
    {
      const TbFilter *filter = filters->pdata[i];

      tb_statement_bind_int (row, 1, package_id);
      tb_statement_bind_int (row, 2, i);
      tb_statement_bind_text (row, 3, filter->connection);
      tb_statement_bind_int (row, 4, filter->match);
      tb_statement_bind_text (row, 5, filter->pattern);
      tb_statement_bind_int (row, 6, filter->action);
      if (!tb_statement_run (row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_filters (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const TbFilter *x = a->pdata[i], *y = b->pdata[i];

      if (x->match != y->match || x->action != y->action || g_strcmp0 (x->pattern, y->pattern) != 0 || g_strcmp0 (x->connection, y->connection) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_filter_list_compare (GPtrArray *before, GPtrArray *after, const char *owner, GPtrArray *changes)
{
  if (same_filters (before, after))
    return FALSE;
  g_ptr_array_add (changes, g_strdup_printf (_("%s: filters %u → %u"), owner, before->len, after->len));
  return TRUE;
}

/* ---- rates ---- */

gboolean
tb_rates_compare (GPtrArray *before, GPtrArray *after, const char *owner, GPtrArray *changes)
{
  TbRateListDifference difference = tb_rate_list_compare (before, after);

  if (difference.added + difference.changed + difference.removed == 0)
    return FALSE;
  g_ptr_array_add (changes, g_strdup_printf (_("%s: %u rates added, %u changed, %u removed"), owner, difference.added, difference.changed,
                                             difference.removed));
  return TRUE;
}

static gboolean
load_single (TbStore *store, TbRateListKind kind, const char *name, TbRate **ret, GError **error)
{
  g_autoptr (GPtrArray) rates = NULL;
  gint64 list;

  if (!tb_rate_list_find (store, kind, name, FALSE, &list, error))
    return FALSE;
  if (list == 0)
    return TRUE;
  rates = tb_rate_list_load (store, list, error);
  if (rates != NULL && rates->len > 0)
    *ret = tb_rate_copy (rates->pdata[0]);
  return rates != NULL;
}

static gboolean
load_custom (TbStore *store, TbPackage *package, GError **error)
{
  GPtrArray *rates;
  gint64 list;

  if (!tb_rate_list_find (store, TB_RATE_LIST_CUSTOM, package->name, FALSE, &list, error))
    return FALSE;
  if (list == 0)
    return TRUE;
  rates = tb_rate_list_load (store, list, error);
  if (rates == NULL)
    return FALSE;
  g_ptr_array_unref (package->custom_rates);
  package->custom_rates = rates;
  return TRUE;
}

static gboolean
save_rates (TbStore *store, TbRateListKind kind, const char *name, GPtrArray *rates, GError **error)
{
  g_autoptr (GPtrArray) before = NULL;
  gint64 list;

  if (!tb_rate_list_find (store, kind, name, rates->len > 0, &list, error))
    return FALSE;
  if (list == 0)
    return TRUE;
  before = tb_rate_list_load (store, list, error);
  return before != NULL && tb_rate_list_save (store, list, before, rates, 0, NULL, error);
}

/* A list of one, or of none. */
static GPtrArray *
list_of (TbRate *rate)
{
  GPtrArray *rates = g_ptr_array_new ();

  if (rate != NULL)
    g_ptr_array_add (rates, rate);
  return rates;
}

/* ---- all of a package's ---- */

gboolean
tb_package_lists_load (TbStore *store, TbPackage *package, GError **error)
{
  return load_allowances (store, package, error) && load_tiers (store, package, error)
         && tb_filter_list_load (store, package->id, package->filters, error) && load_custom (store, package, error)
         && load_single (store, TB_RATE_LIST_FLAT, package->name, &package->flat_rate, error)
         && load_single (store, TB_RATE_LIST_INBOUND, package->name, &package->inbound_rate, error);
}

gboolean
tb_package_lists_save (TbStore *store, gint64 package_id, const TbPackage *package, GError **error)
{
  g_autoptr (GPtrArray) flat = list_of (package->flat_rate);
  g_autoptr (GPtrArray) inbound = list_of (package->inbound_rate);

  return save_allowances (store, package_id, package, error) && save_tiers (store, package_id, package, error)
         && tb_filter_list_save (store, package_id, package->filters, error)
         && save_rates (store, TB_RATE_LIST_CUSTOM, package->name, package->custom_rates, error)
         && save_rates (store, TB_RATE_LIST_FLAT, package->name, flat, error)
         && save_rates (store, TB_RATE_LIST_INBOUND, package->name, inbound, error);
}

static gboolean
same_allowance (const TbAllowance *a, const TbAllowance *b)
{
  g_autofree char *x = a->scope != NULL ? g_strjoinv (",", a->scope) : g_strdup ("");
  g_autofree char *y = b->scope != NULL ? g_strjoinv (",", b->scope) : g_strdup ("");

  return g_strcmp0 (a->name, b->name) == 0 && a->seconds == b->seconds && g_str_equal (x, y) && !a->shared == !b->shared
         && !a->carry_over == !b->carry_over && a->consume == b->consume && a->unit == b->unit && a->priority == b->priority
         && tb_moment_is_equal (a->from, b->from) && tb_moment_is_equal (a->to, b->to) && a->connect_fee == b->connect_fee;
}

static gboolean
same_allowances (const TbPackage *a, const TbPackage *b)
{
  if (a->included->len != b->included->len)
    return FALSE;
  for (guint i = 0; i < a->included->len; i++)
    if (!same_allowance (a->included->pdata[i], b->included->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_tiers (const TbPackage *a, const TbPackage *b)
{
  if (a->tiers->len != b->tiers->len)
    return FALSE;
  for (guint i = 0; i < a->tiers->len; i++)
    {
      const TbTier *x = &g_array_index (a->tiers, TbTier, i), *y = &g_array_index (b->tiers, TbTier, i);

      if (x->from != y->from || x->rate != y->rate)
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_package_lists_compare (const TbPackage *before, const TbPackage *after, const char *owner, GPtrArray *changes)
{
  g_autoptr (TbPackage) none = tb_package_new ();
  const TbPackage *old = before != NULL ? before : none;
  g_autoptr (GPtrArray) own_before = list_of (old->flat_rate);
  g_autoptr (GPtrArray) own_after = list_of (after->flat_rate);
  g_autoptr (GPtrArray) inbound_before = list_of (old->inbound_rate);
  g_autoptr (GPtrArray) inbound_after = list_of (after->inbound_rate);
  guint n = changes->len;

  if (!same_allowances (old, after))
    g_ptr_array_add (changes, g_strdup_printf (_("%s: included minutes %u → %u pools"), owner, old->included->len, after->included->len));
  if (!same_tiers (old, after))
    g_ptr_array_add (changes, g_strdup_printf (_("%s: tiers %u → %u"), owner, old->tiers->len, after->tiers->len));
  tb_filter_list_compare (old->filters, after->filters, owner, changes);
  tb_rates_compare (old->custom_rates, after->custom_rates, owner, changes);
  tb_rates_compare (own_before, own_after, owner, changes);
  tb_rates_compare (inbound_before, inbound_after, owner, changes);
  return changes->len > n;
}
