/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-proof.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-format.h"
#include "tb-list-page.h"
#include "tb-setup-store.h"
#include "tb-widgets.h"

#define DAYS 28
#define DAYS_A_LINE 14
#define ROWS_SHOWN 20

void
tb_connection_proof_free (gpointer data)
{
  TbConnectionProof *self = data;

  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_clear_pointer (&self->quarantined, g_ptr_array_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_free (self);
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

gpointer
tb_connection_proof_read (TbStore *store, TbJob *job, gpointer name, GError **error)
{
  g_autoptr (TbZone) zone = zone_of (store, error);
  TbDay today = zone != NULL ? tb_zone_day_at (zone, tb_clock_now ()) : 0;
  g_autoptr (GPtrArray) days = zone != NULL ? tb_completeness_list (store, name, today - DAYS + 1, today + 1, job, error) : NULL;
  g_autoptr (GPtrArray) quarantined = days != NULL ? tb_quarantine_store_list (store, name, ROWS_SHOWN, error) : NULL;
  g_autoptr (GPtrArray) conflicts = quarantined != NULL ? tb_call_conflict_store_list (store, name, ROWS_SHOWN, error) : NULL;
  TbConnectionProof *self;

  if (conflicts == NULL)
    return NULL;
  self = g_new (TbConnectionProof, 1);
  *self = (TbConnectionProof){ g_steal_pointer (&days), g_steal_pointer (&quarantined), g_steal_pointer (&conflicts) };
  return self;
}

/* ---- days ---- */

static const struct
{
  const char *icon, *css_class, *text;
} verdicts[] = {
  [TB_DAY_COMPLETE] = { "emblem-ok-symbolic", "success", N_ ("complete") },
  [TB_DAY_OPEN] = { "content-loading-symbolic", "dim-label", N_ ("late calls may still come") },
  [TB_DAY_SUSPECT] = { "dialog-warning-symbolic", "warning", N_ ("calls seem to be missing") },
  [TB_DAY_UNREAD] = { "action-unavailable-symbolic", "dim-label", N_ ("not read, or not all of it") },
};

/* "3 November 2026: complete, 412 calls", and a line for each sign of missing calls. */
static char *
say_day (const TbDayProof *day, TbZone *zone)
{
  g_autofree char *date = tb_format_day_long (day->day), *n = tb_format_number ((gint64) day->calls);
  g_autofree char *calls = g_strdup_printf (g_dngettext (NULL, "%s call", "%s calls", (gulong) day->calls), n);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s: %s, %s", date, _ (verdicts[day->verdict].text), calls);
  for (guint i = 0; i < day->gaps->len; i++)
    {
      const TbCallGap *gap = &g_array_index (day->gaps, TbCallGap, i);
      g_autofree char *from = tb_format_time (gap->from, zone), *to = tb_format_time (gap->to, zone);

      g_string_append_printf (text, "\n");
      g_string_append_printf (text, g_dngettext (NULL, "No call from %s to %s, where there should be about %u",
                                                 "No call from %s to %s, where there should be about %u", gap->expected),
                              from, to, gap->expected);
    }
  for (guint i = 0; i < day->holes->len; i++)
    {
      const TbCallHole *hole = &g_array_index (day->holes, TbCallHole, i);
      guint64 missing = hole->last - hole->first + 1;

      g_string_append_printf (text, "\n");
      g_string_append_printf (text, g_dngettext (NULL, "%u number is missing from %u on", "%u numbers are missing from %u on", (gulong) missing), (guint) missing,
                              (guint) hole->first);
    }
  return g_string_free (text, FALSE);
}

static void
day_cb (GtkToggleButton *button, GtkLabel *said)
{
  if (gtk_toggle_button_get_active (button))
    gtk_label_set_label (said, g_object_get_data (G_OBJECT (button), "tb-text"));
}

static GtkWidget *
make_day (const TbDayProof *day, TbZone *zone, GtkWidget *said)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name (verdicts[day->verdict].icon), *label;
  int month_day;
  g_autofree char *number = NULL;
  char *text = say_day (day, zone);

  tb_day_to_ymd (day->day, NULL, NULL, &month_day);
  number = g_strdup_printf ("%d", month_day);
  label = gtk_label_new (number);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (icon, verdicts[day->verdict].css_class);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "day");
  gtk_widget_set_tooltip_text (button, text);
  tb_widgets_set_label (button, text);
  g_object_set_data_full (G_OBJECT (button), "tb-text", text, g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (day_cb), said, 0);
  return button;
}

static void
show_days (const GPtrArray *days, GtkWidget *box, TbZone *zone)
{
  GtkWidget *list = tb_detail_add_group (box, _ ("Are All Calls There?"));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *grid = gtk_grid_new (), *said = gtk_label_new (_ ("Choose a day to read what is known of it."));
  GtkWidget *first = NULL;

  gtk_label_set_wrap (GTK_LABEL (said), TRUE);
  gtk_label_set_xalign (GTK_LABEL (said), 0);
  gtk_label_set_selectable (GTK_LABEL (said), TRUE);
  gtk_widget_add_css_class (content, "said");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < days->len; i++)
    {
      GtkWidget *day = make_day (days->pdata[i], zone, said);

      if (first == NULL)
        first = day;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (day), GTK_TOGGLE_BUTTON (first));
      gtk_grid_attach (GTK_GRID (grid), day, (int) (i % DAYS_A_LINE), (int) (i / DAYS_A_LINE), 1, 1);
    }
  gtk_box_append (GTK_BOX (content), grid);
  gtk_box_append (GTK_BOX (content), said);
  gtk_list_box_append (GTK_LIST_BOX (list), content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (content)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (content), FALSE);
}

/* ---- what was set aside ---- */

static void
show_quarantined (const GPtrArray *records, GtkWidget *box, TbZone *zone)
{
  GtkWidget *list;

  if (records->len == 0)
    return;
  list = tb_detail_add_group (box, _ ("Records That Could Not Be Read"));
  for (guint i = 0; i < records->len; i++)
    {
      const TbQuarantined *record = records->pdata[i];
      g_autofree char *time = tb_format_time (record->time, zone);
      /* Translators: where a record came from, and its line there */
      g_autofree char *where = record->line > 0 ? g_strdup_printf (_ ("%s, line %u"), record->source, (guint) record->line) : g_strdup (record->source);
      g_autofree char *under = g_strdup_printf ("%s · %s\n%s", where, time, record->raw != NULL ? record->raw : "");

      tb_widgets_add_row (list, record->reason, under);
    }
}

static char *
say_values (gint64 start, gint32 seconds, TbZone *zone)
{
  g_autofree char *time = tb_format_time (start, zone), *length = tb_format_seconds (seconds);

  return g_strdup_printf ("%s, %s", time, length);
}

static void
show_conflicts (const GPtrArray *conflicts, GtkWidget *box, TbZone *zone)
{
  GtkWidget *list;

  if (conflicts->len == 0)
    return;
  list = tb_detail_add_group (box, _ ("Invoiced Calls That Came Again Otherwise"));
  for (guint i = 0; i < conflicts->len; i++)
    {
      const TbCallConflict *call = conflicts->pdata[i];
      g_autofree char *title = g_strdup_printf ("%s → %s", call->caller, call->callee);
      g_autofree char *stored = say_values (call->stored_start, call->stored_seconds, zone), *came = say_values (call->start, call->seconds, zone);
      /* Translators: when a call began and how long it was, as invoiced and as the PBX says now */
      g_autofree char *text = g_strdup_printf (_ ("Invoiced: %s\nNow: %s"), stored, came);

      tb_widgets_add_row (list, title, text);
    }
}

void
tb_connection_proof_show (const TbConnectionProof *self, GtkWidget *box, TbZone *zone)
{
  tb_widgets_let_go_of_focus (box);
  tb_detail_clear (box);
  if (self == NULL)
    return;
  if (self->days->len > 0)
    show_days (self->days, box, zone);
  show_quarantined (self->quarantined, box, zone);
  show_conflicts (self->conflicts, box, zone);
}
