/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-alert-store.h"

gboolean
tb_alert_store_get (TbStore *store, guint32 client_id, TbBalanceState *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT state FROM balance_alert WHERE client = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, client_id);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = has_row ? (TbBalanceState) tb_statement_int (row, 0) : TB_BALANCE_OK;
  return TRUE;
}

gboolean
tb_alert_store_set (TbStore *store, guint32 client_id, TbBalanceState state, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               state == TB_BALANCE_OK ? "DELETE FROM balance_alert WHERE client = $1"
                                                                      : "INSERT INTO balance_alert (client, state) VALUES ($1, $2) "
                                                                        "ON CONFLICT (client) DO UPDATE SET state = excluded.state",
                                               error);
  gboolean own;

  if (row == NULL || !tb_store_join (store, &own, error))
    return FALSE;
  tb_statement_bind_int (row, 1, client_id);
  if (state != TB_BALANCE_OK)
    tb_statement_bind_int (row, 2, state);
  return tb_store_leave (store, own, tb_statement_run (row, error), error);
}
