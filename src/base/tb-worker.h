/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TbWorker: the one named thread that owns the books, with a queue of GTasks in order of priority, then arrival.
 *
 * A single thread, instead of GTask's shared pool, because SQLite has one writer: the queue is the lock.
 */
#define TB_TYPE_WORKER (tb_worker_get_type ())
G_DECLARE_FINAL_TYPE (TbWorker, tb_worker, TB, WORKER, GObject)

TbWorker *tb_worker_new (const char *name);

/* Runs `func` on the thread; it must return through `task`. Takes no reference longer than the run. */
void tb_worker_queue (TbWorker *self, int priority, GTaskThreadFunc func, GTask *task);

/* Waits for the queue to empty and ends the thread. */
void tb_worker_stop (TbWorker *self);

/* Runs `func` in GTask's pool with the data and the cancellable of `task`, and `done` with `task` where that was made. Not with its source
 * object: the pool may let go of a task after its end was told, and of a widget or a PBX then as the last. */
void tb_worker_run_in_pool (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback done);

/* Frees what takes longer than a window can wait, such as a quarter of a million rates, on a thread of its own. A GTask would not do: its data
 * may be let go of on the thread that began it. */
void tb_worker_free_elsewhere (gpointer data, GDestroyNotify free_data);

G_END_DECLS
