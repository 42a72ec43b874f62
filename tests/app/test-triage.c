/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-store.h"
#include "tb-triage.h"
#include "tb-triage-page.h"
#include "workstation.h"

/* The page of calls without a price: its groups, a preview, a repair, and what the books say then. */

static GtkWidget *
press (TbWindow *window, const char *name)
{
  GtkWidget *button = workstation_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  workstation_settle (window);
  return button;
}

static guint64
count (TbWindow *window, TbCallStatus status)
{
  guint64 counts[TB_CALL_N_STATUS];

  g_assert_true (tb_call_store_count_statuses (tb_books_get_store (tb_window_get_books (window)), 0, 0, NULL, counts, NULL));
  return counts[status];
}

/* The first group of that cause. */
static void
select_cause (TbListPage *page, TbCallStatus cause)
{
  GListModel *list = tb_list_page_get_list (page);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (list, i);
      const TbTriageGroup *group = tb_item_get (item);

      if (group->cause == cause)
        {
          g_assert_true (tb_list_page_select (page, group->uid));
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_repair (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  guint64 before;
  GtkWidget *price;

  tb_window_show_page (window, "triage", NULL);
  workstation_settle (window);
  g_assert_true (TB_IS_TRIAGE_PAGE (tb_window_get_page (window)));
  select_cause (TB_LIST_PAGE (tb_window_get_page (window)), TB_CALL_NO_RATE);
  workstation_settle (window);
  before = count (window, TB_CALL_NO_RATE);
  g_assert_cmpuint (before, >, 0);
  price = workstation_find (GTK_WIDGET (window), ADW_TYPE_ENTRY_ROW, "Price a minute");
  g_assert_nonnull (price);
  gtk_editable_set_text (GTK_EDITABLE (price), "0.25");
  press (window, "Preview");
  g_assert_cmpuint (count (window, TB_CALL_NO_RATE), ==, before);
  press (window, "Apply");
  g_assert_cmpuint (count (window, TB_CALL_NO_RATE), <, before);
  workstation_close (window);
}

/* Calls of a tenant that nobody has: the client and the package of the new service are chosen from those that there are. */
static void
test_choices (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  guint64 before = count (window, TB_CALL_NO_SERVICE);
  GtkWidget *client, *package;

  tb_window_show_page (window, "triage", NULL);
  workstation_settle (window);
  select_cause (TB_LIST_PAGE (tb_window_get_page (window)), TB_CALL_NO_SERVICE);
  workstation_settle (window);
  client = workstation_find (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW, "Client");
  package = workstation_find (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW, "Package");
  g_assert_nonnull (client);
  g_assert_nonnull (package);
  adw_combo_row_set_selected (ADW_COMBO_ROW (client), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (package), 1);
  press (window, "Apply");
  g_assert_cmpuint (count (window, TB_CALL_NO_SERVICE), <, before);
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/triage/repair", test_repair);
  g_test_add_func ("/triage/choices", test_choices);
  return g_test_run ();
}
