/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "tb-looks.h"
#include "workstation.h"

static GtkWidget *
find (GtkWidget *root, GType type, const char *name)
{
  GtkWidget *found = workstation_find (root, type, name);

  if (found == NULL)
    g_error ("There is no “%s”", name);
  return found;
}

static const struct { guint choice; const char *kept; AdwColorScheme scheme; } styles[] = {
  { 1, "light", ADW_COLOR_SCHEME_FORCE_LIGHT },
  { 2, "dark", ADW_COLOR_SCHEME_FORCE_DARK },
  { 0, "system", ADW_COLOR_SCHEME_DEFAULT },
};

/* Each choice takes effect at once, is kept, and is shown when the window is opened again. */
static void
test_choices (void)
{
  TbWindow *window = workstation_open (TRUE, 1024, 600);
  GtkWidget *dialog, *toggle;

  g_assert_nonnull (tb_looks_get ()); /* else there is nothing to prefer */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.preferences", NULL);
  dialog = workstation_wait_for_dialog (window);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autofree char *kept = NULL;

      adw_combo_row_set_selected (ADW_COMBO_ROW (find (dialog, ADW_TYPE_COMBO_ROW, "Style")), styles[i].choice);
      kept = g_settings_get_string (tb_looks_get (), "style");
      g_assert_cmpstr (kept, ==, styles[i].kept);
      g_assert_cmpint (adw_style_manager_get_color_scheme (adw_style_manager_get_default ()), ==, styles[i].scheme);
    }
  toggle = find (dialog, GTK_TYPE_SWITCH, "Tell Me While I Am Elsewhere");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_false (tb_looks_get_notify ());
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.preferences", NULL);
  dialog = workstation_wait_for_dialog (window);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (find (dialog, GTK_TYPE_SWITCH, "Tell Me While I Am Elsewhere"))));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_settings_reset (tb_looks_get (), "notify");
  workstation_close (window);
}

/* Ten books were opened, of which the first is gone by now: eight are kept, those that are there are offered. */
static void
test_recent (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tollbook-recent-XXXXXX", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free), recent = NULL;

  g_settings_reset (tb_looks_get (), "recent-books");
  for (guint i = 0; i < 10; i++)
    {
      g_ptr_array_add (paths, g_strdup_printf ("%s/%u.tollbook", folder, i));
      g_assert_true (g_file_set_contents (paths->pdata[i], "", 0, NULL));
      tb_looks_note_recent (paths->pdata[i]);
    }
  tb_looks_note_recent (paths->pdata[5]); /* again: it moves, and is there once */
  g_assert_cmpint (g_remove (paths->pdata[9]), ==, 0);
  recent = tb_looks_list_recent ();
  g_assert_cmpuint (recent->len, ==, 7);
  g_assert_cmpstr (recent->pdata[0], ==, paths->pdata[5]);
  g_assert_cmpstr (recent->pdata[1], ==, paths->pdata[8]);
  for (guint i = 0; i < 9; i++)
    g_remove (paths->pdata[i]);
  g_remove (folder);
}

/* What a window shows is offered to other windows, not to itself. */
static void
test_menu (void)
{
  TbWindow *window, *other;
  g_autoptr (GPtrArray) recent = NULL;
  g_autofree char *path = NULL;

  g_settings_reset (tb_looks_get (), "recent-books");
  window = workstation_open (TRUE, 1024, 600);
  recent = tb_looks_list_recent ();
  g_assert_cmpuint (recent->len, ==, 1);
  path = g_strdup (recent->pdata[0]);
  other = workstation_open (FALSE, 1024, 600);
  gtk_widget_activate_action (GTK_WIDGET (other), "win.open-recent", "s", path);
  workstation_settle (other);
  g_assert_true (tb_window_get_books (other) == tb_window_get_books (window));
  gtk_window_destroy (GTK_WINDOW (other)); /* the books are the first one's */
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/preferences/choices", test_choices);
  g_test_add_func ("/preferences/recent", test_recent);
  g_test_add_func ("/preferences/menu", test_menu);
  return g_test_run ();
}
