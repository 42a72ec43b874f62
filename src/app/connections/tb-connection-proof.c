/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-proof.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-connection-store.h"
#include "tb-format.h"
#include "tb-kept-rows.h"
#include "tb-list-page.h"
#include "tb-setup-store.h"
#include "tb-widgets.h"

void
tb_connection_proof_free (gpointer data)
{
  TbConnectionProof *self = data;

  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_free (self);
}

TbConnectionProofOrder *
tb_connection_proof_order_new (const char *name, int year, int month)
{
  TbConnectionProofOrder *self = g_new (TbConnectionProofOrder, 1);

  *self = (TbConnectionProofOrder){ g_strdup (name), year, month };
  return self;
}

void
tb_connection_proof_order_free (gpointer data)
{
  g_free (((TbConnectionProofOrder *) data)->name);
  g_free (data);
}

/* ---- reading ---- */

static TbZone *
zone_of (TbStore *store, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  if (setup == NULL)
    return NULL;
  return tb_zone_new (setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC", error);
}

static void
choose_month (TbConnectionProofOrder *order, const TbConnectionState *state, TbZone *zone)
{
  gint64 now = tb_clock_now ();

  if (order->year == 0)
    tb_day_to_ymd (tb_zone_day_at (zone, state->cursor > 0 ? MIN (state->cursor - 1, now) : now), &order->year, &order->month, NULL);
}

gpointer
tb_connection_proof_read (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  TbConnectionProofOrder *order = data;
  g_autoptr (TbZone) zone = zone_of (store, error);
  g_autoptr (TbConnectionState) state = zone != NULL ? tb_connection_store_get_state (store, order->name, error) : NULL;
  g_autoptr (GPtrArray) days = NULL;
  TbConnectionProof *self;
  TbSetAsideCounts aside;
  TbDay first;

  if (state == NULL)
    return NULL;
  choose_month (order, state, zone);
  first = tb_day_from_ymd (order->year, order->month, 1);
  days = tb_completeness_list (store, order->name, first, first + tb_day_days_in_month (order->year, order->month), job, error);
  if (days == NULL || !tb_set_aside_store_count (store, order->name, &aside, error))
    return NULL;
  self = g_new (TbConnectionProof, 1);
  *self = (TbConnectionProof){ order->year, order->month, g_steal_pointer (&days), aside };
  return self;
}

/* ---- what is known of a day ---- */

enum { NO_CALLS = TB_DAY_UNREAD + 1, BY_FILES };

/* Of each verdict, and of two more: it was read and has none, and nobody collects it. */
static const struct
{
  const char *css_class, *text;
} looks[] = {
  [TB_DAY_COMPLETE] = { "complete", N_ ("complete") },
  [TB_DAY_OPEN] = { "open", N_ ("late calls may still come") },
  [TB_DAY_SUSPECT] = { "suspect", N_ ("calls seem to be missing") },
  [TB_DAY_UNREAD] = { "unread", N_ ("not read, or not all of it") },
  [NO_CALLS] = { "nothing", N_ ("complete") },
  [BY_FILES] = { "open", N_ ("files do not tell whether these are all") },
};

static guint
look_of (const TbDayProof *day, gboolean network)
{
  if (!network && day->verdict == TB_DAY_UNREAD && day->calls > 0)
    return BY_FILES;
  return day->verdict == TB_DAY_COMPLETE && day->calls == 0 ? NO_CALLS : day->verdict;
}

static void
say_signs (const TbDayProof *day, TbZone *zone, GString *text)
{
  for (guint i = 0; i < day->gaps->len; i++)
    {
      const TbCallGap *gap = &g_array_index (day->gaps, TbCallGap, i);
      g_autofree char *from = tb_format_time (gap->from, zone), *to = tb_format_time (gap->to, zone);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (NULL, "No call from %s to %s, where there should be about %u",
                                                 "No call from %s to %s, where there should be about %u", gap->expected),
                              from, to, gap->expected);
    }
  for (guint i = 0; i < day->holes->len; i++)
    {
      const TbCallHole *hole = &g_array_index (day->holes, TbCallHole, i);
      guint64 missing = hole->last - hole->first + 1;
      g_autofree char *n = tb_format_number ((gint64) missing);
      g_autofree char *first = g_strdup_printf ("%" G_GUINT64_FORMAT, hole->first);

      g_string_append_c (text, '\n');
      /* Translators: a PBX counts its calls; how many of these numbers are missing, and the first of them */
      g_string_append_printf (text, g_dngettext (NULL, "%s number is missing from %s on", "%s numbers are missing from %s on", (gulong) missing), n, first);
    }
}

/* "3 November 2026: complete, 412 calls", and a line for each sign of missing calls. */
static char *
say_day (const TbDayProof *day, gboolean network, TbZone *zone)
{
  g_autofree char *date = tb_format_day_long (day->day), *n = tb_format_number ((gint64) day->calls);
  g_autofree char *calls = g_strdup_printf (g_dngettext (NULL, "%s call", "%s calls", (gulong) day->calls), n);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s: %s, %s", date, _ (looks[look_of (day, network)].text), calls);
  say_signs (day, zone, text);
  return g_string_free (text, FALSE);
}

/* ---- the days ---- */

/* What is below them: the words of the day that is chosen, and the way to its calls. */
typedef struct
{
  GtkWidget *box; /* around all; knows the day that is chosen, also when it is filled again */
  GtkWidget *said, *calls;
} Below;

static void
day_cb (GtkToggleButton *button, const Below *below)
{
  const char *item = g_object_get_data (G_OBJECT (button), "tb-item");

  if (!gtk_toggle_button_get_active (button))
    return;
  g_object_set_data (G_OBJECT (below->box), "tb-day", g_object_get_data (G_OBJECT (button), "tb-day"));
  gtk_label_set_label (GTK_LABEL (below->said), g_object_get_data (G_OBJECT (button), "tb-text"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (below->calls), "(ss)", "calls", item != NULL ? item : "");
  gtk_widget_set_visible (below->calls, item != NULL);
}

static GtkWidget *
make_day (const TbDayProof *day, const char *name, gboolean network, TbZone *zone)
{
  GtkWidget *button = gtk_toggle_button_new ();
  g_autofree char *number = NULL, *date = tb_format_day (day->day);
  char *text = say_day (day, network, zone);
  int month_day;

  tb_day_to_ymd (day->day, NULL, NULL, &month_day);
  number = g_strdup_printf ("%d", month_day);
  gtk_button_set_label (GTK_BUTTON (button), number);
  gtk_widget_add_css_class (button, "day");
  gtk_widget_add_css_class (button, looks[look_of (day, network)].css_class);
  gtk_widget_set_tooltip_text (button, text);
  tb_widgets_set_label (button, text);
  g_object_set_data (G_OBJECT (button), "tb-day", GINT_TO_POINTER (day->day));
  g_object_set_data_full (G_OBJECT (button), "tb-text", text, g_free);
  if (day->calls > 0)
    g_object_set_data_full (G_OBJECT (button), "tb-item", g_strdup_printf ("day=%s %s", date, name), g_free);
  return button;
}

#define DAYS_A_LINE 11

static GtkWidget *
make_days (const TbConnectionProof *self, Below *below, const char *name, gboolean network, TbZone *zone)
{
  GtkWidget *grid = gtk_grid_new (), *first = NULL;

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  for (guint i = 0; i < self->days->len; i++)
    {
      GtkWidget *day = make_day (self->days->pdata[i], name, network, zone);

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (day), first != NULL ? GTK_TOGGLE_BUTTON (first) : NULL);
      first = first != NULL ? first : day;
      g_signal_connect (day, "toggled", G_CALLBACK (day_cb), below);
      if (g_object_get_data (G_OBJECT (day), "tb-day") == g_object_get_data (G_OBJECT (below->box), "tb-day"))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (day), TRUE);
      gtk_grid_attach (GTK_GRID (grid), day, (int) (i % DAYS_A_LINE), (int) (i / DAYS_A_LINE), 1, 1);
    }
  /* A month that is not over keeps the width of its days. */
  for (guint i = self->days->len; i < DAYS_A_LINE; i++)
    gtk_grid_attach (GTK_GRID (grid), gtk_label_new (NULL), (int) i, 0, 1, 1);
  return grid;
}

static GtkWidget *
make_below (Below *below)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  below->said = gtk_label_new (_ ("Choose a day to read what is known of it."));
  gtk_label_set_wrap (GTK_LABEL (below->said), TRUE);
  gtk_label_set_xalign (GTK_LABEL (below->said), 0);
  gtk_label_set_selectable (GTK_LABEL (below->said), TRUE);
  gtk_widget_set_hexpand (below->said, TRUE);
  below->calls = gtk_button_new_with_mnemonic (_ ("Sh_ow Calls"));
  gtk_widget_set_tooltip_text (below->calls, _ ("The calls of this day in the list of calls"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (below->calls), "win.show-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (below->calls), "(ss)", "calls", "");
  gtk_widget_set_valign (below->calls, GTK_ALIGN_START);
  gtk_widget_set_visible (below->calls, FALSE);
  gtk_box_append (GTK_BOX (box), below->said);
  gtk_box_append (GTK_BOX (box), below->calls);
  return box;
}

static GtkWidget *
make_step (const char *icon, const char *name, const TbConnectionProof *self, int months)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  int year, month;

  tb_day_to_ymd (tb_day_add_months (tb_day_from_ymd (self->year, self->month, 1), months, 1), &year, &month, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "connection.show-month");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ii)", year, month);
  return button;
}

static GtkWidget *
make_months (const TbConnectionProof *self, TbZone *zone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *next = make_step ("go-next-symbolic", _ ("Next month"), self, 1);
  g_autofree char *month = tb_format_month (self->year, self->month);

  if (tb_day_add_months (tb_day_from_ymd (self->year, self->month, 1), 1, 1) > tb_zone_day_at (zone, tb_clock_now ()))
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (next), NULL);
      gtk_widget_set_sensitive (next, FALSE);
    }
  gtk_box_append (GTK_BOX (box), make_step ("go-previous-symbolic", _ ("Previous month"), self, -1));
  gtk_box_append (GTK_BOX (box), gtk_label_new (month));
  gtk_box_append (GTK_BOX (box), next);
  tb_widgets_name_controls (box);
  return box;
}

static void
show_days (const TbConnectionProof *self, GtkWidget *box, const char *name, gboolean network, TbZone *zone)
{
  GtkWidget *list = tb_detail_add_group (box, _ ("Are All Calls There?"));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9), *below_box;
  Below *below = g_new (Below, 1);

  g_object_set_data_full (G_OBJECT (content), "tb-below", below, g_free);
  below->box = box;
  below_box = make_below (below);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP)), make_months (self, zone));
  gtk_widget_add_css_class (content, "said");
  gtk_box_append (GTK_BOX (content), make_days (self, below, name, network, zone));
  gtk_box_append (GTK_BOX (content), below_box);
  tb_widgets_name_controls (below_box);
  gtk_list_box_append (GTK_LIST_BOX (list), content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (content)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (content), FALSE);
}

/* ---- what was set aside ---- */

static void
add_aside (GtkWidget *list, const char *title, const char *subtitle, guint64 n, TbSetAside what)
{
  g_autofree char *number = tb_format_number ((gint64) n);
  GtkWidget *row, *badge;

  if (n == 0)
    return;
  row = tb_widgets_add_row (list, title, subtitle);
  badge = gtk_label_new (number);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "u", what);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "connection.show-aside");
}

/* All that is shown. */
static char *
describe (const TbConnectionProof *self, const char *name, gboolean network, TbZone *zone)
{
  GString *all = g_string_new (name);

  g_string_append_printf (all, "\n%d %d %d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, self->year, self->month, network, self->aside.records,
                          self->aside.calls);
  for (guint i = 0; i < self->days->len; i++)
    {
      g_autofree char *day = say_day (self->days->pdata[i], network, zone);

      g_string_append_printf (all, "\n%s", day);
    }
  return g_string_free (all, FALSE);
}

void
tb_connection_proof_show (const TbConnectionProof *self, GtkWidget *box, const char *name, gboolean network, TbZone *zone)
{
  g_autofree char *all = self != NULL ? describe (self, name, network, zone) : NULL;
  GtkWidget *list;

  if (tb_kept_is_same (box, all))
    return;
  tb_widgets_let_go_of_focus (box);
  tb_detail_clear (box);
  if (self == NULL)
    {
      g_object_set_data (G_OBJECT (box), "tb-day", NULL);
      return;
    }
  show_days (self, box, name, network, zone);
  if (self->aside.records == 0 && self->aside.calls == 0)
    return;
  list = tb_detail_add_group (box, _ ("Set Aside"));
  add_aside (list, _ ("Records that could not be read"), _ ("They are no calls yet, and are billed to nobody"), self->aside.records, TB_SET_ASIDE_RECORD);
  add_aside (list, _ ("Invoiced calls that came again otherwise"), _ ("They stay as they were invoiced"), self->aside.calls, TB_SET_ASIDE_CALL);
}
