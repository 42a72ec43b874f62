/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-days.h"

#include "tb-call-codec.h"
#include "tb-money.h"
#include "tb-served-store.h"

TbClientDays *
tb_client_days_new (TbDay first, TbDay last)
{
  TbClientDays *self = g_new0 (TbClientDays, 1);

  self->first = first;
  self->last = last;
  self->charges = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  return self;
}

void
tb_client_days_free (TbClientDays *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->charges);
  g_free (self);
}

static gboolean
find_client (TbStore *store, const char *key, guint32 *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM client WHERE key = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, key);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = has_row ? (guint32) tb_statement_int (row, 0) : 0;
  return TRUE;
}

/* Columns: id, seconds, charge, currency (0 = none). */
static gboolean
add_row (GHashTable *days, TbZone *zone, TbStatement *row, GError **error)
{
  TbDay day = tb_zone_day_at (zone, tb_call_id_start (tb_statement_int (row, 0)));
  TbClientDays *into = g_hash_table_lookup (days, GINT_TO_POINTER (day));
  TbMoney charge = { tb_statement_int_or (row, 2, 0), (TbCurrency) tb_statement_int_or (row, 3, TB_CURRENCY_NONE) };

  if (into == NULL)
    {
      into = tb_client_days_new (day, day);
      g_hash_table_insert (days, GINT_TO_POINTER (day), into);
    }
  into->calls++;
  into->seconds += tb_statement_int (row, 1);
  return charge.currency == TB_CURRENCY_NONE || tb_money_add_to (into->charges, charge, error);
}

static gboolean
add_tenant (TbStatement *row, guint32 tenant, guint32 client, gint64 from, gint64 to, GHashTable *days, TbZone *zone, GError **error)
{
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, TB_CALL_SUPPRESSED);
  tb_statement_bind_int (row, 2, tb_call_id_base (tenant, from));
  tb_statement_bind_int (row, 3, tb_call_id_base (tenant, to));
  tb_statement_bind_int (row, 4, client);
  do
    if (!tb_statement_step (row, &has_row, error) || (has_row && !add_row (days, zone, row, error)))
      return FALSE;
  while (has_row);
  return TRUE;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return (*(TbClientDays *const *) a)->first - (*(TbClientDays *const *) b)->first;
}

static GPtrArray *
sort (GHashTable *days)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_days_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_ptr_array_add (list, value);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (list, compare_days);
  return list;
}

GPtrArray *
tb_client_days_list (TbStore *store, const char *client, gint64 from, gint64 to, TbZone *zone, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT r.id, c.seconds, r.charge, t.currency FROM rated r JOIN cdr c ON c.id = r.id "
                                               "LEFT JOIN terms t ON t.id = r.terms AND r.status <> $1 "
                                               "WHERE r.id >= $2 AND r.id < $3 AND r.client = $4 AND r.status <> $1",
                                               error);
  g_autoptr (GHashTable) days = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tb_client_days_free);
  g_autoptr (GHashTable) tenants = NULL;
  GHashTableIter iter;
  gpointer tenant;
  guint32 id;

  if (row == NULL || !find_client (store, client, &id, error))
    return NULL;
  tenants = tb_served_store_list_by_client (store, id, error);
  if (tenants == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, tenants);
  while (id != 0 && g_hash_table_iter_next (&iter, &tenant, NULL))
    if (!add_tenant (row, GPOINTER_TO_UINT (tenant), id, CLAMP (from, 0, G_MAXUINT32), CLAMP (to, 0, G_MAXUINT32), days, zone, error))
      return NULL;
  return sort (days);
}
