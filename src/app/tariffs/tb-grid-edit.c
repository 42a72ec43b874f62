/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-grid-private.h"

#include <glib/gi18n.h>

#include "tb-widgets.h"

/* One cell of a grid while it is typed into. */

static void
set_fault (TbGrid *self, const char *fault)
{
  gtk_label_set_label (GTK_LABEL (self->fault), fault != NULL ? fault : "");
  gtk_widget_set_child_visible (self->fault, fault != NULL);
  tb_widgets_mark (self->entry, fault != NULL);
  if (fault != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fault, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The focus goes to the cell first: GTK 4.8 complains of an entry that is hidden with it. */
static void
end (TbGrid *self)
{
  self->editing = FALSE;
  self->refused = FALSE;
  tb_grid_focus_cursor (self);
  set_fault (self, NULL);
  gtk_widget_set_child_visible (self->entry, FALSE);
}

gboolean
tb_grid_is_editing (TbGrid *self)
{
  return self->editing;
}

void
tb_grid_cancel_edit (TbGrid *self)
{
  if (self->editing)
    end (self);
}

const char *
tb_grid_get_fault (TbGrid *self)
{
  return self->editing && self->refused && gtk_widget_get_child_visible (self->fault) ? gtk_label_get_label (GTK_LABEL (self->fault)) : NULL;
}

gboolean
tb_grid_finish_edit (TbGrid *self)
{
  g_autofree char *text = NULL, *fault = NULL;

  if (!self->editing)
    return TRUE;
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (!self->source->set_text (self->edit_row, self->edit_column, text, FALSE, &fault, self->data))
    {
      self->refused = TRUE;
      set_fault (self, fault);
      return FALSE;
    }
  end (self);
  self->source->set_text (self->edit_row, self->edit_column, text, TRUE, NULL, self->data);
  return TRUE;
}

gboolean
tb_grid_edit_with (TbGrid *self, const char *text)
{
  g_autofree char *old = NULL, *name = NULL;

  if (self->n_rows == 0 || self->source->get_edit_text == NULL || !tb_grid_finish_edit (self))
    return FALSE;
  old = self->source->get_edit_text (self->row, self->column, self->data);
  if (old == NULL)
    return FALSE;
  tb_grid_scroll_to (self, self->row, self->column);
  self->edit_row = self->row;
  self->edit_column = self->column;
  self->editing = TRUE;
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), self->columns[self->column].numeric ? 1 : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : old);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->columns[self->column].title), -1);
  gtk_widget_set_child_visible (self->entry, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), text != NULL ? -1 : 0, -1);
  return TRUE;
}

gboolean
tb_grid_edit (TbGrid *self)
{
  return tb_grid_edit_with (self, NULL);
}

/* ---- what happens in the entry ---- */

/* Once it was refused, each key says whether it still is. */
static void
changed_cb (TbGrid *self)
{
  g_autofree char *fault = NULL;

  if (!self->editing || !self->refused)
    return;
  self->source->set_text (self->edit_row, self->edit_column, gtk_editable_get_text (GTK_EDITABLE (self->entry)), FALSE, &fault, self->data);
  set_fault (self, fault);
}

static void
go_on (TbGrid *self, gint64 row, int column)
{
  if (tb_grid_finish_edit (self))
    tb_grid_move (self, row, column, FALSE, FALSE);
}

/* The next cell of the row that can be edited, or the first one of the next row. */
static void
go_along (TbGrid *self, int step)
{
  gint64 row = self->row;
  int column = (int) self->column;

  if (!tb_grid_finish_edit (self))
    return;
  for (guint i = 0; i < 2 * self->n_columns; i++)
    {
      g_autofree char *text = NULL;

      column += step;
      if (column < 0 || column >= (int) self->n_columns)
        {
          row += step;
          column = step > 0 ? 0 : (int) self->n_columns - 1;
        }
      if (row < 0 || row >= (gint64) self->n_rows)
        break;
      text = self->source->get_edit_text ((guint) row, (guint) column, self->data);
      if (text == NULL)
        continue;
      tb_grid_move (self, row, column, FALSE, FALSE);
      tb_grid_edit (self);
      break;
    }
}

static gboolean
key_cb (TbGrid *self, guint key, guint code, GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_Escape:
      tb_grid_cancel_edit (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      go_on (self, (gint64) self->row + ((state & GDK_SHIFT_MASK) ? -1 : 1), (int) self->column);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      go_on (self, (gint64) self->row - 1, (int) self->column);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      go_on (self, (gint64) self->row + 1, (int) self->column);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      go_along (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_ISO_Left_Tab:
      go_along (self, -1);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Who goes elsewhere has finished; what is refused waits for him. */
static void
leave_cb (TbGrid *self)
{
  if (self->editing)
    tb_grid_finish_edit (self);
}

/* ---- where it stands ---- */

static void
allocate_fault (TbGrid *self, int x, int y, int width, int height)
{
  int natural_width, natural_height, room = MIN (width, 420);

  if (!gtk_widget_get_child_visible (self->fault))
    return;
  gtk_widget_measure (self->fault, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL, NULL);
  natural_width = MIN (natural_width, room);
  gtk_widget_measure (self->fault, GTK_ORIENTATION_VERTICAL, natural_width, NULL, &natural_height, NULL, NULL);
  if (y + self->row_height + natural_height > height) /* above the cell where there is no room under it */
    y -= natural_height + self->row_height;
  gtk_widget_size_allocate (self->fault, &(GtkAllocation){ CLAMP (x, 0, MAX (width - natural_width, 0)), y + self->row_height, natural_width, natural_height }, -1);
}

void
tb_grid_edit_allocate (TbGrid *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int least, x, y, room;

  if (!self->editing)
    return;
  gtk_widget_measure (self->entry, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  room = MAX (self->widths[self->edit_column], least);
  x = self->lefts[self->edit_column] - (int) gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
  if (rtl)
    x = width - x - room;
  y = tb_grid_get_header_height (self)
      + (int) ((gint64) self->edit_row * self->row_height - (gint64) gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]));
  gtk_widget_size_allocate (self->entry, &(GtkAllocation){ x, y, room, self->row_height }, -1);
  allocate_fault (self, x, y, width, height);
}

void
tb_grid_edit_init (TbGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_widget_add_css_class (self->entry, "grid-entry");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_add_controller (self->entry, focus);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->entry, FALSE);

  self->fault = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->fault, "grid-fault");
  gtk_widget_set_parent (self->fault, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->fault, FALSE);
}
