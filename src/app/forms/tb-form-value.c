/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "tb-error.h"
#include "tb-form.h"
#include "tb-format.h"

#define SUMMARY_FIELDS 4

const TbFormField *
tb_form_table_find_field (const TbFormTable *table, const char *key)
{
  for (guint i = 0; i < table->n_fields; i++)
    if (g_str_equal (table->fields[i].key, key))
      return &table->fields[i];
  return NULL;
}

/* ---- to text ---- */

static char *
join (JsonNode *value, const char *separator)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "", json_array_get_string_element (array, i));
  return g_string_free (text, FALSE);
}

char *
tb_form_value_to_text (const TbFormField *field, JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_ARRAY (value))
    return join (value, field->kind == TB_FORM_LINES ? "\n" : ", ");
  if (!JSON_NODE_HOLDS_VALUE (value))
    return g_strdup ("");
  if (json_node_get_value_type (value) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "1" : "");
  return json_node_dup_string (value);
}

/* ---- from text ---- */

static JsonNode *
new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
split (const char *text, const char *separators)
{
  g_auto (GStrv) parts = g_strsplit_set (text, separators, -1);
  JsonNode *list = tb_form_json_new_array ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      json_array_add_string_element (json_node_get_array (list), parts[i]);
  return list;
}

static gboolean
parse_int (const char *text, JsonNode **ret)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return FALSE;
  *ret = json_node_init_int (json_node_alloc (), value);
  return TRUE;
}

/* The comma of those who write decimals with one; a text with both is left to the reader, who says what is wrong. */
static JsonNode *
parse_decimal (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  char *comma = strchr (plain, ',');

  if (comma != NULL && strchr (comma + 1, ',') == NULL && strchr (plain, '.') == NULL)
    *comma = '.';
  return new_text (plain);
}

gboolean
tb_form_value_parse (const TbFormField *field, const char *text, JsonNode **ret, GError **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  JsonNode *value = NULL;

  if (*typed == '\0')
    {
      *ret = NULL;
      return TRUE;
    }
  switch (field->kind)
    {
    case TB_FORM_LINES:
      *ret = split (typed, "\n");
      return TRUE;
    case TB_FORM_WORDS:
      *ret = split (typed, ",;\n");
      return TRUE;
    case TB_FORM_DECIMAL:
      *ret = parse_decimal (typed);
      return TRUE;
    case TB_FORM_NUMBER:
      *ret = parse_int (typed, &value) ? value : parse_decimal (typed);
      return TRUE;
    case TB_FORM_INT:
      if (parse_int (typed, &value))
        {
          *ret = value;
          return TRUE;
        }
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("“%s” is not a whole number"), typed);
      return FALSE;
    default:
      *ret = new_text (typed);
      return TRUE;
    }
}

/* ---- for people ---- */

static char *
describe_word (const TbFormTable *table, const TbFormField *field, JsonNode *value)
{
  g_autofree char *path = g_strconcat (table->path, ".", field->key, NULL);
  const char *const *words = tb_setup_record_get_words (path);
  g_autofree char *word = tb_form_value_to_text (field, value);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return g_strdup (_ (field->labels[i]));
  return g_steal_pointer (&word);
}

/* The first few, and how many there are. */
static char *
describe_records (const TbFormTable *table, JsonNode *value)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n && i < 3; i++)
    {
      g_autofree char *line = tb_form_summarise (table, json_array_get_element (array, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (n > 3)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (NULL, "and %u more", "and %u more", n - 3), n - 3);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_part (const TbFormTable *table, JsonNode *value)
{
  g_autofree char *text = tb_form_summarise (table, value);

  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (_ ("Yes"));
}

char *
tb_form_value_describe (const TbFormTable *table, const TbFormField *field, JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  switch (field->kind)
    {
    case TB_FORM_SWITCH:
      return g_strdup (json_node_get_boolean (value) ? _ ("Yes") : _ ("No"));
    case TB_FORM_CHOICE:
      return describe_word (table, field, value);
    case TB_FORM_RECORDS:
      return describe_records (field->table, value);
    case TB_FORM_PART:
    case TB_FORM_OPTIONAL:
      return describe_part (field->table, value);
    default:
      return tb_form_value_to_text (field, value);
    }
}

char *
tb_form_summarise (const TbFormTable *table, JsonNode *record)
{
  g_auto (GStrv) keys = g_strsplit (table->summary != NULL ? table->summary : table->fields[0].key, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; keys[i] != NULL && i < SUMMARY_FIELDS; i++)
    {
      const TbFormField *field = tb_form_table_find_field (table, keys[i]);
      g_autofree char *value = tb_form_value_describe (table, field, tb_form_json_get (record, field->key));

      if (*value != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
    }
  return g_string_free (text, FALSE);
}

char *
tb_form_describe_path (const TbFormTable *table, const char *path)
{
  GString *text = g_string_new (NULL);

  while (*path != '\0' && table != NULL)
    {
      g_autofree char *key = g_strndup (path, strcspn (path, ".["));
      const TbFormField *field = *key != '\0' ? tb_form_table_find_field (table, key) : NULL;

      path += strlen (key);
      if (*key != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", field != NULL ? _ (field->label) : key);
      if (*path == '[')
        {
          g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", (guint) g_ascii_strtoull (path + 1, (char **) &path, 10) + 1);
          path += *path == ']';
        }
      path += *path == '.';
      if (*key != '\0')
        table = field != NULL ? field->table : NULL;
    }
  return g_string_free (text, FALSE);
}
