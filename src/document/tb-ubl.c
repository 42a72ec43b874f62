/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-ubl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-ubl-private.h"

#define CORE "urn:cen.eu:en16931:2017"
#define PEPPOL CORE "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
#define PROCESS "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

/* Codes of UNTDID 1001, UNTDID 4461 and UN/ECE Recommendation 20. */
#define TYPE_INVOICE "380"
#define TYPE_CREDIT_NOTE "381"
#define MEANS_UNKNOWN "1"
#define MEANS_CREDIT_TRANSFER "30"
#define MEANS_SEPA "58"
#define UNIT_ONE "C62"

typedef struct
{
  const TbElectronicInvoice *invoice;
  TbXml *xml;
  gboolean credit;
  const char *currency;
} Writer;

/* ---- values ---- */

static void
write_amount (Writer *self, const char *name, TbAmount amount)
{
  g_autofree char *text = tb_money_to_string ((TbMoney){ amount, self->invoice->invoice->currency });
  const char *attributes[] = { "currencyID", self->currency, NULL };

  tb_xml_text_with (self->xml, name, text, attributes);
}

static void
write_day (Writer *self, const char *name, TbDay day)
{
  g_autofree char *text = day != TB_DAY_NONE ? tb_day_format (day) : NULL;

  tb_xml_text (self->xml, name, text);
}

static void
write_period (Writer *self, TbPeriod period)
{
  tb_xml_open (self->xml, "cac:InvoicePeriod");
  write_day (self, "cbc:StartDate", period.start);
  write_day (self, "cbc:EndDate", MAX (period.start, period.end - 1));
  tb_xml_close (self->xml);
}

/* "O" has no percent (BR-O-05), every other category has. */
static void
write_category (Writer *self, const char *name, const char *category, TbDecimal percent, const TbElectronicTax *why)
{
  g_autofree char *text = strcmp (category, "O") != 0 ? tb_decimal_format (percent, TB_RATE_SCALE, 0) : NULL;

  tb_xml_open (self->xml, name);
  tb_xml_text (self->xml, "cbc:ID", category);
  tb_xml_text (self->xml, "cbc:Percent", text);
  if (why != NULL)
    {
      tb_xml_text (self->xml, "cbc:TaxExemptionReasonCode", why->reason_code);
      tb_xml_text (self->xml, "cbc:TaxExemptionReason", why->reason);
    }
  tb_xml_open (self->xml, "cac:TaxScheme");
  tb_xml_text (self->xml, "cbc:ID", "VAT");
  tb_xml_close (self->xml);
  tb_xml_close (self->xml);
}

/* ---- the head ---- */

static TbXml *
begin (gboolean credit)
{
  const char *namespaces[] = {
    "",    credit ? "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2" : "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    NULL,
  };
  TbXml *xml = tb_xml_new ();

  tb_xml_open_root (xml, credit ? "CreditNote" : "Invoice", namespaces);
  return xml;
}

static void
write_head (Writer *self)
{
  const TbInvoice *invoice = self->invoice->invoice;

  tb_xml_text (self->xml, "cbc:CustomizationID", self->invoice->peppol ? PEPPOL : CORE);
  tb_xml_text (self->xml, "cbc:ProfileID", PROCESS);
  tb_xml_text (self->xml, "cbc:ID", invoice->number);
  write_day (self, "cbc:IssueDate", invoice->issued);
  if (!self->credit)
    write_day (self, "cbc:DueDate", invoice->due);
  tb_xml_text (self->xml, self->credit ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode", self->credit ? TYPE_CREDIT_NOTE : TYPE_INVOICE);
  tb_xml_text (self->xml, "cbc:Note", invoice->reason);
  tb_xml_text (self->xml, "cbc:DocumentCurrencyCode", self->currency);
  tb_xml_text (self->xml, "cbc:BuyerReference", self->invoice->buyer_reference);
  write_period (self, self->invoice->period);
}

static void
write_corrected (Writer *self)
{
  if (!self->credit)
    return;
  tb_xml_open (self->xml, "cac:BillingReference");
  tb_xml_open (self->xml, "cac:InvoiceDocumentReference");
  tb_xml_text (self->xml, "cbc:ID", self->invoice->invoice->corrects);
  tb_xml_close (self->xml);
  tb_xml_close (self->xml);
}

static void
write_call_list (Writer *self, GBytes *call_list)
{
  const char *attributes[] = { "mimeCode", "text/csv", "filename", "calls.csv", NULL };

  if (call_list == NULL)
    return;
  tb_xml_open (self->xml, "cac:AdditionalDocumentReference");
  tb_xml_text (self->xml, "cbc:ID", "calls");
  tb_xml_text (self->xml, "cbc:DocumentDescription", "List of calls");
  tb_xml_open (self->xml, "cac:Attachment");
  tb_xml_data (self->xml, "cbc:EmbeddedDocumentBinaryObject", call_list, attributes);
  tb_xml_close (self->xml);
  tb_xml_close (self->xml);
}

/* BR-IC-12: what is supplied inside the EU says where to. */
static void
write_delivery (Writer *self)
{
  for (guint i = 0; i < self->invoice->taxes->len; i++)
    if (strcmp (g_array_index (self->invoice->taxes, TbElectronicTax, i).category, "K") == 0)
      {
        tb_xml_open (self->xml, "cac:Delivery");
        tb_xml_open (self->xml, "cac:DeliveryLocation");
        tb_xml_open (self->xml, "cac:Address");
        tb_xml_open (self->xml, "cac:Country");
        tb_xml_text (self->xml, "cbc:IdentificationCode", self->invoice->buyer.party->country);
        for (guint depth = 0; depth < 4; depth++)
          tb_xml_close (self->xml);
        return;
      }
}

/* ---- how it is paid ---- */

/* Danish rules take a SEPA transfer and no plain one (DK-R-005). */
static const char *
means_of (const Writer *self)
{
  if (self->invoice->seller.party->iban == NULL)
    return MEANS_UNKNOWN;
  return strcmp (self->currency, "EUR") == 0 || g_strcmp0 (self->invoice->seller.party->country, "DK") == 0 ? MEANS_SEPA : MEANS_CREDIT_TRANSFER;
}

static void
write_payment (Writer *self)
{
  g_autofree char *account = NULL;
  g_auto (GStrv) parts = NULL;

  tb_xml_open (self->xml, "cac:PaymentMeans");
  tb_xml_text (self->xml, "cbc:PaymentMeansCode", means_of (self));
  tb_xml_text (self->xml, "cbc:PaymentID", self->invoice->invoice->number);
  if (self->invoice->seller.party->iban != NULL)
    {
      parts = g_strsplit (self->invoice->seller.party->iban, " ", -1);
      account = g_strjoinv (NULL, parts);
      tb_xml_open (self->xml, "cac:PayeeFinancialAccount");
      tb_xml_text (self->xml, "cbc:ID", account);
      tb_xml_text (self->xml, "cbc:Name", self->invoice->seller.party->name);
      tb_xml_close (self->xml);
    }
  tb_xml_close (self->xml);
  if (!self->credit)
    return;
  tb_xml_open (self->xml, "cac:PaymentTerms");
  tb_xml_text (self->xml, "cbc:Note", _("This amount is credited to you. Nothing is to be paid."));
  tb_xml_close (self->xml);
}

/* ---- taxes and totals ---- */

static void
write_taxes (Writer *self)
{
  tb_xml_open (self->xml, "cac:TaxTotal");
  write_amount (self, "cbc:TaxAmount", self->invoice->tax);
  for (guint i = 0; i < self->invoice->taxes->len; i++)
    {
      const TbElectronicTax *tax = &g_array_index (self->invoice->taxes, TbElectronicTax, i);

      tb_xml_open (self->xml, "cac:TaxSubtotal");
      write_amount (self, "cbc:TaxableAmount", tax->base);
      write_amount (self, "cbc:TaxAmount", tax->amount);
      write_category (self, "cac:TaxCategory", tax->category, tax->percent, tax);
      tb_xml_close (self->xml);
    }
  tb_xml_close (self->xml);
}

static void
write_totals (Writer *self)
{
  tb_xml_open (self->xml, "cac:LegalMonetaryTotal");
  write_amount (self, "cbc:LineExtensionAmount", self->invoice->net);
  write_amount (self, "cbc:TaxExclusiveAmount", self->invoice->net);
  write_amount (self, "cbc:TaxInclusiveAmount", self->invoice->total);
  if (self->invoice->paid != 0)
    write_amount (self, "cbc:PrepaidAmount", self->invoice->paid);
  write_amount (self, "cbc:PayableAmount", self->invoice->payable);
  tb_xml_close (self->xml);
}

/* ---- lines ---- */

static void
write_property (Writer *self, const char *name, const char *value)
{
  tb_xml_open (self->xml, "cac:AdditionalItemProperty");
  tb_xml_text (self->xml, "cbc:Name", name);
  tb_xml_text (self->xml, "cbc:Value", value);
  tb_xml_close (self->xml);
}

/* Minutes with two decimals, rounded half up. */
static void
write_minutes (Writer *self, const char *name, gint64 seconds)
{
  gint64 hundredths = (seconds * 100 + 30) / 60;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (hundredths % 100));

  write_property (self, name, text);
}

static void
write_usage (Writer *self, const TbInvoiceLine *line)
{
  g_autofree char *calls = g_strdup_printf ("%" G_GINT64_FORMAT, line->calls);

  if (line->calls <= 0)
    return;
  write_property (self, "Calls", calls);
  if (line->seconds > 0)
    write_minutes (self, "Minutes", line->seconds);
  if (line->free > 0)
    write_minutes (self, "Included minutes", line->free);
}

static void
write_item (Writer *self, const TbElectronicLine *line)
{
  tb_xml_open (self->xml, "cac:Item");
  tb_xml_text (self->xml, "cbc:Name", line->line->description);
  write_category (self, "cac:ClassifiedTaxCategory", line->category, line->percent, NULL);
  if (line->line->service != NULL)
    write_property (self, "Service", line->line->service);
  write_usage (self, line->line);
  tb_xml_close (self->xml);
}

static void
write_line (Writer *self, const TbElectronicLine *line, guint number)
{
  const char *unit[] = { "unitCode", UNIT_ONE, NULL };
  g_autofree char *id = g_strdup_printf ("%u", number);

  tb_xml_open (self->xml, self->credit ? "cac:CreditNoteLine" : "cac:InvoiceLine");
  tb_xml_text (self->xml, "cbc:ID", id);
  tb_xml_text_with (self->xml, self->credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity", line->quantity < 0 ? "-1" : "1", unit);
  write_amount (self, "cbc:LineExtensionAmount", line->amount);
  write_period (self, line->line->period);
  write_item (self, line);
  tb_xml_open (self->xml, "cac:Price");
  write_amount (self, "cbc:PriceAmount", line->price);
  tb_xml_close (self->xml);
  tb_xml_close (self->xml);
}

char *
tb_ubl_to_text (const TbElectronicInvoice *invoice, GBytes *call_list)
{
  gboolean credit = tb_electronic_invoice_is_credit (invoice);
  Writer self = { invoice, begin (credit), credit, tb_currency_to_string (invoice->invoice->currency) };

  write_head (&self);
  write_corrected (&self);
  write_call_list (&self, call_list);
  tb_ubl_write_party (self.xml, &invoice->seller, TRUE);
  tb_ubl_write_party (self.xml, &invoice->buyer, FALSE);
  write_delivery (&self);
  write_payment (&self);
  write_taxes (&self);
  write_totals (&self);
  for (guint i = 0; i < invoice->lines->len; i++)
    write_line (&self, &g_array_index (invoice->lines, TbElectronicLine, i), i + 1);
  return tb_xml_finish (self.xml);
}
