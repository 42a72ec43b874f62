/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-collected-file-store.h"

#define OF_CONNECTION "connection = (SELECT id FROM connection WHERE name = "

GHashTable *
tb_collected_file_store_load (TbStore *store, const char *connection, GError **error)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT name, version FROM collected_file WHERE " OF_CONNECTION "$1)", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, connection);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&files);
      g_hash_table_replace (files, tb_statement_dup_text (row, 0), tb_statement_dup_text (row, 1));
    }
  return NULL;
}

/* ---- what is gone ---- */

/* Names of those that went away, or of those that came back. Most of a listing is as it was the last time, and nothing is written for it. A file that is
 * gone since a time to come was missed while the clock was ahead. */
static GPtrArray *
list_moved (TbStore *store, const char *connection, GHashTable *listed, gint64 now, gboolean away, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT name, gone FROM collected_file WHERE " OF_CONNECTION "$1)", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, connection);
  while (tb_statement_step (row, &has_row, error))
    {
      gint64 gone = has_row ? tb_statement_int_or (row, 1, G_MAXINT64) : 0;

      if (!has_row)
        return g_steal_pointer (&names);
      if (g_hash_table_contains (listed, tb_statement_text (row, 0)) ? !away && gone < G_MAXINT64 : away && gone > now)
        g_ptr_array_add (names, tb_statement_dup_text (row, 0));
    }
  return NULL;
}

static gboolean
set_gone (TbStore *store, const char *connection, GHashTable *listed, gint64 now, gboolean away, GError **error)
{
  g_autoptr (GPtrArray) names = list_moved (store, connection, listed, now, away, error);
  g_autoptr (TbStatement) row = NULL;

  if (names == NULL || names->len == 0)
    return names != NULL;
  row = tb_db_prepare (tb_store_get_db (store), "UPDATE collected_file SET gone = $1 WHERE " OF_CONNECTION "$2) AND name = $3", error);
  for (guint i = 0; row != NULL && i < names->len; i++)
    {
      tb_statement_bind_int_or_null (row, 1, away ? now : -1, -1);
      tb_statement_bind_text (row, 2, connection);
      tb_statement_bind_text (row, 3, names->pdata[i]);
      if (!tb_statement_run (row, error))
        return FALSE;
    }
  return row != NULL;
}

/* While records of it are open, its row says that no later run reads them again. */
static gboolean
forget (TbStore *store, const char *connection, gint64 before, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "DELETE FROM collected_file WHERE gone <= $1 AND " OF_CONNECTION "$2) AND NOT EXISTS "
                       "(SELECT 1 FROM reject r WHERE r.import = collected_file.import AND r.dismissed IS NULL AND r.reread IS NULL)",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, before);
  tb_statement_bind_text (row, 2, connection);
  return tb_statement_run (row, error);
}

static gboolean
note (TbStore *store, const char *connection, GHashTable *listed, gint64 now, GError **error)
{
  return set_gone (store, connection, listed, now, FALSE, error) && set_gone (store, connection, listed, now, TRUE, error)
         && forget (store, connection, now - TB_COLLECTED_FILE_MEMORY, error);
}

gboolean
tb_collected_file_store_note_listing (TbStore *store, const char *connection, GHashTable *listed, gint64 now, GError **error)
{
  gboolean own;

  if (g_hash_table_size (listed) == 0)
    return TRUE;
  return tb_store_join (store, &own, error) && tb_store_leave (store, own, note (store, connection, listed, now, error), error);
}
