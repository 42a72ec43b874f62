/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-chart-view.h"
#include "tb-desk-page.h"
#include "tb-desk-store.h"
#include "tb-invoice-rows.h"
#include "tb-invoice-store.h"
#include "tb-list-page.h"
#include "workstation.h"

/* The billing desk, the invoices that come of it, and the overview that tells of both. The whole month by keyboard is billing-by-keyboard.py. */

static GtkWidget *
page_of (TbWindow *window)
{
  return GTK_WIDGET (tb_window_get_page (window));
}

static void
press (TbWindow *window, const char *name)
{
  workstation_press (window, page_of (window), name);
}

static const TbDeskView *
view_of (TbWindow *window)
{
  return tb_desk_page_get_view (TB_DESK_PAGE (page_of (window)));
}

static guint
count (TbWindow *window, TbInvoiceState state)
{
  g_autoptr (GPtrArray) all = tb_invoice_store_list (tb_books_get_store (tb_window_get_books (window)), NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    n += ((TbInvoice *) all->pdata[i])->state == state;
  return n;
}

static TbWindow *
open_at (const char *item)
{
  TbWindow *window = workstation_open (TRUE, 1024, 600);

  tb_window_show_page (window, "desk", item);
  workstation_settle (window);
  return window;
}

static void
answer (TbWindow *window, const char *verb)
{
  workstation_press (window, workstation_wait_for_dialog (window), verb);
  workstation_settle (window);
}

/* Each step can be gone on from and come back to; what was open is told beside it. */
static void
test_steps (void)
{
  TbWindow *window = open_at (NULL);
  TbStore *store = tb_books_get_store (tb_window_get_books (window));

  for (guint step = 0; step < TB_DESK_N_STEPS; step++)
    {
      g_autoptr (TbDeskRun) run = tb_desk_store_get (store, 2026, 10, NULL);

      g_assert_cmpint (run->step, ==, step);
      g_assert_cmpint (view_of (window)->step, ==, step);
      g_assert_true (workstation_says (page_of (window), tb_desk_step_to_display (step)));
      g_assert_true (workstation_says (page_of (window), view_of (window)->summary));
      press (window, step == TB_DESK_N_STEPS - 1 ? "Finish" : "Go On");
    }
  {
    g_autoptr (TbDeskRun) run = tb_desk_store_get (store, 2026, 10, NULL);

    g_assert_cmpint (run->ended, !=, 0);
    g_assert_nonnull (run->passes[TB_DESK_UNRATED].remark); /* calls without a price */
    g_assert_nonnull (run->passes[TB_DESK_APPROVE].remark); /* drafts that wait */
  }
  press (window, "Back");
  g_assert_cmpint (view_of (window)->step, ==, TB_DESK_PAPER);
  workstation_close (window);
}

static GtkWidget *
find_check (GtkWidget *root, guint n)
{
  GtkWidget *list = workstation_find (root, GTK_TYPE_LIST_BOX, "What was found");
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n);

  return workstation_find (GTK_WIDGET (row), GTK_TYPE_CHECK_BUTTON, NULL);
}

/* Two are chosen and approved, the others wait; then all others are. */
static void
test_approve (void)
{
  TbWindow *window = open_at ("2026-10/approve");
  guint drafts = count (window, TB_INVOICE_DRAFT), approved = count (window, TB_INVOICE_APPROVED);
  GtkWidget *chosen = workstation_find (page_of (window), GTK_TYPE_BUTTON, "Approve Chosen…");

  g_assert_cmpuint (view_of (window)->todo, ==, drafts);
  g_assert_false (gtk_widget_is_sensitive (chosen));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (page_of (window), 0)), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (page_of (window), 2)), TRUE);
  press (window, "Approve Chosen…");
  answer (window, "Cancel");
  g_assert_cmpuint (count (window, TB_INVOICE_DRAFT), ==, drafts);
  press (window, "Approve Chosen…");
  answer (window, "Approve");
  g_assert_cmpuint (count (window, TB_INVOICE_DRAFT), ==, drafts - 2);
  g_assert_cmpuint (view_of (window)->todo, ==, drafts - 2);
  press (window, "Approve All…");
  answer (window, "Approve");
  g_assert_cmpuint (count (window, TB_INVOICE_DRAFT), ==, 0);
  g_assert_cmpuint (count (window, TB_INVOICE_APPROVED), ==, approved + drafts);
  g_assert_false (gtk_widget_is_sensitive (workstation_find (page_of (window), GTK_TYPE_BUTTON, "Approve All…")));
  workstation_close (window);
}

/* A finding leads to where it is mended: a draft to itself as it prints. */
static void
test_links (void)
{
  TbWindow *window = open_at ("2026-10/approve");
  const TbDeskFinding *finding = view_of (window)->findings->pdata[1];
  guint32 draft = finding->draft;
  GtkWidget *list = workstation_find (page_of (window), GTK_TYPE_LIST_BOX, "What was found");
  const TbInvoiceRow *row;

  g_signal_emit_by_name (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1), "activate");
  workstation_settle (window);
  g_assert_true (TB_IS_LIST_PAGE (page_of (window)));
  row = tb_list_page_get_selected (TB_LIST_PAGE (page_of (window)));
  g_assert_cmpuint (row->invoice->id, ==, draft);
  workstation_close (window);
}

/* Several invoices are chosen: the actions are for all of them, and those for one are not to be had. */
static void
test_many (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  guint drafts = count (window, TB_INVOICE_DRAFT);
  GtkSelectionModel *model;

  tb_window_show_page (window, "invoices", "drafts");
  workstation_settle (window);
  model = GTK_SELECTION_MODEL (tb_list_page_get_list (TB_LIST_PAGE (page_of (window))));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, drafts);
  gtk_selection_model_select_range (model, 0, 3, TRUE);
  workstation_settle (window);
  g_assert_true (workstation_says (page_of (window), "3 invoices chosen"));
  press (window, "Approve");
  answer (window, "Approve");
  g_assert_cmpuint (count (window, TB_INVOICE_DRAFT), ==, drafts - 3);
  workstation_close (window);
}

/* ---- the overview ---- */

/* The chart has its figures as a table, and another measure other figures. */
static void
test_chart (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *chart, *table;

  tb_window_show_page (window, "overview", NULL);
  workstation_settle (window);
  chart = workstation_find (page_of (window), TB_TYPE_CHART_VIEW, NULL);
  workstation_press (window, chart, "Show as table");
  table = workstation_find (chart, GTK_TYPE_LIST_BOX, "Figures of the chart");
  g_assert_nonnull (table);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (table), 30)); /* 31 days */
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (table), 31));
  press (window, "Revenue");
  g_assert_true (workstation_says (chart, "EUR"));
  press (window, "By Month");
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (table), 11)); /* twelve months */
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (table), 12));
  workstation_close (window);
}

/* As a key that is pressed while the chart has the focus. */
static void
press_key (GtkWidget *area, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (area);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
      if (taken)
        return;
    }
  g_assert_not_reached ();
}

/* Arrow keys go from bar to bar, and each is said; from right to left they go the other way. */
static void
test_chart_keys (void)
{
  static const struct { guint key; GtkTextDirection direction; const char *said; } rows[] = {
    { GDK_KEY_Right, GTK_TEXT_DIR_LTR, "Mon: 10" },  { GDK_KEY_Right, GTK_TEXT_DIR_LTR, "Tue: 20" }, { GDK_KEY_Left, GTK_TEXT_DIR_LTR, "Mon: 10" },
    { GDK_KEY_Left, GTK_TEXT_DIR_LTR, "Mon: 10" },   { GDK_KEY_End, GTK_TEXT_DIR_LTR, "Wed: 30" },  { GDK_KEY_Down, GTK_TEXT_DIR_LTR, "Wed: 30" },
    { GDK_KEY_Right, GTK_TEXT_DIR_RTL, "Tue: 20" },  { GDK_KEY_Left, GTK_TEXT_DIR_RTL, "Wed: 30" }, { GDK_KEY_Home, GTK_TEXT_DIR_RTL, "Mon: 10" },
  };
  static const char *const names[] = { "Mon", "Tue", "Wed" };
  TbChartView *view = g_object_ref_sink (g_object_new (TB_TYPE_CHART_VIEW, NULL));
  TbChart *chart = tb_chart_new (TB_CHART_PAIRED, "Calls", 1);
  GtkWindow *window = g_object_new (GTK_TYPE_WINDOW, "child", view, NULL);
  GtkWidget *area;

  tb_chart_add_series (chart, "Calls");
  for (gint64 i = 0; i < 3; i++)
    {
      gint64 value = 10 * (i + 1);

      tb_chart_add_bar (chart, names[i], names[i], &value);
    }
  tb_chart_view_set_chart (view, chart);
  gtk_window_present (window);
  for (gint64 until = g_get_monotonic_time () + 200 * 1000; g_get_monotonic_time () < until;)
    g_main_context_iteration (NULL, FALSE);
  area = workstation_find (GTK_WIDGET (view), GTK_TYPE_DRAWING_AREA, NULL);
  g_assert_cmpstr (tb_chart_view_get_said (view), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_widget_set_direction (area, rows[i].direction);
      press_key (area, rows[i].key);
      g_assert_cmpstr (tb_chart_view_get_said (view), ==, rows[i].said);
    }
  gtk_window_destroy (window);
  g_object_unref (view);
}

/* "Drafts" leads to the drafts and nothing else. */
static void
test_todo (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  guint drafts = count (window, TB_INVOICE_DRAFT);
  GtkWidget *list, *row = NULL;

  tb_window_show_page (window, "overview", NULL);
  workstation_settle (window);
  list = workstation_find (page_of (window), GTK_TYPE_LIST_BOX, "Needs a hand");
  for (int i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i) != NULL; i++)
    {
      GtkWidget *candidate = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i));

      if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (candidate)), "Drafts"))
        row = candidate;
    }
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activate");
  workstation_settle (window);
  g_assert_cmpuint (g_list_model_get_n_items (tb_list_page_get_list (TB_LIST_PAGE (page_of (window)))), ==, drafts);
  workstation_close (window);
}

int
main (int argc, char **argv)
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/desk/steps", test_steps);
  g_test_add_func ("/desk/approve", test_approve);
  g_test_add_func ("/desk/links", test_links);
  g_test_add_func ("/desk/many", test_many);
  g_test_add_func ("/desk/chart", test_chart);
  g_test_add_func ("/desk/chart-keys", test_chart_keys);
  g_test_add_func ("/desk/todo", test_todo);
  return g_test_run ();
}
