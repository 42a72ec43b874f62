/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-check.h"

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
  { "an area code cannot begin with 0", &canada, "10165550117", TB_NUMBER_INVALID, "", "^(1\\d+)$", "" },
  { "nor an exchange with 1", &canada, "14161550117", TB_NUMBER_INVALID, "", "^(1\\d+)$", "" },
  { "one digit short after the 1", &canada, "1416555011", TB_NUMBER_INVALID, "", "^(1\\d+)$", "" },
  { "no country has 210", &germany, "+2105551234", TB_NUMBER_INVALID, "", "^(21\\d+)$", "" },
  { "sixteen digits", &germany, "+4930123456789012", TB_NUMBER_INVALID, "", "^(\\d{16})$", "" },
  { "seven digits without an area code in the plan are not Brazil", &canada, "5550117", TB_NUMBER_INVALID, "", "^(\\d{7})$", "" },
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-check/rows", test_rows);
  return g_test_run ();
}
