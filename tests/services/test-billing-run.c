/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-correction-store.h"
#include "tb-dump.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-rating-run.h"
#include "tb-rerating.h"
#include "tb-set-aside.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define OCTOBER G_GINT64_CONSTANT (1790899200)  /* 2026-10-02T00:00:00Z */
#define NOVEMBER G_GINT64_CONSTANT (1793577600) /* 2026-11-02T00:00:00Z */

/* ---- small steps ---- */

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);

  return tb_test_books_new (path);
}

static TbRatingCounts
rate (TbStore *store, gboolean again)
{
  g_autoptr (GError) error = NULL;
  TbRatingCounts counts = { .rated = 0 };

  tb_rating_run (store, 0, 0, again, &counts, NULL, &error);
  g_assert_no_error (error);
  tb_rating_counts_clear (&counts);
  return counts;
}

static void
add_call (TbStore *store, const char *uid, const char *tenant, gint64 start, gint32 seconds)
{
  TbCall call = tb_test_call (uid, tenant, start, "12045550142", seconds);

  tb_test_import (store, &call, 1);
}

static TbBillingRun *
bill_some (TbStore *store, int month, const char *client, TbBillingFlags flags)
{
  g_autoptr (GError) error = NULL;
  TbBillingRun *run = tb_billing_run (store, 2026, month, client, flags, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static TbBillingRun *
bill (TbStore *store, int month)
{
  return bill_some (store, month, NULL, FALSE);
}

static TbInvoice *
approve (TbStore *store, guint32 id)
{
  g_autofree char *name = g_strdup_printf ("%u", id);
  g_autoptr (GError) error = NULL;
  TbInvoice *invoice = tb_billing_approve (store, name, &error);

  g_assert_no_error (error);
  return invoice;
}

/* "created replaced unchanged approved" */
static char *
counts_of (const TbBillingRun *run)
{
  return g_strdup_printf ("%u %u %u %u", run->created, run->replaced, run->unchanged, run->approved_before);
}

#define assert_bills(store, month, counts)                                                                                                     \
  G_STMT_START                                                                                                                                 \
  {                                                                                                                                            \
    g_autoptr (TbBillingRun) run_ = bill (store, month);                                                                                       \
    g_autofree char *found_ = counts_of (run_);                                                                                                \
    g_assert_cmpstr (found_, ==, counts);                                                                                                      \
  }                                                                                                                                            \
  G_STMT_END

static void
change_rate (TbStore *store, const char *price)
{
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  TbRate *first = tb_setup_find_tariff (setup, "deck")->rates->pdata[0];

  g_assert_true (tb_decimal_parse (price, -1, TB_RATE_SCALE, &first->rate, NULL));
  tb_test_apply (store, setup);
}

static guint32
invoice_of (TbStore *store, const char *client, int month)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(i.id) FROM invoice i JOIN client c ON c.id = i.client WHERE c.key = '%s' AND i.month = %d AND i.state <> 2",
                                          client, month);

  return (guint32) tb_test_query_int (store, sql);
}

/* Each line's amount is the sum of its calls, made here in another way. */
static void
assert_lines_are_sums (TbStore *store)
{
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM (SELECT l.invoice, l.service, sum(l.calls) AS calls, sum(l.seconds) AS seconds, "
                                             "sum(l.free) AS free FROM invoice_line l WHERE l.kind <> 0 GROUP BY 1, 2) s JOIN (SELECT invoice, service, "
                                             "count(*) AS calls, sum(billed) AS seconds, sum(coalesce(free, 0)) AS free FROM rated WHERE invoice IS NOT NULL "
                                             "GROUP BY 1, 2) r ON r.invoice = s.invoice AND r.service = s.service WHERE r.calls <> s.calls OR r.seconds <> "
                                             "s.seconds OR r.free <> s.free"),
                   ==, 0);
}

/* ---- runs ---- */

static void
test_again (void)
{
  g_autofree char *path = test_path ("again");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (TbBillingRun) dry = NULL;
  g_autofree char *before = NULL, *after = NULL, *counts = NULL;

  for (guint i = 0; i < 30; i++)
    {
      static const char *const tenants[] = { "acme", "beta", "gamma", "delta" };
      g_autofree char *uid = g_strdup_printf ("call-%u", i);

      add_call (store, uid, tenants[i % 4], OCTOBER + i * 5000, 30 + (gint32) i);
    }
  rate (store, FALSE);
  before = tb_dump_books (path);
  dry = bill_some (store, 10, NULL, TRUE); /* as it would be; nothing is written */
  counts = counts_of (dry);
  g_assert_cmpstr (counts, ==, "3 0 0 0");
  after = tb_dump_books (path);
  tb_dump_assert_equal (after, before);

  assert_bills (store, 10, "3 0 0 0");
  g_free (before);
  before = tb_dump_books (path);
  assert_bills (store, 10, "0 0 3 0"); /* a second run changes nothing */
  g_free (after);
  after = tb_dump_books (path);
  tb_dump_assert_equal (after, before);
  assert_lines_are_sums (store);
  tb_test_assert_sound (store);
}

/* A call is on one invoice, whenever it comes, and in whatever order the months are billed. */
static void
test_late (void)
{
  g_autoptr (TbStore) store = new_books ("late");
  g_autoptr (TbInvoice) october = NULL, november = NULL;
  guint late = 0;

  add_call (store, "in time", "acme", OCTOBER, 60);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0"); /* those without calls owe their fees */
  october = approve (store, invoice_of (store, "C1", 10));
  add_call (store, "late", "acme", OCTOBER + 100, 60);
  add_call (store, "november", "acme", NOVEMBER, 60);
  rate (store, FALSE);
  assert_bills (store, 10, "0 0 2 1"); /* what is approved stands */
  assert_bills (store, 11, "3 0 0 0");
  assert_bills (store, 10, "0 0 2 1");
  assert_bills (store, 11, "0 0 3 0");
  november = approve (store, invoice_of (store, "C1", 11));
  for (guint i = 0; i < november->lines->len; i++)
    late += strstr (((TbInvoiceLine *) november->lines->pdata[i])->description, "late") != NULL;
  g_assert_cmpuint (late, ==, 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated WHERE service = 1 AND invoice IS NULL"), ==, 0);
  tb_test_assert_sound (store);
}

/* A call that came for a draft makes the draft anew. */
static void
test_replaced (void)
{
  g_autoptr (TbStore) store = new_books ("replaced");

  add_call (store, "one", "acme", OCTOBER, 60);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  add_call (store, "two", "acme", OCTOBER + 100, 60);
  rate (store, FALSE);
  assert_bills (store, 10, "0 1 2 0");
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated WHERE invoice = 1"), ==, 2);
  assert_lines_are_sums (store);
  tb_test_assert_sound (store);
}

/* Voided: the number stays given, the calls are free, and the month is billed again. */
static void
test_void (void)
{
  g_autoptr (TbStore) store = new_books ("void");
  g_autoptr (TbInvoice) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  add_call (store, "one", "acme", OCTOBER, 60);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  first = approve (store, invoice_of (store, "C1", 10));
  g_assert_cmpstr (first->number, ==, "INV-2026-00001");
  g_assert_null (tb_billing_approve (store, first->number, &error)); /* once is enough */
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (tb_invoice_store_delete_draft (store, first->id, &error)); /* it is none */
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_clear_error (&error);
  tb_test_assert_sound (store);
  g_assert_true (tb_billing_void (store, first->number, &error));
  g_assert_false (tb_billing_void (store, first->number, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  assert_bills (store, 10, "1 0 2 0");
  second = approve (store, invoice_of (store, "C1", 10));
  g_assert_cmpstr (second->number, ==, "INV-2026-00002");
  g_assert_cmpint (second->total, ==, first->total);
  tb_test_assert_sound (store);
}

/* ---- what was rated since ---- */

static void
test_rated_again (void)
{
  g_autoptr (TbStore) store = new_books ("rated-again");
  g_autoptr (TbInvoice) first = NULL, second = NULL, kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 charge;

  add_call (store, "one", "acme", OCTOBER, 600);
  add_call (store, "three", "gamma", OCTOBER, 600);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  first = approve (store, invoice_of (store, "C1", 10));
  charge = tb_test_query_int (store, "SELECT charge FROM rated WHERE service = 1");
  change_rate (store, "0.04");
  rate (store, TRUE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT charge FROM rated WHERE service = 1"), ==, charge); /* invoiced calls never change */
  /* the same calls and seconds on the draft, at another price: the draft must be made again first */
  g_assert_null (tb_billing_approve (store, "3", &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "make the drafts"));
  g_assert_cmpint (tb_test_query_int (store, "SELECT last FROM invoice_series"), ==, 1); /* and no number was spent */
  assert_bills (store, 10, "0 1 1 1");
  second = approve (store, 3);
  g_assert_cmpstr (second->number, ==, "INV-2026-00002");
  kept = tb_invoice_store_get (store, "INV-2026-00001", NULL);
  g_assert_cmpint (kept->total, ==, first->total);
  tb_test_assert_sound (store);
}

/* An approved invoice says what it said, whatever becomes of company, client and tax. */
static void
test_frozen (void)
{
  g_autoptr (TbStore) store = new_books ("frozen");
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbInvoice) invoice = NULL, kept = NULL;
  TbClient *client;

  add_call (store, "one", "acme", OCTOBER, 600);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  invoice = approve (store, invoice_of (store, "C1", 10));
  client = setup->clients->pdata[0];
  tb_set_str (&client->name, "Renamed Inc");
  tb_set_str (&setup->company->name, "Sold Voice");
  ((TbTax *) setup->taxes->pdata[0])->percent = 20 * TB_DECIMAL_ONE;
  tb_set_str (&((TbRate *) tb_setup_find_tariff (setup, "deck")->rates->pdata[0])->description, "Elsewhere");
  tb_test_apply (store, setup);
  rate (store, TRUE);
  kept = tb_invoice_store_get (store, invoice->number, NULL);
  g_assert_cmpstr (kept->buyer->name, ==, "Client C1 Ltd");
  g_assert_cmpstr (kept->seller->name, ==, "Example Voice");
  g_assert_cmpint (kept->total, ==, invoice->total);
  g_assert_cmpint (((TbInvoiceTax *) kept->taxes->pdata[0])->percent, ==, 13 * TB_DECIMAL_ONE);
  tb_test_assert_sound (store);
}

/* The same uid with other content after it was invoiced is kept aside, once, and the invoice stays. */
static void
test_conflict (void)
{
  g_autoptr (TbStore) store = new_books ("conflict");
  g_autoptr (TbInvoice) invoice = NULL;
  TbCall other = tb_test_call ("one", "acme", OCTOBER, "12045550142", 999), third = other;

  add_call (store, "one", "acme", OCTOBER, 600);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  g_assert_cmpuint (tb_test_import (store, &other, 1).changed, ==, 1); /* a draft gives way */
  rate (store, FALSE);
  assert_bills (store, 10, "0 1 2 0");
  invoice = approve (store, invoice_of (store, "C1", 10));
  other.seconds = 30;
  g_assert_cmpuint (tb_test_import (store, &other, 1).conflict, ==, 1);
  g_assert_cmpuint (tb_test_import (store, &other, 1).conflict, ==, 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr_conflict"), ==, 1);
  other.caller = "12045550199"; /* differs from the one aside in its caller alone: it is kept too */
  tb_test_import (store, &other, 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr_conflict"), ==, 2);
  /* the conflict and, after it in the same file, the call as it was invoiced: neither is lost */
  {
    TbCall both[] = { third, third };

    both[0].seconds = 31;
    tb_test_import (store, both, 2);
    g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM cdr_conflict"), ==, 3);
  }
  g_assert_cmpint (tb_test_query_int (store, "SELECT seconds FROM cdr"), ==, 999);
  tb_test_assert_sound (store);
}

/* What becomes of it: the difference of its charge is billed once, or nothing is; neither is asked again, and the invoice stays. */
static void
test_set_aside (void)
{
  static const struct { const char *why, *callee; gint32 seconds; gboolean dismiss; gint64 corrections; const char *says; } rows[] = {
    { "longer: the rest is billed", "12045550142", 1200, FALSE, 1, NULL },
    { "the same again is known", "12045550142", 1200, FALSE, 1, "No call “one”" },
    { "and longer still: less what was billed already", "12045550142", 1800, FALSE, 2, NULL },
    { "shorter: money is given back", "12045550142", 60, FALSE, 3, NULL },
    { "a number without a price", "99", 60, FALSE, 3, "no price" },
    { "which is dismissed", "99", 60, TRUE, 3, NULL },
    { "and not asked again", "99", 60, TRUE, 3, "No call “one”" },
  };
  g_autoptr (TbStore) store = new_books ("set-aside");
  g_autoptr (TbInvoice) invoice = NULL, kept = NULL;
  const TbRatingScope all = { 0 };
  g_autoptr (TbRerating) again = NULL;
  g_autoptr (GPtrArray) corrections = NULL;
  gint64 charge, corrected;

  add_call (store, "one", "acme", OCTOBER, 600);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  invoice = approve (store, invoice_of (store, "C1", 10));
  charge = tb_test_query_int (store, "SELECT charge FROM rated");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbCall other = tb_test_call ("one", "acme", OCTOBER, rows[i].callee, rows[i].seconds);
      g_autoptr (GError) error = NULL;
      TbMoney difference;
      gboolean done;

      g_test_message ("%s", rows[i].why);
      tb_test_import (store, &other, 1);
      done = rows[i].dismiss ? tb_set_aside_dismiss (store, "pbx1", "one", &error) : tb_set_aside_accept (store, "pbx1", "one", &difference, &error);
      if (rows[i].says == NULL)
        g_assert_no_error (error);
      else
        g_assert_nonnull (strstr (error->message, rows[i].says));
      g_assert_cmpint (done, ==, rows[i].says == NULL);
      corrected = tb_test_query_int (store, "SELECT coalesce(sum(amount), 0) FROM correction");
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM correction"), ==, rows[i].corrections);
      if (done && !rows[i].dismiss)
        g_assert_cmpint ((charge + corrected) * 600, ==, charge * rows[i].seconds);
    }
  g_assert_cmpint (tb_test_query_int (store, "SELECT seconds FROM cdr"), ==, 600);
  g_assert_cmpint (tb_test_query_int (store, "SELECT charge FROM rated"), ==, charge);
  again = tb_rerating_apply (store, &all, TB_INVOICED_LINE, NULL, NULL, NULL); /* it does not take back what was billed */
  g_assert_nonnull (again);
  g_assert_cmpuint (again->corrections->len, ==, 0);
  kept = tb_invoice_store_get (store, invoice->number, NULL);
  g_assert_cmpint (kept->total, ==, invoice->total);
  corrections = tb_correction_store_list (store, NULL, NULL);
  g_assert_cmpuint (corrections->len, ==, 3);
  tb_test_assert_sound (store);
}

static void
test_set_aside_void (void)
{
  g_autoptr (TbStore) store = new_books ("set-aside-void");
  TbCall other = tb_test_call ("one", "acme", OCTOBER, "12045550142", 30);
  g_autoptr (GError) error = NULL;
  TbMoney difference;

  add_call (store, "one", "acme", OCTOBER, 600);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  tb_invoice_free (approve (store, invoice_of (store, "C1", 10)));
  tb_test_import (store, &other, 1);
  tb_test_exec (store, "UPDATE invoice SET state = 2");
  g_assert_false (tb_set_aside_accept (store, "pbx1", "one", &difference, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "no approved invoice"));
}

/* ---- money that would be missed ---- */

/* A service that was forgotten when its client's month was approved. */
static void
test_forgotten_service (void)
{
  g_autoptr (TbStore) store = new_books ("forgotten");
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbInvoice) first = NULL, second = NULL;
  TbService *service = tb_service_copy (setup->services->pdata[0]);

  add_call (store, "one", "acme", OCTOBER, 600);
  add_call (store, "two", "forgotten", OCTOBER, 600);
  rate (store, FALSE);
  assert_bills (store, 10, "3 0 0 0");
  first = approve (store, invoice_of (store, "C1", 10));
  tb_set_str (&service->key, "S9");
  tb_set_str (&service->tenant, "forgotten");
  g_ptr_array_add (setup->services, service);
  tb_test_apply (store, setup);
  rate (store, TRUE);
  assert_bills (store, 10, "1 0 2 0");
  second = approve (store, invoice_of (store, "C1", 10));
  g_assert_cmpint (second->total, ==, first->total);
  assert_bills (store, 10, "0 0 2 1");
  tb_test_assert_sound (store);
}

/* Calls rated for a client in one currency are not added up as another one. */
static void
test_foreign (void)
{
  g_autoptr (TbStore) store = new_books ("foreign");
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbBillingRun) run = NULL;

  add_call (store, "one", "acme", OCTOBER, 600);
  rate (store, FALSE);
  ((TbClient *) setup->clients->pdata[0])->currency = ((TbClient *) setup->clients->pdata[2])->currency;
  tb_test_apply (store, setup);
  run = bill (store, 10);
  g_assert_cmpuint (run->warnings->len, ==, 1);
  g_assert_nonnull (strstr (run->warnings->pdata[0], "another currency"));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated WHERE invoice IS NOT NULL"), ==, 0);
  rate (store, TRUE);
  assert_bills (store, 10, "0 1 2 0");
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated WHERE invoice IS NOT NULL"), ==, 1);
  tb_test_assert_sound (store);
}

static void
test_warnings (void)
{
  g_autoptr (TbStore) store = new_books ("warnings");
  g_autoptr (TbBillingRun) run = NULL;
  TbCall lost = tb_test_call ("lost", "acme", OCTOBER, "99", 60);

  tb_test_import (store, &lost, 1);
  rate (store, FALSE);
  add_call (store, "not rated", "acme", OCTOBER + 50, 60);
  run = bill_some (store, 10, NULL, TB_BILLING_INCOMPLETE);
  g_assert_cmpuint (run->warnings->len, ==, 2);
  g_assert_nonnull (strstr (run->warnings->pdata[0], "1 call has no price"));
  g_assert_nonnull (strstr (run->warnings->pdata[1], "1 call of the month is not rated"));
}

/* ---- numbers ---- */

/* {series, first number in 2026, first in 2027} */
static void
test_series (void)
{
  static const char *const table[][3] = {
    { "INV-{year}-{number:5}", "INV-2026-00001", "INV-2027-00001" },
    { "R{number}", "R1", "R2" }, /* no year in it: the second year goes on, or the number would be given twice */
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *name = g_strdup_printf ("series-%u", i);
      g_autoptr (TbStore) store = new_books (name);
      g_autoptr (TbSetup) setup = tb_test_company_new ();
      g_autoptr (TbInvoice) first = NULL, second = NULL;

      tb_set_str (&setup->company->invoice_series, table[i][0]);
      tb_test_apply (store, setup);
      assert_bills (store, 10, "3 0 0 0");
      first = approve (store, 1);
      g_assert_cmpstr (first->number, ==, table[i][1]);
      g_setenv ("TOLLBOOK_NOW", "2027-01-05T10:00:00Z", TRUE);
      second = approve (store, 2);
      g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
      g_assert_cmpstr (second->number, ==, table[i][2]);
      tb_test_assert_sound (store);
    }
}

/* Two processes approve all there is, at once: every number once, none left out. */
static void
test_numbers_at_once (void)
{
  g_autofree char *path = test_path ("numbers");
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbStore) store = NULL;
  pid_t children[2];

  for (guint i = 0; i < 17; i++)
    {
      TbClient *client = tb_client_copy (setup->clients->pdata[0]);
      TbService *service = tb_service_copy (setup->services->pdata[0]);

      g_free (client->key);
      client->key = g_strdup_printf ("X%u", i);
      tb_set_str (&service->client, client->key);
      g_free (service->key);
      service->key = g_strdup_printf ("SX%u", i);
      tb_set_str (&service->tenant, service->key);
      g_ptr_array_add (setup->clients, client);
      g_ptr_array_add (setup->services, service);
    }
  store = tb_test_books_new (path);
  tb_test_apply (store, setup);
  assert_bills (store, 10, "20 0 0 0");
  tb_store_close (g_steal_pointer (&store));
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if ((children[i] = fork ()) == 0)
      {
        TbStore *own = tb_store_open (path, TB_DB_READ_WRITE, NULL);

        for (guint id = 1; id <= 20; id++)
          {
            g_autofree char *name = g_strdup_printf ("%u", i == 0 ? id : 21 - id);

            tb_invoice_free (tb_billing_approve (own, name, NULL)); /* refused when the other was first */
          }
        tb_store_close (own);
        _exit (0);
      }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(DISTINCT number) FROM invoice WHERE state = 1"), ==, 20);
  g_assert_cmpint (tb_test_query_int (store, "SELECT last FROM invoice_series"), ==, 20);
  tb_test_assert_sound (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  g_test_add_func ("/billing/again", test_again);
  g_test_add_func ("/billing/late", test_late);
  g_test_add_func ("/billing/replaced", test_replaced);
  g_test_add_func ("/billing/void", test_void);
  g_test_add_func ("/billing/rated-again", test_rated_again);
  g_test_add_func ("/billing/frozen", test_frozen);
  g_test_add_func ("/billing/conflict", test_conflict);
  g_test_add_func ("/billing/set-aside", test_set_aside);
  g_test_add_func ("/billing/set-aside-void", test_set_aside_void);
  g_test_add_func ("/billing/forgotten-service", test_forgotten_service);
  g_test_add_func ("/billing/foreign", test_foreign);
  g_test_add_func ("/billing/warnings", test_warnings);
  g_test_add_func ("/billing/series", test_series);
  g_test_add_func ("/billing/numbers-at-once", test_numbers_at_once);
  return test_run_in_folder ();
}
