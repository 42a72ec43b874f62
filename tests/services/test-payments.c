/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payments.h"

#include <stdlib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-remote-review-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define NOW G_GINT64_CONSTANT (1794500000) /* 2026-11-12 */
#define DAY_ISSUED 20758 /* 2026-11-01 */
/* C2 pays afterwards and is taxed nothing. */
#define CLIENT "C2"

/* ---- a small language: words that are done one after another ---- */

static TbAmount
amount_of (const char *text)
{
  TbAmount amount = 0;

  g_assert_true (text == NULL || tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &amount, NULL));
  return amount;
}

static guint32
invoice_id (TbStore *store, const char *number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM invoice WHERE number = '%s'", number);

  return (guint32) tb_test_query_int (store, sql);
}

/* One a month; "10@BILL-1" is a credit note of that. */
static void
add_document (TbStore *store, int month, const char *amount, const char *corrects, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();
  TbInvoiceLine *line = tb_invoice_line_new ();

  invoice->client_id = 2;
  tb_set_str (&invoice->client, CLIENT);
  g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
  invoice->year = 2026;
  invoice->month = month;
  invoice->due_days = month; /* so that they fall due one after another */
  tb_set_str (&invoice->time_zone, "UTC");
  if (corrects != NULL)
    {
      invoice->kind = TB_INVOICE_CREDIT_NOTE;
      invoice->corrects_id = invoice_id (store, corrects);
      tb_set_str (&invoice->corrects, corrects);
    }
  line->kind = TB_LINE_FEE;
  line->description = g_strdup ("Fee");
  line->amount = corrects != NULL ? -amount_of (amount) : amount_of (amount);
  line->period = invoice->period;
  g_ptr_array_add (invoice->lines, line);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  g_assert_true (tb_invoice_store_save_draft (store, invoice, NULL));
  tb_invoice_store_approve (store, invoice, corrects != NULL ? "NOTE-{number:1}" : "BILL-{number:1}", NOW, DAY_ISSUED, error);
}

static void
pay (TbStore *store, const char *amount, const char *for_what, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) wanted = for_what != NULL ? tb_payments_parse_wanted (for_what, error) : NULL;
  const TbPaymentOrder order
      = { .client = CLIENT, .amount = amount_of (amount), .day = DAY_ISSUED + 2, .method = "cash", .reference = reference, .wanted = wanted };
  g_autoptr (TbPayment) payment = tb_payments_record (store, &order, NOW, error);
}

static void
take_back (TbStore *store, TbPaymentKind kind, const char *id, const char *amount, GError **error)
{
  const TbReversalOrder order = { .kind = kind, .amount = amount_of (amount), .day = DAY_ISSUED + 3 };
  g_autoptr (TbPayment) reversal = tb_payments_reverse (store, (guint32) atoi (id), &order, NOW, error);
}

/* "paid/60/0": how it is at WHMCS, what was paid there, and what of that from credit. */
static void
be_there (TbStore *store, const char *number, const char *status)
{
  g_auto (GStrv) words = g_strsplit (status, "/", 3);
  TbPaymentStatus there = { .invoice_id = invoice_id (store, number), .paid = amount_of (words[1]), .credit = amount_of (words[2]) };
  g_autofree char *sql = g_strdup_printf ("SELECT total FROM invoice WHERE id = %u", there.invoice_id);
  static const TbPaymentState states[] = { TB_PAYMENT_DRAFT, TB_PAYMENT_OPEN, TB_PAYMENT_PARTLY, TB_PAYMENT_PAID, TB_PAYMENT_CANCELLED, TB_PAYMENT_REFUNDED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (words[0], tb_payment_state_to_string (states[i])))
      there.state = states[i];
  there.total = tb_test_query_int (store, sql);
  g_assert_true (tb_payment_status_store_save (store, &there, NOW, NULL));
}

/* "word:amount@what#reference" */
static void
do_word (TbStore *store, const char *text, int nth, GError **error)
{
  g_autofree char *word = g_strdup (text);
  char *reference = strchr (word, '#'), *what, *value = strchr (word, ':');

  if (reference != NULL)
    *reference++ = '\0';
  what = strchr (word, '@');
  if (what != NULL)
    *what++ = '\0';
  *value++ = '\0';
  if (g_str_equal (word, "bill") || g_str_equal (word, "note"))
    add_document (store, nth, value, what, error);
  else if (g_str_equal (word, "pay"))
    pay (store, value, what, reference, error);
  else if (g_str_equal (word, "refund") || g_str_equal (word, "return"))
    take_back (store, *word == 'r' && word[2] == 'f' ? TB_PAYMENT_REFUND : TB_PAYMENT_RETURN, what, *value != '\0' ? value : NULL, error);
  else if (g_str_equal (word, "allocate") || g_str_equal (word, "move"))
    {
      g_autoptr (GPtrArray) wanted = what != NULL ? tb_payments_parse_wanted (what, error) : NULL;
      g_autoptr (TbPayment) payment = tb_payments_allocate (store, (guint32) atoi (value), wanted, *word == 'm', NOW, error);
    }
  else if (g_str_equal (word, "void"))
    tb_invoice_store_void (store, invoice_id (store, value), error);
  else if (g_str_equal (word, "there"))
    be_there (store, what, value);
  else
    g_assert_not_reached ();
}

static char *
say_account (const TbAccount *account)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *credit = tb_money_to_string ((TbMoney){ account->credit, account->currency });
  g_autofree char *balance = tb_money_to_string ((TbMoney){ account->balance, account->currency });

  for (guint i = 0; i < account->items->len; i++)
    {
      const TbOpenItem *item = account->items->pdata[i];
      g_autofree char *open = tb_money_to_string ((TbMoney){ item->open, account->currency });

      g_string_append_printf (text, "%s %s %s, ", item->number, tb_payment_state_to_string (item->state), open);
    }
  g_string_append_printf (text, "credit %s, owed %s", credit, balance);
  return g_strdup (text->str);
}

static const struct
{
  const char *reason, *words, *expected, *error; /* error: of the last word */
} rows[] = {
  { "nothing was paid", "bill:100", "BILL-1 open 100.00, credit 0.00, owed 100.00", NULL },
  { "paid to the cent", "bill:100 pay:100", "BILL-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "a part", "bill:100 pay:40", "BILL-1 partly-paid 60.00, credit 0.00, owed 60.00", NULL },
  { "in two parts", "bill:100 pay:40 pay:60", "BILL-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "too much is credit on account", "bill:100 pay:150", "BILL-1 paid 0.00, credit 50.00, owed -50.00", NULL },
  { "before there was a bill", "pay:30 bill:100", "BILL-1 open 100.00, credit 30.00, owed 70.00", NULL },
  { "that credit is put on the next bill", "pay:30 bill:100 allocate:1", "BILL-1 partly-paid 70.00, credit 0.00, owed 70.00", NULL },
  { "several, the oldest due first", "bill:50 bill:50 pay:70", "BILL-1 paid 0.00, BILL-2 partly-paid 30.00, credit 0.00, owed 30.00", NULL },
  { "as it was wanted", "bill:50 bill:50 pay:70@BILL-2", "BILL-1 open 50.00, BILL-2 paid 0.00, credit 20.00, owed 30.00", NULL },
  { "parts as wanted", "bill:50 bill:50 pay:70@BILL-2=30,BILL-1=10", "BILL-1 partly-paid 40.00, BILL-2 partly-paid 20.00, credit 30.00, owed 30.00", NULL },
  { "for no invoice, by wish", "bill:50 pay:20@,", "BILL-1 open 50.00, credit 20.00, owed 30.00", NULL },
  { "moved to another invoice", "bill:50 bill:50 pay:50 move:1@BILL-2", "BILL-1 open 50.00, BILL-2 paid 0.00, credit 0.00, owed 50.00", NULL },
  { "a debit that came back is owed again", "bill:100 pay:100 return:@1", "BILL-1 open 100.00, credit 0.00, owed 100.00", NULL },
  { "and may be paid again", "bill:100 pay:100 return:@1 pay:100", "BILL-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "what was refunded is asked for no more", "bill:100 pay:100 refund:@1", "BILL-1 refunded 0.00, credit 0.00, owed 0.00", NULL },
  { "nor a part of it", "bill:100 pay:100 refund:30@1", "BILL-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "of a part-payment, the rest is", "bill:100 pay:40 refund:40@1", "BILL-1 open 60.00, credit 0.00, owed 60.00", NULL },
  { "a refund takes credit on account first", "bill:100 pay:150 refund:50@1", "BILL-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "then the last invoice", "bill:50 bill:50 pay:100 return:60@1", "BILL-1 partly-paid 10.00, BILL-2 open 50.00, credit 0.00, owed 60.00", NULL },
  { "twice, up to what was paid", "bill:100 pay:100 return:60@1 return:40@1", "BILL-1 open 100.00, credit 0.00, owed 100.00", NULL },
  { "never more", "bill:100 pay:100 return:60@1 return:50@1", NULL, "40.00" },
  { "a credit note pays its invoice", "bill:100 note:20@BILL-1 pay:80", "BILL-1 paid 0.00, NOTE-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "after it was paid it is credit", "bill:100 pay:100 note:20@BILL-1", "BILL-1 overpaid 0.00, NOTE-1 open 0.00, credit 20.00, owed -20.00", NULL },
  { "only a part of the note is needed", "bill:100 pay:90 note:20@BILL-1", "BILL-1 overpaid 0.00, NOTE-1 partly-paid 0.00, credit 10.00, owed -10.00", NULL },
  { "money for a bill that is void is free again", "bill:100 pay:100 void:BILL-1", "credit 100.00, owed -100.00", NULL },
  { "and pays the next", "bill:100 pay:100 void:BILL-1 bill:60 allocate:1", "BILL-2 paid 0.00, credit 40.00, owed -40.00", NULL },
  { "WHMCS applied credit of which nothing is known here", "bill:100 there:partly-paid/30/30@BILL-1", "BILL-1 partly-paid 70.00, credit 0.00, owed 70.00", NULL },
  { "credit applied there is what was put on the bill here", "pay:30 bill:100 allocate:1 there:partly-paid/30/30@BILL-1",
    "BILL-1 partly-paid 70.00, credit 0.00, owed 70.00", NULL },
  { "beside a payment that is a transaction there", "bill:100 pay:20 there:partly-paid/50/30@BILL-1", "BILL-1 partly-paid 50.00, credit 0.00, owed 50.00", NULL },
  { "a credit note told there comes back as credit: counted once", "bill:100 note:20@BILL-1 there:partly-paid/20/20@BILL-1",
    "BILL-1 partly-paid 80.00, NOTE-1 paid 0.00, credit 0.00, owed 80.00", NULL },
  { "more credit than the note is more", "bill:100 note:20@BILL-1 there:partly-paid/50/50@BILL-1",
    "BILL-1 partly-paid 50.00, NOTE-1 paid 0.00, credit 0.00, owed 50.00", NULL },
  { "marked as paid there without money", "bill:100 there:paid/0/0@BILL-1", "BILL-1 paid 0.00, credit 0.00, owed 0.00", NULL },
  { "but not when the money came back here", "bill:100 pay:100 return:@1 there:paid/100/0@BILL-1", "BILL-1 open 100.00, credit 0.00, owed 100.00", NULL },
  { "cancelled there", "bill:100 there:cancelled/0/0@BILL-1", "BILL-1 cancelled 0.00, credit 0.00, owed 0.00", NULL },
  { "a draft there", "bill:100 there:draft/0/0@BILL-1", "BILL-1 draft 100.00, credit 0.00, owed 100.00", NULL },
  { "the same reference is the same payment", "bill:100 pay:10#A pay:10#A", NULL, "recorded already: payment 1" },
  { "another one has another", "bill:100 pay:10#A pay:10#B", "BILL-1 partly-paid 80.00, credit 0.00, owed 80.00", NULL },
  { "nothing is no payment", "bill:100 pay:0", NULL, "above zero" },
  { "less than nothing neither", "bill:100 pay:-5", NULL, "above zero" },
  { "no half cents", "bill:100 pay:0.005", NULL, "smallest coin" },
  { "an invoice that is not there", "bill:100 pay:10@BILL-7", NULL, "BILL-7" },
  { "more than an invoice asks for", "bill:100 pay:200@BILL-1=150", NULL, "100.00" },
  { "more than was paid", "bill:100 pay:20@BILL-1=50", NULL, "20.00" },
  { "what takes back cannot be taken back", "bill:100 pay:100 return:@1 return:@2", NULL, "takes back another" },
  { "what was taken back in part stays where it is", "bill:50 bill:50 pay:50 return:10@1 move:1@BILL-2", NULL, "stays as it is" },
  { "no payment to allocate", "bill:50 allocate:9", NULL, "no payment 9" },
};

/* The statement's last balance is what is owed, whatever happened. */
static void
assert_statement (TbStore *store, const TbAccount *account)
{
  const TbPaymentFilter its = { .client = CLIENT, .currency = account->currency };
  g_autoptr (GPtrArray) payments = tb_payment_store_list (store, &its, NULL);
  g_autoptr (TbStatementOfAccount) whole = tb_account_make_statement (account, payments, TB_DAY_NONE, TB_DAY_NONE, NULL);
  g_autoptr (TbStatementOfAccount) later = tb_account_make_statement (account, payments, DAY_ISSUED + 2, TB_DAY_NONE, NULL);
  TbAmount ages[TB_AGES], sum = 0;

  g_assert_cmpint (whole->balance, ==, account->balance);
  g_assert_cmpint (later->balance, ==, account->balance);
  g_assert_cmpint (whole->before, ==, 0);
  for (guint i = 0; i < later->lines->len; i++)
    sum += ((TbStatementLine *) later->lines->pdata[i])->amount;
  g_assert_cmpint (later->before + sum, ==, account->balance);
  g_assert_true (tb_account_sum_ages (account, DAY_ISSUED + 40, ages, NULL));
  g_assert_cmpint (ages[0] + ages[1] + ages[2] + ages[3] + ages[4], ==, account->open);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("row-%u", i), *path = test_path (name), *said = NULL;
      g_autoptr (TbStore) store = tb_test_books_new (path);
      g_auto (GStrv) words = g_strsplit (rows[i].words, " ", -1);
      g_autoptr (TbAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      for (guint j = 0; words[j] != NULL; j++)
        {
          do_word (store, words[j], (int) j + 1, &error);
          if (rows[i].error == NULL || words[j + 1] != NULL)
            g_assert_no_error (error);
        }
      tb_test_assert_sound (store);
      account = tb_payments_read_account (store, CLIENT, TB_CURRENCY_NONE, NULL);
      assert_statement (store, account);
      if (rows[i].error != NULL)
        {
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, rows[i].error));
          continue;
        }
      said = say_account (account);
      g_assert_cmpstr (said, ==, rows[i].expected);
    }
}

/* ---- what the rows do not say ---- */

static void
test_refused (void)
{
  g_autofree char *path = test_path ("refused");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_test_company_new ();
  TbPaymentOrder order = { .client = CLIENT, .amount = TB_AMOUNT_ONE, .day = (TbDay) (NOW / 86400) + 2 };
  g_autoptr (GError) future = NULL, nobody = NULL, advance = NULL;

  g_assert_null (tb_payments_record (store, &order, NOW, &future));
  g_assert_error (future, TB_ERROR, TB_ERROR_INVALID_INPUT);
  order.day = DAY_ISSUED;
  order.client = "C9";
  g_assert_null (tb_payments_record (store, &order, NOW, &nobody));
  g_assert_error (nobody, TB_ERROR, TB_ERROR_NOT_FOUND);
  tb_setup_find_package (setup, "Metered")->mode = TB_PACKAGE_PREPAID;
  tb_test_apply (store, setup);
  order.client = "C1";
  g_assert_null (tb_payments_record (store, &order, NOW, &advance));
  g_assert_error (advance, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (advance->message, "top-up"));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM payment"), ==, 0);
}

static void
test_preview (void)
{
  g_autofree char *path = test_path ("preview");
  g_autoptr (TbStore) store = tb_test_books_new (path);
  const TbPaymentOrder order = { .client = CLIENT, .amount = 120 * TB_AMOUNT_ONE, .day = DAY_ISSUED };
  g_autoptr (TbPayment) seen = NULL, done = NULL;

  add_document (store, 1, "100", NULL, NULL);
  seen = tb_payments_preview (store, &order, NULL);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM payment"), ==, 0);
  done = tb_payments_record (store, &order, NOW, NULL);
  g_assert_cmpuint (seen->allocations->len, ==, 1);
  g_assert_cmpuint (done->allocations->len, ==, 1);
  g_assert_cmpint (((TbAllocation *) seen->allocations->pdata[0])->amount, ==, ((TbAllocation *) done->allocations->pdata[0])->amount);
}

/* Each of these is found by "check". */
static const char *const faults[] = {
  "UPDATE payment SET amount = -amount WHERE id = 1",
  "UPDATE payment SET amount = amount * 2 WHERE id = 2",
  "UPDATE payment SET amount = 1 WHERE id = 1",
  "UPDATE payment SET client = 3 WHERE id = 1",
  "UPDATE payment_allocation SET amount = amount * 2 WHERE payment = 1",
  "UPDATE payment_allocation SET amount = -200000000000 WHERE payment = 2",
  "UPDATE payment SET reverses = NULL WHERE id = 2",
};

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strdup_printf ("check-%u", i), *path = test_path (name);
      g_autoptr (TbStore) store = tb_test_books_new (path);
      g_autoptr (GPtrArray) findings = NULL;

      add_document (store, 1, "100", NULL, NULL);
      pay (store, "100", NULL, NULL, NULL);
      take_back (store, TB_PAYMENT_RETURN, "1", "60", NULL);
      tb_test_assert_sound (store);
      tb_test_exec (store, faults[i]);
      g_assert_true (tb_store_check (store, &findings, NULL, NULL));
      g_assert_cmpuint (findings->len, >, 0);
    }
}

static void
test_ages (void)
{
  static const struct
  {
    TbDay late;
    guint age;
  } ages[] = { { -5, 0 }, { 0, 0 }, { 1, 1 }, { 30, 1 }, { 31, 2 }, { 60, 2 }, { 61, 3 }, { 90, 3 }, { 91, 4 }, { 4000, 4 } };
  g_autoptr (TbAccount) account = tb_account_new ();
  TbOpenItem *item = tb_open_item_new ();

  g_ptr_array_add (account->items, item);
  item->due = 100;
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    g_assert_cmpuint (tb_open_item_get_age (item, 100 + ages[i].late), ==, ages[i].age);
}

/* What was paid in advance is applied from credit there, or is not on that invoice at all. */
static void
test_in_advance (void)
{
  static const struct
  {
    gboolean applied;
    TbAmount credit, open;
  } cases[] = { { TRUE, 0, 90 }, { TRUE, 10, 90 }, { TRUE, 30, 70 }, { FALSE, 0, 90 }, { FALSE, 30, 60 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TbAccount) account = tb_account_new ();
      TbOpenItem *item = tb_open_item_new ();

      g_ptr_array_add (account->items, item);
      item->total = 100;
      item->settled = 10;
      item->applied = cases[i].applied;
      item->posted = TRUE;
      item->status = (TbPaymentStatus){ .state = TB_PAYMENT_OPEN, .paid = cases[i].credit, .credit = cases[i].credit };
      g_assert_true (tb_account_compute (account, NULL));
      g_assert_cmpint (item->open, ==, cases[i].open);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payments/rows", test_rows);
  g_test_add_func ("/payments/refused", test_refused);
  g_test_add_func ("/payments/preview", test_preview);
  g_test_add_func ("/payments/check", test_check);
  g_test_add_func ("/payments/ages", test_ages);
  g_test_add_func ("/payments/in-advance", test_in_advance);
  return test_run_in_folder ();
}
