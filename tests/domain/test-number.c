/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-number-plan.h"
#include "tb-usual-plan.h"
#include "tb-number.h"
#include "tb-prefix-tree.h"

static void
test_pack (void)
{
  static const struct { const char *text; gboolean fits; } rows[] = {
    { "", TRUE }, { "0", TRUE }, { "00", TRUE }, { "0044", TRUE }, /* leading zeros survive */
    { "12045550142", TRUE }, { "+12045550142", TRUE }, { "99999999999999999", TRUE },
    { "123456789012345678", FALSE }, /* eighteen digits: kept as a word */
    { "*97", FALSE }, { "anonymous", FALSE }, { "+", FALSE }, { "1204 555", FALSE }, { "++1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbNumber number = -1;
      char back[TB_NUMBER_BUFFER];

      g_assert_true (tb_number_pack (rows[i].text, -1, &number) == rows[i].fits);
      if (!rows[i].fits)
        continue;
      g_assert_cmpuint (tb_number_unpack (number, back), ==, strlen (rows[i].text));
      g_assert_cmpstr (back, ==, rows[i].text);
    }
}

static void
test_plan (void)
{
  g_auto (GStrv) exit_na = g_strsplit ("011", ",", -1), exit_eu = g_strsplit ("00", ",", -1);
  char one[] = "1", zero[] = "0", uk[] = "44", de[] = "49", c204[] = "204", c30[] = "30";
  TbNumberPlan canada = { .country_code = one, .exit_codes = exit_na, .trunk_prefix = one, .nanp = TRUE };
  TbNumberPlan winnipeg = { .country_code = one, .exit_codes = exit_na, .trunk_prefix = one, .nanp = TRUE, .area_code = c204 };
  TbNumberPlan britain = { .country_code = uk, .exit_codes = exit_eu, .trunk_prefix = zero };
  TbNumberPlan berlin = { .country_code = de, .exit_codes = exit_eu, .trunk_prefix = zero, .area_code = c30 };
  TbNumberPlan none = { NULL };
  const struct { TbNumberPlan *plan; const char *dialled, *expected; TbNumberRule rule; } rows[] = {
    { &canada, "2045550142", "12045550142", TB_NUMBER_RULE_NANP },
    { &canada, "12045550142", "12045550142", TB_NUMBER_RULE_TRUNK_PREFIX },
    { &canada, "+1 (204) 555-0142", "12045550142", TB_NUMBER_RULE_INTERNATIONAL },
    { &canada, "011442079460018", "442079460018", TB_NUMBER_RULE_EXIT_CODE },
    { &canada, "442079460018", "442079460018", TB_NUMBER_RULE_AS_DIALLED },
    { &canada, "5550142", "5550142", TB_NUMBER_RULE_AS_DIALLED },          /* no area code: the rule does not exist */
    { &winnipeg, "5550142", "12045550142", TB_NUMBER_RULE_AREA_CODE },
    { &winnipeg, "2045550142", "12045550142", TB_NUMBER_RULE_NANP },
    { &britain, "02079460018", "442079460018", TB_NUMBER_RULE_TRUNK_PREFIX },
    { &britain, "0012045550142", "12045550142", TB_NUMBER_RULE_EXIT_CODE }, /* exit code before trunk prefix */
    { &britain, "442079460018", "442079460018", TB_NUMBER_RULE_AS_DIALLED },
    { &berlin, "1234567", "49301234567", TB_NUMBER_RULE_AREA_CODE },
    { &none, "0044123", "0044123", TB_NUMBER_RULE_AS_DIALLED },            /* empty values: no rules at all */
    { &canada, "*97", NULL, TB_NUMBER_RULE_NONE }, { &canada, "anonymous", NULL, TB_NUMBER_RULE_NONE },
    { &canada, "", NULL, TB_NUMBER_RULE_NONE }, { &canada, "+", NULL, TB_NUMBER_RULE_NONE },
    { &canada, "123456789012345678901234567890123", NULL, TB_NUMBER_RULE_NONE }, /* 33 digits */
    { &britain, "01234567890123456789012345678901", NULL, TB_NUMBER_RULE_NONE },  /* 32, and 33 with its country code */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char number[TB_E164_BUFFER];
      TbNumberRule rule;

      g_test_message ("%s", rows[i].dialled);
      g_assert_true (tb_number_plan_normalise (rows[i].plan, rows[i].dialled, -1, number, &rule) == (rows[i].expected != NULL));
      g_assert_cmpstr (number, ==, rows[i].expected != NULL ? rows[i].expected : "");
      g_assert_cmpint (rule, ==, rows[i].rule);
    }
}

/* Random prefixes of up to seven digits; says what each replaced. */
static void
fill_tree (TbPrefixTree *tree, GHashTable *known, GRand *rand, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      char *prefix = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 1 << (1 + i % 23)));
      gpointer before;
      guint32 old;

      if (!g_hash_table_lookup_extended (known, prefix, NULL, &before))
        before = GUINT_TO_POINTER (TB_PREFIX_NONE);
      g_assert_true (tb_prefix_tree_insert (tree, prefix, i, &old));
      g_assert_cmpuint (old, ==, GPOINTER_TO_UINT (before));
      g_hash_table_replace (known, prefix, GUINT_TO_POINTER (i));
    }
}

static void
ask_tree (TbPrefixTree *tree, GHashTable *known, GRand *rand)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", g_rand_int (rand) >> i % 32);
      guint32 longest = TB_PREFIX_NONE;

      for (gsize len = 0; len <= strlen (number); len++)
        {
          g_autofree char *prefix = g_strndup (number, len);
          gpointer value;

          if (g_hash_table_lookup_extended (known, prefix, NULL, &value))
            longest = GPOINTER_TO_UINT (value);
        }
      g_assert_cmpuint (tb_prefix_tree_find (tree, number), ==, longest);
    }
}

/* The tree against the definition of a prefix, over random decks: as it grows, finished, and grown again after that. */
static void
test_tree (void)
{
  GRand *rand = g_rand_new_with_seed (7);
  g_autoptr (TbPrefixTree) tree = tb_prefix_tree_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  fill_tree (tree, known, rand, 1, 20000);
  ask_tree (tree, known, rand);
  tb_prefix_tree_finish (tree);
  ask_tree (tree, known, rand);
  fill_tree (tree, known, rand, 20000, 30000);
  ask_tree (tree, known, rand);
  tb_prefix_tree_finish (tree);
  tb_prefix_tree_finish (tree);
  ask_tree (tree, known, rand);
  g_rand_free (rand);
}

static void
test_tree_edges (void)
{
  g_autoptr (TbPrefixTree) tree = tb_prefix_tree_new ();
  guint32 old = 0;

  g_assert_cmpuint (tb_prefix_tree_find (tree, "123"), ==, TB_PREFIX_NONE);
  g_assert_true (tb_prefix_tree_insert (tree, "", 9, &old)); /* the catch-all */
  g_assert_cmpuint (old, ==, TB_PREFIX_NONE);
  g_assert_true (tb_prefix_tree_insert (tree, "", 8, &old));
  g_assert_cmpuint (old, ==, 9);
  g_assert_true (tb_prefix_tree_insert (tree, "1", 0, &old)); /* a value like any other */
  g_assert_true (tb_prefix_tree_insert (tree, "12", 2, &old)); /* behind a prefix that went no further */
  g_assert_cmpuint (old, ==, TB_PREFIX_NONE);
  g_assert_cmpuint (tb_prefix_tree_find (tree, ""), ==, 8);
  g_assert_cmpuint (tb_prefix_tree_find (tree, "1"), ==, 0);
  g_assert_cmpuint (tb_prefix_tree_find (tree, "1+"), ==, 0);
  g_assert_cmpuint (tb_prefix_tree_find (tree, "123"), ==, 2);
  g_assert_false (tb_prefix_tree_insert (tree, "12a", 1, NULL));
  g_assert_false (tb_prefix_tree_insert (tree, "123456789012345678901234567890123", 1, NULL));
}

/* How a number is dialled at home, and what it is to the world. */
static void
test_usual_plans (void)
{
  static const struct { const char *country, *dialled, *digits; } rows[] = {
    { "DE", "030 901820", "4930901820" },    { "DE", "004412345678", "4412345678" }, { "GB", "020 7946 0000", "442079460000" },
    { "US", "212 555 0123", "12125550123" }, { "CA", "011442079460000", "442079460000" }, { "AU", "001144207946000", "44207946000" },
    { "JP", "0103312345678", "3312345678" }, { "HU", "0612345678", "3612345678" },
  };
  TbNumberPlan none = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbNumberPlan plan = { 0 };
      char digits[TB_E164_BUFFER];
      TbNumberRule rule;

      g_test_message ("%s %s", rows[i].country, rows[i].dialled);
      g_assert_true (tb_usual_plan_find (rows[i].country, &plan));
      g_assert_cmpstr (plan.country, ==, rows[i].country);
      g_assert_true (tb_number_plan_normalise (&plan, rows[i].dialled, -1, digits, &rule));
      g_assert_cmpstr (digits, ==, rows[i].digits);
      tb_number_plan_clear (&plan);
    }
  g_assert_false (tb_usual_plan_find ("XX", &none));
  g_assert_false (tb_usual_plan_find ("", &none));
  g_assert_null (none.country);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/pack", test_pack);
  g_test_add_func ("/number/plan", test_plan);
  g_test_add_func ("/number/usual-plans", test_usual_plans);
  g_test_add_func ("/number/tree/property", test_tree);
  g_test_add_func ("/number/tree/edges", test_tree_edges);
  return g_test_run ();
}
