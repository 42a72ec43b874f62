/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin.h"

#include "tb-error.h"

static TbCurrency cad;

static gint64
parse (const char *text, guint scale)
{
  gint64 value;

  if (text == NULL)
    return TB_DECIMAL_NONE;
  g_assert_true (tb_decimal_parse (text, -1, scale, &value, NULL));
  return value;
}

/* One call, or several of the same. */
static const struct
{
  const char *why;
  const char *charge, *charge_rate, *cost, *cost_rate;
  guint times;
  const char *margin, *percent;
  int sign;
} sums[] = {
  { "earned", "0.05", "1", "0.03", "1", 1, "0.02", "40", 1 },
  { "the cost is in dollars, which are dearer", "0.05", "1", "0.04", "1.40", 1, "-0.006", "-12", -1 },
  { "both are exchanged", "1.00", "1.5", "1.00", "1.4", 1, "0.1", "6.67", 1 },
  { "even", "0.05", "1", "0.05", "1", 3, "0", "0", 0 },
  { "nothing charged has no percentage", "0", "1", "0.02", "1", 2, "-0.04", NULL, -1 },
  { "nothing at all", "0", "1", "0", "1", 1, "0", NULL, 0 },
  { "no cost", "2.50", "1", "0", "1", 4, "10", "100", 1 },
  { "a loss below a billionth is one, though it rounds to nothing", "0.000000001", "1.4", "0.000000001", "1.400000000001", 1, "0", "0", -1 },
  { "summed first and rounded once: rounded each, three would be 3 billionths", "0.000000001", "0.5", "0", "1", 3, "0.000000002", "100", 1 },
  { "a credit", "-1.00", "1", "-0.40", "1", 1, "-0.6", "60", -1 },
  { "two decimals, half-up", "8.00", "1", "7.9999", "1", 1, "0.0001", "0", 1 },
  { "two decimals, half-up, from the tie on", "2.00", "1", "1.9999", "1", 1, "0.0001", "0.01", 1 },
  { "a percentage beyond all sense", "0.000000001", "1", "10000", "1", 1, "-9999.999999999", NULL, -1 },
};

static void
test_sums (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      TbMarginSum sum = { 0 };
      TbMargin margin;

      g_test_message ("%s", sums[i].why);
      for (guint n = 0; n < sums[i].times; n++)
        g_assert_true (tb_margin_sum_add (&sum, parse (sums[i].charge, TB_AMOUNT_SCALE), parse (sums[i].charge_rate, TB_RATE_SCALE),
                                          parse (sums[i].cost, TB_AMOUNT_SCALE), parse (sums[i].cost_rate, TB_RATE_SCALE), NULL));
      g_assert_true (tb_margin_sum_get (&sum, cad, &margin, NULL));
      g_assert_cmpint (margin.margin.amount, ==, parse (sums[i].margin, TB_AMOUNT_SCALE));
      g_assert_cmpint (margin.percent, ==, parse (sums[i].percent, TB_RATE_SCALE));
      g_assert_cmpint (tb_margin_sum_get_sign (&sum), ==, sums[i].sign);
      g_assert_true (margin.margin.currency == cad && margin.charge.currency == cad && margin.cost.currency == cad);
    }
}

/* What does not fit is an error and changes nothing. */
static void
test_overflow (void)
{
  TbMarginSum sum = { 0 };
  TbMargin margin = { .percent = 7 };
  g_autoptr (GError) error = NULL, too_many = NULL;
  TbMarginSum before;

  g_assert_true (tb_margin_sum_add (&sum, G_MAXINT64, 2 * TB_DECIMAL_ONE, 0, TB_DECIMAL_ONE, NULL));
  g_assert_false (tb_margin_sum_get (&sum, cad, &margin, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_OVERFLOW);
  g_assert_cmpint (margin.percent, ==, 7);

  sum = (TbMarginSum){ 0 };
  do
    before = sum;
  while (tb_margin_sum_add (&sum, G_MAXINT64, G_MAXINT64, G_MAXINT64, TB_DECIMAL_ONE, &too_many));
  g_assert_error (too_many, TB_ERROR, TB_ERROR_OVERFLOW);
  g_assert_true (sum.charge == before.charge && sum.cost == before.cost);
}

/* ---- limits ---- */

static const struct
{
  const char *why;
  const char *own_percent, *own_usage, *all_percent, *all_usage;
  const char *charge, *cost;
  const char *breach;
} limits[] = {
  { "no limit, no breach", NULL, NULL, NULL, NULL, "1.00", "9.00", NULL },
  { "at the minimum", "15", NULL, NULL, NULL, "100.00", "85.00", NULL },
  { "a billionth below it", "15", NULL, NULL, NULL, "100.00", "85.000000001", "margin" },
  { "thirds are compared exactly", "33.333333333333", NULL, NULL, NULL, "3.00", "2.00", NULL },
  { "thirds are compared exactly, one digit up", "33.333333333334", NULL, NULL, NULL, "3.00", "2.00", "margin" },
  { "a cost without a charge is below every minimum", "-100", NULL, NULL, NULL, "0", "0.01", "margin" },
  { "nothing sold is below none", "15", NULL, NULL, NULL, "0", "0", NULL },
  { "a loss that is allowed", "-10", NULL, NULL, NULL, "10.00", "11.00", NULL },
  { "all that may be used", NULL, "200.00", NULL, NULL, "200.00", "1.00", NULL },
  { "more", NULL, "200.00", NULL, NULL, "200.000000001", "1.00", "usage" },
  { "nothing may be used", NULL, "0", NULL, NULL, "0.01", "0", "usage" },
  { "both", "50", "10.00", NULL, NULL, "20.00", "19.00", "margin,usage" },
  { "the default holds", NULL, NULL, "15", "10.00", "20.00", "19.00", "margin,usage" },
  { "the own value comes first", "1", NULL, "15", NULL, "20.00", "19.00", NULL },
  { "each value for itself", "1", NULL, "15", "10.00", "20.00", "19.00", "usage" },
};

static void
test_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      TbMarginLimit own = { parse (limits[i].own_percent, TB_RATE_SCALE), parse (limits[i].own_usage, TB_AMOUNT_SCALE) };
      TbMarginLimit all = { parse (limits[i].all_percent, TB_RATE_SCALE), parse (limits[i].all_usage, TB_AMOUNT_SCALE) };
      TbMarginLimit limit = tb_margin_limit_or (&own, &all);
      TbMarginSum sum = { 0 };
      TbMargin margin;

      g_test_message ("%s", limits[i].why);
      g_assert_true (tb_margin_limit_validate (&limit, NULL));
      g_assert_true (tb_margin_sum_add (&sum, parse (limits[i].charge, TB_AMOUNT_SCALE), TB_DECIMAL_ONE, parse (limits[i].cost, TB_AMOUNT_SCALE),
                                        TB_DECIMAL_ONE, NULL));
      g_assert_true (tb_margin_sum_get (&sum, cad, &margin, NULL));
      g_assert_cmpstr (tb_margin_breach_to_string (tb_margin_limit_check (&limit, &margin)), ==, limits[i].breach);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  tb_currency_parse ("CAD", &cad, NULL);
  g_test_add_func ("/margin/sums", test_sums);
  g_test_add_func ("/margin/overflow", test_overflow);
  g_test_add_func ("/margin/limits", test_limits);
  return g_test_run ();
}
