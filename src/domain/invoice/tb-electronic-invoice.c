/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-electronic-invoice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-electronic-private.h"
#include "tb-error.h"

/* Why a category has no tax: codes and texts of the list VATEX. */
static const struct { const char *category, *code, *reason; } reasons[] = {
  { "AE", "VATEX-EU-AE", "Reverse charge" },
  { "E", NULL, "Exempt from tax" },
  { "G", "VATEX-EU-G", "Export outside the EU" },
  { "K", "VATEX-EU-IC", "Intra-community supply" },
  { "O", "VATEX-EU-O", "Not subject to VAT" },
};

static const char *const profile_names[] = { "auto", "en16931", "peppol" };

gboolean
tb_electronic_profile_parse (const char *text, TbElectronicProfile *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (profile_names); i++)
    if (strcmp (text, profile_names[i]) == 0)
      {
        *ret = (TbElectronicProfile) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
tb_electronic_invoice_is_credit (const TbElectronicInvoice *self)
{
  return self->invoice->kind == TB_INVOICE_CREDIT_NOTE;
}

static void
clear_tax (gpointer data)
{
  g_clear_pointer (&((TbElectronicTax *) data)->reason, g_free);
}

/* A credit note's amounts are differences, less than nothing in the books; the document's type says that already. */
static TbAmount
sign (const TbElectronicInvoice *self, TbAmount amount)
{
  return tb_electronic_invoice_is_credit (self) ? -amount : amount;
}

/* ---- categories ---- */

static gboolean
has_taxed_lines (const TbInvoice *invoice)
{
  for (guint i = 0; i < invoice->lines->len; i++)
    if (((const TbInvoiceLine *) invoice->lines->pdata[i])->tax != NULL)
      return TRUE;
  return FALSE;
}

/* "Not subject to VAT" stands for the whole document or nowhere (BR-O-11 to 14), and between Germans a rate has to be said (DE-R-014). */
static const char *
untaxed_category (const TbInvoice *invoice)
{
  gboolean german = g_strcmp0 (invoice->seller->country, "DE") == 0 && g_strcmp0 (invoice->buyer->country, "DE") == 0;

  return german || has_taxed_lines (invoice) ? "E" : "O";
}

static const char *
category_of (const TbInvoice *invoice, const char *tax, const char *category, TbDecimal percent)
{
  if (tax == NULL)
    return untaxed_category (invoice);
  return tb_is_filled (category) ? category : percent > 0 ? "S" : "Z";
}

static TbElectronicTax *
tax_of (TbElectronicInvoice *self, const char *category, TbDecimal percent)
{
  TbElectronicTax tax = { .category = category, .percent = percent };

  for (guint i = 0; i < self->taxes->len; i++)
    {
      TbElectronicTax *other = &g_array_index (self->taxes, TbElectronicTax, i);

      if (strcmp (other->category, category) == 0 && other->percent == percent)
        return other;
    }
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].category, category) == 0)
      {
        tax.reason_code = reasons[i].code;
        tax.reason = g_strdup (reasons[i].reason);
      }
  g_array_append_val (self->taxes, tax);
  return &g_array_index (self->taxes, TbElectronicTax, self->taxes->len - 1);
}

/* ---- filling ---- */

static void
take_lines (TbElectronicInvoice *self)
{
  for (guint i = 0; i < self->invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = self->invoice->lines->pdata[i];
      TbAmount amount = sign (self, line->amount);
      TbElectronicLine own = { line, amount < 0 ? -1 : 1, ABS (amount), amount };

      own.percent = line->tax != NULL ? line->tax_percent : 0;
      own.category = category_of (self->invoice, line->tax, line->tax_category, own.percent);
      g_array_append_val (self->lines, own);
      tax_of (self, own.category, own.percent)->base += amount;
      self->period.start = MIN (self->period.start, line->period.start);
      self->period.end = MAX (self->period.end, line->period.end);
    }
}

/* The amounts are those of the invoice: two taxes of one category and rate were rounded each. */
static void
take_taxes (TbElectronicInvoice *self)
{
  for (guint i = 0; i < self->invoice->taxes->len; i++)
    {
      const TbInvoiceTax *tax = self->invoice->taxes->pdata[i];
      TbElectronicTax *own = tax_of (self, category_of (self->invoice, tax->tax, tax->category, tax->percent), tax->percent);

      own->amount += sign (self, tax->amount);
      if (own->reason != NULL && own->reason_code == NULL)
        {
          g_free (own->reason);
          own->reason = g_strdup (tax->tax);
        }
    }
}

/* BR-O-02: a document that is not subject to VAT names no VAT number. */
static void
hide_vat_ids (TbElectronicInvoice *self)
{
  TbElectronicParty *parties[] = { &self->seller, &self->buyer };

  if (self->taxes->len == 0 || strcmp (g_array_index (self->taxes, TbElectronicTax, 0).category, "O") != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parties); i++)
    {
      if (parties[i]->registration == NULL)
        parties[i]->registration = g_strdup (parties[i]->vat_id);
      g_clear_pointer (&parties[i]->vat_id, g_free);
    }
}

static void
choose_profile (TbElectronicInvoice *self, TbElectronicProfile profile)
{
  self->peppol = profile == TB_ELECTRONIC_PEPPOL
                 || (profile == TB_ELECTRONIC_AUTO && self->seller.endpoint != NULL && self->buyer.endpoint != NULL);
  if (self->peppol)
    return;
  tb_electronic_party_use_mail (&self->seller);
  tb_electronic_party_use_mail (&self->buyer);
}

TbElectronicInvoice *
tb_electronic_invoice_new (const TbInvoice *invoice, TbElectronicProfile profile, GPtrArray **ret_problems)
{
  g_autoptr (TbElectronicInvoice) self = g_new0 (TbElectronicInvoice, 1);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  self->invoice = invoice;
  self->period = invoice->period;
  self->buyer_reference = g_strdup (tb_is_filled (invoice->buyer->reference) ? invoice->buyer->reference : invoice->client);
  self->lines = g_array_new (FALSE, FALSE, sizeof (TbElectronicLine));
  self->taxes = g_array_new (FALSE, FALSE, sizeof (TbElectronicTax));
  g_array_set_clear_func (self->taxes, clear_tax);
  tb_electronic_party_init (&self->seller, invoice->seller, TRUE);
  tb_electronic_party_init (&self->buyer, invoice->buyer, FALSE);
  take_lines (self);
  take_taxes (self);
  hide_vat_ids (self);
  choose_profile (self, profile);
  self->net = sign (self, invoice->net);
  self->tax = sign (self, invoice->tax);
  self->total = sign (self, invoice->total);
  self->paid = sign (self, invoice->paid);
  self->payable = self->total - self->paid;

  tb_electronic_check (self, problems);
  if (problems->len == 0)
    return g_steal_pointer (&self);
  *ret_problems = g_steal_pointer (&problems);
  return NULL;
}

void
tb_electronic_invoice_free (TbElectronicInvoice *self)
{
  if (self == NULL)
    return;
  tb_electronic_party_clear (&self->seller);
  tb_electronic_party_clear (&self->buyer);
  g_array_unref (self->lines);
  g_array_unref (self->taxes);
  g_free (self->buyer_reference);
  g_free (self);
}
