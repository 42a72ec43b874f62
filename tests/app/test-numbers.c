/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-writer.h"
#include "tb-number-report.h"
#include "tb-numbers-page.h"
#include "workstation.h"

/* The sample company dials well: here are two numbers that nobody has. */
static void
add_wrong_numbers (TbWindow *window)
{
  static const char *const callees[] = { "+9991234567", "+2105551234" };
  TbBooks *books = tb_window_get_books (window);
  const TbConnection *connection = tb_books_get_setup (books)->connections->pdata[0];
  g_autoptr (TbStore) store = tb_store_open (tb_books_get_path (books), TB_DB_READ_WRITE, NULL);
  g_autoptr (TbCallWriter) writer = tb_call_writer_begin (store, connection->name, "test", "csv", NULL);
  TbImportCounts counts;

  for (guint i = 0; i < G_N_ELEMENTS (callees); i++)
    {
      TbCall call;

      tb_call_init (&call);
      call.uid = callees[i];
      call.tenant = "nobody";
      call.start = G_GINT64_CONSTANT (1791374400);
      call.callee = callees[i];
      call.direction = TB_DIRECTION_OUTBOUND;
      call.ring = 5;
      call.seconds = 60;
      call.duration = 65;
      g_assert_true (tb_call_writer_add (writer, &call, NULL));
    }
  g_assert_true (tb_call_writer_finish (writer, &counts, NULL));
  tb_books_refresh (books);
  workstation_settle (window);
}

static TbListPage *
open_page (TbWindow *window)
{
  add_wrong_numbers (window);
  tb_window_show_page (window, "numbers", NULL);
  workstation_settle (window);
  g_assert_true (TB_IS_NUMBERS_PAGE (tb_window_get_page (window)));
  return TB_LIST_PAGE (tb_window_get_page (window));
}

static GtkWidget *
find (TbWindow *window, GType type, const char *name)
{
  GtkWidget *widget = workstation_find (GTK_WIDGET (window), type, name);

  if (widget == NULL)
    g_error ("There is no “%s”", name);
  return widget;
}

static void
press (TbWindow *window, const char *name)
{
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, name), "clicked");
}

static guint
n_shown (TbListPage *page)
{
  return g_list_model_get_n_items (tb_list_page_get_list (page));
}

static TbNumberReport *
make_report (TbWindow *window, const char *client)
{
  TbCallFilter filter = { .client = (char *) client };
  TbNumberReport *report = tb_number_report_new (tb_books_get_store (tb_window_get_books (window)), &filter, NULL, NULL);

  g_assert_nonnull (report);
  return report;
}

/* What is shown is what the service found, and the filter of verdicts takes its part of it. */
static void
test_check (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbListPage *page = open_page (window);
  g_autoptr (TbNumberReport) report = make_report (window, NULL);
  guint counts[TB_NUMBER_EXTENSION + 1] = { 0 }, faults = 0;
  GtkDropDown *verdicts;

  g_assert_cmpuint (n_shown (page), ==, 0);
  press (window, "Check");
  workstation_settle (window);
  g_assert_cmpuint (n_shown (page), ==, report->patterns->len);
  for (guint i = 0; i < report->patterns->len; i++)
    {
      counts[((const TbNumberPattern *) report->patterns->pdata[i])->check.verdict]++;
      faults += tb_number_pattern_is_fault (report->patterns->pdata[i]);
    }
  g_assert_cmpuint (faults, >, 0);
  g_assert_cmpuint (counts[TB_NUMBER_VALID], >, 0);
  verdicts = GTK_DROP_DOWN (find (window, GTK_TYPE_DROP_DOWN, "Verdict"));
  gtk_drop_down_set_selected (verdicts, 1);
  g_assert_cmpuint (n_shown (page), ==, faults);
  for (guint i = 0; i <= TB_NUMBER_EXTENSION; i++)
    {
      gtk_drop_down_set_selected (verdicts, 2 + i);
      g_assert_cmpuint (n_shown (page), ==, counts[i]);
    }
  workstation_close (window);
}

static void
test_client (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbListPage *page = open_page (window);
  const TbClient *client = tb_books_get_setup (tb_window_get_books (window))->clients->pdata[0];
  g_autoptr (TbNumberReport) report = make_report (window, client->key);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (window, GTK_TYPE_DROP_DOWN, "Client")), 1);
  press (window, "Check");
  workstation_settle (window);
  g_assert_cmpuint (n_shown (page), ==, report->patterns->len);
  for (guint i = 0; i < n_shown (page); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (tb_list_page_get_list (page), i);

      g_assert_cmpstr (((const TbNumberPattern *) tb_item_get (item))->client, ==, client->key);
    }
  workstation_close (window);
}

/* The rule is shown as it is, can be copied, and the example leads to its call. */
static void
test_fix (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbListPage *page = open_page (window);
  const TbNumberPattern *pattern;
  guint n_fixes = 0;

  press (window, "Check");
  workstation_settle (window);
  for (guint i = 0; i < MIN (n_shown (page), 5); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (tb_list_page_get_list (page), i);

      gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (tb_list_page_get_list (page)), i);
      workstation_settle (window);
      pattern = tb_item_get (item);
      g_assert_true ((workstation_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "Copy the rule") != NULL) == (pattern->fix != NULL));
      if (pattern->fix == NULL)
        continue;
      find (window, GTK_TYPE_LABEL, pattern->fix);
      press (window, "Copy the rule");
      n_fixes++;
    }
  g_assert_cmpuint (n_fixes, ==, 2);
  workstation_close (window);
}

static void
test_stop (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbListPage *page = open_page (window);

  press (window, "Check");
  press (window, "Stop");
  workstation_settle (window);
  g_assert_cmpuint (n_shown (page), ==, 0);
  press (window, "Check"); /* can be asked for again */
  workstation_settle (window);
  g_assert_cmpuint (n_shown (page), >, 0);
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/numbers/check", test_check);
  g_test_add_func ("/numbers/client", test_client);
  g_test_add_func ("/numbers/fix", test_fix);
  g_test_add_func ("/numbers/stop", test_stop);
  return g_test_run ();
}
