/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-db-private.h"

#include <string.h>

/* Storing a page of calls takes thirty statements, and preparing them half as long as storing a hundred calls. A statement that is let go of stays
 * with the database, reset and without values, for the next who asks the same; more than so many different ones are dropped all at once. */
#define MAX_IDLE 128

struct _TbStatement
{
  sqlite3_stmt *handle;
  char *sql;
  TbDb *db;
  int *index;     /* SQLite's number of each parameter; NULL when they come in order */
  int bind_error; /* the first one, told by the next step */
};

/* SQLite numbers "$2" by appearance, PostgreSQL by its digits: ours mean the latter. */
static gboolean
map_parameters (TbStatement *self)
{
  int n = sqlite3_bind_parameter_count (self->handle);
  gboolean in_order = TRUE;

  self->index = g_new0 (int, n + 1);
  for (int i = 1; i <= n; i++)
    {
      const char *name = sqlite3_bind_parameter_name (self->handle, i);
      guint64 number = name != NULL && name[0] == '$' ? g_ascii_strtoull (name + 1, NULL, 10) : 0;

      if (number < 1 || number > (guint64) n)
        return FALSE;
      self->index[number] = i;
      in_order = in_order && number == (guint64) i;
    }
  if (in_order)
    g_clear_pointer (&self->index, g_free);
  return TRUE;
}

static void
finalize (gpointer data)
{
  TbStatement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self->index);
  g_free (self->sql);
  g_free (self);
}

TbStatement *
tb_db_prepare (TbDb *self, const char *sql, GError **error)
{
  TbStatement *statement;
  int result;

  if (self->idle != NULL && g_hash_table_steal_extended (self->idle, sql, NULL, (gpointer *) &statement))
    return statement;
  statement = g_new0 (TbStatement, 1);
  statement->db = self;
  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
  if (result == SQLITE_OK && map_parameters (statement))
    {
      statement->sql = g_strdup (sql);
      return statement;
    }
  tb_db_fail (self, result != SQLITE_OK ? result : SQLITE_MISUSE, error);
  finalize (statement);
  return NULL;
}

void
tb_statement_free (TbStatement *self)
{
  TbDb *db;

  if (self == NULL)
    return;
  db = self->db;
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_error = SQLITE_OK;
  if (db->idle == NULL)
    db->idle = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, finalize);
  else if (g_hash_table_size (db->idle) >= MAX_IDLE)
    g_hash_table_remove_all (db->idle);
  g_hash_table_replace (db->idle, self->sql, self);
}

void
tb_db_forget_idle (TbDb *self)
{
  g_clear_pointer (&self->idle, g_hash_table_unref);
}

static inline int
index_of (TbStatement *self, int parameter)
{
  return G_LIKELY (self->index == NULL) ? parameter : self->index[parameter];
}

static inline void
note (TbStatement *self, int result)
{
  if (G_UNLIKELY (result != SQLITE_OK) && self->bind_error == SQLITE_OK)
    self->bind_error = result;
}

void
tb_statement_bind_int (TbStatement *self, int parameter, gint64 value)
{
  note (self, sqlite3_bind_int64 (self->handle, index_of (self, parameter), value));
}

void
tb_statement_bind_text (TbStatement *self, int parameter, const char *value)
{
  note (self, sqlite3_bind_text (self->handle, index_of (self, parameter), value, value == NULL ? 0 : (int) strlen (value), SQLITE_STATIC));
}

void
tb_statement_bind_text_len (TbStatement *self, int parameter, const char *value, gsize len)
{
  note (self, sqlite3_bind_text (self->handle, index_of (self, parameter), value, (int) len, SQLITE_STATIC));
}

void
tb_statement_bind_blob (TbStatement *self, int parameter, const void *data, gsize len)
{
  /* A null pointer would bind NULL. */
  note (self, sqlite3_bind_blob64 (self->handle, index_of (self, parameter), len == 0 ? "" : data, len, SQLITE_STATIC));
}

void
tb_statement_bind_null (TbStatement *self, int parameter)
{
  note (self, sqlite3_bind_null (self->handle, index_of (self, parameter)));
}

void
tb_statement_bind_int_or_null (TbStatement *self, int parameter, gint64 value, gint64 none)
{
  if (value == none)
    tb_statement_bind_null (self, parameter);
  else
    tb_statement_bind_int (self, parameter, value);
}

gboolean
tb_statement_step (TbStatement *self, gboolean *has_row, GError **error)
{
  int result = self->bind_error == SQLITE_OK ? sqlite3_step (self->handle) : self->bind_error;

  if (has_row != NULL)
    *has_row = result == SQLITE_ROW;
  if (G_LIKELY (result == SQLITE_ROW || result == SQLITE_DONE))
    return TRUE;
  tb_db_fail (self->db, result, error);
  sqlite3_reset (self->handle);
  return FALSE;
}

void
tb_statement_reset (TbStatement *self)
{
  sqlite3_reset (self->handle);
}

gboolean
tb_statement_run (TbStatement *self, GError **error)
{
  gboolean ok = tb_statement_step (self, NULL, error);

  sqlite3_reset (self->handle);
  return ok;
}

gboolean
tb_statement_is_null (TbStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

gint64
tb_statement_int (TbStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

gint64
tb_statement_int_or (TbStatement *self, int column, gint64 null_value)
{
  return tb_statement_is_null (self, column) ? null_value : sqlite3_column_int64 (self->handle, column);
}

const char *
tb_statement_text (TbStatement *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self->handle, column);

  return text == NULL ? "" : text;
}

char *
tb_statement_dup_text (TbStatement *self, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (self->handle, column));
}

const guint8 *
tb_statement_blob (TbStatement *self, int column, gsize *ret_len)
{
  const guint8 *data = sqlite3_column_blob (self->handle, column);

  *ret_len = (gsize) sqlite3_column_bytes (self->handle, column);
  return data;
}
