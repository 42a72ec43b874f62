/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-report.h"

#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define OCTOBER G_GINT64_CONSTANT (1790830800)  /* 2026-10-01T05:00:00Z, midnight in Winnipeg */
#define NOVEMBER G_GINT64_CONSTANT (1793509200) /* 2026-11-01T05:00:00Z */

/* The company's deck is bought too: 44 costs twice of what the package sells it for, so a client who earns elsewhere loses there. From 15 October on
 * a dollar is 1.50 CAD instead of 1.40. */
static TbStore *
make_books (const char *path)
{
  static const struct { const char *uid, *tenant, *callee; gint32 day, seconds; } rows[] = {
    { "a1", "acme", "12045550142", 2, 600 },   { "a2", "acme", "442079460018", 3, 60 }, { "a3", "acme", "12045550142", 20, 600 },
    { "b1", "beta", "12045550142", 4, 300 },   { "b2", "beta", "12045550142", 5, 600 }, { "c1", "gamma", "12045550142", 6, 60 },
    { "a0", "acme", "12045550142", 33, 60 },   { "a4", "acme", "33155501234", 7, 60 },  { "a5", "acme", "12045550142", 8, 0 },
  };
  TbStore *store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);
  TbTariff *buy = tb_tariff_copy (tb_setup_find_tariff (setup, "deck"));
  TbCurrency usd;
  TbExchangeRate dearer = { .from = tb_day_from_ymd (2026, 10, 15) };
  TbRatingCounts counts;

  tb_currency_parse ("USD", &usd, NULL);
  dearer.currency = usd;
  g_assert_true (tb_decimal_parse ("1.50", -1, TB_RATE_SCALE, &dearer.rate, NULL));
  g_array_append_val (setup->exchange_rates, dearer);
  tb_set_str (&buy->name, "bought");
  for (guint i = 0; i < buy->rates->len; i++)
    if (g_str_equal (((TbRate *) buy->rates->pdata[i])->prefix, "44"))
      g_assert_true (tb_decimal_parse ("0.125", -1, TB_RATE_SCALE, &((TbRate *) buy->rates->pdata[i])->rate, NULL));
  g_ptr_array_add (setup->tariffs, buy);
  tb_set_str (&((TbProvider *) setup->providers->pdata[0])->tariff, "bought");
  tb_test_apply (store, setup);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbCall call = tb_test_call (rows[i].uid, rows[i].tenant, OCTOBER + (rows[i].day - 1) * 86400 + 36000, rows[i].callee, rows[i].seconds);

      g_assert_cmpint (tb_test_import (store, &call, 1).added, ==, 1);
    }
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
  g_assert_cmpint (counts.first, ==, OCTOBER + 86400 + 36000);
  g_assert_cmpint (counts.last, ==, OCTOBER + 32 * 86400 + 36000);
  tb_rating_counts_clear (&counts);
  return store;
}

static const TbMarginRow *
find_row (const TbMarginReport *report, const char *key)
{
  for (guint i = 0; i < report->rows->len; i++)
    if (g_strcmp0 (((const TbMarginRow *) report->rows->pdata[i])->key, key) == 0)
      return report->rows->pdata[i];
  return NULL;
}

static const struct
{
  const char *why;
  TbMarginBy by;
  gboolean losses;
  const char *client;
  guint n_rows;
  const char *key;
  gint64 calls, below_cost;
  const char *charge, *cost, *margin, *percent;
} rows[] = {
  /* a1 0.35 − 0.28; a2 (0.01 + 0.05) × 1.25 × 1.40 = 0.105 − (0.01 + 0.125) × 1.40 = 0.189; a3 0.375 − 0.30 of the dearer dollar */
  { "a client who earns, with a call below cost", TB_MARGIN_BY_CLIENT, FALSE, NULL, 3, "C1", 3, 1, "0.83", "0.769", "0.061", "7.35" },
  { "is found among the losses", TB_MARGIN_BY_CLIENT, TRUE, NULL, 2, "C1", 3, 1, "0.83", "0.769", "0.061", "7.35" },
  /* b1 and half of b2 are included: charge only for 300 s; the cost is that of all */
  { "included minutes cost, and are no calls below cost", TB_MARGIN_BY_CLIENT, FALSE, NULL, 3, "C2", 2, 0, NULL, "0.42", NULL, NULL },
  { "a client in dollars, in the company's currency", TB_MARGIN_BY_CLIENT, FALSE, NULL, 3, "C3", 1, 0, "0.035", "0.028", "0.007", "20" },
  { "the destination that loses", TB_MARGIN_BY_DESTINATION, TRUE, "C1", 1, "44", 1, 1, "0.105", "0.189", "-0.084", "-80" },
  { "the destination that earns", TB_MARGIN_BY_DESTINATION, FALSE, "C1", 2, "1204", 2, 0, "0.725", "0.58", "0.145", "20" },
  { "by tariff", TB_MARGIN_BY_TARIFF, FALSE, "C1", 1, "deck", 3, 1, "0.83", "0.769", "0.061", "7.35" },
  { "by provider", TB_MARGIN_BY_PROVIDER, FALSE, "C1", 1, "Carrier", 3, 1, "0.83", "0.769", "0.061", "7.35" },
  { "by call", TB_MARGIN_BY_CALL, FALSE, "C1", 3, "a3", 1, 0, "0.375", "0.30", "0.075", "20" },
  { "calls below cost", TB_MARGIN_BY_CALL, TRUE, NULL, 1, "a2", 1, 1, "0.105", "0.189", "-0.084", "-80" },
};

static void
assert_amount (TbMoney money, const char *expected)
{
  gint64 amount;

  if (expected == NULL)
    return;
  g_assert_true (tb_decimal_parse (expected, -1, TB_AMOUNT_SCALE, &amount, NULL));
  g_assert_cmpint (money.amount, ==, amount);
}

static void
test_rows (void)
{
  g_autofree char *path = test_path ("rows");
  g_autoptr (TbStore) store = make_books (path);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbMarginQuery query = { OCTOBER, NOVEMBER, rows[i].by, rows[i].client, rows[i].losses, 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (TbMarginReport) report = tb_margin_report_new (store, &query, NULL, &error);
      const TbMarginRow *row;
      gint64 percent;

      g_test_message ("%s", rows[i].why);
      g_assert_no_error (error);
      g_assert_cmpuint (report->rows->len, ==, rows[i].n_rows);
      row = find_row (report, rows[i].key);
      g_assert_nonnull (row);
      g_assert_cmpint (row->calls, ==, rows[i].calls);
      g_assert_cmpint (row->losses, ==, rows[i].below_cost);
      assert_amount (row->money.charge, rows[i].charge);
      assert_amount (row->money.cost, rows[i].cost);
      assert_amount (row->money.margin, rows[i].margin);
      if (rows[i].percent == NULL)
        continue;
      g_assert_true (tb_decimal_parse (rows[i].percent, -1, TB_RATE_SCALE, &percent, NULL));
      g_assert_cmpint (row->money.percent, ==, percent);
    }
}

/* However the calls are grouped, they add up to the same; the worst row comes first. */
static void
test_totals (void)
{
  g_autofree char *path = test_path ("totals");
  g_autoptr (TbStore) store = make_books (path);

  for (guint by = 0; by < TB_MARGIN_N_BY; by++)
    {
      TbMarginQuery query = { OCTOBER, NOVEMBER, by, NULL, FALSE, 0 };
      g_autoptr (TbMarginReport) report = tb_margin_report_new (store, &query, NULL, NULL);
      TbMarginSum sum = { 0 };
      gint64 calls = 0, losses = 0;

      g_test_message ("by %s", tb_margin_by_to_string (by));
      for (guint i = 0; i < report->rows->len; i++)
        {
          const TbMarginRow *row = report->rows->pdata[i];

          g_assert_true (tb_margin_sum_add_sum (&sum, &row->sum, NULL));
          calls += row->calls;
          losses += row->losses;
          if (i > 0)
            g_assert_cmpint (((const TbMarginRow *) report->rows->pdata[i - 1])->money.margin.amount, <=, row->money.margin.amount);
        }
      g_assert_true (sum.charge == report->total->sum.charge && sum.cost == report->total->sum.cost);
      g_assert_cmpint (calls, ==, 6);
      g_assert_cmpint (report->total->calls, ==, 6);
      g_assert_cmpint (losses, ==, 1);
      query.limit = 1;
      g_clear_pointer (&report, tb_margin_report_free);
      report = tb_margin_report_new (store, &query, NULL, NULL);
      g_assert_cmpuint (report->rows->len, ==, 1);
      g_assert_cmpint (report->total->calls, ==, 6);
    }
}

static void
set_limit (TbStore *store, const char *client, const char *percent, const char *usage)
{
  TbMarginLimit limit = TB_MARGIN_LIMIT_NONE;
  g_autoptr (GError) error = NULL;

  if (percent != NULL)
    g_assert_true (tb_decimal_parse (percent, -1, TB_RATE_SCALE, &limit.minimum_percent, NULL));
  if (usage != NULL)
    g_assert_true (tb_decimal_parse (usage, -1, TB_AMOUNT_SCALE, &limit.usage, NULL));
  tb_margin_limit_store_set (store, client, &limit, &error);
  g_assert_no_error (error);
}

static void
assert_breaches (TbStore *store, gint64 first, gint64 last, guint below, guint above)
{
  TbMarginBreaches breaches;

  g_assert_true (tb_margin_count_breaches (store, first, last, &breaches, NULL, NULL));
  g_assert_cmpuint (breaches.below, ==, below);
  g_assert_cmpuint (breaches.above, ==, above);
}

static void
test_breaches (void)
{
  g_autofree char *path = test_path ("breaches");
  g_autoptr (TbStore) store = make_books (path);
  g_autoptr (GError) error = NULL;
  TbMarginLimit limit = TB_MARGIN_LIMIT_NONE;

  assert_breaches (store, 0, NOVEMBER, 0, 0); /* without limits no month is looked at */
  set_limit (store, NULL, "10", NULL);
  assert_breaches (store, OCTOBER, NOVEMBER - 1, 2, 0); /* C1 with 7.35 %, C2 with its included minutes */
  set_limit (store, "C1", "5", "0.80");
  assert_breaches (store, OCTOBER, NOVEMBER - 1, 1, 1);
  assert_breaches (store, OCTOBER, NOVEMBER, 1, 1); /* November's one call earns 20 % */
  set_limit (store, NULL, "25", NULL);
  assert_breaches (store, OCTOBER, NOVEMBER, 2, 1); /* C2 and C3; C1's own value is kept in both months */
  assert_breaches (store, G_MAXINT64, G_MININT64, 0, 0);    /* nothing was rated */
  set_limit (store, "C1", NULL, NULL);
  set_limit (store, NULL, NULL, NULL);
  assert_breaches (store, OCTOBER, NOVEMBER - 1, 0, 0);
  g_assert_false (tb_margin_limit_store_set (store, "C9", &limit, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
}

static void
test_cancelled (void)
{
  g_autofree char *path = test_path ("cancelled");
  g_autoptr (TbStore) store = make_books (path);
  g_autoptr (TbJob) job = tb_job_new ("Margin");
  g_autoptr (GError) error = NULL;
  TbMarginQuery query = { .by = TB_MARGIN_BY_CALL };

  tb_job_cancel (job);
  g_assert_null (tb_margin_report_new (store, &query, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/margin-report/rows", test_rows);
  g_test_add_func ("/margin-report/totals", test_totals);
  g_test_add_func ("/margin-report/breaches", test_breaches);
  g_test_add_func ("/margin-report/cancelled", test_cancelled);
  return test_run_in_folder ();
}
