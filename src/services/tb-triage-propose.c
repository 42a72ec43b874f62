/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-advice.h"
#include "tb-text.h"
#include "tb-triage-private.h"

/* Services of one tenant that are offered; a tenant with more is one where the clerk must know. */
#define SERVICES_MAX 6

static TbRepair *
add (TbTriageBucket *bucket, TbRepairKind kind)
{
  TbRepair *repair = tb_repair_new (kind);

  g_ptr_array_add (bucket->group.repairs, repair);
  return repair;
}

static char **
strv_of (GHashTable *set)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (set), (GCompareFunc) strcmp);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (GList *key = keys; key != NULL; key = key->next)
    g_strv_builder_add (texts, key->data);
  return g_strv_builder_end (texts);
}

/* ---- rates ---- */

static const TbTariff *
provider_tariff (const TbSetup *setup, const char *connection)
{
  const TbConnection *from = tb_setup_find_connection (setup, connection);
  const TbProvider *provider = from != NULL && from->provider != NULL ? tb_setup_find_provider (setup, from->provider) : NULL;

  return provider != NULL && provider->tariff != NULL ? tb_setup_find_tariff (setup, provider->tariff) : NULL;
}

static const TbRate *
find_rate (const TbTariff *tariff, guint32 id)
{
  for (guint i = 0; tariff != NULL && id != 0 && i < tariff->rates->len; i++)
    if (((TbRate *) tariff->rates->pdata[i])->id == id)
      return tariff->rates->pdata[i];
  return NULL;
}

/* The deck's own rate for what is most like it; else the price at which the provider sells, in the deck's currency. */
static TbRate *
suggest_rate (TbTriageBucket *bucket, const TbSetup *setup, const TbTariff *tariff, TbZone *zone)
{
  TbTriageGroup *group = &bucket->group;
  g_autoptr (TbDeckIndex) index = tb_deck_index_new (tariff != NULL ? tariff->rates : NULL);
  const TbRate *like = tb_deck_index_find_like (index, group->prefix);
  const TbTariff *provider = provider_tariff (setup, group->connection);
  const TbRate *cost = find_rate (provider, bucket->cost_rate);
  TbDay day = tb_zone_day_at (zone, group->first);
  gint64 from = tb_zone_to_utc (zone, day, 0, FALSE);
  TbDecimal price, wanted;

  if (like != NULL)
    {
      group->basis = g_strdup_printf (_("at the rate of %s, %s"), like->prefix, like->description != NULL ? like->description : "–");
      return tb_advice_rate_new (like, group->prefix, TB_DECIMAL_ONE, TB_DECIMAL_ONE, from);
    }
  if (cost != NULL && tariff != NULL && tb_setup_get_exchange_rate (setup, provider->currency, day, &price, NULL)
      && tb_setup_get_exchange_rate (setup, tariff->currency, day, &wanted, NULL))
    {
      group->basis = g_strdup (_("at the provider’s price"));
      return tb_advice_rate_new (cost, group->prefix, price, wanted, from);
    }
  return tb_advice_rate_new (NULL, group->prefix, TB_DECIMAL_ONE, TB_DECIMAL_ONE, from);
}

static TbRepair *
add_rate (TbTriageBucket *bucket, const TbRate *rate)
{
  TbRepair *repair = add (bucket, TB_REPAIR_RATE);

  repair->rate = tb_rate_copy (rate);
  return repair;
}

static const char *
only_key (GHashTable *set)
{
  GHashTableIter iter;
  gpointer key = NULL;

  if (g_hash_table_size (set) != 1)
    return NULL;
  g_hash_table_iter_init (&iter, set);
  g_hash_table_iter_next (&iter, &key, NULL);
  return key;
}

static void
add_filter (TbTriageBucket *bucket, char *pattern)
{
  g_autoptr (TbPattern) known = tb_pattern_new (pattern, NULL);
  TbRepair *repair;

  if (known == NULL)
    {
      g_free (pattern);
      return;
    }
  repair = add (bucket, TB_REPAIR_FILTER);
  repair->package = g_strdup (bucket->group.package);
  repair->pattern = pattern;
  repair->action = TB_FILTER_EXCLUDE;
}

/* Into the tariff that the package uses, among the package's own rates, or for this client alone. Own rates are sell prices, which a guess
 * from a tariff is not when there is a markup: there the price is left open, and so it is for what was blocked, which somebody meant. */
static void
propose_rates (TbTriageBucket *bucket, const TbSetup *setup, TbZone *zone)
{
  const TbPackage *package = bucket->owner;
  const TbTariff *tariff = package->tariff != NULL ? tb_setup_find_tariff (setup, package->tariff) : NULL;
  g_autoptr (TbRate) rate = suggest_rate (bucket, setup, tariff, zone);
  const char *client = only_key (bucket->clients);
  gboolean blocked = bucket->group.cause == TB_CALL_BLOCKED;

  if (blocked)
    add_filter (bucket, g_strconcat (bucket->group.prefix, "*", NULL));
  else if (tariff != NULL)
    add_rate (bucket, rate)->tariff = g_strdup (tariff->name);
  if (package->markup != 0 || package->surcharge != 0 || tariff == NULL || blocked)
    rate->rate = TB_DECIMAL_NONE;
  if (bucket->group.package != NULL)
    add_rate (bucket, rate)->package = g_strdup (package->name);
  if (client != NULL)
    add_rate (bucket, rate)->client = g_strdup (client);
  if (!blocked)
    add_filter (bucket, g_strconcat (bucket->group.prefix, "*", NULL));
}

/* ---- number plans ---- */

static void
propose_plans (TbTriageBucket *bucket, const TbSetup *setup)
{
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();
  g_auto (GStrv) numbers = strv_of (bucket->numbers);
  g_auto (GStrv) dids = NULL;
  g_autoptr (GPtrArray) plans = NULL;

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];

      if (service->dids != NULL && g_hash_table_contains (bucket->clients, service->client))
        g_strv_builder_addv (own, (const char **) service->dids);
    }
  dids = g_strv_builder_end (own);
  plans = tb_advice_list_plans (&bucket->owner->number_plan, numbers, dids);
  for (guint i = 0; i < plans->len; i++)
    {
      TbRepair *repair = add (bucket, TB_REPAIR_NUMBER_PLAN);

      repair->package = g_strdup (bucket->owner->name);
      tb_number_plan_copy (plans->pdata[i], &repair->plan);
    }
}

/* ---- services ---- */

GPtrArray *
tb_triage_list_services (const TbSetup *setup, const char *connection, const char *tenant)
{
  GPtrArray *services = g_ptr_array_new ();

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];

      if (g_strcmp0 (service->connection, connection) == 0
          && (service->tenant == NULL || *service->tenant == '\0' || g_strcmp0 (service->tenant, tenant) == 0))
        g_ptr_array_add (services, (gpointer) service);
    }
  return services;
}

GPtrArray *
tb_triage_get_services (TbTriageWork *self, const TbCallRow *row)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", row->connection, row->call.tenant);
  GPtrArray *services = g_hash_table_lookup (self->tenants, key);

  if (services != NULL)
    return services;
  services = tb_triage_list_services (self->setup, row->connection, row->call.tenant);
  g_hash_table_insert (self->tenants, g_steal_pointer (&key), services);
  return services;
}

static gboolean
lists_one (char **texts, GHashTable *set)
{
  for (; texts != NULL && *texts != NULL; texts++)
    if (g_hash_table_contains (set, *texts))
      return TRUE;
  return FALSE;
}

static gboolean
lists_nothing (const TbService *service)
{
  return (service->extensions == NULL || *service->extensions == NULL) && (service->dids == NULL || *service->dids == NULL);
}

static TbRepair *
add_assign (TbTriageBucket *bucket, const TbService *service)
{
  TbRepair *repair = add (bucket, TB_REPAIR_ASSIGN);

  repair->service = g_strdup (service->key);
  repair->connection = g_strdup (bucket->group.connection);
  repair->tenant = g_strdup (bucket->group.tenant);
  return repair;
}

/* The service that would have claimed them had it begun. */
static void
propose_start (TbTriageBucket *bucket, const TbService *service, TbDay day)
{
  if (service->starts != TB_DAY_NONE && service->starts > day
      && (lists_nothing (service) || lists_one (service->extensions, bucket->extensions) || lists_one (service->dids, bucket->dids)))
    add_assign (bucket, service)->starts = day;
}

static void
take_extensions (TbTriageBucket *bucket, TbRepair *repair)
{
  if (g_hash_table_size (bucket->extensions) > 0)
    repair->extensions = strv_of (bucket->extensions);
  else
    repair->dids = strv_of (bucket->dids);
}

static gboolean
can_take (const TbTriageBucket *bucket)
{
  return g_hash_table_size (bucket->extensions) + g_hash_table_size (bucket->dids) > 0;
}

static char *
free_key (const TbSetup *setup)
{
  for (guint n = setup->services->len + 1;; n++)
    {
      char *key = g_strdup_printf ("S%u", n);

      if (tb_setup_find_service (setup, key) == NULL)
        return key;
      g_free (key);
    }
}

/* Whoever buys nothing yet is the likeliest to have telephones that nobody bills; on which package, is what others on the PBX have. */
static void
propose_new_service (TbTriageBucket *bucket, const TbSetup *setup)
{
  TbRepair *repair = add (bucket, TB_REPAIR_ASSIGN);

  repair->service = free_key (setup);
  repair->connection = g_strdup (bucket->group.connection);
  repair->tenant = g_strdup (bucket->group.tenant);
  for (guint i = 0; i < setup->clients->len && repair->client == NULL; i++)
    {
      const TbClient *client = setup->clients->pdata[i];
      gboolean buys = FALSE;

      for (guint k = 0; k < setup->services->len && !buys; k++)
        buys = strcmp (((TbService *) setup->services->pdata[k])->client, client->key) == 0;
      if (!buys)
        repair->client = g_strdup (client->key);
    }
  for (guint i = 0; i < setup->services->len && repair->package == NULL; i++)
    if (g_strcmp0 (((TbService *) setup->services->pdata[i])->connection, repair->connection) == 0)
      repair->package = g_strdup (((TbService *) setup->services->pdata[i])->package);
  if (repair->package == NULL && setup->packages->len > 0)
    repair->package = g_strdup (((TbPackage *) setup->packages->pdata[0])->name);
}

static void
propose_service (TbTriageBucket *bucket, const TbSetup *setup, TbZone *zone)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (setup, bucket->group.connection, bucket->group.tenant);
  TbDay day = tb_zone_day_at (zone, bucket->group.first);

  for (guint i = 0; i < services->len; i++)
    propose_start (bucket, services->pdata[i], day);
  for (guint i = 0; can_take (bucket) && i < MIN (services->len, SERVICES_MAX); i++)
    if (!lists_nothing (services->pdata[i]))
      take_extensions (bucket, add_assign (bucket, services->pdata[i]));
  if (services->len == 0)
    propose_new_service (bucket, setup);
}

/* One of those that claim them is made the only one. Where both list nothing, the other one keeps the rest of the tenant. */
static void
propose_one_of (TbTriageBucket *bucket, const TbSetup *setup)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (setup, bucket->group.connection, bucket->group.tenant);

  for (guint i = 0; can_take (bucket) && i < MIN (services->len, SERVICES_MAX); i++)
    {
      const TbService *service = services->pdata[i];

      if (lists_nothing (service) || lists_one (service->extensions, bucket->extensions) || lists_one (service->dids, bucket->dids))
        take_extensions (bucket, add_assign (bucket, service));
    }
}

/* ---- by cause ---- */

void
tb_triage_propose (TbTriageBucket *bucket, const TbSetup *setup, TbZone *zone)
{
  switch (bucket->group.cause)
    {
    case TB_CALL_UNRATED:
      add (bucket, TB_REPAIR_RATE_CALLS);
      break;
    case TB_CALL_NO_SERVICE:
      propose_service (bucket, setup, zone);
      break;
    case TB_CALL_AMBIGUOUS:
      propose_one_of (bucket, setup);
      break;
    case TB_CALL_BAD_NUMBER:
      add_filter (bucket, g_strdup (bucket->group.dialled));
      break;
    default:
      if (bucket->exchangeable)
        add (bucket, TB_REPAIR_RATE_CALLS);
      if (bucket->owner == NULL || bucket->unexchanged)
        return;
      if (bucket->misdialled)
        propose_plans (bucket, setup);
      if (bucket->inbound)
        add_filter (bucket, g_strdup ("[inbound]"));
      else if (!bucket->misdialled)
        propose_rates (bucket, setup, zone);
      else if (*bucket->group.prefix != '\0')
        add_filter (bucket, g_strconcat (bucket->group.prefix, "*", NULL));
      break;
    }
}
