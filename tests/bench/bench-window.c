/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-pbx.h"
#include "bench-stall.h"
#include "tb-application.h"
#include "tb-call-import.h"
#include "tb-id-list.h"
#include "tb-window.h"

/* bench-window sync BOOKS CONNECTIONS | import BOOKS FILE | rate BOOKS: the workstation with its window open, in this process, while all
 * connections are collected (Sync All of its page), a file is imported, or calls are rated. What the main loop does between two times of waiting
 * is a stall: nothing is drawn and no key is heard meanwhile. Prints the longest, by the clock and by the processor's time of that thread, and
 * how many took longer than one frame and than 50 ms. Needs a display: support/with-display.sh. */

/* ---- what a person does ---- */

static void
press (GtkWidget *widget, gpointer action)
{
  const char *name = GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;

  if (g_strcmp0 (name, action) == 0)
    g_signal_emit_by_name (widget, "clicked");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    press (child, action);
}

static void
start_sync (TbWindow *window, const char *argument)
{
  press (GTK_WIDGET (window), (gpointer) "connection.sync-all");
}

static void
start_import (TbWindow *window, const char *argument)
{
  tb_call_import_file (GTK_WIDGET (tb_window_get_page (window)), tb_window_get_books (window), BENCH_CONNECTION, argument);
}

static void
start_rating (TbWindow *window, const char *argument)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.rate", NULL);
}

static const struct { const char *name, *page; void (*start) (TbWindow *window, const char *argument); } tasks[] = {
  { "sync", "connections", start_sync }, { "import", "calls", start_import }, { "rate", "calls", start_rating },
};

/* ---- the window ---- */

static gboolean
is_busy (TbWindow *window)
{
  GListModel *jobs = tb_session_get_jobs (tb_books_get_session (tb_window_get_books (window)));

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (TbJob) job = g_list_model_get_item (jobs, i);

      if (tb_job_get_state (job) == TB_JOB_RUNNING)
        return TRUE;
    }
  return tb_id_list_count_growing () > 0 || !tb_page_is_idle (tb_window_get_page (window));
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Until nothing is done for half a second. */
static void
settle (TbWindow *window)
{
  double quiet = bench_wall ();
  guint timer = g_timeout_add (20, tick, NULL);

  while (bench_wall () - quiet < 0.5)
    {
      g_main_context_iteration (NULL, TRUE);
      if (is_busy (window))
        quiet = bench_wall ();
    }
  g_source_remove (timer);
}

static TbWindow *
open_window (const char *path, const char *page)
{
  TbApplication *application = tb_application_new ();
  TbWindow *window;

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    g_error ("no application"); /* aborts */
  g_application_set_default (G_APPLICATION (application));
  window = tb_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  if (!tb_window_open_books (window, path))
    g_error ("%s cannot be opened", path);
  settle (window);
  tb_window_show_page (window, page, NULL);
  settle (window);
  return window;
}

int
main (int argc, char **argv)
{
  guint task = 0;
  TbWindow *window;
  double since;

  while (task < G_N_ELEMENTS (tasks) && (argc < 3 || strcmp (argv[1], tasks[task].name) != 0))
    task++;
  if (task == G_N_ELEMENTS (tasks) || (task < 2 && argc != 4))
    {
      fprintf (stderr, "usage: %s sync BOOKS CONNECTIONS | import BOOKS FILE | rate BOOKS\n", argv[0]);
      return 2;
    }
  for (guint i = 0; task == 0 && i < (guint) atoi (argv[3]); i++)
    {
      g_autofree char *variable = g_strdup_printf (BENCH_SECRET_NAME, i);

      g_setenv (variable, "secret", TRUE);
    }
  bench_stalls_begin ();
  window = open_window (argv[2], tasks[task].page);
  since = bench_wall ();
  stalls.on = TRUE;
  tasks[task].start (window, argv[3]);
  settle (window);
  stalls.on = FALSE;
  printf ("window %-6s %6.2f s, processor %6.2f s, of it the main loop %6.2f s; longest stall %5.1f ms (processor %5.1f ms); %u of %u over 16 ms, %u over 50 ms\n",
          tasks[task].name, bench_wall () - since, bench_cpu (), stalls.all, stalls.longest * 1e3, stalls.longest_cpu * 1e3, stalls.frames, stalls.n,
          stalls.limits);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return 0;
}
