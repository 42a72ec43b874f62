/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-explain.h"
#include "tb-rating-run.h"
#include "tb-setup-file.h"
#include "tb-simulation.h"
#include "tb-tariff-import.h"
#include "tb-tariff-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

/* Why a call cost what it cost, or nothing: a row for every status and for every step of design/rating.md. */

#define NOON G_GINT64_CONSTANT (1791201600) /* Monday 2026-10-05T12:00:00Z */

static const char setup_file[]
    = "{\"tollbook\": 1, \"company\": {\"name\": \"Voice\", \"time_zone\": \"UTC\", \"currency\": \"CAD\"},"
      "\"currencies\": [{\"code\": \"USD\", \"rates\": [{\"from\": \"2026-10-01\", \"rate\": \"1.40\"}]}],"
      "\"providers\": [{\"name\": \"Carrier\", \"tariff\": \"buy\"}],"
      "\"connections\": [{\"name\": \"pbx1\", \"kind\": \"csv\", \"provider\": \"Carrier\"}],"
      "\"tariffs\": ["
      "{\"name\": \"sell\", \"currency\": \"USD\", \"rates\": ["
      "{\"prefix\": \"1\", \"description\": \"North America\", \"rate\": \"0.01\", \"increment\": \"30/6\", \"connect_fee\": \"0.02\"},"
      "{\"prefix\": \"1416\", \"description\": \"Toronto\", \"rate\": \"0.60\", \"effective_from\": \"2027-01-01\"},"
      "{\"prefix\": \"141\", \"description\": \"Old\", \"rate\": \"0.70\", \"effective_to\": \"2026-10-01\"},"
      "{\"prefix\": \"14\", \"description\": \"Nights\", \"rate\": \"0.05\", \"when\": {\"from\": \"20:00\", \"to\": \"24:00\"}},"
      "{\"prefix\": \"1900\", \"description\": \"Premium\", \"rate\": \"1\", \"enabled\": false},"
      "{\"prefix\": \"44\", \"description\": \"Britain\", \"rate\": \"0.10\", \"increment\": \"60/60\", \"min_charge\": \"0.50\"},"
      "{\"prefix\": \"49\", \"description\": \"Germany\", \"rate\": \"0.10\", \"grace\": 6, \"minimum\": 30, \"included_seconds\": 5},"
      "{\"prefix\": \"33\", \"description\": \"France\", \"rate\": \"0.10\", \"max_charge\": \"0.05\"}]},"
      "{\"name\": \"buy\", \"currency\": \"USD\", \"rates\": [{\"prefix\": \"1\", \"description\": \"Carrier NA\", \"rate\": \"0.005\", \"increment\": \"6/6\"}]}],"
      "\"packages\": ["
      "{\"name\": \"Gold\", \"tariff\": \"sell\", \"markup\": \"25\", \"surcharge\": \"0.01\", \"bill_internal\": false,"
      "\"number_plan\": {\"country_code\": \"1\", \"exit_codes\": [\"011\"], \"nanp\": true},"
      "\"custom_rates\": [{\"prefix\": \"48\", \"description\": \"Poland\", \"rate\": \"0.03\"}],"
      "\"included\": [{\"name\": \"minutes\", \"seconds\": 100, \"scope\": [\"1604\"]}],"
      "\"filters\": [{\"match\": \"destination\", \"pattern\": \"1800xxxxxxx\", \"action\": \"exclude\"},"
      "{\"match\": \"description\", \"pattern\": \"Premium\", \"action\": \"exclude\"}]},"
      "{\"name\": \"Flat\", \"tariff\": \"sell\", \"flat_rate\": {\"rate\": \"0.02\"}, \"number_plan\": {\"country_code\": \"1\"},"
      "\"inbound\": {\"bill\": true, \"rate\": \"0.01\"}}],"
      "\"filters\": [{\"match\": \"destination\", \"pattern\": \"*xx\", \"action\": \"suppress\"}],"
      "\"clients\": [{\"id\": \"C1\", \"name\": \"Acme\", \"custom_rates\": [{\"prefix\": \"81\", \"description\": \"Japan\", \"rate\": \"0.09\"}]},"
      "{\"id\": \"C2\", \"name\": \"Beta\"}],"
      "\"services\": [{\"id\": \"S1\", \"client\": \"C1\", \"package\": \"Gold\", \"connection\": \"pbx1\", \"tenant\": \"acme\"},"
      "{\"id\": \"S2\", \"client\": \"C2\", \"package\": \"Flat\", \"connection\": \"pbx1\", \"tenant\": \"beta\"},"
      "{\"id\": \"S3\", \"client\": \"C1\", \"package\": \"Gold\", \"connection\": \"pbx1\", \"tenant\": \"two\"},"
      "{\"id\": \"S4\", \"client\": \"C2\", \"package\": \"Gold\", \"connection\": \"pbx1\", \"tenant\": \"two\"},"
      "{\"id\": \"S5\", \"client\": \"C2\", \"package\": \"Gold\", \"connection\": \"pbx1\", \"tenant\": \"over\", \"ends\": \"2026-09-01\"},"
      "{\"id\": \"S6\", \"client\": \"C2\", \"package\": \"Gold\", \"connection\": \"pbx1\", \"tenant\": \"over\", \"extensions\": [\"300\"]}]}";

static const struct
{
  const char *why;
  const char *tenant, *callee;
  gint32 seconds;
  TbDirection direction;
  TbCallStatus status;
  const char *says[8]; /* parts of sentences that must be there */
} rows[] = {
  { "step 2: nobody's: which services come near, and why not", "over", "14165550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_NO_SERVICE,
    { "No service lists", "Service S5 (client C2, package Gold): it would fit, but had ended by that day",
      "Service S6 (client C2, package Gold): it lists other extensions", "What to do: list the extension" } },
  { "step 2: two claim it", "two", "14165550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_AMBIGUOUS,
    { "equally well", "Service S3 (client C1, package Gold): it has all calls of the tenant", "Service S4", "What to do: let only one" } },
  { "step 3: suppressed: by which rule", "acme", "*97", 60, TB_DIRECTION_OUTBOUND, TB_CALL_SUPPRESSED,
    { "suppresses", "filter “*xx” on the destination, for all packages", "change that filter" } },
  { "step 4: unanswered", "acme", "14165550100", 0, TB_DIRECTION_OUTBOUND, TB_CALL_UNANSWERED, { "Nobody answered" } },
  { "step 4: inbound", "acme", "14165550100", 60, TB_DIRECTION_INBOUND, TB_CALL_INBOUND_FREE, { "does not charge inbound" } },
  { "step 4: internal", "acme", "102", 60, TB_DIRECTION_LOCAL, TB_CALL_INTERNAL, { "internal call" } },
  { "step 5: excluded by a pattern of the package", "acme", "18005550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_EXCLUDED,
    { "excludes", "filter “1800xxxxxxx” on the destination, of package Gold", "rate again" } },
  { "step 5: excluded by what its rate is called", "acme", "19005550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_EXCLUDED,
    { "filter “Premium” on the description of the rate, of package Gold" } },
  { "step 5: not a number: in which plan", "acme", "abc", 60, TB_DIRECTION_OUTBOUND, TB_CALL_BAD_NUMBER,
    { "“abc” is not a telephone number", "country code 1, exit codes 011, trunk prefix none", "What to do: mend" } },
  { "step 6: none: what was tried where", "acme", "01199555", 60, TB_DIRECTION_OUTBOUND, TB_CALL_NO_RATE,
    { "the exit code was taken off", "Own rates of client C1, version 1: asked, nothing in force", "Custom rates of package Gold, version 1: asked, nothing",
      "Flat rate of package Gold: there are none", "Tariff sell, version 1", "no rate there for 99555 … 9, any number", "What to do: add a rate" } },
  { "step 6: blocked", "beta", "19005550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED, { "Rate from the package's flat rate: any number" } },
  { "step 6: prefixes that lost, each with its reason", "acme", "4165550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "ten digits got a 1", "prefix 1416 (Toronto) at 0.60: in force only from 2027-01-01 00:00:00 on",
      "prefix 141 (Old) at 0.70: ended at 2026-10-01 00:00:00", "prefix 14 (Nights) at 0.05: its days and hours are others",
      "prefix 1 (North America) at 0.01: the longest in force", "no rate there for 14165550100 … 14165, any number", "That rate came with version 1" } },
  { "step 6: the client's own", "acme", "+81312345678", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "dialled with +", "Own rates of client C1, version 1: asked, and it has the rate", "Tariff sell, version 1", "not asked, a list before it has the rate" } },
  { "step 6: custom", "acme", "+48123456789", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "Custom rates of package Gold, version 1: asked, and it has the rate", "Rate from the package's custom rates: prefix 48 (Poland)" } },
  { "step 7: grace", "acme", "+4930123456", 6, TB_DIRECTION_OUTBOUND, TB_CALL_GRACE, { "within the grace of 6 s" } },
  { "step 8: minimum, included seconds, grace that was passed", "acme", "+4930123456", 20, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "The minimum is 30 s", "first 5 s of each call are free", "longer than the grace of 6 s", "From second 0: 25 s, sold 1 s at a time, are 25 s" } },
  { "step 8: increments", "acme", "4165550100", 61, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "Talked 61 s, billed 66 s", "From second 0: 30 s, sold 30 s at a time, are 30 s, at 0.01 for 60 s: 0.005",
      "From second 30: 31 s, sold 6 s at a time, are 36 s, at 0.01 for 60 s: 0.006" } },
  { "step 10: which pool, before and after", "acme", "6045550100", 61, TB_DIRECTION_OUTBOUND, TB_CALL_INCLUDED,
    { "Pool “minutes” had 100 s left, gave 66 s and kept 34 s" } },
  { "step 10: what the call before left", "acme", "6045550100", 90, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "Pool “minutes” had 34 s left, gave 34 s and kept 0 s", "56 s are left to charge" } },
  { "step 12 and 13: surcharge, fee, markup, exchange", "acme", "4165550100", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "Surcharge: 0.01 a minute", "Connection fee: 0.02", "Markup: 25 %", "Exchange from USD to CAD on 2026-10-05, the day of the call: × 1.40 ÷ 1.00" } },
  { "step 14: rounding", "acme", "4165550100", 61, TB_DIRECTION_OUTBOUND, TB_CALL_RATED, { "rounded half-up to 4 decimals" } },
  { "step 14: a minimum charge", "acme", "+442079460018", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED, { "less than the rate's minimum charge of 0.50: 0.70 CAD" } },
  { "step 14: a maximum charge", "acme", "+33123456789", 60, TB_DIRECTION_OUTBOUND, TB_CALL_RATED, { "more than the rate's maximum charge of 0.05: 0.07 CAD" } },
  { "step 15: the cost in the same way", "acme", "4165550100", 61, TB_DIRECTION_OUTBOUND, TB_CALL_RATED,
    { "The carrier takes 0.0055 USD, by prefix 1 (Carrier NA)", "Tariff buy, version 1", "sold 6 s at a time, are 66 s, at 0.005 for 60 s" } },
  { "inbound that is billed", "beta", "14165550100", 60, TB_DIRECTION_INBOUND, TB_CALL_RATED, { "Rate from the package's inbound rate" } },
};

/* What a client must never read, whatever the call. */
static const char *const secrets[] = { "Carrier", "carrier", "sell", "buy", "Gold", "Flat", "S1", "C1", "arkup", "urcharge", "cost", "Pool", "minutes”", "ersion" };

static TbStore *
make_books (const char *path)
{
  g_autofree char *file = test_path ("setup.json");
  TbStore *store = tb_store_create (path, NULL);
  g_autofree TbCall *calls = g_new (TbCall, G_N_ELEMENTS (rows));
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = NULL;
  TbRatingCounts counts;

  g_assert_true (g_file_set_contents (file, setup_file, -1, NULL));
  g_assert_true (tb_setup_file_apply (store, file, FALSE, &changes, NULL, &error));
  g_assert_no_error (error);
  g_ptr_array_unref (changes);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_ptr_array_add (uids, g_strdup_printf ("u%02u", i));
      calls[i] = tb_test_call (uids->pdata[i], rows[i].tenant, NOON + i, rows[i].callee, rows[i].seconds);
      calls[i].direction = rows[i].direction;
      calls[i].caller = "201";
      calls[i].extension = "201";
      if (rows[i].seconds == 0)
        calls[i].ring = -1;
    }
  tb_test_import (store, calls, G_N_ELEMENTS (rows));
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, &error));
  g_assert_no_error (error);
  tb_rating_counts_clear (&counts);
  return store;
}

static void
test_rows (void)
{
  g_autofree char *path = test_path ("rows.tollbook");
  g_autoptr (TbStore) store = make_books (path);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *uid = g_strdup_printf ("u%02u", i);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallExplanation) explained = tb_explain_uid (store, uid, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = tb_explanation_to_text (explained->explanation);
      if (explained->row->rated.status != rows[i].status)
        g_error ("%s: is %s\n%s", rows[i].why, tb_call_status_to_string (explained->row->rated.status), text);
      for (guint k = 0; k < G_N_ELEMENTS (rows[i].says) && rows[i].says[k] != NULL; k++)
        if (strstr (text, rows[i].says[k]) == NULL)
          g_error ("%s: nothing says “%s” in\n%s", rows[i].why, rows[i].says[k], text);
      for (guint k = 0; k < G_N_ELEMENTS (secrets); k++)
        if (strstr (explained->explanation->client_text, secrets[k]) != NULL)
          g_error ("%s: the client reads “%s” in\n%s", rows[i].why, secrets[k], explained->explanation->client_text);
    }
}

/* ---- versions ---- */

static const TbTriedList *
list_of (const TbCallExplanation *explained, TbRateSource source)
{
  for (guint i = 0; i < explained->facts.lists->len; i++)
    if (((TbTriedList *) explained->facts.lists->pdata[i])->source == source)
      return explained->facts.lists->pdata[i];
  return NULL;
}

static void
import_deck (TbStore *store, const char *name, const char *text)
{
  g_autofree char *path = test_path (name);
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffImport) import = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  import = tb_tariff_import_run (store, path, "sell", NULL, &options, NULL, &error);
  g_assert_no_error (error);
}

static void
rate_again (TbStore *store)
{
  TbRatingCounts counts;

  g_assert_true (tb_rating_run (store, 0, 0, TRUE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
}

/* A call keeps its explanation while the tariff goes on; rated again, it has the new one, with the line of the new file. */
static void
test_versions (void)
{
  static const struct { const char *why; gboolean again; guint version; const char *prefix, *file; guint line; } steps[] = {
    { "an old rating is explained by the version that gave it", FALSE, 1, "1", NULL, 0 },
    { "rated again, by the deck that is in force", TRUE, 2, "1416555", "new.csv", 3 },
  };
  g_autofree char *path = test_path ("versions.tollbook");
  g_autoptr (TbStore) store = make_books (path);

  import_deck (store, "new.csv", "prefix,description,rate\n1,North America,0.011\n1416555,Downtown,0.02\n");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (TbCallExplanation) explained = NULL;
      const TbTriedList *list;
      const TbRate *chosen;

      g_test_message ("%s", steps[i].why);
      if (steps[i].again)
        rate_again (store);
      explained = tb_explain_uid (store, "u11", NULL);
      g_assert_nonnull (explained);
      list = list_of (explained, TB_RATE_SOURCE_TARIFF);
      g_assert_cmpint (list->outcome, ==, TB_LIST_WON);
      g_assert_cmpuint (list->version, ==, steps[i].version);
      chosen = tb_rate_trace_get_chosen (list->tried);
      g_assert_cmpstr (chosen->prefix, ==, steps[i].prefix);
      g_assert_cmpuint (explained->facts.origin.version, ==, steps[i].version);
      g_assert_true (steps[i].file == NULL || g_str_has_suffix (explained->facts.origin.file, steps[i].file));
      g_assert_cmpuint (chosen->line, ==, steps[i].line);
    }
}

/* ---- simulation ---- */

static void
test_simulated_number (void)
{
  g_autofree char *path = test_path ("number.tollbook");
  g_autoptr (TbStore) store = make_books (path);
  static const struct { const char *why, *service, *package, *number; gint32 seconds; TbCallStatus status; const char *charge; } prices[] = {
    { "of a package, in its tariff's currency", NULL, "Gold", "4165550100", 61, TB_CALL_RATED, "0.0525" },
    { "of a client's service", "S1", NULL, "4165550100", 61, TB_CALL_RATED, "0.0735" },
    { "its pools are fresh", "S1", NULL, "6045550100", 61, TB_CALL_INCLUDED, "0" },
    { "without a rate", "S1", NULL, "01199555", 61, TB_CALL_NO_RATE, "0" },
    { "not a number", "S1", NULL, "abc", 61, TB_CALL_BAD_NUMBER, "0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      const TbSimulationOrder order = { (char *) prices[i].service, (char *) prices[i].package, NOON };
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallExplanation) explained = tb_simulate_call (store, &order, prices[i].number, prices[i].seconds, &error);
      g_autofree char *charge = NULL;

      g_test_message ("%s", prices[i].why);
      g_assert_no_error (error);
      charge = tb_decimal_format (explained->row->rated.charge, TB_AMOUNT_SCALE, 0);
      g_assert_cmpint (explained->row->rated.status, ==, prices[i].status);
      g_assert_cmpstr (charge, ==, prices[i].charge);
      g_assert_cmpuint (explained->explanation->lines->len, >, 2);
    }
}

/* Lines with quoted fields are left to the writer's own tests. */
static void
assert_columns (const char *csv, guint columns)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, ",", -1);

      if (**line != '\0' && strchr (*line, '"') == NULL)
        g_assert_cmpuint (g_strv_length (fields), ==, columns);
    }
}

static void
test_simulated_list (void)
{
  static const struct { const char *why, *text; guint lines, bad, missing; gint64 seconds; const char *sum; } lists[] = {
    { "a number a line, some with seconds; empty lines are none", "4165550100\n\n 4165550100 , 61\n", 2, 0, 0, 121, "0.1435" },
    { "what a spreadsheet copies", "4165550100\t61\r\n4165550100;61\r\n", 2, 0, 0, 122, "0.147" },
    { "bad lines are marked and not counted", "4165550100,61\n4165550100,x\n,5\n", 3, 2, 0, 61, "0.0735" },
    { "without a price", "abc\n01199555\n", 2, 0, 2, 120, NULL },
    { "the lines share the pools", "6045550100,61\n6045550100,90\n", 2, 0, 0, 151, "0.0677" },
  };
  g_autofree char *path = test_path ("list.tollbook");
  g_autoptr (TbStore) store = make_books (path);
  const TbSimulationOrder order = { (char *) "S1", NULL, NOON };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbSimulatedList) list = tb_simulate_list (store, &order, lists[i].text, 60, NULL, &error);
      g_autofree char *sum = NULL, *csv = NULL;

      g_test_message ("%s", lists[i].why);
      g_assert_no_error (error);
      g_assert_cmpuint (list->lines->len, ==, lists[i].lines);
      g_assert_cmpuint (list->bad, ==, lists[i].bad);
      g_assert_cmpuint (list->missing, ==, lists[i].missing);
      g_assert_cmpint (list->seconds, ==, lists[i].seconds);
      if (list->charges->len > 0)
        sum = tb_decimal_format (g_array_index (list->charges, TbMoney, 0).amount, TB_AMOUNT_SCALE, 0);
      g_assert_cmpstr (sum, ==, lists[i].sum);
      csv = tb_simulated_list_to_csv (list);
      assert_columns (csv, 12);
    }
}

static void
test_seconds (void)
{
  static const struct { const char *text; gint32 seconds; } texts[] = {
    { "61", 61 }, { "60.2", 61 }, { "1:30", 90 }, { "1:00:00", 3600 }, { "0", 0 }, { "", -1 }, { "x", -1 }, { "-1", -1 }, { "1:2:3:4", -1 },
    { "99999999999", -1 }, { "1.5:00", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint32 seconds = -1;

      g_assert_cmpint (tb_simulation_parse_seconds (texts[i].text, &seconds), ==, texts[i].seconds >= 0);
      g_assert_cmpint (seconds, ==, texts[i].seconds);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/rows", test_rows);
  g_test_add_func ("/explain/versions", test_versions);
  g_test_add_func ("/simulation/number", test_simulated_number);
  g_test_add_func ("/simulation/list", test_simulated_list);
  g_test_add_func ("/simulation/seconds", test_seconds);
  return test_run_in_folder ();
}
