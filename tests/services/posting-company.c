/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "posting-company.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-fault-vfs.h"
#include "tb-invoice-store.h"
#include "tb-payments.h"
#include "tb-posting-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define MOST_RUNS 600

/* ---- the plan ---- */

guint
range_count (ClientRange self)
{
  return self.to < self.from ? 0 : self.to - self.from + 1;
}

static gboolean
is_in (ClientRange self, guint n)
{
  return self.from <= n && n <= self.to;
}

static guint
count_both (ClientRange one, ClientRange other)
{
  const ClientRange both = { MAX (one.from, other.from), MIN (one.to, other.to) };

  return range_count (one) == 0 || range_count (other) == 0 ? 0 : range_count (both);
}

guint
company_plan_count_invoices (const CompanyPlan *self)
{
  return self->known * self->bills + self->fresh * self->bills_of_fresh + range_count (self->drafts);
}

/* What is paid too much is a second one, into the credit, and so is its way back. */
guint
company_plan_count_payments (const CompanyPlan *self)
{
  return 2 * range_count (self->ahead) + range_count (self->in_part) + range_count (self->in_full) + 2 * range_count (self->in_excess)
         + range_count (self->back) + count_both (self->back, self->in_excess);
}

guint
company_plan_count_postings (const CompanyPlan *self)
{
  return company_plan_count_invoices (self) + self->fresh + range_count (self->notes) + range_count (self->voided) + company_plan_count_payments (self)
         + range_count (self->drafts);
}

/* ---- the books ---- */

static char *
client_key (guint n)
{
  return g_strdup_printf ("K%03u", n);
}

static void
add_clients (TbStore *store, const CompanyPlan *plan)
{
  g_autoptr (TbSetup) setup = tb_test_company_new ();

  setup->whmcs = tb_whmcs_settings_new ();
  g_ptr_array_set_size (setup->clients, 0);
  g_ptr_array_set_size (setup->services, 0);
  for (guint n = 1; n <= plan->known + plan->fresh; n++)
    {
      TbClient *client = tb_client_new ();

      client->key = client_key (n);
      client->name = g_strdup_printf ("Client %u & Sons", n);
      client->email = g_strdup_printf ("ap%u@example.com", n);
      tb_currency_parse ("CAD", &client->currency, NULL);
      client->whmcs_id = n <= plan->known ? n : 0;
      client->low_balance = TB_DECIMAL_NONE;
      g_ptr_array_add (setup->clients, client);
    }
  tb_test_apply (store, setup);
}

static void
add_line (TbInvoice *invoice, guint n, guint line, TbAmount amount, gboolean prepaid)
{
  TbInvoiceLine *fee = tb_invoice_line_new ();

  fee->kind = TB_LINE_FEE;
  fee->description = g_strdup_printf ("Item %u of %u", line / 2, n); /* in pairs that are told apart by nothing but their amounts, if by these */
  fee->amount = amount;
  fee->period = invoice->period;
  fee->tax = g_strdup ("HST");
  fee->tax_percent = 13 * TB_DECIMAL_ONE;
  fee->tax_category = g_strdup ("S");
  fee->prepaid = prepaid;
  g_ptr_array_add (invoice->lines, fee);
}

static void
add_invoice (TbStore *store, const CompanyPlan *plan, const TbClient *client, guint n, int month, TbInvoiceKind kind)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();
  g_autoptr (GError) error = NULL;
  guint n_lines = month == 1 && is_in (plan->lengthy, n) ? COMPANY_LINES : 1 + (n + (guint) month) % 4;

  invoice->kind = kind;
  invoice->client_id = client->id;
  tb_set_str (&invoice->client, client->key);
  invoice->currency = client->currency;
  invoice->period = (TbPeriod){ tb_day_from_ymd (2026, month, 1), tb_day_from_ymd (2026, month + 1, 1) };
  invoice->year = 2026;
  invoice->month = month;
  invoice->due_days = 14;
  tb_set_str (&invoice->time_zone, "UTC");
  for (guint line = 0; line < n_lines; line++)
    add_line (invoice, n, line, (kind == TB_INVOICE_CREDIT_NOTE ? -1 : 1) * (TB_AMOUNT_ONE / 100) * (1001 + n * 7 + line / 3),
              line == 0 && ((month == 1 && is_in (plan->prepaid, n)) || (month == 6 && is_in (plan->drafts, n))));
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  tb_invoice_store_save_draft (store, invoice, &error);
  g_assert_no_error (error);
  tb_invoice_store_approve (store, invoice, kind == TB_INVOICE_BILL ? "INV-{number:5}" : "CN-{number:5}", COMPANY_NOW, tb_day_from_ymd (2026, 10, 31), &error);
  g_assert_no_error (error);
}

/* Recorded before anybody knows of the invoices, and told once they are there. */
static void
pay (TbStore *store, const CompanyPlan *plan, guint n)
{
  g_autofree char *key = client_key (n);
  g_autoptr (TbAccount) account = tb_payments_read_account (store, key, TB_CURRENCY_NONE, NULL);
  const TbOpenItem *first = account->items->pdata[0];
  g_autoptr (GPtrArray) wanted = tb_payments_parse_wanted (first->number, NULL);
  const TbPaymentOrder order = { .client = key, .day = (TbDay) (COMPANY_NOW / 86400), .reference = "PAY", .wanted = wanted,
                                 .amount = is_in (plan->in_part, n) ? COMPANY_PART : is_in (plan->in_full, n) ? first->open : first->open + COMPANY_PART };
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPayment) payment = tb_payments_record (store, &order, COMPANY_NOW, &error);

  g_assert_no_error (error);
}

static void
pay_ahead (TbStore *store, guint n)
{
  g_autofree char *key = client_key (n);
  g_autoptr (GPtrArray) none = tb_payments_parse_wanted ("", NULL);
  const TbPaymentOrder order = { .client = key, .day = (TbDay) (COMPANY_NOW / 86400), .amount = COMPANY_AHEAD, .wanted = none };
  g_autoptr (TbPayment) payment = tb_payments_record (store, &order, COMPANY_NOW, NULL);

  g_assert_nonnull (payment);
}

void
company_make_books (const CompanyPlan *plan, const char *path)
{
  g_autoptr (TbStore) store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = NULL;
  g_autofree char *site = NULL;

  add_clients (store, plan);
  setup = tb_setup_store_load (store, TB_SETUP_HEADS, NULL);
  g_assert_true (tb_store_begin (store, NULL));
  for (guint n = 1; n <= plan->known + plan->fresh; n++)
    {
      g_autofree char *key = client_key (n);
      const TbClient *client = tb_setup_find_client (setup, key);

      for (int month = 1; month <= (int) (n <= plan->known ? plan->bills : plan->bills_of_fresh); month++)
        add_invoice (store, plan, client, n, month, TB_INVOICE_BILL);
      if (is_in (plan->notes, n))
        add_invoice (store, plan, client, n, 6, TB_INVOICE_CREDIT_NOTE);
    }
  for (guint n = 1; n <= plan->known; n++)
    {
      if (is_in (plan->in_part, n) || is_in (plan->in_full, n) || is_in (plan->in_excess, n))
        pay (store, plan, n);
      if (is_in (plan->ahead, n))
        pay_ahead (store, n);
    }
  g_assert_true (tb_store_commit (store, NULL));
  site = tb_posting_store_dup_site (store, NULL); /* so that markers are the same in all worlds */
}

/* ---- two workstations ---- */

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (from, &data, &len, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) len, NULL));
}

static void
forget_books (Company *self)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  g_clear_pointer (&self->store, tb_store_close);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->books, endings[i], NULL);

      g_unlink (path);
    }
}

static void
open_books (Company *self)
{
  g_autoptr (GError) error = NULL;

  self->store = tb_store_open (self->books, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
}

void
company_open (Company *self, const CompanyPlan *plan, const char *base_books)
{
  self->plan = plan;
  self->books = test_path ("books");
  self->link = test_path ("link");
  copy_file (base_books, self->books);
  g_assert_cmpint (symlink (self->books, self->link), ==, 0);
  open_books (self);
}

void
company_close (Company *self)
{
  g_unlink (self->link);
  forget_books (self);
  g_clear_pointer (&self->books, g_free);
  g_clear_pointer (&self->link, g_free);
}

void
company_revive (Company *self)
{
  tb_store_close (g_steal_pointer (&self->store));
  tb_fault_vfs_set (TB_FAULT_NONE, 0);
  open_books (self);
}

void
company_die (guint n)
{
  tb_fault_vfs_set (TB_FAULT_BROKEN, n);
}

void
company_post_elsewhere (Company *self, gboolean over, TbJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_open (self->link, TB_DB_READ_WRITE, &error);
  const TbPushTerms terms = { store, NULL, self->port, self->clock, NULL, "b", "home" };
  g_autoptr (TbPushResult) result = NULL;

  g_assert_no_error (error);
  result = tb_whmcs_push (&terms, job, &error);
  if (!over)
    g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
  else if (error != NULL)
    g_assert_false (g_error_matches (error, TB_ERROR, TB_ERROR_CONFLICT));
}

static gboolean
is_finished (Company *self)
{
  const TbPostingFilter open = { -1, TRUE, NULL, 0 };
  g_autoptr (GPtrArray) left = tb_posting_store_list (self->store, &open, NULL);

  return left->len == 0;
}

void
company_post_all (Company *self)
{
  gboolean planned = FALSE;

  while (!planned || !is_finished (self))
    {
      g_autofree char *holder = g_strdup_printf ("a%u", self->runs);
      const TbPushTerms terms = { self->store, NULL, self->port, self->clock, NULL, holder, "office" };
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPushResult) result = tb_whmcs_push (&terms, NULL, &error);

      if (++self->runs > MOST_RUNS)
        g_error ("there is no end to it: %s", error != NULL ? error->message : result->troubles->len > 0 ? (char *) result->troubles->pdata[0] : "nothing is wrong");
      planned = result != NULL;
      self->conflicts += g_error_matches (error, TB_ERROR, TB_ERROR_CONFLICT);
      if (g_error_matches (error, TB_ERROR, TB_ERROR_STORAGE))
        {
          self->deaths++;
          company_revive (self);
        }
      else
        tb_fault_vfs_set (TB_FAULT_NONE, 0);
      self->pass (7, self->data);
    }
}

/* ---- what happens meanwhile ---- */

void
company_void_some (Company *self)
{
  g_assert_true (tb_store_begin (self->store, NULL));
  for (guint n = self->plan->voided.from; n <= self->plan->voided.to; n++)
    {
      g_autofree char *key = client_key (n);
      g_autoptr (GPtrArray) invoices = tb_invoice_store_list (self->store, key, NULL);

      g_assert_true (tb_invoice_store_void (self->store, ((TbInvoice *) invoices->pdata[1])->id, NULL));
    }
  g_assert_true (tb_store_commit (self->store, NULL));
}

void
company_move_some (Company *self)
{
  g_assert_true (tb_store_begin (self->store, NULL));
  for (guint n = self->plan->ahead.from; n <= self->plan->ahead.to; n++)
    {
      g_autofree char *key = client_key (n);
      const TbPaymentFilter its = { .client = key };
      g_autoptr (GPtrArray) payments = tb_payment_store_list (self->store, &its, NULL);
      g_autoptr (TbPayment) put = tb_payments_allocate (self->store, ((TbPayment *) payments->pdata[0])->id, NULL, FALSE, COMPANY_NOW, NULL);

      g_assert_nonnull (put);
    }
  for (guint n = self->plan->back.from; n <= self->plan->back.to; n++)
    {
      g_autofree char *key = client_key (n);
      const TbPaymentFilter its = { .client = key };
      const TbReversalOrder order = { .kind = TB_PAYMENT_RETURN, .day = (TbDay) (COMPANY_NOW / 86400) };
      g_autoptr (GPtrArray) payments = tb_payment_store_list (self->store, &its, NULL);
      g_autoptr (TbPayment) back = tb_payments_reverse (self->store, ((TbPayment *) payments->pdata[0])->id, &order, COMPANY_NOW, NULL);

      g_assert_nonnull (back);
    }
  g_assert_true (tb_store_commit (self->store, NULL));
}

void
company_leave_drafts (Company *self)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (self->store, TB_SETUP_HEADS, NULL);

  g_assert_true (tb_store_begin (self->store, NULL));
  tb_test_exec (self->store, "UPDATE whmcs_settings SET post = 'drafts'");
  for (guint n = self->plan->drafts.from; n <= self->plan->drafts.to; n++)
    {
      g_autofree char *key = client_key (n);

      add_invoice (self->store, self->plan, tb_setup_find_client (setup, key), n, 6, TB_INVOICE_BILL);
    }
  g_assert_true (tb_store_commit (self->store, NULL));
}

void
company_assert_done (Company *self)
{
  guint64 counts[TB_POSTING_PARKED + 1];
  guint all_of_them = company_plan_count_postings (self->plan);

  g_assert_true (tb_posting_store_count (self->store, counts, NULL));
  if (counts[TB_POSTING_DONE] != all_of_them)
    {
      g_autoptr (GPtrArray) all = tb_posting_store_list (self->store, NULL, NULL);

      for (guint i = 0; i < all->len; i++)
        {
          const TbPosting *posting = all->pdata[i];

          if (posting->place.state != TB_POSTING_DONE)
            g_test_message ("%u %s: %s: %s", posting->id, posting->client, tb_posting_state_to_string (posting->place.state), posting->message);
        }
    }
  g_assert_cmpuint (counts[TB_POSTING_PARKED], ==, 0);
  g_assert_cmpuint (counts[TB_POSTING_FAILED], ==, 0);
  g_assert_cmpuint (counts[TB_POSTING_DONE], ==, all_of_them);
  g_assert_cmpint (tb_test_query_int (self->store, "SELECT count(*) FROM client WHERE whmcs_id = 0 AND key LIKE 'K%'"), ==, 0);
  tb_test_assert_sound (self->store);
}
