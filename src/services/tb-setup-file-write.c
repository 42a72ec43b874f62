/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-file-private.h"
#include "tb-setup-file.h"

JsonNode *
tb_setup_write_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
tb_setup_write_int (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

JsonNode *
tb_setup_take_object (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return node;
}

JsonNode *
tb_setup_take_array (JsonArray *array)
{
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  return node;
}

/* ---- objects and lists ---- */

static void
free_node (gpointer node)
{
  g_clear_pointer ((JsonNode **) &node, json_node_unref);
}

/* What each key of an item says; NULL where it says nothing. */
static GPtrArray *
write_keys (TbSetupContext *self, const TbSetupNoun *noun, gconstpointer item)
{
  GPtrArray *nodes = g_ptr_array_new_full (noun->n_keys, free_node);

  for (guint i = 0; i < noun->n_keys; i++)
    g_ptr_array_add (nodes, noun->keys[i].kind->write (self, &noun->keys[i], (const guint8 *) item + noun->keys[i].offset));
  return nodes;
}

/* What a new item has anyway, which a file need not say; NULL when the noun is a part of another's struct. */
static GPtrArray *
write_defaults (TbSetupContext *self, const TbSetupNoun *noun)
{
  gpointer item = noun->create != NULL ? noun->create () : NULL;
  GPtrArray *nodes = item != NULL ? write_keys (self, noun, item) : NULL;

  if (item != NULL)
    noun->free (item);
  return nodes;
}

static JsonNode *
write_item (TbSetupContext *self, const TbSetupNoun *noun, gconstpointer item, GPtrArray *defaults)
{
  g_autoptr (GPtrArray) nodes = write_keys (self, noun, item);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < noun->n_keys; i++)
    {
      JsonNode *node = nodes->pdata[i], *usual = defaults != NULL ? defaults->pdata[i] : NULL;

      if (node != NULL && (noun->keys[i].required || noun->keys[i].always || usual == NULL || !json_node_equal (node, usual)))
        json_object_set_member (object, noun->keys[i].name, g_steal_pointer (&nodes->pdata[i]));
    }
  return tb_setup_take_object (object);
}

JsonNode *
tb_setup_write_object (TbSetupContext *self, const TbSetupNoun *noun, gconstpointer item)
{
  g_autoptr (GPtrArray) defaults = write_defaults (self, noun);

  return write_item (self, noun, item, defaults);
}

JsonNode *
tb_setup_write_list (TbSetupContext *self, const TbSetupNoun *noun, GPtrArray *items)
{
  g_autoptr (GPtrArray) defaults = write_defaults (self, noun);
  JsonArray *array = json_array_sized_new (items->len);

  for (guint i = 0; i < items->len; i++)
    json_array_add_element (array, write_item (self, noun, items->pdata[i], defaults));
  return tb_setup_take_array (array);
}

/* ---- public ---- */

char *
tb_setup_file_write (const TbSetup *setup)
{
  TbSetupContext context = { NULL };
  const char *zone = setup->company != NULL && setup->company->time_zone != NULL ? setup->company->time_zone : "UTC";
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  context.zone = context.rate_zone = tb_zone_new (zone, NULL);
  if (context.zone == NULL)
    context.zone = context.rate_zone = tb_zone_new_utc ();
  root = tb_setup_write_object (&context, &tb_setup_noun, setup);
  tb_zone_unref (context.zone);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  return text;
}
