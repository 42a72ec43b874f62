/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-correction-store.h"
#include "tb-rerating-dialog.h"
#include "tb-setup-store.h"
#include "workstation.h"

/* Rating again by the dialog: scope, preview, Apply; books that change in between; nothing to do; stopped. */

/* ---- doing and seeing ---- */

static void
press (GtkWidget *root, const char *name)
{
  GtkWidget *button = workstation_find (root, GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
choose (GtkWidget *root, const char *row, guint choice)
{
  GtkWidget *combo = workstation_find (root, ADW_TYPE_COMBO_ROW, row);

  g_assert_nonnull (combo);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), choice);
}

static GtkWidget *
open_dialog (TbWindow *window)
{
  GtkWindow *dialog;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.rate-again", NULL);
  workstation_settle (window);
  dialog = workstation_get_dialog (window);
  g_assert_true (TB_IS_RERATING_DIALOG (dialog));
  return GTK_WIDGET (dialog);
}

static gboolean
has_preview (gpointer data)
{
  GtkWidget *apply = workstation_find (data, GTK_TYPE_BUTTON, "Apply");

  return tb_rerating_dialog_get_preview (data) != NULL && apply != NULL && gtk_widget_get_mapped (apply);
}

static gboolean
is_closed (gpointer data)
{
  return workstation_get_dialog (data) == NULL;
}

/* Runs on the session's worker, as everything that changes books does. */
static gpointer
dearer_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);

  for (guint i = 0; setup != NULL && i < setup->packages->len; i++)
    ((TbPackage *) setup->packages->pdata[i])->markup += TB_DECIMAL_ONE * 10;
  return setup != NULL && tb_setup_store_apply (store, setup, FALSE, NULL, NULL, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
dearer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(gboolean *) data = tb_session_run_finish (TB_SESSION (source), result, &error) != NULL;
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
make_dearer (TbWindow *window)
{
  gboolean done = FALSE;

  tb_session_run_async (tb_books_get_session (tb_window_get_books (window)), NULL, TRUE, dearer_func, NULL, NULL, NULL, dearer_cb, &done);
  workstation_wait (is_set, &done);
  workstation_settle (window);
}

static guint
count_corrections (TbWindow *window)
{
  g_autoptr (GPtrArray) corrections = tb_correction_store_list (tb_books_get_store (tb_window_get_books (window)), NULL, NULL);

  g_assert_nonnull (corrections);
  return corrections->len;
}

static void
check_name (GtkWidget *widget, gpointer data)
{
  guint *named = data;

  if (!GTK_IS_COLUMN_VIEW (widget) && !GTK_IS_PROGRESS_BAR (widget))
    return;
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  (*named)++;
}

/* ---- the tests ---- */

/* From the menu to booked differences. Nothing is written before Apply. */
static void
test_apply (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog;
  const TbRerating *preview;
  guint named = 0;

  make_dearer (window);
  dialog = open_dialog (window);
  workstation_walk (dialog, check_name, &named);
  g_assert_cmpuint (named, ==, 3);
  choose (dialog, "Period", 3);
  choose (dialog, "The difference", 1);
  press (dialog, "Preview");
  workstation_wait (has_preview, dialog);
  preview = tb_rerating_dialog_get_preview (TB_RERATING_DIALOG (dialog));
  g_assert_cmpuint (preview->comparison->changed, >, 0);
  g_assert_cmpuint (preview->corrections->len, >, 0);
  g_assert_cmpuint (count_corrections (window), ==, 0);
  workstation_settle (window);
  press (dialog, "Apply");
  workstation_wait (is_closed, window);
  workstation_settle (window);
  g_assert_cmpuint (count_corrections (window), >, 0);

  dialog = open_dialog (window);
  choose (dialog, "Period", 3);
  choose (dialog, "The difference", 1);
  press (dialog, "Preview");
  workstation_wait (has_preview, dialog);
  g_assert_cmpuint (tb_rerating_dialog_get_preview (TB_RERATING_DIALOG (dialog))->comparison->changed, ==, 0);
  g_assert_false (gtk_widget_is_sensitive (workstation_find (dialog, GTK_TYPE_BUTTON, "Apply"))); /* there is nothing to do */
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_close (window);
}

/* The books change between preview and Apply: it says so, shows a new preview, and has written nothing. */
static void
test_changed (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog;
  g_autofree char *before = NULL;

  make_dearer (window);
  dialog = open_dialog (window);
  choose (dialog, "Period", 3);
  choose (dialog, "The difference", 2);
  press (dialog, "Preview");
  workstation_wait (has_preview, dialog);
  before = g_strdup (tb_rerating_dialog_get_preview (TB_RERATING_DIALOG (dialog))->fingerprint);
  make_dearer (window);
  press (dialog, "Apply");
  workstation_settle (window);
  workstation_wait (has_preview, dialog);
  workstation_settle (window);
  g_assert_cmpuint (count_corrections (window), ==, 0);
  g_assert_cmpstr (tb_rerating_dialog_get_preview (TB_RERATING_DIALOG (dialog))->fingerprint, !=, before);
  g_assert_nonnull (workstation_find (dialog, GTK_TYPE_LABEL,
                                      "The books have changed since the preview was made, so nothing was applied: look at a new preview."));
  press (dialog, "Apply");
  workstation_wait (is_closed, window);
  g_assert_cmpuint (count_corrections (window), >, 0);
  workstation_close (window);
}

/* One client and days: what cannot be read is said, and what was asked for is all that is shown. */
static void
test_scope (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_dialog (window), *first;
  const TbSetup *setup = tb_books_get_setup (tb_window_get_books (window));
  const TbRatingComparison *comparison;

  choose (dialog, "Period", 2);
  choose (dialog, "Whose", 1);
  choose (dialog, "Client", 1);
  workstation_settle (window);
  first = workstation_find (dialog, ADW_TYPE_ENTRY_ROW, "First day (2026-10-01)");
  gtk_editable_set_text (GTK_EDITABLE (first), "yesterday");
  g_assert_false (gtk_widget_is_sensitive (workstation_find (dialog, GTK_TYPE_BUTTON, "Preview")));
  workstation_settle (window);
  g_assert_nonnull (workstation_find (dialog, GTK_TYPE_LABEL, "Days are written like 2026-10-31."));
  gtk_editable_set_text (GTK_EDITABLE (first), "2026-10-01");
  press (dialog, "Preview");
  workstation_wait (has_preview, dialog);
  comparison = tb_rerating_dialog_get_preview (TB_RERATING_DIALOG (dialog))->comparison;
  g_assert_cmpuint (comparison->calls, >, 0);
  for (guint i = 0; i < comparison->clients->len; i++)
    g_assert_cmpstr (((TbComparisonRow *) comparison->clients->pdata[i])->key, ==, ((TbClient *) setup->clients->pdata[1])->key);
  press (dialog, "Back");
  workstation_settle (window);
  g_assert_nonnull (workstation_find (dialog, GTK_TYPE_BUTTON, "Preview"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_close (window);
}

/* Closed while it works: the work is stopped, and nothing happens afterwards. */
static void
test_closed (void)
{
  TbWindow *window = workstation_open (TRUE, 1280, 800);
  GtkWidget *dialog = open_dialog (window);

  choose (dialog, "Period", 3);
  press (dialog, "Preview");
  gtk_window_destroy (GTK_WINDOW (dialog));
  workstation_settle (window);
  g_assert_cmpuint (count_corrections (window), ==, 0);
  workstation_close (window);
}

int
main (int argc, char *argv[])
{
  workstation_start (&argc, &argv);
  g_test_add_func ("/rerating/apply", test_apply);
  g_test_add_func ("/rerating/changed", test_changed);
  g_test_add_func ("/rerating/scope", test_scope);
  g_test_add_func ("/rerating/closed", test_closed);
  return g_test_run ();
}
