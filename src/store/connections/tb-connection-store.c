/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-store.h"

#include "tb-text.h"

void
tb_connection_state_free (TbConnectionState *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->last_error);
  g_free (self);
}

GPtrArray *
tb_connection_store_list_states (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_connection_state_free);
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT c.name, COALESCE(s.cursor, 0), COALESCE(s.last_run, 0), COALESCE(s.last_success, 0), s.last_error, "
      "COALESCE((SELECT SUM(i.added) FROM import i WHERE i.connection = c.id), 0) "
      "FROM connection c LEFT JOIN connection_state s ON s.connection = c.id ORDER BY c.id",
      error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbConnectionState *state;

      if (!has_row)
        return g_steal_pointer (&states);
      state = g_new0 (TbConnectionState, 1);
      state->name = tb_statement_dup_text (row, 0);
      state->cursor = tb_statement_int (row, 1);
      state->last_run = tb_statement_int (row, 2);
      state->last_success = tb_statement_int (row, 3);
      state->last_error = tb_statement_dup_text (row, 4);
      state->calls = (guint64) tb_statement_int (row, 5);
      g_ptr_array_add (states, state);
    }
  return NULL;
}

gboolean
tb_connection_store_note_run (TbStore *store, const char *name, gint64 time, const char *failure, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      failure == NULL ? "INSERT INTO connection_state (connection, last_run, last_success, last_error) "
                        "SELECT id, $1, $1, NULL FROM connection WHERE name = $2 ON CONFLICT (connection) DO UPDATE "
                        "SET last_run = excluded.last_run, last_success = excluded.last_success, last_error = NULL"
                      : "INSERT INTO connection_state (connection, last_run, last_error) SELECT id, $1, $2 FROM connection WHERE name = $3 "
                        "ON CONFLICT (connection) DO UPDATE SET last_run = excluded.last_run, last_error = excluded.last_error",
      error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, time);
  if (failure != NULL)
    tb_statement_bind_text (row, 2, failure);
  tb_statement_bind_text (row, failure != NULL ? 3 : 2, name);
  return tb_statement_run (row, error);
}

gboolean
tb_connection_store_set_cursor (TbStore *store, const char *name, gint64 cursor, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO connection_state (connection, cursor) SELECT id, $1 FROM connection WHERE name = $2 "
                                               "ON CONFLICT (connection) DO UPDATE SET cursor = excluded.cursor WHERE excluded.cursor > connection_state.cursor",
                                               error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, cursor);
  tb_statement_bind_text (row, 2, name);
  return tb_statement_run (row, error);
}

GHashTable *
tb_connection_store_load_files (TbStore *store, const char *name, GError **error)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT f.name, f.version FROM collected_file f JOIN connection c ON c.id = f.connection WHERE c.name = $1",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, name);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&files);
      g_hash_table_replace (files, tb_statement_dup_text (row, 0), tb_statement_dup_text (row, 1));
    }
  return NULL;
}
