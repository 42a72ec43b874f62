/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter.h"

#include "tb-error.h"
#include "tb-scene.h"

/* rating.md, step 3: patterns, and where the rules are asked. */

static void
test_pattern (void)
{
  static const struct { const char *pattern, *fits, *fits_not; const char *reason; } rows[] = {
    { "911", "911", "9110", "digits: the whole number" },
    { "911", "911", "1911", "not a part of it" },
    { "1800xxxxxxx", "18005550100", "1800555010", "x is one digit each" },
    { "1800XXXXXXX", "18005550100", "1800555010*", "X too; a star is not a digit" },
    { "[2-9]11", "411", "111", "a range" },
    { "[2-479]1", "71", "51", "ranges and digits in one place" },
    { "1900*", "19005550100", "1800", "a trailing star: any rest" },
    { "1900*", "1900", "190", "the rest may be nothing" },
    { "*97", "*97", "97", "a leading star is itself" },
    { "*97*", "*9712", "9712", "and the trailing one is still any rest" },
    { "#xx", "#21", "*21", "a leading # is itself" },
    { "*xx,#xx,4443,1800xxxxxxx", "4443", "4444", "several patterns in one rule, as staff paste them" },
    { " *xx , #xx ", "#72", "72", "with blanks around the commas" },
    { "*", "14165550100", "", "a star alone is everything that was dialled" },
    { "+1416*", "14165550100", "1905", "a plus says nothing more than the digits" },
    { "14165550100", "+1 (416) 555-0100", "+1 (416) 555-0101", "separators of the record do not count" },
    { "[tollfree]", "18665550100", "14165550100", "a class: toll-free of the NANP" },
    { "[tollfree]", "8005550100", "4165550100", "as dialled without the 1" },
    { "[emergency]", "911", "9115550100", "emergency numbers, whole" },
    { "[emergency]", "112", "1120", "everywhere" },
    { "[voicemail]", "*97", "97", "voicemail's feature codes" },
    { "[TollFree]", "18005550100", "1416", "a class in any case of letters" },
    { "Canada*", "Canada - Toronto", "USA", "words, for descriptions" },
    { "canada - toronto", "Canada - Toronto", "Canada - Ottawa", "in any case of letters" },
  };
  TbCall call;

  tb_call_init (&call);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPattern) pattern = tb_pattern_new (rows[i].pattern, &error);

      g_test_message ("“%s”: %s", rows[i].pattern, rows[i].reason);
      g_assert_no_error (error);
      g_assert_true (tb_pattern_matches (pattern, rows[i].fits, rows[i].fits, &call, FALSE));
      g_assert_false (tb_pattern_matches (pattern, rows[i].fits_not, rows[i].fits_not, &call, FALSE));
    }
}

static void
test_refused (void)
{
  static const struct { const char *pattern, *reason; } rows[] = {
    { "", "empty" }, { " , ", "empty between commas" }, { "[nonsense]", "no such class" }, { "[9-2]", "a range backwards" },
    { "[]", "an empty range" }, { "[2-", "an open range" }, { "1800-555", "a dash is no part of a pattern" },
    { "11111111112222222222333333333344444444445", "longer than any number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”: %s", rows[i].pattern, rows[i].reason);
      g_assert_null (tb_pattern_new (rows[i].pattern, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

#define BOOK "rate - 0.60; rate 1416 0.10 text=Toronto; service S tenant=a ext=201,202; plan cc=1 nanp exit=011 trunk=1; "

static void
test_order (void)
{
  static const TbSceneRow rows[] = {
    { "suppress hides the call", BOOK "filter suppress destination 1416*", "14165550100 60 ext=201", "suppressed : 0 0" },
    { "exclude shows it and bills nothing", BOOK "filter exclude destination 1416*", "14165550100 60 ext=201", "excluded : 0 0" },
    { "suppress is asked first, wherever the rules stand", BOOK "filter exclude destination 1416*; all-filter suppress destination 1*",
      "14165550100 60 ext=201", "suppressed" },
    { "suppress before unanswered", BOOK "filter suppress destination 1416*", "14165550100 0 ext=201", "suppressed" },
    { "exclude after it", BOOK "filter exclude destination 1416*", "14165550100 0 ext=201", "unanswered" },
    { "exclude after internal and inbound", BOOK "filter exclude destination *", "202 60 local ext=201; 201 60 in ext=201", "internal; inbound-free" },
    { "a number is tested as normalised", BOOK "filter exclude destination 1416xxxxxxx", "4165550100 60 ext=201", "excluded" },
    { "and as dialled", BOOK "filter exclude destination 011*", "011442079460018 60 ext=201", "excluded" },
    { "the source, likewise in both ways", BOOK "filter exclude source 1519*", "14165550100 60 ext=201 from=5192229000; 14165550100 60 ext=201 from=15192229000",
      "excluded; excluded" },
    { "the direction", BOOK "filter suppress direction inbound", "201 60 in ext=201; 14165550100 60 ext=201", "suppressed; rated" },
    { "an internal call's direction is local", BOOK "filter suppress direction local", "202 60 ext=201; 14165550100 60 ext=201", "suppressed; rated" },
    { "the description of the rate", BOOK "filter exclude description Toronto", "14165550100 60 ext=201; 19055550100 60 ext=201", "excluded; rated" },
    { "a suppressed description hides unanswered calls too", BOOK "filter suppress description Tor*", "14165550100 0 ext=201; 14165550100 60 ext=201",
      "suppressed; suppressed" },
    { "the class of internal calls", BOOK "filter suppress destination [internal]", "202 60 local ext=201; 14165550100 60 ext=201", "suppressed; rated" },
    { "[local] is [internal]", BOOK "filter suppress destination *xx,[local]", "202 60 ext=201; *72 0 ext=201", "suppressed; suppressed" },
    { "[inbound] and [outbound]", BOOK "filter suppress destination [inbound]; filter exclude destination [outbound]",
      "201 60 in ext=201; 14165550100 60 ext=201", "suppressed; excluded" },
    { "rules of one connection leave others alone", "rate - 0.60; service S tenant=a; service T tenant=a connection=pbx2; "
      "all-filter exclude destination 1* connection=pbx2", "1416 60; 1416 60 connection=pbx2", "rated; excluded" },
    { "what is excluded still costs its carrier's money", BOOK "filter exclude destination 1416*; cost - 0.30", "14165550100 60 ext=201",
      "excluded : 0 0 cost=0.3" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/pattern", test_pattern);
  g_test_add_func ("/filter/refused", test_refused);
  g_test_add_func ("/filter/order", test_order);
  return g_test_run ();
}
