/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-command-search.h"
#include "tb-commands.h"
#include "tb-fuzzy.h"
#include "tb-invoice.h"
#include "workstation.h"

/* Each pair: what is typed, the text that has to be better than the other (NULL = not found at all), and why. */
static const struct { const char *words[3], *better, *worse; } ranks[] = {
  { { "maple" }, "maple street", "old maple" },            /* the beginning before a later word */
  { { "maple" }, "old maple", "unmapled" },                /* a word before the inside of one */
  { { "maple" }, "unmapled", "m-a-p-l-e" },                /* together before scattered */
  { { "maple" }, "maple", "maple street" },                /* the whole before its beginning */
  { { "mst" }, "maple street", NULL },                     /* letters in order are enough … */
  { { "tsm" }, NULL, "maple street" },                     /* … out of order they are not */
  { { "ase" }, NULL, "maple street" },                     /* nor from the middle on */
  { { "street", "maple" }, "maple street", "maple lane" }, /* words in any order, all of them */
  { { "ü" }, "müller", NULL },                             /* not only ASCII */
};

static void
test_ranks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    {
      guint better = ranks[i].better != NULL ? tb_fuzzy_score (ranks[i].better, ranks[i].words) : 1;
      guint worse = ranks[i].worse != NULL ? tb_fuzzy_score (ranks[i].worse, ranks[i].words) : 0;

      g_test_message ("row %u: %u and %u", i, better, worse);
      g_assert_cmpuint (better, >, worse);
    }
}

static const TbCommand *
find_first (GPtrArray *commands, const char *typed)
{
  g_autoptr (GPtrArray) found = tb_commands_find (commands, typed, 1);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

static void
test_client (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  const TbSetup *setup = tb_books_get_setup (tb_window_get_books (window));
  const TbClient *client = g_ptr_array_index (setup->clients, setup->clients->len - 1);
  g_autofree char *key = g_strdup (client->key);
  GtkWidget *dialog, *entry;

  g_action_group_activate_action (G_ACTION_GROUP (window), "command-search", NULL);
  dialog = workstation_wait_for_dialog (window);
  g_assert_true (TB_IS_COMMAND_SEARCH (dialog));
  entry = workstation_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), key);
  g_signal_emit_by_name (entry, "activate");
  workstation_settle (window);

  g_assert_null (workstation_get_dialog (window));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tb_window_get_page (window)), ==, "TbClientsPage");
  g_assert_true (workstation_says (GTK_WIDGET (tb_window_get_page (window)), key));
  workstation_close (window);
}

/* The program's own: a page, and nothing for what nobody is called. */
static void
test_page (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (GPtrArray) commands = tb_commands_list (window);

  g_assert_null (find_first (commands, "zqxj zqxj"));
  tb_command_run (find_first (commands, "TARIFFS"), window);
  workstation_settle (window);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tb_window_get_page (window)), ==, "TbTariffsPage");
  workstation_close (window);
}

static guint
count_windows (void)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  guint n = 0;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    n += TB_IS_WINDOW (l->data);
  return n;
}

/* Two windows share the books and outlive each other. */
static void
test_new_window (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  TbWindow *other;

  g_action_group_activate_action (G_ACTION_GROUP (window), "new-window", NULL);
  g_assert_cmpuint (count_windows (), ==, 2);
  other = TB_WINDOW (workstation_get_dialog (window));
  workstation_settle (other);
  g_assert_true (other != window);
  g_assert_true (tb_window_get_books (other) == tb_window_get_books (window));
  tb_window_close_books (other);
  g_assert_true (tb_window_open_books (other, tb_books_get_path (tb_window_get_books (window))));
  workstation_settle (other);
  g_assert_true (tb_window_get_books (other) == tb_window_get_books (window));
  gtk_window_destroy (GTK_WINDOW (other));
  workstation_settle (window);
  g_assert_cmpuint (count_windows (), ==, 1);
  tb_window_show_page (window, "clients", NULL);
  workstation_settle (window);
  workstation_close (window);
}

/* Nothing that needs books is offered without them; opening some is. */
static void
test_without_books (void)
{
  TbWindow *window = workstation_open (FALSE, 1280, 800);
  g_autoptr (GPtrArray) commands = tb_commands_list (window);

  g_assert_nonnull (find_first (commands, "open books"));
  for (guint i = 0; i < commands->len; i++)
    {
      const TbCommand *command = g_ptr_array_index (commands, i);

      g_assert_null (command->page);
      g_assert_cmpstr (command->action, !=, "win.rate");
    }
  workstation_close (window);
}

/* Ten thousand clients' names and their numbers: a letter is answered before the next one is typed. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_free);
  TbWindow *window = workstation_open (FALSE, 1280, 800);
  g_autoptr (GPtrArray) commands = tb_commands_list (window);
  gint64 start;

  for (guint i = 0; i < 40000; i++)
    {
      TbInvoice *invoice = tb_invoice_new ();

      invoice->number = g_strdup_printf ("INV-2026-%05u", i);
      invoice->client = g_strdup_printf ("C%u", i / 4);
      g_ptr_array_add (invoices, invoice);
    }
  tb_commands_add_invoices (commands, invoices);
  start = g_get_monotonic_time ();
  g_assert_cmpstr (find_first (commands, "31337")->item, ==, "INV-2026-31337");
  g_test_minimized_result ((double) (g_get_monotonic_time () - start) / 1000, "40,000 searched in %.1f ms",
                           (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 500 * 1000); /* with sanitizers, and a busy machine */
  workstation_close (window);
}

int
main (int argc, char **argv)
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/command-search/ranks", test_ranks);
  g_test_add_func ("/command-search/client", test_client);
  g_test_add_func ("/command-search/page", test_page);
  g_test_add_func ("/command-search/new-window", test_new_window);
  g_test_add_func ("/command-search/without-books", test_without_books);
  g_test_add_func ("/command-search/many", test_many);
  return g_test_run ();
}
