/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-books.h"

#include "tb-billing-run.h"
#include "tb-call-writer.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"

#define N_CLIENTS 12
#define N_CALLS 1500

typedef struct { const char *prefix, *description, *rate; int initial, next; } RateRow;

static const RateRow world_rates[] = {
  { "1", "United States and Canada", "0.0095", 6, 6 }, { "44", "United Kingdom", "0.0120", 60, 1 },
  { "447", "United Kingdom, mobile", "0.0450", 60, 1 }, { "49", "Germany", "0.0110", 1, 1 },
  { "4915", "Germany, mobile", "0.0680", 60, 60 },      { "4916", "Germany, mobile", "0.0680", 60, 60 },
  { "4917", "Germany, mobile", "0.0690", 60, 60 },      { "33", "France", "0.0105", 1, 1 },
  { "336", "France, mobile", "0.0520", 30, 6 },         { "43", "Austria", "0.0180", 60, 1 },
  { "41", "Switzerland", "0.0240", 60, 1 },             { "8817", "Iridium, satellite", "6.9500", 60, 60 },
};

static const RateRow us_rates[] = {
  { "1", "United States", "0.0062", 6, 6 }, { "1907", "Alaska", "0.0750", 6, 6 }, { "1808", "Hawaii", "0.0090", 6, 6 },
};

static const struct { const char *name, *mode, *fee; int minutes; const char *markup; } package_rows[] = {
  { "Office 500", "postpaid", "29.95", 500, "25" },
  { "Pay per call", "postpaid", "0", 0, "40" },
  { "Prepaid world", "prepaid", "9.90", 0, "30" },
  { "Unlimited Europe", "postpaid", "79", -1, "20" },
};

static const char *const client_names[N_CLIENTS] = {
  "Aldermoor Dental Practice", "Bäckerei Sonnenschein", "Cartwright & Sons", "Deichmann Logistik GmbH", "Eastgate Veterinary Clinic",
  "Fröhlich Immobilien", "Granite Peak Outfitters", "Hôtel du Lac", "Inverness Chartered Accountants", "Jansen Elektrotechnik",
  "Kestrel Aviation", "Lindqvist Translations",
};

/* What is dialled, and how often it is answered: every status shows up. */
static const struct { const char *callee; int percent_answered; TbDirection direction; } dialled[] = {
  { "+493028104415", 90, TB_DIRECTION_OUTBOUND },  { "+442071838750", 90, TB_DIRECTION_OUTBOUND },
  { "+447700900461", 80, TB_DIRECTION_OUTBOUND },  { "+4915112345678", 85, TB_DIRECTION_OUTBOUND },
  { "+14165550142", 95, TB_DIRECTION_OUTBOUND },   { "+33142685300", 90, TB_DIRECTION_OUTBOUND },
  { "+33612345678", 60, TB_DIRECTION_OUTBOUND },   { "+19075550111", 70, TB_DIRECTION_OUTBOUND },
  { "+43158058", 90, TB_DIRECTION_OUTBOUND },      { "+2348012345678", 70, TB_DIRECTION_OUTBOUND },
  { "+493028104400", 75, TB_DIRECTION_INBOUND },   { "204", 80, TB_DIRECTION_LOCAL },
  { "*97", 100, TB_DIRECTION_OUTBOUND },
};

/* New values come with defaults. */
static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static TbDecimal
decimal (const char *text)
{
  TbDecimal value;
  g_autoptr (GError) error = NULL;

  tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, &error);
  g_assert_no_error (error);
  return value;
}

static TbCurrency
currency (const char *code)
{
  TbCurrency value;

  g_assert_true (tb_currency_parse (code, &value, NULL));
  return value;
}

static void
add_company (TbSetup *setup)
{
  TbTax *tax = tb_tax_new ();
  TbCompany *company = setup->company = tb_company_new ();
  const char *const address[] = { "Hafenstraße 12", "20457 Hamburg", "Germany", NULL };
  TbExchangeRate usd = { currency ("USD"), tb_day_from_ymd (2026, 1, 1), decimal ("0.92") };

  set (&company->name, "Nordkabel Telefonie GmbH");
  set (&company->country, "DE");
  set (&company->time_zone, "Europe/Berlin");
  company->currency = currency ("EUR");
  company->address = g_strdupv ((char **) address);
  set (&company->email, "billing@nordkabel.example");
  set (&company->invoice_series, "NK-{year}-{number:5}");
  company->due_days = 14;
  set (&tax->name, "USt");
  tax->percent = decimal ("19");
  set (&tax->category, "S");
  g_ptr_array_add (setup->taxes, tax);
  g_array_append_val (setup->exchange_rates, usd);
}

static void
add_tariff (TbSetup *setup, const char *name, const char *code, const RateRow *rows, guint n)
{
  TbTariff *tariff = tb_tariff_new ();

  set (&tariff->name, name);
  tariff->currency = currency (code);
  if (tariff->rates == NULL)
    tariff->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  for (guint i = 0; i < n; i++)
    {
      TbRate *rate = tb_rate_new ();

      set (&rate->prefix, rows[i].prefix);
      set (&rate->description, rows[i].description);
      rate->rate = decimal (rows[i].rate);
      rate->initial = rows[i].initial;
      rate->next = rows[i].next;
      g_ptr_array_add (tariff->rates, rate);
    }
  g_ptr_array_add (setup->tariffs, tariff);
}

static void
add_package (TbSetup *setup, guint i)
{
  TbPackage *package = tb_package_new ();

  set (&package->name, package_rows[i].name);
  set (&package->tariff, i == 2 ? "World retail USD" : "World wholesale");
  package->markup = decimal (package_rows[i].markup);
  package->fee = decimal (package_rows[i].fee);
  package->mode = g_str_equal (package_rows[i].mode, "prepaid") ? TB_PACKAGE_PREPAID : TB_PACKAGE_POSTPAID;
  if (package_rows[i].minutes != 0)
    {
      TbAllowance *allowance = tb_allowance_new ();

      g_free (allowance->name);
      set (&allowance->name, package_rows[i].minutes > 0 ? "Minutes" : "Europe");
      allowance->seconds = package_rows[i].minutes > 0 ? package_rows[i].minutes * 60 : TB_SECONDS_UNLIMITED;
      if (package_rows[i].minutes < 0)
        allowance->scope = g_strsplit ("33,41,43,44,49", ",", -1);
      g_ptr_array_add (package->included, allowance);
    }
  g_ptr_array_add (setup->packages, package);
}

static void
add_client (TbSetup *setup, guint i)
{
  TbClient *client = tb_client_new ();
  TbService *service = tb_service_new ();

  client->key = g_strdup_printf ("C%u", 1001 + i);
  set (&client->name, client_names[i]);
  client->email = g_strdup_printf ("accounts@client%u.example", i + 1);
  client->currency = i % 4 == 2 ? currency ("USD") : TB_CURRENCY_NONE;
  client->tax = g_strdup ("USt");
  g_ptr_array_add (setup->clients, client);

  service->key = g_strdup_printf ("S%u", i + 1);
  set (&service->client, client->key);
  set (&service->package, package_rows[i % G_N_ELEMENTS (package_rows)].name);
  set (&service->connection, i % 3 == 0 ? "pbx-berlin" : "pbx-hamburg");
  service->tenant = g_strdup_printf ("client%u.example", i + 1);
  g_ptr_array_add (setup->services, service);
}

static void
add_provider (TbSetup *setup)
{
  TbProvider *provider = tb_provider_new ();

  set (&provider->name, "Transatel");
  set (&provider->tariff, "World wholesale");
  g_ptr_array_add (setup->providers, provider);
}

static TbSetup *
setup_new (void)
{
  static const char *const connections[][3] = { { "pbx-berlin", "csv", NULL },
                                                { "pbx-hamburg", "fusionpbx", "https://pbx.nordkabel.example" } };
  TbSetup *setup = tb_setup_new ();

  add_company (setup);
  add_tariff (setup, "World wholesale", "EUR", world_rates, G_N_ELEMENTS (world_rates));
  add_tariff (setup, "World retail USD", "USD", world_rates, G_N_ELEMENTS (world_rates));
  add_tariff (setup, "US termination", "USD", us_rates, G_N_ELEMENTS (us_rates));
  add_provider (setup);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      TbConnection *connection = tb_connection_new ();

      set (&connection->name, connections[i][0]);
      set (&connection->kind, connections[i][1]);
      set (&connection->url, connections[i][2]);
      set (&connection->provider, "Transatel");
      g_ptr_array_add (setup->connections, connection);
    }
  for (guint i = 0; i < G_N_ELEMENTS (package_rows); i++)
    add_package (setup, i);
  for (guint i = 0; i < N_CLIENTS; i++)
    add_client (setup, i);
  return setup;
}

static void
write_calls (TbStore *store, const char *connection, gboolean berlin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallWriter) writer = tb_call_writer_begin (store, connection, "sample.csv", "sample", &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (berlin ? 1 : 2);
  gint64 month = (gint64) tb_day_from_ymd (SAMPLE_BOOKS_YEAR, SAMPLE_BOOKS_MONTH, 1) * 86400;
  TbImportCounts counts;

  g_assert_no_error (error);
  for (guint i = 0; i < N_CALLS; i++)
    {
      /* One tenant more than there are services: its calls have none. */
      guint tenant = (guint) g_rand_int_range (random, 0, N_CLIENTS + 1);
      guint what = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (dialled));
      gboolean answered = g_rand_int_range (random, 0, 100) < dialled[what].percent_answered;
      g_autofree char *uid = g_strdup_printf ("%s-%06u", connection, i);
      g_autofree char *domain = g_strdup_printf ("client%u.example", tenant + 1);
      g_autofree char *caller = g_strdup_printf ("%u", 200 + i % 9);
      TbCall call;

      if (tenant < N_CLIENTS && (tenant % 3 == 0) != berlin)
        continue;
      tb_call_init (&call);
      call.uid = uid;
      call.tenant = domain;
      call.caller = caller;
      call.extension = caller;
      call.callee = dialled[what].callee;
      call.direction = dialled[what].direction;
      call.start = month + (gint64) g_rand_int_range (random, 0, 31) * 86400 + g_rand_int_range (random, 7 * 3600, 18 * 3600);
      call.seconds = answered ? g_rand_int_range (random, 2, 900) : 0;
      call.ring = answered ? g_rand_int_range (random, 1, 20) : -1;
      call.duration = call.seconds + 12;
      call.cause = answered ? "NORMAL_CLEARING" : "NO_ANSWER";
      tb_call_writer_add (writer, &call, &error);
      g_assert_no_error (error);
    }
  tb_call_writer_reject (writer, 17, "the start “tomorrow” is not a time", "x,y,tomorrow", 12, &error);
  g_assert_no_error (error);
  tb_call_writer_finish (writer, &counts, &error);
  g_assert_no_error (error);
}

void
sample_books_make (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_create (path, &error);
  g_autoptr (TbSetup) setup = setup_new ();
  g_autoptr (TbBillingRun) run = NULL;
  g_autoptr (TbInvoice) approved = NULL;
  g_autofree char *first = NULL;
  TbRatingCounts counts = { 0 };

  g_assert_no_error (error);
  tb_setup_store_apply (store, setup, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  write_calls (store, "pbx-berlin", TRUE);
  write_calls (store, "pbx-hamburg", FALSE);
  tb_rating_run (store, 0, 0, FALSE, &counts, NULL, &error);
  g_assert_no_error (error);
  tb_rating_counts_clear (&counts);
  run = tb_billing_run (store, SAMPLE_BOOKS_YEAR, SAMPLE_BOOKS_MONTH, NULL, TB_BILLING_INCOMPLETE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run->invoices->len, >, 1);
  first = g_strdup_printf ("%u", ((TbInvoice *) g_ptr_array_index (run->invoices, 0))->id);
  approved = tb_billing_approve (store, first, &error);
  g_assert_no_error (error);
  /* Marked as a demo, so that the clock may be held in the month after. */
  tb_store_set_setting (store, "demo", "1", &error);
  g_assert_no_error (error);
}
