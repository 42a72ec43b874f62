/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-posting-store.h"
#include "tb-text.h"
#include "tb-whmcs-payment-part.h"
#include "tb-whmcs-push-private.h"

/* Postings that are one request and no more: looked for, sent, looked for again when nobody knows. */

/* ---- a new client: known by the e-mail address, of which WHMCS has each once ---- */

static gboolean
look_client (TbPush *self, TbPosting *posting, TbPushOutcome *out)
{
  const TbClient *client = tb_push_get_client (self, posting);
  GError *failure = NULL;
  gint64 id = client != NULL ? client->whmcs_id : 0;
  TbReply reply = id > 0 || client == NULL ? TB_REPLY_DONE : self->port->find_client (self->port, client->email, &id, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (id == 0)
    return tb_push_need (out, TB_STEP_SEND, 0, g_strdup (_("WHMCS has no client with this e-mail address.")));
  for (guint i = 0; i < self->setup->clients->len; i++)
    {
      const TbClient *other = self->setup->clients->pdata[i];

      if (other != client && other->whmcs_id == id)
        return tb_push_complain (
            out, TB_EVENT_DIFFERS,
            g_strdup_printf (_("The e-mail address is that of the client %" PRId64 " at WHMCS, which is our client %s."), id,
                             other->key));
    }
  posting->remote_id = id;
  return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("At WHMCS this is the client %" PRId64 "."), id));
}

/* Currency and country are given, be they the company's. */
static TbClient *
dup_client (const TbPush *self, const TbPosting *posting)
{
  TbClient *client = tb_client_copy (tb_push_get_client (self, posting));

  if (client->currency == TB_CURRENCY_NONE)
    client->currency = tb_setup_get_currency (self->setup);
  if ((client->country == NULL || *client->country == '\0') && self->setup->company != NULL)
    tb_set_str (&client->country, self->setup->company->country);
  return client;
}

static TbReply
send_client (TbPush *self, TbPosting *posting, GError **error)
{
  g_autoptr (TbClient) client = dup_client (self, posting);
  gint64 id = 0;
  TbReply reply = self->port->add_client (self->port, client, posting->marker, &id, error);

  if (reply == TB_REPLY_DONE)
    posting->remote_id = id;
  return reply;
}

/* ---- changed fields of a client, which may be sent twice ---- */

static gboolean
look_change (TbPush *self, TbPosting *posting, TbPushOutcome *out)
{
  const TbClient *client = tb_push_get_client (self, posting);

  out->hold = client == NULL || client->whmcs_id == 0;
  return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("To be told: %s."), posting->part));
}

static TbReply
send_change (TbPush *self, TbPosting *posting, GError **error)
{
  g_autoptr (TbClient) client = dup_client (self, posting);

  return self->port->change_client (self->port, client, posting->part, error);
}

/* ---- credit: known by the marker in its description ---- */

static gboolean
tell_credit_twice (const TbPosting *posting, guint n, TbPushOutcome *out)
{
  return tb_push_complain (
      out, TB_EVENT_DIFFERS,
      g_strdup_printf (_("%s is in the client’s credit %u times; take back what is too much there."), posting->marker, n));
}

static gboolean
look_credit (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out)
{
  GError *failure = NULL;
  guint n = 0;
  TbReply reply;

  if (!tb_push_check_client (self, queue, posting, out))
    return TRUE;
  reply = self->port->count_credits (self->port, tb_push_get_client (self, posting)->whmcs_id, posting->marker, &n, &failure);
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (n == 0)
    return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("Looked for %s in the client’s credit: it is not there."), posting->marker));
  if (n > 1)
    return tell_credit_twice (posting, n, out);
  return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("%s is in the client’s credit."), posting->marker));
}

/* A proxy may have sent twice what was answered once. What cannot be read now was accepted all the same. */
static gboolean
check_credit (TbPush *self, const TbPosting *posting, TbPushOutcome *out)
{
  guint n = 0;

  if (self->port->count_credits (self->port, tb_push_get_client (self, posting)->whmcs_id, posting->marker, &n, NULL) != TB_REPLY_DONE || n <= 1)
    return TRUE;
  tell_credit_twice (posting, n, out);
  return FALSE;
}

static TbReply
send_credit (TbPush *self, TbPosting *posting, GError **error)
{
  const char *what = posting->number != NULL     ? posting->number
                     : tb_payment_part_get_id (posting->part) != 0 ? _("Credit on account that was given back")
                     : posting->amount.amount < 0 ? _("Use that is on no invoice yet")
                                                  : _("Use that an invoice has taken over, or that costs less by now");
  g_autofree char *description = g_strdup_printf ("%s (Ref: %s)", what, posting->marker);

  return self->port->add_credit (self->port, tb_push_get_client (self, posting)->whmcs_id, posting->amount, description, error);
}

/* ---- cancelling an invoice that was posted and voided since ---- */

static gboolean
judge_cancel (TbPosting *posting, const TbRemoteInvoice *seen, TbPushOutcome *out)
{
  if (g_strcmp0 (seen->status, "Cancelled") == 0)
    return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("#%" PRId64 " is cancelled."), seen->id));
  if (g_strcmp0 (seen->status, "Paid") == 0 || g_strcmp0 (seen->status, "Refunded") == 0 || seen->credit > 0)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("Invoice #%" PRId64 " was voided here, but is paid at WHMCS (%s): pay it back there."), seen->id,
                         seen->status));
  return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("#%" PRId64 " is not cancelled yet (%s)."), seen->id, seen->status));
}

typedef struct
{
  const TbPosting *cancel;
  TbPosting *bill; /* that is to be cancelled, or NULL */
} Pair;

static gboolean
find_bill (TbStore *store, gpointer data, GError **error)
{
  Pair *pair = data;

  return tb_posting_store_find (store, TB_POSTING_INVOICE, pair->cancel->document, pair->cancel->part, &pair->bill, error);
}

static gboolean
look_cancel (TbPush *self, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  g_autoptr (TbRemoteInvoice) seen = NULL;
  g_autoptr (TbPosting) bill = NULL;
  Pair pair = { posting, NULL };
  GError *failure = NULL;
  TbReply reply;

  if (!tb_push_in_books (self->terms, find_bill, &pair, error))
    return FALSE;
  bill = pair.bill;
  if (bill == NULL || (bill->remote_id == 0 && bill->place.state != TB_POSTING_PARKED))
    return tb_push_say (out, TB_EVENT_VOID, g_strdup (_("The invoice never was at WHMCS.")));
  if (bill->remote_id == 0)
    return tb_push_complain (
        out, TB_EVENT_BLOCKED,
        g_strdup_printf (_("Its invoice (number %u of the ledger) is put aside, and may be at WHMCS or not."), bill->id));
  posting->remote_id = bill->remote_id;
  reply = self->port->get_invoice (self->port, posting->remote_id, &seen, &failure);
  return reply == TB_REPLY_DONE ? judge_cancel (posting, seen, out) : tb_push_tell_reply (self, out, reply, FALSE, failure);
}

/* ---- by kind ---- */

gboolean
tb_push_look_other (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  switch (posting->kind)
    {
    case TB_POSTING_CLIENT_NEW:
      return look_client (self, posting, out);
    case TB_POSTING_CLIENT_CHANGE:
      return look_change (self, posting, out);
    case TB_POSTING_CREDIT:
      return look_credit (self, queue, posting, out);
    case TB_POSTING_SUSPEND:
    case TB_POSTING_RESUME:
    case TB_POSTING_FIELD:
    case TB_POSTING_ALERT:
      return tb_push_look_prepaid (self, posting, out);
    default:
      return look_cancel (self, posting, out, error);
    }
}

static TbReply
send_it (TbPush *self, TbPosting *posting, GError **error)
{
  switch (posting->kind)
    {
    case TB_POSTING_CLIENT_NEW:
      return send_client (self, posting, error);
    case TB_POSTING_CLIENT_CHANGE:
      return send_change (self, posting, error);
    case TB_POSTING_CREDIT:
      return send_credit (self, posting, error);
    case TB_POSTING_SUSPEND:
    case TB_POSTING_RESUME:
    case TB_POSTING_FIELD:
    case TB_POSTING_ALERT:
      return tb_push_send_prepaid (self, posting, error);
    default:
      return self->port->cancel (self->port, posting->remote_id, error);
    }
}

gboolean
tb_push_send_other (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  GError *failure = NULL;
  TbReply reply = send_it (self, posting, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, TRUE, failure);
  if (posting->kind == TB_POSTING_CREDIT && !check_credit (self, posting, out))
    return TRUE;
  return tb_push_say (out, TB_EVENT_ACCEPTED, g_strdup (_("WHMCS took it.")));
}
