/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-desk.h"

#include <string.h>

#include "tb-billing-run.h"
#include "tb-demo.h"
#include "tb-desk-store.h"
#include "tb-invoice-files.h"
#include "tb-invoice-store.h"
#include "tb-test-company.h"
#include "test-books.h"

/* The demo's month, which has a bit of everything that goes wrong. */
#define YEAR 2026
#define MONTH 10

static TbStore *
open_demo (const char *name)
{
  static char *demo;
  g_autofree char *path = test_path (name), *data = NULL;
  g_autoptr (GError) error = NULL;
  TbStore *store;
  gsize length;

  if (demo == NULL)
    {
      demo = test_path ("demo");
      store = tb_store_create (demo, &error);
      g_assert_no_error (error);
      g_assert_true (tb_demo_fill (store, NULL, &error));
      tb_store_close (store);
    }
  g_assert_true (g_file_get_contents (demo, &data, &length, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  store = tb_store_open (path, TB_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  return store;
}

static TbDeskView *
look (TbStore *store, TbDeskStep step)
{
  g_autoptr (GError) error = NULL;
  TbDeskView *view = tb_desk_look (store, YEAR, MONTH, step, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (view->step, ==, step);
  g_assert_nonnull (view->summary);
  g_assert_nonnull (view->why);
  return view;
}

/* ---- the run ---- */

/* It is begun by going on, stays where it was left, and can be taken up at any step. */
static void
test_run (void)
{
  g_autofree char *path = test_path ("desk-run");
  g_autoptr (TbStore) store = tb_store_create (path, NULL);
  int year = -1, month = -1;

  for (guint step = 0; step < TB_DESK_N_STEPS; step++)
    {
      g_autoptr (TbDeskRun) run = tb_desk_store_get (store, YEAR, MONTH, NULL);

      g_assert_cmpint (run->id != 0, ==, step > 0);
      g_assert_cmpint (run->step, ==, step);
      g_assert_cmpint (run->ended, ==, 0);
      g_assert_cmpint (run->passes[step].time, ==, 0);
      g_assert_true (tb_desk_store_pass (store, YEAR, MONTH, step, step == 1 ? "3 calls have no price" : NULL, 1000 + step, NULL));
      /* Written is written: another handle, another day. */
      tb_store_close (g_steal_pointer (&store));
      store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
      g_assert_true (tb_desk_store_find_open (store, &year, &month, NULL));
      g_assert_cmpint (year, ==, step < TB_DESK_N_STEPS - 1 ? YEAR : 0);
    }
  {
    g_autoptr (TbDeskRun) run = tb_desk_store_get (store, YEAR, MONTH, NULL);

    g_assert_cmpint (run->ended, ==, 1000 + TB_DESK_N_STEPS - 1);
    g_assert_cmpint (run->began, ==, 1000);
    g_assert_cmpstr (run->passes[1].remark, ==, "3 calls have no price");
    g_assert_null (run->passes[2].remark);
  }
  g_assert_true (tb_desk_store_go (store, YEAR, MONTH, TB_DESK_UNRATED, 2000, NULL));
  g_assert_true (tb_desk_store_pass (store, YEAR, MONTH, TB_DESK_UNRATED, NULL, 2001, NULL));
  {
    g_autoptr (TbDeskRun) run = tb_desk_store_get (store, YEAR, MONTH, NULL);
    g_autoptr (TbDeskRun) other = tb_desk_store_get (store, YEAR, MONTH - 1, NULL);

    g_assert_cmpint (run->step, ==, TB_DESK_MARGIN);
    g_assert_cmpint (run->ended, ==, 0);
    g_assert_null (run->passes[1].remark);
    g_assert_cmpint (run->passes[3].time, ==, 1003); /* what was passed before stays told */
    g_assert_cmpuint (other->id, ==, 0);
  }
}

/* ---- what it sees ---- */

static void
test_looks (void)
{
  g_autoptr (TbStore) store = open_demo ("desk-looks");

  for (guint step = 0; step < TB_DESK_N_STEPS; step++)
    {
      g_autoptr (TbDeskView) view = look (store, step);
      guint serious = 0;

      for (guint i = 0; i < view->findings->len; i++)
        {
          const TbDeskFinding *finding = view->findings->pdata[i];

          g_assert_nonnull (finding->title);
          serious += finding->serious;
          g_assert_true (finding->item == NULL || finding->page != NULL);
        }
      g_assert_cmpuint (view->n_serious, ==, serious);
      switch (step)
        {
        case TB_DESK_UNRATED:
          g_assert_cmpuint (view->n_serious, >, 3); /* held clients and causes */
          g_assert_cmpuint (view->todo, ==, 0);     /* all were rated */
          break;
        case TB_DESK_MARGIN:
          g_assert_cmpuint (view->n_serious, >, 0);
          break;
        case TB_DESK_APPROVE:
          g_assert_cmpuint (view->todo, >, 10);
          g_assert_cmpuint (view->findings->len, ==, view->todo); /* one draft a client */
          break;
        case TB_DESK_PAPER:
          g_assert_cmpuint (view->documents->len, ==, 0);
          break;
        case TB_DESK_POST:
          g_assert_false (view->active);
          break;
        default:
          break;
        }
    }
}

/* ---- approving ---- */

static guint
count (TbStore *store, TbInvoiceState state)
{
  g_autoptr (GPtrArray) all = tb_invoice_store_list (store, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const TbInvoice *invoice = all->pdata[i];

      n += invoice->state == state && invoice->year == YEAR && invoice->month == MONTH;
    }
  return n;
}

static void
test_approve (void)
{
  g_autoptr (TbStore) store = open_demo ("desk-approve");
  g_autoptr (TbDeskView) view = look (store, TB_DESK_APPROVE);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  guint drafts = count (store, TB_INVOICE_DRAFT), before = count (store, TB_INVOICE_APPROVED);

  for (guint i = 0; i < 3; i++)
    g_array_append_val (chosen, ((TbDeskFinding *) view->findings->pdata[i])->draft);
  for (guint again = 0; again < 2; again++)
    {
      g_autoptr (TbDeskApproval) approval = tb_desk_approve (store, YEAR, MONTH, chosen, NULL, &error);

      /* The second time they are drafts no more, and nothing happens to them. */
      g_assert_no_error (error);
      g_assert_cmpuint (approval->approved, ==, again ? 0 : 3);
      g_assert_cmpuint (approval->left_alone, ==, again ? 3 : 0);
      g_assert_cmpuint (approval->troubles->len, ==, 0);
      g_assert_cmpuint (count (store, TB_INVOICE_APPROVED), ==, before + 3);
    }
  {
    g_autoptr (TbJob) job = tb_job_new ("stopped");

    tb_job_cancel (job);
    g_assert_null (tb_desk_approve (store, YEAR, MONTH, NULL, job, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
  }
  for (guint again = 0; again < 2; again++)
    {
      g_autoptr (TbDeskApproval) approval = tb_desk_approve (store, YEAR, MONTH, NULL, NULL, &error);

      g_assert_cmpuint (approval->approved, ==, again ? 0 : drafts - 3);
      g_assert_cmpuint (count (store, TB_INVOICE_DRAFT), ==, 0);
      g_assert_cmpuint (count (store, TB_INVOICE_APPROVED), ==, before + drafts);
    }
  tb_test_assert_sound (store);
}

/* ---- files ---- */

static void
test_file_names (void)
{
  static const struct { const char *pattern, *expected, *why; } rows[] = {
    { "{number}", "INV-2026-00042.pdf", "as it is called" },
    { "{month} {client} {name}", "2026-10 C1 A-B- -c-.pdf", "what a file system does not take" },
    { "{year}/{number}", "2026-INV-2026-00042.pdf", "no folder is left or made" },
    { "../../{client}", "-..-C1.pdf", "nor climbed out of" },
    { "  .{client}. ", "C1.pdf", "no hidden file, no end that Windows drops" },
    { "{total}", "12.50.pdf", "the total" },
    { "{nummer}", NULL, "a field that is none" },
    { "a{", NULL, "half a field" },
    { "", NULL, "nothing" },
    { " . ", NULL, "nothing that is left" },
  };
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();

  invoice->number = g_strdup ("INV-2026-00042");
  invoice->client = g_strdup ("C1");
  invoice->year = 2026;
  invoice->month = 10;
  invoice->total = 12500000000;
  invoice->currency = 'C' << 16 | 'A' << 8 | 'D';
  if (invoice->buyer == NULL)
    invoice->buyer = tb_invoice_party_new ();
  g_free (invoice->buyer->name);
  invoice->buyer->name = g_strdup ("A/B: \"c\"");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = tb_invoice_file_name (rows[i].pattern, invoice, &error);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (name, ==, rows[i].expected);
      g_assert_cmpint (error == NULL, ==, rows[i].expected != NULL);
    }
  {
    g_autofree char *name = NULL;

    g_free (invoice->buyer->name);
    invoice->buyer->name = g_strnfill (400, 'x');
    name = tb_invoice_file_name ("{name}", invoice, NULL);
    g_assert_cmpuint (strlen (name), <, 250);
  }
}

static void
test_files (void)
{
  g_autoptr (TbStore) store = open_demo ("desk-files");
  g_autoptr (GPtrArray) all = tb_invoice_store_list (store, NULL, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *folder = g_dir_make_tmp ("tollbook-files-XXXXXX", NULL);
  g_autofree char *mine = g_build_filename (folder, "same.pdf", NULL), *text = NULL;
  guint32 nobody = 999999;

  for (guint i = 0; i < 2; i++)
    g_array_append_val (ids, ((TbInvoice *) all->pdata[i])->id);
  g_array_append_val (ids, nobody);
  g_assert_true (g_file_set_contents (mine, "mine", -1, NULL));
  for (guint again = 0; again < 2; again++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbInvoiceFiles) files = tb_invoice_files_write (store, ids, folder, "same", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (files->written, ==, 2);
      g_assert_cmpuint (files->renamed, ==, 2);
      g_assert_cmpuint (files->troubles->len, ==, 1);
    }
  g_assert_true (g_file_get_contents (mine, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine"); /* never written over */
  for (guint i = 2; i <= 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("same (%u).pdf", i), *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_unlink (mine);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/billing-desk/run", test_run);
  g_test_add_func ("/billing-desk/looks", test_looks);
  g_test_add_func ("/billing-desk/approve", test_approve);
  g_test_add_func ("/billing-desk/file-names", test_file_names);
  g_test_add_func ("/billing-desk/files", test_files);
  return test_run_in_folder ();
}
