/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-import-result.h"
#include "tb-rate-text.h"
#include "tb-revision-view.h"
#include "tb-run.h"
#include "tb-text.h"
#include "tb-widgets.h"

/* Enough to see whether columns are read right; each costs the window half a millisecond. */
#define ROWS_SHOWN 40
#define PROBLEMS_SHOWN 1000
/* So long typing must pause before the file is read again. */
#define PAUSE_MS 350

struct _TbDeckDialog
{
  AdwWindow parent_instance;

  TbBooks *books;
  GtkWidget *origin; /* the page: results are shown over it */
  char *path;
  char *columns_found; /* as detected; what differs from it in the entry was typed */
  TbZone *zone;        /* of the tariff's dates */
  TbTariffImport *import;
  gboolean weighed; /* the second step shows it */
  GCancellable *reading;
  guint pause;
  gboolean filling;
  GListStore *rows;

  AdwWindowTitle *title;
  GtkWidget *back, *cancel, *next, *apply;
  GtkSpinner *spinner;
  GtkStack *steps;
  GtkEditable *name, *currency, *columns, *effective;
  AdwComboRow *separator, *decimal, *dates;
  AdwPreferencesGroup *shape;
  GtkWidget *trouble;
  GtkLabel *trouble_text;
  GtkBox *read_counts;
  GtkWidget *found;
  GtkColumnView *rows_view;
  TbProblemList *problems;
  TbRevisionView *changes;
};

enum { IMPORTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbDeckDialog, tb_deck_dialog, ADW_TYPE_WINDOW)

static const char separators[] = { 0, ',', ';', '\t', '|' };

static void
update (TbDeckDialog *self)
{
  gboolean first = g_str_equal (gtk_stack_get_visible_child_name (self->steps), "deck");
  gboolean ready = self->import != NULL && self->reading == NULL && self->pause == 0;

  gtk_widget_set_visible (self->cancel, first);
  gtk_widget_set_visible (self->back, !first);
  gtk_widget_set_visible (self->next, first);
  gtk_widget_set_visible (self->apply, !first);
  gtk_widget_set_sensitive (self->next, ready && self->import->deck->rates->len > 0);
  gtk_widget_set_sensitive (self->apply, ready && self->import->revision->changes->len > 0);
  gtk_spinner_set_spinning (self->spinner, self->import == NULL || !ready);
  if (gtk_widget_get_visible (self->trouble))
    gtk_spinner_set_spinning (self->spinner, self->reading != NULL || self->pause != 0);
}

/* ---- what was found out ---- */

static void
fill_counts (GtkBox *box, const char *const *labels, const guint *counts, const char *const *classes, guint n)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < n; i++)
    gtk_box_append (box, tb_import_count_new (labels[i], counts[i], classes[i]));
}

static void
fill_deck (TbDeckDialog *self)
{
  const TbDeck *deck = self->import->deck;
  g_autofree char *shape = tb_deck_dup_shape (deck);
  const char *const labels[] = { _ ("Rates"), _ ("Blocked"), _ ("Unclear"), _ ("Rejected"), _ ("Skipped") };
  const guint counts[] = { deck->accepted, deck->blocked, deck->needs_confirmation, deck->rejected, deck->skipped };
  const char *const classes[] = { "success", NULL, "warning", "error", NULL };
  g_autoptr (GPtrArray) problems = tb_deck_new_problems (deck, PROBLEMS_SHOWN, TB_DECK_ALL_PROBLEMS);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  adw_preferences_group_set_description (self->shape, shape);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->separator), tb_deck_separator_text (deck->separator));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->decimal), deck->decimal_comma ? _ ("Comma") : _ ("Point"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dates),
                               deck->dates != TB_DATES_UNKNOWN ? tb_deck_dates_text (deck->dates) : _ ("None seen"));
  /* Shown as found, unless the person typed something else. */
  if (g_strcmp0 (gtk_editable_get_text (self->columns), self->columns_found != NULL ? self->columns_found : "") == 0)
    gtk_editable_set_text (self->columns, deck->columns);
  tb_set_str (&self->columns_found, deck->columns);

  fill_counts (self->read_counts, labels, counts, classes, G_N_ELEMENTS (labels));
  for (guint i = 0; i < deck->rates->len && i < ROWS_SHOWN; i++)
    g_ptr_array_add (rows, tb_rate_copy (g_ptr_array_index (deck->rates, i)));
  tb_items_replace (self->rows, rows, (GDestroyNotify) tb_rate_free);
  tb_problem_list_take (self->problems, problems, deck->problems->len);
}

/* ---- reading ---- */

static const TbTariff *
find_tariff (TbDeckDialog *self)
{
  return tb_setup_find_tariff (tb_books_get_setup (self->books), gtk_editable_get_text (self->name));
}

static TbDeckOrder *
order_new (TbDeckDialog *self)
{
  const TbTariff *tariff = find_tariff (self);
  TbDeckOrder *order = tb_deck_order_new (self->path, gtk_editable_get_text (self->name),
                                          tariff == NULL ? gtk_editable_get_text (self->currency) : NULL);
  const char *columns = gtk_editable_get_text (self->columns);

  order->options.separator = separators[adw_combo_row_get_selected (self->separator)];
  order->options.decimal_comma = (int) adw_combo_row_get_selected (self->decimal) - 1;
  order->options.dates = (TbDateOrder) adw_combo_row_get_selected (self->dates);
  if (*columns != '\0' && g_strcmp0 (columns, self->columns_found) != 0)
    tb_deck_order_set_columns (order, columns);
  if (*gtk_editable_get_text (self->effective) != '\0')
    tb_day_parse (gtk_editable_get_text (self->effective), &order->options.effective, NULL);
  order->options.zone = tb_zone_ref (tb_books_get_zone (self->books)); /* of a new tariff; one that is there has its own */
  return order;
}

static void
set_trouble (TbDeckDialog *self, const char *text)
{
  gtk_label_set_label (self->trouble_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->trouble, text != NULL);
  gtk_widget_set_visible (self->found, self->import != NULL);
}

static void
drop_import (TbDeckDialog *self)
{
  tb_revision_view_show (self->changes, NULL, NULL, NULL);
  self->weighed = FALSE;
  g_clear_pointer (&self->import, tb_tariff_import_free);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbDeckDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffImport) import = tb_reader_run_finish (tb_books_get_reader (self->books), result, &error);

  if (self->steps == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return; /* closed, or a newer reading runs */
  g_clear_object (&self->reading);
  drop_import (self);
  if (import != NULL)
    {
      self->import = g_steal_pointer (&import);
      g_clear_pointer (&self->zone, tb_zone_unref);
      self->zone = self->import->revision->after->time_zone != NULL ? tb_zone_new (self->import->revision->after->time_zone, NULL) : NULL;
      self->filling = TRUE;
      fill_deck (self);
      self->filling = FALSE;
    }
  set_trouble (self, error != NULL ? error->message : NULL);
  update (self);
}

static const char *
find_fault (TbDeckDialog *self)
{
  const char *day = gtk_editable_get_text (self->effective);
  TbDay unused;

  if (*gtk_editable_get_text (self->name) == '\0')
    return _ ("Give the tariff a name.");
  if (*day != '\0' && !tb_day_parse (day, &unused, NULL))
    return _ ("The day from which the rates hold is written like 2026-12-31.");
  return NULL;
}

static void
read_deck (gpointer data)
{
  TbDeckDialog *self = data;
  const TbTariff *tariff = find_tariff (self);
  const char *fault = find_fault (self);

  self->pause = 0;
  self->filling = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->currency), tariff == NULL);
  if (tariff != NULL)
    gtk_editable_set_text (self->currency, tb_currency_to_string (tariff->currency));
  self->filling = FALSE;

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (fault != NULL)
    {
      drop_import (self);
      set_trouble (self, fault);
      update (self);
      return;
    }
  self->reading = g_cancellable_new ();
  tb_reader_run_async (tb_books_get_reader (self->books), self->reading, tb_deck_order_prepare, order_new (self), tb_deck_order_free,
                       (GDestroyNotify) tb_tariff_import_free, read_cb, g_object_ref (self));
  update (self);
}

static void
changed_cb (TbDeckDialog *self)
{
  if (self->filling || self->books == NULL)
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (PAUSE_MS, read_deck, self);
  update (self);
}

/* ---- steps ---- */

/* The changes are looked through when they are asked for, so that the window does not wait for both steps at once. */
static void
next_cb (TbDeckDialog *self)
{
  if (!self->weighed)
    tb_revision_view_show (self->changes, self->books, self->import->revision, self->import->deck);
  self->weighed = TRUE;
  gtk_stack_set_visible_child_name (self->steps, "changes");
  update (self);
  gtk_widget_grab_focus (self->apply);
}

static void
back_cb (TbDeckDialog *self)
{
  gtk_stack_set_visible_child_name (self->steps, "deck");
  update (self);
}

static void
show_result (GtkWidget *origin, gpointer result)
{
  g_autoptr (TbTariffImport) import = result;
  g_autoptr (GPtrArray) problems = tb_deck_new_problems (import->deck, PROBLEMS_SHOWN, TB_DECK_ALL_PROBLEMS);
  TbImportResult *dialog = tb_import_result_new (origin, _ ("Deck Imported"), import->revision->after->name);

  tb_import_result_add_count (dialog, _ ("Read"), import->deck->rates->len, NULL);
  tb_import_result_add_count (dialog, _ ("New"), import->revision->counts[TB_TARIFF_ADDED], "success");
  tb_import_result_add_count (dialog, _ ("Changed"),
                              import->revision->counts[TB_TARIFF_CHANGED] + import->revision->counts[TB_TARIFF_DEARER]
                                  + import->revision->counts[TB_TARIFF_CHEAPER],
                              "accent");
  tb_import_result_add_count (dialog, _ ("Gone"), import->revision->counts[TB_TARIFF_REMOVED], "warning");
  tb_import_result_add_count (dialog, _ ("As Before"), import->revision->unchanged->len, NULL);
  tb_import_result_add_count (dialog, _ ("Rejected"), import->deck->rejected + import->deck->needs_confirmation, "error");
  tb_import_result_take_problems (dialog, problems, import->deck->problems->len);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
apply (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbTariffImport **import = data;

  return tb_tariff_revision_apply ((*import)->revision, store, job, error) ? g_steal_pointer (import) : NULL;
}

static void
held_free (gpointer data)
{
  tb_tariff_import_free (*(TbTariffImport **) data);
  g_free (data);
}

static void
apply_cb (TbDeckDialog *self)
{
  TbTariffImport **held = g_new (TbTariffImport *, 1);

  g_autofree char *title = g_strdup_printf (_ ("Import deck into %s"), gtk_editable_get_text (self->name));

  tb_revision_view_show (self->changes, NULL, NULL, NULL);
  *held = g_steal_pointer (&self->import);
  tb_run (self->origin, self->books, title, TRUE, apply, held, held_free,
          (GDestroyNotify) tb_tariff_import_free, show_result, NULL);
  g_signal_emit (self, signals[IMPORTED], 0, gtk_editable_get_text (self->name));
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- class ---- */

static void
tb_deck_dialog_dispose (GObject *object)
{
  TbDeckDialog *self = TB_DECK_DIALOG (object);

  self->filling = TRUE;
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->changes != NULL)
    drop_import (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TB_TYPE_DECK_DIALOG);
  g_clear_object (&self->rows);
  g_clear_object (&self->origin);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->columns_found, g_free);
  g_clear_pointer (&self->zone, tb_zone_unref);

  G_OBJECT_CLASS (tb_deck_dialog_parent_class)->dispose (object);
}

static void
tb_deck_dialog_finalize (GObject *object)
{
  g_clear_object (&TB_DECK_DIALOG (object)->books); /* a reading that was under way is finished with them */

  G_OBJECT_CLASS (tb_deck_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbDeckDialog, name)

static void
tb_deck_dialog_class_init (TbDeckDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_deck_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_deck_dialog_finalize;
  signals[IMPORTED] = g_signal_new ("imported", TB_TYPE_DECK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_STRING);

  g_type_ensure (TB_TYPE_PROBLEM_LIST);
  g_type_ensure (TB_TYPE_REVISION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/tariffs/tb-deck-dialog.ui");
  BIND (title), BIND (back), BIND (cancel), BIND (next), BIND (apply), BIND (spinner), BIND (steps), BIND (name), BIND (currency);
  BIND (columns), BIND (effective), BIND (separator), BIND (decimal), BIND (dates), BIND (shape), BIND (trouble), BIND (trouble_text);
  BIND (read_counts), BIND (found), BIND (rows_view), BIND (changes), BIND (problems);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
add_choices (AdwComboRow *row, const char *const *texts)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (texts);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
tb_deck_dialog_init (TbDeckDialog *self)
{
  const char *signs[] = { _ ("Detect"), _ ("Point"), _ ("Comma"), NULL };
  const char *texts[G_N_ELEMENTS (separators) + 1] = { NULL };
  const char *orders[TB_DATES_MDY + 2] = { NULL };

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    texts[i] = tb_deck_separator_text (separators[i]);
  for (guint i = 0; i <= TB_DATES_MDY; i++)
    orders[i] = tb_deck_dates_text (i);
  add_choices (self->separator, texts);
  add_choices (self->decimal, signs);
  add_choices (self->dates, orders);

  self->rows = g_list_store_new (TB_TYPE_ITEM);
  tb_columns_install (self->rows_view, tb_rate_columns, tb_rate_n_columns, &self->zone);
  tb_columns_set_model (self->rows_view, G_LIST_MODEL (self->rows), FALSE);
  self->filling = FALSE;
}

/* The file's name without its ending, where no tariff was chosen. */
static char *
dup_stem (const char *path)
{
  char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

TbDeckDialog *
tb_deck_dialog_new (GtkWidget *parent, TbBooks *books, const char *path, const char *name)
{
  TbDeckDialog *self = g_object_new (TB_TYPE_DECK_DIALOG, "transient-for", gtk_widget_get_root (parent), NULL);
  g_autofree char *file = g_path_get_basename (path);
  g_autofree char *stem = dup_stem (path);

  self->books = g_object_ref (books);
  self->origin = g_object_ref (parent);
  self->path = g_strdup (path);
  adw_window_title_set_subtitle (self->title, file);
  self->filling = TRUE;
  gtk_editable_set_text (self->name, name != NULL ? name : stem);
  self->filling = FALSE;
  read_deck (self);
  return self;
}

const TbTariffImport *
tb_deck_dialog_get_import (TbDeckDialog *self)
{
  return self->import;
}
