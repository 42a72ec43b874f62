/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-record-file.h"

#include <string.h>

#include "tb-json.h"
#include "tb-setup-file-private.h"

/* ---- which record ---- */

static const TbSetupKey *
find_key (const TbSetupNoun *noun, const char *name)
{
  for (guint i = 0; i < noun->n_keys; i++)
    if (g_str_equal (noun->keys[i].name, name))
      return &noun->keys[i];
  return NULL;
}

/* The key by which records of a list are told apart comes first in its table. */
static const char *
name_key (const char *noun)
{
  if (g_str_equal (noun, "company") || g_str_equal (noun, "filters"))
    return NULL;
  return find_key (&tb_setup_noun, noun)->noun->keys[0].name;
}

static char *
to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

static const char *
member_text (JsonNode *record, const char *key)
{
  JsonNode *node = record != NULL && JSON_NODE_HOLDS_OBJECT (record) ? json_object_get_member (json_node_get_object (record), key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

char *
tb_setup_record_get_name (const char *noun, const char *record)
{
  g_autoptr (JsonNode) node = tb_json_parse (record, -1, TB_JSON_OURS, NULL);
  const char *key = name_key (noun);

  return key != NULL ? g_strdup (member_text (node, key)) : NULL;
}

/* ---- writing ---- */

/* Lists with a struct an item are asked for the item alone; 10,000 clients are not written for one. */
static JsonNode *
write_from_list (TbSetupContext *context, const TbSetupKey *key, const TbSetup *setup, const char *name)
{
  GPtrArray *items = G_STRUCT_MEMBER (GPtrArray *, setup, key->offset);
  gsize offset = key->noun->keys[0].offset;

  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (G_STRUCT_MEMBER (char *, items->pdata[i], offset), name) == 0)
      return tb_setup_write_object (context, key->noun, items->pdata[i]);
  return NULL;
}

static JsonNode *
write_currency (TbSetupContext *context, const TbSetupKey *key, const TbSetup *setup, const char *code)
{
  g_autoptr (JsonNode) all = key->kind->write (context, key, setup);
  JsonArray *array = all != NULL ? json_node_get_array (all) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_strcmp0 (member_text (json_array_get_element (array, i), "code"), code) == 0)
      return json_node_copy (json_array_get_element (array, i));
  return NULL;
}

char *
tb_setup_record_write (const TbSetup *setup, const char *noun, const char *name)
{
  const TbSetupKey *key = find_key (&tb_setup_noun, noun);
  g_auto (TbSetupContext) context = { NULL };
  g_autoptr (JsonNode) node = NULL;

  if (!tb_setup_context_init (&context, NULL, setup->company, NULL) && !tb_setup_context_init (&context, NULL, NULL, NULL))
    return NULL;
  if (key->kind == &tb_setup_currencies)
    node = write_currency (&context, key, setup, name);
  else if (name_key (noun) != NULL)
    node = write_from_list (&context, key, setup, name);
  else
    node = key->kind->write (&context, key, (const guint8 *) setup + key->offset);
  return node != NULL ? to_text (node) : NULL;
}

/* ---- reading ---- */

TbSetup *
tb_setup_record_read (const TbCompany *company, const char *noun, const char *record, GError **error)
{
  g_auto (TbSetupContext) context = { NULL };
  g_autoptr (JsonNode) node = tb_json_parse (record, -1, TB_JSON_OURS, error);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = tb_setup_take_object (object);

  if (node == NULL || !tb_setup_context_init (&context, NULL, company, error))
    return NULL;
  json_object_set_int_member (object, "tollbook", 1);
  if (g_str_equal (noun, "company") || g_str_equal (noun, "filters"))
    json_object_set_member (object, noun, g_steal_pointer (&node));
  else
    {
      JsonArray *list = json_array_new ();

      json_array_add_element (list, g_steal_pointer (&node));
      json_object_set_array_member (object, noun, list);
    }
  return tb_setup_read_root (&context, root, error);
}

gboolean
tb_setup_record_split_message (const char *noun, const char *message, char **ret_path, const char **ret_reason)
{
  g_autofree char *item = g_strconcat (noun, name_key (noun) != NULL ? "[0]" : "", NULL);
  const char *path = g_str_has_prefix (message, item) ? message + strlen (item) : NULL;
  gsize length;

  if (path == NULL)
    return FALSE;
  path += *path == '.';
  length = strspn (path, "abcdefghijklmnopqrstuvwxyz0123456789_.[]");
  if (!g_str_has_prefix (path + length, ": "))
    return FALSE;
  *ret_path = g_strndup (path, length);
  *ret_reason = path + length + 2;
  return TRUE;
}

/* ---- what the tables say ---- */

/* The last key of the path and the noun that it stands in; NULL when the path is wrong. */
static const TbSetupKey *
walk (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  const TbSetupNoun *noun = &tb_setup_noun;
  const TbSetupKey *key = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      key = noun != NULL ? find_key (noun, names[i]) : NULL;
      if (key == NULL)
        return NULL;
      noun = key->noun;
    }
  return key;
}

char **
tb_setup_record_list_keys (const char *path)
{
  const TbSetupKey *key = walk (path);
  g_autoptr (GPtrArray) keys = NULL;

  if (key == NULL || key->noun == NULL)
    return NULL;
  keys = g_ptr_array_new ();
  /* Read beside the keys of a price, in the same object. */
  if (key->kind == &tb_setup_inbound)
    g_ptr_array_add (keys, g_strdup ("bill"));
  for (guint i = 0; i < key->noun->n_keys; i++)
    g_ptr_array_add (keys, g_strdup (key->noun->keys[i].name));
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

const char *const *
tb_setup_record_get_words (const char *path)
{
  const TbSetupKey *key = walk (path);

  return key != NULL ? key->words : NULL;
}

char *
tb_setup_record_write_new (const char *path)
{
  const TbSetupKey *key = walk (path);
  g_auto (TbSetupContext) context = { NULL };
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = tb_setup_take_object (object);
  gpointer item;

  if (key == NULL || key->noun == NULL || key->noun->create == NULL || !tb_setup_context_init (&context, NULL, NULL, NULL))
    return NULL;
  item = key->noun->create ();
  for (guint i = 0; i < key->noun->n_keys; i++)
    {
      const TbSetupKey *member = &key->noun->keys[i];
      JsonNode *node = member->kind->write (&context, member, (const guint8 *) item + member->offset);

      if (node != NULL)
        json_object_set_member (object, member->name, node);
    }
  key->noun->free (item);
  return to_text (root);
}
