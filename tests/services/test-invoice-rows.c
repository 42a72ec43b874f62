/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-rows.h"

#include "tb-billing-desk.h"
#include "tb-clock.h"
#include "tb-demo.h"
#include "tb-invoice-store.h"
#include "tb-payments.h"
#include "tb-test-company.h"
#include "test-books.h"

/* What is done to an approved invoice of the demo, and how it stands then. */
static const struct
{
  const char *why;
  guint percent; /* of it that is paid; 0 = nothing */
  int days;      /* from the day it is due */
  TbStanding standing;
  gboolean open;
} rows[] = {
  { "nothing was paid, and it is not due", 0, -5, TB_STANDING_APPROVED, TRUE },
  { "it may be paid on the day it is due", 0, 0, TB_STANDING_APPROVED, TRUE },
  { "and is overdue the day after", 0, 1, TB_STANDING_OVERDUE, TRUE },
  { "a part was paid", 50, -5, TB_STANDING_PARTLY, TRUE },
  { "a part does not keep the rest from being overdue", 50, 40, TB_STANDING_OVERDUE, TRUE },
  { "all was paid", 100, -5, TB_STANDING_PAID, FALSE },
  { "and stays paid however long ago", 100, 400, TB_STANDING_PAID, FALSE },
};

static TbStore *
open_demo (const char *name)
{
  g_autofree char *path = test_path (name);
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  g_assert_true (tb_demo_fill (store, NULL, &error));
  return store;
}

static const TbInvoiceRow *
find (GPtrArray *list, guint32 id)
{
  for (guint i = 0; i < list->len; i++)
    if (((TbInvoiceRow *) list->pdata[i])->invoice->id == id)
      return list->pdata[i];
  g_assert_not_reached ();
}

/* A draft of a client who pays afterwards. */
static guint32
find_draft (TbStore *store, guint nth)
{
  g_autoptr (GPtrArray) all = tb_invoice_rows_read (store, TB_DAY_NONE, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const TbInvoiceRow *row = all->pdata[i];

      if (row->standing == TB_STANDING_DRAFT && row->invoice->paid == 0 && row->invoice->total > 10 * TB_AMOUNT_ONE && nth-- == 0)
        return row->invoice->id;
    }
  g_assert_not_reached ();
}

static void
pay (TbStore *store, const TbInvoice *invoice, guint percent)
{
  TbPaymentOrder order = { .client = invoice->client, .currency = invoice->currency, .day = invoice->issued };
  TbMoney amount = { 0, invoice->currency };
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPayment) payment = NULL;

  if (percent == 0)
    return;
  g_assert_true (tb_money_percent ((TbMoney){ invoice->total, invoice->currency }, percent * TB_DECIMAL_ONE, TB_ROUND_HALF_UP, &amount, NULL));
  order.amount = amount.amount;
  payment = tb_payments_record (store, &order, tb_clock_now (), &error);
  g_assert_no_error (error);
}

static void
test_standings (void)
{
  g_autoptr (TbStore) store = open_demo ("rows");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint32 id = find_draft (store, 0);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GError) error = NULL;
      g_autoptr (TbDeskApproval) approval = NULL;
      g_autoptr (TbInvoice) invoice = NULL;
      g_autoptr (GPtrArray) list = NULL;
      const TbInvoiceRow *row;

      g_test_message ("%s", rows[i].why);
      g_array_append_val (ids, id);
      approval = tb_desk_approve (store, 0, 0, ids, NULL, &error);
      g_assert_cmpuint (approval->approved, ==, 1);
      invoice = tb_invoice_store_get_by_id (store, id, &error);
      g_assert_no_error (error);
      pay (store, invoice, rows[i].percent);
      list = tb_invoice_rows_read (store, invoice->due + rows[i].days, &error);
      g_assert_no_error (error);
      row = find (list, id);
      g_assert_cmpstr (tb_standing_to_string (row->standing), ==, tb_standing_to_string (rows[i].standing));
      g_assert_cmpint (row->open > 0, ==, rows[i].open);
      g_assert_false (row->is_posted);
    }
}

/* What is open adds up to the same, whatever the day; and moves to the right as days go by. */
static void
test_ageing (void)
{
  g_autoptr (TbStore) store = open_demo ("ageing");
  g_autoptr (GError) error = NULL;
  g_autoptr (TbDeskApproval) approval = tb_desk_approve (store, 2026, 10, NULL, NULL, &error);
  g_autoptr (GPtrArray) list = tb_invoice_rows_read (store, TB_DAY_NONE, NULL);
  static const struct { int days; guint age; } steps[] = { { -1, 0 }, { 1, 1 }, { 31, 2 }, { 61, 3 }, { 91, 4 }, { 1000, 4 } };
  TbAmount all = 0;
  TbDay due = TB_DAY_NONE;

  for (guint i = 0; i < list->len; i++)
    {
      const TbInvoiceRow *row = list->pdata[i];

      all += row->invoice->currency == ('C' << 16 | 'A' << 8 | 'D') ? MAX (row->open, 0) : 0;
      due = row->open > 0 ? MAX (due, row->invoice->due) : due;
    }
  g_assert_cmpint (all, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GArray) ageing = tb_ageing_read (store, due + steps[i].days, &error);
      const TbAgeing *cad = NULL;

      g_assert_no_error (error);
      for (guint j = 0; j < ageing->len; j++)
        if (g_array_index (ageing, TbAgeing, j).currency == ('C' << 16 | 'A' << 8 | 'D'))
          cad = &g_array_index (ageing, TbAgeing, j);
      g_assert_nonnull (cad);
      g_assert_cmpint (cad->ages[0] + cad->ages[1] + cad->ages[2] + cad->ages[3] + cad->ages[4], ==, all);
      g_assert_cmpint (cad->ages[steps[i].age], >, 0);
      g_assert_cmpint (cad->overdue > 0, ==, cad->sum > 0);
      if (steps[i].days > 0)
        g_assert_cmpint (cad->sum, ==, all);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invoice-rows/standings", test_standings);
  g_test_add_func ("/invoice-rows/ageing", test_ageing);
  return test_run_in_folder ();
}
