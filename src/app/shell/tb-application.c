/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-application.h"

#include <glib/gi18n.h>

#include "tb-books.h"
#include "tb-dialogs.h"
#include "tb-icons.h"
#include "tb-looks.h"
#include "tb-window.h"

struct _TbApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (TbApplication, tb_application, ADW_TYPE_APPLICATION)

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *self = data;
  GList *windows;

  /* Each window stores its size and may wait for a job when it closes; the last one ends the program. */
  while ((windows = gtk_application_get_windows (self)) != NULL)
    {
      GtkWindow *window = windows->data;

      gtk_window_close (window);
      if (g_list_find (gtk_application_get_windows (self), window) != NULL)
        break;
    }
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { "The Tollbook authors", NULL };

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (data)),
                         "application-name", _ ("Tollbook"),
                         "application-icon", TB_APPLICATION_ID,
                         "developer-name", _ ("The Tollbook authors"),
                         "developers", developers,
                         "version", TB_VERSION,
                         "comments", _ ("From a rate deck and call records to a printed invoice"),
                         "copyright", "© 2026 The Tollbook authors",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static const GActionEntry actions[] = {
  { "quit", quit_cb },
  { "about", about_cb },
};

static const struct { const char *action, *accels[3]; } accels[] = {
  { "app.quit", { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.new-window", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.command-search", { "<Control>k" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.find", { "<Control>f" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.print", { "<Control>p" } },
  { "win.save", { "<Control>s" } },
  { "win.toggle-details", { "F9" } },
  { "win.rate", { "<Control><Shift>r" } },
  { "win.make-drafts", { "<Control><Shift>d" } },
  { "win.menu", { "F10" } },
  { "window.close", { "<Control>w" } },
};

static TbWindow *
get_window (TbApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !TB_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return window != NULL ? TB_WINDOW (window) : tb_window_new (GTK_APPLICATION (self));
}

static void
tb_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (tb_application_parent_class)->startup (application);

  tb_icons_keep_to_main_thread ();
  tb_looks_follow_style ();
  gtk_window_set_default_icon_name (TB_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action, accels[i].accels);
  /* Nine keys; Ctrl+0 is the invoice's size. */
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-page-number(%u)", i);
      g_autofree char *accel = g_strdup_printf ("<Alt>%u", i);
      g_autofree char *other = g_strdup_printf ("<Control>%u", i);
      const char *list[] = { accel, other, NULL };

      gtk_application_set_accels_for_action (GTK_APPLICATION (application), action, list);
    }
}

static void
tb_application_activate (GApplication *application)
{
  TbWindow *window = get_window (TB_APPLICATION (application));
  g_autofree char *path = tb_session_dup_default_path ();
  g_autoptr (GPtrArray) recent = tb_looks_list_recent ();

  gtk_window_present (GTK_WINDOW (window));
  if (tb_window_get_books (window) != NULL)
    return;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    tb_window_open_books (window, path);
  else if (recent->len > 0)
    tb_window_open_books (window, recent->pdata[0]);
}

static void
tb_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);
      TbWindow *window = get_window (TB_APPLICATION (application));

      if (tb_window_get_books (window) != NULL)
        window = tb_window_new (GTK_APPLICATION (application));
      gtk_window_present (GTK_WINDOW (window));
      if (path != NULL)
        tb_window_open_books (window, path);
    }
}

static void
tb_application_class_init (TbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = tb_application_startup;
  application_class->activate = tb_application_activate;
  application_class->open = tb_application_open;
}

static void
tb_application_init (TbApplication *self)
{
}

TbApplication *
tb_application_new (void)
{
  return g_object_new (TB_TYPE_APPLICATION,
                       "application-id", TB_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/tollbook/Tollbook",
                       NULL);
}
