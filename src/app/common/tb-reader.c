/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-reader.h"

#include "tb-error.h"
#include "tb-worker.h"

struct _TbReader
{
  GObject parent_instance;

  char *path;
  TbWorker *worker;
  TbStore *store; /* opened, used and closed on the worker's thread */
};

typedef struct
{
  TbReader *reader; /* not a reference: a task let go last on the worker's thread must not finalize it there */
  TbSessionFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Reading;

G_DEFINE_FINAL_TYPE (TbReader, tb_reader, G_TYPE_OBJECT)

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (reading->free_data != NULL)
    reading->free_data (reading->data);
  g_free (reading);
}

static gpointer
read_books (TbReader *self, Reading *reading, GCancellable *cancellable, GError **error)
{
  gpointer result;

  if (tb_error_if_cancelled (cancellable, error))
    return NULL;
  if (self->store == NULL)
    self->store = tb_store_open (self->path, TB_DB_READ_ONLY, error);
  if (self->store == NULL)
    return NULL;

  tb_db_set_cancellable (tb_store_get_db (self->store), cancellable);
  result = reading->func (self->store, NULL, reading->data, error);
  tb_db_set_cancellable (tb_store_get_db (self->store), NULL);
  return result;
}

static void
run_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  gpointer result = read_books (reading->reader, reading, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, reading->free_result);
}

static void
close_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_clear_pointer ((TbStore **) task_data, tb_store_close);
  g_task_return_boolean (task, TRUE);
}

static void
tb_reader_finalize (GObject *object)
{
  TbReader *self = TB_READER (object);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, &self->store, NULL);
  tb_worker_queue (self->worker, G_PRIORITY_LOW, close_thread, task);
  tb_worker_stop (self->worker);
  g_object_unref (self->worker);
  g_free (self->path);

  G_OBJECT_CLASS (tb_reader_parent_class)->finalize (object);
}

static void
tb_reader_class_init (TbReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_reader_finalize;
}

static void
tb_reader_init (TbReader *self)
{
  self->worker = tb_worker_new ("tb-reader");
}

TbReader *
tb_reader_new (const char *path)
{
  TbReader *self = g_object_new (TB_TYPE_READER, NULL);

  self->path = g_strdup (path);
  return self;
}

void
tb_reader_run_async (TbReader *self, GCancellable *cancellable, TbSessionFunc func, gpointer data, GDestroyNotify free_data,
                     GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer callback_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  Reading *reading = g_new (Reading, 1);

  *reading = (Reading){ self, func, data, free_data, free_result };
  g_task_set_source_tag (task, tb_reader_run_async);
  g_task_set_task_data (task, reading, reading_free);
  tb_worker_queue (self->worker, G_PRIORITY_DEFAULT, run_thread, task);
}

gpointer
tb_reader_run_finish (TbReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
