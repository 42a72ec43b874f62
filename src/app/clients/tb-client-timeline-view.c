/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-timeline-view.h"

#include <glib/gi18n.h>

#include "tb-client-event-text.h"
#include "tb-error.h"
#include "tb-item.h"
#include "tb-widgets.h"

#define MONTHS_BY_DAY 2
#define MONTHS 24

struct _TbClientTimelineView
{
  GtkBox parent_instance;

  TbBooks *books;
  char *client;
  GCancellable *reading; /* of what is shown; NULL = everything was read */
  int month;             /* the next one: year * 12 + month - 1 */
  int n_months;          /* that were read */
  int wanted_months;

  GListStore *events; /* of TbItem of TbClientEvent, the newest first */
  GtkFilter *filter;
  GListModel *shown;
  GtkWidget *kinds[TB_CLIENT_N_EVENTS]; /* toggle buttons */
  GtkStack *stack;
  GtkLabel *nothing;
};

G_DEFINE_FINAL_TYPE (TbClientTimelineView, tb_client_timeline_view, GTK_TYPE_BOX)

typedef struct
{
  char *client;
  TbZone *zone;
  int month; /* -1 = all but calls */
  gboolean whole;
} Question;

typedef struct
{
  TbClientTimelineView *view;
  TbBooks *books;
  GCancellable *cancellable;
  int month; /* as in the question */
} Reading;

static void read_next (TbClientTimelineView *self);

/* ---- reading ---- */

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->client);
  tb_zone_unref (question->zone);
  g_free (question);
}

static gpointer
read_events (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Question *question = data;

  if (question->month < 0)
    return tb_client_timeline_read (store, question->client, question->zone, error);
  return tb_client_timeline_read_calls (store, question->client, question->month / 12, question->month % 12 + 1, question->whole, question->zone, error);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const TbClientEvent *x = tb_item_get ((TbItem *) a), *y = tb_item_get ((TbItem *) b);

  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return (int) x->kind - (int) y->kind;
}

static void
update_stack (TbClientTimelineView *self)
{
  gboolean some = g_list_model_get_n_items (self->shown) > 0;

  gtk_stack_set_visible_child_name (self->stack, some ? "list" : "nothing");
  gtk_label_set_label (self->nothing, self->reading != NULL ? _ ("Reading…") : _ ("Nothing has happened yet"));
}

static void
add_events (TbClientTimelineView *self, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr (TbItem) item = tb_item_new (g_steal_pointer (&events->pdata[i]), (GDestroyNotify) tb_client_event_free);

      g_list_store_insert_sorted (self->events, item, compare_items, NULL);
    }
}

/* What is read again takes the place of what was there: all but calls, or the calls of a month. */
static void
drop_events (TbClientTimelineView *self, int month)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->events)); i > 0; i--)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (self->events), i - 1);
      const TbClientEvent *event = tb_item_get (item);
      int year, its_month, day;

      tb_day_to_ymd (event->day, &year, &its_month, &day);
      if (event->kind == TB_CLIENT_EVENT_CALLS ? year * 12 + its_month - 1 == month : month < 0)
        g_list_store_remove (self->events, i - 1);
    }
}

/* What cannot be read is left out and said in its place. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  TbClientTimelineView *self = reading->view;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = tb_reader_run_finish (TB_READER (source), result, &error);

  if (self->reading == reading->cancellable)
    {
      if (events != NULL)
        {
          drop_events (self, reading->month);
          add_events (self, events);
        }
      if (events == NULL || self->n_months == self->wanted_months)
        g_clear_object (&self->reading);
      update_stack (self);
      if (error != NULL)
        gtk_label_set_label (self->nothing, error->message);
      if (self->reading != NULL)
        read_next (self);
    }
  g_object_unref (reading->view);
  g_object_unref (reading->books);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

static void
start (TbClientTimelineView *self, int month, gboolean whole)
{
  Question *question = g_new (Question, 1);
  Reading *reading = g_new (Reading, 1);

  *question = (Question){ g_strdup (self->client), tb_zone_ref (tb_books_get_zone (self->books)), month, whole };
  *reading = (Reading){ g_object_ref (self), g_object_ref (self->books), g_object_ref (self->reading), month };
  tb_reader_run_async (tb_books_get_reader (self->books), self->reading, read_events, question, question_free, (GDestroyNotify) g_ptr_array_unref,
                       read_cb, reading);
}

static void
read_next (TbClientTimelineView *self)
{
  gboolean whole = self->n_months >= MONTHS_BY_DAY;

  self->n_months++;
  start (self, self->month--, whole);
}

static void
stop (TbClientTimelineView *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* ---- the list ---- */

static gboolean
filter_cb (gpointer item, gpointer data)
{
  TbClientTimelineView *self = data;
  const TbClientEvent *event = tb_item_get (item);

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->kinds[event->kind]));
}

static void
kinds_changed_cb (TbClientTimelineView *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static GtkWidget *
make_label (GtkWidget *box, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *amount;

  gtk_widget_add_css_class (row, "timeline-row");
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_widget_set_hexpand (texts, TRUE);
  make_label (texts, NULL, 0);
  make_label (texts, "caption", 0);
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_box_append (GTK_BOX (row), texts);
  amount = make_label (row, "numeric", 1);
  gtk_label_set_ellipsize (GTK_LABEL (amount), PANGO_ELLIPSIZE_NONE);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const TbClientEvent *event = tb_item_get (gtk_list_item_get_item (item));
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *texts = gtk_widget_get_next_sibling (image);
  g_autofree char *title = tb_client_event_dup_title (event);
  g_autofree char *detail = tb_client_event_dup_detail (event);
  g_autofree char *amount = tb_client_event_dup_amount (event);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), tb_client_event_get_icon (event));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (texts)), title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (texts)), detail);
  gtk_widget_set_tooltip_text (gtk_widget_get_last_child (texts), event->kind == TB_CLIENT_EVENT_CHANGE ? detail : NULL);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (texts)), amount);
}

static void
activate_cb (GtkListView *view, guint position, TbClientTimelineView *self)
{
  g_autoptr (TbItem) item = g_list_model_get_item (self->shown, position);
  g_autofree char *name = NULL;
  const char *page;

  if (item != NULL && tb_client_event_find_page (tb_item_get (item), self->client, &page, &name))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", page, name);
}

static GtkWidget *
make_list (TbClientTimelineView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (self->shown))), factory);
  tb_widgets_set_label (view, _ ("Time Line"));
  g_signal_connect (view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_kinds (TbClientTimelineView *self)
{
  static const char *const names[] = { N_ ("Calls"), N_ ("Invoices"), N_ ("Payments"), N_ ("Changes") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (box, "toolbar");
  for (guint i = 0; i < TB_CLIENT_N_EVENTS; i++)
    {
      self->kinds[i] = gtk_toggle_button_new_with_label (_ (names[i]));
      gtk_widget_add_css_class (self->kinds[i], "chip");
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kinds[i]), TRUE);
      g_signal_connect_swapped (self->kinds[i], "toggled", G_CALLBACK (kinds_changed_cb), self);
      gtk_box_append (GTK_BOX (box), self->kinds[i]);
    }
  tb_widgets_name_controls (box);
  return box;
}

/* ---- the object ---- */

static void
tb_client_timeline_view_dispose (GObject *object)
{
  TbClientTimelineView *self = TB_CLIENT_TIMELINE_VIEW (object);

  stop (self);
  g_clear_object (&self->books);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->events);
  g_clear_pointer (&self->client, g_free);

  G_OBJECT_CLASS (tb_client_timeline_view_parent_class)->dispose (object);
}

static void
tb_client_timeline_view_class_init (TbClientTimelineViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_client_timeline_view_dispose;
}

static void
tb_client_timeline_view_init (TbClientTimelineView *self)
{
  GtkWidget *nothing = gtk_label_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->events = g_list_store_new (TB_TYPE_ITEM);
  gtk_box_append (GTK_BOX (self), make_kinds (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->shown = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->events)), g_object_ref (self->filter)));
  self->stack = GTK_STACK (gtk_stack_new ());
  self->nothing = GTK_LABEL (nothing);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_stack_add_named (self->stack, nothing, "nothing");
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
}

GtkWidget *
tb_client_timeline_view_new (void)
{
  return g_object_new (TB_TYPE_CLIENT_TIMELINE_VIEW, NULL);
}

/* Books change each second while calls come in: who looks on sees what is new, and the long past is not read again. */
void
tb_client_timeline_view_show (TbClientTimelineView *self, TbBooks *books, const char *client)
{
  gboolean same = self->books == books && client != NULL && g_strcmp0 (client, self->client) == 0;
  int year, month;

  self->wanted_months = same && self->reading == NULL ? 1 : MONTHS;
  stop (self);
  if (!same)
    g_list_store_remove_all (self->events);
  g_set_object (&self->books, books);
  g_free (self->client);
  self->client = g_strdup (client);
  if (client != NULL)
    {
      tb_books_get_current_month (books, &year, &month);
      self->month = year * 12 + month - 1;
      self->n_months = 0;
      self->reading = g_cancellable_new ();
      start (self, -1, FALSE);
    }
  update_stack (self);
}

gboolean
tb_client_timeline_view_is_idle (TbClientTimelineView *self)
{
  return self->reading == NULL;
}

GListModel *
tb_client_timeline_view_get_list (TbClientTimelineView *self)
{
  return self->shown;
}
