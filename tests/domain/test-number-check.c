/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-number-fix.h"

static char *exit_na[] = { (char *) "011", NULL }, *exit_eu[] = { (char *) "00", NULL };

static const TbNumberPlan canada = { .country = (char *) "CA", .country_code = (char *) "1", .exit_codes = exit_na, .trunk_prefix = (char *) "1", .nanp = TRUE };
static const TbNumberPlan bare = { .country = (char *) "CA", .country_code = (char *) "1" };
static const TbNumberPlan germany = { .country = (char *) "DE", .country_code = (char *) "49", .exit_codes = exit_eu, .trunk_prefix = (char *) "0" };
static const TbNumberPlan germany_bare = { .country = (char *) "DE", .country_code = (char *) "49" };

static const struct
{
  const char *why;
  const TbNumberPlan *plan;
  const char *dialled;
  TbNumberVerdict verdict;
  const char *likely, *pattern, *replacement;
} rows[] = {
  { "eleven digits", &canada, "14165550117", TB_NUMBER_VALID, "", "", "" },
  { "the plan adds the 1", &canada, "4165550117", TB_NUMBER_VALID, "", "", "" },
  { "abroad by the exit code", &canada, "011442079460018", TB_NUMBER_VALID, "", "", "" },
  { "abroad by +", &bare, "+41446681800", TB_NUMBER_VALID, "", "", "" },
  { "ten digits that would be Switzerland", &bare, "4165550117", TB_NUMBER_WRONG_COUNTRY, "14165550117", "^(\\d{10})$", "1$1" },
  { "the exit code is not in the plan", &bare, "011442079460018", TB_NUMBER_WRONG_COUNTRY, "442079460018", "^011(\\d+)$", "$1" },
  { "nor is Europe's", &bare, "00442079460018", TB_NUMBER_WRONG_COUNTRY, "442079460018", "^00(\\d+)$", "$1" },
  { "the trunk prefix is not in the plan", &germany_bare, "0301234567", TB_NUMBER_WRONG_COUNTRY, "49301234567", "^0(\\d+)$", "49$1" },
  { "the trunk prefix is", &germany, "0301234567", TB_NUMBER_VALID, "", "", "" },
  { "an area code cannot begin with 0", &canada, "10165550117", TB_NUMBER_INVALID, "", "^(1[01]\\d{9})$", "" },
  { "nor an exchange with 1", &canada, "14161550117", TB_NUMBER_INVALID, "", "^(1\\d{3}[01]\\d{6})$", "" },
  { "ten digits that begin with 1 get another", &canada, "1416555011", TB_NUMBER_INVALID, "", "^([01]\\d{9})$", "" },
  { "one digit short after the 1", &bare, "1416555011", TB_NUMBER_INVALID, "", "^(1\\d{9})$", "" },
  { "no country has 210", &germany, "+2105551234", TB_NUMBER_INVALID, "", "^\\+(21\\d+)$", "" },
  { "sixteen digits", &germany, "+4930123456789012", TB_NUMBER_INVALID, "", "^\\+(\\d{16})$", "" },
  { "seven digits without an area code in the plan are not Brazil", &canada, "5550117", TB_NUMBER_INVALID, "", "^(\\d{7})$", "" },
  { "the pattern is of what was dialled, with its exit code", &canada, "0112105551234", TB_NUMBER_INVALID, "", "^011(21\\d+)$", "" },
  { "ten digits to which the plan adds the 1", &canada, "0165550117", TB_NUMBER_INVALID, "", "^([01]\\d{9})$", "" },
  { "with separators", &bare, "(416) 555-0117", TB_NUMBER_WRONG_COUNTRY, "14165550117", "^(\\d{10})$", "1$1" },
  { "an extension", &canada, "2112", TB_NUMBER_EXTENSION, "", "", "" },
  { "a feature code", &canada, "*97", TB_NUMBER_EXTENSION, "", "", "" },
  { "letters", &canada, "anonymous", TB_NUMBER_INVALID, "", "", "" },
  { "nothing", &canada, "", TB_NUMBER_INVALID, "", "", "" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbNumberCheck check;

      g_test_message ("%s: %s", rows[i].why, rows[i].dialled);
      tb_number_check (rows[i].plan, rows[i].dialled, &check);
      g_assert_cmpstr (tb_number_verdict_to_string (check.verdict), ==, tb_number_verdict_to_string (rows[i].verdict));
      g_assert_cmpstr (check.likely, ==, rows[i].likely);
      g_assert_cmpstr (check.pattern, ==, rows[i].pattern);
      g_assert_cmpstr (check.replacement, ==, rows[i].replacement);
    }
}

/* A pattern that is to be refused catches what it was made of and no good number; one that is mended gives what was meant. */
static void
test_patterns (void)
{
  static const char *const good[] = { "14165550117", "4165550117", "011442079460018", "442079460018", "+14165550117", "49301234567" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GRegex) regex = NULL;
      g_autofree char *mended = NULL, *replacement = NULL;
      g_auto (GStrv) parts = NULL;
      TbNumberCheck check;

      tb_number_check (rows[i].plan, rows[i].dialled, &check);
      if (*check.pattern == '\0')
        continue;
      g_test_message ("%s: %s", rows[i].why, check.pattern);
      regex = g_regex_new (check.pattern, 0, 0, NULL);
      g_assert_nonnull (regex);
      if (strpbrk (rows[i].dialled, "() -") == NULL)
        g_assert_true (g_regex_match (regex, rows[i].dialled, 0, NULL));
      for (guint g = 0; !check.mends && g < G_N_ELEMENTS (good); g++)
        g_assert_false (g_regex_match (regex, good[g], 0, NULL));
      if (!check.mends || strpbrk (rows[i].dialled, "() -") != NULL)
        continue;
      parts = g_strsplit (check.replacement, "$", 2);
      replacement = g_strdup_printf ("%s\\%s", parts[0], parts[1]);
      mended = g_regex_replace (regex, rows[i].dialled, -1, 0, replacement, 0, NULL);
      g_assert_cmpstr (mended, ==, check.likely);
    }
}

/* ---- what to write into which PBX ---- */

static const struct { const char *why, *kind; const TbNumberPlan *plan; const char *dialled, *says[4]; } fixes[] = {
  { "FusionPBX takes XML", "fusionpbx", &bare, "4165550117",
    { "expression=\"^(\\d{10})$\"", "application=\"transfer\" data=\"1$1 XML ${context}\"", "ten digits without the leading 1" } },
  { "what no number can be is refused", "fspbx", &canada, "14161550117", { "^(1\\d{3}[01]\\d{6})$", "application=\"hangup\" data=\"INVALID_NUMBER_FORMAT\"" } },
  { "FreePBX has a field for each part", "freepbx", &germany_bare, "0301234567", { "prepend: 49\n", "prefix: 0\n", "match pattern: X.\n" } },
  { "a FreePBX route without trunks refuses", "freepbx", &canada, "10165550117", { "without trunks", "match pattern: 1[01]XXXXXXXXX\n" } },
  { "Yeastar strips and prepends", "yeastar", &bare, "00442079460018", { "pattern: _00X.\n", "strip: 2\n", "prepend: \n" } },
  { "3CX knows lengths", "3cx", &bare, "4165550117", { "with a length of: 10\n", "strip digits: 0\n", "prepend: 1\n" } },
  { "3CX knows prefixes", "3cx", &bare, "011442079460018", { "starting with: 011\n", "strip digits: 3\n" } },
  { "others are told in words", "telnyx", &bare, "4165550117", { "Match ^(\\d{10})$ and send 1$1", "put 1 before" } },
  { "of no kind", NULL, &germany_bare, "0301234567", { "put 49 in place of 0" } },
  { "to be dropped", NULL, &bare, "011442079460018", { "drop 011" } },
  { "to be refused", NULL, &canada, "5550117", { "^(\\d{7})$ and refuse" } },
  { "a good number needs none", "fusionpbx", &canada, "14165550117", { NULL } },
  { "nor does an extension", "fusionpbx", &canada, "2112", { NULL } },
  { "nor what is no number", "fusionpbx", &canada, "anonymous", { NULL } },
};

static void
test_fixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    {
      TbNumberCheck check;
      g_autofree char *fix = NULL;

      g_test_message ("%s", fixes[i].why);
      tb_number_check (fixes[i].plan, fixes[i].dialled, &check);
      fix = tb_number_fix_new (&check, fixes[i].kind);
      g_assert_true ((fix != NULL) == (fixes[i].says[0] != NULL));
      for (guint s = 0; s < G_N_ELEMENTS (fixes[i].says) && fixes[i].says[s] != NULL; s++)
        if (strstr (fix, fixes[i].says[s]) == NULL)
          g_error ("“%s” is not in: %s", fixes[i].says[s], fix);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-check/rows", test_rows);
  g_test_add_func ("/number-check/patterns", test_patterns);
  g_test_add_func ("/number-check/fixes", test_fixes);
  return g_test_run ();
}
