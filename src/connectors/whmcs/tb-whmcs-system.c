/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-system.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "tb-error.h"

/* ---- about ---- */

void
tb_whmcs_about_free (TbWhmcsAbout *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_free (self->admin);
  g_free (self->permissions);
  g_free (self);
}

static guint
read_number (const char **at)
{
  guint64 value = g_ascii_strtoull (*at, (char **) at, 10);

  *at += **at == '.';
  return (guint) MIN (value, 1000);
}

static TbWhmcsAbout *
ask_about (TbWhmcs *self, const char *action, GError **error)
{
  g_autoptr (TbWhmcsReply) reply = tb_whmcs_ask (self, tb_whmcs_form_new (action), error);
  g_autoptr (TbWhmcsAbout) about = NULL;
  TbWhmcsFields row = { .node = NULL };
  const char *at;

  if (reply == NULL)
    return NULL;
  about = g_new0 (TbWhmcsAbout, 1);
  row.node = reply->root;
  about->admin = tb_whmcs_fields_dup_text (&row, "name");
  about->permissions = tb_whmcs_fields_dup_text (&row, "allowedpermissions");
  about->version = tb_whmcs_fields_dup_text (&row, "whmcs/version");
  if (!tb_whmcs_fields_check (&row, action, error))
    return NULL;
  at = about->version;
  about->major = read_number (&at);
  about->minor = read_number (&at);
  return g_steal_pointer (&about);
}

TbWhmcsAbout *
tb_whmcs_get_admin (TbWhmcs *self, GError **error)
{
  return ask_about (self, "GetAdminDetails", error);
}

TbWhmcsAbout *
tb_whmcs_get_about (TbWhmcs *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  TbWhmcsAbout *about = ask_about (self, "WhmcsDetails", &reason);

  if (about != NULL)
    return about;
  if (!tb_whmcs_is_stopped (self)
      && (g_error_matches (reason, TB_ERROR, TB_ERROR_UNSUPPORTED) || g_error_matches (reason, TB_ERROR, TB_ERROR_AUTH)))
    return tb_whmcs_get_admin (self, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

/* ---- lists ---- */

void
tb_whmcs_currency_free (TbWhmcsCurrency *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self);
}

static gpointer
read_currency (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsCurrency *self = g_new0 (TbWhmcsCurrency, 1);

  self->id = tb_whmcs_fields_get_int (row, "id");
  self->code = tb_whmcs_fields_dup_text (row, "code");
  self->prefix = tb_whmcs_fields_dup_text (row, "prefix");
  self->suffix = tb_whmcs_fields_dup_text (row, "suffix");
  self->rate = tb_whmcs_fields_get_decimal (row, "rate");
  tb_currency_parse (self->code, &self->currency, NULL);
  return self;
}

void
tb_whmcs_payment_method_free (TbWhmcsPaymentMethod *self)
{
  if (self == NULL)
    return;
  g_free (self->module);
  g_free (self->name);
  g_free (self);
}

static gpointer
read_payment_method (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsPaymentMethod *self = g_new0 (TbWhmcsPaymentMethod, 1);

  self->module = tb_whmcs_fields_dup_text (row, "module");
  self->name = tb_whmcs_fields_dup_text (row, "displayname");
  return self;
}

void
tb_whmcs_activity_free (TbWhmcsActivity *self)
{
  if (self == NULL)
    return;
  g_free (self->date);
  g_free (self->description);
  g_free (self->user);
  g_free (self);
}

static gpointer
read_activity (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsActivity *self = g_new0 (TbWhmcsActivity, 1);

  self->id = tb_whmcs_fields_get_int (row, "id");
  self->client = tb_whmcs_fields_get_int (row, tb_whmcs_fields_has (row, "clientId") ? "clientId" : "userid");
  self->date = tb_whmcs_fields_dup_text (row, "date");
  self->description = tb_whmcs_fields_dup_text (row, "description");
  self->user = tb_whmcs_fields_dup_text (row, "username");
  return self;
}

GPtrArray *
tb_whmcs_list_currencies (TbWhmcs *self, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetCurrencies");
  const TbWhmcsList list = { .form = form, .plural = "currencies", .singular = "currency", .what = _("Currencies"), .above = G_MININT64,
                             .read = read_currency, .free_item = (GDestroyNotify) tb_whmcs_currency_free };

  return tb_whmcs_list_whole (self, &list, error);
}

GPtrArray *
tb_whmcs_list_payment_methods (TbWhmcs *self, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetPaymentMethods");
  const TbWhmcsList list = { .form = form,
                             .plural = "paymentmethods",
                             .singular = "paymentmethod",
                             .what = _("Payment methods"),
                             .above = G_MININT64,
                             .read = read_payment_method,
                             .free_item = (GDestroyNotify) tb_whmcs_payment_method_free };

  return tb_whmcs_list_whole (self, &list, error);
}

GPtrArray *
tb_whmcs_list_activity (TbWhmcs *self, gint64 client, const char *text, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetActivityLog");
  const TbWhmcsList list = { .form = form, .plural = "activity", .singular = "entry", .what = _("Activity"), .above = G_MININT64,
                             .read = read_activity, .free_item = (GDestroyNotify) tb_whmcs_activity_free };

  tb_whmcs_form_add_id (form, "clientid", client);
  tb_whmcs_form_add_text (form, "description", text);
  return tb_whmcs_list (self, &list, error);
}

char *
tb_whmcs_get_setting (TbWhmcs *self, const char *name, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("GetConfigurationValue");
  g_autoptr (TbWhmcsReply) reply = NULL;
  TbWhmcsFields row = { .node = NULL };
  g_autofree char *value = NULL;

  tb_whmcs_form_add_text (form, "setting", name);
  reply = tb_whmcs_ask (self, form, error);
  if (reply == NULL)
    return NULL;
  row.node = reply->root;
  value = tb_whmcs_fields_dup_text (&row, "value");
  return tb_whmcs_fields_check (&row, "GetConfigurationValue", error) ? g_steal_pointer (&value) : NULL;
}

/* ---- changes ---- */

TbWhmcsOutcome
tb_whmcs_log_activity (TbWhmcs *self, gint64 client, const char *text, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("LogActivity");

  tb_whmcs_form_add_id (form, "clientid", client);
  tb_whmcs_form_add_text (form, "description", text);
  return tb_whmcs_do (self, form, error);
}

TbWhmcsOutcome
tb_whmcs_send_email (TbWhmcs *self, const char *template_name, gint64 id, const char *const *pairs, guint n, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("SendEmail");

  tb_whmcs_form_add_text (form, "messagename", template_name);
  tb_whmcs_form_add_id (form, "id", id);
  tb_whmcs_form_add_array (form, "customvars", pairs, n);
  return tb_whmcs_do (self, form, error);
}
