/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define NAMES_SHOWN 8

TbWhmcsSettings *
tb_whmcs_settings_new (void)
{
  TbWhmcsSettings *self = g_new0 (TbWhmcsSettings, 1);

  self->since = TB_DAY_NONE;
  return self;
}

gboolean
tb_whmcs_settings_is_before (const TbWhmcsSettings *self, TbDay issued)
{
  return self != NULL && self->since != TB_DAY_NONE && issued < self->since;
}

static void
whmcs_free (TbWhmcsSettings *self)
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
mail_free (TbMailSettings *self)
{
  g_free (self->server);
  g_free (self->from);
  g_free (self->user);
  g_free (self);
}

static void
reminder_free (TbReminderStage *self)
{
  g_free (self->stage);
  g_free (self->subject);
  g_free (self->body);
  g_free (self);
}

TbSetup *
tb_setup_new (void)
{
  TbSetup *self = g_new0 (TbSetup, 1);

  self->exchange_rates = g_array_new (FALSE, FALSE, sizeof (TbExchangeRate));
  self->taxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_tax_free);
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_provider_free);
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_connection_free);
  self->tariffs = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_tariff_free);
  self->packages = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_package_free);
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_filter_free);
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);
  self->services = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_service_free);
  self->reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) reminder_free);
  return self;
}

void
tb_setup_free (TbSetup *self)
{
  if (self == NULL)
    return;
  tb_company_free (self->company);
  g_array_unref (self->exchange_rates);
  g_ptr_array_unref (self->taxes);
  g_ptr_array_unref (self->providers);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->tariffs);
  g_ptr_array_unref (self->packages);
  g_ptr_array_unref (self->filters);
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->reminders);
  g_clear_pointer (&self->whmcs, whmcs_free);
  g_clear_pointer (&self->mail, mail_free);
  g_free (self);
}

/* Every noun is found by a text at a fixed place in its struct. */
static gpointer
find_by (GPtrArray *list, gsize offset, const char *name)
{
  for (guint i = 0; name != NULL && i < list->len; i++)
    if (g_strcmp0 (G_STRUCT_MEMBER (char *, list->pdata[i], offset), name) == 0)
      return list->pdata[i];
  return NULL;
}

TbTariff *
tb_setup_find_tariff (const TbSetup *self, const char *name)
{
  return find_by (self->tariffs, G_STRUCT_OFFSET (TbTariff, name), name);
}

TbPackage *
tb_setup_find_package (const TbSetup *self, const char *name)
{
  return find_by (self->packages, G_STRUCT_OFFSET (TbPackage, name), name);
}

TbConnection *
tb_setup_find_connection (const TbSetup *self, const char *name)
{
  return find_by (self->connections, G_STRUCT_OFFSET (TbConnection, name), name);
}

TbProvider *
tb_setup_find_provider (const TbSetup *self, const char *name)
{
  return find_by (self->providers, G_STRUCT_OFFSET (TbProvider, name), name);
}

TbClient *
tb_setup_find_client (const TbSetup *self, const char *key)
{
  return find_by (self->clients, G_STRUCT_OFFSET (TbClient, key), key);
}

TbService *
tb_setup_find_service (const TbSetup *self, const char *key)
{
  return find_by (self->services, G_STRUCT_OFFSET (TbService, key), key);
}

TbTax *
tb_setup_find_tax (const TbSetup *self, const char *name)
{
  return find_by (self->taxes, G_STRUCT_OFFSET (TbTax, name), name);
}

/* ---- validation ---- */

/* Names of one list as a set; reports the first that is missing or there twice. */
static GHashTable *
index_names (GPtrArray *list, gsize offset, const char *path, const char *key, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < list->len; i++)
    {
      char *name = G_STRUCT_MEMBER (char *, list->pdata[i], offset);

      if (name == NULL || *name == '\0')
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s[%u].%s: a name is missing"), path, i, key);
          return NULL;
        }
      if (!g_hash_table_add (names, name))
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s[%u].%s: “%s” is there twice"), path, i, key, name);
          return NULL;
        }
    }
  return g_steal_pointer (&names);
}

typedef struct
{
  GHashTable *taxes, *tariffs, *providers, *connections, *packages, *clients, *services, *reminders;
} Names;

static void
names_clear (Names *self)
{
  GHashTable **tables[] = { &self->taxes, &self->tariffs, &self->providers, &self->connections, &self->packages, &self->clients,
                            &self->services, &self->reminders };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

static gboolean
names_init (Names *self, const TbSetup *setup, GError **error)
{
  return (self->taxes = index_names (setup->taxes, G_STRUCT_OFFSET (TbTax, name), "taxes", "name", error)) != NULL
         && (self->tariffs = index_names (setup->tariffs, G_STRUCT_OFFSET (TbTariff, name), "tariffs", "name", error)) != NULL
         && (self->providers = index_names (setup->providers, G_STRUCT_OFFSET (TbProvider, name), "providers", "name", error)) != NULL
         && (self->connections = index_names (setup->connections, G_STRUCT_OFFSET (TbConnection, name), "connections", "name", error)) != NULL
         && (self->packages = index_names (setup->packages, G_STRUCT_OFFSET (TbPackage, name), "packages", "name", error)) != NULL
         && (self->clients = index_names (setup->clients, G_STRUCT_OFFSET (TbClient, key), "clients", "id", error)) != NULL
         && (self->services = index_names (setup->services, G_STRUCT_OFFSET (TbService, key), "services", "id", error)) != NULL
         && (self->reminders = index_names (setup->reminders, G_STRUCT_OFFSET (TbReminderStage, stage), "reminders", "stage", error)) != NULL;
}

/* "“a”, “b”, …" for a message; "none". */
static char *
list_names (GHashTable *names)
{
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (GList *at = sorted; at != NULL && n < NAMES_SHOWN; at = at->next, n++)
    g_string_append_printf (text, "%s“%s”", n == 0 ? "" : ", ", (const char *) at->data);
  if (g_hash_table_size (names) > NAMES_SHOWN)
    g_string_append (text, ", …");
  return g_strdup (text->len > 0 ? text->str : _("none"));
}

/* `needed` says whether the reference must be given. */
static gboolean
check_reference (GHashTable *names, const char *name, gboolean needed, const char *path, guint i, const char *key, GError **error)
{
  g_autofree char *known = NULL;

  if (name == NULL || *name == '\0')
    {
      if (!needed)
        return TRUE;
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s[%u].%s: is missing"), path, i, key);
      return FALSE;
    }
  if (g_hash_table_contains (names, name))
    return TRUE;

  known = list_names (names);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s[%u].%s: there is no “%s”; there is %s"), path, i, key, name, known);
  return FALSE;
}

static gboolean
check_zone (const char *zone, const char *path, GError **error)
{
  g_autoptr (TbZone) found = tb_zone_new (zone, error);

  if (found == NULL)
    g_prefix_error (error, "%s: ", path);
  return found != NULL;
}

static gboolean
check_zones (const TbSetup *self, GError **error)
{
  if (self->company != NULL && !check_zone (self->company->time_zone, "company.time_zone", error))
    return FALSE;
  for (guint i = 0; i < self->connections->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("connections[%u].time_zone", i);

      if (!check_zone (((TbConnection *) self->connections->pdata[i])->time_zone, path, error))
        return FALSE;
    }
  for (guint i = 0; i < self->tariffs->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("tariffs[%u].time_zone", i);

      if (!check_zone (((TbTariff *) self->tariffs->pdata[i])->time_zone, path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_services (const TbSetup *self, const Names *names, GError **error)
{
  for (guint i = 0; i < self->services->len; i++)
    {
      const TbService *service = self->services->pdata[i];

      if (!check_reference (names->clients, service->client, TRUE, "services", i, "client", error)
          || !check_reference (names->packages, service->package, TRUE, "services", i, "package", error)
          || !check_reference (names->connections, service->connection, FALSE, "services", i, "connection", error))
        return FALSE;
      if (service->starts != TB_DAY_NONE && service->ends != TB_DAY_NONE && service->ends < service->starts)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("services[%u].ends: is before its start"), i);
          return FALSE;
        }
    }
  return TRUE;
}

/* Rules that name a connection, of all packages or of one. */
static gboolean
check_filters (GPtrArray *filters, const char *path, const Names *names, GError **error)
{
  for (guint i = 0; i < filters->len; i++)
    if (!check_reference (names->connections, ((TbFilter *) filters->pdata[i])->connection, FALSE, path, i, "connection", error))
      return FALSE;
  return TRUE;
}

static gboolean
check_packages (const TbSetup *self, const Names *names, GError **error)
{
  for (guint i = 0; i < self->packages->len; i++)
    {
      const TbPackage *package = self->packages->pdata[i];
      g_autofree char *path = g_strdup_printf ("packages[%u].filters", i);

      if (!check_reference (names->tariffs, package->tariff, FALSE, "packages", i, "tariff", error)
          || !check_filters (package->filters, path, names, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_references (const TbSetup *self, const Names *names, GError **error)
{
  for (guint i = 0; i < self->providers->len; i++)
    if (!check_reference (names->tariffs, ((TbProvider *) self->providers->pdata[i])->tariff, FALSE, "providers", i, "tariff", error))
      return FALSE;
  for (guint i = 0; i < self->connections->len; i++)
    if (!check_reference (names->providers, ((TbConnection *) self->connections->pdata[i])->provider, FALSE, "connections", i, "provider", error))
      return FALSE;
  for (guint i = 0; i < self->clients->len; i++)
    if (!check_reference (names->taxes, ((TbClient *) self->clients->pdata[i])->tax, FALSE, "clients", i, "tax", error))
      return FALSE;
  return check_packages (self, names, error) && check_filters (self->filters, "filters", names, error) && check_services (self, names, error);
}

static gboolean
check_exchange_rates (const TbSetup *self, GError **error)
{
  for (guint i = 0; i < self->exchange_rates->len; i++)
    {
      const TbExchangeRate *rate = &g_array_index (self->exchange_rates, TbExchangeRate, i);

      if (rate->rate <= 0)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("currencies: the exchange rate of %s must be above zero"),
                       tb_currency_to_string (rate->currency));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
tb_setup_validate (const TbSetup *self, GError **error)
{
  g_auto (Names) names = { NULL };

  return names_init (&names, self, error) && check_references (self, &names, error) && check_zones (self, error)
         && check_exchange_rates (self, error);
}

/* ---- currencies ---- */

TbCurrency
tb_setup_get_currency (const TbSetup *self)
{
  return self->company != NULL ? self->company->currency : TB_CURRENCY_NONE;
}

gboolean
tb_setup_get_exchange_rate (const TbSetup *self, TbCurrency currency, TbDay day, TbDecimal *ret, GError **error)
{
  const TbExchangeRate *best = NULL;
  g_autofree char *text = NULL;

  if (currency == tb_setup_get_currency (self))
    {
      *ret = TB_DECIMAL_ONE;
      return TRUE;
    }
  for (guint i = 0; i < self->exchange_rates->len; i++)
    {
      const TbExchangeRate *rate = &g_array_index (self->exchange_rates, TbExchangeRate, i);

      if (rate->currency == currency && rate->from <= day && (best == NULL || rate->from > best->from))
        best = rate;
    }
  if (best != NULL)
    {
      *ret = best->rate;
      return TRUE;
    }

  text = tb_day_format (day);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no exchange rate from %s to %s for %s. Add one to the currencies."),
               tb_currency_to_string (currency), tb_currency_to_string (tb_setup_get_currency (self)), text);
  return FALSE;
}

gboolean
tb_setup_get_exchange_rates (const TbSetup *self, TbCurrency from, TbCurrency to, TbDay day, TbDecimal *ret_from, TbDecimal *ret_to, GError **error)
{
  TbDecimal of_from = TB_DECIMAL_ONE, of_to = TB_DECIMAL_ONE;

  if (from != to && (!tb_setup_get_exchange_rate (self, from, day, &of_from, error) || !tb_setup_get_exchange_rate (self, to, day, &of_to, error)))
    return FALSE;
  *ret_from = of_from;
  *ret_to = of_to;
  return TRUE;
}
