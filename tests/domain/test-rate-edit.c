/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-rate-change.h"
#include "tb-rate-field.h"

/* One rate as a person edits it: cells, changes of many, splits. */

static TbDecimal
decimal (const char *text)
{
  TbDecimal value;

  g_assert_true (tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, NULL));
  return value;
}

static gint64
day (const char *text)
{
  gint64 time;

  g_assert_true (tb_rate_parse_moment (text, NULL, &time, NULL));
  return time;
}

/* A rate for 44: 0.05 at 60/6, fee 0.01, from 2026-01-01 to 2027-01-01. */
static TbRate *
sample (void)
{
  TbRate *rate = tb_rate_new_for ("44");

  rate->id = 7;
  rate->description = g_strdup ("United Kingdom");
  rate->rate = decimal ("0.05");
  rate->initial = 60;
  rate->next = 6;
  rate->connect_fee = decimal ("0.01");
  rate->effective_from = day ("2026-01-01");
  rate->effective_to = day ("2027-01-01");
  return rate;
}

static void
test_fields (void)
{
  static const struct
  {
    TbRateField field;
    const char *typed, *read; /* read again; NULL = refused */
    const char *why;
  } rows[] = {
    { TB_RATE_PREFIX, "4420", "4420", "digits" },
    { TB_RATE_PREFIX, "+44 (20)", "4420", "as numbers are written" },
    { TB_RATE_PREFIX, "*", "*", "all others" },
    { TB_RATE_PREFIX, "", NULL, "an empty one would price everything by mistake" },
    { TB_RATE_PREFIX, "44x", NULL, "letters are none" },
    { TB_RATE_PREFIX, "44*", NULL, "a star is not a wildcard here" },
    { TB_RATE_PREFIX, "123456789012345678901234567890123", NULL, "longer than any number" },
    { TB_RATE_DESCRIPTION, "  Great\nBritain ", "Great Britain", "one line" },
    { TB_RATE_DESCRIPTION, "", "", "none" },
    { TB_RATE_PRICE, "0.0052", "0.0052", "a price" },
    { TB_RATE_PRICE, "0,0052", "0.0052", "with a comma" },
    { TB_RATE_PRICE, "1,234.5", NULL, "of two signs one would group, and which is not known" },
    { TB_RATE_PRICE, "1,234,500", NULL, "likewise" },
    { TB_RATE_PRICE, "0", "0", "free is a price" },
    { TB_RATE_PRICE, "-1", NULL, "below zero" },
    { TB_RATE_PRICE, "", NULL, "a missing price is never zero" },
    { TB_RATE_PRICE, "cheap", NULL, "a word" },
    { TB_RATE_PRICE, "Blocked", "blocked", "not sold" },
    { TB_RATE_PRICE, "0.1234567890123", NULL, "more decimals than are kept" },
    { TB_RATE_INCREMENT, "30/6", "30/6", "first and next" },
    { TB_RATE_INCREMENT, "60", "60", "both" },
    { TB_RATE_INCREMENT, "", "", "the package's" },
    { TB_RATE_INCREMENT, "0/0", NULL, "nothing is sold in pieces of nothing" },
    { TB_RATE_CONNECT_FEE, "0.02", "0.02", "a fee" },
    { TB_RATE_CONNECT_FEE, "", "", "none" },
    { TB_RATE_CONNECT_FEE, "-0.02", NULL, "below zero" },
    { TB_RATE_FROM, "2026-06-01", "2026-06-01", "a day" },
    { TB_RATE_FROM, "2026-06-01 12:30", "2026-06-01T12:30:00Z", "a moment" },
    { TB_RATE_FROM, "", "", "always" },
    { TB_RATE_FROM, "1.6.2026", NULL, "could be two days" },
    { TB_RATE_FROM, "20260601", NULL, "would be read as seconds" },
    { TB_RATE_FROM, "2027-01-01", NULL, "it would end as it begins" },
    { TB_RATE_UNTIL, "2025-12-31", NULL, "before it begins" },
    { TB_RATE_UNTIL, "", "", "open" },
    { TB_RATE_MINIMUM, "30", "30", "seconds" },
    { TB_RATE_MINIMUM, "-1", NULL, "not seconds" },
    { TB_RATE_GRACE, "0", "0", "zero is given" },
    { TB_RATE_INCLUDED, "86401", NULL, "more than a day is a slip" },
    { TB_RATE_MIN_CHARGE, "0.05", "0.05", "a charge" },
    { TB_RATE_MAX_CHARGE, "x", NULL, "a word" },
    { TB_RATE_PRIORITY, "20", "20", "a number" },
    { TB_RATE_PRIORITY, "", "", "the usual" },
    { TB_RATE_PRIORITY, "1.5", NULL, "whole only" },
    { TB_RATE_SECOND_PRICE, "0.06", "0.06", "a price" },
    { TB_RATE_PREMIUM_PRICE, "0.07", "0.07", "a price" },
    { TB_RATE_WHEN, "1-5 08:00-19:00", "1-5 08:00-19:00", "working hours" },
    { TB_RATE_WHEN, "6,7", "6-7", "the weekend" },
    { TB_RATE_WHEN, "12/25", "12/25", "a holiday" },
    { TB_RATE_WHEN, "", "", "always" },
    { TB_RATE_WHEN, "Mon", NULL, "a word" },
    { TB_RATE_WHEN, "8:00-19:00", NULL, "hours have two digits" },
    { TB_RATE_STEPS, "0 0.05/60 30; 30 0.04/60 6", "0 0.05/60 30; 30 0.04/60 6", "two of them" },
    { TB_RATE_STEPS, "", "", "none" },
    { TB_RATE_STEPS, "0 0.05", NULL, "half of one" },
    { TB_RATE_STEPS, "0 0.05/60 30; 0 0.04/60 6", NULL, "two at once" },
    { TB_RATE_STEPS, "0 0.05/60 30; 30 -0.04/60 6", NULL, "below zero" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbRate) before = sample (), same = sample (), after = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *read = NULL;

      g_test_message ("%u “%s”: %s", rows[i].field, rows[i].typed, rows[i].why);
      after = tb_rate_with_field (before, rows[i].field, rows[i].typed, NULL, &error);
      g_assert_true (tb_rate_equal (before, same)); /* nothing is harmed */
      g_assert_true ((after != NULL) == (rows[i].read != NULL));
      if (after == NULL)
        {
          g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
          continue;
        }
      read = tb_rate_field_to_text (after, rows[i].field, NULL);
      g_assert_cmpstr (read, ==, rows[i].read);
      g_assert_cmpuint (after->id, ==, before->id);
    }
}

/* Whatever a cell shows can be typed again, and nothing changes. */
static void
test_fields_again (void)
{
  g_autoptr (TbRate) rate = sample ();

  for (TbRateField field = 0; field < TB_RATE_N_FIELDS; field++)
    {
      g_autofree char *text = tb_rate_field_to_text (rate, field, NULL);
      g_autoptr (TbRate) again = tb_rate_with_field (rate, field, text, NULL, NULL);

      g_assert_true (again != NULL && tb_rate_equal (rate, again));
    }
}

static void
test_field_steps (void)
{
  g_autoptr (TbRate) rate = sample (), blocked = NULL;
  g_autofree char *text = NULL;

  rate->n_steps = 1;
  rate->steps = g_memdup2 (&(TbRateStep){ 0, 60, 30, decimal ("0.4") }, sizeof (TbRateStep));
  g_assert_null (tb_rate_with_field (rate, TB_RATE_PRICE, "0.1", NULL, NULL)); /* it would not be used */
  g_assert_null (tb_rate_with_field (rate, TB_RATE_INCREMENT, "1", NULL, NULL));
  blocked = tb_rate_with_field (rate, TB_RATE_PRICE, "blocked", NULL, NULL);
  g_assert_true (blocked != NULL && !blocked->enabled && blocked->n_steps == 1);
  text = tb_rate_field_to_text (rate, TB_RATE_PRICE, NULL);
  g_assert_cmpstr (text, ==, "0.4");
}

/* ---- changes ---- */

/* Defaults first, then what differs. */
#pragma GCC diagnostic ignored "-Woverride-init"
#define NONE TB_RATE_CHANGE_NONE
#define CHANGE(...) { .percent = TB_DECIMAL_NONE, .amount = TB_DECIMAL_NONE, .price = TB_DECIMAL_NONE, .rounding = { TB_ROUND_HALF_UP, 4 }, \
                      .from = TB_TIME_NONE, .until = TB_TIME_NONE, .enabled = -1, __VA_ARGS__ }
#define PERCENT (TB_DECIMAL_ONE)

static void
test_prices (void)
{
  static const struct
  {
    const char *price;
    TbDecimal percent;
    const char *amount, *set;
    TbRoundingMode mode;
    guint8 decimals;
    const char *after; /* NULL = stays; "" = refused */
    const char *why;
  } rows[] = {
    { "0.05", 10 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, "0.055", "ten percent dearer" },
    { "0.05", -10 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, "0.045", "ten percent cheaper" },
    { "0.0333", 5 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, "0.035", "0.034965 rounds up" },
    { "0.0333", 5 * PERCENT, NULL, NULL, TB_ROUND_DOWN, 4, "0.0349", "down" },
    { "0.0333", 5 * PERCENT, NULL, NULL, TB_ROUND_UP, 3, "0.035", "up to three" },
    { "0.0333", 5 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 12, "0.034965", "exactly" },
    { "0.0005", 10 * PERCENT, NULL, NULL, TB_ROUND_HALF_EVEN, 4, "0.0006", "5.5 is a tie, and 6 is even" },
    { "0.0001", 1 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, NULL, "too small to be seen after rounding" },
    { "0.05", -100 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, "0", "nothing is left" },
    { "0.05", -101 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, "", "below zero" },
    { "0.05", TB_DECIMAL_NONE, "0.002", NULL, TB_ROUND_HALF_UP, 4, "0.052", "an amount more" },
    { "0.05", TB_DECIMAL_NONE, "-0.06", NULL, TB_ROUND_HALF_UP, 4, "", "below zero" },
    { "0.05", 10 * PERCENT, "0.00004", NULL, TB_ROUND_HALF_UP, 4, "0.055", "percent, then amount, rounded once" },
    { "0.05", TB_DECIMAL_NONE, NULL, "0.0123", TB_ROUND_HALF_UP, 2, "0.0123", "a price as it was typed is not rounded" },
    { "0.05", TB_DECIMAL_NONE, NULL, "0.05", TB_ROUND_HALF_UP, 4, NULL, "it is that already" },
    { "0.05123", 0, NULL, NULL, TB_ROUND_HALF_UP, 2, NULL, "no percent and no amount round nothing" },
    { "9000000", 1000 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, "", "too large" },
    { "0", 50 * PERCENT, NULL, NULL, TB_ROUND_HALF_UP, 4, NULL, "of nothing nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbRate) rate = sample (), after = NULL;
      g_autoptr (GError) error = NULL;
      TbRateChange change = NONE;
      gboolean ok;

      g_test_message ("%s: %s", rows[i].price, rows[i].why);
      rate->rate = decimal (rows[i].price);
      change.percent = rows[i].percent;
      change.amount = rows[i].amount != NULL ? decimal (rows[i].amount) : TB_DECIMAL_NONE;
      change.price = rows[i].set != NULL ? decimal (rows[i].set) : TB_DECIMAL_NONE;
      change.rounding = (TbRounding){ rows[i].mode, rows[i].decimals };
      ok = tb_rate_change_apply (&change, rate, &after, &error);
      if (rows[i].after == NULL)
        g_assert_true (ok && after == NULL);
      else if (*rows[i].after == '\0')
        g_assert_true (!ok && error != NULL);
      else
        g_assert_cmpint (after->rate, ==, decimal (rows[i].after));
    }
}

static void
test_terms (void)
{
  const gint64 before = day ("2025-06-01"), mid = day ("2026-06-01"), late = day ("2027-06-01");
  const struct
  {
    const char *why;
    TbRateChange change;
    gboolean refused;
    gint64 from, until;
    gint32 initial, next;
    gboolean enabled, changed, is_new;
  } rows[] = {
    { "increments", CHANGE (.initial = 30, .next = 1), FALSE, day ("2026-01-01"), day ("2027-01-01"), 30, 1, TRUE, TRUE, FALSE },
    { "the same ones", CHANGE (.initial = 60, .next = 6), FALSE, 0, 0, 0, 0, TRUE, FALSE, FALSE },
    { "blocked", CHANGE (.enabled = 0), FALSE, day ("2026-01-01"), day ("2027-01-01"), 60, 6, FALSE, TRUE, FALSE },
    { "begins later", CHANGE (.start = TB_RATE_START_MOVE, .from = mid), FALSE, mid, day ("2027-01-01"), 60, 6, TRUE, TRUE, FALSE },
    { "always", CHANGE (.start = TB_RATE_START_MOVE), FALSE, TB_TIME_NONE, day ("2027-01-01"), 60, 6, TRUE, TRUE, FALSE },
    { "begins after its end", CHANGE (.start = TB_RATE_START_MOVE, .from = late), TRUE, 0, 0, 0, 0, TRUE, FALSE, FALSE },
    { "ends earlier", CHANGE (.ends = TRUE, .until = mid), FALSE, day ("2026-01-01"), mid, 60, 6, TRUE, TRUE, FALSE },
    { "ends before it begins", CHANGE (.ends = TRUE, .until = before), TRUE, 0, 0, 0, 0, TRUE, FALSE, FALSE },
    { "open end", CHANGE (.ends = TRUE), FALSE, day ("2026-01-01"), TB_TIME_NONE, 60, 6, TRUE, TRUE, FALSE },
    { "followed by a dearer one", CHANGE (.percent = 10 * PERCENT, .start = TB_RATE_START_FOLLOW, .from = mid), FALSE, mid, day ("2027-01-01"), 60, 6,
      TRUE, TRUE, TRUE },
    { "what follows says the same", CHANGE (.start = TB_RATE_START_FOLLOW, .from = mid), FALSE, 0, 0, 0, 0, TRUE, FALSE, FALSE },
    { "over by then", CHANGE (.percent = 10 * PERCENT, .start = TB_RATE_START_FOLLOW, .from = late), FALSE, 0, 0, 0, 0, TRUE, FALSE, FALSE },
    { "not begun by then", CHANGE (.percent = 10 * PERCENT, .start = TB_RATE_START_FOLLOW, .from = before), FALSE, 0, 0, 0, 0, TRUE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbRate) rate = sample (), same = sample (), after = NULL;
      gboolean ok = tb_rate_change_apply (&rows[i].change, rate, &after, NULL);

      g_test_message ("%s", rows[i].why);
      g_assert_true (ok == !rows[i].refused);
      g_assert_true ((after != NULL) == rows[i].changed);
      g_assert_true (tb_rate_equal (rate, same));
      if (after == NULL)
        continue;
      g_assert_cmpint (after->effective_from, ==, rows[i].from);
      g_assert_cmpint (after->effective_to, ==, rows[i].until);
      g_assert_cmpint (after->initial, ==, rows[i].initial);
      g_assert_cmpint (after->next, ==, rows[i].next);
      g_assert_true (after->enabled == rows[i].enabled);
      g_assert_cmpuint (after->id, ==, rows[i].is_new ? 0 : 7);
    }
}

/* A percentage is of all that is a price; a fee only when asked for; a rate of steps keeps them apart. */
static void
test_all_prices (void)
{
  g_autoptr (TbRate) rate = sample (), after = NULL, with_fee = NULL;
  TbRateChange change = CHANGE (.percent = 100 * PERCENT);

  rate->rate2 = decimal ("0.1");
  rate->premium_rate = decimal ("0.2");
  rate->n_steps = 2;
  rate->steps = g_new0 (TbRateStep, 2);
  rate->steps[0] = (TbRateStep){ 0, 60, 30, decimal ("0.4") };
  rate->steps[1] = (TbRateStep){ 30, 60, 6, decimal ("0.3") };
  g_assert_true (tb_rate_change_apply (&change, rate, &after, NULL));
  g_assert_cmpint (after->steps[0].rate, ==, decimal ("0.8"));
  g_assert_cmpint (after->steps[1].rate, ==, decimal ("0.6"));
  g_assert_cmpint (after->rate, ==, rate->rate); /* not used beside steps */
  g_assert_cmpint (after->rate2, ==, decimal ("0.2"));
  g_assert_cmpint (after->premium_rate, ==, decimal ("0.4"));
  g_assert_cmpint (after->connect_fee, ==, decimal ("0.01"));
  change.fees = TRUE;
  g_assert_true (tb_rate_change_apply (&change, rate, &with_fee, NULL));
  g_assert_cmpint (with_fee->connect_fee, ==, decimal ("0.02"));
  change = (TbRateChange) CHANGE (.price = 1);
  g_clear_pointer (&after, tb_rate_free);
  g_assert_false (tb_rate_change_apply (&change, rate, &after, NULL));
  change = (TbRateChange) CHANGE (.initial = 1, .next = 1);
  g_assert_false (tb_rate_change_apply (&change, rate, &after, NULL));
}

/* ---- splits ---- */

static void
test_split (void)
{
  static const struct { const char *endings; guint n; const char *first, *last, *why; } rows[] = {
    { "0-9", 10, "440", "449", "all digits" },
    { "1, 3-4;71-73", 6, "441", "4473", "some" },
    { "00-99", 100, "4400", "4499", "zeros count" },
    { "000-999", 1000, "44000", "44999", "as many as may be" },
    { "0000-1000", 0, NULL, NULL, "more than that" },
    { "9-0", 0, NULL, NULL, "backwards" },
    { "1-23", 0, NULL, NULL, "of two lengths" },
    { "1,1", 0, NULL, NULL, "twice" },
    { "1-3,2", 0, NULL, NULL, "twice, hidden" },
    { "x", 0, NULL, NULL, "a letter" },
    { "-", 0, NULL, NULL, "nothing to nothing" },
    { "", 0, NULL, NULL, "nothing" },
    { "1234567890123456789012345678901", 0, NULL, NULL, "too long" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbRate) rate = sample ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) parts = tb_rate_split (rate, rows[i].endings, &error);

      g_test_message ("“%s”: %s", rows[i].endings, rows[i].why);
      g_assert_true ((parts != NULL) == (error == NULL));
      g_assert_cmpuint (parts != NULL ? parts->len : 0, ==, rows[i].n);
      for (guint k = 0; k < rows[i].n; k++)
        {
          const TbRate *part = parts->pdata[k];

          g_assert_true (part->id == 0 && part->rate == rate->rate && g_str_has_prefix (part->prefix, "44"));
        }
      if (rows[i].n > 0)
        {
          g_assert_cmpstr (((TbRate *) parts->pdata[0])->prefix, ==, rows[i].first);
          g_assert_cmpstr (((TbRate *) parts->pdata[parts->len - 1])->prefix, ==, rows[i].last);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rate-edit/fields", test_fields);
  g_test_add_func ("/rate-edit/fields-again", test_fields_again);
  g_test_add_func ("/rate-edit/field-steps", test_field_steps);
  g_test_add_func ("/rate-edit/prices", test_prices);
  g_test_add_func ("/rate-edit/terms", test_terms);
  g_test_add_func ("/rate-edit/all-prices", test_all_prices);
  g_test_add_func ("/rate-edit/split", test_split);
  return g_test_run ();
}
