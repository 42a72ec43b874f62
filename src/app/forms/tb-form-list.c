/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-form-dialog.h"
#include "tb-item.h"
#include "tb-widgets.h"

#define HEIGHT_MAX 260

struct _TbFormList
{
  GtkBox parent_instance;

  const TbFormField *field;
  TbBooks *books;
  GListStore *items; /* of TbItem of JsonNode */
  GtkSingleSelection *selection;
  GtkWidget *help, *stack, *view;
  GSimpleActionGroup *actions;
  TbFormCheck check;
  gpointer check_data;
};

/* A record that is edited in its dialog. */
typedef struct
{
  TbFormList *list;
  TbItem *item; /* NULL = a new one */
} Editing;

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbFormList, tb_form_list, GTK_TYPE_BOX)

static void
free_node (gpointer node)
{
  json_node_unref (node);
}

static guint
get_count (TbFormList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

/* GTK_INVALID_LIST_POSITION when nothing is chosen. */
static guint
get_chosen (TbFormList *self)
{
  return gtk_single_selection_get_selected (self->selection);
}

static void
update (TbFormList *self)
{
  guint at = get_chosen (self), n = get_count (self);
  gboolean some = at < n;
  const struct { const char *name; gboolean enabled; } states[] = {
    { "edit", some }, { "copy", some }, { "remove", some }, { "up", some && at > 0 }, { "down", some && at + 1 < n },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), states[i].name)), states[i].enabled);
  if (n == 0)
    tb_widgets_let_go_of_focus (self->view);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "some" : "none");
}

static void
changed (TbFormList *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
put (TbFormList *self, guint at, gboolean replace, JsonNode *node)
{
  g_autoptr (TbItem) item = tb_item_new (node, free_node);
  gpointer additions[] = { item };

  g_list_store_splice (self->items, at, replace ? 1 : 0, additions, 1);
  gtk_single_selection_set_selected (self->selection, at);
  changed (self);
}

static void
take_out (TbFormList *self, guint at)
{
  g_list_store_remove (self->items, at);
  changed (self);
}

/* ---- editing one ---- */

static void
editing_free (gpointer data)
{
  Editing *editing = data;

  g_object_unref (editing->list);
  g_clear_object (&editing->item);
  g_free (editing);
}

static guint
find_item (const Editing *editing)
{
  guint at;

  return editing->item != NULL && g_list_store_find (editing->list->items, editing->item, &at) ? at : get_count (editing->list);
}

/* Records are replaced, never changed, so that thousands of them need not be copied. */
static JsonNode *
to_array (TbFormList *self)
{
  JsonNode *array = tb_form_json_new_array ();

  for (guint i = 0; i < get_count (self); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      json_array_add_element (json_node_get_array (array), json_node_ref (tb_item_get (item)));
    }
  return array;
}

/* The list as it would be. */
static gboolean
check_item (JsonNode *record, gpointer data, char **ret_path, char **ret_reason)
{
  const Editing *editing = data;
  TbFormList *self = editing->list;
  g_autoptr (JsonNode) all = tb_form_json_new_array ();
  guint at = find_item (editing);
  g_autofree char *prefix = g_strdup_printf ("[%u]", at);
  g_autofree char *path = NULL, *reason = NULL;

  for (guint i = 0; i <= get_count (self); i++)
    {
      g_autoptr (TbItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (i == at)
        json_array_add_element (json_node_get_array (all), tb_form_json_copy (record));
      else if (item != NULL)
        json_array_add_element (json_node_get_array (all), json_node_ref (tb_item_get (item)));
    }
  if (self->check == NULL || self->check (all, self->check_data, &path, &reason) || !g_str_has_prefix (path, prefix))
    return TRUE;
  *ret_path = g_strdup (path + strlen (prefix) + (path[strlen (prefix)] == '.'));
  *ret_reason = g_steal_pointer (&reason);
  return FALSE;
}

static gboolean
done (TbFormDialog *dialog, JsonNode *record, gpointer data)
{
  const Editing *editing = data;
  guint at = find_item (editing);

  put (editing->list, at, at < get_count (editing->list), tb_form_json_copy (record));
  return TRUE;
}

static void
open_dialog (TbFormList *self, TbItem *item, JsonNode *record)
{
  Editing *editing = g_new (Editing, 1);

  *editing = (Editing){ g_object_ref (self), item != NULL ? g_object_ref (item) : NULL };
  tb_form_dialog_run (GTK_WIDGET (self), self->books, self->field->table, _ (self->field->table->title), record, item == NULL, check_item, done,
                      editing, editing_free);
}

/* ---- what the buttons do ---- */

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_dialog (data, NULL, NULL);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbFormList *self = data;
  TbItem *item = gtk_single_selection_get_selected_item (self->selection);

  open_dialog (self, item, tb_item_get (item));
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbFormList *self = data;

  open_dialog (self, NULL, tb_item_get (gtk_single_selection_get_selected_item (self->selection)));
}

static void
undo_removal_cb (AdwToast *toast, TbItem *item)
{
  TbFormList *self = g_object_get_data (G_OBJECT (toast), "tb-list");
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "tb-at"));

  put (self, MIN (at, get_count (self)), FALSE, json_node_ref (tb_item_get (item)));
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbFormList *self = data;
  guint at = get_chosen (self);
  g_autoptr (TbItem) item = g_object_ref (gtk_single_selection_get_selected_item (self->selection));
  g_autofree char *line = tb_form_summarise (self->field->table, tb_item_get (item));
  g_autofree char *text = g_strdup_printf (_ ("Removed: %s"), line);
  AdwToast *toast = tb_form_dialog_toast (GTK_WIDGET (self), text, _ ("_Undo"));

  take_out (self, at);
  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "tb-list", g_object_ref (self), g_object_unref);
  g_object_set_data (G_OBJECT (toast), "tb-at", GUINT_TO_POINTER (at));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_removal_cb), item, 0);
  g_object_set_data_full (G_OBJECT (toast), "tb-item", g_object_ref (item), g_object_unref);
}

static void
move (TbFormList *self, int by)
{
  guint at = get_chosen (self);
  JsonNode *node = json_node_ref (tb_item_get (gtk_single_selection_get_selected_item (self->selection)));

  g_list_store_remove (self->items, at);
  put (self, (guint) ((int) at + by), FALSE, node);
}

static void
up_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move (data, -1);
}

static void
down_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move (data, 1);
}

static const GActionEntry entries[] = {
  { "add", add_cb }, { "edit", edit_cb }, { "copy", copy_cb }, { "remove", remove_cb }, { "up", up_cb }, { "down", down_cb },
};

static const struct { const char *action, *icon, *tooltip, *keys; gboolean ordered; } buttons[] = {
  { "record.up", "go-up-symbolic", N_ ("Move up (Alt+Up)"), "<Alt>Up", TRUE },
  { "record.down", "go-down-symbolic", N_ ("Move down (Alt+Down)"), "<Alt>Down", TRUE },
  { "record.remove", "user-trash-symbolic", N_ ("Remove (Delete)"), "Delete", FALSE },
  { "record.copy", "edit-copy-symbolic", N_ ("Duplicate"), NULL, FALSE },
  { "record.edit", "document-edit-symbolic", N_ ("Edit"), NULL, FALSE },
  { "record.add", "list-add-symbolic", N_ ("Add"), NULL, FALSE },
};

static GtkWidget *
make_buttons (TbFormList *self, GtkEventController *keys)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button;

      if (buttons[i].ordered && !self->field->table->ordered)
        continue;
      button = gtk_button_new_from_icon_name (buttons[i].icon);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, _ (buttons[i].tooltip));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_box_append (GTK_BOX (box), button);
      if (buttons[i].keys != NULL)
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string (buttons[i].keys),
                                                                                                gtk_named_action_new (buttons[i].action)));
    }
  tb_widgets_name_controls (box);
  return box;
}

/* ---- the list ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "form-line");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, TbFormList *self)
{
  g_autofree char *line = tb_form_summarise (self->field->table, tb_item_get (gtk_list_item_get_item (item)));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), *line != '\0' ? line : "–");
}

static void
activate_cb (GtkListView *view, guint position, TbFormList *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "edit", NULL);
}

static GtkWidget *
make_view (TbFormList *self, GtkEventController *keys)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->view, "form-list");
  gtk_widget_add_controller (self->view, keys);
  tb_widgets_set_label (self->view, _ (self->field->label));
  g_signal_connect (self->view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  return scroller;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *label = gtk_label_new (_ ("None"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "form-line");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
build (TbFormList *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_add_css_class (self->stack, "card");
  gtk_widget_set_overflow (self->stack, GTK_OVERFLOW_HIDDEN);
  gtk_stack_add_named (GTK_STACK (self->stack), make_nothing (), "none");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (self->field->label));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), make_buttons (self, keys));
  gtk_stack_add_named (GTK_STACK (self->stack), make_view (self, keys), "some");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->stack);
  self->help = group;
  gtk_box_append (GTK_BOX (self), group);
  tb_form_list_show_problem (self, NULL);
}

/* ---- the object ---- */

static void
tb_form_list_dispose (GObject *object)
{
  TbFormList *self = TB_FORM_LIST (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->books);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (tb_form_list_parent_class)->dispose (object);
}

static gboolean
tb_form_list_grab_focus (GtkWidget *widget)
{
  TbFormList *self = TB_FORM_LIST (widget);

  return get_count (self) > 0 ? gtk_widget_grab_focus (self->view) : gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
tb_form_list_class_init (TbFormListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_form_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = tb_form_list_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_FORM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_form_list_init (TbFormList *self)
{
  self->items = g_list_store_new (TB_TYPE_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "record", G_ACTION_GROUP (self->actions));
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (update), self);
}

TbFormList *
tb_form_list_new (const TbFormField *field, TbBooks *books)
{
  TbFormList *self = g_object_new (TB_TYPE_FORM_LIST, "orientation", GTK_ORIENTATION_VERTICAL, NULL);

  self->field = field;
  self->books = g_object_ref (books);
  build (self);
  update (self);
  return self;
}

void
tb_form_list_set_check (TbFormList *self, TbFormCheck check, gpointer data)
{
  self->check = check;
  self->check_data = data;
}

void
tb_form_list_set (TbFormList *self, JsonNode *records)
{
  JsonArray *array = records != NULL && JSON_NODE_HOLDS_ARRAY (records) ? json_node_get_array (records) : NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (items, tb_item_new (json_node_ref (json_array_get_element (array, i)), free_node));
  g_list_store_remove_all (self->items);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  update (self);
}

JsonNode *
tb_form_list_get (TbFormList *self)
{
  return get_count (self) > 0 ? to_array (self) : NULL;
}

void
tb_form_list_show_problem (TbFormList *self, const char *reason)
{
  const char *help = self->field->help != NULL ? _ (self->field->help) : NULL;
  g_autofree char *markup = reason != NULL || help != NULL ? g_markup_escape_text (reason != NULL ? reason : help, -1) : NULL;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->help), markup);
  if (reason != NULL)
    gtk_widget_add_css_class (self->help, "problem");
  else
    gtk_widget_remove_css_class (self->help, "problem");
}
