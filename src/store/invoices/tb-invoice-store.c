/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-invoice-party.h"

#define INVOICE_COLUMNS                                                                                                                        \
  "i.id, i.number, i.state, i.client, c.key, i.currency, i.period_start, i.period_end, i.year, i.month, i.issued, i.due, i.due_days, i.net, "    \
  "i.tax, i.total, i.frozen, i.kind, i.corrects, i.paid"
#define FROM_INVOICE " FROM invoice i LEFT JOIN client c ON c.id = i.client "

/* ---- reading ---- */

static TbInvoice *
invoice_from_row (TbStatement *row)
{
  TbInvoice *invoice = tb_invoice_new ();

  invoice->id = (guint32) tb_statement_int (row, 0);
  invoice->number = tb_statement_dup_text (row, 1);
  invoice->state = (TbInvoiceState) tb_statement_int (row, 2);
  invoice->client_id = (guint32) tb_statement_int (row, 3);
  g_free (invoice->client);
  invoice->client = tb_statement_dup_text (row, 4);
  invoice->currency = (TbCurrency) tb_statement_int (row, 5);
  invoice->period.start = (TbDay) tb_statement_int (row, 6);
  invoice->period.end = (TbDay) tb_statement_int (row, 7);
  invoice->year = (int) tb_statement_int (row, 8);
  invoice->month = (int) tb_statement_int (row, 9);
  invoice->issued = (TbDay) tb_statement_int_or (row, 10, TB_DAY_NONE);
  invoice->due = (TbDay) tb_statement_int_or (row, 11, TB_DAY_NONE);
  invoice->due_days = (gint32) tb_statement_int (row, 12);
  invoice->net = tb_statement_int (row, 13);
  invoice->tax = tb_statement_int (row, 14);
  invoice->total = tb_statement_int (row, 15);
  invoice->paid = tb_statement_int (row, 19);
  tb_invoice_thaw (invoice, tb_statement_text (row, 16));
  invoice->kind = (TbInvoiceKind) tb_statement_int (row, 17);
  invoice->corrects_id = (guint32) tb_statement_int (row, 18);
  return invoice;
}

GPtrArray *
tb_invoice_store_list (TbStore *store, const char *client, GError **error)
{
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               client != NULL ? "SELECT " INVOICE_COLUMNS FROM_INVOICE
                                                                "WHERE c.key = $1 ORDER BY i.year DESC, i.month DESC, i.number, i.id"
                                                              : "SELECT " INVOICE_COLUMNS FROM_INVOICE
                                                                "ORDER BY i.year DESC, i.month DESC, i.number, i.id",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  if (client != NULL)
    tb_statement_bind_text (row, 1, client);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&invoices);
      g_ptr_array_add (invoices, invoice_from_row (row));
    }
  return NULL;
}

static gboolean
read_lines (TbStore *store, TbInvoice *invoice, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT kind, service_key, description, period_start, period_end, calls, seconds, free, amount, tax, tax_percent, "
                       "tax_category, prepaid FROM invoice_line WHERE invoice = $1 ORDER BY position",
                       error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, invoice->id);
  while (tb_statement_step (row, &has_row, error))
    {
      TbInvoiceLine *line;

      if (!has_row)
        return TRUE;
      line = tb_invoice_line_new ();
      line->kind = (TbInvoiceLineKind) tb_statement_int (row, 0);
      line->service = tb_statement_dup_text (row, 1);
      line->description = tb_statement_dup_text (row, 2);
      line->period.start = (TbDay) tb_statement_int (row, 3);
      line->period.end = (TbDay) tb_statement_int (row, 4);
      line->calls = tb_statement_int (row, 5);
      line->seconds = tb_statement_int (row, 6);
      line->free = tb_statement_int (row, 7);
      line->amount = tb_statement_int (row, 8);
      line->tax = tb_statement_dup_text (row, 9);
      line->tax_percent = tb_statement_int (row, 10);
      line->tax_category = tb_statement_dup_text (row, 11);
      line->prepaid = tb_statement_int (row, 12) != 0;
      g_ptr_array_add (invoice->lines, line);
    }
  return FALSE;
}

static gboolean
read_taxes (TbStore *store, TbInvoice *invoice, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT tax, category, percent, base, amount FROM invoice_tax WHERE invoice = $1 ORDER BY position", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, invoice->id);
  while (tb_statement_step (row, &has_row, error))
    {
      TbInvoiceTax *tax;

      if (!has_row)
        return TRUE;
      tax = tb_invoice_tax_new ();
      tax->tax = tb_statement_dup_text (row, 0);
      tax->category = tb_statement_dup_text (row, 1);
      tax->percent = tb_statement_int (row, 2);
      tax->base = tb_statement_int (row, 3);
      tax->amount = tb_statement_int (row, 4);
      g_ptr_array_add (invoice->taxes, tax);
    }
  return FALSE;
}

static TbInvoice *
read_one (TbStore *store, TbStatement *row, const char *name, GError **error)
{
  g_autoptr (TbInvoice) invoice = NULL;
  gboolean has_row;

  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no invoice “%s”."), name);
      return NULL;
    }
  invoice = invoice_from_row (row);
  return read_lines (store, invoice, error) && read_taxes (store, invoice, error) ? g_steal_pointer (&invoice) : NULL;
}

TbInvoice *
tb_invoice_store_get (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT " INVOICE_COLUMNS FROM_INVOICE "WHERE i.number = $1", error);
  gboolean has_row;
  guint64 id = 0;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, name);
  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  tb_statement_reset (row);
  if (!has_row && g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT32, &id, NULL))
    return tb_invoice_store_get_by_id (store, (guint32) id, error);
  return read_one (store, row, name, error);
}

TbInvoice *
tb_invoice_store_get_by_id (TbStore *store, guint32 id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT " INVOICE_COLUMNS FROM_INVOICE "WHERE i.id = $1", error);
  g_autofree char *name = g_strdup_printf ("%u", id);

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, id);
  return read_one (store, row, name, error);
}

gboolean
tb_invoice_store_find_draft (TbStore *store, const char *client, int year, int month, guint32 *ret_id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT i.id FROM invoice i JOIN client c ON c.id = i.client WHERE c.key = $1 AND i.year = $2 AND i.month = $3 AND i.state = 0 "
      "AND i.corrects IS NULL", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, client);
  tb_statement_bind_int (row, 2, year);
  tb_statement_bind_int (row, 3, month);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret_id = has_row ? (guint32) tb_statement_int (row, 0) : 0;
  return TRUE;
}
