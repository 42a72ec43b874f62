/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulator-calls.h"

#include <inttypes.h>

#include <glib/gi18n.h>

#include "tb-comparison-columns.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-simulator-order.h"
#include "tb-widgets.h"

struct _TbSimulatorCalls
{
  AdwBin parent_instance;

  TbBooks *books; /* that run compares; while `job` is there */
  TbJob *job;
  TbSimulatorResult *result; /* what is shown; its rows are those of the lists */
  GListStore *clients, *destinations;
  GPtrArray *keys; /* of clients, from the second choice on */
  char *deck;      /* path, or NULL */
  gboolean begun;  /* the days were filled in once */

  GtkEditable *from, *to, *increment;
  GtkWidget *client, *package, *tariff, *style;
  GtkLabel *deck_name, *trouble, *summary;
  GtkWidget *progress_box, *forget_deck;
  GtkProgressBar *progress;
  GtkStack *stack, *tables;
  GtkColumnView *clients_view, *destinations_view;
};

G_DEFINE_FINAL_TYPE (TbSimulatorCalls, tb_simulator_calls, ADW_TYPE_BIN)

/* ---- what came of it ---- */

static void
fill (GListStore *list, GPtrArray *rows)
{
  g_list_store_remove_all (list);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (TbItem) item = tb_item_new (rows->pdata[i], NULL);

      g_list_store_append (list, item);
    }
}

static char *
summary_text (const TbSimulatorResult *result)
{
  const TbRatingComparison *comparison = result->comparison;
  g_autofree char *calls = tb_format_number ((gint64) comparison->calls), *changed = tb_format_number ((gint64) comparison->changed);
  g_autofree char *before = tb_format_sums (result->totals.before), *after = tb_format_sums (result->totals.after);
  g_autofree char *difference = tb_format_sums (result->totals.difference);
  GString *text = g_string_new (NULL);

  /* Translators: calls, changed, then sums of money */
  g_string_append_printf (text, _ ("%s calls, %s changed · now %s · then %s · difference %s"), calls, changed, before, after, difference);
  if (comparison->unrated_before > 0 || comparison->unrated_after > 0)
    g_string_append_printf (text, _ (" · without a price: now %" PRIu64 ", then %" PRIu64), comparison->unrated_before,
                            comparison->unrated_after);
  return g_string_free (text, FALSE);
}

static void
update (TbSimulatorCalls *self)
{
  gtk_widget_set_visible (self->progress_box, self->job != NULL);
  gtk_widget_set_visible (self->forget_deck, self->deck != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "comparison.run", self->job == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "comparison.cancel", self->job != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "comparison.save", self->result != NULL);
}

static void
show_trouble (TbSimulatorCalls *self, const char *text)
{
  gtk_label_set_label (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
}

/* Takes `result`. */
static void
show_result (TbSimulatorCalls *self, TbSimulatorResult *result)
{
  g_autofree char *summary = result != NULL ? summary_text (result) : g_strdup ("");

  fill (self->clients, result != NULL ? result->comparison->clients : NULL);
  fill (self->destinations, result != NULL ? result->comparison->destinations : NULL);
  g_clear_pointer (&self->result, tb_simulator_result_free);
  self->result = result;
  gtk_label_set_label (self->summary, summary);
  gtk_stack_set_visible_child_name (self->stack, result != NULL ? "result" : "empty");
}

/* ---- the question ---- */

static guint
selected (GtkWidget *drop_down)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down));

  return position != GTK_INVALID_LIST_POSITION ? position : 0;
}

/* The text of a choice; NULL for the first, "as it is". */
static char *
dup_choice (GtkWidget *drop_down)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (drop_down));

  return selected (drop_down) > 0 ? g_strdup (gtk_string_object_get_string (item)) : NULL;
}

static gboolean
read_days (TbSimulatorCalls *self, TbZone *zone, TbSimulatorOrder *order)
{
  TbDay from, to;

  if (!tb_day_parse (gtk_editable_get_text (self->from), &from, NULL) || !tb_day_parse (gtk_editable_get_text (self->to), &to, NULL) || to < from)
    return FALSE;
  order->from = tb_zone_to_utc (zone, from, 0, FALSE);
  order->to = tb_zone_to_utc (zone, to + 1, 0, FALSE);
  return TRUE;
}

static TbSimulatorOrder *
order_new (TbSimulatorCalls *self, const char **ret_trouble)
{
  TbSimulatorOrder *order = g_new0 (TbSimulatorOrder, 1);
  const char *increment = gtk_editable_get_text (self->increment);
  guint client = selected (self->client);

  *ret_trouble = NULL;
  order->initial = order->next = -1;
  order->style = (int) selected (self->style) - 1;
  order->client = client > 0 ? g_strdup (self->keys->pdata[client - 1]) : NULL;
  order->package = dup_choice (self->package);
  order->tariff = dup_choice (self->tariff);
  order->deck = g_strdup (self->deck);
  if (!read_days (self, tb_books_get_zone (tb_page_get_books (tb_page_get_around (GTK_WIDGET (self)))), order))
    *ret_trouble = _ ("Days are written like 2026-12-31, the first not after the last.");
  else if (*increment != '\0' && !tb_rate_parse_increment (increment, &order->initial, &order->next, NULL))
    *ret_trouble = _ ("An increment is written like 60/60 or 30/6: seconds sold first, and then at a time.");
  else if (order->deck != NULL && order->tariff == NULL)
    *ret_trouble = _ ("Choose the tariff that the deck is for.");
  if (*ret_trouble == NULL)
    return order;
  tb_simulator_order_free (order);
  return NULL;
}

/* ---- running ---- */

static void
progress_cb (TbSimulatorCalls *self)
{
  double fraction = self->job != NULL ? tb_job_get_fraction (self->job) : 0;

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
ran_cb (GObject *source, GAsyncResult *task, gpointer data)
{
  g_autoptr (TbSimulatorCalls) self = data;
  g_autoptr (GError) error = NULL;
  TbSimulatorResult *result = tb_session_run_finish (tb_books_get_session (self->books), task, &error);
  gboolean here = self->stack != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL
                  && tb_page_get_books (tb_page_get_around (GTK_WIDGET (self))) == self->books;

  g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->books);
  if (!here)
    {
      g_clear_pointer (&result, tb_simulator_result_free);
      return;
    }
  if (result != NULL)
    show_result (self, result);
  else if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    show_trouble (self, error->message);
  update (self);
}

static void
run (TbSimulatorCalls *self)
{
  TbBooks *books = tb_page_get_books (tb_page_get_around (GTK_WIDGET (self)));
  const char *trouble = NULL;
  TbSimulatorOrder *order = books != NULL && self->job == NULL ? order_new (self, &trouble) : NULL;

  show_trouble (self, trouble);
  if (order == NULL)
    return;
  self->books = g_object_ref (books);
  self->job = tb_job_new (_ ("Compare prices"));
  gtk_progress_bar_set_fraction (self->progress, 0);
  g_signal_connect_swapped (self->job, "notify::fraction", G_CALLBACK (progress_cb), self);
  update (self);
  tb_session_run_async (tb_books_get_session (books), self->job, FALSE, tb_simulator_order_run, order, tb_simulator_order_free,
                        tb_simulator_result_free, ran_cb, g_object_ref (self));
}

static void
run_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  run (TB_SIMULATOR_CALLS (widget));
}

static void
activate_cb (TbSimulatorCalls *self)
{
  run (self);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (TB_SIMULATOR_CALLS (widget)->job != NULL)
    tb_job_cancel (TB_SIMULATOR_CALLS (widget)->job);
}

/* ---- files ---- */

static void
set_deck (TbSimulatorCalls *self, const char *path)
{
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  char *copy = g_strdup (path);

  g_free (self->deck);
  self->deck = copy;
  gtk_label_set_label (self->deck_name, name != NULL ? name : _ ("No deck"));
  update (self);
}

static void
deck_path_cb (const char *path, gpointer data)
{
  set_deck (data, path);
}

static void
deck_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tb_dialogs_open_file (widget, _ ("Choose a Rate Deck"), _ ("Rate decks"), "*.csv;*.txt;*.tsv", deck_path_cb, widget);
}

static void
forget_deck_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_deck (TB_SIMULATOR_CALLS (widget), NULL);
}

static void
dropped_cb (GtkWidget *widget, const char *path)
{
  set_deck (TB_SIMULATOR_CALLS (widget), path);
}

static void
save_path_cb (const char *path, gpointer data)
{
  TbSimulatorCalls *self = data;
  gboolean clients = g_str_equal (gtk_stack_get_visible_child_name (self->tables), "clients");
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;

  if (self->result == NULL)
    return;
  csv = tb_comparison_rows_to_csv (clients ? self->result->comparison->clients : self->result->comparison->destinations);
  if (!g_file_set_contents (path, csv, -1, &error))
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Table Could Not Be Saved"), error);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tb_simulator_calls_save (TB_SIMULATOR_CALLS (widget));
}

/* ---- choices ---- */

static void
choose_text (GtkWidget *drop_down, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down));

  for (guint i = 0; text != NULL && i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), text))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), i);
}

static void
set_choices (GtkWidget *drop_down, GtkStringList *texts)
{
  g_autofree char *before = dup_choice (drop_down);

  tb_widgets_set_choices (drop_down, G_LIST_MODEL (texts));
  choose_text (drop_down, before);
}

static void
fill_choices (TbSimulatorCalls *self, const TbSetup *setup)
{
  const char *const any[] = { _ ("As it is"), NULL }, *const all[] = { _ ("All clients"), NULL };
  g_autoptr (GtkStringList) packages = gtk_string_list_new (any);
  g_autoptr (GtkStringList) tariffs = gtk_string_list_new (any);
  g_autoptr (GtkStringList) clients = gtk_string_list_new (all);

  g_ptr_array_set_size (self->keys, 0);
  for (guint i = 0; i < setup->packages->len; i++)
    gtk_string_list_append (packages, ((TbPackage *) setup->packages->pdata[i])->name);
  for (guint i = 0; i < setup->tariffs->len; i++)
    gtk_string_list_append (tariffs, ((TbTariff *) setup->tariffs->pdata[i])->name);
  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = setup->clients->pdata[i];

      gtk_string_list_append (clients, client->name != NULL ? client->name : client->key);
      g_ptr_array_add (self->keys, g_strdup (client->key));
    }
  set_choices (self->package, packages);
  set_choices (self->tariff, tariffs);
  set_choices (self->client, clients);
}

/* Last month, once; then it is the person's. */
static void
fill_days (TbSimulatorCalls *self, TbBooks *books)
{
  g_autofree char *first = NULL, *last = NULL;
  int year, month;
  TbDay start;

  if (self->begun)
    return;
  self->begun = TRUE;
  tb_books_get_current_month (books, &year, &month);
  start = tb_day_add_months (tb_day_from_ymd (year, month, 1), -1, 1);
  first = tb_day_format (start);
  last = tb_day_format (tb_day_from_ymd (year, month, 1) - 1);
  gtk_editable_set_text (self->from, first);
  gtk_editable_set_text (self->to, last);
}

static void
tb_simulator_calls_dispose (GObject *object)
{
  TbSimulatorCalls *self = TB_SIMULATOR_CALLS (object);

  if (self->job != NULL)
    tb_job_cancel (self->job);
  if (self->clients != NULL)
    fill (self->clients, NULL); /* before the rows that they show */
  if (self->destinations != NULL)
    fill (self->destinations, NULL);
  g_clear_object (&self->clients);
  g_clear_object (&self->destinations);
  g_clear_pointer (&self->result, tb_simulator_result_free);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->deck, g_free);

  G_OBJECT_CLASS (tb_simulator_calls_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbSimulatorCalls, name)

static void
tb_simulator_calls_class_init (TbSimulatorCallsClass *klass)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "comparison.run", run_cb },   { "comparison.cancel", cancel_cb },           { "comparison.deck", deck_cb },
    { "comparison.save", save_cb }, { "comparison.forget-deck", forget_deck_cb },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_simulator_calls_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "comparison.run", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "comparison.cancel", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/simulator/tb-simulator-calls.ui");
  BIND (from), BIND (to), BIND (increment), BIND (client), BIND (package), BIND (tariff), BIND (style), BIND (deck_name), BIND (trouble);
  BIND (summary), BIND (progress_box), BIND (forget_deck), BIND (progress), BIND (stack), BIND (tables), BIND (clients_view);
  BIND (destinations_view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tb_simulator_calls_init (TbSimulatorCalls *self)
{
  const char *const styles[] = { _ ("As it is"), _ ("First, then"), _ ("Multiple"), NULL };
  g_autoptr (GtkStringList) texts = gtk_string_list_new (styles);

  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->clients = g_list_store_new (TB_TYPE_ITEM);
  self->destinations = g_list_store_new (TB_TYPE_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  tb_widgets_set_choices (self->style, G_LIST_MODEL (texts));
  tb_columns_install (self->clients_view, tb_what_if_client_columns, tb_what_if_n_columns, NULL);
  tb_columns_set_model (self->clients_view, G_LIST_MODEL (self->clients), TRUE);
  tb_columns_install (self->destinations_view, tb_what_if_destination_columns, tb_what_if_n_columns, NULL);
  tb_columns_set_model (self->destinations_view, G_LIST_MODEL (self->destinations), TRUE);
  tb_widgets_set_label (GTK_WIDGET (self->clients_view), _ ("Differences by client"));
  tb_widgets_set_label (GTK_WIDGET (self->destinations_view), _ ("Differences by destination"));
  tb_widgets_accept_files (GTK_WIDGET (self), dropped_cb);
  update (self);
}

void
tb_simulator_calls_load (TbSimulatorCalls *self)
{
  TbBooks *books = tb_page_get_books (tb_page_get_around (GTK_WIDGET (self)));

  fill_choices (self, tb_books_get_setup (books));
  fill_days (self, books);
}

void
tb_simulator_calls_focus (TbSimulatorCalls *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->from));
}

void
tb_simulator_calls_save (TbSimulatorCalls *self)
{
  if (self->result != NULL)
    tb_dialogs_save_file (GTK_WIDGET (self), _ ("Save Differences"), "differences.csv", save_path_cb, self);
}
