/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-text.h"
#include "tb-whmcs-payments.h"
#include "tb-whmcs-port-private.h"
#include "tb-whmcs-system.h"

static TbReply
find_payments (TbWhmcsPort *port, gint64 client, const char *marker, guint *ret, gint64 *ret_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = tb_whmcs_list_transactions (tb_talk_port_get_whmcs (port), 0, 0, marker, &failure);

  *ret = 0;
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const TbWhmcsTransaction *transaction = found->pdata[i];

      if (!tb_posting_marker_is_in (marker, transaction->reference))
        continue;
      *ret += 1;
      *ret_id = transaction->id;
    }
  return tb_talk_port_end_read (port, failure, error);
}

/* The method that WHMCS calls so, else the usual one, else its first; the failure of asking is that nothing was sent. */
static TbReply
find_method (TbWhmcsPort *port, const TbRemoteMoney *money, const char **ret, GError **error)
{
  TbTalkPort *self = (TbTalkPort *) port;
  const char *const names[] = { money->method, money->usual_method };
  GError *failure = NULL;

  if (self->methods == NULL)
    self->methods = tb_whmcs_list_payment_methods (self->whmcs, &failure);
  if (self->methods == NULL)
    return tb_talk_port_end_question (port, failure, error);
  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint i = 0; names[n] != NULL && i < self->methods->len; i++)
      {
        const TbWhmcsPaymentMethod *method = self->methods->pdata[i];

        if (g_ascii_strcasecmp (method->module, names[n]) == 0 || g_ascii_strcasecmp (method->name, names[n]) == 0)
          {
            *ret = method->module;
            return TB_REPLY_DONE;
          }
      }
  *ret = money->usual_method != NULL ? money->usual_method : self->methods->len > 0 ? ((TbWhmcsPaymentMethod *) self->methods->pdata[0])->module : NULL;
  if (*ret != NULL)
    return TB_REPLY_DONE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("WHMCS has no payment methods, and a payment needs one."));
  return TB_REPLY_REFUSED;
}

/* Money for an invoice pays it; what goes out, and what is for none, are transactions. */
static TbReply
add_payment (TbWhmcsPort *port, const TbRemoteMoney *money, GError **error)
{
  g_autoptr (TbWhmcsTransaction) transaction = tb_whmcs_transaction_new ();
  const char *method = NULL;
  TbReply reply = find_method (port, money, &method, error);

  if (reply != TB_REPLY_DONE)
    return reply;
  if (money->invoice != 0 && money->amount.amount > 0)
    return tb_talk_port_judge (port, tb_whmcs_add_payment (tb_talk_port_get_whmcs (port), money->invoice, money->marker, method, money->day, money->amount.amount, 0, FALSE, error));
  transaction->client = money->client;
  transaction->invoice = money->invoice;
  transaction->in = MAX (money->amount.amount, 0);
  transaction->out = MAX (-money->amount.amount, 0);
  tb_set_str (&transaction->gateway, method);
  tb_set_str (&transaction->reference, money->marker);
  tb_set_str (&transaction->description, money->description);
  return tb_talk_port_judge (port, tb_whmcs_add_transaction (tb_talk_port_get_whmcs (port), transaction, money->invoice == 0, NULL, error));
}

void
tb_talk_port_add_payments (TbWhmcsPort *port)
{
  port->find_payments = find_payments;
  port->add_payment = add_payment;
}
