/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-balance-fields.h"
#include "tb-clock.h"
#include "tb-command.h"
#include "tb-error.h"

/* ---- list, show ---- */

static gboolean
list (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) balances = tb_balances_list (run->store, error);

  if (balances == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < balances->len; i++)
    {
      const TbClientBalance *balance = balances->pdata[i];
      g_autoptr (TbBalanceStatement) statement = tb_balances_read_statement (run->store, balance->client, error);

      if (statement == NULL)
        return FALSE;
      tb_output_row (run->out);
      tb_balance_fields_say (run->out, balance);
      tb_output_time (run->out, "since", _("Since"), statement->since);
      tb_output_end (run->out);
    }
  return TRUE;
}

static void
say_line (TbOutput *out, const TbBalanceLine *line, TbCurrency currency)
{
  tb_output_time (out, "time", _("Time"), line->time);
  tb_output_text (out, "kind", _("Kind"), line->is_use ? "usage" : tb_balance_entry_kind_to_string (line->kind));
  tb_output_text (out, "reference", _("Reference"), line->reference);
  if (line->is_use)
    tb_output_int (out, "calls", _("Calls"), line->calls);
  else
    tb_output_text (out, "calls", _("Calls"), NULL);
  tb_output_money (out, "amount", _("Amount"), (TbMoney){ line->amount, currency });
  tb_output_money (out, "balance", _("Balance"), (TbMoney){ line->balance, currency });
  tb_output_text (out, "note", _("Note"), line->note);
}

static gboolean
show (TbRun *run, GError **error)
{
  g_autoptr (TbClientBalance) balance = tb_balances_get (run->store, run->arguments[0], error);
  g_autoptr (TbBalanceStatement) statement = balance != NULL ? tb_balances_read_statement (run->store, run->arguments[0], error) : NULL;

  if (statement == NULL)
    return FALSE;
  tb_balance_fields_say (run->out, balance);
  tb_output_time (run->out, "since", _("Since"), statement->since);
  tb_output_list (run->out, "statement", _("Statement"));
  for (guint i = 0; i < statement->lines->len; i++)
    {
      tb_output_row (run->out);
      say_line (run->out, statement->lines->pdata[i], statement->currency);
      tb_output_end (run->out);
    }
  tb_output_end (run->out);
  return TRUE;
}

/* ---- top-up, refund, adjust ---- */

static gboolean
book (TbRun *run, TbBalanceEntryKind kind, GError **error)
{
  TbBalanceOrder order = { .kind = kind, .time = tb_clock_now (), .reference = tb_run_get (run, "reference"), .note = tb_run_get (run, "note") };
  g_autoptr (TbClientBalance) balance = NULL;
  g_autoptr (GError) wrong = NULL;

  if (!tb_run_get_time (run, "at", &order.time, error))
    return FALSE;
  if (!tb_decimal_parse (run->arguments[1], -1, TB_AMOUNT_SCALE, &order.amount, &wrong))
    return tb_run_misuse (error, "%s", wrong->message);
  balance = tb_balances_book (run->store, run->arguments[0], &order, error);
  if (balance == NULL)
    return FALSE;
  tb_output_text (run->out, "kind", _("Kind"), tb_balance_entry_kind_to_string (kind));
  tb_output_money (run->out, "amount", _("Amount"), (TbMoney){ order.amount, balance->currency });
  tb_balance_fields_say (run->out, balance);
  return TRUE;
}

static gboolean
top_up (TbRun *run, GError **error)
{
  return book (run, TB_ENTRY_TOP_UP, error);
}

static gboolean
refund (TbRun *run, GError **error)
{
  return book (run, TB_ENTRY_REFUND, error);
}

/* Why money appears or goes is asked for in a year's time. */
static gboolean
adjust (TbRun *run, GError **error)
{
  if (tb_run_get (run, "note") == NULL)
    return tb_run_misuse (error, _("“%s” needs --note, which says why."), run->command->name);
  return book (run, TB_ENTRY_ADJUSTMENT, error);
}

static const TbOption book_options[] = {
  { "reference", 0, N_("TEXT"), N_("what names the payment; booked once only") },
  { "note", 0, N_("TEXT"), N_("what else there is to say") },
  { "at", 0, N_("TIME"), N_("when the money came; else now") },
  { NULL },
};

const TbCommand tb_commands_balance[] = {
  { "balance list", NULL, 0, 0, TB_BOOKS_OPEN, NULL, list, N_("lists the balances of clients who pay in advance") },
  { "balance show", N_("CLIENT"), 1, 1, TB_BOOKS_OPEN, NULL, show, N_("shows a client's balance and how it came about") },
  { "balance top-up", N_("CLIENT AMOUNT"), 2, 2, TB_BOOKS_OPEN, book_options, top_up, N_("books a payment in advance") },
  { "balance refund", N_("CLIENT AMOUNT"), 2, 2, TB_BOOKS_OPEN, book_options, refund, N_("books what is paid back of a balance") },
  { "balance adjust", N_("CLIENT AMOUNT"), 2, 2, TB_BOOKS_OPEN, book_options, adjust, N_("books a correction; below zero it takes away") },
  { NULL },
};
