/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-terms.h"

#include "tb-rate-list.h"
#include "tb-tariff.h"

/* tariff id → TbTariff, borrowed */
static GHashTable *
begin_all (GPtrArray *tariffs)
{
  GHashTable *by_id = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < tariffs->len; i++)
    {
      TbTariff *tariff = tariffs->pdata[i];

      g_clear_pointer (&tariff->rates, g_ptr_array_unref);
      tariff->rates = g_ptr_array_sized_new (tariff->n_rates);
      tariff->pool = tb_rate_pool_new ();
      g_hash_table_insert (by_id, GUINT_TO_POINTER (tariff->id), tariff);
    }
  return by_id;
}

/* Rate lists that are not a tariff's are not in it. */
static GHashTable *
map_lists (TbStore *store, GPtrArray *tariffs, GError **error)
{
  g_autoptr (GHashTable) by_id = begin_all (tariffs);
  g_autoptr (GHashTable) by_list = g_hash_table_new (NULL, NULL);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT id, list FROM tariff", error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbTariff *tariff;

      if (!has_row)
        return g_steal_pointer (&by_list);
      tariff = g_hash_table_lookup (by_id, GUINT_TO_POINTER ((guint) tb_statement_int (row, 0)));
      if (tariff != NULL)
        g_hash_table_insert (by_list, GSIZE_TO_POINTER ((gsize) tb_statement_int (row, 1)), tariff);
    }
  return NULL;
}

static void
add_rate (TbTariff *tariff, TbStatement *row)
{
  TbRate *rate = tb_rate_pool_add (tariff->pool, tb_statement_text (row, 1), tb_statement_is_null (row, 2) ? NULL : tb_statement_text (row, 2));

  tb_rate_read_terms (row, rate);
  g_ptr_array_add (tariff->rates, rate);
}

gboolean
tb_rate_terms_load (TbStore *store, GPtrArray *tariffs, GError **error)
{
  g_autoptr (GHashTable) by_list = map_lists (store, tariffs, error);
  g_autoptr (TbStatement) row = by_list == NULL ? NULL
                                                : tb_db_prepare (tb_store_get_db (store), "SELECT " TB_RATE_TERMS ", r.list FROM rate r WHERE r.until IS NULL ORDER BY r.id", error);
  gint64 list = 0;
  TbTariff *tariff = NULL;
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (tb_statement_int (row, TB_RATE_N_TERMS) != list)
        {
          list = tb_statement_int (row, TB_RATE_N_TERMS);
          tariff = g_hash_table_lookup (by_list, GSIZE_TO_POINTER ((gsize) list));
        }
      if (tariff != NULL)
        add_rate (tariff, row);
    }
  return FALSE;
}
