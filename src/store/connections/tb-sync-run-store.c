/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sync-run-store.h"

#include "tb-connection-store.h"
#include "tb-schedule.h"
#include "tb-set-aside-store.h"

#define DAY 86400
#define QUIET_DAYS 2
#define KEPT_DAYS 400

static const char *const outcomes[] = { "running", "done", "failed", "cancelled", "broken-off" };

const char *
tb_sync_outcome_to_string (TbSyncOutcome self)
{
  return outcomes[self];
}

TbSyncRun *
tb_sync_run_new (const char *connection, gint64 began)
{
  TbSyncRun *self = g_new0 (TbSyncRun, 1);

  self->connection = g_strdup (connection);
  self->began = began;
  return self;
}

TbSyncRun *
tb_sync_run_copy (const TbSyncRun *self)
{
  TbSyncRun *copy = g_memdup2 (self, sizeof *self);

  copy->connection = g_strdup (self->connection);
  copy->error = g_strdup (self->error);
  copy->warning = g_strdup (self->warning);
  return copy;
}

void
tb_sync_run_free (TbSyncRun *self)
{
  if (self == NULL)
    return;
  g_free (self->connection);
  g_free (self->error);
  g_free (self->warning);
  g_free (self);
}

/* ---- writing ---- */

/* Integers from parameter 1 on, then the connection's name. */
static gboolean
run_sql (TbStore *store, const char *sql, const char *name, const gint64 *values, int n, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (row == NULL)
    return FALSE;
  for (int i = 0; i < n; i++)
    tb_statement_bind_int (row, i + 1, values[i]);
  tb_statement_bind_text (row, n + 1, name);
  return tb_statement_run (row, error);
}

#define OF_CONNECTION "connection = (SELECT id FROM connection WHERE name = "

static gboolean
insert (TbStore *store, TbSyncRun *run, GError **error)
{
  const gint64 values[] = { run->began, run->outcome, run->from, run->from };

  if (!run_sql (store, "INSERT INTO sync_run (connection, began, outcome, window_from, window_to) SELECT id, $1, $2, $3, $4 FROM connection WHERE name = $5",
                run->connection, values, G_N_ELEMENTS (values), error))
    return FALSE;
  run->id = tb_db_changes (tb_store_get_db (store)) > 0 ? tb_db_last_insert_id (tb_store_get_db (store)) : 0;
  return TRUE;
}

/* What is covered grows from where the first collection begins. */
static gboolean
begin_state (TbStore *store, const TbSyncRun *run, GError **error)
{
  const gint64 from[] = { run->from }, now[] = { run->began };

  return run_sql (store,
                  "INSERT INTO connection_state (connection, covered_from) SELECT id, $1 FROM connection WHERE name = $2 "
                  "ON CONFLICT (connection) DO UPDATE SET covered_from = excluded.covered_from "
                  "WHERE connection_state.covered_from IS NULL OR connection_state.cursor = 0",
                  run->connection, from, 1, error)
         && run_sql (store, "UPDATE connection_state SET cursor = $1 WHERE cursor > $1 AND " OF_CONNECTION "$2)", run->connection, now, 1, error);
}

static gboolean
begin (TbStore *store, TbSyncRun *run, GError **error)
{
  const gint64 values[] = { TB_SYNC_BROKEN_OFF, TB_SYNC_RUNNING };

  return run_sql (store, "UPDATE sync_run SET outcome = $1, ended = began WHERE outcome = $2 AND " OF_CONNECTION "$3)", run->connection, values, 2, error)
         && begin_state (store, run, error) && insert (store, run, error);
}

gboolean
tb_sync_run_store_begin (TbStore *store, TbSyncRun *run, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, begin (store, run, error), error);
}

static gboolean
update (TbStore *store, const TbSyncRun *run, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "UPDATE sync_run SET ended = $1, outcome = $2, window_to = $3, windows = $4, pages = $5, read = $6, added = $7, "
                                               "duplicate = $8, changed = $9, conflict = $10, rejected = $11, error = $12, warning = $13 WHERE id = $14",
                                               error);
  const gint64 values[] = { run->ended, run->outcome, run->to, run->windows, run->pages, (gint64) run->counts.read, (gint64) run->counts.added,
                            (gint64) run->counts.duplicate, (gint64) run->counts.changed, (gint64) run->counts.conflict, (gint64) run->counts.rejected };

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    tb_statement_bind_int (row, (int) i + 1, values[i]);
  tb_statement_bind_text (row, 12, run->error);
  tb_statement_bind_text (row, 13, run->warning);
  tb_statement_bind_int (row, 14, run->id);
  return tb_statement_run (row, error);
}

/* A run counts as the connection's failure or success; one that was cancelled is neither. */
static gboolean
end_state (TbStore *store, const TbSyncRun *run, GError **error)
{
  gboolean failed = run->outcome == TB_SYNC_FAILED;
  g_autoptr (TbConnectionState) state = tb_connection_store_get_state (store, run->connection, error);
  g_autoptr (TbStatement) row = NULL;
  guint failures;

  if (state == NULL)
    return FALSE;
  failures = failed ? state->failures + 1 : run->outcome == TB_SYNC_CANCELLED ? state->failures : 0;
  row = tb_db_prepare (tb_store_get_db (store),
                       run->outcome == TB_SYNC_DONE ? "UPDATE connection_state SET last_run = $1, next_due = $2, failures = $3, last_error = NULL, "
                                                      "failing_since = NULL, last_success = $1 WHERE " OF_CONNECTION "$4)"
                       : failed ? "UPDATE connection_state SET last_run = $1, next_due = $2, failures = $3, last_error = $4, "
                                  "failing_since = coalesce(failing_since, $1) WHERE " OF_CONNECTION "$5)"
                                : "UPDATE connection_state SET last_run = $1, next_due = $2, failures = $3 WHERE " OF_CONNECTION "$4)",
                       error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, run->ended);
  tb_statement_bind_int (row, 2, tb_schedule_next (state->every, failures, run->began, g_random_int ()));
  tb_statement_bind_int (row, 3, failures);
  if (failed)
    tb_statement_bind_text (row, 4, run->error);
  tb_statement_bind_text (row, failed ? 5 : 4, run->connection);
  return tb_statement_run (row, error);
}

/* A run that read again from further back, to its end. */
static gboolean
widen (TbStore *store, const TbSyncRun *run, GError **error)
{
  const gint64 from[] = { run->from };

  return run->outcome != TB_SYNC_DONE
         || run_sql (store, "UPDATE connection_state SET covered_from = $1 WHERE covered_from > $1 AND " OF_CONNECTION "$2)", run->connection, from, 1, error);
}

static gboolean
mark_days (TbStore *store, const TbSyncRun *run, GError **error)
{
  gboolean ok = TRUE;

  for (gint64 day = (run->from + DAY - 1) / DAY; ok && (day + 1) * DAY <= run->to; day++)
    ok = run_sql (store,
                  "INSERT INTO collected_day (connection, day, times, last) SELECT id, $1, 1, $2 FROM connection WHERE name = $3 "
                  "ON CONFLICT (connection, day) DO UPDATE SET times = collected_day.times + 1, last = excluded.last",
                  run->connection, ((const gint64[]){ day, run->ended }), 2, error);
  return ok;
}

static gboolean
forget_old (TbStore *store, const TbSyncRun *run, GError **error)
{
  const gint64 values[] = { run->began - KEPT_DAYS * DAY, run->began - QUIET_DAYS * DAY, TB_SYNC_DONE };

  return run_sql (store,
                  "DELETE FROM sync_run WHERE (began < $1 OR (began < $2 AND outcome = $3 AND warning IS NULL AND added + changed + conflict + rejected = 0)) AND " OF_CONNECTION "$4)",
                  run->connection, values, G_N_ELEMENTS (values), error);
}

static gboolean
end (TbStore *store, const TbSyncRun *run, GError **error)
{
  g_autoptr (TbSyncRun) late = NULL;

  if (!run_sql (store, "INSERT INTO connection_state (connection) SELECT id FROM connection WHERE name = $1 ON CONFLICT (connection) DO NOTHING",
                run->connection, NULL, 0, error))
    return FALSE;
  if (run->id == 0)
    {
      late = tb_sync_run_copy (run);
      if (!insert (store, late, error))
        return FALSE;
      run = late;
    }
  return update (store, run, error) && end_state (store, run, error) && widen (store, run, error) && mark_days (store, run, error)
         && tb_quarantine_store_settle (store, run, error) && forget_old (store, run, error);
}

gboolean
tb_sync_run_store_end (TbStore *store, const TbSyncRun *run, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, end (store, run, error), error);
}

/* ---- reading ---- */

static TbSyncRun *
run_from_row (TbStatement *row)
{
  TbSyncRun *run = tb_sync_run_new (tb_statement_text (row, 1), tb_statement_int (row, 2));

  run->id = tb_statement_int (row, 0);
  run->ended = tb_statement_int (row, 3);
  run->outcome = (TbSyncOutcome) tb_statement_int (row, 4);
  run->from = tb_statement_int (row, 5);
  run->to = tb_statement_int (row, 6);
  run->windows = (guint) tb_statement_int (row, 7);
  run->pages = (guint) tb_statement_int (row, 8);
  run->counts.read = (guint64) tb_statement_int (row, 9);
  run->counts.added = (guint64) tb_statement_int (row, 10);
  run->counts.duplicate = (guint64) tb_statement_int (row, 11);
  run->counts.changed = (guint64) tb_statement_int (row, 12);
  run->counts.conflict = (guint64) tb_statement_int (row, 13);
  run->counts.rejected = (guint64) tb_statement_int (row, 14);
  run->error = tb_statement_dup_text (row, 15);
  run->warning = tb_statement_dup_text (row, 16);
  return run;
}

GPtrArray *
tb_sync_run_store_list (TbStore *store, const char *connection, guint limit, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_sync_run_free);
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT r.id, c.name, r.began, r.ended, r.outcome, r.window_from, r.window_to, r.windows, r.pages, r.read, r.added, r.duplicate, "
                       "r.changed, r.conflict, r.rejected, r.error, r.warning FROM sync_run r JOIN connection c ON c.id = r.connection "
                       "WHERE $1 = '' OR c.name = $2 ORDER BY r.id DESC LIMIT $3",
                       error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, connection != NULL ? connection : "");
  tb_statement_bind_text (row, 2, connection != NULL ? connection : "");
  tb_statement_bind_int (row, 3, limit > 0 ? limit : G_MAXINT32);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&runs);
      g_ptr_array_add (runs, run_from_row (row));
    }
  return NULL;
}

GArray *
tb_sync_run_store_list_days (TbStore *store, const char *connection, gint32 from, gint32 to, GError **error)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TbCollectedDay));
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT d.day, d.times, d.last FROM collected_day d JOIN connection c ON c.id = d.connection "
                                               "WHERE d.day >= $1 AND d.day < $2 AND c.name = $3 ORDER BY d.day",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, from);
  tb_statement_bind_int (row, 2, to);
  tb_statement_bind_text (row, 3, connection);
  while (tb_statement_step (row, &has_row, error))
    {
      const TbCollectedDay day = { (gint32) tb_statement_int (row, 0), (guint) tb_statement_int (row, 1), tb_statement_int (row, 2) };

      if (!has_row)
        return g_steal_pointer (&days);
      g_array_append_val (days, day);
    }
  return NULL;
}
