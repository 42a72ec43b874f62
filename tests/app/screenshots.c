/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "tb-calls-page.h"
#include "tb-filter-editor.h"
#include "workstation.h"

/* Draws every page, light and dark, in two sizes, into a folder: tests/screenshots runs it. */

static const struct { int width, height; } sizes[] = { { 1280, 800 }, { 1024, 600 } };
static const struct { AdwColorScheme scheme; const char *name; } schemes[] = { { ADW_COLOR_SCHEME_FORCE_LIGHT, "light" },
                                                                               { ADW_COLOR_SCHEME_FORCE_DARK, "dark" } };
static const char *const pages[] = { "overview", "calls", "triage", "clients", "desk", "invoices", "whmcs", "tariffs", "packages", "simulator", "connections", "margin", "numbers", "services", "setup" };

static const char *folder, *only;
static char *suffix; /* "light-1280x800" */

/* As the window has it, in whatever language that is; static, until the next. */
static const char *
named (const char *message)
{
  static char name[256];

  g_strlcpy (name, g_dgettext (GETTEXT_PACKAGE, message), sizeof name);
  for (char *at = name; *at != '\0'; at++)
    if (*at == '_')
      memmove (at, at + 1, strlen (at));
  return name;
}

/* Those before the first figure. */
static const char *
first_words (const char *message)
{
  static char words[256];

  g_strlcpy (words, g_dngettext (GETTEXT_PACKAGE, message, message, 2), sizeof words);
  *strchrnul (words, '%') = '\0';
  return words;
}

static void
take (GtkWidget *widget, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.png", what, suffix);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  workstation_save_png (widget, path);
  g_print ("%s\n", path);
}

static void
take_first_run (int width, int height)
{
  TbWindow *window = workstation_open (FALSE, width, height);
  GtkWidget *button;
  char step[] = "first-run-0";

  take (GTK_WIDGET (window), step);
  button = workstation_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, named ("_Set Up My Company"));
  g_signal_emit_by_name (button, "clicked");
  workstation_settle (window);
  step[sizeof step - 2] = '1';
  take (GTK_WIDGET (window), step);
  workstation_close (window);
}

static void
take_dialog (TbWindow *window, GtkWidget *from, const char *action, const char *what)
{
  GtkWindow *dialog;

  gtk_widget_activate_action (from, action, NULL);
  workstation_settle (window);
  dialog = workstation_get_dialog (window);
  g_assert_nonnull (dialog);
  take (GTK_WIDGET (dialog), what);
  gtk_window_destroy (dialog);
  workstation_settle (window);
}

static void
take_pages (int width, int height)
{
  TbWindow *window = workstation_open (TRUE, width, height);
  GtkWidget *editor;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      tb_window_show_page (window, pages[i], NULL);
      workstation_settle (window);
      take (GTK_WIDGET (window), pages[i]);
    }

  workstation_show_page (window, 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-details", NULL);
  gtk_single_selection_set_selected (tb_calls_page_get_selection (TB_CALLS_PAGE (tb_window_get_page (window))), 3);
  workstation_settle (window);
  take (GTK_WIDGET (window), "calls-explained");
  tb_window_show_page (window, "calls", "where=start:2026-10 (client:C1001 or seconds>600) not direction:inbound to:49*,4*");
  workstation_settle (window);
  take (GTK_WIDGET (window), "calls-filtered");
  gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "calls.add-filter", NULL);
  workstation_settle (window);
  workstation_settle (window); /* a popover is drawn a frame later than its window */
  editor = workstation_find (GTK_WIDGET (window), TB_TYPE_FILTER_EDITOR, NULL);
  take (editor, "calls-filter-editor");
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (editor, GTK_TYPE_POPOVER)));
  workstation_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "calls.clear-filter", NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_DROP_DOWN, NULL)), 1);
  workstation_settle (window);
  workstation_settle (window);
  take (GTK_WIDGET (window), "calls-groups");

  tb_window_show_page (window, "tariffs", "World wholesale");
  workstation_settle (window);
  take_dialog (window, GTK_WIDGET (tb_window_get_page (window)), "tariff.edit", "tariff-editor");
  take_dialog (window, GTK_WIDGET (window), "win.make-drafts", "make-drafts");
  take_dialog (window, GTK_WIDGET (window), "win.show-help-overlay", "shortcuts");
  take_dialog (window, GTK_WIDGET (window), "win.preferences", "preferences");
  tb_window_show_page (window, "invoices", "NK-2026-00001");
  workstation_settle (window);
  take_dialog (window, workstation_find (GTK_WIDGET (tb_window_get_page (window)), GTK_TYPE_BUTTON, named ("_Approve")), "invoice.credit", "credit");
  workstation_close (window);
}

/* What happened with a client. */
static void
take_timeline (int width, int height)
{
  TbWindow *window = workstation_open (TRUE, width, height);
  GtkWidget *button;

  tb_window_show_page (window, "clients", NULL);
  workstation_settle (window);
  button = workstation_find (GTK_WIDGET (window), GTK_TYPE_TOGGLE_BUTTON, named ("Time Line"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  workstation_wait_for_words (GTK_WIDGET (window), named ("Invoice"));
  workstation_settle (window);
  take (GTK_WIDGET (window), "timeline");
  workstation_close (window);
}

/* The editor of what is chosen first on each page that has one. */
static void
take_editors (int width, int height)
{
  static const char *const edited[] = { "clients", "packages", "services", "setup" };
  TbWindow *window = workstation_open (TRUE, width, height);

  for (guint i = 0; i < G_N_ELEMENTS (edited); i++)
    {
      g_autofree char *what = g_strconcat ("edit-", edited[i], NULL);
      GtkWidget *dialog;

      tb_window_show_page (window, edited[i], NULL);
      workstation_settle (window);
      gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "record.edit", NULL);
      dialog = workstation_wait_for_dialog (window);
      if (g_str_equal (edited[i], "packages"))
        {
          workstation_wait_for_words (dialog, named ("Together"));
          workstation_settle (window);
        }
      take (dialog, what);
      gtk_window_close (GTK_WINDOW (dialog));
      workstation_settle (window);
    }
  workstation_close (window);
}

/* One filter of all packages, above the list of them. */
static void
take_filter (int width, int height)
{
  TbWindow *window = workstation_open (TRUE, width, height);
  GtkWidget *dialog, *nested = NULL;
  GListModel *toplevels = gtk_window_get_toplevels ();

  tb_window_show_page (window, "setup", "filters/");
  workstation_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "record.edit", NULL);
  dialog = workstation_wait_for_dialog (window);
  g_signal_emit_by_name (workstation_find (dialog, GTK_TYPE_BUTTON, named ("Add")), "clicked");
  workstation_settle (window);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (toplevel) == GTK_WINDOW (dialog))
        nested = GTK_WIDGET (toplevel);
    }
  gtk_editable_set_text (GTK_EDITABLE (workstation_find (nested, GTK_TYPE_ENTRY, named ("Pattern"))), "44*");
  workstation_wait_for_words (nested, first_words ("It meets %s of %s call of the last 31 days."));
  workstation_settle (window);
  take (nested, "edit-filter");
  gtk_window_close (GTK_WINDOW (nested));
  gtk_window_close (GTK_WINDOW (dialog));
  workstation_settle (window);
  workstation_close (window);
}

static const struct { const char *name; void (*take) (int width, int height); } sets[] = {
  { "first-run", take_first_run }, { "pages", take_pages }, { "editors", take_editors }, { "filter", take_filter }, { "timeline", take_timeline },
};

int
main (int argc, char *argv[])
{
  if (argc != 2 && argc != 3)
    {
      g_printerr ("usage: %s FOLDER [first-run|pages|editors|filter|timeline]\n", argv[0]);
      return 2;
    }
  folder = argv[1];
  only = argc > 2 ? argv[2] : NULL;
  g_mkdir_with_parents (folder, 0755);
  workstation_start (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i].scheme);
        suffix = g_strdup_printf ("%s-%dx%d", schemes[i].name, sizes[j].width, sizes[j].height);
        for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
          if (only == NULL || g_str_equal (only, sets[k].name))
            sets[k].take (sizes[j].width, sizes[j].height);
        g_free (suffix);
      }
  return 0;
}
