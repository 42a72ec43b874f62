/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-deck-columns.h"
#include "tb-deck-order.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-import-result.h"
#include "tb-rate-text.h"
#include "tb-revision-view.h"
#include "tb-run.h"
#include "tb-text.h"
#include "tb-widgets.h"
#include "tb-worker.h"

#define PROBLEMS_SHOWN 1000
/* So long typing must pause before the file is read again. */
#define PAUSE_MS 350
/* What takes longer shows how far it is, and can be stopped. */
#define PATIENCE_MS 400
#define HEADER_LINES 20 /* to choose from */

struct _TbDeckDialog
{
  AdwWindow parent_instance;

  TbBooks *books;
  GtkWidget *origin; /* the page: results are shown over it */
  char *path;
  char *columns_said; /* the option, once somebody chose; NULL = detected */
  gboolean touched;   /* somebody corrected how it is read */
  TbZone *zone;        /* of the tariff's dates */
  TbTariffImport *import;
  gboolean weighed; /* the second step shows it */
  TbJob *reading;
  guint pause, patience;
  gboolean filling;

  AdwWindowTitle *title;
  GtkWidget *back, *cancel, *next, *apply;
  GtkSpinner *spinner;
  GtkStack *steps;
  GtkEditable *name, *currency, *effective;
  AdwComboRow *encoding, *separator, *header, *decimal, *dates;
  AdwPreferencesGroup *shape;
  GtkWidget *trouble;
  GtkLabel *trouble_text;
  GtkBox *read_counts;
  GtkWidget *found, *progress, *raw;
  GtkProgressBar *bar;
  TbDeckColumns *columns;
  GtkScrolledWindow *rows_window;
  TbGrid *grid;
  TbProblemList *problems;
  TbRevisionView *changes;
};

enum { IMPORTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbDeckDialog, tb_deck_dialog, ADW_TYPE_WINDOW)

static const char separators[] = { 0, ',', ';', '\t', '|' };
static const int encodings[] = { -1, TB_ENCODING_UTF8, TB_ENCODING_UTF16LE, TB_ENCODING_UTF16BE, TB_ENCODING_WINDOWS_1252 };

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

  adw_preferences_group_set_description (self->shape, shape);
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, deck->header_line);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->separator), tb_deck_separator_text (deck->separator));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->encoding), tb_encoding_get_name (deck->encoding));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->header), deck->header_line > 0 ? line : _ ("None"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->decimal), deck->decimal_comma ? _ ("Comma") : _ ("Point"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dates),
                               deck->dates != TB_DATES_UNKNOWN ? tb_deck_dates_text (deck->dates) : _ ("None seen"));
  fill_counts (self->read_counts, labels, counts, classes, G_N_ELEMENTS (labels));
  tb_grid_set_n_rows (self->grid, deck->rates->len);
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

  order->recall = !self->touched;
  order->options.encoding = encodings[adw_combo_row_get_selected (self->encoding)];
  order->options.header_line = adw_combo_row_get_selected (self->header) == 1 ? -1 : MAX ((int) adw_combo_row_get_selected (self->header) - 1, 0);
  order->options.separator = separators[adw_combo_row_get_selected (self->separator)];
  order->options.decimal_comma = (int) adw_combo_row_get_selected (self->decimal) - 1;
  order->options.dates = (TbDateOrder) adw_combo_row_get_selected (self->dates);
  if (self->columns_said != NULL)
    tb_deck_order_set_columns (order, self->columns_said);
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
  tb_grid_set_n_rows (self->grid, 0); /* it borrows */
  if (self->import != NULL)
    tb_worker_free_elsewhere (g_steal_pointer (&self->import), (GDestroyNotify) tb_tariff_import_free);
}

static void
stop (TbDeckDialog *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_widget_set_visible (self->progress, FALSE);
  if (self->reading == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->reading, self);
  tb_job_cancel (self->reading);
  g_clear_object (&self->reading);
}

static guint
index_of (int value, const int *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (values[i] == value)
      return i;
  return 0;
}

/* What was said of the last deck stands where it can be corrected. */
static void
show_recalled (TbDeckDialog *self, const TbDeckAttempt *attempt)
{
  const char *at = attempt->options.separator != '\0' ? memchr (separators, attempt->options.separator, sizeof separators) : NULL;
  int header = attempt->options.header_line;

  self->touched = TRUE;
  tb_set_str (&self->columns_said, attempt->columns);
  adw_combo_row_set_selected (self->encoding, index_of (attempt->options.encoding, encodings, G_N_ELEMENTS (encodings)));
  adw_combo_row_set_selected (self->separator, at != NULL ? (guint) (at - separators) : 0);
  adw_combo_row_set_selected (self->decimal, (guint) (attempt->options.decimal_comma + 1));
  adw_combo_row_set_selected (self->dates, (guint) attempt->options.dates);
  adw_combo_row_set_selected (self->header, header < 0 ? 1 : header == 0 || header > HEADER_LINES ? 0 : (guint) header + 1);
}

static void
show_attempt (TbDeckDialog *self, TbDeckAttempt *attempt)
{
  self->filling = TRUE;
  if (attempt->recalled)
    show_recalled (self, attempt);
  if (attempt->import != NULL)
    {
      self->import = g_steal_pointer (&attempt->import);
      g_clear_pointer (&self->zone, tb_zone_unref);
      self->zone = self->import->revision->after->time_zone != NULL ? tb_zone_new (self->import->revision->after->time_zone, NULL) : NULL;
      fill_deck (self);
    }
  gtk_widget_set_visible (self->raw, attempt->preview != NULL);
  if (attempt->preview != NULL)
    tb_deck_columns_show (self->columns, attempt->preview, self->import != NULL ? self->import->deck->fields : NULL,
                          self->import != NULL ? self->import->deck->header_line : 0);
  self->filling = FALSE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbDeckDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbDeckAttempt) attempt = tb_reader_run_finish (tb_books_get_reader (self->books), result, &error);

  if (self->steps == NULL || self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != tb_job_get_cancellable (self->reading))
    return; /* closed, stopped, or a newer reading runs */
  stop (self);
  drop_import (self);
  if (attempt != NULL)
    show_attempt (self, attempt);
  if (attempt != NULL && attempt->error != NULL)
    set_trouble (self, attempt->error->message);
  else
    set_trouble (self, error != NULL ? error->message : NULL);
  update (self);
}

static void
progress_cb (TbDeckDialog *self)
{
  double fraction = tb_job_get_fraction (self->reading);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
  else
    gtk_progress_bar_pulse (self->bar);
}

static void
patience_cb (gpointer data)
{
  TbDeckDialog *self = data;

  self->patience = 0;
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_widget_set_visible (self->progress, TRUE);
}

static void
stop_cb (TbDeckDialog *self)
{
  stop (self);
  drop_import (self);
  set_trouble (self, _ ("Stopped. Correct something, or drop the file again, to begin anew."));
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
  TbDeckOrder *order;

  self->pause = 0;
  self->filling = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->currency), tariff == NULL);
  if (tariff != NULL)
    gtk_editable_set_text (self->currency, tb_currency_to_string (tariff->currency));
  self->filling = FALSE;

  stop (self);
  if (fault != NULL)
    {
      drop_import (self);
      set_trouble (self, fault);
      update (self);
      return;
    }
  self->reading = tb_job_new (_ ("Read the deck"));
  self->patience = g_timeout_add_once (PATIENCE_MS, patience_cb, self);
  g_signal_connect_object (self->reading, "notify::fraction", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  order = order_new (self);
  order->job = g_object_ref (self->reading);
  tb_reader_run_async (tb_books_get_reader (self->books), tb_job_get_cancellable (self->reading), tb_deck_order_prepare, order, tb_deck_order_free,
                       (GDestroyNotify) tb_deck_attempt_free, read_cb, g_object_ref (self));
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

/* How it is read was corrected: what was said of the last deck counts no more. */
static void
corrected_cb (TbDeckDialog *self)
{
  if (self->filling)
    return;
  self->touched = TRUE;
  changed_cb (self);
}

static void
columns_cb (TbDeckDialog *self)
{
  g_autofree char *option = tb_deck_columns_dup_option (self->columns);

  tb_set_str (&self->columns_said, option);
  corrected_cb (self);
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

/* What was looked at, and how it was read. */
typedef struct
{
  TbTariffImport *import;
  TbDeckOrder *order;
} Held;

static gpointer
apply (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Held *held = data;

  return tb_tariff_import_apply (held->import, &held->order->options, store, job, error) ? g_steal_pointer (&held->import) : NULL;
}

static void
held_free (gpointer data)
{
  Held *held = data;

  tb_tariff_import_free (held->import);
  tb_deck_order_free (held->order);
  g_free (held);
}

static void
apply_cb (TbDeckDialog *self)
{
  Held *held = g_new (Held, 1);
  g_autofree char *title = g_strdup_printf (_ ("Import deck into %s"), gtk_editable_get_text (self->name));

  tb_revision_view_show (self->changes, NULL, NULL, NULL);
  tb_grid_set_n_rows (self->grid, 0);
  *held = (Held){ g_steal_pointer (&self->import), order_new (self) };
  tb_run (self->origin, self->books, title, TRUE, apply, held, held_free, (GDestroyNotify) tb_tariff_import_free, show_result, NULL);
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
  if (self->changes != NULL)
    {
      stop (self);
      drop_import (self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TB_TYPE_DECK_DIALOG);
  g_clear_object (&self->origin);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->columns_said, g_free);
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

  g_type_ensure (TB_TYPE_DECK_COLUMNS);
  g_type_ensure (TB_TYPE_PROBLEM_LIST);
  g_type_ensure (TB_TYPE_REVISION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/tariffs/tb-deck-dialog.ui");
  BIND (title), BIND (back), BIND (cancel), BIND (next), BIND (apply), BIND (spinner), BIND (steps), BIND (name), BIND (currency);
  BIND (columns), BIND (effective), BIND (encoding), BIND (header), BIND (progress), BIND (bar), BIND (raw), BIND (separator), BIND (decimal), BIND (dates), BIND (shape), BIND (trouble), BIND (trouble_text);
  BIND (read_counts), BIND (found), BIND (rows_window), BIND (changes), BIND (problems);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, corrected_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
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
add_header_choices (TbDeckDialog *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (lines, g_strdup (_ ("Detect")));
  g_ptr_array_add (lines, g_strdup (_ ("None")));
  for (guint i = 1; i <= HEADER_LINES; i++)
    g_ptr_array_add (lines, g_strdup_printf (_ ("Line %u"), i));
  g_ptr_array_add (lines, NULL);
  add_choices (self->header, (const char *const *) lines->pdata);
}

static char *
get_text (guint row, guint column, gpointer data)
{
  TbDeckDialog *self = data;

  return tb_rate_dup_text (self->import->deck->rates->pdata[row], column, self->zone);
}

static const TbGridSource source = { .get_text = get_text };

static void
tb_deck_dialog_init (TbDeckDialog *self)
{
  const char *signs[] = { _ ("Detect"), _ ("Point"), _ ("Comma"), NULL };
  const char *texts[G_N_ELEMENTS (separators) + 1] = { NULL };
  const char *orders[TB_DATES_MDY + 2] = { NULL };

  const char *names[G_N_ELEMENTS (encodings) + 1] = { _ ("Detect") };

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    texts[i] = tb_deck_separator_text (separators[i]);
  for (guint i = 0; i <= TB_DATES_MDY; i++)
    orders[i] = tb_deck_dates_text (i);
  for (guint i = 1; i < G_N_ELEMENTS (encodings); i++)
    names[i] = tb_encoding_get_name ((TbEncoding) encodings[i]);
  add_choices (self->encoding, names);
  add_choices (self->separator, texts);
  add_choices (self->decimal, signs);
  add_choices (self->dates, orders);
  add_header_choices (self);
  self->grid = tb_grid_new (_ ("Rates as they were read"), tb_rate_columns, tb_rate_n_columns, &source, self);
  gtk_scrolled_window_set_child (self->rows_window, GTK_WIDGET (self->grid));
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

TbDeckColumns *
tb_deck_dialog_get_columns (TbDeckDialog *self)
{
  return self->columns;
}
