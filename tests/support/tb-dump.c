/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-dump.h"

#include <sqlite3.h>

static void
dump_value (GString *text, sqlite3_stmt *row, int column)
{
  const guint8 *blob = sqlite3_column_blob (row, column);

  if (sqlite3_column_type (row, column) != SQLITE_BLOB)
    {
      const char *value = (const char *) sqlite3_column_text (row, column);

      g_string_append (text, value != NULL ? value : "NULL");
      return;
    }
  for (int i = 0; i < sqlite3_column_bytes (row, column); i++)
    g_string_append_printf (text, "%02x", blob[i]);
}

static void
dump_table (GString *text, sqlite3 *books, const char *table)
{
  const char *only = g_str_equal (table, "import")   ? "WHERE added + changed + conflict > 0"
                     : g_str_equal (table, "reject") ? "WHERE import IN (SELECT id FROM import WHERE added + changed + conflict > 0)"
                                                     : "";
  g_autofree char *sql = g_strdup_printf ("SELECT *, 0 FROM \"%s\" %s ORDER BY 1, 2", table, only); /* a table of one column has no second to sort by */
  sqlite3_stmt *row;

  g_assert_cmpint (sqlite3_prepare_v2 (books, sql, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      g_string_append (text, table);
      for (int i = 0; i < sqlite3_column_count (row); i++)
        {
          g_string_append_c (text, i == 0 ? ' ' : '|');
          dump_value (text, row, i);
        }
      g_string_append_c (text, '\n');
    }
  sqlite3_finalize (row);
}

void
tb_dump_assert_equal (const char *found, const char *expected)
{
  g_auto (GStrv) a = g_strsplit (found, "\n", -1), b = g_strsplit (expected, "\n", -1);

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
}

char *
tb_dump_books (const char *path)
{
  GString *text = g_string_new (NULL);
  sqlite3 *books;
  sqlite3_stmt *table;

  g_assert_cmpint (sqlite3_open_v2 (path, &books, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (books, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", -1, &table,
                                       NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (table) == SQLITE_ROW)
    dump_table (text, books, (const char *) sqlite3_column_text (table, 0));
  sqlite3_finalize (table);
  sqlite3_close (books);
  return g_string_free (text, FALSE);
}
