/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balances.h"
#include "tb-clients-page.h"
#include "workstation.h"

/* Of the sample books, C1003 is on "Prepaid world" and pays in US dollars, C1001 gets invoices. */

static GtkWidget *
page_of (TbWindow *window)
{
  return GTK_WIDGET (tb_window_get_page (window));
}

static void
assert_says (GtkWidget *root, const char *text)
{
  if (workstation_find (root, GTK_TYPE_LABEL, text) == NULL)
    g_error ("Nothing says “%s”", text);
}

static GtkWidget *
button (GtkWidget *root, const char *name)
{
  GtkWidget *found = workstation_find (root, GTK_TYPE_BUTTON, name);

  if (found == NULL)
    g_error ("There is no button “%s”", name);
  return found;
}

static TbWindow *
open_client (const char *key)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  tb_window_show_page (window, "clients", key);
  workstation_settle (window);
  return window;
}

static GtkWidget *
open_dialog (TbWindow *window)
{
  g_signal_emit_by_name (button (page_of (window), "Top Up…"), "clicked");
  workstation_settle (window);
  g_assert_nonnull (workstation_get_dialog (window));
  return GTK_WIDGET (workstation_get_dialog (window));
}

static void
enter (GtkWidget *dialog, const char *row, const char *text)
{
  GtkWidget *entry = workstation_find (dialog, ADW_TYPE_ENTRY_ROW, row);

  if (entry == NULL)
    g_error ("There is no field “%s”", row);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
is_gone (gpointer window)
{
  return workstation_get_dialog (window) == NULL;
}

static TbClientBalance *
balance_of (TbWindow *window, const char *key)
{
  g_autoptr (GError) error = NULL;
  TbClientBalance *balance = tb_balances_get (tb_books_get_store (tb_window_get_books (window)), key, &error);

  g_assert_no_error (error);
  return balance;
}

/* A payment by the form: the card, the list and the books say the same afterwards. */
static void
test_top_up (void)
{
  TbWindow *window = open_client ("C1003");
  g_autoptr (TbClientBalance) before = balance_of (window, "C1003"), after = NULL;
  g_autofree char *left = NULL;
  GtkWidget *dialog;

  g_assert_cmpint (before->state, ==, TB_BALANCE_EMPTY);
  dialog = open_dialog (window);
  enter (dialog, "Amount in USD", "500");
  enter (dialog, "Reference of the payment", "PAY-1");
  enter (dialog, "Note", "Cheque");
  g_signal_emit_by_name (button (dialog, "Book"), "clicked");
  workstation_wait (is_gone, window);
  workstation_settle (window);
  after = balance_of (window, "C1003");
  g_assert_cmpint (after->balance - before->balance, ==, 500 * TB_AMOUNT_ONE);
  left = tb_money_to_display ((TbMoney){ after->balance, after->currency });
  assert_says (page_of (window), left);
  assert_says (page_of (window), "Top-up");
  assert_says (page_of (window), "500.00 USD");
  workstation_close (window);
}

static const struct
{
  guint kind; /* in the order of the choice: top-up, refund, adjustment */
  const char *amount, *note;
  gboolean good;
  const char *says, *reason;
} forms[] = {
  { 0, "", "", FALSE, NULL, "nothing entered is not wrong, but nothing to book either" },
  { 0, "12.50", "", TRUE, NULL, "a payment" },
  { 0, " 12.50 ", "", TRUE, NULL, "pasted with blanks" },
  { 0, "12,50", "", FALSE, NULL, "a comma is no point" },
  { 0, "-5", "", FALSE, "-5.00 USD: the amount must be above zero.", "money does not come in below zero" },
  { 0, "0.005", "", FALSE, "0.005 USD: money is paid in the currency's smallest coin, not in parts of it.", "half a cent" },
  { 1, "5", "", TRUE, NULL, "money goes back" },
  { 2, "-5", "", FALSE, "A correction needs a note that says why.", "a correction that says nothing" },
  { 2, "-5", "Wrong client", TRUE, NULL, "one that does" },
};

static void
test_fields (void)
{
  TbWindow *window = open_client ("C1003");
  GtkWidget *dialog = open_dialog (window);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_test_message ("%s", forms[i].reason);
      adw_combo_row_set_selected (ADW_COMBO_ROW (workstation_find (dialog, ADW_TYPE_COMBO_ROW, "Kind")), forms[i].kind);
      enter (dialog, "Amount in USD", forms[i].amount);
      enter (dialog, "Note", forms[i].note);
      workstation_settle (window);
      g_assert_cmpint (gtk_widget_is_sensitive (button (dialog, "Book")), ==, forms[i].good);
      if (forms[i].says != NULL)
        assert_says (dialog, forms[i].says);
    }
  g_signal_emit_by_name (button (dialog, "Cancel"), "clicked");
  workstation_wait (is_gone, window);
  workstation_close (window);
}

/* Who gets invoices has no balance to show; who has none left is found by the filter. */
static void
test_filter (void)
{
  TbWindow *window = open_client ("C1001");
  GListModel *list = tb_list_page_get_list (TB_LIST_PAGE (page_of (window)));
  guint all = g_list_model_get_n_items (list), low;

  g_assert_null (workstation_find (page_of (window), GTK_TYPE_BUTTON, "Top Up…"));
  tb_window_show_page (window, "clients", TB_CLIENTS_LOW_OR_EMPTY);
  workstation_settle (window);
  low = g_list_model_get_n_items (list);
  g_assert_cmpuint (low, >, 0);
  g_assert_cmpuint (low, <, all);
  tb_window_show_page (window, "clients", "C1001");
  workstation_settle (window);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, all);
  workstation_close (window);
}

/* The overview tells how many there are, and leads there. */
static void
test_overview (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  workstation_show_page (window, 1);
  workstation_settle (window);
  assert_says (page_of (window), "Empty balances");
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/balances/top-up", test_top_up);
  g_test_add_func ("/balances/fields", test_fields);
  g_test_add_func ("/balances/filter", test_filter);
  g_test_add_func ("/balances/overview", test_overview);
  return g_test_run ();
}
