/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-setup-store.h"
#include "tb-sync-private.h"

/* ---- many at once ---- */

typedef struct _Many Many;

typedef struct
{
  GTask *task;
  guint at; /* whose it is, in the order of names */
  double fraction;
} Part;

struct _Many
{
  TbJob *job;
  GPtrArray *results; /* of TbSyncResult */
  Part *parts;
  guint running;
};

static void
many_free (gpointer data)
{
  Many *self = data;

  g_clear_object (&self->job);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->parts);
  g_free (self);
}

static void
on_progress (double fraction, gpointer data)
{
  Part *part = data;
  Many *self = g_task_get_task_data (part->task);
  double sum = 0;

  part->fraction = fraction;
  for (guint i = 0; i < self->results->len; i++)
    sum += self->parts[i].fraction;
  tb_job_report (self->job, sum / self->results->len, NULL);
}

static TbJobState
state_of (const Many *self)
{
  TbJobState state = TB_JOB_DONE;

  for (guint i = 0; i < self->results->len; i++)
    {
      const TbSyncResult *result = self->results->pdata[i];

      if (result->run->outcome == TB_SYNC_CANCELLED)
        return TB_JOB_CANCELLED;
      if (result->error != NULL)
        state = TB_JOB_FAILED;
    }
  return state;
}

static void
end (GTask *task)
{
  Many *self = g_task_get_task_data (task);

  if (self->job != NULL)
    tb_job_finish (self->job, state_of (self));
  g_task_return_pointer (task, g_steal_pointer (&self->results), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
on_one (GObject *source, GAsyncResult *result, gpointer data)
{
  Part *part = data;
  GTask *task = part->task;
  Many *self = g_task_get_task_data (task);

  self->results->pdata[part->at] = tb_sync_one_finish (TB_SESSION (source), result);
  on_progress (1, part);
  if (--self->running == 0)
    end (task);
}

void
tb_sync_many_async (TbSession *session, const char *const *connections, gint64 from, TbJob *job, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, NULL, callback, data);
  guint n = g_strv_length ((char **) connections);
  Many *self = g_new0 (Many, 1);

  *self = (Many){ job != NULL ? g_object_ref (job) : NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) tb_sync_result_free), g_new0 (Part, n), n };
  g_ptr_array_set_size (self->results, (int) n);
  g_task_set_source_tag (task, tb_sync_many_async);
  g_task_set_task_data (task, self, many_free);
  if (job != NULL)
    tb_session_add_job (session, job);
  if (n == 0)
    return end (task);
  for (guint i = 0; i < n; i++)
    {
      const TbSyncTerms terms = { from, job != NULL ? tb_job_get_cancellable (job) : NULL, on_progress, &self->parts[i] };

      self->parts[i] = (Part){ task, i, 0 };
      tb_sync_one_async (session, connections[i], &terms, on_one, &self->parts[i]);
    }
}

GPtrArray *
tb_sync_many_finish (TbSession *session, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* ---- one ---- */

static void
on_only (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GPtrArray) results = tb_sync_many_finish (TB_SESSION (source), result);
  TbSyncResult *only = results->pdata[0];

  if (only->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&only->error));
      return;
    }
  results->pdata[0] = NULL;
  g_task_return_pointer (task, only, (GDestroyNotify) tb_sync_result_free);
}

void
tb_sync_async (TbSession *session, const char *connection, TbJob *job, GAsyncReadyCallback callback, gpointer data)
{
  const char *const names[] = { connection, NULL };
  GTask *task = g_task_new (session, NULL, callback, data);

  g_task_set_source_tag (task, tb_sync_async);
  tb_sync_many_async (session, names, 0, job, on_only, task);
}

TbSyncResult *
tb_sync_finish (TbSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what is due ---- */

GStrv
tb_sync_list_due (TbStore *store, gint64 now, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (GPtrArray) states = setup != NULL ? tb_connection_store_list_states (store, error) : NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (states == NULL)
    return NULL;
  for (guint i = 0; i < states->len; i++)
    {
      const TbConnectionState *state = states->pdata[i];
      const TbConnection *connection = tb_setup_find_connection (setup, state->name);

      if (connection != NULL && tb_pbx_kind_is_network (connection->kind) && tb_connection_state_is_due (state, now))
        g_strv_builder_add (names, state->name);
    }
  return g_strv_builder_end (names);
}
