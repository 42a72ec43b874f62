/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-private.h"

#include "tb-setup-index.h"
#include "tb-tariff-store.h"

struct _TbMarginGroups
{
  TbStore *store;
  const TbSetup *setup;
  TbSetupIndex *index;
  TbMarginBy by;
  GPtrArray *rows;      /* of TbMarginRow */
  GHashTable *by_id;    /* id of client, rate or tenant → row: no text is made for the calls of a known one */
  GHashTable *by_name;  /* "key\nname" → row: several ids may share one */
};

TbMarginRow *
tb_margin_row_new (const char *key, const char *name)
{
  TbMarginRow *self = g_new0 (TbMarginRow, 1);

  self->key = g_strdup (key != NULL ? key : "");
  self->name = g_strdup (name);
  self->limit = TB_MARGIN_LIMIT_NONE;
  return self;
}

void
tb_margin_row_free (TbMarginRow *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_clear_pointer (&self->rates, g_hash_table_unref);
  g_free (self);
}

TbMarginGroups *
tb_margin_groups_new (TbStore *store, const TbSetup *setup, TbMarginBy by)
{
  TbMarginGroups *self = g_new0 (TbMarginGroups, 1);

  self->store = store;
  self->setup = setup;
  self->index = tb_setup_index_new (setup);
  self->by = by;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_margin_row_free);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
tb_margin_groups_free (TbMarginGroups *self)
{
  if (self == NULL)
    return;
  tb_setup_index_free (self->index);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

GPtrArray *
tb_margin_groups_get_rows (TbMarginGroups *self)
{
  return self->rows;
}

static TbMarginRow *
row_called (TbMarginGroups *self, const char *key, const char *name)
{
  g_autofree char *both = g_strdup_printf ("%s\n%s", key != NULL ? key : "", name != NULL ? name : "");
  TbMarginRow *row = g_hash_table_lookup (self->by_name, both);

  if (row != NULL)
    return row;
  row = tb_margin_row_new (key, name);
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_name, g_steal_pointer (&both), row);
  return row;
}

/* ---- whose row it is, when its id is seen for the first time ---- */

static TbMarginRow *
row_of_client (TbMarginGroups *self, guint32 id)
{
  const TbClient *client = tb_setup_index_get_client_by_id (self->index, id);
  TbMarginRow *row = client != NULL ? row_called (self, client->key, client->name) : row_called (self, NULL, NULL);

  row->client_id = id;
  return row;
}

/* A call may have a cost without a price: then its rate is 0. */
static TbMarginRow *
row_of_rate (TbMarginGroups *self, guint32 id, GError **error)
{
  g_autofree char *owner = NULL;
  g_autoptr (TbRate) rate = id != 0 ? tb_rate_store_get (self->store, id, &owner, error) : NULL;

  if (id == 0)
    return row_called (self, NULL, NULL);
  if (rate == NULL)
    return NULL;
  return self->by == TB_MARGIN_BY_TARIFF ? row_called (self, owner, NULL) : row_called (self, rate->prefix, rate->description);
}

static TbMarginRow *
row_of_tenant (TbMarginGroups *self, const TbTenant *tenant)
{
  const TbConnection *connection = tb_setup_find_connection (self->setup, tenant->connection);

  return row_called (self, connection != NULL ? connection->provider : NULL, NULL);
}

static void
note_rate (TbMarginRow *row, guint32 rate)
{
  if (rate == 0)
    return;
  if (row->rates == NULL)
    row->rates = g_hash_table_new (NULL, NULL);
  g_hash_table_add (row->rates, GUINT_TO_POINTER (rate));
}

TbMarginRow *
tb_margin_groups_get (TbMarginGroups *self, const TbTenant *tenant, const TbRatedCall *rated, GError **error)
{
  guint32 id = self->by == TB_MARGIN_BY_CLIENT ? rated->client_id : self->by == TB_MARGIN_BY_PROVIDER ? tenant->id : rated->rate_id;
  TbMarginRow *row = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

  if (row == NULL)
    {
      row = self->by == TB_MARGIN_BY_CLIENT     ? row_of_client (self, id)
            : self->by == TB_MARGIN_BY_PROVIDER ? row_of_tenant (self, tenant)
                                                : row_of_rate (self, id, error);
      if (row == NULL)
        return NULL;
      g_hash_table_insert (self->by_id, GUINT_TO_POINTER (id), row);
      if (self->by != TB_MARGIN_BY_CLIENT && self->by != TB_MARGIN_BY_PROVIDER)
        note_rate (row, id);
    }
  if (self->by == TB_MARGIN_BY_PROVIDER)
    note_rate (row, rated->cost_rate_id);
  return row;
}
