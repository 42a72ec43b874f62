/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-grid-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-widgets.h"

#define LEAST_ROOM 180 /* of a column that takes what is left */
#define HEADER_PADDING 8
#define HEADER_ROOM 18 /* above and below its titles */
#define LEAST_ROW 24

enum { PROP_HADJUSTMENT = 1, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };

guint tb_grid_signals[TB_GRID_N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (TbGrid, tb_grid, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- where things are ---- */

static int
natural_width (TbGrid *self)
{
  int width = 0;

  for (guint i = 0; i < self->n_columns; i++)
    width += self->columns[i].width > 0 ? self->columns[i].width : LEAST_ROOM;
  return width;
}

int
tb_grid_get_header_height (TbGrid *self)
{
  int height;

  gtk_widget_measure (gtk_widget_get_first_child (self->header), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height + HEADER_ROOM;
}

/* What is left goes to the columns without a width, else to the last one. */
static void
place_columns (TbGrid *self, int width)
{
  int left = MAX (width - natural_width (self), 0), at = 0;
  guint wide = 0;

  for (guint i = 0; i < self->n_columns; i++)
    wide += self->columns[i].width <= 0;
  for (guint i = 0; i < self->n_columns; i++)
    {
      gboolean takes = wide > 0 ? self->columns[i].width <= 0 : i + 1 == self->n_columns;

      self->widths[i] = (self->columns[i].width > 0 ? self->columns[i].width : LEAST_ROOM) + (takes ? left / (int) MAX (wide, 1) : 0);
      self->lefts[i] = at;
      at += self->widths[i];
    }
}

static int
scrolled (TbGrid *self, GtkOrientation orientation)
{
  return self->adjustments[orientation] != NULL ? (int) gtk_adjustment_get_value (self->adjustments[orientation]) : 0;
}

guint
tb_grid_get_page (TbGrid *self)
{
  int room = gtk_widget_get_height (GTK_WIDGET (self)) - tb_grid_get_header_height (self);

  return (guint) MAX (room / self->row_height, 1);
}

gboolean
tb_grid_find_at (TbGrid *self, double x, double y, guint *ret_row, guint *ret_column)
{
  int header = tb_grid_get_header_height (self), width = gtk_widget_get_width (GTK_WIDGET (self));
  double down = y - header + scrolled (self, GTK_ORIENTATION_VERTICAL), along = x;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    along = width - x;
  along += scrolled (self, GTK_ORIENTATION_HORIZONTAL);
  if (y < header || down / self->row_height >= self->n_rows)
    return FALSE;
  *ret_row = (guint) (down / self->row_height);
  *ret_column = 0;
  for (guint i = 0; i < self->n_columns; i++)
    if (along >= self->lefts[i])
      *ret_column = i;
  return TRUE;
}

/* ---- the rows in sight ---- */

static GtkWidget *
row_new (TbGrid *self)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "css-name", "gridrow", "accessible-role", GTK_ACCESSIBLE_ROLE_ROW, NULL);

  gtk_widget_set_layout_manager (row, NULL); /* the grid places the cells */
  for (guint i = 0; i < self->n_columns; i++)
    gtk_widget_set_parent (tb_grid_cell_new (_ (self->columns[i].title), self->columns[i].numeric), row);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  gtk_widget_insert_before (row, GTK_WIDGET (self), self->header); /* which is drawn above them */
  return row;
}

static void
bind_row (TbGrid *self, GtkWidget *widget, guint row)
{
  guint column = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (widget); cell != NULL; cell = gtk_widget_get_next_sibling (cell), column++)
    tb_grid_cell_take_text (TB_GRID_CELL (cell), self->source->get_text (row, column, self->data),
                            self->source->get_style != NULL ? self->source->get_style (row, column, self->data) : NULL);
}

static void
mark_row (TbGrid *self, GtkWidget *widget, guint row)
{
  gboolean selected = gtk_bitset_contains (self->selection, row);

  if (selected)
    gtk_widget_set_state_flags (widget, GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

static guint
first_in_sight (TbGrid *self)
{
  return (guint) (scrolled (self, GTK_ORIENTATION_VERTICAL) / self->row_height);
}

/* One more than fits, for the one that is cut at the end. */
static void
fit_pool (TbGrid *self, int height)
{
  guint n = (guint) (MAX (height, 0) / self->row_height) + 2;

  if (self->pool->len == n)
    return;
  while (self->pool->len < n)
    g_ptr_array_add (self->pool, row_new (self));
  while (self->pool->len > n)
    gtk_widget_unparent (g_ptr_array_steal_index (self->pool, self->pool->len - 1));
  g_array_set_size (self->shown, n);
  if (n > 0)
    memset (self->shown->data, 0xff, n * sizeof (guint));
}

void
tb_grid_bind (TbGrid *self)
{
  guint first = first_in_sight (self), n = self->pool->len;

  for (guint i = 0; i < n; i++)
    {
      guint row = first + i;
      GtkWidget *widget = self->pool->pdata[row % n];
      guint *shown = &g_array_index (self->shown, guint, row % n);

      gtk_widget_set_child_visible (widget, row < self->n_rows);
      if (row < self->n_rows && *shown != row)
        bind_row (self, widget, row);
      *shown = row < self->n_rows ? row : G_MAXUINT;
      if (row < self->n_rows)
        mark_row (self, widget, row);
    }
}

GtkWidget *
tb_grid_get_cell (TbGrid *self, guint row, guint column)
{
  GtkWidget *cell;

  if (self->pool->len == 0 || g_array_index (self->shown, guint, row % self->pool->len) != row)
    return NULL;
  cell = gtk_widget_get_first_child (self->pool->pdata[row % self->pool->len]);
  for (guint i = 0; i < column; i++)
    cell = gtk_widget_get_next_sibling (cell);
  return cell;
}

/* ---- scrolling ---- */

static void
scrolled_cb (TbGrid *self)
{
  if (self->pool->len > 0)
    tb_grid_bind (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
show_range (GtkAdjustment *adjustment, double from, double to)
{
  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, from, to);
}

void
tb_grid_scroll_to (TbGrid *self, guint row, guint column)
{
  show_range (self->adjustments[GTK_ORIENTATION_VERTICAL], (double) row * self->row_height, (double) (row + 1) * self->row_height);
  show_range (self->adjustments[GTK_ORIENTATION_HORIZONTAL], self->lefts[column], self->lefts[column] + self->widths[column]);
}

static void
configure (TbGrid *self, GtkOrientation orientation, double size, double page)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0, MAX (size, page), self->row_height, page * 0.9, page);
}

static void
set_adjustment (TbGrid *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment == NULL)
    return;
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- the widget ---- */

/* As high as the entry that may come there, which grows with the text. */
static void
measure_row (TbGrid *self)
{
  gtk_widget_measure (self->entry, GTK_ORIENTATION_VERTICAL, -1, NULL, &self->row_height, NULL, NULL);
  self->row_height = MAX (self->row_height, LEAST_ROW);
}

/* GTK complains of what is placed without having been asked for its size. */
static void
place (GtkWidget *widget, int x, int y, int width, int height)
{
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
tb_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  TbGrid *self = TB_GRID (widget);

  measure_row (self);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_ROOM : tb_grid_get_header_height (self) + 2 * self->row_height;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? natural_width (self) : tb_grid_get_header_height (self) + 8 * self->row_height;
}

static void
allocate_cells (TbGrid *self, GtkWidget *row, int x, int y, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint i = 0;

  place (row, rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - width - x : x, y, width, height);
  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL; cell = gtk_widget_get_next_sibling (cell), i++)
    place (cell, rtl ? width - self->lefts[i] - self->widths[i] : self->lefts[i], 0, self->widths[i], height);
}

static void
tb_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TbGrid *self = TB_GRID (widget);
  int header = tb_grid_get_header_height (self), whole = MAX (width, natural_width (self)), x;

  place_columns (self, width);
  configure (self, GTK_ORIENTATION_HORIZONTAL, whole, width);
  configure (self, GTK_ORIENTATION_VERTICAL, (double) self->n_rows * self->row_height, MAX (height - header, 1));
  fit_pool (self, height - header);
  tb_grid_bind (self);
  x = -scrolled (self, GTK_ORIENTATION_HORIZONTAL);
  for (guint i = 0; i < self->pool->len; i++)
    {
      guint row = g_array_index (self->shown, guint, i);

      if (row != G_MAXUINT)
        allocate_cells (self, self->pool->pdata[i], x, header + (int) ((gint64) row * self->row_height - scrolled (self, GTK_ORIENTATION_VERTICAL)), whole,
                        self->row_height);
    }
  allocate_cells (self, self->header, x, 0, whole, header);
  tb_grid_edit_allocate (self, width, height);
}

static void
tb_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TbGrid *self = TB_GRID (widget);
  int header = tb_grid_get_header_height (self);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) header, (float) gtk_widget_get_width (widget), (float) (gtk_widget_get_height (widget) - header)));
  for (guint i = 0; i < self->pool->len; i++)
    gtk_widget_snapshot_child (widget, self->pool->pdata[i], snapshot);
  gtk_widget_snapshot_child (widget, self->entry, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, self->header, snapshot);
  gtk_widget_snapshot_child (widget, self->fault, snapshot);
}

/* Tab comes to the cursor and leaves from there. */
static gboolean
tb_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL || gtk_widget_is_focus (widget))
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static gboolean
tb_grid_grab_focus (GtkWidget *widget)
{
  TbGrid *self = TB_GRID (widget);
  GtkWidget *cell = self->n_rows > 0 ? tb_grid_get_cell (self, self->row, self->column) : NULL;

  if (self->editing)
    return gtk_widget_grab_focus (self->entry);
  return cell != NULL && gtk_widget_get_child_visible (gtk_widget_get_parent (cell)) ? gtk_widget_grab_focus (cell)
                                                                                     : GTK_WIDGET_CLASS (tb_grid_parent_class)->grab_focus (widget);
}

static void
tb_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TbGrid *self = TB_GRID (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[id - PROP_HADJUSTMENT]);
  else
    g_value_set_enum (value, self->policies[id - PROP_HSCROLL_POLICY]);
}

static void
tb_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TbGrid *self = TB_GRID (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    set_adjustment (self, id - PROP_HADJUSTMENT, g_value_get_object (value));
  else
    self->policies[id - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
}

static void
tb_grid_dispose (GObject *object)
{
  TbGrid *self = TB_GRID (object);
  GtkWidget *child;

  for (guint i = 0; i < 2; i++)
    set_adjustment (self, i, NULL);
  g_ptr_array_set_size (self->pool, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tb_grid_parent_class)->dispose (object);
}

static void
tb_grid_finalize (GObject *object)
{
  TbGrid *self = TB_GRID (object);

  g_ptr_array_unref (self->pool);
  g_array_unref (self->shown);
  gtk_bitset_unref (self->selection);
  g_free (self->lefts);
  g_free (self->widths);

  G_OBJECT_CLASS (tb_grid_parent_class)->finalize (object);
}

static void
tb_grid_class_init (TbGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tb_grid_get_property;
  object_class->set_property = tb_grid_set_property;
  object_class->dispose = tb_grid_dispose;
  object_class->finalize = tb_grid_finalize;
  widget_class->measure = tb_grid_measure;
  widget_class->size_allocate = tb_grid_size_allocate;
  widget_class->snapshot = tb_grid_snapshot;
  widget_class->focus = tb_grid_focus;
  widget_class->grab_focus = tb_grid_grab_focus;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  tb_grid_signals[TB_GRID_CURSOR_MOVED] = g_signal_new ("cursor-moved", TB_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  tb_grid_signals[TB_GRID_SELECTION_CHANGED] = g_signal_new ("selection-changed", TB_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
tb_grid_init (TbGrid *self)
{
  self->pool = g_ptr_array_new ();
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* ---- public ---- */

static void
add_header (TbGrid *self)
{
  self->header = g_object_new (GTK_TYPE_BOX, "css-name", "gridheader", NULL);
  gtk_widget_set_layout_manager (self->header, NULL);
  for (guint i = 0; i < self->n_columns; i++)
    {
      GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _ (self->columns[i].title), "accessible-role", GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, "xalign",
                                       self->columns[i].numeric ? 1.0 : 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

      gtk_widget_set_margin_start (title, HEADER_PADDING);
      gtk_widget_set_margin_end (title, HEADER_PADDING);
      gtk_widget_set_parent (title, self->header);
    }
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

TbGrid *
tb_grid_new (const char *label, const TbGridColumn *columns, guint n_columns, const TbGridSource *source, gpointer data)
{
  TbGrid *self = g_object_new (TB_TYPE_GRID, NULL);

  self->columns = columns;
  self->n_columns = n_columns;
  self->source = source;
  self->data = data;
  self->lefts = g_new0 (int, n_columns);
  self->widths = g_new0 (int, n_columns);
  tb_widgets_set_label (GTK_WIDGET (self), label);
  add_header (self);
  tb_grid_edit_init (self);
  tb_grid_cursor_init (self);
  measure_row (self);
  return self;
}

guint
tb_grid_get_n_rows (TbGrid *self)
{
  return self->n_rows;
}

static void
forget_texts (TbGrid *self)
{
  if (self->shown->len > 0) /* an empty array has no data */
    memset (self->shown->data, 0xff, self->shown->len * sizeof (guint));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_COUNT, (int) MIN (self->n_rows, G_MAXINT), -1);
  if (self->pool->len > 0)
    {
      configure (self, GTK_ORIENTATION_VERTICAL, (double) self->n_rows * self->row_height,
                 MAX (gtk_widget_get_height (GTK_WIDGET (self)) - tb_grid_get_header_height (self), 1));
      tb_grid_bind (self);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
tb_grid_set_n_rows (TbGrid *self, guint n_rows)
{
  tb_grid_cancel_edit (self);
  self->n_rows = n_rows;
  self->row = self->anchor = 0;
  gtk_bitset_remove_all (self->selection);
  if (n_rows > 0)
    gtk_bitset_add (self->selection, 0);
  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], 0);
  forget_texts (self);
  g_signal_emit (self, tb_grid_signals[TB_GRID_SELECTION_CHANGED], 0);
  g_signal_emit (self, tb_grid_signals[TB_GRID_CURSOR_MOVED], 0);
}

static guint
moved (guint row, guint at, guint removed, guint added)
{
  return row < at ? row : row < at + removed ? at : row - removed + added;
}

void
tb_grid_splice (TbGrid *self, guint row, guint removed, guint added)
{
  g_return_if_fail (row + removed <= self->n_rows);

  tb_grid_cancel_edit (self);
  self->n_rows += added - removed;
  gtk_bitset_splice (self->selection, row, removed, added);
  self->row = MIN (moved (self->row, row, removed, added), MAX (self->n_rows, 1) - 1);
  self->anchor = MIN (moved (self->anchor, row, removed, added), MAX (self->n_rows, 1) - 1);
  if (gtk_bitset_is_empty (self->selection) && self->n_rows > 0)
    gtk_bitset_add (self->selection, self->row);
  forget_texts (self);
  g_signal_emit (self, tb_grid_signals[TB_GRID_SELECTION_CHANGED], 0);
  g_signal_emit (self, tb_grid_signals[TB_GRID_CURSOR_MOVED], 0);
}

void
tb_grid_refresh (TbGrid *self)
{
  forget_texts (self);
}

guint
tb_grid_get_n_widgets (TbGrid *self)
{
  return self->pool->len;
}
