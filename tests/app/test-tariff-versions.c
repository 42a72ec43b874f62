/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "tb-deck-dialog.h"
#include "tb-format.h"
#include "tb-history-dialog.h"
#include "tb-import-result.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"
#include "workstation.h"

/* A deck over an older one, weighed and imported, then gone back on: through the dialogs, as a person does it. */

#define TARIFF "World wholesale"
#define BIG 250000

static void
press (GtkWidget *root, const char *name)
{
  GtkWidget *button = workstation_find (root, GTK_TYPE_BUTTON, name);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    g_error ("The button “%s” %s", name, button == NULL ? "is not there" : "cannot be pressed");
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  GtkWidget *widget = workstation_find (root, type, NULL);

  g_assert_nonnull (widget);
  return widget;
}

/* Pictures to look at, where somebody wants them. */
static void
picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("TOLLBOOK_PICTURES");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/versions-%s.png", folder, name) : NULL;

  if (path != NULL)
    workstation_save_png (widget, path);
}

static TbTariff *
load (TbWindow *window, guint32 version)
{
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_books_get_store (tb_window_get_books (window));
  TbTariff *tariff = version > 0 ? tb_tariff_version_load (store, TARIFF, version, &error) : tb_tariff_store_load (store, TARIFF, &error);

  g_assert_no_error (error);
  return tariff;
}

/* Every third rate doubled, every seventh left out, one that was not there, one twice, one that is none. */
static char *
write_deck (TbWindow *window, guint *ret_dearer)
{
  g_autoptr (TbTariff) tariff = load (window, 0);
  g_autoptr (GString) text = g_string_new ("prefix,description,rate,increment\n");
  char *path = g_build_filename (g_get_tmp_dir (), "later.csv", NULL);

  *ret_dearer = 0;
  for (guint i = 0; i < tariff->rates->len; i++)
    {
      const TbRate *rate = tariff->rates->pdata[i];
      gboolean dearer = i % 3 == 0 && rate->rate > 0;
      g_autofree char *price = tb_decimal_format (dearer ? rate->rate * 2 : rate->rate, TB_RATE_SCALE, 0);

      if (i % 7 == 6)
        continue;
      *ret_dearer += dearer;
      g_string_append_printf (text, "%s,\"%s\",%s,%d/%d\n", rate->prefix, rate->description != NULL ? rate->description : "", price, MAX (rate->initial, 1),
                              MAX (rate->next, 1));
    }
  g_string_append (text, "88213,Satellite,7.5,60/60\n88213,Satellite,8.5,60/60\n88x,Nowhere,1,1/1\n");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

/* ---- waiting ---- */

static gboolean
is_ready (gpointer dialog)
{
  GtkWidget *next = workstation_find (dialog, GTK_TYPE_BUTTON, "Show Changes");

  return tb_deck_dialog_get_import (dialog) != NULL && next != NULL && gtk_widget_is_sensitive (next);
}

static gboolean
has_effect (gpointer view)
{
  return tb_effect_view_get_effect (view) != NULL;
}

static gboolean
has_versions (gpointer dialog)
{
  return g_list_model_get_n_items (tb_history_dialog_get_versions (dialog)) > 0;
}

static gboolean
has_revision (gpointer dialog)
{
  return tb_history_dialog_get_revision (dialog) != NULL;
}

static gboolean
has_result (gpointer window)
{
  return TB_IS_IMPORT_RESULT (workstation_get_dialog (window));
}

/* ---- a deck ---- */

static GtkWidget *
open_deck (TbWindow *window, const char *path)
{
  GtkWidget *dialog = GTK_WIDGET (tb_deck_dialog_new (GTK_WIDGET (tb_window_get_page (window)), tb_window_get_books (window), path, TARIFF));

  gtk_window_present (GTK_WINDOW (dialog));
  workstation_wait (is_ready, dialog);
  return dialog;
}

static void
set_effective (GtkWidget *dialog, TbWindow *window, const char *day)
{
  gtk_editable_set_text (GTK_EDITABLE (workstation_find (dialog, ADW_TYPE_ENTRY_ROW, "Rates without a date hold from (2026-12-31)")), day);
  workstation_settle (window);
  workstation_wait (is_ready, dialog);
}

static void
choose (GtkWidget *dialog, const char *chip, guint n, TbWindow *window)
{
  g_autofree char *number = tb_format_number (n);
  g_autofree char *name = g_strdup_printf ("%s %s", chip, number);
  TbRevisionView *view = TB_REVISION_VIEW (find (dialog, TB_TYPE_REVISION_VIEW));

  press (dialog, name);
  workstation_settle (window);
  g_assert_cmpuint (tb_grid_get_n_rows (tb_revision_view_get_grid (view)), ==, n);
}

static void
go_back (TbWindow *window, TbTariff *first)
{
  GtkWidget *dialog = GTK_WIDGET (tb_history_dialog_new (GTK_WIDGET (tb_window_get_page (window)), tb_window_get_books (window), first));
  g_autoptr (TbTariff) now = NULL;
  guint unchanged;
  GtkSelectionModel *model;

  gtk_window_present (GTK_WINDOW (dialog));
  workstation_wait (has_versions, dialog);
  g_assert_cmpuint (g_list_model_get_n_items (tb_history_dialog_get_versions (TB_HISTORY_DIALOG (dialog))), ==, 2);
  model = gtk_column_view_get_model (GTK_COLUMN_VIEW (find (dialog, GTK_TYPE_COLUMN_VIEW)));
  gtk_selection_model_select_item (model, 1, TRUE);
  workstation_settle (window);
  picture (dialog, "history");
  gtk_selection_model_select_item (model, 0, FALSE); /* two of them, side by side */
  workstation_settle (window);
  press (dialog, "Compare the Two");
  workstation_wait (has_revision, dialog);
  g_assert_cmpuint (tb_history_dialog_get_revision (TB_HISTORY_DIALOG (dialog))->before->version, ==, 1);
  g_assert_cmpuint (tb_history_dialog_get_revision (TB_HISTORY_DIALOG (dialog))->after->version, ==, 2);
  press (dialog, "Back");
  workstation_settle (window);
  gtk_selection_model_select_item (model, 1, TRUE);
  workstation_settle (window);
  press (dialog, "Go Back to This…");
  workstation_wait (has_revision, dialog);
  workstation_settle (window);
  picture (dialog, "rollback");
  press (dialog, "Roll Back");
  workstation_settle (window);
  workstation_settle (window);
  now = load (window, 0);
  g_assert_cmpuint (now->version, ==, 3);
  g_array_unref (tb_tariff_diff (first->rates, now->rates, &unchanged));
  g_assert_cmpuint (unchanged, ==, first->rates->len);
}

static void
test_versions (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autoptr (TbTariff) first = NULL, second = NULL;
  g_autofree char *path = NULL;
  GtkWidget *dialog;
  TbRevisionView *view;
  const TbTariffRevision *revision;
  guint dearer;

  tb_window_show_page (window, "tariffs", TARIFF);
  workstation_settle (window);
  first = load (window, 0);
  path = write_deck (window, &dearer);
  dialog = open_deck (window, path);
  set_effective (dialog, window, "2026-12-01");
  revision = tb_deck_dialog_get_import (TB_DECK_DIALOG (dialog))->revision;
  press (dialog, "Show Changes");
  workstation_settle (window);
  view = TB_REVISION_VIEW (find (dialog, TB_TYPE_REVISION_VIEW));
  choose (dialog, "Dearer", dearer, window);
  picture (dialog, "dearer");
  choose (dialog, "Added", 1, window);
  choose (dialog, "Removed", revision->counts[TB_TARIFF_REMOVED], window);
  choose (dialog, "Unchanged", revision->unchanged->len, window);
  press (dialog, "Duplicates 1");
  workstation_settle (window);
  picture (dialog, "duplicates");
  press (dialog, "Rejected 1");
  press (dialog, "What It Costs");
  workstation_wait (has_effect, tb_revision_view_get_effect (view));
  workstation_settle (window);
  picture (dialog, "effect");
  g_assert_nonnull (tb_effect_view_get_effect (tb_revision_view_get_effect (view))->comparison);
  g_assert_cmpuint (tb_effect_view_get_effect (tb_revision_view_get_effect (view))->comparison->changed, >, 0);
  second = load (window, 0);
  g_assert_cmpuint (second->version, ==, 1); /* nothing was written yet */

  press (dialog, "Import");
  workstation_wait (has_result, window);
  gtk_window_destroy (workstation_get_dialog (window));
  workstation_settle (window);
  picture (GTK_WIDGET (window), "pending");
  go_back (window, first);
  g_unlink (path);
  workstation_close (window);
}

/* ---- corrected and remembered ---- */

static gboolean
has_import (gpointer dialog)
{
  return is_ready (dialog);
}

static gboolean
has_trouble (gpointer dialog)
{
  return tb_deck_dialog_get_import (dialog) == NULL && workstation_find (dialog, GTK_TYPE_BUTTON, "Column 1: Not used") != NULL;
}

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static GtkWidget *
open_file (TbWindow *window, const char *path, const char *tariff)
{
  GtkWidget *dialog = GTK_WIDGET (tb_deck_dialog_new (GTK_WIDGET (tb_window_get_page (window)), tb_window_get_books (window), path, tariff));

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static void
correct (GtkWidget *dialog, TbWindow *window, guint column, const char *field)
{
  tb_deck_columns_choose (tb_deck_dialog_get_columns (TB_DECK_DIALOG (dialog)), column, field);
  workstation_settle (window);
  workstation_wait (has_import, dialog);
}

static TbDecimal
first_price (GtkWidget *dialog)
{
  return ((TbRate *) tb_deck_dialog_get_import (TB_DECK_DIALOG (dialog))->deck->rates->pdata[0])->rate;
}

/* Of two prices the other one is meant; the next deck of the tariff is read so by itself, also when its prices are others. */
static void
test_corrected (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autofree char *path = write_file ("two-prices.csv", "Ziel;Vorwahl;Preis;Sonderpreis\nC\364te d'Ivoire;225;0,25;0,20\nPolen;48;0,02;0,01\n");
  g_autofree char *later = write_file ("two-prices-later.csv", "Ziel;Vorwahl;Preis;Sonderpreis\nC\364te d'Ivoire;225;0,27;0,22\nPolen;48;0,03;0,02\n");
  GtkWidget *dialog;

  tb_window_show_page (window, "tariffs", NULL);
  workstation_settle (window);
  dialog = open_file (window, path, "Special");
  workstation_wait (has_import, dialog);
  g_assert_cmpint (first_price (dialog), ==, TB_DECIMAL_ONE / 4);
  g_assert_true (workstation_says (dialog, "Windows-1252"));
  correct (dialog, window, 3, "rate");
  g_assert_cmpint (first_price (dialog), ==, TB_DECIMAL_ONE / 5);
  workstation_settle (window);
  picture (dialog, "assistant");
  press (dialog, "Show Changes");
  workstation_settle (window);
  press (dialog, "Import");
  workstation_wait (has_result, window);
  gtk_window_destroy (workstation_get_dialog (window));
  workstation_settle (window);

  dialog = open_file (window, later, "Special");
  workstation_wait (has_import, dialog);
  g_assert_cmpint (first_price (dialog), ==, TB_DECIMAL_ONE * 22 / 100);
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_settle (window);
  g_unlink (path);
  g_unlink (later);
  workstation_close (window);
}

/* Nothing is recognised: the rows are there all the same, and somebody says which column is what. */
static void
test_unrecognised (void)
{
  TbWindow *window = workstation_open (TRUE, 1024, 600);
  g_autofree char *path = write_file ("riddle.csv", "alpha|beta|gamma\nx|y|z\n");
  GtkWidget *dialog;

  tb_window_show_page (window, "tariffs", NULL);
  workstation_settle (window);
  dialog = open_file (window, path, "Riddle");
  workstation_wait (has_trouble, dialog);
  workstation_settle (window);
  picture (dialog, "unrecognised");
  g_assert_nonnull (workstation_find (dialog, TB_TYPE_DECK_COLUMNS, NULL));
  g_assert_nonnull (workstation_find (dialog, GTK_TYPE_BUTTON, "Column 1: Not used"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_settle (window);
  g_unlink (path);
  workstation_close (window);
}

/* ---- a large one ---- */

typedef struct
{
  gint64 last, longest;
} Beat;

static gboolean
beat_cb (gpointer data)
{
  Beat *beat = data;
  gint64 now = g_get_monotonic_time ();

  beat->longest = MAX (beat->longest, now - beat->last);
  beat->last = now;
  return G_SOURCE_CONTINUE;
}

static void
test_large (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "large.csv", NULL);
  g_autoptr (GString) text = g_string_new ("prefix,description,rate,increment\n");
  gint64 start;
  Beat beat;
  guint source;
  GtkWidget *dialog;
  TbGrid *grid;

  for (guint i = 0; i < BIG; i++)
    /* one row of fifty is none */
    g_string_append_printf (text, i % 50 == 7 ? "%u,Place %u,x%04u,6/6\n" : "%u,Place %u,0.%04u,6/6\n", 1000000 + i, i / 100, i % 9973 + 1);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  tb_window_show_page (window, "tariffs", TARIFF);
  workstation_settle (window);
  beat = (Beat){ g_get_monotonic_time (), 0 };
  source = g_timeout_add (2, beat_cb, &beat);
  start = g_get_monotonic_time ();
  dialog = open_deck (window, path);
  workstation_settle (window);
  g_test_message ("%u rows read and compared in %.2f s; the window waited %.1f ms at most", BIG, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  (double) beat.longest / 1000);
  beat = (Beat){ g_get_monotonic_time (), 0 };
  press (dialog, "Show Changes");
  workstation_settle (window);
  choose (dialog, "Added", tb_deck_dialog_get_import (TB_DECK_DIALOG (dialog))->revision->counts[TB_TARIFF_ADDED], window);
  g_source_remove (source);
  g_test_message ("chips pressed: the window waited %.1f ms at most", (double) beat.longest / 1000);
  grid = tb_revision_view_get_grid (TB_REVISION_VIEW (find (dialog, TB_TYPE_REVISION_VIEW)));
  g_assert_cmpuint (tb_grid_get_n_rows (grid), >, BIG / 2);
  g_assert_cmpuint (tb_grid_get_n_widgets (grid), <, 60); /* only what is seen */
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_unlink (path);
  workstation_close (window);
}

int
main (int argc, char **argv)
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/tariff-versions/deck-and-back", test_versions);
  g_test_add_func ("/tariff-versions/corrected", test_corrected);
  g_test_add_func ("/tariff-versions/unrecognised", test_unrecognised);
  g_test_add_func ("/tariff-versions/large", test_large);
  return g_test_run ();
}
