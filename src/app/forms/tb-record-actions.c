/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-record-actions.h"

#include <glib/gi18n.h>

#include "tb-record-edit.h"
#include "tb-widgets.h"

#define NOUN "tb-record-noun"
#define CHOSEN "tb-record-chosen"
#define GROUP "tb-record-group"

static gboolean
get_chosen (TbListPage *page, const char **ret_noun, const char **ret_name)
{
  return ((TbRecordChosen) g_object_get_data (G_OBJECT (page), CHOSEN)) (page, ret_noun, ret_name);
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  tb_record_add (page, tb_page_get_books (page), g_object_get_data (page, NOUN), NULL);
}

static void
do_with_chosen (TbListPage *page, void (*func) (GtkWidget *widget, TbBooks *books, const char *noun, const char *name))
{
  const char *noun, *name;

  if (get_chosen (page, &noun, &name))
    func (GTK_WIDGET (page), tb_page_get_books (TB_PAGE (page)), noun, name);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  do_with_chosen (page, tb_record_edit);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  do_with_chosen (page, tb_record_copy);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  do_with_chosen (page, tb_record_remove);
}

static const TbPageAction actions[] = {
  { .name = "add", .activate = add_cb, .title = N_ ("Add"), .accelerator = "<Shift><Control>a" },
  { .name = "edit", .activate = edit_cb, .title = N_ ("Edit"), .accelerator = "F2" },
  { .name = "copy", .activate = copy_cb, .title = N_ ("Duplicate"), .accelerator = "<Control>d" },
  { .name = "remove", .activate = remove_cb, .title = N_ ("Remove"), .accelerator = "Delete" },
};

void
tb_record_actions_update (TbListPage *page)
{
  GActionMap *group = g_object_get_data (G_OBJECT (page), GROUP);
  const char *noun, *name = NULL;
  gboolean some = get_chosen (page, &noun, &name);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (group, actions[i].name);

      if (action != NULL && actions[i].activate != add_cb)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), some && (name != NULL || actions[i].activate == edit_cb));
    }
}

/* "add" comes first in the table, so that it can be left out. */
static void
install (TbListPage *page, TbRecordChosen chosen, guint first)
{
  g_object_set_data (G_OBJECT (page), CHOSEN, chosen);
  g_object_set_data (G_OBJECT (page), GROUP, tb_page_add_actions (TB_PAGE (page), "record", actions + first, G_N_ELEMENTS (actions) - first));
  tb_record_actions_update (page);
}

void
tb_record_actions_install_chosen (TbListPage *page, TbRecordChosen chosen)
{
  install (page, chosen, 1);
}

void
tb_record_actions_install (TbListPage *page, const char *noun, TbRecordChosen chosen)
{
  const TbFormTable *table = tb_form_table_find (noun);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* Translators: %s is a kind of record: client, package */
  g_autofree char *label = g_strdup_printf (_ ("Add %s"), _ (table->title));

  g_object_set_data (G_OBJECT (page), NOUN, (gpointer) noun);
  install (page, chosen, 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.add");
  tb_list_page_add_tool (page, button);
  tb_list_page_set_empty_action (page, label, "record.add");
}

void
tb_record_actions_show (GtkWidget *widget, const char *noun, const char *name)
{
  TbPage *page = tb_page_get_around (widget);
  const char *own = page != NULL ? g_object_get_data (G_OBJECT (page), NOUN) : NULL;
  g_autofree char *key = g_strconcat (noun, "/", name, NULL);

  if (page == NULL || g_object_get_data (G_OBJECT (page), CHOSEN) == NULL)
    return;
  /* A page of several nouns tells them apart by their key. */
  if (own == NULL)
    tb_page_show_item (page, key);
  else if (g_str_equal (own, noun))
    tb_page_show_item (page, name);
}

void
tb_record_actions_add_buttons (GtkWidget *detail)
{
  static const struct { const char *action, *icon, *tooltip; } table[] = {
    { "record.edit", "document-edit-symbolic", N_ ("Edit (F2)") },
    { "record.copy", "edit-copy-symbolic", N_ ("Duplicate (Ctrl+D)") },
    { "record.remove", "user-trash-symbolic", N_ ("Remove (Delete)") },
  };
  GtkWidget *title = gtk_widget_get_last_child (detail);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  g_object_ref (title);
  gtk_box_remove (GTK_BOX (detail), title);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (row), title);
  g_object_unref (title);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (table[i].icon);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, _ (table[i].tooltip));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), table[i].action);
      gtk_box_append (GTK_BOX (row), button);
    }
  tb_widgets_name_controls (row);
  gtk_box_append (GTK_BOX (detail), row);
}
