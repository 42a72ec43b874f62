/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balance.h"

#include "tb-error.h"

static TbCurrency
currency_of (const char *code)
{
  TbCurrency currency;

  g_assert_true (tb_currency_parse (code, &currency, NULL));
  return currency;
}

static TbAmount
amount_of (const char *text)
{
  TbAmount amount;

  g_assert_true (tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &amount, NULL));
  return amount;
}

static TbDecimal
decimal_of (const char *text)
{
  TbDecimal value = TB_DECIMAL_NONE;

  if (text != NULL)
    g_assert_true (tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, NULL));
  return value;
}

/* ---- what is left ---- */

static const struct
{
  const char *entries, *charges, *tax, *balance, *threshold, *state, *reason;
} balances[] = {
  { "10", "6", "0", "4.00", NULL, "ok", "a top-up of 10 less a call of 6" },
  { "0", "0", "0", "0.00", NULL, "empty", "nothing was ever paid" },
  { "10", "0", "13", "10.00", "10", "low", "the threshold itself is low" },
  { "10", "0", "0", "10.00", "9.999999999999", "ok", "above it by less than an amount can say" },
  { "10", "9.9999", "0", "0.0001", "5", "low", "a part of a cent is something" },
  { "10", "10", "0", "0.00", "5", "empty", "nothing left is empty, not low" },
  { "10", "10.0001", "0", "-0.0001", NULL, "empty", "calls are not cut off in their middle, so it may be less than nothing" },
  { "20", "10", "13", "8.70", "8.70", "low", "the use is paid with its tax" },
  { "20", "0.0003", "13", "19.9997", NULL, "ok", "the tax of a small use rounds to nothing" },
  { "20", "0.0385", "13", "19.9515", NULL, "ok", "0.005005 of tax are one cent" },
  { "20", "-2", "13", "22.26", NULL, "ok", "a credited use mirrors a use" },
  { "5", "7", "0", "-2.00", "-3", "empty", "a threshold below zero changes nothing about empty" },
};

static void
test_balances (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (balances); i++)
    {
      TbMoney entries = { amount_of (balances[i].entries), currency_of ("CAD") };
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      TbAmount balance;

      tb_balance_compute (entries, amount_of (balances[i].charges), decimal_of (balances[i].tax), &balance, &error);
      g_assert_no_error (error);
      text = tb_money_to_string ((TbMoney){ balance, entries.currency });
      g_test_message ("%s", balances[i].reason);
      g_assert_cmpstr (text, ==, balances[i].balance);
      g_assert_cmpstr (tb_balance_state_to_string (tb_balance_get_state (balance, decimal_of (balances[i].threshold))), ==, balances[i].state);
    }
}

static void
test_overflow (void)
{
  TbAmount balance = 7;
  g_autoptr (GError) error = NULL;

  g_assert_false (tb_balance_compute ((TbMoney){ G_MININT64 + 1, currency_of ("CAD") }, 2, 0, &balance, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_OVERFLOW);
  g_assert_cmpint (balance, ==, 7);
}

/* ---- what may be booked ---- */

static const struct
{
  TbBalanceEntryKind kind;
  const char *amount, *currency;
  gboolean good;
  const char *reason;
} entries[] = {
  { TB_ENTRY_TOP_UP, "50", "CAD", TRUE, "a payment" },
  { TB_ENTRY_TOP_UP, "0.01", "CAD", TRUE, "the smallest coin" },
  { TB_ENTRY_TOP_UP, "0", "CAD", FALSE, "nothing" },
  { TB_ENTRY_TOP_UP, "-50", "CAD", FALSE, "money does not come in below zero" },
  { TB_ENTRY_TOP_UP, "0.005", "CAD", FALSE, "nobody pays half a cent" },
  { TB_ENTRY_TOP_UP, "0.5", "JPY", FALSE, "the yen has no cents" },
  { TB_ENTRY_TOP_UP, "0.005", "KWD", TRUE, "the dinar has fils" },
  { TB_ENTRY_REFUND, "-10", "CAD", TRUE, "money goes back" },
  { TB_ENTRY_REFUND, "10", "CAD", FALSE, "and does not come in that way" },
  { TB_ENTRY_ADJUSTMENT, "-1.50", "CAD", TRUE, "a correction takes" },
  { TB_ENTRY_ADJUSTMENT, "1.50", "CAD", TRUE, "or gives" },
};

static void
test_entries (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      TbBalanceEntry entry = { .kind = entries[i].kind, .amount = { amount_of (entries[i].amount), currency_of (entries[i].currency) } };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", entries[i].reason);
      g_assert_cmpint (tb_balance_entry_validate (&entry, &error), ==, entries[i].good);
      if (!entries[i].good)
        g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

/* ---- statements: events in order of time, "+" an entry, "-" a call; the lines as "balance(calls)" ---- */

#define DAY 86400

static const struct
{
  const char *events; /* "day:second:+amount", blanks between */
  const char *tax, *threshold;
  const char *lines, *state;
  int since_day, since_second; /* -1 = always was */
  const char *reason;
} statements[] = {
  { "", "0", NULL, "", "empty", -1, -1, "nothing ever happened" },
  { "0:0:+10 0:10:-1 0:20:-2", "0", NULL, "10.00 7.00(2)", "ok", 0, 0, "the calls of a day are one line" },
  { "0:0:+10 0:86399:-1 1:0:-2", "0", NULL, "10.00 9.00(1) 7.00(1)", "ok", 0, 0, "the next day is another" },
  { "0:0:+10 0:10:-1 0:15:+5 0:20:-2", "0", NULL, "10.00 9.00(1) 14.00 12.00(1)", "ok", 0, 0, "an entry divides a day" },
  { "0:10:+10 0:10:-1", "0", NULL, "10.00 9.00(1)", "ok", 0, 10, "a payment of the same second pays for the call" },
  { "0:0:+10 1:5:-4 1:6:-4 1:7:-4 1:8:-4", "0", "5", "10.00 -6.00(4)", "empty", 1, 7, "empty since the call that took the last of it" },
  { "0:0:+10 1:5:-4 1:6:-4", "0", "5", "10.00 2.00(2)", "low", 1, 6, "low since the call that crossed the threshold" },
  { "0:0:+10 1:5:-12 2:0:+10", "0", NULL, "10.00 -2.00(1) 8.00", "ok", 2, 0, "a top-up ends it" },
  { "0:5:-1 1:0:-1", "0", NULL, "-1.00(1) -2.00(1)", "empty", -1, -1, "used before anything was paid: it always was empty" },
  { "0:0:+10 0:1:-0.02 0:2:-0.02", "13", NULL, "10.00 9.95(2)", "ok", 0, 0, "the tax is that of the sum: 0.0052 are 0.01, not twice 0.0026 nothing" },
};

static void
read_events (const char *text, GPtrArray *given, GArray *uses)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", 3);
      gint64 time = g_ascii_strtoll (parts[0], NULL, 10) * DAY + g_ascii_strtoll (parts[1], NULL, 10);

      if (*parts[2] == '-')
        {
          TbBalanceUse use = { time, amount_of (parts[2] + 1) };

          g_array_append_val (uses, use);
        }
      else
        {
          TbBalanceEntry *entry = tb_balance_entry_new ();

          entry->time = time;
          entry->amount = (TbMoney){ amount_of (parts[2] + 1), currency_of ("CAD") };
          g_ptr_array_add (given, entry);
        }
    }
}

static char *
lines_of (const TbBalanceStatement *statement)
{
  GString *text = g_string_new (NULL);
  TbAmount balance = 0;

  for (guint i = 0; i < statement->lines->len; i++)
    {
      const TbBalanceLine *line = statement->lines->pdata[i];
      g_autofree char *amount = tb_money_to_string ((TbMoney){ line->balance, statement->currency });

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", amount);
      if (line->is_use)
        g_string_append_printf (text, "(%" G_GINT64_FORMAT ")", line->calls);
      balance += line->amount;
      g_assert_cmpint (line->balance, ==, balance); /* the amounts lead from one balance to the next */
    }
  g_assert_cmpint (statement->balance, ==, balance);
  return g_string_free (text, FALSE);
}

static void
test_statements (void)
{
  g_autoptr (TbZone) zone = tb_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_balance_entry_free);
      g_autoptr (GArray) uses = g_array_new (FALSE, FALSE, sizeof (TbBalanceUse));
      g_autoptr (TbBalanceStatement) statement = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *lines = NULL;

      read_events (statements[i].events, given, uses);
      statement = tb_balance_statement_new (currency_of ("CAD"), given, uses, decimal_of (statements[i].tax), decimal_of (statements[i].threshold),
                                            zone, &error);
      g_assert_no_error (error);
      lines = lines_of (statement);
      g_test_message ("%s", statements[i].reason);
      g_assert_cmpstr (lines, ==, statements[i].lines);
      g_assert_cmpstr (tb_balance_state_to_string (statement->state), ==, statements[i].state);
      g_assert_cmpint (statement->since, ==,
                       statements[i].since_day < 0 ? TB_TIME_NONE : (gint64) statements[i].since_day * DAY + statements[i].since_second);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/left", test_balances);
  g_test_add_func ("/balance/overflow", test_overflow);
  g_test_add_func ("/balance/entries", test_entries);
  g_test_add_func ("/balance/statements", test_statements);
  return g_test_run ();
}
