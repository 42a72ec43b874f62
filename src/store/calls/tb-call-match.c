/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-batch.h"
#include "tb-call-store.h"
#include "tb-unbilled-store.h"

/* Rows to step over before seeking anew is cheaper. */
#define NEAR ((gint64) 64)

gboolean
tb_call_batch_same (const TbCallBatch *self, const TbPackedCall *a, const TbPackedCall *b)
{
  return a->base == b->base && a->extension == b->extension && a->caller == b->caller && a->callee == b->callee && a->did == b->did
         && a->direction == b->direction && a->ring == b->ring && a->seconds == b->seconds && a->tail == b->tail && a->cause == b->cause
         && a->account == b->account && a->name_len == b->name_len
         && memcmp (self->arena->data + a->name, self->arena->data + b->name, a->name_len) == 0;
}

/* ---- stored rows ---- */

static gboolean
row_is_uid (TbStatement *row, const TbCallBatch *self, const TbPackedCall *call)
{
  gsize len;
  const guint8 *uid = tb_statement_blob (row, 1, &len);

  return len == call->uid_len && memcmp (uid, tb_call_batch_get_uid (self, call), len) == 0;
}

static gboolean
row_is_same (TbStatement *row, const TbCallBatch *self, const TbPackedCall *call)
{
  const char *name = tb_statement_text (row, 13);

  return (tb_statement_int (row, 0) & ~(gint64) (TB_CALL_PER_SECOND - 1)) == call->base && tb_statement_int (row, 2) == call->extension
         && tb_statement_int (row, 3) == call->caller && tb_statement_int (row, 4) == call->callee && tb_statement_int (row, 5) == call->direction
         && tb_statement_int_or (row, 6, -1) == call->ring && tb_statement_int (row, 7) == call->seconds
         && tb_statement_int (row, 9) == call->cause && tb_statement_int (row, 10) == call->tail && tb_statement_int (row, 11) == call->did
         && tb_statement_int (row, 12) == call->account && strlen (name) == call->name_len
         && (call->name_len == 0 || memcmp (name, self->arena->data + call->name, call->name_len) == 0);
}

/* ---- changed calls ---- */

static gboolean
is_invoiced (TbCallBatch *self, gint64 id, gboolean *ret, GError **error)
{
  tb_statement_bind_int (self->invoiced, 1, id);
  if (!tb_statement_step (self->invoiced, ret, error))
    return FALSE;
  tb_statement_reset (self->invoiced);
  return TRUE;
}

static char *
dup_number (TbCallBatch *self, gint64 value)
{
  char buffer[24];

  return g_strdup (tb_words_unpack_number (self->words, value, buffer));
}

static gboolean
dup_tenant (TbCallBatch *self, const TbPackedCall *call, char **ret, GError **error)
{
  gboolean has_row;

  tb_statement_bind_int (self->tenant_name, 1, tb_call_id_tenant (call->base));
  if (!tb_statement_step (self->tenant_name, &has_row, error))
    return FALSE;
  *ret = g_strdup (has_row ? tb_statement_text (self->tenant_name, 0) : "");
  tb_statement_reset (self->tenant_name);
  return TRUE;
}

/* All that a conflict says, from parameter 1 on, in both of its statements. */
#define CONFLICT_TEXTS 9
#define CONFLICT_NUMBERS 5

static void
bind_conflict (TbStatement *statement, char *const texts[CONFLICT_TEXTS], const gint64 numbers[CONFLICT_NUMBERS])
{
  for (int i = 0; i < CONFLICT_TEXTS; i++)
    tb_statement_bind_text (statement, i + 1, texts[i]);
  for (int i = 0; i < CONFLICT_NUMBERS; i++)
    tb_statement_bind_int (statement, CONFLICT_TEXTS + i + 1, numbers[i]);
}

/* The same conflict again is not kept twice. */
static gboolean
store_conflict (TbCallBatch *self, char *const texts[CONFLICT_TEXTS], const gint64 numbers[CONFLICT_NUMBERS], gint64 ring, GError **error)
{
  gboolean known;

  bind_conflict (self->conflict_find, texts, numbers);
  tb_statement_bind_int (self->conflict_find, 15, ring);
  if (!tb_statement_step (self->conflict_find, &known, error))
    return FALSE;
  tb_statement_reset (self->conflict_find);
  if (known)
    return TRUE;
  bind_conflict (self->conflict_add, texts, numbers);
  tb_statement_bind_int_or_null (self->conflict_add, 15, ring, -1);
  tb_statement_bind_int (self->conflict_add, 16, self->import_id);
  return tb_statement_run (self->conflict_add, error);
}

static gboolean
keep_aside (TbCallBatch *self, gint64 id, const TbPackedCall *call, GError **error)
{
  g_autofree char *callee = dup_number (self, call->callee), *caller = dup_number (self, call->caller), *did = dup_number (self, call->did);
  g_autofree char *extension = g_strdup (tb_words_get (self->words, call->extension));
  g_autofree char *account = g_strdup (tb_words_get (self->words, call->account));
  g_autofree char *cause = g_strdup (tb_words_get (self->words, call->cause));
  g_autofree char *name = g_strndup ((const char *) self->arena->data + call->name, call->name_len);
  g_autofree char *tenant = NULL;
  char uid[TB_CALL_UID_BUFFER];
  const gint64 numbers[CONFLICT_NUMBERS] = { id, tb_call_id_start (call->base), call->direction, MAX (call->ring, 0) + call->seconds + call->tail,
                                             call->seconds };

  if (!dup_tenant (self, call, &tenant, error))
    return FALSE;
  tb_uid_decode (tb_call_batch_get_uid (self, call), call->uid_len, uid);
  return store_conflict (self, (char *const[]){ uid, tenant, extension, caller, name, callee, did, account, cause }, numbers, call->ring, error);
}

static gboolean
delete_by_id (TbStatement *statement, gint64 id, GError **error)
{
  tb_statement_bind_int (statement, 1, id);
  return tb_statement_run (statement, error);
}

/* A rated call that leaves its time or tenant may have used included minutes there. */
static gboolean
note_moved (TbCallBatch *self, gint64 id, gboolean was_rated, GError **error)
{
  gint64 start = tb_call_id_start (id);

  return !was_rated || start >= tb_call_store_get_moved (self->store) || tb_call_store_set_moved (self->store, start, error);
}

/* Replaced only while it is not invoiced; its old rating goes with it. */
static gboolean
replace (TbCallBatch *self, gint64 id, const TbPackedCall *call, GError **error)
{
  gboolean invoiced;
  gint64 place = id;
  gboolean was_rated;

  if (!is_invoiced (self, id, &invoiced, error))
    return FALSE;
  if (invoiced)
    {
      self->counts->conflict++;
      return keep_aside (self, id, call, error);
    }
  self->counts->changed++;
  if (!delete_by_id (self->delete_call, id, error) || !tb_unbilled_store_mark (self->store, id, id, error)
      || !delete_by_id (self->delete_rated, id, error))
    return FALSE;
  was_rated = tb_db_changes (tb_store_get_db (self->store)) > 0;
  if ((id & ~(gint64) (TB_CALL_PER_SECOND - 1)) != call->base
      && (!note_moved (self, id, was_rated, error) || !tb_call_batch_next_id (self, call->base, &place, error)))
    return FALSE;
  tb_call_batch_bind (self, self->insert, call, place);
  return tb_statement_run (self->insert, error);
}

/* ---- records that a later one of the same batch overtook ---- */

static void
note_overtaken (TbCallBatch *self, gint64 id, const TbPackedCall *call)
{
  for (guint i = 0; i < self->overtaken->len; i++)
    {
      TbOvertakenCall *overtaken = &g_array_index (self->overtaken, TbOvertakenCall, i);

      if (overtaken->call->hash == call->hash && tb_call_batch_same_uid (self, overtaken->call, call))
        overtaken->id = id;
    }
}

/* Counted as changed; but where the stored call is invoiced it did not change: the record is the stored one again, or a conflict. */
static gboolean
settle_overtaken (TbCallBatch *self, const TbOvertakenCall *overtaken, GError **error)
{
  gboolean invoiced, has_row, same;

  if (!is_invoiced (self, overtaken->id, &invoiced, error))
    return FALSE;
  if (!invoiced)
    return TRUE;
  tb_statement_bind_int (self->select, 1, overtaken->id);
  tb_statement_bind_int (self->select, 2, overtaken->id + 1);
  if (!tb_statement_step (self->select, &has_row, error))
    return FALSE;
  same = has_row && row_is_same (self->select, self, overtaken->call);
  tb_statement_reset (self->select);
  self->counts->changed--;
  if (same)
    self->counts->duplicate++;
  else
    self->counts->conflict++;
  return same || keep_aside (self, overtaken->id, overtaken->call, error);
}

/* ---- finding the rows of hits ---- */

typedef struct
{
  gint64 id;
  const TbPackedCall *call;
} Change;

/* A walk along stored rows in key order; seeks when the next hit is far. */
typedef struct
{
  TbStatement *rows;
  gboolean has_row;
  gint64 at, limit;
} Walk;

static gboolean
walk_step (Walk *walk, GError **error)
{
  if (!tb_statement_step (walk->rows, &walk->has_row, error))
    return FALSE;
  walk->at = walk->has_row ? tb_statement_int (walk->rows, 0) : G_MAXINT64;
  return TRUE;
}

static gboolean
walk_seek (Walk *walk, gint64 from, GError **error)
{
  tb_statement_reset (walk->rows);
  tb_statement_bind_int (walk->rows, 1, from);
  tb_statement_bind_int (walk->rows, 2, walk->limit);
  return walk_step (walk, error);
}

static gboolean
walk_to (Walk *walk, gint64 base, GError **error)
{
  gint64 steps = 0;

  if (base < walk->at - (TB_CALL_PER_SECOND - 1) || walk->rows == NULL)
    return walk_seek (walk, base, error);
  for (; walk->has_row && walk->at < base; steps++)
    if (steps == NEAR)
      return walk_seek (walk, base, error);
    else if (!walk_step (walk, error))
      return FALSE;
  return TRUE;
}

/* Hits of one second: every stored row of that second is held against each of them. */
static gboolean
settle_second (TbCallBatch *self, Walk *walk, guint first, guint end, GArray *changes, GError **error)
{
  const gint64 base = (gint64) self->keys[first].key;

  if (!walk_to (walk, base, error))
    return FALSE;
  while (walk->has_row && walk->at < base + TB_CALL_PER_SECOND)
    {
      for (guint i = first; i < end; i++)
        {
          TbPackedCall *call = self->keys[i].call;
          Change change = { walk->at, call };

          if (call->fate != TB_FATE_HIT || !row_is_uid (walk->rows, self, call))
            continue;
          if (row_is_same (walk->rows, self, call))
            self->counts->duplicate++;
          else
            g_array_append_val (changes, change);
          call->fate = TB_FATE_DONE;
          note_overtaken (self, walk->at, call);
        }
      if (!walk_step (walk, error))
        return FALSE;
    }
  return TRUE;
}

/* What was not found at its second moved in time or tenant, or is a hash by chance: one walk over the connection's calls tells. */
static gboolean
settle_moved (TbCallBatch *self, GArray *changes, GError **error)
{
  TbPackedCall *calls = (TbPackedCall *) (gpointer) self->calls->data;
  g_autoptr (GHashTable) open = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (TbStatement) rows = NULL;
  gboolean has_row;

  for (guint i = 0; i < self->calls->len; i++)
    if (calls[i].fate == TB_FATE_HIT)
      g_hash_table_insert (open, &calls[i].hash, &calls[i]);
  if (g_hash_table_size (open) == 0)
    return TRUE;

  rows = tb_db_prepare (tb_store_get_db (self->store),
                        "SELECT c.id, c.uid FROM cdr c JOIN tenant t ON t.id = c.id >> 47 WHERE t.connection = $1", error);
  if (rows == NULL)
    return FALSE;
  tb_statement_bind_int (rows, 1, self->connection);
  while (tb_statement_step (rows, &has_row, error))
    {
      gsize len;
      const guint8 *uid = has_row ? tb_statement_blob (rows, 1, &len) : NULL;
      guint64 hash = has_row ? tb_seen_hash (self->seen, self->connection, uid, len) : 0;
      TbPackedCall *call;

      if (!has_row)
        return TRUE;
      call = g_hash_table_lookup (open, &hash);
      if (call != NULL && row_is_uid (rows, self, call))
        {
          Change change = { tb_statement_int (rows, 0), call };

          g_array_append_val (changes, change);
          call->fate = TB_FATE_DONE;
          note_overtaken (self, change.id, call);
        }
    }
  return FALSE;
}

gboolean
tb_call_batch_settle_hits (TbCallBatch *self, GError **error)
{
  TbPackedCall *calls = (TbPackedCall *) (gpointer) self->calls->data;
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  Walk walk = { self->select, FALSE, G_MAXINT64, G_MAXINT64 };

  for (guint i = 0, end; i < self->calls->len; i = end)
    {
      gboolean hit = FALSE;

      for (end = i; end < self->calls->len && self->keys[end].key == self->keys[i].key; end++)
        {
          tb_call_batch_prefetch (self, end);
          hit |= self->keys[end].call->fate == TB_FATE_HIT;
        }
      if (hit && !settle_second (self, &walk, i, end, changes, error))
        return FALSE;
    }
  tb_statement_reset (self->select);
  if (!settle_moved (self, changes, error))
    return FALSE;

  for (guint i = 0; i < self->overtaken->len; i++)
    {
      const TbOvertakenCall *overtaken = &g_array_index (self->overtaken, TbOvertakenCall, i);

      if (overtaken->id != 0 && !settle_overtaken (self, overtaken, error))
        return FALSE;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      if (!replace (self, change->id, change->call, error))
        return FALSE;
    }
  for (guint i = 0; i < self->calls->len; i++)
    if (calls[i].fate == TB_FATE_HIT)
      calls[i].fate = TB_FATE_NEW;
  return TRUE;
}
