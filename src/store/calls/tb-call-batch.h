/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-codec.h"
#include "tb-call-writer.h"
#include "tb-seen.h"

G_BEGIN_DECLS

/* Calls on their way into the books: packed, sorted, compared with what is stored, written in key order. */

/* One call as its columns. */
typedef struct
{
  gint64 base; /* id without n */
  guint64 hash;
  gint64 caller, callee, did;
  gint32 extension, account, cause; /* words */
  gint32 ring, seconds, tail;       /* ring -1 = not answered */
  guint8 uuid[16];                  /* as nearly all uids are */
  guint32 uid, name;                /* places in the arena, of other uids and of names */
  guint16 uid_len, name_len;
  guint8 direction;
  guint8 fate; /* TbCallFate */
} TbPackedCall;

typedef enum { TB_FATE_NEW, TB_FATE_HIT, TB_FATE_DONE } TbCallFate;

/* A call by what it is sorted by. */
typedef struct
{
  guint64 key;
  TbPackedCall *call;
} TbCallKey;

/* A record with the uid of a later one in the batch, but with other content; and the id of the stored call, 0 = none. */
typedef struct
{
  const TbPackedCall *call;
  gint64 id;
} TbOvertakenCall;

typedef struct
{
  TbStore *store;
  TbWords *words;
  TbSeen *seen;
  guint32 connection;
  guint32 import_id;
  TbImportCounts *counts;

  GArray *calls;     /* of TbPackedCall, as they came */
  GByteArray *arena; /* uids and names */
  TbCallKey *keys;   /* all of them, in the order at hand: by hash, then by base; equal ones as they came */
  TbCallKey *spare;  /* room for sorting */
  GArray *overtaken; /* of TbOvertakenCall, where the uid is stored already */

  TbStatement *insert, *select, *update, *delete_call, *delete_rated, *invoiced, *top, *conflict_find, *conflict_add, *tenant_name;
} TbCallBatch;

gboolean tb_call_batch_init (TbCallBatch *self, TbStore *store, guint32 connection, guint32 import_id, TbImportCounts *counts, GError **error);
void     tb_call_batch_clear (TbCallBatch *self);
gboolean tb_call_batch_add (TbCallBatch *self, guint32 tenant, const TbCall *call, const char *uid, GError **error);
gboolean tb_call_batch_is_full (const TbCallBatch *self);
gboolean tb_call_batch_flush (TbCallBatch *self, GError **error);

/* Calls lie in the order in which they came and are walked in others: one is asked for from memory some steps before its turn. */
static inline void
tb_call_batch_prefetch (const TbCallBatch *self, guint i)
{
  if (i + 6 < self->calls->len)
    __builtin_prefetch (self->keys[i + 6].call);
}

static inline const guint8 *
tb_call_batch_get_uid (const TbCallBatch *self, const TbPackedCall *call)
{
  return call->uid_len == sizeof call->uuid ? call->uuid : self->arena->data + call->uid;
}

/* tb-call-match.c: settles the hits: duplicate, changed, conflict, or (a hash by chance) new. `keys` are in order of base. */
gboolean tb_call_batch_settle_hits (TbCallBatch *self, GError **error);
gboolean tb_call_batch_same (const TbCallBatch *self, const TbPackedCall *a, const TbPackedCall *b);
gboolean tb_call_batch_same_uid (const TbCallBatch *self, const TbPackedCall *a, const TbPackedCall *b);

/* The columns in the order of `insert` from parameter 1: id, uid, extension, caller, callee, direction, ring, seconds, import, cause, tail, did,
 * account, caller_name. */
void tb_call_batch_bind (const TbCallBatch *self, TbStatement *statement, const TbPackedCall *call, gint64 id);
/* The id for one more call of that second. */
gboolean tb_call_batch_next_id (TbCallBatch *self, gint64 base, gint64 *ret, GError **error);

G_END_DECLS
