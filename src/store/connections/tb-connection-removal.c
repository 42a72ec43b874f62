/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-removal.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

gboolean
tb_connection_store_get_use (TbStore *store, const char *name, TbConnectionUse *ret, GError **error)
{
  /* A tenant's calls are one range of ids: tenant << 47 (schema/0002). */
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT (SELECT COUNT(*) FROM tenant t, cdr c WHERE t.connection = n.id "
                                               "AND c.id >= t.id * 140737488355328 AND c.id < (t.id + 1) * 140737488355328), "
                                               "(SELECT COUNT(*) FROM service s WHERE s.connection = n.name) FROM connection n WHERE n.name = $1",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, name);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
      return FALSE;
    }
  *ret = (TbConnectionUse){ (guint64) tb_statement_int (row, 0), (guint64) tb_statement_int (row, 1) };
  return TRUE;
}

gboolean
tb_connection_store_remove (TbStore *store, const char *name, GError **error)
{
#define ITS_ID "(SELECT id FROM connection WHERE name = $1)"
  /* What refers to others goes before them. */
  static const char *const steps[] = {
    "DELETE FROM filter WHERE connection = $1",
    "DELETE FROM reject WHERE import IN (SELECT id FROM import WHERE connection = " ITS_ID ")",
    "DELETE FROM collected_file WHERE connection = " ITS_ID,
    "DELETE FROM import WHERE connection = " ITS_ID,
    "DELETE FROM tenant WHERE connection = " ITS_ID,
    "DELETE FROM sync_run WHERE connection = " ITS_ID,
    "DELETE FROM collected_day WHERE connection = " ITS_ID,
    "DELETE FROM connection_state WHERE connection = " ITS_ID,
    "DELETE FROM connection WHERE name = $1",
  };
#undef ITS_ID

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (TbStatement) step = tb_db_prepare (tb_store_get_db (store), steps[i], error);

      if (step == NULL)
        return FALSE;
      tb_statement_bind_text (step, 1, name);
      if (!tb_statement_run (step, error))
        return FALSE;
    }
  return TRUE;
}
