/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-billing-run.h"
#include "tb-calls-page.h"
#include "tb-connections-page.h"
#include "tb-deck-dialog.h"
#include "tb-fake-server.h"
#include "tb-import-result.h"
#include "tb-invoice-rows.h"
#include "tb-invoice-preview.h"
#include "tb-invoice-print.h"
#include "tb-invoice-store.h"
#include "tb-list-page.h"
#include "tb-setup-store.h"
#include "tb-tariffs-page.h"
#include "tb-text.h"
#include "workstation.h"

#define SECRET "k3y-of-the-test"

/* ---- doing and seeing ---- */

static GtkWidget *
page_of (TbWindow *window)
{
  return GTK_WIDGET (tb_window_get_page (window));
}

static void
press (GtkWidget *root, const char *name)
{
  GtkWidget *button = workstation_find (root, GTK_TYPE_BUTTON, name);

  if (button == NULL)
    g_error ("There is no button “%s”", name);
  if (!gtk_widget_is_sensitive (button))
    g_error ("The button “%s” cannot be pressed", name);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
says (GtkWidget *root, const char *text)
{
  return workstation_find (root, GTK_TYPE_LABEL, text) != NULL;
}

static void
assert_says (GtkWidget *root, const char *text)
{
  if (!says (root, text))
    g_error ("Nothing says “%s”", text);
}

typedef struct
{
  TbWindow *window;
  GType type;
  GtkWindow *found;
} Wanted;

static gboolean
dialog_is_there (gpointer data)
{
  Wanted *wanted = data;
  GtkWindow *dialog = workstation_get_dialog (wanted->window);

  if (dialog == NULL)
    return FALSE;
  if (ADW_IS_MESSAGE_DIALOG (dialog) && wanted->type != ADW_TYPE_MESSAGE_DIALOG)
    g_error ("%s: %s", adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)));
  if (!G_TYPE_CHECK_INSTANCE_TYPE (dialog, wanted->type))
    return FALSE;
  wanted->found = dialog;
  return TRUE;
}

static GtkWidget *
wait_for_dialog (TbWindow *window, GType type)
{
  Wanted wanted = { window, type, NULL };

  workstation_wait (dialog_is_there, &wanted);
  return GTK_WIDGET (wanted.found);
}

static void
close_dialog (GtkWidget *dialog, TbWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_settle (window);
}

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* A file falls onto the page, as from a file manager. */
static void
drop (GtkWidget *page, const char *path)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList list = { file, NULL };

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &list);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (!GTK_IS_DROP_TARGET (controller))
        continue;
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
      g_assert_true (taken);
      return;
    }
  g_error ("The page takes no files");
}

static const TbProblem *
get_problem (GtkWidget *dialog, guint i)
{
  TbProblemList *list = TB_PROBLEM_LIST (workstation_find (dialog, TB_TYPE_PROBLEM_LIST, NULL));
  g_autoptr (TbItem) item = NULL;

  g_assert_nonnull (list);
  item = g_list_model_get_item (tb_problem_list_get_model (list), i);
  g_assert_nonnull (item);
  return tb_item_get (item); /* the list holds it */
}

/* A number of the result: "Rejected: 2". */
static void
assert_count (GtkWidget *dialog, const char *label, guint count)
{
  g_autofree char *name = g_strdup_printf ("%s: %u", label, count);

  if (workstation_find (dialog, GTK_TYPE_FLOW_BOX_CHILD, name) == NULL)
    g_error ("The result does not say “%s”", name);
}

/* ---- invoices ---- */

static const TbInvoice *
chosen_invoice (TbWindow *window)
{
  return ((TbInvoiceRow *) tb_list_page_get_selected (TB_LIST_PAGE (page_of (window))))->invoice;
}

static void
choose_state (TbWindow *window, TbStanding state)
{
  GtkWidget *states = workstation_find (page_of (window), GTK_TYPE_DROP_DOWN, "State");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (states), 1 + state);
  workstation_settle (window);
}

static guint
count_listed (TbWindow *window)
{
  return g_list_model_get_n_items (tb_list_page_get_list (TB_LIST_PAGE (page_of (window))));
}

/* A draft becomes an invoice with the next number, then void: each is seen in the list and on the card. */
static void
test_approve (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autofree char *id = NULL;

  tb_window_show_page (window, "invoices", NULL);
  workstation_settle (window);
  g_assert_cmpint (chosen_invoice (window)->state, ==, TB_INVOICE_DRAFT);
  g_assert_null (chosen_invoice (window)->number);
  assert_says (page_of (window), "Draft");
  id = g_strdup_printf ("%u", chosen_invoice (window)->id);

  press (page_of (window), "Approve");
  workstation_settle (window);
  tb_window_show_page (window, "invoices", id);
  workstation_settle (window);
  g_assert_cmpint (chosen_invoice (window)->state, ==, TB_INVOICE_APPROVED);
  g_assert_cmpstr (chosen_invoice (window)->number, ==, "NK-2026-00002");
  assert_says (page_of (window), "NK-2026-00002");
  assert_says (page_of (window), "Approved");
  g_assert_false (gtk_widget_is_sensitive (workstation_find (page_of (window), GTK_TYPE_BUTTON, "Approve")));

  gtk_widget_activate_action (workstation_find (page_of (window), TB_TYPE_INVOICE_PREVIEW, NULL), "invoice.void", NULL);
  workstation_settle (window);
  press (wait_for_dialog (window, ADW_TYPE_MESSAGE_DIALOG), "Void");
  workstation_settle (window);
  tb_window_show_page (window, "invoices", "NK-2026-00002");
  workstation_settle (window);
  g_assert_cmpint (chosen_invoice (window)->state, ==, TB_INVOICE_VOID);
  assert_says (page_of (window), "Void");
  workstation_close (window);
}

static void
test_states (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  guint all;

  tb_window_show_page (window, "invoices", NULL);
  workstation_settle (window);
  all = count_listed (window);
  choose_state (window, TB_STANDING_DRAFT);
  g_assert_cmpuint (count_listed (window), ==, all - 1); /* one of the sample books' is approved */
  choose_state (window, TB_STANDING_APPROVED);
  g_assert_cmpuint (count_listed (window), ==, 1);
  choose_state (window, TB_STANDING_VOID);
  g_assert_cmpuint (count_listed (window), ==, 0);
  assert_says (page_of (window), "No Invoice Chosen");
  workstation_close (window);
}

static void
test_preview (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbInvoicePreview *preview;
  double fitting;

  tb_window_show_page (window, "invoices", NULL);
  workstation_settle (window);
  preview = TB_INVOICE_PREVIEW (workstation_find (page_of (window), TB_TYPE_INVOICE_PREVIEW, NULL));
  g_assert_cmpuint (tb_invoice_preview_get_n_pages (preview), >, 1);
  g_assert_cmpuint (tb_invoice_preview_get_page (preview), ==, 1);
  press (page_of (window), "Next page");
  g_assert_cmpuint (tb_invoice_preview_get_page (preview), ==, 2);
  press (page_of (window), "Previous page");
  g_assert_cmpuint (tb_invoice_preview_get_page (preview), ==, 1);

  fitting = tb_invoice_preview_get_zoom (preview);
  press (page_of (window), "Larger");
  g_assert_cmpfloat (tb_invoice_preview_get_zoom (preview), >, fitting);
  press (page_of (window), "As wide as the view");
  g_assert_cmpfloat (tb_invoice_preview_get_zoom (preview), ==, fitting);
  workstation_close (window);
}

static void
note_pages (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  *(guint *) data += 1;
}

static void
test_print (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbStore *store = tb_books_get_store (tb_window_get_books (window));
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPrintedInvoice) invoice = tb_printed_invoice_load (store, "NK-2026-00001", &error);
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "printed.pdf", NULL);
  g_autofree char *text = NULL;
  guint pages = 0;

  g_assert_no_error (error);
  g_ptr_array_add (documents, invoice);
  operation = tb_invoice_print_new (documents);
  gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "draw-page", G_CALLBACK (note_pages), &pages);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_cmpuint (pages, ==, tb_invoice_document_n_pages (invoice->document));
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "%PDF"));
  g_unlink (path);
  workstation_close (window);
}

static guint
count_calls (TbWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tb_calls_page_get_selection (TB_CALLS_PAGE (page_of (window)))));
}

/* "Show Calls" lists what is on the invoice and nothing else, until its chip is let go of. */
static void
test_invoice_calls (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbStore *store = tb_books_get_store (tb_window_get_books (window));
  g_autoptr (GPtrArray) calls = NULL;
  GtkWidget *chip;

  tb_window_show_page (window, "invoices", "NK-2026-00001");
  workstation_settle (window);
  calls = tb_invoice_store_list_calls (store, chosen_invoice (window)->id, NULL);
  gtk_widget_activate_action (workstation_find (page_of (window), TB_TYPE_INVOICE_PREVIEW, NULL), "invoice.show-calls", NULL);
  workstation_settle (window);
  g_assert_nonnull (workstation_find (page_of (window), GTK_TYPE_LABEL, "NK-2026-00001"));
  chip = workstation_find (page_of (window), GTK_TYPE_BUTTON, "Remove “NK-2026-00001”");
  g_assert_nonnull (chip);
  g_assert_cmpuint (count_calls (window), ==, calls->len);
  g_signal_emit_by_name (chip, "clicked");
  workstation_settle (window);
  g_assert_cmpuint (count_calls (window), >, calls->len);
  workstation_close (window);
}

/* ---- decks ---- */

static gboolean
deck_is_read (gpointer data)
{
  return tb_deck_dialog_get_import (data) != NULL && gtk_widget_is_sensitive (workstation_find (data, GTK_TYPE_BUTTON, "Show Changes"));
}

static void
test_deck (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autofree char *path = write_file ("spring.csv", "Prefix;Destination;Rate;Increment\n"
                                                    "49;Germany;0,0125;60/60\n"
                                                    "4915;Germany mobile;0,0310;60/1\n"
                                                    "49x;Nowhere;0,0100;60/60\n"
                                                    "44;United Kingdom;;60/60\n"
                                                    "43;Austria;0,0190;1/1\n");
  const TbTariffImport *import;
  GtkWidget *dialog, *name;

  tb_window_show_page (window, "tariffs", NULL);
  workstation_settle (window);
  drop (page_of (window), path);
  dialog = wait_for_dialog (window, TB_TYPE_DECK_DIALOG);
  name = workstation_find (dialog, ADW_TYPE_ENTRY_ROW, "Tariff");
  gtk_editable_set_text (GTK_EDITABLE (name), "Spring");
  gtk_editable_set_text (GTK_EDITABLE (workstation_find (dialog, ADW_TYPE_ENTRY_ROW, "Currency (empty: what the deck says)")), "EUR");
  workstation_settle (window);
  workstation_wait (deck_is_read, dialog);
  workstation_settle (window);

  import = tb_deck_dialog_get_import (TB_DECK_DIALOG (dialog));
  g_assert_cmpint (import->deck->separator, ==, ';');
  g_assert_true (import->deck->decimal_comma);
  assert_says (dialog, "Semicolon");
  assert_says (dialog, "2 rows with remarks");
  g_assert_cmpuint (get_problem (dialog, 0)->line, ==, 4);
  g_assert_cmpuint (get_problem (dialog, 1)->line, ==, 5);
  g_assert_null (import->revision->before);

  press (dialog, "Show Changes");
  workstation_settle (window);
  press (dialog, "Import");
  dialog = wait_for_dialog (window, TB_TYPE_IMPORT_RESULT);
  workstation_settle (window);
  assert_count (dialog, "New", 3);
  assert_count (dialog, "Rejected", 2);
  g_assert_cmpstr (get_problem (dialog, 0)->raw, ==, "49x;Nowhere;0,0100;60/60");
  close_dialog (dialog, window);

  g_assert_cmpstr (((TbTariff *) tb_list_page_get_selected (TB_LIST_PAGE (page_of (window))))->name, ==, "Spring");
  g_assert_cmpuint (g_list_model_get_n_items (tb_tariffs_page_get_rates (TB_TARIFFS_PAGE (page_of (window)))), ==, 3);
  assert_says (page_of (window), "3 rates");

  /* The same file again: nothing to apply. */
  drop (page_of (window), path);
  dialog = wait_for_dialog (window, TB_TYPE_DECK_DIALOG);
  workstation_wait (deck_is_read, dialog);
  press (dialog, "Show Changes");
  workstation_settle (window);
  assert_says (dialog, "Nothing Changes");
  g_assert_false (gtk_widget_is_sensitive (workstation_find (dialog, GTK_TYPE_BUTTON, "Import")));
  close_dialog (dialog, window);
  g_unlink (path);
  workstation_close (window);
}

static gboolean
has_trouble (gpointer data)
{
  GtkWidget *next = workstation_find (data, GTK_TYPE_BUTTON, "Show Changes");

  return workstation_find (data, GTK_TYPE_IMAGE, NULL) != NULL && !gtk_widget_is_sensitive (next)
         && !gtk_spinner_get_spinning (GTK_SPINNER (workstation_find (data, GTK_TYPE_SPINNER, NULL)));
}

/* What is no deck is said so, and cannot be applied. */
static void
test_bad_deck (void)
{
  static const struct { const char *why, *text; } rows[] = {
    { "empty", "" },
    { "a web page", "<!DOCTYPE html><html><body>Log in</body></html>" },
    { "one word", "hello\n" },
  };
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  tb_window_show_page (window, "tariffs", NULL);
  workstation_settle (window);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = write_file ("no-deck.csv", rows[i].text);
      GtkWidget *dialog;

      g_test_message ("%s", rows[i].why);
      drop (page_of (window), path);
      dialog = wait_for_dialog (window, TB_TYPE_DECK_DIALOG);
      workstation_wait (has_trouble, dialog);
      close_dialog (dialog, window);
      g_unlink (path);
    }
  workstation_close (window);
}

static void
test_rates_search (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GListModel *rates;
  guint all;

  tb_window_show_page (window, "tariffs", "World wholesale");
  workstation_settle (window);
  rates = tb_tariffs_page_get_rates (TB_TARIFFS_PAGE (page_of (window)));
  all = g_list_model_get_n_items (rates);
  gtk_editable_set_text (GTK_EDITABLE (workstation_find (page_of (window), GTK_TYPE_SEARCH_ENTRY, "Prefix or destination")), "49");
  workstation_settle (window);
  workstation_settle (window); /* a search entry waits a little for more */
  workstation_settle (window);
  g_assert_cmpuint (g_list_model_get_n_items (rates), >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (rates), <, all);
  workstation_close (window);
}

/* ---- files of call records ---- */

static const char calls_text[] = "uid,start,tenant,direction,caller,callee,duration,billsec,cause\n"
                                 "n-1,2026-11-02T08:00:00Z,north,outbound,4940123,4930999,70,60,NORMAL_CLEARING\n"
                                 "n-2,2026-11-02T08:05:00Z,north,outbound,4940123,4930998,70,60,NORMAL_CLEARING\n"
                                 "n-3,yesterday,north,outbound,4940123,4930997,70,60,NORMAL_CLEARING\n";

static void
test_calls_file (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autofree char *path = write_file ("november.csv", calls_text);
  GtkWidget *dialog;

  tb_window_show_page (window, "connections", "pbx-hamburg");
  workstation_settle (window);
  drop (page_of (window), path);
  dialog = wait_for_dialog (window, TB_TYPE_IMPORT_RESULT);
  workstation_settle (window);
  assert_count (dialog, "Read", 3);
  assert_count (dialog, "New", 2);
  assert_count (dialog, "Rejected", 1);
  g_assert_cmpuint (get_problem (dialog, 0)->line, ==, 4);
  g_assert_nonnull (strstr (get_problem (dialog, 0)->reason, "yesterday"));
  close_dialog (dialog, window);
  assert_says (page_of (window), "november.csv");
  assert_says (page_of (window), "3 read · 2 new · 1 rejected");

  /* On Calls somebody must say whose they are; there the same file again adds nothing. */
  tb_window_show_page (window, "calls", NULL);
  workstation_settle (window);
  drop (page_of (window), path);
  dialog = wait_for_dialog (window, ADW_TYPE_MESSAGE_DIALOG);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (workstation_find (dialog, GTK_TYPE_DROP_DOWN, "Connection")), 1);
  press (dialog, "Import");
  dialog = wait_for_dialog (window, TB_TYPE_IMPORT_RESULT);
  assert_count (dialog, "New", 0);
  assert_count (dialog, "Duplicate", 2);
  close_dialog (dialog, window);
  g_unlink (path);
  workstation_close (window);
}

static void
test_bad_calls_file (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autofree char *path = write_file ("no-calls.csv", "{\"rows\": []}\n");
  GtkWidget *dialog;

  tb_window_show_page (window, "connections", "pbx-hamburg");
  workstation_settle (window);
  drop (page_of (window), path);
  dialog = wait_for_dialog (window, ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "no-calls.csv"));
  close_dialog (dialog, window);
  g_unlink (path);
  workstation_close (window);
}

/* ---- a PBX over the network ---- */

static gpointer
set_url (TbStore *store, TbJob *job, gpointer url, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  TbConnection *connection = tb_setup_find_connection (setup, "pbx-hamburg");

  tb_set_str (&connection->url, url);
  connection->since = tb_day_from_ymd (2026, 11, 2);
  return tb_setup_store_apply (store, setup, FALSE, NULL, NULL, error) ? url : NULL;
}

static void
url_set (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  tb_session_run_finish (TB_SESSION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Only the connection that is tested is told where to go: the server is this test's. */
static TbWindow *
open_at (TbFakeServer *server)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  gboolean done = FALSE;

  g_setenv ("TOLLBOOK_SECRET_PBX_HAMBURG", SECRET, TRUE);
  tb_session_run_async (tb_books_get_session (tb_window_get_books (window)), NULL, TRUE, set_url, (gpointer) tb_fake_server_get_url (server),
                        NULL, NULL, url_set, &done);
  workstation_wait (is_true, &done);
  tb_window_show_page (window, "connections", "pbx-hamburg");
  workstation_settle (window);
  return window;
}

static gboolean
may_sync (gpointer data)
{
  GtkWidget *button = workstation_find (data, GTK_TYPE_BUTTON, "Sync Now");

  return button != NULL && gtk_widget_is_sensitive (button);
}

static gboolean
has_label_with (GtkWidget *root, const char *part)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_label_with (child, part))
      return TRUE;
  return FALSE;
}

static void
test_sync (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = open_at (server);
  g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", "fusionpbx_export_all.csv", NULL);
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, data, (gssize) len);
  press (page_of (window), "Sync Now");
  workstation_settle (window);
  workstation_wait (may_sync, page_of (window));
  workstation_settle (window);
  g_assert_cmpuint (tb_fake_server_get_count (server), ==, 2); /* a request a day, from 2 November on */
  g_assert_nonnull (strstr (tb_fake_server_get_body (server), "key=" SECRET));
  g_assert_true (has_label_with (page_of (window), "Collected: 52 read, 25 new."));
  assert_says (page_of (window), "26 read · 25 new · 1 duplicate"); /* one call of the file is there twice */
  assert_says (page_of (window), "26 read · 0 new · 26 duplicate");
  g_assert_false (has_label_with (page_of (window), SECRET));
  workstation_close (window);
}

static void
test_diagnosis (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = open_at (server);

  tb_fake_server_set (server, TB_FAKE_ANSWER, 302, "Location", "/?path=%2Fapp%2Fxml_cdr", "", -1);
  press (page_of (window), "Test");
  workstation_settle (window);
  workstation_wait (may_sync, page_of (window));
  g_assert_true (has_label_with (page_of (window), "log in"));

  tb_fake_server_set (server, TB_FAKE_ANSWER, 200, NULL, NULL, "\n\n", -1);
  press (page_of (window), "Test");
  workstation_settle (window);
  workstation_wait (may_sync, page_of (window));
  g_assert_true (has_label_with (page_of (window), "0 calls in the last hour"));
  workstation_close (window);
}

static gboolean
was_asked (gpointer server)
{
  return tb_fake_server_get_count (server) > 0;
}

static void
test_cancel (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = open_at (server);

  tb_fake_server_set (server, TB_FAKE_STALL, 200, NULL, NULL, "", -1);
  press (page_of (window), "Sync Now");
  workstation_wait (was_asked, server);
  g_assert_false (may_sync (page_of (window)));
  press (page_of (window), "Cancel");
  workstation_wait (may_sync, page_of (window));
  workstation_settle (window);
  assert_says (page_of (window), "Cancelled.");
  workstation_close (window);
}

/* Without a keyring the secret is not kept anywhere else, and the message says what to do; it never shows the secret. */
static void
test_secret (void)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  TbWindow *window = open_at (server);
  GtkWidget *dialog, *entry;

  gtk_widget_activate_action (page_of (window), "connection.secret", NULL);
  workstation_settle (window);
  dialog = wait_for_dialog (window, ADW_TYPE_MESSAGE_DIALOG);
  workstation_settle (window);
  g_assert_false (gtk_widget_is_sensitive (workstation_find (dialog, GTK_TYPE_BUTTON, "Save")));
  entry = workstation_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "hunter2-hunter2");
  press (dialog, "Save");
  workstation_settle (window);
  dialog = wait_for_dialog (window, ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (has_label_with (dialog, "TOLLBOOK_SECRET_PBX_HAMBURG"));
  g_assert_false (has_label_with (dialog, "hunter2"));
  close_dialog (dialog, window);
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/invoices/approve", test_approve);
  g_test_add_func ("/invoices/states", test_states);
  g_test_add_func ("/invoices/preview", test_preview);
  g_test_add_func ("/invoices/print", test_print);
  g_test_add_func ("/invoices/calls", test_invoice_calls);
  g_test_add_func ("/tariffs/deck", test_deck);
  g_test_add_func ("/tariffs/bad-deck", test_bad_deck);
  g_test_add_func ("/tariffs/search", test_rates_search);
  g_test_add_func ("/connections/file", test_calls_file);
  g_test_add_func ("/connections/bad-file", test_bad_calls_file);
  g_test_add_func ("/connections/sync", test_sync);
  g_test_add_func ("/connections/diagnosis", test_diagnosis);
  g_test_add_func ("/connections/cancel", test_cancel);
  g_test_add_func ("/connections/secret", test_secret);
  return g_test_run ();
}
