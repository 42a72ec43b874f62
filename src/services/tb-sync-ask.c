/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sync-private.h"

/* What a PBX is asked besides its calls. */

/* ---- test ---- */

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *failure = NULL;
  char *text = tb_pbx_test_finish (TB_PBX (source), result, &failure);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, failure);
}

static void
on_test_connection (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task); /* before the task is given away */
  GError *failure = NULL;
  g_autoptr (TbSyncConnection) connection = tb_sync_connection_finish (result, &failure);

  if (connection != NULL)
    tb_pbx_test_async (connection->pbx, cancellable, on_tested, g_steal_pointer (&task));
  else
    g_task_return_error (task, failure);
}

void
tb_sync_test_async (TbSession *session, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, cancellable, callback, data);

  g_task_set_source_tag (task, tb_sync_test_async);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  tb_sync_connection_async (session, connection, FALSE, on_test_connection, task);
}

char *
tb_sync_test_finish (TbSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- tenants ---- */

static void
on_tenants (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *failure = NULL;
  GPtrArray *tenants = tb_pbx_list_tenants_finish (TB_PBX (source), result, &failure);

  if (tenants != NULL)
    g_task_return_pointer (task, tenants, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, failure);
}

static void
on_tenants_connection (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task); /* before the task is given away */
  GError *failure = NULL;
  g_autoptr (TbSyncConnection) connection = tb_sync_connection_finish (result, &failure);

  if (connection != NULL)
    tb_pbx_list_tenants_async (connection->pbx, cancellable, on_tenants, g_steal_pointer (&task));
  else
    g_task_return_error (task, failure);
}

void
tb_sync_list_tenants_async (TbSession *session, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, cancellable, callback, data);

  g_task_set_source_tag (task, tb_sync_list_tenants_async);
  g_task_set_check_cancellable (task, FALSE);
  tb_sync_connection_async (session, connection, FALSE, on_tenants_connection, task);
}

GPtrArray *
tb_sync_list_tenants_finish (TbSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
