/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-books.h"
#include "tb-billing-run.h"
#include "tb-fake-whmcs.h"
#include "tb-invoice-store.h"
#include "tb-list-page.h"
#include "tb-posting-row.h"
#include "workstation.h"

#ifndef SHOT
#define SHOT(widget, name)
#endif

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

static void
set_up_as (TbWindow *window, const char *identifier, const char *url)
{
  GtkWindow *dialog;

  workstation_press (window, GTK_WIDGET (window), "Set Up…");
  dialog = workstation_get_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_false (gtk_widget_is_sensitive (workstation_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Save")));
  type (dialog, "Identifier", identifier);
  type (dialog, "Address", "http://billing.example.com/"); /* in the clear over the network: no */
  g_assert_false (gtk_widget_is_sensitive (workstation_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Save")));
  type (dialog, "Address", url);
  workstation_press (window, GTK_WIDGET (dialog), "Save");
}

/* The address of a port on which nobody listens. */
static void
set_up (TbWindow *window)
{
  set_up_as (window, "tollbook", "http://127.0.0.1:1/");
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

  g_setenv ("TOLLBOOK_SECRET_WHMCS", "s3cr3t", TRUE);
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

/* ---- with a WHMCS behind it ---- */

/* Bills of two months, so that there is something to compare with. */
static void
approve_all (TbWindow *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_open (tb_books_get_path (tb_window_get_books (window)), TB_DB_READ_WRITE, &error);
  g_autoptr (TbBillingRun) before = NULL;
  g_autoptr (GPtrArray) invoices = NULL;

  g_assert_no_error (error);
  before = tb_billing_run (store, SAMPLE_BOOKS_YEAR, SAMPLE_BOOKS_MONTH - 1, NULL, TB_BILLING_INCOMPLETE, NULL, &error);
  g_assert_no_error (error);
  invoices = tb_invoice_store_list (store, NULL, &error);
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = invoices->pdata[i];
      g_autofree char *id = g_strdup_printf ("%u", invoice->id);
      g_autoptr (TbInvoice) approved = invoice->state == TB_INVOICE_DRAFT ? tb_billing_approve (store, id, &error) : NULL;

      g_assert_no_error (error);
    }
}

/* It has most of our clients, by their addresses of mail; one that may be one of ours; and one of whom nobody here knows. */
static TbFakeWhmcs *
fake_new (TbWindow *window)
{
  TbFakeWhmcs *fake = tb_fake_whmcs_new (9, TB_FAKE_QUIRK_ENTITIES);
  const TbSetup *setup = tb_books_get_setup (tb_window_get_books (window));

  for (guint i = 0; i + 2 < setup->clients->len; i++)
    {
      const TbClient *client = setup->clients->pdata[i];
      TbCurrency currency = client->currency != TB_CURRENCY_NONE ? client->currency : tb_setup_get_currency (setup);
      gint64 id = tb_fake_whmcs_add_client (fake, client->name, client->email, tb_currency_to_string (currency), 0);

      g_assert_cmpint (id, ==, (gint64) i + 1);
    }
  tb_fake_whmcs_add_client (fake, ((TbClient *) setup->clients->pdata[setup->clients->len - 1])->name, "somebody@else.example", "EUR", 0);
  tb_fake_whmcs_add_client (fake, "Newcomer & Sons", "newcomer@example.com", "EUR", 0);
  return fake;
}

static void
close_dialog (TbWindow *window)
{
  GtkWindow *dialog = workstation_get_dialog (window);

  if (dialog != NULL)
    gtk_window_destroy (dialog);
  workstation_settle (window);
}

static void
review (TbWindow *window)
{
  GtkWidget *dialog;

  workstation_press (window, GTK_WIDGET (window), "Review…");
  dialog = workstation_wait_for_dialog (window);
  workstation_wait_for_words (dialog, "At WHMCS: 1 Main St");
  SHOT (dialog, "review");
  g_assert_true (workstation_says (dialog, "Clients That May Be Ours"));
  workstation_press (window, dialog, "Keep Ours");
  g_assert_true (workstation_says (dialog, "Ours goes to WHMCS with the next push"));
  close_dialog (window);
}

/* How many rows are in that state, of what is shown. */
static guint
count_state (TbListPage *page, TbPostingState state)
{
  GListModel *list = tb_list_page_get_list (page);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (list, i);
      const TbPostingRow *row = tb_item_get (item);

      n += row->posting->place.state == state && row->posting->id != 0;
    }
  return n;
}

static gboolean
choose_invoice (TbListPage *page, gboolean blocked)
{
  GListModel *list = tb_list_page_get_list (page);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (list, i);
      const TbPostingRow *row = tb_item_get (item);

      if (row->posting->kind == TB_POSTING_INVOICE && (row->blocked != NULL) == blocked)
        return tb_list_page_select (page, row->key);
    }
  return FALSE;
}

/* Read, reviewed and posted: what is to go shows how it differs from the month before, the largest first; afterwards each row tells what happened to it, and
 * a reply that was lost is a part of that. */
static void
look_and_post (int width, int height)
{
  TbWindow *window = workstation_open (TRUE, width, height);
  TbListPage *page = open_page (window);
  g_autoptr (TbFakeWhmcs) fake = fake_new (window);
  TbAmount last = G_MAXINT64;

  approve_all (window);
  g_setenv ("TOLLBOOK_SECRET_WHMCS", TB_FAKE_WHMCS_SECRET, TRUE);
  set_up_as (window, TB_FAKE_WHMCS_IDENTIFIER, tb_fake_whmcs_listen (fake));
  workstation_press (window, GTK_WIDGET (window), "Pull");
  workstation_settle (window);
  close_dialog (window); /* what was to be noted */
  tb_fake_whmcs_close_client (fake, 2);
  workstation_press (window, GTK_WIDGET (window), "Pull");
  workstation_settle (window);
  close_dialog (window);
  review (window);
  SHOT (window, "to-go");
  for (guint i = 0; i < g_list_model_get_n_items (tb_list_page_get_list (page)); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (tb_list_page_get_list (page), i);
      const TbPostingRow *row = tb_item_get (item);

      if (row->blocked != NULL)
        continue;
      g_assert_cmpint (ABS (row->difference.amount), <=, last);
      last = ABS (row->difference.amount);
    }
  g_assert_true (choose_invoice (page, TRUE));
  workstation_settle (window);
  g_assert_true (workstation_says (GTK_WIDGET (window), "The client is closed at WHMCS"));
  SHOT (window, "cannot-go");

  tb_fake_whmcs_fail_next (fake, "CreateInvoice", TB_FAKE_FAULT_LOST, 1);
  workstation_press (window, GTK_WIDGET (window), "Push…");
  SHOT (workstation_get_dialog (window), "push");
  g_assert_true (workstation_says (GTK_WIDGET (workstation_get_dialog (window)), "The invoices ask for"));
  workstation_press (window, GTK_WIDGET (workstation_get_dialog (window)), "Push");
  workstation_wait_for_dialog (window);
  SHOT (workstation_get_dialog (window), "troubles");
  close_dialog (window);
  g_assert_cmpuint (count_state (page, TB_POSTING_DONE), >, 1);
  g_assert_cmpuint (count_state (page, TB_POSTING_PARKED), ==, 0);
  g_assert_true (choose_invoice (page, FALSE));
  workstation_wait_for_words (GTK_WIDGET (window), "Published.");
  SHOT (window, "story");
  workstation_press (window, GTK_WIDGET (window), "Compare…");
  workstation_wait_for_words (workstation_wait_for_dialog (window), "Here, Not at WHMCS"); /* that of the client who is closed there */
  SHOT (workstation_get_dialog (window), "compare");
  close_dialog (window);
  workstation_close (window);
}

static void
test_world (void)
{
  look_and_post (1280, 800);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TOLLBOOK_PATIENCE", "2", TRUE);
  g_setenv ("no_proxy", "*", TRUE);
  workstation_start (&argc, &argv);

  g_test_add_func ("/whmcs-page/page", test_page);
  g_test_add_func ("/whmcs-page/world", test_world);
  return g_test_run ();
}
