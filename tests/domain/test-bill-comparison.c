/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-bill-comparison.h"

#define CAD ('C' << 16 | 'A' << 8 | 'D')
#define USD ('U' << 16 | 'S' << 8 | 'D')

typedef struct
{
  const char *client;
  TbCurrency currency;
  gint64 net; /* of whole units */
  TbInvoiceState state;
} Bill;

typedef struct
{
  const char *why;
  Bill now[5], before[5];
  /* of the first row */
  const char *client;
  gint64 difference;
  guint score, bills, drafts;
  gboolean is_new, is_gone, outlier;
  guint n_rows;
} Row;

static const Row rows[] = {
  { "the same again is no news",
    { { "A", CAD, 100 }, { "B", CAD, 100 } }, { { "A", CAD, 100, 1 }, { "B", CAD, 100, 1 } },
    "A", 0, 0, 1, 1, FALSE, FALSE, FALSE, 2 },
  { "twice the usual bill is half of the greater one",
    { { "A", CAD, 200 }, { "B", CAD, 100 } }, { { "A", CAD, 100, 1 }, { "B", CAD, 100, 1 } },
    "A", 100, 50, 1, 1, FALSE, FALSE, TRUE, 2 },
  { "a fall counts as a rise does, and comes first by score",
    { { "A", CAD, 105 }, { "B", CAD, 20 } }, { { "A", CAD, 100, 1 }, { "B", CAD, 100, 1 } },
    "B", -80, 64, 1, 1, FALSE, FALSE, TRUE, 2 },
  { "whoever is new has no bill to compare with",
    { { "A", CAD, 100 }, { "N", CAD, 100 } }, { { "A", CAD, 100, 1 } },
    "N", 100, 100, 1, 1, TRUE, FALSE, TRUE, 2 },
  { "whoever is gone has a row still, without a bill",
    { { "A", CAD, 100 } }, { { "A", CAD, 100, 1 }, { "G", CAD, 100, 1 } },
    "G", -100, 100, 0, 0, FALSE, TRUE, TRUE, 2 },
  { "a small client who doubles is no outlier beside usual bills",
    { { "A", CAD, 100 }, { "B", CAD, 100 }, { "S", CAD, 2 } }, { { "A", CAD, 100, 1 }, { "B", CAD, 100, 1 }, { "S", CAD, 1, 1 } },
    "S", 1, 0, 1, 1, FALSE, FALSE, FALSE, 3 },
  { "a bill that turns into a credit is the oddest of all",
    { { "A", CAD, 100 }, { "B", CAD, -100 } }, { { "A", CAD, 100, 1 }, { "B", CAD, 100, 1 } },
    "B", -200, 200, 1, 1, FALSE, FALSE, TRUE, 2 },
  { "two bills of a client are one row; a void one is none",
    { { "A", CAD, 60 }, { "A", CAD, 40, 1 }, { "A", CAD, 999, 2 } }, { { "A", CAD, 100, 1 } },
    "A", 0, 0, 2, 1, FALSE, FALSE, FALSE, 1 },
  { "another currency is another row: one is new, one is gone",
    { { "A", USD, 100 } }, { { "A", CAD, 100, 1 } },
    "A", -100, 100, 0, 0, FALSE, TRUE, TRUE, 2 },
  { "a first month has nothing to compare with: all are new, none is odd",
    { { "A", CAD, 100 }, { "B", CAD, 900 } }, { { "A", CAD, 100, 2 } },
    "B", 900, 0, 1, 1, TRUE, FALSE, FALSE, 2 },
  { "usual is what is usual in that currency: 50 US dollars are much where bills are of 40",
    { { "A", CAD, 9000 }, { "U", USD, 90 }, { "V", USD, 40 } }, { { "A", CAD, 9000, 1 }, { "U", USD, 40, 1 }, { "V", USD, 40, 1 } },
    "U", 50, 55, 1, 1, FALSE, FALSE, TRUE, 3 },
  { "nothing at all, and nothing before", { { "Z", CAD, 0 } }, { { "Z", CAD, 0, 1 } }, "Z", 0, 0, 1, 1, FALSE, FALSE, FALSE, 1 },
};

static GPtrArray *
make (const Bill *bills)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_free);

  for (guint i = 0; i < 5 && bills[i].client != NULL; i++)
    {
      TbInvoice *invoice = tb_invoice_new ();

      invoice->id = i + 1;
      invoice->client_id = (guint32) bills[i].client[0];
      invoice->client = g_strdup (bills[i].client);
      invoice->currency = bills[i].currency;
      invoice->net = bills[i].net * TB_AMOUNT_ONE;
      invoice->state = bills[i].state;
      g_ptr_array_add (list, invoice);
    }
  return list;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) now = make (rows[i].now), before = make (rows[i].before);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = tb_bills_compare (now, before, &error);
      const TbBillRow *row;

      g_test_message ("%s", rows[i].why);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, rows[i].n_rows);
      row = found->pdata[0];
      g_assert_cmpstr (row->client, ==, rows[i].client);
      g_assert_cmpint (row->difference, ==, rows[i].difference * TB_AMOUNT_ONE);
      g_assert_cmpuint (row->score, ==, rows[i].score);
      g_assert_cmpuint (row->bills, ==, rows[i].bills);
      g_assert_cmpuint (row->drafts, ==, rows[i].drafts);
      g_assert_cmpint (row->draft != 0, ==, rows[i].drafts > 0);
      g_assert_cmpint (row->is_new, ==, rows[i].is_new);
      g_assert_cmpint (row->is_gone, ==, rows[i].is_gone);
      g_assert_cmpint (row->outlier, ==, rows[i].outlier);
    }
}

/* The greatest amounts there are: an error where a sum does not fit, and no score that is wrong. */
static void
test_ends (void)
{
  g_autoptr (GPtrArray) now = make ((Bill[5]) { { "A", CAD, 9 } }), before = make ((Bill[5]) { { "A", CAD, 9, 1 } });
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  ((TbInvoice *) now->pdata[0])->net = G_MAXINT64;
  ((TbInvoice *) before->pdata[0])->net = 0;
  found = tb_bills_compare (now, before, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((TbBillRow *) found->pdata[0])->score, ==, 100);
  ((TbInvoice *) before->pdata[0])->net = -2;
  g_assert_null (tb_bills_compare (now, before, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bill-comparison/rows", test_rows);
  g_test_add_func ("/bill-comparison/ends", test_ends);
  return g_test_run ();
}
