/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "tb-form.h"

static char *
shorten (const TbFormTable *table, const TbFormField *field, JsonNode *value)
{
  JsonArray *array = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  g_autofree char *text = NULL;

  if (field->kind == TB_FORM_RECORDS)
    return g_strdup_printf ("%u", array != NULL ? json_array_get_length (array) : 0);
  text = tb_form_value_describe (table, field, value);
  g_strdelimit (text, "\n", ' ');
  return *text != '\0' ? g_steal_pointer (&text) : g_strdup ("–");
}

/* A list that changed without getting longer or shorter. */
static void
add_line (GPtrArray *lines, const TbFormTable *table, const TbFormField *field, JsonNode *before, JsonNode *after)
{
  g_autofree char *old = shorten (table, field, before), *new = shorten (table, field, after);

  if (g_str_equal (old, new))
    /* Translators: %s is a field of a form */
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s changed"), _ (field->label)));
  else
    /* Translators: a field of a form, what it was and what it became */
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s: %s → %s"), _ (field->label), old, new));
}

static void
compare (GPtrArray *lines, const TbFormTable *table, JsonNode *before, JsonNode *after)
{
  for (guint i = 0; i < table->n_fields; i++)
    {
      const TbFormField *field = &table->fields[i];
      JsonNode *old = tb_form_json_get (before, field->key), *new = tb_form_json_get (after, field->key);

      if (tb_form_json_same (old, new))
        continue;
      if (field->kind == TB_FORM_PART)
        compare (lines, field->table, old, new);
      else
        add_line (lines, table, field, old, new);
    }
}

char **
tb_form_list_changes (const TbFormTable *table, const char *before, const char *after)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (JsonNode) old = tb_form_json_parse (before), new = tb_form_json_parse (after);

  if (JSON_NODE_HOLDS_OBJECT (old) && JSON_NODE_HOLDS_OBJECT (new))
    compare (lines, table, old, new);
  else
    add_line (lines, table, &table->fields[0], old, new);
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
