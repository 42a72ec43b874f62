/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-deck.h"
#include "tb-setup-file-private.h"

/* One column: its title, or its number from 1 on. In the mapping, titles are told apart by commas and equal signs. */
static gboolean
append_column (TbSetupContext *context, GString *mapping, const char *field, JsonNode *node, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type == G_TYPE_INT64 && json_node_get_int (node) > 0)
    {
      g_string_append_printf (mapping, "%s%s=%" G_GINT64_FORMAT, mapping->len > 0 ? "," : "", field, json_node_get_int (node));
      return TRUE;
    }
  if (type != G_TYPE_STRING)
    return tb_setup_refuse_type (context, node, _("the title of a column in quotes, or its number"), error);
  if (strpbrk (json_node_get_string (node), ",=\n\r") != NULL)
    return tb_setup_refuse (context, error, _("a title with “,” or “=” cannot be named; give the column's number instead"));
  g_string_append_printf (mapping, "%s%s=%s", mapping->len > 0 ? "," : "", field, json_node_get_string (node));
  return TRUE;
}

/* {"prefix": "Code"} → "prefix=Code", in the order of the file. Decks know other fields than calls do. */
static gboolean
columns_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *const *fields = key->words != NULL ? key->words : tb_deck_field_list ();
  g_autoptr (GString) mapping = g_string_new (NULL);
  JsonObjectIter members;
  const char *name;
  JsonNode *member;
  guint n;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return tb_setup_refuse_type (context, node, _("an object of fields and column titles"), error);
  json_object_iter_init_ordered (&members, json_node_get_object (node));
  while (json_object_iter_next_ordered (&members, &name, &member))
    {
      tb_setup_enter (context, name, 0);
      if (!tb_setup_find_word (fields, name, &n, error))
        return tb_setup_refuse_prefixed (context, error);
      if (!append_column (context, mapping, name, member, error))
        return FALSE;
      tb_setup_leave (context);
    }
  g_free (*(char **) place);
  *(char **) place = mapping->len > 0 ? g_strdup (mapping->str) : NULL;
  return TRUE;
}

static JsonNode *
columns_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const char *mapping = *(char *const *) place;
  g_auto (GStrv) pairs = g_strsplit (mapping != NULL ? mapping : "", ",", -1);
  JsonObject *object;

  if (*pairs == NULL)
    return NULL;
  object = json_object_new ();
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      json_object_set_string_member (object, g_strstrip (pairs[i]), g_strstrip (equals + 1));
    }
  return tb_setup_take_object (object);
}

const TbSetupKind tb_setup_columns = { columns_read, columns_write };

/* A tariff's columns are only asked for while its deck is read: what stays are the rates. */
static gboolean
deck_columns_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return columns_read (context, key, node, &context->columns, error);
}

static JsonNode *
write_nothing (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return NULL;
}

const TbSetupKind tb_setup_deck_columns = { deck_columns_read, write_nothing };
