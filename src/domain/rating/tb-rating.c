/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-rating-private.h"

static void
candidate_free (gpointer data)
{
  TbCandidate *self = data;

  g_free (self->slots);
  g_free (self);
}

guint
tb_rating_connection_index (TbRating *self, const char *name)
{
  for (guint i = 0; i < self->setup->connections->len; i++)
    if (g_strcmp0 (((TbConnection *) self->setup->connections->pdata[i])->name, name) == 0)
      return i;
  return G_MAXUINT - 1; /* no connection has it */
}

/* ---- candidates ---- */

static TbRateBook *
client_book (TbRating *self, const TbClient *client)
{
  TbRateBook *book;

  if (client == NULL || client->custom_rates == NULL || client->custom_rates->len == 0)
    return NULL;
  book = g_hash_table_lookup (self->client_books, client);
  if (book == NULL)
    {
      book = tb_rate_book_new (client->custom_rates, self->zone);
      g_hash_table_insert (self->client_books, (gpointer) client, book);
    }
  return book;
}

static guint
slot_of (TbRating *self, const TbCandidate *candidate, guint pool)
{
  const TbAllowance *allowance = g_array_index (candidate->plan->pools, TbCompiledPool, pool).allowance;
  g_autofree char *key = allowance->shared && candidate->client != NULL
                             ? g_strdup_printf ("c\n%s\n%s\n%s", candidate->client->key, candidate->plan->package->name, allowance->name)
                             : g_strdup_printf ("s\n%s\n%s\n%s", candidate->service->key != NULL ? candidate->service->key : "",
                                                candidate->plan->package->name, allowance->name);
  guint slot = GPOINTER_TO_UINT (g_hash_table_lookup (self->slots, key));

  if (slot == 0)
    {
      slot = ++self->n_slots;
      g_hash_table_insert (self->slots, g_steal_pointer (&key), GUINT_TO_POINTER (slot));
    }
  return slot - 1;
}

/* A service may be a candidate of several tenants; its tiers count all its calls. */
static guint
tier_slot_of (TbRating *self, const TbService *service, const TbPackage *package)
{
  g_autofree char *key = g_strdup_printf ("t\n%s\n%s", service->key != NULL ? service->key : "", package->name);
  guint slot = GPOINTER_TO_UINT (g_hash_table_lookup (self->slots, key));

  if (slot == 0)
    {
      slot = ++self->n_tier_slots;
      g_hash_table_insert (self->slots, g_steal_pointer (&key), GUINT_TO_POINTER (slot));
    }
  return slot - 1;
}

/* The client's service of the package that began first: shared pools follow its billing periods. TB_DAY_NONE is before every day. */
static const TbService *
cycle_service (TbRating *self, const TbService *service)
{
  const TbService *first = NULL;

  for (guint i = 0; i < self->setup->services->len; i++)
    {
      const TbService *other = self->setup->services->pdata[i];

      if (g_strcmp0 (other->client, service->client) == 0 && g_strcmp0 (other->package, service->package) == 0
          && (first == NULL || other->starts < first->starts))
        first = other;
    }
  return first != NULL ? first : service;
}

/* The client's own currency, else the company's, else that of the package's tariff. */
static TbCurrency
currency_of (TbRating *self, const TbClient *client, const TbPlan *plan)
{
  if (client != NULL && client->currency != TB_CURRENCY_NONE)
    return client->currency;
  if (client == NULL && plan->tariff != NULL)
    return plan->tariff->tariff->currency;
  if (self->currency != TB_CURRENCY_NONE)
    return self->currency;
  return plan->tariff != NULL ? plan->tariff->tariff->currency : TB_CURRENCY_NONE;
}

TbCandidate *
tb_rating_make_candidate (TbRating *self, const TbService *service, const TbPackage *package, const TbCompiledTariff *cost, GError **error)
{
  const TbPlan *plan = tb_rating_compile_plan (self, package, error);
  TbCandidate *candidate;

  if (plan == NULL)
    return NULL;
  candidate = g_new0 (TbCandidate, 1);
  candidate->plan = plan;
  candidate->service = service != NULL ? service : self->nobody;
  candidate->cycle = service != NULL ? cycle_service (self, service) : self->nobody;
  candidate->client = service != NULL ? g_hash_table_lookup (self->clients, service->client) : NULL;
  candidate->client_rates = client_book (self, candidate->client);
  candidate->currency = currency_of (self, candidate->client, plan);
  candidate->cost = cost;
  candidate->day = TB_DAY_NONE;
  tb_simple_price_init (&candidate->own_price, tb_fraction_new (1, 1), tb_fraction_new (1, 1), package->rounding);
  candidate->slots = g_new (guint, plan->pools->len + 1);
  for (guint i = 0; i < plan->pools->len; i++)
    candidate->slots[i] = slot_of (self, candidate, i);
  if (plan->tiers->len > 0)
    candidate->tier_slot = tier_slot_of (self, candidate->service, package);
  return candidate;
}

const TbCompiledTariff *
tb_rating_cost_tariff (TbRating *self, guint connection)
{
  const TbConnection *from = connection < self->setup->connections->len ? self->setup->connections->pdata[connection] : NULL;
  const TbProvider *provider = from != NULL && from->provider != NULL ? tb_setup_find_provider (self->setup, from->provider) : NULL;

  return provider != NULL && provider->tariff != NULL ? g_hash_table_lookup (self->tariffs, provider->tariff) : NULL;
}

/* ---- tenants ---- */

/* A call without a tenant may belong to any service of its connection. */
static gboolean
serves (const TbService *service, const TbConnection *connection, const char *tenant)
{
  if (g_strcmp0 (service->connection, connection->name) != 0)
    return FALSE;
  return *tenant == '\0' || service->tenant == NULL || *service->tenant == '\0' || g_ascii_strcasecmp (service->tenant, tenant) == 0;
}

TbRatingTenant *
tb_rating_get_tenant (TbRating *self, guint connection, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%u\n%s", connection, name);
  TbRatingTenant *tenant = g_hash_table_lookup (self->tenants, key);

  if (tenant != NULL)
    return tenant;
  tenant = g_new0 (TbRatingTenant, 1);
  tenant->connection = connection;
  tenant->name = g_strdup (name);
  tenant->candidates = g_ptr_array_new_with_free_func (candidate_free);
  tenant->plans = g_ptr_array_new ();
  tenant->cost = tb_rating_cost_tariff (self, connection);
  for (guint i = 0; connection < self->setup->connections->len && i < self->setup->services->len; i++)
    {
      const TbService *service = self->setup->services->pdata[i];

      if (serves (service, self->setup->connections->pdata[connection], name))
        tb_rating_tenant_add (tenant, tb_rating_make_candidate (self, service, tb_setup_find_package (self->setup, service->package),
                                                                tenant->cost, NULL));
    }
  g_hash_table_insert (self->tenants, g_steal_pointer (&key), tenant);
  return tenant;
}

/* ---- the whole ---- */

static gboolean
compile_everything (TbRating *self, GError **error)
{
  const TbSetup *setup = self->setup;

  if (!tb_rating_compile_filters (self, setup->filters, &self->filters, error))
    return FALSE;
  for (guint i = 0; i < setup->clients->len; i++)
    g_hash_table_insert (self->clients, ((TbClient *) setup->clients->pdata[i])->key, setup->clients->pdata[i]);
  for (guint i = 0; i < setup->providers->len; i++)
    {
      const TbProvider *provider = setup->providers->pdata[i];

      if (provider->tariff != NULL && tb_rating_compile_tariff (self, provider->tariff, error) == NULL)
        {
          g_prefix_error (error, _("provider “%s”: "), provider->name);
          return FALSE;
        }
    }
  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];
      const TbPackage *package = tb_setup_find_package (setup, service->package);

      if (package == NULL)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("The service “%s” names the package “%s”, which does not exist."), service->key,
                       service->package);
          return FALSE;
        }
      if (tb_rating_compile_plan (self, package, error) == NULL)
        return FALSE;
    }
  return TRUE;
}

TbRating *
tb_rating_new (const TbSetup *setup, GError **error)
{
  g_autoptr (TbRating) self = g_new0 (TbRating, 1);

  self->setup = setup;
  self->currency = setup->company != NULL ? setup->company->currency : TB_CURRENCY_NONE;
  self->nobody = tb_service_new ();
  self->tariffs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, tb_compiled_tariff_free);
  self->plans = g_hash_table_new_full (NULL, NULL, NULL, tb_plan_free);
  self->clients = g_hash_table_new (g_str_hash, g_str_equal);
  self->client_books = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tb_rate_book_free);
  self->tenants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tb_rating_tenant_free);
  self->loners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, candidate_free);
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->terms = g_ptr_array_new_with_free_func (g_free);
  self->zone = tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
  if (self->zone == NULL || !compile_everything (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
tb_rating_free (TbRating *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->tenants, g_hash_table_unref);
  g_clear_pointer (&self->loners, g_hash_table_unref);
  g_clear_pointer (&self->plans, g_hash_table_unref);
  g_clear_pointer (&self->tariffs, g_hash_table_unref);
  g_clear_pointer (&self->clients, g_hash_table_unref);
  g_clear_pointer (&self->client_books, g_hash_table_unref);
  g_clear_pointer (&self->slots, g_hash_table_unref);
  g_clear_pointer (&self->terms_index, g_hash_table_unref);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->filters, g_array_unref);
  g_clear_pointer (&self->zone, tb_zone_unref);
  tb_service_free (self->nobody);
  g_free (self);
}
