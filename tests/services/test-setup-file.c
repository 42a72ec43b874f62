/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "tb-error.h"
#include "tb-setup-file.h"
#include "tb-setup-store.h"
#include "test-books.h"

/* ---- helpers ---- */

static char *
data_path (const char *name)
{
  return g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "setup", name, NULL);
}

static TbSetup *
read_full (void)
{
  g_autofree char *path = data_path ("full.json");
  g_autoptr (GError) error = NULL;
  TbSetup *setup = tb_setup_file_read (path, &error);

  g_assert_no_error (error);
  return setup;
}

static TbSetup *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  TbSetup *setup = tb_setup_file_parse (json, -1, NULL, &error);

  g_assert_no_error (error);
  return setup;
}

static char *
write_file (const char *name, const char *text)
{
  char *path = test_path (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Applies `json` and gives back how many lines of changes there are. */
static guint
apply (TbStore *store, const char *json, gboolean dry_run)
{
  g_autofree char *path = write_file ("setup.json", json);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  tb_setup_file_apply (store, path, dry_run, &changes, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    g_test_message ("%s", (char *) changes->pdata[i]);
  return changes->len;
}

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  return store;
}

static char *
export (TbStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, &error);

  g_assert_no_error (error);
  return tb_setup_file_write (setup);
}

/* ---- what is read ---- */

#define ONE G_GINT64_CONSTANT (1000000000000)

static void
test_full (void)
{
  g_autoptr (TbSetup) setup = read_full ();
  const TbTariff *tariff = setup->tariffs->pdata[0];
  const TbRate *first = tariff->rates->pdata[0], *second = tariff->rates->pdata[1], *steps = tariff->rates->pdata[3], *any = tariff->rates->pdata[4];
  const TbPackage *package = setup->packages->pdata[0];
  const TbAllowance *national = package->included->pdata[0], *odd = package->included->pdata[1], *all = package->included->pdata[2];
  const TbExchangeRate *eur = &g_array_index (setup->exchange_rates, TbExchangeRate, 0);

  g_assert_cmpint (setup->company->due_days, ==, 21);
  g_assert_cmpstr (setup->company->address[1], ==, "Waterloo ON");
  g_assert_cmpuint (setup->exchange_rates->len, ==, 3);
  g_assert_cmpint (eur->rate, ==, ONE * 3 / 2);
  g_assert_cmpint (g_array_index (setup->exchange_rates, TbExchangeRate, 1).rate, ==, ONE / 10000 * 13725); /* sorted by day */
  g_assert_cmpstr (((TbConnection *) setup->connections->pdata[1])->columns, ==, "uid=id,caller=src,billsec=7");
  g_assert_cmpstr (((TbConnection *) setup->connections->pdata[2])->kind, ==, "csv");

  g_assert_cmpint (tariff->band, ==, TB_BAND_SPLIT);
  g_assert_cmpint (first->effective_from, ==, 1790827200); /* 2026-10-01 00:00 in New York */
  g_assert_cmpint (second->effective_from, ==, 1790850600);
  g_assert_cmpuint (first->band.days, ==, 0x1f);
  g_assert_cmpint (first->band.to, ==, 19 * 3600);
  g_assert_cmpint (second->initial, ==, 30);
  g_assert_cmpint (second->next, ==, 6);
  g_assert_cmpint (second->increment_style, ==, TB_INCREMENT_MULTIPLE);
  g_assert_cmpuint (second->band.month, ==, 12);
  g_assert_cmpuint (steps->n_steps, ==, 2);
  g_assert_cmpint (steps->steps[1].per, ==, 1);
  g_assert_cmpstr (any->prefix, ==, "");
  g_assert_cmpint (any->rate, ==, G_GINT64_CONSTANT (1123456789012));
  g_assert_cmpint (any->minimum, ==, -1);
  g_assert_cmpint (((TbTariff *) setup->tariffs->pdata[1])->currency, ==, setup->company->currency);
  g_assert_null (((TbTariff *) setup->tariffs->pdata[2])->rates); /* nothing is said about them */

  g_assert_cmpint (package->cycle, ==, TB_CYCLE_SEMI_ANNUAL);
  g_assert_cmpint (package->rounding.mode, ==, TB_ROUND_HALF_EVEN);
  g_assert_cmpstr (package->number_plan.exit_codes[1], ==, "00");
  g_assert_cmpint (national->seconds, ==, 60000);
  g_assert_cmpint (odd->seconds, ==, 90);
  g_assert_cmpstr (odd->scope[0], ==, "inbound");
  g_assert_cmpint (all->seconds, ==, TB_SECONDS_UNLIMITED);
  g_assert_cmpuint (package->tiers->len, ==, 2);
  g_assert_true (package->bill_inbound);
  g_assert_cmpint (package->inbound_rate->connect_fee, ==, ONE / 10);
  g_assert_null (((TbPackage *) setup->packages->pdata[1])->inbound_rate);
  g_assert_cmpint (((TbClient *) setup->clients->pdata[0])->low_balance, ==, 10 * ONE);
  g_assert_cmpint (((TbReminderStage *) setup->reminders->pdata[1])->days_after_due, ==, -2);
}

/* What may be written in more than one way. */
static void
test_spellings (void)
{
  static const struct
  {
    const char *keys;
    gint64 seconds;
    const char *from, *scope, *why;
  } rows[] = {
    { "\"minutes\": \"300\"", 18000, "", "", "a whole number in quotes" },
    { "\"minutes\": \"2.5\"", 150, "", "", "a part of a minute that is whole seconds" },
    { "\"minutes\": \"0.0500\"", 3, "", "", "noughts change nothing" },
    { "\"seconds\": \"61.0\"", 61, "", "", "nor do they for seconds" },
    { "\"minutes\": \"1000000000\"", G_GINT64_CONSTANT (60000000000), "", "", "the most" },
    { "\"from\": \"2017-09-10\"", 0, "2017-09-10", "", "a day stays one, whatever the zone" },
    { "\"from\": \"2017-09-10T00:00:00Z\"", 0, "2017-09-09T20:00:00-04:00", "", "an instant, written in the company's zone" },
    { "\"from\": \"2017-09-10T00:00:00\"", 0, "2017-09-10T00:00:00-04:00", "", "its zone where the text has none" },
    { "\"scope\": [\"+48\", \"1416\"]", 0, "", "48 1416", "as numbers are written for people" },
    { "\"scope\": \"+48\"", 0, "", "48", "also where it stands alone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"tollbook\": 1, \"company\": {\"name\": \"A\", \"time_zone\": \"America/Toronto\", \"currency\": \"CAD\"}, "
                                               "\"packages\": [{\"name\": \"P\", \"included\": [{\"name\": \"a\", %s}]}]}", rows[i].keys);
      g_autofree char *path = g_strdup_printf ("spelling-%u", i), *text = NULL, *from = NULL, *scope = NULL;
      g_autoptr (TbSetup) setup = parse (json);
      g_autoptr (TbStore) store = new_books (path);
      const TbAllowance *pool = ((TbPackage *) setup->packages->pdata[0])->included->pdata[0];

      g_test_message ("%s", rows[i].why);
      g_assert_cmpint (pool->seconds, ==, rows[i].seconds);
      scope = pool->scope != NULL ? g_strjoinv (" ", pool->scope) : g_strdup ("");
      g_assert_cmpstr (scope, ==, rows[i].scope);
      g_assert_cmpuint (apply (store, json, FALSE), >, 0);
      g_assert_cmpuint (apply (store, json, FALSE), ==, 0);
      text = export (store);
      g_assert_cmpuint (apply (store, text, FALSE), ==, 0);
      from = g_strdup_printf ("\"from\" : \"%s\"", rows[i].from);
      g_assert_true (*rows[i].from == '\0' || strstr (text, from) != NULL);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (TbSetup) setup = read_full ();
  g_autofree char *first = tb_setup_file_write (setup);
  g_autoptr (TbSetup) again = parse (first);
  g_autofree char *second = tb_setup_file_write (again);

  g_assert_cmpstr (first, ==, second);
  for (guint i = 0; i < setup->tariffs->len; i++)
    {
      const TbTariff *a = setup->tariffs->pdata[i], *b = again->tariffs->pdata[i];

      for (guint k = 0; a->rates != NULL && k < a->rates->len; k++)
        g_assert_true (tb_rate_equal (a->rates->pdata[k], b->rates->pdata[k]));
    }
}

/* What a new item has anyway is not said; what is said is what people wrote. */
static void
test_written (void)
{
  static const struct { const char *text; gboolean there; const char *why; } rows[] = {
    { "\"increment\" : \"30/6\"", TRUE, "the form of the contract" },
    { "\"effective_from\" : \"2026-10-01\"", TRUE, "midnight in the tariff's zone is a date" },
    { "\"effective_from\" : \"2026-10-01T06:30:00-04:00\"", TRUE, "other times keep their offset" },
    { "\"days\" : \"6-7\"", TRUE, "neighbours are a range" },
    { "\"to\" : \"06:30:15\"", TRUE, "seconds only where there are some" },
    { "\"minutes\" : \"unlimited\"", TRUE, "as the contract says" },
    { "\"seconds\" : 90", TRUE, "what is no whole minute" },
    { "null", FALSE, "not given is left out" },
    { "\"custom_match\" : \"priority\"", FALSE, "the default is left out" },
    { "1.123456789012", TRUE, "twelve decimals" },
  };
  g_autoptr (TbSetup) setup = read_full ();
  g_autofree char *text = tb_setup_file_write (setup);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((strstr (text, rows[i].text) != NULL) != rows[i].there)
      g_error ("%s: %s\n%s", rows[i].text, rows[i].why, text);
}

/* ---- what is refused ---- */

#define FILE_WITH(rest) "{\"tollbook\": 1, " rest "}"
#define RATE(rest) FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"rates\": [{\"prefix\": \"1\", " rest "}]}]")
#define PACKAGE(rest) FILE_WITH ("\"packages\": [{\"name\": \"p\", " rest "}]")
#define CONNECTION(rest) FILE_WITH ("\"connections\": [{\"name\": \"c\", " rest "}]")

static const struct { const char *json, *path, *part, *why; } refused[] = {
  { "", "", "", "no file is empty" },
  { "{", "", "JSON", "cut off" },
  { "[]", "set-up file:", "object", "not an object" },
  { "{}", "tollbook:", "missing", "the version is what makes it a set-up file" },
  { "{\"tollbook\": 2}", "tollbook:", "2", "a later version" },
  { "{\"tollbook\": \"1\"}", "tollbook:", "number 1", "a text" },
  { "{\"tollbook\": 1} x", "", "JSON", "more than one value" },
  { "{\"tollbook\": 1, /* a */ \"taxes\": []}", "", "comments", "json-glib reads comments; JSON has none" },
  { "{\"tollbook\": 01}", "", "zero", "octal to json-glib" },
  { "{\"tollbook\": 1, \"taxes\": [{\"name\": \"a\", \"name\": \"b\"}]}", "", "“name” is there twice", "the second would win" },
  { "{\"tollbook\": 1, \"taxes\": [{\"name\": \"a\\u0000b\"}]}", "", "zero character", "would be cut" },
  { "{\"tollbook\": 1, \"taxes\": [{\"name\": \"a\nb\"}]}", "", "quote", "a text over two lines" },
  { "{\"tollbook\": 1, \"taxes\": [{\"name\": \"\\ud800\"}]}", "", "", "half a character" },
  { "{\"tollbook\": 1, \"taxes\": [{\"name\": \"\xff\"}]}", "", "UTF-8", "Latin-1" },
  { "{\"tollbook\": 1, \"taxes\": [{\"name\": \"a\\tb\"}]}", "taxes[0].name:", "control", "would break lines on paper" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"due_days\": 99999999999999999999}"), "", "digits", "wraps in json-glib" },
  { FILE_WITH ("\"tarifs\": []"), "tarifs:", "tariffs", "unknown key, known ones named" },
  { FILE_WITH ("\"company\": []"), "company:", "object", "wrong type" },
  { FILE_WITH ("\"company\": {}"), "company.name:", "missing", "names are required" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"country\": \"Canada\"}"), "company.country:", "CA", "no code" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"currency\": \"CDN\"}"), "company.currency:", "CDN", "not ISO 4217" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"time_zone\": \"Mars/Base\"}"), "company.time_zone:", "Mars", "never UTC in silence" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"address\": \"1 Main St\"}"), "company.address:", "list", "a list of lines" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"address\": [1]}"), "company.address[0]:", "text", "lines are texts" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"endpoint\": \"0208:0428759498\"}"), "company.endpoint:", "0428759498", "a digit is wrong" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"iban\": \"DE00\"}"), "company.iban:", "IBAN", "money would not arrive" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"due_days\": -1}"), "company.due_days:", "-1", "before it is issued" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"due_days\": \"14\"}"), "company.due_days:", "whole number", "a text" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"invoice_series\": \"X{year}\"}"), "company.invoice_series:", "number", "two invoices with one number" },
  { FILE_WITH ("\"company\": {\"name\": \"a\", \"email\": \"nobody\"}"), "company.email:", "nobody", "no address" },
  { FILE_WITH ("\"currencies\": [{\"code\": \"USD\"}, {\"code\": \"USD\"}]"), "currencies[1].code:", "twice", "duplicate" },
  { FILE_WITH ("\"currencies\": [{\"code\": \"USD\", \"rates\": [{\"rate\": \"0\"}]}]"), "currencies[0].rates[0].rate:", "0", "divides to nothing" },
  { FILE_WITH ("\"currencies\": [{\"code\": \"USD\", \"rates\": [{\"rate\": 1.37}]}]"), "currencies[0].rates[0].rate:", "quotes", "binary floating point" },
  { FILE_WITH ("\"taxes\": [{\"name\": \"a\"}, {\"name\": \"a\"}]"), "taxes[1].name:", "twice", "duplicate name" },
  { FILE_WITH ("\"taxes\": [{\"name\": \"a\", \"percent\": \"101\"}]"), "taxes[0].percent:", "100", "more than all" },
  { FILE_WITH ("\"taxes\": [{\"name\": \"a\", \"percent\": \"13%\"}]"), "taxes[0].percent:", "13%", "not a decimal" },
  { FILE_WITH ("\"taxes\": [{\"name\": \"a\", \"category\": \"standard\"}]"), "taxes[0].category:", "standard", "no code" },
  { FILE_WITH ("\"clients\": [{\"id\": \"a\", \"name\": \"A\", \"language\": \"../de\"}]"), "clients[0].language:", "“../de”", "no language tag" },
  { FILE_WITH ("\"providers\": [{\"name\": \"a\", \"tariff\": \"x\"}]"), "providers[0].tariff:", "“x”", "unknown reference" },
  { CONNECTION ("\"kind\": \"fusion\""), "connections[0].kind:", "fusionpbx", "unknown kind, known ones named" },
  { CONNECTION ("\"url\": \"http://pbx.example.com\""), "connections[0].url:", "https", "the key in the clear" },
  { CONNECTION ("\"certificate\": \"sha256:12ab\""), "connections[0].certificate:", "64 hexadecimal digits", "a fingerprint that was cut" },
  { CONNECTION ("\"certificate\": \"md5:0123456789abcdef0123456789abcdef\""), "connections[0].certificate:", "sha256:", "a sum that can be forged" },
  { CONNECTION ("\"url\": \"https://a:b@pbx.example.com\""), "connections[0].url:", "password", "no secrets in the file" },
  { CONNECTION ("\"url\": \"sftp://a:b@pbx.example.com\""), "connections[0].url:", "password", "no secrets in the file" },
  { CONNECTION ("\"password\": \"x\""), "connections[0].password:", "no such key", "no secrets in the file" },
  { CONNECTION ("\"format\": \"abacus\""), "connections[0].format:", "fusionpbx", "unknown format" },
  { CONNECTION ("\"since\": \"1 Jan 2026\""), "connections[0].since:", "2026-10-31", "no ISO date" },
  { CONNECTION ("\"columns\": {\"who\": \"src\"}"), "connections[0].columns.who:", "caller", "unknown field" },
  { CONNECTION ("\"provider\": \"x\""), "connections[0].provider:", "“x”", "unknown reference" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"band\": \"middle\"}]"), "tariffs[0].band:", "split", "unknown word" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"rounding\": {\"decimals\": 10}}]"), "tariffs[0].rounding.decimals:", "9", "beyond the scale" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"file\": \"deck.csv\"}]"), "tariffs[0].file:", "", "no folder to look in" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"\"}]"), "tariffs[0].name:", "empty", "an empty name" },
  { RATE ("\"rate\": 0.01"), "tariffs[0].rates[0].rate:", "quotes", "binary floating point" },
  { RATE ("\"rate\": \"-0.01\""), "tariffs[0].rates[0].rate:", "-0.01", "negative price" },
  { RATE ("\"rate\": \"0,01\""), "tariffs[0].rates[0].rate:", "0,01", "decimal comma" },
  { RATE ("\"rate\": \"1e-2\""), "tariffs[0].rates[0].rate:", "1e-2", "exponent" },
  { RATE ("\"rate\": \"0.0000000000001\""), "tariffs[0].rates[0].rate:", "exactly", "would be rounded" },
  { RATE ("\"rate\": \"99999999\""), "tariffs[0].rates[0].rate:", "large", "does not fit" },
  { RATE ("\"rate\": true"), "tariffs[0].rates[0].rate:", "true", "wrong type" },
  { RATE ("\"increment\": 60"), "tariffs[0].rates[0].increment:", "30/6", "wrong type" },
  { RATE ("\"increment\": \"0/6\""), "tariffs[0].rates[0].increment:", "0/6", "sells nothing" },
  { RATE ("\"enabled\": 1"), "tariffs[0].rates[0].enabled:", "true or false", "wrong type" },
  { RATE ("\"effective_from\": \"2026-13-01\""), "tariffs[0].rates[0].effective_from:", "2026-13-01", "no month" },
  { RATE ("\"effective_from\": \"2026-10-02\", \"effective_to\": \"2026-10-02\""), "tariffs[0].rates[0].effective_to:", "after", "never in force" },
  { RATE ("\"min_charge\": \"2\", \"max_charge\": \"1\""), "tariffs[0].rates[0].max_charge:", "min_charge", "cannot both hold" },
  { RATE ("\"when\": {\"days\": \"0-5\"}"), "tariffs[0].rates[0].when.days:", "0-5", "days are 1 to 7" },
  { RATE ("\"when\": {\"days\": \"1-\"}"), "tariffs[0].rates[0].when.days:", "1-", "cut off" },
  { RATE ("\"when\": {\"days\": \"1,\"}"), "tariffs[0].rates[0].when.days:", "1,", "cut off" },
  { RATE ("\"when\": {\"days\": \"\"}"), "tariffs[0].rates[0].when.days:", "Monday", "no day" },
  { RATE ("\"when\": {\"from\": \"24:01\"}"), "tariffs[0].rates[0].when.from:", "24:01", "no time" },
  { RATE ("\"when\": {\"from\": \"8\"}"), "tariffs[0].rates[0].when.from:", "00:00", "no minutes" },
  { RATE ("\"when\": {\"from\": \"08:00\", \"to\": \"08:00\"}"), "tariffs[0].rates[0].when:", "no time", "never in force" },
  { RATE ("\"when\": {\"month\": 12}"), "tariffs[0].rates[0].when:", "day", "half a holiday" },
  { RATE ("\"when\": {\"month\": 2, \"day\": 30}"), "tariffs[0].rates[0].when:", "30", "no such day" },
  { RATE ("\"steps\": [{\"after\": 30, \"rate\": \"1\"}]"), "tariffs[0].rates[0].steps[0].after:", "0", "no price for the beginning" },
  { RATE ("\"steps\": [{\"after\": 0, \"rate\": \"1\"}, {\"after\": 0, \"rate\": \"1\"}]"), "tariffs[0].rates[0].steps[1].after:", "before", "no order" },
  { RATE ("\"steps\": [{\"after\": 0}]"), "tariffs[0].rates[0].steps[0].rate:", "missing", "no price" },
  { RATE ("\"prefix \": \"1\""), "tariffs[0].rates[0].prefix :", "no such key", "a blank" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"rates\": [{\"prefix\": \"1+\"}]}]"), "tariffs[0].rates[0].prefix:", "digits", "prefixes are digits" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"rates\": [{\"prefix\": \"+1\"}, {\"prefix\": \"1\"}]}]"), "tariffs[0].rates[1]:", "twice", "a plus is no other prefix" },
  { FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"rates\": [{\"prefix\": \"1\"}, {\"prefix\": \"1\", \"rate\": \"1\"}]}]"), "tariffs[0].rates[1]:", "twice",
    "two prices for one prefix" },
  { PACKAGE ("\"tariff\": \"x\""), "packages[0].tariff:", "“x”", "unknown reference" },
  { PACKAGE ("\"markup\": \"-101\""), "packages[0].markup:", "-100", "less than nothing" },
  { PACKAGE ("\"mode\": \"metered\""), "packages[0].mode:", "postpaid, prepaid", "unknown word" },
  { PACKAGE ("\"number_plan\": {\"exit_codes\": [\"+\"]}"), "packages[0].number_plan.exit_codes[0]:", "digits", "exit codes are digits" },
  { PACKAGE ("\"included\": [{\"minutes\": 10}]"), "packages[0].included[0].name:", "missing", "names are required" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"minutes\": 10, \"seconds\": 5}]"), "packages[0].included[0].seconds:", "both", "which of them?" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"minutes\": \"many\"}]"), "packages[0].included[0].minutes:", "unlimited", "unknown word" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"minutes\": -1}]"), "packages[0].included[0].minutes:", "-1", "negative" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"scope\": [\"1\", \"europe\"]}]"), "packages[0].included[0].scope[1]:", "national", "unknown word" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"minutes\": \"0.01\"}]"), "packages[0].included[0].minutes:", "whole number of seconds", "0.6 seconds" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"seconds\": \"2.5\"}]"), "packages[0].included[0].seconds:", "whole number of seconds", "part of a second" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"minutes\": 2.5}]"), "packages[0].included[0].minutes:", "in quotes", "has been through binary" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"minutes\": \"1000000001\"}]"), "packages[0].included[0].minutes:", "1000000000", "1900 years" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"scope\": \"+\"}]"), "packages[0].included[0].scope[0]:", "digits", "no digits" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"from\": \"2026-02-01T10:00:00Z\", \"to\": \"2026-02-01\"}]"), "packages[0].included[0].to:", "from",
    "the day began before" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"from\": \"2026-02-01T25:00:00Z\"}]"), "packages[0].included[0].from:", "25:00", "no such hour" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"unit\": 0}]"), "packages[0].included[0].unit:", "1", "never used up" },
  { PACKAGE ("\"included\": [{\"name\": \"a\", \"from\": \"2026-02-01\", \"to\": \"2026-01-01\"}]"), "packages[0].included[0].to:", "from", "never valid" },
  { PACKAGE ("\"flat_rate\": {\"prefix\": \"1\"}"), "packages[0].flat_rate.prefix:", "no such key", "a flat rate is for all prefixes" },
  { PACKAGE ("\"inbound\": {\"bill\": 1}"), "packages[0].inbound.bill:", "true or false", "wrong type" },
  { PACKAGE ("\"inbound\": {\"rates\": 1}"), "packages[0].inbound.rates:", "no such key", "unknown key" },
  { PACKAGE ("\"tiers\": {\"by\": \"calls\"}"), "packages[0].tiers.by:", "minutes", "unknown word" },
  { PACKAGE ("\"tiers\": {\"steps\": [{\"from\": 0, \"rate\": 1}, {\"from\": 0, \"rate\": 1}]}"), "packages[0].tiers.steps[1].from:", "before", "no order" },
  { PACKAGE ("\"tiers\": {\"steps\": [{\"from\": 5, \"rate\": 1}]}"), "packages[0].tiers.steps[0].from:", "begins at 0", "nothing below it" },
  { PACKAGE ("\"filters\": [{\"match\": \"destination\"}]"), "packages[0].filters[0].pattern:", "missing", "would hide everything or nothing" },
  { PACKAGE ("\"filters\": [{\"pattern\": \"12[\"}]"), "packages[0].filters[0].pattern:", "12[", "no pattern" },
  { PACKAGE ("\"filters\": [{\"pattern\": \"12\", \"connection\": \"x\"}]"), "packages[0].filters[0].connection:", "“x”", "unknown reference" },
  { FILE_WITH ("\"filters\": [{\"pattern\": \"12\", \"action\": \"hide\"}]"), "filters[0].action:", "suppress, exclude", "unknown word" },
  { FILE_WITH ("\"clients\": [{\"name\": \"a\"}]"), "clients[0].id:", "missing", "the key of a client" },
  { FILE_WITH ("\"clients\": [{\"id\": \"1\", \"name\": \"a\", \"tax\": \"HST\"}]"), "clients[0].tax:", "“HST”", "unknown reference" },
  { FILE_WITH ("\"clients\": [{\"id\": \"1\", \"name\": \"a\"}, {\"id\": \"1\", \"name\": \"b\"}]"), "clients[1].id:", "twice", "duplicate" },
  { FILE_WITH ("\"services\": [{\"id\": \"s\", \"client\": \"c\", \"package\": \"p\"}]"), "services[0].client:", "“c”", "unknown reference" },
  { FILE_WITH ("\"clients\": [{\"id\": \"c\", \"name\": \"a\"}], \"packages\": [{\"name\": \"p\"}], \"services\": [{\"id\": \"s\", \"client\": \"c\", \"package\": \"p\", "
               "\"starts\": \"2026-02-01\", \"ends\": \"2026-01-01\"}]"), "services[0].ends:", "start", "ends before it begins" },
  { FILE_WITH ("\"whmcs\": {\"url\": \"http://billing.example.com\"}"), "whmcs.url:", "https", "the secret in the clear" },
  { FILE_WITH ("\"whmcs\": {\"since\": \"2026-02-30\"}"), "whmcs.since:", "2026-02-30", "no such day" },
  { FILE_WITH ("\"mail\": {\"server\": \"mail.example.com\"}"), "mail.server:", "smtps://", "which protocol?" },
  { FILE_WITH ("\"reminders\": [{\"stage\": \"a\"}, {\"stage\": \"a\"}]"), "reminders[1].stage:", "twice", "duplicate" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbSetup) setup = tb_setup_file_parse (refused[i].json, -1, NULL, &error);

      if (setup != NULL)
        g_error ("%s was taken: %s", refused[i].json, refused[i].why);
      g_test_message ("%s", error->message);
      if (!g_error_matches (error, TB_ERROR, TB_ERROR_INVALID_INPUT) || !g_str_has_prefix (error->message, refused[i].path)
          || strstr (error->message, refused[i].part) == NULL)
        g_error ("%s (%s): the message is: %s", refused[i].json, refused[i].why, error->message);
    }
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"tollbook\": 1, \"taxes\": ");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (tb_setup_file_parse (deep->str, (gssize) deep->len, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, "nested"));
  g_clear_error (&error);
  g_assert_null (tb_setup_file_parse ("{\"tollbook\": 1}\0{", 17, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_null (tb_setup_file_read ("/dev/zero", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
}

/* No prefix and no change of a file that is right may bring the reader down; a file changed at random is read or refused. */
static void
test_mutations (void)
{
  g_autofree char *path = data_path ("full.json");
  g_autofree char *text = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (20261001);
  gsize len;

  g_assert_true (g_file_get_contents (path, &text, &len, NULL));
  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *copy = g_strndup (text, len);
      gsize cut = i % 3 == 0 ? (gsize) g_rand_int_range (random, 0, (gint32) len) : len;
      g_autoptr (GError) error = NULL;
      g_autoptr (TbSetup) setup = NULL;

      for (guint k = 0; k < i % 3; k++)
        copy[g_rand_int_range (random, 0, (gint32) len)] = "{}[]\",:0-.\\ntf\xc3"[g_rand_int_range (random, 0, 15)];
      setup = tb_setup_file_parse (copy, (gssize) cut, NULL, &error);
      g_assert_true ((setup != NULL) != (error != NULL));
    }
}

/* ---- in the books ---- */

static void
test_apply (void)
{
  g_autofree char *path = data_path ("full.json");
  g_autofree char *text = NULL, *exported = NULL, *again = NULL;
  g_autoptr (TbStore) store = new_books ("apply.tollbook");
  g_autoptr (TbSetup) setup = read_full ();

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (apply (store, text, TRUE), >, 20); /* dry: a line a difference, nothing written */
  g_assert_cmpuint (apply (store, text, TRUE), >, 20);
  g_assert_cmpuint (apply (store, text, FALSE), >, 20);
  g_assert_cmpuint (apply (store, text, TRUE), ==, 0);
  g_assert_cmpuint (apply (store, text, FALSE), ==, 0);

  exported = export (store);
  g_assert_cmpuint (apply (store, exported, FALSE), ==, 0);
  {
    g_autoptr (TbStore) other = new_books ("apply-2.tollbook");

    g_assert_cmpuint (apply (other, exported, FALSE), >, 20);
    again = export (other);
    g_assert_cmpstr (exported, ==, again);
  }
}

/* One line a difference, and what changes is what the line says. */
static void
test_changes (void)
{
  static const struct { const char *json; guint changes; const char *line; const char *why; } rows[] = {
    { FILE_WITH ("\"clients\": [{\"id\": \"C9\", \"name\": \"New\"}]"), 1, "client C9", "a new client, nothing else" },
    { FILE_WITH ("\"clients\": [{\"id\": \"C9\", \"name\": \"Newer\", \"tax\": \"HST\"}]"), 2, "“New” → “Newer”", "two fields, tax known to the books" },
    { FILE_WITH ("\"clients\": [{\"id\": \"C9\", \"name\": \"Newer\", \"tax\": \"HST\"}]"), 0, NULL, "again nothing" },
    { FILE_WITH ("\"tariffs\": [{\"name\": \"head only\", \"currency\": \"EUR\", \"rates\": [{\"prefix\": \"1\", \"rate\": \"1\"}, {\"prefix\": \"2\"}]}]"), 1,
      "2 rates added", "rates of a tariff that had none" },
    { FILE_WITH ("\"tariffs\": [{\"name\": \"head only\", \"currency\": \"EUR\", \"rates\": [{\"prefix\": \"1\", \"rate\": \"2\"}, {\"prefix\": \"3\"}]}]"), 1,
      "1 rates added, 1 changed, 1 removed", "a new version" },
    { FILE_WITH ("\"tariffs\": [{\"name\": \"head only\", \"currency\": \"EUR\"}]"), 0, NULL, "a head without rates leaves them" },
    { FILE_WITH ("\"services\": [{\"id\": \"S9\", \"client\": \"C9\", \"package\": \"Plain\"}]"), 1, "service S9", "references to what the books hold" },
    { FILE_WITH ("\"currencies\": [{\"code\": \"USD\", \"rates\": [{\"from\": \"2026-10-01\", \"rate\": \"1.4\"}]}]"), 1, "1.3725", "an exchange rate corrected" },
    { FILE_WITH ("\"packages\": [{\"name\": \"Plain\", \"flat_rate\": {\"rate\": \"0.02\"}}]"), 1, "package Plain", "a list of a package" },
    { FILE_WITH ("\"packages\": [{\"name\": \"Plain\"}]"), 1, "removed", "and away again" },
    { FILE_WITH ("\"taxes\": []"), 0, NULL, "a file without rules of all packages leaves them" },
    { FILE_WITH ("\"filters\": []"), 1, "filters: filters", "and one that says there are none takes them away" },
    { FILE_WITH ("\"filters\": []"), 0, NULL, "once" },
    { FILE_WITH ("\"mail\": {\"server\": \"smtps://mail.example.com\", \"from\": \"billing@example.com\", \"user\": \"other\"}"), 1, "other", "single nouns" },
  };
  g_autofree char *path = data_path ("full.json");
  g_autofree char *text = NULL;
  g_autoptr (TbStore) store = new_books ("changes.tollbook");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  apply (store, text, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *file = write_file ("change.json", rows[i].json);
      g_autoptr (GPtrArray) dry = NULL;
      g_autoptr (GPtrArray) changes = NULL;
      g_autoptr (GError) error = NULL;

      tb_setup_file_apply (store, file, TRUE, &dry, NULL, &error);
      g_assert_no_error (error);
      tb_setup_file_apply (store, file, FALSE, &changes, NULL, &error);
      g_assert_no_error (error);
      if (changes->len != rows[i].changes || dry->len != changes->len || (changes->len > 0 && strstr (changes->pdata[0], rows[i].line) == NULL))
        g_error ("%s: %u changes, the first: %s", rows[i].why, changes->len, changes->len > 0 ? (char *) changes->pdata[0] : "");
    }
}

/* All or nothing: what stands before the mistake is not there either. */
static void
test_all_or_nothing (void)
{
  g_autofree char *path = write_file ("half.json", FILE_WITH ("\"taxes\": [{\"name\": \"a\"}], \"clients\": [{\"id\": \"1\", \"name\": \"a\", \"tax\": \"b\"}]"));
  g_autoptr (TbStore) store = new_books ("half.tollbook");
  g_autofree char *before = export (store), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (tb_setup_file_apply (store, path, FALSE, NULL, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "clients[0].tax:"));
  after = export (store);
  g_assert_cmpstr (before, ==, after);
  g_clear_error (&error);
  g_assert_false (tb_setup_file_apply (store, "/nowhere/setup.json", FALSE, NULL, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
}

/* A file without a company takes zone and currency from the books. */
static void
test_company_of_books (void)
{
  g_autoptr (TbStore) store = new_books ("company.tollbook");
  g_autofree char *text = NULL;

  apply (store, FILE_WITH ("\"company\": {\"name\": \"a\", \"time_zone\": \"America/Toronto\", \"currency\": \"CAD\"}"), FALSE);
  apply (store, FILE_WITH ("\"tariffs\": [{\"name\": \"t\"}], \"packages\": [{\"name\": \"p\", \"custom_rates\": [{\"effective_from\": \"2026-10-01\"}]}]"), FALSE);
  text = export (store);
  {
    g_autoptr (TbSetup) setup = parse (text);

    g_assert_cmpint (((TbTariff *) setup->tariffs->pdata[0])->currency, ==, setup->company->currency);
    g_assert_cmpint (((TbRate *) ((TbPackage *) setup->packages->pdata[0])->custom_rates->pdata[0])->effective_from, ==, 1790827200);
  }
}

/* ---- decks ---- */

static void
test_deck (void)
{
  static const char *const json
      = FILE_WITH ("\"tariffs\": [{\"name\": \"t\", \"currency\": \"USD\", \"time_zone\": \"America/Toronto\", \"file\": \"decks/own.csv\", "
                   "\"columns\": {\"prefix\": \"Wahl\", \"rate\": \"Geld\", \"effective_from\": 3}, \"rates\": [{\"prefix\": \"44\", \"rate\": \"9\", "
                   "\"effective_from\": \"2026-10-01\"}]}]");
  g_autofree char *folder = test_path ("decks");
  g_autofree char *deck = g_build_filename (folder, "own.csv", NULL);
  g_autofree char *path = write_file ("deck.json", json);
  g_autoptr (TbStore) store = new_books ("deck.tollbook");
  g_autoptr (TbSetup) setup = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  const TbTariff *tariff;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_null (tb_setup_file_read (path, &error)); /* the deck is not there */
  g_assert_true (g_str_has_prefix (error->message, "tariffs[0].file:"));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (deck, "Wahl,Geld,Ab\n1416,0.01,2026-10-01\n44,0.02,2026-10-01\n33,cheap,2026-10-01\n", -1, NULL));
  setup = tb_setup_file_read (path, &error);
  g_assert_no_error (error);
  tariff = setup->tariffs->pdata[0];
  g_assert_cmpuint (tariff->rates->len, ==, 2); /* the file's own rate took the place of the deck's */
  g_assert_cmpint (((TbRate *) tariff->rates->pdata[0])->rate, ==, 9 * ONE);
  g_assert_cmpint (((TbRate *) tariff->rates->pdata[1])->effective_from, ==, 1790827200);

  tb_setup_file_apply (store, path, FALSE, &changes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 3); /* added, rates, and the row that was not taken */
  g_assert_nonnull (strstr (changes->pdata[2], "line 4"));
  g_clear_pointer (&changes, g_ptr_array_unref);
  tb_setup_file_apply (store, path, FALSE, &changes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 0);
  g_unlink (deck);
  g_rmdir (folder);
}

/* Whatever a deck brings into a tariff is in the exported file: rates of providers have more to them than a file written by hand. */
static void
test_sample_decks (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "ratedecks", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autoptr (TbStore) store = new_books ("decks.tollbook");
  guint n = 0;

  g_assert_nonnull (files);
  for (const char *name = g_dir_read_name (files); name != NULL; name = g_dir_read_name (files))
    {
      g_autofree char *json = g_strdup_printf (FILE_WITH ("\"tariffs\": [{\"name\": \"%s\", \"currency\": \"USD\", \"file\": \"%s/%s\"}]"), name, folder, name);
      g_autofree char *path = write_file ("deck.json", json);
      g_autofree char *exported = NULL;

      if (!tb_setup_file_apply (store, path, FALSE, NULL, NULL, NULL))
        continue;
      n++;
      exported = export (store);
      if (apply (store, exported, TRUE) != 0 || apply (store, json, TRUE) != 0)
        g_error ("%s: its export is not the same", name);
    }
  g_assert_cmpuint (n, >, 10);
}

/* ---- random set-ups ---- */

static const char *
pick (GRand *random, const char *const *words, guint n)
{
  return words[g_rand_int_range (random, 0, (gint32) n)];
}
#define PICK(...) pick (random, (const char *const[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

/* Members in random choice; each row has the values it may take, parted by "|". */
static void
append_members (GString *json, GRand *random, const char *const (*rows)[2], guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) values = g_strsplit (rows[i][1], "|", -1);

      if (g_rand_boolean (random))
        g_string_append_printf (json, ", \"%s\": %s", rows[i][0], values[g_rand_int_range (random, 0, (gint32) g_strv_length (values))]);
    }
}

static const char *const rate_members[][2] = {
  { "description", "\"Canada\"|\"Île “x”\"|\"\"" }, { "rate", "\"0.01\"|\"1\"|0|\"0.000000000001\"" }, { "increment", "\"1/1\"|\"60\"|\"30/6\"|null" },
  { "connect_fee", "\"0\"|\"0.5\"|null" }, { "minimum", "0|30|null" }, { "grace", "0|5|null" }, { "effective_from", "\"2026-01-01\"|\"2026-03-08T03:30:00-04:00\"|null" },
  { "effective_to", "\"2027-01-01\"|null" }, { "enabled", "true|false" }, { "included_seconds", "0|30" }, { "min_charge", "\"0.01\"" }, { "max_charge", "\"5\"" },
  { "increment_style", "\"first-then\"|\"multiple\"" }, { "steps", "[]|[{\"after\": 0, \"rate\": \"1\"}]|[{\"after\": 0, \"rate\": 0}, {\"after\": 9, \"rate\": \"2\", \"per\": 1}]" },
  { "when", "{}|{\"days\": \"1-5\"}|{\"days\": \"6-1\", \"from\": \"22:00\", \"to\": \"06:00\"}|{\"from\": \"10:00\"}|{\"to\": \"24:00\"}|{\"month\": 2, \"day\": 29}" },
};
static const char *const package_members[][2] = {
  { "markup", "\"0\"|\"-100\"|\"12.5\"" }, { "markup_connect_fee", "true|false" }, { "surcharge", "\"0\"|\"0.0001\"" }, { "rounding", "{}|{\"decimals\": 0}|{\"mode\": \"down\"}" },
  { "mode", "\"prepaid\"|\"postpaid\"" }, { "fee", "\"0\"|\"9.99\"" }, { "cycle", "\"monthly\"|\"one-off\"" }, { "number_plan", "{}|{\"nanp\": true}|{\"exit_codes\": [\"00\"], \"trunk_prefix\": \"\"}" },
  { "increment", "\"6/6\"|null" }, { "minimum", "0|1|null" }, { "grace", "0|1|null" }, { "connect_fee", "\"0\"|null" },
  { "included", "[{\"name\": \"a\", \"minutes\": \"2.5\", \"from\": \"2017-09-10T00:00:00Z\", \"to\": \"2017-09-21T00:00:00+02:00\"}]|[]|[{\"name\": \"a\"}]|[{\"name\": \"a\", \"minutes\": 3, \"scope\": []}, {\"name\": \"b\", \"seconds\": 61, \"scope\": [\"1\", \"44\"], \"shared\": true}]" },
  { "custom_match", "\"exact\"|\"priority\"" }, { "custom_rates", "[]|[{}]|[{\"prefix\": \"1\"}, {\"prefix\": \"1\", \"priority\": 11}]" }, { "flat_rate", "null|{}|{\"rate\": \"0.1\"}" },
  { "tiers", "null|{}|{\"kind\": \"volume\", \"steps\": [{\"from\": \"0\", \"rate\": \"1\"}]}" }, { "inbound", "{}|{\"bill\": true}|{\"bill\": false, \"rate\": \"1\"}|{\"minimum\": 5}" },
  { "bill_internal", "true|false" }, { "filters", "[]|[{\"pattern\": \"*xx\"}, {\"pattern\": \"1[2-4]x*\", \"action\": \"exclude\"}]" },
};
static const char *const client_members[][2] = {
  { "email", "\"a@b\"|\"\"" }, { "currency", "\"EUR\"|\"USD\"|null" }, { "country", "\"DE\"" }, { "address", "[]|[\"a\", \"b\"]" }, { "tax_id", "\"x\"" },
  { "whmcs_id", "0|5|4000000000" }, { "low_balance", "\"0\"|\"-5.5\"|null" }, { "custom_rates", "[]|[{\"prefix\": \"9\", \"rate\": \"1\"}]" },
};
static const char *const whmcs_members[][2] = {
  { "identifier", "\"abc\"|\"\"" }, { "user", "\"ann\"" }, { "post", "\"invoices\"|\"drafts\"" }, { "per", "\"client\"|\"service\"" },
  { "prepaid", "\"invoices\"|\"credit\"" }, { "payment_method", "\"mailin\"" }, { "has_voip_field", "0|5" }, { "manual_suspend_field", "6" },
  { "suspended_field", "7" }, { "low_balance_field", "2147483647" }, { "since", "\"2026-10-01\"|\"1970-01-01\"|null" },
};

static char *
random_setup (GRand *random)
{
  g_autoptr (GString) json = g_string_new ("{\"tollbook\": 1");
  guint n = (guint) g_rand_int_range (random, 0, 4);

  if (g_rand_boolean (random))
    g_string_append_printf (json, ", \"company\": {\"name\": \"a\", \"time_zone\": \"%s\", \"currency\": \"%s\"}", PICK ("UTC", "Asia/Kolkata", "America/Toronto"), PICK ("CAD", "JPY"));
  g_string_append (json, ", \"tariffs\": [{\"name\": \"t\", \"time_zone\": \"Europe/Berlin\", \"rates\": [");
  for (guint i = 0; i < n * 5; i++)
    {
      g_string_append_printf (json, "%s{\"prefix\": \"%u\"", i == 0 ? "" : ", ", i);
      append_members (json, random, rate_members, G_N_ELEMENTS (rate_members));
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}], \"packages\": [");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (json, "%s{\"name\": \"p%u\"%s", i == 0 ? "" : ", ", i, PICK ("", ", \"tariff\": \"t\""));
      append_members (json, random, package_members, G_N_ELEMENTS (package_members));
      g_string_append_c (json, '}');
    }
  g_string_append (json, "], \"clients\": [");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (json, "%s{\"id\": \"%u\", \"name\": \"c%u\"", i == 0 ? "" : ", ", i, i);
      append_members (json, random, client_members, G_N_ELEMENTS (client_members));
      g_string_append_c (json, '}');
    }
  g_string_append (json, "], \"whmcs\": {\"url\": \"https://billing.example.com/\"");
  append_members (json, random, whmcs_members, G_N_ELEMENTS (whmcs_members));
  g_string_append (json, "}}");
  return g_strdup (json->str);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  g_autoptr (TbStore) store = new_books ("random.tollbook");

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *json = random_setup (random);
      g_autoptr (TbSetup) setup = parse (json);
      g_autofree char *first = tb_setup_file_write (setup);
      g_autoptr (TbSetup) read = parse (first);
      g_autofree char *second = tb_setup_file_write (read);

      g_assert_cmpstr (first, ==, second);
      apply (store, json, FALSE);
      if (apply (store, json, TRUE) != 0 || apply (store, first, TRUE) != 0)
        g_error ("set-up %u is not what the books hold:\n%s\n%s", i, json, first);
      {
        g_autofree char *exported = export (store);

        if (apply (store, exported, TRUE) != 0)
          g_error ("export %u differs from its books", i);
      }
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup-file/full", test_full);
  g_test_add_func ("/setup-file/spellings", test_spellings);
  g_test_add_func ("/setup-file/round-trip", test_round_trip);
  g_test_add_func ("/setup-file/written", test_written);
  g_test_add_func ("/setup-file/refused", test_refused);
  g_test_add_func ("/setup-file/hostile", test_hostile);
  g_test_add_func ("/setup-file/mutations", test_mutations);
  g_test_add_func ("/setup-file/apply", test_apply);
  g_test_add_func ("/setup-file/changes", test_changes);
  g_test_add_func ("/setup-file/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/setup-file/company-of-books", test_company_of_books);
  g_test_add_func ("/setup-file/deck", test_deck);
  g_test_add_func ("/setup-file/sample-decks", test_sample_decks);
  g_test_add_func ("/setup-file/random", test_random);
  return test_run_in_folder ();
}
