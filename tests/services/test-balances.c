/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balances.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-rerating.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

/* C1 (13 % HST) and C3 (USD) buy "Metered", which is paid in advance here; C2 pays afterwards. */

#define OCTOBER G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
#define CALLS 24

/* ---- small steps ---- */

static void
set_mode (TbStore *store, TbPackageMode mode)
{
  g_autoptr (TbSetup) setup = tb_test_company_new ();

  tb_setup_find_package (setup, "Metered")->mode = mode;
  tb_setup_find_client (setup, "C1")->low_balance = 5 * TB_DECIMAL_ONE;
  tb_test_apply (store, setup);
}

static TbStore *
new_books (const char *name, TbPackageMode mode)
{
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);

  set_mode (store, mode);
  return store;
}

static void
rate (TbStore *store, gboolean again)
{
  g_autoptr (GError) error = NULL;
  TbRatingCounts counts;

  tb_rating_run (store, 0, 0, again, &counts, NULL, &error);
  g_assert_no_error (error);
  tb_rating_counts_clear (&counts);
}

static TbAmount
amount_of (const char *text)
{
  TbAmount amount;

  g_assert_true (tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &amount, NULL));
  return amount;
}

static gboolean
book (TbStore *store, const char *client, TbBalanceEntryKind kind, const char *amount, const char *reference, GError **error)
{
  const TbBalanceOrder order = { kind, amount_of (amount), OCTOBER, reference, NULL };
  g_autoptr (TbClientBalance) balance = tb_balances_book (store, client, &order, error);

  return balance != NULL;
}

static void
top_up (TbStore *store, const char *client, const char *amount, const char *reference)
{
  g_autoptr (GError) error = NULL;

  book (store, client, TB_ENTRY_TOP_UP, amount, reference, &error);
  g_assert_no_error (error);
}

/* "balance state", which the list, the client alone and the last line of the statement agree upon, in sound books. */
static char *
left (TbStore *store, const char *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbClientBalance) balance = tb_balances_get (store, client, &error);
  g_autoptr (TbBalanceStatement) statement = tb_balances_read_statement (store, client, &error);
  g_autoptr (GPtrArray) all = tb_balances_list (store, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (statement->balance, ==, balance->balance);
  g_assert_cmpint (statement->state, ==, balance->state);
  for (guint i = 0; i < all->len; i++)
    if (strcmp (((TbClientBalance *) all->pdata[i])->client, client) == 0)
      g_assert_cmpint (((TbClientBalance *) all->pdata[i])->balance, ==, balance->balance);
  tb_test_assert_sound (store);
  text = tb_money_to_string ((TbMoney){ balance->balance, balance->currency });
  return g_strdup_printf ("%s %s", text, tb_balance_state_to_string (balance->state));
}

#define assert_left(store, client, expected)                                                                                                   \
  G_STMT_START                                                                                                                                 \
  {                                                                                                                                            \
    g_autofree char *found_ = left (store, client);                                                                                            \
    g_assert_cmpstr (found_, ==, expected);                                                                                                    \
  }                                                                                                                                            \
  G_STMT_END

static TbCall
nth_call (guint n)
{
  static const char *const tenants[] = { "acme", "gamma", "beta" };
  static char uids[CALLS][8];

  g_snprintf (uids[n], sizeof uids[n], "c%u", n);
  return tb_test_call (uids[n], tenants[n % 3], OCTOBER + (gint64) n * 40000, n % 2 == 0 ? "12045550142" : "442079460018", 31 + (gint32) n * 17);
}

static void
import_nth (TbStore *store, guint n)
{
  TbCall call = nth_call (n);

  tb_test_import (store, &call, 1);
}

static char *
approve_first (TbStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbBillingRun) run = tb_billing_run (store, 2026, 10, "C1", FALSE, NULL, &error);
  g_autofree char *id = NULL;
  g_autoptr (TbInvoice) invoice = NULL;

  g_assert_no_error (error);
  id = g_strdup_printf ("%u", ((TbInvoice *) run->invoices->pdata[0])->id);
  invoice = tb_billing_approve (store, id, &error);
  g_assert_no_error (error);
  return g_strdup (invoice->number);
}

/* ---- tests ---- */

/* 61 s to 1204 are 66 s at 0.02 + 25 % × 1.40 = 0.0385; with 13 % of it, 0.01, that is 0.0485. */
static void
test_draw_down (void)
{
  g_autoptr (TbStore) store = new_books ("draw-down", TB_PACKAGE_PREPAID);
  TbCall call = tb_test_call ("one", "acme", OCTOBER, "12045550142", 61);

  assert_left (store, "C1", "0.00 empty");
  top_up (store, "C1", "5.04", "PAY-1");
  assert_left (store, "C1", "5.04 ok");
  tb_test_import (store, &call, 1);
  assert_left (store, "C1", "5.04 ok");
  rate (store, FALSE);
  assert_left (store, "C1", "4.9915 low");
  rate (store, TRUE);
  assert_left (store, "C1", "4.9915 low");
  assert_left (store, "C3", "0.00 empty");
}

/* However calls arrive, and however often they are rated between, the balance is the same. */
static void
test_arrival (void)
{
  g_autoptr (TbStore) in_order = new_books ("in-order", TB_PACKAGE_PREPAID);
  g_autofree char *expected = NULL;

  for (guint n = 0; n < CALLS; n++)
    import_nth (in_order, n);
  rate (in_order, FALSE);
  top_up (in_order, "C1", "40", "PAY-1");
  expected = left (in_order, "C1");
  g_assert_cmpstr (expected, !=, "40.00 ok");
  for (guint round = 0; round < 12; round++)
    {
      g_autofree char *name = g_strdup_printf ("arrival-%u", round);
      g_autoptr (TbStore) store = new_books (name, TB_PACKAGE_PREPAID);
      guint order[CALLS];

      for (guint n = 0; n < CALLS; n++)
        order[n] = n;
      for (guint n = CALLS - 1; n > 0; n--)
        {
          guint other = (guint) g_test_rand_int_range (0, (gint32) n + 1), kept = order[n];

          order[n] = order[other];
          order[other] = kept;
        }
      for (guint n = 0; n < CALLS; n++)
        {
          import_nth (store, order[n]);
          if (g_test_rand_int_range (0, 4) == 0)
            rate (store, g_test_rand_bit ());
          if (n == round)
            top_up (store, "C1", "40", "PAY-1");
        }
      rate (store, FALSE);
      assert_left (store, "C1", expected);
    }
}

/* The same id with another content replaces the call; until it is rated, it costs nothing. */
static void
test_changed_call (void)
{
  g_autoptr (TbStore) store = new_books ("changed-call", TB_PACKAGE_PREPAID);
  TbCall call = tb_test_call ("one", "acme", OCTOBER, "12045550142", 61);

  top_up (store, "C1", "10", NULL);
  tb_test_import (store, &call, 1);
  rate (store, FALSE);
  assert_left (store, "C1", "9.9515 ok");
  call.seconds = 601;
  call.duration = 606;
  call.start += 200000;
  tb_test_import (store, &call, 1);
  assert_left (store, "C1", "10.00 ok");
  rate (store, FALSE);
  assert_left (store, "C1", "9.5965 ok");
}

/* Rated before anybody paid in advance: the balance counts what is there. And back. */
static void
test_package_changed (void)
{
  g_autoptr (TbStore) store = new_books ("package-changed", TB_PACKAGE_POSTPAID);
  g_autoptr (GPtrArray) none = NULL;

  for (guint n = 0; n < CALLS; n++)
    import_nth (store, n);
  rate (store, FALSE);
  none = tb_balances_list (store, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  set_mode (store, TB_PACKAGE_PREPAID);
  top_up (store, "C1", "40", "PAY-1");
  {
    g_autofree char *before = left (store, "C1"), *after = NULL;

    g_assert_cmpstr (before, !=, "40.00 ok");
    rate (store, FALSE); /* which counts what was stale */
    g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM unbilled_stale"), ==, 0);
    after = left (store, "C1");
    g_assert_cmpstr (after, ==, before);
  }
  set_mode (store, TB_PACKAGE_POSTPAID);
  assert_left (store, "C1", "40.00 ok");
}

/* Approval puts a settlement in the place of the use; a void takes it back; the next bill settles it again. */
static void
test_settlement (void)
{
  g_autoptr (TbStore) store = new_books ("settlement", TB_PACKAGE_PREPAID);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *number = NULL;
  g_autoptr (TbInvoice) invoice = NULL;

  top_up (store, "C1", "40", "PAY-1");
  for (guint n = 0; n < CALLS; n++)
    import_nth (store, n);
  rate (store, FALSE);
  before = left (store, "C1");
  number = approve_first (store);
  invoice = tb_invoice_store_get (store, number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tb_test_query_int (store, "SELECT sum(amount) FROM balance_entry WHERE kind = 3"), ==, -invoice->paid);
  /* eight calls: 0.441 to Winnipeg and 1.4526 to London, a line of 0.44 and one of 1.45; 13 % of 1.89 are 0.25 */
  g_assert_cmpint (invoice->paid, ==, amount_of ("2.14"));
  /* two fees of 29.95 with their tax are what is still to be paid: 61.79 + 8.03 − 2.14 */
  g_assert_cmpint (tb_invoice_get_payable (invoice), ==, amount_of ("67.68"));
  assert_left (store, "C1", "37.86 ok");
  g_assert_true (tb_billing_void (store, number, &error));
  assert_left (store, "C1", before);
  g_free (approve_first (store));
  assert_left (store, "C1", "37.86 ok");
  /* what comes late draws again */
  {
    TbCall late = tb_test_call ("late", "acme", OCTOBER + 5, "12045550142", 61);

    tb_test_import (store, &late, 1);
    rate (store, FALSE);
    assert_left (store, "C1", "37.8115 ok");
  }
}

/* A price that falls after the bill: the credit note gives back to the balance what the balance paid too much. */
static void
test_correction (void)
{
  g_autoptr (TbStore) store = new_books ("correction", TB_PACKAGE_PREPAID);
  const TbRatingScope all = { 0 };
  TbCall call = tb_test_call ("one", "acme", OCTOBER, "12045550142", 6000);
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  g_autoptr (TbRerating) rerating = NULL;
  g_autoptr (TbInvoice) note = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  top_up (store, "C1", "40", NULL);
  tb_test_import (store, &call, 1);
  rate (store, FALSE);
  assert_left (store, "C1", "36.04 ok"); /* 3.50 and 0.46 of tax */
  g_free (approve_first (store));
  assert_left (store, "C1", "36.04 ok");
  tb_setup_find_package (setup, "Metered")->mode = TB_PACKAGE_PREPAID;
  ((TbRate *) tb_setup_find_tariff (setup, "deck")->rates->pdata[0])->rate /= 2;
  tb_test_apply (store, setup);
  rerating = tb_rerating_apply (store, &all, TB_INVOICED_CREDIT, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_left (store, "C1", "36.04 ok"); /* a draft gives nothing back */
  id = g_strdup_printf ("%" G_GINT64_FORMAT, tb_test_query_int (store, "SELECT id FROM invoice WHERE kind = 1"));
  note = tb_billing_approve (store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tb_invoice_get_payable (note), ==, 0);
  assert_left (store, "C1", "38.02 ok"); /* 1.75 and 0.23 of tax */
}

static const struct
{
  const char *client;
  TbBalanceEntryKind kind;
  const char *amount, *reference;
  int code;
  const char *says, *reason;
} orders[] = {
  { "C1", TB_ENTRY_TOP_UP, "10", "PAY-1", -1, NULL, "a payment" },
  { "C1", TB_ENTRY_TOP_UP, "10", "PAY-1", TB_ERROR_CONFLICT, "booked already", "the same payment again" },
  { "C1", TB_ENTRY_TOP_UP, "10", " PAY-1 ", TB_ERROR_CONFLICT, "booked already", "blanks around it do not make it another" },
  { "C1", TB_ENTRY_TOP_UP, "7", "PAY-2", -1, NULL, "another payment" },
  { "C3", TB_ENTRY_TOP_UP, "5", "PAY-1", -1, NULL, "another client's payment of that name" },
  { "C1", TB_ENTRY_TOP_UP, "1", NULL, -1, NULL, "cash has no reference" },
  { "C1", TB_ENTRY_TOP_UP, "1", "", -1, NULL, "nor a second time" },
  { "C1", TB_ENTRY_TOP_UP, "-1", NULL, TB_ERROR_INVALID_INPUT, "above zero", "no payment" },
  { "C1", TB_ENTRY_TOP_UP, "0.001", NULL, TB_ERROR_INVALID_INPUT, "smallest coin", "no coin" },
  { "C1", TB_ENTRY_REFUND, "19.01", "R-1", TB_ERROR_CONFLICT, "only 19.00", "a cent more than there is" },
  { "C1", TB_ENTRY_REFUND, "9", "PAY-1", -1, NULL, "a refund may be named after its payment" },
  { "C1", TB_ENTRY_ADJUSTMENT, "-1", NULL, -1, NULL, "a correction" },
  { "C2", TB_ENTRY_TOP_UP, "10", NULL, TB_ERROR_CONFLICT, "pays afterwards", "who gets invoices has no balance" },
  { "C9", TB_ENTRY_TOP_UP, "10", NULL, TB_ERROR_NOT_FOUND, "C9", "nobody" },
};

static void
test_booking (void)
{
  g_autoptr (TbStore) store = new_books ("booking", TB_PACKAGE_PREPAID);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", orders[i].reason);
      g_assert_cmpint (book (store, orders[i].client, orders[i].kind, orders[i].amount, orders[i].reference, &error), ==, orders[i].code < 0);
      if (orders[i].code < 0)
        continue;
      g_assert_error (error, TB_ERROR, orders[i].code);
      g_assert_nonnull (strstr (error->message, orders[i].says));
    }
  assert_left (store, "C1", "9.00 ok");
  assert_left (store, "C3", "5.00 ok");
}

static void
test_fallen (void)
{
  g_autoptr (TbStore) store = new_books ("fallen", TB_PACKAGE_PREPAID);
  TbCall call = tb_test_call ("one", "acme", OCTOBER, "12045550142", 6000);
  g_autoptr (GPtrArray) before = NULL, after = NULL, fallen = NULL, again = NULL;

  top_up (store, "C1", "8", NULL);
  top_up (store, "C3", "8", NULL);
  before = tb_balances_list (store, NULL);
  tb_test_import (store, &call, 1);
  rate (store, FALSE);
  after = tb_balances_list (store, NULL);
  fallen = tb_balances_find_fallen (before, after);
  g_assert_cmpuint (fallen->len, ==, 1);
  g_assert_cmpstr (((TbClientBalance *) fallen->pdata[0])->client, ==, "C1");
  again = tb_balances_find_fallen (after, after);
  g_assert_cmpuint (again->len, ==, 0);
}

/* Several processes rate the same calls and book the same payment in the same moment. */
static void
test_at_once (void)
{
  g_autofree char *path = test_path ("at-once");
  g_autofree char *expected = NULL;
  TbStore *store = new_books ("at-once", TB_PACKAGE_PREPAID);
  pid_t children[4];

  for (guint n = 0; n < CALLS; n++)
    import_nth (store, n);
  tb_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if ((children[i] = fork ()) == 0)
      {
        TbRatingCounts counts;

        store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
        if (store == NULL)
          _exit (1);
        tb_rating_run (store, 0, 0, TRUE, &counts, NULL, NULL); /* may find the books in use */
        book (store, "C1", TB_ENTRY_TOP_UP, "40", "PAY-1", NULL);
        tb_store_close (store);
        _exit (0);
      }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
  rate (store, FALSE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM balance_entry"), ==, 1);
  expected = left (store, "C1");
  rate (store, TRUE);
  assert_left (store, "C1", expected);
  tb_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  g_test_add_func ("/balances/draw-down", test_draw_down);
  g_test_add_func ("/balances/arrival", test_arrival);
  g_test_add_func ("/balances/changed-call", test_changed_call);
  g_test_add_func ("/balances/package-changed", test_package_changed);
  g_test_add_func ("/balances/settlement", test_settlement);
  g_test_add_func ("/balances/correction", test_correction);
  g_test_add_func ("/balances/booking", test_booking);
  g_test_add_func ("/balances/fallen", test_fallen);
  g_test_add_func ("/balances/at-once", test_at_once);
  return test_run_in_folder ();
}
