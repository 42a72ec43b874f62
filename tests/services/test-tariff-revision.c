/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-clock.h"
#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-tariff-effect.h"
#include "tb-tariff-import.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"
#include "tb-test-company.h"
#include "test-books.h"

/* Versions of the tariff "deck" of the test company (1204 at 0.02, 1 at 0.01, 44 at 0.05): weighed, written, gone back on. */

#define OCTOBER_2 G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
#define NOVEMBER G_GINT64_CONSTANT (1793491200)  /* 2026-11-01T00:00:00Z */
#define DECEMBER G_GINT64_CONSTANT (1796083200)  /* 2026-12-01T00:00:00Z */

#define DEARER "Code,Rate,Increment\n1204,0.03,1/1\n1,0.01,1/1\n44,0.04,30/6\n33,0.07,1/1\n"

static TbStore *
make_books (const char *name)
{
  static const char *const callees[] = { "12045550142", "14165550117", "442079460018" };
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);
  TbCall calls[30];
  char uids[G_N_ELEMENTS (calls)][8];
  TbRatingCounts counts;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_snprintf (uids[i], sizeof uids[i], "u%u", i);
      calls[i] = tb_test_call (uids[i], i % 2 ? "acme" : "gamma", OCTOBER_2 + i * 3000, callees[i % 3], 60 + (gint32) i);
    }
  tb_test_import (store, calls, G_N_ELEMENTS (calls));
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
  return store;
}

static TbTariffImport *
prepare (TbStore *store, const char *tariff, const char *deck, const char *effective)
{
  g_autofree char *path = test_path ("deck.csv");
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (GError) error = NULL;
  TbTariffImport *import;

  g_assert_true (g_file_set_contents (path, deck, -1, NULL));
  if (effective != NULL)
    g_assert_true (tb_day_parse (effective, &options.effective, NULL));
  import = tb_tariff_import_prepare (store, path, tariff, "USD", &options, NULL, &error);
  g_assert_no_error (error);
  return import;
}

static void
apply (TbTariffRevision *revision, TbStore *store)
{
  g_autoptr (GError) error = NULL;

  tb_tariff_revision_apply (revision, store, NULL, &error);
  g_assert_no_error (error);
}

static void
import (TbStore *store, const char *deck, const char *effective)
{
  g_autoptr (TbTariffImport) import = prepare (store, "deck", deck, effective);

  apply (import->revision, store);
}

static char *
export (TbStore *store, guint32 version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariff) tariff = version > 0 ? tb_tariff_version_load (store, "deck", version, &error) : tb_tariff_store_load (store, "deck", &error);
  g_autoptr (TbZone) utc = tb_zone_new_utc ();

  g_assert_no_error (error);
  return tb_deck_write (tariff->rates, utc);
}

/* ---- back ---- */

static const struct
{
  const char *why;
  const char *decks[3], *effective[3];
} series[] = {
  { "one deck over another", { DEARER }, { NULL } },
  { "a deck that begins later", { DEARER }, { "2026-12-01" } },
  { "several, the last of them partly again what the first said", { DEARER, "Code,Rate\n1204,0.02\n", DEARER }, { NULL, "2026-11-01", "2026-12-01" } },
};

static void
test_rollback (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      g_autofree char *name = g_strdup_printf ("rollback-%u.tollbook", i);
      g_autoptr (TbStore) store = make_books (name);
      g_autofree char *first = export (store, 0), *rows = tb_test_query_text (store, "SELECT group_concat(id || ':' || rate) FROM rated");
      g_autofree char *again = NULL, *rows_after = NULL, *old = NULL;
      g_autoptr (TbTariffRevision) back = NULL, same = NULL;
      guint32 version = 1;

      g_test_message ("%s", series[i].why);
      for (guint k = 0; k < G_N_ELEMENTS (series[i].decks) && series[i].decks[k] != NULL; k++, version++)
        import (store, series[i].decks[k], series[i].effective[k]);
      old = export (store, 1);
      g_assert_cmpstr (old, ==, first);
      back = tb_tariff_revision_new_rollback (store, "deck", 1, NULL);
      apply (back, store);
      g_assert_cmpuint (back->after->version, ==, version + 1);
      again = export (store, 0);
      g_assert_cmpstr (again, ==, first);
      same = tb_tariff_revision_new_comparison (store, "deck", 1, version + 1, NULL);
      g_assert_cmpuint (same->changes->len, ==, 0);
      /* rated calls point to the rows that priced them, which are there */
      rows_after = tb_test_query_text (store, "SELECT group_concat(id || ':' || rate) FROM rated");
      g_assert_cmpstr (rows_after, ==, rows);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated WHERE rate NOT IN (SELECT id FROM rate)"), ==, 0);
      tb_test_assert_sound (store);
    }
}

static const struct
{
  const char *why;
  guint32 version;
  const char *says;
} refusals[] = {
  { "there is one version only", 0, "one version only" },
  { "a version that is not there", 7, "versions are 1 to 1" },
};

static void
test_refusals (void)
{
  g_autoptr (TbStore) store = make_books ("refusals.tollbook");

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refusals[i].why);
      g_assert_null (tb_tariff_revision_new_rollback (store, "deck", refusals[i].version, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, refusals[i].says));
    }
}

/* ---- what was shown, or nothing ---- */

static void
test_conflict (void)
{
  static const char *const tariffs[] = { "deck", "new" };
  g_autoptr (TbStore) store = make_books ("conflict.tollbook");

  for (guint i = 0; i < G_N_ELEMENTS (tariffs); i++)
    {
      g_autoptr (TbTariffImport) shown = prepare (store, tariffs[i], DEARER, NULL);
      g_autoptr (TbTariffImport) other = prepare (store, tariffs[i], "Code,Rate\n1204,0.09\n", NULL);
      g_autoptr (GError) error = NULL;
      gint64 rows;

      apply (other->revision, store);
      rows = tb_test_query_int (store, "SELECT count(*) FROM rate");
      g_assert_false (tb_tariff_revision_apply (shown->revision, store, NULL, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
      g_assert_nonnull (strstr (error->message, "changed meanwhile"));
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rate"), ==, rows);
      g_assert_false (tb_db_in_transaction (tb_store_get_db (store)));
    }
}

/* ---- last month ---- */

static TbAmount
difference (TbStore *store, const char *effective, gint64 *ret_as_of)
{
  g_autoptr (TbTariffImport) import = prepare (store, "deck", DEARER, effective);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffEffect) effect = tb_tariff_effect_new (store, import->revision, 2026, 10, NULL, &error);
  TbAmount sum = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (effect->comparison->calls, ==, 30);
  for (guint i = 0; i < effect->comparison->clients->len; i++)
    sum += ((TbComparisonRow *) effect->comparison->clients->pdata[i])->difference;
  *ret_as_of = effect->as_of;
  return sum;
}

/* A deck of December tells what October would have cost at its rates, as one without a date does. */
static void
test_effect (void)
{
  g_autoptr (TbStore) store = make_books ("effect.tollbook");
  gint64 at_once, later, rows = tb_test_query_int (store, "SELECT count(*) FROM rate");
  TbAmount undated = difference (store, NULL, &at_once), dated = difference (store, "2026-12-01", &later);
  g_autoptr (TbTariffImport) unused = prepare (store, "new", DEARER, NULL);
  g_autoptr (TbTariffEffect) nobody = tb_tariff_effect_new (store, unused->revision, 2026, 10, NULL, NULL);

  g_assert_cmpint (undated, !=, 0);
  g_assert_cmpint (dated, ==, undated);
  g_assert_cmpint (at_once, ==, TB_TIME_NONE);
  g_assert_cmpint (later, ==, DECEMBER);
  g_assert_null (nobody->comparison);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rate"), ==, rows);
}

/* The provider charges by that deck as well: what it would have taken is what it takes once the deck holds. */
static void
test_cost (void)
{
  g_autoptr (TbStore) store = make_books ("cost.tollbook");
  g_autoptr (TbTariffImport) import = prepare (store, "deck", DEARER, NULL);
  g_autoptr (TbTariffEffect) effect = tb_tariff_effect_new (store, import->revision, 2026, 10, NULL, NULL);
  TbAmount before = 0, after = 0;
  guint64 calls = 0;
  TbRatingCounts counts;

  for (guint i = 0; i < effect->bought->costs->len; i++)
    {
      const TbComparisonRow *row = effect->bought->costs->pdata[i];

      g_assert_cmpint (row->difference, ==, row->after - row->before);
      before += row->before;
      after += row->after;
      calls += row->calls;
    }
  g_assert_cmpuint (calls, ==, 30);
  g_assert_cmpint (before, ==, tb_test_query_int (store, "SELECT sum(cost) FROM rated"));
  g_assert_cmpint (after, !=, before);
  apply (import->revision, store);
  g_assert_true (tb_rating_run (store, 0, 0, TRUE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
  g_assert_cmpint (after, ==, tb_test_query_int (store, "SELECT sum(cost) FROM rated"));
}

/* ---- in time ---- */

static char *
starts_to_text (GArray *starts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < starts->len; i++)
    {
      const TbTariffStart *start = &g_array_index (starts, TbTariffStart, i);

      g_string_append_printf (text, "%s%s +%u -%u >%u <%u", i > 0 ? "; " : "", start->from == NOVEMBER ? "November" : start->from == DECEMBER ? "December" : "?",
                              start->counts[TB_TARIFF_ADDED], start->counts[TB_TARIFF_REMOVED], start->counts[TB_TARIFF_DEARER],
                              start->counts[TB_TARIFF_CHEAPER]);
    }
  return g_string_free (text, FALSE);
}

static char *
rates_at (TbStore *store, gint64 time)
{
  g_autoptr (TbTariff) tariff = tb_tariff_store_load (store, "deck", NULL);
  g_autoptr (GPtrArray) rates = tb_tariff_list_at (tariff->rates, time);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rates->len; i++)
    {
      const TbRate *rate = rates->pdata[i];
      g_autofree char *price = tb_decimal_format (rate->rate, TB_RATE_SCALE, 0);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", rate->prefix, price);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *why;
  gint64 time;
  const char *rates, *pending;
} days[] = {
  { "today's rates hold until the deck begins", OCTOBER_2, "1 0.01, 1204 0.02, 44 0.05", "November +0 -0 >1 <0; December +1 -0 >1 <1" },
  { "a second before", NOVEMBER - 1, "1 0.01, 1204 0.02, 44 0.05", "November +0 -0 >1 <0; December +1 -0 >1 <1" },
  { "from November on 1204 is dearer, and so it stays", NOVEMBER, "1 0.01, 1204 0.025, 44 0.05", "December +1 -0 >1 <1" },
  { "from December on all of the other deck", DECEMBER, "1 0.01, 1204 0.03, 33 0.07, 44 0.04", "" },
};

static void
test_days (void)
{
  g_autoptr (TbStore) store = make_books ("days.tollbook");
  g_autofree char *history = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  const TbTariffVersion *newest;

  import (store, "Code,Rate,Increment,Fee\n1204,0.025,1/1,\n1,0.01,1/1,\n44,0.05,30/6,0.01\n", "2026-11-01");
  import (store, DEARER, "2026-12-01");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *rates = rates_at (store, days[i].time);
      g_autoptr (GHashTable) pending = tb_tariff_version_list_pending (store, days[i].time, NULL);
      GArray *starts = g_hash_table_lookup (pending, "deck");
      g_autofree char *text = starts != NULL ? starts_to_text (starts) : g_strdup ("");

      g_test_message ("%s", days[i].why);
      g_assert_cmpstr (rates, ==, days[i].rates);
      g_assert_cmpstr (text, ==, days[i].pending);
    }
  versions = tb_tariff_version_list (store, "deck", NULL);
  g_assert_cmpuint (versions->len, ==, 3);
  newest = versions->pdata[0];
  g_assert_cmpstr (newest->source, ==, "deck.csv");
  g_assert_cmpstr (newest->author, ==, g_get_user_name ());
  history = starts_to_text (newest->starts);
  g_assert_cmpstr (history, ==, "December +1 -0 >1 <1");
}

int
main (int argc, char **argv)
{
  g_setenv ("TOLLBOOK_NOW", "2026-10-20T12:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tariff-revision/rollback", test_rollback);
  g_test_add_func ("/tariff-revision/refusals", test_refusals);
  g_test_add_func ("/tariff-revision/conflict", test_conflict);
  g_test_add_func ("/tariff-revision/effect", test_effect);
  g_test_add_func ("/tariff-revision/cost", test_cost);
  g_test_add_func ("/tariff-revision/days", test_days);
  return test_run_in_folder ();
}
