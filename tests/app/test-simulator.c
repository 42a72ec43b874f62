/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "sample-books.h"
#include "tb-calls-page.h"
#include "tb-simulator-order.h"
#include "workstation.h"

/* The simulator, and a call's explanation on the clipboard. */

static GtkWidget *
page_of (TbWindow *window)
{
  return GTK_WIDGET (tb_window_get_page (window));
}

/* ---- the clipboard ---- */

typedef struct
{
  char *text;
  gboolean done;
} Read;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Read *read = data;

  read->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  read->done = TRUE;
}

static gboolean
is_read (gpointer data)
{
  return ((Read *) data)->done;
}

static char *
read_clipboard (TbWindow *window)
{
  Read read = { NULL };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, read_cb, &read);
  workstation_wait (is_read, &read);
  return read.text;
}

static void
assert_clipboard (TbWindow *window, const char *const *has, const char *const *has_not)
{
  g_autofree char *text = read_clipboard (window);

  g_assert_nonnull (text);
  for (guint i = 0; has[i] != NULL; i++)
    if (strstr (text, has[i]) == NULL)
      g_error ("“%s” is not on the clipboard, but\n%s", has[i], text);
  for (guint i = 0; has_not[i] != NULL; i++)
    if (strstr (text, has_not[i]) != NULL)
      g_error ("“%s” is on the clipboard:\n%s", has_not[i], text);
}

static void
press (GtkWidget *root, const char *name)
{
  GtkWidget *button = workstation_find (root, GTK_TYPE_BUTTON, name);

  if (button == NULL)
    g_error ("There is no button “%s”", name);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_call_card (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  const char *const client[] = { "Call of ", "Charge: ", NULL }, *const staff[] = { "Service ", "Tariff ", "The carrier takes ", NULL };
  const char *const secret[] = { "carrier", "Tariff", "package", "Markup", "Service", NULL }, *const nothing[] = { NULL };
  GtkSingleSelection *selection;

  workstation_show_page (window, 2);
  tb_page_show_item (tb_window_get_page (window), "status=1");
  workstation_settle (window);
  tb_page_toggle_details (tb_window_get_page (window));
  selection = tb_calls_page_get_selection (TB_CALLS_PAGE (page_of (window)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), >, 0);
  gtk_single_selection_set_selected (selection, 0);
  workstation_settle (window);

  press (page_of (window), "Copy");
  assert_clipboard (window, client, secret);
  press (page_of (window), "Copy All");
  assert_clipboard (window, staff, nothing);
  g_assert_true (gtk_widget_activate_action (page_of (window), "calls.copy", NULL)); /* what Ctrl+C does */
  assert_clipboard (window, client, secret);
  workstation_close (window);
}

/* ---- the simulator ---- */

static gboolean
says (GtkWidget *root, const char *part)
{
  const char *text = GTK_IS_LABEL (root) ? gtk_label_get_text (GTK_LABEL (root)) : GTK_IS_INSCRIPTION (root) ? gtk_inscription_get_text (GTK_INSCRIPTION (root)) : NULL;

  if (text != NULL && gtk_widget_get_mapped (root) && strstr (text, part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, part))
      return TRUE;
  return FALSE;
}

typedef struct
{
  TbWindow *window;
  const char *part;
} Wanted;

static gboolean
is_said (gpointer data)
{
  Wanted *wanted = data;

  return says (page_of (wanted->window), wanted->part);
}

static void
wait_for (TbWindow *window, const char *part)
{
  g_test_message ("waiting for “%s”", part);
  workstation_wait (is_said, &(Wanted){ window, part });
}

static GtkEditable *
find_entry (TbWindow *window, const char *title)
{
  GtkWidget *row = workstation_find (page_of (window), ADW_TYPE_ENTRY_ROW, title);

  if (row == NULL)
    g_error ("There is no entry “%s”", title);
  return GTK_EDITABLE (row);
}

static TbWindow *
open_part (const char *part)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);

  tb_window_show_page (window, "simulator", part);
  workstation_settle (window);
  return window;
}

/* While typing, without a button; what is wrong is told beside the entries. */
static void
test_number (void)
{
  TbWindow *window = open_part ("number");
  const char *const has[] = { "Call of ", "Duration: 61 s", NULL }, *const nothing[] = { NULL };

  wait_for (window, "No Number Yet");
  gtk_editable_set_text (find_entry (window, "Seconds"), "61");
  gtk_editable_set_text (find_entry (window, "Number, as dialled"), "14165550100");
  wait_for (window, "rated as 14165550100");
  wait_for (window, "Talked 61 s");
  press (page_of (window), "Copy");
  assert_clipboard (window, has, nothing);

  gtk_editable_set_text (find_entry (window, "Seconds"), "long");
  wait_for (window, "The length of the call is written in seconds");
  gtk_editable_set_text (find_entry (window, "Seconds"), "1:01");
  wait_for (window, "Talked 61 s");
  gtk_editable_set_text (find_entry (window, "Time (empty: now)"), "tomorrow");
  wait_for (window, "The time is written like");
  gtk_editable_set_text (find_entry (window, "Time (empty: now)"), "2026-10-05 09:00");
  wait_for (window, "2026-10-05 09:00:00");
  gtk_editable_set_text (find_entry (window, "Number, as dialled"), "nobody");
  wait_for (window, "is not a telephone number");
  gtk_editable_set_text (find_entry (window, "Number, as dialled"), "");
  wait_for (window, "No Number Yet");
  workstation_close (window);
}

static void
test_list (void)
{
  TbWindow *window = open_part ("list");
  GtkWidget *numbers = workstation_find (page_of (window), GTK_TYPE_TEXT_VIEW, NULL);
  const char *const has[] = { "line,dialled,number,destination", "14165550100", "3,", NULL }, *const nothing[] = { NULL };

  g_assert_nonnull (numbers);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (numbers)), "14165550100,61\n14165550100\n4165550100,x\n", -1);
  wait_for (window, "1 bad line");
  wait_for (window, "2 calls");
  wait_for (window, "is no length of a call");
  press (page_of (window), "Copy Table");
  assert_clipboard (window, has, nothing);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (numbers)), "", -1);
  wait_for (window, "No Numbers Yet");
  workstation_close (window);
}

/* What the books hold stays as it is; the tables sum up to what is said below them. */
static void
test_past_calls (void)
{
  TbWindow *window = open_part ("calls");

  wait_for (window, "Nothing Compared Yet");
  gtk_editable_set_text (find_entry (window, "From day"), "2026-01-01");
  gtk_editable_set_text (find_entry (window, "To day, included"), "2026-12-31");
  gtk_editable_set_text (find_entry (window, "Increment, like 60/60"), "many");
  press (page_of (window), "Compare");
  wait_for (window, "An increment is written like");
  gtk_editable_set_text (find_entry (window, "Increment, like 60/60"), "60/60");
  press (page_of (window), "Compare");
  wait_for (window, "difference");
  g_assert_false (says (page_of (window), "An increment is written like"));
  g_assert_nonnull (workstation_find (page_of (window), GTK_TYPE_COLUMN_VIEW, "Differences by client"));
  gtk_editable_set_text (find_entry (window, "To day, included"), "2025-12-31");
  press (page_of (window), "Compare");
  wait_for (window, "Days are written like");
  workstation_close (window);
}

/* What the page asks of the worker: with a deck the tariff is the one that the deck is for, and the books stay as they are. */
static void
test_order (void)
{
  static const struct { const char *why, *package, *tariff, *deck; gint32 initial; int style; gboolean changes; } orders[] = {
    { "nothing otherwise", NULL, NULL, NULL, -1, -1, FALSE },
    { "another tariff", NULL, "US termination", NULL, -1, -1, TRUE },
    { "another package", "Pay per call", NULL, NULL, -1, -1, TRUE },
    { "whole minutes", NULL, NULL, NULL, 60, -1, TRUE },
    { "a dearer deck", NULL, "World wholesale", "prefix,description,rate\n1,America,1.5\n4,Europe,1.5\n3,Europe,1.5\n", -1, -1, TRUE },
  };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "tollbook-simulator-order.tollbook", NULL);
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "tollbook-simulator-order.csv", NULL);
  g_autoptr (TbStore) store = NULL;

  g_unlink (path);
  sample_books_make (path);
  store = tb_store_open (path, TB_DB_READ_ONLY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      TbSimulatorOrder order = { .package = (char *) orders[i].package, .tariff = (char *) orders[i].tariff, .initial = orders[i].initial,
                                 .next = orders[i].initial, .style = orders[i].style, .deck = orders[i].deck != NULL ? file : NULL };
      g_autoptr (GError) error = NULL;
      TbSimulatorResult *result;

      g_test_message ("%s", orders[i].why);
      g_assert_true (orders[i].deck == NULL || g_file_set_contents (file, orders[i].deck, -1, NULL));
      result = tb_simulator_order_run (store, NULL, &order, &error);
      g_assert_no_error (error);
      g_assert_cmpint (result->comparison->changed > 0, ==, orders[i].changes);
      g_assert_cmpuint (result->totals.before->len, ==, result->totals.difference->len);
      tb_simulator_result_free (result);
    }
  g_clear_pointer (&store, tb_store_close);
  g_unlink (path);
  g_unlink (file);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/simulator/call-card", test_call_card);
  g_test_add_func ("/simulator/number", test_number);
  g_test_add_func ("/simulator/list", test_list);
  g_test_add_func ("/simulator/past-calls", test_past_calls);
  g_test_add_func ("/simulator/order", test_order);
  return g_test_run ();
}
