/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-invoice-store.h"
#include "tb-store.h"

/* Laws that hold in sound books, beyond what the engine checks by itself. Each is a query that counts what breaks it. */
static const struct
{
  const char *sql;
  const char *finding; /* with the count */
} laws[] = {
  { "SELECT abs((SELECT count(*) FROM cdr) - (SELECT coalesce(sum(added), 0) FROM import))",
    N_ ("The imports and the stored calls differ by %" G_GINT64_FORMAT " calls.") },
  { "SELECT count(*) FROM import WHERE read <> added + duplicate + changed + conflict + rejected",
    N_ ("%" G_GINT64_FORMAT " imports do not account for every record they read.") },
  { "SELECT count(*) FROM import i WHERE i.rejected <> (SELECT count(*) FROM reject r WHERE r.import = i.id)",
    N_ ("%" G_GINT64_FORMAT " imports lack rejected records that they counted.") },
  { "SELECT count(*) FROM rated r WHERE NOT EXISTS (SELECT 1 FROM cdr c WHERE c.id = r.id)",
    N_ ("%" G_GINT64_FORMAT " ratings belong to no call.") },
  { "SELECT count(*) FROM cdr c WHERE NOT EXISTS (SELECT 1 FROM tenant t WHERE t.id = c.id >> 47)",
    N_ ("%" G_GINT64_FORMAT " calls belong to no tenant.") },
  { "SELECT count(*) FROM rated r WHERE r.rate IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rate t WHERE t.id = r.rate)",
    N_ ("%" G_GINT64_FORMAT " ratings name a rate that is gone.") },
  { "SELECT count(*) FROM rated r WHERE r.terms IS NOT NULL AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.id = r.terms)",
    N_ ("%" G_GINT64_FORMAT " ratings name terms that are gone.") },
  { "SELECT count(*) FROM rated r WHERE r.invoice IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.id = r.invoice AND i.state <> 2)",
    N_ ("%" G_GINT64_FORMAT " calls lie on an invoice that is gone or void.") },
  { "SELECT count(*) FROM rated r WHERE coalesce(r.charge, 0) <> 0 AND r.status NOT IN (1, 2, 3)",
    N_ ("%" G_GINT64_FORMAT " calls carry a charge though their status has none.") },
  { "SELECT count(*) FROM rated r WHERE coalesce(r.free, 0) < 0 OR coalesce(r.free, 0) > coalesce(r.billed, 0)",
    N_ ("%" G_GINT64_FORMAT " calls have more included seconds than billed ones.") },
};

static gboolean
check_law (TbStore *store, guint law, GPtrArray *findings, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), laws[law].sql, error);
  gboolean has_row;

  if (row == NULL || !tb_statement_step (row, &has_row, error))
    return FALSE;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (tb_statement_int (row, 0) != 0)
    g_ptr_array_add (findings, g_strdup_printf (_(laws[law].finding), tb_statement_int (row, 0)));
#pragma GCC diagnostic pop
  return TRUE;
}

/* Lines make the totals, and an approved invoice still holds the calls that its lines counted. */
static gboolean
check_invoice (TbStore *store, guint32 id, GPtrArray *findings, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (store, id, error);
  g_autoptr (GError) wrong = NULL;
  TbUsageGroup sum;
  gint64 calls = 0;

  if (invoice == NULL)
    return FALSE;
  if (!tb_invoice_verify_totals (invoice, &wrong))
    g_ptr_array_add (findings, g_strdup_printf (_("Invoice %s: %s"), invoice->number != NULL ? invoice->number : _("draft"), wrong->message));
  if (invoice->state != TB_INVOICE_APPROVED)
    return TRUE;
  if (!tb_usage_store_sum_taken (store, id, &sum, error))
    return FALSE;
  for (guint i = 0; i < invoice->lines->len; i++)
    if (((TbInvoiceLine *) invoice->lines->pdata[i])->kind != TB_LINE_FEE)
      calls += ((TbInvoiceLine *) invoice->lines->pdata[i])->calls;
  if (calls != sum.calls)
    g_ptr_array_add (findings, g_strdup_printf (_("Invoice %s: its lines count %" G_GINT64_FORMAT " calls, %" G_GINT64_FORMAT " lie on it."),
                                                invoice->number, calls, sum.calls));
  return TRUE;
}

static gboolean
check_invoices (TbStore *store, GPtrArray *findings, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, error);

  if (invoices == NULL)
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    if (tb_job_is_cancelled (job, error) || !check_invoice (store, ((TbInvoice *) invoices->pdata[i])->id, findings, error))
      return FALSE;
  return TRUE;
}

static gboolean
number_exists (TbStore *store, const char *number, gboolean *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT 1 FROM invoice WHERE number = $1", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, number);
  return tb_statement_step (row, ret, error);
}

static gboolean
check_numbers (TbStore *store, GPtrArray *findings, GError **error)
{
  g_autoptr (TbStatement) series = tb_db_prepare (tb_store_get_db (store), "SELECT series, year, last FROM invoice_series", error);
  gboolean has_row, exists;

  if (series == NULL)
    return FALSE;
  while (tb_statement_step (series, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      for (guint n = 1; n <= (guint) tb_statement_int (series, 2); n++)
        {
          g_autofree char *number = tb_numbering_format (tb_statement_text (series, 0), (int) tb_statement_int (series, 1), n, error);

          if (number == NULL || !number_exists (store, number, &exists, error))
            return FALSE;
          if (!exists)
            g_ptr_array_add (findings, g_strdup_printf (_("The invoice number %s is missing."), number));
        }
    }
  return FALSE;
}

gboolean
tb_store_check (TbStore *store, GPtrArray **ret_findings, TbJob *job, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  if (!tb_db_check (tb_store_get_db (store), findings, job, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      if (tb_job_is_cancelled (job, error) || !check_law (store, i, findings, error))
        return FALSE;
      tb_job_report (job, (double) (i + 1) / (G_N_ELEMENTS (laws) + 2), NULL);
    }
  if (!check_invoices (store, findings, job, error) || !check_numbers (store, findings, error))
    return FALSE;
  *ret_findings = g_steal_pointer (&findings);
  return TRUE;
}
