/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balance-store.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* ---- adding ---- */

static gboolean
refuse_known (TbStore *store, const TbBalanceEntry *entry, GError **error)
{
  g_autoptr (TbStatement) row = NULL;
  g_autofree char *amount = NULL, *time = NULL;
  gboolean has_row;

  if (entry->reference == NULL)
    return TRUE;
  row = tb_db_prepare (tb_store_get_db (store), "SELECT time, amount, currency FROM balance_entry WHERE client = $1 AND kind = $2 AND reference = $3", error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, entry->client_id);
  tb_statement_bind_int (row, 2, entry->kind);
  tb_statement_bind_text (row, 3, entry->reference);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  amount = tb_money_to_display ((TbMoney){ tb_statement_int (row, 1), (TbCurrency) tb_statement_int (row, 2) });
  time = tb_time_format (tb_statement_int (row, 0), NULL);
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("“%s” is booked already: %s at %s. If this is another payment, give it a reference of its own."),
               entry->reference, amount, time);
  return FALSE;
}

static gboolean
write_entry (TbStore *store, TbBalanceEntry *entry, GError **error)
{
  g_autoptr (TbStatement) add
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO balance_entry (client, kind, time, amount, currency, reference, note) VALUES ($1, $2, $3, $4, $5, $6, $7)", error);

  if (add == NULL)
    return FALSE;
  tb_statement_bind_int (add, 1, entry->client_id);
  tb_statement_bind_int (add, 2, entry->kind);
  tb_statement_bind_int (add, 3, entry->time);
  tb_statement_bind_int (add, 4, entry->amount.amount);
  tb_statement_bind_int (add, 5, entry->amount.currency);
  tb_statement_bind_text (add, 6, entry->reference);
  tb_statement_bind_text (add, 7, entry->note);
  if (!tb_statement_run (add, error))
    return FALSE;
  entry->id = (guint32) tb_db_last_insert_id (tb_store_get_db (store));
  return TRUE;
}

gboolean
tb_balance_store_add (TbStore *store, TbBalanceEntry *entry, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error)
         && tb_store_leave (store, own, refuse_known (store, entry, error) && write_entry (store, entry, error), error);
}

/* ---- invoices ---- */

gboolean
tb_balance_store_settle (TbStore *store, const TbInvoice *invoice, gint64 time, GError **error)
{
  g_autoptr (TbBalanceEntry) entry = tb_balance_entry_new ();

  if (invoice->paid == 0)
    return TRUE;
  entry->client_id = invoice->client_id;
  entry->kind = TB_ENTRY_SETTLEMENT;
  entry->time = time;
  entry->amount = (TbMoney){ -invoice->paid, invoice->currency };
  entry->reference = g_strdup (invoice->number);
  return tb_balance_store_add (store, entry, error);
}

gboolean
tb_balance_store_take_back (TbStore *store, const TbInvoice *invoice, GError **error)
{
  g_autoptr (TbStatement) add
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO balance_entry (client, kind, time, amount, currency, reference) SELECT client, kind, time, -amount, currency, "
                       "reference || ' void' FROM balance_entry WHERE client = $1 AND kind = $2 AND reference = $3",
                       error);

  if (add == NULL)
    return FALSE;
  tb_statement_bind_int (add, 1, invoice->client_id);
  tb_statement_bind_int (add, 2, TB_ENTRY_SETTLEMENT);
  tb_statement_bind_text (add, 3, invoice->number);
  return tb_statement_run (add, error);
}

/* ---- reading ---- */

static TbBalanceEntry *
entry_from_row (TbStatement *row)
{
  TbBalanceEntry *entry = tb_balance_entry_new ();

  entry->id = (guint32) tb_statement_int (row, 0);
  entry->client_id = (guint32) tb_statement_int (row, 1);
  entry->kind = (TbBalanceEntryKind) tb_statement_int (row, 2);
  entry->time = tb_statement_int (row, 3);
  entry->amount = (TbMoney){ tb_statement_int (row, 4), (TbCurrency) tb_statement_int (row, 5) };
  entry->reference = tb_statement_dup_text (row, 6);
  entry->note = tb_statement_dup_text (row, 7);
  return entry;
}

GPtrArray *
tb_balance_store_list (TbStore *store, const char *client, TbCurrency currency, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_balance_entry_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT b.id, b.client, b.kind, b.time, b.amount, b.currency, b.reference, b.note FROM balance_entry b JOIN client c "
                       "ON c.id = b.client WHERE c.key = $1 AND b.currency = $2 ORDER BY b.time, b.id",
                       error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, client);
  tb_statement_bind_int (row, 2, currency);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, entry_from_row (row));
    }
  return NULL;
}

GArray *
tb_balance_store_sum (TbStore *store, GError **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (TbBalanceSum));
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT client, currency, sum(amount) FROM balance_entry GROUP BY client, currency ORDER BY client, currency", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  while (tb_statement_step (row, &has_row, error))
    {
      TbBalanceSum sum;

      if (!has_row)
        return g_steal_pointer (&sums);
      sum.client_id = (guint32) tb_statement_int (row, 0);
      sum.amount = (TbMoney){ tb_statement_int (row, 2), (TbCurrency) tb_statement_int (row, 1) };
      g_array_append_val (sums, sum);
    }
  return NULL;
}
