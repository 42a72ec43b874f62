/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-where.h"
#include "tb-error.h"
#include "tb-glob.h"
#include "tb-int-set.h"

/* ---- what is written and how it is read ---- */

static const struct
{
  const char *reason, *text, *wanted; /* NULL = as written */
} written[] = {
  { "nothing means all calls", "  ", "" },
  { "a field and a value", "client:C1", NULL },
  { "= is the same as :", "client=C1", "client:C1" },
  { "several values of which one must hold", "client:C1,C2", NULL },
  { "what has none is asked for by an empty text", "invoice:\"\"", NULL },
  { "!= is not", "client!=C1", "not client:C1" },
  { "! too", "!client:C1", "not client:C1" },
  { "beside each other both must hold", "client:C1 to:49*", NULL },
  { "and says the same", "client:C1 and to:49*", "client:C1 to:49*" },
  { "or binds less than and", "client:C1 to:49* or to:44*", "(client:C1 to:49*) or to:44*" },
  { "parentheses group", "client:C1 (to:49* or to:44*)", NULL },
  { "parentheses without need are dropped", "((client:C1))", "client:C1" },
  { "groups of one kind are one", "client:C1 (to:49* from:1*)", "client:C1 to:49* from:1*" },
  { "not binds to what follows", "not client:C1 to:49*", NULL },
  { "not of a group", "not (client:C1 or to:49*)", NULL },
  { "twice not stays, for what has no value is of neither", "not not margin<0", NULL },
  { "words are known in capitals too", "CLIENT:C1 OR NOT To:49*", "client:C1 or not to:49*" },
  { "below", "seconds<60", NULL },
  { "at most", "seconds<=60", NULL },
  { "above", "charge>0.5", NULL },
  { "at least", "charge>=0.5", NULL },
  { "below zero", "margin<-0.05", NULL },
  { "a range", "seconds:60..120", NULL },
  { "a range open below is at most", "seconds:..120", "seconds<=120" },
  { "a range open above is at least", "seconds:60..", "seconds>=60" },
  { "ranges and values in one list", "seconds:<5,60..120,>1:00:00", NULL },
  { "a mark before a list is of its first value", "seconds<5,60", "seconds:<5,60" },
  { "durations with colons", "seconds:1:30", NULL },
  { "a month", "start:2026-10", NULL },
  { "a day and a minute", "start:2026-10-03..2026-10-04T14:05", NULL },
  { "a time with a blank is quoted", "start>=\"2026-10-03 14:05\"", NULL },
  { "a time that moves", "start:last-month", NULL },
  { "blanks are quoted", "client:\"Acme Inc\"", NULL },
  { "quotes not needed are dropped", "client:\"C1\"", "client:C1" },
  { "a quotation mark is doubled", "client:\"Acme \"\"A\"\"\"", NULL },
  { "a comma in a value", "destination:\"Germany, mobile\"", NULL },
  { "two dots in a value", "client:\"a..b\"", NULL },
  { "a dot at its end would run into a range", "client:\"Inc.\"", NULL },
  { "a star that is meant", "to:\\*97", NULL },
  { "a word alone is looked for anywhere in both numbers", "4930", "number:*4930*" },
  { "with wildcards as it stands", "4930*", "number:4930*" },
  { "words of a list", "status:rated,no-rate direction:inbound priced:no", NULL },
  { "currencies in small letters", "currency:cad", NULL },
  { "beyond ASCII", "client:Café", NULL },
};

static void
test_written (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallWhere) where = tb_call_where_parse (written[i].text, &error);
      g_autoptr (TbCallWhere) copy = NULL;
      g_autofree char *text = NULL, *copied = NULL;

      g_test_message ("%s", written[i].reason);
      g_assert_no_error (error);
      text = tb_call_where_to_string (where);
      g_assert_cmpstr (text, ==, written[i].wanted != NULL ? written[i].wanted : written[i].text);
      copy = tb_call_where_copy (where);
      copied = tb_call_where_to_string (copy);
      g_assert_cmpstr (copied, ==, text);
      g_assert_cmpint (tb_call_where_is_empty (where), ==, *text == '\0');
    }
}

static const struct
{
  const char *reason, *text, *part; /* of the message */
} refused[] = {
  { "a field that is none is most often misspelt", "clientt:C1", "clientt" },
  { "a value is missing", "client:", "value is missing" },
  { "a value is missing behind a comma", "client:C1,", "value is missing" },
  { "a number that is none", "seconds:many", "duration" },
  { "seconds beyond a minute", "seconds:1:75", "duration" },
  { "an amount that is none", "charge>x", "x" },
  { "an amount finer than any is", "charge>0.00000000001", "0.00000000001" },
  { "a month that is none", "start:2026-13", "2026-13" },
  { "a day that is none", "start:2026-02-30", "2026-02-30" },
  { "an unknown unit", "start:last-7-lightyears", "last-7-lightyears" },
  { "nothing is before a client", "client<C1", "no order" },
  { "nor a range of them", "client:C1..C2", "no order" },
  { "a status that is none", "status:paid", "rated" },
  { "a currency that is none", "currency:euro", "" },
  { "a parenthesis is missing", "(client:C1", "parenthesis" },
  { "one too many", "client:C1)", "nothing may stand here" },
  { "nothing in parentheses", "()", "test is missing" },
  { "nothing after or", "client:C1 or", "test is missing" },
  { "nothing after and", "client:C1 and", "test is missing" },
  { "nothing before or", "or client:C1", "test is missing" },
  { "nothing after not", "not", "" },
  { "an open quotation", "client:\"C1", "quotation" },
  { "deeper than anybody means", "((((((((((((((((((((((((((((((((((((((((client:C1))))))))))))))))))))))))))))))))))))))))", "deeply" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallWhere) where = tb_call_where_parse (refused[i].text, &error);

      g_test_message ("%s", refused[i].reason);
      g_assert_null (where);
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
      g_assert_nonnull (strstr (error->message, refused[i].part));
    }
}

static const struct { const char *text, *wanted; } displayed[] = {
  { "", "All calls" },
  { "client:C1,C2", "Client: C1 or C2" },
  { "not direction:inbound", "Direction: not Inbound" },
  { "start:last-month", "Start: last month" },
  { "start>=2026-10-03", "Start: from 2026-10-03" },
  { "seconds:60..120", "Duration: 60 to 120" },
  { "charge>0.5", "Charge: > 0.5" },
  { "invoice:\"\"", "Invoice: none" },
  { "status:no-rate", "Status: No rate" },
  { "client:C1 or to:49*", "Client: C1 or To: 49*" },
  { "not (client:C1 or to:49*)", "not (Client: C1 or To: 49*)" },
};

static void
test_displayed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (displayed); i++)
    {
      g_autoptr (TbCallWhere) where = tb_call_where_parse (displayed[i].text, NULL);
      g_autofree char *display = tb_call_where_to_display (where);

      g_assert_cmpstr (display, ==, displayed[i].wanted);
    }
}

/* ---- trees made by chance ---- */

static TbCallWhere *
random_where (GRand *random, guint depth)
{
  static const char *const texts[] = { "C1", "", "a b", "or", "..", "x.", "\"", "*4?", "\\*97", "Ü,(", "!=", "a<b" };
  guint what = depth == 0 ? 0 : (guint) g_rand_int_range (random, 0, 6);
  TbCallWhere *where;

  if (what < 3)
    {
      where = tb_call_where_new_test (TB_WHERE_FIELD_CLIENT, TB_WHERE_IS, texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
      if (what == 2)
        tb_call_where_add_value (where, TB_WHERE_IS, texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))], NULL);
      if (what == 1)
        {
          tb_call_where_free (where);
          where = tb_call_where_new_test (TB_WHERE_FIELD_SECONDS, g_rand_int_range (random, TB_WHERE_IS, TB_WHERE_BETWEEN), "90");
          tb_call_where_add_value (where, TB_WHERE_BETWEEN, "1", "2");
        }
      return where;
    }
  where = tb_call_where_new (what == 3 ? TB_WHERE_NOT : what == 4 ? TB_WHERE_ANY : TB_WHERE_ALL);
  for (guint i = 0; i < (what == 3 ? 1u : (guint) g_rand_int_range (random, 2, 4)); i++)
    tb_call_where_add (where, random_where (random, depth - 1));
  return where;
}

/* Whatever a tree is, its text is read, and written the same from then on. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (TbCallWhere) where = random_where (random, 4);
      g_autofree char *text = tb_call_where_to_string (where);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallWhere) read = tb_call_where_parse (text, &error);
      g_autofree char *once = read != NULL ? tb_call_where_to_string (read) : NULL;
      g_autoptr (TbCallWhere) again = once != NULL ? tb_call_where_parse (once, &error) : NULL;
      g_autofree char *twice = again != NULL ? tb_call_where_to_string (again) : NULL;

      if (error != NULL)
        g_test_message ("%s", text);
      g_assert_no_error (error);
      g_assert_cmpstr (once, ==, twice);
    }
}

/* Texts cut, and with characters put in, never do more than be refused. */
static void
test_garbled (void)
{
  static const char marks[] = "():,<>=!\"\\*?. aor";
  g_autoptr (GRand) random = g_rand_new_with_seed (18);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (written[i % G_N_ELEMENTS (written)].text);
      g_autoptr (TbCallWhere) where = NULL;
      g_autofree char *once = NULL;

      for (guint k = 0; k < 3; k++)
        g_string_insert_c (text, g_rand_int_range (random, 0, (gint32) text->len + 1), marks[g_rand_int_range (random, 0, sizeof marks - 1)]);
      where = tb_call_where_parse (text->str, NULL);
      if (where == NULL)
        continue;
      once = tb_call_where_to_string (where);
      {
        g_autoptr (TbCallWhere) again = tb_call_where_parse (once, NULL);
        g_autofree char *twice = again != NULL ? tb_call_where_to_string (again) : NULL;

        g_assert_cmpstr (once, ==, twice);
      }
    }
}

/* ---- times ---- */

static const struct
{
  const char *reason, *zone, *now, *text, *from, *to;
} times[] = {
  { "a year", "UTC", "2026-11-25T21:00:00Z", "2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z" },
  { "a month of the zone", "Europe/Berlin", "2026-11-25T21:00:00Z", "2026-10", "2026-10-01T00:00:00+02:00", "2026-11-01T00:00:00+01:00" },
  { "a day of the zone", "America/Winnipeg", "2026-11-25T21:00:00Z", "2026-10-03", "2026-10-03T00:00:00-05:00", "2026-10-04T00:00:00-05:00" },
  { "an hour", "UTC", "2026-11-25T21:00:00Z", "2026-10-03T14", "2026-10-03T14:00:00Z", "2026-10-03T15:00:00Z" },
  { "a minute", "UTC", "2026-11-25T21:00:00Z", "2026-10-03T14:05", "2026-10-03T14:05:00Z", "2026-10-03T14:06:00Z" },
  { "a second", "UTC", "2026-11-25T21:00:00Z", "2026-10-03 14:05:09", "2026-10-03T14:05:09Z", "2026-10-03T14:05:10Z" },
  { "today begins where the people are", "America/Winnipeg", "2026-11-26T03:00:00Z", "today", "2026-11-25T00:00:00-06:00", "2026-11-26T00:00:00-06:00" },
  { "yesterday", "UTC", "2026-03-01T05:00:00Z", "yesterday", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z" },
  { "weeks begin on Monday", "UTC", "2026-11-25T21:00:00Z", "this-week", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z" },
  { "last week, asked on a Monday", "UTC", "2026-11-23T01:00:00Z", "last-week", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z" },
  { "this month", "UTC", "2026-11-25T21:00:00Z", "this-month", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z" },
  { "last month over New Year", "UTC", "2026-01-15T12:00:00Z", "last-month", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z" },
  { "this quarter", "UTC", "2026-11-25T21:00:00Z", "this-quarter", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z" },
  { "last quarter over New Year", "UTC", "2026-03-31T21:00:00Z", "last-quarter", "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z" },
  { "last quarter", "UTC", "2026-09-30T21:00:00Z", "last-quarter", "2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z" },
  { "last year", "UTC", "2026-11-25T21:00:00Z", "last-year", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z" },
  { "seven days, today is the last", "UTC", "2026-11-25T21:00:00Z", "last-7-days", "2026-11-19T00:00:00Z", "2026-11-26T00:00:00Z" },
  { "days are of the clock, also where it jumps", "Europe/Berlin", "2026-10-26T12:00:00Z", "last-2-days", "2026-10-25T00:00:00+02:00", "2026-10-27T00:00:00+01:00" },
  { "two weeks", "UTC", "2026-11-25T21:00:00Z", "last-2-weeks", "2026-11-12T00:00:00Z", "2026-11-26T00:00:00Z" },
  { "twelve months, this one is the last", "UTC", "2026-11-25T21:00:00Z", "last-12-months", "2025-12-01T00:00:00Z", "2026-11-26T00:00:00Z" },
  { "hours end now", "UTC", "2026-11-25T21:00:00Z", "last-24-hours", "2026-11-24T21:00:00Z", "2026-11-25T21:00:01Z" },
  { "in capitals", "UTC", "2026-11-25T21:00:00Z", "This-Month", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z" },
};

static gint64
instant (const char *text)
{
  gint64 time;

  g_assert_true (tb_time_parse (text, -1, NULL, &time, NULL));
  return time;
}

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbZone) zone = tb_zone_new (times[i].zone, &error);
      gint64 from, to;

      g_test_message ("%s", times[i].reason);
      g_assert_true (tb_where_time_read (times[i].text, instant (times[i].now), zone, &from, &to, &error));
      g_assert_no_error (error);
      g_assert_cmpint (from, ==, instant (times[i].from));
      g_assert_cmpint (to, ==, instant (times[i].to));
    }
}

/* What menus offer is understood, and has words of its own. */
static void
test_words (void)
{
  g_autoptr (TbZone) zone = tb_zone_new_utc ();
  gint64 from, to;

  for (guint i = 0; tb_where_times[i] != NULL; i++)
    {
      g_assert_true (tb_where_time_read (tb_where_times[i], 1795000000, zone, &from, &to, NULL));
      g_assert_cmpint (from, <, to);
      g_assert_cmpstr (tb_where_time_to_display (tb_where_times[i]), !=, NULL);
    }
  for (guint field = 0; field < TB_WHERE_N_FIELDS; field++)
    {
      const char **words = tb_where_field_list_words (field);

      for (guint i = 0; words != NULL && words[i] != NULL; i++)
        {
          g_autofree char *display = tb_where_field_word_to_display (field, words[i]);

          g_assert_true (tb_where_field_read (field, words[i], 0, zone, &from, &to, NULL));
          g_assert_cmpint (from, ==, i);
          g_assert_cmpint (*display, !=, '\0');
        }
    }
}

/* ---- the tools ---- */

static void
test_globs (void)
{
  static const struct { const char *reason, *pattern, *text; gboolean matches; } table[] = {
    { "itself", "4930", "4930", TRUE },
    { "the whole text is meant", "4930", "49301", FALSE },
    { "any rest", "49*", "49", TRUE },
    { "any beginning", "*30", "4930", TRUE },
    { "in the middle", "4*0", "4930", TRUE },
    { "one character", "49?0", "4930", TRUE },
    { "exactly one", "49?0", "490", FALSE },
    { "a character is not a byte", "?", "é", TRUE },
    { "stars that must give back", "*30*30", "303030", TRUE },
    { "a star that is meant", "\\*97", "*97", TRUE },
    { "and no other", "\\*97", "197", FALSE },
    { "a backslash at the end is one", "a\\", "a\\", TRUE },
    { "nothing", "", "", TRUE },
    { "nothing is not something", "", "a", FALSE },
    { "any", "*", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].reason);
      g_assert_cmpint (tb_glob_matches (table[i].pattern, table[i].text), ==, table[i].matches);
    }
}

/* Against a plain array of what is in it. */
static void
test_int_sets (void)
{
  enum { N = 64 };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 2000; round++)
    {
      gboolean has[N] = { FALSE };
      g_autoptr (TbIntSet) set = tb_int_set_new ();
      g_autoptr (TbIntSet) rest = NULL;
      g_autoptr (TbIntSet) again = NULL;

      for (guint i = 0; i < 6; i++)
        {
          int low = g_rand_int_range (random, 0, N), high = g_rand_int_range (random, 0, N);

          tb_int_set_add (set, low, high);
          for (int value = low; value <= high; value++)
            has[value] = TRUE;
        }
      rest = tb_int_set_complement (set);
      again = tb_int_set_complement (rest);
      for (int value = 0; value < N; value++)
        {
          g_assert_cmpint (tb_int_set_has (set, value), ==, has[value]);
          g_assert_cmpint (tb_int_set_has (rest, value), ==, !has[value]);
          g_assert_cmpint (tb_int_set_has (again, value), ==, has[value]);
        }
      g_assert_true (tb_int_set_has (rest, G_MAXINT64) && tb_int_set_has (rest, G_MININT64));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-where/written", test_written);
  g_test_add_func ("/call-where/refused", test_refused);
  g_test_add_func ("/call-where/displayed", test_displayed);
  g_test_add_func ("/call-where/random", test_random);
  g_test_add_func ("/call-where/garbled", test_garbled);
  g_test_add_func ("/call-where/times", test_times);
  g_test_add_func ("/call-where/words", test_words);
  g_test_add_func ("/call-where/globs", test_globs);
  g_test_add_func ("/call-where/int-sets", test_int_sets);

  return g_test_run ();
}
