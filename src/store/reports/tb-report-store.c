/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-report-store.h"

#include <string.h>

#include "tb-call-codec.h"
#include "tb-call-store.h"
#include "tb-served-store.h"

/* Sums are made here and not by SQL: several currencies, days of a zone, and overflow must be exact. One pass over the key ranges. */

typedef gboolean (*RowFunc) (const TbTenant *tenant, TbStatement *row, gpointer data, GError **error);

/* Columns: id, seconds, status, client, terms, billed, free, charge, cost, cost_rate, uid, number, callee. */
#define REPORT_SQL                                                                                                                             \
  "SELECT c.id, c.seconds, coalesce(r.status, 0), r.client, r.terms, r.billed, r.free, r.charge, r.cost, r.cost_rate, c.uid, r.number, "        \
  "c.callee FROM cdr c LEFT JOIN rated r ON r.id = c.id WHERE c.id >= $1 AND c.id < $2 ORDER BY c.id"

/* `of` is a set of tenant ids; NULL = all. */
static gboolean
each_row (TbStore *store, gint64 from, gint64 to, GHashTable *of, RowFunc func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (TbStatement) row = tenants == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), REPORT_SQL, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    {
      const TbTenant *tenant = tenants->pdata[i];

      if (of != NULL && !g_hash_table_contains (of, GUINT_TO_POINTER (tenant->id)))
        continue;
      tb_statement_reset (row);
      tb_statement_bind_int (row, 1, tb_call_id_base (tenant->id, CLAMP (from, 0, G_MAXUINT32)));
      tb_statement_bind_int (row, 2, to <= 0 || to > G_MAXUINT32 ? tb_call_id_base (tenant->id + 1, 0) : tb_call_id_base (tenant->id, to));
      do
        if (!tb_statement_step (row, &has_row, error) || (has_row && !func (tenant, row, data, error)))
          return FALSE;
      while (has_row);
    }
  return TRUE;
}

/* ---- money of a row ---- */

typedef struct
{
  TbStore *store;
  GHashTable *terms; /* id → TbRatingTerms */
} Currencies;

static void
currencies_init (Currencies *self, TbStore *store)
{
  self->store = store;
  self->terms = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static gboolean
money_of_row (Currencies *self, TbStatement *row, TbMoney *ret_charge, TbMoney *ret_cost, GError **error)
{
  guint32 id = (guint32) tb_statement_int (row, 4);
  TbRatingTerms *terms = id == 0 ? NULL : g_hash_table_lookup (self->terms, GUINT_TO_POINTER (id));
  gint64 status = tb_statement_int (row, 2);
  gboolean charged = status == TB_CALL_RATED || status == TB_CALL_INCLUDED || status == TB_CALL_GRACE;

  if (id != 0 && terms == NULL)
    {
      terms = tb_rating_terms_store_get (self->store, id, error);
      if (terms == NULL)
        return FALSE;
      g_hash_table_insert (self->terms, GUINT_TO_POINTER (id), terms);
    }
  *ret_charge = (TbMoney){ tb_statement_int (row, 7), terms != NULL && charged ? terms->currency : TB_CURRENCY_NONE };
  *ret_cost = (TbMoney){ tb_statement_int (row, 8), terms != NULL && tb_statement_int (row, 9) != 0 ? terms->cost_currency : TB_CURRENCY_NONE };
  return TRUE;
}

/* ---- usage by client ---- */

typedef struct
{
  Currencies currencies;
  GPtrArray *rows;  /* of TbUsageRow */
  GHashTable *keys; /* client and currencies → TbUsageRow */
  TbStatement *client;
  guint32 only; /* id of a client; 0 = all */
} Usage;

void
tb_usage_row_free (TbUsageRow *self)
{
  g_free (self->client);
  g_free (self->client_name);
  g_free (self);
}

static TbUsageRow *
usage_row (Usage *usage, guint32 client, TbCurrency charge, TbCurrency cost)
{
  g_autofree char *key = g_strdup_printf ("%u %u %u", client, charge, cost);
  TbUsageRow *found = g_hash_table_lookup (usage->keys, key);
  gboolean has_row = FALSE;

  if (found != NULL)
    return found;
  found = g_new0 (TbUsageRow, 1);
  found->charge.currency = charge;
  found->cost.currency = cost;
  tb_statement_bind_int (usage->client, 1, client);
  if (tb_statement_step (usage->client, &has_row, NULL) && has_row)
    {
      found->client = tb_statement_dup_text (usage->client, 0);
      found->client_name = tb_statement_dup_text (usage->client, 1);
    }
  tb_statement_reset (usage->client);
  g_ptr_array_add (usage->rows, found);
  g_hash_table_insert (usage->keys, g_steal_pointer (&key), found);
  return found;
}

static gboolean
add_usage (const TbTenant *tenant, TbStatement *row, gpointer data, GError **error)
{
  Usage *usage = data;
  guint32 client = (guint32) tb_statement_int (row, 3);
  TbMoney charge, cost;
  TbUsageRow *into;

  if (client == 0 || (usage->only != 0 && client != usage->only) || tb_statement_int (row, 2) == TB_CALL_SUPPRESSED)
    return TRUE;
  if (!money_of_row (&usage->currencies, row, &charge, &cost, error))
    return FALSE;
  into = usage_row (usage, client, charge.currency, cost.currency);
  into->calls++;
  into->seconds += tb_statement_int (row, 1);
  into->billed += tb_statement_int (row, 5);
  into->free += tb_statement_int (row, 6);
  return tb_money_add (into->charge, charge, &into->charge, error) && tb_money_add (into->cost, cost, &into->cost, error);
}

static int
compare_usage (gconstpointer a, gconstpointer b)
{
  const TbUsageRow *x = *(const TbUsageRow *const *) a, *y = *(const TbUsageRow *const *) b;
  int order = g_strcmp0 (x->client, y->client);

  if (order == 0)
    order = x->charge.currency < y->charge.currency ? -1 : x->charge.currency > y->charge.currency;
  return order != 0 ? order : x->cost.currency < y->cost.currency ? -1 : x->cost.currency > y->cost.currency;
}

/* Calls that were free have no currency, those of providers without a tariff no cost: they belong to the client's row that has. */
static gboolean
is_part_of (const TbUsageRow *row, const TbUsageRow *whole)
{
  return g_strcmp0 (row->client, whole->client) == 0
         && (row->charge.currency == TB_CURRENCY_NONE || row->charge.currency == whole->charge.currency)
         && (row->cost.currency == TB_CURRENCY_NONE || row->cost.currency == whole->cost.currency);
}

static gboolean
fold (const TbUsageRow *row, TbUsageRow *whole, GError **error)
{
  whole->calls += row->calls;
  whole->seconds += row->seconds;
  whole->billed += row->billed;
  whole->free += row->free;
  return tb_amount_add (whole->charge.amount, row->charge.amount, &whole->charge.amount, error)
         && tb_amount_add (whole->cost.amount, row->cost.amount, &whole->cost.amount, error);
}

/* In the order of compare_usage a part comes before its whole. */
static gboolean
fold_parts (GPtrArray *rows, GError **error)
{
  for (guint i = 0; i + 1 < rows->len;)
    {
      guint whole = i + 1;

      while (whole < rows->len && !is_part_of (rows->pdata[i], rows->pdata[whole]))
        whole++;
      if (whole == rows->len)
        {
          i++;
          continue;
        }
      if (!fold (rows->pdata[i], rows->pdata[whole], error))
        return FALSE;
      g_ptr_array_remove_index (rows, i);
    }
  return TRUE;
}

static gboolean
narrow (Usage *usage, TbStore *store, const char *client, GHashTable **ret_tenants, GError **error)
{
  g_autoptr (TbStatement) row = client != NULL ? tb_db_prepare (tb_store_get_db (store), "SELECT id FROM client WHERE key = $1", error) : NULL;
  gboolean has_row;

  if (client == NULL)
    return TRUE;
  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, client);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  usage->only = has_row ? (guint32) tb_statement_int (row, 0) : G_MAXUINT32;
  *ret_tenants = tb_served_store_list_by_client (store, usage->only, error);
  return *ret_tenants != NULL;
}

GPtrArray *
tb_report_store_usage (TbStore *store, gint64 from, gint64 to, const char *only, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_usage_row_free);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TbStatement) client = tb_db_prepare (tb_store_get_db (store), "SELECT key, name FROM client WHERE id = $1", error);
  g_autoptr (GHashTable) tenants = NULL;
  Usage usage = { .rows = rows, .keys = keys, .client = client };
  gboolean ok;

  if (client == NULL)
    return NULL;
  currencies_init (&usage.currencies, store);
  ok = narrow (&usage, store, only, &tenants, error) && each_row (store, from, to, tenants, add_usage, &usage, error);
  g_hash_table_unref (usage.currencies.terms);
  g_ptr_array_sort (rows, compare_usage);
  return ok && fold_parts (rows, error) ? g_steal_pointer (&rows) : NULL;
}

/* ---- unrated ---- */

typedef struct
{
  GPtrArray *rows;  /* of TbUnratedRow */
  GHashTable *keys;
  TbWords *words;
} Unrated;

void
tb_unrated_row_free (TbUnratedRow *self)
{
  g_free (self->connection);
  g_free (self->tenant);
  g_free (self->prefix);
  g_free (self->example);
  g_free (self);
}

static gboolean
add_unrated (const TbTenant *tenant, TbStatement *row, gpointer data, GError **error)
{
  Unrated *unrated = data;
  TbCallStatus status = (TbCallStatus) tb_statement_int (row, 2);
  gint64 number = tb_statement_is_null (row, 11) ? tb_statement_int (row, 12) : tb_statement_int (row, 11);
  g_autofree char *prefix = NULL, *key = NULL;
  char buffer[24], uid[TB_CALL_UID_BUFFER];
  TbUnratedRow *into;
  gsize len;
  const guint8 *encoded;

  if (!tb_call_status_is_unrated (status))
    return TRUE;
  prefix = g_strndup (tb_words_unpack_number (unrated->words, number, buffer), 5);
  key = g_strdup_printf ("%d %u %s", status, tenant->id, prefix);
  into = g_hash_table_lookup (unrated->keys, key);
  if (into == NULL)
    {
      encoded = tb_statement_blob (row, 10, &len);
      tb_uid_decode (encoded, len, uid);
      into = g_new0 (TbUnratedRow, 1);
      into->status = status;
      into->connection = g_strdup (tenant->connection);
      into->tenant = g_strdup (tenant->name);
      into->prefix = g_steal_pointer (&prefix);
      into->example = g_strdup (uid);
      g_ptr_array_add (unrated->rows, into);
      g_hash_table_insert (unrated->keys, g_steal_pointer (&key), into);
    }
  into->calls++;
  into->seconds += tb_statement_int (row, 1);
  return TRUE;
}

static int
compare_unrated (gconstpointer a, gconstpointer b)
{
  const TbUnratedRow *x = *(const TbUnratedRow *const *) a, *y = *(const TbUnratedRow *const *) b;

  if (x->status != y->status)
    return (int) x->status - (int) y->status;
  return x->calls > y->calls ? -1 : x->calls < y->calls;
}

GPtrArray *
tb_report_store_unrated (TbStore *store, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_unrated_row_free);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TbWords) words = tb_words_new (store, error);
  Unrated unrated = { rows, keys, words };

  if (words == NULL || !each_row (store, from, to, NULL, add_unrated, &unrated, error))
    return NULL;
  g_ptr_array_sort (rows, compare_unrated);
  return g_steal_pointer (&rows);
}

/* ---- days ---- */

typedef struct
{
  Currencies currencies;
  TbZone *zone;
  GArray *rows; /* of TbDayRow */
} Days;

static TbDayRow *
day_row (Days *days, TbDay day, TbCurrency charge, TbCurrency cost)
{
  TbDayRow fresh = { day, 0, 0, { 0, charge }, { 0, cost } };

  for (guint i = 0; i < days->rows->len; i++)
    {
      TbDayRow *row = &g_array_index (days->rows, TbDayRow, i);

      if (row->day == day && row->charge.currency == charge && row->cost.currency == cost)
        return row;
    }
  g_array_append_val (days->rows, fresh);
  return &g_array_index (days->rows, TbDayRow, days->rows->len - 1);
}

static gboolean
add_day (const TbTenant *tenant, TbStatement *row, gpointer data, GError **error)
{
  Days *days = data;
  TbMoney charge, cost;
  TbDayRow *into;

  if (!money_of_row (&days->currencies, row, &charge, &cost, error))
    return FALSE;
  into = day_row (days, tb_zone_day_at (days->zone, tb_call_id_start (tb_statement_int (row, 0))), charge.currency, cost.currency);
  into->calls++;
  into->seconds += tb_statement_int (row, 1);
  return tb_money_add (into->charge, charge, &into->charge, error) && tb_money_add (into->cost, cost, &into->cost, error);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return ((const TbDayRow *) a)->day - ((const TbDayRow *) b)->day;
}

GPtrArray *
tb_report_store_days (TbStore *store, gint64 from, gint64 to, TbZone *zone, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (TbDayRow));
  Days days = { .zone = zone, .rows = found };
  gboolean ok;

  currencies_init (&days.currencies, store);
  ok = each_row (store, from, to, NULL, add_day, &days, error);
  g_hash_table_unref (days.currencies.terms);
  g_array_sort (found, compare_days);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (rows, g_memdup2 (&g_array_index (found, TbDayRow, i), sizeof (TbDayRow)));
  return ok ? g_steal_pointer (&rows) : NULL;
}
