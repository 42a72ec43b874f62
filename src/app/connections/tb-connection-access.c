/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-access.h"

#include "tb-secret.h"
#include "tb-worker.h"

typedef struct
{
  TbConnection *connection; /* of a secret that is kept only the name */
  char *secret;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  tb_connection_free (order->connection);
  tb_secret_free (order->secret);
  g_free (order);
}

static GTask *
task_new (gpointer source, GCancellable *cancellable, TbConnection *connection, const char *secret, GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  GTask *task = g_task_new (source, cancellable, callback, data);
  Order *order = g_new (Order, 1);

  *order = (Order){ connection, g_strdup (secret) };
  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  g_task_set_task_data (task, order, order_free);
  return task;
}

/* ---- keeping ---- */

static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  const char *name = order->connection->name;
  GError *error = NULL;

  if (order->secret != NULL ? tb_secret_store (name, order->secret, cancellable, &error) : tb_secret_clear (name, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static TbConnection *
named_new (const char *name)
{
  TbConnection *named = tb_connection_new ();

  g_free (named->name);
  named->name = g_strdup (name);
  return named;
}

void
tb_connection_keep_secret_async (gpointer source, const char *connection, const char *secret, GAsyncReadyCallback callback, gpointer data)
{
  tb_worker_run_in_pool (task_new (source, NULL, named_new (connection), secret, callback, data, tb_connection_keep_secret_async), keep_thread, kept_cb);
}

gboolean
tb_connection_keep_secret_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- looking one up ---- */

static void
look_up_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  char *secret = order->secret != NULL ? g_strdup (order->secret) : tb_secret_lookup (order->connection->name, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) tb_secret_free);
}

/* ---- whether there is one ---- */

static void
has_secret_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *secret = g_task_propagate_pointer (G_TASK (result), &error);

  if (error == NULL)
    g_task_return_boolean (task, secret != NULL);
  else
    g_task_return_error (task, error);
  tb_secret_free (secret);
}

void
tb_connection_has_secret_async (gpointer source, const char *connection, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  tb_worker_run_in_pool (task_new (source, cancellable, named_new (connection), NULL, callback, data, tb_connection_has_secret_async), look_up_thread,
                         has_secret_cb);
}

gboolean
tb_connection_has_secret_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- opening what is behind it ---- */

/* Made where its requests will run. */
static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const Order *order = g_task_get_task_data (task);
  GError *error = NULL;
  char *secret = g_task_propagate_pointer (G_TASK (result), &error);
  TbPbx *pbx = error == NULL ? tb_pbx_new (order->connection, secret, &error) : NULL;

  tb_secret_free (secret);
  if (pbx != NULL)
    g_task_return_pointer (task, pbx, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
tb_connection_open_async (gpointer source, const TbConnection *connection, const char *secret, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
  tb_worker_run_in_pool (task_new (source, cancellable, tb_connection_copy (connection), secret, callback, data, tb_connection_open_async),
                         look_up_thread, looked_up_cb);
}

TbPbx *
tb_connection_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
