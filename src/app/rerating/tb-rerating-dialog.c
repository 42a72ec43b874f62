/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rerating-dialog.h"

#include <glib/gi18n.h>

#include "tb-comparison-columns.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-item.h"
#include "tb-rerating-order.h"
#include "tb-rerating-text.h"
#include "tb-widgets.h"

/* The choices, in the order of their rows. */
enum { THIS_MONTH, LAST_MONTH, RANGE, ALL_CALLS };
enum { EVERYTHING, ONE_CLIENT, ONE_TARIFF };

struct _TbReratingDialog
{
  AdwWindow parent_instance;

  TbBooks *books;
  GtkWidget *origin;
  TbRerating *preview;
  TbJob *job; /* at work; NULL = none */
  GListStore *clients, *destinations;

  AdwWindowTitle *title;
  GtkWidget *cancel, *back, *next, *apply;
  GtkStack *steps;
  AdwComboRow *period, *whose, *client, *tariff, *outcome;
  GtkWidget *first_day, *last_day;
  GtkLabel *trouble, *work_title, *summary, *settlement;
  GtkProgressBar *progress;
  GtkWidget *stop;
  GtkLabel *notice_text;
  GtkWidget *notice;
  GtkColumnView *clients_view, *destinations_view;
  GtkLabel *destinations_title;
};

G_DEFINE_FINAL_TYPE (TbReratingDialog, tb_rerating_dialog, ADW_TYPE_WINDOW)

/* ---- what is asked for ---- */

static gboolean
read_day (GtkWidget *entry, TbDay *ret)
{
  return tb_day_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), ret, NULL);
}

/* NULL when the days can be used. */
static const char *
find_fault (TbReratingDialog *self)
{
  TbDay first, last;

  if (adw_combo_row_get_selected (self->period) != RANGE)
    return NULL;
  if (!read_day (self->first_day, &first) || !read_day (self->last_day, &last))
    return _ ("Days are written like 2026-10-31.");
  return last < first ? _ ("The last day lies before the first.") : NULL;
}

static void
read_period (TbReratingDialog *self, TbRatingScope *scope)
{
  TbZone *zone = tb_books_get_zone (self->books);
  guint period = adw_combo_row_get_selected (self->period);
  int year, month;
  TbDay day;

  if (period == RANGE)
    {
      if (read_day (self->first_day, &day))
        scope->from = tb_zone_to_utc (zone, day, 0, FALSE);
      if (read_day (self->last_day, &day))
        scope->to = tb_zone_to_utc (zone, day + 1, 0, FALSE);
    }
  else if (period != ALL_CALLS)
    {
      tb_books_get_current_month (self->books, &year, &month);
      day = tb_day_add_months (tb_day_from_ymd (year, month, 1), period == LAST_MONTH ? -1 : 0, 1);
      tb_day_to_ymd (day, &year, &month, NULL);
      tb_books_get_month (self->books, year, month, &scope->from, &scope->to);
    }
}

static TbReratingOrder *
order_new (TbReratingDialog *self)
{
  const TbSetup *setup = tb_books_get_setup (self->books);
  TbReratingOrder *order = g_new0 (TbReratingOrder, 1);
  guint whose = adw_combo_row_get_selected (self->whose);
  guint client = adw_combo_row_get_selected (self->client), tariff = adw_combo_row_get_selected (self->tariff);

  read_period (self, &order->scope);
  if (whose == ONE_CLIENT && client < setup->clients->len)
    order->client = g_strdup (((TbClient *) setup->clients->pdata[client])->key);
  if (whose == ONE_TARIFF && tariff < setup->tariffs->len)
    order->tariff = g_strdup (((TbTariff *) setup->tariffs->pdata[tariff])->name);
  order->scope.client = order->client;
  order->scope.tariff = order->tariff;
  order->scope.again = TRUE;
  order->outcome = (TbInvoicedOutcome) adw_combo_row_get_selected (self->outcome);
  return order;
}

/* ---- what is shown ---- */

static void
show_step (TbReratingDialog *self, const char *step)
{
  gboolean scope = g_str_equal (step, "scope"), preview = g_str_equal (step, "preview");

  tb_widgets_let_go_of_focus (GTK_WIDGET (self->steps));
  gtk_stack_set_visible_child_name (self->steps, step);
  gtk_widget_set_visible (self->cancel, scope);
  gtk_widget_set_visible (self->next, scope);
  gtk_widget_set_visible (self->back, preview);
  gtk_widget_set_visible (self->apply, preview);
}

static void
update (TbReratingDialog *self)
{
  const char *fault = find_fault (self);
  gboolean range = adw_combo_row_get_selected (self->period) == RANGE;

  gtk_widget_set_visible (self->first_day, range);
  gtk_widget_set_visible (self->last_day, range);
  gtk_widget_set_visible (GTK_WIDGET (self->client), adw_combo_row_get_selected (self->whose) == ONE_CLIENT);
  gtk_widget_set_visible (GTK_WIDGET (self->tariff), adw_combo_row_get_selected (self->whose) == ONE_TARIFF);
  gtk_label_set_label (self->trouble, fault != NULL ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), fault != NULL);
  gtk_widget_set_sensitive (self->next, fault == NULL);
}

static void
show_destinations (TbReratingDialog *self)
{
  const TbComparisonRow *client = tb_columns_get_selected (self->clients_view);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *title = NULL;

  for (guint i = 0; client != NULL && i < self->preview->comparison->details->len; i++)
    {
      TbComparisonRow *row = g_ptr_array_index (self->preview->comparison->details, i);

      if (g_str_equal (row->client, client->key) && row->currency == client->currency)
        g_ptr_array_add (rows, row);
    }
  tb_items_replace (self->destinations, rows, NULL);
  if (client != NULL)
    /* Translators: %s is a client */
    title = g_strdup_printf (_ ("Destinations of %s"), *client->key != '\0' ? client->name : _ ("no client"));
  gtk_label_set_label (self->destinations_title, title != NULL ? title : _ ("Destinations"));
}

static gboolean
does_anything (const TbRerating *preview, TbInvoicedOutcome outcome)
{
  for (guint i = 0; i < preview->comparison->clients->len; i++)
    {
      const TbComparisonRow *row = g_ptr_array_index (preview->comparison->clients, i);

      if (row->changed > row->invoiced)
        return TRUE;
    }
  return outcome != TB_INVOICED_KEEP && preview->corrections->len > 0;
}

static void
drop_preview (TbReratingDialog *self)
{
  g_list_store_remove_all (self->clients);
  g_list_store_remove_all (self->destinations);
  g_clear_pointer (&self->preview, tb_rerating_free);
}

static void
show_preview (TbReratingDialog *self, TbRerating *preview)
{
  TbInvoicedOutcome outcome = (TbInvoicedOutcome) adw_combo_row_get_selected (self->outcome);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *summary = tb_rerating_dup_summary (preview->comparison);
  g_autofree char *settlement = tb_rerating_dup_settlement (preview, outcome);

  drop_preview (self);
  self->preview = preview;
  for (guint i = 0; i < preview->comparison->clients->len; i++)
    g_ptr_array_add (rows, g_ptr_array_index (preview->comparison->clients, i));
  tb_items_replace (self->clients, rows, NULL);
  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->settlement, settlement);
  gtk_widget_set_sensitive (self->apply, does_anything (preview, outcome));
  if (g_list_model_get_n_items (G_LIST_MODEL (self->clients)) > 0)
    gtk_selection_model_select_item (gtk_column_view_get_model (self->clients_view), 0, TRUE);
  show_destinations (self);
  show_step (self, "preview");
}

/* ---- at work ---- */

static void
progress_cb (TbReratingDialog *self)
{
  double fraction = tb_job_get_fraction (self->job);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
end_work (TbReratingDialog *self)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
}

static void
run (TbReratingDialog *self, const char *title, gboolean changes, TbSessionFunc func, TbReratingOrder *order, GAsyncReadyCallback done)
{
  end_work (self);
  self->job = tb_job_new (title);
  g_signal_connect_object (self->job, "notify::fraction", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  gtk_label_set_label (self->work_title, title);
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_step (self, "working");
  gtk_widget_grab_focus (self->stop);
  tb_session_run_async (tb_books_get_session (self->books), self->job, changes, func, order, tb_rerating_order_free,
                        (GDestroyNotify) tb_rerating_free, done, g_object_ref (self));
}

static void
fail (TbReratingDialog *self, const GError *error)
{
  show_step (self, "scope");
  if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("Rating Again Failed"), error);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbReratingDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbRerating) preview = tb_session_run_finish (TB_SESSION (source), result, &error);

  if (self->steps == NULL)
    return; /* closed */
  end_work (self);
  if (preview != NULL)
    show_preview (self, g_steal_pointer (&preview));
  else
    fail (self, error);
}

static void
look (TbReratingDialog *self)
{
  run (self, _ ("Preview of rating again"), FALSE, tb_rerating_order_preview, order_new (self), previewed_cb);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbReratingDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbRerating) done = tb_session_run_finish (TB_SESSION (source), result, &error);

  if (self->steps == NULL)
    return;
  end_work (self);
  if (done != NULL)
    {
      g_autofree char *outcome = tb_rerating_dup_outcome (done);

      tb_dialogs_toast (self->origin, outcome);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, TB_ERROR, TB_ERROR_CONFLICT))
    {
      gtk_label_set_label (self->notice_text, error->message);
      gtk_widget_set_visible (self->notice, TRUE);
      look (self);
    }
  else
    fail (self, error);
}

/* ---- what a person does ---- */

static void
next_cb (TbReratingDialog *self)
{
  gtk_widget_set_visible (self->notice, FALSE);
  look (self);
}

static void
back_cb (TbReratingDialog *self)
{
  show_step (self, "scope");
}

static void
apply_cb (TbReratingDialog *self)
{
  TbReratingOrder *order = order_new (self);

  gtk_widget_set_visible (self->notice, FALSE);
  order->fingerprint = g_strdup (self->preview->fingerprint);
  run (self, _ ("Rate again"), TRUE, tb_rerating_order_apply, order, applied_cb);
}

static void
stop_cb (TbReratingDialog *self)
{
  if (self->job != NULL)
    tb_job_cancel (self->job);
}

static void
selected_cb (TbReratingDialog *self)
{
  if (self->preview != NULL)
    show_destinations (self);
}

/* ---- class ---- */

static void
tb_rerating_dialog_dispose (GObject *object)
{
  TbReratingDialog *self = TB_RERATING_DIALOG (object);

  if (self->job != NULL)
    tb_job_cancel (self->job);
  end_work (self);
  if (self->clients != NULL)
    drop_preview (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TB_TYPE_RERATING_DIALOG);
  g_clear_object (&self->clients);
  g_clear_object (&self->destinations);
  g_clear_object (&self->origin);

  G_OBJECT_CLASS (tb_rerating_dialog_parent_class)->dispose (object);
}

static void
tb_rerating_dialog_finalize (GObject *object)
{
  g_clear_object (&TB_RERATING_DIALOG (object)->books);

  G_OBJECT_CLASS (tb_rerating_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbReratingDialog, name)

static void
tb_rerating_dialog_class_init (TbReratingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_rerating_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_rerating_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/rerating/tb-rerating-dialog.ui");
  BIND (title), BIND (cancel), BIND (back), BIND (next), BIND (apply), BIND (steps), BIND (period), BIND (whose), BIND (client), BIND (tariff);
  BIND (outcome), BIND (first_day), BIND (last_day), BIND (trouble), BIND (work_title), BIND (summary), BIND (settlement), BIND (progress);
  BIND (stop), BIND (notice_text), BIND (notice), BIND (clients_view), BIND (destinations_view), BIND (destinations_title);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tb_rerating_dialog_init (TbReratingDialog *self)
{
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->clients = g_list_store_new (TB_TYPE_ITEM);
  self->destinations = g_list_store_new (TB_TYPE_ITEM);
  tb_columns_install (self->clients_view, tb_rerating_client_columns, tb_rerating_n_columns, NULL);
  selection = tb_columns_set_model (self->clients_view, G_LIST_MODEL (self->clients), TRUE);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  tb_columns_install (self->destinations_view, tb_rerating_destination_columns, tb_rerating_n_columns, NULL);
  tb_columns_set_model (self->destinations_view, G_LIST_MODEL (self->destinations), TRUE);
  gtk_widget_set_visible (self->notice, FALSE);
}

static void
fill_choices (TbReratingDialog *self)
{
  const TbSetup *setup = tb_books_get_setup (self->books);
  g_autoptr (GtkStringList) clients = gtk_string_list_new (NULL), tariffs = gtk_string_list_new (NULL);
  g_autofree char *first = NULL, *last = NULL;
  int year, month;
  TbDay day;

  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = setup->clients->pdata[i];
      g_autofree char *text = client->name != NULL ? g_strdup_printf ("%s (%s)", client->name, client->key) : g_strdup (client->key);

      gtk_string_list_append (clients, text);
    }
  for (guint i = 0; i < setup->tariffs->len; i++)
    gtk_string_list_append (tariffs, ((TbTariff *) setup->tariffs->pdata[i])->name);
  adw_combo_row_set_model (self->client, G_LIST_MODEL (clients));
  adw_combo_row_set_model (self->tariff, G_LIST_MODEL (tariffs));

  tb_books_get_current_month (self->books, &year, &month);
  day = tb_day_from_ymd (year, month, 1);
  first = tb_format_day (tb_day_add_months (day, -1, 1));
  last = tb_format_day (day - 1);
  gtk_editable_set_text (GTK_EDITABLE (self->first_day), first);
  gtk_editable_set_text (GTK_EDITABLE (self->last_day), last);
}

TbReratingDialog *
tb_rerating_dialog_new (GtkWidget *parent, TbBooks *books)
{
  TbReratingDialog *self = g_object_new (TB_TYPE_RERATING_DIALOG, "transient-for", gtk_widget_get_root (parent), NULL);

  self->books = g_object_ref (books);
  self->origin = g_object_ref (parent);
  fill_choices (self);
  update (self);
  show_step (self, "scope");
  return self;
}

const TbRerating *
tb_rerating_dialog_get_preview (TbReratingDialog *self)
{
  return self->preview;
}

void
tb_rerating_dialog_begin (TbReratingDialog *self, const char *client, TbDay first_day, TbDay last_day)
{
  const TbSetup *setup = tb_books_get_setup (self->books);
  g_autofree char *first = tb_format_day (first_day), *last = tb_format_day (last_day);

  for (guint i = 0; client != NULL && i < setup->clients->len; i++)
    if (g_strcmp0 (((TbClient *) setup->clients->pdata[i])->key, client) == 0)
      {
        adw_combo_row_set_selected (self->client, i);
        adw_combo_row_set_selected (self->whose, ONE_CLIENT);
      }
  adw_combo_row_set_selected (self->period, RANGE);
  gtk_editable_set_text (GTK_EDITABLE (self->first_day), first);
  gtk_editable_set_text (GTK_EDITABLE (self->last_day), last);
  update (self);
}

void
tb_rerating_dialog_correct (TbReratingDialog *self, const TbInvoice *invoice)
{
  tb_rerating_dialog_begin (self, invoice->client, invoice->period.start, invoice->period.end - 1);
  adw_combo_row_set_selected (self->outcome, TB_INVOICED_CREDIT);
  update (self);
}
