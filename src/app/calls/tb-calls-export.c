/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-export.h"

#include <glib/gi18n.h>

#include "tb-call-export.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"

/* By a handle on the books of its own: ten million rows take a minute, in which others read and write. */
typedef struct
{
  TbCallsExport *what;
  char *books, *path;
  TbJob *job;
  guint64 n;
} Export;

typedef struct
{
  GtkWidget *widget;
  TbBooks *books; /* their session lists the job */
} Watcher;

void
tb_calls_export_free (TbCallsExport *self)
{
  tb_call_where_free (self->where);
  g_free (self->columns);
  g_free (self);
}

static void
export_free (gpointer data)
{
  Export *self = data;

  tb_calls_export_free (self->what);
  g_free (self->books);
  g_free (self->path);
  g_object_unref (self->job);
  g_free (self);
}

static void
export_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *self = task_data;
  const TbCallExport what = { self->what->where, self->what->order, self->what->descending, self->what->columns };
  GError *error = NULL;
  TbStore *store = tb_store_open (self->books, TB_DB_READ_ONLY, &error);

  if (store != NULL)
    {
      tb_db_set_cancellable (tb_store_get_db (store), tb_job_get_cancellable (self->job));
      tb_call_export_run (store, &what, self->path, self->job, &self->n, &error);
      tb_store_close (store);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
tell (GtkWidget *widget, const Export *self, const GError *error)
{
  g_autofree char *n = tb_format_number ((gint64) self->n);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *text = g_strdup_printf (_ ("%s calls saved as %s"), n, name);

  if (gtk_widget_get_root (widget) == NULL)
    return;
  if (error == NULL)
    tb_dialogs_toast (widget, text);
  else if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    tb_dialogs_show_error (widget, _ ("The Calls Could Not Be Saved"), error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Watcher *watcher = data;
  Export *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  tb_job_finish (self->job, error == NULL ? TB_JOB_DONE : g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) ? TB_JOB_CANCELLED : TB_JOB_FAILED);
  tell (watcher->widget, self, error);
  g_object_unref (watcher->widget);
  g_object_unref (watcher->books);
  g_free (watcher);
}

void
tb_calls_export_start (GtkWidget *widget, TbBooks *books, TbCallsExport *what, const char *path)
{
  Export *self = g_new0 (Export, 1);
  Watcher *watcher = g_new (Watcher, 1);
  GTask *task;

  *self = (Export){ what, g_strdup (tb_books_get_path (books)), g_strdup (path), tb_job_new (_ ("Save calls")) };
  *watcher = (Watcher){ g_object_ref (widget), g_object_ref (books) };
  tb_session_add_job (tb_books_get_session (books), self->job);
  task = g_task_new (NULL, NULL, done_cb, watcher);
  g_task_set_task_data (task, self, export_free);
  g_task_run_in_thread (task, export_thread);
  g_object_unref (task);
}
