/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-tables.h"

#include <glib/gi18n.h>

/* Who sells and who buys, key by key. Prices are in tb-form-rate-tables.c and tb-form-package-table.c. */

/* ---- clients ---- */

static const TbFormField client_fields[] = {
  { "id", N_ ("Id"), TB_FORM_TEXT, N_ ("By it the client is known in lists and files"), .group = N_ ("Client") },
  { "name", N_ ("Name"), TB_FORM_TEXT },
  { "email", N_ ("E-mail"), TB_FORM_TEXT },
  { "address", N_ ("Address"), TB_FORM_LINES, N_ ("As it stands on invoices, line by line") },
  { "country", N_ ("Country"), TB_FORM_TEXT, N_ ("Two letters, such as CA") },
  { "currency", N_ ("Currency"), TB_FORM_TEXT, N_ ("Three letters; empty: the company’s"), .group = N_ ("Money") },
  { "tax", N_ ("Tax"), TB_FORM_REFERENCE, .noun = "taxes" },
  { "low_balance", N_ ("Low balance"), TB_FORM_DECIMAL, N_ ("Who pays in advance is warned below it") },
  { "custom_rates", N_ ("Own rates"), TB_FORM_RECORDS, N_ ("They come before those of any package"), .table = &tb_form_rate_table },
  { "tax_id", N_ ("Tax id"), TB_FORM_TEXT, .group = N_ ("On Invoices") },
  { "language", N_ ("Language"), TB_FORM_TEXT, N_ ("Of its documents, as de or fr-CA; empty: the company’s") },
  { "registration", N_ ("Registration"), TB_FORM_TEXT, N_ ("In the register of companies, as [scheme:]number") },
  { "endpoint", N_ ("Electronic address"), TB_FORM_TEXT, N_ ("Scheme and id, such as 0208:0123456749") },
  { "reference", N_ ("Reference"), TB_FORM_TEXT, N_ ("What has to stand on bills: an order, a cost centre") },
  { "whmcs_id", N_ ("WHMCS id"), TB_FORM_INT, .group = N_ ("WHMCS") },
};
const TbFormTable tb_form_client_table = TB_FORM_TABLE ("clients", N_ ("Client"), client_fields, .summary = "name,id");

/* ---- services ---- */

static const TbFormField service_fields[] = {
  { "id", N_ ("Id"), TB_FORM_TEXT, .group = N_ ("Service") },
  { "client", N_ ("Client"), TB_FORM_REFERENCE, .noun = "clients" },
  { "package", N_ ("Package"), TB_FORM_REFERENCE, .noun = "packages" },
  { "connection", N_ ("Connection"), TB_FORM_REFERENCE, N_ ("Where its calls come from; none: any"), .group = N_ ("Which Calls Are Its Own"), .noun = "connections" },
  { "tenant", N_ ("Tenant"), TB_FORM_TEXT, N_ ("Domain, account or the like at the PBX; empty: any") },
  { "extensions", N_ ("Extensions"), TB_FORM_LINES, N_ ("One a line; none: all of the tenant") },
  { "dids", N_ ("Phone numbers"), TB_FORM_LINES, N_ ("One a line, with country code") },
  { "starts", N_ ("From"), TB_FORM_DAY, N_ ("The first day; empty: always"), .group = N_ ("When") },
  { "ends", N_ ("Until before"), TB_FORM_DAY, N_ ("The first day that it is over; empty: open") },
  { "next_due", N_ ("Period begins on"), TB_FORM_DAY, N_ ("A day on which a billing period begins; empty: that of its first day") },
};
const TbFormTable tb_form_service_table = TB_FORM_TABLE ("services", N_ ("Service"), service_fields, .summary = "id,package,tenant");

/* ---- providers, taxes, currencies ---- */

static const TbFormField provider_fields[] = {
  { "name", N_ ("Name"), TB_FORM_TEXT, .group = N_ ("Provider") },
  { "tariff", N_ ("Tariff"), TB_FORM_REFERENCE, N_ ("What its calls cost you"), .noun = "tariffs" },
};
const TbFormTable tb_form_provider_table = TB_FORM_TABLE ("providers", N_ ("Provider"), provider_fields, .summary = "name,tariff");

static const TbFormField tax_fields[] = {
  { "name", N_ ("Name"), TB_FORM_TEXT, .group = N_ ("Tax") },
  { "percent", N_ ("Percent"), TB_FORM_DECIMAL },
  { "category", N_ ("Category"), TB_FORM_TEXT, N_ ("For electronic invoices: S standard, Z zero, E exempt, AE reverse charge") },
};
const TbFormTable tb_form_tax_table = TB_FORM_TABLE ("taxes", N_ ("Tax"), tax_fields, .summary = "name,percent");

static const TbFormField exchange_rate_fields[] = {
  { "from", N_ ("From"), TB_FORM_DAY, N_ ("Empty: always"), .group = N_ ("Exchange Rate") },
  { "rate", N_ ("Exchange rate"), TB_FORM_DECIMAL, N_ ("What one of it is worth in the company’s currency") },
};
static const TbFormTable exchange_rate_table
    = TB_FORM_TABLE ("currencies.rates", N_ ("Exchange rate"), exchange_rate_fields, .summary = "from,rate");

static const TbFormField currency_fields[] = {
  { "code", N_ ("Code"), TB_FORM_TEXT, N_ ("Three letters, such as USD"), .group = N_ ("Currency") },
  { "rates", N_ ("Exchange rates"), TB_FORM_RECORDS, N_ ("Each holds until the next one begins"), .table = &exchange_rate_table },
};
const TbFormTable tb_form_currency_table = TB_FORM_TABLE ("currencies", N_ ("Currency"), currency_fields, .summary = "code,rates");

/* ---- company ---- */

static const TbFormField company_fields[] = {
  { "name", N_ ("Name"), TB_FORM_TEXT, .group = N_ ("Company") },
  { "address", N_ ("Address"), TB_FORM_LINES, N_ ("As it stands on invoices, line by line") },
  { "country", N_ ("Country"), TB_FORM_TEXT, N_ ("Two letters, such as CA") },
  { "email", N_ ("E-mail"), TB_FORM_TEXT },
  { "phone", N_ ("Phone"), TB_FORM_TEXT },
  { "contact", N_ ("Contact"), TB_FORM_TEXT, N_ ("Who answers questions about bills") },
  { "currency", N_ ("Currency"), TB_FORM_TEXT, N_ ("Three letters, such as CAD"), .group = N_ ("Books") },
  { "time_zone", N_ ("Time zone"), TB_FORM_TEXT, N_ ("As America/Toronto; days and months of bills begin in it") },
  { "invoice_series", N_ ("Invoice numbers"), TB_FORM_TEXT, N_ ("As INV-{year}-{number:5}"), .group = N_ ("Invoices") },
  { "due_days", N_ ("Days to pay"), TB_FORM_INT },
  { "iban", N_ ("IBAN"), TB_FORM_TEXT, N_ ("Where bills are paid to") },
  { "tax_id", N_ ("Tax id"), TB_FORM_TEXT },
  { "language", N_ ("Language"), TB_FORM_TEXT, N_ ("Of documents, as de or fr-CA, where the client has none") },
  { "registration", N_ ("Registration"), TB_FORM_TEXT, N_ ("In the register of companies, as [scheme:]number") },
  { "endpoint", N_ ("Electronic address"), TB_FORM_TEXT, N_ ("Scheme and id, such as 0208:0123456749") },
};
const TbFormTable tb_form_company_table = TB_FORM_TABLE ("company", N_ ("Company"), company_fields, .summary = "name");

/* ---- filters ---- */

static const char *const filter_fields_labels[]
    = { N_ ("The number called"), N_ ("The caller"), N_ ("The direction"), N_ ("The destination’s name"), NULL };
static const char *const filter_actions_labels[] = { N_ ("Hidden, never billed"), N_ ("Shown, never billed"), NULL };

static const TbFormField filter_fields[] = {
  { "match", N_ ("Look at"), TB_FORM_CHOICE, .group = N_ ("Filter"), .labels = filter_fields_labels },
  { "pattern", N_ ("Pattern"), TB_FORM_TEXT,
    N_ ("Digits, x for any digit, [2-9] for some, * at the end for any rest; several with commas. Or a class: [internal] [inbound] [voicemail] "
        "[tollfree] [emergency]") },
  { "action", N_ ("These calls are"), TB_FORM_CHOICE, .labels = filter_actions_labels },
  { "connection", N_ ("Connection"), TB_FORM_REFERENCE, N_ ("None: calls of all connections"), .noun = "connections" },
};
const TbFormTable tb_form_filter_table
    = TB_FORM_TABLE ("filters", N_ ("Filter"), filter_fields, .summary = "pattern,match,action,connection", .ordered = TRUE);

static const TbFormField filters_fields[] = {
  { "filters", N_ ("Filters"), TB_FORM_RECORDS, N_ ("The first that fits a call decides; those of a package come after them"),
    .group = N_ ("Filters of All Packages"), .table = &tb_form_filter_table },
};
const TbFormTable tb_form_filters_table = TB_FORM_TABLE (NULL, N_ ("Filters"), filters_fields, .summary = "filters");

/* ---- all ---- */

const TbFormTable *
tb_form_table_find (const char *noun)
{
  static const struct { const char *noun; const TbFormTable *table; } tables[] = {
    { "clients", &tb_form_client_table },       { "services", &tb_form_service_table }, { "providers", &tb_form_provider_table },
    { "taxes", &tb_form_tax_table },            { "company", &tb_form_company_table },  { "filters", &tb_form_filters_table },
    { "currencies", &tb_form_currency_table },  { "packages", &tb_form_package_table },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].noun, noun))
      return tables[i].table;
  return NULL;
}
