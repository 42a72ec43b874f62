/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-limit-store.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

void
tb_client_limit_free (TbClientLimit *self)
{
  if (self == NULL)
    return;
  g_free (self->client);
  g_free (self);
}

GPtrArray *
tb_margin_limit_store_list (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) limits = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_limit_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT l.client, c.key, l.minimum_percent, l.maximum_usage FROM margin_limit l "
                                               "LEFT JOIN client c ON c.id = l.client WHERE l.client = 0 OR c.id IS NOT NULL "
                                               "ORDER BY CASE WHEN l.client = 0 THEN 0 ELSE 1 END, c.key",
                                               error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbClientLimit *limit;

      if (!has_row)
        return g_steal_pointer (&limits);
      limit = g_new (TbClientLimit, 1);
      limit->client_id = (guint32) tb_statement_int (row, 0);
      limit->client = tb_statement_dup_text (row, 1);
      limit->limit = (TbMarginLimit){ tb_statement_int_or (row, 2, TB_DECIMAL_NONE), tb_statement_int_or (row, 3, TB_DECIMAL_NONE) };
      g_ptr_array_add (limits, limit);
    }
  return NULL;
}

static gboolean
find_client (TbStore *store, const char *key, gint64 *ret, GError **error)
{
  g_autoptr (TbStatement) row = NULL;
  gboolean has_row;

  if (key == NULL)
    {
      *ret = 0;
      return TRUE;
    }
  row = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM client WHERE key = $1", error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, key);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), key);
      return FALSE;
    }
  *ret = tb_statement_int (row, 0);
  return TRUE;
}

gboolean
tb_margin_limit_store_set (TbStore *store, const char *client, const TbMarginLimit *limit, GError **error)
{
  gboolean none = tb_margin_limit_is_none (limit);
  g_autoptr (TbStatement) row = NULL;
  gint64 id;

  if (!tb_margin_limit_validate (limit, error) || !find_client (store, client, &id, error))
    return FALSE;
  row = tb_db_prepare (tb_store_get_db (store),
                       none ? "DELETE FROM margin_limit WHERE client = $1"
                            : "INSERT INTO margin_limit (client, minimum_percent, maximum_usage) VALUES ($1, $2, $3) ON CONFLICT (client) DO UPDATE "
                              "SET minimum_percent = excluded.minimum_percent, maximum_usage = excluded.maximum_usage",
                       error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, id);
  if (!none)
    {
      tb_statement_bind_int_or_null (row, 2, limit->minimum_percent, TB_DECIMAL_NONE);
      tb_statement_bind_int_or_null (row, 3, limit->usage, TB_DECIMAL_NONE);
    }
  return tb_statement_run (row, error);
}

const TbMarginLimit *
tb_client_limits_find (GPtrArray *limits, guint32 client_id)
{
  for (guint i = 0; i < limits->len; i++)
    if (((const TbClientLimit *) limits->pdata[i])->client_id == client_id)
      return &((const TbClientLimit *) limits->pdata[i])->limit;
  return NULL;
}

TbMarginLimit
tb_client_limits_get (GPtrArray *limits, guint32 client_id)
{
  static const TbMarginLimit none = TB_MARGIN_LIMIT_NONE;
  const TbMarginLimit *own = tb_client_limits_find (limits, client_id), *all = tb_client_limits_find (limits, 0);

  return tb_margin_limit_or (own != NULL ? own : &none, all != NULL ? all : &none);
}
