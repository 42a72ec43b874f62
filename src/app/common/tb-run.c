/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-run.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-looks.h"
#include "tb-error.h"

/* In microseconds; what takes less is waited for. */
#define LONG_RUN (10 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *widget;
  TbBooks *books;
  char *title;
  gint64 started; /* monotonic */
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

/* Who went elsewhere while it ran is told that it ended. No names, no amounts: others see the screen too. */
static void
notify (Run *run)
{
  GtkRoot *root = gtk_widget_get_root (run->widget);
  GApplication *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;

  if (g_get_monotonic_time () - run->started < LONG_RUN || !GTK_IS_WINDOW (root) || gtk_window_is_active (GTK_WINDOW (root))
      || application == NULL || !tb_looks_get_notify ())
    return;
  notification = g_notification_new (run->title);
  g_notification_set_body (notification, _ ("It has ended. The window shows what came of it."));
  g_application_send_notification (application, "job", notification);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gpointer value = tb_session_run_finish (tb_books_get_session (run->books), result, &error);

  if (is_alive (run->widget))
    notify (run);
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

  *run = (Run){ g_object_ref (widget), g_object_ref (books), g_strdup (title), g_get_monotonic_time (), done, failed, free_result };
  tb_session_run_async (tb_books_get_session (books), job, changes, func, data, free_data, free_result, run_cb, run);
  return job; /* held by the session */
}
