/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-test-company.h"
#include "test-books.h"

/* Several processes at one file: one writes, the others read, copy or are told to wait. */

#define NOON G_GINT64_CONSTANT (1791374400)

/* ---- another process ---- */

typedef void (*Work) (const char *path, int told);

/* Runs `work` in another process; returns when it has written a byte to `told`. */
static pid_t
start (Work work, const char *path)
{
  int ends[2];
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nobody behind */
      work (path, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  close (ends[0]);
  return child;
}

static void
tell (int told)
{
  if (write (told, "x", 1) != 1)
    _exit (1);
}

static void
stop (pid_t child)
{
  int status;

  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status)); /* it was at it to the end */
}

/* ---- the second writer ---- */

static void
hold (const char *path, int told)
{
  TbStore *store = tb_store_open (path, TB_DB_READ_WRITE, NULL);

  if (store == NULL || !tb_store_begin (store, NULL) || !tb_store_set_setting (store, "a", "new", NULL))
    _exit (1);
  tell (told);
  pause ();
}

static void
test_second_writer (void)
{
  g_autofree char *path = test_path ("writer");
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_test_books_new (path);
  g_autofree char *value = NULL, *later = NULL;
  gint64 began;
  pid_t child;

  g_assert_true (tb_store_set_setting (store, "a", "old", &error));
  tb_store_close (store);
  child = start (hold, path);

  began = g_get_monotonic_time ();
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  value = tb_store_get_setting (store, "a"); /* readers do not wait, and see what was committed */
  g_assert_cmpstr (value, ==, "old");
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);

  g_assert_false (tb_store_begin (store, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Another program holds the books"));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
  g_clear_error (&error);
  g_assert_null (tb_call_writer_begin (store, "pbx1", "x", "csv", &error)); /* the same through an import */
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_clear_error (&error);

  stop (child);
  g_assert_true (tb_store_begin (store, &error)); /* the lock died with its holder, and so did its work */
  tb_store_rollback (store);
  later = tb_store_get_setting (store, "a");
  g_assert_cmpstr (later, ==, "old");
  tb_test_assert_sound (store);
  tb_store_close (store);
}

/* ---- copies and views while somebody writes ---- */

/* Imports one call after the other; each is a whole transaction over many tables. */
static void
keep_importing (const char *path, int told)
{
  TbStore *store = tb_store_open (path, TB_DB_READ_WRITE, NULL);

  for (guint i = 0; store != NULL; i++)
    {
      g_autofree char *uid = g_strdup_printf ("call-%u", i);
      g_autofree char *tenant = g_strdup_printf ("tenant-%u", i % 50);
      TbCall call = tb_test_call (uid, tenant, NOON + i, "a-word", 60);
      TbCallWriter *writer = tb_call_writer_begin (store, "pbx1", "x", "csv", NULL);
      TbImportCounts counts;

      if (writer == NULL || !tb_call_writer_add (writer, &call, NULL) || !tb_call_writer_finish (writer, &counts, NULL))
        _exit (1);
      tb_call_writer_free (writer);
      if (i == 20)
        tell (told);
    }
}

static void
test_copies (void)
{
  g_autofree char *path = test_path ("copied");
  g_autofree char *copy = test_path ("copy");
  g_autoptr (GError) error = NULL;
  gint64 before = 0;
  TbStore *store, *view;
  pid_t child;

  tb_store_close (tb_test_books_new (path));
  child = start (keep_importing, path);
  view = tb_store_open (path, TB_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 6; i++)
    {
      gint64 calls;

      /* one statement sees one state: calls, imports and the list of seen calls of the same moment */
      g_assert_cmpint (tb_test_query_int (view, "SELECT (SELECT count(*) FROM cdr) - (SELECT sum(added) FROM import)"), ==, 0);
      tb_store_backup (view, copy, NULL, &error);
      g_assert_no_error (error);
      store = tb_store_open (copy, TB_DB_READ_ONLY, &error);
      g_assert_no_error (error);
      tb_test_assert_sound (store);
      calls = tb_test_query_int (store, "SELECT count(*) FROM cdr");
      g_assert_cmpint (calls, >=, MAX (before, 20));
      before = calls;
      tb_store_close (store);
      g_usleep (30000);
    }
  stop (child);
  tb_store_close (view);
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  tb_test_assert_sound (store);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), >, before - 1);
  tb_store_close (store);
}

/* A copy that somebody cancels leaves neither a part nor a change to an older copy. */
static void
test_copy_cancelled (void)
{
  g_autofree char *path = test_path ("cancel");
  g_autofree char *copy = test_path ("cancel-copy");
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (TbJob) job = tb_job_new ("backup");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (copy, "older", -1, NULL));
  tb_job_cancel (job);
  g_assert_false (tb_store_backup (store, copy, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (copy, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "older");
}

/* ---- restoring ---- */

/* What is no sound copy of books is refused, with the reason, and the books stay as they are. */
static void
test_restore_refuses (void)
{
  static const struct
  {
    const char *name, *sql; /* what was done to a sound copy; NULL: see below */
    int code;
    const char *word;
  } table[] = {
    { "missing", NULL, TB_ERROR_NOT_FOUND, "no books at" },
    { "text", NULL, TB_ERROR_STORAGE, "not a file of Tollbook" },
    { "truncated", NULL, TB_ERROR_STORAGE, "" },
    { "other program's", "PRAGMA application_id=1", TB_ERROR_STORAGE, "not a file of Tollbook" },
    { "newer", "PRAGMA user_version=99", TB_ERROR_UNSUPPORTED, "newer version" },
    { "orphaned", "PRAGMA foreign_keys=OFF; DELETE FROM client WHERE id = 1; INSERT INTO reject (import, line, reason, raw) VALUES (77, 1, '', x'')",
      TB_ERROR_STORAGE, "not sound and was not restored" },
  };
  g_autofree char *path = test_path ("restored");
  g_autofree char *copy = test_path ("restore-copy");
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_test_books_new (path);

  g_assert_true (tb_store_set_setting (store, "mine", "yes", &error));
  tb_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *aside = g_strconcat (path, ".before-restore", NULL), *restoring = g_strconcat (path, ".restoring", NULL);
      g_autofree char *value = NULL;

      g_test_message ("%s", table[i].name);
      g_unlink (copy);
      if (i > 0)
        {
          store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
          g_assert_true (tb_store_backup (store, copy, NULL, &error));
          tb_store_close (store);
        }
      if (i == 1)
        g_assert_true (g_file_set_contents (copy, "dear diary", -1, NULL));
      if (i == 2)
        g_assert_cmpint (truncate (copy, 20000), ==, 0);
      if (table[i].sql != NULL)
        {
          TbDb *db = tb_db_open (copy, TB_DB_READ_WRITE, NULL);

          g_assert_true (tb_db_exec (db, table[i].sql, &error));
          tb_db_close (db);
        }
      g_assert_false (tb_store_restore (copy, path, NULL, &error));
      g_assert_error (error, TB_ERROR, table[i].code);
      g_assert_nonnull (strstr (error->message, table[i].word));
      g_clear_error (&error);
      g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
      g_assert_false (g_file_test (restoring, G_FILE_TEST_EXISTS));
      store = tb_store_open (path, TB_DB_READ_ONLY, &error);
      g_assert_no_error (error);
      value = tb_store_get_setting (store, "mine");
      g_assert_cmpstr (value, ==, "yes");
      tb_store_close (store);
    }
}

/* The old books cannot be put aside: they stay, with their unwritten tail. */
static void
test_restore_fails (void)
{
  g_autofree char *path = test_path ("stuck");
  g_autofree char *copy = test_path ("stuck-copy");
  g_autofree char *aside = g_strconcat (path, ".before-restore", NULL);
  g_autofree char *inside = g_build_filename (aside, "file", NULL);
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_test_books_new (path);

  g_assert_true (tb_store_backup (store, copy, NULL, &error));
  g_assert_true (tb_store_set_setting (store, "mine", "yes", &error));
  tb_store_close (store);
  g_assert_cmpint (g_mkdir (aside, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "", 0, NULL));
  g_assert_false (tb_store_restore (copy, path, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_STORAGE);
  g_clear_error (&error);
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  value = tb_store_get_setting (store, "mine");
  g_assert_cmpstr (value, ==, "yes");
  tb_store_close (store);
  g_unlink (inside);
  g_rmdir (aside);
}

/* Into a place without books. */
static void
test_restore_anew (void)
{
  g_autofree char *path = test_path ("gone");
  g_autofree char *copy = test_path ("gone-copy");
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_test_books_new (path);

  g_assert_true (tb_store_backup (store, copy, NULL, &error));
  tb_store_close (store);
  g_unlink (path);
  g_assert_true (tb_store_restore (copy, path, NULL, &error));
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  tb_test_assert_sound (store);
  tb_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/processes/second-writer", test_second_writer);
  g_test_add_func ("/processes/copies", test_copies);
  g_test_add_func ("/processes/copy-cancelled", test_copy_cancelled);
  g_test_add_func ("/processes/restore-refuses", test_restore_refuses);
  g_test_add_func ("/processes/restore-fails", test_restore_fails);
  g_test_add_func ("/processes/restore-anew", test_restore_anew);
  return test_run_in_folder ();
}
