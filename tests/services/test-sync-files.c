/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-fake-server.h"
#include "tb-pbx.h"
#include "tb-setup-store.h"
#include "tb-sync.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

/* A folder that is collected again and again: a file is read once, and again when it has changed. */

#define HEAD "uid,start,caller,callee,billsec\n"
#define ROW(uid) uid ",2026-10-03T14:02:11Z,1001,12045550142,60\n"

typedef struct
{
  gboolean done;
  TbSyncResult *result;
  GError *error;
} Outcome;

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->result = tb_sync_finish (TB_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static TbSession *
new_session (const char *name, const char *folder)
{
  g_autofree char *path = test_path (name);
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (GError) error = NULL;
  TbConnection *connection = setup->connections->pdata[0];
  TbStore *store = tb_test_books_new (path);
  TbSession *session;

  tb_set_str (&connection->kind, "folder");
  tb_set_str (&connection->url, folder);
  tb_set_str (&connection->format, NULL);
  tb_test_apply (store, setup);
  tb_store_close (store);
  session = tb_session_new (path, FALSE, &error);
  g_assert_no_error (error);
  return session;
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (text == NULL)
    g_assert_cmpint (unlink (path), ==, 0);
  else
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gint64
count (TbSession *session, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);

  return tb_test_query_int (tb_session_get_store (session), sql);
}

static void
test_again (void)
{
  static const struct { const char *why, *name, *text; guint read, added; const char *says; gint64 calls, files; const char *warns; } rows[] = {
    { "a file", "a.csv", HEAD ROW ("a1") ROW ("a2"), 2, 2, NULL, 2, 1 },
    { "another: the first is not read again", "b.csv", HEAD ROW ("b1"), 1, 1, NULL, 3, 2 },
    { "it grew: read again, and what is there is recognised", "a.csv", HEAD ROW ("a1") ROW ("a2") ROW ("a3"), 3, 1, NULL, 4, 2 },
    { "one that is no file of calls is named", "bad.csv", "this is\nno file of calls\n", 0, 0, "bad.csv", 4, 2 },
    { "and stops none of the others", "c.csv", HEAD ROW ("c1"), 0, 0, "bad.csv", 5, 3 },
    { "when it is gone, all is well", "bad.csv", NULL, 0, 0, NULL, 5, 3 },
    { "a record that cannot be read is kept aside", "d.csv", HEAD ROW ("d1") "d2,yesterday,1,2,3\n", 2, 1, NULL, 6, 4 },
    { "a file that went away is still known", "d.csv", NULL, 0, 0, NULL, 6, 4 },
    { "calls of a day to come are taken, and doubted", "e.csv", HEAD "e1,2096-10-03T14:02:11Z,1001,12045550142,60\n" ROW ("e2"), 2, 2, NULL, 8, 5,
      "1 call begins later than it is now" },
    { "the next sync has no such call", "f.csv", HEAD ROW ("f1"), 1, 1, NULL, 9, 6 },
  };
  g_autofree char *folder = g_dir_make_tmp ("tollbook-XXXXXX", NULL);
  g_autoptr (TbSession) session = new_session ("again", folder);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Outcome outcome = { FALSE };

      g_test_message ("%s", rows[i].why);
      put (folder, rows[i].name, rows[i].text);
      tb_sync_async (session, "pbx1", NULL, on_synced, &outcome);
      tb_fake_server_wait (&outcome.done);
      if (rows[i].says == NULL)
        {
          g_assert_no_error (outcome.error);
          g_assert_cmpuint (outcome.result->run->counts.read, ==, rows[i].read);
          g_assert_cmpuint (outcome.result->run->counts.added, ==, rows[i].added);
          if (rows[i].warns != NULL)
            g_assert_nonnull (strstr (outcome.result->run->warning, rows[i].warns));
          else
            g_assert_null (outcome.result->run->warning);
        }
      else
        g_assert_nonnull (strstr (outcome.error->message, rows[i].says));
      g_assert_cmpint (count (session, "cdr"), ==, rows[i].calls);
      g_assert_cmpint (count (session, "collected_file"), ==, rows[i].files);
      g_clear_pointer (&outcome.result, tb_sync_result_free);
      g_clear_error (&outcome.error);
    }
  g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT count(*) FROM collected_file WHERE gone IS NOT NULL AND name = 'd.csv'"), ==, 1);
  g_assert_cmpint (tb_test_query_int (tb_session_get_store (session), "SELECT count(*) FROM collected_file WHERE gone IS NOT NULL"), ==, 1);
  tb_test_assert_sound (tb_session_get_store (session));
  put (folder, "a.csv", NULL);
  put (folder, "b.csv", NULL);
  put (folder, "c.csv", NULL);
  put (folder, "e.csv", NULL);
  put (folder, "f.csv", NULL);
  rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tb_pbx_set_patience (1);
  g_test_add_func ("/sync-files/again", test_again);
  return test_run_in_folder ();
}
