/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-session.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tb-clock.h"
#include "tb-error.h"

/* So many ended jobs stay in the list, to be read after the fact. */
#define JOBS_KEPT 20

struct _TbSession
{
  GObject parent;

  char *path;
  TbStore *store; /* of the worker; made and closed there or before it runs */
  TbWorker *worker;
  GListStore *jobs;
  gint running; /* orders whose end nobody has heard of yet; atomic */
};

G_DEFINE_FINAL_TYPE (TbSession, tb_session, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tb_session_finalize (GObject *object)
{
  TbSession *self = TB_SESSION (object);

  if (self->worker != NULL)
    tb_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->store, tb_store_close);
  g_clear_object (&self->jobs);
  g_free (self->path);
  G_OBJECT_CLASS (tb_session_parent_class)->finalize (object);
}

static void
tb_session_class_init (TbSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_session_finalize;
  /* The books have changed; views read again. */
  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_session_init (TbSession *self)
{
  self->jobs = g_list_store_new (TB_TYPE_JOB);
}

/* ---- opening ---- */

char *
tb_session_dup_default_path (void)
{
  const char *books = g_getenv ("TOLLBOOK_BOOKS");

  if (books != NULL && *books != '\0')
    return g_strdup (books);
  return g_build_filename (g_get_user_data_dir (), "tollbook", "books.tollbook", NULL);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The folder “%s” cannot be made."), folder);
  return FALSE;
}

/* Only demo books (and tests) may hold the clock. */
static void
allow_clock (TbStore *store)
{
  g_autofree char *demo = tb_store_get_setting (store, "demo");

  tb_clock_allow_override (demo != NULL);
}

TbSession *
tb_session_new (const char *path, gboolean create, GError **error)
{
  g_autoptr (TbSession) self = g_object_new (TB_TYPE_SESSION, NULL);

  self->path = g_strdup (path);
  if (create && !make_folder (path, error))
    return NULL;
  self->store = create ? tb_store_create (path, error) : tb_store_open (path, TB_DB_READ_WRITE | TB_DB_BULK, error);
  if (self->store == NULL)
    return NULL;
  allow_clock (self->store);
  return g_steal_pointer (&self);
}

void
tb_session_close (TbSession *self)
{
  if (self->worker != NULL)
    tb_worker_stop (self->worker);
}

const char *
tb_session_get_path (TbSession *self)
{
  return self->path;
}

TbStore *
tb_session_get_store (TbSession *self)
{
  return self->store;
}

GListModel *
tb_session_get_jobs (TbSession *self)
{
  return G_LIST_MODEL (self->jobs);
}

/* ---- running on the worker ---- */

typedef struct
{
  TbJob *job;
  gboolean changes;
  TbSessionFunc func;
  gpointer data;
  GDestroyNotify free_data, free_result;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  if (order->free_data != NULL)
    order->free_data (order->data);
  g_clear_object (&order->job);
  g_free (order);
}

static TbJobState
state_of (gpointer result, const GError *failure)
{
  if (result != NULL)
    return TB_JOB_DONE;
  return g_error_matches (failure, TB_ERROR, TB_ERROR_CANCELLED) ? TB_JOB_CANCELLED : TB_JOB_FAILED;
}

static void
work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  TbSession *self = source;
  Order *order = task_data;
  GError *failure = NULL;
  gpointer result;

  tb_db_set_cancellable (tb_store_get_db (self->store), order->job != NULL ? tb_job_get_cancellable (order->job) : NULL);
  result = order->func (self->store, order->job, order->data, &failure);
  tb_db_set_cancellable (tb_store_get_db (self->store), NULL);
  if (order->job != NULL)
    tb_job_finish (order->job, state_of (result, failure));
  if (result != NULL)
    g_task_return_pointer (task, result, order->free_result);
  else
    g_task_return_error (task, failure != NULL ? failure : g_error_new_literal (TB_ERROR, TB_ERROR_FAILED, _("The work ended without a result.")));
}

void
tb_session_add_job (TbSession *self, TbJob *job)
{
  g_list_store_insert (self->jobs, 0, job);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i > JOBS_KEPT; i--)
    {
      g_autoptr (TbJob) last = g_list_model_get_item (G_LIST_MODEL (self->jobs), i - 1);

      if (tb_job_get_state (last) != TB_JOB_RUNNING)
        g_list_store_remove (self->jobs, i - 1);
    }
}

void
tb_session_run_async (TbSession *self, TbJob *job, gboolean changes, TbSessionFunc func, gpointer data, GDestroyNotify free_data,
                      GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer callback_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, callback_data);
  Order *order = g_new0 (Order, 1);

  *order = (Order){ job != NULL ? g_object_ref (job) : NULL, changes, func, data, free_data, free_result };
  g_atomic_int_inc (&self->running);
  g_task_set_source_tag (task, tb_session_run_async);
  g_task_set_task_data (task, order, order_free);
  if (job != NULL)
    tb_session_add_job (self, job);
  if (self->worker == NULL)
    self->worker = tb_worker_new ("tollbook-books");
  tb_worker_queue (self->worker, job != NULL ? G_PRIORITY_DEFAULT : G_PRIORITY_HIGH, work, task);
}

gboolean
tb_session_is_idle (TbSession *self)
{
  return g_atomic_int_get (&self->running) == 0;
}

gpointer
tb_session_run_finish (TbSession *self, GAsyncResult *result, GError **error)
{
  Order *order = g_task_get_task_data (G_TASK (result));
  gpointer value = g_task_propagate_pointer (G_TASK (result), error);

  g_atomic_int_add (&self->running, -1);
  if (value != NULL && order->changes)
    g_signal_emit (self, signals[CHANGED], 0);
  return value;
}
