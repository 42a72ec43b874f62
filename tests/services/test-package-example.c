/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-package-example.h"
#include "tb-setup-file.h"
#include "test-books.h"

/* Packages that are not in the books, against a small tariff that is. */

static const char books_json[]
    = "{\"tollbook\": 1, \"company\": {\"name\": \"Example\", \"currency\": \"EUR\", \"time_zone\": \"UTC\"},"
      " \"tariffs\": [{\"name\": \"world\", \"currency\": \"EUR\", \"rates\": ["
      "   {\"prefix\": \"1\", \"description\": \"North America\", \"rate\": \"0.01\"}, {\"prefix\": \"1900\", \"rate\": \"1\"},"
      "   {\"prefix\": \"44\", \"description\": \"United Kingdom\", \"rate\": \"0.02\", \"increment\": \"60/60\"},"
      "   {\"prefix\": \"49\", \"description\": \"Germany\", \"rate\": \"0.03\"}]}],"
      " \"packages\": [{\"name\": \"Stored\", \"tariff\": \"world\", \"markup\": \"100\"}]}";

#define AT G_GINT64_CONSTANT (1790000000)

static TbStore *
new_books (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("example-%u", n++);
  g_autofree char *path = test_path (name);
  g_autofree char *file = test_path ("setup.json");
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (file, books_json, -1, NULL));
  tb_setup_file_apply (store, file, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static const struct
{
  const char *reason, *record, *calls;
  gint64 billed, free; /* seconds, all calls together */
  const char *charge;
} rows[] = {
  { "by the tariff", "{\"name\": \"P\", \"tariff\": \"world\"}", "+4915550123, 60\n", 60, 0, "0.03" },
  { "with a markup", "{\"name\": \"P\", \"tariff\": \"world\", \"markup\": \"50\"}", "+4915550123, 60\n", 60, 0, "0.045" },
  { "the rate's increment", "{\"name\": \"P\", \"tariff\": \"world\"}", "+4415550123, 61\n", 120, 0, "0.04" },
  { "the package's own", "{\"name\": \"P\", \"tariff\": \"world\", \"increment\": \"1/1\"}", "+4415550123, 60\n", 60, 0, "0.02" },
  { "the longest prefix, though only its rates are read", "{\"name\": \"P\", \"tariff\": \"world\"}", "+19005550123, 60\n", 60, 0, "1" },
  { "included minutes are shared by the calls", "{\"name\": \"P\", \"tariff\": \"world\", \"included\": [{\"name\": \"a\", \"minutes\": 1}]}",
    "+4915550123, 40\n+4915550124, 40\n", 80, 60, "0.01" },
  { "an own rate", "{\"name\": \"P\", \"tariff\": \"world\", \"custom_rates\": [{\"prefix\": \"49\", \"rate\": \"0.01\"}]}", "+4915550123, 60\n", 60, 0, "0.01" },
  { "one rate for all, without a tariff", "{\"name\": \"P\", \"flat_rate\": {\"rate\": \"0.5\"}}", "+4915550123, 60\n", 60, 0, "0.5" },
  { "a number as it is dialled", "{\"name\": \"P\", \"tariff\": \"world\", \"number_plan\": {\"country_code\": \"49\", \"trunk_prefix\": \"0\"}}",
    "0155501234, 60\n", 60, 0, "0.03" },
  { "in the place of the stored one", "{\"name\": \"Stored\", \"tariff\": \"world\"}", "+4915550123, 60\n", 60, 0, "0.03" },
  { "the same number twice", "{\"name\": \"P\", \"tariff\": \"world\"}", "+4915550123, 60\n+4915550123, 60\n", 120, 0, "0.06" },
};

static void
test_prices (void)
{
  g_autoptr (TbStore) store = new_books ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbSimulatedList) list = tb_package_example_price (store, rows[i].record, AT, rows[i].calls, NULL, &error);
      gint64 free_seconds = 0;
      TbAmount charge;

      g_test_message ("%s", rows[i].reason);
      g_assert_no_error (error);
      g_assert_cmpuint (list->bad + list->missing, ==, 0);
      for (guint k = 0; k < list->lines->len; k++)
        free_seconds += ((TbSimulatedLine *) list->lines->pdata[k])->row->rated.free;
      g_assert_true (tb_decimal_parse (rows[i].charge, -1, TB_AMOUNT_SCALE, &charge, NULL));
      g_assert_cmpint (list->billed, ==, rows[i].billed);
      g_assert_cmpint (free_seconds, ==, rows[i].free);
      g_assert_cmpint (g_array_index (list->charges, TbMoney, 0).amount, ==, charge);
    }
}

static const struct { const char *reason, *record, *holds; } proposals[] = {
  { "one of each part of the tariff", "{\"name\": \"P\", \"tariff\": \"world\"}", "+15550123456, " },
  { "and the next", "{\"name\": \"P\", \"tariff\": \"world\"}", "+44555012345, " },
  { "an own prefix comes too", "{\"name\": \"P\", \"custom_rates\": [{\"prefix\": \"48601\", \"rate\": \"0.1\"}]}", "+48601555012, 61" },
  { "what the minutes are for", "{\"name\": \"P\", \"included\": [{\"name\": \"a\", \"minutes\": 1, \"scope\": [\"43\"]}]}", "+43555012345, 61" },
  { "the home country", "{\"name\": \"P\", \"number_plan\": {\"country_code\": \"41\"}}", "+41555012345, 61" },
};

static void
test_proposals (void)
{
  g_autoptr (TbStore) store = new_books ();
  g_autoptr (GError) error = NULL;
  g_autofree char *nothing = tb_package_example_propose (store, "{\"name\": \"P\"}", &error);
  g_autofree char *wrong = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (nothing, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (proposals); i++)
    {
      g_autofree char *text = tb_package_example_propose (store, proposals[i].record, &error);

      g_test_message ("%s: %s", proposals[i].reason, text);
      g_assert_no_error (error);
      g_assert_nonnull (strstr (text, proposals[i].holds));
    }
  wrong = tb_package_example_propose (store, "{\"name\": \"P\", \"markup\": \"-101\"}", &error);
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_null (wrong);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package-example/prices", test_prices);
  g_test_add_func ("/package-example/proposals", test_proposals);
  return test_run_in_folder ();
}
