/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-set-aside-store.h"

#include "tb-call-codec.h"
#include "tb-sync-run-store.h"

void
tb_quarantined_free (TbQuarantined *self)
{
  g_free (self->source);
  g_free (self->reason);
  g_free (self->raw);
  g_free (self);
}

void
tb_call_conflict_free (TbCallConflict *self)
{
  g_free (self->uid);
  g_free (self->tenant);
  g_free (self->caller);
  g_free (self->callee);
  g_free (self->extension);
  g_free (self->caller_name);
  g_free (self->did);
  g_free (self->account);
  g_free (self->cause);
  g_free (self);
}

#define ITS_IMPORTS "(SELECT i.id FROM import i JOIN connection n ON n.id = i.connection WHERE n.name = "
#define IS_OPEN "dismissed IS NULL AND reread IS NULL"

/* ---- reading ---- */

static gpointer
quarantined_from_row (TbStatement *row)
{
  TbQuarantined *record = g_new0 (TbQuarantined, 1);
  gsize len;
  const guint8 *raw = tb_statement_blob (row, 4, &len);

  record->raw = g_strndup ((const char *) raw, len);
  record->time = tb_statement_int (row, 0);
  record->source = tb_statement_dup_text (row, 1);
  record->line = (guint64) tb_statement_int (row, 2);
  record->reason = tb_statement_dup_text (row, 3);
  record->key = tb_statement_int (row, 5);
  record->times = (guint) tb_statement_int (row, 6);
  return record;
}

static gpointer
conflict_from_row (TbStatement *row)
{
  TbCallConflict *conflict = g_new0 (TbCallConflict, 1);

  conflict->time = tb_statement_int (row, 0);
  conflict->uid = tb_statement_dup_text (row, 1);
  conflict->tenant = tb_statement_dup_text (row, 2);
  conflict->caller = tb_statement_dup_text (row, 3);
  conflict->callee = tb_statement_dup_text (row, 4);
  conflict->direction = (TbDirection) tb_statement_int (row, 5);
  conflict->start = tb_statement_int (row, 6);
  conflict->seconds = (gint32) tb_statement_int (row, 7);
  conflict->stored_start = tb_call_id_start (tb_statement_int (row, 8));
  conflict->stored_seconds = (gint32) tb_statement_int (row, 9);
  conflict->key = tb_statement_int (row, 10);
  conflict->call = tb_statement_int (row, 8);
  conflict->extension = tb_statement_dup_text (row, 11);
  conflict->caller_name = tb_statement_dup_text (row, 12);
  conflict->did = tb_statement_dup_text (row, 13);
  conflict->account = tb_statement_dup_text (row, 14);
  conflict->cause = tb_statement_dup_text (row, 15);
  conflict->ring = (gint32) tb_statement_int_or (row, 16, -1);
  conflict->duration = (gint32) tb_statement_int (row, 17);
  return conflict;
}

static GPtrArray *
list (TbStore *store, const char *sql, const char *connection, guint limit, gpointer (*from_row) (TbStatement *row), GDestroyNotify free_row, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, connection);
  tb_statement_bind_int (row, 2, limit > 0 ? limit : G_MAXINT32);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&records);
      g_ptr_array_add (records, from_row (row));
    }
  return NULL;
}

/* One row for a record however often it came: the last one. */
GPtrArray *
tb_quarantine_store_list (TbStore *store, const char *connection, guint limit, GError **error)
{
  return list (store,
               "SELECT i.time, i.source, r.line, r.reason, r.raw, coalesce(r.digest, -r.id), g.times FROM "
               "(SELECT max(id) AS last, count(*) AS times FROM reject WHERE " IS_OPEN " AND import IN " ITS_IMPORTS "$1) GROUP BY coalesce(digest, -id)) g "
               "JOIN reject r ON r.id = g.last JOIN import i ON i.id = r.import ORDER BY r.id DESC LIMIT $2",
               connection, limit, quarantined_from_row, (GDestroyNotify) tb_quarantined_free, error);
}

GPtrArray *
tb_call_conflict_store_list (TbStore *store, const char *connection, guint limit, GError **error)
{
  return list (store,
               "SELECT i.time, r.uid, r.tenant, r.caller, r.callee, r.direction, r.start, r.seconds, r.cdr, c.seconds, r.id, r.extension, "
               "r.caller_name, r.did, r.account, r.cause, r.ring, r.duration FROM cdr_conflict r "
               "LEFT JOIN cdr c ON c.id = r.cdr JOIN import i ON i.id = r.import JOIN connection n ON n.id = i.connection "
               "WHERE r.dismissed IS NULL AND n.name = $1 ORDER BY r.id DESC LIMIT $2",
               connection, limit, conflict_from_row, (GDestroyNotify) tb_call_conflict_free, error);
}

/* What was dismissed at the time of a correction of that call was dismissed by it. */
GHashTable *
tb_call_conflict_store_load_billed (TbStore *store, GError **error)
{
  g_autoptr (GHashTable) calls = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT DISTINCT r.cdr FROM cdr_conflict r JOIN correction_call k ON k.call = r.cdr "
                                               "JOIN correction c ON c.id = k.correction AND c.time = r.dismissed",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  while (tb_statement_step (row, &has_row, error))
    {
      const gint64 id = has_row ? tb_statement_int (row, 0) : 0;

      if (!has_row)
        return g_steal_pointer (&calls);
      g_hash_table_add (calls, g_memdup2 (&id, sizeof id));
    }
  return NULL;
}

/* ---- numbers ---- */

/* The one number that a statement about a connection gives; NULL is 0. */
static gboolean
get_number (TbStore *store, const char *sql, const char *connection, gint64 *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, connection);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = has_row ? tb_statement_int (row, 0) : 0;
  return TRUE;
}

gboolean
tb_set_aside_store_count (TbStore *store, const char *connection, TbSetAsideCounts *ret, GError **error)
{
  gint64 records, calls;

  if (!get_number (store, "SELECT count(DISTINCT coalesce(digest, -id)) FROM reject WHERE " IS_OPEN " AND import IN " ITS_IMPORTS "$1)", connection,
                   &records, error)
      || !get_number (store, "SELECT count(*) FROM cdr_conflict WHERE dismissed IS NULL AND import IN " ITS_IMPORTS "$1)", connection, &calls, error))
    return FALSE;
  *ret = (TbSetAsideCounts){ (guint64) records, (guint64) calls };
  return TRUE;
}

/* An import is a run's that was made while it ran; none takes a day. */
#define ITS_RUN "r.connection = i.connection AND r.began > i.time - 86400 AND r.began <= i.time AND r.ended >= i.time"

gboolean
tb_quarantine_store_get_since (TbStore *store, const char *connection, gint64 *ret, GError **error)
{
  return get_number (store,
                     "SELECT min(r.window_from) FROM (SELECT DISTINCT import FROM reject WHERE " IS_OPEN ") o JOIN import i ON i.id = o.import "
                     "JOIN sync_run r ON " ITS_RUN " JOIN connection n ON n.id = i.connection WHERE r.window_from > 0 AND n.name = $1",
                     connection, ret, error);
}

/* ---- settling ---- */

gboolean
tb_quarantine_store_settle (TbStore *store, const TbSyncRun *run, GError **error)
{
  g_autoptr (TbStatement) row = NULL;

  if (run->outcome != TB_SYNC_DONE)
    return TRUE;
  row = tb_db_prepare (tb_store_get_db (store),
                       "UPDATE reject SET reread = $1 WHERE " IS_OPEN " AND import IN "
                       "(SELECT i.id FROM (SELECT DISTINCT import FROM reject WHERE " IS_OPEN ") o JOIN import i ON i.id = o.import "
                       "JOIN sync_run r ON " ITS_RUN " JOIN connection n ON n.id = i.connection "
                       "WHERE r.id < $1 AND r.window_from >= $2 AND r.window_to <= $3 AND n.name = $4 "
                       "AND NOT EXISTS (SELECT 1 FROM collected_file f WHERE f.import = i.id))",
                       error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, run->id);
  tb_statement_bind_int (row, 2, run->from);
  tb_statement_bind_int (row, 3, run->to);
  tb_statement_bind_text (row, 4, run->connection);
  return tb_statement_run (row, error);
}

static const struct
{
  const char *dismiss, *take_back;
} orders[] = {
  [TB_SET_ASIDE_RECORD] = { "UPDATE reject SET dismissed = $1 WHERE " IS_OPEN " AND import IN " ITS_IMPORTS "$2) AND ($3 = 0 OR coalesce(digest, -id) = $3)",
                            "UPDATE reject SET dismissed = NULL WHERE dismissed = $1 AND import IN " ITS_IMPORTS "$2) AND ($3 = 0 OR coalesce(digest, -id) = $3)" },
  [TB_SET_ASIDE_CALL] = { "UPDATE cdr_conflict SET dismissed = $1 WHERE dismissed IS NULL AND import IN " ITS_IMPORTS "$2) AND ($3 = 0 OR id = $3)",
                          "UPDATE cdr_conflict SET dismissed = NULL WHERE dismissed = $1 AND import IN " ITS_IMPORTS "$2) AND ($3 = 0 OR id = $3)" },
};

static gboolean
run_order (TbStore *store, const char *sql, const char *connection, gint64 key, gint64 time, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, time);
  tb_statement_bind_text (row, 2, connection);
  tb_statement_bind_int (row, 3, key);
  return tb_statement_run (row, error);
}

gboolean
tb_set_aside_store_dismiss (TbStore *store, TbSetAside what, const char *connection, gint64 key, gint64 time, GError **error)
{
  return run_order (store, orders[what].dismiss, connection, key, time, error);
}

gboolean
tb_set_aside_store_take_back (TbStore *store, TbSetAside what, const char *connection, gint64 key, gint64 time, GError **error)
{
  return run_order (store, orders[what].take_back, connection, key, time, error);
}
