/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "bench-stall.h"
#include "tb-application.h"
#include "tb-rate-change-dialog.h"
#include "tb-tariff-editor.h"
#include "tb-tariff-store.h"
#include "tb-window.h"

/* bench-tariff BOOKS [RATES]: the editor of a tariff of 250,000 rates, in this process and in new books: what each thing that a person does
 * there takes until it is seen, and the longest stall of the main loop meanwhile. Needs a display: support/with-display.sh. */

#define TARIFF "Big"

/* ---- the books ---- */

static void
add_rate (TbTariff *tariff, guint i)
{
  g_autofree char *prefix = g_strdup_printf ("%u", 1000000 + i * 17 % 9000000);
  TbRate *rate = tb_rate_new_for (prefix);

  rate->description = g_strdup_printf ("Place %u", i / 100);
  rate->rate = (TbDecimal) (i % 9973 + 1) * (TB_DECIMAL_ONE / 10000);
  rate->initial = rate->next = 6;
  g_ptr_array_add (tariff->rates, rate);
}

static void
make_books (const char *path, guint n)
{
  g_autoptr (TbStore) store = tb_store_create (path, NULL);
  g_autoptr (TbTariff) tariff = tb_tariff_new ();

  tariff->name = g_strdup (TARIFF);
  tb_currency_parse ("CAD", &tariff->currency, NULL);
  for (guint i = 0; i < n; i++)
    add_rate (tariff, i);
  if (store == NULL || !tb_tariff_store_save (store, tariff, NULL, NULL, NULL))
    g_error ("%s cannot be made", path);
}

/* ---- waiting and telling ---- */

static TbTariffEditor *editor;
static TbRateChangeDialog *dialog;
static double since;

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_busy (TbWindow *window)
{
  return !tb_page_is_idle (tb_window_get_page (window)) || (editor != NULL && !tb_tariff_editor_is_idle (editor))
         || (dialog != NULL && !tb_rate_change_dialog_is_idle (dialog));
}

/* Until nothing was done for a fifth of a second; returns when it was seen. */
static double
settle (TbWindow *window)
{
  double quiet = bench_wall ();
  guint timer = g_timeout_add (2, tick, NULL);

  while (bench_wall () - quiet < 0.2)
    {
      gboolean busy;

      g_main_context_iteration (NULL, TRUE);
      busy = is_busy (window) || (editor != NULL && gtk_widget_get_mapped (GTK_WIDGET (editor)) && tb_rate_sheet_get_draft (tb_tariff_editor_get_sheet (editor)) == NULL);
      if (busy)
        quiet = bench_wall ();
    }
  g_source_remove (timer);
  return quiet;
}

static void
begin (void)
{
  stalls.longest = stalls.longest_cpu = stalls.all = 0;
  stalls.frames = stalls.limits = stalls.n = 0;
  stalls.on = TRUE;
  since = bench_wall ();
}

static void
tell (TbWindow *window, const char *what)
{
  double seen = settle (window);

  stalls.on = FALSE;
  printf ("%-28s %6.3f s; longest stall %5.1f ms (processor %5.1f ms); %u over 16 ms, %u over 50 ms\n", what, seen - since, stalls.longest * 1e3,
          stalls.longest_cpu * 1e3, stalls.frames, stalls.limits);
}

/* ---- what a person does ---- */

static GtkWidget *
find (GtkWidget *root, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static GtkWindow *
find_over (GtkWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (GTK_IS_WINDOW (at->data) && gtk_window_get_transient_for (at->data) == window)
      return at->data;
  g_error ("no window came"); /* aborts */
}

static void
act (TbWindow *window, const char *action, const char *what)
{
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (editor), action, NULL);
  tell (window, what);
}

static void
search (TbWindow *window, const char *text)
{
  g_autofree char *what = g_strdup_printf ("search “%s”", text);

  begin ();
  tb_rate_sheet_search (tb_tariff_editor_get_sheet (editor), text);
  tell (window, what);
}

static void
change_all (TbWindow *window)
{
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.change", NULL);
  dialog = TB_RATE_CHANGE_DIALOG (find_over (GTK_WINDOW (editor)));
  tell (window, "Change Rates opened");
  begin ();
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)), "5");
  tell (window, "5 percent on all, seen");
  if (tb_rate_change_dialog_get_changes (dialog) == NULL)
    g_error ("nothing changes");
  begin ();
  g_signal_emit_by_name (tb_rate_change_dialog_get_apply (dialog), "clicked");
  dialog = NULL;
  tell (window, "done");
}

static TbWindow *
open_window (const char *path)
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
  return window;
}

int
main (int argc, char **argv)
{
  TbWindow *window;

  if (argc < 2)
    {
      fprintf (stderr, "usage: %s BOOKS [RATES]\n", argv[0]);
      return 2;
    }
  make_books (argv[1], argc > 2 ? (guint) atoi (argv[2]) : 250000);
  bench_stalls_begin ();
  window = open_window (argv[1]);
  begin ();
  tb_window_show_page (window, "tariffs", TARIFF);
  tell (window, "page of the tariff");
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (tb_window_get_page (window)), "tariff.edit", NULL);
  editor = TB_TARIFF_EDITOR (find_over (GTK_WINDOW (window)));
  tell (window, "editor opened");
  search (window, "1");
  search (window, "12");
  search (window, "place 12");
  search (window, "");
  change_all (window);
  act (window, "editor.undo", "undone");
  act (window, "editor.redo", "redone");
  act (window, "editor.check", "gaps and duplicates");
  act (window, "editor.review", "review of all changes");
  begin ();
  gtk_window_destroy (GTK_WINDOW (editor));
  editor = NULL;
  tell (window, "closed");
  printf ("%ld MiB at most\n", bench_peak_mib ());
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return 0;
}
