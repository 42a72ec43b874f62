/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx.h"
#include "tb-sync.h"

G_BEGIN_DECLS

/**
 * TbSyncGate: of all connections that a session collects, so many may be inside at a time; the others wait in a row. Of one main context.
 */
typedef struct _TbSyncGate TbSyncGate;
typedef void (*TbSyncGateFunc) (gpointer data);

TbSyncGate *tb_sync_gate_of (TbSession *session); /* a reference */
void        tb_sync_gate_unref (TbSyncGate *self);
/* Calls `func` when there is a place: at once, or when somebody leaves. */
void        tb_sync_gate_enter (TbSyncGate *self, TbSyncGateFunc func, gpointer data);
void        tb_sync_gate_leave (TbSyncGate *self);
/* Pages of fifty connections come faster than a window can show them: it is told of changes once a second, and when the last has ended. Each
 * collection begins and ends once. */
void        tb_sync_gate_begin (TbSyncGate *self);
gboolean    tb_sync_gate_end (TbSyncGate *self); /* TRUE = whoever looks at the books is to be told */
gboolean    tb_sync_gate_is_time (TbSyncGate *self);

/* How far a connection is, 0 to 1. */
typedef void (*TbSyncProgressFunc) (double fraction, gpointer data);

typedef struct
{
  gint64 from;
  GCancellable *cancellable; /* may be NULL */
  TbSyncProgressFunc progress;
  gpointer progress_data;
} TbSyncTerms;

/* One connection. The result is never NULL. */
void          tb_sync_one_async (TbSession *session, const char *connection, const TbSyncTerms *terms, GAsyncReadyCallback callback, gpointer data);
TbSyncResult *tb_sync_one_finish (TbSession *session, GAsyncResult *result);

/* A connection ready to be talked to, out of the books; it is held for whoever asked until `lock` is freed, when it was asked for so. */
typedef struct
{
  TbPbx *pbx;
  TbDbLock *lock;
  gint64 cursor;
  gint64 since;        /* begin of a first collection */
  gint64 never_before; /* the day that was set; 0 = none was */
  gint64 again;        /* begin of a day that is to be read a last time; 0 = there is none */
} TbSyncConnection;
void              tb_sync_connection_free (TbSyncConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSyncConnection, tb_sync_connection_free)
void              tb_sync_connection_async (TbSession *session, const char *name, gboolean hold, GAsyncReadyCallback callback, gpointer data);
TbSyncConnection *tb_sync_connection_finish (GAsyncResult *result, GError **error);

G_END_DECLS
