/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* 130 bytes a call with its keys: a batch stays near 40 MB. Larger ones fill the pages of the tree better, smaller ones take less memory. */
#define BATCH_CALLS 262144
#define BATCH_ARENA (48u << 20)

#define COLUMNS "id, uid, extension, caller, callee, direction, ring, seconds, import, cause, tail, did, account, caller_name"

static gboolean
prepare (TbCallBatch *self, TbStatement **statement, const char *sql, GError **error)
{
  *statement = tb_db_prepare (tb_store_get_db (self->store), sql, error);
  return *statement != NULL;
}

static gboolean
prepare_all (TbCallBatch *self, GError **error)
{
  return prepare (self, &self->insert, "INSERT INTO cdr (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", error)
         && prepare (self, &self->select, "SELECT " COLUMNS " FROM cdr WHERE id >= $1 AND id < $2 ORDER BY id", error)
         && prepare (self, &self->delete_call, "DELETE FROM cdr WHERE id = $1", error)
         && prepare (self, &self->delete_rated, "DELETE FROM rated WHERE id = $1", error)
         && prepare (self, &self->invoiced, "SELECT i.id FROM rated r JOIN invoice i ON i.id = r.invoice WHERE r.id = $1 AND i.state = 1", error)
         && prepare (self, &self->top, "SELECT max(id) FROM cdr WHERE id >= $1 AND id < $2", error)
         && prepare (self, &self->conflict_find,
                     "SELECT id FROM cdr_conflict WHERE uid = $1 AND tenant = $2 AND extension = $3 AND caller = $4 AND caller_name = $5 AND callee = $6 "
                     "AND did = $7 AND account = $8 AND cause = $9 AND cdr = $10 AND start = $11 AND direction = $12 AND duration = $13 "
                     "AND seconds = $14 AND coalesce(ring, -1) = $15",
                     error)
         && prepare (self, &self->conflict_add,
                     "INSERT INTO cdr_conflict (uid, tenant, extension, caller, caller_name, callee, did, account, cause, cdr, start, direction, duration, "
                     "seconds, ring, import) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                     error)
         && prepare (self, &self->tenant_name, "SELECT name FROM tenant WHERE id = $1", error);
}

gboolean
tb_call_batch_init (TbCallBatch *self, TbStore *store, guint32 connection, guint32 import_id, TbImportCounts *counts, GError **error)
{
  memset (self, 0, sizeof *self);
  self->store = store;
  self->connection = connection;
  self->import_id = import_id;
  self->counts = counts;
  self->calls = g_array_new (FALSE, FALSE, sizeof (TbPackedCall));
  self->arena = g_byte_array_new ();
  self->overtaken = g_array_new (FALSE, FALSE, sizeof (TbOvertakenCall));
  self->words = tb_words_new (store, error);
  self->seen = self->words == NULL ? NULL : tb_seen_load (store, error);
  return self->seen != NULL && prepare_all (self, error);
}

void
tb_call_batch_clear (TbCallBatch *self)
{
  TbStatement *statements[] = { self->insert,   self->select, self->delete_call,   self->delete_rated, self->invoiced,
                                self->top,      self->conflict_find, self->conflict_add, self->tenant_name };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    tb_statement_free (statements[i]);
  tb_words_free (self->words);
  tb_seen_free (self->seen);
  g_clear_pointer (&self->calls, g_array_unref);
  g_clear_pointer (&self->arena, g_byte_array_unref);
  g_clear_pointer (&self->overtaken, g_array_unref);
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->spare, g_free);
}

/* ---- packing ---- */

static guint32
keep (TbCallBatch *self, const void *data, gsize len)
{
  guint32 at = self->arena->len;

  g_byte_array_append (self->arena, data, (guint) len);
  return at;
}

gboolean
tb_call_batch_add (TbCallBatch *self, guint32 tenant, const TbCall *call, const char *uid, GError **error)
{
  TbPackedCall packed = { 0 };
  guint8 encoded[TB_CALL_UID_BUFFER];
  gint64 extension, account, cause;

  if (!tb_words_intern (self->words, call->extension, &extension, error) || !tb_words_intern (self->words, call->account_code, &account, error)
      || !tb_words_intern (self->words, call->cause, &cause, error) || !tb_words_pack_number (self->words, call->caller, &packed.caller, error)
      || !tb_words_pack_number (self->words, call->callee, &packed.callee, error)
      || !tb_words_pack_number (self->words, call->did, &packed.did, error))
    return FALSE;

  packed.extension = (gint32) extension;
  packed.account = (gint32) account;
  packed.cause = (gint32) cause;
  packed.base = tb_call_id_base (tenant, call->start);
  packed.direction = (guint8) call->direction;
  packed.ring = call->ring;
  packed.seconds = call->seconds;
  packed.tail = call->duration - MAX (call->ring, 0) - call->seconds;
  packed.uid_len = (guint16) tb_uid_encode (uid, encoded);
  if (packed.uid_len == sizeof packed.uuid)
    memcpy (packed.uuid, encoded, sizeof packed.uuid);
  else
    packed.uid = keep (self, encoded, packed.uid_len);
  packed.name_len = (guint16) strlen (call->caller_name);
  packed.name = keep (self, call->caller_name, packed.name_len);
  packed.hash = tb_seen_hash (self->seen, self->connection, encoded, packed.uid_len);
  g_array_append_val (self->calls, packed);
  return TRUE;
}

gboolean
tb_call_batch_is_full (const TbCallBatch *self)
{
  return self->calls->len >= BATCH_CALLS || self->arena->len >= BATCH_ARENA;
}

void
tb_call_batch_bind (const TbCallBatch *self, TbStatement *statement, const TbPackedCall *call, gint64 id)
{
  tb_statement_bind_int (statement, 1, id);
  tb_statement_bind_blob (statement, 2, tb_call_batch_get_uid (self, call), call->uid_len);
  tb_statement_bind_int_or_null (statement, 3, call->extension, 0);
  tb_statement_bind_int_or_null (statement, 4, call->caller, 0);
  tb_statement_bind_int_or_null (statement, 5, call->callee, 0);
  tb_statement_bind_int (statement, 6, call->direction);
  tb_statement_bind_int_or_null (statement, 7, call->ring, -1);
  tb_statement_bind_int (statement, 8, call->seconds);
  tb_statement_bind_int (statement, 9, self->import_id);
  tb_statement_bind_int_or_null (statement, 10, call->cause, 0);
  tb_statement_bind_int_or_null (statement, 11, call->tail, 0);
  tb_statement_bind_int_or_null (statement, 12, call->did, 0);
  tb_statement_bind_int_or_null (statement, 13, call->account, 0);
  if (call->name_len == 0)
    tb_statement_bind_null (statement, 14);
  else
    tb_statement_bind_text_len (statement, 14, (const char *) self->arena->data + call->name, call->name_len);
}

/* ---- the order of work of a batch ---- */

/* By radix, a byte at a time from the lowest: stable, and ten times as fast as comparing. Bytes that are the same in all keys, as most of a
 * base are, cost a count only. */
static void
sort_keys (TbCallBatch *self)
{
  gsize n = self->calls->len;

  for (guint shift = 0; shift < 64; shift += 8)
    {
      gsize at[257] = { 0 };
      TbCallKey *sorted = self->spare;

      for (gsize i = 0; i < n; i++)
        at[(self->keys[i].key >> shift & 255) + 1]++;
      if (at[(self->keys[0].key >> shift & 255) + 1] == n)
        continue;
      for (guint byte = 0; byte < 256; byte++)
        at[byte + 1] += at[byte];
      for (gsize i = 0; i < n; i++)
        sorted[at[self->keys[i].key >> shift & 255]++] = self->keys[i];
      self->spare = self->keys;
      self->keys = sorted;
    }
}

static void
sort_by_hash (TbCallBatch *self)
{
  TbPackedCall *calls = (TbPackedCall *) (gpointer) self->calls->data;

  for (guint i = 0; i < self->calls->len; i++)
    self->keys[i] = (TbCallKey){ calls[i].hash, &calls[i] };
  sort_keys (self);
}

static void
sort_by_base (TbCallBatch *self)
{
  TbPackedCall *calls = (TbPackedCall *) (gpointer) self->calls->data;

  for (guint i = 0; i < self->calls->len; i++)
    self->keys[i] = (TbCallKey){ (guint64) calls[i].base, &calls[i] };
  sort_keys (self);
}

gboolean
tb_call_batch_same_uid (const TbCallBatch *self, const TbPackedCall *a, const TbPackedCall *b)
{
  return a->uid_len == b->uid_len && memcmp (tb_call_batch_get_uid (self, a), tb_call_batch_get_uid (self, b), a->uid_len) == 0;
}

/* The same call twice in one batch: the later record holds, as it would if they came in two. */
static void
settle_inside (TbCallBatch *self)
{
  const TbCallKey *keys = self->keys;

  for (guint i = 0; i + 1 < self->calls->len; i++)
    for (guint j = i + 1; j < self->calls->len && keys[j].key == keys[i].key; j++)
      if (keys[i].call->fate != TB_FATE_DONE && tb_call_batch_same_uid (self, keys[i].call, keys[j].call))
        {
          if (tb_call_batch_same (self, keys[i].call, keys[j].call))
            self->counts->duplicate++;
          else
            {
              TbOvertakenCall overtaken = { keys[i].call, 0 };

              self->counts->changed++;
              g_array_append_val (self->overtaken, overtaken);
            }
          keys[i].call->fate = TB_FATE_DONE;
        }
}

/* In order of hash, so that the search in each run only moves forward. */
static gsize
mark_hits (TbCallBatch *self)
{
  gsize hits = 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      tb_call_batch_prefetch (self, i);
      if (self->keys[i].call->fate == TB_FATE_NEW && tb_seen_contains (self->seen, self->keys[i].key))
        {
          self->keys[i].call->fate = TB_FATE_HIT;
          hits++;
        }
    }
  return hits;
}

static gboolean
highest_id (TbCallBatch *self, gint64 from, gint64 to, gint64 *ret, GError **error)
{
  gboolean has_row;

  tb_statement_bind_int (self->top, 1, from);
  tb_statement_bind_int (self->top, 2, to);
  if (!tb_statement_step (self->top, &has_row, error))
    return FALSE;
  *ret = has_row && !tb_statement_is_null (self->top, 0) ? tb_statement_int (self->top, 0) : -1;
  tb_statement_reset (self->top);
  return TRUE;
}

static gboolean
check_room (gint64 base, gint64 id, GError **error)
{
  if (id < base + TB_CALL_PER_SECOND)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_OVERFLOW, _("More than %d calls of one tenant begin in the same second; such records cannot be right."),
               TB_CALL_PER_SECOND);
  return FALSE;
}

gboolean
tb_call_batch_next_id (TbCallBatch *self, gint64 base, gint64 *ret, GError **error)
{
  gint64 last;

  if (!highest_id (self, base, base + TB_CALL_PER_SECOND, &last, error))
    return FALSE;
  *ret = last < 0 ? base : last + 1;
  return check_room (base, *ret, error);
}

/* In key order; the books are asked for the last id only where this second, or a later one of the tenant, is stored already. */
static gboolean
insert_new (TbCallBatch *self, GError **error)
{
  gint64 tenant = -1, top = -1, next = -1;

  for (guint i = 0; i < self->calls->len; i++)
    {
      const TbPackedCall *call = self->keys[i].call;
      gint64 base = call->base;

      tb_call_batch_prefetch (self, i);
      if (call->fate != TB_FATE_NEW)
        continue;
      if (base >> TB_CALL_TENANT_SHIFT != tenant)
        {
          tenant = base >> TB_CALL_TENANT_SHIFT;
          if (!highest_id (self, tenant << TB_CALL_TENANT_SHIFT, (tenant + 1) << TB_CALL_TENANT_SHIFT, &top, error))
            return FALSE;
          next = -1;
        }
      if (next < base)
        {
          next = base;
          if (base <= top && !tb_call_batch_next_id (self, base, &next, error))
            return FALSE;
        }
      if (!check_room (base, next, error))
        return FALSE;
      tb_call_batch_bind (self, self->insert, call, next++);
      if (!tb_statement_run (self->insert, error))
        return FALSE;
      self->counts->added++;
    }
  return TRUE;
}

/* With what only looked like a hit. */
static gboolean
remember_new (TbCallBatch *self, GError **error)
{
  g_autofree guint64 *hashes = g_new (guint64, self->calls->len + 1);
  gsize n = 0;

  sort_by_hash (self);
  for (guint i = 0; i < self->calls->len; i++)
    if (self->keys[i].call->fate == TB_FATE_NEW)
      hashes[n++] = self->keys[i].key;
  return tb_seen_add (self->seen, hashes, n, error);
}

gboolean
tb_call_batch_flush (TbCallBatch *self, GError **error)
{
  gsize hits;

  if (self->calls->len == 0)
    return TRUE;
  self->keys = g_renew (TbCallKey, self->keys, self->calls->len);
  self->spare = g_renew (TbCallKey, self->spare, self->calls->len);
  sort_by_hash (self);
  settle_inside (self);
  hits = mark_hits (self);
  sort_by_base (self);
  if ((hits > 0 && !tb_call_batch_settle_hits (self, error)) || !insert_new (self, error) || !remember_new (self, error))
    return FALSE;
  g_array_set_size (self->calls, 0);
  g_array_set_size (self->overtaken, 0);
  g_byte_array_set_size (self->arena, 0);
  return TRUE;
}
