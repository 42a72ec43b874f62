/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-billing-run.h"
#include "tb-dump.h"
#include "tb-error.h"
#include "tb-rating-comparison.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

/* What a comparison foretells is what the books hold after the change was made and everything rated again; and it writes nothing. */

#define FIRST G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
#define CALLS 200

static TbStore *
make_books (const char *path)
{
  static const char *const tenants[] = { "acme", "beta", "gamma", "delta" };
  static const char *const callees[] = { "12045550142", "14165550117", "442079460018", "99", "33155501234" };
  TbStore *store = tb_test_books_new (path);
  g_autofree TbCall *calls = g_new (TbCall, CALLS);
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);
  TbRatingCounts counts;

  for (guint i = 0; i < CALLS; i++)
    {
      g_ptr_array_add (uids, g_strdup_printf ("call-%03u", i));
      calls[i] = tb_test_call (uids->pdata[i], tenants[i % 4], FIRST + i * 7000, callees[i / 4 % 5], 5 + (gint32) (i * 37 % 400));
    }
  tb_test_import (store, calls, CALLS);
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
  return store;
}

/* ---- the changes, as a question and as a deed ---- */

static void
dearer_deck (TbSetup *setup)
{
  TbTariff *tariff = tb_setup_find_tariff (setup, "deck");
  TbRate *france = tb_rate_new ();

  g_assert_true (tb_decimal_parse ("0.0317", -1, TB_RATE_SCALE, &((TbRate *) tariff->rates->pdata[0])->rate, NULL));
  tb_set_str (&france->prefix, "33");
  tb_set_str (&france->description, "France");
  g_assert_true (tb_decimal_parse ("0.04", -1, TB_RATE_SCALE, &france->rate, NULL));
  g_ptr_array_add (tariff->rates, france);
}

static void
whole_minutes (TbSetup *setup)
{
  for (guint i = 0; i < setup->packages->len; i++)
    {
      ((TbPackage *) setup->packages->pdata[i])->initial = 60;
      ((TbPackage *) setup->packages->pdata[i])->next = 60;
    }
}

static void
multiples (TbSetup *setup)
{
  TbTariff *tariff = tb_setup_find_tariff (setup, "deck");

  for (guint i = 0; i < tariff->rates->len; i++)
    ((TbRate *) tariff->rates->pdata[i])->increment_style = TB_INCREMENT_MULTIPLE;
}

static void
same_package (TbSetup *setup)
{
  const char *name = tb_setup_find_service (setup, "S1")->package;

  for (guint i = 0; i < setup->services->len; i++)
    tb_set_str (&((TbService *) setup->services->pdata[i])->package, name);
}

static const struct
{
  const char *why;
  void (*deed) (TbSetup *setup);
  TbWhatIf what_if;
  gboolean with_deck;
  const char *package_of; /* service whose package all take */
  gboolean changes;
} changes[] = {
  { "nothing differs", NULL, TB_WHAT_IF_NOTHING, FALSE, NULL, FALSE },
  { "a deck with a dearer rate and one that was missing", dearer_deck, TB_WHAT_IF_NOTHING, TRUE, NULL, TRUE },
  { "packages sell whole minutes", whole_minutes, { .initial = 60, .next = 60, .increment_style = -1 }, FALSE, NULL, TRUE },
  { "increments as multiples: 30/6 differs for no length", multiples, { .initial = -1, .next = -1, .increment_style = TB_INCREMENT_MULTIPLE }, FALSE, NULL, FALSE },
  { "all on the metered package: no included minutes any more", same_package, TB_WHAT_IF_NOTHING, FALSE, "S1", TRUE },
};

static char *
client_totals (TbStore *store)
{
  return tb_test_query_text (store, "SELECT group_concat(t, ' ') FROM (SELECT c.key || '=' || sum(r.charge) AS t FROM rated r JOIN client c ON c.id = r.client "
                                    "GROUP BY c.key ORDER BY c.key)");
}

static int
by_key (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TbComparisonRow *const *) a)->key, (*(TbComparisonRow *const *) b)->key);
}

static char *
foretold (const TbRatingComparison *comparison, gboolean after)
{
  GString *text = g_string_new (NULL);

  g_ptr_array_sort (comparison->clients, by_key);
  for (guint i = 0; i < comparison->clients->len; i++)
    {
      const TbComparisonRow *row = comparison->clients->pdata[i];

      if (*row->key != '\0')
        g_string_append_printf (text, "%s%s=%" G_GINT64_FORMAT, text->len > 0 ? " " : "", row->key, after ? row->after : row->before);
    }
  return g_string_free (text, FALSE);
}

static void
test_foretells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *name = g_strdup_printf ("change-%u.tollbook", i), *path = test_path (name);
      g_autoptr (TbStore) store = make_books (path);
      g_autofree char *dump = tb_dump_books (path);
      g_autofree char *dump_after = NULL, *before = client_totals (store), *now = NULL, *told_before = NULL, *told_after = NULL;
      g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);
      g_autoptr (TbRatingComparison) comparison = NULL;
      const TbRatingScope all = { 0 };
      TbWhatIf what_if = changes[i].what_if;
      TbRatingCounts counts;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", changes[i].why);
      if (changes[i].package_of != NULL)
        what_if.package = tb_setup_find_service (setup, changes[i].package_of)->package;
      if (changes[i].with_deck)
        {
          changes[i].deed (setup);
          what_if.deck = tb_setup_find_tariff (setup, "deck");
        }
      comparison = tb_rating_compare (store, &all, &what_if, NULL, &error);
      g_assert_no_error (error);
      dump_after = tb_dump_books (path);
      g_assert_cmpstr (dump_after, ==, dump);
      g_assert_cmpuint (comparison->calls, ==, CALLS);
      g_assert_cmpint (comparison->changed > 0, ==, changes[i].changes);

      if (changes[i].deed != NULL && !changes[i].with_deck)
        changes[i].deed (setup);
      g_assert_true (tb_setup_store_apply (store, setup, FALSE, NULL, NULL, NULL));
      g_assert_true (tb_rating_run (store, 0, 0, TRUE, &counts, NULL, NULL));
      tb_rating_counts_clear (&counts);
      now = client_totals (store);
      told_before = foretold (comparison, FALSE);
      told_after = foretold (comparison, TRUE);
      g_assert_cmpstr (told_before, ==, before);
      g_assert_cmpstr (told_after, ==, now);
      g_assert_cmpint (strcmp (before, now) != 0, ==, changes[i].changes);
    }
}

/* ---- one client, and calls that are invoiced ---- */

static void
test_scope (void)
{
  g_autofree char *path = test_path ("scope.tollbook");
  g_autoptr (TbStore) store = make_books (path);
  const TbRatingScope scope = { .client = "C1" };
  const TbWhatIf what_if = { .initial = 60, .next = 60, .increment_style = -1 };
  g_autoptr (TbBillingRun) run = tb_billing_run (store, 2026, 10, NULL, TB_BILLING_INCOMPLETE, NULL, NULL);
  g_autoptr (TbRatingComparison) comparison = NULL;
  const TbComparisonRow *row;

  for (guint i = 0; i < run->invoices->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", ((TbInvoice *) run->invoices->pdata[i])->id);
      g_autoptr (TbInvoice) approved = tb_billing_approve (store, id, NULL);

      g_assert_nonnull (approved);
    }
  comparison = tb_rating_compare (store, &scope, &what_if, NULL, NULL);
  g_assert_nonnull (comparison);
  g_assert_cmpuint (comparison->clients->len, ==, 1);
  row = comparison->clients->pdata[0];
  g_assert_cmpstr (row->key, ==, "C1");
  g_assert_cmpuint (row->calls, ==, CALLS / 4);
  g_assert_cmpuint (row->changed, >, 0);
  g_assert_cmpuint (row->invoiced, ==, row->changed);
  g_assert_cmpint (row->difference, >, 0);
  g_assert_cmpint (row->invoiced_difference, ==, row->difference);
}

static void
test_unknown (void)
{
  g_autofree char *path = test_path ("unknown.tollbook");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  const TbRatingScope nobody = { .client = "C99" }, nothing = { .tariff = "none" }, all = { 0 };
  const TbWhatIf no_package = { .package = "none", .initial = -1, .next = -1, .increment_style = -1 };
  const struct { const TbRatingScope *scope; const TbWhatIf *what_if; } rows[] = { { &nobody, NULL }, { &nothing, NULL }, { &all, &no_package } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tb_rating_compare (store, rows[i].scope, rows[i].what_if, NULL, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/foretells", test_foretells);
  g_test_add_func ("/comparison/scope", test_scope);
  g_test_add_func ("/comparison/unknown", test_unknown);
  return test_run_in_folder ();
}
