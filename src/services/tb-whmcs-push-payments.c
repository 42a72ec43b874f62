/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-payment-store.h"
#include "tb-posting-store.h"
#include "tb-whmcs-payment-part.h"
#include "tb-whmcs-push-private.h"

/* Payments, known by the marker as the reference of their transaction ("transid"). WHMCS is not known to refuse one that it has already, so that it is looked
 * for first, as with everything else. */

typedef struct
{
  const TbPosting *posting;
  TbPayment *payment;
  TbPosting *bill; /* the invoice at WHMCS that it is for, or NULL */
} Facts;

static void
facts_clear (Facts *self)
{
  tb_payment_free (self->payment);
  tb_posting_free (self->bill);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
read_facts (TbStore *store, gpointer data, GError **error)
{
  Facts *self = data;

  self->payment = tb_payment_store_get (store, tb_payment_part_get_id (self->posting->part), error);
  return self->payment != NULL
         && (self->posting->document == 0
             || tb_posting_store_find (store, TB_POSTING_INVOICE, self->posting->document, tb_payment_part_get_service (self->posting->part), &self->bill, error));
}

/* ---- looking ---- */

static gboolean
tell_twice (const TbPosting *posting, guint n, TbPushOutcome *out)
{
  return tb_push_complain (out, TB_EVENT_DIFFERS,
                           g_strdup_printf (_("%s is %u transactions at WHMCS; delete what is too much there."), posting->marker, n));
}

/* Before money is told of: an invoice that is paid there by something else may be paid by this very money. */
static gboolean
judge_invoice (TbPush *self, const Facts *facts, const TbPosting *posting, TbPushOutcome *out)
{
  g_autoptr (TbRemoteInvoice) seen = NULL;
  GError *failure = NULL;
  TbReply reply = self->port->get_invoice (self->port, facts->bill->remote_id, &seen, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (posting->amount.amount > 0 && g_strcmp0 (seen->status, "Draft") == 0)
    return tb_push_complain (out, TB_EVENT_BLOCKED,
                             g_strdup_printf (_("Invoice #%" PRId64 " is a draft at WHMCS: publish it, then try again."), seen->id));
  if (posting->amount.amount > 0 && g_strcmp0 (seen->status, "Unpaid") != 0 && g_strcmp0 (seen->status, "Collections") != 0
      && g_strcmp0 (seen->status, "Payment Pending") != 0)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("Invoice #%" PRId64 " asks for nothing at WHMCS (%s): if it was paid there by the same money, pull and take back what came "
                           "in twice."),
                         seen->id, seen->status));
  return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("Looked for %s among the transactions: it is not there."), posting->marker));
}

/* Of what is applied from credit: known by how much is on the invoice, before and after. */
static gboolean
look_applied (TbPush *self, TbPushQueue *queue, const Facts *facts, const TbPosting *posting, TbPushOutcome *out, GError **error)
{
  GError *failure = NULL;
  TbAmount wanted;
  TbReply reply;

  g_clear_pointer (&queue->seen, tb_remote_invoice_free);
  reply = self->port->get_invoice (self->port, facts->bill->remote_id, &queue->seen, &failure);
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (!tb_amount_add (posting->place.at, posting->amount.amount, &wanted, error))
    return FALSE;
  if (posting->place.state != TB_POSTING_READY && queue->seen->credit >= wanted)
    return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("It is on invoice #%" PRId64 "."), queue->seen->id));
  if (posting->place.state == TB_POSTING_READY && g_strcmp0 (queue->seen->status, "Unpaid") != 0)
    return tb_push_complain (
        out, TB_EVENT_DIFFERS,
        g_strdup_printf (_("Invoice #%" PRId64 " takes no credit at WHMCS (%s)."), queue->seen->id, queue->seen->status));
  return tb_push_need (out, TB_STEP_SEND, queue->seen->credit, g_strdup (_("It is not applied yet.")));
}

gboolean
tb_push_look_payment (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  g_auto (Facts) facts = { posting };
  GError *failure = NULL;
  guint n = 0;
  gint64 id = 0;
  TbReply reply;

  if (!tb_push_in_books (self->terms, read_facts, &facts, error))
    return FALSE;
  if (!tb_push_check_client (self, queue, posting, out))
    return TRUE;
  if (posting->document != 0 && (facts.bill == NULL || facts.bill->remote_id == 0))
    return tb_push_complain (out, TB_EVENT_BLOCKED, g_strdup (_("Its invoice is not at WHMCS.")));
  if ((posting->options & TB_POSTING_FROM_CREDIT) != 0)
    return look_applied (self, queue, &facts, posting, out, error);
  reply = self->port->find_payments (self->port, tb_push_get_client (self, posting)->whmcs_id, posting->marker, &n, &id, &failure);
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (n > 1)
    return tell_twice (posting, n, out);
  if (n == 1)
    {
      posting->remote_id = id;
      return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("It is transaction %" PRId64 " at WHMCS."), id));
    }
  if (facts.bill != NULL && posting->place.state == TB_POSTING_READY)
    return judge_invoice (self, &facts, posting, out);
  return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("Looked for %s among the transactions: it is not there."), posting->marker));
}

/* ---- sending ---- */

static char *
describe (const TbPosting *posting, const TbPayment *payment)
{
  g_autofree char *day = tb_day_format (payment->day);
  TbPaymentKind kind = posting->amount.amount < 0 ? TB_PAYMENT_REFUND : payment->kind;

  return g_strdup_printf ("%s %s%s%s", tb_payment_kind_to_display (kind), day, payment->reference != NULL ? " " : "",
                          payment->reference != NULL ? payment->reference : "");
}

static gboolean
send_applied (TbPush *self, const Facts *facts, const TbPosting *posting, TbPushOutcome *out)
{
  GError *failure = NULL;
  TbReply reply = self->port->apply_credit (self->port, facts->bill->remote_id, posting->amount, &failure);

  return reply != TB_REPLY_DONE ? tb_push_tell_reply (self, out, reply, TRUE, failure)
                                : tb_push_tell_applied (self, facts->bill->remote_id, posting->place.at + posting->amount.amount, out);
}

gboolean
tb_push_send_payment (TbPush *self, TbPushQueue *queue, TbPosting *posting, TbPushOutcome *out, GError **error)
{
  g_auto (Facts) facts = { posting };
  g_autofree char *description = NULL;
  TbRemoteMoney money = { .amount = posting->amount, .marker = posting->marker };
  GError *failure = NULL;
  TbReply reply;
  guint n = 0;
  gint64 id = 0;

  if (!tb_push_in_books (self->terms, read_facts, &facts, error))
    return FALSE;
  if ((posting->options & TB_POSTING_FROM_CREDIT) != 0)
    return send_applied (self, &facts, posting, out);
  description = describe (posting, facts.payment);
  money.client = tb_push_get_client (self, posting)->whmcs_id;
  money.invoice = facts.bill != NULL ? facts.bill->remote_id : 0;
  money.day = facts.payment->day;
  money.method = facts.payment->method;
  money.usual_method = self->setup->whmcs != NULL ? self->setup->whmcs->payment_method : NULL;
  money.description = description;
  reply = self->port->add_payment (self->port, &money, &failure);
  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, TRUE, failure);
  /* a proxy may have sent twice what was answered once; what cannot be read now was accepted all the same */
  if (self->port->find_payments (self->port, money.client, posting->marker, &n, &id, NULL) == TB_REPLY_DONE)
    {
      if (n > 1)
        return tell_twice (posting, n, out);
      posting->remote_id = id;
    }
  tb_push_say (out, TB_EVENT_ACCEPTED, g_strdup (_("WHMCS took it.")));
  if (posting->amount.amount < 0)
    out->message = g_strdup_printf (_("WHMCS leaves the status of invoice #%" PRId64 " as it was: set it there to what it is now."), money.invoice);
  return TRUE;
}
