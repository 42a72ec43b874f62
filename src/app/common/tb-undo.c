/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-undo.h"

#include <glib/gi18n.h>

typedef struct
{
  char *label;
  TbUndoFunc redo, undo;
  gpointer data;
  GDestroyNotify free_data;
} Step;

struct _TbUndo
{
  GObject parent_instance;

  GPtrArray *steps; /* of Step, the oldest first */
  guint done;       /* this many of them are done, the others were undone */
  int direction;    /* of a step whose function runs, or that is under way: -1 it is being undone, 1 redone; else 0 */
  gboolean pending; /* its function said that it takes its time */
  Step *detached;   /* the one under way, when others took its place meanwhile */
  AdwToast *toast;  /* weak: the last one shown */
};

enum { PROP_0, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_UNDO_LABEL, PROP_REDO_LABEL, N_PROPS };

static GParamSpec *properties[N_PROPS];

enum { MOVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbUndo, tb_undo, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  Step *step = data;

  if (step->free_data != NULL)
    step->free_data (step->data);
  g_free (step->label);
  g_free (step);
}

static void
changed (TbUndo *self)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_weak_pointer (&self->toast);
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* What is under way goes on, but its place in the list is needed: it can be neither undone nor redone afterwards. */
static void
detach (TbUndo *self)
{
  if (self->direction == 0 || self->detached != NULL)
    return;
  if (self->direction < 0)
    self->done--;
  self->detached = g_ptr_array_steal_index (self->steps, self->done);
}

static void
finish_step (TbUndo *self, gboolean ok)
{
  const Step *step = self->detached != NULL ? self->detached : g_ptr_array_index (self->steps, self->direction < 0 ? self->done - 1 : self->done);
  g_autofree char *label = g_strdup (step->label);
  gboolean undone = self->direction < 0;

  if (ok && self->detached == NULL)
    self->done += self->direction;
  g_clear_pointer (&self->detached, step_free);
  self->direction = 0;
  self->pending = FALSE;
  changed (self);
  if (ok)
    g_signal_emit (self, signals[MOVED], 0, label, undone);
}

static gboolean
run_step (TbUndo *self, guint index, int direction)
{
  const Step *step = g_ptr_array_index (self->steps, index);

  self->direction = direction;
  (direction < 0 ? step->undo : step->redo) (step->data);
  if (self->direction != 0 && !self->pending)
    finish_step (self, TRUE);
  else
    changed (self);
  return TRUE;
}

static void
tb_undo_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TbUndo *self = TB_UNDO (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, tb_undo_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, tb_undo_get_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, tb_undo_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, tb_undo_get_redo_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tb_undo_finalize (GObject *object)
{
  TbUndo *self = TB_UNDO (object);

  g_clear_weak_pointer (&self->toast);
  g_clear_pointer (&self->detached, step_free);
  g_ptr_array_unref (self->steps);

  G_OBJECT_CLASS (tb_undo_parent_class)->finalize (object);
}

static void
tb_undo_class_init (TbUndoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tb_undo_get_property;
  object_class->finalize = tb_undo_finalize;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[MOVED] = g_signal_new ("moved", TB_TYPE_UNDO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
tb_undo_init (TbUndo *self)
{
  self->steps = g_ptr_array_new_with_free_func (step_free);
}

TbUndo *
tb_undo_new (void)
{
  return g_object_new (TB_TYPE_UNDO, NULL);
}

void
tb_undo_push (TbUndo *self, const char *label, TbUndoFunc redo, TbUndoFunc undo, gpointer data, GDestroyNotify free_data)
{
  Step *step = g_new (Step, 1);

  detach (self);
  *step = (Step){ g_strdup (label), redo, undo, data, free_data };
  g_ptr_array_set_size (self->steps, (int) self->done);
  g_ptr_array_add (self->steps, step);
  if (self->steps->len > TB_UNDO_MAX)
    g_ptr_array_remove_index (self->steps, 0);
  self->done = self->steps->len;
  changed (self);
}

void
tb_undo_do (TbUndo *self, const char *label, TbUndoFunc redo, TbUndoFunc undo, gpointer data, GDestroyNotify free_data)
{
  redo (data);
  tb_undo_push (self, label, redo, undo, data, free_data);
}

gboolean
tb_undo_undo (TbUndo *self)
{
  return tb_undo_get_can_undo (self) && run_step (self, self->done - 1, -1);
}

gboolean
tb_undo_redo (TbUndo *self)
{
  return tb_undo_get_can_redo (self) && run_step (self, self->done, 1);
}

void
tb_undo_clear (TbUndo *self)
{
  detach (self);
  g_ptr_array_set_size (self->steps, 0);
  self->done = 0;
  changed (self);
}

void
tb_undo_begin (TbUndo *self)
{
  g_return_if_fail (self->direction != 0 && !self->pending);

  self->pending = TRUE;
}

void
tb_undo_end (TbUndo *self, gboolean ok)
{
  g_return_if_fail (self->direction != 0 && self->pending);

  finish_step (self, ok);
}

void
tb_undo_give_up (TbUndo *self)
{
  g_return_if_fail (self->direction != 0 && self->pending);

  detach (self);
  finish_step (self, FALSE);
}

gboolean
tb_undo_get_can_undo (TbUndo *self)
{
  return self->direction == 0 && self->done > 0;
}

gboolean
tb_undo_get_can_redo (TbUndo *self)
{
  return self->direction == 0 && self->done < self->steps->len;
}

const char *
tb_undo_get_undo_label (TbUndo *self)
{
  return tb_undo_get_can_undo (self) ? ((Step *) g_ptr_array_index (self->steps, self->done - 1))->label : NULL;
}

const char *
tb_undo_get_redo_label (TbUndo *self)
{
  return tb_undo_get_can_redo (self) ? ((Step *) g_ptr_array_index (self->steps, self->done))->label : NULL;
}

/* Dialogs show theirs in the window that they belong to. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;

  while (overlay == NULL && window != NULL)
    {
      if (ADW_IS_APPLICATION_WINDOW (window))
        overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
      window = gtk_window_get_transient_for (window);
    }
  return ADW_IS_TOAST_OVERLAY (overlay) ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

void
tb_undo_show_toast (TbUndo *self, GtkWidget *widget, const char *text)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (overlay == NULL || !tb_undo_get_can_undo (self))
    return;
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (tb_undo_undo), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (overlay, toast);
}
