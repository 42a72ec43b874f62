/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-billing-run.h"
#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "tb-triage.h"
#include "test-books.h"

#define OCTOBER G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
#define CALLS 240

static void
rate (TbStore *store)
{
  TbRatingCounts counts;

  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
}

/* Tenants with and without pools and one that nobody has; destinations with a rate, without one, and one that its plan misreads. */
static TbStore *
make_books (const char *name)
{
  static const char *const tenants[] = { "acme", "beta", "gamma", "delta", "epsilon" };
  static const char *const callees[] = { "12045550142", "33155501234", "442079460018", "33155505678", "0033155501234", "14165550117" };
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);
  g_autofree TbCall *calls = g_new (TbCall, CALLS);
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < CALLS; i++)
    {
      g_ptr_array_add (uids, g_strdup_printf ("call-%03u", i));
      calls[i] = tb_test_call (uids->pdata[i], tenants[i % 5], OCTOBER + i * 6000, callees[i / 5 % 6], 5 + (gint32) (i * 37 % 400));
    }
  tb_test_import (store, calls, CALLS);
  return store;
}

/* ---- repairs for the property ---- */

static TbRepair *
france_in_the_tariff (void)
{
  TbRepair *repair = tb_repair_new (TB_REPAIR_RATE);

  repair->tariff = g_strdup ("deck");
  repair->rate = tb_rate_new ();
  tb_set_str (&repair->rate->prefix, "33");
  g_assert_true (tb_decimal_parse ("0.0421", -1, TB_RATE_SCALE, &repair->rate->rate, NULL));
  return repair;
}

static TbRepair *
france_of_a_package (void)
{
  TbRepair *repair = france_in_the_tariff ();

  g_clear_pointer (&repair->tariff, g_free);
  repair->package = g_strdup ("Pool");
  return repair;
}

static TbRepair *
france_of_a_client (void)
{
  TbRepair *repair = france_in_the_tariff ();

  g_clear_pointer (&repair->tariff, g_free);
  repair->client = g_strdup ("C3");
  return repair;
}

static TbRepair *
a_service (void)
{
  TbRepair *repair = tb_repair_new (TB_REPAIR_ASSIGN);

  repair->service = g_strdup ("S5");
  repair->client = g_strdup ("C2");
  repair->package = g_strdup ("Pool"); /* shares the seconds of S2 and S4 */
  repair->connection = g_strdup ("pbx1");
  repair->tenant = g_strdup ("epsilon");
  return repair;
}

static TbRepair *
a_rule (void)
{
  TbRepair *repair = tb_repair_new (TB_REPAIR_FILTER);

  repair->pattern = g_strdup ("33*");
  repair->action = TB_FILTER_EXCLUDE;
  return repair;
}

static const struct { const char *why; TbRepair *(*make) (void); gboolean priced; } repairs[] = {
  { "a rate in the tariff of all", france_in_the_tariff, TRUE },
  { "among a package's own, whose calls share minutes", france_of_a_package, TRUE },
  { "for one client", france_of_a_client, TRUE },
  { "a service that takes from a shared pool", a_service, TRUE },
  { "a rule that bills nothing", a_rule, FALSE },
};

/* Everything that a charge is, without the ids that depend on the order of writing. */
static char *
charges (TbStore *store)
{
  return tb_test_query_text (store, "SELECT group_concat(t, ' ') FROM (SELECT r.id || '/' || r.status || '/' || coalesce(s.key, '') || '/' || coalesce(x.prefix, '') || "
                                    "'/' || coalesce(r.billed, 0) || '/' || coalesce(r.free, 0) || '/' || coalesce(r.charge, 0) || '/' || coalesce(r.cost, 0) AS t "
                                    "FROM rated r LEFT JOIN service s ON s.id = r.service LEFT JOIN rate x ON x.id = r.rate ORDER BY r.id)");
}

/* After a repair the books say what they would have said had it been there from the start; the preview says the same and writes nothing. */
static void
test_as_from_the_start (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (TbStore) later = make_books ("later.tollbook"), early = make_books ("early.tollbook");
      g_autoptr (TbRepair) repair = repairs[i].make ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TbRepairResult) foretold = NULL, done = NULL, first = NULL;
      g_autofree char *before = NULL, *after = NULL, *unchanged = NULL, *expected = NULL;

      g_test_message ("%s", repairs[i].why);
      first = tb_repair_apply (early, repair, 0, 0, NULL, &error);
      g_assert_no_error (error);
      rate (later);
      before = charges (later);
      foretold = tb_repair_preview (later, repair, 0, 0, NULL, &error);
      g_assert_no_error (error);
      unchanged = charges (later);
      g_assert_cmpstr (unchanged, ==, before);
      done = tb_repair_apply (later, repair, 0, 0, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (done->calls, ==, foretold->calls);
      g_assert_cmpuint (done->priced, ==, foretold->priced);
      g_assert_cmpuint (done->calls, >, 0);
      g_assert_true ((done->priced > 0) == repairs[i].priced);
      g_assert_cmpuint (done->changes->len, >, 0);
      after = charges (later);
      expected = charges (early);
      g_assert_cmpstr (after, ==, expected);
      tb_test_assert_sound (later);
      g_clear_pointer (&later, tb_store_close);
      g_clear_pointer (&early, tb_store_close);
      for (guint k = 0; k < 2; k++)
        {
          g_autofree char *path = test_path (k == 0 ? "later.tollbook" : "early.tollbook");

          g_unlink (path);
        }
    }
}

/* ---- groups ---- */

static const TbTriageGroup *
find_group (const TbTriage *triage, TbCallStatus cause, const char *prefix)
{
  for (guint i = 0; i < triage->groups->len; i++)
    {
      const TbTriageGroup *group = triage->groups->pdata[i];

      if (group->cause == cause && g_str_equal (group->prefix, prefix))
        return group;
    }
  return NULL;
}

/* One cause is one group whatever its tenants, and what the plan misreads is told from what has no rate. */
static void
test_groups (void)
{
  static const struct { const char *why; TbCallStatus cause; const char *prefix; guint64 calls; TbRepairKind first; const char *destination; } rows[] = {
    { "France, by its country code, of four tenants", TB_CALL_NO_RATE, "33", 64, TB_REPAIR_RATE, "France" },
    { "a tenant that nobody has", TB_CALL_NO_SERVICE, "", 48, TB_REPAIR_ASSIGN, NULL },
  };
  g_autoptr (TbStore) store = make_books ("groups.tollbook");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTriage) triage = NULL;

  rate (store);
  triage = tb_triage_new (store, 0, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbTriageGroup *group = find_group (triage, rows[i].cause, rows[i].prefix);

      g_test_message ("%s", rows[i].why);
      g_assert_nonnull (group);
      g_assert_cmpuint (group->calls, ==, rows[i].calls);
      g_assert_cmpint (((TbRepair *) group->repairs->pdata[0])->kind, ==, rows[i].first);
      g_assert_cmpstr (group->destination, ==, rows[i].destination);
    }
  g_assert_cmpuint (triage->calls, ==, 64 + 48 + 32);
}

/* ---- bills ---- */

static void
test_holds (void)
{
  g_autoptr (TbStore) store = make_books ("holds.tollbook");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbBillingRun) run = NULL, again = NULL, all = NULL;

  rate (store);
  run = tb_billing_run (store, 2026, 10, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run->held->len, ==, 3);
  g_assert_cmpuint (run->invoices->len, ==, 0);
  all = tb_billing_run (store, 2026, 10, NULL, TB_BILLING_INCOMPLETE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->held->len, ==, 0);
  g_assert_cmpuint (all->created, ==, 3);
  /* A draft that is there is left as it is. */
  again = tb_billing_run (store, 2026, 10, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->held->len, ==, 3);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM invoice WHERE state = 0"), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/triage/as-from-the-start", test_as_from_the_start);
  g_test_add_func ("/triage/groups", test_groups);
  g_test_add_func ("/triage/holds", test_holds);
  return test_run_in_folder ();
}
