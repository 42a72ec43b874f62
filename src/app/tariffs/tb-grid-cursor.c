/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-grid-private.h"

/* Where one is in a grid, what is chosen, and the keys and clicks that change both. */

static void
choose_only (TbGrid *self, guint from, guint to)
{
  gtk_bitset_remove_all (self->selection);
  gtk_bitset_add_range_closed (self->selection, MIN (from, to), MAX (from, to));
}

static void
changed (TbGrid *self)
{
  tb_grid_bind (self);
  g_signal_emit (self, tb_grid_signals[TB_GRID_SELECTION_CHANGED], 0);
  g_signal_emit (self, tb_grid_signals[TB_GRID_CURSOR_MOVED], 0);
}

static gboolean
has_focus (TbGrid *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL || gtk_widget_is_focus (GTK_WIDGET (self));
}

void
tb_grid_focus_cursor (TbGrid *self)
{
  if (has_focus (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* `extend`: all rows from where it began are chosen. `keep`: what is chosen stays. */
void
tb_grid_move (TbGrid *self, gint64 row, int column, gboolean extend, gboolean keep)
{
  if (self->n_rows == 0 || !tb_grid_finish_edit (self))
    return;
  self->row = (guint) CLAMP (row, 0, (gint64) self->n_rows - 1);
  self->column = (guint) CLAMP (column, 0, (int) self->n_columns - 1);
  if (!extend)
    self->anchor = self->row;
  if (extend)
    choose_only (self, self->anchor, self->row);
  else if (!keep)
    choose_only (self, self->row, self->row);
  tb_grid_scroll_to (self, self->row, self->column);
  changed (self);
  tb_grid_focus_cursor (self);
}

gboolean
tb_grid_set_cursor (TbGrid *self, guint row, guint column)
{
  tb_grid_move (self, row, (int) column, FALSE, FALSE);
  return !self->editing && self->row == row;
}

gboolean
tb_grid_get_cursor (TbGrid *self, guint *ret_row, guint *ret_column)
{
  if (self->n_rows == 0)
    return FALSE;
  *ret_row = self->row;
  if (ret_column != NULL)
    *ret_column = self->column;
  return TRUE;
}

GtkBitset *
tb_grid_get_selection (TbGrid *self)
{
  return self->selection;
}

void
tb_grid_select_all (TbGrid *self)
{
  if (self->n_rows == 0 || !tb_grid_finish_edit (self))
    return;
  choose_only (self, 0, self->n_rows - 1);
  changed (self);
}

static void
toggle (TbGrid *self, guint row)
{
  if (!gtk_bitset_remove (self->selection, row))
    gtk_bitset_add (self->selection, row);
  changed (self);
}

/* ---- keys ---- */

/* Where a key leads; FALSE: it is none that moves. */
static gboolean
find_target (TbGrid *self, guint key, gboolean control, gint64 *row, int *column)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gint64 page = tb_grid_get_page (self), last = (gint64) self->n_rows - 1;

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *row -= 1;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *row += 1;
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      *row -= page;
      return !control; /* Ctrl+Page Up is for tabs */
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      *row += page;
      return !control;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *column += rtl ? 1 : -1;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *column += rtl ? -1 : 1;
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      *row = control ? 0 : *row;
      *column = 0;
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      *row = control ? last : *row;
      *column = (int) self->n_columns - 1;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Letters and digits begin an edit with themselves. */
static gboolean
type (TbGrid *self, guint key)
{
  gunichar character = gdk_keyval_to_unicode (key);
  char text[7] = "";

  if (character == 0 || !g_unichar_isgraph (character))
    return FALSE;
  g_unichar_to_utf8 (character, text);
  return tb_grid_edit_with (self, text);
}

static gboolean
key_cb (TbGrid *self, guint key, guint code, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0, shift = (state & GDK_SHIFT_MASK) != 0;
  gint64 row = self->row;
  int column = (int) self->column;

  if (self->n_rows == 0 || self->editing || (state & (GDK_ALT_MASK | GDK_SUPER_MASK)))
    return GDK_EVENT_PROPAGATE;
  if (find_target (self, key, control, &row, &column))
    tb_grid_move (self, row, column, shift && row != (gint64) self->row, FALSE);
  else if (control && (key == GDK_KEY_a || key == GDK_KEY_A) && !shift)
    tb_grid_select_all (self);
  else if (control && key == GDK_KEY_space)
    toggle (self, self->row);
  else if (control)
    return GDK_EVENT_PROPAGATE;
  else if (key == GDK_KEY_F2 || key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    return tb_grid_edit (self);
  else if (key == GDK_KEY_Escape && gtk_bitset_get_size (self->selection) > 1)
    tb_grid_move (self, row, column, FALSE, FALSE);
  else
    return type (self, key);
  return GDK_EVENT_STOP;
}

/* ---- clicks ---- */

static void
pressed_cb (TbGrid *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint row, column;

  if (!tb_grid_find_at (self, x, y, &row, &column) || (self->editing && self->edit_row == row && self->edit_column == column))
    return;
  if (!has_focus (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  tb_grid_move (self, row, (int) column, (state & GDK_SHIFT_MASK) != 0, (state & GDK_CONTROL_MASK) != 0);
  if (self->editing)
    return;
  if (state & GDK_CONTROL_MASK)
    toggle (self, row);
  else if (n_press == 2)
    tb_grid_edit (self);
}

void
tb_grid_cursor_init (TbGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->selection = gtk_bitset_new_empty ();
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
