/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-records.h"

static const char *const rounding_words[] = { "half-up", "half-even", "up", "down" };
static const char *const mode_words[] = { "postpaid", "prepaid" };
static const char *const cycle_words[] = { "monthly", "quarterly", "semi-annual", "annual", "one-off" };
static const char *const custom_match_words[] = { "priority", "longest", "exact" };
static const char *const tier_kind_words[] = { "none", "graduated", "volume" };
static const char *const tier_basis_words[] = { "minutes", "amount" };

#define FIELD(type, member, column, label, kind) { column, label, TB_FIELD_##kind, G_STRUCT_OFFSET (type, member), NULL }
#define WORD(type, member, column, label, words) { column, label, TB_FIELD_WORD, G_STRUCT_OFFSET (type, member), words }

static const TbField company_fields[] = {
  FIELD (TbCompany, name, "name", "name", TEXT),
  FIELD (TbCompany, country, "country", "country", TEXT),
  FIELD (TbCompany, time_zone, "time_zone", "time zone", TEXT),
  FIELD (TbCompany, currency, "currency", "currency", CURRENCY),
  FIELD (TbCompany, address, "address", "address", LINES),
  FIELD (TbCompany, tax_id, "tax_id", "tax id", TEXT),
  FIELD (TbCompany, email, "email", "email", TEXT),
  FIELD (TbCompany, contact, "contact", "contact", TEXT),
  FIELD (TbCompany, phone, "phone", "phone", TEXT),
  FIELD (TbCompany, language, "language", "language", TEXT),
  FIELD (TbCompany, registration, "registration", "registration", TEXT),
  FIELD (TbCompany, endpoint, "endpoint", "electronic address", TEXT),
  FIELD (TbCompany, iban, "iban", "IBAN", TEXT),
  FIELD (TbCompany, invoice_series, "invoice_series", "invoice series", TEXT),
  FIELD (TbCompany, due_days, "due_days", "due days", INT),
};

static const TbField tax_fields[] = {
  FIELD (TbTax, name, "name", "name", TEXT),
  FIELD (TbTax, percent, "percent", "percent", DECIMAL),
  FIELD (TbTax, category, "category", "category", TEXT),
};

static const TbField provider_fields[] = {
  FIELD (TbProvider, name, "name", "name", TEXT),
  FIELD (TbProvider, tariff, "tariff", "tariff", TEXT),
};

static const TbField connection_fields[] = {
  FIELD (TbConnection, name, "name", "name", TEXT),
  FIELD (TbConnection, kind, "kind", "kind", TEXT),
  FIELD (TbConnection, url, "url", "address", TEXT),
  FIELD (TbConnection, time_zone, "time_zone", "time zone", TEXT),
  FIELD (TbConnection, provider, "provider", "provider", TEXT),
  FIELD (TbConnection, user, "login", "user", TEXT),
  FIELD (TbConnection, format, "format", "format", TEXT),
  FIELD (TbConnection, since, "since", "since", DAY),
  FIELD (TbConnection, columns, "columns", "columns", TEXT),
  FIELD (TbConnection, certificate, "certificate", "certificate", TEXT),
};

static const TbField package_fields[] = {
  FIELD (TbPackage, name, "name", "name", TEXT),
  FIELD (TbPackage, tariff, "tariff", "tariff", TEXT),
  FIELD (TbPackage, markup, "markup", "markup", DECIMAL),
  FIELD (TbPackage, markup_connect_fee, "markup_connect_fee", "markup on the connect fee", BOOL),
  FIELD (TbPackage, surcharge, "surcharge", "surcharge", DECIMAL),
  WORD (TbPackage, rounding.mode, "rounding", "rounding", rounding_words),
  FIELD (TbPackage, rounding.decimals, "decimals", "decimals", BYTE),
  WORD (TbPackage, mode, "mode", "mode", mode_words),
  FIELD (TbPackage, fee, "fee", "fee", DECIMAL),
  WORD (TbPackage, cycle, "cycle", "cycle", cycle_words),
  FIELD (TbPackage, number_plan.country, "country", "country", TEXT),
  FIELD (TbPackage, number_plan.country_code, "country_code", "country code", TEXT),
  FIELD (TbPackage, number_plan.exit_codes, "exit_codes", "exit codes", LINES),
  FIELD (TbPackage, number_plan.trunk_prefix, "trunk_prefix", "trunk prefix", TEXT),
  FIELD (TbPackage, number_plan.nanp, "nanp", "NANP", BOOL),
  FIELD (TbPackage, number_plan.area_code, "area_code", "area code", TEXT),
  FIELD (TbPackage, initial, "initial", "first increment", INT),
  FIELD (TbPackage, next, "next", "next increment", INT),
  FIELD (TbPackage, minimum, "minimum", "minimum", INT),
  FIELD (TbPackage, grace, "grace", "grace", INT),
  FIELD (TbPackage, connect_fee, "connect_fee", "connect fee", DECIMAL),
  WORD (TbPackage, custom_match, "custom_match", "match of custom rates", custom_match_words),
  WORD (TbPackage, tier_kind, "tier_kind", "tiers", tier_kind_words),
  WORD (TbPackage, tier_basis, "tier_basis", "tiers by", tier_basis_words),
  FIELD (TbPackage, bill_inbound, "bill_inbound", "bill inbound", BOOL),
  FIELD (TbPackage, bill_internal, "bill_internal", "bill internal", BOOL),
};

static const TbField client_fields[] = {
  FIELD (TbClient, key, "key", "id", TEXT),
  FIELD (TbClient, name, "name", "name", TEXT),
  FIELD (TbClient, email, "email", "email", TEXT),
  FIELD (TbClient, currency, "currency", "currency", CURRENCY),
  FIELD (TbClient, country, "country", "country", TEXT),
  FIELD (TbClient, address, "address", "address", LINES),
  FIELD (TbClient, tax_id, "tax_id", "tax id", TEXT),
  FIELD (TbClient, language, "language", "language", TEXT),
  FIELD (TbClient, registration, "registration", "registration", TEXT),
  FIELD (TbClient, endpoint, "endpoint", "electronic address", TEXT),
  FIELD (TbClient, reference, "reference", "reference", TEXT),
  FIELD (TbClient, tax, "tax", "tax", TEXT),
  FIELD (TbClient, whmcs_id, "whmcs_id", "WHMCS id", LONG),
  FIELD (TbClient, low_balance, "low_balance", "low balance", DECIMAL),
};

static const TbField service_fields[] = {
  FIELD (TbService, key, "key", "id", TEXT),
  FIELD (TbService, client, "client", "client", TEXT),
  FIELD (TbService, package, "package", "package", TEXT),
  FIELD (TbService, connection, "connection", "connection", TEXT),
  FIELD (TbService, tenant, "tenant", "tenant", TEXT),
  FIELD (TbService, dids, "dids", "DIDs", LINES),
  FIELD (TbService, extensions, "extensions", "extensions", LINES),
  FIELD (TbService, starts, "starts", "starts", DAY),
  FIELD (TbService, ends, "ends", "ends", DAY),
  FIELD (TbService, next_due, "next_due", "next due", DAY),
};

static const TbField whmcs_fields[] = {
  FIELD (TbWhmcsSettings, url, "url", "address", TEXT),
  FIELD (TbWhmcsSettings, identifier, "identifier", "identifier", TEXT),
  FIELD (TbWhmcsSettings, user, "login", "user", TEXT),
  FIELD (TbWhmcsSettings, post, "post", "post", TEXT),
  FIELD (TbWhmcsSettings, per, "per", "per", TEXT),
  FIELD (TbWhmcsSettings, prepaid, "prepaid", "prepaid", TEXT),
  FIELD (TbWhmcsSettings, payment_method, "payment_method", "payment method", TEXT),
  FIELD (TbWhmcsSettings, has_voip_field, "has_voip_field", "field “Has VoIP Service”", LONG),
  FIELD (TbWhmcsSettings, manual_suspend_field, "manual_suspend_field", "field “Manual VoIP Suspend”", LONG),
  FIELD (TbWhmcsSettings, suspended_field, "suspended_field", "field “VoIP Suspended”", LONG),
  FIELD (TbWhmcsSettings, low_balance_field, "low_balance_field", "field “Low Balance Threshold”", LONG),
  FIELD (TbWhmcsSettings, since, "since", "since", DAY),
};

static const TbField mail_fields[] = {
  FIELD (TbMailSettings, server, "server", "server", TEXT),
  FIELD (TbMailSettings, from, "sender", "from", TEXT),
  FIELD (TbMailSettings, user, "login", "user", TEXT),
};

static const TbField reminder_fields[] = {
  FIELD (TbReminderStage, stage, "stage", "stage", TEXT),
  FIELD (TbReminderStage, days_after_due, "days_after_due", "days after due", INT),
  FIELD (TbReminderStage, subject, "subject", "subject", TEXT),
  FIELD (TbReminderStage, body, "body", "body", TEXT),
};

static gpointer
whmcs_new (void)
{
  return tb_whmcs_settings_new ();
}

static gpointer
mail_new (void)
{
  return g_new0 (TbMailSettings, 1);
}

static gpointer
reminder_new (void)
{
  return g_new0 (TbReminderStage, 1);
}

#define RECORD(table, noun, fields, single, id, create) { table, noun, fields, G_N_ELEMENTS (fields), single, id, (gpointer (*) (void)) create }

const TbRecord tb_company_record = RECORD ("company", "company", company_fields, TRUE, G_MAXSIZE, tb_company_new);
const TbRecord tb_tax_record = RECORD ("tax", "tax", tax_fields, FALSE, G_STRUCT_OFFSET (TbTax, id), tb_tax_new);
const TbRecord tb_provider_record = RECORD ("provider", "provider", provider_fields, FALSE, G_STRUCT_OFFSET (TbProvider, id), tb_provider_new);
const TbRecord tb_connection_record
    = RECORD ("connection", "connection", connection_fields, FALSE, G_STRUCT_OFFSET (TbConnection, id), tb_connection_new);
const TbRecord tb_package_record = RECORD ("package", "package", package_fields, FALSE, G_STRUCT_OFFSET (TbPackage, id), tb_package_new);
const TbRecord tb_client_record = RECORD ("client", "client", client_fields, FALSE, G_STRUCT_OFFSET (TbClient, id), tb_client_new);
const TbRecord tb_service_record = RECORD ("service", "service", service_fields, FALSE, G_STRUCT_OFFSET (TbService, id), tb_service_new);
const TbRecord tb_whmcs_record = RECORD ("whmcs_settings", "whmcs", whmcs_fields, TRUE, G_MAXSIZE, whmcs_new);
const TbRecord tb_mail_record = RECORD ("mail_settings", "mail", mail_fields, TRUE, G_MAXSIZE, mail_new);
const TbRecord tb_reminder_record = RECORD ("reminder_stage", "reminder", reminder_fields, FALSE, G_MAXSIZE, reminder_new);
