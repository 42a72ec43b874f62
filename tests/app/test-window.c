/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "sample-books.h"
#include "tb-call-card.h"
#include "tb-calls-page.h"
#include "tb-error.h"
#include "tb-id-list.h"
#include "tb-job.h"
#include "tb-jobs-button.h"
#include "tb-list-page.h"
#include "workstation.h"

#define N_PAGES 7

static GListModel *
get_calls (TbWindow *window)
{
  return G_LIST_MODEL (tb_calls_page_get_selection (TB_CALLS_PAGE (tb_window_get_page (window))));
}

static GtkWidget *
find (TbWindow *window, GType type, const char *name)
{
  GtkWidget *widget = workstation_find (GTK_WIDGET (window), type, name);

  if (widget == NULL)
    g_error ("There is no %s “%s”", g_type_name (type), name);
  return widget;
}

/* ---- names for those who do not see the screen ---- */

/* What a person can act on. Lists and tables are named too, because the keyboard stops there. */
static gboolean
is_control (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget)
         && (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_DROP_DOWN (widget)
             || GTK_IS_SWITCH (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_COLUMN_VIEW (widget));
}

static gboolean
says_something (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says_something (child))
      return TRUE;
  return FALSE;
}

/* The buttons of the window itself are libadwaita's; the text inside an entry row and the button inside a menu button are heard as the
 * row and the button around them. */
static gboolean
is_foreign (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL
         || (GTK_IS_TEXT (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL)
         || (GTK_IS_BUTTON (widget) && GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)));
}

static void
check_name (GtkWidget *widget, gpointer page)
{
  gboolean named;

  if (!is_control (widget) || is_foreign (widget))
    return;
  named = gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
          || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY)
          || (GTK_IS_BUTTON (widget) && says_something (widget));
  if (!named)
    {
      g_test_message ("%s: a %s in a %s has no accessible name", (const char *) page, G_OBJECT_TYPE_NAME (widget),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      g_test_fail ();
    }
}

/* ---- tests ---- */

static void
test_pages (void)
{
  static const struct { int width, height; } sizes[] = { { 1280, 800 }, { 1024, 600 }, { 768, 480 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      TbWindow *window = workstation_open (TRUE, sizes[i].width, sizes[i].height);

      for (guint page = 1; page <= N_PAGES; page++)
        {
          g_autofree char *name = g_strdup_printf ("page %u at %d×%d", page, sizes[i].width, sizes[i].height);

          workstation_show_page (window, page);
          workstation_walk (GTK_WIDGET (window), check_name, name);
          g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, sizes[i].width);
        }
      workstation_close (window);
    }
}

static void
test_filter (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GListModel *calls;
  guint all, some;

  workstation_show_page (window, 2);
  calls = get_calls (window);
  all = g_list_model_get_n_items (calls);
  g_assert_cmpuint (all, >, 1000);

  gtk_editable_set_text (GTK_EDITABLE (find (window, GTK_TYPE_SEARCH_ENTRY, "Number or filter")), "2348012345678");
  g_usleep (200 * 1000); /* the entry waits for more keys */
  workstation_settle (window);
  workstation_settle (window);
  some = g_list_model_get_n_items (calls);
  g_assert_cmpuint (some, >, 0);
  g_assert_cmpuint (some, <, all);

  /* The overview's links come this way. */
  tb_window_show_page (window, "calls", "status=13;month=2026-10");
  workstation_settle (window);
  g_assert_cmpuint (g_list_model_get_n_items (calls), <, all);
  tb_window_show_page (window, "calls", "client=C1001");
  workstation_settle (window);
  g_assert_cmpuint (g_list_model_get_n_items (calls), >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (calls), <, all);
  tb_window_show_page (window, "calls", "month=2020-01");
  workstation_settle (window);
  workstation_close (window);
}

/* An entry that is hidden with the focus in it makes GTK complain when its cursor blinks next. */
static void
test_focus (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  for (guint page = 2; page <= 4; page++)
    {
      gint64 until = g_get_monotonic_time () + 1500 * 1000;

      workstation_show_page (window, page);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.find", NULL);
      workstation_settle (window);
      workstation_show_page (window, 1);
      while (g_get_monotonic_time () < until)
        workstation_settle (window);
    }
  workstation_close (window);
}

static void
test_explanation (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *card;

  tb_window_show_page (window, "calls", "status=1");
  workstation_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-details", NULL);
  gtk_single_selection_set_selected (tb_calls_page_get_selection (TB_CALLS_PAGE (tb_window_get_page (window))), 0);
  workstation_settle (window);

  card = find (window, TB_TYPE_CALL_CARD, NULL);
  g_assert_nonnull (workstation_find (card, GTK_TYPE_LABEL, "Rated"));
  g_assert_nonnull (workstation_find (card, GTK_TYPE_LABEL, "Why This Charge"));
  workstation_walk (card, check_name, (gpointer) "the explanation");

  /* Read again, the same call is still chosen. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.refresh", NULL);
  workstation_settle (window);
  workstation_settle (window);
  g_assert_cmpuint (gtk_single_selection_get_selected (tb_calls_page_get_selection (TB_CALLS_PAGE (tb_window_get_page (window)))), ==, 0);
  g_assert_nonnull (workstation_find (card, GTK_TYPE_LABEL, "Rated"));
  workstation_close (window);
}

/* The trap of GTK 4.8 (11 to 25 seconds for three million rows): replacing the list must not fetch what nobody looks at. */
static TbItem *
make_item (gint64 id, gpointer data)
{
  return tb_item_new (g_strdup_printf ("%" G_GINT64_FORMAT, id), g_free);
}

static char *
format_item (gconstpointer value, gpointer data)
{
  return g_strdup (value);
}

static GArray *
make_ids (guint n)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (gint64 i = 0; i < n; i++)
    g_array_append_val (ids, i);
  return ids;
}

static void
test_long_list (void)
{
  static const TbColumn columns[] = { { "Id", 0, TRUE, format_item } };
  g_autoptr (TbIdList) list = tb_id_list_new (make_item, NULL);
  TbWindow *window = workstation_open (FALSE, 800, 600);
  GtkWidget *other = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);

  tb_columns_install (GTK_COLUMN_VIEW (view), columns, 1, NULL);
  tb_columns_set_model (GTK_COLUMN_VIEW (view), G_LIST_MODEL (list), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_window_set_child (GTK_WINDOW (other), scroller);
  gtk_window_set_default_size (GTK_WINDOW (other), 400, 400);
  gtk_window_present (GTK_WINDOW (other));
  for (guint i = 0; i < 3; i++)
    {
      tb_id_list_replace (list, make_ids (1000000 + i));
      workstation_settle (window);
    }
  g_assert_cmpuint (tb_id_list_get_fetched (list), >, 0);
  g_assert_cmpuint (tb_id_list_get_fetched (list), <, 5000);
  tb_columns_scroll_to (GTK_COLUMN_VIEW (view), 999999);
  workstation_settle (window);
  g_assert_cmpuint (tb_id_list_get_fetched (list), <, 7000);
  gtk_window_destroy (GTK_WINDOW (other));
  workstation_close (window);
}

static void
test_links (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbListPage *page;

  tb_window_show_page (window, "clients", "C1004");
  workstation_settle (window);
  page = TB_LIST_PAGE (tb_window_get_page (window));
  g_assert_cmpstr (TB_LIST_PAGE_GET_CLASS (page)->get_key (tb_list_page_get_selected (page)), ==, "C1004");
  g_assert_nonnull (workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_LABEL, "Unlimited Europe"));

  tb_window_show_page (window, "packages", "Prepaid world");
  workstation_settle (window);
  g_assert_nonnull (workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_LABEL, "In advance"));
  workstation_close (window);
}

/* Rates by the menu's way: action, dialog, response; then the job is in the popover. */
static void
test_rate (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GListModel *jobs = tb_session_get_jobs (tb_books_get_session (tb_window_get_books (window)));
  guint before = g_list_model_get_n_items (jobs);
  g_autoptr (TbJob) job = NULL;
  GtkWindow *dialog;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.rate", NULL);
  workstation_settle (window);
  dialog = workstation_get_dialog (window);
  g_assert_nonnull (dialog);
  workstation_walk (GTK_WIDGET (dialog), check_name, (gpointer) "rate");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  workstation_settle (window);
  g_assert_cmpuint (g_list_model_get_n_items (jobs), ==, before + 1);
  job = g_list_model_get_item (jobs, 0);
  g_assert_cmpint (tb_job_get_state (job), ==, TB_JOB_DONE);
  g_assert_true (gtk_widget_get_mapped (find (window, TB_TYPE_JOBS_BUTTON, NULL)));
  workstation_close (window);
}

static gpointer
wait_for_cancel (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  while (!tb_job_is_cancelled (job, error))
    g_usleep (1000);
  return NULL;
}

static void
job_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tb_session_run_finish (TB_SESSION (source), result, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static gboolean
cancel_there (gpointer data)
{
  return workstation_find (GTK_WIDGET (data), GTK_TYPE_BUTTON, "Cancel") != NULL;
}

static void
test_cancel (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (TbJob) job = tb_job_new ("Endless");
  GtkWidget *jobs;
  gboolean ended = FALSE;

  tb_session_run_async (tb_books_get_session (tb_window_get_books (window)), job, FALSE, wait_for_cancel, NULL, NULL, NULL, job_ended,
                        &ended);
  jobs = find (window, TB_TYPE_JOBS_BUTTON, NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (workstation_find (jobs, GTK_TYPE_MENU_BUTTON, NULL)));
  workstation_wait (cancel_there, window);
  workstation_walk (jobs, check_name, (gpointer) "jobs");
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, "Cancel"), "clicked");
  workstation_wait (is_true, &ended);
  g_assert_cmpint (tb_job_get_state (job), ==, TB_JOB_CANCELLED);
  workstation_close (window);
}

/* A window that is closed while something runs for it: the end of the work finds nobody, and that is fine. */
static void
test_close_while_working (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  gint64 until;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.check", NULL);
  workstation_close (window);
  until = g_get_monotonic_time () + 300 * 1000;
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_first_run (void)
{
  static const char *const fields[][2] = { { "Name", "Kleine Telefonie" }, { "Currency (three letters, as in EUR)", "eur" },
                                           { "Country (two letters, as in DE)", "DE" } };
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "first", "books.tollbook", NULL);
  TbWindow *window;

  g_setenv ("TOLLBOOK_BOOKS", path, TRUE);
  window = workstation_open (FALSE, 1024, 600);
  g_assert_null (tb_window_get_books (window));
  workstation_walk (GTK_WIDGET (window), check_name, (gpointer) "welcome");
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, "Set Up My Company"), "clicked");
  workstation_settle (window);
  workstation_walk (GTK_WIDGET (window), check_name, (gpointer) "company");

  /* A missing name is said, and nothing goes on. */
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, "Next"), "clicked");
  workstation_settle (window);
  workstation_settle (window);
  g_assert_nonnull (workstation_get_dialog (window));
  gtk_window_destroy (workstation_get_dialog (window));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (GTK_EDITABLE (find (window, ADW_TYPE_ENTRY_ROW, fields[i][0])), fields[i][1]);
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, "Next"), "clicked");
  workstation_settle (window);
  workstation_settle (window);
  for (guint step = 2; step <= 5; step++)
    {
      g_autofree char *name = g_strdup_printf ("step %u", step);

      workstation_walk (GTK_WIDGET (window), check_name, name);
      g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, "Skip"), "clicked");
      workstation_settle (window);
    }
  g_assert_nonnull (tb_window_get_books (window));
  g_assert_cmpstr (tb_books_get_setup (tb_window_get_books (window))->company->name, ==, "Kleine Telefonie");

  /* Every page of books that hold a company and nothing else. */
  for (guint page = 1; page <= N_PAGES; page++)
    {
      workstation_show_page (window, page);
      workstation_walk (GTK_WIDGET (window), check_name, (gpointer) "empty books");
    }
  workstation_close (window);
}

static void
test_dialogs (void)
{
  static const char *const window_actions[] = { "win.rate", "win.make-drafts", "win.show-help-overlay", "win.restore" };
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  for (guint i = 0; i < G_N_ELEMENTS (window_actions); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), window_actions[i], NULL);
      workstation_settle (window);
      g_assert_nonnull (workstation_get_dialog (window));
      gtk_window_destroy (workstation_get_dialog (window));
      workstation_settle (window);
      g_assert_null (workstation_get_dialog (window));
    }
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "about", NULL);
  workstation_settle (window);
  g_assert_nonnull (workstation_get_dialog (window));
  gtk_window_destroy (workstation_get_dialog (window));

  /* A file that is no books is refused in words. */
  g_assert_false (tb_window_open_books (window, "/nonexistent/books.tollbook"));
  workstation_settle (window);
  g_assert_nonnull (workstation_get_dialog (window));
  gtk_window_destroy (workstation_get_dialog (window));
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/window/pages", test_pages);
  g_test_add_func ("/window/filter", test_filter);
  g_test_add_func ("/window/focus", test_focus);
  g_test_add_func ("/window/explanation", test_explanation);
  g_test_add_func ("/window/long-list", test_long_list);
  g_test_add_func ("/window/links", test_links);
  g_test_add_func ("/window/rate", test_rate);
  g_test_add_func ("/window/cancel", test_cancel);
  g_test_add_func ("/window/close-while-working", test_close_while_working);
  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/dialogs", test_dialogs);
  return g_test_run ();
}
