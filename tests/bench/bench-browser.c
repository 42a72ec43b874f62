/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-clock.h"
#include "tb-application.h"
#include "tb-calls-page.h"
#include "tb-columns.h"
#include "tb-window.h"

/* bench-browser BOOKS [jumps]: the workstation's page of calls on these books, in this process: when its first rows are drawn after it is opened, filtered and
 * sorted, how long a jump of the scroll bar takes to be drawn, how fast it stops, and how much memory it takes; with "jumps" only
 * these. Needs a display: support/with-display.sh. */

#define JUMPS 150

static guint64 n_frames;

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  n_frames++;
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_quiet (TbWindow *window, double seconds)
{
  double quiet = bench_wall ();

  while (bench_wall () - quiet < seconds)
    {
      g_main_context_iteration (NULL, TRUE);
      if (!tb_page_is_idle (tb_window_get_page (window)))
        quiet = bench_wall ();
    }
}

/* Until a list that is not the one before is drawn. */
static double
wait_list (TbCallsPage *page, guint before, double since)
{
  guint64 frames;

  while (tb_calls_page_count_lists (page) == before)
    g_main_context_iteration (NULL, TRUE);
  frames = n_frames;
  gtk_widget_queue_draw (GTK_WIDGET (page));
  while (n_frames == frames)
    g_main_context_iteration (NULL, TRUE);
  return bench_wall () - since;
}

static long
memory_mib (const char *field)
{
  g_autofree char *status = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  at = strstr (status, field);
  return at != NULL ? strtol (at + strlen (field), NULL, 10) / 1024 : 0;
}

/* Of the main loop's thread alone: what other work on the machine disturbs least. */
static double
thread_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* ---- what is measured ---- */

static const struct
{
  const char *name, *item;
} steps[] = {
  { "filter: one client", "order=0-;where=client:C017" },
  { "filter: one day", "order=0-;where=start:2026-10-10" },
  { "all again", "order=0-;where=" },
  { "sort: oldest first", "order=0+;where=" },
  { "filter: long calls", "order=0-;where=seconds>1:00:00" },
  { "filter: digits in the middle", "order=0-;where=5555" },
  { "filter: below cost", "order=0-;where=margin<0" },
  { "sort: one client by charge", "order=1-;where=client:C017" },
};

static int
compare (const void *a, const void *b)
{
  return *(const double *) a < *(const double *) b ? -1 : *(const double *) a > *(const double *) b;
}

static void
measure_steps (TbWindow *window, TbCallsPage *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double first[3], stops[3];

      for (guint turn = 0; turn < G_N_ELEMENTS (first); turn++)
        {
          guint before;
          double since;

          tb_page_show_item (TB_PAGE (page), "order=0-;where=start:2026-10-05");
          wait_quiet (window, 0.2);
          before = tb_calls_page_count_lists (page);
          since = bench_wall ();
          tb_page_show_item (TB_PAGE (page), steps[i].item);
          first[turn] = wait_list (page, before, since);
          since = bench_wall ();
          gtk_widget_activate_action (GTK_WIDGET (page), "calls.stop", NULL);
          while (!tb_page_is_idle (TB_PAGE (page)))
            g_main_context_iteration (NULL, TRUE);
          stops[turn] = bench_wall () - since;
        }
      qsort (first, 3, sizeof *first, compare);
      qsort (stops, 3, sizeof *stops, compare);
      printf ("%-30s first rows drawn %7.1f ms (%.1f to %.1f), stopped or ended %7.1f ms later\n", steps[i].name, first[1] * 1e3, first[0] * 1e3, first[2] * 1e3,
              stops[1] * 1e3);
      fflush (stdout);
    }
}

/* All ten million, found to the end: what takes memory. Then jumps by the list's own action, as dragging the scroll bar does. */
static void
measure_jumps (TbWindow *window, TbCallsPage *page, GtkColumnView *view)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  double taken[JUMPS], processor[JUMPS], since = bench_wall (), cpu;
  guint n;

  tb_page_show_item (TB_PAGE (page), "order=0-;where=");
  wait_quiet (window, 0.5);
  n = g_list_model_get_n_items (G_LIST_MODEL (tb_calls_page_get_list (page)));
  printf ("all %u calls and their sums after %.1f s; memory %ld MiB, at most %ld MiB\n", n, bench_wall () - since - 0.5, memory_mib ("VmRSS:"), memory_mib ("VmHWM:"));
  for (guint i = 0; i < JUMPS; i++)
    {
      guint64 frames = n_frames;

      since = bench_wall ();
      cpu = thread_cpu ();
      tb_columns_scroll_to (view, i == 0 ? n - 1 : (guint) g_rand_int_range (random, 0, (gint32) n));
      while (n_frames == frames)
        g_main_context_iteration (NULL, TRUE);
      taken[i] = bench_wall () - since;
      processor[i] = thread_cpu () - cpu;
    }
  qsort (taken, JUMPS, sizeof *taken, compare);
  qsort (processor, JUMPS, sizeof *processor, compare);
  printf ("jump to a row anywhere: median %.1f ms, of 20 one %.1f ms, worst %.1f ms to be drawn (processor %.1f, %.1f, %.1f); memory %ld MiB\n",
          taken[JUMPS / 2] * 1e3, taken[JUMPS * 19 / 20] * 1e3, taken[JUMPS - 1] * 1e3, processor[JUMPS / 2] * 1e3, processor[JUMPS * 19 / 20] * 1e3,
          processor[JUMPS - 1] * 1e3, memory_mib ("VmRSS:"));
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

int
main (int argc, char **argv)
{
  TbApplication *application = tb_application_new ();
  TbWindow *window;
  TbCallsPage *page;
  double since;

  if (argc < 2)
    {
      fprintf (stderr, "usage: bench-browser BOOKS [jumps]\n");
      return 2;
    }
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    g_error ("no application"); /* aborts */
  window = tb_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb), NULL);
  g_timeout_add (2, tick, NULL);
  tb_window_show_page (window, "packages", NULL);
  if (!tb_window_open_books (window, argv[1]))
    g_error ("%s cannot be opened", argv[1]); /* aborts */
  wait_quiet (window, 1.0);
  printf ("before the page is opened: memory %ld MiB\n", memory_mib ("VmRSS:"));
  since = bench_wall ();
  tb_window_show_page (window, "calls", NULL);
  page = TB_CALLS_PAGE (tb_window_get_page (window));
  printf ("%-30s first rows drawn %7.1f ms\n", "opening the page", wait_list (page, 0, since) * 1e3);
  fflush (stdout);
  if (argc == 2)
    measure_steps (window, page);
  measure_jumps (window, page, GTK_COLUMN_VIEW (find_type (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW)));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return 0;
}
