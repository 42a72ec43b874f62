/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-views-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-call-view-store.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-widgets.h"

/* While calls come in the books change each second: counts are asked for when they have been quiet that long. */
#define QUIET_SECONDS 2

struct _TbViewsList
{
  GtkBox parent_instance;

  TbBooks *books;
  TbReader *reader;        /* of its own: counting may take seconds */
  GCancellable *counting;
  guint timer;
  GPtrArray *views;        /* of TbCallView, as they stand in the list */
  GtkWidget *heading, *list;
};

G_DEFINE_FINAL_TYPE (TbViewsList, tb_views_list, GTK_TYPE_BOX)

static void reload (TbViewsList *self);

/* ---- counts ---- */

typedef struct
{
  GPtrArray *filters; /* of char */
} Counting;

static void
counting_free (gpointer data)
{
  g_ptr_array_unref (((Counting *) data)->filters);
  g_free (data);
}

/* −1 for one that cannot be read any more. */
static gpointer
count_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Counting *counting = data;
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < counting->filters->len; i++)
    {
      g_autoptr (TbCallWhere) where = tb_call_where_parse (counting->filters->pdata[i], NULL);
      const TbCallFilter filter = { .where = where };
      guint64 n = 0;
      gint64 count = -1;

      if (where != NULL && !tb_call_store_count_matching (store, &filter, &n, error))
        return NULL;
      if (where != NULL)
        count = (gint64) n;
      g_array_append_val (counts, count);
    }
  return g_steal_pointer (&counts);
}

static GtkWidget *
badge_of (TbViewsList *self, guint i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "tb-badge") : NULL;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbViewsList) self = data;
  g_autoptr (GArray) counts = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Failed, or stopped for a newer one. */
  if (counts == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || counts->len != self->views->len)
    return;
  for (guint i = 0; i < counts->len; i++)
    {
      gint64 count = g_array_index (counts, gint64, i);
      g_autofree char *number = count >= 0 ? tb_format_number (count) : g_strdup ("?");
      GtkWidget *badge = badge_of (self, i);

      if (badge == NULL)
        continue;
      gtk_label_set_label (GTK_LABEL (badge), number);
      gtk_widget_set_visible (badge, TRUE);
    }
}

static void
count_cb (gpointer data)
{
  TbViewsList *self = data;
  Counting *counting;

  self->timer = 0;
  if (self->books == NULL || self->views->len == 0)
    return;
  counting = g_new (Counting, 1);
  counting->filters = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->views->len; i++)
    g_ptr_array_add (counting->filters, g_strdup (((TbCallView *) self->views->pdata[i])->filter));
  if (self->reader == NULL)
    self->reader = tb_reader_new (tb_books_get_path (self->books));
  self->counting = g_cancellable_new ();
  tb_reader_run_async (self->reader, self->counting, count_func, counting, counting_free, (GDestroyNotify) g_array_unref, counted_cb,
                       g_object_ref (self));
}

static void
stop_counting (TbViewsList *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
count_later (TbViewsList *self, guint seconds)
{
  stop_counting (self);
  if (self->views->len > 0)
    self->timer = g_timeout_add_once (seconds > 0 ? seconds * 1000 : 300, count_cb, self);
}

/* ---- rows ---- */

static gpointer
remove_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_call_view_store_remove (store, *(gint64 *) data, error) ? TB_RUN_OK : NULL;
}

static void
removed_cb (GtkWidget *widget, gpointer result)
{
  reload (TB_VIEWS_LIST (widget));
  tb_dialogs_toast (widget, _ ("The view is gone; its calls are not"));
}

static void
remove_confirmed (gpointer data)
{
  GtkListBoxRow *row = data;
  TbViewsList *self = TB_VIEWS_LIST (gtk_widget_get_ancestor (GTK_WIDGET (row), TB_TYPE_VIEWS_LIST));
  const TbCallView *view = self != NULL ? g_object_get_data (G_OBJECT (row), "tb-view") : NULL;
  gint64 *id;

  if (view == NULL || self->books == NULL)
    return;
  id = g_new (gint64, 1);
  *id = view->id;
  tb_run (GTK_WIDGET (self), self->books, _ ("Remove view"), FALSE, remove_func, id, g_free, NULL, removed_cb, NULL);
}

static void
ask_remove (GtkWidget *row)
{
  const TbCallView *view = g_object_get_data (G_OBJECT (row), "tb-view");
  g_autofree char *title = g_strdup_printf (_ ("Remove the View “%s”?"), view->name);

  tb_dialogs_confirm (row, title, _ ("Only its name and filter are removed."), _ ("_Remove"), TRUE, remove_confirmed, g_object_ref (row), g_object_unref);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;
  ask_remove (row);
  return GDK_EVENT_STOP;
}

static void
secondary_cb (GtkGestureClick *gesture, int n, double x, double y, gpointer data)
{
  ask_remove (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static GtkWidget *
row_new (TbCallView *view)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (view->name), *badge = gtk_label_new ("");
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("tb-calls-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, *view->filter != '\0' ? view->filter : NULL);
  tb_widgets_set_label (row, view->name);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), NULL);
  gtk_widget_add_controller (row, keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect (press, "pressed", G_CALLBACK (secondary_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (press));
  g_object_set_data (G_OBJECT (row), "tb-badge", badge);
  g_object_set_data (G_OBJECT (row), "tb-view", view);
  return row;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, TbViewsList *self)
{
  const TbCallView *view = g_object_get_data (G_OBJECT (row), "tb-view");
  g_autofree char *item = g_strdup_printf ("order=%d%s;where=%s", view->order, view->descending ? "-" : "+", view->filter);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", "calls", item);
}

/* A few short rows, by the main thread's own handle. */
static void
reload (TbViewsList *self)
{
  GPtrArray *views = self->books != NULL ? tb_call_view_store_list (tb_books_get_store (self->books), NULL) : NULL;

  stop_counting (self);
  tb_widgets_let_go_of_focus (self->list);
  tb_widgets_clear (self->list);
  g_ptr_array_unref (self->views);
  self->views = views != NULL ? views : g_ptr_array_new ();
  for (guint i = 0; i < self->views->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (self->views->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), self->views->len > 0);
  count_later (self, 0);
}

static void
changed_cb (TbViewsList *self)
{
  count_later (self, QUIET_SECONDS);
}

static void
drop_books (TbViewsList *self)
{
  if (self->books != NULL)
    g_signal_handlers_disconnect_by_data (self->books, self);
  stop_counting (self);
  g_clear_object (&self->reader);
  g_clear_object (&self->books);
}

static void
reload_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  reload (self);
}

static void
tb_views_list_root (GtkWidget *widget)
{
  static const GActionEntry entries[] = { { .name = "reload", .activate = reload_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  GTK_WIDGET_CLASS (tb_views_list_parent_class)->root (widget);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), widget);
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "views", G_ACTION_GROUP (group));
}

static void
tb_views_list_unroot (GtkWidget *widget)
{
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "views", NULL);
  GTK_WIDGET_CLASS (tb_views_list_parent_class)->unroot (widget);
}

static void
tb_views_list_dispose (GObject *object)
{
  drop_books (TB_VIEWS_LIST (object));
  G_OBJECT_CLASS (tb_views_list_parent_class)->dispose (object);
}

static void
tb_views_list_finalize (GObject *object)
{
  g_ptr_array_unref (TB_VIEWS_LIST (object)->views);
  G_OBJECT_CLASS (tb_views_list_parent_class)->finalize (object);
}

static void
tb_views_list_class_init (TbViewsListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_views_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_views_list_finalize;
  GTK_WIDGET_CLASS (klass)->root = tb_views_list_root;
  GTK_WIDGET_CLASS (klass)->unroot = tb_views_list_unroot;
}

static void
tb_views_list_init (TbViewsList *self)
{
  self->views = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->heading = gtk_label_new (_ ("Views of Calls"));
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_add_css_class (self->heading, "sidebar-heading");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  tb_widgets_set_label (self->list, _ ("Views of Calls"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_box_append (GTK_BOX (self), self->heading);
  gtk_box_append (GTK_BOX (self), self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
tb_views_list_set_books (TbViewsList *self, TbBooks *books)
{
  drop_books (self);
  g_set_object (&self->books, books);
  if (books != NULL)
    g_signal_connect_object (books, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  reload (self);
}
