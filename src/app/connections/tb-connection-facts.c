/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-facts.h"

#include "tb-setup-store.h"

#define IMPORTS_SHOWN 50
#define RUNS_SHOWN 20

void
tb_connection_item_free (gpointer data)
{
  TbConnectionItem *self = data;

  tb_connection_free (self->connection);
  g_clear_pointer (&self->state, tb_connection_state_free);
  g_free (self);
}

char *
tb_connection_item_describe (const TbConnectionItem *self)
{
  const TbConnection *connection = self->connection;
  const TbConnectionState *state = self->state;
  const char *const texts[] = { connection->name, connection->kind, connection->url, connection->time_zone, connection->provider, connection->user,
                                connection->format, connection->columns, connection->certificate, state != NULL ? state->last_error : NULL };
  const gint64 numbers[] = { connection->since, state != NULL ? state->cursor : -1, state != NULL ? state->last_run : 0,
                             state != NULL ? state->last_success : 0, state != NULL ? (gint64) state->calls : 0, state != NULL ? state->every : 0,
                             state != NULL ? state->alarm : 0, state != NULL ? state->failures : 0, state != NULL ? state->failing_since : 0,
                             state != NULL ? state->next_due : 0 };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (text, "%s\n", texts[i] != NULL ? texts[i] : "");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", numbers[i]);
  return g_string_free (text, FALSE);
}

void
tb_connection_facts_free (gpointer data)
{
  TbConnectionFacts *self = data;

  g_clear_pointer (&self->tenants, g_ptr_array_unref);
  g_clear_pointer (&self->imports, g_ptr_array_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_free (self);
}

static TbConnectionState *
steal_state (GPtrArray *states, const char *name)
{
  for (guint i = 0; i < states->len; i++)
    if (g_strcmp0 (((TbConnectionState *) g_ptr_array_index (states, i))->name, name) == 0)
      return g_ptr_array_steal_index (states, i);
  return NULL;
}

gpointer
tb_connection_items_read (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (GPtrArray) states = setup != NULL ? tb_connection_store_list_states (store, error) : NULL;
  GPtrArray *items;

  if (states == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func (tb_connection_item_free);
  for (guint i = 0; i < setup->connections->len; i++)
    {
      const TbConnection *connection = g_ptr_array_index (setup->connections, i);
      TbConnectionItem *item = g_new (TbConnectionItem, 1);

      *item = (TbConnectionItem){ tb_connection_copy (connection), steal_state (states, connection->name) };
      g_ptr_array_add (items, item);
    }
  return items;
}

gpointer
tb_connection_facts_read (TbStore *store, TbJob *job, gpointer name, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (GPtrArray) imports = tenants != NULL ? tb_import_store_list (store, name, IMPORTS_SHOWN, error) : NULL;
  g_autoptr (GPtrArray) runs = imports != NULL ? tb_sync_run_store_list (store, name, RUNS_SHOWN, error) : NULL;
  TbConnectionFacts *facts;

  if (runs == NULL)
    return NULL;
  for (guint i = tenants->len; i > 0; i--)
    if (g_strcmp0 (((TbTenant *) g_ptr_array_index (tenants, i - 1))->connection, name) != 0)
      g_ptr_array_remove_index (tenants, i - 1);

  facts = g_new (TbConnectionFacts, 1);
  *facts = (TbConnectionFacts){ g_steal_pointer (&tenants), g_steal_pointer (&imports), g_steal_pointer (&runs) };
  return facts;
}
