/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-advice.h"
#include "tb-number-check.h"
#include "tb-repair.h"

/* The repair of a number plan: which one change makes all of the numbers that were dialled numbers, and what the repair then makes of a
 * package. */

/* "country exits trunk nanp area", "-" for none; exits with slashes. */
static void
parse_plan (const char *text, TbNumberPlan *ret)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  g_assert_cmpuint (g_strv_length (words), ==, 5);
  *ret = (TbNumberPlan){ .country_code = g_strcmp0 (words[0], "-") == 0 ? NULL : g_strdup (words[0]),
                         .exit_codes = g_strcmp0 (words[1], "-") == 0 ? NULL : g_strsplit (words[1], "/", -1),
                         .trunk_prefix = g_strcmp0 (words[2], "-") == 0 ? NULL : g_strdup (words[2]),
                         .nanp = g_str_equal (words[3], "nanp"),
                         .area_code = g_strcmp0 (words[4], "-") == 0 ? NULL : g_strdup (words[4]) };
}

static char *
format_plan (const TbNumberPlan *plan)
{
  g_autofree char *exits = plan->exit_codes != NULL && *plan->exit_codes != NULL ? g_strjoinv ("/", plan->exit_codes) : g_strdup ("-");

  return g_strdup_printf ("%s %s %s %s %s", plan->country_code != NULL ? plan->country_code : "-", exits,
                          plan->trunk_prefix != NULL ? plan->trunk_prefix : "-", plan->nanp ? "nanp" : "-", plan->area_code != NULL ? plan->area_code : "-");
}

static const struct
{
  const char *plan, *numbers, *dids;
  const char *proposed; /* the plans, the least change first, with commas */
  const char *why;
} rows[] = {
  { "1 011 - nanp -", "0033155501234", "", "1 011/00 - nanp -", "dialled as in Europe: the exit code 00 joins the others" },
  { "49 00 0 - -", "011442079460018", "", "49 00/011 0 - -", "dialled as in America, from a telephone in Germany" },
  { "49 - - - -", "00442079460018", "", "49 00 - - -, 49 - 0 - -", "a plan with neither: the exit code comes before the trunk prefix" },
  { "1 011 - - -", "4165550117 2045550142", "", "1 011 - nanp -", "ten digits: North America’s 1 is missing" },
  { "44 00 - - -", "02079460018", "", "44 00 0 - -", "a national number with the trunk prefix" },
  { "1 011 - nanp -", "5550117 5550142", "+14165550100", "1 011 - nanp 416", "seven digits: the area code of the client’s own numbers" },
  { "1 011 - nanp -", "5550117", "", "", "seven digits, and no number of the client that says where" },
  { "1 011 - nanp -", "5550117 0033155501234", "+14165550100", "", "two faults: no one change mends both" },
  { "1 011 - nanp -", "14165550117", "", "", "nothing is wrong" },
  { "1 011 - nanp -", "abc", "", "", "no plan makes a number of that" },
};

static void
test_plans (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) numbers = g_strsplit (rows[i].numbers, " ", -1), dids = g_strsplit (rows[i].dids, " ", -1);
      g_autoptr (GPtrArray) plans = NULL;
      g_autoptr (GString) proposed = g_string_new (NULL);
      TbNumberPlan plan;

      g_test_message ("%s", rows[i].why);
      parse_plan (rows[i].plan, &plan);
      plans = tb_advice_list_plans (&plan, numbers, dids);
      for (guint k = 0; k < plans->len; k++)
        {
          g_autofree char *text = format_plan (plans->pdata[k]);

          g_string_append_printf (proposed, "%s%s", k > 0 ? ", " : "", text);
        }
      g_assert_cmpstr (proposed->str, ==, rows[i].proposed);
      tb_number_plan_clear (&plan);
    }
}

/* Made in a set-up, it is that package's plan and no other's, and the numbers are numbers. */
static void
test_repair (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) numbers = g_strsplit (rows[i].numbers, " ", -1), dids = g_strsplit (rows[i].dids, " ", -1);
      g_autoptr (TbSetup) setup = tb_setup_new ();
      g_autoptr (TbRepair) repair = tb_repair_new (TB_REPAIR_NUMBER_PLAN);
      g_autoptr (GPtrArray) plans = NULL;
      g_autoptr (GError) error = NULL;
      TbPackage *package = tb_package_new (), *other = tb_package_new ();
      TbNumberRule rule;
      char number[TB_E164_BUFFER];

      package->name = g_strdup ("Mended");
      other->name = g_strdup ("Other");
      parse_plan (rows[i].plan, &package->number_plan);
      parse_plan (rows[i].plan, &other->number_plan);
      g_ptr_array_add (setup->packages, package);
      g_ptr_array_add (setup->packages, other);
      plans = tb_advice_list_plans (&package->number_plan, numbers, dids);
      if (plans->len == 0)
        continue;
      g_test_message ("%s", rows[i].why);
      repair->package = g_strdup ("Mended");
      tb_number_plan_copy (plans->pdata[0], &repair->plan);
      g_assert_true (tb_repair_is_ready (repair));
      tb_repair_change (repair, setup, &error);
      g_assert_no_error (error);
      for (guint k = 0; numbers[k] != NULL; k++)
        {
          TbNumberCheck check;

          tb_number_check (&package->number_plan, numbers[k], &check);
          g_assert_cmpint (check.verdict, ==, TB_NUMBER_VALID);
          g_assert_true (tb_number_plan_normalise (&package->number_plan, numbers[k], -1, number, &rule));
        }
      {
        g_autofree char *untouched = format_plan (&other->number_plan);

        g_assert_cmpstr (untouched, ==, rows[i].plan);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice/plans", test_plans);
  g_test_add_func ("/advice/repair", test_repair);
  return g_test_run ();
}
