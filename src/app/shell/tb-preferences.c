/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-preferences.h"

#include <glib/gi18n.h>

#include "tb-looks.h"
#include "tb-widgets.h"

static const struct { const char *name, *title; } styles[] = {
  { "system", N_ ("As the System") }, { "light", N_ ("Light") }, { "dark", N_ ("Dark") },
};

static gboolean
style_to_index (GValue *value, GVariant *variant, gpointer data)
{
  guint index = 0;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i].name, g_variant_get_string (variant, NULL)))
      index = i;
  g_value_set_uint (value, index);
  return TRUE;
}

static GVariant *
style_from_index (const GValue *value, const GVariantType *type, gpointer data)
{
  guint index = g_value_get_uint (value);

  return index < G_N_ELEMENTS (styles) ? g_variant_new_string (styles[index].name) : NULL;
}

static GtkWidget *
make_looks (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new (), *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_string_list_append (names, _ (styles[i].title));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Looks"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Style"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, "style", row, "selected", G_SETTINGS_BIND_DEFAULT, style_to_index, style_from_index, NULL, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static GtkWidget *
add_switch (GtkWidget *group, const char *title, const char *subtitle, GSettings *settings, const char *key)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  tb_widgets_set_label (toggle, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  if (settings != NULL)
    g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

void
tb_preferences_run (GtkWindow *parent)
{
  GSettings *settings = tb_looks_get ();
  GtkWidget *window = adw_preferences_window_new (), *page = adw_preferences_page_new (), *looks = make_looks (settings);
  GtkWidget *telling = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (telling), _ ("Notifications"));
  add_switch (telling, _ ("Tell Me While I Am Elsewhere"), _ ("When long work has ended, and when calls cannot be collected; without names or amounts"),
              settings, "notify");
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (looks));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (telling));
  if (settings == NULL)
    gtk_widget_set_sensitive (page, FALSE);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 420);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  tb_widgets_name_controls (window);
  gtk_window_present (GTK_WINDOW (window));
}
