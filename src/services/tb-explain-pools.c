/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-explain-private.h"
#include "tb-rating-groups.h"

/* What the pools had before the call: nothing in the books says it, so the seconds that earlier calls of the period took are counted again,
 * as the books hold them, in the order in which they were taken. */

typedef struct
{
  gint64 start;
  char *uid;
  TbRatingTenant *tenant;
  TbRatedCall rated;
} Taker;

static void
taker_clear (gpointer data)
{
  g_free (((Taker *) data)->uid);
}

static int
compare_takers (gconstpointer a, gconstpointer b)
{
  const Taker *x = a, *y = b;

  return x->start != y->start ? (x->start > y->start) - (x->start < y->start) : strcmp (x->uid, y->uid);
}

guint
tb_explain_connection_index (const TbSetup *setup, const char *name)
{
  for (guint i = 0; i < setup->connections->len; i++)
    if (g_strcmp0 (((TbConnection *) setup->connections->pdata[i])->name, name) == 0)
      return i;
  return G_MAXUINT;
}

static gboolean
is_before (const TbCall *call, const TbCall *other)
{
  return call->start != other->start ? call->start < other->start : strcmp (call->uid, other->uid) < 0;
}

/* The calls of one tenant that took free seconds, from the beginning of the period to the call. */
static gboolean
add_takers (TbStore *store, const TbCallExplanation *self, const TbTenant *stored, TbRatingTenant *tenant, GArray *takers, GError **error)
{
  const TbCall *explained = &self->row->call, *call;
  gint64 from = tb_rating_replay_from (self->rating, tenant, explained->start);
  g_autoptr (TbCallCursor) cursor = tb_call_cursor_new (store, stored->id, from, explained->start + 1, error);
  g_autoptr (GError) failure = NULL;
  const TbRatedCall *rated;
  guint32 invoice;

  while (cursor != NULL && tb_call_cursor_next (cursor, &call, &rated, &invoice, &failure))
    if (rated->free > 0 && is_before (call, explained))
      {
        Taker taker = { call->start, g_strdup (call->uid), tenant, *rated };

        g_array_append_val (takers, taker);
      }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (cursor != NULL)
    return TRUE;
  return FALSE;
}

static gboolean
holds (GPtrArray *group, const TbCallRow *row)
{
  for (guint i = 0; i < group->len; i++)
    {
      const TbTenant *tenant = group->pdata[i];

      if (g_strcmp0 (tenant->connection, row->connection) == 0 && strcmp (tenant->name, row->call.tenant) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
list_takers (TbStore *store, const TbCallExplanation *self, GArray *takers, GError **error)
{
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (GPtrArray) groups = tenants != NULL ? tb_rating_groups_new (self->setup, tenants) : NULL;

  if (groups == NULL)
    return FALSE;
  for (guint g = 0; g < groups->len; g++)
    {
      GPtrArray *group = groups->pdata[g];

      for (guint i = 0; holds (group, self->row) && i < group->len; i++)
        {
          const TbTenant *stored = group->pdata[i];
          guint connection = tb_explain_connection_index (self->setup, stored->connection);

          if (connection != G_MAXUINT
              && !add_takers (store, self, stored, tb_rating_get_tenant (self->rating, connection, stored->name), takers, error))
            return FALSE;
        }
    }
  g_array_sort (takers, compare_takers);
  return TRUE;
}

gboolean
tb_explain_pools (TbStore *store, TbCallExplanation *self, GError **error)
{
  const TbCallRow *row = self->row;
  g_autoptr (GArray) takers = g_array_new (FALSE, FALSE, sizeof (Taker));
  g_autoptr (TbRatingState) state = tb_rating_state_new (self->rating);
  guint connection = tb_explain_connection_index (self->setup, row->connection);

  g_array_set_clear_func (takers, taker_clear);
  if (connection == G_MAXUINT)
    return TRUE;
  if (!list_takers (store, self, takers, error))
    return FALSE;
  for (guint i = 0; i < takers->len; i++)
    {
      const Taker *taker = &g_array_index (takers, Taker, i);
      TbCall call;

      tb_call_init (&call);
      call.start = taker->start;
      tb_rating_account (self->rating, state, taker->tenant, &call, &taker->rated);
    }
  self->facts.pools = tb_rating_list_pool_shares (self->rating, state, tb_rating_get_tenant (self->rating, connection, row->call.tenant),
                                                  &row->call, &row->rated);
  return TRUE;
}
