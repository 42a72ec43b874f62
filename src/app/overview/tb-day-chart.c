/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-day-chart.h"

#include <glib/gi18n.h>

#include "tb-format.h"

#define AXIS_HEIGHT 18

struct _TbDayChart
{
  GtkWidget parent_instance;

  gint64 counts[31];
  guint n_days;
  gint64 most;
};

G_DEFINE_FINAL_TYPE (TbDayChart, tb_day_chart, GTK_TYPE_WIDGET)

static void
draw_label (TbDayChart *self, GtkSnapshot *snapshot, guint day, float x, float width, float y)
{
  g_autofree char *text = g_strdup_printf ("%u", day);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA color;
  int text_width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.55;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + (width - text_width) / 2, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
tb_day_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TbDayChart *self = TB_DAY_CHART (widget);
  float height = gtk_widget_get_height (widget) - AXIS_HEIGHT;
  float step = self->n_days > 0 ? (float) gtk_widget_get_width (widget) / self->n_days : 0;
  float gap = MIN (4, step / 4);
  GdkRGBA accent = { 0.2, 0.5, 0.9, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", &accent);
  for (guint i = 0; i < self->n_days; i++)
    {
      float bar = self->most > 0 ? (float) self->counts[i] / self->most * height : 0;
      GskRoundedRect round;

      if (self->counts[i] > 0)
        {
          bar = MAX (bar, 2);
          gsk_rounded_rect_init_from_rect (&round, &GRAPHENE_RECT_INIT (i * step + gap, height - bar, step - 2 * gap, bar),
                                           MIN (3, bar / 2));
          gtk_snapshot_push_rounded_clip (snapshot, &round);
          gtk_snapshot_append_color (snapshot, &accent, &round.bounds);
          gtk_snapshot_pop (snapshot);
        }
      if (i % 5 == 4 || i == 0)
        draw_label (self, snapshot, i + 1, i * step, step, height + 3);
    }
}

static void
tb_day_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 140;
}

static gboolean
tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  TbDayChart *self = TB_DAY_CHART (widget);
  guint day = self->n_days > 0 ? x * self->n_days / MAX (1, gtk_widget_get_width (widget)) : 0;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (keyboard || day >= self->n_days)
    return FALSE;
  number = tb_format_number (self->counts[day]);
  text = g_strdup_printf (_ ("Day %u: %s calls"), day + 1, number);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
tb_day_chart_class_init (TbDayChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tb_day_chart_snapshot;
  widget_class->measure = tb_day_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tb_day_chart_init (TbDayChart *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Calls a day"), -1);
}

void
tb_day_chart_set (TbDayChart *self, const gint64 *counts, guint n_days)
{
  self->n_days = MIN (n_days, 31);
  self->most = 0;
  for (guint i = 0; i < self->n_days; i++)
    {
      self->counts[i] = counts[i];
      self->most = MAX (self->most, counts[i]);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
