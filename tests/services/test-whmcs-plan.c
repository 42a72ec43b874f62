/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-invoice-store.h"
#include "tb-payments.h"
#include "tb-posting-store.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "tb-whmcs-plan.h"
#include "test-books.h"

#define NOW G_GINT64_CONSTANT (1793400000)

/* A bill of C1 (13 % HST) in this and the month before: lines "service:amount", * = paid in advance. */
typedef struct
{
  const char *reason;
  const char *post, *per, *prepaid;
  const char *before, *bill;
  const char *whmcs_id, *email;
  gboolean void_after; /* it was booked, sent (as far as the ledger knows), and voided */
  const char *expected; /* "kind part amount difference[!]" by what goes first; ! = blocked */
  TbDay since; /* said when that had happened; 0 = nothing is said */
} Row;

#define DAY_ISSUED 20758 /* 2026-11-01 */

static const Row rows[] = {
  { "a bill", NULL, NULL, NULL, NULL, "S1:100", "7", NULL, FALSE, "invoice - 113.00 113.00" },
  { "beside the month before", NULL, NULL, NULL, "S1:90", "S1:100", "7", NULL, FALSE, "invoice - 113.00 11.30, invoice - 101.70 101.70" },
  { "one a service", NULL, "service", NULL, NULL, "S1:100 S9:10", "7", NULL, FALSE, "invoice S1 113.00 113.00, invoice S9 11.30 11.30" },
  { "but never less than nothing", NULL, "service", NULL, NULL, "S1:100 S9:-10", "7", NULL, FALSE, "invoice - 101.70 101.70" },
  { "paid in advance: whole, and applied from credit", NULL, NULL, NULL, NULL, "S1:30 S1:10*", "7", NULL, FALSE, "invoice - 45.20 45.20" },
  { "paid in advance: taken off the credit alone", NULL, NULL, "credit", NULL, "S1:30 S1:10*", "7", NULL, FALSE, "invoice - 33.90 33.90, credit use -11.30 0.00" },
  { "nothing else is left to ask for", NULL, NULL, "credit", NULL, "S1:10*", "7", NULL, FALSE, "credit use -11.30 0.00" },
  { "less than nothing is credit", NULL, NULL, NULL, NULL, "S1:-10", "7", NULL, FALSE, "credit - 11.30 0.00" },
  { "no client at WHMCS, and no address to make one", NULL, NULL, NULL, NULL, "S1:100", "0", NULL, FALSE, "invoice - 113.00 113.00!" },
  { "no client at WHMCS: one is made", NULL, NULL, NULL, NULL, "S1:100", "0", "a@example.com", FALSE, "invoice - 113.00 113.00, client - 0.00 0.00" },
  { "voided after it was sent", NULL, NULL, NULL, NULL, "S1:100", "7", NULL, TRUE, "cancel - -113.00 0.00" },
  { "voided, with what was taken off the credit", NULL, NULL, "credit", NULL, "S1:30 S1:10*", "7", NULL, TRUE, "cancel - -33.90 0.00, credit use of a void 11.30 0.00" },
  { "nothing", NULL, NULL, NULL, NULL, NULL, "7", NULL, FALSE, "" },
  { "issued on the first day of WHMCS", NULL, NULL, NULL, NULL, "S1:100", "7", NULL, FALSE, "invoice - 113.00 113.00", DAY_ISSUED },
  { "issued before", NULL, NULL, NULL, NULL, "S1:100", "7", NULL, FALSE, "", DAY_ISSUED + 1 },
  { "credit of before", NULL, NULL, NULL, NULL, "S1:-10", "7", NULL, FALSE, "", DAY_ISSUED + 1 },
  { "issued before, there all the same, and voided", NULL, NULL, NULL, NULL, "S1:100", "7", NULL, TRUE, "cancel - -113.00 0.00", DAY_ISSUED + 1 },
};

static TbStore *
books_new (const Row *row)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("plan-%u", n++);
  g_autofree char *path = test_path (name), *sql = NULL;
  TbStore *store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_test_company_new ();

  setup->whmcs = tb_whmcs_settings_new ();
  setup->whmcs->post = g_strdup (row->post);
  setup->whmcs->per = g_strdup (row->per);
  setup->whmcs->prepaid = g_strdup (row->prepaid);
  tb_test_apply (store, setup);
  sql = g_strdup_printf ("UPDATE client SET email = NULL, whmcs_id = CASE WHEN key = 'C1' THEN %s ELSE id + 100 END", row->whmcs_id);
  tb_test_exec (store, sql);
  if (row->email != NULL)
    tb_test_exec (store, "UPDATE client SET email = 'a@example.com' WHERE key = 'C1'");
  return store;
}

static void
add_lines (TbInvoice *invoice, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      TbInvoiceLine *line = tb_invoice_line_new ();
      g_auto (GStrv) parts = g_strsplit (words[i], ":", 2);

      line->kind = TB_LINE_FEE;
      line->prepaid = g_str_has_suffix (parts[1], "*");
      parts[1][strcspn (parts[1], "*")] = '\0';
      line->service = g_strdup (parts[0]);
      line->description = g_strdup ("Calls");
      g_assert_true (tb_decimal_parse (parts[1], -1, TB_AMOUNT_SCALE, &line->amount, NULL));
      line->period = invoice->period;
      line->tax = g_strdup ("HST");
      line->tax_percent = 13 * TB_DECIMAL_ONE;
      line->tax_category = g_strdup ("S");
      g_ptr_array_add (invoice->lines, line);
    }
}

static guint32
add_bill (TbStore *store, int month, const char *lines)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();
  g_autoptr (GError) error = NULL;

  invoice->client_id = 1;
  tb_set_str (&invoice->client, "C1");
  g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
  invoice->year = 2026;
  invoice->month = month;
  tb_set_str (&invoice->time_zone, "UTC");
  add_lines (invoice, lines);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  g_assert_true (tb_invoice_store_save_draft (store, invoice, NULL));
  tb_invoice_store_approve (store, invoice, "INV-{number:5}", NOW, DAY_ISSUED, &error);
  g_assert_no_error (error);
  return invoice->id;
}

static char *
say_plan (const TbWhmcsPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->items->len; i++)
    {
      const TbWhmcsPlanItem *item = plan->items->pdata[i];
      g_autofree char *amount = tb_money_to_string (item->posting->amount), *difference = tb_money_to_string (item->difference);

      g_string_append_printf (text, "%s%s %s %s %s%s", i > 0 ? ", " : "", tb_posting_kind_to_string (item->posting->kind),
                              *item->posting->part != '\0' ? item->posting->part : "-", amount, difference, item->blocked != NULL ? "!" : "");
    }
  return g_strdup (text->str);
}

/* As far as the ledger knows it is there. */
static void
pretend_sent (TbStore *store)
{
  g_autoptr (GPtrArray) all = tb_posting_store_list (store, NULL, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      TbPosting *posting = all->pdata[i];

      if (posting->place.state == TB_POSTING_DONE)
        continue;
      posting->place.state = TB_POSTING_DONE;
      posting->remote_id = posting->kind == TB_POSTING_INVOICE ? 900 + i : 0;
      g_assert_true (tb_posting_store_move (store, posting, "Sent.", NOW, NULL));
    }
}

static void
set_since (TbStore *store, TbDay since)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE whmcs_settings SET since = %d", since);

  if (since > 0)
    tb_test_exec (store, sql);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (TbStore) store = books_new (row);
      g_autoptr (TbWhmcsPlan) plan = NULL, booked = NULL, again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *found = NULL;
      guint32 id = 0;

      g_test_message ("%s", row->reason);
      if (row->before != NULL)
        add_bill (store, 9, row->before);
      if (row->bill != NULL)
        id = add_bill (store, 10, row->bill);
      if (row->void_after)
        {
          tb_whmcs_plan_free (tb_whmcs_plan_book (store, NULL, NOW, &error));
          pretend_sent (store);
          g_assert_true (tb_invoice_store_void (store, id, NULL));
        }
      set_since (store, row->since);
      plan = tb_whmcs_plan_new (store, NULL, &error);
      g_assert_no_error (error);
      found = say_plan (plan);
      if (row->before != NULL) /* both are new; the month before stands on its own */
        g_assert_nonnull (strstr (found, "invoice - 113.00 11.30"));
      else
        g_assert_cmpstr (found, ==, row->expected);

      /* a plan changes nothing; booked it is in the ledger, once */
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting WHERE state = 0"), ==, 0);
      booked = tb_whmcs_plan_book (store, NULL, NOW, &error);
      g_assert_no_error (error);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting WHERE state = 0"), ==, booked->items->len - booked->n_blocked);
      again = tb_whmcs_plan_book (store, NULL, NOW, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (again->items->len, ==, booked->items->len);
      g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting WHERE state = 0"), ==, booked->items->len - booked->n_blocked);
      tb_test_assert_sound (store);
    }
}

/* ---- payments of C1, whose bill is at WHMCS ---- */

/* Words: "sent" = what is planned is booked and, as far as the ledger knows, done; "pay:120", "pay:120@none" on account, "back:20" of the first one,
 * "allocate" the first one ("allocate2" the second), "draft" there, "cancelled" there, "credit:50" applied there, "theirs:10" came from WHMCS. */
static const struct
{
  const char *reason, *per, *bill, *words, *expected;
} payments[] = {
  { "the bill is not there yet", NULL, "S1:100", "pay:113", "invoice - 113.00 113.00" },
  { "paid", NULL, "S1:100", "sent pay:113", "payment payment 1 113.00 0.00" },
  { "told once", NULL, "S1:100", "sent pay:113 sent", "" },
  { "in part, and again", NULL, "S1:100", "sent pay:50 sent pay:63", "payment payment 2 63.00 0.00" },
  { "too much is credit", NULL, "S1:100", "sent pay:150", "payment payment 1 113.00 0.00, payment payment 1 37.00 0.00" },
  { "over what the bill is there", "service", "S1:100 S9:10", "sent pay:120", "payment payment 1 S1 113.00 0.00, payment payment 1 S9 7.00 0.00" },
  { "the rest of that", "service", "S1:100 S9:10", "sent pay:120 sent pay:4.30", "payment payment 2 S9 4.30 0.00" },
  { "taken back before it was told", NULL, "S1:100", "sent pay:113 back:20", "payment payment 1 93.00 0.00" },
  { "all of it", NULL, "S1:100", "sent pay:113 back:113", "" },
  { "after it was told", NULL, "S1:100", "sent pay:113 sent back:20", "payment payment 1/2 -20.00 0.00" },
  { "from the parts that it paid, the last one's rest", "service", "S1:100 S9:10", "sent pay:120 sent back:10",
    "payment payment 1/2 S1 -10.00 0.00" },
  { "taken back of what is credit", NULL, "S1:100", "sent pay:150 sent back:30", "credit payment 1/2 -30.00 0.00" },
  { "on account, and put on the bill once it is credit", NULL, "S1:100", "sent pay:50@none sent allocate", "payment payment 1 50.00 0.00" },
  { "applied once", NULL, "S1:100", "sent pay:50@none sent allocate sent", "" },
  { "unless people applied it there", NULL, "S1:100", "sent pay:50@none sent allocate credit:50", "" },
  { "another one on account, which is not what was applied before", NULL, "S1:100", "sent pay:50@none sent allocate1 sent credit:50 pay:40@none sent allocate2",
    "payment payment 2 40.00 0.00" },
  { "on account, beside what was paid in advance, which is applied there", NULL, "S1:100 S1:20*", "sent credit:22.60 pay:20@none sent allocate1", "payment payment 1 20.00 0.00" },
  { "on account, and put on the bill before", NULL, "S1:100", "sent pay:50@none allocate", "payment payment 1 50.00 0.00" },
  { "a draft there", NULL, "S1:100", "sent draft pay:50", "payment payment 1 50.00 0.00!" },
  { "cancelled there, so it is credit", NULL, "S1:100", "sent cancelled pay:50", "payment payment 1 50.00 0.00" },
  { "paid, and cancelled there", NULL, "S1:100", "sent pay:50 cancelled", "payment payment 1 50.00 0.00!" },
  { "it came from there", NULL, "S1:100", "sent theirs:50", "" },
  { "and was taken back here", NULL, "S1:100", "sent theirs:50 back:20", "payment payment 1 -20.00 0.00" },
};

static void
send_all (TbStore *store)
{
  tb_whmcs_plan_free (tb_whmcs_plan_book (store, NULL, NOW, NULL));
  pretend_sent (store);
}

static void
be_there (TbStore *store, guint32 id, TbPaymentState state, TbAmount credit)
{
  const TbPaymentStatus status = { .invoice_id = id, .state = state, .total = 113 * TB_AMOUNT_ONE, .paid = credit, .credit = credit };

  g_assert_true (tb_payment_status_store_save (store, &status, NOW, NULL));
}

static TbAmount
value_of (const char *word)
{
  const char *colon = strchr (word, ':');
  TbAmount amount = 0;

  g_assert_true (colon == NULL || tb_decimal_parse (colon + 1, (gssize) strcspn (colon + 1, "@"), TB_AMOUNT_SCALE, &amount, NULL));
  return amount;
}

static void
do_word (TbStore *store, guint32 id, const char *word)
{
  g_autoptr (GPtrArray) none = g_str_has_suffix (word, "@none") ? tb_payments_parse_wanted ("", NULL) : NULL;
  const TbPaymentOrder order = { .client = "C1", .amount = value_of (word), .day = (TbDay) (NOW / 86400), .wanted = none };
  const TbReversalOrder back = { .kind = TB_PAYMENT_RETURN, .amount = value_of (word), .day = (TbDay) (NOW / 86400) };
  g_autoptr (TbPayment) payment = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (word, "sent"))
    send_all (store);
  else if (g_str_has_prefix (word, "pay:"))
    payment = tb_payments_record (store, &order, NOW, &error);
  else if (g_str_has_prefix (word, "back:"))
    payment = tb_payments_reverse (store, 1, &back, NOW, &error);
  else if (g_str_has_prefix (word, "allocate"))
    payment = tb_payments_allocate (store, g_str_has_suffix (word, "2") ? 2 : 1, NULL, FALSE, NOW, &error);
  else if (g_str_has_prefix (word, "theirs:"))
    {
      g_autoptr (TbMirrorPayment) row = tb_mirror_payment_new ();

      row->id = 77;
      row->amount_in = value_of (word);
      payment = tb_payments_take_over (store, row, "C1", id, NOW, &error);
    }
  else
    be_there (store, id, g_str_equal (word, "draft") ? TB_PAYMENT_DRAFT : g_str_equal (word, "cancelled") ? TB_PAYMENT_CANCELLED : TB_PAYMENT_PARTLY,
              value_of (word));
  g_assert_no_error (error);
}

static void
test_payments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payments); i++)
    {
      const Row row = { .per = payments[i].per, .whmcs_id = "7" };
      g_autoptr (TbStore) store = books_new (&row);
      g_auto (GStrv) words = g_strsplit (payments[i].words, " ", -1);
      guint32 id = add_bill (store, 10, payments[i].bill);
      g_autoptr (TbWhmcsPlan) plan = NULL;
      g_autofree char *found = NULL;

      g_test_message ("%s", payments[i].reason);
      for (guint n = 0; words[n] != NULL; n++)
        do_word (store, id, words[n]);
      plan = tb_whmcs_plan_new (store, NULL, NULL);
      found = say_plan (plan);
      g_assert_cmpstr (found, ==, payments[i].expected);
      tb_whmcs_plan_free (tb_whmcs_plan_book (store, NULL, NOW, NULL));
      tb_test_assert_sound (store);
    }
}

/* What WHMCS said of the client when it was last read. */
static void
test_remote (void)
{
  static const struct
  {
    const char *reason, *status, *currency, *expected;
  } seen[] = {
    { "as it should be", "Active", "CAD", "invoice - 113.00 113.00" },
    { "not active is not closed", "Inactive", "CAD", "invoice - 113.00 113.00" },
    { "closed", "Closed", "CAD", "invoice - 113.00 113.00!" },
    { "another currency", "Active", "USD", "invoice - 113.00 113.00!" },
  };
  const Row row = { "", NULL, NULL, NULL, NULL, NULL, "7", NULL, FALSE, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      g_autoptr (TbStore) store = books_new (&row);
      g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_mirror_client_free);
      TbMirrorClient *client = tb_mirror_client_new ();
      g_autoptr (TbRemotePull) pull = tb_remote_store_begin (store, "https://billing.example.com/", TRUE, NOW, 0, NULL);
      g_autoptr (TbWhmcsPlan) plan = NULL;
      g_autofree char *found = NULL;

      g_test_message ("%s", seen[i].reason);
      client->id = 7;
      tb_set_str (&client->status, seen[i].status);
      tb_set_str (&client->currency, seen[i].currency);
      g_ptr_array_add (values, client);
      g_assert_true (tb_remote_store_save (store, &tb_mirror_client_noun, TB_REMOTE_WHOLE, values, pull->id, NOW, NULL, NULL));
      add_bill (store, 10, "S1:100");
      plan = tb_whmcs_plan_new (store, NULL, NULL);
      found = say_plan (plan);
      g_assert_cmpstr (found, ==, seen[i].expected);
    }
}

/* One part is at WHMCS, the other was voided before it was sent: the one is cancelled, and nothing is in the way of that. */
static void
test_void_part (void)
{
  const Row row = { "", NULL, "service", NULL, NULL, NULL, "7", NULL, FALSE, NULL };
  g_autoptr (TbStore) store = books_new (&row);
  guint32 id = add_bill (store, 10, "S1:100 S9:10");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbWhmcsPlan) plan = tb_whmcs_plan_book (store, NULL, NOW, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      found = say_plan (plan);
      g_assert_cmpstr (found, ==, i == 0 ? "invoice S1 113.00 113.00, invoice S9 11.30 11.30" : "cancel S1 -113.00 0.00");
      if (i > 0)
        continue;
      tb_test_exec (store, "UPDATE posting SET state = 3, remote_id = CASE WHEN part = 'S1' THEN 900 END"); /* done; that of S9 is nothing */
      g_assert_true (tb_invoice_store_void (store, id, NULL));
    }
  tb_test_exec (store, "UPDATE posting SET remote_id = 901 WHERE part = 'S9'"); /* found there after all */
  tb_whmcs_plan_free (tb_whmcs_plan_book (store, NULL, NOW, NULL));
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting WHERE kind = 3"), ==, 2);
}

/* Outliers first, what cannot go last. */
static void
test_order (void)
{
  const Row row = { "", NULL, NULL, NULL, NULL, NULL, "7", NULL, FALSE, NULL };
  g_autoptr (TbStore) store = books_new (&row);
  g_autoptr (TbWhmcsPlan) plan = NULL;

  add_bill (store, 6, "S1:10");
  add_bill (store, 7, "S1:500");
  add_bill (store, 8, "S1:490");
  plan = tb_whmcs_plan_new (store, NULL, NULL);
  g_assert_cmpint (((TbWhmcsPlanItem *) plan->items->pdata[0])->posting->amount.amount, ==, 565 * TB_AMOUNT_ONE);
  for (guint i = 1; i < plan->items->len; i++)
    g_assert_cmpint (ABS (((TbWhmcsPlanItem *) plan->items->pdata[i - 1])->difference.amount), >=, ABS (((TbWhmcsPlanItem *) plan->items->pdata[i])->difference.amount));
}

/* What was posted from books that were restored since has the same marker again; another document under the same number has another. */
static void
test_markers (void)
{
  const Row row = { "", NULL, NULL, NULL, NULL, NULL, "7", NULL, FALSE, NULL };
  g_autofree char *first = NULL, *other = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TbStore) store = books_new (&row);
      g_autoptr (TbWhmcsPlan) plan = NULL;
      const char *marker;

      tb_test_exec (store, "INSERT INTO setting (name, value) VALUES ('whmcs_site', 'ABCDEF')");
      add_bill (store, 10, i < 2 ? "S1:100" : "S1:101");
      plan = tb_whmcs_plan_book (store, NULL, NOW + i, NULL);
      marker = ((TbWhmcsPlanItem *) plan->items->pdata[0])->posting->marker;
      if (i == 0)
        first = g_strdup (marker);
      else
        g_assert_cmpint (g_str_equal (first, marker), ==, i == 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/whmcs-plan/payments", test_payments);
  g_test_add_func ("/whmcs-plan/rows", test_rows);
  g_test_add_func ("/whmcs-plan/remote", test_remote);
  g_test_add_func ("/whmcs-plan/void-part", test_void_part);
  g_test_add_func ("/whmcs-plan/order", test_order);
  g_test_add_func ("/whmcs-plan/markers", test_markers);
  return test_run_in_folder ();
}
