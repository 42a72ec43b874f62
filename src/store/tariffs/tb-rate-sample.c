/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-sample.h"

#include "tb-rate-list.h"

static gboolean
add_first (TbStatement *row, gint64 list, const char *digit, GPtrArray *prefixes, GError **error)
{
  const char next[] = { (char) (*digit + 1), '\0' };
  gboolean has_row;

  tb_statement_reset (row);
  tb_statement_bind_int (row, 1, list);
  tb_statement_bind_text (row, 2, digit);
  tb_statement_bind_text (row, 3, next);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (has_row)
    g_ptr_array_add (prefixes, tb_statement_dup_text (row, 0));
  return TRUE;
}

GPtrArray *
tb_rate_sample_list (TbStore *store, const char *tariff, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT prefix FROM rate WHERE list = $1 AND prefix >= $2 AND prefix < $3 AND until IS NULL "
                                               "ORDER BY prefix LIMIT 1",
                                               error);
  g_autoptr (GPtrArray) prefixes = g_ptr_array_new_with_free_func (g_free);
  gint64 list = 0;

  if (row == NULL || (tariff != NULL && !tb_rate_list_find (store, TB_RATE_LIST_TARIFF, tariff, FALSE, &list, error)))
    return NULL;
  for (char digit[] = "1"; list != 0 && *digit <= '9'; digit[0]++)
    if (!add_first (row, list, digit, prefixes, error))
      return NULL;
  return g_steal_pointer (&prefixes);
}
