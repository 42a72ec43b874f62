/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-session.h"

G_BEGIN_DECLS

/**
 * TbReader: the views' own read-only handle on the books, on a thread of its own.
 *
 * So a page fills while the session's worker rates ten million calls, and a list that nobody waits for any more is stopped.
 */
#define TB_TYPE_READER (tb_reader_get_type ())
G_DECLARE_FINAL_TYPE (TbReader, tb_reader, TB, READER, GObject)

TbReader *tb_reader_new (const char *path);
/* As tb_session_run_async; `func` gets no job. */
void      tb_reader_run_async (TbReader *self, GCancellable *cancellable, TbSessionFunc func, gpointer data, GDestroyNotify free_data,
                               GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer callback_data);
gpointer  tb_reader_run_finish (TbReader *self, GAsyncResult *result, GError **error);

G_END_DECLS
