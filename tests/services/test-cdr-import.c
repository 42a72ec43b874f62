/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "tb-cdr-import.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-test-company.h"
#include "test-books.h"

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);

  tb_test_exec (store, "UPDATE connection SET time_zone = 'America/Winnipeg'");
  return store;
}

static char *
sample (const char *name)
{
  return g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", name, NULL);
}

static char *
write_file (const char *name, const char *text)
{
  char *path = test_path (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* ---- the samples of PBXs ---- */

static void
test_samples (void)
{
  static const struct
  {
    const char *name;
    guint twins; /* equal records that are two calls: a naive key, by which "unique" is counted, loses them */
    gint64 twin_seconds;
  } table[] = {
    { "fusionpbx_export_all.csv" },
    { "fusionpbx_export_admin.csv" },
    { "fusionpbx_export_5.1.csv" },
    { "asterisk_Master.csv" },
    { "asterisk_Master_newcdr_utc.csv" },
    { "realworld_generic.csv", 1, 60 }, /* local times, no id: a call in each of the two hours 01:00 of 1 November */
    { "fusionpbx_export_empty.csv" },
  };
  g_autofree char *expected_path = sample ("expected.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *files;

  g_assert_true (json_parser_load_from_file (parser, expected_path, NULL));
  files = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "files");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TbStore) store = new_books (table[i].name);
      g_autofree char *path = sample (table[i].name);
      JsonObject *expected = json_object_has_member (files, table[i].name) ? json_object_get_object_member (files, table[i].name) : NULL;
      gint64 unique = expected != NULL && json_object_has_member (expected, "unique_records") ? json_object_get_int_member (expected, "unique_records") + table[i].twins : 0;

      for (guint round = 0; round < 2; round++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (TbCdrImport) import = tb_cdr_import_run (store, path, "pbx1", NULL, NULL, NULL, NULL, &error);

          g_test_message ("%s, time %u", table[i].name, round + 1);
          g_assert_no_error (error);
          g_assert_cmpint (import->counts.added, ==, round == 0 ? unique : 0); /* the same file again adds nothing */
          g_assert_cmpint (import->counts.duplicate, ==, (gint64) import->counts.read - (round == 0 ? unique : 0));
          g_assert_cmpuint (import->counts.changed + import->counts.rejected, ==, 0);
        }
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr"), ==, unique);
      if (unique > 0)
        g_assert_cmpint (tb_test_query_int (store, "SELECT sum(seconds) FROM cdr"), ==, json_object_get_int_member (expected, "answered_seconds") + table[i].twin_seconds);
      tb_test_assert_sound (store);
    }
}

/* ---- rejected lines ---- */

static void
test_rejects (void)
{
  g_autoptr (TbStore) store = new_books ("rejects");
  g_autofree char *path = write_file ("bad.csv", "uid,start,caller,callee,billsec\n"
                                                 "a,2026-10-02T10:00:00Z,1,2,60\n"
                                                 "b,yesterday,1,2,60\n"
                                                 "c,2026-10-02T10:00:01Z,1,2,sixty\n"
                                                 "d,2026-10-02T10:00:02Z,1,2,60\n"
                                                 "e,2026-10-02T10:00:03Z,,,60\n"
                                                 "f,2026-10-02T10:00:04Z,1,2,-5\n");
  char kept[200] = "";
  FILE *rejects = fmemopen (kept, sizeof kept - 1, "w");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCdrImport) import = tb_cdr_import_run (store, path, "pbx1", NULL, NULL, rejects, NULL, &error);
  static const guint64 lines[] = { 3, 4, 6, 7 };

  g_assert_no_error (error);
  g_assert_cmpuint (import->counts.read, ==, 6);
  g_assert_cmpuint (import->counts.added, ==, 2);
  g_assert_cmpuint (import->counts.rejected, ==, G_N_ELEMENTS (lines));
  g_assert_cmpuint (import->rejects->len, ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const TbReject *reject = import->rejects->pdata[i];

      g_assert_cmpuint (reject->line, ==, lines[i]);
      g_assert_cmpuint (strlen (reject->reason), >, 5);
    }
  g_assert_cmpint (fclose (rejects), ==, 0);
  g_assert_nonnull (strstr (kept, "b,yesterday,1,2,60\n"));
  g_assert_nonnull (strstr (kept, "f,2026-10-02T10:00:04Z,1,2,-5\n"));
  g_assert_null (strstr (kept, "d,"));
  tb_test_assert_sound (store);
}

/* ---- all or nothing ---- */

static void
assert_nothing (TbStore *store)
{
  g_assert_cmpint (tb_test_query_int (store, "SELECT (SELECT count(*) FROM cdr) + (SELECT count(*) FROM import) + (SELECT count(*) FROM reject) "
                                             "+ (SELECT count(*) FROM tenant) + (SELECT count(*) FROM word) + (SELECT count(*) FROM seen)"),
                   ==, 0);
  g_assert_false (tb_db_in_transaction (tb_store_get_db (store)));
}

static char *
write_many (guint n)
{
  g_autoptr (GString) text = g_string_new ("uid,start,tenant,caller,callee,billsec\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "many-%u,%u,acme,anonymous,12045550142,60\n", i, 1791374400 + i % 5000);
  return write_file ("many.csv", text->str);
}

static gpointer
cancel_in_the_middle (gpointer data)
{
  TbJob *job = data;

  while (tb_job_get_fraction (job) <= 0.2 && tb_job_get_state (job) == TB_JOB_RUNNING)
    g_usleep (100);
  tb_job_cancel (job);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (TbStore) store = new_books ("cancelled");
  g_autofree char *path = write_many (300000); /* more than a batch, so that some is written already */
  g_autoptr (TbJob) job = tb_job_new ("import");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCdrImport) import = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_in_the_middle, job);

  import = tb_cdr_import_run (store, path, "pbx1", NULL, NULL, NULL, job, &error);
  tb_job_finish (job, TB_JOB_CANCELLED);
  g_thread_join (thread);
  g_assert_null (import);
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_nothing (store);
  import = tb_cdr_import_run (store, path, "pbx1", NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (import->counts.added, ==, 300000);
}

/* Files that are no calls, and places where none are: a message with the path, and the books as before. */
static void
test_refused (void)
{
  static const struct
  {
    const char *name, *text, *connection, *word;
  } table[] = {
    { "missing.csv", NULL, "pbx1", "missing.csv" },
    { "sound.csv", "uid,start,caller,callee,billsec\na,2026-10-02T10:00:00Z,1,2,60\n", "pbx9", "pbx9" },
    { "columns.csv", "uid,when,caller\na,b,c\n", "pbx1", "columns.csv" },
    { "login.csv", "<!DOCTYPE html><html><body><form action=\"/login.php\">Login</form></body></html>\n", "pbx1", "login.csv" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *books = g_strconcat (table[i].name, ".books", NULL);
      g_autoptr (TbStore) store = new_books (books);
      g_autofree char *path = table[i].text != NULL ? write_file (table[i].name, table[i].text) : test_path (table[i].name);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", table[i].name);
      g_assert_null (tb_cdr_import_run (store, path, table[i].connection, NULL, NULL, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, table[i].word));
      assert_nothing (store);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cdr-import/samples", test_samples);
  g_test_add_func ("/cdr-import/rejects", test_rejects);
  g_test_add_func ("/cdr-import/cancelled", test_cancelled);
  g_test_add_func ("/cdr-import/refused", test_refused);
  return test_run_in_folder ();
}
