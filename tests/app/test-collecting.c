/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tb-call-writer.h"
#include "tb-clock.h"
#include "tb-collector.h"
#include "tb-connection-edit.h"
#include "tb-connection-store.h"
#include "tb-connections-page.h"
#include "tb-fake-server.h"
#include "sample-books.h"
#include "tb-run.h"
#include "tb-text.h"
#include "workstation.h"

/* Collecting while nobody looks: in the background of the window, with a notification when it fails for too long; and by systemd while there is no
 * window. And what came of it on the page: days, records that could not be read. */

#define NAME "new pbx"

/* ---- what the desktop is told: these stand in the place of GIO's own ---- */

static GPtrArray *told; /* "send new pbx", "withdraw new pbx" */

void
g_application_send_notification (GApplication *application, const char *id, GNotification *notification)
{
  g_assert_true (G_IS_NOTIFICATION (notification));
  g_ptr_array_add (told, g_strconcat ("send ", id, NULL));
}

void
g_application_withdraw_notification (GApplication *application, const char *id)
{
  g_ptr_array_add (told, g_strconcat ("withdraw ", id, NULL));
}

static void
assert_told (const char *what)
{
  if (what == NULL)
    {
      g_assert_cmpuint (told->len, ==, 0);
      return;
    }
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpstr (told->pdata[0], ==, what);
  g_ptr_array_set_size (told, 0);
}

/* ---- the books ---- */

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  tb_session_run_finish (TB_SESSION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
change_books (TbWindow *window, TbSessionFunc func, gpointer data)
{
  gboolean done = FALSE;

  tb_session_run_async (tb_books_get_session (tb_window_get_books (window)), NULL, TRUE, func, data, NULL, NULL, ran_cb, &done);
  workstation_wait (is_set, &done);
  workstation_settle (window);
  workstation_settle (window);
}

/* Only the one of the test is due, and it may fail for an hour. */
static gpointer
add_connection (TbStore *store, TbJob *job, gpointer url, GError **error)
{
  g_autoptr (TbConnection) connection = tb_connection_new ();
  g_autoptr (GPtrArray) states = tb_connection_store_list_states (store, error);

  for (guint i = 0; i < states->len; i++)
    g_assert_true (tb_connection_store_set_schedule (store, ((TbConnectionState *) states->pdata[i])->name, 0, 0, error));
  tb_set_str (&connection->name, NAME);
  tb_set_str (&connection->kind, strstr (url, "/cdr") != NULL ? "push" : "fusionpbx");
  tb_set_str (&connection->url, url);
  connection->since = tb_day_from_ymd (2026, 11, 2);
  return tb_connection_edit_save (store, connection, TRUE, error) && tb_connection_store_set_schedule (store, NAME, 300, 3600, error) ? TB_RUN_OK : NULL;
}

static gpointer
add_bad_records (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_autoptr (TbCallWriter) writer = tb_call_writer_begin (store, "pbx-hamburg", "broken.csv", "csv", error);
  TbImportCounts counts;

  return writer != NULL && tb_call_writer_reject (writer, 7, "it has no start", "4401;;12", 8, error)
                 && tb_call_writer_reject (writer, 9, "it has no end", "4402;<b>;\001", 10, error) && tb_call_writer_finish (writer, &counts, error)
             ? TB_RUN_OK
             : NULL;
}

/* ---- in the background ---- */

static TbConnectionState *
get_state (TbWindow *window)
{
  TbConnectionState *state = tb_connection_store_get_state (tb_books_get_store (tb_window_get_books (window)), NAME, NULL);

  g_assert_nonnull (state);
  return state;
}

typedef struct
{
  TbWindow *window;
  gint64 run;
} Since;

static gboolean
has_run (gpointer data)
{
  const Since *since = data;
  g_autoptr (TbConnectionState) state = get_state (since->window);

  return state->last_run > since->run;
}

/* It is some time later, and the collector looks; the connection is due. */
static void
look_at (TbWindow *window, TbCollector *collector, const char *now)
{
  g_autoptr (TbConnectionState) before = get_state (window);

  g_setenv ("TOLLBOOK_NOW", now, TRUE);
  tb_collector_look (collector);
  workstation_wait (has_run, &(Since){ window, before->last_run });
  workstation_settle (window);
}

static void
answer_with (TbFakeServer *server, const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", file, NULL);
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, data, (gssize) len);
}

static gboolean
is_withdrawn (gpointer data)
{
  return told->len > 0;
}

static void
test_collector (void)
{
  g_autofree char *now = g_strdup (g_getenv ("TOLLBOOK_NOW"));
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (TbCollector) collector = tb_collector_new (tb_window_get_books (window));
  g_autoptr (TbConnectionState) state = NULL;

  change_books (window, add_connection, (gpointer) tb_fake_server_get_url (server));
  answer_with (server, "fusionpbx_export_denied.txt");
  look_at (window, collector, "2026-11-03T10:00:00Z");
  assert_told (NULL); /* it has only just begun to fail */
  look_at (window, collector, "2026-11-03T10:50:00Z");
  assert_told (NULL);
  look_at (window, collector, "2026-11-03T12:00:00Z");
  assert_told ("send " NAME);
  look_at (window, collector, "2026-11-03T18:00:00Z");
  assert_told (NULL); /* once is enough */

  answer_with (server, "fusionpbx_export_all.csv");
  look_at (window, collector, "2026-11-04T06:00:00Z");
  workstation_wait (is_withdrawn, NULL);
  assert_told ("withdraw " NAME);
  state = get_state (window);
  g_assert_cmpuint (state->calls, ==, 25);
  g_assert_null (state->last_error);

  tb_collector_stop (collector);
  workstation_close (window);
  g_setenv ("TOLLBOOK_NOW", now, TRUE);
}

/* ---- while there is no window ---- */

static char *folder;

/* A systemd whose units are off until they are switched on; `dead` = there is none for this user. */
static void
make_systemctl (gboolean dead)
{
  g_autofree char *path = g_build_filename (folder, "systemctl", NULL);
  g_autofree char *script = dead ? g_strdup ("#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n")
                                 : g_strdup_printf ("#!/bin/sh\ncase \"$*\" in\n*' enable '*) for last; do :; done; printf '%%s' \"$last\" >'%s/on' ;;\n"
                                                    "*' disable '*) rm '%s/on' ;;\n*) echo LoadState=loaded; echo Result=success\n"
                                                    "if [ -f '%s/on' ]; then echo UnitFileState=enabled; echo ActiveState=active; echo NextElapseUSecRealtime=@1793779200\n"
                                                    "else echo UnitFileState=disabled; echo ActiveState=inactive; fi ;;\nesac\n",
                                                    folder, folder, folder);

  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
}

/* Demo books have nobody to collect from, and no switch for it: these are none. */
static TbWindow *
open_own_books (void)
{
  g_autofree char *path = g_build_filename (folder, "own.tollbook", NULL);
  TbWindow *window = workstation_open (FALSE, 1280, 800);
  TbStore *store;

  sample_books_make (path);
  store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
  g_assert_true (tb_store_set_setting (store, "demo", NULL, NULL));
  tb_store_close (store);
  g_assert_true (tb_window_open_books (window, path));
  workstation_settle (window);
  return window;
}

static GtkWidget *
page_of (TbWindow *window)
{
  return GTK_WIDGET (tb_window_get_page (window));
}

static GtkWidget *
find_switch (TbWindow *window, const char *name)
{
  GtkWidget *toggle = workstation_find (page_of (window), GTK_TYPE_SWITCH, name);

  g_assert_nonnull (toggle);
  return toggle;
}

static const struct
{
  const char *url, *name, *off, *on, *unit;
} switches[] = {
  { "http://127.0.0.1:1", "Collect while Tollbook is closed", "as long as you are logged in", "looked at next at 2026-11-04", "tollbook-sync@" },
  { "http://127.0.0.1:8089/cdr", "Receive posted calls", "Off · http://127.0.0.1:8089/cdr, from this computer only", "Receiving · ", "tollbook-receive@new\\x20pbx." },
};

static void
test_switches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      TbWindow *window = open_own_books ();
      g_autofree char *noted = g_build_filename (folder, "on", NULL), *unit = NULL;

      make_systemctl (FALSE);
      change_books (window, add_connection, (gpointer) switches[i].url);
      tb_window_show_page (window, "connections", NAME);
      workstation_settle (window);
      workstation_wait_for_words (page_of (window), switches[i].off);
      g_assert_false (gtk_switch_get_active (GTK_SWITCH (find_switch (window, switches[i].name))));
      g_assert_false (g_file_test (noted, G_FILE_TEST_EXISTS));

      /* As the space bar does it. */
      gtk_widget_grab_focus (find_switch (window, switches[i].name));
      gtk_widget_activate (find_switch (window, switches[i].name));
      workstation_wait_for_words (page_of (window), switches[i].on);
      g_assert_true (gtk_switch_get_state (GTK_SWITCH (find_switch (window, switches[i].name))));
      g_assert_true (g_file_get_contents (noted, &unit, NULL, NULL));
      g_assert_true (g_str_has_prefix (unit, switches[i].unit));

      gtk_widget_activate (find_switch (window, switches[i].name));
      workstation_wait_for_words (page_of (window), switches[i].off);
      g_assert_false (g_file_test (noted, G_FILE_TEST_EXISTS));
      workstation_close (window);
    }
}

static void
test_no_session (void)
{
  TbWindow *window = open_own_books ();

  make_systemctl (TRUE);
  change_books (window, add_connection, (gpointer) switches[0].url);
  tb_window_show_page (window, "connections", NAME);
  workstation_settle (window);
  workstation_wait_for_words (page_of (window), "no session of systemd");
  g_assert_false (gtk_widget_is_sensitive (find_switch (window, switches[0].name)));
  workstation_close (window);
}

/* ---- what could not be read ---- */

static void
test_set_aside (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog, *row;

  tb_window_show_page (window, "connections", "pbx-hamburg");
  workstation_settle (window);
  change_books (window, add_bad_records, NULL); /* two, beside the one of the sample */
  workstation_wait_for_words (page_of (window), "Records that could not be read");
  row = workstation_find (page_of (window), ADW_TYPE_ACTION_ROW, "Records that could not be read");
  g_assert_nonnull (row);
  gtk_widget_activate (row);
  workstation_wait_for_dialog (window);
  dialog = GTK_WIDGET (workstation_get_dialog (window));
  workstation_wait_for_words (dialog, "3 records could not be read.");
  g_assert_true (workstation_says (dialog, "it has no start"));
  g_assert_true (workstation_says (dialog, "broken.csv, line 7"));
  g_assert_true (workstation_says (dialog, "4402;<b>;"));

  workstation_press (window, dialog, "Dismiss the record");
  workstation_wait_for_words (dialog, "2 records could not be read.");
  g_assert_false (workstation_says (dialog, "it has no end")); /* the newest was the first */
  workstation_press (window, dialog, "Undo");
  workstation_wait_for_words (dialog, "3 records could not be read.");
  workstation_press (window, dialog, "Dismiss All");
  workstation_wait_for_words (dialog, "Every record could be read.");
  gtk_window_close (GTK_WINDOW (dialog));
  workstation_settle (window);
  g_assert_false (workstation_says (page_of (window), "Set Aside"));
  workstation_close (window);
}

/* ---- days ---- */

static void
test_days (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *day;

  /* One that never brought anything. */
  make_systemctl (TRUE);
  change_books (window, add_connection, (gpointer) switches[0].url);
  tb_window_show_page (window, "connections", NAME);
  workstation_settle (window);
  day = workstation_find (page_of (window), GTK_TYPE_TOGGLE_BUTTON, "1 November 2026: not read, or not all of it, 0 calls");
  g_assert_nonnull (day);
  workstation_press (window, page_of (window), "Previous month");
  g_assert_nonnull (workstation_find (page_of (window), GTK_TYPE_TOGGLE_BUTTON, "31 October 2026: not read, or not all of it, 0 calls"));
  workstation_press (window, page_of (window), "Next month");
  g_assert_false (gtk_widget_is_sensitive (workstation_find (page_of (window), GTK_TYPE_BUTTON, "Next month")));
  day = workstation_find (page_of (window), GTK_TYPE_TOGGLE_BUTTON, "1 November 2026: not read, or not all of it, 0 calls");
  gtk_widget_grab_focus (day);
  gtk_widget_activate (day); /* as the space bar does it, which shows it pressed for a while */
  workstation_wait_for_words (page_of (window), "1 November 2026: not read");
  g_assert_null (workstation_find (page_of (window), GTK_TYPE_BUTTON, "Show Calls"));
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL, *systemctl = NULL;
  int result;

  told = g_ptr_array_new_with_free_func (g_free);
  folder = g_dir_make_tmp ("tollbook-units-XXXXXX", NULL);
  path = g_strconcat (folder, ":", g_getenv ("PATH"), NULL);
  systemctl = g_build_filename (folder, "systemctl", NULL);
  g_setenv ("PATH", path, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("TOLLBOOK_SECRET_NEW_PBX", "s3cr3t", TRUE);
  g_setenv ("TOLLBOOK_PATIENCE", "1", TRUE);
  g_setenv ("no_proxy", "*", TRUE);
  workstation_start (&argc, &argv);
  g_test_add_func ("/collecting/collector", test_collector);
  g_test_add_func ("/collecting/switches", test_switches);
  g_test_add_func ("/collecting/no-session", test_no_session);
  g_test_add_func ("/collecting/set-aside", test_set_aside);
  g_test_add_func ("/collecting/days", test_days);
  result = g_test_run ();
  g_remove (systemctl);
  g_rmdir (folder);
  g_free (folder);
  g_ptr_array_unref (told);
  return result;
}
