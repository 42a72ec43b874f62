/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-calls-export.h"
#include "tb-calls-groups.h"
#include "tb-calls-item.h"
#include "tb-calls-page.h"
#include "tb-columns.h"
#include "tb-filter-bar.h"
#include "tb-filter-editor.h"
#include "tb-format.h"
#include "tb-rerating-dialog.h"
#include "tb-views-list.h"
#include "workstation.h"

/* The calls browser on the sample books: filters as chips and typed, the list that takes the place of another, and keys for all of it. */

static TbCallsPage *
page_of (TbWindow *window)
{
  return TB_CALLS_PAGE (tb_window_get_page (window));
}

static guint
count_calls (TbWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tb_calls_page_get_selection (page_of (window))));
}

static TbFilterBar *
filter_of (TbWindow *window)
{
  return TB_FILTER_BAR (workstation_find (GTK_WIDGET (page_of (window)), TB_TYPE_FILTER_BAR, NULL));
}

static void
settle (TbWindow *window)
{
  workstation_settle (window);
  workstation_settle (window);
}

static TbWindow *
open_calls (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  tb_window_show_page (window, "calls", NULL);
  settle (window);
  return window;
}

static void
press_named (TbWindow *window, const char *name)
{
  GtkWidget *button = workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  settle (window);
}

/* ---- what other pages ask for ---- */

static const struct { const char *item, *wanted; } items[] = {
  { "status=13;month=2026-10;client=C1", "status:no-rate start:2026-10 client:C1" },
  { "invoice=12 INV-2026-00001", "invoice:#12" },
  { "rates=17,23 Poland", "rate:17,23" },
  { "cost-rates=5", "cost-rate:5" },
  { "uid=a*b", "record:a\\*b" },
  { "day=2026-11-03 pbx", "start:2026-11-03 connection:pbx" },
  { "status=0;prefix=33", "status:unrated (to:33* or rated-number:33*)" },
  { "where=seconds>60 or to:49*", "seconds>60 or to:49*" },
  { "where=nonsense:", "" },
  { "order=3-;where=client:\"a;b\"", "client:a;b" },
};

static void
test_items (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (TbCallWhere) where = tb_calls_item_to_where (items[i].item, titles);
      g_autofree char *text = tb_call_where_to_string (where);

      g_assert_cmpstr (text, ==, items[i].wanted);
    }
}

/* ---- chips ---- */

static void
test_chips (void)
{
  TbWindow *window = open_calls ();
  TbFilterBar *filter = filter_of (window);
  guint all = count_calls (window), some, fewer;

  g_assert_cmpuint (all, >, 1000);
  g_assert_true (workstation_says (GTK_WIDGET (page_of (window)), "Showing "));

  tb_filter_bar_add_part (filter, tb_call_where_new_test (TB_WHERE_FIELD_DIRECTION, TB_WHERE_IS, "outbound"));
  settle (window);
  some = count_calls (window);
  g_assert_cmpuint (some, <, all);
  tb_filter_bar_add_part (filter, tb_call_where_new_test (TB_WHERE_FIELD_SECONDS, TB_WHERE_ABOVE, "60"));
  settle (window);
  fewer = count_calls (window);
  g_assert_cmpuint (fewer, <, some);

  /* The word between them lets either be enough. */
  press_named (window, "and");
  g_assert_cmpuint (tb_filter_bar_count_chips (filter), ==, 1);
  g_assert_cmpuint (count_calls (window), >=, some);

  tb_filter_bar_add_part (filter, tb_call_where_new_test (TB_WHERE_FIELD_STATUS, TB_WHERE_IS, "rated"));
  settle (window);
  press_named (window, "Remove “Status: Rated”");
  g_assert_cmpuint (tb_filter_bar_count_chips (filter), ==, 1);
  press_named (window, "Clear All");
  g_assert_cmpuint (tb_filter_bar_count_chips (filter), ==, 0);
  g_assert_cmpuint (count_calls (window), ==, all);
  workstation_close (window);
}

/* ---- the entry ---- */

static GtkWidget *
entry_of (TbWindow *window)
{
  return workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_SEARCH_ENTRY, NULL);
}

/* As a person does, who goes on where the text ends: another text altogether is an empty one first. */
static void
type (TbWindow *window, const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (entry_of (window));
  const char *before = gtk_editable_get_text (entry);
  int position = -1;

  if (*before != '\0' && g_str_has_prefix (text, before))
    gtk_editable_insert_text (entry, text + strlen (before), -1, &position);
  else
    gtk_editable_set_text (entry, text);
  g_signal_emit_by_name (entry_of (window), "search-changed");
  settle (window);
}

static void
test_entry (void)
{
  TbWindow *window = open_calls ();
  guint all = count_calls (window), some;

  type (window, "seconds>120");
  some = count_calls (window);
  g_assert_cmpuint (some, <, all);
  /* Half a filter changes nothing, and is told. */
  type (window, "seconds>120 client:");
  g_assert_cmpuint (count_calls (window), ==, some);
  g_assert_true (gtk_widget_has_css_class (entry_of (window), "error"));
  /* Enter keeps it as chips. */
  type (window, "seconds>120 direction:outbound");
  g_signal_emit_by_name (entry_of (window), "activate");
  settle (window);
  g_assert_cmpuint (tb_filter_bar_count_chips (filter_of (window)), ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (window))), ==, "");
  g_assert_cmpuint (count_calls (window), <=, some);
  /* Nothing is found, and that is said. */
  type (window, "to:0000000000");
  g_assert_true (workstation_says (GTK_WIDGET (page_of (window)), "No Calls Found"));
  type (window, "");
  g_assert_cmpuint (count_calls (window), >, 0);
  workstation_close (window);
}

/* ---- the editor ---- */

static const struct { const char *reason, *part; gboolean form; } parts[] = {
  { "a value", "client:C1", TRUE },
  { "not", "not status:rated,no-rate", TRUE },
  { "above", "seconds>60", TRUE },
  { "between", "charge:0.1..0.5", TRUE },
  { "a group is text alone", "client:C1 or seconds>60", FALSE },
};

static void
test_editor (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (TbCallWhere) where = tb_call_where_parse (parts[i].part, NULL);
      GtkWidget *editor = g_object_ref_sink (tb_filter_editor_new (where->parts->pdata[0], NULL, NULL));
      g_autoptr (TbCallWhere) again = tb_filter_editor_dup_where (TB_FILTER_EDITOR (editor));
      g_autofree char *text = tb_call_where_to_string (again);

      g_test_message ("%s", parts[i].reason);
      g_assert_cmpstr (text, ==, parts[i].part);
      g_assert_cmpint (gtk_widget_get_visible (gtk_widget_get_first_child (editor)), ==, parts[i].form);
      g_object_unref (editor);
    }
  workstation_close (window);
}

/* ---- the list ---- */

/* Another list gets the rows that there are: none is made anew, and what is shown is what is meant. */
static void
test_in_place (void)
{
  TbWindow *window = open_calls ();
  TbCallsList *list = tb_calls_page_get_list (page_of (window));
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (TbItem) before = g_list_model_get_item (model, 3);
  const TbCallRow *row;

  g_assert_cmpuint (tb_calls_list_count_alive (list), <, 300);
  tb_filter_bar_add_part (filter_of (window), tb_call_where_new_test (TB_WHERE_FIELD_DIRECTION, TB_WHERE_IS, "inbound"));
  settle (window);
  g_assert_cmpuint (count_calls (window), >, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (model, i);

      row = tb_item_get (item);
      g_assert_cmpint (row->call.id, ==, tb_calls_list_get_id (list, i));
      g_assert_cmpint (row->call.direction, ==, TB_DIRECTION_INBOUND);
      g_assert_true (i != 3 || item == before);
    }
  workstation_close (window);
}

/* The books change: the same list is read again, and stays where one is, with what is chosen. */
static void
test_again (void)
{
  TbWindow *window = open_calls ();
  TbCallsList *list = tb_calls_page_get_list (page_of (window));
  GtkWidget *view = workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  guint lists, all = count_calls (window);
  gint64 chosen;
  double value;

  tb_columns_scroll_to (GTK_COLUMN_VIEW (view), 700);
  settle (window);
  gtk_single_selection_set_selected (tb_calls_page_get_selection (page_of (window)), 705);
  chosen = tb_calls_list_get_id (list, 705);
  settle (window);
  value = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (value, >, 0);
  lists = tb_calls_page_count_lists (page_of (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.refresh", NULL);
  settle (window);
  g_assert_cmpuint (tb_calls_page_count_lists (page_of (window)), >, lists);
  g_assert_cmpuint (count_calls (window), ==, all);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, value);
  g_assert_cmpuint (gtk_single_selection_get_selected (tb_calls_page_get_selection (page_of (window))), ==, 705);
  g_assert_cmpint (tb_calls_list_get_id (list, 705), ==, chosen);
  workstation_close (window);
}

/* Each header sorts by what stands below it, and the list is as long as before. */
static void
test_sort (void)
{
  TbWindow *window = open_calls ();
  GtkColumnView *view = GTK_COLUMN_VIEW (workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *columns = gtk_column_view_get_columns (view);
  TbCallsList *list = tb_calls_page_get_list (page_of (window));
  guint all = count_calls (window);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_sorter (column) == NULL)
        continue;
      for (GtkSortType direction = GTK_SORT_ASCENDING; direction <= GTK_SORT_DESCENDING; direction++)
        {
          gtk_column_view_sort_by_column (view, column, direction);
          settle (window);
          g_assert_cmpuint (tb_calls_list_get_length (list), ==, all);
          g_assert_cmpuint (count_calls (window), ==, all);
        }
    }
  workstation_close (window);
}

/* Columns that are chosen are there, and are remembered by the next window. */
static void
test_columns (void)
{
  TbWindow *window = open_calls ();
  GtkColumnView *view = GTK_COLUMN_VIEW (workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (gtk_column_view_get_columns (view), 0);

  gtk_column_view_insert_column (view, 2, first);
  gtk_column_view_column_set_fixed_width (first, 177);
  workstation_close (window);
  window = open_calls ();
  view = GTK_COLUMN_VIEW (workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_COLUMN_VIEW, NULL));
  {
    g_autoptr (GtkColumnViewColumn) third = g_list_model_get_item (gtk_column_view_get_columns (view), 2);

    /* Without the schema nothing is remembered, and nothing is wrong. */
    if (g_str_equal (gtk_column_view_column_get_title (third), "Start"))
      g_assert_cmpint (gtk_column_view_column_get_fixed_width (third), ==, 177);
  }
  workstation_close (window);
}

/* ---- a date ---- */

static void
test_go_to (void)
{
  TbWindow *window = open_calls ();
  TbCallsList *list = tb_calls_page_get_list (page_of (window));
  GtkWidget *dialog, *entry;
  g_autoptr (TbItem) item = NULL;
  guint position;

  gtk_widget_activate_action (GTK_WIDGET (page_of (window)), "calls.go-to", NULL);
  dialog = workstation_wait_for_dialog (window);
  entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-10-12");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  settle (window);
  position = gtk_single_selection_get_selected (tb_calls_page_get_selection (page_of (window)));
  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  item = g_list_model_get_item (G_LIST_MODEL (list), position);
  {
    const TbCallRow *row = tb_item_get (item);
    TbZone *zone = tb_books_get_zone (tb_window_get_books (window));
    g_autofree char *day = tb_day_format (tb_zone_day_at (zone, row->call.start));

    g_assert_cmpstr (day, ==, "2026-10-12");
  }
  workstation_close (window);
}

/* ---- views ---- */

static void
test_views (void)
{
  TbWindow *window = open_calls ();
  GtkWidget *dialog, *row;
  guint all = count_calls (window), some;

  tb_filter_bar_add_part (filter_of (window), tb_call_where_new_test (TB_WHERE_FIELD_SECONDS, TB_WHERE_ABOVE, "300"));
  settle (window);
  some = count_calls (window);
  gtk_widget_activate_action (GTK_WIDGET (page_of (window)), "calls.save-view", NULL);
  dialog = workstation_wait_for_dialog (window);
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog))), "Long ones");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  settle (window);
  tb_filter_bar_clear (filter_of (window));
  settle (window);
  g_assert_cmpuint (count_calls (window), ==, all);

  /* From another page, by its row, which says how many they are. */
  workstation_show_page (window, 1);
  row = workstation_find (GTK_WIDGET (window), GTK_TYPE_LIST_BOX_ROW, "Long ones");
  g_assert_nonnull (row);
  gtk_widget_activate (row);
  settle (window);
  g_assert_cmpuint (count_calls (window), ==, some);
  g_assert_cmpuint (tb_filter_bar_count_chips (filter_of (window)), ==, 1);
  {
    g_autofree char *number = tb_format_number (some);

    workstation_wait_for_words (gtk_widget_get_ancestor (row, TB_TYPE_VIEWS_LIST), number);
  }
  workstation_close (window);
}

/* ---- groups ---- */

static void
test_groups (void)
{
  TbWindow *window = open_calls ();
  GtkWidget *drop_down = workstation_find (GTK_WIDGET (page_of (window)), GTK_TYPE_DROP_DOWN, NULL);
  guint all = count_calls (window);

  for (guint by = 1; by <= TB_CALLS_N_GROUPS; by++)
    {
      GtkWidget *groups;

      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), by);
      settle (window);
      groups = workstation_find (GTK_WIDGET (page_of (window)), TB_TYPE_CALLS_GROUPS, NULL);
      g_assert_nonnull (groups);
      g_assert_cmpuint (tb_calls_groups_count (TB_CALLS_GROUPS (groups)), >, 3);
      /* Its calls, which are fewer, with a chip that says which. */
      tb_calls_groups_open (TB_CALLS_GROUPS (groups), 0);
      settle (window);
      g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down)), ==, 0);
      g_assert_cmpuint (tb_filter_bar_count_chips (filter_of (window)), ==, 1);
      g_assert_cmpuint (count_calls (window), >, 0);
      g_assert_cmpuint (count_calls (window), <, all);
      tb_filter_bar_clear (filter_of (window));
      settle (window);
    }
  workstation_close (window);
}

/* Rating again begins with the days and the client of what is shown. */
static void
test_rate_again (void)
{
  TbWindow *window = open_calls ();
  GtkWidget *dialog;

  tb_filter_bar_add_part (filter_of (window), tb_call_where_new_test (TB_WHERE_FIELD_START, TB_WHERE_IS, "2026-10-12"));
  settle (window);
  gtk_widget_activate_action (GTK_WIDGET (page_of (window)), "calls.rate-again", NULL);
  settle (window);
  dialog = workstation_wait_for_dialog (window);
  g_assert_true (TB_IS_RERATING_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_close (window);
}

/* ---- as a file ---- */

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_export (void)
{
  TbWindow *window = open_calls ();
  g_autofree char *folder = g_dir_make_tmp ("tollbook-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "calls.csv", NULL);
  g_autofree char *content = NULL;
  TbCallsExport *what = g_new0 (TbCallsExport, 1);
  guint lines = 0;

  what->columns = g_new0 (const char *, 2);
  what->columns[0] = "start";
  tb_calls_export_start (GTK_WIDGET (page_of (window)), tb_window_get_books (window), what, path);
  workstation_wait (is_there, path);
  settle (window);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  for (const char *at = content; *at != '\0'; at++)
    lines += *at == '\n';
  g_assert_cmpuint (lines, ==, count_calls (window) + 1);
  g_unlink (path);
  g_rmdir (folder);
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);

  g_test_add_func ("/calls/items", test_items);
  g_test_add_func ("/calls/chips", test_chips);
  g_test_add_func ("/calls/entry", test_entry);
  g_test_add_func ("/calls/editor", test_editor);
  g_test_add_func ("/calls/in-place", test_in_place);
  g_test_add_func ("/calls/again", test_again);
  g_test_add_func ("/calls/sort", test_sort);
  g_test_add_func ("/calls/columns", test_columns);
  g_test_add_func ("/calls/go-to", test_go_to);
  g_test_add_func ("/calls/groups", test_groups);
  g_test_add_func ("/calls/rate-again", test_rate_again);
  g_test_add_func ("/calls/views", test_views);
  g_test_add_func ("/calls/export", test_export);

  return g_test_run ();
}
