/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form.h"

#include "tb-json.h"

JsonNode *
tb_form_json_get (JsonNode *record, const char *key)
{
  JsonNode *node = record != NULL && JSON_NODE_HOLDS_OBJECT (record) ? json_object_get_member (json_node_get_object (record), key) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

void
tb_form_json_set (JsonNode *record, const char *key, JsonNode *value)
{
  JsonObject *object = json_node_get_object (record);

  if (value != NULL)
    json_object_set_member (object, key, value);
  else if (json_object_has_member (object, key))
    json_object_remove_member (object, key);
}

JsonNode *
tb_form_json_new (void)
{
  g_autoptr (JsonObject) object = json_object_new ();

  return json_node_init_object (json_node_alloc (), object);
}

JsonNode *
tb_form_json_new_array (void)
{
  g_autoptr (JsonArray) array = json_array_new ();

  return json_node_init_array (json_node_alloc (), array);
}

gboolean
tb_form_json_same (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

JsonNode *
tb_form_json_parse (const char *text)
{
  JsonNode *node = text != NULL ? tb_json_parse (text, -1, TB_JSON_OURS, NULL) : NULL;

  return node != NULL ? node : tb_form_json_new ();
}

char *
tb_form_json_to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

/* json_node_copy shares the members of what it copies. */
JsonNode *
tb_form_json_copy (JsonNode *node)
{
  g_autofree char *text = tb_form_json_to_text (node);

  return tb_form_json_parse (text);
}

JsonNode *
tb_form_json_new_record (const char *path)
{
  g_autofree char *text = path != NULL ? tb_setup_record_write_new (path) : NULL;

  return tb_form_json_parse (text);
}
