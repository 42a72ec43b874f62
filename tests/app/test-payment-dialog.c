/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-store.h"
#include "tb-payment-dialog.h"
#include "tb-payments.h"
#include "workstation.h"

/* Of the sample books, C1001 has one approved invoice and owes it. */

static TbAccount *
account_of (TbWindow *window, const char *client)
{
  g_autoptr (GError) error = NULL;
  TbAccount *account = tb_payments_read_account (tb_books_get_store (tb_window_get_books (window)), client, TB_CURRENCY_NONE, &error);

  g_assert_no_error (error);
  return account;
}

static const TbOpenItem *
open_item (const TbAccount *account)
{
  for (guint i = 0; i < account->items->len; i++)
    if (((TbOpenItem *) account->items->pdata[i])->open > 0)
      return account->items->pdata[i];
  g_error ("nothing is open");
}

static GtkWidget *
open_dialog (TbWindow *window, const char *client, const char *number)
{
  tb_payment_dialog_run (GTK_WIDGET (tb_window_get_page (window)), tb_window_get_books (window), client, number);
  workstation_settle (window);
  return workstation_wait_for_dialog (window);
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *name)
{
  GtkWidget *found = workstation_find (root, type, name);

  if (found == NULL)
    g_error ("There is no “%s”", name);
  return found;
}

static void
enter (GtkWidget *dialog, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW, row)), text);
}

static gboolean
is_gone (gpointer window)
{
  return workstation_get_dialog (window) == NULL;
}

static gboolean
can_record (gpointer dialog)
{
  return gtk_widget_is_sensitive (find (dialog, GTK_TYPE_BUTTON, "Record"));
}

/* The invoice that is looked at, with what it has open, a part of that, and the books afterwards. */
static void
test_invoice (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (TbAccount) before = account_of (window, "C1001"), after = NULL;
  const TbOpenItem *item = open_item (before);
  g_autofree char *open = tb_money_to_string ((TbMoney){ item->open, before->currency });
  GtkWidget *dialog = open_dialog (window, "C1001", item->number);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW, "Amount"))), ==, open);
  workstation_wait (can_record, dialog);
  g_assert_true (workstation_says (dialog, item->number));
  enter (dialog, "Amount", "1.50");
  enter (dialog, "Reference", "R-1");
  workstation_wait (can_record, dialog);
  g_assert_true (workstation_says (dialog, "1.50"));
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "Record"), "clicked");
  workstation_wait (is_gone, window);
  workstation_settle (window);
  after = account_of (window, "C1001");
  g_assert_cmpint (tb_account_find (after, item->number)->open, ==, item->open - 3 * TB_AMOUNT_ONE / 2);
  g_assert_cmpint (tb_account_find (after, item->number)->state, ==, TB_PAYMENT_PARTLY);
  workstation_close (window);
}

static const struct
{
  const char *reason, *amount, *day, *says; /* says NULL: it can be recorded */
} forms[] = {
  { "as it is", "5", "2020-01-02", NULL },
  { "too much is credit", "50000", "2020-01-02", NULL },
  { "nothing", "0", "2020-01-02", "above zero" },
  { "half a cent", "0.005", "2020-01-02", "smallest coin" },
  { "no number", "much", "2020-01-02", "much" },
};

static void
test_fields (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_dialog (window, "C1001", NULL);
  g_autoptr (TbAccount) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_test_message ("%s", forms[i].reason);
      enter (dialog, "Day", forms[i].day);
      enter (dialog, "Amount", forms[i].amount);
      if (forms[i].says != NULL)
        workstation_wait_for_words (dialog, forms[i].says);
      else
        workstation_wait (can_record, dialog);
      g_assert_cmpint (can_record (dialog), ==, forms[i].says == NULL);
    }
  enter (dialog, "Amount", "50000");
  workstation_wait_for_words (dialog, "Credit on account");
  enter (dialog, "Day", "yesterday");
  workstation_settle (window);
  g_assert_false (can_record (dialog));
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "Cancel"), "clicked");
  workstation_wait (is_gone, window);
  after = account_of (window, "C1001");
  g_assert_cmpint (after->free, ==, 0);
  workstation_close (window);
}

/* Whoever pays is chosen by name. */
static void
test_chosen (void)
{
  TbWindow *window = workstation_open (TRUE, 1024, 600);
  GtkWidget *dialog = open_dialog (window, NULL, NULL), *payer = find (dialog, GTK_TYPE_DROP_DOWN, "Client");
  const TbSetup *setup = tb_books_get_setup (tb_window_get_books (window));

  enter (dialog, "Amount", "5");
  workstation_settle (window);
  g_assert_false (can_record (dialog)); /* nobody is chosen before a person does it */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (payer), 0);
  workstation_wait (can_record, dialog);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (payer))), ==, setup->clients->len);
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "Cancel"), "clicked");
  workstation_wait (is_gone, window);
  workstation_close (window);
}

/* From the client's page: what is open, a payment, and the statement with it. */
static void
test_client (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (TbAccount) before = account_of (window, "C1001");
  const TbOpenItem *item = open_item (before);
  g_autofree char *open = tb_money_to_display ((TbMoney){ item->open, before->currency });
  GtkWidget *page, *dialog;

  tb_window_show_page (window, "clients", "C1001");
  workstation_settle (window);
  page = GTK_WIDGET (tb_window_get_page (window));
  g_assert_true (workstation_says (page, item->number));
  g_assert_true (workstation_says (page, open));
  workstation_press (window, page, "Record Payment…");
  dialog = workstation_wait_for_dialog (window);
  workstation_wait (can_record, dialog);
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "Record"), "clicked");
  workstation_wait (is_gone, window);
  workstation_settle (window);
  workstation_wait_for_words (page, "bank transfer");
  g_assert_true (workstation_says (page, "Payment"));
  g_assert_false (workstation_says (page, "overdue"));
  workstation_close (window);
}

/* Crediting an invoice: without its first line, with a reason; the draft is shown, and the books have it. */
static void
test_credit (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (TbAccount) account = account_of (window, "C1001");
  const char *number = open_item (account)->number;
  TbStore *store = tb_books_get_store (tb_window_get_books (window));
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, number, NULL), note = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const TbInvoiceLine *first = invoice->lines->pdata[0];
  GtkWidget *dialog, *button;

  tb_window_show_page (window, "invoices", number);
  workstation_settle (window);
  gtk_widget_activate_action (workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_BUTTON, "Approve"), "invoice.credit", NULL);
  dialog = workstation_wait_for_dialog (window);
  workstation_wait_for_words (dialog, "with tax is credited");
  button = find (dialog, GTK_TYPE_BUTTON, "Credit");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (dialog, GTK_TYPE_CHECK_BUTTON, "All lines")), FALSE);
  g_assert_true (workstation_says (dialog, "No line is chosen"));
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (dialog, GTK_TYPE_CHECK_BUTTON, "All lines")), TRUE);
  workstation_settle (window);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (dialog, GTK_TYPE_CHECK_BUTTON, first->description)), FALSE);
  enter (dialog, "Reason, as it stands on the document", "Never used");
  g_signal_emit_by_name (button, "clicked");
  workstation_wait (is_gone, window);
  workstation_settle (window);
  workstation_wait_for_words (GTK_WIDGET (window), "Draft Credit Note");
  all = tb_invoice_store_list (store, "C1001", NULL);
  for (guint i = 0; i < all->len; i++)
    if (((TbInvoice *) all->pdata[i])->corrects_id == invoice->id)
      note = tb_invoice_store_get_by_id (store, ((TbInvoice *) all->pdata[i])->id, NULL);
  g_assert_nonnull (note);
  g_assert_cmpuint (note->lines->len, ==, invoice->lines->len - 1);
  g_assert_cmpint (note->net, ==, first->amount - invoice->net);
  g_assert_cmpstr (note->reason, ==, "Never used");
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/payment-dialog/invoice", test_invoice);
  g_test_add_func ("/payment-dialog/fields", test_fields);
  g_test_add_func ("/payment-dialog/chosen", test_chosen);
  g_test_add_func ("/payment-dialog/client", test_client);
  g_test_add_func ("/payment-dialog/credit", test_credit);
  return g_test_run ();
}
