/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-fake-whmcs-private.h"

/* Payments, credit, mail, the log, and what WHMCS says of itself. */

void
fake_move_free (gpointer data)
{
  FakeMove *self = data;

  g_free (self->reference);
  g_free (self->text);
  g_free (self->gateway);
  g_free (self->date);
  g_free (self);
}

void
fake_add_move (GPtrArray *list, gint64 client, gint64 invoice, gint64 cents, const char *reference, const char *text, const char *gateway)
{
  FakeMove *move = g_new0 (FakeMove, 1);

  move->id = list->len + 1;
  move->client = client;
  move->invoice = invoice;
  move->cents = cents;
  move->reference = g_strdup (reference);
  move->text = g_strdup (text);
  move->gateway = g_strdup (gateway);
  move->date = g_strdup ("2026-02-10");
  g_ptr_array_add (list, move);
}

void
fake_add_log (TbFakeWhmcs *self, gint64 client, const char *text)
{
  fake_add_move (self->log, client, 0, 0, "", text, "api");
}

/* ---- payments ---- */

static void
pay (FakeInvoice *invoice, gint64 cents)
{
  invoice->payments += cents;
  if (invoice->payments < fake_invoice_total (invoice))
    return;
  invoice->status = "Paid";
  g_free (invoice->paid);
  invoice->paid = g_strdup ("2026-02-10 10:00:00");
}

static gboolean
has_reference (TbFakeWhmcs *self, const char *reference)
{
  for (guint i = 0; i < self->payments->len; i++)
    if (*reference != '\0' && g_str_equal (((FakeMove *) self->payments->pdata[i])->reference, reference))
      return TRUE;
  return FALSE;
}

static const char *
add_payment (FakeCall *call)
{
  FakeInvoice *invoice = fake_find_invoice (call->fake, fake_arg_id (call, "invoiceid"));
  gint64 cents;

  if (invoice == NULL)
    return "Invoice ID Not Found";
  if (g_str_equal (invoice->status, "Cancelled"))
    return "It is not possible to add a payment to an invoice that is Cancelled";
  cents = g_hash_table_contains (call->args, "amount") ? fake_cents (fake_arg (call, "amount"))
                                                       : fake_invoice_total (invoice) - invoice->payments;
  fake_add_move (call->fake->payments, invoice->client, invoice->id, cents, fake_arg (call, "transid"), "Invoice Payment",
                 fake_arg (call, "gateway"));
  pay (invoice, cents);
  call->fake->mails += !fake_arg_flag (call, "noemail");
  return NULL;
}

static const char *
add_transaction (FakeCall *call)
{
  FakeClient *client = fake_find_client (call->fake, fake_arg_id (call, "userid"));
  FakeInvoice *invoice = fake_find_invoice (call->fake, fake_arg_id (call, "invoiceid"));
  gint64 cents = fake_cents (fake_arg (call, "amountin")) - (g_hash_table_contains (call->args, "amountout") ? fake_cents (fake_arg (call, "amountout")) : 0);

  if (has_reference (call->fake, fake_arg (call, "transid")) && !fake_arg_flag (call, "allowduplicatetransid"))
    return "Transaction ID must be Unique";
  if (client == NULL && !g_hash_table_contains (call->args, "currencyid"))
    return "A Currency ID is required for non-customer related transactions";
  if (invoice != NULL && client != NULL && invoice->client != client->id)
    return "User ID does not own the given Invoice ID";
  fake_add_move (call->fake->payments, client != NULL ? client->id : 0, invoice != NULL ? invoice->id : 0, cents, fake_arg (call, "transid"),
                 fake_arg (call, "description"), fake_arg (call, "paymentmethod"));
  if (client != NULL && fake_arg_flag (call, "credit"))
    client->credit += cents;
  else if (invoice != NULL)
    pay (invoice, cents);
  return NULL;
}

GPtrArray *
fake_payment_rows (FakeCall *call, gint64 client, gint64 invoice, const char *reference)
{
  GPtrArray *rows = fake_rows_new ();

  for (guint i = 0; i < call->fake->payments->len; i++)
    {
      const FakeMove *move = call->fake->payments->pdata[i];
      GString *row;

      if ((client != 0 && move->client != client) || (invoice != 0 && move->invoice != invoice)
          || (*reference != '\0' && !g_str_equal (move->reference, reference)))
        continue;
      row = fake_rows_add (rows);
      fake_put_id (call, row, "id", move->id);
      fake_put_id (call, row, "userid", move->client);
      fake_put_id (call, row, "currency", 0);
      fake_put_text (call, row, "gateway", move->gateway);
      fake_put_text (call, row, "date", "2026-02-10 10:00:00");
      fake_put_text (call, row, "description", move->text);
      fake_put_money (call, row, "amountin", MAX (move->cents, 0));
      fake_put_money (call, row, "fees", 0);
      fake_put_money (call, row, "amountout", MAX (-move->cents, 0));
      fake_put_text (call, row, "rate", "1.00000");
      fake_put_text (call, row, "transid", move->reference);
      fake_put_id (call, row, "invoiceid", move->invoice);
      fake_put_id (call, row, "refundid", 0);
    }
  return rows;
}

static const char *
get_transactions (FakeCall *call)
{
  GPtrArray *rows = fake_payment_rows (call, fake_arg_id (call, "clientid"), fake_arg_id (call, "invoiceid"), fake_arg (call, "transid"));

  fake_put_id (call, call->out, "totalresults", rows->len);
  fake_put_list (call, call->out, "transactions", "transaction", rows);
  return NULL;
}

/* ---- credit ---- */

static const char *
add_credit (FakeCall *call)
{
  FakeClient *client = fake_find_client (call->fake, fake_arg_id (call, "clientid"));
  gint64 cents = fake_cents (fake_arg (call, "amount"));
  gboolean removes = g_str_equal (fake_arg (call, "type"), "remove");

  if (client == NULL)
    return "Client ID Not Found";
  if (!removes && *fake_arg (call, "type") != '\0' && !g_str_equal (fake_arg (call, "type"), "add"))
    return "Type can only be add or remove";
  if (cents <= 0)
    return "Amount must be in decimal format: ### or ###.##";
  client->credit += removes ? -cents : cents;
  fake_add_move (call->fake->credits, client->id, 0, removes ? -cents : cents, "", fake_arg (call, "description"), "");
  fake_put_money (call, call->out, "newbalance", client->credit);
  return NULL;
}

static const char *
apply_credit (FakeCall *call)
{
  FakeInvoice *invoice = fake_find_invoice (call->fake, fake_arg_id (call, "invoiceid"));
  FakeClient *client = invoice != NULL ? fake_find_client (call->fake, invoice->client) : NULL;
  gint64 open = invoice != NULL ? fake_invoice_total (invoice) - invoice->payments : 0;
  gint64 cents = g_str_equal (fake_arg (call, "amount"), "full") ? MIN (open, client != NULL ? client->credit : 0)
                                                                 : fake_cents (fake_arg (call, "amount"));
  g_autofree char *text = NULL;

  if (client == NULL)
    return "Invoice ID Not Found";
  if (!g_str_equal (invoice->status, "Unpaid"))
    return "Invoice Not in Unpaid Status";
  if (cents > client->credit)
    return "Amount exceeds customer credit balance";
  if (cents > open)
    return "Amount Exceeds Invoice Balance";
  if (cents <= 0)
    return "Credit Amount to apply must be greater than zero";
  client->credit -= cents;
  invoice->credit += cents;
  pay (invoice, 0);
  text = g_strdup_printf ("Credit Applied to Invoice #%" G_GINT64_FORMAT, invoice->id);
  fake_add_move (call->fake->credits, client->id, invoice->id, -cents, "", text, "");
  fake_put_text (call, call->out, "invoiceid", fake_arg (call, "invoiceid"));
  fake_put_money (call, call->out, "amount", cents);
  fake_put_text (call, call->out, "invoicepaid", g_str_equal (invoice->status, "Paid") ? "true" : "false");
  return NULL;
}

static const char *
get_credits (FakeCall *call)
{
  GPtrArray *rows = fake_rows_new ();

  if (fake_find_client (call->fake, fake_arg_id (call, "clientid")) == NULL)
    {
      g_ptr_array_unref (rows);
      return "Client ID Not Found";
    }
  for (guint i = 0; i < call->fake->credits->len; i++)
    {
      const FakeMove *move = call->fake->credits->pdata[i];
      GString *row;

      if (move->client != fake_arg_id (call, "clientid"))
        continue;
      row = fake_rows_add (rows);
      fake_put_id (call, row, "id", move->id);
      fake_put_text (call, row, "date", move->date);
      fake_put_text (call, row, "description", move->text);
      fake_put_money (call, row, "amount", move->cents);
      fake_put_id (call, row, "relid", move->invoice);
    }
  fake_put_list (call, call->out, "credits", "credit", rows);
  return NULL;
}

/* ---- the system ---- */

static const char *
get_details (FakeCall *call)
{
  g_string_append_printf (call->out, ",\"whmcs\":{\"version\":\"%u.1.0\",\"canonicalversion\":\"%u.1.0-release.1\"}", call->fake->version,
                          call->fake->version);
  return NULL;
}

static const char *
get_admin (FakeCall *call)
{
  fake_put_id (call, call->out, "adminid", 1);
  fake_put_text (call, call->out, "name", "Ann O'Neil");
  fake_put_text (call, call->out, "allowedpermissions", "Create Invoice,Manage Invoice,API Access");
  return get_details (call);
}

static const char *
get_currencies (FakeCall *call)
{
  GPtrArray *rows = fake_rows_new ();

  for (guint i = 0; i < call->fake->currencies->len; i++)
    {
      GString *row = fake_rows_add (rows);

      fake_put_id (call, row, "id", i + 1);
      fake_put_text (call, row, "code", call->fake->currencies->pdata[i]);
      fake_put_text (call, row, "prefix", "$");
      fake_put_text (call, row, "suffix", "");
      fake_put_text (call, row, "rate", i == 0 ? "1.00000" : "1.36512");
    }
  fake_put_id (call, call->out, "totalresults", rows->len);
  fake_put_list (call, call->out, "currencies", "currency", rows);
  return NULL;
}

static const char *
get_payment_methods (FakeCall *call)
{
  static const struct { const char *module, *name; } all[] = { { "banktransfer", "Bank Transfer" }, { "stripe", "Card & more" } };
  GPtrArray *rows = fake_rows_new ();

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      GString *row = fake_rows_add (rows);

      fake_put_text (call, row, "module", all[i].module);
      fake_put_text (call, row, "displayname", all[i].name);
    }
  fake_put_list (call, call->out, "paymentmethods", "paymentmethod", rows);
  return NULL;
}

static const char *
log_activity (FakeCall *call)
{
  if (*fake_arg (call, "description") == '\0')
    return "Description is required";
  fake_add_log (call->fake, fake_arg_id (call, "clientid"), fake_arg (call, "description"));
  return NULL;
}

static const char *
get_activity (FakeCall *call)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  GPtrArray *rows = fake_rows_new ();
  guint from, to;

  for (guint i = call->fake->log->len; i > 0; i--)
    {
      FakeMove *move = call->fake->log->pdata[i - 1];

      if ((fake_arg_id (call, "clientid") == 0 || move->client == fake_arg_id (call, "clientid"))
          && strstr (move->text, fake_arg (call, "description")) != NULL)
        g_ptr_array_add (asked, move);
    }
  fake_put_page (call, asked->len, &from, &to);
  for (; from < to; from++)
    {
      const FakeMove *move = asked->pdata[from];
      GString *row = fake_rows_add (rows);

      fake_put_id (call, row, "id", move->id);
      fake_put_id (call, row, "clientId", move->client);
      fake_put_text (call, row, "date", "2026-02-10 10:00:00");
      fake_put_text (call, row, "description", move->text);
      fake_put_text (call, row, "username", move->gateway);
    }
  fake_put_list (call, call->out, "activity", "entry", rows);
  return NULL;
}

static const char *
send_email (FakeCall *call)
{
  if (*fake_arg (call, "messagename") == '\0')
    return "You must provide either an existing email template name or a custom message type";
  if (fake_arg_id (call, "id") == 0)
    return "A related ID is required";
  call->fake->mails++;
  return NULL;
}

static const char *
get_setting (FakeCall *call)
{
  fake_put_text (call, call->out, "setting", fake_arg (call, "setting"));
  fake_put_text (call, call->out, "value", "DD/MM/YYYY");
  return NULL;
}

const FakeActionRow fake_money_actions[] = {
  { "AddInvoicePayment", add_payment },
  { "AddTransaction", add_transaction },
  { "GetTransactions", get_transactions },
  { "AddCredit", add_credit },
  { "ApplyCredit", apply_credit },
  { "GetCredits", get_credits },
  { "WhmcsDetails", get_details },
  { "GetAdminDetails", get_admin },
  { "GetCurrencies", get_currencies },
  { "GetPaymentMethods", get_payment_methods },
  { "LogActivity", log_activity },
  { "GetActivityLog", get_activity },
  { "SendEmail", send_email },
  { "GetConfigurationValue", get_setting },
  { NULL, NULL },
};
