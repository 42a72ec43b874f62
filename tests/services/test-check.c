/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-report-store.h"
#include "tb-test-company.h"
#include "test-books.h"

#define OCTOBER G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */

/* Books with all there is: calls of each fate, an approved invoice, a void one and a draft. */
static char *
make_books (void)
{
  char *path = test_path ("sound");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  static const char *const tenants[] = { "acme", "beta", "gamma", "delta", "unknown" };
  static const char *const callees[] = { "12045550142", "14165550117", "442079460018", "*97", "99" };
  g_autoptr (TbBillingRun) run = NULL;
  g_autoptr (TbInvoice) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  TbRatingCounts counts;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *uid = g_strdup_printf ("call-%u", i);
      TbCall call = tb_test_call (uid, tenants[i % 5], OCTOBER + i * 3600, callees[i / 5 % 5], i % 7 == 0 ? 0 : 35 + (gint32) i * 7);

      call.extension = "101";
      tb_test_import (store, &call, 1);
    }
  g_assert_true (tb_rating_run (store, 0, 0, FALSE, &counts, NULL, &error));
  tb_rating_counts_clear (&counts);
  run = tb_billing_run (store, 2026, 10, NULL, TB_BILLING_INCOMPLETE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run->invoices->len, ==, 3);
  first = tb_billing_approve (store, "1", &error);
  second = tb_billing_approve (store, "2", &error);
  g_assert_true (tb_billing_void (store, second->number, &error));
  g_assert_no_error (error);
  tb_test_assert_sound (store);
  return path;
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (from, &data, &len, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) len, NULL));
}

/* ---- tampering ---- */

static const struct
{
  const char *sql;     /* what somebody did behind Tollbook's back */
  const char *finding; /* part of what check says */
} tampering[] = {
  { "DELETE FROM cdr WHERE id = (SELECT min(id) FROM cdr)", "imports and the stored calls differ by 1 calls" },
  { "DELETE FROM cdr WHERE id = (SELECT min(id) FROM cdr)", "1 ratings belong to no call" },
  { "DELETE FROM cdr WHERE id = (SELECT min(id) FROM cdr)", "seen and the stored calls differ by 1" },
  { "INSERT INTO cdr SELECT id + 1, uid, extension, caller, callee, direction, ring, seconds, import, cause, tail, did, account, caller_name "
    "FROM cdr WHERE id = (SELECT max(id) FROM cdr)", "imports and the stored calls differ by 1 calls" },
  { "UPDATE cdr SET uid = CAST('tsomething-else' AS BLOB) WHERE id = (SELECT min(id) FROM cdr)", "1 calls would be taken a second time" },
  { "UPDATE cdr SET import = 999 WHERE id = (SELECT min(id) FROM cdr)", "1 calls were brought by no import" },
  { "UPDATE cdr SET callee = -999 WHERE id = (SELECT min(id) FROM cdr)", "1 calls lack a text" },
  { "DELETE FROM word WHERE text = '101'", "50 calls lack a text" },
  { "DELETE FROM seen WHERE run = (SELECT max(run) FROM seen)", "seen and the stored calls differ" },
  { "UPDATE setting SET value = '0:0' WHERE name = 'seen-key'", "50 calls would be taken a second time" },
  { "DELETE FROM tenant WHERE name = 'unknown'", "10 calls belong to no tenant" },
  { "UPDATE import SET added = added + 1 WHERE id = 1", "1 imports do not account" },
  { "UPDATE import SET read = 2, rejected = 1 WHERE id = 1", "1 imports lack rejected records" },
  { "INSERT INTO reject (import, line, reason, raw) VALUES (1, 1, 'x', x'00')", "1 imports lack rejected records" },
  { "INSERT INTO reject (import, line, reason, raw) VALUES (999, 1, 'x', x'00')", "points to a row of import that does not exist" },
  { "UPDATE rated SET rate = 999 WHERE id = (SELECT min(id) FROM rated WHERE rate IS NOT NULL)", "1 ratings name a rate that is gone" },
  { "UPDATE rated SET cost_rate = 999 WHERE id = (SELECT min(id) FROM rated WHERE rate IS NOT NULL)", "1 ratings name a cost rate" },
  { "UPDATE rated SET terms = 999 WHERE id = (SELECT min(id) FROM rated WHERE terms IS NOT NULL AND invoice IS NULL)", "1 ratings name terms" },
  { "UPDATE rated SET service = 999 WHERE id = (SELECT min(id) FROM rated WHERE invoice IS NULL AND service IS NOT NULL)", "1 ratings name a service" },
  { "UPDATE rated SET client = 999 WHERE id = (SELECT min(id) FROM rated WHERE client IS NOT NULL)", "1 ratings name a client" },
  { "UPDATE rated SET status = 77 WHERE id = (SELECT min(id) FROM rated WHERE invoice IS NULL)", "1 ratings have a status" },
  { "UPDATE rated SET charge = 5 WHERE id = (SELECT min(id) FROM rated WHERE status = 9)", "1 calls carry a charge though" },
  { "UPDATE rated SET free = 9999 WHERE id = (SELECT min(id) FROM rated WHERE status = 1)", "more included seconds than billed" },
  /* calls on invoices */
  { "UPDATE rated SET charge = charge + 10000000 WHERE id = (SELECT min(id) FROM rated WHERE invoice = 1)",
    "lines of invoice INV-2026-00001 are not the sums" },
  { "UPDATE rated SET billed = billed + 1 WHERE id = (SELECT min(id) FROM rated WHERE invoice = 1)", "lines of invoice INV-2026-00001 are not" },
  { "UPDATE rated SET invoice = NULL WHERE id = (SELECT min(id) FROM rated WHERE invoice = 1)", "lines of invoice INV-2026-00001 are not" },
  { "DELETE FROM rated WHERE id = (SELECT min(id) FROM rated WHERE invoice = 1)", "lines of invoice INV-2026-00001 are not" },
  { "UPDATE rated SET invoice = 1 WHERE id = (SELECT min(id) FROM rated WHERE invoice IS NULL AND client = 2)", "1 calls lie on an invoice that does not list" },
  { "UPDATE rated SET invoice = 2 WHERE id = (SELECT min(id) FROM rated WHERE invoice IS NULL)", "1 calls lie on an invoice that is gone or void" },
  { "UPDATE rated SET invoice = 99 WHERE id = (SELECT min(id) FROM rated WHERE invoice IS NULL)", "1 calls lie on an invoice that is gone or void" },
  { "DELETE FROM served", "ratings are of a service that is not known to have calls there" },
  { "DELETE FROM invoice_range WHERE invoice = 1", "calls lie on an invoice that does not list them" },
  /* invoices */
  { "UPDATE invoice SET total = total + 1 WHERE id = 1", "totals of invoice INV-2026-00001 are not the sums" },
  { "UPDATE invoice SET total = total + 1 WHERE id = 3", "totals of invoice (draft) are not the sums" },
  { "UPDATE invoice_line SET amount = amount + 1 WHERE invoice = 1 AND position = 0", "totals of invoice INV-2026-00001 are not the sums" },
  { "UPDATE invoice_tax SET amount = 0 WHERE invoice = 1", "totals of invoice INV-2026-00001 are not the sums" },
  { "UPDATE invoice_line SET amount = amount + 1000000000 WHERE invoice = 2 AND position = 0; "
    "UPDATE invoice SET net = net + 1000000000, total = total + 1000000000 WHERE id = 2", "Invoice INV-2026-00002 is not what was approved" },
  { "UPDATE invoice_line SET description = 'Gift' WHERE invoice = 1 AND position = 0", "Invoice INV-2026-00001 is not what was approved" },
  { "UPDATE invoice SET due = due + 30 WHERE id = 1", "Invoice INV-2026-00001 is not what was approved" },
  { "UPDATE invoice SET frozen = replace(frozen, 'Client C1', 'Client X') WHERE id = 1", "Invoice INV-2026-00001 is not what was approved" },
  { "UPDATE invoice SET client = 3 WHERE id = 1", "Invoice INV-2026-00001 is not what was approved" },
  { "DELETE FROM invoice_line WHERE invoice = 2; DELETE FROM invoice_tax WHERE invoice = 2; DELETE FROM invoice WHERE id = 2",
    "invoice number INV-2026-00002 is missing" },
  { "UPDATE invoice SET number = 'INV-2026-00077' WHERE id = 1", "invoice number INV-2026-00001 is missing" },
  { "UPDATE invoice SET state = 0 WHERE id = 1", "approved without a number, or drafts with one" },
  { "UPDATE invoice SET state = 1 WHERE id = 3", "approved without a number, or drafts with one" },
  /* balances */
  { "DELETE FROM unbilled_stale", "sums of what is not billed yet are not those of the calls" },
  { "INSERT INTO unbilled VALUES (1, 1, 1, 5)", "1 sums of what is not billed yet" },
  { "INSERT INTO balance_entry (client, kind, time, amount, currency) VALUES (1, 0, 0, -5, 4407620)", "1 entries of balances" },
  { "UPDATE invoice SET paid = 1 WHERE id = 1", "totals of invoice INV-2026-00001 are not the sums" },
  { "UPDATE invoice_line SET prepaid = 1 WHERE invoice = 1", "totals of invoice INV-2026-00001 are not the sums" },
  { "UPDATE invoice_series SET last = 1", "numbers given and the numbered invoices differ by 1" },
  { "UPDATE invoice_series SET last = 1000000", "invoice number INV-2026-00003 is missing" },
  { "INSERT INTO invoice_line SELECT 99, position, kind, service, service_key, description, period_start, period_end, calls, seconds, free, amount, tax, "
    "tax_percent, tax_category, prepaid FROM invoice_line WHERE invoice = 1", "points to a row of invoice that does not exist" },
};

static gboolean
is_among (GPtrArray *findings, const char *part)
{
  for (guint i = 0; i < findings->len; i++)
    if (strstr (findings->pdata[i], part) != NULL)
      return TRUE;
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("found only: %s", (const char *) findings->pdata[i]);
  return FALSE;
}

static void
test_tampering (void)
{
  g_autofree char *sound = make_books ();
  g_autofree char *path = test_path ("tampered");

  for (guint i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;
      TbStore *store;

      g_test_message ("%s", tampering[i].sql);
      copy_file (sound, path);
      store = tb_store_open (path, TB_DB_READ_WRITE, &error);
      g_assert_no_error (error);
      tb_test_exec (store, "PRAGMA foreign_keys=OFF");
      tb_test_exec (store, tampering[i].sql);
      tb_store_close (store);

      store = tb_store_open (path, TB_DB_READ_ONLY, &error); /* looking changes nothing, so it must do without the right to */
      g_assert_no_error (error);
      g_assert_true (tb_store_check (store, &findings, NULL, &error));
      g_assert_true (is_among (findings, tampering[i].finding));
      tb_store_close (store);
    }
}

/* New books, never used, are sound too, also to one who may only read. */
static void
test_empty (void)
{
  g_autofree char *path = test_path ("empty");
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  tb_test_assert_sound (store);
  tb_store_close (store);
  store = tb_store_open (path, TB_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  tb_test_assert_sound (store);
  tb_store_close (store);
}

static void
test_cancelled (void)
{
  g_autofree char *path = test_path ("cancelled");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (TbJob) job = tb_job_new ("check");
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  tb_job_cancel (job);
  g_assert_false (tb_store_check (store, &findings, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_assert_null (findings);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  g_test_add_func ("/check/tampering", test_tampering);
  g_test_add_func ("/check/empty", test_empty);
  g_test_add_func ("/check/cancelled", test_cancelled);
  return test_run_in_folder ();
}
