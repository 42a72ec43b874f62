/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-call-reader.h"
#include "tb-party.h"

G_BEGIN_DECLS

/**
 * TbPbx: a PBX or carrier whose calls can be fetched over the network. A vendor is one folder with one class of it.
 *
 * The caller walks windows of time from the cursor on; a vendor that pages does so inside one fetch.
 */
#define TB_TYPE_PBX (tb_pbx_get_type ())
G_DECLARE_INTERFACE (TbPbx, tb_pbx, TB, PBX, GObject)

struct _TbPbxInterface
{
  GTypeInterface parent;

  gint64 max_window;  /* seconds of calls to ask for at once */
  gint64 overlap;     /* seconds to read again behind the cursor, because calls appear late */

  void (*test_async) (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  char *(*test_finish) (TbPbx *self, GAsyncResult *result, GError **error);
  void (*fetch_async) (TbPbx *self, gint64 from, gint64 to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  TbCallReader *(*fetch_finish) (TbPbx *self, GAsyncResult *result, GError **error);
};

/* `secret` may be NULL. TB_ERROR_UNSUPPORTED for a kind that is not collected over the network, TB_ERROR_INVALID_INPUT for a bad
 * URL or plain http:// to anything but loopback. */
TbPbx *tb_pbx_new (const TbConnection *connection, const char *secret, GError **error);
gboolean tb_pbx_kind_is_network (const char *kind);

/* A sentence on what was reached ("FusionPBX answered; 3 calls in the last hour"). Errors diagnose: name, TLS, login, permission, shape. */
void  tb_pbx_test_async (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *tb_pbx_test_finish (TbPbx *self, GAsyncResult *result, GError **error);
/* Calls that started in [from, to). */
void          tb_pbx_fetch_async (TbPbx *self, gint64 from, gint64 to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
TbCallReader *tb_pbx_fetch_finish (TbPbx *self, GAsyncResult *result, GError **error);
gint64 tb_pbx_get_max_window (TbPbx *self);
gint64 tb_pbx_get_overlap (TbPbx *self);

G_END_DECLS
