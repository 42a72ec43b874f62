/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-worker.h"

typedef struct
{
  int priority;
  guint64 arrival;
  GTaskThreadFunc func; /* NULL ends the thread */
  GTask *task;
} Work;

struct _TbWorker
{
  GObject parent_instance;

  GAsyncQueue *queue;
  GThread *thread;
  gint arrivals; /* atomic */
};

G_DEFINE_FINAL_TYPE (TbWorker, tb_worker, G_TYPE_OBJECT)

static int
compare_work (gconstpointer a, gconstpointer b, gpointer data)
{
  const Work *x = a, *y = b;

  if ((x->func == NULL) != (y->func == NULL))
    return x->func == NULL ? 1 : -1; /* the end comes after all that waits */
  if (x->priority != y->priority)
    return x->priority < y->priority ? -1 : 1;
  return x->arrival < y->arrival ? -1 : x->arrival > y->arrival;
}

static gpointer
thread_main (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;

  for (;;)
    {
      g_autofree Work *work = g_async_queue_pop (queue);

      if (work->func == NULL)
        return NULL;

      work->func (work->task, g_task_get_source_object (work->task), g_task_get_task_data (work->task),
                  g_task_get_cancellable (work->task));
      g_object_unref (work->task);
    }
}

static void
push (TbWorker *self, int priority, GTaskThreadFunc func, GTask *task)
{
  Work *work = g_new (Work, 1);

  work->priority = priority;
  work->arrival = (guint) g_atomic_int_add (&self->arrivals, 1);
  work->func = func;
  work->task = task;
  g_async_queue_push_sorted (self->queue, work, compare_work, NULL);
}

static void
tb_worker_finalize (GObject *object)
{
  TbWorker *self = TB_WORKER (object);

  tb_worker_stop (self);
  g_async_queue_unref (self->queue);

  G_OBJECT_CLASS (tb_worker_parent_class)->finalize (object);
}

static void
tb_worker_class_init (TbWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_worker_finalize;
}

static void
tb_worker_init (TbWorker *self)
{
  self->queue = g_async_queue_new ();
}

TbWorker *
tb_worker_new (const char *name)
{
  TbWorker *self = g_object_new (TB_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, thread_main, g_async_queue_ref (self->queue));
  return self;
}

void
tb_worker_queue (TbWorker *self, int priority, GTaskThreadFunc func, GTask *task)
{
  g_return_if_fail (TB_IS_WORKER (self) && func != NULL && self->thread != NULL);

  push (self, priority, func, g_object_ref (task));
}

void
tb_worker_stop (TbWorker *self)
{
  GThread *thread = g_steal_pointer (&self->thread);

  if (thread == NULL)
    return;

  push (self, G_MAXINT, NULL, NULL);
  /* A task's last reference may go on the thread itself and take the worker's owner with it; a thread cannot wait for itself. */
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}

void
tb_worker_run_in_pool (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback done)
{
  g_autoptr (GTask) pooled = g_task_new (NULL, g_task_get_cancellable (task), done, task);

  g_task_set_source_tag (pooled, tb_worker_run_in_pool);
  g_task_set_check_cancellable (pooled, FALSE); /* its error would not be of our domain */
  g_task_set_task_data (pooled, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (pooled, func);
}

/* ---- freeing ---- */

typedef struct
{
  gpointer data;
  GDestroyNotify free_data;
} Corpse;

static gpointer
free_thread (gpointer data)
{
  Corpse *corpse = data;

  corpse->free_data (corpse->data);
  g_free (corpse);
  return NULL;
}

void
tb_worker_free_elsewhere (gpointer data, GDestroyNotify free_data)
{
  Corpse *corpse = g_new (Corpse, 1);

  *corpse = (Corpse){ data, free_data };
  g_thread_unref (g_thread_new ("tb-free", free_thread, corpse));
}
