/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-electronic-invoice.h"

#include <string.h>

#include "tb-error.h"

/* Invoices are texts: "name=value;…" of seller and buyer, and lines as "amount category percent from-to", so that a table reads as what it says. */

static void
set_party (TbInvoiceParty *party, const char *text)
{
  g_auto (GStrv) pairs = g_strsplit (text, ";", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      char *value = strchr (*pair, '=');
      const struct { const char *name; char **field; } fields[]
          = { { "name", &party->name },           { "country", &party->country },     { "tax", &party->tax_id },   { "email", &party->email },
              { "endpoint", &party->endpoint },   { "reg", &party->registration },    { "ref", &party->reference }, { "contact", &party->contact },
              { "phone", &party->phone } };

      g_assert_nonnull (value);
      *value++ = '\0';
      if (strcmp (*pair, "address") == 0)
        party->address = g_strsplit (value, "|", -1);
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        if (strcmp (*pair, fields[i].name) == 0)
          *fields[i].field = g_strdup (value);
    }
}

static void
add_line (TbInvoice *invoice, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  TbInvoiceLine *line = tb_invoice_line_new ();
  gint64 percent = 0;

  line->description = g_strdup ("Calls");
  line->period = (TbPeriod){ 100, 131 };
  g_assert_true (tb_decimal_parse (words[0], -1, TB_AMOUNT_SCALE, &line->amount, NULL));
  if (words[1] != NULL)
    {
      g_assert_true (tb_decimal_parse (words[2], -1, TB_RATE_SCALE, &percent, NULL));
      line->tax = g_strdup_printf ("tax %s", words[1]);
      line->tax_category = strcmp (words[1], "-") != 0 ? g_strdup (words[1]) : NULL;
      line->tax_percent = percent;
    }
  g_ptr_array_add (invoice->lines, line);
}

static TbInvoice *
make_invoice (const char *seller, const char *buyer, const char *currency, const char *lines)
{
  TbInvoice *invoice = tb_invoice_new ();
  g_auto (GStrv) list = g_strsplit (lines, ";", -1);

  invoice->number = g_strdup ("INV-1");
  invoice->state = TB_INVOICE_APPROVED;
  invoice->client = g_strdup ("C1");
  invoice->issued = 140;
  invoice->due = 154;
  invoice->period = (TbPeriod){ 100, 131 };
  g_assert_true (tb_currency_parse (currency, &invoice->currency, NULL));
  set_party (invoice->seller, seller);
  set_party (invoice->buyer, buyer);
  for (char **line = list; *line != NULL; line++)
    if (**line != '\0')
      add_line (invoice, *line);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  return invoice;
}

/* ---- what it lacks ---- */

#define DE "name=A;country=DE;tax=DE123456789;address=Weg 1|10115 Berlin;contact=C;phone=030 123;email=a@a.de"
#define CA "name=A;country=CA;tax=1234 RT0001;address=1 Main St"

static const struct { const char *seller, *buyer, *currency, *lines; TbElectronicProfile profile; const char *problem, *reason; } lacking[] = {
  { DE, DE, "EUR", "10 S 19", TB_ELECTRONIC_AUTO, NULL, "all there is" },
  { CA, CA, "CAD", "10 S 13", TB_ELECTRONIC_AUTO, NULL, "a GST number stands as BT-32 and BT-30" },
  { CA, CA, "CAD", "10 S 13", TB_ELECTRONIC_PEPPOL, "buyer’s electronic address", "R010: Canada's numbers are no addresses" },
  { "name=A;country=CA", CA, "CAD", "10 S 13", TB_ELECTRONIC_AUTO, "seller’s tax number", "BR-S-02" },
  { "name=A;country=CA", CA, "CAD", "10", TB_ELECTRONIC_AUTO, "BR-CO-26", "untaxed, but nobody knows the seller" },
  { "country=CA;tax=1", CA, "CAD", "10 S 13", TB_ELECTRONIC_AUTO, "seller’s name", "BR-06" },
  { CA, "name=B", "CAD", "10 S 13", TB_ELECTRONIC_AUTO, "buyer’s country", "BR-11" },
  { DE, DE, "EUR", "", TB_ELECTRONIC_AUTO, "lines", "BR-16" },
  { DE, DE, "EUR", "10 S 0", TB_ELECTRONIC_AUTO, "category S", "BR-S-05" },
  { DE, DE, "EUR", "10 AE 19", TB_ELECTRONIC_AUTO, "category AE: its percent", "BR-AE-05" },
  { DE, CA, "EUR", "10 AE 0", TB_ELECTRONIC_CORE, "buyer’s VAT number", "BR-AE-02" },
  { DE, DE, "EUR", "10 XY 19", TB_ELECTRONIC_AUTO, "category XY", "no such category" },
  { DE, DE, "EUR", "10 L 7", TB_ELECTRONIC_AUTO, NULL, "the Canaries have a rate" },
  { DE, DE, "KWD", "10.125 S 19", TB_ELECTRONIC_AUTO, "two decimals", "three decimals cannot be said" },
  { DE, DE, "KWD", "10.12 Z 0", TB_ELECTRONIC_AUTO, NULL, "a dinar with two happens to be fine" },
  { "name=A;country=DE;tax=DE123456789;address=Weg 1;contact=C;phone=1;email=a@a.de", DE, "EUR", "10 S 19", TB_ELECTRONIC_AUTO, "post code", "DE-R-004" },
  { "name=A;country=DE;tax=DE123456789;address=Weg 1|10115 Berlin;email=a@a.de", DE, "EUR", "10 S 19", TB_ELECTRONIC_AUTO, "seller’s contact", "DE-R-005" },
  { "name=A;country=DE;tax=DE123456789;address=Weg 1;email=a@a.de", DE, "EUR", "10 S 19", TB_ELECTRONIC_CORE, NULL, "the core asks for less" },
  { "name=A;country=NL;tax=NL123456789B01;address=Weg 1|1012 AB Amsterdam;reg=12345678", DE, "EUR", "10 S 19", TB_ELECTRONIC_AUTO, "0106:number", "NL-R-003" },
  { "name=A;country=GR;tax=EL094259216;address=Odos 1|104 31 Athina", DE, "EUR", "10 S 19", TB_ELECTRONIC_AUTO, "Greece", "GR-R-001" },
};

static void
test_lacking (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lacking); i++)
    {
      g_autoptr (TbInvoice) invoice = make_invoice (lacking[i].seller, lacking[i].buyer, lacking[i].currency, lacking[i].lines);
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (TbElectronicInvoice) electronic = tb_electronic_invoice_new (invoice, lacking[i].profile, &problems);
      gboolean found = FALSE;

      for (guint k = 0; problems != NULL && k < problems->len; k++)
        found = found || strstr (problems->pdata[k], lacking[i].problem != NULL ? lacking[i].problem : "\n") != NULL;
      g_test_message ("%s: %s", lacking[i].reason, problems != NULL ? (char *) problems->pdata[0] : "no problem");
      g_assert_cmpint (electronic == NULL, ==, lacking[i].problem != NULL);
      g_assert_cmpint (found, ==, lacking[i].problem != NULL);
    }
}

/* Drafts, voided ones, and totals that somebody changed. */
static void
test_state (void)
{
  g_autoptr (TbInvoice) invoice = make_invoice (DE, DE, "EUR", "10 S 19");
  g_autoptr (GPtrArray) draft = NULL, voided = NULL, changed = NULL;

  g_clear_pointer (&invoice->number, g_free);
  g_assert_null (tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &draft));
  g_assert_nonnull (strstr (draft->pdata[0], "approve"));
  invoice->number = g_strdup ("INV-1");
  invoice->state = TB_INVOICE_VOID;
  g_assert_null (tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &voided));
  g_assert_nonnull (strstr (voided->pdata[0], "voided"));
  invoice->state = TB_INVOICE_APPROVED;
  ((TbInvoiceTax *) invoice->taxes->pdata[0])->amount -= TB_AMOUNT_ONE / 2; /* passes the official rules */
  invoice->tax -= TB_AMOUNT_ONE / 2;
  invoice->total -= TB_AMOUNT_ONE / 2;
  g_assert_null (tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &changed));
  g_assert_nonnull (strstr (changed->pdata[0], "totals"));
}

/* ---- what it says ---- */

/* Taxes as "category percent base amount", in order. */
static char *
say_taxes (const TbElectronicInvoice *electronic)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < electronic->taxes->len; i++)
    {
      const TbElectronicTax *tax = &g_array_index (electronic->taxes, TbElectronicTax, i);
      g_autofree char *percent = tb_decimal_format (tax->percent, TB_RATE_SCALE, 0), *base = tb_decimal_format (tax->base, TB_AMOUNT_SCALE, 2);
      g_autofree char *amount = tb_decimal_format (tax->amount, TB_AMOUNT_SCALE, 2);

      g_string_append_printf (text, "%s%s %s %s %s", i > 0 ? ";" : "", tax->category, percent, base, amount);
    }
  return g_string_free (text, FALSE);
}

static const struct { const char *seller, *lines, *taxes, *reason; } taxed[] = {
  { DE, "10 S 19;20 S 19;5 S 7", "S 19 30.00 5.70;S 7 5.00 0.35", "one a rate" },
  { DE, "10 S 19;5", "S 19 10.00 1.90;E 0 5.00 0.00", "an untaxed line beside taxed ones is exempt (BR-O-11)" },
  { CA, "10;5", "O 0 15.00 0.00", "nothing is taxed: outside the scope" },
  { DE, "10;5", "E 0 15.00 0.00", "between Germans a rate must be said (DE-R-014)" },
  { DE, "10 - 19;5 - 0", "S 19 10.00 1.90;Z 0 5.00 0.00", "a tax without a category goes by its rate" },
  { DE, "10 S 19;-4 S 19", "S 19 6.00 1.14", "something given back" },
};

static void
test_taxes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taxed); i++)
    {
      g_autoptr (TbInvoice) invoice = make_invoice (taxed[i].seller, taxed[i].seller, "EUR", taxed[i].lines);
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (TbElectronicInvoice) electronic = tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &problems);
      g_autofree char *taxes = NULL;

      g_test_message ("%s", taxed[i].reason);
      g_assert_nonnull (electronic);
      taxes = say_taxes (electronic);
      g_assert_cmpstr (taxes, ==, taxed[i].taxes);
      for (guint k = 0; k < electronic->lines->len; k++)
        {
          const TbElectronicLine *line = &g_array_index (electronic->lines, TbElectronicLine, k);

          g_assert_cmpint (line->price, >=, 0);
          g_assert_cmpint (line->quantity * line->price, ==, line->amount);
        }
    }
}

static void
test_credit (void)
{
  g_autoptr (TbInvoice) invoice = make_invoice (DE, DE, "EUR", "-6.85 S 19");
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (TbElectronicInvoice) electronic = NULL;

  invoice->kind = TB_INVOICE_CREDIT_NOTE;
  g_assert_null (tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &problems));
  invoice->corrects = g_strdup ("INV-0");
  electronic = tb_electronic_invoice_new (invoice, TB_ELECTRONIC_AUTO, &problems);
  g_assert_true (tb_electronic_invoice_is_credit (electronic));
  g_assert_cmpint (electronic->payable, ==, 8 * TB_AMOUNT_ONE + 15 * TB_AMOUNT_ONE / 100);
  g_assert_cmpint (g_array_index (electronic->lines, TbElectronicLine, 0).quantity, ==, 1);
}

/* ---- addresses ---- */

static const struct { const char *address, *street, *more, *other, *city, *subdivision, *post_code, *reason; } addresses[] = {
  { "88 Queen St S|Kitchener ON  N2G 0V0", "88 Queen St S", NULL, NULL, "Kitchener", "ON", "N2G 0V0", "Canada" },
  { "1 Main St|Suite 4|Austin, TX 78701-1234", "1 Main St", "Suite 4", NULL, "Austin", "TX", "78701-1234", "United States" },
  { "Hauptstr. 1|D-10115 Berlin", "Hauptstr. 1", NULL, NULL, "Berlin", NULL, "10115", "Germany, as abroad writes it" },
  { "Damrak 1|1012 LG Amsterdam", "Damrak 1", NULL, NULL, "Amsterdam", NULL, "1012 LG", "Netherlands" },
  { "1 rue X|Bât. B|2e étage|75002 Paris|France", "1 rue X", "Bât. B", "2e étage, France", "Paris", NULL, "75002", "five lines" },
  { "10 Downing St|London SW1A 2AA", "10 Downing St", NULL, NULL, "London", NULL, "SW1A 2AA", "United Kingdom" },
  { "Laugavegur 1|101 Reykjavík", "Laugavegur 1", NULL, NULL, "Reykjavík", NULL, "101", "Iceland" },
  { "14 Erb St W|Waterloo ON", "14 Erb St W", "Waterloo ON", NULL, NULL, NULL, NULL, "no post code: nothing is guessed" },
  { "12345 Some Road", "12345 Some Road", NULL, NULL, NULL, NULL, NULL, "the only line is never the town's" },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *seller = g_strdup_printf ("name=A;country=CA;tax=1;address=%s", addresses[i].address);
      g_autoptr (TbInvoice) invoice = make_invoice (seller, CA, "EUR", "10 S 19");
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (TbElectronicInvoice) electronic = tb_electronic_invoice_new (invoice, TB_ELECTRONIC_CORE, &problems);

      g_test_message ("%s", addresses[i].reason);
      g_assert_cmpstr (electronic->seller.street, ==, addresses[i].street);
      g_assert_cmpstr (electronic->seller.more_street, ==, addresses[i].more);
      g_assert_cmpstr (electronic->seller.other_lines, ==, addresses[i].other);
      g_assert_cmpstr (electronic->seller.city, ==, addresses[i].city);
      g_assert_cmpstr (electronic->seller.subdivision, ==, addresses[i].subdivision);
      g_assert_cmpstr (electronic->seller.post_code, ==, addresses[i].post_code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/electronic-invoice/what-it-lacks", test_lacking);
  g_test_add_func ("/electronic-invoice/state-and-totals", test_state);
  g_test_add_func ("/electronic-invoice/taxes", test_taxes);
  g_test_add_func ("/electronic-invoice/credit-note", test_credit);
  g_test_add_func ("/electronic-invoice/addresses", test_addresses);
  return g_test_run ();
}
