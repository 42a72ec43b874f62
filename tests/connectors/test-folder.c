/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-file-stream.h"
#include "tb-pbx-collect.h"
#include "tb-text.h"

#define HEAD "uid,start,caller,callee,billsec\n"
#define ROW(uid) uid ",2026-02-03T14:02:11Z,1001,12045550142,60\n"

/* ---- a folder ---- */

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("tollbook-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_rmdir (folder);
  g_free (folder);
}

typedef char Folder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folder, remove_folder)

/* `age` in seconds. */
static void
put (const char *folder, const char *name, const char *text, gint64 age)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct timespec times[2] = { { g_get_real_time () / G_USEC_PER_SEC - age, 0 } };

  times[1] = times[0];
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static TbPbx *
watch (const char *folder, const char *last, GHashTable *known)
{
  g_autofree char *url = g_build_filename (folder, last, NULL);
  TbPbx *pbx = tb_pbx_for_test ("folder", url, NULL, NULL);

  if (known != NULL)
    tb_pbx_set_known_files (pbx, known);
  return pbx;
}

static char *
uids_of (TbCollected *collected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < collected->lines->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (collected->lines->pdata[i], "|", 2);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", parts[0]);
    }
  return g_strdup (text->str);
}

/* ---- which files ---- */

static void
test_names (void)
{
  static const struct { const char *why, *last, *uids; } rows[] = {
    { "all of a folder, oldest first; what is hidden, being uploaded, a folder or a link within is passed over", "", "old new text" },
    { "a pattern", "*.csv", "old new" },
    { "one letter", "?.txt", "text" },
    { "a file", "a.csv", "new" },
    { "a hidden file, when it is named", ".hidden", "hidden" },
    { "nothing that fits is no error: it may come", "*.xml", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Folder) folder = make_folder ();
      g_autofree char *inner = g_build_filename (folder, "b.d.csv", NULL), *link = g_build_filename (folder, "latest.csv", NULL);
      g_autoptr (TbPbx) pbx = watch (folder, rows[i].last, NULL);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *uids = NULL;

      put (folder, "a.csv", HEAD ROW ("new"), 100);
      put (folder, "b.csv", HEAD ROW ("old"), 200);
      put (folder, "c.txt", HEAD ROW ("text"), 50);
      put (folder, ".hidden", HEAD ROW ("hidden"), 50);
      put (folder, "d.csv.part", HEAD ROW ("part"), 50);
      g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
      g_assert_cmpint (symlink ("a.csv", link), ==, 0);
      collected = tb_pbx_collect (pbx, 0, 1);
      uids = uids_of (collected);
      g_test_message ("%s: %s", rows[i].why, uids);
      g_assert_no_error (collected->error);
      g_assert_cmpstr (uids, ==, rows[i].uids);
    }
}

static void
test_addresses (void)
{
  static const struct { const char *url; int code; } rows[] = {
    { "file:///nowhere/at%20all/*.csv", TB_ERROR_NOT_FOUND },
    { "/nowhere/at all", TB_ERROR_NOT_FOUND },
    { "/dev/null", TB_ERROR_STORAGE }, /* neither a folder nor a file */
  };
  static const char *const bad[] = { "spool/cdr", "", "https://pbx.example.com/cdr", "file://elsewhere/cdr", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = tb_pbx_for_test ("folder", rows[i].url, NULL, NULL);
      g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, 0, 1);

      g_test_message ("%s: %s", rows[i].url, collected->error->message);
      g_assert_error (collected->error, TB_ERROR, rows[i].code);
    }
  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_autoptr (TbConnection) connection = tb_connection_new ();
      g_autoptr (GError) error = NULL;

      tb_set_str (&connection->kind, "folder");
      tb_set_str (&connection->url, bad[i]);
      tb_set_str (&connection->time_zone, "UTC");
      g_assert_null (tb_pbx_new (connection, NULL, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

/* ---- files that cannot be read ---- */

static void
test_unreadable (void)
{
  static const struct { const char *why, *name, *text, *link, *says; } rows[] = {
    { "no calls in it", "readme.txt", "Put your files here.\n", NULL, "readme.txt" },
    { "packed", "old.csv.gz", "\x1f\x8b\x08", NULL, "old.csv.gz" },
    { "a web page", "m.csv", "<html><body>moved</body></html>", NULL, "m.csv" },
    { "cut JSON", "cut.json", "[{\"uid\":", NULL, "cut.json" },
    { "a link to elsewhere", "passwd.csv", NULL, "/etc/passwd", "passwd.csv is a link" },
    { "a link to nowhere", "gone.csv", NULL, "/nowhere", "gone.csv is a link" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Folder) folder = make_folder ();
      g_autofree char *link = g_build_filename (folder, rows[i].name, NULL);
      g_autoptr (TbPbx) pbx = watch (folder, "", NULL);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *uids = NULL;

      put (folder, "a.csv", HEAD ROW ("before"), 300);
      put (folder, "z.csv", HEAD ROW ("after"), 100);
      if (rows[i].link != NULL)
        g_assert_cmpint (symlink (rows[i].link, link), ==, 0);
      else
        put (folder, rows[i].name, rows[i].text, 200);
      collected = tb_pbx_collect (pbx, 0, 1);
      uids = uids_of (collected);
      g_assert_error (collected->error, TB_ERROR, TB_ERROR_INVALID_INPUT);
      g_test_message ("%s: %s", rows[i].why, collected->error->message);
      g_assert_nonnull (strstr (collected->error->message, rows[i].says));
      g_assert_cmpstr (uids, ==, "before after");
    }
}

/* ---- what is known, what is being written ---- */

static void
test_known (void)
{
  g_autoptr (Folder) folder = make_folder ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  static const struct { const char *why, *text; gint64 age; const char *uids; } rows[] = {
    { "new", HEAD ROW ("a"), 100, "a" },
    { "the same", HEAD ROW ("a"), 100, "" },
    { "it has grown", HEAD ROW ("a") ROW ("b"), 50, "a b" },
    { "the same length, but written again", HEAD ROW ("a") ROW ("c"), 40, "a c" },
    { "the same", HEAD ROW ("a") ROW ("c"), 40, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbPbx) pbx = watch (folder, "", known);
      g_autoptr (TbCollected) collected = NULL;
      g_autofree char *uids = NULL;
      g_autofree char *path = g_build_filename (folder, "Master.csv", NULL);
      struct stat info;

      g_test_message ("%s", rows[i].why);
      if (i == 0 || strcmp (rows[i].text, rows[i - 1].text) != 0) /* else its time is what it was */
        put (folder, "Master.csv", rows[i].text, rows[i].age);
      collected = tb_pbx_collect (pbx, 0, 1);
      uids = uids_of (collected);
      g_assert_cmpstr (uids, ==, rows[i].uids);
      g_assert_cmpint (stat (path, &info), ==, 0);
      if (collected->file != NULL)
        g_hash_table_replace (known, g_strdup (collected->file), g_strdup (collected->version));
    }
  g_assert_cmpuint (g_hash_table_size (known), ==, 1);
}

static void
test_whole_lines (void)
{
  static const struct { const char *why, *text; gint64 whole; } rows[] = {
    { "nothing", "", 0 },
    { "whole", "a,b\nc,d\n", 8 },
    { "the last line is not", "a,b\nc,", 4 },
    { "none is", "a,b", 0 },
    { "Windows", "a,b\r\nc\r", 5 },
    { "JSON", "[{\"a\":1},\n{\"a\":", 0 },
    { "XML after a blank", " \n<cdr>\n", 0 },
  };
  g_autoptr (Folder) folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  g_autofree char *text = g_strnfill (200000, 'x');

  for (guint i = 0; i <= G_N_ELEMENTS (rows); i++)
    {
      gboolean is_long = i == G_N_ELEMENTS (rows); /* a last line of several blocks */
      int fd;

      memcpy (text, "a\nb\n", 4);
      g_test_message ("%s", is_long ? "long" : rows[i].why);
      put (folder, "a", is_long ? text : rows[i].text, 0);
      fd = g_open (path, O_RDONLY, 0);
      g_assert_cmpint (tb_file_count_whole_lines (fd, lseek (fd, 0, SEEK_END)), ==, is_long ? 4 : rows[i].whole);
      close (fd);
    }
}

/* Somebody writes row by row while the folder is read. */
static gpointer
write_on (gpointer data)
{
  const char *path = data;
  int file = g_open (path, O_WRONLY | O_APPEND, 0);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *row = g_strdup_printf (ROW ("w%03u"), i);

      g_assert_cmpint (write (file, row, strlen (row)), ==, (gssize) strlen (row));
      g_usleep (500);
    }
  close (file);
  return NULL;
}

static void
test_growing (void)
{
  g_autoptr (Folder) folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "Master.csv", NULL);
  guint last = 0;
  GThread *writer;

  put (folder, "Master.csv", HEAD, 0);
  writer = g_thread_new ("writer", write_on, path);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (TbPbx) pbx = watch (folder, "", NULL);
      g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, 0, 1);

      g_assert_no_error (collected->error);
      g_assert_cmpuint (collected->rejects, ==, 0);
      g_assert_cmpuint (collected->calls, >=, last);
      last = collected->calls;
    }
  g_thread_join (writer);
  {
    g_autoptr (TbPbx) pbx = watch (folder, "", NULL);
    g_autoptr (TbCollected) collected = tb_pbx_collect (pbx, 0, 1);

    g_assert_cmpuint (collected->calls, ==, 400);
    g_assert_nonnull (collected->version); /* at rest now */
  }
}

/* ---- testing a connection ---- */

static void
test_test (void)
{
  static const struct { const char *name, *text; int code; const char *says; } rows[] = {
    { NULL, NULL, -1, "pbx 1: 0 files, 0 new." },
    { "a.csv", HEAD ROW ("a") ROW ("b"), -1, "pbx 1: 1 file, 1 new. 2 calls can be read in a.csv." },
    { "a.csv", "no calls\n", TB_ERROR_INVALID_INPUT, "a.csv: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Folder) folder = make_folder ();
      g_autoptr (TbPbx) pbx = watch (folder, "", NULL);
      g_autofree char *said = NULL;
      int code;

      if (rows[i].name != NULL)
        put (folder, rows[i].name, rows[i].text, 100);
      said = tb_pbx_collect_test (pbx, &code);
      g_test_message ("%s", said);
      g_assert_cmpint (code, ==, rows[i].code);
      g_assert_true (g_str_has_prefix (said, rows[i].says));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/folder/names", test_names);
  g_test_add_func ("/connectors/folder/addresses", test_addresses);
  g_test_add_func ("/connectors/folder/unreadable", test_unreadable);
  g_test_add_func ("/connectors/folder/known", test_known);
  g_test_add_func ("/connectors/folder/whole-lines", test_whole_lines);
  g_test_add_func ("/connectors/folder/growing", test_growing);
  g_test_add_func ("/connectors/folder/test", test_test);
  return g_test_run ();
}
