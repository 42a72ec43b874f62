/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-clients.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-whmcs-talk.h"

/* Texts of a client: how WHMCS calls them when it says them, and when it is told (NULL = is not). */
static const struct { const char *name, *sent_as; gsize offset; gboolean full; } texts[] = {
  { "firstname", "firstname", G_STRUCT_OFFSET (TbWhmcsClient, first_name), FALSE },
  { "lastname", "lastname", G_STRUCT_OFFSET (TbWhmcsClient, last_name), FALSE },
  { "companyname", "companyname", G_STRUCT_OFFSET (TbWhmcsClient, company), FALSE },
  { "email", "email", G_STRUCT_OFFSET (TbWhmcsClient, email), FALSE },
  { "status", NULL, G_STRUCT_OFFSET (TbWhmcsClient, status), FALSE },
  { "address1", "address1", G_STRUCT_OFFSET (TbWhmcsClient, address1), TRUE },
  { "address2", "address2", G_STRUCT_OFFSET (TbWhmcsClient, address2), TRUE },
  { "city", "city", G_STRUCT_OFFSET (TbWhmcsClient, city), TRUE },
  { "state", "state", G_STRUCT_OFFSET (TbWhmcsClient, state), TRUE },
  { "postcode", "postcode", G_STRUCT_OFFSET (TbWhmcsClient, postcode), TRUE },
  { "country", "country", G_STRUCT_OFFSET (TbWhmcsClient, country), TRUE },
  { "phonenumber", "phonenumber", G_STRUCT_OFFSET (TbWhmcsClient, phone), TRUE },
  { "tax_id", "tax_id", G_STRUCT_OFFSET (TbWhmcsClient, tax_id), TRUE },
  { "notes", "notes", G_STRUCT_OFFSET (TbWhmcsClient, notes), TRUE },
  { "language", "language", G_STRUCT_OFFSET (TbWhmcsClient, language), TRUE },
  { "defaultgateway", NULL, G_STRUCT_OFFSET (TbWhmcsClient, payment_method), TRUE },
  { "currency_code", NULL, G_STRUCT_OFFSET (TbWhmcsClient, currency_code), TRUE },
};

/* ---- custom fields ---- */

static void
custom_field_free (gpointer data)
{
  TbWhmcsCustomField *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

GPtrArray *
tb_whmcs_custom_fields_new (void)
{
  return g_ptr_array_new_with_free_func (custom_field_free);
}

void
tb_whmcs_custom_fields_add (GPtrArray *self, gint64 id, const char *name, const char *value)
{
  TbWhmcsCustomField *field = g_new0 (TbWhmcsCustomField, 1);

  field->id = id;
  field->name = g_strdup (name);
  field->value = g_strdup (value);
  g_ptr_array_add (self, field);
}

const char *
tb_whmcs_custom_fields_get (const GPtrArray *self, gint64 id)
{
  for (guint i = 0; self != NULL && i < self->len; i++)
    {
      const TbWhmcsCustomField *field = self->pdata[i];

      if (field->id == id)
        return field->value;
    }
  return NULL;
}

GPtrArray *
tb_whmcs_read_custom_fields (TbWhmcsFields *row)
{
  GPtrArray *fields = tb_whmcs_custom_fields_new ();
  g_autoptr (GPtrArray) rows = tb_whmcs_find_rows (row->node, "customfields", "customfield", row->error == NULL ? &row->error : NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      TbWhmcsFields at = { .node = rows->pdata[i] };
      g_autofree char *name = tb_whmcs_fields_dup_text (&at, "name");
      g_autofree char *value = tb_whmcs_fields_dup_text (&at, "value");

      tb_whmcs_custom_fields_add (fields, tb_whmcs_fields_get_int (&at, "id"), name, value);
      tb_whmcs_fields_check (&at, "customfields", row->error == NULL ? &row->error : NULL);
    }
  return fields;
}

void
tb_whmcs_form_add_custom_fields (TbWhmcsForm *form, const GPtrArray *fields)
{
  guint n = fields != NULL ? fields->len : 0;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree const char **pairs = g_new0 (const char *, 2 * n + 1);

  for (guint i = 0; i < n; i++)
    {
      const TbWhmcsCustomField *field = fields->pdata[i];

      g_ptr_array_add (ids, g_strdup_printf ("%" G_GINT64_FORMAT, field->id));
      pairs[2 * i] = ids->pdata[i];
      pairs[2 * i + 1] = field->value != NULL ? field->value : "";
    }
  tb_whmcs_form_add_array (form, "customfields", pairs, n);
}

/* ---- a client ---- */

static char **
text_of (TbWhmcsClient *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, texts[i].offset);
}

TbWhmcsClient *
tb_whmcs_client_new (void)
{
  TbWhmcsClient *self = g_new0 (TbWhmcsClient, 1);

  self->created = TB_DAY_NONE;
  self->custom_fields = tb_whmcs_custom_fields_new ();
  return self;
}

void
tb_whmcs_client_free (TbWhmcsClient *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*text_of (self, i));
  g_ptr_array_unref (self->custom_fields);
  g_free (self);
}

static TbWhmcsClient *
read_common (TbWhmcsFields *row)
{
  TbWhmcsClient *self = tb_whmcs_client_new ();

  self->id = tb_whmcs_fields_get_int (row, tb_whmcs_fields_has (row, "id") ? "id" : "client_id");
  self->group = tb_whmcs_fields_get_int (row, "groupid");
  self->created = tb_whmcs_fields_get_day (row, "datecreated");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_of (self, i) = texts[i].full ? g_strdup ("") : tb_whmcs_fields_dup_text (row, texts[i].name);
  return self;
}

static gpointer
read_listed (TbWhmcsFields *row, gpointer data)
{
  return read_common (row);
}

static TbWhmcsClient *
read_full (TbWhmcsFields *row)
{
  TbWhmcsClient *self = read_common (row);

  self->full = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].full)
      {
        g_free (*text_of (self, i));
        *text_of (self, i) = tb_whmcs_fields_dup_text (row, texts[i].name);
      }
  if (*self->country == '\0')
    {
      g_free (self->country);
      self->country = tb_whmcs_fields_dup_text (row, "countrycode");
    }
  self->currency_id = tb_whmcs_fields_get_int (row, "currency");
  self->currency = TB_CURRENCY_NONE;
  tb_currency_parse (self->currency_code, &self->currency, NULL);
  self->credit = tb_whmcs_fields_get_amount (row, "credit");
  self->tax_exempt = tb_whmcs_fields_get_flag (row, "taxexempt");
  self->separate_invoices = tb_whmcs_fields_get_flag (row, "separateinvoices");
  g_ptr_array_unref (self->custom_fields);
  self->custom_fields = tb_whmcs_read_custom_fields (row);
  return self;
}

/* ---- actions ---- */

GPtrArray *
tb_whmcs_list_clients (TbWhmcs *self, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetClients");
  const TbWhmcsList list = { .form = form, .plural = "clients", .singular = "client", .what = _("Clients"), .ordered = TRUE, .above = G_MININT64,
                             .read = read_listed, .free_item = (GDestroyNotify) tb_whmcs_client_free };

  tb_whmcs_form_add_text (form, "orderby", "id");
  tb_whmcs_form_add_text (form, "sorting", "ASC");
  return tb_whmcs_list (self, &list, error);
}

/* The client's fields stand also outside of "client", which is to go. Takes the form. */
static TbWhmcsClient *
get_details (TbWhmcs *self, TbWhmcsForm *form, GError **error)
{
  g_autoptr (TbWhmcsReply) reply = tb_whmcs_ask (self, form, error);
  g_autoptr (TbWhmcsClient) client = NULL;
  TbWhmcsFields row = { .node = NULL };

  if (reply == NULL)
    return NULL;
  row.node = tb_json_at (reply->root, "client");
  if (row.node == NULL || !JSON_NODE_HOLDS_OBJECT (row.node))
    row.node = reply->root;
  client = read_full (&row);
  if (!tb_whmcs_fields_check (&row, "GetClientsDetails", error))
    return NULL;
  if (client->id > 0)
    return g_steal_pointer (&client);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s answered GetClientsDetails without a client."), tb_whmcs_get_host (self));
  return NULL;
}

TbWhmcsClient *
tb_whmcs_get_client (TbWhmcs *self, gint64 id, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("GetClientsDetails");
  TbWhmcsClient *client;

  tb_whmcs_form_add_int (form, "clientid", id);
  client = get_details (self, form, error);
  if (client == NULL || client->id == id)
    return client;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _("%s was asked for client %" PRId64 " and answered with client %" PRId64 "."), tb_whmcs_get_host (self),
               id, client->id);
  tb_whmcs_client_free (client);
  return NULL;
}

TbWhmcsClient *
tb_whmcs_find_client (TbWhmcs *self, const char *email, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("GetClientsDetails");

  tb_whmcs_form_add_text (form, "email", email);
  return get_details (self, form, error);
}

static void
add_client_texts (TbWhmcsForm *form, const TbWhmcsClient *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].sent_as != NULL)
      tb_whmcs_form_add_text (form, texts[i].sent_as, *text_of ((TbWhmcsClient *) client, i));
  tb_whmcs_form_add_id (form, "currency", client->currency_id);
  tb_whmcs_form_add_id (form, "groupid", client->group);
  tb_whmcs_form_add_custom_fields (form, client->custom_fields);
}

/* 128 bits from the system, behind which nobody has to look. */
static char *
make_password (void)
{
  g_autofree char *a = g_uuid_string_random ();

  return g_strconcat ("Tb-", a, NULL);
}

TbWhmcsOutcome
tb_whmcs_add_client (TbWhmcs *self, const TbWhmcsClient *client, gint64 *ret_id, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("AddClient");
  g_autofree char *password = make_password ();

  add_client_texts (form, client);
  tb_whmcs_form_add_text (form, "password2", password);
  tb_whmcs_form_add_flag (form, "noemail", TRUE);
  return tb_whmcs_do_for_id (self, form, "clientid", ret_id, error);
}

TbWhmcsOutcome
tb_whmcs_change_client (TbWhmcs *self, gint64 id, const TbWhmcsClient *changes, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("UpdateClient");

  tb_whmcs_form_add_int (form, "clientid", id);
  add_client_texts (form, changes);
  tb_whmcs_form_add_text (form, "status", changes->status);
  tb_whmcs_form_add_text (form, "paymentmethod", changes->payment_method);
  return tb_whmcs_do (self, form, error);
}
