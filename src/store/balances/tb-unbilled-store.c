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

static GArray *
list_stale (TbStore *store, GError **error)
{
  g_autoptr (GArray) buckets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT bucket FROM unbilled_stale WHERE EXISTS (SELECT 1 FROM service s JOIN package p ON p.name = s.package "
                                               "WHERE p.mode = 1) ORDER BY bucket",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
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

/* ---- reading ---- */

GArray *
tb_unbilled_store_sum (TbStore *store, GError **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (TbUnbilledSum));
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT service, currency, sum(amount) FROM (SELECT u.service AS service, u.currency AS currency, u.amount AS amount FROM unbilled u "
                       "WHERE u.bucket NOT IN " STALE " UNION ALL SELECT r.service, t.currency, r.charge FROM unbilled_stale u JOIN rated r ON r.id >= "
                       "u.bucket << 31 AND r.id < (u.bucket + 1) << 31 JOIN terms t ON t.id = r.terms WHERE r.charge <> 0 " NOT_APPROVED
                       ") a WHERE service IN " PREPAID " GROUP BY service, currency ORDER BY service, currency",
                       error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  while (tb_statement_step (row, &has_row, error))
    {
      TbUnbilledSum sum;

      if (!has_row)
        return g_steal_pointer (&sums);
      sum.service_id = (guint32) tb_statement_int (row, 0);
      sum.charge = (TbMoney){ tb_statement_int (row, 2), (TbCurrency) tb_statement_int (row, 1) };
      g_array_append_val (sums, sum);
    }
  return NULL;
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TbBalanceUse *x = a, *y = b;

  return x->start < y->start ? -1 : x->start > y->start;
}

/* Only buckets are read in which there is something, or might be. */
GArray *
tb_unbilled_store_list_calls (TbStore *store, const char *client, TbCurrency currency, GError **error)
{
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (TbBalanceUse));
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT r.id, r.charge FROM (SELECT bucket FROM unbilled WHERE service IN (SELECT id FROM service WHERE client = $1) AND amount <> 0 "
                       "UNION SELECT bucket FROM unbilled_stale) u JOIN rated r ON r.id >= u.bucket << 31 AND r.id < (u.bucket + 1) << 31 JOIN terms t "
                       "ON t.id = r.terms WHERE r.charge <> 0 AND t.currency = $2 AND r.service IN (SELECT s.id FROM service s JOIN package p "
                       "ON p.name = s.package WHERE p.mode = 1 AND s.client = $1) " NOT_APPROVED,
                       error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, client);
  tb_statement_bind_int (row, 2, currency);
  while (tb_statement_step (row, &has_row, error))
    {
      TbBalanceUse call;

      if (!has_row)
        {
          g_array_sort (calls, compare_calls);
          return g_steal_pointer (&calls);
        }
      call = (TbBalanceUse){ tb_call_id_start (tb_statement_int (row, 0)), tb_statement_int (row, 1) };
      g_array_append_val (calls, call);
    }
  return NULL;
}
