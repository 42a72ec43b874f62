/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-repair.h"
#include "tb-text.h"

/* ---- rates, plans, filters ---- */

G_GNUC_PRINTF (2, 3)
static gboolean
not_found (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (TB_ERROR, TB_ERROR_NOT_FOUND, format, arguments));
  va_end (arguments);
  return FALSE;
}

static GPtrArray *
rates_of (const TbRepair *self, TbSetup *setup, GError **error)
{
  TbTariff *tariff;
  TbPackage *package;
  TbClient *client;

  if (self->tariff != NULL)
    {
      tariff = tb_setup_find_tariff (setup, self->tariff);
      if (tariff == NULL)
        not_found (error, _("There is no tariff “%s”."), self->tariff);
      return tariff != NULL ? tariff->rates : NULL;
    }
  if (self->package != NULL)
    {
      package = tb_setup_find_package (setup, self->package);
      if (package == NULL)
        not_found (error, _("There is no package “%s”."), self->package);
      return package != NULL ? package->custom_rates : NULL;
    }
  client = self->client != NULL ? tb_setup_find_client (setup, self->client) : NULL;
  if (client == NULL)
    not_found (error, _("There is no client “%s”."), self->client != NULL ? self->client : "");
  return client != NULL ? client->custom_rates : NULL;
}

/* A rate that begins with this one on the same day gives way to it, and so does one that blocks the prefix: that is what is being undone. */
static gboolean
gives_way (const TbRate *old, const TbRate *new)
{
  return tb_rate_same_key (old, new) || (!old->enabled && strcmp (old->prefix, new->prefix) == 0);
}

static gboolean
change_rate (const TbRepair *self, TbSetup *setup, GError **error)
{
  GPtrArray *rates = rates_of (self, setup, error);

  if (rates == NULL)
    return FALSE;
  if (self->rate->rate == TB_DECIMAL_NONE)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("A rate for %s needs a price."), self->rate->prefix);
      return FALSE;
    }
  if (self->rate->prefix[strspn (self->rate->prefix, "0123456789")] != '\0')
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a prefix: it may hold digits only."), self->rate->prefix);
      return FALSE;
    }
  for (guint i = rates->len; i > 0; i--)
    if (gives_way (rates->pdata[i - 1], self->rate))
      g_ptr_array_remove_index (rates, i - 1);
  g_ptr_array_add (rates, tb_rate_copy (self->rate));
  return TRUE;
}

static gboolean
change_plan (const TbRepair *self, TbSetup *setup, GError **error)
{
  TbPackage *package = tb_setup_find_package (setup, self->package);

  if (package == NULL)
    return not_found (error, _("There is no package “%s”."), self->package);
  tb_number_plan_clear (&package->number_plan);
  tb_number_plan_copy (&self->plan, &package->number_plan);
  return TRUE;
}

static gboolean
change_filter (const TbRepair *self, TbSetup *setup, GError **error)
{
  g_autoptr (TbPattern) pattern = tb_pattern_new (self->pattern, error);
  TbPackage *package = self->package != NULL ? tb_setup_find_package (setup, self->package) : NULL;
  TbFilter *filter;

  if (pattern == NULL)
    return FALSE;
  if (self->package != NULL && package == NULL)
    return not_found (error, _("There is no package “%s”."), self->package);
  filter = tb_filter_new ();
  filter->connection = g_strdup (self->connection);
  filter->match = TB_FILTER_ON_DESTINATION;
  filter->pattern = g_strdup (self->pattern);
  filter->action = self->action;
  g_ptr_array_add (package != NULL ? package->filters : setup->filters, filter);
  return TRUE;
}

/* ---- services ---- */

static gboolean
lists (char **texts, const char *text)
{
  return texts != NULL && g_strv_contains ((const char *const *) texts, text);
}

static void
add_texts (char ***texts, char **more)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  if (more == NULL)
    return;
  if (*texts != NULL)
    g_strv_builder_addv (all, (const char **) *texts);
  for (char **text = more; *text != NULL; text++)
    if (!lists (*texts, *text))
      g_strv_builder_add (all, *text);
  g_strfreev (*texts);
  *texts = g_strv_builder_end (all);
}

static gboolean
drop_texts (char ***texts, char **those)
{
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  gboolean dropped = FALSE;

  for (char **text = *texts; text != NULL && *text != NULL; text++)
    if (lists (those, *text))
      dropped = TRUE;
    else
      g_strv_builder_add (rest, *text);
  if (!dropped)
    return FALSE;
  g_strfreev (*texts);
  *texts = g_strv_builder_end (rest);
  return TRUE;
}

static gboolean
has_texts (char **texts)
{
  return texts != NULL && *texts != NULL;
}

static gboolean
is_of_tenant (const TbService *service, const char *connection, const char *tenant)
{
  return g_strcmp0 (service->connection, connection) == 0
         && (service->tenant == NULL || *service->tenant == '\0' || g_strcmp0 (service->tenant, tenant) == 0);
}

/* A service that is left with no extension and no number would claim all that nobody lists: that is never meant by taking one away. */
static gboolean
take_off (const TbRepair *self, TbSetup *setup, const TbService *receiver, GError **error)
{
  for (guint i = 0; i < setup->services->len; i++)
    {
      TbService *other = setup->services->pdata[i];
      gboolean taken;

      if (other == receiver || !is_of_tenant (other, receiver->connection, self->tenant))
        continue;
      taken = drop_texts (&other->extensions, self->extensions);
      taken = drop_texts (&other->dids, self->dids) || taken;
      if (taken && !has_texts (other->extensions) && !has_texts (other->dids))
        {
          g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                       _("Service %s would be left with no extension and no number, and then claim every other call of its tenant. "
                         "End it, or give it another."),
                       other->key);
          return FALSE;
        }
    }
  return TRUE;
}

static TbService *
make_service (const TbRepair *self, TbSetup *setup, GError **error)
{
  TbService *service;

  if (self->client == NULL || tb_setup_find_client (setup, self->client) == NULL)
    return not_found (error, _("There is no client “%s”."), self->client != NULL ? self->client : ""), NULL;
  if (self->package == NULL || tb_setup_find_package (setup, self->package) == NULL)
    return not_found (error, _("There is no package “%s”."), self->package != NULL ? self->package : ""), NULL;
  if (self->connection == NULL || tb_setup_find_connection (setup, self->connection) == NULL)
    return not_found (error, _("There is no connection “%s”."), self->connection != NULL ? self->connection : ""), NULL;
  service = tb_service_new ();
  tb_set_str (&service->key, self->service);
  tb_set_str (&service->client, self->client);
  tb_set_str (&service->package, self->package);
  tb_set_str (&service->connection, self->connection);
  tb_set_str (&service->tenant, self->tenant);
  g_ptr_array_add (setup->services, service);
  return service;
}

static gboolean
change_service (const TbRepair *self, TbSetup *setup, GError **error)
{
  TbService *service = self->service != NULL ? tb_setup_find_service (setup, self->service) : NULL;

  if (service != NULL && tb_repair_makes_service (self))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("There is a service “%s” already."), self->service);
      return FALSE;
    }
  if (service == NULL && !tb_repair_makes_service (self))
    return not_found (error, _("There is no service “%s”."), self->service != NULL ? self->service : "");
  if (service == NULL && (service = make_service (self, setup, error)) == NULL)
    return FALSE;
  add_texts (&service->extensions, self->extensions);
  add_texts (&service->dids, self->dids);
  if (self->starts != TB_DAY_NONE)
    service->starts = self->starts;
  return take_off (self, setup, service, error);
}

/* ---- all of them ---- */

gboolean
tb_repair_change (const TbRepair *self, TbSetup *setup, GError **error)
{
  switch (self->kind)
    {
    case TB_REPAIR_RATE:
      return change_rate (self, setup, error);
    case TB_REPAIR_NUMBER_PLAN:
      return change_plan (self, setup, error);
    case TB_REPAIR_ASSIGN:
      return change_service (self, setup, error);
    case TB_REPAIR_FILTER:
      return change_filter (self, setup, error);
    case TB_REPAIR_RATE_CALLS:
    default:
      return TRUE;
    }
}

/* ---- what is to be written ---- */

static void
extract_services (const TbRepair *self, const TbSetup *setup, TbSetup *part)
{
  const TbService *receiver = tb_setup_find_service (setup, self->service);

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];

      if (service == receiver || is_of_tenant (service, receiver->connection, self->tenant))
        g_ptr_array_add (part->services, tb_service_copy (service));
    }
}

TbSetup *
tb_repair_extract (const TbRepair *self, const TbSetup *setup)
{
  TbSetup *part = tb_setup_new ();

  if (self->kind == TB_REPAIR_ASSIGN)
    extract_services (self, setup, part);
  else if (self->kind == TB_REPAIR_RATE && self->tariff != NULL)
    g_ptr_array_add (part->tariffs, tb_tariff_copy (tb_setup_find_tariff (setup, self->tariff)));
  else if (self->kind == TB_REPAIR_RATE && self->package == NULL)
    g_ptr_array_add (part->clients, tb_client_copy (tb_setup_find_client (setup, self->client)));
  else if (self->package != NULL)
    g_ptr_array_add (part->packages, tb_package_copy (tb_setup_find_package (setup, self->package)));
  else if (self->kind == TB_REPAIR_FILTER)
    for (guint i = 0; i < setup->filters->len; i++)
      g_ptr_array_add (part->filters, tb_filter_copy (setup->filters->pdata[i]));
  return part;
}
