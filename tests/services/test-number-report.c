/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-report.h"

#include <string.h>

#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define FIRST G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */

/* acme dials by North America's plan; beta's package has none, and its country is still known. The PBX is a FusionPBX. */
static TbStore *
make_books (const char *path)
{
  static const struct { const char *uid, *tenant, *callee; gint32 seconds; } rows[] = {
    { "a1", "acme", "4165550117", 60 },     { "a2", "acme", "011442079460018", 60 }, { "a3", "acme", "011442079460018", 0 },
    { "a4", "acme", "2112", 60 },           { "a5", "acme", "10165550117", 60 },     { "a6", "acme", "4165550118", 0 },
    { "b1", "beta", "4165550117", 60 },     { "b2", "beta", "4165550119", 0 },       { "b3", "beta", "14165550117", 60 },
    { "b4", "beta", "*97", 60 },            { "n1", "nobody", "442079460018", 60 },
  };
  TbStore *store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, NULL);
  TbNumberPlan *acme = &tb_setup_find_package (setup, "Metered")->number_plan, *beta = &tb_setup_find_package (setup, "Pool")->number_plan;
  TbRatingCounts counts;

  tb_set_str (&acme->country_code, "1");
  acme->nanp = TRUE;
  acme->exit_codes = g_strsplit ("011", ",", -1);
  tb_set_str (&beta->country_code, "1");
  tb_set_str (&tb_setup_find_connection (setup, "pbx1")->kind, "fusionpbx");
  tb_set_str (&tb_setup_find_connection (setup, "pbx1")->url, "https://pbx.example.com");
  tb_test_apply (store, setup);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbCall call = tb_test_call (rows[i].uid, rows[i].tenant, FIRST + i * 86400, rows[i].callee, rows[i].seconds);

      tb_test_import (store, &call, 1);
    }
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, NULL));
  tb_rating_counts_clear (&counts);
  return store;
}

static const struct
{
  const char *why, *client;
  gint64 from, to;
  guint valid, wrong, invalid, extension, n_patterns;
  const char *first_dialled, *first_pattern;
  guint first_calls;
} rows[] = {
  { "all calls, also those nobody answered, by the plan of their service", NULL, 0, 0, 6, 2, 1, 2, 8, "4165550117", "^(\\d{10})$", 2 },
  { "of one client", "C1", 0, 0, 4, 0, 1, 1, 4, "10165550117", "^(1[01]\\d{9})$", 1 },
  { "of one day", NULL, FIRST + 6 * 86400, FIRST + 7 * 86400, 0, 1, 0, 0, 1, "4165550117", "^(\\d{10})$", 1 },
  { "of no day", NULL, FIRST - 86400, FIRST, 0, 0, 0, 0, 0, NULL, NULL, 0 },
};

static void
test_rows (void)
{
  g_autofree char *path = test_path ("rows");
  g_autoptr (TbStore) store = make_books (path);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbCallFilter filter = { .client = (char *) rows[i].client, .from = rows[i].from, .to = rows[i].to };
      g_autoptr (TbJob) job = tb_job_new ("Numbers");
      g_autoptr (TbNumberReport) report = tb_number_report_new (store, &filter, job, NULL);
      const TbNumberPattern *first;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (report->verdicts[TB_NUMBER_VALID], ==, rows[i].valid);
      g_assert_cmpuint (report->verdicts[TB_NUMBER_WRONG_COUNTRY], ==, rows[i].wrong);
      g_assert_cmpuint (report->verdicts[TB_NUMBER_INVALID], ==, rows[i].invalid);
      g_assert_cmpuint (report->verdicts[TB_NUMBER_EXTENSION], ==, rows[i].extension);
      g_assert_cmpuint (report->patterns->len, ==, rows[i].n_patterns);
      if (rows[i].n_patterns == 0)
        continue;
      first = report->patterns->pdata[0];
      g_assert_cmpstr (first->dialled, ==, rows[i].first_dialled);
      g_assert_cmpstr (first->check.pattern, ==, rows[i].first_pattern);
      g_assert_cmpuint (first->calls, ==, rows[i].first_calls);
      g_assert_nonnull (strstr (first->fix, "<condition field=\"destination_number\""));
      for (guint p = 0; p < report->patterns->len; p++)
        g_assert_true ((((const TbNumberPattern *) report->patterns->pdata[p])->fix != NULL) == tb_number_pattern_is_fault (report->patterns->pdata[p]));
    }
}

static void
test_csv (void)
{
  g_autofree char *path = test_path ("csv");
  g_autoptr (TbStore) store = make_books (path);
  TbCallFilter filter = { .client = (char *) "C2" };
  g_autoptr (TbNumberReport) report = tb_number_report_new (store, &filter, NULL, NULL);
  g_autofree char *csv = tb_number_report_to_csv (report->patterns);

  g_assert_true (g_str_has_prefix (csv, "verdict,calls,seconds,connection,client,client_name,dialled,number,likely,reason,pattern,replacement,fix,uid\n"
                                        "wrong-country,2,60,pbx1,C2,Client C2 Ltd,4165550117,4165550117,14165550117,ten digits without the leading 1,"
                                        "^(\\d{10})$,1$1,\"<!--"));
  g_assert_nonnull (strstr (csv, "\nextension,1,60,pbx1,C2,Client C2 Ltd,*97,,,a feature code,,,,b4\n"));
}

static void
test_cancelled (void)
{
  g_autofree char *path = test_path ("cancelled");
  g_autoptr (TbStore) store = make_books (path);
  g_autoptr (TbJob) job = tb_job_new ("Numbers");
  g_autoptr (GError) error = NULL;
  TbCallFilter filter = { 0 };

  tb_job_cancel (job);
  g_assert_null (tb_number_report_new (store, &filter, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-report/rows", test_rows);
  g_test_add_func ("/number-report/csv", test_csv);
  g_test_add_func ("/number-report/cancelled", test_cancelled);
  return test_run_in_folder ();
}
