/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-groups.h"

#include <string.h>

#include "tb-served-store.h"

/* Union-find over the indices of tenants. */
static guint
root_of (guint *parents, guint i)
{
  while (parents[i] != i)
    i = parents[i] = parents[parents[i]];
  return i;
}

static gboolean
serves (const TbService *service, const TbTenant *tenant)
{
  if (g_strcmp0 (service->connection, tenant->connection) != 0)
    return FALSE;
  return *tenant->name == '\0' || service->tenant == NULL || *service->tenant == '\0' || g_ascii_strcasecmp (service->tenant, tenant->name) == 0;
}

static gboolean
has_shared_pool (const TbPackage *package)
{
  for (guint i = 0; i < package->included->len; i++)
    if (((TbAllowance *) package->included->pdata[i])->shared)
      return TRUE;
  return FALSE;
}

/* Joins all tenants that the service serves; `first` remembers one of them across calls. */
static void
join (const TbService *service, GPtrArray *tenants, guint *parents, guint *first)
{
  for (guint i = 0; i < tenants->len; i++)
    {
      if (!serves (service, tenants->pdata[i]))
        continue;
      if (*first == G_MAXUINT)
        *first = i;
      parents[root_of (parents, i)] = root_of (parents, *first);
    }
}

static void
join_all (const TbSetup *setup, GPtrArray *tenants, guint *parents)
{
  g_autoptr (GHashTable) shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* client and package → a tenant + 1 */

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];
      const TbPackage *package = tb_setup_find_package (setup, service->package);
      g_autofree char *key = g_strdup_printf ("%s\n%s", service->client, service->package);
      guint first = G_MAXUINT;

      if (package == NULL || (package->included->len == 0 && package->tier_kind == TB_TIERS_NONE))
        continue;
      if (has_shared_pool (package))
        first = GPOINTER_TO_UINT (g_hash_table_lookup (shared, key)) - 1;
      join (service, tenants, parents, &first);
      if (has_shared_pool (package) && first != G_MAXUINT)
        g_hash_table_insert (shared, g_steal_pointer (&key), GUINT_TO_POINTER (first + 1));
    }
}

GPtrArray *
tb_rating_groups_new (const TbSetup *setup, GPtrArray *tenants)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autofree guint *parents = g_new (guint, tenants->len + 1);
  g_autoptr (GHashTable) by_root = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < tenants->len; i++)
    parents[i] = i;
  join_all (setup, tenants, parents);
  for (guint i = 0; i < tenants->len; i++)
    {
      gpointer root = GUINT_TO_POINTER (root_of (parents, i));
      GPtrArray *group = g_hash_table_lookup (by_root, root);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_root, root, group);
        }
      g_ptr_array_add (group, tenants->pdata[i]);
    }
  return groups;
}

GHashTable *
tb_rating_groups_list_reached (TbStore *store, const TbSetup *setup, GPtrArray *tenants, GHashTable *services, GError **error)
{
  GHashTable *reached = tb_served_store_list_by_services (store, services, error);

  for (guint i = 0; reached != NULL && i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];

      if (!g_hash_table_contains (services, GUINT_TO_POINTER (service->id)))
        continue;
      for (guint t = 0; t < tenants->len; t++)
        if (serves (service, tenants->pdata[t]))
          g_hash_table_add (reached, GUINT_TO_POINTER (((TbTenant *) tenants->pdata[t])->id));
    }
  return reached;
}
