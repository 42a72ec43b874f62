/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice.h"

#include "tb-error.h"

static TbDay
day (const char *text)
{
  TbDay result = TB_DAY_NONE;

  if (text != NULL)
    g_assert_true (tb_day_parse (text, &result, NULL));
  return result;
}

static void
test_periods (void)
{
  static const struct { const char *starts, *ends, *next_due; TbCycle cycle; const char *at, *from, *to; } rows[] = {
    { NULL, NULL, NULL, TB_CYCLE_MONTHLY, "2026-10-15", "2026-10-01", "2026-11-01" },
    { "2026-06-12", NULL, NULL, TB_CYCLE_MONTHLY, "2026-06-12", "2026-06-12", "2026-07-12" }, /* anchored at its start */
    { "2026-06-12", NULL, NULL, TB_CYCLE_MONTHLY, "2026-07-11", "2026-06-12", "2026-07-12" }, /* half-open */
    { "2026-06-12", NULL, "2026-11-01", TB_CYCLE_MONTHLY, "2026-06-20", "2026-06-12", "2026-07-01" }, /* due date rules, first one short */
    { "2026-01-31", NULL, NULL, TB_CYCLE_MONTHLY, "2026-02-28", "2026-02-28", "2026-03-31" }, /* 31 → 28 → 31 */
    { "2026-01-31", NULL, NULL, TB_CYCLE_MONTHLY, "2026-02-27", "2026-01-31", "2026-02-28" },
    { "2028-01-30", NULL, NULL, TB_CYCLE_MONTHLY, "2028-02-29", "2028-02-29", "2028-03-30" }, /* leap year */
    { "2026-02-15", NULL, NULL, TB_CYCLE_QUARTERLY, "2026-06-01", "2026-05-15", "2026-08-15" },
    { "2024-02-29", NULL, NULL, TB_CYCLE_ANNUAL, "2026-03-01", "2026-02-28", "2027-02-28" },
    { "2026-06-12", "2026-07-05", NULL, TB_CYCLE_MONTHLY, "2026-07-01", "2026-06-12", "2026-07-05" }, /* ends early */
    { "2026-06-12", NULL, NULL, TB_CYCLE_MONTHLY, "2026-06-11", NULL, NULL },                          /* before its start */
    { "2026-06-12", "2026-07-05", NULL, TB_CYCLE_MONTHLY, "2026-07-05", NULL, NULL },                  /* its end is outside */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbService service = { .starts = day (rows[i].starts), .ends = day (rows[i].ends), .next_due = day (rows[i].next_due) };
      TbPeriod period = { 0, 0 };

      g_test_message ("row %u", i);
      g_assert_true (tb_period_containing (&service, rows[i].cycle, day (rows[i].at), &period) == (rows[i].from != NULL));
      if (rows[i].from == NULL)
        continue;
      g_assert_cmpint (period.start, ==, day (rows[i].from));
      g_assert_cmpint (period.end, ==, day (rows[i].to));
    }
}

static void
test_periods_of_month (void)
{
  static const struct { const char *starts, *ends; TbCycle cycle; int month; guint n; const char *from, *to; } rows[] = {
    { NULL, NULL, TB_CYCLE_MONTHLY, 10, 1, "2026-10-01", "2026-11-01" }, /* an end at 00:00 on the 1st belongs to the month before */
    { "2026-06-12", NULL, TB_CYCLE_MONTHLY, 10, 1, "2026-09-12", "2026-10-12" },
    { "2026-10-12", NULL, TB_CYCLE_MONTHLY, 10, 0, NULL, NULL },           /* its first period ends in November */
    { "2026-07-01", NULL, TB_CYCLE_QUARTERLY, 9, 1, "2026-07-01", "2026-10-01" },
    { "2026-07-01", NULL, TB_CYCLE_QUARTERLY, 10, 0, NULL, NULL },
    { "2026-06-12", "2026-10-05", TB_CYCLE_MONTHLY, 10, 1, "2026-09-12", "2026-10-05" },
    { "2026-10-10", NULL, TB_CYCLE_ONE_OFF, 10, 1, "2026-10-10", "2026-11-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbService service = { .starts = day (rows[i].starts), .ends = day (rows[i].ends), .next_due = TB_DAY_NONE };
      g_autoptr (GArray) periods = tb_period_ending_in_month (&service, rows[i].cycle, 2026, rows[i].month);

      g_test_message ("row %u", i);
      g_assert_cmpuint (periods->len, ==, rows[i].n);
      if (rows[i].n == 0)
        continue;
      g_assert_cmpint (g_array_index (periods, TbPeriod, 0).start, ==, day (rows[i].from));
      g_assert_cmpint (g_array_index (periods, TbPeriod, 0).end, ==, day (rows[i].to));
    }
}

/* Ten years of months: the periods that end in them follow each other without gap or overlap. */
static void
test_periods_tile (void)
{
  for (int mday = 1; mday <= 31; mday++)
    {
      TbService service = { .starts = tb_day_from_ymd (2020, 1, mday), .ends = TB_DAY_NONE, .next_due = TB_DAY_NONE };
      TbDay at = service.starts;

      for (int month = 0; month < 120; month++)
        {
          g_autoptr (GArray) periods = tb_period_ending_in_month (&service, TB_CYCLE_MONTHLY, 2020 + month / 12, month % 12 + 1);

          for (guint i = 0; i < periods->len; i++)
            {
              g_assert_cmpint (g_array_index (periods, TbPeriod, i).start, ==, at);
              at = g_array_index (periods, TbPeriod, i).end;
            }
        }
      g_assert_cmpint (at, >, tb_day_from_ymd (2029, 12, 1));
    }
}

static void
add_line (TbInvoice *invoice, TbAmount cents, const char *tax, int percent)
{
  TbInvoiceLine *line = tb_invoice_line_new ();

  line->amount = cents * (TB_AMOUNT_ONE / 100);
  line->tax = g_strdup (tax);
  line->tax_category = g_strdup (tax != NULL ? "S" : NULL);
  line->tax_percent = percent * TB_DECIMAL_ONE;
  g_ptr_array_add (invoice->lines, line);
}

static void
test_totals (void)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
  add_line (invoice, 1005, "HST", 13);
  add_line (invoice, 1005, "HST", 13); /* tax once on the sum: 20.10 → 2.61; by line it would be 2 × 1.31 = 2.62 */
  add_line (invoice, 5000, "GST", 5);
  add_line (invoice, 100, NULL, 0);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  g_assert_cmpint (invoice->net, ==, 7110 * (TB_AMOUNT_ONE / 100));
  g_assert_cmpint (invoice->tax, ==, (261 + 250) * (TB_AMOUNT_ONE / 100));
  g_assert_cmpint (invoice->total, ==, 7621 * (TB_AMOUNT_ONE / 100));
  g_assert_cmpuint (invoice->taxes->len, ==, 2);
  g_assert_true (tb_invoice_verify_totals (invoice, NULL));

  invoice->total -= TB_AMOUNT_ONE / 2; /* the half unit that official validators let pass */
  g_assert_false (tb_invoice_verify_totals (invoice, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_FAILED);
}

static void
test_numbering (void)
{
  static const struct { const char *series; guint number; const char *expected; } rows[] = {
    { "INV-{year}-{number:5}", 42, "INV-2026-00042" }, { "{number}", 7, "7" }, { "R{number:3}/{year}", 1234, "R1234/2026" },
    { "INV-{year}", 1, NULL }, /* without a number two invoices would share one */
    { "{nummer}", 1, NULL }, { "{number:x}", 1, NULL }, { "{number:99}", 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tb_numbering_format (rows[i].series, 2026, rows[i].number, NULL);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_mask (void)
{
  static const struct { const char *number; int hide; const char *expected; } rows[] = {
    { "12045550142", 4, "1204555****" }, { "12045550142", 0, "12045550142" }, { "12045550142", -1, "120********" }, { "911", 4, "***" }, { "", 3, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tb_number_mask (rows[i].number, rows[i].hide);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invoice/period/containing", test_periods);
  g_test_add_func ("/invoice/period/of-month", test_periods_of_month);
  g_test_add_func ("/invoice/period/tile", test_periods_tile);
  g_test_add_func ("/invoice/totals", test_totals);
  g_test_add_func ("/invoice/numbering", test_numbering);
  g_test_add_func ("/invoice/mask", test_mask);
  return g_test_run ();
}
