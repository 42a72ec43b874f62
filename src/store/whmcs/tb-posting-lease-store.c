/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-posting-store.h"

/* ---- the lease ---- */

/* Who has it, unless that is `holder`, over, or known to be gone. */
static gboolean
is_free (TbStore *store, const char *holder, const char *host, gboolean alone, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT holder, host, until FROM posting_lease WHERE id = 1", error);
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *time = NULL;
  gboolean has_row;

  if (row == NULL || !tb_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row || g_strcmp0 (tb_statement_text (row, 0), holder) == 0 || tb_statement_int (row, 2) <= now
      || (alone && g_strcmp0 (tb_statement_text (row, 1), host) == 0))
    return TRUE;
  until = g_date_time_new_from_unix_local (tb_statement_int (row, 2));
  time = g_date_time_format (until, "%H:%M:%S");
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("“%s” is posting to WHMCS from these books; it has that to itself until %s at the latest."),
               tb_statement_text (row, 1), time);
  return FALSE;
}

static gboolean
write_lease (TbStore *store, const char *holder, const char *host, gint64 now, gint64 until, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO posting_lease (id, holder, host, since, until) VALUES (1, $1, $2, $3, $4) "
                       "ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, host = excluded.host, until = excluded.until, "
                       "since = CASE WHEN posting_lease.holder = excluded.holder THEN posting_lease.since ELSE excluded.since END",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, holder);
  tb_statement_bind_text (row, 2, host);
  tb_statement_bind_int (row, 3, now);
  tb_statement_bind_int (row, 4, until);
  return tb_statement_run (row, error);
}

gboolean
tb_posting_store_take_lease (TbStore *store, const char *holder, const char *host, gboolean alone, gint64 now, gint64 until, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error)
         && tb_store_leave (
             store, own, is_free (store, holder, host, alone, now, error) && write_lease (store, holder, host, now, until, error), error);
}

gboolean
tb_posting_store_drop_lease (TbStore *store, const char *holder, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "DELETE FROM posting_lease WHERE holder = $1", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, holder);
  return tb_statement_run (row, error);
}
