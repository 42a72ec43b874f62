/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "tb-tariff-check.h"

/* Rates are written "prefix price [from [until]]", days of January 2026 or "-" for none; ";" between them. */

static gint64
january (const char *day)
{
  return strcmp (day, "-") == 0 ? TB_TIME_NONE : (gint64) (tb_day_from_ymd (2026, 1, 1) + atoi (day) - 1) * 86400;
}

static TbRate *
parse_rate (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  TbRate *rate = tb_rate_new_for (strcmp (words[0], "*") == 0 ? "" : words[0]);

  rate->description = g_strdup_printf ("Place %s", words[0]);
  rate->rate = atoi (words[1]);
  rate->initial = rate->next = 60;
  if (n > 2)
    rate->effective_from = january (words[2]);
  if (n > 3)
    rate->effective_to = january (words[3]);
  return rate;
}

static TbTariffDraft *
parse_draft (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  TbTariff *tariff = tb_tariff_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (tariff->rates, parse_rate (parts[i]));
  return tb_tariff_draft_new (tariff);
}

/* "44 10;49 20": what the rows in that order hold. */
static char *
write_rows (const TbDraftView *view, GArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const TbRate *rate = view->rates[g_array_index (rows, guint32, i)];

      g_string_append_printf (text, "%s%s %d", i > 0 ? ";" : "", *rate->prefix != '\0' ? rate->prefix : "*", (int) rate->rate);
    }
  return g_string_free (text, FALSE);
}

static void
assert_draft (TbTariffDraft *draft, const char *expected)
{
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) rows = tb_draft_view_sort (view);
  g_autofree char *text = write_rows (view, rows);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (tb_tariff_draft_get_n_rates (draft), ==, rows->len);
  tb_draft_view_free (view);
}

static void
test_steps (void)
{
  g_autoptr (TbTariffDraft) draft = parse_draft ("44 10;49 20;1 30");
  g_autoptr (TbDraftStep) change = tb_draft_step_new (draft), remove = tb_draft_step_new (draft), add = tb_draft_step_new (draft);
  guint row;

  assert_draft (draft, "1 30;44 10;49 20");
  tb_draft_step_set (change, 0, parse_rate ("44 11"));
  tb_draft_step_set (remove, 1, NULL);
  row = tb_tariff_draft_take_row (draft);
  tb_draft_step_set (add, row, parse_rate ("33 40"));
  assert_draft (draft, "1 30;44 10;49 20"); /* nothing was done yet */
  tb_draft_step_swap (change);
  tb_draft_step_swap (remove);
  tb_draft_step_swap (add);
  assert_draft (draft, "1 30;33 40;44 11");
  g_assert_cmpint (tb_tariff_draft_get_price_before (draft, 0), ==, 10);
  g_assert_cmpint (tb_tariff_draft_get_price_before (draft, row), ==, TB_DECIMAL_NONE);
  tb_draft_step_swap (add);
  tb_draft_step_swap (remove);
  tb_draft_step_swap (change);
  assert_draft (draft, "1 30;44 10;49 20"); /* all back */
  tb_draft_step_swap (change);
  assert_draft (draft, "1 30;44 11;49 20"); /* and done again */
}

/* What a thread looks at stays, whatever is done and forgotten meanwhile. */
static void
test_lent (void)
{
  TbTariffDraft *draft = parse_draft ("44 10;49 20");
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) rows = tb_draft_view_sort (view);
  TbDraftStep *step = tb_draft_step_new (draft);
  g_autofree char *text = NULL;

  tb_draft_step_set (step, 0, NULL);
  tb_draft_step_swap (step);
  tb_draft_step_free (step); /* the rate goes with it */
  tb_tariff_draft_unref (draft);
  text = write_rows (view, rows);
  g_assert_cmpstr (text, ==, "44 10;49 20");
  tb_draft_view_free (view);
}

static void
test_search (void)
{
  static const struct { const char *search, *found, *why; } rows[] = {
    { NULL, "1 1;44 2;4420 3;49 4", "all" },
    { "", "1 1;44 2;4420 3;49 4", "all" },
    { "  ", "1 1;44 2;4420 3;49 4", "blanks are nothing" },
    { "44", "44 2;4420 3", "a prefix" },
    { "+44 20", "4420 3", "as it is written" },
    { "442079460000", "44 2;4420 3", "a number: what would price it" },
    { "place 49", "49 4", "a part of the description, in any case" },
    { "PLACE", "1 1;44 2;4420 3;49 4", "likewise" },
    { "99", "", "nothing" },
    { "Ünder", "", "nothing" },
    { "%", "", "no wildcard" },
  };
  g_autoptr (TbTariffDraft) draft = parse_draft ("1 1;44 2;4420 3;49 4");
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) all = tb_draft_view_sort (view);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) found = tb_draft_view_search (view, all, rows[i].search, NULL);
      g_autofree char *text = write_rows (view, found);

      g_test_message ("“%s”: %s", rows[i].search, rows[i].why);
      g_assert_cmpstr (text, ==, rows[i].found);
    }
  tb_draft_view_free (view);
}

static void
test_places (void)
{
  static const struct { const char *rate; guint row, place; gboolean there; guint same; const char *why; } rows[] = {
    { "44 9", 1, 1, TRUE, G_MAXUINT, "where it is" },
    { "44 9", 9, 2, FALSE, 1, "another of that key, after it" },
    { "44 9 5", 9, 2, FALSE, G_MAXUINT, "of another day" },
    { "3 9", 9, 1, FALSE, G_MAXUINT, "between" },
    { "99 9", 9, 3, FALSE, G_MAXUINT, "at the end" },
    { "* 9", 9, 0, FALSE, G_MAXUINT, "at the beginning" },
  };
  g_autoptr (TbTariffDraft) draft = parse_draft ("1 1;44 2;49 4");
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) all = tb_draft_view_sort (view);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbRate) rate = parse_rate (rows[i].rate);
      guint place = 99, other = G_MAXUINT;

      g_test_message ("%s: %s", rows[i].rate, rows[i].why);
      g_assert_true (tb_tariff_draft_find (draft, all, rate, rows[i].row, &place) == rows[i].there);
      g_assert_cmpuint (place, ==, rows[i].place);
      g_assert_true (tb_tariff_draft_find_same_key (draft, all, rate, rows[i].row, &other) == (rows[i].same != G_MAXUINT));
      g_assert_cmpuint (other, ==, rows[i].same);
    }
  tb_draft_view_free (view);
}

/* A price from a day on follows what is in force then, not what was before. */
static void
test_follow (void)
{
  g_autoptr (TbTariffDraft) draft = parse_draft ("1 10;44 20;44 30 5;49 40 1 8;33 50 20");
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) all = tb_draft_view_sort (view), changes = NULL;
  TbRateChange change = TB_RATE_CHANGE_NONE;
  g_autoptr (GString) text = g_string_new (NULL);

  change.percent = 100 * TB_DECIMAL_ONE;
  change.rounding.decimals = 12;
  change.start = TB_RATE_START_FOLLOW;
  change.from = january ("10");
  changes = tb_draft_view_change (view, all, &change, NULL);
  for (guint i = 0; i < changes->len; i++)
    {
      const TbDraftChange *one = &g_array_index (changes, TbDraftChange, i);

      g_string_append_printf (text, "%s %d;", one->after->prefix, (int) one->after->rate);
      g_assert_cmpint (one->after->effective_from, ==, change.from);
    }
  g_assert_cmpstr (text->str, ==, "1 20;44 60;"); /* 49 is over, 33 begins later */
  tb_draft_view_free (view);
}

static void
test_faults (void)
{
  g_autoptr (TbTariffDraft) draft = parse_draft ("1 10;44 20");
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) all = tb_draft_view_sort (view), changes = NULL;
  TbRateChange change = TB_RATE_CHANGE_NONE;

  change.amount = -15;
  change.rounding.decimals = 12;
  changes = tb_draft_view_change (view, all, &change, NULL);
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_nonnull (g_array_index (changes, TbDraftChange, 0).fault); /* 1 would cost less than nothing */
  g_assert_cmpint (g_array_index (changes, TbDraftChange, 1).after->rate, ==, 5);
  tb_draft_view_free (view);
}

/* ---- checks ---- */

static void
test_check (void)
{
  static const char *const words[] = { "twice", "overlap", "hole", "over", "gap", "dearer", "needless" };
  static const struct { const char *rates, *found, *why; } rows[] = {
    { "* 1", "", "all others cover everything" },
    { "* 1;44 1 - 5", "", "what ended falls back to them" },
    { "* 5;44 5;44 6;49 9", "twice 44", "the same row twice" },
    { "* 5;44 5;44 6 20", "needless 44", "a later one is history, not a duplicate; the first says what all others say" },
    { "* 5;44 6 - 12;44 7 10", "overlap 44", "the first is said to end after the second began" },
    { "* 5;44 6 - 8;44 7 12", "hole 44", "nothing of its own from the 8th to the 12th" },
    { "* 5;44 6 - 8;44 7 8", "", "one after the other" },
    { "* 1;4420 9;44 10", "dearer 4420", "the shorter costs more" },
    { "* 1;44 10;4420 10", "needless 4420", "the same terms" },
    { "* 1;44 10;4420 10 - 30", "needless 4420", "also for a while" },
    { "* 1;44 10 5;4420 10", "", "before the 5th it was another price" },
    { "* 1;44 10;447 12;4479 10", "dearer 4479", "the next shorter one counts" },
    { "1 1;2 1;3 1;4 1;5 1;6 1;8 1;9 1", "gap 7", "one country has none" },
    { "1 1;2 1;3 1;4 1;5 1;6 1;7 1 - 5;8 1;9 1", "over 7|gap 7", "nor has what ended" },
    { "1 1;2 1;3 1;40 1;41 1;43 1;44 1;45 1;46 1;47 1;48 1;49 1;5 1;6 1;7 1;8 1;9 1", "gap 420|gap 421|gap 423", "42 is no country, but begins three" },
    { "1 1;2 1;3 1;40 1;41 1;42 1;43 1;44 1;45 1;46 1;47 1;49 1;5 1;6 1;7 1;8 1;9 1", "gap 48", "a gap beside its sisters" },
    { "1 1;2 1;3 1;4 1;5 1;6 1;7 1;8 1;90 1;91 1;92 1;93 1;94 1;95 1;96 1;97 1;98 1;998 1", "gap 992|gap 993|gap 994|gap 995|gap 996",
      "990, 991, 997 and 999 are nobody's: no gap" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbTariffDraft) draft = parse_draft (rows[i].rates);
      TbDraftView *view = tb_tariff_draft_lend (draft);
      g_autoptr (GArray) all = tb_draft_view_sort (view), found = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      guint counts[TB_TARIFF_N_FINDINGS], n = 0;
      guint32 row;

      g_test_message ("%s: %s", rows[i].rates, rows[i].why);
      g_assert_true (tb_tariff_find_duplicate (view, all, &row) == g_str_has_prefix (rows[i].found, "twice"));
      found = tb_tariff_check (view, all, january ("10"), counts, NULL);
      for (guint k = 0; k < found->len; k++)
        {
          const TbTariffFinding *one = &g_array_index (found, TbTariffFinding, k);

          g_string_append_printf (text, "%s%s %s", k > 0 ? "|" : "", words[one->kind], one->prefix);
        }
      for (guint kind = 0; kind < TB_TARIFF_N_FINDINGS; kind++)
        n += counts[kind];
      g_assert_cmpstr (text->str, ==, rows[i].found);
      g_assert_cmpuint (n, ==, found->len);
      tb_draft_view_free (view);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (TbTariffDraft) draft = parse_draft ("1 1;2 2");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TbDraftView *view = tb_tariff_draft_lend (draft);
  g_autoptr (GArray) all = tb_draft_view_sort (view);
  TbRateChange change = TB_RATE_CHANGE_NONE;
  guint counts[TB_TARIFF_N_FINDINGS];

  g_cancellable_cancel (cancellable);
  g_assert_null (tb_tariff_check (view, all, 0, counts, cancellable));
  g_assert_null (tb_draft_view_search (view, all, "1", cancellable));
  g_assert_null (tb_draft_view_change (view, all, &change, cancellable));
  tb_draft_view_free (view);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tariff-draft/steps", test_steps);
  g_test_add_func ("/tariff-draft/lent", test_lent);
  g_test_add_func ("/tariff-draft/search", test_search);
  g_test_add_func ("/tariff-draft/places", test_places);
  g_test_add_func ("/tariff-draft/follow", test_follow);
  g_test_add_func ("/tariff-draft/faults", test_faults);
  g_test_add_func ("/tariff-draft/check", test_check);
  g_test_add_func ("/tariff-draft/cancelled", test_cancelled);
  return g_test_run ();
}
