/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-error.h"
#include "tb-payment-fields.h"
#include "tb-payment-import.h"

/* ---- options ---- */

static TbDay
today (const TbRun *run)
{
  return tb_zone_day_at (run->zone, tb_clock_now ());
}

/* An amount above zero that is typed; FALSE is wrong use. */
static gboolean
parse_amount (const char *text, TbAmount *ret, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  return tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, ret, &wrong) || tb_run_misuse (error, "%s", wrong->message);
}

static gboolean
get_currency (TbRun *run, TbCurrency *ret, GError **error)
{
  const char *text = tb_run_get (run, "currency");
  g_autoptr (GError) wrong = NULL;

  return text == NULL || tb_currency_parse (text, ret, &wrong) || tb_run_misuse (error, "%s", wrong->message);
}

/* "none" = for no invoice. */
static gboolean
get_wanted (TbRun *run, GPtrArray **ret, GError **error)
{
  const char *text = tb_run_get (run, "invoice");
  g_autoptr (GError) wrong = NULL;

  if (text == NULL)
    return TRUE;
  *ret = tb_payments_parse_wanted (g_str_equal (text, "none") ? "" : text, &wrong);
  return *ret != NULL || tb_run_misuse (error, "%s", wrong->message);
}

/* ---- list, add, reverse, allocate ---- */

static gboolean
list (TbRun *run, GError **error)
{
  const TbPaymentFilter filter = { .client = tb_run_get (run, "client") };
  g_autoptr (GPtrArray) payments = tb_run_check_client (run, filter.client, error) ? tb_payment_store_list (run->store, &filter, error) : NULL;

  if (payments == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < payments->len; i++)
    {
      tb_output_row (run->out);
      tb_payment_fields_say (run->out, payments->pdata[i]);
      tb_output_end (run->out);
    }
  return TRUE;
}

/* Takes `payment`, NULL = it failed. */
static gboolean
say (TbRun *run, TbPayment *payment)
{
  g_autoptr (TbPayment) owned = payment;

  if (payment != NULL)
    tb_payment_fields_say (run->out, payment);
  return payment != NULL;
}

static gboolean
add (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) wanted = NULL;
  TbPaymentOrder order = { .client = run->arguments[0],
                           .day = today (run),
                           .method = tb_run_get (run, "method"),
                           .reference = tb_run_get (run, "reference"),
                           .note = tb_run_get (run, "note") };

  if (!parse_amount (run->arguments[1], &order.amount, error) || !tb_run_get_day (run, "day", &order.day, error) || !get_wanted (run, &wanted, error)
      || !get_currency (run, &order.currency, error))
    return FALSE;
  order.wanted = wanted;
  return say (run, tb_run_has (run, "dry-run") ? tb_payments_preview (run->store, &order, error)
                                               : tb_payments_record (run->store, &order, tb_clock_now (), error));
}

static gboolean
get_id (TbRun *run, guint32 *ret, GError **error)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (run->arguments[0], 10, 1, G_MAXUINT32, &id, NULL))
    return tb_run_misuse (error, _("“%s” is no payment; “payments list” shows their numbers."), run->arguments[0]);
  *ret = (guint32) id;
  return TRUE;
}

static gboolean
reverse (TbRun *run, GError **error)
{
  TbReversalOrder order = { .kind = TB_PAYMENT_REFUND,
                            .day = today (run),
                            .method = tb_run_get (run, "method"),
                            .reference = tb_run_get (run, "reference"),
                            .note = tb_run_get (run, "note") };
  const char *kind = tb_run_get (run, "kind"), *amount = tb_run_get (run, "amount");
  g_autoptr (GError) wrong = NULL;
  guint32 id;

  if (!get_id (run, &id, error) || !tb_run_get_day (run, "day", &order.day, error)
      || (amount != NULL && !parse_amount (amount, &order.amount, error)))
    return FALSE;
  if (amount != NULL && order.amount <= 0)
    return tb_run_misuse (error, _("What is taken back is above zero."));
  if (kind != NULL && (!tb_payment_kind_parse (kind, &order.kind, &wrong) || order.kind == TB_PAYMENT_RECEIVED))
    return tb_run_misuse (error, _("--kind: there are refund and return."));
  return say (run, tb_payments_reverse (run->store, id, &order, tb_clock_now (), error));
}

static gboolean
allocate (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) wanted = NULL;
  guint32 id;

  return get_id (run, &id, error) && get_wanted (run, &wanted, error)
         && say (run, tb_payments_allocate (run->store, id, wanted, tb_run_has (run, "again"), tb_clock_now (), error));
}

/* ---- import ---- */

/* "3=C1001,5=-" */
static GHashTable *
get_assigned (TbRun *run, GError **error)
{
  g_autoptr (GHashTable) assigned = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const char *text = tb_run_get (run, "assign");
  g_auto (GStrv) pairs = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      guint64 number;

      if (equals != NULL)
        *equals = '\0';
      if (equals == NULL || equals[1] == '\0' || !g_ascii_string_to_unsigned (g_strstrip (pairs[i]), 10, 1, G_MAXUINT32, &number, NULL))
        {
          tb_run_misuse (error, _("--assign: write the number of an entry, = and its client, as in 3=C1001; “-” is nobody."));
          return NULL;
        }
      if (strcmp (equals + 1, "-") != 0 && !tb_run_check_client (run, equals + 1, error))
        return NULL;
      g_hash_table_insert (assigned, GUINT_TO_POINTER ((guint) number), g_strdup (equals + 1));
    }
  return g_steal_pointer (&assigned);
}

static gboolean
get_file_options (TbRun *run, TbBankOptions *ret, GError **error)
{
  static const char *const orders[] = { [TB_DATES_YMD] = "ymd", [TB_DATES_DMY] = "dmy", [TB_DATES_MDY] = "mdy" };
  const char *format = tb_run_get (run, "format"), *dates = tb_run_get (run, "dates");
  g_autoptr (GError) wrong = NULL;
  const TbSetup *setup = tb_run_get_setup (run, error);

  if (setup == NULL || !get_currency (run, &ret->currency, error))
    return FALSE;
  if (ret->currency == TB_CURRENCY_NONE)
    ret->currency = tb_setup_get_currency (setup);
  ret->columns = tb_run_get (run, "map");
  if (format != NULL && !tb_bank_format_parse (format, &ret->format, &wrong))
    return tb_run_misuse (error, "%s", wrong->message);
  for (guint i = TB_DATES_YMD; dates != NULL && i < G_N_ELEMENTS (orders); i++)
    if (strcmp (dates, orders[i]) == 0)
      ret->dates = (TbDateOrder) i;
  return dates == NULL || ret->dates != TB_DATES_UNKNOWN || tb_run_misuse (error, _("--dates: there are ymd, dmy and mdy."));
}

static void
say_review (TbOutput *out, const TbPaymentReview *review)
{
  const TbBankEntry *entry = review->entry;

  tb_output_int (out, "entry", _("Entry"), entry->number);
  tb_output_int (out, "line", _("Line"), (gint64) entry->line);
  tb_output_text (out, "state", _("State"), tb_review_kind_to_string (review->kind));
  tb_output_text (out, "found_by", _("Found by"), tb_found_kind_to_string (review->found));
  tb_output_text (out, "client", _("Client"), review->client);
  tb_output_day (out, "day", _("Day"), entry->day);
  tb_output_amount (out, "amount", _("Amount"), entry->amount);
  tb_output_text (out, "name", _("Name"), entry->name);
  tb_output_text (out, "reference", _("Reference"), entry->reference);
  tb_output_text (out, "text", _("Text"), entry->text);
  tb_output_text (out, "why", _("Why"), review->why);
  tb_output_list (out, "for", _("For"));
  for (guint i = 0; review->payment != NULL && i < review->payment->allocations->len; i++)
    {
      const TbAllocation *allocation = review->payment->allocations->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "invoice", _("Invoice"), allocation->number);
      tb_output_money (out, "amount", _("Amount"), (TbMoney){ allocation->amount, review->payment->amount.currency });
      tb_output_end (out);
    }
  tb_output_end (out);
}

static gboolean
import (TbRun *run, GError **error)
{
  TbBankOptions options = { .format = TB_BANK_GUESS };
  g_autoptr (GHashTable) assigned = get_file_options (run, &options, error) ? get_assigned (run, error) : NULL;
  g_autoptr (TbBankFile) file = assigned != NULL ? tb_bank_file_read (run->arguments[0], &options, error) : NULL;
  gboolean dry_run = tb_run_has (run, "dry-run");
  g_autoptr (TbPaymentImport) done = file != NULL ? tb_payments_import (run->store, file, assigned, dry_run, tb_clock_now (), error) : NULL;

  if (done == NULL)
    return FALSE;
  tb_output_bool (run->out, "dry_run", _("Dry run"), dry_run);
  tb_output_text (run->out, "format", _("Format"), tb_bank_format_to_string (file->format));
  tb_output_text (run->out, "account", _("Account"), file->account);
  tb_output_int (run->out, "read", _("Read"), done->rows->len);
  tb_output_int (run->out, "recorded", _("Recorded"), done->counts[TB_REVIEW_RECORDED]);
  tb_output_int (run->out, "known", _("Known before"), done->counts[TB_REVIEW_KNOWN]);
  tb_output_int (run->out, "open", _("For people to decide"), done->counts[TB_REVIEW_OPEN] + done->counts[TB_REVIEW_PERHAPS]);
  tb_output_int (run->out, "out", _("Went out"), done->counts[TB_REVIEW_OUT]);
  tb_output_int (run->out, "bad", _("Unreadable"), done->counts[TB_REVIEW_BAD]);
  tb_output_list (run->out, "entries", _("Entries"));
  for (guint i = 0; i < done->rows->len; i++)
    {
      tb_output_row (run->out);
      say_review (run->out, done->rows->pdata[i]);
      tb_output_end (run->out);
    }
  tb_output_end (run->out);
  return TRUE;
}

/* ---- statement ---- */

static void
say_line (TbOutput *out, const TbStatementLine *line, TbCurrency currency)
{
  const TbPayment *payment = line->payment;

  tb_output_day (out, "day", _("Day"), line->day);
  tb_output_text (out, "kind", _("Kind"), payment != NULL ? tb_payment_kind_to_string (payment->kind) : tb_statement_kind_to_string (line->kind));
  tb_output_text (out, "number", _("Number"), line->number);
  tb_output_text (out, "reference", _("Reference"), payment != NULL ? payment->reference : NULL);
  tb_output_text (out, "method", _("Method"), payment != NULL ? payment->method : NULL);
  tb_output_money (out, "amount", _("Amount"), (TbMoney){ line->amount, currency });
  tb_output_money (out, "balance", _("Balance"), (TbMoney){ line->balance, currency });
}

static void
say_items (TbOutput *out, const TbAccount *account)
{
  tb_output_list (out, "open_items", _("Open"));
  for (guint i = 0; i < account->items->len; i++)
    {
      const TbOpenItem *item = account->items->pdata[i];

      if (item->open == 0)
        continue;
      tb_output_row (out);
      tb_output_text (out, "number", _("Number"), item->number);
      tb_output_day (out, "issued", _("Issued"), item->issued);
      tb_output_day (out, "due", _("Due"), item->due);
      tb_payment_fields_say_item (out, item, account->currency);
      tb_output_end (out);
    }
  tb_output_end (out);
}

static gboolean
statement (TbRun *run, GError **error)
{
  TbPaymentFilter filter = { .client = run->arguments[0] };
  TbDay from = TB_DAY_NONE, to = TB_DAY_NONE;
  g_autoptr (TbAccount) account = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  g_autoptr (TbStatementOfAccount) made = NULL;

  if (!get_currency (run, &filter.currency, error) || !tb_run_get_day (run, "from", &from, error) || !tb_run_get_day (run, "to", &to, error))
    return FALSE;
  account = tb_payments_read_account (run->store, filter.client, filter.currency, error);
  if (account == NULL)
    return FALSE;
  filter.currency = account->currency;
  payments = tb_payment_store_list (run->store, &filter, error);
  made = payments != NULL ? tb_account_make_statement (account, payments, from, to, error) : NULL;
  if (made == NULL)
    return FALSE;
  tb_output_text (run->out, "client", _("Client"), account->client);
  tb_output_text (run->out, "name", _("Name"), account->name);
  tb_output_day (run->out, "from", _("From"), from);
  tb_output_day (run->out, "to", _("To"), to);
  tb_output_money (run->out, "before", _("Owed before"), (TbMoney){ made->before, made->currency });
  tb_output_amount (run->out, "balance", _("Owed"), (TbMoney){ made->balance, made->currency });
  tb_output_money (run->out, "open", _("Open now"), (TbMoney){ account->open, account->currency });
  tb_output_money (run->out, "credit", _("Credit on account now"), (TbMoney){ account->credit, account->currency });
  tb_output_list (run->out, "lines", _("Statement"));
  for (guint i = 0; i < made->lines->len; i++)
    {
      tb_output_row (run->out);
      say_line (run->out, made->lines->pdata[i], made->currency);
      tb_output_end (run->out);
    }
  tb_output_end (run->out);
  say_items (run->out, account);
  return TRUE;
}

/* ---- ageing ---- */

static const struct
{
  const char *key, *title;
} ages[TB_AGES] = { { "not_due", N_ ("Not due") },
                    { "days_1_30", N_ ("1–30 days") },
                    { "days_31_60", N_ ("31–60 days") },
                    { "days_61_90", N_ ("61–90 days") },
                    { "days_over_90", N_ ("Over 90 days") } };

static gboolean
say_ages (TbRun *run, const TbAccount *account, TbDay day, GError **error)
{
  TbAmount sums[TB_AGES];

  if (!tb_account_sum_ages (account, day, sums, error))
    return FALSE;
  tb_output_row (run->out);
  tb_output_text (run->out, "client", _("Client"), account->client);
  tb_output_text (run->out, "name", _("Name"), account->name);
  for (guint i = 0; i < TB_AGES; i++)
    tb_output_money (run->out, ages[i].key, _(ages[i].title), (TbMoney){ sums[i], account->currency });
  tb_output_money (run->out, "open", _("Open"), (TbMoney){ account->open, account->currency });
  tb_output_money (run->out, "credit", _("Credit on account"), (TbMoney){ account->credit, account->currency });
  tb_output_amount (run->out, "balance", _("Owed"), (TbMoney){ account->balance, account->currency });
  tb_output_end (run->out);
  return TRUE;
}

static gboolean
ageing (TbRun *run, GError **error)
{
  const char *client = tb_run_get (run, "client");
  g_autoptr (GPtrArray) accounts = tb_run_check_client (run, client, error) ? tb_account_store_list (run->store, client, error) : NULL;
  TbDay day = today (run);

  if (accounts == NULL || !tb_run_get_day (run, "at", &day, error))
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < accounts->len; i++)
    {
      const TbAccount *account = accounts->pdata[i];

      if ((account->open != 0 || account->credit != 0) && !say_ages (run, account, day, error))
        return FALSE;
    }
  return TRUE;
}

#define OPTION_DAY { "day", 0, N_("DATE"), N_("when the money came or went; else today") }
#define OPTION_METHOD { "method", 0, N_("TEXT"), N_("how: cash, bank transfer …") }
#define OPTION_REFERENCE { "reference", 0, N_("TEXT"), N_("what names it; recorded once only") }
#define OPTION_NOTE { "note", 0, N_("TEXT"), N_("what else there is to say") }
#define OPTION_INVOICE { "invoice", 0, N_("NUMBER[=AMOUNT],…"), N_("what it pays, in that order; none = nothing; else the oldest due first") }
#define OPTION_CURRENCY { "currency", 0, N_("CODE"), N_("else the client's") }

static const TbOption list_options[] = { TB_OPTION_CLIENT, { NULL } };
static const TbOption add_options[]
    = { OPTION_DAY, OPTION_METHOD, OPTION_REFERENCE, OPTION_NOTE, OPTION_INVOICE, OPTION_CURRENCY, TB_OPTION_DRY_RUN, { NULL } };
static const TbOption reverse_options[] = { { "kind", 0, N_("refund|return"),
                                              N_("given back, which is asked for no more; or come back, which is owed again") },
                                            { "amount", 0, N_("AMOUNT"), N_("a part; else all that is left of it") },
                                            OPTION_DAY, OPTION_METHOD, OPTION_REFERENCE, OPTION_NOTE, { NULL } };
static const TbOption allocate_options[] = { OPTION_INVOICE, { "again", 0, NULL, N_("what it pays now is open again first") }, { NULL } };
static const TbOption import_options[] = { { "format", 0, N_("camt053|csv"), N_("else as the file looks") },
                                           { "map", 0, N_("FIELD=COLUMN,…"),
                                             N_("columns of CSV: day, amount (or credit, debit), currency, name, iban, reference, text, id") },
                                           { "dates", 0, N_("ymd|dmy|mdy"), N_("the order of dates in CSV, when the file does not tell") },
                                           { "currency", 0, N_("CODE"), N_("of CSV without such a column; else the company's") },
                                           { "assign", 0, N_("ENTRY=CLIENT,…"), N_("whose an entry is, as people decided; - is nobody's") },
                                           TB_OPTION_DRY_RUN, { NULL } };
static const TbOption statement_options[] = { { "from", 0, N_("DATE"), N_("from that day") },
                                              { "to", 0, N_("DATE"), N_("up to that day") }, OPTION_CURRENCY, { NULL } };
static const TbOption ageing_options[] = { TB_OPTION_CLIENT, { "at", 0, N_("DATE"), N_("days past due on that day; else today") }, { NULL } };

const TbCommand tb_commands_payments[] = {
  { "payments list", NULL, 0, 0, TB_BOOKS_OPEN, list_options, list, N_("lists what clients paid, and what it is for") },
  { "payments add", N_("CLIENT AMOUNT"), 2, 2, TB_BOOKS_OPEN, add_options, add, N_("records a payment and puts it on open invoices") },
  { "payments reverse", N_("ID"), 1, 1, TB_BOOKS_OPEN, reverse_options, reverse, N_("records that a payment was given back, or came back") },
  { "payments allocate", N_("ID"), 1, 1, TB_BOOKS_OPEN, allocate_options, allocate, N_("puts what of a payment is for no invoice on open ones") },
  { "payments import", N_("FILE"), 1, 1, TB_BOOKS_OPEN, import_options, import,
    N_("records payments out of a bank's file, and leaves doubtful ones to people") },
  { "statement", N_("CLIENT"), 1, 1, TB_BOOKS_OPEN, statement_options, statement, N_("shows a client's statement of account") },
  { "ageing", NULL, 0, 0, TB_BOOKS_OPEN, ageing_options, ageing, N_("lists what clients owe by days past due") },
  { NULL },
};
