/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

TbInvoiceParty *
tb_invoice_party_new (void)
{
  return g_new0 (TbInvoiceParty, 1);
}

/* All but the address. */
static const gsize party_texts[] = {
  G_STRUCT_OFFSET (TbInvoiceParty, name),         G_STRUCT_OFFSET (TbInvoiceParty, country),  G_STRUCT_OFFSET (TbInvoiceParty, tax_id),
  G_STRUCT_OFFSET (TbInvoiceParty, email),        G_STRUCT_OFFSET (TbInvoiceParty, endpoint), G_STRUCT_OFFSET (TbInvoiceParty, reference),
  G_STRUCT_OFFSET (TbInvoiceParty, registration), G_STRUCT_OFFSET (TbInvoiceParty, contact),  G_STRUCT_OFFSET (TbInvoiceParty, phone),
  G_STRUCT_OFFSET (TbInvoiceParty, iban),         G_STRUCT_OFFSET (TbInvoiceParty, language),
};

#define PARTY_TEXT(party, i) G_STRUCT_MEMBER (char *, party, party_texts[i])

TbInvoiceParty *
tb_invoice_party_copy (const TbInvoiceParty *self)
{
  TbInvoiceParty *copy = tb_invoice_party_new ();

  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    PARTY_TEXT (copy, i) = g_strdup (PARTY_TEXT (self, i));
  copy->address = g_strdupv (self->address);
  return copy;
}

void
tb_invoice_party_free (TbInvoiceParty *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    g_free (PARTY_TEXT (self, i));
  g_strfreev (self->address);
  g_free (self);
}

gboolean
tb_invoice_party_equal (const TbInvoiceParty *a, const TbInvoiceParty *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    if (g_strcmp0 (PARTY_TEXT (a, i), PARTY_TEXT (b, i)) != 0)
      return FALSE;
  return (a->address == NULL) == (b->address == NULL)
         && (a->address == NULL || g_strv_equal ((const char *const *) a->address, (const char *const *) b->address));
}

TbInvoiceLine *
tb_invoice_line_new (void)
{
  return g_new0 (TbInvoiceLine, 1);
}

void
tb_invoice_line_free (TbInvoiceLine *self)
{
  if (self == NULL)
    return;
  g_free (self->service);
  g_free (self->description);
  g_free (self->tax);
  g_free (self->tax_category);
  g_free (self);
}

TbInvoiceTax *
tb_invoice_tax_new (void)
{
  return g_new0 (TbInvoiceTax, 1);
}

void
tb_invoice_tax_free (TbInvoiceTax *self)
{
  if (self == NULL)
    return;
  g_free (self->tax);
  g_free (self->category);
  g_free (self);
}

TbInvoiceCall *
tb_invoice_call_new (void)
{
  return g_new0 (TbInvoiceCall, 1);
}

void
tb_invoice_call_free (TbInvoiceCall *self)
{
  if (self == NULL)
    return;
  g_free (self->service);
  g_free (self->caller);
  g_free (self->number);
  g_free (self->description);
  g_free (self);
}

TbInvoice *
tb_invoice_new (void)
{
  TbInvoice *self = g_new0 (TbInvoice, 1);

  self->issued = TB_DAY_NONE;
  self->due = TB_DAY_NONE;
  self->seller = tb_invoice_party_new ();
  self->buyer = tb_invoice_party_new ();
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_line_free);
  self->taxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_tax_free);
  return self;
}

void
tb_invoice_free (TbInvoice *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->client);
  g_free (self->time_zone);
  g_free (self->corrects);
  g_free (self->reason);
  tb_invoice_party_free (self->seller);
  tb_invoice_party_free (self->buyer);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->taxes);
  g_free (self);
}

/* ---- totals ---- */

static TbInvoiceTax *
find_tax (GPtrArray *taxes, const TbInvoiceLine *line)
{
  TbInvoiceTax *tax;

  for (guint i = 0; i < taxes->len; i++)
    {
      tax = taxes->pdata[i];
      if (tax->percent == line->tax_percent && g_strcmp0 (tax->category, line->tax_category) == 0 && g_strcmp0 (tax->tax, line->tax) == 0)
        return tax;
    }

  tax = tb_invoice_tax_new ();
  tax->tax = g_strdup (line->tax);
  tax->category = g_strdup (line->tax_category);
  tax->percent = line->tax_percent;
  g_ptr_array_add (taxes, tax);
  return tax;
}

/* Of all lines, or of the prepaid ones. */
static gboolean
sum_lines (const TbInvoice *self, gboolean prepaid, GPtrArray *taxes, TbAmount *ret_net, GError **error)
{
  TbAmount net = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const TbInvoiceLine *line = self->lines->pdata[i];

      if (prepaid && !line->prepaid)
        continue;
      if (!tb_amount_add (net, line->amount, &net, error))
        return FALSE;
      if (line->tax != NULL)
        {
          TbInvoiceTax *tax = find_tax (taxes, line);

          if (!tb_amount_add (tax->base, line->amount, &tax->base, error))
            return FALSE;
        }
    }
  *ret_net = net;
  return TRUE;
}

static gboolean
sum_taxes (GPtrArray *taxes, TbCurrency currency, TbAmount *ret_tax, GError **error)
{
  TbAmount sum = 0;

  for (guint i = 0; i < taxes->len; i++)
    {
      TbInvoiceTax *tax = taxes->pdata[i];
      TbMoney amount;

      if (!tb_money_percent ((TbMoney){ tax->base, currency }, tax->percent, TB_ROUND_HALF_UP, &amount, error)
          || !tb_amount_add (sum, amount.amount, &sum, error))
        return FALSE;
      tax->amount = amount.amount;
    }
  *ret_tax = sum;
  return TRUE;
}

/* What the balance pays is a bill of its own inside the invoice: with the tax on its own sum. */
static gboolean
sum_paid (const TbInvoice *self, TbAmount *ret, GError **error)
{
  g_autoptr (GPtrArray) taxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_tax_free);
  TbAmount net, tax;

  return sum_lines (self, TRUE, taxes, &net, error) && sum_taxes (taxes, self->currency, &tax, error) && tb_amount_add (net, tax, ret, error);
}

TbAmount
tb_invoice_get_payable (const TbInvoice *self)
{
  return self->total - self->paid;
}

gboolean
tb_invoice_prorate (TbDecimal fee, gint32 days, gint32 whole, TbCurrency currency, TbAmount *ret, GError **error)
{
  TbRounding minor = { TB_ROUND_HALF_UP, (guint8) tb_currency_get_minor_units (currency) };

  return tb_round_to_amount ((TbWide) fee * days, (TbWide) TB_DECIMAL_ONE * MAX (whole, 1), minor, ret, error);
}

gboolean
tb_invoice_compute_totals (TbInvoice *self, GError **error)
{
  g_autoptr (GPtrArray) taxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_tax_free);
  TbAmount net, tax, total, paid;

  if (!sum_lines (self, FALSE, taxes, &net, error) || !sum_taxes (taxes, self->currency, &tax, error)
      || !tb_amount_add (net, tax, &total, error) || !sum_paid (self, &paid, error))
    return FALSE;

  g_ptr_array_unref (self->taxes);
  self->taxes = g_steal_pointer (&taxes);
  self->net = net;
  self->tax = tax;
  self->total = total;
  self->paid = paid;
  return TRUE;
}

static gboolean
same_taxes (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const TbInvoiceTax *x = a->pdata[i], *y = b->pdata[i];

      if (x->base != y->base || x->amount != y->amount || x->percent != y->percent || g_strcmp0 (x->tax, y->tax) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_invoice_verify_totals (const TbInvoice *self, GError **error)
{
  g_autoptr (GPtrArray) taxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_tax_free);
  TbAmount net, tax, paid;

  if (!sum_lines (self, FALSE, taxes, &net, error) || !sum_taxes (taxes, self->currency, &tax, error) || !sum_paid (self, &paid, error))
    return FALSE;
  if (net == self->net && tax == self->tax && net + tax == self->total && paid == self->paid && same_taxes (taxes, self->taxes))
    return TRUE;

  g_set_error (error, TB_ERROR, TB_ERROR_FAILED, _("The totals of invoice %s are not the sums of its lines and taxes."),
               self->number != NULL ? self->number : _("(draft)"));
  return FALSE;
}
