/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-services.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-call-store.h"
#include "tb-error.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-setup-store.h"

static const char *const states[] = { "linked", "same", "proposed", "taken", "no-client", "ended", "ignored", "other" };

const char *
tb_their_service_state_to_string (TbTheirServiceState self)
{
  return states[self];
}

static void
item_free (TbTheirService *self)
{
  tb_voip_service_free (self->voip);
  g_free (self->connection);
  g_free (self);
}

void
tb_their_services_free (TbTheirServices *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  tb_setup_free (self->setup);
  g_free (self);
}

/* ---- what is needed to tell ---- */

typedef struct
{
  TbTheirServices *all;
  GHashTable *links, *ignored; /* by id at WHMCS */
  GHashTable *clients;         /* id at WHMCS → TbClient */
  GHashTable *tenants;         /* folded → TbService */
  GHashTable *by_id;           /* id → TbService */
  GHashTable *products;        /* id → TbMirrorProduct */
  GHashTable *called;          /* tenant of stored calls, folded → connection; "" = several */
} Index;

static void
index_clear (Index *self)
{
  GHashTable **tables[] = { &self->links, &self->ignored, &self->clients, &self->tenants, &self->by_id, &self->products, &self->called };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

static void
index_setup (Index *self)
{
  const TbSetup *setup = self->all->setup;

  self->clients = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->tenants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_id = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < setup->clients->len; i++)
    g_hash_table_insert (self->clients, &((TbClient *) setup->clients->pdata[i])->whmcs_id, setup->clients->pdata[i]);
  for (guint i = 0; i < setup->services->len; i++)
    {
      TbService *service = setup->services->pdata[i];

      g_hash_table_insert (self->by_id, GUINT_TO_POINTER (service->id), service);
      if (service->tenant != NULL)
        g_hash_table_insert (self->tenants, g_utf8_casefold (service->tenant, -1), service);
    }
}

static gboolean
index_calls (Index *self, TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);

  self->called = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; tenants != NULL && i < tenants->len; i++)
    {
      const TbTenant *tenant = tenants->pdata[i];
      char *key = g_utf8_casefold (tenant->name, -1);
      const char *before = g_hash_table_lookup (self->called, key);

      g_hash_table_insert (self->called, key,
                           g_strdup (before == NULL || g_strcmp0 (before, tenant->connection) == 0 ? tenant->connection : ""));
    }
  return tenants != NULL;
}

static gboolean
index_fill (Index *self, TbStore *store, GError **error)
{
  TbTheirServices *all = self->all;

  if ((all->setup = tb_setup_store_load (store, TB_SETUP_HEADS, error)) == NULL
      || (all->services = tb_remote_store_list (store, &tb_mirror_service_noun, 0, error)) == NULL
      || (all->products = tb_remote_store_list (store, &tb_mirror_product_noun, 0, error)) == NULL
      || (self->links = tb_remote_review_list_services (store, error)) == NULL
      || (self->ignored = tb_remote_review_list_ignored (store, TB_REMOTE_SERVICE, error)) == NULL || !index_calls (self, store, error))
    return FALSE;
  index_setup (self);
  self->products = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < all->products->len; i++)
    g_hash_table_insert (self->products, &((TbMirrorProduct *) all->products->pdata[i])->id, all->products->pdata[i]);
  return TRUE;
}

/* ---- telling ---- */

/* The connection that has brought calls of the tenant; else the only one whose kind is the product's module. */
static char *
find_connection (const Index *self, const TbTheirService *item)
{
  g_autofree char *tenant = g_utf8_casefold (item->voip->tenant, -1);
  const char *called = g_hash_table_lookup (self->called, tenant);
  const char *module = item->product->module;
  const TbConnection *only = NULL;

  if (called != NULL)
    return *called != '\0' ? g_strdup (called) : NULL;
  for (guint i = 0; i < self->all->setup->connections->len; i++)
    {
      const TbConnection *connection = self->all->setup->connections->pdata[i];

      if (!g_str_has_prefix (connection->kind, module))
        continue;
      if (only != NULL)
        return NULL;
      only = connection;
    }
  return only != NULL ? g_strdup (only->name) : NULL;
}

static gboolean
has_ended (const TbMirrorService *service)
{
  static const char *const ended[] = { "Terminated", "Cancelled", "Fraud", NULL };

  return service->status != NULL && g_strv_contains (ended, service->status);
}

static const TbService *
find_by_tenant (const Index *self, const TbTheirService *item)
{
  g_autofree char *tenant = item->voip != NULL ? g_utf8_casefold (item->voip->tenant, -1) : NULL;

  return tenant != NULL ? g_hash_table_lookup (self->tenants, tenant) : NULL;
}

static TbTheirServiceState
judge (const Index *self, TbTheirService *item)
{
  item->service = g_hash_table_lookup (self->by_id, g_hash_table_lookup (self->links, &item->theirs->id));
  if (item->service != NULL)
    return TB_THEIR_SERVICE_LINKED;
  if (g_hash_table_contains (self->ignored, &item->theirs->id))
    return TB_THEIR_SERVICE_IGNORED;
  if (item->voip == NULL)
    return TB_THEIR_SERVICE_OTHER;
  if (item->client == NULL)
    return TB_THEIR_SERVICE_NO_CLIENT;
  item->service = find_by_tenant (self, item);
  if (item->service != NULL)
    return g_strcmp0 (item->service->client, item->client->key) == 0 ? TB_THEIR_SERVICE_SAME : TB_THEIR_SERVICE_TAKEN;
  return has_ended (item->theirs) ? TB_THEIR_SERVICE_ENDED : TB_THEIR_SERVICE_PROPOSED;
}

static TbTheirService *
item_new (const Index *self, const TbMirrorService *theirs)
{
  TbTheirService *item = g_new0 (TbTheirService, 1);

  item->theirs = theirs;
  item->product = g_hash_table_lookup (self->products, &theirs->product);
  item->client = theirs->client != 0 ? g_hash_table_lookup (self->clients, &theirs->client) : NULL;
  if (item->product != NULL && tb_voip_service_is_module (item->product->module))
    item->voip = tb_voip_service_new (theirs->domain, theirs->username);
  item->state = judge (self, item);
  if (item->state == TB_THEIR_SERVICE_PROPOSED)
    item->connection = find_connection (self, item);
  else if (item->service != NULL)
    item->connection = g_strdup (item->service->connection);
  return item;
}

TbTheirServices *
tb_their_services_new (TbStore *store, GError **error)
{
  g_autoptr (TbTheirServices) self = g_new0 (TbTheirServices, 1);
  g_auto (Index) index = { .all = self };

  if (!index_fill (&index, store, error))
    return NULL;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  for (guint i = 0; i < self->services->len; i++)
    g_ptr_array_add (self->items, item_new (&index, self->services->pdata[i]));
  return g_steal_pointer (&self);
}

/* ---- decisions ---- */

static TbTheirService *
find (const TbTheirServices *self, gint64 whmcs_id, GError **error)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((TbTheirService *) self->items->pdata[i])->theirs->id == whmcs_id)
      return self->items->pdata[i];
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("At the last pull WHMCS had no service with the id %" PRId64 "."),
               whmcs_id);
  return NULL;
}

static gboolean
refuse (const TbTheirService *item, GError **error)
{
  static const char *const why[] = {
    [TB_THEIR_SERVICE_LINKED] = N_ ("it is a service here already"),
    [TB_THEIR_SERVICE_TAKEN] = N_ ("a service of another client has its tenant"),
    [TB_THEIR_SERVICE_NO_CLIENT] = N_ ("its client is none here; link or create the client first"),
    [TB_THEIR_SERVICE_ENDED] = N_ ("it has ended at WHMCS"),
    [TB_THEIR_SERVICE_IGNORED] = N_ ("it is ignored"),
    [TB_THEIR_SERVICE_OTHER] = N_ ("it is on no PBX, or names no tenant"),
  };

  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Service %" PRId64 " of WHMCS: %s."), item->theirs->id,
               _(why[item->state]));
  return FALSE;
}

static char *
make_key (const TbSetup *setup, gint64 whmcs_id)
{
  char *key = g_strdup_printf ("W%" G_GINT64_FORMAT, whmcs_id);

  for (guint n = 2; tb_setup_find_service (setup, key) != NULL; n++)
    {
      g_free (key);
      key = g_strdup_printf ("W%" G_GINT64_FORMAT "-%u", whmcs_id, n);
    }
  return key;
}

static TbService *
service_of (const TbTheirServices *all, const TbTheirService *item, const char *package, const char *connection)
{
  TbService *service = tb_service_new ();

  service->key = make_key (all->setup, item->theirs->id);
  service->client = g_strdup (item->client->key);
  service->package = g_strdup (package);
  service->connection = g_strdup (connection != NULL ? connection : item->connection);
  service->tenant = g_strdup (item->voip->tenant);
  service->dids = g_strdupv (item->voip->dids);
  service->extensions = g_strdupv (item->voip->extensions);
  service->next_due = item->theirs->next_due;
  return service;
}

static gboolean
add_service (TbStore *store, TbService *service /* taken */, GPtrArray *changes, GError **error)
{
  g_autoptr (TbSetup) part = tb_setup_new ();
  g_autoptr (GPtrArray) lines = NULL;

  g_ptr_array_add (part->services, service);
  if (!tb_setup_store_apply (store, part, FALSE, &lines, NULL, error))
    return FALSE;
  g_ptr_array_extend (changes, lines, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  return TRUE;
}

static gboolean
assign (TbStore *store, gint64 whmcs_id, const char *package, const char *connection, GPtrArray *changes, GError **error)
{
  g_autoptr (TbTheirServices) all = tb_their_services_new (store, error), again = NULL;
  TbTheirService *item = all != NULL ? find (all, whmcs_id, error) : NULL;

  if (item == NULL)
    return FALSE;
  if (item->state == TB_THEIR_SERVICE_SAME)
    {
      g_ptr_array_add (changes, g_strdup_printf (_("service %s: is service %" PRId64 " of WHMCS"), item->service->key, whmcs_id));
      return tb_remote_review_link_service (store, whmcs_id, item->service->id, error);
    }
  if (item->state != TB_THEIR_SERVICE_PROPOSED)
    return refuse (item, error);
  if (!add_service (store, service_of (all, item, package, connection), changes, error)
      || (again = tb_their_services_new (store, error)) == NULL)
    return FALSE;
  return tb_remote_review_link_service (store, whmcs_id, find (again, whmcs_id, error)->service->id, error);
}

gboolean
tb_whmcs_assign_service (TbStore *store, gint64 whmcs_id, const char *package, const char *connection, GPtrArray *changes, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error)
         && tb_store_leave (store, own, assign (store, whmcs_id, package, connection, changes, error), error);
}

gboolean
tb_whmcs_ignore_service (TbStore *store, gint64 whmcs_id, gboolean ignore, GError **error)
{
  g_autoptr (TbTheirServices) all = tb_their_services_new (store, error);

  return all != NULL && find (all, whmcs_id, error) != NULL && tb_remote_review_ignore (store, TB_REMOTE_SERVICE, whmcs_id, ignore, error);
}
