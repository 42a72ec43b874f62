/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-test-company.h"

#include "tb-setup-store.h"
#include "tb-text.h"

static TbDecimal
decimal (const char *text)
{
  TbDecimal value;

  g_assert_true (tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, NULL));
  return value;
}

static TbCurrency
currency (const char *code)
{
  TbCurrency value;

  g_assert_true (tb_currency_parse (code, &value, NULL));
  return value;
}

/* ---- the company ---- */

static void
add_rate (TbTariff *tariff, const char *prefix, const char *description, const char *price, gint32 initial, gint32 next, const char *fee)
{
  TbRate *rate = tb_rate_new ();

  tb_set_str (&rate->prefix, prefix);
  tb_set_str (&rate->description, description);
  rate->rate = decimal (price);
  rate->initial = initial;
  rate->next = next;
  if (fee != NULL)
    rate->connect_fee = decimal (fee);
  g_ptr_array_add (tariff->rates, rate);
}

static TbTariff *
make_tariff (void)
{
  TbTariff *tariff = tb_tariff_new ();

  tb_set_str (&tariff->name, "deck");
  tb_set_str (&tariff->time_zone, "UTC");
  tariff->currency = currency ("USD");
  if (tariff->rates == NULL)
    tariff->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  add_rate (tariff, "1204", "Canada - Winnipeg", "0.02", 6, 6, NULL);
  add_rate (tariff, "1", "North America", "0.01", 6, 6, NULL);
  add_rate (tariff, "44", "United Kingdom", "0.05", 30, 6, "0.01");
  return tariff;
}

static TbPackage *
make_package (const char *name, const char *markup, const char *fee)
{
  TbPackage *package = tb_package_new ();

  tb_set_str (&package->name, name);
  tb_set_str (&package->tariff, "deck");
  package->markup = decimal (markup);
  package->fee = decimal (fee);
  return package;
}

static void
add_pool (TbPackage *package, gint64 seconds)
{
  TbAllowance *pool = tb_allowance_new ();

  tb_set_str (&pool->name, "all");
  pool->seconds = seconds;
  pool->shared = TRUE;
  g_ptr_array_add (package->included, pool);
}

static void
add_client (TbSetup *setup, const char *key, const char *code, const char *tax)
{
  TbClient *client = tb_client_new ();

  tb_set_str (&client->key, key);
  client->name = g_strdup_printf ("Client %s Ltd", key);
  client->currency = currency (code);
  tb_set_str (&client->tax, tax);
  g_ptr_array_add (setup->clients, client);
}

static void
add_service (TbSetup *setup, const char *key, const char *client, const char *package, const char *tenant)
{
  TbService *service = tb_service_new ();

  tb_set_str (&service->key, key);
  tb_set_str (&service->client, client);
  tb_set_str (&service->package, package);
  tb_set_str (&service->connection, "pbx1");
  tb_set_str (&service->tenant, tenant);
  service->starts = tb_day_from_ymd (2026, 10, 1);
  g_ptr_array_add (setup->services, service);
}

static void
add_parties (TbSetup *setup)
{
  TbProvider *provider = tb_provider_new ();
  TbConnection *connection = tb_connection_new ();

  tb_set_str (&provider->name, "Carrier");
  tb_set_str (&provider->tariff, "deck");
  g_ptr_array_add (setup->providers, provider);
  tb_set_str (&connection->name, "pbx1");
  tb_set_str (&connection->kind, "csv");
  tb_set_str (&connection->provider, "Carrier");
  tb_set_str (&connection->time_zone, "UTC");
  g_ptr_array_add (setup->connections, connection);
  add_client (setup, "C1", "CAD", "HST");
  add_client (setup, "C2", "CAD", NULL);
  add_client (setup, "C3", "USD", NULL);
  add_service (setup, "S1", "C1", "Metered", "acme");
  add_service (setup, "S2", "C2", "Pool", "beta");
  add_service (setup, "S3", "C3", "Metered", "gamma");
  add_service (setup, "S4", "C2", "Pool", "delta");
}

TbSetup *
tb_test_company_new (void)
{
  TbSetup *setup = tb_setup_new ();
  TbExchangeRate rate = { currency ("USD"), tb_day_from_ymd (2026, 1, 1), decimal ("1.4") };
  TbTax *tax = tb_tax_new ();
  TbPackage *pool = make_package ("Pool", "0", "10");

  setup->company = tb_company_new ();
  tb_set_str (&setup->company->name, "Example Voice");
  tb_set_str (&setup->company->country, "CA");
  tb_set_str (&setup->company->time_zone, "America/Winnipeg");
  tb_set_str (&setup->company->invoice_series, "INV-{year}-{number:5}");
  setup->company->currency = currency ("CAD");
  setup->company->due_days = 14;
  g_array_append_val (setup->exchange_rates, rate);
  tb_set_str (&tax->name, "HST");
  tb_set_str (&tax->category, "S");
  tax->percent = 13 * TB_DECIMAL_ONE;
  g_ptr_array_add (setup->taxes, tax);
  g_ptr_array_add (setup->tariffs, make_tariff ());
  g_ptr_array_add (setup->packages, make_package ("Metered", "25", "29.95"));
  add_pool (pool, 600);
  g_ptr_array_add (setup->packages, pool);
  add_parties (setup);
  return setup;
}

/* ---- books ---- */

void
tb_test_apply (TbStore *store, const TbSetup *setup)
{
  g_autoptr (GError) error = NULL;

  tb_setup_store_apply (store, setup, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
make_books (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  tb_test_apply (store, setup);
  g_assert_true (tb_store_set_setting (store, "seen-key", "0123456789abcdef:fedcba9876543210", &error));
  tb_store_close (store);
}

/* Made once in a program, and copied: what the disk has to confirm takes longer than many a test. */
TbStore *
tb_test_books_new (const char *path)
{
  static char *bytes;
  static gsize len;
  g_autoptr (GError) error = NULL;
  TbStore *store;

  if (bytes == NULL)
    {
      make_books (path);
      g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
    }
  else
    g_assert_true (g_file_set_contents (path, bytes, (gssize) len, NULL));
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  return store;
}

/* ---- calls ---- */

TbCall
tb_test_call (const char *uid, const char *tenant, gint64 start, const char *callee, gint32 seconds)
{
  TbCall call;

  tb_call_init (&call);
  call.uid = uid;
  call.tenant = tenant;
  call.start = start;
  call.caller = "12045550101";
  call.callee = callee;
  call.direction = TB_DIRECTION_OUTBOUND;
  call.ring = seconds > 0 ? 5 : -1;
  call.seconds = seconds;
  call.duration = seconds + 5;
  return call;
}

TbImportCounts
tb_test_import (TbStore *store, const TbCall *calls, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallWriter) writer = tb_call_writer_begin (store, "pbx1", "test", "csv", &error);
  TbImportCounts counts = { 0 };

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      tb_call_writer_add (writer, &calls[i], &error);
      g_assert_no_error (error);
    }
  tb_call_writer_finish (writer, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.read, ==, counts.added + counts.duplicate + counts.changed + counts.conflict + counts.rejected);
  return counts;
}

/* ---- looking and tampering ---- */

static TbStatement *
first_row (TbStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  TbStatement *row = tb_db_prepare (tb_store_get_db (store), sql, &error);
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  tb_statement_step (row, &has_row, &error);
  g_assert_no_error (error);
  g_assert_true (has_row);
  return row;
}

gint64
tb_test_query_int (TbStore *store, const char *sql)
{
  g_autoptr (TbStatement) row = first_row (store, sql);

  return tb_statement_int (row, 0);
}

char *
tb_test_query_text (TbStore *store, const char *sql)
{
  g_autoptr (TbStatement) row = first_row (store, sql);

  return tb_statement_dup_text (row, 0);
}

void
tb_test_exec (TbStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  tb_db_exec (tb_store_get_db (store), sql, &error);
  g_assert_no_error (error);
}

void
tb_test_assert_sound (TbStore *store)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  tb_store_check (store, &findings, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("finding: %s", (const char *) findings->pdata[i]);
  g_assert_cmpuint (findings->len, ==, 0);
}
