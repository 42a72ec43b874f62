/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-batch.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-text.h"

/* Clocks are a little apart. */
#define FUTURE 600
/* A person who dismissed it is not asked again. */
#define REJECT \
  "INSERT INTO reject (import, line, reason, raw, digest, dismissed) VALUES ($1, $2, $3, $4, $5, (SELECT max(o.dismissed) FROM reject o " \
  "JOIN import i ON i.id = o.import WHERE o.dismissed IS NOT NULL AND o.digest = $5 AND i.connection = $6))"
#define RAW_KEPT 65536

struct _TbCallWriter
{
  TbStore *store;
  guint32 connection;
  gboolean open; /* the transaction is ours */
  gint64 cursor;
  gint64 future; /* what begins later is dated by a clock that is ahead */
  char *file, *version; /* the one that was read */
  TbImportCounts counts;
  TbCallBatch batch;
  GHashTable *tenants;     /* name → id */
  GHashTable *occurrences; /* content hash → how often, for calls without uid */
  TbStatement *reject;

  const char *last_tenant; /* a key of `tenants` */
  guint32 last_tenant_id;
};

/* ---- small look-ups ---- */

static gboolean
find_connection (TbStore *store, const char *name, guint32 *ret, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM connection WHERE name = $1", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_text (statement, 1, name);
  if (!tb_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
      return FALSE;
    }
  *ret = (guint32) tb_statement_int (statement, 0);
  return TRUE;
}

static gboolean
load_tenants (TbCallWriter *self, GError **error)
{
  g_autoptr (TbStatement) statement
      = tb_db_prepare (tb_store_get_db (self->store), "SELECT id, name FROM tenant WHERE connection = $1", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, self->connection);
  while (tb_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_hash_table_insert (self->tenants, g_strdup (tb_statement_text (statement, 1)), GUINT_TO_POINTER ((guint) tb_statement_int (statement, 0)));
    }
  return FALSE;
}

static gboolean
add_tenant (TbCallWriter *self, const char *name, GError **error)
{
  g_autoptr (TbStatement) statement
      = tb_db_prepare (tb_store_get_db (self->store), "INSERT INTO tenant (connection, name) VALUES ($1, $2)", error);
  gint64 id;

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, self->connection);
  tb_statement_bind_text (statement, 2, name);
  if (!tb_statement_run (statement, error))
    return FALSE;
  id = tb_db_last_insert_id (tb_store_get_db (self->store));
  if (id > TB_CALL_MAX_TENANT)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_OVERFLOW, _("The books hold %d tenants, which is the most they can; “%s” would be one more."),
                   TB_CALL_MAX_TENANT, name);
      return FALSE;
    }
  g_hash_table_insert (self->tenants, g_strdup (name), GUINT_TO_POINTER ((guint) id));
  return TRUE;
}

static gboolean
find_tenant (TbCallWriter *self, const char *name, guint32 *ret, GError **error)
{
  gpointer key, id;

  if (self->last_tenant == NULL || strcmp (self->last_tenant, name) != 0)
    {
      if (!g_hash_table_lookup_extended (self->tenants, name, &key, &id)
          && (!add_tenant (self, name, error) || !g_hash_table_lookup_extended (self->tenants, name, &key, &id)))
        return FALSE;
      self->last_tenant = key;
      self->last_tenant_id = GPOINTER_TO_UINT (id);
    }
  *ret = self->last_tenant_id;
  return TRUE;
}

/* ---- begin ---- */

static gboolean
add_import_row (TbCallWriter *self, const char *source, const char *format, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (
      tb_store_get_db (self->store), "INSERT INTO import (connection, source, format, time) VALUES ($1, $2, $3, $4)", error);

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, self->connection);
  tb_statement_bind_text (statement, 2, source != NULL ? source : "");
  tb_statement_bind_text (statement, 3, format != NULL ? format : "");
  tb_statement_bind_int (statement, 4, tb_clock_now ());
  if (!tb_statement_run (statement, error))
    return FALSE;
  self->counts.import_id = (guint32) tb_db_last_insert_id (tb_store_get_db (self->store));
  return TRUE;
}

TbCallWriter *
tb_call_writer_begin (TbStore *store, const char *connection, const char *source, const char *format, GError **error)
{
  g_autoptr (TbCallWriter) self = g_new0 (TbCallWriter, 1);

  self->store = store;
  self->future = tb_clock_now () + FUTURE;
  self->tenants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!find_connection (store, connection, &self->connection, error) || !tb_store_begin (store, error))
    return NULL;
  self->open = TRUE;
  if (!add_import_row (self, source, format, error) || !load_tenants (self, error)
      || !tb_call_batch_init (&self->batch, store, self->connection, self->counts.import_id, &self->counts, error))
    return NULL;
  self->reject = tb_db_prepare (tb_store_get_db (store), REJECT, error);
  return self->reject != NULL ? g_steal_pointer (&self) : NULL;
}

/* ---- adding ---- */

/* For a record without id: a hash of all it says, and which of its equals in this file it is. Twice the same file gives the same ids; two
 * equal records in one file stay two calls. */
static void
derive_uid (TbCallWriter *self, const TbCall *call, char ret[64])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *texts[] = { call->tenant, call->extension, call->caller, call->caller_name, call->callee, call->did, call->account_code, call->cause };
  gint64 numbers[] = { call->direction, call->start, call->ring, call->duration, call->seconds };
  char head[17];
  guint64 *key;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_checksum_update (sum, (const guchar *) texts[i], (gssize) strlen (texts[i]) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char text[24];

      g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT ";", numbers[i]);
      g_checksum_update (sum, (const guchar *) text, -1);
    }
  g_strlcpy (head, g_checksum_get_string (sum), sizeof head);
  key = g_new (guint64, 1);
  *key = g_ascii_strtoull (head, NULL, 16);
  if (self->occurrences == NULL)
    self->occurrences = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->occurrences, key)) + 1;
  g_hash_table_insert (self->occurrences, key, GUINT_TO_POINTER (n));
  g_snprintf (ret, 64, "h-%s-%u", head, n);
}

gboolean
tb_call_writer_add (TbCallWriter *self, const TbCall *call, GError **error)
{
  char derived[64];
  const char *uid = call->uid;
  guint32 tenant;

  if (*uid == '\0')
    {
      derive_uid (self, call, derived);
      uid = derived;
    }
  self->counts.read++;
  self->counts.future += call->start > self->future;
  if (!find_tenant (self, call->tenant, &tenant, error) || !tb_call_batch_add (&self->batch, tenant, call, uid, error))
    return FALSE;
  return !tb_call_batch_is_full (&self->batch) || tb_call_batch_flush (&self->batch, error);
}

/* The first eight bytes of the SHA-256. */
static gint64
digest_of (const char *raw, gsize len)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize n = sizeof bytes;
  gint64 digest;

  g_checksum_update (sum, (const guchar *) raw, (gssize) len);
  g_checksum_get_digest (sum, bytes, &n);
  memcpy (&digest, bytes, sizeof digest);
  return GINT64_FROM_BE (digest);
}

gboolean
tb_call_writer_reject (TbCallWriter *self, guint64 line, const char *reason, const char *raw, gsize raw_len, GError **error)
{
  raw_len = MIN (raw_len, RAW_KEPT);
  self->counts.read++;
  self->counts.rejected++;
  tb_statement_bind_int (self->reject, 1, self->counts.import_id);
  tb_statement_bind_int (self->reject, 2, (gint64) line);
  tb_statement_bind_text (self->reject, 3, reason);
  tb_statement_bind_blob (self->reject, 4, raw, raw_len);
  tb_statement_bind_int (self->reject, 5, digest_of (raw, raw_len));
  tb_statement_bind_int (self->reject, 6, self->connection);
  return tb_statement_run (self->reject, error);
}

void
tb_call_writer_set_cursor (TbCallWriter *self, gint64 cursor)
{
  self->cursor = cursor;
}

void
tb_call_writer_set_file (TbCallWriter *self, const char *name, const char *version)
{
  tb_set_str (&self->file, name);
  tb_set_str (&self->version, version);
}

/* ---- finish ---- */

static gboolean
write_counts (TbCallWriter *self, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (self->store),
                                                     "UPDATE import SET read = $1, added = $2, duplicate = $3, changed = $4, conflict = $5, "
                                                     "rejected = $6 WHERE id = $7",
                                                     error);
  const guint64 counts[]
      = { self->counts.read, self->counts.added, self->counts.duplicate, self->counts.changed, self->counts.conflict, self->counts.rejected };

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    tb_statement_bind_int (statement, (int) i + 1, (gint64) counts[i]);
  tb_statement_bind_int (statement, 7, self->counts.import_id);
  return tb_statement_run (statement, error);
}

static gboolean
move_cursor (TbCallWriter *self, GError **error)
{
  g_autoptr (TbStatement) statement = NULL;

  if (self->cursor == 0)
    return TRUE;
  statement = tb_db_prepare (tb_store_get_db (self->store),
                             "INSERT INTO connection_state (connection, cursor) VALUES ($1, $2) "
                             "ON CONFLICT (connection) DO UPDATE SET cursor = excluded.cursor",
                             error);
  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, self->connection);
  tb_statement_bind_int (statement, 2, self->cursor);
  return tb_statement_run (statement, error);
}

static gboolean
note_file (TbCallWriter *self, GError **error)
{
  g_autoptr (TbStatement) statement = NULL;

  if (self->file == NULL || self->version == NULL)
    return TRUE;
  statement = tb_db_prepare (tb_store_get_db (self->store),
                             "INSERT INTO collected_file (connection, name, version, import) VALUES ($1, $2, $3, $4) "
                             "ON CONFLICT (connection, name) DO UPDATE SET version = excluded.version, import = excluded.import, gone = NULL",
                             error);
  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, self->connection);
  tb_statement_bind_text (statement, 2, self->file);
  tb_statement_bind_text (statement, 3, self->version);
  tb_statement_bind_int (statement, 4, self->counts.import_id);
  return tb_statement_run (statement, error);
}

gboolean
tb_call_writer_finish (TbCallWriter *self, TbImportCounts *ret, GError **error)
{
  if (!tb_call_batch_flush (&self->batch, error) || !write_counts (self, error) || !move_cursor (self, error)
      || !note_file (self, error) || !tb_store_commit (self->store, error))
    return FALSE;
  self->open = FALSE;
  tb_seen_keep (g_steal_pointer (&self->batch.seen));
  *ret = self->counts;
  return TRUE;
}

void
tb_call_writer_free (TbCallWriter *self)
{
  if (self == NULL)
    return;
  if (self->batch.store != NULL)
    tb_call_batch_clear (&self->batch);
  tb_statement_free (self->reject);
  if (self->open)
    tb_store_rollback (self->store);
  g_hash_table_unref (self->tenants);
  g_clear_pointer (&self->occurrences, g_hash_table_unref);
  g_free (self->file);
  g_free (self->version);
  g_free (self);
}
