/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-ubl.h"

#include <string.h>

#include "tb-call-list.h"
#include "tb-xml.h"

/* Documents are read back by GLib's parser, as "path=text" with paths of local names: so order and nesting are judged, not blanks. What the official
 * rules say of such documents was asked of them by hand (EN 16931 1.3.15, Peppol 3.0.19): here stand the rules that we could break. */

typedef struct
{
  GString *path;
  GPtrArray *found; /* of char * */
} Reading;

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values, gpointer data, GError **error)
{
  Reading *self = data;
  const char *colon = strchr (name, ':');

  g_string_append_printf (self->path, "/%s", colon != NULL ? colon + 1 : name);
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_has_prefix (names[i], "xmlns"))
      g_ptr_array_add (self->found, g_strdup_printf ("%s@%s=%s", self->path->str, names[i], values[i]));
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reading *self = data;

  g_string_truncate (self->path, (gsize) (strrchr (self->path->str, '/') - self->path->str));
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Reading *self = data;
  g_autofree char *own = g_strstrip (g_strndup (text, length));

  if (*own != '\0')
    g_ptr_array_add (self->found, g_strdup_printf ("%s=%s", self->path->str, own));
}

static GPtrArray *
read_back (const char *text)
{
  static const GMarkupParser parser = { on_start, on_end, on_text, NULL, NULL };
  Reading reading = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_string_free (reading.path, TRUE);
  return reading.found;
}

/* ---- an invoice ---- */

static void
add_line (TbInvoice *invoice, const char *description, TbAmount amount, gint64 calls, gint64 seconds, gint64 free, TbPeriod period)
{
  TbInvoiceLine *line = tb_invoice_line_new ();

  line->kind = calls > 0 ? TB_LINE_USAGE : TB_LINE_FEE;
  line->service = g_strdup ("S1");
  line->description = g_strdup (description);
  line->period = period;
  line->calls = calls;
  line->seconds = seconds;
  line->free = free;
  line->amount = amount;
  line->tax = g_strdup ("VAT");
  line->tax_category = g_strdup ("S");
  line->tax_percent = 19 * TB_DECIMAL_ONE;
  g_ptr_array_add (invoice->lines, line);
}

static void
set_party (TbInvoiceParty *party, const char *name, const char *tax_id)
{
  party->name = g_strdup (name);
  party->country = g_strdup ("DE");
  party->tax_id = g_strdup (tax_id);
  party->email = g_strdup ("bills@a.example");
  party->contact = g_strdup ("Billing desk");
  party->phone = g_strdup ("+49 30 123");
  party->iban = g_strdup ("DE89 3704 0044 0532 0130 00");
  party->address = g_strsplit ("Hauptstr. 1|10115 Berlin", "|", -1);
}

static TbInvoice *
make_invoice (TbInvoiceKind kind)
{
  const TbPeriod october = { tb_day_from_ymd (2026, 10, 1), tb_day_from_ymd (2026, 11, 1) };
  const TbPeriod november = { tb_day_from_ymd (2026, 11, 1), tb_day_from_ymd (2026, 12, 1) };
  TbInvoice *invoice = tb_invoice_new ();

  invoice->number = g_strdup ("INV-7");
  invoice->kind = kind;
  invoice->corrects = kind == TB_INVOICE_CREDIT_NOTE ? g_strdup ("INV-6") : NULL;
  invoice->state = TB_INVOICE_APPROVED;
  invoice->client = g_strdup ("C1");
  invoice->time_zone = g_strdup ("Europe/Berlin");
  invoice->issued = tb_day_from_ymd (2026, 11, 2);
  invoice->due = tb_day_from_ymd (2026, 11, 16);
  invoice->period = october;
  g_assert_true (tb_currency_parse ("EUR", &invoice->currency, NULL));
  set_party (invoice->seller, "Söhne & <Co>\x01", "DE123456789");
  set_party (invoice->buyer, "Buyer “B”", "DE987654321");
  if (kind == TB_INVOICE_BILL)
    {
      add_line (invoice, "Flat", 30 * TB_AMOUNT_ONE, 0, 0, 0, november);
      add_line (invoice, "Calls to Germany", 152 * TB_AMOUNT_ONE + 400000000, 812, 740741, 6000, october);
    }
  add_line (invoice, "Correction", -2 * TB_AMOUNT_ONE, 0, 0, 0, october);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  return invoice;
}

static char *
write_invoice (TbInvoiceKind kind, GBytes *list)
{
  g_autoptr (TbInvoice) invoice = make_invoice (kind);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (TbElectronicInvoice) electronic = tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &problems);

  g_assert_nonnull (electronic);
  return tb_ubl_to_text (electronic, list);
}

/* ---- what stands where ---- */

static const struct { const char *expected, *reason; } bill[] = {
  { "/Invoice/CustomizationID=urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", "R004" },
  { "/Invoice/ProfileID=urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", "R001, R007" },
  { "/Invoice/ID=INV-7", "BR-02" },
  { "/Invoice/IssueDate=2026-11-02", "BR-03" },
  { "/Invoice/DueDate=2026-11-16", "BR-CO-25" },
  { "/Invoice/InvoiceTypeCode=380", "BR-04" },
  { "/Invoice/BuyerReference=C1", "R003: the client's key, where no reference is given" },
  { "/Invoice/InvoicePeriod/StartDate=2026-10-01", "R110" },
  { "/Invoice/InvoicePeriod/EndDate=2026-11-30", "R111: the fee in advance lies inside" },
  { "/Invoice/AdditionalDocumentReference/Attachment/EmbeddedDocumentBinaryObject@mimeCode=text/csv", "BR-CL-24" },
  { "/Invoice/AdditionalDocumentReference/Attachment/EmbeddedDocumentBinaryObject=bGlzdA==", "the list itself" },
  { "/Invoice/AccountingSupplierParty/Party/EndpointID@schemeID=9930", "R020: out of the VAT number" },
  { "/Invoice/AccountingSupplierParty/Party/PartyName/Name=Söhne & <Co>", "escaped; control characters are left out" },
  { "/Invoice/AccountingSupplierParty/Party/PostalAddress/CityName=Berlin", "DE-R-003" },
  { "/Invoice/AccountingSupplierParty/Party/PartyTaxScheme/CompanyID=DE123456789", "BR-S-02" },
  { "/Invoice/AccountingSupplierParty/Party/Contact/Telephone=+49 30 123", "DE-R-006" },
  { "/Invoice/AccountingCustomerParty/Party/EndpointID=DE987654321", "R010" },
  { "/Invoice/PaymentMeans/PaymentMeansCode=58", "SEPA" },
  { "/Invoice/PaymentMeans/PayeeFinancialAccount/ID=DE89370400440532013000", "BR-50: without blanks" },
  { "/Invoice/TaxTotal/TaxAmount=34.28", "BR-CO-14" },
  { "/Invoice/TaxTotal/TaxSubtotal/TaxableAmount=180.40", "BR-S-08" },
  { "/Invoice/LegalMonetaryTotal/PayableAmount=214.68", "BR-CO-16" },
  { "/Invoice/InvoiceLine/InvoicedQuantity=1", "R120: usage is one of something" },
  { "/Invoice/InvoiceLine/Price/PriceAmount=152.40", "at its whole price" },
  { "/Invoice/InvoiceLine/Item/AdditionalItemProperty/Value=812", "calls" },
  { "/Invoice/InvoiceLine/Item/AdditionalItemProperty/Value=12345.68", "minutes" },
  { "/Invoice/InvoiceLine/InvoicedQuantity=-1", "BR-27: prices are never negative" },
  { "/Invoice/InvoiceLine/LineExtensionAmount=-2.00", "the line is" },
};

static void
assert_stands (GPtrArray *found, const char *expected, const char *reason)
{
  for (guint i = 0; i < found->len; i++)
    if (strcmp (found->pdata[i], expected) == 0)
      return;
  g_error ("%s: “%s” is not there", reason, expected);
}

static void
test_bill (void)
{
  g_autoptr (GBytes) list = g_bytes_new_static ("list", 4);
  g_autofree char *text = write_invoice (TB_INVOICE_BILL, list);
  g_autoptr (GPtrArray) found = read_back (text);

  for (guint i = 0; i < G_N_ELEMENTS (bill); i++)
    assert_stands (found, bill[i].expected, bill[i].reason);
  g_assert_null (strstr (text, "></")); /* R008: no empty elements */
}

static const struct { const char *expected, *reason; } credit[] = {
  { "/CreditNote/CreditNoteTypeCode=381", "its own code" },
  { "/CreditNote/BillingReference/InvoiceDocumentReference/ID=INV-6", "BR-55, NL-R-001" },
  { "/CreditNote/LegalMonetaryTotal/PayableAmount=2.38", "the type says that it is given back" },
  { "/CreditNote/CreditNoteLine/CreditedQuantity=1", "likewise" },
  { "/CreditNote/PaymentTerms/Note=This amount is credited to you. Nothing is to be paid.", "BR-CO-25 asks for terms" },
};

static void
test_credit (void)
{
  g_autofree char *text = write_invoice (TB_INVOICE_CREDIT_NOTE, NULL);
  g_autoptr (GPtrArray) found = read_back (text);

  for (guint i = 0; i < G_N_ELEMENTS (credit); i++)
    assert_stands (found, credit[i].expected, credit[i].reason);
  g_assert_null (strstr (text, "DueDate")); /* UBL has none at the root of credit notes */
  g_assert_null (strstr (text, "Attachment"));
}

/* ---- the list of calls ---- */

static void
add_call (GPtrArray *calls, gboolean inbound, const char *caller, const char *number, const char *description, TbAmount charge, gint64 free)
{
  TbInvoiceCall *call = tb_invoice_call_new ();

  call->start = 1790845200;
  call->service = g_strdup ("S1");
  call->inbound = inbound;
  call->caller = g_strdup (caller);
  call->number = g_strdup (number);
  call->description = g_strdup (description);
  call->seconds = 61;
  call->billed = 120;
  call->free = free;
  call->charge = charge;
  g_ptr_array_add (calls, call);
}

static void
test_call_list (void)
{
  g_autoptr (TbInvoice) invoice = make_invoice (TB_INVOICE_BILL);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_call_free);
  g_autoptr (GBytes) none = tb_call_list_to_csv (invoice, calls, 3), list = NULL;

  add_call (calls, FALSE, "101", "4930123456", "=HYPERLINK(\"x\")", 12345678, 0);
  add_call (calls, FALSE, "101", "8005551234", "Helpline", 0, 0);
  add_call (calls, FALSE, "101", "4930123456", "Included", 0, 120);
  add_call (calls, TRUE, "4989123456", "101", "Inbound", 5000000, 0);
  list = tb_call_list_to_csv (invoice, calls, 3);
  g_assert_null (none);
  g_assert_cmpstr (g_bytes_get_data (list, NULL), ==,
                   "start,service,direction,caller,number,description,seconds,billed,included,charge,currency\n"
                   "2026-10-01T11:00:00+02:00,S1,outbound,101,4930123***,\"'=HYPERLINK(\"\"x\"\")\",61,120,0,0.012345678,EUR\n"
                   "2026-10-01T11:00:00+02:00,S1,outbound,101,**********,Helpline,61,120,0,0.00,EUR\n"
                   "2026-10-01T11:00:00+02:00,S1,outbound,101,4930123***,Included,61,120,120,0.00,EUR\n"
                   "2026-10-01T11:00:00+02:00,S1,inbound,4989123***,101,Inbound,61,120,0,0.005,EUR\n");
}

/* ---- the writer ---- */

static void
test_xml (void)
{
  const char *attributes[] = { "a", "1 \"2\"", NULL };
  TbXml *xml = tb_xml_new ();
  g_autofree char *text = NULL;

  tb_xml_open (xml, "r");
  tb_xml_text (xml, "blank", "  \n");
  tb_xml_text (xml, "nothing", NULL);
  tb_xml_text (xml, "broken", "a\xff\x02z");
  tb_xml_text_with (xml, "with", "x", attributes);
  text = tb_xml_finish (xml);
  g_assert_cmpstr (text, ==, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r>\n  <broken>a\uFFFDz</broken>\n  <with a=\"1 &quot;2&quot;\">x</with>\n</r>\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ubl/bill", test_bill);
  g_test_add_func ("/ubl/credit-note", test_credit);
  g_test_add_func ("/ubl/call-list", test_call_list);
  g_test_add_func ("/ubl/xml", test_xml);
  return g_test_run ();
}
