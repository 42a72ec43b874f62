/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-chart-view.h"

#include <glib/gi18n.h>

#include "tb-widgets.h"

struct _TbChartView
{
  AdwBin parent_instance;

  TbChart *chart; /* or NULL */
  int marked;     /* bar; -1 = none */
  GtkStack *stack;
  GtkWidget *area, *table, *said, *switcher;
};

G_DEFINE_FINAL_TYPE (TbChartView, tb_chart_view, ADW_TYPE_BIN)

/* ---- how it looks ---- */

static TbChartInk
look_up (GtkStyleContext *context, const char *name, const GdkRGBA *fallback, double alpha)
{
  GdkRGBA colour = *fallback;

  gtk_style_context_lookup_color (context, name, &colour);
  return (TbChartInk){ colour.red, colour.green, colour.blue, colour.alpha * alpha };
}

static double
get_letters (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  return size * 0.85;
}

static TbChartStyle
style_of (TbChartView *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->area);
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (self->area));
  gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA text;

  gtk_style_context_get_color (context, &text);
  return (TbChartStyle){
    .font = pango_font_description_get_family (font),
    .size = get_letters (self->area),
    .text = { text.red, text.green, text.blue, text.alpha },
    .dim = { text.red, text.green, text.blue, text.alpha * (high ? 0.9 : 0.65) },
    .grid = { text.red, text.green, text.blue, text.alpha * (high ? 0.4 : 0.12) },
    .mark = { text.red, text.green, text.blue, text.alpha * 0.08 },
    .series = { look_up (context, "accent_bg_color", &text, 1), look_up (context, "window_fg_color", &text, 0.35),
                look_up (context, "success_color", &text, 1), look_up (context, "warning_color", &text, 1) },
    .outlined = high,
    .rtl = gtk_widget_get_direction (self->area) == GTK_TEXT_DIR_RTL,
  };
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  TbChartView *self = data;
  TbChartStyle style = style_of (self);

  if (self->chart != NULL)
    tb_chart_draw (self->chart, cr, width, height, &style, self->marked);
}

/* ---- which bar ---- */

static void
mark (TbChartView *self, int bar)
{
  const char *title = self->chart != NULL ? tb_chart_get_title (self->chart) : _ ("Chart");
  g_autofree char *text = bar >= 0 ? tb_chart_dup_text (self->chart, (guint) bar) : NULL;
  /* Translators: what a chart shows, then the bar that is pointed at */
  g_autofree char *label = text != NULL ? g_strdup_printf (_ ("%s, %s"), title, text) : g_strdup (title);

  self->marked = bar;
  gtk_label_set_label (GTK_LABEL (self->said), text != NULL ? text : "");
  tb_widgets_set_label (self->area, label);
  gtk_widget_queue_draw (self->area);
}

static void
motion_cb (TbChartView *self, double x, double y)
{
  TbChartStyle style = style_of (self);
  int found = -1;

  if (self->chart != NULL)
    found = tb_chart_find (self->chart, gtk_widget_get_width (self->area), gtk_widget_get_height (self->area), &style, x, y);
  if (found != self->marked)
    mark (self, found);
}

static void
leave_cb (TbChartView *self)
{
  mark (self, -1);
}

static gboolean
key_cb (TbChartView *self, guint key, guint code, GdkModifierType state)
{
  int n = self->chart != NULL ? (int) tb_chart_get_n_bars (self->chart) : 0;
  int onward = gtk_widget_get_direction (self->area) == GTK_TEXT_DIR_RTL ? -1 : 1, next;

  switch (key)
    {
    case GDK_KEY_Right: next = self->marked + onward; break;
    case GDK_KEY_Left: next = self->marked - onward; break;
    case GDK_KEY_Down: next = self->marked + 1; break;
    case GDK_KEY_Up: next = self->marked - 1; break;
    case GDK_KEY_Home: next = 0; break;
    case GDK_KEY_End: next = n - 1; break;
    default: return FALSE;
    }
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || n == 0)
    return FALSE;
  mark (self, CLAMP (next, 0, n - 1));
  return TRUE;
}

/* ---- the same as a table ---- */

static void
fill_table (TbChartView *self)
{
  tb_widgets_clear (self->table);
  for (guint i = 0; self->chart != NULL && i < tb_chart_get_n_bars (self->chart); i++)
    {
      GtkWidget *row = tb_widgets_add_row (self->table, tb_chart_get_bar (self->chart, i), NULL);

      for (guint j = 0; j < tb_chart_get_n_series (self->chart); j++)
        {
          g_autofree char *value = tb_chart_dup_value (self->chart, i, j);

          if (tb_chart_get_n_series (self->chart) > 1)
            tb_widgets_add_suffix (row, tb_chart_get_series (self->chart, j), "dim-label");
          tb_widgets_add_suffix (row, value, "numeric");
        }
    }
}

static void
switched_cb (TbChartView *self)
{
  gboolean table = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->switcher));

  if (table)
    fill_table (self);
  gtk_stack_set_visible_child_name (self->stack, table ? "table" : "chart");
}

/* ---- class ---- */

static void
tb_chart_view_dispose (GObject *object)
{
  g_clear_pointer (&TB_CHART_VIEW (object)->chart, tb_chart_free);

  G_OBJECT_CLASS (tb_chart_view_parent_class)->dispose (object);
}

static void
tb_chart_view_class_init (TbChartViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_chart_view_dispose;
}

static void
add_area (TbChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();

  self->area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, "focusable", TRUE, "vexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->area, "chart-area");
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_cb, self, NULL);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->area, motion);
  gtk_widget_add_controller (self->area, keys);
  gtk_stack_add_named (self->stack, self->area, "chart");
}

static void
add_table (TbChartView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->table = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->table), GTK_SELECTION_NONE);
  tb_widgets_set_label (self->table, _ ("Figures of the chart"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->table);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_stack_add_named (self->stack, scroller, "table");
}

static GtkWidget *
foot_new (TbChartView *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->said = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->said), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->said), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->said, "caption");
  gtk_widget_set_hexpand (self->said, TRUE);
  self->switcher = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->switcher), "view-list-symbolic");
  gtk_widget_set_tooltip_text (self->switcher, _ ("Show as table"));
  tb_widgets_set_label (self->switcher, _ ("Show as table"));
  gtk_widget_add_css_class (self->switcher, "flat");
  gtk_widget_add_css_class (self->switcher, "small-button");
  g_signal_connect_swapped (self->switcher, "toggled", G_CALLBACK (switched_cb), self);
  gtk_box_append (GTK_BOX (foot), self->said);
  gtk_box_append (GTK_BOX (foot), self->switcher);
  return foot;
}

static void
tb_chart_view_init (TbChartView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->marked = -1;
  self->stack = GTK_STACK (gtk_stack_new ());
  add_area (self);
  add_table (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), foot_new (self));
  adw_bin_set_child (ADW_BIN (self), box);
  tb_chart_view_set_height (self, 150);
  tb_chart_view_set_chart (self, NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
}

void
tb_chart_view_set_chart (TbChartView *self, TbChart *chart)
{
  gboolean same = self->chart != NULL && chart != NULL && tb_chart_get_n_bars (self->chart) == tb_chart_get_n_bars (chart);
  int marked = same ? self->marked : -1;

  g_clear_pointer (&self->chart, tb_chart_free);
  self->chart = chart;
  mark (self, marked);
  switched_cb (self);
}

void
tb_chart_view_set_height (TbChartView *self, int height)
{
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), 160, height);
}

const char *
tb_chart_view_get_said (TbChartView *self)
{
  return gtk_label_get_label (GTK_LABEL (self->said));
}
