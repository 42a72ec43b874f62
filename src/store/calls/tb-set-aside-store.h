/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-store.h"
#include "tb-sync-run-store.h"

G_BEGIN_DECLS

/* What a connection brought that is not among its calls: records that could not be read, and invoiced calls that came again with other values. */

typedef struct
{
  gint64 time;   /* of the import */
  char *source;
  guint64 line;
  char *reason;
  char *raw;
  gint64 key;    /* the same for the same record */
  guint times;   /* it came; the above is of the last time */
} TbQuarantined;
void       tb_quarantined_free (TbQuarantined *self);
/* Those that are open, each once, newest first; `limit` 0 = all. */
GPtrArray *tb_quarantine_store_list (TbStore *store, const char *connection, guint limit, GError **error);

typedef struct
{
  gint64 time;       /* of the import */
  char *uid, *tenant, *caller, *callee;
  TbDirection direction;
  gint64 start;
  gint32 seconds;        /* as it came */
  gint64 stored_start;   /* as it is stored, and invoiced */
  gint32 stored_seconds;
  gint64 key;
  gint64 call; /* the stored one */
  char *extension, *caller_name, *did, *account, *cause;
  gint32 ring, duration; /* ring -1 = not answered */
} TbCallConflict;
void       tb_call_conflict_free (TbCallConflict *self);
GPtrArray *tb_call_conflict_store_list (TbStore *store, const char *connection, guint limit, GError **error);
/* Ids of invoiced calls whose other values were billed by a correction: gint64, as a set. */
GHashTable *tb_call_conflict_store_load_billed (TbStore *store, GError **error);

/* How many of them are open. */
typedef struct
{
  guint64 records, calls;
} TbSetAsideCounts;
gboolean tb_set_aside_store_count (TbStore *store, const char *connection, TbSetAsideCounts *ret, GError **error);

/* A record is no longer open when a run went well that read all of the time again which the run of the record had read: what is still bad came again
 * with that. For the end of a run. A record of a file that was collected stays: such a file is not read again as long as it is the same. */
gboolean tb_quarantine_store_settle (TbStore *store, const TbSyncRun *run, GError **error);
/* From when on a run must read to bring all open records of runs again; 0 = there are none. */
gboolean tb_quarantine_store_get_since (TbStore *store, const char *connection, gint64 *ret, GError **error);

typedef enum
{
  TB_SET_ASIDE_RECORD,
  TB_SET_ASIDE_CALL,
} TbSetAside;
/* A person has seen it, and it is not to be listed any more, also when it comes again. `key` 0 = all that are open. Taking back is of those that were
 * dismissed at that `time`. */
gboolean tb_set_aside_store_dismiss (TbStore *store, TbSetAside what, const char *connection, gint64 key, gint64 time, GError **error);
gboolean tb_set_aside_store_take_back (TbStore *store, TbSetAside what, const char *connection, gint64 key, gint64 time, GError **error);

G_END_DECLS
