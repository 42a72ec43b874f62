/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-widgets.h"

#include <string.h>

#include "tb-format.h"

/* What fits beside a title in the narrowest pane. */
#define SUFFIX_CHARS 22
#define SUFFIX_WIDTH 170

static void
choice_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_list_item_set_child (list_item, label);
}

static void
choice_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkStringObject *text = gtk_list_item_get_item (list_item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), gtk_string_object_get_string (text));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  TbFileDropped done = (TbFileDropped) data;
  g_autofree char *path = NULL;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = g_value_get_boxed (value);

      path = files != NULL ? g_file_get_path (files->data) : NULL;
    }
  if (path == NULL)
    return FALSE;

  done (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), path);
  return TRUE;
}

void
tb_widgets_set_label (GtkWidget *widget, const char *label)
{
  GtkWidget *inner = NULL;

  /* What takes the focus in these is a child, and GTK 4.8 does not hand the name on. */
  if (GTK_IS_EDITABLE (widget))
    inner = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget)));
  else if (GTK_IS_DROP_DOWN (widget))
    inner = gtk_widget_get_first_child (widget);
  else if (GTK_IS_COLUMN_VIEW (widget))
    inner = gtk_widget_get_last_child (widget); /* the list below the header */

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (inner != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* "Print (Ctrl+P)" tells the eye which keys do the same; the name is "Print". */
static char *
cut_keys (char *tooltip)
{
  char *bracket = g_str_has_suffix (tooltip, ")") ? strrchr (tooltip, '(') : NULL;

  if (bracket != NULL && bracket > tooltip)
    *bracket = '\0';
  return g_strchomp (tooltip);
}

void
tb_widgets_name_controls (GtkWidget *root)
{
  g_autofree char *name = NULL;

  /* GTK 4.8 reads out the label of a button as it is written, underscore and all, and then what stands on it; of a toggle button neither. */
  if (GTK_IS_TOGGLE_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    name = g_strdup (gtk_button_get_label (GTK_BUTTON (root)));
  else if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);
  else if (GTK_IS_SEARCH_ENTRY (root))
    g_object_get (root, "placeholder-text", &name, NULL);
  else if (GTK_IS_MENU_BUTTON (root) || GTK_IS_DROP_DOWN (root) || (GTK_IS_BUTTON (root) && gtk_button_get_icon_name (GTK_BUTTON (root)) != NULL))
    g_object_get (root, "tooltip-text", &name, NULL);

  if (name != NULL)
    tb_widgets_set_label (root, cut_keys (name));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    tb_widgets_name_controls (child);
}

char *
tb_widgets_dup_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

void
tb_widgets_mark (GtkWidget *entry, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
tb_widgets_let_go_of_focus (GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, parent))
    gtk_root_set_focus (root, NULL);
}

void
tb_widgets_clear (GtkWidget *list_box)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list_box), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list_box), GTK_WIDGET (row));
}

GtkWidget *
tb_widgets_add_row (GtkWidget *list_box, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (GTK_LIST_BOX (list_box), row);
  return row;
}

void
tb_widgets_add_suffix (GtkWidget *row, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  /* A row gives its suffixes no more than they insist on: what is short insists on one line, what is long on some width. */
  if (g_utf8_strlen (text, -1) > SUFFIX_CHARS || strchr (text, '\n') != NULL)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_size_request (label, SUFFIX_WIDTH, -1);
    }
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

GtkWidget *
tb_widgets_add_value (GtkWidget *list_box, const char *title, const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return NULL;
  row = tb_widgets_add_row (list_box, title, NULL);
  gtk_widget_add_css_class (row, "fact");
  tb_widgets_add_suffix (row, value, "dim-label");
  return row;
}

GListModel *
tb_widgets_new_months (const char *any, int year, int month, guint n)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  if (any != NULL)
    gtk_string_list_append (list, any);
  for (guint i = 0; i < n; i++)
    {
      int index = year * 12 + month - 1 - (int) i;

      gtk_string_list_take (list, tb_format_month (index / 12, index % 12 + 1));
    }
  return G_LIST_MODEL (list);
}

void
tb_widgets_set_choices (GtkWidget *drop_down, GListModel *texts)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (choice_bind_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (drop_down), factory);
  gtk_drop_down_set_model (GTK_DROP_DOWN (drop_down), texts);
}

void
tb_widgets_accept_files (GtkWidget *widget, TbFileDropped done)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), (gpointer) done);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
