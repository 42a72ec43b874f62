/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payments.h"

#include <glib/gi18n-lib.h>

#include "tb-balances.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-posting-store.h"
#include "tb-setup-store.h"

#define TEXT_MAX 500
/* A payment may be dated in a zone that is ahead of ours, not further. */
#define AHEAD 1

/* ---- accounts ---- */

static TbAccount *
read_account (TbStore *store, const TbSetup *setup, const char *key, TbCurrency currency, GError **error)
{
  const TbClient *client = tb_setup_find_client (setup, key);
  g_autoptr (GPtrArray) accounts = NULL;
  TbAccount *account;

  if (client == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), key);
      return NULL;
    }
  if (currency == TB_CURRENCY_NONE)
    currency = client->currency != TB_CURRENCY_NONE ? client->currency : tb_setup_get_currency (setup);
  accounts = tb_account_store_list (store, key, error);
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    if (((TbAccount *) accounts->pdata[i])->currency == currency)
      return g_ptr_array_steal_index (accounts, i);
  if (accounts == NULL)
    return NULL;
  account = tb_account_new ();
  account->client_id = client->id;
  account->client = g_strdup (client->key);
  account->name = g_strdup (client->name);
  account->currency = currency;
  return account;
}

TbAccount *
tb_payments_read_account (TbStore *store, const char *client, TbCurrency currency, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  return setup != NULL ? read_account (store, setup, client, currency, error) : NULL;
}

/* ---- recording ---- */

static gboolean
take_text (char **field, const char *text, const char *what, GError **error)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (stripped == NULL || *stripped == '\0')
    return TRUE;
  if (!g_utf8_validate (stripped, -1, NULL) || g_utf8_strlen (stripped, -1) > TEXT_MAX)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The %s is longer than %d characters, or no text."), what, TEXT_MAX);
      return FALSE;
    }
  *field = g_steal_pointer (&stripped);
  return TRUE;
}

static gboolean
take_texts (TbPayment *payment, const char *method, const char *reference, const char *note, const char *origin, GError **error)
{
  return take_text (&payment->method, method, _("method"), error) && take_text (&payment->reference, reference, _("reference"), error)
         && take_text (&payment->note, note, _("note"), error) && take_text (&payment->origin, origin, _("origin"), error);
}

static gboolean
check_day (TbDay day, gint64 now, GError **error)
{
  g_autofree char *text = day != TB_DAY_NONE ? tb_day_format (day) : g_strdup ("");

  if (day != TB_DAY_NONE && day <= now / 86400 + AHEAD)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The day “%s” is none on which money can have come in."), text);
  return FALSE;
}

static gboolean
refuse_in_advance (const TbPayment *payment, GError **error)
{
  g_autofree char *money = NULL;
  TbAmount rest;

  if (!tb_payment_get_rest (payment, &rest, error))
    return FALSE;
  if (rest <= 0)
    return TRUE;
  money = tb_money_to_display ((TbMoney){ rest, payment->amount.currency });
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _("Client %s pays in advance, and %s of this is for no invoice that is open: book that as a top-up of the balance."), payment->client, money);
  return FALSE;
}

static TbPayment *
make_on (const TbAccount *account, gboolean in_advance, const TbPaymentOrder *order, GError **error)
{
  g_autoptr (TbPayment) payment = tb_payment_new ();

  if (!take_texts (payment, order->method, order->reference, order->note, order->origin, error))
    return NULL;
  payment->kind = TB_PAYMENT_RECEIVED;
  payment->source = order->source;
  payment->client_id = account->client_id;
  payment->client = g_strdup (account->client);
  payment->day = order->day;
  payment->amount = (TbMoney){ order->amount, account->currency };
  payment->remote_id = order->remote_id;
  return tb_payment_validate (payment, error) && tb_account_allocate (account, payment, order->wanted, error)
                 && (!in_advance || refuse_in_advance (payment, error))
             ? g_steal_pointer (&payment)
             : NULL;
}

/* The client's account, and whether it is one who pays in advance. */
static TbAccount *
open_account (TbStore *store, const TbPaymentOrder *order, gboolean *ret_in_advance, GError **error)
{
  g_autoptr (TbAccount) account = tb_payments_read_account (store, order->client, order->currency, error);
  g_autoptr (TbClientBalance) balance = account != NULL ? tb_balances_get (store, order->client, error) : NULL;

  if (balance == NULL)
    return NULL;
  *ret_in_advance = balance->is_prepaid;
  return g_steal_pointer (&account);
}

TbPayment *
tb_payments_preview (TbStore *store, const TbPaymentOrder *order, GError **error)
{
  gboolean in_advance = FALSE;
  g_autoptr (TbAccount) account = open_account (store, order, &in_advance, error);

  return account != NULL ? make_on (account, in_advance, order, error) : NULL;
}

TbPayment *
tb_payments_record_on (TbStore *store, TbAccount *account, gboolean in_advance, const TbPaymentOrder *order, gint64 now, GError **error)
{
  g_autoptr (TbPayment) payment = check_day (order->day, now, error) ? make_on (account, in_advance, order, error) : NULL;

  if (payment == NULL)
    return NULL;
  payment->recorded = now;
  return tb_payment_store_add (store, payment, error) && tb_account_take (account, payment, error) ? g_steal_pointer (&payment) : NULL;
}

TbPayment *
tb_payments_record (TbStore *store, const TbPaymentOrder *order, gint64 now, GError **error)
{
  g_autoptr (TbAccount) account = NULL;
  g_autoptr (TbPayment) payment = NULL;
  gboolean own, in_advance = FALSE;

  if (!tb_store_join (store, &own, error))
    return NULL;
  account = open_account (store, order, &in_advance, error);
  payment = account != NULL ? tb_payments_record_on (store, account, in_advance, order, now, error) : NULL;
  return tb_store_leave (store, own, payment != NULL, error) ? g_steal_pointer (&payment) : NULL;
}

/* ---- from WHMCS ---- */

static gboolean
put_on_document (const TbAccount *account, TbPayment *payment, guint32 document, gboolean whole, GError **error)
{
  const TbOpenItem *item = tb_account_find_id (account, document);
  TbAmount part = item != NULL ? MIN (tb_open_item_get_room (item), payment->amount.amount) : 0;

  if (!whole && part > 0)
    payment->amount.amount = part;
  return part == 0 || tb_payment_add_allocation (payment, item->id, item->number, part, error);
}

static TbPayment *
make_taken (TbStore *store, const TbMirrorPayment *row, const char *client, guint32 document, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (store, document, error);
  g_autoptr (TbAccount) account = invoice != NULL ? tb_payments_read_account (store, client, invoice->currency, error) : NULL;
  g_autoptr (TbClientBalance) balance = account != NULL ? tb_balances_get (store, client, error) : NULL;
  g_autoptr (TbPayment) payment = tb_payment_new ();

  if (balance == NULL || !take_texts (payment, row->gateway, row->reference, row->description, NULL, error))
    return NULL;
  payment->source = TB_PAYMENT_FROM_WHMCS;
  payment->client_id = account->client_id;
  payment->client = g_strdup (client);
  payment->day = row->date;
  payment->amount = (TbMoney){ row->amount_in, account->currency };
  payment->remote_id = row->id;
  return put_on_document (account, payment, document, !balance->is_prepaid, error) ? g_steal_pointer (&payment) : NULL;
}

TbPayment *
tb_payments_take_over (TbStore *store, const TbMirrorPayment *row, const char *client, guint32 document, gint64 now, GError **error)
{
  g_autoptr (TbPayment) payment = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  payment = make_taken (store, row, client, document, error);
  if (payment != NULL)
    {
      payment->recorded = now;
      payment->day = payment->day != TB_DAY_NONE ? payment->day : (TbDay) (now / 86400);
    }
  return tb_store_leave (store, own, payment != NULL && tb_payment_store_add (store, payment, error), error) ? g_steal_pointer (&payment) : NULL;
}

/* ---- reversing ---- */

static TbPayment *
make_reversal (TbStore *store, guint32 id, const TbReversalOrder *order, gint64 now, GError **error)
{
  const TbPaymentFilter its = { .reverses_id = id };
  g_autoptr (TbPayment) payment = tb_payment_store_get (store, id, error), reversal = tb_payment_new ();
  g_autoptr (GPtrArray) earlier = payment != NULL ? tb_payment_store_list (store, &its, error) : NULL;
  TbAmount amount = order->amount;

  if (earlier == NULL || !take_texts (reversal, order->method, order->reference, order->note, order->origin, error))
    return NULL;
  if (payment->kind != TB_PAYMENT_RECEIVED)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Payment %u takes back another one itself: record the money anew instead."), id);
      return NULL;
    }
  reversal->kind = order->kind;
  reversal->source = order->source;
  reversal->client_id = payment->client_id;
  reversal->client = g_strdup (payment->client);
  reversal->day = order->day != TB_DAY_NONE ? order->day : (TbDay) (now / 86400);
  reversal->remote_id = order->remote_id;
  reversal->recorded = now;
  if ((amount == 0 && !tb_payment_get_left (payment, earlier, &amount, error)) || !tb_payment_reverse (reversal, payment, earlier, amount, error))
    return NULL;
  return tb_payment_validate (reversal, error) ? g_steal_pointer (&reversal) : NULL;
}

TbPayment *
tb_payments_reverse (TbStore *store, guint32 id, const TbReversalOrder *order, gint64 now, GError **error)
{
  g_autoptr (TbPayment) reversal = NULL;
  gboolean own;

  if ((order->source != TB_PAYMENT_FROM_WHMCS && !check_day (order->day, now, error)) || !tb_store_join (store, &own, error))
    return NULL;
  reversal = make_reversal (store, id, order, now, error);
  return tb_store_leave (store, own, reversal != NULL && tb_payment_store_add (store, reversal, error), error) ? g_steal_pointer (&reversal) : NULL;
}

/* ---- allocating ---- */

/* Reversals stay with what they took back, and what WHMCS was told of stays told. */
static gboolean
check_movable (TbStore *store, const TbPayment *payment, GError **error)
{
  const TbPaymentFilter its = { .reverses_id = payment->id };
  g_autoptr (GPtrArray) reversals = tb_payment_store_list (store, &its, error);
  g_autofree char *part = g_strdup_printf ("payment %u", payment->id);
  gboolean posted = FALSE;

  if (reversals == NULL || !tb_posting_store_has_part (store, TB_POSTING_PAYMENT, part, &posted, error))
    return FALSE;
  if (reversals->len == 0 && payment->source != TB_PAYMENT_FROM_WHMCS && !posted)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
               _("What payment %u is for stays as it is: it came from WHMCS, was posted there, or was taken back in part."), payment->id);
  return FALSE;
}

/* What it is for now, taken back. */
static gboolean
free_payment (TbStore *store, TbPayment *payment, gint64 now, GError **error)
{
  if (!check_movable (store, payment, error))
    return FALSE;
  for (guint i = 0; i < payment->allocations->len; i++)
    {
      TbAllocation *allocation = payment->allocations->pdata[i];

      if (!tb_amount_subtract (0, allocation->amount, &allocation->amount, error))
        return FALSE;
    }
  if (!tb_payment_store_allocate (store, payment->id, payment->allocations, now, error))
    return FALSE;
  g_ptr_array_set_size (payment->allocations, 0);
  return TRUE;
}

/* What of it is free still, as if it were all of it. */
static TbPayment *
make_rest (TbStore *store, const TbPayment *payment, GError **error)
{
  const TbPaymentFilter its = { .reverses_id = payment->id };
  g_autoptr (GPtrArray) reversals = tb_payment_store_list (store, &its, error);
  g_autoptr (TbPayment) rest = tb_payment_new ();

  if (reversals == NULL || !tb_payment_get_rest (payment, &rest->amount.amount, error))
    return NULL;
  for (guint i = 0; i < reversals->len; i++)
    {
      TbAmount back;

      if (!tb_payment_get_rest (reversals->pdata[i], &back, error) || !tb_amount_add (rest->amount.amount, back, &rest->amount.amount, error))
        return NULL;
    }
  rest->amount.currency = payment->amount.currency;
  return g_steal_pointer (&rest);
}

static gboolean
allocate (TbStore *store, guint32 id, GPtrArray *wanted, gboolean again, gint64 now, GError **error)
{
  g_autoptr (TbPayment) payment = tb_payment_store_get (store, id, error), rest = NULL;
  g_autoptr (TbAccount) account = NULL;

  if (payment == NULL || (again && !free_payment (store, payment, now, error)))
    return FALSE;
  account = tb_payments_read_account (store, payment->client, payment->amount.currency, error);
  rest = account != NULL ? make_rest (store, payment, error) : NULL;
  return rest != NULL && tb_account_allocate (account, rest, wanted, error) && tb_payment_store_allocate (store, id, rest->allocations, now, error);
}

TbPayment *
tb_payments_allocate (TbStore *store, guint32 id, GPtrArray *wanted, gboolean again, gint64 now, GError **error)
{
  gboolean own;

  if (!tb_store_join (store, &own, error) || !tb_store_leave (store, own, allocate (store, id, wanted, again, now, error), error))
    return NULL;
  return tb_payment_store_get (store, id, error);
}

/* ---- what is typed ---- */

gboolean
tb_payments_parse_amount (const char *text, TbCurrency currency, TbAmount *ret, GError **error)
{
  g_autoptr (TbPayment) payment = tb_payment_new ();

  if (!tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &payment->amount.amount, error))
    return FALSE;
  payment->amount.currency = currency;
  if (!tb_payment_validate (payment, error))
    return FALSE;
  *ret = payment->amount.amount;
  return TRUE;
}

GPtrArray *
tb_payments_parse_wanted (const char *text, GError **error)
{
  g_autoptr (TbPayment) carrier = tb_payment_new ();
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *amount = strrchr (parts[i], '=');
      TbAllocation *wanted;

      if (amount != NULL)
        *amount++ = '\0';
      g_strstrip (parts[i]);
      if (*parts[i] == '\0')
        continue;
      wanted = g_new0 (TbAllocation, 1);
      wanted->number = g_strdup (parts[i]);
      g_ptr_array_add (carrier->allocations, wanted);
      if (amount != NULL && !tb_decimal_parse (amount, -1, TB_AMOUNT_SCALE, &wanted->amount, error))
        return NULL;
    }
  return g_ptr_array_ref (carrier->allocations);
}
