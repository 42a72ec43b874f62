/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (tb-error-quark, tb_error)

static TbError
code_for_gio (int code, TbError fallback)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return TB_ERROR_CANCELLED;
    case G_IO_ERROR_TIMED_OUT:
      return TB_ERROR_TIMEOUT;
    case G_IO_ERROR_NOT_FOUND:
      return TB_ERROR_NOT_FOUND;
    case G_IO_ERROR_NO_SPACE:
    case G_IO_ERROR_READ_ONLY:
      return TB_ERROR_STORAGE;
    case G_IO_ERROR_EXISTS:
      return TB_ERROR_CONFLICT;
    default:
      return fallback;
    }
}

void
tb_error_convert (GError **error, TbError fallback)
{
  if (error == NULL || *error == NULL || (*error)->domain == TB_ERROR)
    return;

  if ((*error)->domain == G_IO_ERROR)
    fallback = code_for_gio ((*error)->code, fallback);
  else if (g_error_matches (*error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    fallback = TB_ERROR_NOT_FOUND;

  (*error)->domain = TB_ERROR;
  (*error)->code = fallback;
}

gboolean
tb_error_if_cancelled (GCancellable *cancellable, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;

  g_set_error_literal (error, TB_ERROR, TB_ERROR_CANCELLED, _("Cancelled."));
  return TRUE;
}
