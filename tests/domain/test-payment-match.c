/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-match.h"

/* ---- numbers in texts ---- */

static const struct
{
  const char *reason, *text, *number;
  gboolean found;
} numbers[] = {
  { "as it is", "INV-2026-00042", "INV-2026-00042", TRUE },
  { "in a text, written otherwise", "payment inv 2026/00042, thanks", "INV-2026-00042", TRUE },
  { "without anything between", "INV202600042", "INV-2026-00042", TRUE },
  { "a longer one", "INV-2026-000421", "INV-2026-00042", FALSE },
  { "in the middle of a word", "XINV-2026-00042", "INV-2026-00042", FALSE },
  { "the second of two", "INV-2026-00041 INV-2026-00042", "INV-2026-00042", TRUE },
  { "another year", "INV-2025-00042", "INV-2026-00042", FALSE },
  { "another number after it", "INV-2026-00042 1", "INV-2026-00042", TRUE },
  { "too short to tell", "room 42", "42", FALSE },
  { "nothing", NULL, "INV-2026-00042", FALSE },
};

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_test_message ("%s", numbers[i].reason);
      g_assert_cmpint (tb_payment_names_number (numbers[i].text, numbers[i].number), ==, numbers[i].found);
    }
}

/* ---- payers: A "Acme Ltd" has 1001 (50, paid), 1002 (30) and 1003 (20); B "Beta & Sons" has 2001 (30); C "Acme Ltd" of another town has 3001 (70) ---- */

static TbAccount *
account_new (const char *client, const char *name, const char *number, TbAmount total, TbAmount paid)
{
  TbAccount *account = tb_account_new ();

  account->client = g_strdup (client);
  account->name = g_strdup (name);
  tb_currency_parse ("EUR", &account->currency, NULL);
  if (number != NULL)
    {
      TbOpenItem *item = tb_open_item_new ();

      item->id = (guint32) g_ascii_strtoull (number, NULL, 10);
      item->number = g_strdup (number);
      item->total = total * TB_AMOUNT_ONE;
      item->allocated = paid * TB_AMOUNT_ONE;
      g_ptr_array_add (account->items, item);
    }
  return account;
}

static GPtrArray *
accounts_new (void)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_account_free);
  TbAccount *a = account_new ("A", "Acme Ltd", "1001", 50, 50), *more = account_new ("A", NULL, "1002", 30, 0), *last = account_new ("A", NULL, "1003", 20, 0);

  g_ptr_array_add (a->items, g_ptr_array_steal_index (more->items, 0));
  g_ptr_array_add (a->items, g_ptr_array_steal_index (last->items, 0));
  tb_account_free (more);
  tb_account_free (last);
  g_ptr_array_add (accounts, a);
  g_ptr_array_add (accounts, account_new ("B", "Beta & Sons", "2001", 30, 0));
  g_ptr_array_add (accounts, account_new ("C", "Acme Ltd", "3001", 70, 0));
  for (guint i = 0; i < accounts->len; i++)
    g_assert_true (tb_account_compute (accounts->pdata[i], NULL));
  return accounts;
}

static const struct
{
  const char *reason;
  gint64 amount;
  const char *name, *reference, *text, *kind, *client;
  guint wanted;
} payers[] = {
  { "it names the invoice", 30, "x", NULL, "for 1002", "number", "A", 1 },
  { "in the reference, and pays a part", 10, NULL, "1002", NULL, "number", "A", 1 },
  { "it names two", 50, NULL, NULL, "1002, 1003", "number", "A", 2 },
  { "one of them is paid", 30, NULL, NULL, "1001 1002", "number", "A", 1 },
  { "that is paid", 50, NULL, NULL, "1001", "closed", "A", 0 },
  { "of two clients", 60, NULL, NULL, "1002 2001", "several", NULL, 2 },
  { "who it is, and what one asks for", 30, "BETA AND SONS GMBH", NULL, NULL, "name", "B", 1 },
  { "who it is, and all that is open", 50, "Acme", NULL, NULL, "name", "A", 0 },
  { "of two with that name, the amount tells", 70, "ACME LIMITED", NULL, NULL, "name", "C", 1 },
  { "who it is, but another amount", 31, "Beta & Sons", NULL, NULL, "nothing", NULL, 0 },
  { "only the amount, of one", 70, "Somebody", NULL, NULL, "amount", "C", 1 },
  { "only the amount, of two", 30, "Somebody", NULL, NULL, "several", NULL, 1 },
  { "nothing at all", 1, NULL, NULL, NULL, "nothing", NULL, 0 },
};

static void
test_payers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payers); i++)
    {
      g_autoptr (GPtrArray) accounts = accounts_new ();
      g_autoptr (TbPayers) people = tb_payers_new (accounts);
      TbPaymentHint hint = { { payers[i].amount * TB_AMOUNT_ONE, 0 }, payers[i].name, payers[i].reference, payers[i].text };

      g_test_message ("%s", payers[i].reason);
      tb_currency_parse ("EUR", &hint.amount.currency, NULL);
      {
        g_auto (TbFoundPayer) found = tb_payment_match (&hint, people);

        g_assert_cmpstr (tb_found_kind_to_string (found.kind), ==, payers[i].kind);
        if (payers[i].client != NULL)
          g_assert_cmpstr (found.account->client, ==, payers[i].client);
        g_assert_cmpuint (found.wanted->len, ==, payers[i].wanted);
      }
      tb_currency_parse ("USD", &hint.amount.currency, NULL);
      {
        g_auto (TbFoundPayer) other = tb_payment_match (&hint, people);

        g_assert_cmpint (other.kind, ==, TB_FOUND_NOTHING);
      }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment-match/numbers", test_numbers);
  g_test_add_func ("/payment-match/payers", test_payers);
  return g_test_run ();
}
