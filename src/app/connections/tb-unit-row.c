/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-unit-row.h"

#include <glib/gi18n.h>

#include "tb-connection-access.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-text.h"
#include "tb-user-unit.h"

/* Seconds for which what systemd said is believed: a page is shown again with each change of the books. */
#define FRESH 20

struct _TbUnitRow
{
  AdwActionRow parent_instance;

  GtkWidget *toggle;
  TbZone *zone;            /* of the timer; NULL = a receiver is shown */
  char *path;
  TbConnection *connection; /* of the receiver */
  char *unit;
  GCancellable *asking;
  gint64 asked;            /* monotonic; 0 = not yet */
  gboolean filling;
  char *secret;            /* what is known of the receiver's secret, or NULL */
};

G_DEFINE_FINAL_TYPE (TbUnitRow, tb_unit_row, ADW_TYPE_ACTION_ROW)

static void ask (TbUnitRow *self);

static void
say (TbUnitRow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), markup);
}

static void
set_on (TbUnitRow *self, gboolean on, gboolean possible)
{
  self->filling = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->toggle), on);
  gtk_switch_set_state (GTK_SWITCH (self->toggle), on);
  gtk_widget_set_sensitive (self->toggle, possible);
  self->filling = FALSE;
}

/* ---- how it is ---- */

static char *
describe_timer (const TbUnitRow *self, const TbUserUnitState *state)
{
  g_autofree char *next = NULL;

  if (!state->enabled)
    return g_strdup (_ ("All connections of these books, each by its schedule, as long as you are logged in to this computer"));
  if (!state->active)
    return g_strdup (_ ("Switched on, but it does not run now"));
  next = state->next > 0 ? tb_format_time (state->next, self->zone) : NULL;
  /* Translators: %s is a time */
  return next != NULL ? g_strdup_printf (_ ("All connections of these books, each by its schedule; looked at next at %s"), next)
                      : g_strdup (_ ("All connections of these books, each by its schedule"));
}

static gboolean
is_for_this_computer (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) number = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 || (number != NULL && g_inet_address_get_is_loopback (number));
}

static char *
describe_receiver (const TbUnitRow *self, const TbUserUnitState *state)
{
  const char *address = self->connection->url != NULL ? self->connection->url : "";
  const char *how = !state->enabled ? _ ("Off") : state->active ? _ ("Receiving") : state->failed != NULL ? _ ("It failed") : _ ("Switched on, but it does not run now");
  const char *who = is_for_this_computer (address) ? _ ("from this computer only") : _ ("from other computers too");

  /* Translators: how the receiver is, its address, who can reach it, and what is known of its secret */
  return g_strdup_printf (_ ("%s · %s, %s\n%s"), how, address, who, self->secret != NULL ? self->secret : "");
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbUnitRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbUserUnitState) state = tb_user_unit_query_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) || self->unit == NULL)
    return;
  self->asked = g_get_monotonic_time ();
  set_on (self, state != NULL && state->enabled, state != NULL);
  text = state == NULL ? g_strdup (error->message) : self->zone != NULL ? describe_timer (self, state) : describe_receiver (self, state);
  say (self, text);
}

static void
has_secret_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbUnitRow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean has = tb_connection_has_secret_finish (result, &error);

  if (g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) || self->unit == NULL)
    return;
  tb_set_str (&self->secret, error != NULL ? error->message : has ? _ ("Its secret is kept.") : _ ("It has no secret yet, and takes nothing without: set one in the menu above."));
  tb_user_unit_query_async (self->unit, self->asking, asked_cb, g_object_ref (self));
}

/* A newer question stops this one. */
static void
ask (TbUnitRow *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  if (self->connection != NULL)
    tb_connection_has_secret_async (NULL, self->connection->name, self->asking, has_secret_cb, g_object_ref (self));
  else
    tb_user_unit_query_async (self->unit, self->asking, asked_cb, g_object_ref (self));
}

/* ---- switching it ---- */

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbUnitRow) self = data;
  g_autoptr (GError) error = NULL;

  if (!tb_user_unit_switch_finish (result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Switch Could Not Be Turned"), error);
  if (self->unit != NULL)
    ask (self);
}

/* The switch stands as it was told, its state when systemd has done it. */
static gboolean
state_set_cb (GtkSwitch *toggle, gboolean on, TbUnitRow *self)
{
  g_autoptr (GError) error = NULL;

  if (self->filling || self->unit == NULL)
    return FALSE;
  if (on && self->connection != NULL && !tb_user_unit_prepare_receiver (self->path, self->connection->name, &error))
    {
      tb_dialogs_show_error (GTK_WIDGET (self), _ ("The Switch Could Not Be Turned"), error);
      ask (self);
      return TRUE;
    }
  gtk_widget_set_sensitive (self->toggle, FALSE);
  tb_user_unit_switch_async (self->unit, on, NULL, switched_cb, g_object_ref (self));
  return TRUE;
}

/* ---- class ---- */

static void
forget (TbUnitRow *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_clear_pointer (&self->connection, tb_connection_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->secret, g_free);
  self->asked = 0;
}

static void
tb_unit_row_dispose (GObject *object)
{
  forget (TB_UNIT_ROW (object));

  G_OBJECT_CLASS (tb_unit_row_parent_class)->dispose (object);
}

static void
tb_unit_row_class_init (TbUnitRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_unit_row_dispose;
}

static void
tb_unit_row_init (TbUnitRow *self)
{
  self->toggle = gtk_switch_new ();
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->toggle, FALSE);
  g_signal_connect (self->toggle, "state-set", G_CALLBACK (state_set_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->toggle);
}

/* TRUE when it is another one than before. */
static gboolean
take (TbUnitRow *self, const char *title, const char *path, char *unit, const GError *error)
{
  g_autofree char *name = unit;

  if (g_strcmp0 (self->unit, unit) == 0 && unit != NULL)
    return FALSE;
  forget (self);
  self->path = g_strdup (path);
  self->unit = g_steal_pointer (&name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  set_on (self, FALSE, FALSE);
  say (self, error != NULL ? error->message : _ ("Asking systemd…"));
  return TRUE;
}

static void
ask_when_stale (TbUnitRow *self, gboolean is_new)
{
  if (self->unit != NULL && (is_new || (self->asked > 0 && g_get_monotonic_time () - self->asked > FRESH * G_USEC_PER_SEC)))
    ask (self);
}

void
tb_unit_row_show_timer (TbUnitRow *self, const char *path, TbZone *zone)
{
  g_autoptr (GError) error = NULL;
  char *unit = tb_user_unit_for_sync (path, &error);
  gboolean is_new = take (self, _ ("Collect while Tollbook is closed"), path, unit, error);

  g_clear_pointer (&self->zone, tb_zone_unref);
  self->zone = tb_zone_ref (zone);
  ask_when_stale (self, is_new);
}

void
tb_unit_row_show_receiver (TbUnitRow *self, const char *path, const TbConnection *connection)
{
  gboolean is_new = take (self, _ ("Receive posted calls"), path, tb_user_unit_for_receiver (path, connection->name), NULL);

  g_clear_pointer (&self->connection, tb_connection_free);
  self->connection = tb_connection_copy (connection);
  ask_when_stale (self, is_new);
}
