/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "tb-call-store.h"
#include "tb-connection-store.h"
#include "tb-connections-page.h"
#include "tb-fake-server.h"
#include "workstation.h"

/* The page of connections as a clerk uses it: add, test, look at a preview, save, sync, and what the history says then. The PBX is a server of
 * this test. */

#define SECRET "s3cr3t-of-the-new-one"

static GtkWidget *
page_of (TbWindow *window)
{
  return GTK_WIDGET (tb_window_get_page (window));
}

static gboolean
has_no_dialog (gpointer window)
{
  return workstation_get_dialog (window) == NULL;
}

static void
close_dialog (TbWindow *window)
{
  gtk_window_destroy (workstation_get_dialog (window));
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
}

static void
enter (TbWindow *window, GtkWidget *dialog, const char *field, const char *text)
{
  GtkWidget *row = workstation_find (dialog, ADW_TYPE_ENTRY_ROW, field);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  workstation_settle (window);
}

static gboolean
can_press (GtkWidget *dialog, const char *name)
{
  GtkWidget *button = workstation_find (dialog, GTK_TYPE_BUTTON, name);

  return button != NULL && gtk_widget_is_sensitive (button);
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

/* The form of a new FusionPBX, with everything but a name. */
static GtkWidget *
open_form (TbWindow *window, TbFakeServer *server)
{
  GtkWidget *dialog, *search;

  tb_window_show_page (window, "connections", NULL);
  workstation_settle (window);
  workstation_press (window, GTK_WIDGET (window), "Add…");
  dialog = workstation_wait_for_dialog (window);
  search = workstation_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "fusionpbx");
  workstation_settle (window);
  workstation_settle (window); /* a search entry waits a little for more */
  workstation_settle (window);
  g_assert_false (workstation_says (dialog, "FreePBX"));
  g_signal_emit_by_name (search, "activate");
  workstation_settle (window);
  g_assert_false (can_press (dialog, "Save"));
  enter (window, dialog, "Address", tb_fake_server_get_url (server));
  return dialog;
}

static const TbConnection *
find_connection (TbWindow *window, const char *name)
{
  return tb_setup_find_connection (tb_books_get_setup (tb_window_get_books (window)), name);
}

/* ---- a field by itself ---- */

static void
test_fields (void)
{
  static const struct { const char *field, *text, *says, *why; } rows[] = {
    { "Address", "http://pbx.example.com", "https", "a key is not sent in the open" },
    { "Address", "https://user:hunter2@pbx.example.com", "password", "no secret in the books" },
    { "Time zone", "Mars/Olympus", "Mars/Olympus", "a zone that is none" },
    { "Calls from (year-month-day)", "yesterday", "yesterday", "a day that is none" },
    { "Name", "pbx-berlin", "pbx-berlin", "another one's name" },
  };
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_form (window, server);

  enter (window, dialog, "Name", "new pbx");
  g_assert_true (can_press (dialog, "Save"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = workstation_find (dialog, ADW_TYPE_ENTRY_ROW, rows[i].field);
      g_autofree char *before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

      g_test_message ("%s", rows[i].why);
      enter (window, dialog, rows[i].field, rows[i].text);
      g_assert_false (can_press (dialog, "Save"));
      g_assert_false (can_press (dialog, "Test"));
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      g_assert_true (workstation_says (dialog, rows[i].says));
      enter (window, dialog, rows[i].field, before);
      g_assert_true (can_press (dialog, "Save"));
    }
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 0);
  close_dialog (window);
  g_assert_null (find_connection (window, "new pbx"));
  workstation_close (window);
}

/* ---- from nothing to calls ---- */

static void
test_add (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_form (window, server), *every;
  g_autoptr (TbConnectionState) state = NULL;

  g_setenv ("TOLLBOOK_SECRET_NEW_PBX", SECRET, TRUE);
  enter (window, dialog, "Name", "new pbx");
  enter (window, dialog, "Calls from (year-month-day)", "2026-11-02");

  /* Tested before it is there: first with a permission missing, then well. */
  answer_with (server, "fusionpbx_export_denied.txt");
  workstation_press (window, dialog, "Test");
  workstation_wait_for_words (dialog, "permission");
  g_assert_null (find_connection (window, "new pbx"));
  answer_with (server, "fusionpbx_export_all.csv");
  workstation_press (window, dialog, "Test");
  workstation_wait_for_words (dialog, "answered: ");
  g_assert_nonnull (strstr (tb_fake_server_get_body (server), "key=" SECRET));
  g_assert_null (find_connection (window, "new pbx"));

  workstation_press (window, dialog, "Save");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  g_assert_cmpstr (find_connection (window, "new pbx")->kind, ==, "fusionpbx");
  g_assert_cmpint (find_connection (window, "new pbx")->since, ==, tb_day_from_ymd (2026, 11, 2));
  g_assert_true (workstation_says (page_of (window), "new pbx"));

  workstation_press (window, page_of (window), "Sync Now");
  workstation_wait_for_words (page_of (window), "Collected: ");
  workstation_settle (window);
  g_assert_true (workstation_says (page_of (window), "26 read · 25 new · 1 duplicate"));
  g_assert_false (workstation_says (page_of (window), SECRET));

  /* The schedule is the books' as soon as it is chosen. */
  every = workstation_find (page_of (window), ADW_TYPE_COMBO_ROW, "Collect");
  adw_combo_row_set_selected (ADW_COMBO_ROW (every), 4);
  workstation_settle (window);
  state = tb_connection_store_get_state (tb_books_get_store (tb_window_get_books (window)), "new pbx", NULL);
  g_assert_cmpint (state->every, ==, 3600);
  g_assert_true (workstation_says (page_of (window), "Every 1 hour"));
  g_assert_true (workstation_says (page_of (window), "52 read · 25 new · 27 duplicate")); /* of the run: two days, the same answer for both */

  /* It has calls now, so it stays. */
  gtk_widget_activate_action (page_of (window), "connection.remove", NULL);
  dialog = workstation_wait_for_dialog (window);
  workstation_press (window, dialog, "Remove");
  workstation_wait_for_words (workstation_wait_for_dialog (window), "25 calls");
  close_dialog (window);
  g_assert_nonnull (find_connection (window, "new pbx"));
  workstation_close (window);
}

static void
test_edit_and_remove (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_form (window, server);

  enter (window, dialog, "Name", "short lived");
  workstation_press (window, dialog, "Save");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  workstation_press (window, page_of (window), "Edit…");
  dialog = workstation_wait_for_dialog (window);
  g_assert_false (gtk_widget_is_sensitive (workstation_find (dialog, ADW_TYPE_ENTRY_ROW, "Name")));
  enter (window, dialog, "Time zone", "America/Toronto");
  workstation_press (window, dialog, "Save");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  g_assert_cmpstr (find_connection (window, "short lived")->time_zone, ==, "America/Toronto");

  gtk_widget_activate_action (page_of (window), "connection.remove", NULL);
  workstation_press (window, workstation_wait_for_dialog (window), "Remove");
  workstation_settle (window);
  g_assert_null (find_connection (window, "short lived"));
  workstation_close (window);
}

/* ---- what a PBX has, before it is stored ---- */

static void
test_preview (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_form (window, server);
  guint64 before[TB_CALL_N_STATUS], after[TB_CALL_N_STATUS];
  GtkSelectionModel *rows;
  TbStore *store;

  g_setenv ("TOLLBOOK_SECRET_TO_BE_SEEN", SECRET, TRUE);
  enter (window, dialog, "Name", "to be seen");
  workstation_press (window, dialog, "Save");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  store = tb_books_get_store (tb_window_get_books (window));
  g_assert_true (tb_call_store_count_statuses (store, 0, 0, NULL, before, NULL));

  answer_with (server, "fusionpbx_export_all.csv");
  workstation_press (window, page_of (window), "Preview…");
  dialog = workstation_wait_for_dialog (window);
  workstation_wait_for_words (dialog, "104 calls since "); /* the same 26 for each of four days: then a hundred are there */
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 4);
  rows = gtk_column_view_get_model (GTK_COLUMN_VIEW (workstation_find (dialog, GTK_TYPE_COLUMN_VIEW, NULL)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 100);
  close_dialog (window);
  g_assert_true (tb_call_store_count_statuses (store, 0, 0, NULL, after, NULL));
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    g_assert_cmpuint (after[i], ==, before[i]);

  /* What is wrong is said in its place. */
  tb_fake_server_set (server, TB_FAKE_ANSWER, 302, "Location", "/?path=%2Fapp%2Fxml_cdr", "", -1);
  workstation_press (window, page_of (window), "Preview…");
  workstation_wait_for_words (workstation_wait_for_dialog (window), "log in");
  close_dialog (window);
  workstation_close (window);
}

/* ---- filters ---- */

static guint
count_filters (TbWindow *window)
{
  return tb_books_get_setup (tb_window_get_books (window))->filters->len;
}

static void
test_filters (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  guint before = count_filters (window);
  GtkWidget *dialog;

  tb_window_show_page (window, "connections", "pbx-berlin");
  workstation_settle (window);
  workstation_press (window, page_of (window), "Add a filter");
  dialog = workstation_wait_for_dialog (window);
  enter (window, dialog, "Pattern", "44[2");
  g_assert_false (can_press (dialog, "Add"));
  enter (window, dialog, "Pattern", "+44*, 44*");
  workstation_wait_for_words (dialog, "They cost ");
  g_assert_cmpuint (count_filters (window), ==, before);
  workstation_press (window, dialog, "Add");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  g_assert_cmpuint (count_filters (window), ==, before + 1);
  g_assert_true (workstation_says (page_of (window), "Calls to +44*, 44*"));
  workstation_press (window, page_of (window), "Remove the filter");
  workstation_settle (window);
  g_assert_cmpuint (count_filters (window), ==, before);
  workstation_close (window);
}

/* ---- tenants without a service ---- */

static guint64
count_without_service (TbWindow *window)
{
  guint64 counts[TB_CALL_N_STATUS];

  g_assert_true (tb_call_store_count_statuses (tb_books_get_store (tb_window_get_books (window)), 0, 0, NULL, counts, NULL));
  return counts[TB_CALL_NO_SERVICE] + counts[TB_CALL_UNRATED];
}

static void
test_tenants (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_form (window, server);
  guint services;
  guint64 lacking;

  g_setenv ("TOLLBOOK_SECRET_WITH_TENANTS", SECRET, TRUE);
  enter (window, dialog, "Name", "with tenants");
  enter (window, dialog, "Calls from (year-month-day)", "2026-11-02");
  workstation_press (window, dialog, "Save");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  answer_with (server, "fusionpbx_export_all.csv");
  workstation_press (window, page_of (window), "Sync Now");
  workstation_wait_for_words (page_of (window), "Collected: ");
  workstation_settle (window);
  services = tb_books_get_setup (tb_window_get_books (window))->services->len;
  lacking = count_without_service (window);

  workstation_press (window, page_of (window), "Find New…");
  dialog = workstation_wait_for_dialog (window);
  workstation_wait_for_words (dialog, "birch.pbx.example.com");
  g_assert_false (can_press (dialog, "Assign"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (workstation_find (dialog, GTK_TYPE_CHECK_BUTTON, "acme.pbx.example.com")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (workstation_find (dialog, GTK_TYPE_CHECK_BUTTON, "birch.pbx.example.com")), TRUE);
  workstation_wait_for_words (dialog, "nobody is suggested");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (workstation_find (dialog, GTK_TYPE_DROP_DOWN, "Client")), 1);
  workstation_press (window, dialog, "Preview");
  workstation_wait_for_words (dialog, "get a price");
  g_assert_cmpuint (tb_books_get_setup (tb_window_get_books (window))->services->len, ==, services);
  workstation_press (window, dialog, "Assign");
  workstation_wait (has_no_dialog, window);
  workstation_settle (window);
  g_assert_cmpuint (tb_books_get_setup (tb_window_get_books (window))->services->len, ==, services + 2);
  g_assert_cmpuint (count_without_service (window), <, lacking);
  workstation_close (window);
}

static void
take_day (GtkWidget *widget, gpointer data)
{
  GtkWidget **day = data;

  if (*day == NULL && gtk_widget_has_css_class (widget, "day"))
    *day = widget;
}

/* Whether its calls are all there: a day is chosen by its button, which says the same to who cannot see it; what could not be read is listed. */
static void
test_proof (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *day = NULL;

  tb_window_show_page (window, "connections", NULL);
  workstation_settle (window);
  workstation_wait_for_words (page_of (window), "Are All Calls There?");
  workstation_walk (page_of (window), take_day, &day);
  g_assert_nonnull (day);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (day), "202")); /* "3 November 2026: …" */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (day), TRUE);
  workstation_settle (window);
  g_assert_true (workstation_says (page_of (window), gtk_widget_get_tooltip_text (day)));
  workstation_close (window);
}

static void
take_row (GtkWidget *widget, gpointer data)
{
  if (ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (data, widget);
}

static GPtrArray *
rows_of (TbWindow *window)
{
  GPtrArray *rows = g_ptr_array_new ();

  workstation_walk (page_of (window), take_row, rows);
  return rows;
}

/* The books change each second while calls are collected: what did not change is not made anew. */
static void
test_kept (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  GtkWidget *day = NULL, *same_day = NULL;

  tb_window_show_page (window, "connections", NULL);
  workstation_settle (window);
  workstation_wait_for_words (page_of (window), "Are All Calls There?");
  before = rows_of (window);
  workstation_walk (page_of (window), take_day, &day);
  g_assert_cmpuint (before->len, >, 10);
  g_assert_nonnull (day);
  for (guint i = 0; i < 3; i++)
    {
      tb_books_refresh (tb_window_get_books (window));
      workstation_settle (window);
    }
  after = rows_of (window);
  workstation_walk (page_of (window), take_day, &same_day);
  g_assert_true (day == same_day);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (before->pdata[i] == after->pdata[i]);
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/connections/fields", test_fields);
  g_test_add_func ("/connections/add", test_add);
  g_test_add_func ("/connections/edit-and-remove", test_edit_and_remove);
  g_test_add_func ("/connections/preview", test_preview);
  g_test_add_func ("/connections/filters", test_filters);
  g_test_add_func ("/connections/tenants", test_tenants);
  g_test_add_func ("/connections/proof", test_proof);
  g_test_add_func ("/connections/kept", test_kept);
  return g_test_run ();
}
