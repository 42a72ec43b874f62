/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-remote-review-store.h"

gboolean
tb_payment_status_store_save (TbStore *store, const TbPaymentStatus *payment, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "INSERT INTO invoice_payment (invoice, state, total, paid, refunded, since, read_at, credit) VALUES ($1, $2, $3, $4, $5, $6, $6, $7) "
      "ON CONFLICT (invoice) DO UPDATE SET since = CASE WHEN invoice_payment.state = excluded.state THEN invoice_payment.since ELSE "
      "excluded.since END, state = excluded.state, total = excluded.total, paid = excluded.paid, refunded = excluded.refunded, "
      "read_at = excluded.read_at, credit = excluded.credit",
      error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, payment->invoice_id);
  tb_statement_bind_int (row, 2, payment->state);
  tb_statement_bind_int (row, 3, payment->total);
  tb_statement_bind_int (row, 4, payment->paid);
  tb_statement_bind_int (row, 5, payment->refunded);
  tb_statement_bind_int (row, 6, now);
  tb_statement_bind_int (row, 7, payment->credit);
  return tb_statement_run (row, error);
}

GHashTable *
tb_payment_status_store_list (TbStore *store, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT invoice, state, total, paid, refunded, credit, since, read_at FROM invoice_payment", error);
  g_autoptr (GHashTable) payments = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbPaymentStatus *payment;

      if (!has_row)
        return g_steal_pointer (&payments);
      payment = g_new (TbPaymentStatus, 1);
      *payment = (TbPaymentStatus){ (guint32) tb_statement_int (row, 0), (TbPaymentState) tb_statement_int (row, 1),
                              tb_statement_int (row, 2),          tb_statement_int (row, 3),
                              tb_statement_int (row, 4),          tb_statement_int (row, 5),
                              tb_statement_int (row, 6),          tb_statement_int (row, 7) };
      g_hash_table_insert (payments, GUINT_TO_POINTER (payment->invoice_id), payment);
    }
  return NULL;
}
