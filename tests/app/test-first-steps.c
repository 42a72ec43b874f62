/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-books.h"

#include "tb-error.h"
#include "tb-first-steps.h"
#include "tb-invoice-store.h"
#include "tb-setup-store.h"

/* The work behind the first run's pages, from nothing to a draft, without a display. */

static const char deck[] = "Prefix,Destination,Rate\n1,North America,0.0100\n2,Africa,0.2000\n3,Europe,0.0200\n4,Europe,0.0200\n"
                           "5,South America,0.1000\n6,Oceania,0.0800\n7,Russia,0.0900\n8,East Asia,0.0700\n9,South Asia,0.1100\n";

static TbFirstOrder *
order_new (const char *deck_path, const char *calls)
{
  TbFirstOrder *order = g_new0 (TbFirstOrder, 1);

  order->company = g_strdup ("  Kleine Telefonie  ");
  order->currency = g_strdup ("eur");
  order->country = g_strdup ("CA");
  order->zone = g_strdup ("America/Toronto");
  order->tax = g_strdup ("VAT");
  order->tax_percent = g_strdup ("19");
  order->deck = g_strdup (deck_path);
  order->tariff = g_strdup ("World");
  order->tariff_currency = g_strdup ("EUR");
  order->client = g_strdup ("Bäckerei Sonnenschein");
  order->package = g_strdup ("Standard");
  order->markup = g_strdup ("25");
  order->fee = g_strdup ("9.90");
  order->tenant = g_strdup ("");
  order->calls = g_strdup (calls);
  order->year = 2026;
  order->month = 2;
  return order;
}

static void
test_all_steps (void)
{
  static const TbSessionFunc steps[] = { tb_first_steps_company, tb_first_steps_tariff, tb_first_steps_client, tb_first_steps_calls,
                                         tb_first_steps_invoice };
  g_autofree char *path = test_path ("books.tollbook");
  g_autofree char *deck_path = test_path ("deck.csv");
  g_autofree char *calls = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", "fusionpbx_export_all.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_create (path, &error);
  g_autoptr (GPtrArray) invoices = NULL;
  g_autoptr (TbSetup) setup = NULL;
  TbFirstOrder *order = order_new (deck_path, calls);
  const TbInvoice *invoice;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (deck_path, deck, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *said = steps[i] (store, NULL, order, &error);

      g_assert_no_error (error);
      g_test_message ("%s", said);
      g_assert_true (said != NULL && *said != '\0');
    }

  invoices = tb_invoice_store_list (store, "C1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (invoices->len, ==, 1);
  invoice = g_ptr_array_index (invoices, 0);
  g_assert_cmpint (invoice->state, ==, TB_INVOICE_DRAFT);
  /* More than the fee with its tax: calls are on it too. */
  g_assert_cmpint (invoice->total, >, 12 * TB_AMOUNT_ONE);
  setup = tb_setup_store_load (store, TB_SETUP_HEADS, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tb_setup_find_connection (setup, "pbx1")->time_zone, ==, "America/Toronto");
  tb_first_order_free (order);
}

/* What a form may lack or have wrong is said in words, and nothing is written. */
static void
test_refused (void)
{
  static const struct { TbSessionFunc step; gsize field; const char *value, *words, *why; } rows[] = {
    { tb_first_steps_company, G_STRUCT_OFFSET (TbFirstOrder, company), "   ", "name", "a name of blanks is none" },
    { tb_first_steps_company, G_STRUCT_OFFSET (TbFirstOrder, currency), "euro", "EURO", "not three letters" },
    { tb_first_steps_company, G_STRUCT_OFFSET (TbFirstOrder, currency), "", "", "no currency at all" },
    { tb_first_steps_company, G_STRUCT_OFFSET (TbFirstOrder, zone), "Mars/Olympus", "Mars/Olympus", "no such zone" },
    { tb_first_steps_company, G_STRUCT_OFFSET (TbFirstOrder, tax_percent), "nineteen", "ercent", "not a number" },
    { tb_first_steps_tariff, G_STRUCT_OFFSET (TbFirstOrder, deck), "", "deck", "no file chosen" },
    { tb_first_steps_tariff, G_STRUCT_OFFSET (TbFirstOrder, deck), "/nonexistent/deck.csv", "deck.csv", "no such file" },
    { tb_first_steps_client, G_STRUCT_OFFSET (TbFirstOrder, client), "", "client", "who is billed?" },
    { tb_first_steps_client, G_STRUCT_OFFSET (TbFirstOrder, markup), "a quarter", "arkup", "not a number" },
    { tb_first_steps_calls, G_STRUCT_OFFSET (TbFirstOrder, calls), "", "calls", "no file chosen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("refused-%u.tollbook", i);
      g_autofree char *path = test_path (name);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbStore) store = tb_store_create (path, &error);
      TbFirstOrder *order = order_new ("", "");
      char **field = G_STRUCT_MEMBER_P (order, rows[i].field);

      g_assert_no_error (error);
      g_test_message ("%s", rows[i].why);
      g_free (*field);
      *field = g_strdup (rows[i].value);
      g_assert_null (rows[i].step (store, NULL, order, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, rows[i].words));
      tb_first_order_free (order);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/first-steps/all", test_all_steps);
  g_test_add_func ("/first-steps/refused", test_refused);
  return test_run_in_folder ();
}
