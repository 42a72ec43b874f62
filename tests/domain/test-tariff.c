/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff.h"

#include "tb-error.h"
#include "tb-setup.h"

static void
test_increment (void)
{
  static const struct { const char *text; gint32 initial, next; } rows[] = {
    { "6/6", 6, 6 }, { "60/1", 60, 1 }, { "6 / 6", 6, 6 }, { "6-6", 6, 6 }, { "60", 60, 60 }, { " 30/6 ", 30, 6 },
    { "0/0", 0, 0 }, { "0", 0, 0 }, { "6/", 0, 0 }, { "/6", 0, 0 }, { "06-Jun", 0, 0 }, { "-6/6", 0, 0 }, { "6/6/6", 0, 0 },
    { "999999", 0, 0 }, { "1.5", 0, 0 }, { "", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint32 initial = 0, next = 0;

      g_test_message ("“%s”", rows[i].text);
      g_assert_true (tb_rate_parse_increment (rows[i].text, &initial, &next, NULL) == (rows[i].initial > 0));
      g_assert_cmpint (initial, ==, rows[i].initial);
      g_assert_cmpint (next, ==, rows[i].next);
    }
}

static void
add_rate (TbTariff *tariff, const char *prefix, TbDecimal rate, gint64 from)
{
  TbRate *row = tb_rate_new ();

  g_free (row->prefix);
  row->prefix = g_strdup (prefix);
  row->rate = rate;
  row->effective_from = from;
  g_ptr_array_add (tariff->rates, row);
}

static void
test_diff (void)
{
  g_autoptr (TbTariff) before = tb_tariff_new (), after = tb_tariff_new ();
  g_autoptr (GArray) changes = NULL;
  static const struct { TbTariffChangeKind kind; const char *prefix; } expected[] = {
    { TB_TARIFF_DEARER, "1204" }, { TB_TARIFF_REMOVED, "33" }, { TB_TARIFF_CHEAPER, "44" }, { TB_TARIFF_ADDED, "49" },
    { TB_TARIFF_CHANGED, "61" }, { TB_TARIFF_ADDED, "7" }, /* the same prefix from another day on is a new row */
  };
  guint unchanged = 0;

  add_rate (before, "44", 20, TB_TIME_NONE), add_rate (after, "44", 10, TB_TIME_NONE);
  add_rate (before, "1204", 10, TB_TIME_NONE), add_rate (after, "1204", 11, TB_TIME_NONE);
  add_rate (before, "33", 10, TB_TIME_NONE), add_rate (after, "49", 11, TB_TIME_NONE);
  add_rate (before, "7", 10, 5), add_rate (after, "7", 10, 5), add_rate (after, "7", 10, 6);
  add_rate (before, "61", 10, 5), add_rate (after, "61", 10, 5);
  ((TbRate *) after->rates->pdata[after->rates->len - 1])->minimum = 60;

  changes = tb_tariff_diff (before->rates, after->rates, &unchanged);
  g_assert_cmpuint (unchanged, ==, 1);
  g_assert_cmpuint (changes->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < changes->len; i++)
    {
      const TbTariffChange *change = &g_array_index (changes, TbTariffChange, i);

      g_assert_cmpint (change->kind, ==, expected[i].kind);
      g_assert_cmpstr ((change->after != NULL ? change->after : change->before)->prefix, ==, expected[i].prefix);
    }
}

static void
test_setup_validate (void)
{
  g_autoptr (TbSetup) setup = tb_setup_new ();
  g_autoptr (GError) error = NULL;
  TbPackage *package = tb_package_new ();

  package->name = g_strdup ("Business");
  package->tariff = g_strdup ("telnyx");
  g_ptr_array_add (setup->packages, package);
  g_assert_false (tb_setup_validate (setup, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "packages[0].tariff: "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tariff/increment", test_increment);
  g_test_add_func ("/tariff/diff", test_diff);
  g_test_add_func ("/setup/validate", test_setup_validate);
  return g_test_run ();
}
