/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-unbilled-store.h"
#include "test-books.h"

/* Versions whose books are kept in tests/data/books. */
#define KEPT 2

/* Books of an older version, from their text in tests/data/books. */
static char *
load_books (const char *name, int version)
{
  g_autofree char *file = g_strdup_printf ("schema-%d.sql", version);
  g_autofree char *text_path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "books", file, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  char *path = test_path (name);
  TbDb *db = tb_db_open (path, TB_DB_CREATE, &error);

  g_assert_no_error (error);
  g_file_get_contents (text_path, &sql, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (tb_db_begin (db, &error));
  tb_db_exec (db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (tb_db_set_schema_version (db, version, &error));
  g_assert_true (tb_db_commit (db, &error));
  tb_db_close (db);
  return path;
}

static int
version_of (const char *path)
{
  TbDb *db = tb_db_open (path, TB_DB_READ_ONLY, NULL);
  int version = -1;

  g_assert_true (tb_db_get_schema_version (db, &version, NULL));
  tb_db_close (db);
  return version;
}

/* What new books have. */
static int
newest (void)
{
  static int version = -1;
  g_autofree char *path = version < 0 ? test_path ("newest") : NULL;

  if (version < 0)
    {
      tb_store_close (tb_store_create (path, NULL));
      version = version_of (path);
    }
  return version;
}

/* Whatever the version, the books open, hold what they held, and take more. */
static void
test_every_version (void)
{
  for (int version = 1; version <= KEPT; version++)
    {
      g_autofree char *name = g_strdup_printf ("version-%d", version);
      g_autofree char *path = load_books (name, version);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbStore) store = tb_store_open (path, TB_DB_READ_WRITE, &error);
      g_autoptr (TbSetup) setup = NULL, same = tb_test_company_new ();
      g_autoptr (GPtrArray) changes = NULL;
      TbCall call = tb_test_call ("new", "acme", G_GINT64_CONSTANT (1791374400), "1204", 60);

      g_assert_no_error (error);
      tb_test_assert_sound (store);
      setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, &error);
      g_assert_cmpstr (setup->company->name, ==, "Example Voice");
      g_assert_cmpuint (setup->clients->len, ==, 3);
      /* the company that these books were made of: nothing of it was lost */
      g_assert_true (tb_setup_store_apply (store, same, TRUE, &changes, NULL, &error));
      g_assert_cmpuint (changes->len, ==, 0);
      g_assert_cmpuint (tb_test_import (store, &call, 1).added, ==, 1);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), ==, version < 2 ? 1 : 51);
      tb_store_close (g_steal_pointer (&store));
      g_assert_cmpint (version_of (path), ==, newest ());
    }
}

/* What was on paper stays what it was. */
static void
test_invoices (void)
{
  g_autofree char *path = load_books ("invoices", 2);
  g_autoptr (TbStore) store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, "INV-2026-00001", NULL);
  g_autoptr (GPtrArray) calls = tb_invoice_store_list_calls (store, invoice->id, NULL);

  g_assert_cmpint (invoice->state, ==, TB_INVOICE_APPROVED);
  g_assert_cmpstr (invoice->buyer->name, ==, "Client C1 Ltd");
  g_assert_cmpuint (calls->len, >, 0);
}

/* What was rated before there were balances draws on them, without being rated again. */
static void
test_balances (void)
{
  g_autofree char *path = load_books ("balances", 2);
  g_autoptr (TbStore) store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (GArray) none = tb_unbilled_store_sum (store, NULL), before = NULL, after = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  tb_setup_find_package (setup, "Pool")->mode = TB_PACKAGE_PREPAID;
  tb_test_apply (store, setup);
  before = tb_unbilled_store_sum (store, NULL);
  g_assert_cmpuint (before->len, ==, 2);
  for (guint i = 0; i < before->len; i++)
    {
      const TbUnbilledSum *found = &g_array_index (before, TbUnbilledSum, i);
      g_autofree char *sql = g_strdup_printf ("SELECT sum(charge) FROM rated WHERE service = %u AND invoice IS NULL", found->service_id);

      g_assert_cmpint (found->charge.amount, >, 0);
      g_assert_cmpint (found->charge.amount, ==, tb_test_query_int (store, sql));
    }
  g_assert_true (tb_unbilled_store_settle (store, NULL, NULL));
  after = tb_unbilled_store_sum (store, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_cmpint (g_array_index (before, TbUnbilledSum, i).charge.amount, ==, g_array_index (after, TbUnbilledSum, i).charge.amount);
  tb_test_assert_sound (store);
}

static void
test_read_only (void)
{
  g_autofree char *path = load_books ("read-only", 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (tb_store_open (path, TB_DB_READ_ONLY, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "open them once for writing"));
  g_assert_cmpint (version_of (path), ==, 1);
}

/* A migration that fails leaves the books as they were, and says which file it was. */
static void
test_failing (void)
{
  g_autofree char *path = load_books ("failing", 1);
  g_autoptr (GError) error = NULL;
  TbDb *db = tb_db_open (path, TB_DB_READ_WRITE, NULL);

  g_assert_true (tb_db_exec (db, "CREATE TABLE terms (id INTEGER PRIMARY KEY)", NULL)); /* in the way, near the end of the file */
  tb_db_close (db);
  g_assert_null (tb_store_open (path, TB_DB_READ_WRITE, &error));
  g_assert_nonnull (strstr (error->message, "0002-calls.sql"));
  g_assert_cmpint (version_of (path), ==, 1);
  db = tb_db_open (path, TB_DB_READ_WRITE, NULL);
  g_assert_null (tb_db_prepare (db, "SELECT 1 FROM cdr", NULL));
  g_assert_true (tb_db_exec (db, "DROP TABLE terms", NULL));
  tb_db_close (db);
  tb_store_close (tb_store_open (path, TB_DB_READ_WRITE, NULL));
  g_assert_cmpint (version_of (path), ==, newest ());
}

/* Several programs open old books in the same moment. */
static void
test_at_once (void)
{
  for (guint round = 0; round < 8; round++)
    {
      g_autofree char *name = g_strdup_printf ("at-once-%u", round);
      g_autofree char *path = load_books (name, 1);
      pid_t children[3];

      for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        if ((children[i] = fork ()) == 0)
          {
            TbStore *store = tb_store_open (path, TB_DB_READ_WRITE, NULL);

            tb_store_close (store);
            _exit (store != NULL ? 0 : 1);
          }
      for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        {
          int status;

          g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
          g_assert_cmpint (status, ==, 0);
        }
      g_assert_cmpint (version_of (path), ==, newest ());
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migrations/every-version", test_every_version);
  g_test_add_func ("/migrations/invoices", test_invoices);
  g_test_add_func ("/migrations/balances", test_balances);
  g_test_add_func ("/migrations/read-only", test_read_only);
  g_test_add_func ("/migrations/failing", test_failing);
  g_test_add_func ("/migrations/at-once", test_at_once);
  return test_run_in_folder ();
}
