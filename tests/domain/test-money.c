/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-money.h"

#include <stdlib.h>
#include <string.h>

#include "tb-error.h"

static void
test_decimal_parse (void)
{
  static const struct { const char *text; guint scale; gboolean ok; gint64 value; const char *back; } rows[] = {
    { "0.0052", 12, TRUE, 5200000000, "0.0052" },
    { "0.00520000", 12, TRUE, 5200000000, "0.0052" }, /* decks pad with zeros */
    { "1", 9, TRUE, 1000000000, "1" },
    { "-0.5", 9, TRUE, -500000000, "-0.5" },
    { "+0", 9, TRUE, 0, "0" },
    { ".5", 9, TRUE, 500000000, "0.5" },
    { "5.", 9, TRUE, 5000000000, "5" },
    { "0.000000000001", 12, TRUE, 1, "0.000000000001" },        /* twelve decimals are exact */
    { "0.0000000000010", 12, TRUE, 1, "0.000000000001" },       /* a thirteenth that is zero says nothing */
    { "0.0000000000011", 12, FALSE, 0, NULL },                  /* one that is not is refused, never rounded */
    { "9223372036.854775807", 9, TRUE, G_MAXINT64, "9223372036.854775807" },
    { "9223372036.854775808", 9, FALSE, 0, NULL },              /* one unit too large */
    { "99999999999999999999", 9, FALSE, 0, NULL },
    { "", 9, FALSE, 0, NULL }, { "-", 9, FALSE, 0, NULL }, { ".", 9, FALSE, 0, NULL }, { "1,5", 9, FALSE, 0, NULL },
    { "1e-7", 12, FALSE, 0, NULL }, { "0x10", 9, FALSE, 0, NULL }, { "١٢", 9, FALSE, 0, NULL }, { "1.2.3", 9, FALSE, 0, NULL },
    { " 1", 9, FALSE, 0, NULL }, { "NaN", 9, FALSE, 0, NULL }, { "Inf", 9, FALSE, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *back = NULL;
      gint64 value = 0;

      g_test_message ("%s", rows[i].text);
      g_assert_true (tb_decimal_parse (rows[i].text, -1, rows[i].scale, &value, &error) == rows[i].ok);
      g_assert_cmpint (value, ==, rows[i].value);
      if (!rows[i].ok)
        {
          g_assert_true (error != NULL && error->domain == TB_ERROR);
          continue;
        }
      back = tb_decimal_format (value, rows[i].scale, 0);
      g_assert_cmpstr (back, ==, rows[i].back);
    }
}

static void
test_decimal_format (void)
{
  static const struct { gint64 value; guint scale, min; const char *text; } rows[] = {
    { 0, 9, 2, "0.00" }, { 12500000000, 9, 2, "12.50" }, { 12345600000, 9, 2, "12.3456" }, { -10000000, 9, 2, "-0.01" },
    { 1, 9, 0, "0.000000001" }, { G_MININT64 + 1, 9, 2, "-9223372036.854775807" }, { 7, 0, 0, "7" }, { 100, 2, 0, "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tb_decimal_format (rows[i].value, rows[i].scale, rows[i].min);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* value thousandths → decimals, in each mode, with ties and signs. */
static void
test_rounding (void)
{
  static const struct { gint64 thousandths; guint8 decimals; const char *half_up, *half_even, *up, *down; } rows[] = {
    { 1234, 2, "1.23", "1.23", "1.24", "1.23" },
    { 1235, 2, "1.24", "1.24", "1.24", "1.23" },     /* tie, odd below */
    { 1245, 2, "1.25", "1.24", "1.25", "1.24" },     /* tie, even below */
    { 1500, 0, "2", "2", "2", "1" }, { 2500, 0, "3", "2", "3", "2" },
    { 70, 2, "0.07", "0.07", "0.07", "0.07" },       /* nothing to round: "up" must not make 0.08 of it */
    { 12210, 1, "12.2", "12.2", "12.3", "12.2" },
    { 1, 2, "0", "0", "0.01", "0" },
    { 0, 2, "0", "0", "0", "0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *expected[] = { rows[i].half_up, rows[i].half_even, rows[i].up, rows[i].down };

      for (TbRoundingMode mode = TB_ROUND_HALF_UP; mode <= TB_ROUND_DOWN; mode++)
        for (int sign = 1; sign >= -1; sign -= 2)
          {
            TbAmount amount;
            g_autofree char *text = NULL;
            const char *magnitude;

            g_assert_true (tb_round_to_amount ((TbWide) rows[i].thousandths * sign, 1000, (TbRounding){ mode, rows[i].decimals }, &amount, NULL));
            text = tb_decimal_format (amount, TB_AMOUNT_SCALE, 0);
            magnitude = *text == '-' ? text + 1 : text; /* a credit mirrors its charge */
            g_assert_cmpstr (magnitude, ==, expected[mode]);
            g_assert_true (amount == 0 || (amount < 0) == (sign < 0));
          }
    }
}

static void
test_rounding_wide (void)
{
  const TbWide large = (TbWide) G_MAXINT64 * 1000000;
  gint64 value;
  g_autoptr (GError) error = NULL;

  g_assert_true (tb_round_divide (large, 1000000, TB_ROUND_HALF_UP, &value, NULL));
  g_assert_cmpint (value, ==, G_MAXINT64);
  g_assert_true (tb_round_divide (-large - 499999, 1000000, TB_ROUND_HALF_UP, &value, NULL));
  g_assert_cmpint (value, ==, -G_MAXINT64);
  g_assert_false (tb_round_divide (large + 500000, 1000000, TB_ROUND_HALF_UP, &value, &error)); /* one beyond */
  g_assert_error (error, TB_ERROR, TB_ERROR_OVERFLOW);
}

/* The 64-bit short cut and the wide division agree. */
static void
test_rounding_property (void)
{
  GRand *rand = g_rand_new_with_seed (20261124);

  for (guint i = 0; i < 200000; i++)
    {
      gint64 n = (gint64) ((guint64) g_rand_int (rand) << 31 ^ g_rand_int (rand)) * (g_rand_boolean (rand) ? 1 : -1);
      gint64 d = 1 + g_rand_int_range (rand, 0, 1000000);
      TbRoundingMode mode = (TbRoundingMode) g_rand_int_range (rand, 0, 4);
      const TbWide wider = (TbWide) 1 << 40;
      gint64 narrow, wide;

      g_assert_true (tb_round_divide (n, d, mode, &narrow, NULL));
      g_assert_true (tb_round_divide ((TbWide) n * wider, (TbWide) d * wider, mode, &wide, NULL));
      g_assert_cmpint (narrow, ==, wide);
    }
  g_rand_free (rand);
}

static void
test_currency (void)
{
  static const struct { const char *code; int minor; } rows[] = {
    { "CAD", 2 }, { "USD", 2 }, { "EUR", 2 }, { "JPY", 0 }, { "KWD", 3 }, { "AED", 2 }, { "ZWG", 2 }, /* ends of the table */
    { "cad", -1 }, { "XXX", -1 }, { "CA", -1 }, { "CADD", -1 }, { "", -1 }, { NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbCurrency currency = TB_CURRENCY_NONE;

      g_assert_true (tb_currency_parse (rows[i].code, &currency, NULL) == (rows[i].minor >= 0));
      if (rows[i].minor < 0)
        continue;
      g_assert_cmpstr (tb_currency_to_string (currency), ==, rows[i].code);
      g_assert_cmpuint (tb_currency_get_minor_units (currency), ==, (guint) rows[i].minor);
    }
  g_assert_cmpstr (tb_currency_to_string (TB_CURRENCY_NONE), ==, "");
}

static void
test_money (void)
{
  TbCurrency cad, jpy;
  TbMoney sum;
  g_autoptr (GError) mixed = NULL, overflow = NULL;
  g_autofree char *text = NULL, *display = NULL;

  tb_currency_parse ("CAD", &cad, NULL);
  tb_currency_parse ("JPY", &jpy, NULL);

  g_assert_true (tb_money_add ((TbMoney){ 1500000000, cad }, (TbMoney){ 250000000, cad }, &sum, NULL));
  text = tb_money_to_string (sum);
  g_assert_cmpstr (text, ==, "1.75");
  g_assert_false (tb_money_add ((TbMoney){ 1, cad }, (TbMoney){ 1, jpy }, &sum, &mixed));
  g_assert_error (mixed, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_false (tb_money_add ((TbMoney){ G_MAXINT64, cad }, (TbMoney){ 1, cad }, &sum, &overflow));
  g_assert_error (overflow, TB_ERROR, TB_ERROR_OVERFLOW);
  g_assert_false (tb_money_subtract ((TbMoney){ 0, cad }, (TbMoney){ G_MININT64, cad }, &sum, NULL));

  /* HST 13 % of 647.38 = 84.1594 → 84.16; of ¥999 = 129.87 → 130 */
  g_assert_true (tb_money_percent ((TbMoney){ 647380000000, cad }, 13 * TB_DECIMAL_ONE, TB_ROUND_HALF_UP, &sum, NULL));
  g_assert_cmpint (sum.amount, ==, 84160000000);
  g_assert_true (tb_money_percent ((TbMoney){ 999000000000, jpy }, 13 * TB_DECIMAL_ONE, TB_ROUND_HALF_UP, &sum, NULL));
  g_assert_cmpint (sum.amount, ==, 130000000000);

  display = tb_money_to_display ((TbMoney){ -1234567890000000, cad });
  g_assert_cmpstr (display, ==, "−1,234,567.89 CAD");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/decimal/parse", test_decimal_parse);
  g_test_add_func ("/money/decimal/format", test_decimal_format);
  g_test_add_func ("/money/rounding/modes", test_rounding);
  g_test_add_func ("/money/rounding/wide", test_rounding_wide);
  g_test_add_func ("/money/rounding/property", test_rounding_property);
  g_test_add_func ("/money/currency", test_currency);
  g_test_add_func ("/money/money", test_money);
  return g_test_run ();
}
