/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-pbx.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-fusionpbx.h"

G_DEFINE_INTERFACE (TbPbx, tb_pbx, G_TYPE_OBJECT)

/* Kinds that are collected over the network; all others are files that somebody brings. */
static const struct
{
  const char *kind;
  TbPbx *(*new) (const TbConnection *connection, const char *secret, GError **error);
} kinds[] = {
  { "fusionpbx", tb_fusionpbx_new },
};

static void
tb_pbx_default_init (TbPbxInterface *iface)
{
  iface->max_window = 86400;
  iface->overlap = 48 * 3600;
}

gboolean
tb_pbx_kind_is_network (const char *kind)
{
  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return TRUE;
  return FALSE;
}

TbPbx *
tb_pbx_new (const TbConnection *connection, const char *secret, GError **error)
{
  for (guint i = 0; connection->kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, connection->kind))
      return kinds[i].new (connection, secret, error);

  g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("Connection “%s” is of kind “%s”, which is not collected over the network. Import its files."),
               connection->name != NULL ? connection->name : "", connection->kind != NULL ? connection->kind : "");
  return NULL;
}

void
tb_pbx_test_async (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  TB_PBX_GET_IFACE (self)->test_async (self, cancellable, callback, data);
}

char *
tb_pbx_test_finish (TbPbx *self, GAsyncResult *result, GError **error)
{
  return TB_PBX_GET_IFACE (self)->test_finish (self, result, error);
}

void
tb_pbx_fetch_async (TbPbx *self, gint64 from, gint64 to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  TB_PBX_GET_IFACE (self)->fetch_async (self, from, to, cancellable, callback, data);
}

TbCallReader *
tb_pbx_fetch_finish (TbPbx *self, GAsyncResult *result, GError **error)
{
  return TB_PBX_GET_IFACE (self)->fetch_finish (self, result, error);
}

gint64
tb_pbx_get_max_window (TbPbx *self)
{
  return TB_PBX_GET_IFACE (self)->max_window;
}

gint64
tb_pbx_get_overlap (TbPbx *self)
{
  return TB_PBX_GET_IFACE (self)->overlap;
}
