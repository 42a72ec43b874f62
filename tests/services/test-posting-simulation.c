/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "posting-world.h"
#include "tb-error.h"
#include "tb-fault-vfs.h"
#include "tb-invoice-store.h"
#include "tb-payments.h"
#include "tb-posting-store.h"
#include "tb-remote-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

/* A thousand things are posted in a world where everything goes wrong that can, and in the end WHMCS holds exactly what it holds where nothing does:
 * each invoice once, whole and published, each credit once, each client once, nothing parked, nothing refused. TOLLBOOK_SIMULATE_SEEDS says how many
 * worlds, TOLLBOOK_SIMULATE_FIRST the first one's number. */

#define KNOWN 180 /* clients that WHMCS has */
#define NEW 20
#define BILLS 5
#define BILLS_OF_NEW 2
#define NOTES 20       /* of the first clients */
#define PREPAID_FROM 21
#define PREPAID_TO 40  /* whose first bill was paid in advance in part */
#define LONG_FROM 41
#define LONG_TO 43     /* whose first bill has more lines than one request takes */
#define VOID_FROM 100
#define VOID_TO 119    /* whose second bill is voided after it was posted */
#define PAID_FROM 50
#define PAID_TO 79     /* whose first bill is paid here, that of the first ten in part, of the last ten by too much */
#define OVER_FROM 70
#define BACK_FROM 65
#define BACK_TO 74     /* whose payment comes back after it was told */
#define AHEAD_FROM 85
#define AHEAD_TO 94    /* who pay on account, which is put on their first bill once it was told */
#define AHEAD (AHEAD_TO - AHEAD_FROM + 1)
#define DRAFTS_FROM 121
#define DRAFTS_TO 140  /* whose sixth bill, paid in advance in part, is left as a draft and published by staff */
#define DRAFTS (DRAFTS_TO - DRAFTS_FROM + 1)
#define PAYMENTS (2 * AHEAD + PAID_TO - PAID_FROM + 1 + PAID_TO - OVER_FROM + 1 + BACK_TO - BACK_FROM + 1 + BACK_TO - OVER_FROM + 1)
#define POSTINGS (KNOWN * BILLS + NEW * BILLS_OF_NEW + NEW + NOTES + VOID_TO - VOID_FROM + 1 + PAYMENTS + 2 * DRAFTS)
#define NOW G_GINT64_CONSTANT (1793400000)
#define MOST_RUNS 600

static char *base_books;
static char *calm_world;

/* ---- the books ---- */

static char *
client_key (guint n)
{
  return g_strdup_printf ("K%03u", n);
}

static void
add_clients (TbStore *store)
{
  g_autoptr (TbSetup) setup = tb_test_company_new ();

  setup->whmcs = tb_whmcs_settings_new ();
  g_ptr_array_set_size (setup->clients, 0);
  g_ptr_array_set_size (setup->services, 0);
  for (guint n = 1; n <= KNOWN + NEW; n++)
    {
      TbClient *client = tb_client_new ();

      client->key = client_key (n);
      client->name = g_strdup_printf ("Client %u & Sons", n);
      client->email = g_strdup_printf ("ap%u@example.com", n);
      tb_currency_parse ("CAD", &client->currency, NULL);
      client->whmcs_id = n <= KNOWN ? n : 0;
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
add_invoice (TbStore *store, const TbClient *client, guint n, int month, TbInvoiceKind kind)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();
  g_autoptr (GError) error = NULL;
  guint n_lines = month == 1 && n >= LONG_FROM && n <= LONG_TO ? 450 : 1 + (n + (guint) month) % 4;

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
              line == 0 && ((month == 1 && n >= PREPAID_FROM && n <= PREPAID_TO) || (month == 6 && n >= DRAFTS_FROM && n <= DRAFTS_TO)));
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  tb_invoice_store_save_draft (store, invoice, &error);
  g_assert_no_error (error);
  tb_invoice_store_approve (store, invoice, kind == TB_INVOICE_BILL ? "INV-{number:5}" : "CN-{number:5}", NOW, tb_day_from_ymd (2026, 10, 31), &error);
  g_assert_no_error (error);
}

/* Recorded before anybody knows of the invoices, and told once they are there. */
static void
pay (TbStore *store, guint n)
{
  g_autofree char *key = client_key (n);
  g_autoptr (TbAccount) account = tb_payments_read_account (store, key, TB_CURRENCY_NONE, NULL);
  const TbOpenItem *first = account->items->pdata[0];
  g_autoptr (GPtrArray) wanted = tb_payments_parse_wanted (first->number, NULL);
  TbAmount part = 10 * TB_AMOUNT_ONE;
  const TbPaymentOrder order = { .client = key, .day = (TbDay) (NOW / 86400), .reference = "PAY", .wanted = wanted,
                                 .amount = n < PAID_FROM + 10 ? part : n < OVER_FROM ? first->open : first->open + part };
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPayment) payment = tb_payments_record (store, &order, NOW, &error);

  g_assert_no_error (error);
}

static void
pay_ahead (TbStore *store, guint n)
{
  g_autofree char *key = client_key (n);
  g_autoptr (GPtrArray) none = tb_payments_parse_wanted ("", NULL);
  const TbPaymentOrder order = { .client = key, .day = (TbDay) (NOW / 86400), .amount = TB_AMOUNT_ONE / 100 * 101, .wanted = none };
  g_autoptr (TbPayment) payment = tb_payments_record (store, &order, NOW, NULL);

  g_assert_nonnull (payment);
}

static void
make_base_books (void)
{
  g_autoptr (TbStore) store = tb_test_books_new (base_books);
  g_autoptr (TbSetup) setup = NULL;
  g_autofree char *site = NULL;

  add_clients (store);
  setup = tb_setup_store_load (store, TB_SETUP_HEADS, NULL);
  g_assert_true (tb_store_begin (store, NULL));
  for (guint n = 1; n <= KNOWN + NEW; n++)
    {
      g_autofree char *key = client_key (n);
      const TbClient *client = tb_setup_find_client (setup, key);

      for (int month = 1; month <= (n <= KNOWN ? BILLS : BILLS_OF_NEW); month++)
        add_invoice (store, client, n, month, TB_INVOICE_BILL);
      if (n <= NOTES)
        add_invoice (store, client, n, 6, TB_INVOICE_CREDIT_NOTE);
    }
  for (guint n = PAID_FROM; n <= PAID_TO; n++)
    pay (store, n);
  for (guint n = AHEAD_FROM; n <= AHEAD_TO; n++)
    pay_ahead (store, n);
  g_assert_true (tb_store_commit (store, NULL));
  site = tb_posting_store_dup_site (store, NULL); /* so that markers are the same in all worlds */
}

/* ---- a company with two workstations on the same books ---- */

typedef struct
{
  World *world;
  char *books, *link; /* the same file; by another name it has another lock, as on another computer */
  TbStore *store;
  guint runs, deaths, conflicts;
} Company;

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

static void
die_cb (guint n, gpointer data)
{
  tb_fault_vfs_set (TB_FAULT_BROKEN, n); /* nothing that it writes from now on reaches the disk */
}

/* Another workstation. As long as the first one's lease holds it is refused; when it is over it takes what the first one had. */
static void
other_cb (gboolean over, TbJob *job, gpointer data)
{
  Company *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_open (self->link, TB_DB_READ_WRITE, &error);
  const TbPushTerms terms = { store, NULL, world_get_port (self->world), world_get_clock (self->world), NULL, "b", "home" };
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

/* One run after the other, by the clock or by a person, until nothing is left. */
static void
post_all (Company *self)
{
  gboolean planned = FALSE;

  while (!planned || !is_finished (self))
    {
      g_autofree char *holder = g_strdup_printf ("a%u", self->runs);
      const TbPushTerms terms = { self->store, NULL, world_get_port (self->world), world_get_clock (self->world), NULL, holder, "office" };
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPushResult) result = tb_whmcs_push (&terms, NULL, &error);

      if (++self->runs > MOST_RUNS)
        g_error ("there is no end to it");
      planned = result != NULL;
      self->conflicts += g_error_matches (error, TB_ERROR, TB_ERROR_CONFLICT);
      if (g_error_matches (error, TB_ERROR, TB_ERROR_STORAGE))
        {
          self->deaths++;
          tb_store_close (g_steal_pointer (&self->store));
          tb_fault_vfs_set (TB_FAULT_NONE, 0);
          open_books (self);
        }
      else
        tb_fault_vfs_set (TB_FAULT_NONE, 0);
      world_pass (self->world, 7);
    }
}

static void
void_some (Company *self)
{
  g_assert_true (tb_store_begin (self->store, NULL));
  for (guint n = VOID_FROM; n <= VOID_TO; n++)
    {
      g_autofree char *key = client_key (n);
      g_autoptr (GPtrArray) invoices = tb_invoice_store_list (self->store, key, NULL);

      g_assert_true (tb_invoice_store_void (self->store, ((TbInvoice *) invoices->pdata[1])->id, NULL));
    }
  g_assert_true (tb_store_commit (self->store, NULL));
}

static void
move_some (Company *self)
{
  g_assert_true (tb_store_begin (self->store, NULL));
  for (guint n = AHEAD_FROM; n <= AHEAD_TO; n++)
    {
      g_autofree char *key = client_key (n);
      const TbPaymentFilter its = { .client = key };
      g_autoptr (GPtrArray) payments = tb_payment_store_list (self->store, &its, NULL);
      g_autoptr (TbPayment) put = tb_payments_allocate (self->store, ((TbPayment *) payments->pdata[0])->id, NULL, FALSE, NOW, NULL);

      g_assert_nonnull (put);
    }
  for (guint n = BACK_FROM; n <= BACK_TO; n++)
    {
      g_autofree char *key = client_key (n);
      const TbPaymentFilter its = { .client = key };
      const TbReversalOrder order = { .kind = TB_PAYMENT_RETURN, .day = (TbDay) (NOW / 86400) };
      g_autoptr (GPtrArray) payments = tb_payment_store_list (self->store, &its, NULL);
      g_autoptr (TbPayment) back = tb_payments_reverse (self->store, ((TbPayment *) payments->pdata[0])->id, &order, NOW, NULL);

      g_assert_nonnull (back);
    }
  g_assert_true (tb_store_commit (self->store, NULL));
}

/* ---- drafts that staff publish ---- */

static void
leave_drafts (Company *self)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (self->store, TB_SETUP_HEADS, NULL);

  g_assert_true (tb_store_begin (self->store, NULL));
  tb_test_exec (self->store, "UPDATE whmcs_settings SET post = 'drafts'");
  for (guint n = DRAFTS_FROM; n <= DRAFTS_TO; n++)
    {
      g_autofree char *key = client_key (n);

      add_invoice (self->store, tb_setup_find_client (setup, key), n, 6, TB_INVOICE_BILL);
    }
  g_assert_true (tb_store_commit (self->store, NULL));
}

static void
see_published_cb (gint64 id, gint64 client, gpointer data)
{
  TbMirrorInvoice *seen = tb_mirror_invoice_new ();

  seen->id = id;
  seen->client = client;
  seen->status = g_strdup ("Unpaid");
  g_ptr_array_add (data, seen);
}

/* … which is seen when they are read the next time. */
static void
publish_drafts (Company *self)
{
  g_autoptr (GPtrArray) seen = tb_mirror_values_new (&tb_mirror_invoice_noun);
  g_autoptr (TbRemotePull) pull = tb_remote_store_begin (self->store, "https://billing.example.com/", FALSE, NOW, 0, NULL);

  world_publish_drafts (self->world, see_published_cb, seen);
  g_assert_cmpuint (seen->len, ==, DRAFTS);
  g_assert_true (tb_remote_store_save (self->store, &tb_mirror_invoice_noun, TB_REMOTE_WHOLE, seen, pull->id, NOW, NULL, NULL));
}

static void
assert_ledger (Company *self)
{
  guint64 counts[TB_POSTING_PARKED + 1];

  g_assert_true (tb_posting_store_count (self->store, counts, NULL));
  if (counts[TB_POSTING_DONE] != POSTINGS)
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
  g_assert_cmpuint (counts[TB_POSTING_DONE], ==, POSTINGS);
  g_assert_cmpint (tb_test_query_int (self->store, "SELECT count(*) FROM client WHERE whmcs_id = 0 AND key LIKE 'K%'"), ==, 0);
}

/* Subtotals and taxes of all invoices there, and what of credit is on them, are what the books say. */
static void
assert_sums (Company *self, const char *told)
{
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);
  TbAmount sum = 0, credit = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "invoice "))
      {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", 8);

        sum += g_ascii_strtoll (words[5], NULL, 10) + g_ascii_strtoll (words[6], NULL, 10);
        credit += g_ascii_strtoll (words[7], NULL, 10);
      }
  g_assert_cmpint (sum, ==, tb_test_query_int (self->store, "SELECT sum(total) FROM invoice WHERE kind = 0"));
  g_assert_cmpint (credit, ==, tb_test_query_int (self->store, "SELECT sum(paid) FROM invoice") + AHEAD * (TB_AMOUNT_ONE / 100) * 101);
}

/* What WHMCS holds in the end. */
static char *
simulate (guint32 seed, double trouble, gboolean check, guint faults[N_FAULTS])
{
  g_autoptr (World) world = world_new (seed, trouble);
  Company company = { .world = world };
  char *told;

  company.books = test_path ("books");
  company.link = test_path ("link");
  world_set_callbacks (world, die_cb, other_cb, &company);
  for (guint n = 1; n <= KNOWN; n++)
    {
      g_autofree char *email = g_strdup_printf ("ap%u@example.com", n);

      world_add_client (world, n, email, "CAD");
    }
  copy_file (base_books, company.books);
  g_assert_cmpint (symlink (company.books, company.link), ==, 0);
  open_books (&company);
  post_all (&company);
  void_some (&company);
  post_all (&company);
  move_some (&company);
  post_all (&company);
  leave_drafts (&company);
  post_all (&company);
  publish_drafts (&company);
  post_all (&company);
  assert_ledger (&company);
  if (check)
    tb_test_assert_sound (company.store);
  g_test_message ("world %u: %u runs, %u deaths, %u taken over", seed, company.runs, company.deaths, company.conflicts);
  for (guint i = 0; i < N_FAULTS; i++)
    faults[i] += world_count_faults (world, (Fault) i);
  told = world_tell (world);
  if (check)
    assert_sums (&company, told);
  g_unlink (company.link);
  forget_books (&company);
  g_free (company.books);
  g_free (company.link);
  return told;
}

static guint
number_from (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* ---- tests ---- */

static guint
count_lines (const char *beginning, const char *holding)
{
  g_auto (GStrv) lines = g_strsplit (calm_world, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], beginning) && strstr (lines[i], holding) != NULL;
  return n;
}

/* What the others are measured by is itself what the books say. */
static void
test_calm (void)
{
  guint faults[N_FAULTS] = { 0 };

  calm_world = simulate (0, 0, TRUE, faults);
  g_assert_cmpuint (count_lines ("invoice ", ""), ==, KNOWN * BILLS + NEW * BILLS_OF_NEW + DRAFTS);
  g_assert_cmpuint (count_lines ("invoice ", " Cancelled "), ==, VOID_TO - VOID_FROM + 1);
  g_assert_cmpuint (count_lines ("invoice ", " Paid "), ==, PAID_TO - PAID_FROM - 9);
  g_assert_cmpuint (count_lines ("invoice ", " Unpaid "), ==, KNOWN * BILLS + NEW * BILLS_OF_NEW + DRAFTS - (VOID_TO - VOID_FROM + 1) - (PAID_TO - PAID_FROM - 9));
  g_assert_cmpuint (count_lines ("payment ", " invoice "), ==, PAID_TO - PAID_FROM + 1 + BACK_TO - BACK_FROM + 1);
  g_assert_cmpuint (count_lines ("payment ", " credit "), ==, PAID_TO - OVER_FROM + 1 + AHEAD);
  g_assert_cmpuint (count_lines ("invoice ", " 1010000000 "), ==, AHEAD);
  g_assert_cmpuint (count_lines ("invoice ", " 450 lines "), ==, LONG_TO - LONG_FROM + 1);
  g_assert_cmpuint (count_lines ("credit ", ""), ==, NOTES + BACK_TO - OVER_FROM + 1);
  g_assert_cmpuint (count_lines ("client ", ""), ==, KNOWN + NEW);
  for (guint i = 0; i < N_FAULTS; i++)
    g_assert_cmpuint (faults[i], ==, 0);
}

static void
say_difference (const char *found)
{
  g_auto (GStrv) ours = g_strsplit (found, "\n", -1), theirs = g_strsplit (calm_world, "\n", -1);

  for (guint i = 0; ours[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) theirs, ours[i]))
      g_test_message ("only here: %s", ours[i]);
  for (guint i = 0; theirs[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) ours, theirs[i]))
      g_test_message ("missing: %s", theirs[i]);
}

static void
test_troubled (void)
{
  guint seeds = number_from ("TOLLBOOK_SIMULATE_SEEDS", SEEDS), first = number_from ("TOLLBOOK_SIMULATE_FIRST", 1), faults[N_FAULTS] = { 0 };

  for (guint n = 0; n < seeds; n++)
    {
      /* some worlds are worse than others */
      g_autofree char *found = simulate (first + n, n % 10 == 9 ? 0.3 : 0.05 + (n % 4) * 0.04, n % 20 == 0, faults);

      if (strcmp (found, calm_world) != 0)
        {
          g_test_message ("TOLLBOOK_SIMULATE_FIRST=%u", first + n);
          say_difference (found);
        }
      g_assert_true (strcmp (found, calm_world) == 0);
    }
  for (guint i = 0; i < N_FAULTS; i++)
    {
      g_test_message ("%s: %u", fault_names[i], faults[i]);
      g_assert_cmpuint (faults[i], >, 0);
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  tb_fault_vfs_install ();
  base_books = test_path ("base");
  make_base_books ();
  g_test_add_func ("/posting-simulation/calm", test_calm);
  g_test_add_func ("/posting-simulation/troubled", test_troubled);
  result = test_run_in_folder ();
  g_free (base_books);
  g_free (calm_world);
  return result;
}
