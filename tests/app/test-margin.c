/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-calls-page.h"
#include "tb-id-list.h"
#include "tb-margin-page.h"
#include "tb-margin-report.h"
#include "workstation.h"

/* ---- doing and seeing ---- */

static TbMarginPage *
open_page (TbWindow *window)
{
  tb_window_show_page (window, "margin", "2026-10");
  workstation_settle (window);
  g_assert_true (TB_IS_MARGIN_PAGE (tb_window_get_page (window)));
  return TB_MARGIN_PAGE (tb_window_get_page (window));
}

static void
choose (TbWindow *window, const char *name)
{
  GtkWidget *button = workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_TOGGLE_BUTTON, name);

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  workstation_settle (window);
}

static const TbMarginRow *
get_row (TbMarginPage *page, guint i)
{
  g_autoptr (TbItem) item = g_list_model_get_item (tb_margin_page_get_list (page), i);

  return item != NULL ? tb_item_get (item) : NULL; /* the list holds it */
}

static guint
find_row (TbMarginPage *page, const char *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (tb_margin_page_get_list (page)); i++)
    if (g_str_equal (get_row (page, i)->key, key))
      return i;
  g_error ("There is no row of %s", key);
}

static GtkColumnView *
view_of (TbMarginPage *page)
{
  return GTK_COLUMN_VIEW (workstation_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL));
}

typedef struct
{
  const char *text;
  const char *style;
  guint found, styled;
} Cells;

static void
count_cell (GtkWidget *widget, gpointer data)
{
  Cells *cells = data;

  if (!GTK_IS_INSCRIPTION (widget) || !gtk_widget_get_mapped (widget) || strstr (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), cells->text) == NULL)
    return;
  cells->found++;
  cells->styled += gtk_widget_has_css_class (widget, cells->style);
}

static Cells
count_cells (TbMarginPage *page, const char *text, const char *style)
{
  Cells cells = { text, style, 0, 0 };

  workstation_walk (GTK_WIDGET (page), count_cell, &cells);
  return cells;
}

static void
respond (TbWindow *window, const char *response)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (workstation_get_dialog (window));

  adw_message_dialog_response (dialog, response);
  gtk_window_close (GTK_WINDOW (dialog));
  workstation_settle (window);
}

static void
press (TbWindow *window, const char *name)
{
  GtkWidget *button = workstation_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  workstation_wait_for_dialog (window);
  workstation_settle (window);
}

static void
fill_in (TbWindow *window, const char *entry, const char *text)
{
  GtkWidget *row = workstation_find (GTK_WIDGET (workstation_get_dialog (window)), ADW_TYPE_ENTRY_ROW, entry);

  if (row == NULL)
    g_error ("There is no entry “%s”", entry);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* ---- what rows are made of ---- */

static const struct { const char *why, *button; TbMarginBy by; } views[] = {
  { "the page begins with clients", NULL, TB_MARGIN_BY_CLIENT },
  { "destinations", "Destinations", TB_MARGIN_BY_DESTINATION },
  { "tariffs", "Tariffs", TB_MARGIN_BY_TARIFF },
  { "providers", "Providers", TB_MARGIN_BY_PROVIDER },
  { "calls", "Calls", TB_MARGIN_BY_CALL },
  { "and back", "Clients", TB_MARGIN_BY_CLIENT },
};

/* Each view shows the rows of the report, in its order, and of losses only those when asked. */
static void
test_views (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbMarginPage *page = open_page (window);
  TbStore *store = tb_books_get_store (tb_window_get_books (window));
  TbMarginQuery query = { 0 };

  tb_books_get_month (tb_window_get_books (window), 2026, 10, &query.from, &query.to);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    for (query.losses = FALSE; query.losses <= TRUE; query.losses++)
      {
        g_autoptr (TbMarginReport) report = NULL;
        guint n;

        g_test_message ("%s%s", views[i].why, query.losses ? ", only losses" : "");
        if (!query.losses && views[i].button != NULL)
          choose (window, views[i].button);
        if (query.losses)
          choose (window, "Only losses");
        query.by = views[i].by;
        query.limit = query.by == TB_MARGIN_BY_CALL ? 1000 : 0;
        report = tb_margin_report_new (store, &query, NULL, NULL);
        n = g_list_model_get_n_items (tb_margin_page_get_list (page));
        g_assert_cmpuint (n, ==, report->rows->len);
        for (guint r = 0; r < n; r++)
          g_assert_cmpstr (get_row (page, r)->key, ==, ((const TbMarginRow *) report->rows->pdata[r])->key);
        if (query.losses)
          choose (window, "Only losses");
      }
  workstation_close (window);
}

/* What loses is red, and says so in words too. */
static void
test_losses (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbMarginPage *page = open_page (window);
  Cells cells;

  choose (window, "Destinations");
  g_assert_cmpint (get_row (page, 0)->money.margin.amount, <, 0);
  cells = count_cells (page, "Loss", "error");
  g_assert_cmpuint (cells.found, >, 0);
  g_assert_cmpuint (cells.styled, ==, cells.found);
  cells = count_cells (page, "−", "error");
  g_assert_cmpuint (cells.found, >, 0);
  g_assert_cmpuint (cells.styled, ==, cells.found);
  workstation_close (window);
}

/* ---- limits ---- */

static guint
count_below (TbMarginPage *page)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (tb_margin_page_get_list (page)); i++)
    n += (get_row (page, i)->breach & TB_MARGIN_BREACH_MARGIN) != 0;
  return n;
}

/* The page reads again after the limits were written, which is not the same moment. */
static gboolean
several_below (gpointer page)
{
  return count_below (page) > 1;
}

static void
test_limits (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbMarginPage *page = open_page (window);
  g_autofree char *key = NULL;

  press (window, "Limits of All…");
  fill_in (window, "Least margin, percent of charges", "much");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (workstation_get_dialog (window)), "save"));
  fill_in (window, "Least margin, percent of charges", "99.5");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (workstation_get_dialog (window)), "save"));
  respond (window, "save");
  workstation_wait (several_below, page);
  g_assert_cmpuint (count_cells (page, "below 99.5 %", "error").styled, >, 0);

  /* One client's own: less is asked of it, and it may use nothing. */
  key = g_strdup (get_row (page, 0)->key);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (tb_margin_page_get_list (page)), find_row (page, key));
  press (window, "Limits…");
  fill_in (window, "Least margin, percent of charges", "-100");
  fill_in (window, "Most usage a month, EUR", "0");
  respond (window, "save");
  g_assert_cmpint (get_row (page, find_row (page, key))->limit.usage, ==, 0);
  g_assert_cmpint (get_row (page, find_row (page, key))->limit.minimum_percent, ==, -100 * TB_DECIMAL_ONE);
  tb_window_show_page (window, "overview", NULL);
  workstation_settle (window);
  g_assert_nonnull (workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_LABEL, "Clients below their least margin"));
  workstation_close (window);
}

/* ---- from a row to its calls ---- */

static const struct { const char *why, *button; } roads[] = {
  { "a client's", "Clients" }, { "a destination's", "Destinations" }, { "a tariff's", "Tariffs" }, { "a provider's", "Providers" }, { "the call", "Calls" },
};

static void
test_calls (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  for (guint i = 0; i < G_N_ELEMENTS (roads); i++)
    {
      TbMarginPage *page = open_page (window);
      GtkSingleSelection *calls;
      gint64 expected;
      guint n;

      g_test_message ("%s", roads[i].why);
      if (i > 0)
        choose (window, roads[i].button);
      expected = get_row (page, 0)->calls;
      g_signal_emit_by_name (view_of (page), "activate", 0);
      workstation_settle (window);
      g_assert_true (TB_IS_CALLS_PAGE (tb_window_get_page (window)));
      calls = tb_calls_page_get_selection (TB_CALLS_PAGE (tb_window_get_page (window)));
      n = g_list_model_get_n_items (G_LIST_MODEL (calls));
      /* A client's are all, also those without a price; a provider's those it took. */
      g_assert_cmpuint (n, >, 0);
      if (i == 1 || i == 2 || i == 4)
        g_assert_cmpint (n, ==, expected);
    }
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/margin/views", test_views);
  g_test_add_func ("/margin/losses", test_losses);
  g_test_add_func ("/margin/limits", test_limits);
  g_test_add_func ("/margin/calls", test_calls);
  return g_test_run ();
}
