/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-window-private.h"

#include <glib/gi18n.h>

#include "tb-command-search.h"
#include "tb-preferences.h"

/* ---- the page that is shown ---- */

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_books_refresh (tb_window_get_books (data));
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_find (tb_window_get_page (data));
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_print (tb_window_get_page (data));
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_save (tb_window_get_page (data));
}

static void
toggle_details_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_page_toggle_details (tb_window_get_page (data));
}

static void
toast_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_window_add_toast (data, g_variant_get_string (parameter, NULL));
}

/* ---- what was done ---- */

static void
moved_cb (TbUndo *undo, const char *label, gboolean undone, TbWindow *window)
{
  g_autofree char *text = g_strdup_printf (undone ? _ ("Undone: %s") : _ ("Done again: %s"), label);

  g_signal_handlers_disconnect_by_func (undo, moved_cb, window);
  tb_window_add_toast (window, text);
}

/* It may be a job, which says later how it ended. */
static void
move (TbWindow *window, gboolean (*func) (TbUndo *undo), const char *nothing)
{
  TbUndo *undo = tb_page_get_undo (tb_window_get_page (window));

  g_signal_handlers_disconnect_by_func (undo, moved_cb, window);
  g_signal_connect_object (undo, "moved", G_CALLBACK (moved_cb), window, 0);
  if (func (undo))
    return;
  g_signal_handlers_disconnect_by_func (undo, moved_cb, window);
  tb_window_add_toast (window, nothing);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move (data, tb_undo_undo, _ ("There is nothing to undo"));
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move (data, tb_undo_redo, _ ("There is nothing to do again"));
}

/* On the same books, which both windows then share; each has its own page and its own choices. */
static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbWindow *window = tb_window_new (gtk_window_get_application (GTK_WINDOW (data)));

  if (tb_window_get_books (data) != NULL)
    tb_window_set_books (window, tb_window_get_books (data));
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_preferences_run (data);
}

static void
open_recent_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_window_open_books (data, g_variant_get_string (parameter, NULL));
}

static void
command_search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (tb_command_search_new (data)));
}

/* ---- all of them ---- */

static const GActionEntry entries[] = {
  { "rate", tb_window_rate }, { "rate-again", tb_window_rate_again }, { "make-drafts", tb_window_make_drafts }, { "check", tb_window_check },
  { "back-up", tb_window_back_up }, { "restore", tb_window_restore }, { "apply-setup", tb_window_apply_setup }, { "refresh", refresh_cb },
  { "find", find_cb }, { "print", print_cb }, { "save", save_cb }, { "toggle-details", toggle_details_cb },
  { "undo", undo_cb }, { "redo", redo_cb },
  /* These work without books too. */
  { "open", tb_window_open }, { "toast", toast_cb, "s" }, { "command-search", command_search_cb },
  { "new-window", new_window_cb }, { "preferences", preferences_cb }, { "open-recent", open_recent_cb, "s" },
};
#define WITHOUT_BOOKS 6 /* of them, the last */

/* Not the application's, which come before what has the focus: an entry undoes its own typing first. */
static void
add_undo_keys (TbWindow *self)
{
  static const struct { const char *keys, *action; } table[] = {
    { "<Control>z", "win.undo" }, { "<Shift><Control>z", "win.redo" }, { "<Control>y", "win.redo" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (table[i].keys), gtk_named_action_new (table[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
tb_window_install_actions (TbWindow *self)
{
  add_undo_keys (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
tb_window_update_actions (TbWindow *self)
{
  gboolean open = tb_window_get_books (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries) - WITHOUT_BOOKS; i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)), open);
}
