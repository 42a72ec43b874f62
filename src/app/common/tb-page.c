/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-page.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-error.h"

typedef struct
{
  TbBooks *books;
  GtkWidget *tools;
  gboolean stale; /* the books changed while nobody looked */
  guint readings;
  TbReader *aside; /* for what takes long; NULL until it is needed */
  GSimpleActionGroup *group; /* NULL for pages without a table of actions */
  const char *group_name;
  const TbPageAction *actions;
  guint n_actions;
} TbPagePrivate;

typedef struct
{
  TbPage *page;
  TbBooks *books;
  GCancellable *cancellable;
  GDestroyNotify free_result;
  TbPageShow show;
  TbReader *reader;
  TbPageShowAside show_aside; /* instead of `show` */
  gpointer data;
  GDestroyNotify free_data;
} Reading;

enum { PROP_0, PROP_TOOLS, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TbPage, tb_page, ADW_TYPE_BIN)

#define PRIVATE(self) ((TbPagePrivate *) tb_page_get_instance_private (self))

static void
load_if_seen (TbPage *self)
{
  TbPagePrivate *priv = PRIVATE (self);

  if (!priv->stale || priv->books == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  priv->stale = FALSE;
  TB_PAGE_GET_CLASS (self)->load (self);
}

static void
changed_cb (TbBooks *books, TbPage *self)
{
  PRIVATE (self)->stale = TRUE;
  load_if_seen (self);
}

static void
drop_books (TbPage *self)
{
  TbPagePrivate *priv = PRIVATE (self);

  if (priv->books != NULL)
    g_signal_handlers_disconnect_by_data (priv->books, self);
  g_clear_object (&priv->books);
  g_clear_object (&priv->aside);
}

static void
reading_free (Reading *reading)
{
  if (reading->free_data != NULL)
    reading->free_data (reading->data);
  g_object_unref (reading->reader);
  g_object_unref (reading->page);
  g_object_unref (reading->books);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  TbPagePrivate *priv = PRIVATE (reading->page);
  g_autoptr (GError) error = NULL;
  gpointer value = tb_reader_run_finish (reading->reader, result, &error);
  gboolean wanted = !g_cancellable_is_cancelled (reading->cancellable) && priv->books == reading->books;

  priv->readings--;
  if (error != NULL && wanted && !g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    {
      tb_dialogs_show_error (GTK_WIDGET (reading->page), _ ("The Books Could Not Be Read"), error);
      if (reading->show_aside != NULL)
        reading->show_aside (reading->page, NULL, reading->data);
    }
  else if (error == NULL && wanted && reading->show_aside != NULL)
    reading->show_aside (reading->page, value, reading->data);
  else if (error == NULL && wanted)
    reading->show (reading->page, value);
  else if (value != NULL && reading->free_result != NULL)
    reading->free_result (value);
  reading_free (reading);
}

static void
tb_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tb_page_parent_class)->map (widget);

  load_if_seen (TB_PAGE (widget));
}

static void
tb_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, PRIVATE (TB_PAGE (object))->tools);
}

static void
tb_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TbPagePrivate *priv = PRIVATE (TB_PAGE (object));

  g_clear_object (&priv->tools);
  priv->tools = g_value_dup_object (value);
}

static void
tb_page_dispose (GObject *object)
{
  drop_books (TB_PAGE (object));
  g_clear_object (&PRIVATE (TB_PAGE (object))->tools);
  g_clear_object (&PRIVATE (TB_PAGE (object))->group);

  G_OBJECT_CLASS (tb_page_parent_class)->dispose (object);
}

static void
tb_page_class_init (TbPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tb_page_get_property;
  object_class->set_property = tb_page_set_property;
  object_class->dispose = tb_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = tb_page_map;

  properties[PROP_TOOLS] = g_param_spec_object ("tools", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tb_page_init (TbPage *self)
{
}

static void
add_accelerator (GtkWidget *self, const char *accelerator, const char *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (accelerator), gtk_named_action_new (action)));
  gtk_widget_add_controller (self, controller);
}

GSimpleActionGroup *
tb_page_add_actions (TbPage *self, const char *group, const TbPageAction *actions, guint n_actions)
{
  TbPagePrivate *priv = PRIVATE (self);

  g_return_val_if_fail (priv->group == NULL, NULL);

  priv->group = g_simple_action_group_new ();
  priv->group_name = group;
  priv->actions = actions;
  priv->n_actions = n_actions;
  for (guint i = 0; i < n_actions; i++)
    {
      const GActionEntry entry = { .name = actions[i].name, .activate = actions[i].activate, .parameter_type = actions[i].parameter_type };
      g_autofree char *name = g_strdup_printf ("%s.%s", group, actions[i].name);

      g_action_map_add_action_entries (G_ACTION_MAP (priv->group), &entry, 1, self);
      if (actions[i].accelerator != NULL)
        add_accelerator (GTK_WIDGET (self), actions[i].accelerator, name);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), group, G_ACTION_GROUP (priv->group));
  return priv->group;
}

void
tb_page_foreach_action (TbPage *self, TbPageActionFunc func, gpointer data)
{
  TbPagePrivate *priv = PRIVATE (self);

  for (guint i = 0; i < priv->n_actions; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", priv->group_name, priv->actions[i].name);

      if (priv->actions[i].title != NULL && g_action_group_get_action_enabled (G_ACTION_GROUP (priv->group), priv->actions[i].name))
        func (self, &priv->actions[i], name, data);
    }
}

TbPage *
tb_page_get_around (GtkWidget *widget)
{
  return TB_PAGE (gtk_widget_get_ancestor (widget, TB_TYPE_PAGE));
}

void
tb_page_set_books (TbPage *self, TbBooks *books)
{
  TbPagePrivate *priv = PRIVATE (self);

  drop_books (self);
  if (books == NULL)
    return;
  priv->books = g_object_ref (books);
  g_signal_connect (books, "changed", G_CALLBACK (changed_cb), self);
  changed_cb (books, self);
}

TbBooks *
tb_page_get_books (TbPage *self)
{
  return PRIVATE (self)->books;
}

GtkWidget *
tb_page_get_tools (TbPage *self)
{
  return PRIVATE (self)->tools;
}

void
tb_page_load (TbPage *self)
{
  PRIVATE (self)->stale = TRUE;
  load_if_seen (self);
}

void
tb_page_find (TbPage *self)
{
  if (TB_PAGE_GET_CLASS (self)->find != NULL)
    TB_PAGE_GET_CLASS (self)->find (self);
}

void
tb_page_toggle_details (TbPage *self)
{
  if (TB_PAGE_GET_CLASS (self)->toggle_details != NULL)
    TB_PAGE_GET_CLASS (self)->toggle_details (self);
}

void
tb_page_print (TbPage *self)
{
  if (TB_PAGE_GET_CLASS (self)->print != NULL)
    TB_PAGE_GET_CLASS (self)->print (self);
}

void
tb_page_save (TbPage *self)
{
  if (TB_PAGE_GET_CLASS (self)->save != NULL)
    TB_PAGE_GET_CLASS (self)->save (self);
}

void
tb_page_show_item (TbPage *self, const char *item)
{
  if (TB_PAGE_GET_CLASS (self)->show_item != NULL)
    TB_PAGE_GET_CLASS (self)->show_item (self, item);
}

TbUndo *
tb_page_get_undo (TbPage *self)
{
  TbBooks *books = PRIVATE (self)->books;

  if (TB_PAGE_GET_CLASS (self)->get_undo != NULL)
    return TB_PAGE_GET_CLASS (self)->get_undo (self);
  return books != NULL ? tb_books_get_undo (books) : NULL;
}

gboolean
tb_page_is_idle (TbPage *self)
{
  return PRIVATE (self)->readings == 0;
}

static GCancellable *
renew (GCancellable **slot)
{
  if (*slot != NULL)
    g_cancellable_cancel (*slot);
  g_clear_object (slot);
  *slot = g_cancellable_new ();
  return *slot;
}

void
tb_page_read (TbPage *self, GCancellable **slot, TbSessionFunc func, gpointer data, GDestroyNotify free_data,
              GDestroyNotify free_result, TbPageShow show)
{
  TbPagePrivate *priv = PRIVATE (self);
  TbReader *reader = tb_books_get_reader (priv->books);
  Reading *reading = g_new0 (Reading, 1);

  *reading = (Reading){ g_object_ref (self), g_object_ref (priv->books), g_object_ref (renew (slot)), free_result, show, g_object_ref (reader) };
  priv->readings++;
  tb_reader_run_async (reader, *slot, func, data, free_data, free_result, read_cb, reading);
}

void
tb_page_read_aside (TbPage *self, GCancellable **slot, TbSessionFunc func, gpointer func_data, GDestroyNotify free_func_data,
                    GDestroyNotify free_result, TbPageShowAside show, gpointer data, GDestroyNotify free_data)
{
  TbPagePrivate *priv = PRIVATE (self);
  Reading *reading = g_new0 (Reading, 1);

  if (priv->aside == NULL)
    priv->aside = tb_reader_new (tb_books_get_path (priv->books));
  *reading = (Reading){ g_object_ref (self), g_object_ref (priv->books), g_object_ref (renew (slot)), free_result, NULL, g_object_ref (priv->aside), show,
                        data, free_data };
  priv->readings++;
  tb_reader_run_async (priv->aside, *slot, func, func_data, free_func_data, free_result, read_cb, reading);
}
