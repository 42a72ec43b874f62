/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-mirror.h"

#include "tb-whmcs-invoices.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-system.h"

/* WHMCS has no difference between nothing and "". */
static char *
filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
add_fields (GPtrArray *pairs, GPtrArray *fields)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const TbWhmcsCustomField *field = fields->pdata[i];
      g_autofree char *name = filled (field->name), *value = filled (field->value);

      g_ptr_array_add (pairs, tb_mirror_pair_new (field->id, name, value));
    }
}

gpointer
tb_mirror_of_currency (gconstpointer theirs)
{
  const TbWhmcsCurrency *from = theirs;
  TbMirrorCurrency *self = tb_mirror_currency_new ();

  *self = (TbMirrorCurrency){ from->id, filled (from->code), from->currency, filled (from->prefix), filled (from->suffix), from->rate };
  return self;
}

gpointer
tb_mirror_of_method (gconstpointer theirs)
{
  const TbWhmcsPaymentMethod *from = theirs;
  TbMirrorMethod *self = tb_mirror_method_new ();

  self->module = filled (from->module);
  self->name = filled (from->name);
  return self;
}

/* A price a cycle that is offered. */
static void
add_price (GPtrArray *pairs, const TbWhmcsPrice *price)
{
  const struct
  {
    const char *cycle;
    TbAmount amount;
  } cycles[] = { { "setup", price->setup },
                 { "monthly", price->monthly },
                 { "quarterly", price->quarterly },
                 { "semiannually", price->semiannually },
                 { "annually", price->annually },
                 { "biennially", price->biennially },
                 { "triennially", price->triennially } };

  for (guint i = 0; i < G_N_ELEMENTS (cycles); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", price->currency_code, cycles[i].cycle);
      g_autofree char *value = cycles[i].amount != TB_DECIMAL_NONE ? tb_decimal_format (cycles[i].amount, TB_AMOUNT_SCALE, 2) : NULL;

      if (value != NULL)
        g_ptr_array_add (pairs, tb_mirror_pair_new (0, name, value));
    }
}

gpointer
tb_mirror_of_product (gconstpointer theirs)
{
  const TbWhmcsProduct *from = theirs;
  TbMirrorProduct *self = tb_mirror_product_new ();

  self->id = from->id;
  self->group_id = from->group;
  self->name = filled (from->name);
  self->type = filled (from->type);
  self->module = filled (from->module);
  self->pay_type = filled (from->pay_type);
  for (guint i = 0; from->prices != NULL && i < from->prices->len; i++)
    add_price (self->prices, from->prices->pdata[i]);
  return self;
}

gpointer
tb_mirror_of_client (gconstpointer theirs)
{
  const TbWhmcsClient *from = theirs;
  TbMirrorClient *self = tb_mirror_client_new ();
  GPtrArray *fields = self->fields;

  *self = (TbMirrorClient){ .id = from->id,
                            .group_id = from->group,
                            .first_name = filled (from->first_name),
                            .last_name = filled (from->last_name),
                            .company = filled (from->company),
                            .email = filled (from->email),
                            .status = filled (from->status),
                            .created = from->created,
                            .currency_id = from->currency_id,
                            .currency = filled (from->currency_code),
                            .address1 = filled (from->address1),
                            .address2 = filled (from->address2),
                            .city = filled (from->city),
                            .state = filled (from->state),
                            .postcode = filled (from->postcode),
                            .country = filled (from->country),
                            .phone = filled (from->phone),
                            .tax_id = filled (from->tax_id),
                            .tax_exempt = from->tax_exempt,
                            .credit = from->credit,
                            .fields = fields };
  add_fields (fields, from->custom_fields);
  return self;
}

gpointer
tb_mirror_of_service (gconstpointer theirs)
{
  const TbWhmcsService *from = theirs;
  TbMirrorService *self = tb_mirror_service_new ();
  GPtrArray *fields = self->fields;

  *self = (TbMirrorService){ .id = from->id,
                             .client = from->client,
                             .product = from->product,
                             .name = filled (from->name),
                             .domain = filled (from->domain),
                             .username = filled (from->username),
                             .server = filled (from->server_name),
                             .status = filled (from->status),
                             .cycle = filled (from->cycle),
                             .registered = from->registered,
                             .next_due = from->next_due,
                             .recurring = from->recurring_amount,
                             .payment_method = filled (from->payment_method),
                             .fields = fields };
  add_fields (fields, from->custom_fields);
  return self;
}

gpointer
tb_mirror_of_invoice (gconstpointer theirs)
{
  const TbWhmcsInvoice *from = theirs;
  TbMirrorInvoice *self = tb_mirror_invoice_new ();

  *self = (TbMirrorInvoice){ .id = from->id,
                             .client = from->client,
                             .number = filled (from->number),
                             .status = filled (from->status),
                             .date = from->date,
                             .due = from->due,
                             .paid = from->paid,
                             .refunded = TB_DAY_NONE,
                             .cancelled = TB_DAY_NONE,
                             .subtotal = from->subtotal,
                             .tax = from->tax,
                             .tax2 = from->tax2,
                             .credit = from->credit,
                             .total = from->total,
                             .currency = filled (from->currency_code),
                             .payment_method = filled (from->payment_method),
                             .notes = filled (from->notes),
                             .updated = filled (from->updated) };
  return self;
}

gpointer
tb_mirror_of_payment (gconstpointer theirs)
{
  const TbWhmcsTransaction *from = theirs;
  TbMirrorPayment *self = tb_mirror_payment_new ();

  *self = (TbMirrorPayment){ .id = from->id,
                             .client = from->client,
                             .invoice = from->invoice,
                             .refund_of = from->refund_of,
                             .gateway = filled (from->gateway),
                             .reference = filled (from->reference),
                             .description = filled (from->description),
                             .date = from->date,
                             .amount_in = from->in,
                             .amount_out = from->out,
                             .fees = from->fees };
  return self;
}

gpointer
tb_mirror_of_credit (gconstpointer theirs)
{
  const TbWhmcsCredit *from = theirs;
  TbMirrorCredit *self = tb_mirror_credit_new ();

  self->id = from->id;
  self->related = from->related;
  self->date = from->date;
  self->description = filled (from->description);
  self->amount = from->amount;
  return self;
}

GPtrArray *
tb_mirror_of_list (const TbMirrorNoun *noun, GPtrArray *theirs, TbMirrorFunc func)
{
  GPtrArray *values = tb_mirror_values_new (noun);

  for (guint i = 0; i < theirs->len; i++)
    g_ptr_array_add (values, func (theirs->pdata[i]));
  return values;
}
