/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-error.h"
#include "tb-store.h"
#include "test-books.h"

static gint64
count (TbDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStatement) query = tb_db_prepare (db, sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  g_assert_true (tb_statement_step (query, &row, &error));
  g_assert_true (row);
  return tb_statement_int (query, 0);
}

static void
test_values (void)
{
  g_autofree char *path = test_path ("values.db");
  g_autoptr (GError) error = NULL;
  TbDb *db = tb_db_open (path, TB_DB_CREATE, &error);
  const gint64 numbers[] = { 0, 1, -1, 127, 128, G_MAXINT32, G_MAXINT64, G_MININT64 };

  g_assert_no_error (error);
  g_assert_true (tb_db_exec (db, "-- two; statements\nCREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, b BLOB);\n"
                                 "CREATE INDEX i ON t (n); -- end", &error));
  {
    g_autoptr (TbStatement) insert = tb_db_prepare (db, "INSERT INTO t (n, s, b) VALUES ($2, $1, $3)", &error);
    g_autoptr (TbStatement) query = tb_db_prepare (db, "SELECT n, s, b FROM t ORDER BY id", &error);

    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        tb_statement_bind_text (insert, 1, i == 0 ? NULL : "Zoë");
        tb_statement_bind_int_or_null (insert, 2, numbers[i], 127);
        tb_statement_bind_blob (insert, 3, "\0x", i == 1 ? 0 : 2);
        g_assert_true (tb_statement_run (insert, &error));
        g_assert_cmpint (tb_db_last_insert_id (db), ==, i + 1);
      }
    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        gboolean row;
        gsize len;

        g_assert_true (tb_statement_step (query, &row, &error));
        g_assert_true (row);
        g_assert_cmpint (tb_statement_is_null (query, 0), ==, numbers[i] == 127);
        g_assert_cmpint (tb_statement_int (query, 0), ==, numbers[i] == 127 ? 0 : numbers[i]);
        g_assert_cmpint (tb_statement_int_or (query, 0, -7), ==, numbers[i] == 127 ? -7 : numbers[i]);
        g_assert_cmpstr (tb_statement_text (query, 1), ==, i == 0 ? "" : "Zoë");
        tb_statement_blob (query, 2, &len);
        g_assert_cmpuint (len, ==, i == 1 ? 0 : 2);
        g_assert_false (tb_statement_is_null (query, 2));
      }
  }
  /* STRICT: a text is no integer */
  g_assert_false (tb_db_exec (db, "INSERT INTO t (n) VALUES ('many')", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (tb_db_prepare (db, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_FAILED);
  tb_db_close (db);
}

static void
test_transactions (void)
{
  g_autofree char *path = test_path ("transactions.db");
  g_autoptr (GError) error = NULL;
  TbDb *db = tb_db_open (path, TB_DB_CREATE, &error);
  TbDb *other, *view;

  g_assert_true (tb_db_exec (db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", &error));
  g_assert_true (tb_db_begin (db, &error));
  g_assert_true (tb_db_exec (db, "INSERT INTO t VALUES (1)", &error));

  /* a second writer is told so; a view reads what was there */
  other = tb_db_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_false (tb_db_begin (other, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_clear_error (&error);
  view = tb_db_open (path, TB_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (view, "SELECT count(*) FROM t"), ==, 0);
  g_assert_false (tb_db_exec (view, "INSERT INTO t VALUES (2)", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_STORAGE);
  g_clear_error (&error);

  tb_db_rollback (db);
  g_assert_false (tb_db_in_transaction (db));
  g_assert_cmpint (count (db, "SELECT count(*) FROM t"), ==, 0);
  g_assert_true (tb_db_begin (other, &error));
  g_assert_true (tb_db_exec (other, "INSERT INTO t VALUES (3)", &error));
  g_assert_true (tb_db_commit (other, &error));
  g_assert_cmpint (count (view, "SELECT count(*) FROM t"), ==, 1);
  tb_db_close (view);
  tb_db_close (other);
  tb_db_close (db);
  {
    g_autofree char *wal = g_strconcat (path, "-wal", NULL);

    g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS)); /* closing leaves one whole file */
  }
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autofree char *path = test_path ("cancel.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TbDb *db = tb_db_open (path, TB_DB_CREATE, &error);
  GThread *thread;

  tb_db_set_cancellable (db, cancellable);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (tb_db_exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_thread_join (thread);
  tb_db_set_cancellable (db, NULL);
  g_assert_cmpint (count (db, "SELECT 1"), ==, 1);
  tb_db_close (db);
}

static void
assert_refused (const char *path, int code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tb_store_open (path, TB_DB_READ_WRITE, &error));
  g_assert_error (error, TB_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
  g_clear_error (&error);
  g_assert_null (tb_store_open (path, TB_DB_READ_ONLY, &error));
  g_assert_error (error, TB_ERROR, code);
}

static void
test_refused (void)
{
  g_autofree char *path = test_path ("refused.db");
  g_autoptr (GError) error = NULL;
  TbDb *db;

  assert_refused (path, TB_ERROR_NOT_FOUND, "no books");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_refused (path, TB_ERROR_STORAGE, "not a file of Tollbook");
  g_assert_true (g_file_set_contents (path, "dear diary, today nothing happened, and it happened for longer than a hundred bytes, which is the "
                                            "length of a header", -1, NULL));
  assert_refused (path, TB_ERROR_STORAGE, "not a file of Tollbook");
  g_unlink (path);

  db = tb_db_open (path, TB_DB_CREATE, &error);
  g_assert_true (tb_db_set_schema_version (db, 9999, &error));
  tb_db_close (db);
  assert_refused (path, TB_ERROR_UNSUPPORTED, "newer version");
  g_assert_null (tb_store_create (path, &error)); /* never over what is there */
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
}

static void
test_damaged (void)
{
  g_autofree char *path = test_path ("damaged.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *sound = NULL;
  gsize len;

  tb_store_close (tb_store_create (path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &sound, &len, NULL));
  for (guint round = 0; round < 100; round++)
    {
      g_autofree char *copy = g_memdup2 (sound, len);
      gsize cut = round % 4 == 0 ? (gsize) g_rand_int_range (random, 0, (gint32) len) : len;
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
      TbDb *db;

      for (guint i = 0; i < 200; i++)
        copy[g_rand_int_range (random, 0, (gint32) len)] = (char) g_rand_int (random);
      g_assert_true (g_file_set_contents (path, copy, (gssize) cut, NULL));
      db = tb_db_open (path, TB_DB_READ_ONLY, NULL); /* any outcome but a crash, and never "sound" */
      if (db != NULL && tb_db_check (db, findings, NULL, NULL))
        g_assert_cmpuint (findings->len, >, 0);
      tb_db_close (db);
    }
}

static void
test_settings (void)
{
  g_autofree char *path = test_path ("settings.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_create (path, &error);
  g_autofree char *value = NULL;

  g_assert_no_error (error);
  g_assert_null (tb_store_get_setting (store, "demo"));
  g_assert_true (tb_store_set_setting (store, "demo", "0", &error));
  g_assert_true (tb_store_set_setting (store, "demo", "1", &error));
  value = tb_store_get_setting (store, "demo");
  g_assert_cmpstr (value, ==, "1");
  g_assert_true (tb_store_set_setting (store, "demo", NULL, &error));
  g_assert_null (tb_store_get_setting (store, "demo"));
  g_assert_cmpstr (tb_store_get_path (store), ==, path);
}

static void
test_backup (void)
{
  g_autofree char *path = test_path ("books.db");
  g_autofree char *copy = test_path ("copy.db");
  g_autofree char *aside = g_strconcat (path, ".before-restore", NULL);
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_true (tb_store_set_setting (store, "a", "before", &error));
  /* while a writer is in the middle of something: the copy is what was committed */
  g_assert_true (tb_store_begin (store, &error));
  g_assert_true (tb_store_set_setting (store, "a", "after", &error));
  g_assert_true (tb_store_backup (store, copy, NULL, &error));
  g_assert_true (tb_store_commit (store, &error));
  g_assert_false (tb_store_backup (store, path, NULL, &error)); /* not onto itself */
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  /* not under somebody's feet */
  g_assert_true (tb_store_begin (store, &error));
  g_assert_false (tb_store_restore (copy, path, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_clear_error (&error);
  tb_store_close (store);

  g_assert_true (tb_store_restore (copy, path, NULL, &error));
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  value = tb_store_get_setting (store, "a");
  g_assert_cmpstr (value, ==, "before");
  tb_store_close (store);
  store = tb_store_open (aside, TB_DB_READ_ONLY, &error);
  g_free (value);
  value = tb_store_get_setting (store, "a");
  g_assert_cmpstr (value, ==, "after");
  tb_store_close (store);

  /* a backup cut in half is not restored, and nothing is put aside for it */
  g_unlink (aside);
  g_assert_cmpint (truncate (copy, 8192), ==, 0);
  g_assert_false (tb_store_restore (copy, path, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_STORAGE);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/values", test_values);
  g_test_add_func ("/db/transactions", test_transactions);
  g_test_add_func ("/db/cancel", test_cancel);
  g_test_add_func ("/store/refused", test_refused);
  g_test_add_func ("/store/damaged", test_damaged);
  g_test_add_func ("/store/settings", test_settings);
  g_test_add_func ("/store/backup", test_backup);
  return test_run_in_folder ();
}
