/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-client-timeline.h"
#include "tb-client-timeline-view.h"
#include "tb-form-dialog.h"
#include "tb-item.h"
#include "tb-report-store.h"
#include "workstation.h"

/* Records of the set-up in the window, as a person edits them. */

static GtkWidget *
find (GtkWidget *root, GType type, const char *name)
{
  GtkWidget *found = workstation_find (root, type, name);

  if (found == NULL)
    g_error ("There is no “%s”", name);
  return found;
}

static void
fill (GtkWidget *dialog, const char *label, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, GTK_TYPE_ENTRY, label)), text);
}

static void
choose (GtkWidget *dialog, const char *label, const char *text)
{
  GtkDropDown *choice = GTK_DROP_DOWN (find (dialog, GTK_TYPE_DROP_DOWN, label));
  GListModel *texts = gtk_drop_down_get_model (choice);

  for (guint i = 0; i < g_list_model_get_n_items (texts); i++)
    if (strstr (gtk_string_list_get_string (GTK_STRING_LIST (texts), i), text) != NULL)
      {
        gtk_drop_down_set_selected (choice, i);
        return;
      }
  g_error ("“%s” is not offered at “%s”", text, label);
}

static GtkWidget *
act (TbWindow *window, const char *page, const char *item, const char *action)
{
  tb_window_show_page (window, page, item);
  workstation_settle (window);
  if (!gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), action, NULL))
    g_error ("%s: no %s", page, action);
  return workstation_wait_for_dialog (window);
}

static GtkWidget *
add (TbWindow *window, const char *page, const char *noun)
{
  tb_window_show_page (window, page, NULL);
  workstation_settle (window);
  if (noun == NULL)
    gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "record.add", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "setup.add", "s", noun);
  return workstation_wait_for_dialog (window);
}

static gboolean
is_alone (gpointer window)
{
  return workstation_get_dialog (window) == NULL;
}

static void
press (GtkWidget *dialog, const char *name)
{
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, name), "clicked");
}

static void
save (TbWindow *window, GtkWidget *dialog)
{
  press (dialog, "Save");
  workstation_wait (is_alone, window);
  workstation_settle (window);
}

static const TbSetup *
setup_of (TbWindow *window)
{
  return tb_books_get_setup (tb_window_get_books (window));
}

/* A step of what is still missing. */
static void
follow (TbWindow *window, const char *step)
{
  GtkWidget *list = find (GTK_WIDGET (window), GTK_TYPE_LIST_BOX, "To the First Invoice");
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), step))
      g_signal_emit_by_name (list, "row-activated", row);
}

/* Only in the window, from books that hold nothing at all. */
static void
test_from_nothing (void)
{
  TbWindow *window = workstation_open (FALSE, 1280, 800);
  g_autofree char *folder = g_dir_make_tmp ("tollbook-editors-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "new.tollbook", NULL);
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog;
  const TbPackage *package;

  tb_store_close (tb_store_create (path, &error));
  g_assert_no_error (error);
  g_assert_true (tb_window_open_books (window, path));
  workstation_settle (window);

  tb_window_show_page (window, "setup", NULL);
  workstation_settle (window);
  follow (window, "Company");
  dialog = workstation_wait_for_dialog (window);
  fill (dialog, "Name", "Kleine Telefonie");
  fill (dialog, "Currency", "EUR");
  fill (dialog, "Time zone", "Europe/Berlin");
  fill (dialog, "Days to pay", "14");
  save (window, dialog);
  g_assert_cmpstr (setup_of (window)->company->name, ==, "Kleine Telefonie");
  g_assert_cmpint (setup_of (window)->company->due_days, ==, 14);

  follow (window, "Tax");
  dialog = workstation_wait_for_dialog (window);
  fill (dialog, "Name", "USt");
  fill (dialog, "Percent", "19");
  save (window, dialog);
  dialog = add (window, "setup", "providers");
  fill (dialog, "Name", "Carrier");
  save (window, dialog);

  dialog = add (window, "packages", NULL);
  fill (dialog, "Name", "Standard");
  fill (dialog, "Fee", "9,90");
  fill (dialog, "Country", "DE");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (dialog, GTK_TYPE_ENTRY, "Country code"))), ==, "49");
  fill (dialog, "Country", "CH"); /* what stands there stays */
  fill (dialog, "Country", "DE");
  choose (dialog, "Paid", "In advance");
  save (window, dialog);

  dialog = add (window, "clients", NULL);
  fill (dialog, "Name", "Bäckerei Sonnenschein");
  choose (dialog, "Tax", "USt");
  save (window, dialog);
  dialog = add (window, "services", NULL);
  choose (dialog, "Client", "Bäckerei");
  choose (dialog, "Package", "Standard");
  fill (dialog, "From", "2026-10-01");
  save (window, dialog);

  g_assert_cmpuint (setup_of (window)->services->len, ==, 1);
  g_assert_cmpstr (((TbService *) setup_of (window)->services->pdata[0])->client, ==, "C1001");
  g_assert_cmpstr (((TbClient *) setup_of (window)->clients->pdata[0])->tax, ==, "USt");
  package = setup_of (window)->packages->pdata[0];
  g_assert_cmpint (package->mode, ==, TB_PACKAGE_PREPAID);
  g_assert_cmpint (package->fee, ==, 99 * TB_DECIMAL_ONE / 10);
  g_assert_null (package->inbound_rate);
  g_assert_cmpstr (package->number_plan.trunk_prefix, ==, "0");
  g_assert_cmpstr (package->number_plan.country_code, ==, "49");
  workstation_close (window);
  g_rmdir (folder);
}

/* ---- what is wrong is said where it is ---- */

static const struct { const char *reason, *page, *field, *typed, *says; } wrongs[] = {
  { "the file's own check", "clients", "E-mail", "nobody", "not an e-mail address" },
  { "no number at all", "packages", "Shortest call billed", "ten", "not a whole number" },
  { "out of range", "packages", "Markup", "-101", "not between" },
  { "a part's", "packages", "Decimals", "99", "not between" },
  { "an id that is taken", "clients", "Id", "C1002", "there already" },
  { "a day that is none", "services", "From", "2026-02-30", "2026-02-30" },
};

static void
test_wrong (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      GtkWidget *dialog = act (window, wrongs[i].page, NULL, "record.edit");
      GtkWidget *entry = find (dialog, GTK_TYPE_ENTRY, wrongs[i].field), *row;
      g_autofree char *before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

      g_test_message ("%s", wrongs[i].reason);
      gtk_editable_set_text (GTK_EDITABLE (entry), wrongs[i].typed);
      workstation_wait_for_words (dialog, wrongs[i].says);
      row = gtk_widget_get_ancestor (entry, ADW_TYPE_ACTION_ROW);
      g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), wrongs[i].says));
      g_assert_true (gtk_widget_has_css_class (entry, "error"));
      /* It is not saved; mended, it is said no more. */
      press (dialog, "Save");
      workstation_settle (window);
      g_assert_false (is_alone (window));
      gtk_editable_set_text (GTK_EDITABLE (entry), before);
      save (window, dialog);
    }
  workstation_close (window);
}

/* What is missing is said when it is saved, not while the form is still empty. */
static void
test_missing (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = add (window, "clients", NULL);

  fill (dialog, "Country", "CA");
  workstation_settle (window);
  g_usleep (300 * 1000);
  workstation_settle (window);
  g_assert_false (workstation_says (dialog, "is missing"));
  press (dialog, "Save");
  workstation_wait_for_words (dialog, "is missing");
  fill (dialog, "Name", "New");
  save (window, dialog);
  workstation_close (window);
}

/* ---- taking back ---- */

static const char *
name_of (TbWindow *window, const char *client)
{
  const TbClient *found = tb_setup_find_client (setup_of (window), client);

  return found != NULL ? found->name : NULL;
}

static void
test_undo (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "clients", "C1001", "record.edit");
  g_autofree char *before = g_strdup (name_of (window, "C1001"));

  fill (dialog, "Name", "Renamed");
  fill (dialog, "Id", "K1");
  save (window, dialog);
  g_assert_cmpstr (name_of (window, "K1"), ==, "Renamed");
  g_assert_true (workstation_says (GTK_WIDGET (window), "“K1” changed"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  workstation_settle (window);
  g_assert_cmpstr (name_of (window, "C1001"), ==, before);
  g_assert_null (name_of (window, "K1"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  workstation_settle (window);
  g_assert_cmpstr (name_of (window, "K1"), ==, "Renamed");
  workstation_close (window);
}

/* Escape loses nothing: what was typed can be opened again. */
static void
test_escape (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "clients", "C1001", "record.edit");

  gtk_window_close (GTK_WINDOW (dialog));
  workstation_settle (window);
  g_assert_false (workstation_says (GTK_WIDGET (window), "not saved"));

  dialog = act (window, "clients", "C1001", "record.edit");
  fill (dialog, "Name", "Half typed");
  gtk_widget_activate_action (dialog, "window.close", NULL);
  workstation_wait (is_alone, window);
  workstation_settle (window);
  g_assert_true (workstation_says (GTK_WIDGET (window), "not saved"));
  press (GTK_WIDGET (window), "Open Again");
  dialog = workstation_wait_for_dialog (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (dialog, GTK_TYPE_ENTRY, "Name"))), ==, "Half typed");
  save (window, dialog);
  g_assert_cmpstr (name_of (window, "C1001"), ==, "Half typed");
  workstation_close (window);
}

static void
test_remove (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "clients", "C1001", "record.remove");

  g_assert_true (workstation_says (dialog, "cannot be removed"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_settle (window);

  dialog = act (window, "clients", "C1001", "record.copy");
  save (window, dialog);
  tb_window_show_page (window, "clients", "C1001");
  workstation_settle (window);
  {
    const GPtrArray *clients = setup_of (window)->clients;
    guint n = clients->len;
    g_autofree char *key = g_strdup (((TbClient *) clients->pdata[n - 1])->key);

    tb_window_show_page (window, "clients", key);
    workstation_settle (window);
    gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "record.remove", NULL);
    workstation_settle (window);
    g_assert_null (name_of (window, key));
    gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
    workstation_settle (window);
    g_assert_nonnull (name_of (window, key));
  }
  workstation_close (window);
}

/* ---- records in records ---- */

static GtkWidget *
nested_dialog (GtkWidget *dialog)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (toplevel) == GTK_WINDOW (dialog) && gtk_widget_get_visible (GTK_WIDGET (toplevel)))
        return GTK_WIDGET (toplevel);
    }
  g_error ("There is no dialog above the dialog");
}

static void
test_records (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "clients", "C1002", "record.edit"), *nested;
  const TbClient *client;
  guint before = tb_setup_find_client (setup_of (window), "C1002")->custom_rates->len;

  press (dialog, "Add");
  workstation_settle (window);
  nested = nested_dialog (dialog);
  fill (nested, "Prefix", "48x");
  workstation_wait_for_words (nested, "48x");
  fill (nested, "Prefix", "4899");
  fill (nested, "Rate a minute", "0.05");
  fill (nested, "Increment", "60/6");
  press (nested, "Done");
  workstation_settle (window);
  g_assert_true (workstation_says (dialog, "4899 · 0.05 · 60/6"));
  save (window, dialog);
  client = tb_setup_find_client (setup_of (window), "C1002");
  g_assert_cmpuint (client->custom_rates->len, ==, before + 1);
  workstation_close (window);
}

/* ---- what stands beside ---- */

/* The same calls cost something else as soon as the package does. */
static void
test_example (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "packages", "Pay per call", "record.edit"), *calls;
  GtkTextBuffer *buffer;

  workstation_wait_for_words (dialog, "Together");
  calls = find (dialog, GTK_TYPE_TEXT_VIEW, "Calls of the example");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (calls));
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), >, 2);
  gtk_text_buffer_set_text (buffer, "+15550123456, 60", -1);
  fill (dialog, "Increment", "60/60");
  fill (dialog, "Connection fee", "7");
  fill (dialog, "Markup", "0");
  workstation_wait_for_words (dialog, "7.0");
  g_assert_true (workstation_says (dialog, "1:00"));
  /* While it cannot be stored there is nothing to reckon by. */
  fill (dialog, "Markup", "-200");
  workstation_wait_for_words (dialog, "once the package can be saved");
  gtk_window_close (GTK_WINDOW (dialog));
  workstation_settle (window);
  workstation_close (window);
}

static void
test_trial (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "setup", "filters/", "record.edit"), *nested;

  press (dialog, "Add");
  workstation_settle (window);
  nested = nested_dialog (dialog);
  workstation_wait_for_words (nested, "Type a pattern");
  fill (nested, "Pattern", "*");
  workstation_wait_for_words (nested, "It meets");
  press (nested, "Done");
  workstation_settle (window);
  save (window, dialog);
  g_assert_cmpuint (setup_of (window)->filters->len, >, 0);
  workstation_close (window);
}

/* ---- the time line ---- */

static gboolean
is_read (gpointer view)
{
  return tb_client_timeline_view_is_idle (view);
}

/* Days and months of the time line hold what the report of the whole time holds. */
static void
check_calls (GtkWidget *view, TbWindow *window, const char *client)
{
  GListModel *list = tb_client_timeline_view_get_list (TB_CLIENT_TIMELINE_VIEW (view));
  TbStore *store = tb_books_get_store (tb_window_get_books (window));
  g_autoptr (GPtrArray) rows = tb_report_store_usage (store, 0, G_MAXUINT32, client, NULL);
  gint64 calls = 0, seconds = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      calls += ((TbUsageRow *) rows->pdata[i])->calls;
      seconds += ((TbUsageRow *) rows->pdata[i])->seconds;
    }
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (list, i);
      const TbClientEvent *event = tb_item_get (item);

      calls -= event->calls != NULL ? event->calls->calls : 0;
      seconds -= event->calls != NULL ? event->calls->seconds : 0;
    }
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpint (calls, ==, 0);
  g_assert_cmpint (seconds, ==, 0);
}

static guint
count (GtkWidget *view, TbClientEventKind kind)
{
  GListModel *list = tb_client_timeline_view_get_list (TB_CLIENT_TIMELINE_VIEW (view));
  gint64 last = G_MAXINT64;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (list, i);
      const TbClientEvent *event = tb_item_get (item);

      g_assert_cmpint (event->time, <=, last);
      last = event->time;
      n += event->kind == kind;
    }
  return n;
}

static void
test_timeline (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = act (window, "clients", "C1001", "record.edit"), *view;

  fill (dialog, "Reference", "PO 4711");
  save (window, dialog);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (GTK_WIDGET (window), GTK_TYPE_TOGGLE_BUTTON, "Time Line")), TRUE);
  view = find (GTK_WIDGET (window), TB_TYPE_CLIENT_TIMELINE_VIEW, NULL);
  workstation_wait (is_read, view);
  workstation_settle (window);
  g_assert_cmpuint (count (view, TB_CLIENT_EVENT_CALLS), >, 5);
  check_calls (view, window, "C1001");
  g_assert_cmpuint (count (view, TB_CLIENT_EVENT_INVOICE), >, 0);
  g_assert_cmpuint (count (view, TB_CLIENT_EVENT_CHANGE), ==, 1);
  g_assert_true (workstation_says (view, "Reference: – → PO 4711"));

  /* By kind. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (view, GTK_TYPE_TOGGLE_BUTTON, "Calls")), FALSE);
  workstation_settle (window);
  g_assert_cmpuint (count (view, TB_CLIENT_EVENT_CALLS), ==, 0);
  g_assert_cmpuint (count (view, TB_CLIENT_EVENT_INVOICE), >, 0);

  /* A row opens what it is about. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (view, GTK_TYPE_TOGGLE_BUTTON, "Changes")), FALSE);
  workstation_settle (window);
  g_signal_emit_by_name (find (view, GTK_TYPE_LIST_VIEW, NULL), "activate", 0);
  workstation_settle (window);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tb_window_get_page (window)), ==, "TbInvoicesPage");
  workstation_close (window);
}

/* What is hidden is made when it is switched on, and says nothing while it is not. */
static void
test_hidden (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = add (window, "packages", NULL);
  const TbPackage *package;

  fill (dialog, "Name", "Hidden");
  g_assert_null (workstation_find (dialog, GTK_TYPE_ENTRY, "Least charge"));
  save (window, dialog);
  package = tb_setup_find_package (setup_of (window), "Hidden");
  g_assert_null (package->flat_rate);
  g_assert_null (package->inbound_rate);
  g_assert_cmpint (package->tier_kind, ==, TB_TIERS_NONE);

  dialog = act (window, "packages", "Hidden", "record.edit");
  gtk_switch_set_active (GTK_SWITCH (find (dialog, GTK_TYPE_SWITCH, "One rate for all calls")), TRUE);
  workstation_settle (window);
  fill (dialog, "Rate a minute", "0.25");
  save (window, dialog);
  package = tb_setup_find_package (setup_of (window), "Hidden");
  g_assert_cmpint (package->flat_rate->rate, ==, TB_DECIMAL_ONE / 4);

  /* It is there again, and the same. */
  dialog = act (window, "packages", "Hidden", "record.edit");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (dialog, GTK_TYPE_ENTRY, "Rate a minute"))), ==, "0.25");
  gtk_switch_set_active (GTK_SWITCH (find (dialog, GTK_TYPE_SWITCH, "One rate for all calls")), FALSE);
  gtk_switch_set_active (GTK_SWITCH (find (dialog, GTK_TYPE_SWITCH, "Inbound calls are billed")), TRUE);
  workstation_settle (window);
  fill (dialog, "Rate a minute", "0.125");
  save (window, dialog);
  package = tb_setup_find_package (setup_of (window), "Hidden");
  g_assert_null (package->flat_rate);
  g_assert_true (package->bill_inbound);
  g_assert_cmpint (package->inbound_rate->rate, ==, TB_DECIMAL_ONE / 8);
  workstation_close (window);
}

/* ---- by ear ---- */

static void
check_named (GtkWidget *widget, gpointer data)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  gboolean inner = GTK_IS_TEXT (widget) || (parent != NULL && (GTK_IS_DROP_DOWN (parent) || GTK_IS_MENU_BUTTON (parent) || GTK_IS_EDITABLE (parent)));

  if (!gtk_widget_get_mapped (widget) || inner || !(GTK_IS_ENTRY (widget) || GTK_IS_SWITCH (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_TEXT_VIEW (widget)))
    return;
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    ++*(guint *) data;
  else
    g_error ("A %s has no name", G_OBJECT_TYPE_NAME (widget));
}

static void
test_named (void)
{
  static const char *const pages[] = { "clients", "packages", "services", "setup" };
  TbWindow *window = workstation_open (TRUE, 1024, 600);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *dialog = act (window, pages[i], NULL, "record.edit");
      guint named = 0;

      workstation_walk (dialog, check_named, &named);
      g_assert_cmpuint (named, >, 5);
      g_assert_cmpint (gtk_widget_get_height (dialog), <=, 600);
      gtk_window_close (GTK_WINDOW (dialog));
      workstation_settle (window);
    }
  workstation_close (window);
}

int
main (int argc, char **argv)
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/editors/from-nothing", test_from_nothing);
  g_test_add_func ("/editors/wrong", test_wrong);
  g_test_add_func ("/editors/missing", test_missing);
  g_test_add_func ("/editors/undo", test_undo);
  g_test_add_func ("/editors/escape", test_escape);
  g_test_add_func ("/editors/remove", test_remove);
  g_test_add_func ("/editors/records", test_records);
  g_test_add_func ("/editors/example", test_example);
  g_test_add_func ("/editors/trial", test_trial);
  g_test_add_func ("/editors/timeline", test_timeline);
  g_test_add_func ("/editors/hidden", test_hidden);
  g_test_add_func ("/editors/named", test_named);
  return g_test_run ();
}
