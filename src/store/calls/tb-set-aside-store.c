/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-set-aside-store.h"

#include "tb-call-codec.h"

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
  g_free (self);
}

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

#define OF_CONNECTION "JOIN import i ON i.id = r.import JOIN connection n ON n.id = i.connection WHERE n.name = $1 ORDER BY r.id DESC LIMIT $2"

GPtrArray *
tb_quarantine_store_list (TbStore *store, const char *connection, guint limit, GError **error)
{
  return list (store, "SELECT i.time, i.source, r.line, r.reason, r.raw FROM reject r " OF_CONNECTION, connection, limit, quarantined_from_row,
               (GDestroyNotify) tb_quarantined_free, error);
}

GPtrArray *
tb_call_conflict_store_list (TbStore *store, const char *connection, guint limit, GError **error)
{
  return list (store,
               "SELECT i.time, r.uid, r.tenant, r.caller, r.callee, r.direction, r.start, r.seconds, r.cdr, c.seconds FROM cdr_conflict r "
               "LEFT JOIN cdr c ON c.id = r.cdr " OF_CONNECTION,
               connection, limit, conflict_from_row, (GDestroyNotify) tb_call_conflict_free, error);
}
