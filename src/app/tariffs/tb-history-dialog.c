/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-history-dialog.h"

#include <glib/gi18n.h>

#include "tb-columns.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-rate-text.h"
#include "tb-run.h"
#include "tb-tariff-export.h"
#include "tb-tariff-version.h"

struct _TbHistoryDialog
{
  AdwWindow parent_instance;

  TbBooks *books;
  GtkWidget *origin; /* the page: results are shown over it */
  char *name;
  TbZone *zone; /* of the tariff's dates */
  TbTariffRevision *revision;
  GCancellable *reading;
  GListStore *versions;

  AdwWindowTitle *title;
  GtkWidget *back, *apply, *what_changed, *compare, *export, *roll_back;
  GtkSpinner *spinner;
  GtkStack *steps;
  GtkColumnView *view;
  TbRevisionView *changes;
};

G_DEFINE_FINAL_TYPE (TbHistoryDialog, tb_history_dialog, ADW_TYPE_WINDOW)

/* ---- columns ---- */

static char *
format_version (gconstpointer value, gpointer context)
{
  return tb_format_number (((const TbTariffVersion *) value)->version);
}

static char *
format_time (gconstpointer value, gpointer context)
{
  TbHistoryDialog *self = context;

  return tb_format_time (((const TbTariffVersion *) value)->time, tb_books_get_zone (self->books));
}

static char *
format_author (gconstpointer value, gpointer context)
{
  return g_strdup (((const TbTariffVersion *) value)->author);
}

static char *
format_source (gconstpointer value, gpointer context)
{
  const TbTariffVersion *version = value;

  return version->restores > 0 ? g_strdup_printf (_ ("Back to version %u"), version->restores) : g_strdup (version->source);
}

static char *
format_rates (gconstpointer value, gpointer context)
{
  return tb_format_number (((const TbTariffVersion *) value)->n_rates);
}

static char *
format_changes (gconstpointer value, gpointer context)
{
  return tb_tariff_counts_dup_text (((const TbTariffVersion *) value)->counts);
}

static char *
format_later (gconstpointer value, gpointer context)
{
  return tb_tariff_starts_dup_text (((const TbTariffVersion *) value)->starts, ((TbHistoryDialog *) context)->zone);
}

static const TbColumn columns[] = {
  { N_ ("Version"), 72, TRUE, format_version },  { N_ ("Made"), 156, FALSE, format_time }, { N_ ("By"), 92, FALSE, format_author },
  { N_ ("Source"), 156, FALSE, format_source },  { N_ ("Rates"), 84, TRUE, format_rates }, { N_ ("Changes"), 0, FALSE, format_changes },
  { N_ ("Later"), 300, FALSE, format_later },
};

/* ---- reading ---- */

/* What is asked of the reader. */
typedef enum { VERSIONS, COMPARISON, ROLLBACK } Question;

typedef struct
{
  Question question;
  char *name;
  guint32 from, to;
} Order;

static void
order_free (gpointer data)
{
  g_free (((Order *) data)->name);
  g_free (data);
}

static gpointer
list_versions (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_tariff_version_list (store, ((const Order *) data)->name, error);
}

static gpointer
prepare (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return order->question == ROLLBACK ? tb_tariff_revision_new_rollback (store, order->name, order->to, error)
                                     : tb_tariff_revision_new_comparison (store, order->name, order->from, order->to, error);
}

static void
update (TbHistoryDialog *self)
{
  g_autoptr (GPtrArray) all = tb_columns_list_selected (self->view);
  const TbTariffVersion *chosen = all->len == 1 ? all->pdata[0] : NULL;
  guint newest = g_list_model_get_n_items (G_LIST_MODEL (self->versions));
  gboolean free = chosen != NULL && self->reading == NULL, two = all->len == 2 && self->reading == NULL;
  gboolean list = g_str_equal (gtk_stack_get_visible_child_name (self->steps), "versions");

  gtk_spinner_set_spinning (self->spinner, self->reading != NULL);
  gtk_widget_set_visible (self->back, !list);
  gtk_widget_set_visible (self->apply, !list && self->revision != NULL && self->revision->restores > 0);
  gtk_widget_set_sensitive (self->apply, self->revision != NULL && self->revision->changes->len > 0);
  gtk_widget_set_sensitive (self->what_changed, free && chosen->version > 1);
  gtk_widget_set_sensitive (self->compare, two || (free && chosen->version < newest));
  gtk_button_set_label (GTK_BUTTON (self->compare), all->len == 2 ? _ ("Compare the _Two") : _ ("Compare with _Present"));
  gtk_widget_set_sensitive (self->export, free);
  gtk_widget_set_sensitive (self->roll_back, free && chosen->version < newest);
}

static gboolean
finish (TbHistoryDialog *self, GAsyncResult *result, gpointer *ret)
{
  g_autoptr (GError) error = NULL;

  *ret = tb_reader_run_finish (tb_books_get_reader (self->books), result, &error);
  if (self->steps == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return FALSE; /* closed, or something else was asked */
  g_clear_object (&self->reading);
  if (error != NULL)
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("Versions"), error);
  return TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbHistoryDialog) self = data;
  gpointer versions;

  if (finish (self, result, &versions) && versions != NULL)
    tb_items_replace (self->versions, versions, (GDestroyNotify) tb_tariff_version_free);
  g_clear_pointer ((GPtrArray **) &versions, g_ptr_array_unref);
  if (self->steps != NULL)
    update (self);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbHistoryDialog) self = data;
  g_autofree char *title = NULL;
  gpointer revision;

  if (!finish (self, result, &revision) || revision == NULL)
    {
      tb_tariff_revision_unref (revision);
      return;
    }
  g_clear_pointer (&self->revision, tb_tariff_revision_unref);
  self->revision = revision;
  tb_revision_view_show (self->changes, self->books, self->revision, NULL);
  title = self->revision->restores > 0 ? g_strdup_printf (_ ("Back to Version %u"), self->revision->restores)
                                       : g_strdup_printf (_ ("Version %u to %u"), self->revision->before->version, self->revision->after->version);
  adw_window_title_set_title (self->title, title);
  gtk_stack_set_visible_child_name (self->steps, "changes");
  update (self);
}

static void
ask (TbHistoryDialog *self, Question question, guint32 from, guint32 to)
{
  Order *order = g_new (Order, 1);

  *order = (Order){ question, g_strdup (self->name), from, to };
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  if (question == VERSIONS)
    tb_reader_run_async (tb_books_get_reader (self->books), self->reading, list_versions, order, order_free,
                         (GDestroyNotify) g_ptr_array_unref, listed_cb, g_object_ref (self));
  else
    tb_reader_run_async (tb_books_get_reader (self->books), self->reading, prepare, order, order_free, (GDestroyNotify) tb_tariff_revision_unref,
                         prepared_cb, g_object_ref (self));
  update (self);
}

/* ---- what can be done with a version ---- */

static void
compare_before_cb (TbHistoryDialog *self)
{
  const TbTariffVersion *chosen = tb_columns_get_selected (self->view);

  if (chosen != NULL && chosen->version > 1)
    ask (self, COMPARISON, chosen->version - 1, chosen->version);
}

static void
compare_present_cb (TbHistoryDialog *self)
{
  g_autoptr (GPtrArray) chosen = tb_columns_list_selected (self->view);
  guint one = chosen->len > 0 ? ((TbTariffVersion *) chosen->pdata[0])->version : 0;
  guint other = chosen->len == 2 ? ((TbTariffVersion *) chosen->pdata[1])->version : g_list_model_get_n_items (G_LIST_MODEL (self->versions));

  if (one > 0)
    ask (self, COMPARISON, MIN (one, other), MAX (one, other));
}

static void
roll_back_cb (TbHistoryDialog *self)
{
  const TbTariffVersion *chosen = tb_columns_get_selected (self->view);

  if (chosen != NULL)
    ask (self, ROLLBACK, 0, chosen->version);
}

static void
export_cb (TbHistoryDialog *self)
{
  const TbTariffVersion *chosen = tb_columns_get_selected (self->view);

  if (chosen != NULL)
    tb_tariff_export (GTK_WIDGET (self), self->books, self->name, chosen->version);
}

static void
back_cb (TbHistoryDialog *self)
{
  tb_revision_view_show (self->changes, NULL, NULL, NULL);
  g_clear_pointer (&self->revision, tb_tariff_revision_unref);
  adw_window_title_set_title (self->title, _ ("Versions"));
  gtk_stack_set_visible_child_name (self->steps, "versions");
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gpointer
write_revision (TbStore *store, TbJob *job, gpointer revision, GError **error)
{
  return tb_tariff_revision_apply (revision, store, job, error) ? tb_tariff_revision_ref (revision) : NULL;
}

static void
written (GtkWidget *origin, gpointer result)
{
  g_autoptr (TbTariffRevision) revision = result;
  g_autofree char *text = g_strdup_printf (_ ("Version %u has the rates of version %u"), revision->after->version, revision->restores);

  tb_dialogs_toast (origin, text);
}

static void
apply_cb (TbHistoryDialog *self)
{
  g_autofree char *title = g_strdup_printf (_ ("Roll back %s"), self->name);

  tb_run (self->origin, self->books, title, TRUE, write_revision, tb_tariff_revision_ref (self->revision), (GDestroyNotify) tb_tariff_revision_unref,
          (GDestroyNotify) tb_tariff_revision_unref, written, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- class ---- */

static void
tb_history_dialog_dispose (GObject *object)
{
  TbHistoryDialog *self = TB_HISTORY_DIALOG (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), TB_TYPE_HISTORY_DIALOG);
  g_clear_object (&self->versions);
  g_clear_object (&self->origin);
  g_clear_pointer (&self->revision, tb_tariff_revision_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->zone, tb_zone_unref);

  G_OBJECT_CLASS (tb_history_dialog_parent_class)->dispose (object);
}

static void
tb_history_dialog_finalize (GObject *object)
{
  g_clear_object (&TB_HISTORY_DIALOG (object)->books); /* a reading that was under way is finished with them */

  G_OBJECT_CLASS (tb_history_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbHistoryDialog, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
tb_history_dialog_class_init (TbHistoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_history_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_history_dialog_finalize;

  g_type_ensure (TB_TYPE_REVISION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/tariffs/tb-history-dialog.ui");
  BIND (title), BIND (back), BIND (apply), BIND (what_changed), BIND (compare), BIND (export), BIND (roll_back), BIND (spinner), BIND (steps);
  BIND (view), BIND (changes);
  CALL (compare_before_cb), CALL (compare_present_cb), CALL (roll_back_cb), CALL (export_cb), CALL (back_cb), CALL (apply_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tb_history_dialog_init (TbHistoryDialog *self)
{
  GtkMultiSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->versions = g_list_store_new (TB_TYPE_ITEM);
  tb_columns_install (self->view, columns, G_N_ELEMENTS (columns), self);
  selection = tb_columns_set_model_many (self->view, G_LIST_MODEL (self->versions), FALSE);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/* ---- public ---- */

TbHistoryDialog *
tb_history_dialog_new (GtkWidget *parent, TbBooks *books, const TbTariff *tariff)
{
  TbHistoryDialog *self = g_object_new (TB_TYPE_HISTORY_DIALOG, "transient-for", gtk_widget_get_root (parent), NULL);

  self->books = g_object_ref (books);
  self->origin = g_object_ref (parent);
  self->name = g_strdup (tariff->name);
  self->zone = tariff->time_zone != NULL ? tb_zone_new (tariff->time_zone, NULL) : NULL;
  adw_window_title_set_subtitle (self->title, self->name);
  ask (self, VERSIONS, 0, 0);
  return self;
}

GListModel *
tb_history_dialog_get_versions (TbHistoryDialog *self)
{
  return G_LIST_MODEL (self->versions);
}

const TbTariffRevision *
tb_history_dialog_get_revision (TbHistoryDialog *self)
{
  return self->revision;
}
