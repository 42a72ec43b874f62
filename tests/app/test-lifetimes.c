/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-page.h"
#include "workstation.h"

#define N_ROUNDS 4

/* ---- icons ---- */

/* Bigger than those GTK keeps in its list of the hundred used last: who looks it up has the only reference. */
#define ICON_SIZE 200

static void
disposed_cb (gpointer data, GObject *icon)
{
  *(GThread **) data = g_thread_self ();
}

static gpointer
let_go_thread (gpointer icon)
{
  g_object_unref (icon);
  return NULL;
}

static gboolean
is_set (gpointer data)
{
  return *(GThread **) data != NULL;
}

/* An icon let go on a thread leaves GTK's table of icons on the main thread, where it may be looked up at the same moment. */
static void
test_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  GtkIconPaintable *icon = gtk_icon_theme_lookup_icon (theme, "tb-calls-symbolic", NULL, ICON_SIZE, 1, GTK_TEXT_DIR_LTR, 0);
  GThread *disposed = NULL;

  g_object_weak_ref (G_OBJECT (icon), disposed_cb, &disposed);
  g_thread_join (g_thread_new ("last", let_go_thread, icon));
  g_assert_null (disposed);
  workstation_wait (is_set, &disposed);
  g_assert_true (disposed == g_thread_self ());
}

/* ---- windows ---- */

/* Steps that start readings; the window is closed after each in turn, while they are under way. */
static void
show_all (TbWindow *window)
{
  for (int page = 1; page <= 9; page++)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page-number", "i", page);
}

static void
show_calls (TbWindow *window)
{
  tb_window_show_page (window, "calls", "status=1");
  tb_window_show_page (window, "calls", "month=2026-10");
}

static void
explain_calls (TbWindow *window)
{
  GtkSingleSelection *selection;

  tb_window_show_page (window, "calls", "status=1");
  workstation_settle (window);
  selection = tb_calls_page_get_selection (TB_CALLS_PAGE (tb_window_get_page (window)));
  for (guint i = 0; i < 5; i++)
    gtk_single_selection_set_selected (selection, i);
}

static void
read_again (TbWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.refresh", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.check", NULL);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Nothing that was under way keeps a window for good, or finds it half gone. */
static void
test_close_while_reading (void)
{
  static void (*const steps[]) (TbWindow *window) = { show_all, show_calls, explain_calls, read_again };

  for (guint i = 0; i < N_ROUNDS * G_N_ELEMENTS (steps); i++)
    {
      TbWindow *window = workstation_open (TRUE, 1024, 600);
      gpointer gone = window;

      g_object_add_weak_pointer (G_OBJECT (window), &gone);
      steps[i % G_N_ELEMENTS (steps)](window);
      workstation_close (window);
      workstation_wait (is_gone, &gone);
    }
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/lifetimes/icons", test_icons);
  g_test_add_func ("/lifetimes/close-while-reading", test_close_while_reading);
  return g_test_run ();
}
