/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-worker.h"

G_BEGIN_DECLS

/**
 * TbSession: books that are open in this process: the writing store on its worker thread, and where they lie.
 *
 * The workstation runs everything that touches the books through `tb_session_run_async`; tollbookctl, which has one thread, uses
 * `tb_session_get_store` directly.
 */
#define TB_TYPE_SESSION (tb_session_get_type ())
G_DECLARE_FINAL_TYPE (TbSession, tb_session, TB, SESSION, GObject)

/* $TOLLBOOK_BOOKS, else the user's data directory: …/tollbook/books.tollbook. */
char      *tb_session_dup_default_path (void);
TbSession *tb_session_new (const char *path, gboolean create, GError **error);
/* Waits for the orders given and ends the worker, for one whose next step is to drop the last reference: otherwise the worker's own may be
 * the last, and the books be closed on its thread while the process ends. Nothing can be run afterwards. */
void       tb_session_close (TbSession *self);
const char *tb_session_get_path (TbSession *self);
TbStore   *tb_session_get_store (TbSession *self); /* only on the thread that works */

/* Runs `func (store, job, data, &error)` on the worker; it returns its result (freed by `free_result` when nobody takes it) or NULL with
 * the error set. `job` may be NULL; it is finished here, and its cancellable stops running statements. Emits "changed" on the main
 * context when `changes` is TRUE and it succeeded. `data` may be freed on the worker: no widget, and no books, are let go with it. */
typedef gpointer (*TbSessionFunc) (TbStore *store, TbJob *job, gpointer data, GError **error);
void     tb_session_run_async (TbSession *self, TbJob *job, gboolean changes, TbSessionFunc func, gpointer data, GDestroyNotify free_data,
                               GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer callback_data);
gpointer tb_session_run_finish (TbSession *self, GAsyncResult *result, GError **error);

/* No order is under way, and whoever gave one has heard how it ended; for tests. */
gboolean tb_session_is_idle (TbSession *self);

/* Jobs that run now and the last ones that ended; a GListModel of TbJob. Borrowed. */
GListModel *tb_session_get_jobs (TbSession *self);
/* For work that is several orders to the worker, such as a sync: whoever runs it finishes the job. Main context only. */
void        tb_session_add_job (TbSession *self, TbJob *job);

G_END_DECLS
