/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-times.h"

#include "tb-call-codec.h"
#include "tb-call-store.h"

static gboolean
visit_tenant (TbStatement *row, guint32 tenant, gint64 from, gint64 to, TbCallTimeFunc func, gpointer data, GError **error)
{
  char uid[TB_CALL_UID_BUFFER];
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, tb_call_id_base (tenant, CLAMP (from, 0, G_MAXUINT32)));
  tb_statement_bind_int (row, 2, tb_call_id_base (tenant, CLAMP (to, 0, G_MAXUINT32)));
  while (tb_statement_step (row, &has_row, error))
    {
      gsize len;
      const guint8 *encoded;

      if (!has_row)
        return TRUE;
      encoded = tb_statement_blob (row, 1, &len);
      tb_uid_decode (encoded, len, uid);
      func (tb_call_id_start (tb_statement_int (row, 0)), uid, data);
    }
  return FALSE;
}

gboolean
tb_call_times_foreach (TbStore *store, const char *connection, gint64 from, gint64 to, TbCallTimeFunc func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (TbStatement) row
      = tenants == NULL ? NULL : tb_db_prepare (tb_store_get_db (store), "SELECT id, uid FROM cdr WHERE id >= $1 AND id < $2 ORDER BY id", error);

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    {
      const TbTenant *tenant = tenants->pdata[i];

      if (g_str_equal (tenant->connection, connection) && !visit_tenant (row, tenant->id, from, to, func, data, error))
        return FALSE;
    }
  return TRUE;
}
