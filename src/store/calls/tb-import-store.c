/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-store.h"

void
tb_import_free (TbImport *self)
{
  g_free (self->connection);
  g_free (self->source);
  g_free (self->format);
  g_free (self);
}

void
tb_reject_free (TbReject *self)
{
  g_free (self->reason);
  g_free (self->raw);
  g_free (self);
}

static TbImport *
import_from_row (TbStatement *row)
{
  TbImport *import = g_new0 (TbImport, 1);

  import->id = (guint32) tb_statement_int (row, 0);
  import->connection = tb_statement_dup_text (row, 1);
  import->source = tb_statement_dup_text (row, 2);
  import->format = tb_statement_dup_text (row, 3);
  import->time = tb_statement_int (row, 4);
  import->read = (guint64) tb_statement_int (row, 5);
  import->added = (guint64) tb_statement_int (row, 6);
  import->duplicate = (guint64) tb_statement_int (row, 7);
  import->changed = (guint64) tb_statement_int (row, 8);
  import->conflict = (guint64) tb_statement_int (row, 9);
  import->rejected = (guint64) tb_statement_int (row, 10);
  return import;
}

GPtrArray *
tb_import_store_list (TbStore *store, const char *connection, guint limit, GError **error)
{
  g_autoptr (GPtrArray) imports = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_import_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT i.id, n.name, i.source, i.format, i.time, i.read, i.added, i.duplicate, i.changed, i.conflict, i.rejected "
                       "FROM import i JOIN connection n ON n.id = i.connection WHERE $1 = '' OR n.name = $2 ORDER BY i.id DESC LIMIT $3",
                       error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, connection != NULL ? connection : "");
  tb_statement_bind_text (row, 2, connection != NULL ? connection : "");
  tb_statement_bind_int (row, 3, limit > 0 ? limit : G_MAXINT32);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&imports);
      g_ptr_array_add (imports, import_from_row (row));
    }
  return NULL;
}

GPtrArray *
tb_import_store_list_rejects (TbStore *store, guint32 import_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_reject_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT line, reason, raw FROM reject WHERE import = $1 ORDER BY line, id LIMIT $2", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, import_id);
  tb_statement_bind_int (row, 2, limit > 0 ? limit : G_MAXINT32);
  while (tb_statement_step (row, &has_row, error))
    {
      TbReject *reject;
      gsize len;
      const guint8 *raw;

      if (!has_row)
        return g_steal_pointer (&rejects);
      raw = tb_statement_blob (row, 2, &len);
      reject = g_new0 (TbReject, 1);
      reject->line = (guint64) tb_statement_int (row, 0);
      reject->reason = tb_statement_dup_text (row, 1);
      reject->raw = g_strndup ((const char *) raw, len);
      g_ptr_array_add (rejects, reject);
    }
  return NULL;
}
