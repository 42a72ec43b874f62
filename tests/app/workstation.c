/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workstation.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample-books.h"
#include "tb-application.h"
#include "tb-id-list.h"
#include "tb-job.h"
#include "tb-words.h"

static TbApplication *application;
static char *folder;
static guint n_books;

static void
remove_folder (void)
{
  g_rmdir (folder);
  g_free (folder);
}

void
workstation_start (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_init_check ())
    g_error ("There is no display; tests/support/with-display.sh runs a test with one.");
  g_test_init (argc, argv, NULL);
  bindtextdomain (GETTEXT_PACKAGE, tb_words_get_folder ());
  textdomain (GETTEXT_PACKAGE);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_setenv ("TOLLBOOK_NOW", SAMPLE_BOOKS_NOW, TRUE);
  folder = g_dir_make_tmp ("tollbook-app-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (remove_folder);
  application = tb_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static char *
make_books (void)
{
  g_autofree char *name = g_strdup_printf ("sample-%u.tollbook", n_books++);
  char *path = g_build_filename (folder, name, NULL);

  sample_books_make (path);
  return path;
}

TbWindow *
workstation_open (gboolean books, int width, int height)
{
  TbWindow *window = tb_window_new (GTK_APPLICATION (application));
  g_autofree char *path = books ? make_books () : NULL;

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  if (path != NULL)
    g_assert_true (tb_window_open_books (window, path));
  workstation_settle (window);
  return window;
}

void
workstation_close (TbWindow *window)
{
  g_autofree char *path = tb_window_get_books (window) != NULL ? g_strdup (tb_books_get_path (tb_window_get_books (window))) : NULL;

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (path != NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
}

static gboolean
is_quiet (gpointer data)
{
  TbWindow *window = data;
  TbBooks *books = tb_window_get_books (window);
  GListModel *jobs = books != NULL ? tb_session_get_jobs (tb_books_get_session (books)) : NULL;

  for (guint i = 0; jobs != NULL && i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (TbJob) job = g_list_model_get_item (jobs, i);

      if (tb_job_get_state (job) == TB_JOB_RUNNING)
        return FALSE;
    }
  if (tb_id_list_count_growing () > 0)
    return FALSE;
  if (books != NULL && !(tb_session_is_idle (tb_books_get_session (books)) && tb_books_is_fresh (books)))
    return FALSE;
  return gtk_widget_get_mapped (GTK_WIDGET (window)) && (books == NULL || tb_page_is_idle (tb_window_get_page (window)));
}

static gboolean
past (gpointer data)
{
  return g_get_monotonic_time () >= *(gint64 *) data;
}

void
workstation_wait (gboolean (*check) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC; /* a busy machine with sanitizers is slow */

  while (!check (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

void
workstation_settle (TbWindow *window)
{
  gint64 until = g_get_monotonic_time () + 50 * 1000;

  workstation_wait (past, &until);
  workstation_wait (is_quiet, window);
  until = g_get_monotonic_time () + 50 * 1000;
  workstation_wait (past, &until);
}

void
workstation_show_page (TbWindow *window, guint number)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page-number", "i", (int) number);
  workstation_settle (window);
}

void
workstation_walk (GtkWidget *root, void (*func) (GtkWidget *widget, gpointer data), gpointer data)
{
  func (root, data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    workstation_walk (child, func, data);
}

static gboolean
is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  if (other == NULL)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), name);
  return workstation_find (widget, GTK_TYPE_LABEL, name) != NULL;
}

GtkWidget *
workstation_find (GtkWidget *root, GType type, const char *name)
{
  if (gtk_widget_get_mapped (root) && G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (name == NULL || is_named (root, name)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = workstation_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
workstation_says (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (workstation_says (child, words))
      return TRUE;
  return FALSE;
}

void
workstation_press (TbWindow *window, GtkWidget *root, const char *name)
{
  GtkWidget *button = workstation_find (root, GTK_TYPE_BUTTON, name);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    g_error ("There is no button “%s” that can be pressed", name);
  g_signal_emit_by_name (button, "clicked");
  workstation_settle (window);
}

GtkWindow *
workstation_get_dialog (TbWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (toplevel != GTK_WINDOW (window) && gtk_widget_get_visible (GTK_WIDGET (toplevel)))
        return toplevel;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *widget;
  GskRenderNode *node;
} Picture;

/* A widget that was not drawn since it last changed gives nothing. */
static gboolean
is_drawn (gpointer data)
{
  Picture *picture = data;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (picture->widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (picture->widget), gtk_widget_get_height (picture->widget));
  picture->node = gtk_snapshot_to_node (snapshot);
  if (picture->node == NULL)
    gtk_widget_queue_draw (picture->widget);
  return picture->node != NULL;
}

void
workstation_save_png (GtkWidget *widget, const char *path)
{
  Picture picture = { widget };
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width, height;

  workstation_wait (is_drawn, &picture);
  node = picture.node;
  width = gtk_widget_get_width (widget);
  height = gtk_widget_get_height (widget);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

typedef struct
{
  GtkWidget *root;
  const char *words;
} Words;

static gboolean
says (gpointer data)
{
  const Words *words = data;

  return workstation_says (words->root, words->words);
}

void
workstation_wait_for_words (GtkWidget *root, const char *words)
{
  workstation_wait (says, &(Words){ root, words });
}

static gboolean
has_dialog (gpointer window)
{
  return workstation_get_dialog (window) != NULL;
}

GtkWidget *
workstation_wait_for_dialog (TbWindow *window)
{
  workstation_wait (has_dialog, window);
  workstation_settle (window);
  return GTK_WIDGET (workstation_get_dialog (window));
}
