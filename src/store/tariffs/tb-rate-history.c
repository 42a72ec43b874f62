/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

static void
past_free (gpointer data)
{
  TbRatePast *past = data;

  tb_rate_free (past->rate);
  g_free (past);
}

static gboolean
add_prefix (TbStatement *row, gint64 list, const char *prefix, GPtrArray *pasts, GError **error)
{
  gboolean has_row = TRUE;

  tb_statement_bind_int (row, 1, list);
  tb_statement_bind_text (row, 2, prefix);
  while (tb_statement_step (row, &has_row, error) && has_row)
    {
      TbRatePast *past = g_new0 (TbRatePast, 1);

      past->rate = tb_rate_from_row (row);
      past->since = (guint32) tb_statement_int (row, TB_RATE_N_COLUMNS);
      past->until = (guint32) tb_statement_int_or (row, TB_RATE_N_COLUMNS + 1, G_MAXUINT32);
      g_ptr_array_add (pasts, past);
    }
  tb_statement_reset (row);
  return !has_row;
}

GPtrArray *
tb_rate_past_list (TbStore *store, gint64 list, const char *digits, GError **error)
{
  g_autoptr (GPtrArray) pasts = g_ptr_array_new_with_free_func (past_free);
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT " TB_RATE_COLUMNS ", r.since, r.until FROM rate r WHERE r.list = $1 AND r.prefix = $2 ORDER BY r.id", error);

  if (row == NULL)
    return NULL;
  for (gsize length = strlen (digits) + 1; length-- > 0;)
    {
      g_autofree char *prefix = g_strndup (digits, length);

      if (!add_prefix (row, list, prefix, pasts, error))
        return NULL;
    }
  return g_steal_pointer (&pasts);
}

gboolean
tb_rate_list_add_current (TbStore *store, const char *tariff, const char *digits, GPtrArray *rates, GError **error)
{
  g_autoptr (GPtrArray) pasts = NULL;
  gint64 list = 0;

  if (!tb_rate_list_find (store, TB_RATE_LIST_TARIFF, tariff, FALSE, &list, error) || (pasts = tb_rate_past_list (store, list, digits, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < pasts->len; i++)
    {
      const TbRatePast *past = pasts->pdata[i];

      if (past->until == G_MAXUINT32)
        g_ptr_array_add (rates, tb_rate_copy (past->rate));
    }
  return TRUE;
}

gboolean
tb_rate_past_find (TbStore *store, guint32 rate_id, gint64 *ret_list, TbRateListKind *ret_kind, char **ret_owner, guint32 *ret_since, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "SELECT l.id, l.kind, l.name, r.since FROM rate r JOIN rate_list l ON l.id = r.list WHERE r.id = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, rate_id);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no rate %u."), rate_id);
      return FALSE;
    }
  *ret_list = tb_statement_int (row, 0);
  *ret_kind = (TbRateListKind) tb_statement_int (row, 1);
  *ret_owner = tb_statement_dup_text (row, 2);
  *ret_since = (guint32) tb_statement_int (row, 3);
  return TRUE;
}

gboolean
tb_rate_list_get_version (TbStore *store, gint64 list, guint32 version, gint64 *ret_time, char **ret_file, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT v.time, v.source FROM tariff t JOIN tariff_version v ON v.tariff = t.id WHERE t.list = $1 AND v.version = $2", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, list);
  tb_statement_bind_int (row, 2, version);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret_time = has_row ? tb_statement_int (row, 0) : TB_TIME_NONE;
  *ret_file = has_row ? tb_statement_dup_text (row, 1) : NULL;
  return TRUE;
}

gboolean
tb_rate_list_get_newest (TbStore *store, gint64 list, guint32 *ret, GError **error)
{
  /* A tariff's head knows its own; others have few rows to look through. */
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store),
      "SELECT COALESCE((SELECT version FROM tariff WHERE list = $1), (SELECT MAX(COALESCE(until, since)) FROM rate WHERE list = $1), 0)", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, list);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = (guint32) tb_statement_int (row, 0);
  return TRUE;
}
