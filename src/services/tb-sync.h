/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-writer.h"
#include "tb-session.h"

G_BEGIN_DECLS

typedef struct
{
  char *connection;
  TbImportCounts counts; /* summed over windows */
  guint windows;
} TbSyncResult;
void tb_sync_result_free (TbSyncResult *self);

/* Collects one connection's calls from its cursor less the overlap up to now, window by window; each window is committed with the
 * cursor. Async: the network on the caller's main context, the books on the session's worker. */
void          tb_sync_async (TbSession *session, const char *connection, TbJob *job, GAsyncReadyCallback callback, gpointer data);
TbSyncResult *tb_sync_finish (TbSession *session, GAsyncResult *result, GError **error);
void          tb_sync_test_async (TbSession *session, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char         *tb_sync_test_finish (TbSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
