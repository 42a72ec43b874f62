/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-index.h"

struct _TbSetupIndex
{
  GHashTable *clients;  /* key → TbClient */
  GHashTable *ids;      /* id → TbClient */
  GHashTable *services; /* key → TbService */
  GHashTable *lists;    /* key of a client → GPtrArray of TbService */
};

static void
add_client (TbSetupIndex *self, TbClient *client)
{
  if (client->key != NULL)
    g_hash_table_insert (self->clients, client->key, client);
  if (client->id != 0)
    g_hash_table_insert (self->ids, GUINT_TO_POINTER (client->id), client);
}

static void
add_service (TbSetupIndex *self, TbService *service)
{
  GPtrArray *list = service->client != NULL ? g_hash_table_lookup (self->lists, service->client) : NULL;

  if (service->key != NULL)
    g_hash_table_insert (self->services, service->key, service);
  if (service->client == NULL)
    return;
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->lists, service->client, list);
    }
  g_ptr_array_add (list, service);
}

TbSetupIndex *
tb_setup_index_new (const TbSetup *setup)
{
  TbSetupIndex *self = g_new0 (TbSetupIndex, 1);

  self->clients = g_hash_table_new (g_str_hash, g_str_equal);
  self->ids = g_hash_table_new (NULL, NULL);
  self->services = g_hash_table_new (g_str_hash, g_str_equal);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < setup->clients->len; i++)
    add_client (self, setup->clients->pdata[i]);
  for (guint i = 0; i < setup->services->len; i++)
    add_service (self, setup->services->pdata[i]);
  return self;
}

void
tb_setup_index_free (TbSetupIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->services);
  g_hash_table_unref (self->lists);
  g_free (self);
}

const TbClient *
tb_setup_index_get_client (const TbSetupIndex *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->clients, key) : NULL;
}

const TbClient *
tb_setup_index_get_client_by_id (const TbSetupIndex *self, guint32 id)
{
  return id != 0 ? g_hash_table_lookup (self->ids, GUINT_TO_POINTER (id)) : NULL;
}

const TbService *
tb_setup_index_get_service (const TbSetupIndex *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->services, key) : NULL;
}

GPtrArray *
tb_setup_index_list_services (const TbSetupIndex *self, const char *client)
{
  return client != NULL ? g_hash_table_lookup (self->lists, client) : NULL;
}
