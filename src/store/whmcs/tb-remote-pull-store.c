/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-remote-store.h"

/* Rows of earlier pulls say when WHMCS was read; more of them than this help nobody. */
#define KEPT_DAYS 400
#define DAY 86400

void
tb_remote_pull_free (TbRemotePull *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_free (self->version);
  g_free (self->permissions);
  g_free (self->message);
  g_free (self);
}

static TbRemotePull *
from_row (TbStatement *row)
{
  TbRemotePull *self = g_new (TbRemotePull, 1);

  *self = (TbRemotePull){ tb_statement_int (row, 0),      tb_statement_dup_text (row, 1), tb_statement_int (row, 2) != 0,
                          tb_statement_int (row, 3),      tb_statement_int (row, 4),      tb_statement_dup_text (row, 5),
                          tb_statement_dup_text (row, 6), tb_statement_dup_text (row, 7) };
  return self;
}

gboolean
tb_remote_store_get_pull (TbStore *store, gboolean complete, TbRemotePull **ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT id, url, whole, began, ended, version, permissions, message FROM whmcs_pull "
                                               "WHERE $1 = 0 OR ended IS NOT NULL ORDER BY id DESC LIMIT 1",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, complete);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = has_row ? from_row (row) : NULL;
  return TRUE;
}

/* Ids of another WHMCS mean nothing at this one. */
static gboolean
forget (TbStore *store, GError **error)
{
  return tb_db_exec (
      tb_store_get_db (store),
      "DELETE FROM whmcs_currency; DELETE FROM whmcs_method; DELETE FROM whmcs_product; DELETE FROM whmcs_client; DELETE FROM "
      "whmcs_service; "
      "DELETE FROM whmcs_invoice; DELETE FROM whmcs_payment; DELETE FROM whmcs_credit; DELETE FROM whmcs_pair; DELETE FROM whmcs_agreed; "
      "DELETE FROM whmcs_choice; DELETE FROM whmcs_ignored; DELETE FROM whmcs_service_link",
      error);
}

static gboolean
forget_old (TbStore *store, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "DELETE FROM whmcs_pull WHERE began < $1", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, now - (gint64) KEPT_DAYS * DAY);
  return tb_statement_run (row, error);
}

static TbRemotePull *
insert (TbStore *store, const char *url, gboolean whole, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO whmcs_pull (id, url, whole, began) SELECT coalesce(max(id), 0) + 1, $1, $2, $3 FROM whmcs_pull", error);
  TbRemotePull *self;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, url);
  tb_statement_bind_int (row, 2, whole);
  tb_statement_bind_int (row, 3, now);
  if (!tb_statement_run (row, error) || !tb_remote_store_get_pull (store, FALSE, &self, error))
    return NULL;
  return self;
}

/* No two pulls have a second in common, not even when a clock stands still, so that what was read in one is told from what was read before.
 */
static gint64
get_last_time (const TbRemotePull *last)
{
  return MAX (last->began, last->ended);
}

static TbRemotePull *
begin (TbStore *store, const char *url, gboolean whole, gint64 now, gint64 not_before, GError **error)
{
  g_autoptr (TbRemotePull) last = NULL;

  if (!tb_remote_store_get_pull (store, FALSE, &last, error))
    return NULL;
  if (last != NULL && g_strcmp0 (last->url, url) == 0 && last->ended == 0 && (last->whole || !whole) && last->began >= not_before)
    return g_steal_pointer (&last);
  if (last != NULL && g_strcmp0 (last->url, url) != 0 && !forget (store, error))
    return NULL;
  return forget_old (store, now, error) ? insert (store, url, whole, last != NULL ? MAX (now, get_last_time (last) + 1) : now, error)
                                        : NULL;
}

TbRemotePull *
tb_remote_store_begin (TbStore *store, const char *url, gboolean whole, gint64 now, gint64 not_before, GError **error)
{
  TbRemotePull *self;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  self = begin (store, url, whole, now, not_before, error);
  if (!tb_store_leave (store, own, self != NULL, error))
    g_clear_pointer (&self, tb_remote_pull_free);
  return self;
}

gboolean
tb_remote_store_note (TbStore *store, const TbRemotePull *pull, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (
      tb_store_get_db (store), "UPDATE whmcs_pull SET ended = $1, version = $2, permissions = $3, message = $4 WHERE id = $5", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int_or_null (row, 1, pull->ended, 0);
  tb_statement_bind_text (row, 2, pull->version);
  tb_statement_bind_text (row, 3, pull->permissions);
  tb_statement_bind_text (row, 4, pull->message);
  tb_statement_bind_int (row, 5, pull->id);
  return tb_statement_run (row, error);
}
