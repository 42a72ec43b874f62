/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tb-balances.h"
#include "tb-billing-run.h"
#include "tb-cdr-import.h"
#include "tb-clock.h"
#include "tb-dump.h"
#include "tb-error.h"
#include "tb-fault-vfs.h"
#include "tb-invoice-store.h"
#include "tb-payments.h"
#include "tb-rerating.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "test-books.h"

/* A day's work (import, a payment in advance, rating, billing, approval, a payment, rating again by other prices, the next bill) is killed, or its disk fails,
 * at every change of a file. Afterwards the books must be sound, and the same work done again must leave the very books that undisturbed work
 * leaves: nothing twice, nothing missing, no gap. */

#define CALLS 60
#define FIRST_START G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
/* So many points of failure of each kind, spread evenly; TOLLBOOK_TEST_THOROUGH takes them all. */
#ifdef __SANITIZE_ADDRESS__
#define POINTS 24 /* each takes five times as long, and where it may break is known from the other build */
#else
#define POINTS 120
#endif

static char *base_books, *books, *calls_file;
static char *reference; /* the books after undisturbed work, as text */

/* ---- the work ---- */

static void
write_calls (void)
{
  static const char *const tenants[] = { "acme", "beta", "gamma", "delta", "unknown" };
  static const char *const callees[] = { "12045550142", "14165550117", "442079460018", "*97", "99" };
  g_autoptr (GString) text = g_string_new ("uid,start,tenant,extension,direction,caller,callee,duration,billsec\n");

  for (guint i = 0; i < CALLS; i++)
    g_string_append_printf (text, "call-%03u,%" G_GINT64_FORMAT ",%s,%u,outbound,12045550101,%s,%u,%u\n", i, FIRST_START + i * 30000 % 2000000,
                            tenants[i % 5], 100 + i % 3, callees[i / 5 % 5], 40 + i * 7, i % 7 == 0 ? 0 : 35 + i * 7);
  g_string_append (text, "broken line\n");
  g_assert_true (g_file_set_contents (calls_file, text->str, (gssize) text->len, NULL));
}

static gboolean
approve_drafts (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) invoices = tb_invoice_store_list (store, NULL, error);

  if (invoices == NULL)
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = invoices->pdata[i];
      g_autofree char *id = g_strdup_printf ("%u", invoice->id);
      g_autoptr (TbInvoice) approved = NULL;

      if (invoice->state == TB_INVOICE_DRAFT && invoice->month == 10 && invoice->corrects_id == 0 && (approved = tb_billing_approve (store, id, error)) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* One price falls and one rises: credit notes for some clients, lines on the next bill for others. */
static gboolean
change_prices (TbStore *store, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  TbTariff *tariff = setup == NULL ? NULL : tb_setup_find_tariff (setup, "deck");

  for (guint i = 0; tariff != NULL && i < tariff->rates->len; i++)
    {
      TbRate *rate = tariff->rates->pdata[i];

      if (g_str_equal (rate->prefix, "1204"))
        rate->rate = TB_DECIMAL_ONE / 100;
      else if (g_str_equal (rate->prefix, "1"))
        rate->rate = TB_DECIMAL_ONE / 80;
    }
  return tariff != NULL && tb_setup_store_apply (store, setup, FALSE, NULL, NULL, error);
}

static gboolean
settle (TbStore *store, GError **error)
{
  const TbRatingScope all = { 0 };
  g_autoptr (TbRerating) rerating = change_prices (store, error) ? tb_rerating_apply (store, &all, TB_INVOICED_CREDIT, NULL, NULL, error) : NULL;
  g_autoptr (TbBillingRun) run = rerating == NULL ? NULL : tb_billing_run (store, 2026, 11, NULL, TB_BILLING_INCOMPLETE, NULL, error);

  return run != NULL;
}

/* Told that it is booked already, all is well. */
static gboolean
top_up (TbStore *store, GError **error)
{
  const TbBalanceOrder order = { TB_ENTRY_TOP_UP, 50 * TB_AMOUNT_ONE, FIRST_START, "PAY-1", NULL };
  g_autoptr (GError) failure = NULL;
  g_autoptr (TbClientBalance) balance = tb_balances_book (store, "C1", &order, &failure);

  if (balance != NULL || (g_error_matches (failure, TB_ERROR, TB_ERROR_CONFLICT) && strstr (failure->message, "booked already") != NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* More than C2 owes: an invoice paid, and credit on account. */
static gboolean
pay (TbStore *store, GError **error)
{
  const TbPaymentOrder order = { .client = "C2", .amount = 500 * TB_AMOUNT_ONE, .day = (TbDay) (FIRST_START / 86400), .reference = "PAY-2" };
  g_autoptr (GError) failure = NULL;
  g_autoptr (TbPayment) payment = tb_payments_record (store, &order, FIRST_START, &failure);

  if (payment != NULL || (g_error_matches (failure, TB_ERROR, TB_ERROR_CONFLICT) && strstr (failure->message, "recorded already") != NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
work (GError **error)
{
  g_autoptr (TbStore) store = tb_store_open (books, TB_DB_READ_WRITE, error);
  g_autoptr (TbCdrImport) import = store == NULL ? NULL : tb_cdr_import_run (store, calls_file, "pbx1", NULL, NULL, NULL, NULL, error);
  g_autoptr (TbBillingRun) run = NULL;
  TbRatingCounts counts;

  if (import == NULL || !top_up (store, error) || !tb_rating_run (store, 0, 0, FALSE, &counts, NULL, error))
    return FALSE;
  tb_rating_counts_clear (&counts);
  run = tb_billing_run (store, 2026, 10, NULL, TB_BILLING_INCOMPLETE, NULL, error);
  return run != NULL && approve_drafts (store, error) && pay (store, error) && settle (store, error);
}

/* ---- before and after ---- */

/* The company, with a package that is paid in advance. */
static void
make_base_books (void)
{
  g_autoptr (TbStore) store = tb_test_books_new (base_books);
  g_autoptr (TbSetup) setup = tb_test_company_new ();

  tb_setup_find_package (setup, "Metered")->mode = TB_PACKAGE_PREPAID;
  tb_test_apply (store, setup);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (from, &data, &len, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) len, NULL));
}

static void
restart (void)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (books, endings[i], NULL);

      g_unlink (name);
    }
  copy_file (base_books, books);
}

static void
assert_sound (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = tb_store_open (books, TB_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  tb_test_assert_sound (store);
}

static void
assert_ends_well (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;

  tb_fault_vfs_set (TB_FAULT_NONE, 0);
  assert_sound ();
  work (&error);
  g_assert_no_error (error);
  assert_sound ();
  dump = tb_dump_books (books);
  tb_dump_assert_equal (dump, reference);
}

static guint
prepare (void)
{
  guint changes;
  g_autoptr (GError) error = NULL;

  if (base_books == NULL)
    {
      base_books = test_path ("base");
      books = test_path ("books");
      calls_file = test_path ("calls.csv");
      write_calls ();
      make_base_books ();
    }
  restart ();
  tb_fault_vfs_set (TB_FAULT_NONE, 0);
  work (&error);
  changes = tb_fault_vfs_get_count ();
  g_assert_no_error (error);
  assert_sound ();
  g_free (reference);
  reference = tb_dump_books (books);
  g_assert_nonnull (strstr (reference, "|INV-2026-00003|"));
  g_assert_nonnull (strstr (reference, "Correction of invoice INV-2026-"));
  g_assert_nonnull (strstr (reference, "|PAY-1|"));
  g_assert_nonnull (strstr (reference, "|INV-2026-00001|NULL|")); /* its settlement */
  assert_ends_well (); /* and a second time changes nothing */
  return changes;
}

static guint
stride (guint changes)
{
  return g_getenv ("TOLLBOOK_TEST_THOROUGH") != NULL ? 1 : MAX (1, changes / POINTS);
}

/* ---- killed ---- */

static void
test_killed (void)
{
  guint changes = prepare (), killed = 0;

  g_assert_cmpuint (changes, >, 50);
  for (guint at = 1; at <= changes; at += stride (changes))
    {
      int status;
      pid_t child;

      restart ();
      child = fork ();
      if (child == 0)
        {
          tb_fault_vfs_set (TB_FAULT_KILL, at);
          _exit (work (NULL) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, TB_FAULT_EXIT);
      killed++;
      assert_ends_well ();
    }
  g_test_message ("%u changes, killed at %u of them", changes, killed);
}

/* ---- a disk that fails ---- */

static void
fail_everywhere (TbFault fault, const char *word)
{
  guint changes = prepare (), failed = 0;

  for (guint at = 1; at <= changes; at += stride (changes))
    {
      g_autoptr (GError) error = NULL;

      restart ();
      tb_fault_vfs_set (fault, at);
      if (!work (&error))
        {
          g_assert_error (error, TB_ERROR, TB_ERROR_STORAGE);
          if (strstr (error->message, word) == NULL)
            g_error ("at %u: %s", at, error->message);
          failed++;
        }
      assert_ends_well ();
    }
  g_test_message ("%u changes, %u failures told", changes, failed);
  g_assert_cmpuint (failed, >, 10);
}

static void
test_full (void)
{
  fail_everywhere (TB_FAULT_FULL, "disk is full");
}

static void
test_broken (void)
{
  fail_everywhere (TB_FAULT_BROKEN, "disk failed");
}

static void
test_hiccup (void)
{
  fail_everywhere (TB_FAULT_HICCUP, "disk failed");
}

/* ---- books in the making ---- */

/* Killed while books are made: none are there, or whole ones; and they can be made then. */
static void
test_creation (void)
{
  g_autofree char *path = test_path ("new");
  g_autoptr (GError) error = NULL;
  guint changes;

  tb_fault_vfs_set (TB_FAULT_NONE, 0);
  tb_store_close (tb_store_create (path, &error));
  g_assert_no_error (error);
  changes = tb_fault_vfs_get_count ();
  for (guint at = 1; at <= changes; at += MAX (3, stride (changes)))
    {
      int status;
      pid_t child;
      TbStore *store;

      g_unlink (path);
      child = fork ();
      if (child == 0)
        {
          tb_fault_vfs_set (TB_FAULT_KILL, at);
          tb_store_close (tb_store_create (path, NULL));
          _exit (0);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_cmpint (WEXITSTATUS (status), ==, TB_FAULT_EXIT);
      store = g_file_test (path, G_FILE_TEST_EXISTS) ? tb_store_open (path, TB_DB_READ_WRITE, &error) : tb_store_create (path, &error);
      g_assert_no_error (error);
      tb_test_assert_sound (store);
      tb_store_close (store);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  tb_fault_vfs_install ();
  g_test_add_func ("/crash/killed", test_killed);
  g_test_add_func ("/crash/full", test_full);
  g_test_add_func ("/crash/broken", test_broken);
  g_test_add_func ("/crash/hiccup", test_hiccup);
  g_test_add_func ("/crash/creation", test_creation);
  result = test_run_in_folder ();
  g_free (base_books);
  g_free (books);
  g_free (calls_file);
  g_free (reference);
  return result;
}
