/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-payments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* ---- transactions ---- */

TbWhmcsTransaction *
tb_whmcs_transaction_new (void)
{
  TbWhmcsTransaction *self = g_new0 (TbWhmcsTransaction, 1);

  self->date = TB_DAY_NONE;
  self->rate = TB_DECIMAL_NONE;
  return self;
}

void
tb_whmcs_transaction_free (TbWhmcsTransaction *self)
{
  if (self == NULL)
    return;
  g_free (self->gateway);
  g_free (self->description);
  g_free (self->reference);
  g_free (self);
}

gpointer
tb_whmcs_transaction_read (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsTransaction *self = tb_whmcs_transaction_new ();

  self->id = tb_whmcs_fields_get_int (row, "id");
  self->client = tb_whmcs_fields_get_int (row, "userid");
  self->invoice = tb_whmcs_fields_get_int (row, "invoiceid");
  self->currency_id = tb_whmcs_fields_get_int (row, "currency");
  self->refund_of = tb_whmcs_fields_get_int (row, "refundid");
  self->gateway = tb_whmcs_fields_dup_text (row, "gateway");
  self->description = tb_whmcs_fields_dup_text (row, "description");
  self->reference = tb_whmcs_fields_dup_text (row, "transid");
  self->date = tb_whmcs_fields_get_day (row, "date");
  self->in = tb_whmcs_fields_get_amount (row, "amountin");
  self->fees = tb_whmcs_fields_get_amount (row, "fees");
  self->out = tb_whmcs_fields_get_amount (row, "amountout");
  self->rate = tb_whmcs_fields_get_decimal (row, "rate");
  return self;
}

GPtrArray *
tb_whmcs_list_transactions (TbWhmcs *self, gint64 client, gint64 invoice, const char *reference, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetTransactions");
  const TbWhmcsList list = { .form = form, .plural = "transactions", .singular = "transaction", .what = _("Payments"), .above = G_MININT64,
                             .read = tb_whmcs_transaction_read, .free_item = (GDestroyNotify) tb_whmcs_transaction_free };

  tb_whmcs_form_add_id (form, "clientid", client);
  tb_whmcs_form_add_id (form, "invoiceid", invoice);
  tb_whmcs_form_add_text (form, "transid", reference);
  return tb_whmcs_list_whole (self, &list, error);
}

TbWhmcsOutcome
tb_whmcs_add_payment (TbWhmcs *self, gint64 invoice, const char *reference, const char *gateway, TbDay date, TbAmount amount,
                      TbAmount fees, gboolean quiet, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("AddInvoicePayment");
  g_autofree char *day = tb_day_format (date);
  g_autofree char *moment = g_strconcat (day, " 00:00:00", NULL);

  tb_whmcs_form_add_int (form, "invoiceid", invoice);
  tb_whmcs_form_add_text (form, "transid", reference);
  tb_whmcs_form_add_text (form, "gateway", gateway);
  tb_whmcs_form_add_text (form, "date", moment);
  tb_whmcs_form_add_amount (form, "amount", amount);
  if (fees != 0)
    tb_whmcs_form_add_amount (form, "fees", fees);
  if (quiet)
    tb_whmcs_form_add_flag (form, "noemail", TRUE);
  return tb_whmcs_do (self, form, error);
}

/* "DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD", "DD.MM.YYYY" …: what WHMCS offers for its dates. */
static char *
format_day (TbDay day, const char *format)
{
  GString *out = g_string_new (format);
  char text[8];
  int year, month, mday;

  tb_day_to_ymd (day, &year, &month, &mday);
  g_snprintf (text, sizeof text, "%04d", year);
  g_string_replace (out, "YYYY", text, 1);
  g_snprintf (text, sizeof text, "%02d", month);
  g_string_replace (out, "MM", text, 1);
  g_snprintf (text, sizeof text, "%02d", mday);
  g_string_replace (out, "DD", text, 1);
  return g_string_free (out, FALSE);
}

TbWhmcsOutcome
tb_whmcs_add_transaction (TbWhmcs *self, const TbWhmcsTransaction *transaction, gboolean to_credit, const char *date_format, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("AddTransaction");
  g_autofree char *date = date_format != NULL && transaction->date != TB_DAY_NONE ? format_day (transaction->date, date_format) : NULL;

  tb_whmcs_form_add_text (form, "paymentmethod", transaction->gateway);
  tb_whmcs_form_add_id (form, "userid", transaction->client);
  tb_whmcs_form_add_id (form, "invoiceid", transaction->invoice);
  tb_whmcs_form_add_text (form, "transid", transaction->reference);
  tb_whmcs_form_add_text (form, "date", date);
  tb_whmcs_form_add_id (form, "currencyid", transaction->currency_id);
  tb_whmcs_form_add_text (form, "description", transaction->description);
  tb_whmcs_form_add_amount (form, "amountin", transaction->in);
  tb_whmcs_form_add_amount (form, "fees", transaction->fees);
  tb_whmcs_form_add_amount (form, "amountout", transaction->out);
  tb_whmcs_form_add_decimal (form, "rate", transaction->rate);
  if (to_credit)
    tb_whmcs_form_add_flag (form, "credit", TRUE);
  return tb_whmcs_do (self, form, error);
}

/* ---- credit ---- */

void
tb_whmcs_credit_free (TbWhmcsCredit *self)
{
  if (self == NULL)
    return;
  g_free (self->description);
  g_free (self);
}

static gpointer
read_credit (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsCredit *self = g_new0 (TbWhmcsCredit, 1);

  self->id = tb_whmcs_fields_get_int (row, "id");
  self->date = tb_whmcs_fields_get_day (row, "date");
  self->description = tb_whmcs_fields_dup_text (row, "description");
  self->amount = tb_whmcs_fields_get_amount (row, "amount");
  self->related = tb_whmcs_fields_get_int (row, "relid");
  return self;
}

GPtrArray *
tb_whmcs_list_credits (TbWhmcs *self, gint64 client, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetCredits");
  const TbWhmcsList list = { .form = form, .plural = "credits", .singular = "credit", .what = _("Credits"), .above = G_MININT64,
                             .read = read_credit, .free_item = (GDestroyNotify) tb_whmcs_credit_free };

  tb_whmcs_form_add_int (form, "clientid", client);
  return tb_whmcs_list_whole (self, &list, error);
}

TbWhmcsOutcome
tb_whmcs_add_credit (TbWhmcs *self, gint64 client, TbAmount amount, const char *description, TbAmount *ret_balance, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("AddCredit");
  g_autoptr (TbWhmcsReply) reply = NULL;
  TbWhmcsFields row = { .node = NULL };
  TbAmount balance;

  tb_whmcs_form_add_int (form, "clientid", client);
  tb_whmcs_form_add_text (form, "description", description);
  tb_whmcs_form_add_amount (form, "amount", ABS (amount));
  tb_whmcs_form_add_text (form, "type", amount < 0 ? "remove" : "add");
  reply = tb_whmcs_call (self, form, TRUE);
  if (reply->outcome != TB_WHMCS_DONE)
    {
      g_propagate_error (error, g_steal_pointer (&reply->error));
      return reply->outcome;
    }
  row.node = reply->root;
  balance = tb_whmcs_fields_has (&row, "newbalance") ? tb_whmcs_fields_get_amount (&row, "newbalance") : TB_DECIMAL_NONE;
  if (ret_balance != NULL)
    *ret_balance = row.error == NULL ? balance : TB_DECIMAL_NONE;
  g_clear_error (&row.error); /* that it was done counts */
  return TB_WHMCS_DONE;
}

TbWhmcsOutcome
tb_whmcs_apply_credit (TbWhmcs *self, gint64 invoice, TbAmount amount, gboolean quiet, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("ApplyCredit");

  tb_whmcs_form_add_int (form, "invoiceid", invoice);
  tb_whmcs_form_add_amount (form, "amount", amount);
  if (quiet)
    tb_whmcs_form_add_flag (form, "noemail", TRUE);
  return tb_whmcs_do (self, form, error);
}
