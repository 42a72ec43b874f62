/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-served-store.h"

#include <string.h>

/* ---- reading ---- */

/* Column 0: a tenant; column 1: its service, of which only those in `services` count (NULL = any). */
static GHashTable *
list_tenants (TbStatement *row, GHashTable *services, GError **error)
{
  g_autoptr (GHashTable) tenants = g_hash_table_new (NULL, NULL);
  gboolean has_row;

  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&tenants);
      if (services == NULL || g_hash_table_contains (services, GUINT_TO_POINTER ((guint32) tb_statement_int (row, 1))))
        g_hash_table_add (tenants, GUINT_TO_POINTER ((guint32) tb_statement_int (row, 0)));
    }
  return NULL;
}

GHashTable *
tb_served_store_list_by_client (TbStore *store, guint32 client_id, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT tenant FROM served WHERE client = $1", error);

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, client_id);
  return list_tenants (row, NULL, error);
}

GHashTable *
tb_served_store_list_by_services (TbStore *store, GHashTable *services, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT tenant, service FROM served", error);

  return row != NULL ? list_tenants (row, services, error) : NULL;
}

/* ---- writing ---- */

typedef struct
{
  guint32 service, client, tenant;
} Served;

struct _TbServedWriter
{
  TbStatement *put;
  GHashTable *known; /* of Served */
  Served last;       /* calls come clustered */
};

static guint
served_hash (gconstpointer data)
{
  const Served *served = data;

  return served->service * 2654435761u ^ served->tenant * 40503u ^ served->client;
}

static gboolean
served_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Served)) == 0;
}

TbServedWriter *
tb_served_writer_new (TbStore *store, GError **error)
{
  TbStatement *put = tb_db_prepare (tb_store_get_db (store),
                                    "INSERT INTO served (service, client, tenant) VALUES ($1, $2, $3) ON CONFLICT (service, client, tenant) DO NOTHING",
                                    error);
  TbServedWriter *self;

  if (put == NULL)
    return NULL;
  self = g_new0 (TbServedWriter, 1);
  self->put = put;
  self->known = g_hash_table_new_full (served_hash, served_equal, g_free, NULL);
  return self;
}

void
tb_served_writer_free (TbServedWriter *self)
{
  if (self == NULL)
    return;
  tb_statement_free (self->put);
  g_hash_table_unref (self->known);
  g_free (self);
}

gboolean
tb_served_writer_note (TbServedWriter *self, guint32 service_id, guint32 client_id, guint32 tenant_id, GError **error)
{
  const Served served = { service_id, client_id, tenant_id };

  if ((service_id == 0 && client_id == 0) || served_equal (&served, &self->last))
    return TRUE;
  if (!g_hash_table_contains (self->known, &served))
    {
      tb_statement_bind_int (self->put, 1, service_id);
      tb_statement_bind_int (self->put, 2, client_id);
      tb_statement_bind_int (self->put, 3, tenant_id);
      if (!tb_statement_run (self->put, error))
        return FALSE;
      g_hash_table_add (self->known, g_memdup2 (&served, sizeof served));
    }
  self->last = served;
  return TRUE;
}
