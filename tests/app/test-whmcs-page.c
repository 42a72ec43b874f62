/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-list-page.h"
#include "tb-posting-row.h"
#include "workstation.h"

/* The page WHMCS: it is set up, what would go is listed, a push that reaches nobody loses nothing, and a person puts a posting aside and takes it
 * up again. Posting itself has its tests in tests/services. */

static void
type (GtkWindow *dialog, const char *title, const char *text)
{
  GtkWidget *entry = workstation_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static TbListPage *
open_page (TbWindow *window)
{
  tb_window_show_page (window, "whmcs", NULL);
  workstation_settle (window);
  return TB_LIST_PAGE (tb_window_get_page (window));
}

/* The address of a port on which nobody listens. */
static void
set_up (TbWindow *window)
{
  GtkWindow *dialog;

  workstation_press (window, GTK_WIDGET (window), "Set Up…");
  dialog = workstation_get_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_false (gtk_widget_is_sensitive (workstation_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Save")));
  type (dialog, "Identifier", "tollbook");
  type (dialog, "Address", "http://billing.example.com/"); /* in the clear over the network: no */
  g_assert_false (gtk_widget_is_sensitive (workstation_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Save")));
  type (dialog, "Address", "http://127.0.0.1:1/");
  workstation_press (window, GTK_WIDGET (dialog), "Save");
}

static const TbPostingRow *
get_chosen (TbListPage *page)
{
  const TbPostingRow *row = tb_list_page_get_selected (page);

  g_assert_nonnull (row);
  return row;
}

static void
test_page (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbListPage *page = open_page (window);
  const TbWhmcsSettings *settings;
  g_autofree char *key = NULL;

  set_up (window);
  settings = tb_books_get_setup (tb_window_get_books (window))->whmcs;
  g_assert_cmpstr (settings->url, ==, "http://127.0.0.1:1/");
  g_assert_cmpstr (settings->identifier, ==, "tollbook");

  g_assert_cmpuint (get_chosen (page)->posting->id, ==, 0); /* nothing is in the ledger before the first push */
  key = g_strdup (get_chosen (page)->key);
  workstation_press (window, GTK_WIDGET (window), "Push…");
  workstation_press (window, GTK_WIDGET (workstation_get_dialog (window)), "Push");
  workstation_wait_for_dialog (window);
  g_assert_true (workstation_says (GTK_WIDGET (workstation_get_dialog (window)), "nothing is lost"));
  workstation_press (window, GTK_WIDGET (workstation_get_dialog (window)), "Close");

  g_assert_true (tb_list_page_select (page, key));
  workstation_settle (window);
  g_assert_cmpuint (get_chosen (page)->posting->id, >, 0);
  g_assert_true (tb_posting_row_is_in (get_chosen (page), TB_POSTING_VIEW_OPEN));
  workstation_press (window, GTK_WIDGET (window), "Put Aside");
  g_assert_true (tb_posting_row_is_in (get_chosen (page), TB_POSTING_VIEW_TROUBLE));
  workstation_press (window, GTK_WIDGET (window), "Try Again");
  g_assert_true (tb_posting_row_is_in (get_chosen (page), TB_POSTING_VIEW_OPEN));
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TOLLBOOK_SECRET_WHMCS", "s3cr3t", TRUE);
  g_setenv ("TOLLBOOK_PATIENCE", "1", TRUE);
  g_setenv ("no_proxy", "*", TRUE);
  workstation_start (&argc, &argv);

  g_test_add_func ("/whmcs-page/page", test_page);
  return g_test_run ();
}
