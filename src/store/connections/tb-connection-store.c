/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-store.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-schedule.h"

void
tb_connection_state_free (TbConnectionState *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->last_error);
  g_free (self);
}

gboolean
tb_connection_state_is_due (const TbConnectionState *self, gint64 now)
{
  return self->every > 0 && (self->next_due <= now || self->last_run > now);
}

gboolean
tb_connection_state_is_alarming (const TbConnectionState *self, gint64 now)
{
  return self->alarm > 0 && self->failing_since > 0 && now - self->failing_since >= self->alarm;
}

/* ---- reading ---- */

#define STATES                                                                                                                                                 \
  "SELECT c.name, coalesce(s.cursor, 0), coalesce(s.last_run, 0), coalesce(s.last_success, 0), s.last_error, "                                                 \
  "coalesce((SELECT sum(i.added) FROM import i WHERE i.connection = c.id), 0), s.every, s.alarm, coalesce(s.failures, 0), s.failing_since, "                   \
  "coalesce(s.next_due, 0), s.covered_from FROM connection c LEFT JOIN connection_state s ON s.connection = c.id "

static TbConnectionState *
state_from_row (TbStatement *row)
{
  TbConnectionState *state = g_new0 (TbConnectionState, 1);

  state->name = tb_statement_dup_text (row, 0);
  state->cursor = tb_statement_int (row, 1);
  state->last_run = tb_statement_int (row, 2);
  state->last_success = tb_statement_int (row, 3);
  state->last_error = tb_statement_dup_text (row, 4);
  state->calls = (guint64) tb_statement_int (row, 5);
  state->every = tb_statement_int_or (row, 6, TB_SCHEDULE_EVERY);
  state->alarm = tb_statement_int_or (row, 7, TB_SCHEDULE_ALARM);
  state->failures = (guint) tb_statement_int (row, 8);
  state->failing_since = tb_statement_int (row, 9);
  state->next_due = tb_statement_int (row, 10);
  state->covered_from = tb_statement_int (row, 11);
  return state;
}

GPtrArray *
tb_connection_store_list_states (TbStore *store, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_connection_state_free);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), STATES "ORDER BY c.id", error);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&states);
      g_ptr_array_add (states, state_from_row (row));
    }
  return NULL;
}

TbConnectionState *
tb_connection_store_get_state (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), STATES "WHERE c.name = $1", error);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_text (row, 1, name);
  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  if (has_row)
    return state_from_row (row);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
  return NULL;
}

/* ---- writing ---- */

gboolean
tb_connection_store_set_schedule (TbStore *store, const char *name, gint64 every, gint64 alarm, GError **error)
{
  g_autoptr (TbConnectionState) state = tb_connection_store_get_state (store, name, error);
  g_autoptr (TbStatement) row = NULL;

  if (state == NULL)
    return FALSE;
  row = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO connection_state (connection, every, alarm, next_due) SELECT id, $1, $2, $3 FROM connection WHERE name = $4 "
                       "ON CONFLICT (connection) DO UPDATE SET every = excluded.every, alarm = excluded.alarm, next_due = excluded.next_due",
                       error);
  if (row == NULL)
    return FALSE;
  every = every >= 0 ? every : state->every;
  tb_statement_bind_int (row, 1, every);
  tb_statement_bind_int (row, 2, alarm >= 0 ? alarm : state->alarm);
  tb_statement_bind_int (row, 3, state->last_run > 0 ? tb_schedule_next (every, 0, state->last_run, 0) : 0);
  tb_statement_bind_text (row, 4, name);
  return tb_statement_run (row, error);
}

gboolean
tb_connection_store_set_cursor (TbStore *store, const char *name, gint64 cursor, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO connection_state (connection, cursor) SELECT id, $1 FROM connection WHERE name = $2 "
                                               "ON CONFLICT (connection) DO UPDATE SET cursor = excluded.cursor WHERE excluded.cursor > connection_state.cursor",
                                               error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, cursor);
  tb_statement_bind_text (row, 2, name);
  return tb_statement_run (row, error);
}
