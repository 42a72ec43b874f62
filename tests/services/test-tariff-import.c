/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-tariff-import.h"
#include "tb-tariff-store.h"
#include "tb-test-company.h"
#include "test-books.h"

#define FIRST "Code,Rate,Increment\n44,0.05,30/6\n1204,0.02,6/6\n33,0.03,1/1\n"

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  return store;
}

static TbTariffImport *
try_import (TbStore *store, const char *deck, const char *currency, const char *effective, gboolean dry_run, GError **error)
{
  g_autofree char *path = test_path ("deck.csv");
  TbDeckOptions options = tb_deck_options_default ();

  g_assert_true (g_file_set_contents (path, deck, -1, NULL));
  if (effective != NULL)
    g_assert_true (tb_day_parse (effective, &options.effective, NULL));
  return (dry_run ? tb_tariff_import_prepare : tb_tariff_import_run) (store, path, "A-Z", currency, &options, NULL, error);
}

static TbTariffImport *
import (TbStore *store, const char *deck, const char *effective, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  TbTariffImport *done = try_import (store, deck, "USD", effective, dry_run, &error);

  g_assert_no_error (error);
  return done;
}

/* "added 3 removed 0 dearer 0 cheaper 0 changed 0 unchanged 0" without the zeros. */
static char *
counts_to_text (const TbTariffRevision *self)
{
  static const char *const names[] = { "added", "removed", "dearer", "cheaper", "changed", "unchanged" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint n = i < TB_TARIFF_N_CHANGE_KINDS ? self->counts[i] : self->unchanged->len;

      if (n > 0)
        g_string_append_printf (text, "%s%s %u", text->len > 0 ? " " : "", names[i], n);
    }
  return g_string_free (text, FALSE);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "1204 0.02; 44 0.05 from 2026-10-01 to 2026-11-01": by prefix, then by start. */
static char *
stored_rates (TbStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariff) tariff = tb_tariff_store_load (store, "A-Z", &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  g_assert_cmpuint (tariff->n_rates, ==, tariff->rates->len);
  for (guint i = 0; i < tariff->rates->len; i++)
    {
      const TbRate *rate = tariff->rates->pdata[i];
      g_autofree char *price = tb_decimal_format (rate->rate, TB_RATE_SCALE, 0);
      g_autofree char *from = rate->effective_from != TB_TIME_NONE ? tb_time_format (rate->effective_from, NULL) : NULL;
      g_autofree char *to = rate->effective_to != TB_TIME_NONE ? tb_time_format (rate->effective_to, NULL) : NULL;

      g_ptr_array_add (lines, g_strdup_printf ("%s %s%s%.10s%s%.10s", rate->prefix, price, from != NULL ? " from " : "", from != NULL ? from : "",
                                               to != NULL ? " to " : "", to != NULL ? to : ""));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("; ", (char **) lines->pdata);
}

static guint32
stored_version (TbStore *store)
{
  g_autoptr (TbTariff) tariff = tb_tariff_store_load (store, "A-Z", NULL);

  return tariff != NULL ? tariff->version : 0;
}

/* ---- decks one after the other ---- */

static const struct
{
  const char *why;
  struct
  {
    const char *deck, *effective, *counts, *rates;
    guint version;
  } steps[4];
} series[] = {
  { "without dates the new deck takes the place of the old",
    { { FIRST, NULL, "added 3", "1204 0.02; 33 0.03; 44 0.05", 1 },
      { FIRST, NULL, "unchanged 3", "1204 0.02; 33 0.03; 44 0.05", 1 },
      { "Code,Rate,Increment\n44,0.06,30/6\n1204,0.01,6/6\n45,0.07,1/1\n", NULL, "added 1 removed 1 dearer 1 cheaper 1", "1204 0.01; 44 0.06; 45 0.07", 2 },
      { "Code,Rate,Increment\n44,0.06,60/60\n1204,0.01,6/6\n45,0.07,1/1\n", NULL, "changed 1 unchanged 2", "1204 0.01; 44 0.06; 45 0.07", 3 } } },
  { "lines in another order change nothing",
    { { FIRST, NULL, "added 3", "1204 0.02; 33 0.03; 44 0.05", 1 },
      { "Code,Rate,Increment\n33,0.03,1/1\n44,0.05,30/6\n1204,0.02,6/6\n", NULL, "unchanged 3", "1204 0.02; 33 0.03; 44 0.05", 1 } } },
  { "a deck that begins later leaves what holds until then",
    { { FIRST, NULL, "added 3", "1204 0.02; 33 0.03; 44 0.05", 1 },
      { "Code,Rate,Increment\n44,0.06,30/6\n1204,0.02,1/1\n", "2026-11-01", "removed 1 dearer 1 changed 1",
        "1204 0.02; 1204 0.02 from 2026-11-01; 33 0.03 to 2026-11-01; 44 0.05; 44 0.06 from 2026-11-01", 2 },
      { "Code,Rate,Increment\n44,0.06,30/6\n1204,0.02,1/1\n", "2026-11-01", "unchanged 5",
        "1204 0.02; 1204 0.02 from 2026-11-01; 33 0.03 to 2026-11-01; 44 0.05; 44 0.06 from 2026-11-01", 2 } } },
  { "dates of the rows go before the date given; a corrected deck replaces the one of the same date",
    { { "Code,Rate,Effective\n44,0.05,2026-10-01\n", NULL, "added 1", "44 0.05 from 2026-10-01", 1 },
      { "Code,Rate,Effective\n44,0.06,2026-11-01\n33,0.03,\n", "2026-11-15", "added 1 dearer 1",
        "33 0.03 from 2026-11-15; 44 0.05 from 2026-10-01; 44 0.06 from 2026-11-01", 2 },
      { "Code,Rate,Effective\n44,0.055,2026-11-01\n33,0.03,\n", "2026-11-15", "cheaper 1 unchanged 2",
        "33 0.03 from 2026-11-15; 44 0.05 from 2026-10-01; 44 0.055 from 2026-11-01", 3 } } },
  { "a deck of which nothing can be read leaves everything",
    { { FIRST, NULL, "added 3", "1204 0.02; 33 0.03; 44 0.05", 1 },
      { "Code,Rate\n4A,0.06\n", NULL, "unchanged 3", "1204 0.02; 33 0.03; 44 0.05", 1 } } },
};

static void
test_series (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      g_autofree char *name = g_strdup_printf ("series-%u.tollbook", i);
      g_autoptr (TbStore) store = new_books (name);

      g_test_message ("%s", series[i].why);
      for (guint k = 0; k < G_N_ELEMENTS (series[i].steps) && series[i].steps[k].deck != NULL; k++)
        {
          g_autoptr (TbTariffImport) foretold = import (store, series[i].steps[k].deck, series[i].steps[k].effective, TRUE);
          g_autoptr (TbTariffImport) done = import (store, series[i].steps[k].deck, series[i].steps[k].effective, FALSE);
          g_autofree char *before = counts_to_text (foretold->revision), *counts = counts_to_text (done->revision), *rates = stored_rates (store);

          g_assert_cmpstr (counts, ==, series[i].steps[k].counts);
          g_assert_cmpstr (before, ==, counts);
          g_assert_cmpstr (rates, ==, series[i].steps[k].rates);
          g_assert_cmpuint (stored_version (store), ==, series[i].steps[k].version);
        }
      tb_test_assert_sound (store);
    }
}

static void
test_dry_run (void)
{
  g_autoptr (TbStore) store = new_books ("dry.tollbook");
  g_autoptr (TbTariffImport) foretold = import (store, FIRST, NULL, TRUE);

  g_assert_cmpuint (foretold->revision->counts[TB_TARIFF_ADDED], ==, 3);
  g_assert_null (foretold->revision->before);
  g_assert_cmpuint (foretold->revision->after->n_rates, ==, 3);
  g_assert_cmpuint (stored_version (store), ==, 0);
  g_assert_cmpint (tb_test_query_int (store, "SELECT COUNT(*) FROM rate"), ==, 0);
}

/* A change tells the lines of the file and the price before. */
static void
test_changes (void)
{
  g_autoptr (TbStore) store = new_books ("changes.tollbook");
  g_autoptr (TbTariffImport) first = import (store, FIRST, NULL, FALSE);
  g_autoptr (TbTariffImport) second = import (store, "Code,Rate,Increment\n\n44,0.06,30/6\n1204,0.02,6/6\n4X,1,1/1\n", "2026-11-01", FALSE);
  const TbTariffChange *change = &g_array_index (second->revision->changes, TbTariffChange, 1);

  g_assert_cmpuint (first->revision->changes->len, ==, 3);
  g_assert_cmpuint (second->deck->rejected, ==, 1);
  g_assert_cmpuint (second->revision->changes->len, ==, 2);
  g_assert_cmpint (change->kind, ==, TB_TARIFF_DEARER);
  g_assert_cmpstr (change->after->prefix, ==, "44");
  g_assert_cmpuint (change->after->line, ==, 3);
  g_assert_cmpuint (change->before->line, ==, 2);
  g_assert_cmpint (change->before->rate, ==, 5 * (TB_DECIMAL_ONE / 100));
}

/* ---- currency ---- */

static const struct
{
  const char *why, *deck, *currency;
  int code; /* -1 = works */
  const char *result;
} currencies[] = {
  { "nobody says it", FIRST, NULL, TB_ERROR_INVALID_INPUT, NULL },
  { "no such currency", FIRST, "XQX", TB_ERROR_INVALID_INPUT, NULL },
  { "the deck says it", "Code,Rate (EUR)\n44,0.05\n", NULL, -1, "EUR" },
  { "there is a tariff in euro now", FIRST, "USD", TB_ERROR_CONFLICT, "EUR" },
  { "and the deck is in dollars", "Code,Rate (USD)\n44,0.05\n", NULL, TB_ERROR_CONFLICT, "EUR" },
  { "the deck is wrong, says the user", "Code,Rate (USD)\n44,0.06\n", "EUR", -1, "EUR" },
  { "a deck that does not say it goes into what is there", FIRST, NULL, -1, "EUR" },
};

static void
test_currency (void)
{
  g_autoptr (TbStore) store = new_books ("currency.tollbook");

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbTariffImport) done = try_import (store, currencies[i].deck, currencies[i].currency, NULL, FALSE, &error);
      g_autoptr (TbTariff) tariff = tb_tariff_store_load (store, "A-Z", NULL);

      g_test_message ("%s", currencies[i].why);
      if (currencies[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, TB_ERROR, currencies[i].code);
      g_assert_cmpstr (tariff != NULL ? tb_currency_to_string (tariff->currency) : NULL, ==, currencies[i].result);
      g_assert_false (tb_db_in_transaction (tb_store_get_db (store)));
    }
}

static void
test_company_currency (void)
{
  g_autofree char *path = test_path ("company.tollbook");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffImport) done = try_import (store, FIRST, NULL, NULL, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tb_currency_to_string (done->revision->after->currency), ==, "CAD");
}

/* ---- what else goes wrong ---- */

static void
test_missing_file (void)
{
  g_autoptr (TbStore) store = new_books ("missing.tollbook");
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (GError) error = NULL;

  g_assert_null (tb_tariff_import_run (store, "/nowhere/deck.csv", "A-Z", "USD", &options, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/deck.csv"));
}

static void
test_cancelled (void)
{
  g_autoptr (TbStore) store = new_books ("cancelled.tollbook");
  g_autofree char *path = test_path ("deck.csv");
  g_autoptr (TbJob) job = tb_job_new ("Import");
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, FIRST, -1, NULL));
  tb_job_cancel (job);
  g_assert_null (tb_tariff_import_run (store, path, "A-Z", "USD", &options, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_assert_cmpuint (stored_version (store), ==, 0);
}

/* Dates begin at midnight in the tariff's zone. */
static void
test_zone (void)
{
  g_autoptr (TbStore) store = new_books ("zone.tollbook");
  g_autofree char *path = test_path ("deck.csv");
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (TbZone) toronto = tb_zone_new ("America/Toronto", NULL);
  g_autoptr (TbTariffImport) first = NULL, again = NULL;
  const TbRate *rate;

  g_assert_true (g_file_set_contents (path, "Code,Rate,Effective\n44,0.05,2026-01-01\n", -1, NULL));
  options.zone = toronto;
  first = tb_tariff_import_run (store, path, "A-Z", "USD", &options, NULL, NULL);
  options.zone = NULL;
  again = tb_tariff_import_run (store, path, "A-Z", "USD", &options, NULL, NULL);
  rate = first->revision->after->rates->pdata[0];
  g_assert_cmpint (rate->effective_from, ==, (gint64) tb_day_from_ymd (2026, 1, 1) * 86400 + 5 * 3600);
  g_assert_cmpuint (again->revision->unchanged->len, ==, 1);
  g_assert_cmpuint (again->revision->changes->len, ==, 0);
}

/* ---- how the next deck is read ---- */

static void
apply (TbStore *store, const TbDeckOptions *options)
{
  g_autofree char *path = test_path ("deck.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffImport) done = tb_tariff_import_prepare (store, path, "A-Z", "USD", options, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (tb_tariff_import_apply (done, options, store, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
recall (TbStore *store, const char *tariff, TbDeckOptions *ret, char **ret_columns)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  g_assert_true (tb_tariff_import_recall (store, tariff, ret, ret_columns, &found, &error));
  g_assert_no_error (error);
  return found;
}

/* What was said is remembered, for that tariff; what was found out is not; saying nothing forgets. */
static void
test_habit (void)
{
  g_autoptr (TbStore) store = new_books ("habit.tollbook");
  g_autofree char *path = test_path ("deck.csv"), *columns = NULL, *none = NULL;
  TbDeckOptions said = tb_deck_options_default (), got = tb_deck_options_default ();

  g_assert_true (g_file_set_contents (path, "Code;Rate;Special\n44;0,05;0,04\n", -1, NULL));
  g_assert_false (recall (store, "A-Z", &got, &none)); /* no such tariff yet */
  apply (store, &said);
  g_assert_false (recall (store, "A-Z", &got, &none));
  said.columns = "prefix=1,rate=3";
  said.encoding = TB_ENCODING_WINDOWS_1252;
  said.separator = ';';
  said.decimal_comma = 1;
  said.dates = TB_DATES_DMY;
  said.header_line = 1;
  said.effective = 20000;
  apply (store, &said);
  g_assert_true (recall (store, "A-Z", &got, &columns));
  g_assert_cmpstr (got.columns, ==, "prefix=1,rate=3");
  g_assert_cmpint (got.encoding, ==, TB_ENCODING_WINDOWS_1252);
  g_assert_cmpint (got.separator, ==, ';');
  g_assert_cmpint (got.decimal_comma, ==, 1);
  g_assert_cmpint (got.dates, ==, TB_DATES_DMY);
  g_assert_cmpint (got.header_line, ==, 1);
  g_assert_cmpint (got.effective, ==, TB_DAY_NONE); /* of that deck only */
  g_assert_false (recall (store, "Another", &got, &none));
  said = tb_deck_options_default ();
  apply (store, &said);
  g_assert_false (recall (store, "A-Z", &got, &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tariff-import/series", test_series);
  g_test_add_func ("/tariff-import/dry-run", test_dry_run);
  g_test_add_func ("/tariff-import/changes", test_changes);
  g_test_add_func ("/tariff-import/currency", test_currency);
  g_test_add_func ("/tariff-import/company-currency", test_company_currency);
  g_test_add_func ("/tariff-import/missing-file", test_missing_file);
  g_test_add_func ("/tariff-import/cancelled", test_cancelled);
  g_test_add_func ("/tariff-import/zone", test_zone);
  g_test_add_func ("/tariff-import/habit", test_habit);
  return test_run_in_folder ();
}
