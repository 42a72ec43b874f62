/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-looks.h"

#define RECENT_MAX 8

GSettings *
tb_looks_get (void)
{
  static GSettings *settings;
  static gsize looked;

  if (g_once_init_enter (&looked))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, TB_APPLICATION_ID, TRUE) : NULL;

      /* g_settings_new ends the program when the schema is missing; a window of the usual size is better. */
      settings = schema != NULL ? g_settings_new (TB_APPLICATION_ID) : NULL;
      g_once_init_leave (&looked, 1);
    }
  return settings;
}

/* ---- light and dark ---- */

static void
style_cb (GSettings *settings)
{
  g_autofree char *style = g_settings_get_string (settings, "style");
  AdwColorScheme scheme = g_str_equal (style, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                          : g_str_equal (style, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                        : ADW_COLOR_SCHEME_DEFAULT;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

void
tb_looks_follow_style (void)
{
  GSettings *settings = tb_looks_get ();

  if (settings == NULL)
    return;
  g_signal_connect (settings, "changed::style", G_CALLBACK (style_cb), NULL);
  style_cb (settings);
}

gboolean
tb_looks_get_notify (void)
{
  GSettings *settings = tb_looks_get ();

  return settings == NULL || g_settings_get_boolean (settings, "notify");
}

/* ---- recent books ---- */

static char **
get_recent (GSettings *settings)
{
  return settings != NULL ? g_settings_get_strv (settings, "recent-books") : g_new0 (char *, 1);
}

GPtrArray *
tb_looks_list_recent (void)
{
  g_auto (GStrv) paths = get_recent (tb_looks_get ());
  GPtrArray *there = g_ptr_array_new_with_free_func (g_free);

  for (char **path = paths; *path != NULL; path++)
    if (g_file_test (*path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (there, g_strdup (*path));
  return there;
}

void
tb_looks_note_recent (const char *path)
{
  GSettings *settings = tb_looks_get ();
  g_auto (GStrv) paths = get_recent (settings);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (settings == NULL)
    return;
  g_ptr_array_add (kept, (gpointer) path);
  for (char **other = paths; *other != NULL && kept->len < RECENT_MAX; other++)
    if (!g_str_equal (*other, path))
      g_ptr_array_add (kept, *other);
  g_ptr_array_add (kept, NULL);
  g_settings_set_strv (settings, "recent-books", (const char *const *) kept->pdata);
}
