/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-usage-private.h"

/* Calls on invoices: put there, summed as they lie there, taken off again. */

static gboolean
note_taken (TbStore *store, guint32 invoice_id, const TbServiceUsage *usage, const TbUsageRange *range, GError **error)
{
  g_autoptr (TbStatement) add = tb_db_prepare (
      tb_store_get_db (store), "INSERT INTO invoice_range (invoice, service, period_from, first, last) VALUES ($1, $2, $3, $4, $5)", error);

  if (add == NULL)
    return FALSE;
  tb_statement_bind_int (add, 1, invoice_id);
  tb_statement_bind_int (add, 2, usage->service_id);
  tb_statement_bind_int (add, 3, usage->from);
  tb_statement_bind_int (add, 4, range->first);
  tb_statement_bind_int (add, 5, range->last);
  return tb_statement_run (add, error);
}

#define TAKE "UPDATE rated SET invoice = $1 WHERE id >= $2 AND id <= $3 AND service = $4 AND status IN (1, 2, 3) AND "
#define TAKE_FREE TAKE "invoice IS NULL"
#define TAKE_ALL                                                                                                                               \
  TAKE "(invoice IS NULL OR invoice IN (SELECT id FROM invoice WHERE state = 0 AND year = $5 AND month = $6)) "                                  \
       "AND (terms IS NULL OR terms IN (SELECT id FROM terms WHERE currency = $7))"

static gboolean
take_ranges (TbStore *store, TbStatement *mark, guint32 invoice_id, const TbServiceUsage *usage, gint64 *taken, GError **error)
{
  tb_statement_bind_int (mark, 1, invoice_id);
  tb_statement_bind_int (mark, 4, usage->service_id);
  for (guint i = 0; i < usage->ranges->len; i++)
    {
      const TbUsageRange *range = &g_array_index (usage->ranges, TbUsageRange, i);

      tb_statement_bind_int (mark, 2, range->first);
      tb_statement_bind_int (mark, 3, range->last);
      if (!tb_statement_run (mark, error))
        return FALSE;
      *taken += tb_db_changes (tb_store_get_db (store));
    }
  return TRUE;
}

/* Nearly always the calls are on no other draft and all in the client's currency. Without the question for either the engine changes each row
 * where it finds it, instead of making a list of them first. *ret_all says whether that was all of them. */
static gboolean
take_free (TbStore *store, guint32 invoice_id, const TbServiceUsage *usage, gboolean *ret_all, GError **error)
{
  g_autoptr (TbStatement) mark = NULL;
  gint64 calls = 0, taken = 0;

  *ret_all = FALSE;
  if (usage->foreign > 0)
    return TRUE;
  for (guint i = 0; i < usage->groups->len; i++)
    calls += ((const TbUsageGroup *) usage->groups->pdata[i])->calls;
  mark = tb_db_prepare (tb_store_get_db (store), TAKE_FREE, error);
  if (mark == NULL || !take_ranges (store, mark, invoice_id, usage, &taken, error))
    return FALSE;
  *ret_all = taken == calls;
  return TRUE;
}

static gboolean
take_rest (TbStore *store, const TbInvoice *invoice, const TbServiceUsage *usage, GError **error)
{
  g_autoptr (TbStatement) mark = tb_db_prepare (tb_store_get_db (store), TAKE_ALL, error);
  gint64 taken = 0;

  if (mark == NULL)
    return FALSE;
  tb_statement_bind_int (mark, 5, invoice->year);
  tb_statement_bind_int (mark, 6, invoice->month);
  tb_statement_bind_int (mark, 7, invoice->currency);
  return take_ranges (store, mark, invoice->id, usage, &taken, error);
}

gboolean
tb_usage_store_take (TbStore *store, const TbInvoice *invoice, const TbServiceUsage *usage, GError **error)
{
  gboolean all;

  if (!take_free (store, invoice->id, usage, &all, error) || (!all && !take_rest (store, invoice, usage, error)))
    return FALSE;
  /* A window without calls is noted too: what arrives late for it must find that it was billed. */
  if (usage->ranges->len == 0)
    return note_taken (store, invoice->id, usage, &(TbUsageRange){ 0, 1, 0 }, error);
  for (guint i = 0; i < usage->ranges->len; i++)
    if (!note_taken (store, invoice->id, usage, &g_array_index (usage->ranges, TbUsageRange, i), error))
      return FALSE;
  return TRUE;
}

/* ---- what lies there ---- */

typedef struct
{
  TbUsageAdder adder;
  TbStatement *rows;
  GPtrArray *usages; /* of TbServiceUsage */
} Taken;

static TbServiceUsage *
window_of (GPtrArray *usages, guint32 service, gint64 from)
{
  TbServiceUsage *usage;

  for (guint i = 0; i < usages->len; i++)
    {
      usage = usages->pdata[i];
      if (usage->service_id == service && usage->from == from)
        return usage;
    }
  usage = tb_service_usage_new (service, from, G_MAXINT64, TB_CURRENCY_NONE);
  g_ptr_array_add (usages, usage);
  return usage;
}

/* Columns of a range: service, period_from, first, last. */
static gboolean
add_range (Taken *self, guint32 invoice, TbStatement *range, GError **error)
{
  TbServiceUsage *usage = window_of (self->usages, (guint32) tb_statement_int (range, 0), tb_statement_int (range, 1));
  TbUsageCall call;
  gboolean has_row;

  tb_statement_reset (self->rows);
  tb_statement_bind_int (self->rows, 1, tb_statement_int (range, 2));
  tb_statement_bind_int (self->rows, 2, tb_statement_int (range, 3));
  tb_statement_bind_int (self->rows, 3, invoice);
  tb_statement_bind_int (self->rows, 4, usage->service_id);
  while (tb_statement_step (self->rows, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      tb_usage_call_read (&call, self->rows);
      if (!tb_usage_adder_add (&self->adder, usage, &call, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
add_ranges (Taken *self, TbStore *store, guint32 invoice, GError **error)
{
  g_autoptr (TbStatement) range = tb_db_prepare (
      tb_store_get_db (store), "SELECT service, period_from, first, last FROM invoice_range WHERE invoice = $1 ORDER BY id", error);
  gboolean has_row;

  if (range == NULL)
    return FALSE;
  tb_statement_bind_int (range, 1, invoice);
  while (tb_statement_step (range, &has_row, error))
    if (!has_row)
      return TRUE;
    else if (!add_range (self, invoice, range, error))
      return FALSE;
  return FALSE;
}

GPtrArray *
tb_usage_store_list_taken (TbStore *store, guint32 invoice_id, GError **error)
{
  g_autoptr (GPtrArray) usages = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_service_usage_free);
  g_autoptr (TbStatement) rows = tb_db_prepare (tb_store_get_db (store),
                                                "SELECT " TB_USAGE_COLUMNS " FROM rated WHERE id >= $1 AND id <= $2 AND invoice = $3 "
                                                "AND service = $4 AND status IN (1, 2, 3) ORDER BY id",
                                                error);
  Taken taken = { .rows = rows, .usages = usages };
  gboolean ok;

  if (rows == NULL)
    return NULL;
  ok = tb_usage_adder_init (&taken.adder, store, error) && add_ranges (&taken, store, invoice_id, error);
  tb_usage_adder_clear (&taken.adder);
  for (guint i = 0; i < usages->len; i++)
    tb_service_usage_sort (usages->pdata[i]);
  return ok ? g_steal_pointer (&usages) : NULL;
}

/* ---- and off again ---- */

gboolean
tb_usage_store_free (TbStore *store, guint32 invoice_id, GError **error)
{
  g_autoptr (TbStatement) ranges
      = tb_db_prepare (tb_store_get_db (store), "SELECT first, last FROM invoice_range WHERE invoice = $1", error);
  g_autoptr (TbStatement) clear = ranges == NULL ? NULL
                                                 : tb_db_prepare (tb_store_get_db (store),
                                                                  "UPDATE rated SET invoice = NULL WHERE id >= $1 AND id <= $2 AND invoice = $3", error);
  g_autoptr (TbStatement) forget
      = clear == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "DELETE FROM invoice_range WHERE invoice = $1", error);
  gboolean has_row;

  if (forget == NULL)
    return FALSE;
  tb_statement_bind_int (ranges, 1, invoice_id);
  while (tb_statement_step (ranges, &has_row, error))
    {
      if (!has_row)
        {
          tb_statement_bind_int (forget, 1, invoice_id);
          return tb_statement_run (forget, error);
        }
      tb_statement_bind_int (clear, 1, tb_statement_int (ranges, 0));
      tb_statement_bind_int (clear, 2, tb_statement_int (ranges, 1));
      tb_statement_bind_int (clear, 3, invoice_id);
      if (!tb_statement_run (clear, error))
        return FALSE;
    }
  return FALSE;
}
