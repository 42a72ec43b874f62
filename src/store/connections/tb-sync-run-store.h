/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-writer.h"
#include "tb-store.h"

G_BEGIN_DECLS

typedef enum
{
  TB_SYNC_RUNNING,
  TB_SYNC_DONE,
  TB_SYNC_FAILED,
  TB_SYNC_CANCELLED,  /* by a person: no failure of the connection */
  TB_SYNC_BROKEN_OFF, /* the program ended while it ran */
} TbSyncOutcome;

/* "running" "done" "failed" "cancelled" "broken-off" */
const char *tb_sync_outcome_to_string (TbSyncOutcome self);

/**
 * TbSyncRun: one collection of one connection, as the history keeps it.
 */
typedef struct
{
  gint64 id;          /* 0 = not in the books yet */
  char *connection;
  gint64 began, ended; /* ended 0 = not yet */
  gint64 from, to;    /* calls that started in [from, to) were read; both 0 = it did not come to that */
  guint windows, pages;
  TbImportCounts counts;
  TbSyncOutcome outcome;
  char *error;        /* why it failed, or NULL */
  char *warning;      /* what was odd though it may have gone well, or NULL */
} TbSyncRun;

TbSyncRun *tb_sync_run_new (const char *connection, gint64 began);
TbSyncRun *tb_sync_run_copy (const TbSyncRun *self);
void       tb_sync_run_free (TbSyncRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSyncRun, tb_sync_run_free)

/* Writes its beginning, where `from` is known, and gives it its id. Runs of the connection that have no end were broken off: whoever begins one
 * holds the connection (tb_db_try_lock). A cursor that lies beyond `began`, of a clock that was wrong, goes back to it. */
gboolean tb_sync_run_store_begin (TbStore *store, TbSyncRun *run, GError **error);
/* Writes its end, and with it the state of the connection: last run, failures in a row, when it is due again. Runs that brought nothing are kept for
 * two days, others for 400. */
gboolean tb_sync_run_store_end (TbStore *store, const TbSyncRun *run, GError **error);

/* Newest first; NULL = of all connections. `limit` 0 = all. */
GPtrArray *tb_sync_run_store_list (TbStore *store, const char *connection, guint limit, GError **error);

/* How often a day was read to its end, and when last: 0 = never. */
typedef struct
{
  gint32 day; /* TbDay, in UTC */
  guint times;
  gint64 last;
} TbCollectedDay;
GArray *tb_sync_run_store_list_days (TbStore *store, const char *connection, gint32 from, gint32 to, GError **error);

G_END_DECLS
