/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-session.h"
#include "tb-sync-run-store.h"

G_BEGIN_DECLS

/**
 * Collecting: connections' calls from their cursors, less the overlap, up to now, window by window; a window is committed with the cursor.
 *
 * The network is on the caller's main context, the books on the session's worker. Connections are collected all at once, and in turns: so many pages
 * are fetched at a time, and whoever has got one queues again behind the others. What one of them suffers is no other's business. A connection that
 * is being collected already, here or by another program, is left to it (TB_ERROR_CONFLICT).
 *
 * Calls appear late. What began in the kind's overlap before the cursor (48 hours; 7 days of carriers) is read again by every run. And a day is read a
 * last time when it is at least four overlaps old (8 days; 28 of carriers): a run that finds one for which that is due since a week goes back to it, so
 * about once a week. What comes later than that is found by `from`.
 */

/* What became of one connection. */
typedef struct
{
  TbSyncRun *run;
  GError *error; /* begins with the connection's name; NULL = it went well */
} TbSyncResult;
void tb_sync_result_free (TbSyncResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSyncResult, tb_sync_result_free)

/* `from` 0 = from the cursor; else also what started from there on is read (again). The job may be NULL; it is added to the session and finished
 * here. The result is a list of TbSyncResult in the order of names, also when all of them failed. */
void       tb_sync_many_async (TbSession *session, const char *const *connections, gint64 from, TbJob *job, GAsyncReadyCallback callback, gpointer data);
GPtrArray *tb_sync_many_finish (TbSession *session, GAsyncResult *result);

/* One of them; NULL and the error when it failed. */
void          tb_sync_async (TbSession *session, const char *connection, TbJob *job, GAsyncReadyCallback callback, gpointer data);
TbSyncResult *tb_sync_finish (TbSession *session, GAsyncResult *result, GError **error);

/* What is due at this moment: names of connections that are collected over the network and have a schedule. */
GStrv tb_sync_list_due (TbStore *store, gint64 now, GError **error);

void  tb_sync_test_async (TbSession *session, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *tb_sync_test_finish (TbSession *session, GAsyncResult *result, GError **error);

/* The tenants that the PBX knows, of TbPbxTenant; TB_ERROR_UNSUPPORTED when it cannot tell. */
void       tb_sync_list_tenants_async (TbSession *session, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray *tb_sync_list_tenants_finish (TbSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
