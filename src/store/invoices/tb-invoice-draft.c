/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-correction-store.h"
#include "tb-error.h"
#include "tb-invoice-party.h"
#include "tb-invoice-store.h"

static gboolean
run_with_id (TbStore *store, const char *sql, guint32 id, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, id);
  return tb_statement_run (statement, error);
}

/* ---- writing a draft ---- */

static gint64
find_service_id (TbStore *store, const char *key)
{
  g_autoptr (TbStatement) row = key == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT id FROM service WHERE key = $1", NULL);
  gboolean has_row = FALSE;

  if (row == NULL)
    return 0;
  tb_statement_bind_text (row, 1, key);
  return tb_statement_step (row, &has_row, NULL) && has_row ? tb_statement_int (row, 0) : 0;
}

static gboolean
write_lines (TbStore *store, const TbInvoice *invoice, GError **error)
{
  g_autoptr (TbStatement) add = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO invoice_line (invoice, position, kind, service, service_key, description, period_start, "
                                               "period_end, calls, seconds, free, amount, tax, tax_percent, tax_category, prepaid) "
                                               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                                               error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = invoice->lines->pdata[i];

      tb_statement_bind_int (add, 1, invoice->id);
      tb_statement_bind_int (add, 2, i);
      tb_statement_bind_int (add, 3, line->kind);
      tb_statement_bind_int_or_null (add, 4, find_service_id (store, line->service), 0);
      tb_statement_bind_text (add, 5, line->service);
      tb_statement_bind_text (add, 6, line->description != NULL ? line->description : "");
      tb_statement_bind_int (add, 7, line->period.start);
      tb_statement_bind_int (add, 8, line->period.end);
      tb_statement_bind_int (add, 9, line->calls);
      tb_statement_bind_int (add, 10, line->seconds);
      tb_statement_bind_int (add, 11, line->free);
      tb_statement_bind_int (add, 12, line->amount);
      tb_statement_bind_text (add, 13, line->tax);
      tb_statement_bind_int (add, 14, line->tax_percent);
      tb_statement_bind_text (add, 15, line->tax_category);
      tb_statement_bind_int (add, 16, line->prepaid);
      if (!tb_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_taxes (TbStore *store, const TbInvoice *invoice, GError **error)
{
  g_autoptr (TbStatement) add
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO invoice_tax (invoice, position, tax, category, percent, base, amount) VALUES ($1, $2, $3, $4, $5, $6, $7)", error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < invoice->taxes->len; i++)
    {
      const TbInvoiceTax *tax = invoice->taxes->pdata[i];

      tb_statement_bind_int (add, 1, invoice->id);
      tb_statement_bind_int (add, 2, i);
      tb_statement_bind_text (add, 3, tax->tax != NULL ? tax->tax : "");
      tb_statement_bind_text (add, 4, tax->category != NULL ? tax->category : "");
      tb_statement_bind_int (add, 5, tax->percent);
      tb_statement_bind_int (add, 6, tax->base);
      tb_statement_bind_int (add, 7, tax->amount);
      if (!tb_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_head (TbStore *store, TbInvoice *invoice, GError **error)
{
  g_autofree char *frozen = tb_invoice_freeze (invoice);
  g_autoptr (TbStatement) statement = tb_db_prepare (
      tb_store_get_db (store),
      invoice->id != 0 ? "UPDATE invoice SET client = $1, currency = $2, period_start = $3, period_end = $4, year = $5, month = $6, due_days = $7, "
                         "net = $8, tax = $9, total = $10, paid = $11, kind = $12, corrects = $13, frozen = $14 WHERE id = $15 AND state = 0"
                       : "INSERT INTO invoice (client, currency, period_start, period_end, year, month, due_days, net, tax, total, paid, kind, corrects, "
                         "frozen, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      error);
  const gint64 values[] = { invoice->client_id, invoice->currency, invoice->period.start, invoice->period.end, invoice->year, invoice->month,
                            invoice->due_days,  invoice->net,      invoice->tax,          invoice->total,      invoice->paid, invoice->kind };

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    tb_statement_bind_int (statement, (int) i + 1, values[i]);
  tb_statement_bind_int_or_null (statement, 13, invoice->corrects_id, 0);
  tb_statement_bind_text (statement, 14, frozen);
  tb_statement_bind_int (statement, 15, invoice->id != 0 ? invoice->id : TB_INVOICE_DRAFT);
  if (!tb_statement_run (statement, error))
    return FALSE;
  if (invoice->id == 0)
    invoice->id = (guint32) tb_db_last_insert_id (tb_store_get_db (store));
  else if (tb_db_changes (tb_store_get_db (store)) != 1)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice is approved already and cannot be changed."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
delete_parts (TbStore *store, guint32 id, GError **error)
{
  return run_with_id (store, "DELETE FROM invoice_line WHERE invoice = $1", id, error)
         && run_with_id (store, "DELETE FROM invoice_tax WHERE invoice = $1", id, error);
}

gboolean
tb_invoice_store_save_draft (TbStore *store, TbInvoice *invoice, GError **error)
{
  gboolean own, ok;

  if (!tb_store_join (store, &own, error))
    return FALSE;
  ok = write_head (store, invoice, error) && delete_parts (store, invoice->id, error) && write_lines (store, invoice, error)
       && write_taxes (store, invoice, error);
  return tb_store_leave (store, own, ok, error);
}

/* Asked inside the transaction: another process may have approved it a moment ago. */
static gboolean
check_draft (TbStore *store, guint32 id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM invoice WHERE id = $1 AND state = 0", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, id);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice with the id %u is not a draft and cannot be deleted."), id);
  return has_row;
}

gboolean
tb_invoice_store_delete_draft (TbStore *store, guint32 id, GError **error)
{
  gboolean own, ok;

  if (!tb_store_join (store, &own, error))
    return FALSE;
  ok = check_draft (store, id, error) && tb_usage_store_free (store, id, error)
       && tb_correction_store_release (store, id, error) && delete_parts (store, id, error)
       && run_with_id (store, "DELETE FROM invoice WHERE id = $1", id, error);
  return tb_store_leave (store, own, ok, error);
}
