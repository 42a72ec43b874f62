/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-grid-cell.h"

#define PADDING 8

struct _TbGridCell
{
  GtkWidget parent_instance;

  const char *title;
  gboolean numeric;
  char *text;
  const char *style;
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (TbGridCell, tb_grid_cell, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (TbGridCell *self)
{
  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
      pango_layout_set_single_paragraph_mode (self->layout, TRUE);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
    }
  return self->layout;
}

static void
tb_grid_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TbGridCell *self = TB_GRID_CELL (widget);
  PangoLayout *layout = get_layout (self);
  gboolean right = self->numeric == (gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL);
  int room = gtk_widget_get_width (widget) - 2 * PADDING, width, height;
  GdkRGBA color;

  if (room <= 0 || self->text == NULL || *self->text == '\0')
    return;
  pango_layout_set_width (layout, room * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &width, &height);
  pango_layout_set_width (layout, MIN (width, room) * PANGO_SCALE);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (PADDING + (right ? room - MIN (width, room) : 0)),
                                                          (float) ((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* It takes what it gets. */
static void
tb_grid_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* Fonts, or the size of all texts. */
static void
tb_grid_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (tb_grid_cell_parent_class)->css_changed (widget, change);
  g_clear_object (&TB_GRID_CELL (widget)->layout);
}

static void
tb_grid_cell_finalize (GObject *object)
{
  TbGridCell *self = TB_GRID_CELL (object);

  g_clear_object (&self->layout);
  g_free (self->text);

  G_OBJECT_CLASS (tb_grid_cell_parent_class)->finalize (object);
}

static void
tb_grid_cell_class_init (TbGridCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tb_grid_cell_finalize;
  widget_class->snapshot = tb_grid_cell_snapshot;
  widget_class->measure = tb_grid_cell_measure;
  widget_class->css_changed = tb_grid_cell_css_changed;

  gtk_widget_class_set_css_name (widget_class, "gridcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
tb_grid_cell_init (TbGridCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
tb_grid_cell_new (const char *title, gboolean numeric)
{
  TbGridCell *self = g_object_new (TB_TYPE_GRID_CELL, NULL);

  self->title = title;
  self->numeric = numeric;
  if (numeric)
    gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  return GTK_WIDGET (self);
}

void
tb_grid_cell_take_text (TbGridCell *self, char *text, const char *style)
{
  g_autofree char *name = NULL;

  if (self->style != style)
    {
      if (self->style != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
      if (style != NULL)
        gtk_widget_add_css_class (GTK_WIDGET (self), style);
      self->style = style;
    }
  if (self->text != NULL && g_strcmp0 (self->text, text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (self->text);
  self->text = text != NULL ? text : g_strdup ("");
  g_clear_object (&self->layout);
  name = g_strdup_printf ("%s: %s", self->title, self->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
tb_grid_cell_get_text (TbGridCell *self)
{
  return self->text != NULL ? self->text : "";
}
