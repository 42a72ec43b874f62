/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-column-choice.h"

#include <glib/gi18n.h>

struct _TbColumnChoice
{
  GtkColumnView *view;
  const char *const *ids;
  guint n_shown;
  const char *key;
  GPtrArray *columns; /* of GtkColumnViewColumn, in the order of ids */
  int *widths;        /* as they are without a choice */
  GSettings *settings; /* NULL when the schema is not installed */
};

static GSettings *
settings_new (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, TB_APPLICATION_ID, TRUE) : NULL;

  return schema != NULL && g_settings_schema_has_key (schema, key) ? g_settings_new (TB_APPLICATION_ID) : NULL;
}

static int
find_id (TbColumnChoice *self, const char *id)
{
  for (int i = 0; self->ids[i] != NULL; i++)
    if (g_str_equal (self->ids[i], id))
      return i;
  return -1;
}

static void
show_usual (TbColumnChoice *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      GtkColumnViewColumn *column = self->columns->pdata[i];

      gtk_column_view_insert_column (self->view, i, column);
      gtk_column_view_column_set_fixed_width (column, self->widths[i]);
      gtk_column_view_column_set_visible (column, i < self->n_shown);
    }
}

/* Columns that came with a newer version stay behind those that are remembered. */
static void
restore (TbColumnChoice *self)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *id;
  gint32 width;
  gboolean shown;
  guint position = 0;

  g_settings_get (self->settings, self->key, "a(sib)", &iter);
  while (g_variant_iter_next (iter, "(&sib)", &id, &width, &shown))
    {
      int at = find_id (self, id);

      if (at < 0)
        continue;
      gtk_column_view_insert_column (self->view, position++, self->columns->pdata[at]);
      gtk_column_view_column_set_fixed_width (self->columns->pdata[at], width);
      gtk_column_view_column_set_visible (self->columns->pdata[at], shown);
    }
}

TbColumnChoice *
tb_column_choice_new (GtkColumnView *view, const char *const *ids, guint n_shown, const char *key)
{
  TbColumnChoice *self = g_new0 (TbColumnChoice, 1);
  GListModel *columns = gtk_column_view_get_columns (view);

  *self = (TbColumnChoice){ view, ids, n_shown, key, g_ptr_array_new_with_free_func (g_object_unref), NULL, settings_new (key) };
  self->widths = g_new (int, g_list_model_get_n_items (columns));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      GtkColumnViewColumn *column = g_list_model_get_item (columns, i);

      g_ptr_array_add (self->columns, column);
      self->widths[i] = gtk_column_view_column_get_fixed_width (column);
      gtk_column_view_column_set_visible (column, i < n_shown);
    }
  if (self->settings != NULL)
    restore (self);
  return self;
}

void
tb_column_choice_free (TbColumnChoice *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->columns);
  g_clear_object (&self->settings);
  g_free (self->widths);
  g_free (self);
}

static int
index_of (TbColumnChoice *self, GtkColumnViewColumn *column)
{
  guint at;

  return g_ptr_array_find (self->columns, column, &at) ? (int) at : -1;
}

void
tb_column_choice_save (TbColumnChoice *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GVariantBuilder builder;

  if (self->settings == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sib)"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int at = index_of (self, column);

      if (at >= 0)
        g_variant_builder_add (&builder, "(sib)", self->ids[at], gtk_column_view_column_get_fixed_width (column),
                               gtk_column_view_column_get_visible (column));
    }
  g_settings_set_value (self->settings, self->key, g_variant_builder_end (&builder));
}

/* ---- the menu ---- */

static void
usual_cb (GtkWidget *button, TbColumnChoice *self)
{
  show_usual (self);
  tb_column_choice_save (self);
}

static void
toggled_cb (GtkCheckButton *check, TbColumnChoice *self)
{
  tb_column_choice_save (self);
}

static GtkWidget *
check_new (TbColumnChoice *self, guint i)
{
  GtkWidget *check = gtk_check_button_new_with_label (gtk_column_view_column_get_title (self->columns->pdata[i]));

  g_object_bind_property (self->columns->pdata[i], "visible", check, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->columns->pdata[i], "title", check, "label", G_BINDING_DEFAULT);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  return check;
}

GtkWidget *
tb_column_choice_new_popover (TbColumnChoice *self)
{
  GtkWidget *popover = gtk_popover_new (), *scroll = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *usual = gtk_button_new_with_label (_ ("Usual Columns"));
  GtkWidget *hint = gtk_label_new (_ ("Drag a header to move its column, its edge to size it"));

  for (guint i = 0; i < self->columns->len; i++)
    gtk_box_append (GTK_BOX (box), check_new (self, i));
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 24);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), usual);
  g_signal_connect (usual, "clicked", G_CALLBACK (usual_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroll);
  return popover;
}

GtkColumnViewColumn *const *
tb_column_choice_get_columns (TbColumnChoice *self)
{
  return (GtkColumnViewColumn *const *) self->columns->pdata;
}

const char **
tb_column_choice_list_shown (TbColumnChoice *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column) && index_of (self, column) >= 0)
        g_ptr_array_add (shown, (gpointer) self->ids[index_of (self, column)]);
    }
  g_ptr_array_add (shown, NULL);
  return (const char **) g_ptr_array_free (shown, FALSE);
}
