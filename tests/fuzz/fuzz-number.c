/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-fuzz.h"
#include "tb-number-check.h"
#include "tb-number.h"

/* Any bytes by any plan that a set-up file can have: lines of country, country code, exit codes with commas, trunk prefix, area code, "nanp" or
 * not; then the number. */

/* Cut where the set-up file would refuse it. */
static const char *
digits (const char *text, gsize max)
{
  ((char *) text)[MIN (strspn (text, "0123456789"), max)] = '\0';
  return text;
}

static void
check_packed (const char *dialled)
{
  char text[TB_NUMBER_BUFFER];
  TbNumber packed;

  if (!tb_number_pack (dialled, -1, &packed))
    return;
  tb_fuzz_check (tb_number_unpack (packed, text) == strlen (text));
  tb_fuzz_check_same (text, dialled);
}

/* What came out is a number of E.164, and one that is dialled with + is taken as it is. */
static void
check_number (const TbNumberPlan *plan, const char *number)
{
  g_autofree char *plus = g_strconcat ("+", number, NULL);
  char again[TB_E164_BUFFER];
  TbNumberRule rule;

  tb_fuzz_check (strlen (number) < TB_E164_BUFFER && strspn (number, "0123456789") == strlen (number));
  tb_fuzz_check (tb_number_plan_normalise (plan, plus, -1, again, &rule));
  tb_fuzz_check_same (again, number);
  tb_fuzz_check (rule == TB_NUMBER_RULE_INTERNATIONAL);
}

static void
check_verdict (const TbNumberPlan *plan, const char *dialled)
{
  TbNumberCheck check;

  tb_number_check (plan, dialled, &check);
  tb_fuzz_check (*check.reason != '\0');
  tb_fuzz_check (check.mends == (*check.replacement != '\0') && (!check.mends || *check.pattern != '\0'));
  tb_fuzz_check ((check.verdict == TB_NUMBER_WRONG_COUNTRY) == (*check.likely != '\0'));
  tb_fuzz_check (tb_number_verdict_to_string (check.verdict) != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *parts[7];
  G_GNUC_UNUSED g_autofree char *text = tb_fuzz_lines (data, size, parts, G_N_ELEMENTS (parts));
  g_auto (GStrv) exit_codes = g_strsplit (parts[2], ",", -1);
  for (guint i = 0; exit_codes[i] != NULL; i++)
    digits (exit_codes[i], 8);

  const TbNumberPlan plan = { .country = (char *) parts[0], .country_code = (char *) digits (parts[1], 4), .exit_codes = exit_codes, .trunk_prefix = (char *) digits (parts[3], 8),
                              .area_code = (char *) digits (parts[4], 8), .nanp = strcmp (parts[5], "nanp") == 0 };
  char number[TB_E164_BUFFER];
  TbNumberRule rule;
  gboolean found = tb_number_plan_normalise (&plan, parts[6], -1, number, &rule);

  tb_fuzz_check (found == (*number != '\0') && found == (rule != TB_NUMBER_RULE_NONE));
  if (found)
    check_number (&plan, number);
  check_verdict (&plan, parts[6]);
  check_packed (parts[6]);
  return 0;
}
