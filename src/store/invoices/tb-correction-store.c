/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-correction-store.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-invoice-store.h"

/* ---- reading ---- */

#define SELECT                                                                                                                                 \
  "SELECT c.id, c.invoice, i.number, c.client, k.key, c.service, c.service_key, c.period_start, c.period_end, c.currency, c.calls, c.billed, "  \
  "c.amount, c.tariff, c.tariff_version, c.time, c.outcome, c.taken, d.number FROM correction c JOIN invoice i ON i.id = c.invoice "            \
  "JOIN client k ON k.id = c.client LEFT JOIN invoice d ON d.id = c.taken WHERE "
#define IN_ORDER " ORDER BY c.invoice, c.id"

static TbCorrection *
correction_from_row (TbStatement *row)
{
  TbCorrection *correction = tb_correction_new ();

  correction->id = (guint32) tb_statement_int (row, 0);
  correction->invoice = (guint32) tb_statement_int (row, 1);
  correction->number = tb_statement_dup_text (row, 2);
  correction->client_id = (guint32) tb_statement_int (row, 3);
  correction->client = tb_statement_dup_text (row, 4);
  correction->service_id = (guint32) tb_statement_int (row, 5);
  correction->service = tb_statement_dup_text (row, 6);
  correction->period = (TbPeriod){ (TbDay) tb_statement_int (row, 7), (TbDay) tb_statement_int (row, 8) };
  correction->currency = (TbCurrency) tb_statement_int (row, 9);
  correction->calls = (guint64) tb_statement_int (row, 10);
  correction->billed = tb_statement_int (row, 11);
  correction->amount = tb_statement_int (row, 12);
  correction->tariff = tb_statement_dup_text (row, 13);
  correction->version = (guint32) tb_statement_int (row, 14);
  correction->time = tb_statement_int (row, 15);
  correction->outcome = (TbCorrectionOutcome) tb_statement_int (row, 16);
  correction->taken = (guint32) tb_statement_int (row, 17);
  correction->document = tb_statement_dup_text (row, 18);
  return correction;
}

static GPtrArray *
read_rows (TbStatement *row, GError **error)
{
  g_autoptr (GPtrArray) corrections = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_correction_free);
  gboolean has_row;

  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&corrections);
      g_ptr_array_add (corrections, correction_from_row (row));
    }
  return NULL;
}

GPtrArray *
tb_correction_store_list (TbStore *store, const char *client, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), client != NULL ? SELECT "k.key = $1" IN_ORDER : SELECT "1 = 1" IN_ORDER, error);

  if (row == NULL)
    return NULL;
  if (client != NULL)
    tb_statement_bind_text (row, 1, client);
  return read_rows (row, error);
}

GPtrArray *
tb_correction_store_list_taken (TbStore *store, guint32 document, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), SELECT "c.taken = $1" IN_ORDER, error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, document);
  return read_rows (row, error);
}

GPtrArray *
tb_correction_store_list_waiting (TbStore *store, int year, int month, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               SELECT "c.outcome = 0 AND (i.year < $1 OR (i.year = $1 AND i.month < $2)) AND (c.taken IS NULL "
                                                      "OR (d.state = 0 AND d.year = $1 AND d.month = $2))" IN_ORDER,
                                               error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, year);
  tb_statement_bind_int (row, 2, month);
  return read_rows (row, error);
}

static gboolean
read_call (TbStatement *row, TbCorrection *correction, gint64 call, GError **error)
{
  TbCorrectedCall corrected = { .call = call };
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, call);
  tb_statement_bind_int (row, 2, correction->id);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  corrected.billed = tb_statement_int (row, 0);
  corrected.free = tb_statement_int (row, 1);
  corrected.amount = tb_statement_int (row, 2);
  g_array_append_val (correction->list, corrected);
  return TRUE;
}

GPtrArray *
tb_correction_store_list_of_call (TbStore *store, gint64 call, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), SELECT "c.id IN (SELECT correction FROM correction_call WHERE call = $1)" IN_ORDER, error);
  g_autoptr (TbStatement) part
      = row == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT billed, free, amount FROM correction_call WHERE call = $1 AND correction = $2", error);
  g_autoptr (GPtrArray) corrections = NULL;

  if (part == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, call);
  corrections = read_rows (row, error);
  for (guint i = 0; corrections != NULL && i < corrections->len; i++)
    if (!read_call (part, corrections->pdata[i], call, error))
      return NULL;
  return g_steal_pointer (&corrections);
}

static void
take_call (GHashTable *calls, TbStatement *row)
{
  TbCorrectedCall *call = g_new (TbCorrectedCall, 1);

  *call = (TbCorrectedCall){ tb_statement_int (row, 0), tb_statement_int (row, 1), tb_statement_int (row, 2), tb_statement_int (row, 3) };
  g_hash_table_insert (calls, &call->call, call);
}

gboolean
tb_correction_store_load_calls (TbStore *store, GHashTable **ret, GError **error)
{
  g_autoptr (GHashTable) calls = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT call, sum(billed), sum(free), sum(amount) FROM correction_call GROUP BY call", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        {
          *ret = g_hash_table_size (calls) > 0 ? g_steal_pointer (&calls) : NULL;
          return TRUE;
        }
      take_call (calls, row);
    }
  return FALSE;
}

/* ---- writing ---- */

static gboolean
add_calls (TbStore *store, const TbCorrection *correction, GError **error)
{
  g_autoptr (TbStatement) add = tb_db_prepare (
      tb_store_get_db (store), "INSERT INTO correction_call (call, correction, billed, free, amount) VALUES ($1, $2, $3, $4, $5)", error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < correction->list->len; i++)
    {
      const TbCorrectedCall *call = &g_array_index (correction->list, TbCorrectedCall, i);
      const gint64 values[] = { call->call, correction->id, call->billed, call->free, call->amount };

      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        tb_statement_bind_int (add, (int) j + 1, values[j]);
      if (!tb_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_head (TbStore *store, TbCorrection *correction, GError **error)
{
  g_autoptr (TbStatement) add = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO correction (invoice, client, service, period_start, period_end, currency, calls, billed, "
                                               "amount, time, outcome, service_key, tariff, tariff_version) "
                                               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                                               error);
  const gint64 values[]
      = { correction->invoice,        correction->client_id, correction->service_id, correction->period.start, correction->period.end, correction->currency,
          (gint64) correction->calls, correction->billed,    correction->amount,     correction->time,         correction->outcome };

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    tb_statement_bind_int (add, (int) i + 1, values[i]);
  tb_statement_bind_text (add, 12, correction->service != NULL ? correction->service : "");
  tb_statement_bind_text (add, 13, correction->tariff);
  tb_statement_bind_int_or_null (add, 14, correction->version, 0);
  if (!tb_statement_run (add, error))
    return FALSE;
  correction->id = (guint32) tb_db_last_insert_id (tb_store_get_db (store));
  return TRUE;
}

gboolean
tb_correction_store_add (TbStore *store, TbCorrection *correction, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error)
         && tb_store_leave (store, own, add_head (store, correction, error) && add_calls (store, correction, error), error);
}

static gboolean
run_with (TbStore *store, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, first);
  if (second != 0)
    tb_statement_bind_int (statement, 2, second);
  return tb_statement_run (statement, error);
}

gboolean
tb_correction_store_take (TbStore *store, const TbCorrection *correction, guint32 document, GError **error)
{
  return run_with (store, "UPDATE correction SET taken = $1 WHERE id = $2", document, correction->id, error);
}

gboolean
tb_correction_store_release (TbStore *store, guint32 document, GError **error)
{
  return run_with (store, "DELETE FROM correction_call WHERE correction IN (SELECT id FROM correction WHERE taken = $1 AND outcome = 1)", document, 0, error)
         && run_with (store, "DELETE FROM correction WHERE taken = $1 AND outcome = 1", document, 0, error)
         && run_with (store, "UPDATE correction SET taken = NULL WHERE taken = $1", document, 0, error);
}

/* ---- voiding what is corrected ---- */

static gboolean
check_untaken (TbStore *store, guint32 invoice, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), SELECT "c.invoice = $1 AND c.taken IS NOT NULL" IN_ORDER, error);
  g_autoptr (GPtrArray) taken = NULL;
  const TbCorrection *first;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, invoice);
  taken = read_rows (row, error);
  if (taken == NULL || taken->len == 0)
    return taken != NULL;
  first = taken->pdata[0];
  if (first->document != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice %s was corrected by %s: void that first."), first->number, first->document);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice %s is corrected by the draft with the id %u: delete that first."), first->number,
                 first->taken);
  return FALSE;
}

gboolean
tb_correction_store_forget (TbStore *store, guint32 invoice, GError **error)
{
  return check_untaken (store, invoice, error)
         && run_with (store, "DELETE FROM correction_call WHERE correction IN (SELECT id FROM correction WHERE invoice = $1)", invoice, 0, error)
         && run_with (store, "DELETE FROM correction WHERE invoice = $1", invoice, 0, error);
}

/* ---- lines ---- */

static guint
count_same_invoice (GPtrArray *corrections, guint from)
{
  guint n = 1;

  while (from + n < corrections->len
         && ((TbCorrection *) corrections->pdata[from + n])->invoice == ((TbCorrection *) corrections->pdata[from])->invoice)
    n++;
  return n;
}

GPtrArray *
tb_correction_store_make_lines (TbStore *store, GPtrArray *corrections, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_line_free);

  for (guint i = 0, n; i < corrections->len; i += n)
    {
      g_autoptr (TbInvoice) corrected = tb_invoice_store_get_by_id (store, ((TbCorrection *) corrections->pdata[i])->invoice, error);
      TbInvoiceLine *line;

      n = count_same_invoice (corrections, i);
      line = corrected == NULL ? NULL : tb_correction_make_line ((TbCorrection *const *) corrections->pdata + i, n, corrected, error);
      if (line == NULL)
        return NULL;
      g_ptr_array_add (lines, line);
    }
  return g_steal_pointer (&lines);
}

static gboolean
are_lines_of (GPtrArray *lines, const TbInvoice *document)
{
  guint at = 0;

  for (guint i = 0; i < document->lines->len; i++)
    {
      const TbInvoiceLine *line = document->lines->pdata[i], *made;

      if (line->kind != TB_LINE_CORRECTION)
        continue;
      if (at == lines->len)
        return FALSE;
      made = lines->pdata[at++];
      if (line->amount != made->amount || line->calls != made->calls)
        return FALSE;
    }
  return at == lines->len;
}

gboolean
tb_correction_store_verify (TbStore *store, const TbInvoice *document, GError **error)
{
  g_autoptr (GPtrArray) taken = tb_correction_store_list_taken (store, document->id, error);
  g_autoptr (GPtrArray) lines = taken == NULL ? NULL : tb_correction_store_make_lines (store, taken, error);

  if (lines == NULL)
    return FALSE;
  if (are_lines_of (lines, document))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The correction lines of invoice %s are not the sums of the corrections that it has taken."),
               document->number != NULL ? document->number : document->client);
  return FALSE;
}
