/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-payment-fields.h"

#include <glib/gi18n-lib.h>

static void
say_id (TbOutput *out, const char *key, const char *title, gint64 id)
{
  if (id != 0)
    tb_output_int (out, key, title, id);
  else
    tb_output_text (out, key, title, NULL);
}

void
tb_payment_fields_say (TbOutput *out, const TbPayment *payment)
{
  TbAmount rest = 0;

  tb_payment_get_rest (payment, &rest, NULL);
  say_id (out, "id", _("Id"), payment->id);
  tb_output_text (out, "kind", _("Kind"), tb_payment_kind_to_string (payment->kind));
  tb_output_text (out, "source", _("From"), tb_payment_source_to_string (payment->source));
  tb_output_text (out, "client", _("Client"), payment->client);
  tb_output_day (out, "day", _("Day"), payment->day);
  tb_output_amount (out, "amount", _("Amount"), payment->amount);
  tb_output_text (out, "method", _("Method"), payment->method);
  tb_output_text (out, "reference", _("Reference"), payment->reference);
  tb_output_text (out, "note", _("Note"), payment->note);
  say_id (out, "reverses", _("Takes back"), payment->reverses_id);
  say_id (out, "whmcs_id", _("At WHMCS"), payment->remote_id);
  tb_output_money (out, "free", _("For no invoice"), (TbMoney){ rest, payment->amount.currency });
  tb_output_list (out, "for", _("For"));
  for (guint i = 0; i < payment->allocations->len; i++)
    {
      const TbAllocation *allocation = payment->allocations->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "invoice", _("Invoice"), allocation->number);
      tb_output_money (out, "amount", _("Amount"), (TbMoney){ allocation->amount, payment->amount.currency });
      tb_output_end (out);
    }
  tb_output_end (out);
}

void
tb_payment_fields_say_item (TbOutput *out, const TbOpenItem *item, TbCurrency currency)
{
  TbCurrency known = item != NULL ? currency : TB_CURRENCY_NONE;

  tb_output_text (out, "payment", _("Payment"), item != NULL ? tb_payment_state_to_string (item->state) : NULL);
  tb_output_money (out, "received", _("Received"), (TbMoney){ item != NULL ? tb_open_item_get_paid (item) : 0, known });
  tb_output_money (out, "refunded", _("Refunded"), (TbMoney){ item != NULL ? item->refunded : 0, known });
  tb_output_money (out, "open", _("Open"), (TbMoney){ item != NULL ? item->open : 0, known });
}
