/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-list-page.h"

#include <string.h>

#include "tb-widgets.h"

typedef struct
{
  GListStore *items;
  GtkFilter *filter;
  GListModel *shown;             /* filtered */
  GtkSelectionModel *selection;  /* the view's */
  char *folded;                  /* what is searched for */
  char *wanted;                  /* key to choose once it is there */
  gboolean taking;

  GtkStack *stack;
  GtkPaned *paned;
  GtkBox *bar;
  GtkWidget *search;
  GtkColumnView *view;
  AdwStatusPage *empty;
} TbListPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TbListPage, tb_list_page, TB_TYPE_PAGE)

#define PRIVATE(self) ((TbListPagePrivate *) tb_list_page_get_instance_private (self))

static gboolean
filter_cb (gpointer item, gpointer data)
{
  TbListPage *self = data;
  TbListPagePrivate *priv = PRIVATE (self);

  if (TB_LIST_PAGE_GET_CLASS (self)->passes != NULL && !TB_LIST_PAGE_GET_CLASS (self)->passes (self, tb_item_get (item)))
    return FALSE;
  return priv->folded == NULL || TB_LIST_PAGE_GET_CLASS (self)->matches (tb_item_get (item), priv->folded);
}

static void
search_cb (TbListPage *self)
{
  TbListPagePrivate *priv = PRIVATE (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (priv->search));

  g_clear_pointer (&priv->folded, g_free);
  if (*text != '\0')
    priv->folded = g_utf8_casefold (text, -1);
  gtk_filter_changed (priv->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
selected_cb (TbListPage *self)
{
  if (!PRIVATE (self)->taking)
    TB_LIST_PAGE_GET_CLASS (self)->show (self, tb_list_page_get_selected (self));
}

static void
activate_cb (TbListPage *self)
{
  if (TB_LIST_PAGE_GET_CLASS (self)->activate != NULL)
    TB_LIST_PAGE_GET_CLASS (self)->activate (self);
}

static void
tb_list_page_find (TbPage *page)
{
  gtk_widget_grab_focus (PRIVATE (TB_LIST_PAGE (page))->search);
}

static void
tb_list_page_show_item (TbPage *page, const char *item)
{
  TbListPage *self = TB_LIST_PAGE (page);

  if (!tb_list_page_select (self, item))
    {
      g_free (PRIVATE (self)->wanted);
      PRIVATE (self)->wanted = g_strdup (item);
    }
}

static void
tb_list_page_dispose (GObject *object)
{
  TbListPagePrivate *priv = PRIVATE (TB_LIST_PAGE (object));

  priv->taking = TRUE;
  g_clear_object (&priv->shown);
  g_clear_object (&priv->items);
  g_clear_object (&priv->filter);
  g_clear_pointer (&priv->folded, g_free);
  g_clear_pointer (&priv->wanted, g_free);

  G_OBJECT_CLASS (tb_list_page_parent_class)->dispose (object);
}

static void
tb_list_page_class_init (TbListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_list_page_dispose;
  TB_PAGE_CLASS (klass)->find = tb_list_page_find;
  TB_PAGE_CLASS (klass)->show_item = tb_list_page_show_item;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/common/tb-list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TbListPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, TbListPage, paned);
  gtk_widget_class_bind_template_child_private (widget_class, TbListPage, bar);
  gtk_widget_class_bind_template_child_private (widget_class, TbListPage, search);
  gtk_widget_class_bind_template_child_private (widget_class, TbListPage, view);
  gtk_widget_class_bind_template_child_private (widget_class, TbListPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
}

static void
tb_list_page_init (TbListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  PRIVATE (self)->items = g_list_store_new (TB_TYPE_ITEM);
}

void
tb_list_page_set_up (TbListPage *self, const char *name, const TbColumn *columns, guint n_columns, GtkWidget *detail, int list_width,
                     const char *icon, const char *title, const char *description)
{
  TbListPagePrivate *priv = PRIVATE (self);
  priv->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  priv->shown = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (priv->items)), g_object_ref (priv->filter)));
  tb_columns_install (priv->view, columns, n_columns, self);
  priv->selection = GTK_SELECTION_MODEL (tb_columns_set_model (priv->view, priv->shown, TRUE));
  g_signal_connect_object (priv->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  tb_widgets_set_label (GTK_WIDGET (priv->view), name);
  g_signal_connect_swapped (priv->view, "activate", G_CALLBACK (activate_cb), self);

  gtk_paned_set_end_child (priv->paned, detail);
  gtk_paned_set_position (priv->paned, list_width);
  adw_status_page_set_icon_name (priv->empty, icon);
  adw_status_page_set_title (priv->empty, title);
  adw_status_page_set_description (priv->empty, description);
}

void
tb_list_page_allow_many (TbListPage *self)
{
  TbListPagePrivate *priv = PRIVATE (self);

  g_signal_handlers_disconnect_by_data (priv->selection, self);
  priv->selection = GTK_SELECTION_MODEL (tb_columns_set_model_many (priv->view, priv->shown, TRUE));
  g_signal_connect_object (priv->selection, "selection-changed", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->selection, "items-changed", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

GPtrArray *
tb_list_page_list_selected (TbListPage *self)
{
  return tb_columns_list_selected (PRIVATE (self)->view);
}

void
tb_list_page_add_tool (TbListPage *self, GtkWidget *tool)
{
  gtk_box_append (PRIVATE (self)->bar, tool);
}

void
tb_list_page_set_empty_action (TbListPage *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_status_page_set_child (PRIVATE (self)->empty, button);
}

void
tb_list_page_filter (TbListPage *self)
{
  gtk_filter_changed (PRIVATE (self)->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* The same ones in the same order: then only rows that changed are made anew, and the chosen one keeps what is shown of it. */
static gboolean
has_same_keys (TbListPage *self, GPtrArray *values)
{
  TbListPageClass *klass = TB_LIST_PAGE_GET_CLASS (self);
  GListModel *items = G_LIST_MODEL (PRIVATE (self)->items);

  if (klass->describe == NULL || g_list_model_get_n_items (items) != values->len)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (klass->get_key (tb_item_get (item)), klass->get_key (values->pdata[i])) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
take_changed (TbListPage *self, GPtrArray *values, GDestroyNotify free_value)
{
  TbListPageClass *klass = TB_LIST_PAGE_GET_CLASS (self);
  GListStore *items = PRIVATE (self)->items;
  g_autofree gpointer *taken = NULL;
  gsize n;

  taken = g_ptr_array_steal (values, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (items), i), fresh = tb_item_new (taken[i], free_value);
      g_autofree char *before = klass->describe (tb_item_get (item)), *after = klass->describe (taken[i]);

      if (!g_str_equal (before, after))
        g_list_store_splice (items, i, 1, (gpointer *) &fresh, 1);
    }
}

void
tb_list_page_take (TbListPage *self, GPtrArray *values, GDestroyNotify free_value)
{
  TbListPagePrivate *priv = PRIVATE (self);
  gpointer chosen = tb_list_page_get_selected (self);
  g_autofree char *key = g_steal_pointer (&priv->wanted);

  if (key == NULL && chosen != NULL)
    key = g_strdup (TB_LIST_PAGE_GET_CLASS (self)->get_key (chosen));

  gtk_stack_set_visible_child_name (priv->stack, values->len > 0 ? "list" : "empty");
  priv->taking = TRUE; /* show what is chosen at the end, not what is chosen on the way */
  if (has_same_keys (self, values))
    take_changed (self, values, free_value);
  else
    tb_items_replace (priv->items, values, free_value);
  if (key == NULL || !tb_list_page_select (self, key))
    gtk_selection_model_select_item (priv->selection, 0, TRUE);
  priv->taking = FALSE;
  selected_cb (self);
}

gpointer
tb_list_page_get_selected (TbListPage *self)
{
  return tb_columns_get_selected (PRIVATE (self)->view);
}

static gboolean
is_meant (TbListPage *self, gconstpointer value, const char *key)
{
  TbListPageClass *klass = TB_LIST_PAGE_GET_CLASS (self);

  return g_strcmp0 (klass->get_key (value), key) == 0 || (klass->is_called != NULL && klass->is_called (value, key));
}

gboolean
tb_list_page_select (TbListPage *self, const char *key)
{
  TbListPagePrivate *priv = PRIVATE (self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (priv->selection)); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (priv->selection), i);

      if (is_meant (self, tb_item_get (item), key))
        {
          gtk_selection_model_select_item (priv->selection, i, TRUE);
          return TRUE;
        }
    }
  return FALSE;
}

GListModel *
tb_list_page_get_list (TbListPage *self)
{
  return G_LIST_MODEL (PRIVATE (self)->selection);
}

gboolean
tb_list_page_text_matches (const char *text, const char *folded)
{
  g_autofree char *mine = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return mine != NULL && strstr (mine, folded) != NULL;
}

GtkWidget *
tb_detail_new (GtkWidget **ret_box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_add_css_class (box, "detail");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_hexpand (scroller, TRUE);
  *ret_box = box;
  return scroller;
}

void
tb_detail_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

void
tb_detail_add_title (GtkWidget *box, const char *title, const char *subtitle)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "title-1");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (texts), label);
  if (subtitle != NULL && *subtitle != '\0')
    {
      GtkWidget *below = gtk_label_new (subtitle);

      gtk_widget_add_css_class (below, "dim-label");
      gtk_label_set_wrap (GTK_LABEL (below), TRUE);
      gtk_label_set_xalign (GTK_LABEL (below), 0);
      gtk_box_append (GTK_BOX (texts), below);
    }
  gtk_box_append (GTK_BOX (box), texts);
}

void
tb_detail_add_text (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

GtkWidget *
tb_detail_add_group (GtkWidget *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  tb_widgets_set_label (list, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (GTK_BOX (box), group);
  return list;
}
