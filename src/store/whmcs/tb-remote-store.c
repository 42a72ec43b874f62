/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-remote-store.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* ---- members and columns ---- */

static gboolean
is_column (const TbMirrorMember *member)
{
  return member->kind != TB_MIRROR_PAIRS;
}

static void
bind (TbStatement *row, int parameter, const TbMirrorMember *member, gconstpointer value)
{
  switch (member->kind)
    {
    case TB_MIRROR_TEXT:
      tb_statement_bind_text (row, parameter, G_STRUCT_MEMBER (char *, value, member->offset));
      break;
    case TB_MIRROR_LONG:
      tb_statement_bind_int (row, parameter, G_STRUCT_MEMBER (gint64, value, member->offset));
      break;
    case TB_MIRROR_DAY:
      tb_statement_bind_int_or_null (row, parameter, G_STRUCT_MEMBER (TbDay, value, member->offset), TB_DAY_NONE);
      break;
    case TB_MIRROR_CURRENCY:
    case TB_MIRROR_FLAG:
      tb_statement_bind_int (row, parameter, G_STRUCT_MEMBER (gint32, value, member->offset));
      break;
    case TB_MIRROR_PAIRS:
    default:
      g_assert_not_reached ();
    }
}

static void
take (TbStatement *row, int column, const TbMirrorMember *member, gpointer value)
{
  if (member->kind == TB_MIRROR_TEXT)
    G_STRUCT_MEMBER (char *, value, member->offset) = tb_statement_dup_text (row, column);
  else if (member->kind == TB_MIRROR_LONG)
    G_STRUCT_MEMBER (gint64, value, member->offset) = tb_statement_int (row, column);
  else if (member->kind == TB_MIRROR_DAY)
    G_STRUCT_MEMBER (TbDay, value, member->offset) = (TbDay) tb_statement_int_or (row, column, TB_DAY_NONE);
  else
    G_STRUCT_MEMBER (gint32, value, member->offset) = (gint32) tb_statement_int (row, column);
}

static char *
select_sql (const TbMirrorNoun *noun, const char *where)
{
  GString *sql = g_string_new ("SELECT ");

  for (guint i = 0; i < noun->n_members; i++)
    if (is_column (&noun->members[i]))
      g_string_append_printf (sql, "%s%s", i == 0 ? "" : ", ", noun->members[i].name);
  g_string_append_printf (sql, " FROM whmcs_%s WHERE %s ORDER BY id", noun->name, where);
  return g_string_free (sql, FALSE);
}

static gpointer
from_row (const TbMirrorNoun *noun, TbStatement *row)
{
  gpointer value = tb_mirror_value_new (noun);
  int column = 0;

  for (guint i = 0; i < noun->n_members; i++)
    if (is_column (&noun->members[i]))
      take (row, column++, &noun->members[i], value);
  return value;
}

/* ---- pairs ---- */

static const TbMirrorMember *
find_pairs (const TbMirrorNoun *noun)
{
  for (guint i = 0; i < noun->n_members; i++)
    if (noun->members[i].kind == TB_MIRROR_PAIRS)
      return &noun->members[i];
  return NULL;
}

static gboolean
save_pairs (TbStore *store, const TbMirrorNoun *noun, gpointer value, GError **error)
{
  const TbMirrorMember *member = find_pairs (noun);
  GPtrArray *pairs = member != NULL ? G_STRUCT_MEMBER (GPtrArray *, value, member->offset) : NULL;
  TbDb *db = tb_store_get_db (store);
  g_autoptr (TbStatement) old = NULL, row = NULL;

  if (pairs == NULL)
    return TRUE;
  old = tb_db_prepare (db, "DELETE FROM whmcs_pair WHERE noun = $1 AND owner = $2", error);
  row = tb_db_prepare (db, "INSERT INTO whmcs_pair (noun, owner, field, name, value) VALUES ($1, $2, $3, $4, $5)", error);
  if (old == NULL || row == NULL)
    return FALSE;
  tb_statement_bind_text (old, 1, noun->name);
  tb_statement_bind_int (old, 2, tb_mirror_value_get_id (value));
  if (!tb_statement_run (old, error))
    return FALSE;
  tb_statement_bind_text (row, 1, noun->name);
  tb_statement_bind_int (row, 2, tb_mirror_value_get_id (value));
  for (guint i = 0; i < pairs->len; i++)
    {
      const TbMirrorPair *pair = pairs->pdata[i];

      tb_statement_bind_int (row, 3, pair->id);
      tb_statement_bind_text (row, 4, pair->name);
      tb_statement_bind_text (row, 5, pair->value);
      if (!tb_statement_run (row, error))
        return FALSE;
    }
  return TRUE;
}

/* Into values that are in order of their ids; `owner` 0 = of all. */
static gboolean
load_pairs (TbStore *store, const TbMirrorNoun *noun, gint64 owner, GPtrArray *values, GError **error)
{
  const TbMirrorMember *member = find_pairs (noun);
  g_autoptr (TbStatement) row = NULL;
  gboolean has_row;
  guint at = 0;

  if (member == NULL || values->len == 0)
    return TRUE;
  row = tb_db_prepare (tb_store_get_db (store),
                       "SELECT owner, field, name, value FROM whmcs_pair WHERE noun = $1 AND ($2 = 0 OR owner = $2) ORDER BY owner, id",
                       error);
  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, noun->name);
  tb_statement_bind_int (row, 2, owner);
  while (tb_statement_step (row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      while (at < values->len && tb_mirror_value_get_id (values->pdata[at]) < tb_statement_int (row, 0))
        at++;
      if (at < values->len && tb_mirror_value_get_id (values->pdata[at]) == tb_statement_int (row, 0))
        g_ptr_array_add (G_STRUCT_MEMBER (GPtrArray *, values->pdata[at], member->offset),
                         tb_mirror_pair_new (tb_statement_int (row, 1), tb_statement_text (row, 2), tb_statement_text (row, 3)));
    }
  return FALSE;
}

/* ---- reading ---- */

static GPtrArray *
load (TbStore *store, const TbMirrorNoun *noun, const char *where, gint64 parameter, gint64 owner, GError **error)
{
  g_autofree char *sql = select_sql (noun, where);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  g_autoptr (GPtrArray) values = tb_mirror_values_new (noun);
  gboolean has_row = TRUE;

  if (row == NULL)
    return NULL;
  if (parameter != 0)
    tb_statement_bind_int (row, 1, parameter);
  while (has_row)
    {
      if (!tb_statement_step (row, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (values, from_row (noun, row));
    }
  return load_pairs (store, noun, owner, values, error) ? g_steal_pointer (&values) : NULL;
}

GPtrArray *
tb_remote_store_list (TbStore *store, const TbMirrorNoun *noun, gint64 client, GError **error)
{
  return load (store, noun, client != 0 ? "gone_at IS NULL AND client = $1" : "gone_at IS NULL", client, 0, error);
}

gpointer
tb_remote_store_get (TbStore *store, const TbMirrorNoun *noun, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) found = load (store, noun, "gone_at IS NULL AND id = $1", id, id, error);

  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return tb_mirror_value_copy (noun, found->pdata[0]);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("At the last pull WHMCS had no %s with the id %" PRId64 "."), noun->name,
               id);
  return NULL;
}

GHashTable *
tb_remote_store_list_reads (TbStore *store, const TbMirrorNoun *noun, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, seen, read_at, changed_at, detailed_at, gone_at FROM whmcs_%s", noun->name);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  g_autoptr (GHashTable) reads = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  gboolean has_row;

  while (row != NULL && tb_statement_step (row, &has_row, error))
    {
      TbRemoteRead *read;

      if (!has_row)
        return g_steal_pointer (&reads);
      read = g_new (TbRemoteRead, 1);
      *read = (TbRemoteRead){ tb_statement_int (row, 0), tb_statement_int (row, 1), tb_statement_int (row, 2),
                              tb_statement_int (row, 3), tb_statement_int (row, 4), !tb_statement_is_null (row, 5) };
      g_hash_table_replace (reads, &read->id, read);
    }
  return NULL;
}

const TbRemoteRead *
tb_remote_reads_get (GHashTable *reads, gint64 id)
{
  return g_hash_table_lookup (reads, &id);
}

/* ---- writing ---- */

static guint
count_members (const TbMirrorNoun *noun, TbRemoteDepth depth)
{
  return depth == TB_REMOTE_LISTED && noun->n_listed > 0 ? noun->n_listed : noun->n_members;
}

/* Parameters are all columns, then pull and time. */
static char *
insert_sql (const TbMirrorNoun *noun, TbRemoteDepth depth)
{
  GString *sql = g_string_new (NULL);
  guint n = 0;

  g_string_append_printf (sql, "INSERT INTO whmcs_%s (", noun->name);
  for (guint i = 0; i < noun->n_members; i++)
    if (is_column (&noun->members[i]))
      g_string_append_printf (sql, "%s, ", noun->members[i].name);
  g_string_append (sql, "seen, read_at, changed_at, detailed_at) VALUES (");
  for (guint i = 0; i < noun->n_members; i++)
    if (is_column (&noun->members[i]))
      g_string_append_printf (sql, "$%u, ", ++n);
  g_string_append_printf (sql, "$%u, $%u, $%u, %s)", n + 1, n + 2, n + 2, depth == TB_REMOTE_WHOLE ? "$" : "NULL");
  if (depth == TB_REMOTE_WHOLE)
    {
      g_string_truncate (sql, sql->len - 1);
      g_string_append_printf (sql, "%u)", n + 2);
    }
  g_string_append_printf (sql,
                          " ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, read_at = excluded.read_at, changed_at = "
                          "excluded.changed_at, gone_at = NULL%s",
                          depth == TB_REMOTE_WHOLE ? ", detailed_at = excluded.detailed_at" : "");
  for (guint i = 1; i < count_members (noun, depth); i++)
    if (is_column (&noun->members[i]))
      g_string_append_printf (sql, ", %s = excluded.%s", noun->members[i].name, noun->members[i].name);
  return g_string_free (sql, FALSE);
}

static gboolean
write_value (TbStore *store,
             TbStatement *row,
             const TbMirrorNoun *noun,
             TbRemoteDepth depth,
             gpointer value,
             gint64 pull,
             gint64 now,
             GError **error)
{
  int n = 0;

  for (guint i = 0; i < noun->n_members; i++)
    if (is_column (&noun->members[i]))
      bind (row, ++n, &noun->members[i], value);
  tb_statement_bind_int (row, n + 1, pull);
  tb_statement_bind_int (row, n + 2, now);
  return tb_statement_run (row, error) && (depth == TB_REMOTE_LISTED || save_pairs (store, noun, value, error));
}

/* It was seen, and is as it was. */
static gboolean
touch (TbStatement *row, gint64 id, TbRemoteDepth depth, gint64 pull, gint64 now, GError **error)
{
  tb_statement_bind_int (row, 1, pull);
  tb_statement_bind_int (row, 2, now);
  tb_statement_bind_int (row, 3, depth == TB_REMOTE_WHOLE);
  tb_statement_bind_int (row, 4, id);
  return tb_statement_run (row, error);
}

static gboolean
save (TbStore *store,
      const TbMirrorNoun *noun,
      TbRemoteDepth depth,
      GPtrArray *values,
      gint64 pull,
      gint64 now,
      TbRemoteCounts *counts,
      GError **error)
{
  g_autofree char *sql = insert_sql (noun, depth);
  g_autofree char *touch_sql = g_strdup_printf (
      "UPDATE whmcs_%s SET seen = $1, read_at = $2, detailed_at = CASE WHEN $3 = 1 THEN $2 ELSE detailed_at END WHERE id = $4", noun->name);
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);
  g_autoptr (TbStatement) same = row != NULL ? tb_db_prepare (tb_store_get_db (store), touch_sql, error) : NULL;

  for (guint i = 0; same != NULL && i < values->len; i++)
    {
      gint64 id = tb_mirror_value_get_id (values->pdata[i]);
      g_autoptr (GPtrArray) before = load (store, noun, "gone_at IS NULL AND id = $1", id, id, error);
      gboolean known = before != NULL && before->len > 0;
      gboolean is_same = known && tb_mirror_value_equal (noun, count_members (noun, depth), before->pdata[0], values->pdata[i]);

      if (before == NULL
          || !(is_same ? touch (same, id, depth, pull, now, error)
                       : write_value (store, row, noun, depth, values->pdata[i], pull, now, error)))
        return FALSE;
      counts->same += is_same;
      counts->changed += known && !is_same;
      counts->added += !known;
    }
  return same != NULL;
}

gboolean
tb_remote_store_save (TbStore *store,
                      const TbMirrorNoun *noun,
                      TbRemoteDepth depth,
                      GPtrArray *values,
                      gint64 pull,
                      gint64 now,
                      TbRemoteCounts *counts,
                      GError **error)
{
  TbRemoteCounts own_counts = counts != NULL ? *counts : (TbRemoteCounts){ 0 };
  gboolean own;

  if (!tb_store_join (store, &own, error)
      || !tb_store_leave (store, own, save (store, noun, depth, values, pull, now, &own_counts, error), error))
    return FALSE;
  if (counts != NULL)
    *counts = own_counts;
  return TRUE;
}

gboolean
tb_remote_store_sweep (
    TbStore *store, const TbMirrorNoun *noun, gint64 client, gint64 pull, gint64 now, TbRemoteCounts *counts, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE whmcs_%s SET gone_at = $1 WHERE gone_at IS NULL AND seen <> $2%s", noun->name,
                                          client != 0 ? " AND client = $3" : "");
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), sql, error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, now);
  tb_statement_bind_int (row, 2, pull);
  if (client != 0)
    tb_statement_bind_int (row, 3, client);
  if (!tb_statement_run (row, error))
    return FALSE;
  if (counts != NULL)
    counts->gone += (guint) tb_db_changes (tb_store_get_db (store));
  return TRUE;
}
