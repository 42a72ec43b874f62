/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx.h"

G_BEGIN_DECLS

/* The keyring may ask for its own password first: these wait on threads of their own, neither on the main loop nor on the books' worker. */

/* Keeps the secret of a connection; NULL takes away the one that is kept. `source` is the task's. */
void     tb_connection_keep_secret_async (gpointer source, const char *connection, const char *secret, GAsyncReadyCallback callback, gpointer data);
gboolean tb_connection_keep_secret_finish (GAsyncResult *result, GError **error);

/* Whether one is kept; FALSE with the error set when that cannot be told. */
void     tb_connection_has_secret_async (gpointer source, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean tb_connection_has_secret_finish (GAsyncResult *result, GError **error);

/* The PBX behind a connection, with `secret`, or where that is NULL with the one that is kept. */
void   tb_connection_open_async (gpointer source, const TbConnection *connection, const char *secret, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
TbPbx *tb_connection_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
