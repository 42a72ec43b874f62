/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-run.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-error.h"

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  char *title;
  TbRunDone done;
  TbRunFailed failed;
  GDestroyNotify free_result;
} Run;

/* Its window may have been closed meanwhile. */
static gboolean
is_alive (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && gtk_widget_get_realized (GTK_WIDGET (root));
}

static void
show_failure (Run *run, const GError *error)
{
  if (g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Translators: %s is the title of a job */
      g_autofree char *text = g_strdup_printf (_ ("%s: cancelled"), run->title);

      tb_dialogs_toast (run->widget, text);
      return;
    }
  tb_dialogs_show_error (run->widget, run->title, error);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gpointer value = tb_session_run_finish (tb_books_get_session (run->books), result, &error);

  if (!is_alive (run->widget))
    {
      if (value != NULL && run->free_result != NULL)
        run->free_result (value);
    }
  else if (error != NULL)
    {
      show_failure (run, error);
      if (run->failed != NULL)
        run->failed (run->widget);
    }
  else
    run->done (run->widget, value);

  g_object_unref (run->widget);
  g_object_unref (run->books);
  g_free (run->title);
  g_free (run);
}

TbJob *
tb_run (GtkWidget *widget, TbBooks *books, const char *title, gboolean changes, TbSessionFunc func, gpointer data,
        GDestroyNotify free_data, GDestroyNotify free_result, TbRunDone done, TbRunFailed failed)
{
  g_autoptr (TbJob) job = tb_job_new (title);
  Run *run = g_new (Run, 1);

  *run = (Run){ g_object_ref (widget), g_object_ref (books), g_strdup (title), done, failed, free_result };
  tb_session_run_async (tb_books_get_session (books), job, changes, func, data, free_data, free_result, run_cb, run);
  return job; /* held by the session */
}
