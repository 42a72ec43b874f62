/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-unbilled-store.h"

#include "tb-call-codec.h"

/* Buckets counted between two commits. */
#define COMMIT_EVERY 256

/* Charged ratings r with their terms t that are on no approved invoice. */
#define FROM_RATED "FROM rated r JOIN terms t ON t.id = r.terms WHERE r.charge <> 0 AND r.service IS NOT NULL " NOT_APPROVED
#define NOT_APPROVED "AND (r.invoice IS NULL OR r.invoice NOT IN (SELECT id FROM invoice WHERE state = 1)) "
#define PREPAID "(SELECT s.id FROM service s JOIN package p ON p.name = s.package WHERE p.mode = 1)"
#define STALE "(SELECT bucket FROM unbilled_stale)"

/* ---- what is stale ---- */

static gboolean
mark (TbStatement *statement, gint64 first, gint64 last, GError **error)
{
  for (gint64 bucket = tb_unbilled_bucket (first); bucket <= tb_unbilled_bucket (last); bucket++)
    {
      tb_statement_bind_int (statement, 1, bucket);
      if (!tb_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static TbStatement *
prepare_mark (TbStore *store, GError **error)
{
  return tb_db_prepare (tb_store_get_db (store), "INSERT INTO unbilled_stale (bucket) VALUES ($1) ON CONFLICT (bucket) DO NOTHING", error);
}

gboolean
tb_unbilled_store_mark (TbStore *store, gint64 first, gint64 last, GError **error)
{
  g_autoptr (TbStatement) statement = prepare_mark (store, error);

  return statement != NULL && mark (statement, first, last, error);
}

gboolean
tb_unbilled_store_mark_buckets (TbStore *store, GHashTable *buckets, GError **error)
{
  g_autoptr (TbStatement) statement = prepare_mark (store, error);
  GHashTableIter iter;
  gpointer bucket;

  if (statement == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, buckets);
  while (g_hash_table_iter_next (&iter, &bucket, NULL))
    {
      tb_statement_bind_int (statement, 1, (gint64) GPOINTER_TO_SIZE (bucket));
      if (!tb_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_unbilled_store_mark_invoice (TbStore *store, guint32 invoice_id, GError **error)
{
  g_autoptr (TbStatement) statement = prepare_mark (store, error);
  g_autoptr (TbStatement) range
      = statement == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT first, last FROM invoice_range WHERE invoice = $1 AND first <= last", error);
  gboolean has_row;

  if (range == NULL)
    return FALSE;
  tb_statement_bind_int (range, 1, invoice_id);
  while (tb_statement_step (range, &has_row, error))
    if (!has_row)
      return TRUE;
    else if (!mark (statement, tb_statement_int (range, 0), tb_statement_int (range, 1), error))
      return FALSE;
  return FALSE;
}

/* ---- counting ---- */

typedef struct
{
  TbStore *store;
  TbStatement *forget, *count, *unmark;
} Settling;

static gboolean
run_for (TbStatement *statement, const gint64 *values, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    tb_statement_bind_int (statement, (int) i + 1, values[i]);
  return tb_statement_run (statement, error);
}

static gboolean
count_bucket (Settling *self, gint64 bucket, GError **error)
{
  const gint64 values[] = { bucket, bucket << TB_UNBILLED_SHIFT, (bucket + 1) << TB_UNBILLED_SHIFT };

  return run_for (self->forget, values, 1, error) && run_for (self->count, values, G_N_ELEMENTS (values), error)
         && run_for (self->unmark, values, 1, error);
}

/* `sql` gives buckets and has at most one parameter, a text. */
static GArray *
list_buckets (TbStore *store, const char *sql, const char *parameter, GError **error)
{
  g_autoptr (GArray) buckets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  if (parameter != NULL)
    tb_statement_bind_text (row, 1, parameter);
  while (tb_statement_step (row, &has_row, error))
    {
      gint64 bucket;

      if (!has_row)
        return g_steal_pointer (&buckets);
      bucket = tb_statement_int (row, 0);
      g_array_append_val (buckets, bucket);
    }
  return NULL;
}

/* Nobody asks for sums while no service pays in advance. */
static GArray *
list_stale (TbStore *store, GError **error)
{
  return list_buckets (store,
                       "SELECT bucket FROM unbilled_stale WHERE EXISTS (SELECT 1 FROM service s JOIN package p ON p.name = s.package WHERE p.mode = 1) "
                       "ORDER BY bucket",
                       NULL, error);
}

/* Parameters 1 and 2: the ids of its ratings. */
static void
bind_bucket (TbStatement *row, gint64 bucket)
{
  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, bucket << TB_UNBILLED_SHIFT);
  tb_statement_bind_int (row, 2, (bucket + 1) << TB_UNBILLED_SHIFT);
}

/* One transaction of it, from `at` on. */
static gboolean
count_some (Settling *self, GArray *buckets, guint at, guint end, GError **error)
{
  gboolean own, ok = TRUE;

  if (!tb_store_join (self->store, &own, error))
    return FALSE;
  for (; ok && at < end; at++)
    ok = count_bucket (self, g_array_index (buckets, gint64, at), error);
  return tb_store_leave (self->store, own, ok, error);
}

gboolean
tb_unbilled_store_settle (TbStore *store, TbJob *job, GError **error)
{
  TbDb *db = tb_store_get_db (store);
  g_autoptr (GArray) buckets = list_stale (store, error);
  g_autoptr (TbStatement) forget = buckets == NULL ? NULL : tb_db_prepare (db, "DELETE FROM unbilled WHERE bucket = $1", error);
  g_autoptr (TbStatement) count = forget == NULL ? NULL
                                                 : tb_db_prepare (db,
                                                                  "INSERT INTO unbilled (bucket, service, currency, amount) SELECT $1, r.service, t.currency, "
                                                                  "sum(r.charge) " FROM_RATED "AND r.id >= $2 AND r.id < $3 GROUP BY r.service, t.currency",
                                                                  error);
  g_autoptr (TbStatement) unmark = count == NULL ? NULL : tb_db_prepare (db, "DELETE FROM unbilled_stale WHERE bucket = $1", error);
  Settling settling = { store, forget, count, unmark };

  if (unmark == NULL)
    return FALSE;
  for (guint at = 0; at < buckets->len; at += COMMIT_EVERY)
    if (tb_job_is_cancelled (job, error) || !count_some (&settling, buckets, at, MIN (at + COMMIT_EVERY, buckets->len), error))
      return FALSE;
  return TRUE;
}

/* ---- reading: bucket by bucket, so that each is one range of ratings whatever the engine makes of a join ---- */

static gboolean
add_sums (TbStatement *row, GArray *sums, GError **error)
{
  gboolean has_row;

  while (tb_statement_step (row, &has_row, error))
    {
      TbUnbilledSum sum, *same = NULL;

      if (!has_row)
        return TRUE;
      sum.service_id = (guint32) tb_statement_int (row, 0);
      sum.charge = (TbMoney){ tb_statement_int (row, 2), (TbCurrency) tb_statement_int (row, 1) };
      for (guint i = 0; i < sums->len && same == NULL; i++)
        {
          TbUnbilledSum *known = &g_array_index (sums, TbUnbilledSum, i);

          if (known->service_id == sum.service_id && known->charge.currency == sum.charge.currency)
            same = known;
        }
      if (same == NULL)
        g_array_append_val (sums, sum);
      else if (!tb_money_add (same->charge, sum.charge, &same->charge, error))
        return FALSE;
    }
  return FALSE;
}

static int
compare_sums (gconstpointer a, gconstpointer b)
{
  const TbUnbilledSum *x = a, *y = b;

  if (x->service_id != y->service_id)
    return x->service_id < y->service_id ? -1 : 1;
  return x->charge.currency < y->charge.currency ? -1 : x->charge.currency > y->charge.currency;
}

GArray *
tb_unbilled_store_sum (TbStore *store, GError **error)
{
  TbDb *db = tb_store_get_db (store);
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (TbUnbilledSum)), stale = list_stale (store, error);
  g_autoptr (TbStatement) counted
      = stale == NULL ? NULL
                      : tb_db_prepare (db,
                                       "SELECT service, currency, sum(amount) FROM unbilled WHERE bucket NOT IN " STALE " AND service IN " PREPAID
                                       " GROUP BY service, currency ORDER BY service, currency",
                                       error);
  g_autoptr (TbStatement) looked_at
      = counted == NULL ? NULL
                        : tb_db_prepare (db,
                                         "SELECT r.service, t.currency, sum(r.charge) " FROM_RATED "AND r.id >= $1 AND r.id < $2 AND r.service IN " PREPAID
                                         " GROUP BY r.service, t.currency",
                                         error);

  if (looked_at == NULL || !add_sums (counted, sums, error))
    return NULL;
  for (guint i = 0; i < stale->len; i++)
    {
      bind_bucket (looked_at, g_array_index (stale, gint64, i));
      if (!add_sums (looked_at, sums, error))
        return NULL;
    }
  g_array_sort (sums, compare_sums);
  return g_steal_pointer (&sums);
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TbBalanceUse *x = a, *y = b;

  return x->start < y->start ? -1 : x->start > y->start;
}

static gboolean
add_calls (TbStatement *row, GArray *calls, GError **error)
{
  gboolean has_row;

  while (tb_statement_step (row, &has_row, error))
    {
      TbBalanceUse call;

      if (!has_row)
        return TRUE;
      call = (TbBalanceUse){ tb_call_id_start (tb_statement_int (row, 0)), tb_statement_int (row, 1) };
      g_array_append_val (calls, call);
    }
  return FALSE;
}

/* Only buckets are read in which there is something, or might be. */
GArray *
tb_unbilled_store_list_calls (TbStore *store, const char *client, TbCurrency currency, GError **error)
{
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (TbBalanceUse));
  g_autoptr (GArray) buckets = list_buckets (store,
                                             "SELECT bucket FROM unbilled WHERE service IN (SELECT id FROM service WHERE client = $1) "
                                             "UNION SELECT bucket FROM unbilled_stale",
                                             client, error);
  g_autoptr (TbStatement) row
      = buckets == NULL ? NULL
                        : tb_db_prepare (tb_store_get_db (store),
                                         "SELECT r.id, r.charge " FROM_RATED "AND r.id >= $1 AND r.id < $2 AND t.currency = $3 AND r.service IN "
                                         "(SELECT s.id FROM service s JOIN package p ON p.name = s.package WHERE p.mode = 1 AND s.client = $4)",
                                         error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 3, currency);
  tb_statement_bind_text (row, 4, client);
  for (guint i = 0; i < buckets->len; i++)
    {
      bind_bucket (row, g_array_index (buckets, gint64, i));
      if (!add_calls (row, calls, error))
        return NULL;
    }
  g_array_sort (calls, compare_calls);
  return g_steal_pointer (&calls);
}
