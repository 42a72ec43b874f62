/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-products.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-whmcs-talk.h"

/* ---- products ---- */

static void
price_free (gpointer data)
{
  TbWhmcsPrice *self = data;

  g_free (self->currency_code);
  g_free (self);
}

void
tb_whmcs_product_free (TbWhmcsProduct *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->name);
  g_free (self->description);
  g_free (self->module);
  g_free (self->pay_type);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->custom_fields);
  g_free (self);
}

static TbAmount
read_price (TbWhmcsFields *row, const char *name)
{
  TbAmount amount = tb_whmcs_fields_get_amount (row, name);

  return amount < 0 ? TB_DECIMAL_NONE : amount;
}

/* Prices are members by the currency's code: {"USD":{"monthly":"10.00"}}. */
static void
read_prices (TbWhmcsFields *row, GPtrArray *prices)
{
  JsonNode *pricing = tb_json_at (row->node, "pricing");
  JsonObjectIter iter;
  const char *code;
  JsonNode *node;

  if (pricing == NULL || !JSON_NODE_HOLDS_OBJECT (pricing))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (pricing));
  while (json_object_iter_next_ordered (&iter, &code, &node))
    {
      TbWhmcsFields at = { .node = node };
      TbWhmcsPrice *price = g_new0 (TbWhmcsPrice, 1);

      price->currency_code = g_strdup (code);
      price->setup = read_price (&at, "msetupfee");
      price->monthly = read_price (&at, "monthly");
      price->quarterly = read_price (&at, "quarterly");
      price->semiannually = read_price (&at, "semiannually");
      price->annually = read_price (&at, "annually");
      price->biennially = read_price (&at, "biennially");
      price->triennially = read_price (&at, "triennially");
      g_ptr_array_add (prices, price);
      tb_whmcs_fields_check (&at, "pricing", row->error == NULL ? &row->error : NULL);
    }
}

static gpointer
read_product (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsProduct *self = g_new0 (TbWhmcsProduct, 1);

  self->id = tb_whmcs_fields_get_int (row, "pid");
  self->group = tb_whmcs_fields_get_int (row, "gid");
  self->type = tb_whmcs_fields_dup_text (row, "type");
  self->name = tb_whmcs_fields_dup_text (row, "name");
  self->description = tb_whmcs_fields_dup_text (row, "description");
  self->module = tb_whmcs_fields_dup_text (row, "module");
  self->pay_type = tb_whmcs_fields_dup_text (row, "paytype");
  self->prices = g_ptr_array_new_with_free_func (price_free);
  read_prices (row, self->prices);
  self->custom_fields = tb_whmcs_read_custom_fields (row);
  return self;
}

GPtrArray *
tb_whmcs_list_products (TbWhmcs *self, const char *module, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetProducts");
  const TbWhmcsList list = { .form = form, .plural = "products", .singular = "product", .what = _("Products"), .above = G_MININT64,
                             .read = read_product, .free_item = (GDestroyNotify) tb_whmcs_product_free };

  tb_whmcs_form_add_text (form, "module", module);
  return tb_whmcs_list_whole (self, &list, error);
}

/* ---- services ---- */

static const struct { const char *name, *sent_as; gsize offset; } texts[] = {
  { "name", NULL, G_STRUCT_OFFSET (TbWhmcsService, name) },
  { "groupname", NULL, G_STRUCT_OFFSET (TbWhmcsService, group) },
  { "domain", "domain", G_STRUCT_OFFSET (TbWhmcsService, domain) },
  { "username", "serviceusername", G_STRUCT_OFFSET (TbWhmcsService, username) },
  { "servername", NULL, G_STRUCT_OFFSET (TbWhmcsService, server_name) },
  { "status", "status", G_STRUCT_OFFSET (TbWhmcsService, status) },
  { "suspensionreason", "suspendreason", G_STRUCT_OFFSET (TbWhmcsService, suspension_reason) },
  { "billingcycle", "billingcycle", G_STRUCT_OFFSET (TbWhmcsService, cycle) },
  { "paymentmethod", "paymentmethod", G_STRUCT_OFFSET (TbWhmcsService, payment_method) },
  { "notes", "notes", G_STRUCT_OFFSET (TbWhmcsService, notes) },
};

static char **
text_of (TbWhmcsService *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, texts[i].offset);
}

TbWhmcsService *
tb_whmcs_service_new (void)
{
  TbWhmcsService *self = g_new0 (TbWhmcsService, 1);

  self->registered = self->next_due = TB_DAY_NONE;
  self->first_amount = self->recurring_amount = TB_DECIMAL_NONE;
  self->custom_fields = tb_whmcs_custom_fields_new ();
  return self;
}

void
tb_whmcs_service_free (TbWhmcsService *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*text_of (self, i));
  g_ptr_array_unref (self->custom_fields);
  g_free (self);
}

static gpointer
read_service (TbWhmcsFields *row, gpointer data)
{
  TbWhmcsService *self = tb_whmcs_service_new ();

  self->id = tb_whmcs_fields_get_int (row, "id");
  self->client = tb_whmcs_fields_get_int (row, "clientid");
  self->product = tb_whmcs_fields_get_int (row, "pid");
  self->order = tb_whmcs_fields_get_int (row, "orderid");
  self->server = tb_whmcs_fields_get_int (row, "serverid");
  self->quantity = tb_whmcs_fields_has (row, "qty") ? tb_whmcs_fields_get_int (row, "qty") : 1;
  self->registered = tb_whmcs_fields_get_day (row, "regdate");
  self->next_due = tb_whmcs_fields_get_day (row, "nextduedate");
  self->first_amount = tb_whmcs_fields_get_amount (row, "firstpaymentamount");
  self->recurring_amount = tb_whmcs_fields_get_amount (row, "recurringamount");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_of (self, i) = tb_whmcs_fields_dup_text (row, texts[i].name);
  g_ptr_array_unref (self->custom_fields);
  self->custom_fields = tb_whmcs_read_custom_fields (row);
  return self;
}

static GPtrArray *
list_services (TbWhmcs *self, const char *by, gint64 id, GError **error)
{
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("GetClientsProducts");
  const TbWhmcsList list = { .form = form, .plural = "products", .singular = "product", .what = _("Services"), .above = G_MININT64,
                             .read = read_service, .free_item = (GDestroyNotify) tb_whmcs_service_free };

  tb_whmcs_form_add_id (form, by, id);
  return tb_whmcs_list (self, &list, error);
}

GPtrArray *
tb_whmcs_list_services (TbWhmcs *self, gint64 client, GError **error)
{
  return list_services (self, "clientid", client, error);
}

TbWhmcsService *
tb_whmcs_get_service (TbWhmcs *self, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) services = list_services (self, "serviceid", id, error);

  if (services == NULL)
    return NULL;
  for (guint i = 0; i < services->len; i++)
    if (((TbWhmcsService *) services->pdata[i])->id == id)
      return g_ptr_array_steal_index (services, i);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("%s has no service %" PRId64 "."), tb_whmcs_get_host (self), id);
  return NULL;
}

/* ---- changes ---- */

static TbWhmcsForm *
form_for_service (const char *action, gint64 service)
{
  TbWhmcsForm *form = tb_whmcs_form_new (action);

  tb_whmcs_form_add_int (form, "serviceid", service);
  return form;
}

TbWhmcsOutcome
tb_whmcs_suspend (TbWhmcs *self, gint64 service, const char *reason, GError **error)
{
  TbWhmcsForm *form = form_for_service ("ModuleSuspend", service);

  tb_whmcs_form_add_text (form, "suspendreason", reason);
  return tb_whmcs_do (self, form, error);
}

TbWhmcsOutcome
tb_whmcs_unsuspend (TbWhmcs *self, gint64 service, GError **error)
{
  return tb_whmcs_do (self, form_for_service ("ModuleUnsuspend", service), error);
}

TbWhmcsOutcome
tb_whmcs_change_service (TbWhmcs *self, gint64 service, const TbWhmcsService *changes, GError **error)
{
  TbWhmcsForm *form = form_for_service ("UpdateClientProduct", service);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].sent_as != NULL)
      tb_whmcs_form_add_text (form, texts[i].sent_as, *text_of ((TbWhmcsService *) changes, i));
  tb_whmcs_form_add_day (form, "nextduedate", changes->next_due);
  tb_whmcs_form_add_amount (form, "firstpaymentamount", changes->first_amount);
  tb_whmcs_form_add_amount (form, "recurringamount", changes->recurring_amount);
  tb_whmcs_form_add_custom_fields (form, changes->custom_fields);
  return tb_whmcs_do (self, form, error);
}
