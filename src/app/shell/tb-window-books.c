/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-window-private.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-run.h"
#include "tb-setup-file.h"

/* ---- check, back up, restore, open ---- */

static gpointer
check_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (!tb_store_check (store, &findings, job, error))
    return NULL;
  return findings != NULL ? g_steal_pointer (&findings) : g_ptr_array_new ();
}

static void
check_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (GPtrArray) findings = result;
  g_autoptr (GString) text = g_string_new (NULL);

  if (findings->len == 0)
    {
      tb_window_add_toast (TB_WINDOW (widget), _ ("The books are sound"));
      return;
    }
  for (guint i = 0; i < findings->len && i < 20; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (findings, i));
  tb_dialogs_show_text (widget, _ ("The Books Have Faults"), text->str);
}

void
tb_window_check (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_run (data, tb_window_get_books (data), _ ("Check books"), FALSE, check_func, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
          check_done, NULL);
}

static gpointer
back_up_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_store_backup (store, data, job, error) ? TB_RUN_OK : NULL;
}

static void
back_up_done (GtkWidget *widget, gpointer result)
{
  tb_window_add_toast (TB_WINDOW (widget), _ ("Backup written"));
}

static void
back_up_path_cb (const char *path, gpointer data)
{
  tb_run (data, tb_window_get_books (data), _ ("Back up"), FALSE, back_up_func, g_strdup (path), g_free, NULL, back_up_done, NULL);
}

void
tb_window_back_up (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *name = g_path_get_basename (tb_books_get_path (tb_window_get_books (data)));
  g_autofree char *copy = g_strconcat (name, ".backup", NULL);

  tb_dialogs_save_file (data, _ ("Back Up Books"), copy, back_up_path_cb, data);
}

typedef struct
{
  char *backup, *books;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *restore = data;

  g_free (restore->backup);
  g_free (restore->books);
  g_free (restore);
}

static void
restore_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Restore *restore = data;
  GError *error = NULL;

  if (tb_store_restore (restore->backup, restore->books, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbWindow) self = data;
  const Restore *restore = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Backup Could Not Be Restored"), error);
  if (tb_window_open_books (self, restore->books) && error == NULL)
    tb_window_add_toast (self, _ ("Restored; the books as they were are beside them"));
}

static void
close_other_windows (TbWindow *self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self))));

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self && TB_IS_WINDOW (l->data) && tb_window_get_books (l->data) == tb_window_get_books (self))
      {
        tb_window_close_books (l->data);
        gtk_window_close (GTK_WINDOW (l->data));
      }
}

static void
restore_path_cb (const char *path, gpointer data)
{
  TbWindow *self = data;
  /* The window goes with the callback: of a source object the thread might let go last. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, restored_cb, g_object_ref (self));
  Restore *restore = g_new (Restore, 1);

  *restore = (Restore){ g_strdup (path), g_strdup (tb_books_get_path (tb_window_get_books (self))) };
  g_task_set_source_tag (task, restore_path_cb);
  g_task_set_task_data (task, restore, restore_free);

  /* The books must be closed while their file is replaced; so there is no session whose job this could be. */
  close_other_windows (self);
  tb_window_close_books (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  g_task_run_in_thread (task, restore_thread);
}

static void
restore_confirmed (gpointer data)
{
  tb_dialogs_open_file (data, _ ("Restore From Backup"), NULL, NULL, restore_path_cb, data);
}

void
tb_window_restore (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_confirm (data, _ ("Restore From a Backup?"),
                      _ ("The books are replaced by the backup. They are kept beside it as a file that ends in “.before-restore”."),
                      _ ("_Choose Backup…"), TRUE, restore_confirmed, data, NULL);
}

static void
open_path_cb (const char *path, gpointer data)
{
  tb_window_open_books (data, path);
}

void
tb_window_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_open_file (data, _ ("Open Books"), _ ("Tollbook books"), "*.tollbook", open_path_cb, data);
}

/* ---- the set-up file ---- */

static gpointer
apply_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  GPtrArray *changes = NULL;

  if (!tb_setup_file_apply (store, data, FALSE, &changes, job, error))
    return NULL;
  return changes != NULL ? changes : g_ptr_array_new ();
}

static void
apply_done (GtkWidget *widget, gpointer result)
{
  g_autoptr (GPtrArray) changes = result;
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u change applied", "%u changes applied", changes->len), changes->len);

  tb_window_add_toast (TB_WINDOW (widget), text);
}

static void
apply_path_cb (const char *path, gpointer data)
{
  tb_run (data, tb_window_get_books (data), _ ("Apply set-up"), TRUE, apply_func, g_strdup (path), g_free, (GDestroyNotify) g_ptr_array_unref,
          apply_done, NULL);
}

void
tb_window_apply_setup (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_open_file (data, _ ("Apply Set-up File"), _ ("Set-up files"), "*.json", apply_path_cb, data);
}
