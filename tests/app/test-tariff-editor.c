/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-format.h"
#include "tb-grid-cell.h"
#include "tb-rate-change-dialog.h"
#include "tb-run.h"
#include "tb-tariff-checks.h"
#include "tb-tariff-editor.h"
#include "tb-tariff-store.h"
#include "workstation.h"

/* The editor of a tariff as a person uses it, mostly by keys; on the sample's tariff, and on one of 250,000 rates. */

#define TARIFF "World wholesale"
#define BIG "Big"
#define BIG_RATES 250000

/* Of the columns. */
enum { PREFIX, DESTINATION, RATE, BEFORE, INCREMENT, FEE, FROM };

static void
picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("TOLLBOOK_PICTURES");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/editor-%s.png", folder, name) : NULL;

  if (path != NULL)
    workstation_save_png (widget, path);
}

/* ---- keys ---- */

static gboolean
press_on (GtkWidget *widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean stopped = FALSE;

  for (guint i = 0; !stopped && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &stopped);
    }
  return stopped;
}

/* A key to a grid: to the entry in it, when one is there. */
static void
key (TbGrid *grid, guint value, GdkModifierType state)
{
  GtkWidget *entry = tb_grid_is_editing (grid) ? workstation_find (GTK_WIDGET (grid), GTK_TYPE_ENTRY, NULL) : NULL;

  if (!press_on (entry != NULL ? entry : GTK_WIDGET (grid), value, state))
    g_error ("key %s does nothing", gdk_keyval_name (value));
}

/* Types into the cell of the cursor and takes it over. */
static void
type (TbGrid *grid, const char *text)
{
  key (grid, GDK_KEY_F2, 0);
  gtk_editable_set_text (GTK_EDITABLE (workstation_find (GTK_WIDGET (grid), GTK_TYPE_ENTRY, NULL)), text);
  key (grid, GDK_KEY_Return, 0);
}

/* ---- the editor ---- */

static gboolean
is_idle (gpointer editor)
{
  return tb_tariff_editor_is_idle (editor) && tb_rate_sheet_get_draft (tb_tariff_editor_get_sheet (editor)) != NULL;
}

static TbTariffEditor *
open_editor (TbWindow *window, const char *tariff)
{
  GtkWidget *dialog;

  tb_window_show_page (window, "tariffs", tariff);
  workstation_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "tariff.edit", NULL);
  dialog = workstation_wait_for_dialog (window);
  g_assert_true (TB_IS_TARIFF_EDITOR (dialog));
  workstation_wait (is_idle, dialog);
  workstation_settle (window);
  return TB_TARIFF_EDITOR (dialog);
}

static TbGrid *
get_grid (TbTariffEditor *editor)
{
  return tb_rate_sheet_get_grid (tb_tariff_editor_get_sheet (editor));
}

static void
act (TbTariffEditor *editor, TbWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (editor), action, NULL));
  workstation_wait (is_idle, editor);
  workstation_settle (window);
}

static void
search (TbTariffEditor *editor, TbWindow *window, const char *text)
{
  tb_rate_sheet_search (tb_tariff_editor_get_sheet (editor), text);
  workstation_wait (is_idle, editor);
  workstation_settle (window);
}

/* What the rate in that place of the list is. */
static const TbRate *
rate_at (TbTariffEditor *editor, guint place)
{
  TbRateSheet *sheet = tb_tariff_editor_get_sheet (editor);

  return tb_tariff_draft_get_rate (tb_rate_sheet_get_draft (sheet), g_array_index (tb_rate_sheet_get_shown (sheet), guint32, place));
}

static guint
count_rates (TbTariffEditor *editor)
{
  return tb_tariff_draft_get_n_rates (tb_rate_sheet_get_draft (tb_tariff_editor_get_sheet (editor)));
}

static void
close_editor (TbTariffEditor *editor, TbWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (editor));
  workstation_settle (window);
}

static TbTariff *
load (TbWindow *window, const char *name)
{
  g_autoptr (GError) error = NULL;
  TbTariff *tariff = tb_tariff_store_load (tb_books_get_store (tb_window_get_books (window)), name, &error);

  g_assert_no_error (error);
  return tariff;
}

/* ---- cells ---- */

static void
test_cells (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbTariffEditor *editor = open_editor (window, TARIFF);
  TbGrid *grid = get_grid (editor);
  guint n = count_rates (editor), row, column;
  g_autofree char *prefix = g_strdup (rate_at (editor, 0)->prefix);
  TbDecimal price = rate_at (editor, 0)->rate;

  picture (GTK_WIDGET (editor), "sheet");
  g_assert_cmpuint (tb_grid_get_n_rows (grid), ==, n);
  g_assert_false (tb_tariff_editor_get_review (editor) != NULL);

  /* Along, down, to the ends and back. */
  key (grid, GDK_KEY_Right, 0);
  key (grid, GDK_KEY_Right, 0);
  key (grid, GDK_KEY_Down, 0);
  g_assert_true (tb_grid_get_cursor (grid, &row, &column) && row == 1 && column == RATE);
  key (grid, GDK_KEY_End, GDK_CONTROL_MASK);
  g_assert_true (tb_grid_get_cursor (grid, &row, &column) && row == n - 1);
  key (grid, GDK_KEY_Home, GDK_CONTROL_MASK);
  key (grid, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpuint (gtk_bitset_get_size (tb_grid_get_selection (grid)), ==, 2);
  key (grid, GDK_KEY_Escape, 0);
  g_assert_cmpuint (gtk_bitset_get_size (tb_grid_get_selection (grid)), ==, 1);

  /* What is wrong is said at the cell, and nothing is harmed. */
  g_assert_true (tb_grid_set_cursor (grid, 0, RATE));
  type (grid, "cheap");
  g_assert_true (tb_grid_is_editing (grid));
  g_assert_nonnull (tb_grid_get_fault (grid));
  workstation_settle (window);
  picture (GTK_WIDGET (editor), "fault");
  g_assert_cmpint (rate_at (editor, 0)->rate, ==, price);
  gtk_editable_set_text (GTK_EDITABLE (workstation_find (GTK_WIDGET (grid), GTK_TYPE_ENTRY, NULL)), "1,5");
  g_assert_null (tb_grid_get_fault (grid)); /* said no more as soon as it is right */
  key (grid, GDK_KEY_Escape, 0);
  g_assert_cmpint (rate_at (editor, 0)->rate, ==, price);

  /* A comma as the decimal sign; the cursor goes down. */
  type (grid, "1,5");
  g_assert_cmpint (rate_at (editor, 0)->rate, ==, TB_DECIMAL_ONE * 3 / 2);
  g_assert_true (tb_grid_get_cursor (grid, &row, &column) && row == 1 && column == RATE);
  act (editor, window, "editor.undo");
  g_assert_cmpint (rate_at (editor, 0)->rate, ==, price);
  act (editor, window, "editor.redo");
  g_assert_cmpint (rate_at (editor, 0)->rate, ==, TB_DECIMAL_ONE * 3 / 2);
  workstation_settle (window);
  picture (GTK_WIDGET (editor), "changed");

  /* Another prefix has another place, and a key that is there is refused. */
  g_assert_true (tb_grid_set_cursor (grid, 1, PREFIX));
  type (grid, prefix);
  g_assert_nonnull (tb_grid_get_fault (grid));
  key (grid, GDK_KEY_Escape, 0);
  type (grid, "999");
  g_assert_cmpstr (rate_at (editor, n - 1)->prefix, ==, "999");
  g_assert_true (tb_grid_get_cursor (grid, &row, NULL));
  act (editor, window, "editor.undo");
  g_assert_cmpstr (rate_at (editor, n - 1)->prefix, !=, "999");
  g_assert_cmpuint (count_rates (editor), ==, n);
  close_editor (editor, window);
  workstation_close (window);
}

/* ---- rows ---- */

static void
fill (GtkWidget *dialog, const char *title, const char *text)
{
  GtkWidget *entry = workstation_find (dialog, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* The dialog over the editor. */
static GtkWidget *
find_over (TbTariffEditor *editor)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (GTK_IS_WINDOW (at->data) && gtk_window_get_transient_for (at->data) == GTK_WINDOW (editor))
      return at->data;
  return NULL;
}

static void
answer (GtkWidget *dialog, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog)); /* as its button does */
}

static void
test_rows (void)
{
  TbWindow *window = workstation_open (TRUE, 1024, 600);
  TbTariffEditor *editor = open_editor (window, TARIFF);
  TbGrid *grid = get_grid (editor);
  guint n = count_rates (editor), row;
  GtkWidget *dialog;

  /* One more. */
  act (editor, window, "editor.add");
  dialog = find_over (editor);
  g_assert_nonnull (dialog);
  fill (dialog, "Prefix", "88216");
  fill (dialog, "Destination", "Thuraya");
  fill (dialog, "Rate a minute", "dear");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go"));
  fill (dialog, "Rate a minute", "3.2");
  fill (dialog, "Increment, as 60/6", "60/60");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go"));
  workstation_settle (window);
  picture (dialog, "add");
  answer (dialog, "go");
  workstation_settle (window);
  g_assert_cmpuint (count_rates (editor), ==, n + 1);
  g_assert_true (tb_grid_get_cursor (grid, &row, NULL));
  g_assert_cmpstr (rate_at (editor, row)->prefix, ==, "88216");

  /* Into ten. */
  act (editor, window, "editor.split");
  dialog = find_over (editor);
  workstation_settle (window);
  picture (dialog, "split");
  answer (dialog, "go");
  workstation_settle (window);
  g_assert_cmpuint (count_rates (editor), ==, n + 11);
  search (editor, window, "88216");
  g_assert_cmpuint (tb_grid_get_n_rows (grid), ==, 11);

  /* All that are found, deleted; and back, step by step. */
  key (grid, GDK_KEY_a, GDK_CONTROL_MASK);
  act (editor, window, "editor.delete");
  g_assert_cmpuint (count_rates (editor), ==, n);
  act (editor, window, "editor.undo");
  g_assert_cmpuint (count_rates (editor), ==, n + 11);
  act (editor, window, "editor.undo");
  act (editor, window, "editor.undo");
  g_assert_cmpuint (count_rates (editor), ==, n);
  g_assert_false (tb_undo_get_can_undo (tb_rate_sheet_get_undo (tb_tariff_editor_get_sheet (editor))));
  for (guint i = 0; i < 3; i++)
    act (editor, window, "editor.redo");
  g_assert_cmpuint (count_rates (editor), ==, n);
  close_editor (editor, window);
  workstation_close (window);
}

/* A tariff that is not there yet, and its first rate; nothing of it is without a name. */
static void
check_name (GtkWidget *widget, gpointer unused)
{
  gboolean own = GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL;

  if (!gtk_widget_get_focusable (widget) || !gtk_widget_get_mapped (widget) || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL
      || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) || !(GTK_IS_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget) || TB_IS_GRID_CELL (widget)))
    return;
  if (!own && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_error ("a %s has no name", G_OBJECT_TYPE_NAME (widget));
}

static void
test_new (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbTariffEditor *editor;
  GtkWidget *dialog;

  tb_window_show_page (window, "tariffs", NULL);
  workstation_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "tariff.new", NULL);
  dialog = workstation_wait_for_dialog (window);
  fill (dialog, "Name", TARIFF);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save"));
  fill (dialog, "Name", "Spring");
  fill (dialog, "Time zone of its days and hours", "Mars");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save"));
  fill (dialog, "Time zone of its days and hours", "Europe/Berlin");
  workstation_settle (window);
  picture (dialog, "new");
  answer (dialog, "save");
  workstation_settle (window);
  workstation_settle (window);
  editor = open_editor (window, "Spring");
  g_assert_cmpuint (count_rates (editor), ==, 0);
  act (editor, window, "editor.add");
  dialog = find_over (editor);
  fill (dialog, "Prefix", "49");
  fill (dialog, "Rate a minute", "0,01");
  answer (dialog, "go");
  workstation_settle (window);
  g_assert_cmpuint (count_rates (editor), ==, 1);
  workstation_walk (GTK_WIDGET (editor), check_name, NULL);
  close_editor (editor, window);
  workstation_close (window);
}

/* ---- many ---- */

static gboolean
has_changes (gpointer dialog)
{
  return tb_rate_change_dialog_is_idle (dialog) && tb_rate_change_dialog_get_changes (dialog) != NULL;
}

/* Ten percent dearer, all: seen, done, reviewed, saved. */
static void
test_many (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbTariffEditor *editor = open_editor (window, TARIFF);
  g_autoptr (TbTariff) before = load (window, TARIFF), after = NULL;
  GtkWidget *dialog;
  guint n;

  act (editor, window, "editor.change");
  dialog = find_over (editor);
  g_assert_true (TB_IS_RATE_CHANGE_DIALOG (dialog));
  g_assert_null (tb_rate_change_dialog_get_changes (TB_RATE_CHANGE_DIALOG (dialog)));
  fill (dialog, "Percent more, as 5 or -2.5", "10");
  workstation_wait (has_changes, dialog);
  workstation_settle (window);
  picture (dialog, "change");
  n = tb_rate_change_dialog_get_changes (TB_RATE_CHANGE_DIALOG (dialog))->len;
  g_assert_cmpuint (n, >, 0);
  workstation_press (window, dialog, "Change");
  workstation_settle (window);
  picture (GTK_WIDGET (editor), "many");
  act (editor, window, "editor.review");
  g_assert_nonnull (tb_tariff_editor_get_review (editor));
  picture (GTK_WIDGET (editor), "review");
  after = load (window, TARIFF);
  g_assert_cmpuint (after->version, ==, before->version); /* nothing was written yet */
  workstation_press (window, GTK_WIDGET (editor), "Save as Next Version");
  workstation_settle (window);
  g_clear_pointer (&after, tb_tariff_free);
  after = load (window, TARIFF);
  g_assert_cmpuint (after->version, ==, before->version + 1);
  for (guint i = 0; i < before->rates->len; i++)
    n -= ((TbRate *) before->rates->pdata[i])->rate < ((TbRate *) after->rates->pdata[i])->rate;
  g_assert_cmpuint (n, ==, 0);
  workstation_close (window);
}

/* ---- what is wrong ---- */

static void
test_checks (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbTariffEditor *editor = open_editor (window, TARIFF);
  TbTariffChecks *checks;

  act (editor, window, "editor.check");
  checks = TB_TARIFF_CHECKS (workstation_find (GTK_WIDGET (editor), TB_TYPE_TARIFF_CHECKS, NULL));
  g_assert_nonnull (checks);
  picture (GTK_WIDGET (editor), "checks");
  g_assert_cmpuint (tb_tariff_checks_get_count (checks, TB_TARIFF_DUPLICATE), ==, 0);
  close_editor (editor, window);
  workstation_close (window);
}

/* ---- a large one ---- */

static gpointer
save_big (TbStore *store, TbJob *job, gpointer unused, GError **error)
{
  g_autoptr (TbTariff) tariff = tb_tariff_new ();

  tariff->name = g_strdup (BIG);
  tb_currency_parse ("CAD", &tariff->currency, NULL);
  for (guint i = 0; i < BIG_RATES; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("%u", 1000000 + i);
      TbRate *rate = tb_rate_new_for (prefix);

      rate->description = g_strdup_printf ("Place %u", i / 100);
      rate->rate = (TbDecimal) (i % 9973 + 1) * (TB_DECIMAL_ONE / 10000);
      rate->initial = rate->next = 6;
      g_ptr_array_add (tariff->rates, rate);
    }
  return tb_tariff_store_save (store, tariff, NULL, job, error) ? TB_RUN_OK : NULL;
}

static void
saved (GtkWidget *widget, gpointer result)
{
}

typedef struct
{
  gint64 last, longest;
} Beat;

static gboolean
beat_cb (gpointer data)
{
  Beat *beat = data;
  gint64 now = g_get_monotonic_time ();

  beat->longest = MAX (beat->longest, now - beat->last);
  beat->last = now;
  return G_SOURCE_CONTINUE;
}

static Beat beat;

static void
tell (const char *what)
{
  g_test_message ("%s: the window waited %.1f ms at most", what, (double) beat.longest / 1000);
  beat = (Beat){ g_get_monotonic_time (), 0 };
}

static void
test_large (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbTariffEditor *editor;
  TbGrid *grid;
  GtkWidget *dialog;
  guint source;

  tb_run (GTK_WIDGET (tb_window_get_page (window)), tb_window_get_books (window), "Save", TRUE, save_big, NULL, NULL, NULL, saved, NULL);
  workstation_settle (window);
  tb_window_show_page (window, "tariffs", BIG);
  workstation_settle (window);
  beat = (Beat){ g_get_monotonic_time (), 0 };
  source = g_timeout_add (1, beat_cb, &beat);
  editor = open_editor (window, TARIFF);
  close_editor (editor, window);
  tell ("opening and closing one of twelve rates");
  editor = open_editor (window, BIG);
  tell ("opening");
  grid = get_grid (editor);
  g_assert_cmpuint (tb_grid_get_n_rows (grid), ==, BIG_RATES);
  g_assert_cmpuint (tb_grid_get_n_widgets (grid), <, 60); /* only rows in sight */
  search (editor, window, "12");
  g_assert_cmpuint (tb_grid_get_n_rows (grid), ==, 50000);
  tell ("searching digits");
  search (editor, window, "place 1234");
  g_assert_cmpuint (tb_grid_get_n_rows (grid), ==, 100);
  tell ("searching words");
  search (editor, window, NULL);
  key (grid, GDK_KEY_End, GDK_CONTROL_MASK);
  workstation_settle (window);
  tell ("to the end");
  g_assert_true (TB_IS_GRID_CELL (gtk_window_get_focus (GTK_WINDOW (editor)))); /* the focus went along */
  act (editor, window, "editor.change");
  dialog = find_over (editor);
  fill (dialog, "Percent more, as 5 or -2.5", "5");
  workstation_wait (has_changes, dialog);
  workstation_settle (window);
  tell ("a change of all, seen");
  g_assert_cmpuint (tb_rate_change_dialog_get_changes (TB_RATE_CHANGE_DIALOG (dialog))->len, >, BIG_RATES / 2);
  workstation_press (window, dialog, "Change");
  tell ("done");
  act (editor, window, "editor.undo");
  tell ("undone");
  act (editor, window, "editor.check");
  tell ("looked for gaps");
  close_editor (editor, window);
  tell ("closed");
  g_source_remove (source);
  workstation_close (window);
}

int
main (int argc, char **argv)
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/tariff-editor/cells", test_cells);
  g_test_add_func ("/tariff-editor/rows", test_rows);
  g_test_add_func ("/tariff-editor/new", test_new);
  g_test_add_func ("/tariff-editor/many", test_many);
  g_test_add_func ("/tariff-editor/checks", test_checks);
  g_test_add_func ("/tariff-editor/large", test_large);
  return g_test_run ();
}
