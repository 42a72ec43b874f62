/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-call-reader.h"
#include "tb-setup-file-private.h"

/* Who sells, from where calls come, who buys. Tariffs and packages are in tb-setup-file-prices.c. */

#define WHOLE_TEXT 100000 /* of a message to clients */

/* Kinds of connections of the contract; what each can do is for the connectors to say. */
static const char *const connection_kinds[] = {
  "csv",         "folder",        "sftp",   "ftps",   "https",  "push",   "fusionpbx", "fusionpbx-rest", "fspbx",     "fusionpbx-ictvoip", "fusionpbx-postgres",
  "vodia",       "freepbx",       "3cx",    "yeastar", "grandstream", "kazoo", "netsapiens", "voipms", "telnyx", "twilio", "signalwire",
  "didww",       "flowroute",     "bandwidth", NULL,
};

static const char *const call_fields[] = {
  "uid", "start", "answer", "end", "tenant", "extension", "direction", "caller", "caller_name", "callee", "did", "duration", "billsec", "cause", "account_code",
  "records", NULL, /* of a document: where in it they are */
};

/* Days of all rates outside tariffs begin in the company's zone; a tariff that names no currency has the company's. */
static gboolean
company_finish (TbSetupContext *context, gpointer item, GError **error)
{
  const TbCompany *company = item;
  TbZone *zone = tb_zone_new (company->time_zone != NULL ? company->time_zone : "UTC", error);

  if (zone == NULL)
    return tb_setup_refuse_prefixed (context, error);
  tb_zone_unref (context->zone);
  context->zone = context->rate_zone = zone;
  if (company->currency != TB_CURRENCY_NONE)
    context->currency = company->currency;
  return TRUE;
}

static const TbSetupKey company_keys[] = {
  TB_KEY ("name", TbCompany, name, text, .required = TRUE),
  TB_KEY ("country", TbCompany, country, text, .check = tb_check_country),
  TB_KEY ("time_zone", TbCompany, time_zone, text, .check = tb_check_zone),
  TB_KEY ("currency", TbCompany, currency, currency),
  TB_KEY ("address", TbCompany, address, lines),
  TB_KEY ("tax_id", TbCompany, tax_id, text),
  TB_KEY ("email", TbCompany, email, text, .check = tb_check_email),
  TB_KEY ("contact", TbCompany, contact, text),
  TB_KEY ("phone", TbCompany, phone, text),
  TB_KEY ("language", TbCompany, language, text, .check = tb_check_language),
  TB_KEY ("registration", TbCompany, registration, text),
  TB_KEY ("endpoint", TbCompany, endpoint, text, .check = tb_check_endpoint),
  TB_KEY ("iban", TbCompany, iban, text, .check = tb_check_iban),
  TB_KEY ("invoice_series", TbCompany, invoice_series, text, .check = tb_check_series),
  TB_KEY ("due_days", TbCompany, due_days, int, .max = 3650),
};
const TbSetupNoun tb_company_noun = TB_NOUN (company_keys, tb_company_new, tb_company_free, company_finish);

static const TbSetupKey tax_keys[] = {
  TB_KEY ("name", TbTax, name, text, .required = TRUE),
  TB_KEY ("percent", TbTax, percent, decimal, .always = TRUE, .max = 100 * TB_DECIMAL_ONE),
  TB_KEY ("category", TbTax, category, text, .check = tb_check_category),
};
const TbSetupNoun tb_tax_noun = TB_NOUN (tax_keys, tb_tax_new, tb_tax_free, NULL);

static const TbSetupKey provider_keys[] = {
  TB_KEY ("name", TbProvider, name, text, .required = TRUE),
  TB_KEY ("tariff", TbProvider, tariff, text),
};
const TbSetupNoun tb_provider_noun = TB_NOUN (provider_keys, tb_provider_new, tb_provider_free, NULL);

static gboolean
connection_finish (TbSetupContext *context, gpointer item, GError **error)
{
  const TbConnection *connection = item;
  guint n;

  if (connection->format == NULL || tb_setup_find_word (tb_call_format_list (), connection->format, &n, error))
    return TRUE;
  tb_setup_enter (context, "format", 0);
  return tb_setup_refuse_prefixed (context, error);
}

static const TbSetupKey connection_keys[] = {
  TB_KEY ("name", TbConnection, name, text, .required = TRUE),
  TB_KEY ("kind", TbConnection, kind, choice, .always = TRUE, .words = connection_kinds),
  TB_KEY ("url", TbConnection, url, text, .check = tb_check_url),
  TB_KEY ("time_zone", TbConnection, time_zone, text, .check = tb_check_zone),
  TB_KEY ("provider", TbConnection, provider, text),
  TB_KEY ("user", TbConnection, user, text),
  TB_KEY ("format", TbConnection, format, text),
  TB_KEY ("since", TbConnection, since, day),
  TB_KEY ("columns", TbConnection, columns, columns, .words = call_fields),
  TB_KEY ("certificate", TbConnection, certificate, text, .check = tb_check_certificate),
};
const TbSetupNoun tb_connection_noun = TB_NOUN (connection_keys, tb_connection_new, tb_connection_free, connection_finish);

static const char *const filter_fields[] = { "destination", "source", "direction", "description", NULL };
static const char *const filter_actions[] = { "suppress", "exclude", NULL };

static const TbSetupKey filter_keys[] = {
  TB_KEY ("connection", TbFilter, connection, text),
  TB_KEY ("match", TbFilter, match, word, .always = TRUE, .words = filter_fields),
  TB_KEY ("pattern", TbFilter, pattern, text, .required = TRUE, .check = tb_check_pattern),
  TB_KEY ("action", TbFilter, action, word, .always = TRUE, .words = filter_actions),
};
const TbSetupNoun tb_filter_noun = TB_NOUN (filter_keys, tb_filter_new, tb_filter_free, NULL);

static const TbSetupKey client_keys[] = {
  TB_KEY ("id", TbClient, key, text, .required = TRUE),
  TB_KEY ("name", TbClient, name, text, .required = TRUE),
  TB_KEY ("email", TbClient, email, text, .check = tb_check_email),
  TB_KEY ("currency", TbClient, currency, currency),
  TB_KEY ("country", TbClient, country, text, .check = tb_check_country),
  TB_KEY ("address", TbClient, address, lines),
  TB_KEY ("tax_id", TbClient, tax_id, text),
  TB_KEY ("language", TbClient, language, text, .check = tb_check_language),
  TB_KEY ("registration", TbClient, registration, text),
  TB_KEY ("endpoint", TbClient, endpoint, text, .check = tb_check_endpoint),
  TB_KEY ("reference", TbClient, reference, text),
  TB_KEY ("tax", TbClient, tax, text),
  TB_KEY ("whmcs_id", TbClient, whmcs_id, long, .max = G_MAXINT64),
  TB_KEY ("low_balance", TbClient, low_balance, decimal, .min = -G_MAXINT64, .max = G_MAXINT64),
  TB_KEY ("custom_rates", TbClient, custom_rates, rates, .noun = &tb_rate_noun),
};
const TbSetupNoun tb_client_noun = TB_NOUN (client_keys, tb_client_new, tb_client_free, NULL);

static const TbSetupKey service_keys[] = {
  TB_KEY ("id", TbService, key, text, .required = TRUE),
  TB_KEY ("client", TbService, client, text, .required = TRUE),
  TB_KEY ("package", TbService, package, text, .required = TRUE),
  TB_KEY ("connection", TbService, connection, text),
  TB_KEY ("tenant", TbService, tenant, text, .max = TB_CALL_MAX_TEXT),
  TB_KEY ("dids", TbService, dids, lines),
  TB_KEY ("extensions", TbService, extensions, lines),
  TB_KEY ("starts", TbService, starts, day),
  TB_KEY ("ends", TbService, ends, day),
  TB_KEY ("next_due", TbService, next_due, day),
};
const TbSetupNoun tb_service_noun = TB_NOUN (service_keys, tb_service_new, tb_service_free, NULL);

/* ---- WHMCS, mail, reminders ---- */

static void
free_whmcs (TbWhmcsSettings *self)
{
  g_free (self->url);
  g_free (self->identifier);
  g_free (self->user);
  g_free (self->post);
  g_free (self->per);
  g_free (self->prepaid);
  g_free (self->payment_method);
  g_free (self);
}

static void
free_mail (TbMailSettings *self)
{
  g_free (self->server);
  g_free (self->from);
  g_free (self->user);
  g_free (self);
}

static void
free_reminder (TbReminderStage *self)
{
  g_free (self->stage);
  g_free (self->subject);
  g_free (self->body);
  g_free (self);
}

static gpointer
new_whmcs (void)
{
  return tb_whmcs_settings_new ();
}

static gpointer
new_mail (void)
{
  return g_new0 (TbMailSettings, 1);
}

static gpointer
new_reminder (void)
{
  return g_new0 (TbReminderStage, 1);
}

static const TbSetupKey whmcs_keys[] = {
  TB_KEY ("url", TbWhmcsSettings, url, text, .check = tb_check_url),
  TB_KEY ("identifier", TbWhmcsSettings, identifier, text),
  TB_KEY ("user", TbWhmcsSettings, user, text),
  TB_KEY ("post", TbWhmcsSettings, post, text, .check = tb_check_whmcs_post),
  TB_KEY ("per", TbWhmcsSettings, per, text, .check = tb_check_whmcs_per),
  TB_KEY ("prepaid", TbWhmcsSettings, prepaid, text, .check = tb_check_whmcs_prepaid),
  TB_KEY ("payment_method", TbWhmcsSettings, payment_method, text),
  TB_KEY ("has_voip_field", TbWhmcsSettings, has_voip_field, long, .max = G_MAXINT32),
  TB_KEY ("manual_suspend_field", TbWhmcsSettings, manual_suspend_field, long, .max = G_MAXINT32),
  TB_KEY ("suspended_field", TbWhmcsSettings, suspended_field, long, .max = G_MAXINT32),
  TB_KEY ("low_balance_field", TbWhmcsSettings, low_balance_field, long, .max = G_MAXINT32),
  TB_KEY ("since", TbWhmcsSettings, since, day),
};
const TbSetupNoun tb_whmcs_noun = TB_NOUN (whmcs_keys, new_whmcs, free_whmcs, NULL);

static const TbSetupKey mail_keys[] = {
  TB_KEY ("server", TbMailSettings, server, text, .check = tb_check_mail_server),
  TB_KEY ("from", TbMailSettings, from, text, .check = tb_check_email),
  TB_KEY ("user", TbMailSettings, user, text),
};
const TbSetupNoun tb_mail_noun = TB_NOUN (mail_keys, new_mail, free_mail, NULL);

static const TbSetupKey reminder_keys[] = {
  TB_KEY ("stage", TbReminderStage, stage, text, .required = TRUE),
  TB_KEY ("days_after_due", TbReminderStage, days_after_due, int, .always = TRUE, .min = -3650, .max = 3650),
  TB_KEY ("subject", TbReminderStage, subject, text),
  TB_KEY ("body", TbReminderStage, body, text, .max = WHOLE_TEXT),
};
const TbSetupNoun tb_reminder_noun = TB_NOUN (reminder_keys, new_reminder, free_reminder, NULL);

/* ---- the file ---- */

static gboolean
version_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return tb_setup_refuse_type (context, node, _("the number 1"), error);
  return json_node_get_int (node) == 1
         || tb_setup_refuse (context, error, _("%" PRId64 " is a version of the set-up file that this program does not know; it knows 1"),
                             json_node_get_int (node));
}

static JsonNode *
version_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_int (1);
}

static const TbSetupKind tb_setup_version = { version_read, version_write };

static const TbSetupKey setup_keys[] = {
  TB_KEY_OF_ITEM ("tollbook", version, .required = TRUE),
  TB_KEY ("company", TbSetup, company, object, .noun = &tb_company_noun),
  TB_KEY_OF_ITEM ("currencies", currencies, .noun = &tb_currency_noun),
  TB_KEY ("taxes", TbSetup, taxes, list, .noun = &tb_tax_noun),
  TB_KEY ("providers", TbSetup, providers, list, .noun = &tb_provider_noun),
  TB_KEY ("connections", TbSetup, connections, list, .noun = &tb_connection_noun),
  TB_KEY ("tariffs", TbSetup, tariffs, list, .noun = &tb_tariff_noun),
  TB_KEY ("packages", TbSetup, packages, list, .noun = &tb_package_noun),
  TB_KEY ("filters", TbSetup, filters, list, .noun = &tb_filter_noun),
  TB_KEY ("clients", TbSetup, clients, list, .noun = &tb_client_noun),
  TB_KEY ("services", TbSetup, services, list, .noun = &tb_service_noun),
  TB_KEY ("whmcs", TbSetup, whmcs, object, .noun = &tb_whmcs_noun),
  TB_KEY ("mail", TbSetup, mail, object, .noun = &tb_mail_noun),
  TB_KEY ("reminders", TbSetup, reminders, list, .noun = &tb_reminder_noun),
};
const TbSetupNoun tb_setup_noun = TB_NOUN (setup_keys, tb_setup_new, tb_setup_free, NULL);
