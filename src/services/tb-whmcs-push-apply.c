/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-invoice-store.h"
#include "tb-posting-store.h"
#include "tb-whmcs-push-private.h"

/* What was paid in advance, for an invoice that was left as a draft and that people published since. What it aims at is how much of the client's credit is
 * on the invoice in the end, not how much is added: looked at, that tells whether a request whose reply was lost was acted on. */

static gboolean
load_invoice (TbStore *store, gpointer data, GError **error)
{
  TbPushQueue *queue = data;
  const TbPosting *posting = queue->postings->pdata[queue->at];

  queue->invoice = tb_invoice_store_get_by_id (store, posting->document, error);
  return queue->invoice != NULL;
}

static gboolean
is_payable (const TbRemoteInvoice *seen)
{
  static const char *const statuses[] = { "Unpaid", "Overdue", "Payment Pending", "Collections", NULL };

  return seen->status != NULL && g_strv_contains (statuses, seen->status);
}

gboolean
tb_push_tell_too_much (const TbRemoteInvoice *seen, TbPushOutcome *out)
{
  return tb_push_complain (
      out, TB_EVENT_DIFFERS,
      g_strdup_printf (_("Invoice #%" PRId64 ": more was applied from the client’s credit than was asked for; take back what is too much."), seen->id));
}

/* Nothing of it was sent, so that what is there is the work of people. */
static gboolean
judge_ready (const TbPushQueue *queue, const TbPosting *posting, TbPushOutcome *out)
{
  const TbRemoteInvoice *seen = queue->seen;

  if (g_strcmp0 (seen->status, "Cancelled") == 0 || queue->invoice->state == TB_INVOICE_VOID)
    return tb_push_say (out, TB_EVENT_VOID, g_strdup_printf (_("#%" PRId64 " asks for nothing any more."), seen->id));
  if (g_strcmp0 (seen->status, "Draft") == 0)
    return tb_push_complain (out, TB_EVENT_BLOCKED,
                             g_strdup_printf (_("Invoice #%" PRId64 " is a draft at WHMCS: publish it, then try again."), seen->id));
  if (seen->subtotal + seen->tax < posting->amount.amount)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("Invoice #%" PRId64 " was changed at WHMCS: it asks for less than was paid in advance."), seen->id));
  return tb_push_need (out, TB_STEP_SEND, seen->credit, g_strdup_printf (_("#%" PRId64 " is published."), seen->id));
}

static gboolean
judge (const TbPushQueue *queue, const TbPosting *posting, gint64 client, TbPushOutcome *out)
{
  const TbRemoteInvoice *seen = queue->seen;
  gboolean sent = posting->place.state != TB_POSTING_READY;

  if (seen->client != client)
    return tb_push_complain (out, TB_EVENT_DIFFERS, g_strdup_printf (_("Invoice #%" PRId64 " belongs to another client at WHMCS."), seen->id));
  if (sent && seen->credit > posting->amount.amount)
    return tb_push_tell_too_much (seen, out);
  if (seen->credit >= posting->amount.amount)
    return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("It is on invoice #%" PRId64 "."), seen->id));
  if (g_strcmp0 (seen->status, "Paid") == 0 || g_strcmp0 (seen->status, "Refunded") == 0)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("Invoice #%" PRId64 " is paid at WHMCS (%s) by other money, and what was paid in advance is the client’s credit there still: give "
                           "one of them back."),
                         seen->id, seen->status));
  if (sent && is_payable (seen)) /* whatever people applied meanwhile, ours may still be on its way */
    return tb_push_need (out, TB_STEP_SEND, posting->place.at, g_strdup (_("It is not applied yet.")));
  if (sent)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS, g_strdup_printf (_("Invoice #%" PRId64 " takes no credit at WHMCS (%s)."), seen->id, seen->status));
  return judge_ready (queue, posting, out);
}

gboolean
tb_push_look_apply (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  GError *failure = NULL;
  TbReply reply;

  if (!tb_push_check_client (self, queue, posting, out))
    return TRUE;
  if (queue->invoice == NULL && !tb_push_in_books (self->terms, load_invoice, queue, error))
    return FALSE;
  g_clear_pointer (&queue->seen, tb_remote_invoice_free);
  reply = self->port->get_invoice (self->port, posting->remote_id, &queue->seen, &failure);
  if (reply == TB_REPLY_REFUSED)
    {
      tb_push_complain (out, TB_EVENT_DIFFERS,
                        g_strdup_printf (_("Invoice #%" PRId64 " is not at WHMCS any more: %s"), posting->remote_id, failure->message));
      g_error_free (failure);
      return TRUE;
    }
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  return judge (queue, posting, tb_push_get_client (self, posting)->whmcs_id, out);
}

/* A proxy may have sent twice what was answered once, and a yes may be a lie. What cannot be read now was accepted all the same. */
gboolean
tb_push_tell_applied (TbPush *self, gint64 invoice, TbAmount wanted, TbPushOutcome *out)
{
  g_autoptr (TbRemoteInvoice) seen = NULL;

  if (self->port->get_invoice (self->port, invoice, &seen, NULL) != TB_REPLY_DONE || seen->credit == wanted)
    return tb_push_say (out, TB_EVENT_ACCEPTED, g_strdup (_("WHMCS applied it from the client’s credit.")));
  if (seen->credit > wanted)
    return tb_push_tell_too_much (seen, out);
  return tb_push_complain (out, TB_EVENT_LOST, g_strdup_printf (_("WHMCS said that it applied credit to #%" PRId64 ", and it is not there."), invoice));
}

gboolean
tb_push_send_apply (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  const TbMoney rest = { posting->amount.amount - queue->seen->credit, posting->amount.currency };
  GError *failure = NULL;
  TbReply reply = self->port->apply_credit (self->port, posting->remote_id, rest, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, TRUE, failure);
  return tb_push_tell_applied (self, posting->remote_id, posting->amount.amount, out);
}
