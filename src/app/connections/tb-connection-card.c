/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-card.h"

#include <glib/gi18n.h>

#include "tb-connection-lists.h"
#include "tb-filter-dialog.h"
#include "tb-format.h"
#include "tb-kept-rows.h"
#include "tb-kind-chooser.h"
#include "tb-pbx.h"
#include "tb-unit-row.h"
#include "tb-widgets.h"

struct _TbConnectionCard
{
  AdwBin parent_instance;

  TbJob *job;
  GtkWidget *clamp;
  GtkLabel *name, *subtitle;
  GtkWidget *sync, *test, *preview, *import;
  GtkSpinner *spinner;
  GtkWidget *running;
  GtkProgressBar *progress;
  GtkWidget *said_box;
  GtkImage *said_icon;
  GtkLabel *said;
  GtkWidget *facts, *filters, *tenants, *history, *runs, *runs_group, *collecting_group, *proof;
  AdwComboRow *every, *alarm;
  TbUnitRow *timer, *receiver;
  gint64 every_shown, alarm_shown; /* what the books have */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (TbConnectionCard, tb_connection_card, ADW_TYPE_BIN)

/* ---- what it is ---- */

static void
add_time (GtkWidget *list, const char *title, gint64 time, TbZone *zone, const char *never)
{
  g_autofree char *text = tb_format_time (time, zone);

  tb_widgets_add_value (list, title, *text != '\0' ? text : never);
}

static void
fill_facts (TbConnectionCard *self, const TbConnectionItem *item, TbBooks *books)
{
  const TbConnection *connection = item->connection;
  const TbConnectionState *state = item->state;
  g_autofree char *since = tb_format_day (connection->since);
  g_autofree char *calls = state != NULL ? tb_format_number ((gint64) state->calls) : NULL;
  g_autofree char *all = tb_connection_item_describe (item);

  if (tb_kept_is_same (self->facts, all))
    return;
  tb_widgets_clear (self->facts);
  tb_widgets_add_value (self->facts, _ ("Kind"), tb_kind_get_title (connection->kind));
  tb_widgets_add_value (self->facts, _ ("URL"), connection->url);
  tb_widgets_add_value (self->facts, _ ("User"), connection->user);
  tb_widgets_add_value (self->facts, _ ("Provider"), connection->provider);
  tb_widgets_add_value (self->facts, _ ("Time zone"), connection->time_zone != NULL ? connection->time_zone : "UTC");
  tb_widgets_add_value (self->facts, _ ("Format"), connection->format);
  tb_widgets_add_value (self->facts, _ ("Columns"), connection->columns);
  tb_widgets_add_value (self->facts, _ ("Calls from"), since);
  tb_widgets_add_value (self->facts, _ ("Calls in the books"), calls);
  if (state == NULL || !tb_pbx_kind_is_network (connection->kind))
    return;
  add_time (self->facts, _ ("Last sync"), state->last_run, tb_books_get_zone (books), _ ("Never"));
  if (state->last_error != NULL)
    add_time (self->facts, _ ("Last good sync"), state->last_success, tb_books_get_zone (books), _ ("Never"));
  if (state->every > 0)
    add_time (self->facts, _ ("Next sync"), state->next_due, tb_books_get_zone (books), _ ("As soon as it can be"));
  if (state->failing_since > 0)
    add_time (self->facts, _ ("Failing since"), state->failing_since, tb_books_get_zone (books), "");
  add_time (self->facts, _ ("Complete until"), state->cursor, tb_books_get_zone (books), _ ("Nothing yet"));
  if (state->last_error != NULL)
    gtk_widget_add_css_class (tb_widgets_add_row (self->facts, _ ("The last sync failed"), state->last_error), "error");
}

/* ---- when it is collected ---- */

/* What is offered; what a command set otherwise is offered too while it holds. */
static const gint64 offered_every[] = { 0, 300, 900, 1800, 3600, 21600, 86400 };
static const gint64 offered_alarm[] = { 0, 3600, 7200, 21600, 86400 };

static char *
dup_span (gint64 seconds)
{
  gint64 n = seconds % 86400 == 0 ? seconds / 86400 : seconds % 3600 == 0 ? seconds / 3600 : seconds / 60;

  if (seconds % 86400 == 0)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), (int) n);
  if (seconds % 3600 == 0)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) n), (int) n);
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) n), (int) n);
}

static void
fill_choice (AdwComboRow *row, const gint64 *offered, guint n, gint64 value, const char *zero, gboolean repeats)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint at = n;

  for (guint i = 0; i <= n; i++)
    {
      gint64 seconds = i < n ? offered[i] : value;
      g_autofree char *span = dup_span (seconds);

      if (i < n && offered[i] == value)
        at = i;
      if (i < n || at == n)
        gtk_string_list_take (names, seconds == 0 ? g_strdup (zero) : repeats ? g_strdup_printf (_ ("Every %s"), span) : g_strdup (span));
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, at);
}

static void
fill_schedule (TbConnectionCard *self, const TbConnectionState *state)
{
  g_autofree char *all = NULL;

  self->every_shown = state != NULL ? state->every : 0;
  self->alarm_shown = state != NULL ? state->alarm : 0;
  all = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, self->every_shown, self->alarm_shown);
  if (tb_kept_is_same (GTK_WIDGET (self->every), all))
    return;
  self->filling = TRUE;
  fill_choice (self->every, offered_every, G_N_ELEMENTS (offered_every), self->every_shown, _ ("Only by hand"), TRUE);
  fill_choice (self->alarm, offered_alarm, G_N_ELEMENTS (offered_alarm), self->alarm_shown, _ ("Never"), FALSE);
  self->filling = FALSE;
}

/* Demo books have nobody to collect from while nobody looks. */
static void
fill_units (TbConnectionCard *self, const TbConnection *connection, TbBooks *books)
{
  gboolean push = g_strcmp0 (connection->kind, "push") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->timer), !tb_books_is_demo (books));
  gtk_widget_set_visible (GTK_WIDGET (self->receiver), push);
  if (!tb_books_is_demo (books) && tb_pbx_kind_is_network (connection->kind))
    tb_unit_row_show_timer (self->timer, tb_books_get_path (books), tb_books_get_zone (books));
  if (push)
    tb_unit_row_show_receiver (self->receiver, tb_books_get_path (books), connection);
}

static gint64
get_choice (AdwComboRow *row, const gint64 *offered, guint n, gint64 other)
{
  guint at = adw_combo_row_get_selected (row);

  return at < n ? offered[at] : other;
}

static void
schedule_cb (TbConnectionCard *self)
{
  gint64 every = get_choice (self->every, offered_every, G_N_ELEMENTS (offered_every), self->every_shown);
  gint64 alarm = get_choice (self->alarm, offered_alarm, G_N_ELEMENTS (offered_alarm), self->alarm_shown);

  if (self->filling || (every == self->every_shown && alarm == self->alarm_shown))
    return;
  tb_kept_is_same (GTK_WIDGET (self->every), NULL); /* the books may refuse it */
  gtk_widget_activate_action (GTK_WIDGET (self), "connection.set-schedule", "(xx)", every, alarm);
}

/* ---- filters ---- */

static void
add_remove_button (GtkWidget *row, guint filter)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove the filter"));
  tb_widgets_set_label (button, _ ("Remove the filter"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", filter);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "connection.remove-filter");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static char *
describe_filters (const GPtrArray *filters, const char *connection)
{
  GString *all = g_string_new (connection);

  for (guint i = 0; i < filters->len; i++)
    {
      const TbFilter *filter = g_ptr_array_index (filters, i);
      g_autofree char *text = tb_filter_describe (filter);

      g_string_append_printf (all, "\n%s %s %s", text, tb_filter_action_text (filter->action), filter->connection != NULL ? filter->connection : "");
    }
  return g_string_free (all, FALSE);
}

/* Those that hold for all connections hold for this one too, and are only shown here. */
static void
fill_filters (TbConnectionCard *self, const char *connection, TbBooks *books)
{
  const GPtrArray *filters = tb_books_get_setup (books)->filters;
  g_autofree char *all = describe_filters (filters, connection);
  guint n = 0;

  if (tb_kept_is_same (self->filters, all))
    return;
  tb_widgets_clear (self->filters);
  for (guint i = 0; i < filters->len; i++)
    {
      const TbFilter *filter = g_ptr_array_index (filters, i);
      gboolean own = g_strcmp0 (filter->connection, connection) == 0;
      g_autofree char *text = tb_filter_describe (filter);
      GtkWidget *row;

      if (!own && filter->connection != NULL)
        continue;
      n++;
      row = tb_widgets_add_row (self->filters, text, tb_filter_action_text (filter->action));
      if (own)
        add_remove_button (row, i);
      else
        tb_widgets_add_suffix (row, _ ("All connections"), "dim-label");
    }
  if (n == 0)
    tb_widgets_add_row (self->filters, _ ("No filters"), _ ("All its calls go to the rating"));
}

/* ---- what runs ---- */

static void
progress_cb (TbConnectionCard *self)
{
  double fraction = tb_job_get_fraction (self->job);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
tb_connection_card_dispose (GObject *object)
{
  tb_connection_card_set_job (TB_CONNECTION_CARD (object), NULL);

  G_OBJECT_CLASS (tb_connection_card_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbConnectionCard, name)

static void
tb_connection_card_class_init (TbConnectionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_connection_card_dispose;
  g_type_ensure (TB_TYPE_UNIT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/connections/tb-connection-card.ui");
  BIND (clamp), BIND (name), BIND (subtitle), BIND (sync), BIND (test), BIND (preview), BIND (import), BIND (spinner), BIND (running), BIND (progress);
  BIND (said_box), BIND (said_icon), BIND (said), BIND (facts), BIND (filters), BIND (runs), BIND (runs_group),
  BIND (collecting_group), BIND (every), BIND (alarm);
  gtk_widget_class_bind_template_callback (widget_class, schedule_cb);
  BIND (tenants), BIND (history), BIND (proof), BIND (timer), BIND (receiver);
}

static void
tb_connection_card_init (TbConnectionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tb_connection_card_show (TbConnectionCard *self, const TbConnectionItem *item, TbBooks *books)
{
  gboolean network;

  if (item == NULL || g_strcmp0 (gtk_label_get_label (self->name), item->connection->name) != 0)
    tb_connection_proof_show (NULL, self->proof, NULL, FALSE, NULL);
  gtk_widget_set_visible (self->clamp, item != NULL);
  if (item == NULL)
    return;
  network = tb_pbx_kind_is_network (item->connection->kind);
  gtk_label_set_label (self->name, item->connection->name);
  gtk_label_set_label (self->subtitle, network ? tb_kind_get_title (item->connection->kind)
                                               : _ ("Calls of this connection come in files"));
  gtk_widget_set_visible (self->sync, network);
  gtk_widget_set_visible (self->test, network);
  gtk_widget_set_visible (self->preview, network);
  gtk_widget_set_visible (self->import, !network);
  fill_facts (self, item, books);
  fill_schedule (self, item->state);
  fill_units (self, item->connection, books);
  gtk_widget_set_visible (self->collecting_group, network);
  gtk_widget_set_visible (self->runs_group, network);
  fill_filters (self, item->connection->name, books);
}

void
tb_connection_card_show_facts (TbConnectionCard *self, const char *name, const TbConnectionFacts *facts, TbBooks *books)
{
  tb_connection_lists_show_tenants (self->tenants, name, facts->tenants, books);
  tb_connection_lists_show_runs (self->runs, facts->runs, tb_books_get_zone (books));
  tb_connection_lists_show_imports (self->history, facts->imports, tb_books_get_zone (books));
}

void
tb_connection_card_show_proof (TbConnectionCard *self, const TbConnection *connection, const TbConnectionProof *proof, TbBooks *books)
{
  tb_connection_proof_show (proof, self->proof, connection->name, tb_pbx_kind_is_network (connection->kind), tb_books_get_zone (books));
}

void
tb_connection_card_set_job (TbConnectionCard *self, TbJob *job)
{
  if (self->job == job)
    return;
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  if (self->running == NULL)
    return; /* disposed */

  gtk_widget_set_visible (self->running, job != NULL);
  gtk_progress_bar_set_fraction (self->progress, 0);
  if (job != NULL)
    {
      g_signal_connect_swapped (job, "notify::fraction", G_CALLBACK (progress_cb), self);
      progress_cb (self);
    }
}

void
tb_connection_card_set_said (TbConnectionCard *self, const char *text, gboolean failed)
{
  gtk_widget_set_visible (self->said_box, text != NULL);
  gtk_label_set_label (self->said, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->said_icon, failed ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->said_icon), failed ? "success" : "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->said_icon), failed ? "warning" : "success");
}

void
tb_connection_card_set_testing (TbConnectionCard *self, gboolean testing)
{
  gtk_spinner_set_spinning (self->spinner, testing);
}
