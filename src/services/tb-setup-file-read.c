/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tb-error.h"
#include "tb-json.h"
#include "tb-setup-file-private.h"
#include "tb-setup-file.h"
#include "tb-setup-store.h"

/* ---- where we are ---- */

void
tb_setup_enter (TbSetupContext *self, const char *key, guint index)
{
  TbSetupStep step = { key, index };

  g_array_append_val (self->path, step);
}

void
tb_setup_leave (TbSetupContext *self)
{
  g_array_set_size (self->path, self->path->len - 1);
}

/* "packages[2].tariff" */
static char *
format_path (const TbSetupContext *self)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; i < self->path->len; i++)
    {
      const TbSetupStep *step = &g_array_index (self->path, TbSetupStep, i);

      if (step->key == NULL)
        g_string_append_printf (path, "[%u]", step->index);
      else
        g_string_append_printf (path, "%s%s", i == 0 ? "" : ".", step->key);
    }
  return g_strdup (path->len > 0 ? path->str : _("set-up file"));
}

gboolean
tb_setup_refuse (TbSetupContext *self, GError **error, const char *format, ...)
{
  g_autofree char *path = format_path (self);
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, "%s: %s", path, message);
  return FALSE;
}

/* A value that does not fit, or a file that is not there, is wrong in this file too. */
gboolean
tb_setup_refuse_prefixed (TbSetupContext *self, GError **error)
{
  g_autofree char *path = format_path (self);

  if (error == NULL || *error == NULL)
    return FALSE;
  g_prefix_error (error, "%s: ", path);
  if (!g_error_matches (*error, TB_ERROR, TB_ERROR_CANCELLED))
    (*error)->code = TB_ERROR_INVALID_INPUT;
  return FALSE;
}

static const char *
describe_type (JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return _("an object in braces");
    case JSON_NODE_ARRAY:
      return _("a list in brackets");
    case JSON_NODE_NULL:
      return _("null");
    case JSON_NODE_VALUE:
    default:
      break;
    }
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return _("a text in quotes");
    case G_TYPE_INT64:
      return _("a whole number");
    case G_TYPE_BOOLEAN:
      return json_node_get_boolean (node) ? _("true") : _("false");
    default:
      return _("a number with a point");
    }
}

gboolean
tb_setup_refuse_type (TbSetupContext *self, JsonNode *node, const char *expected, GError **error)
{
  return tb_setup_refuse (self, error, _("expects %s, not %s"), expected, describe_type (node));
}

/* ---- objects and lists ---- */

static const TbSetupKey *
find_key (const TbSetupNoun *noun, const char *name)
{
  for (guint i = 0; i < noun->n_keys; i++)
    if (g_str_equal (noun->keys[i].name, name))
      return &noun->keys[i];
  return NULL;
}

static gboolean
refuse_unknown_key (TbSetupContext *self, const TbSetupNoun *noun, const char *name, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < noun->n_keys; i++)
    g_string_append_printf (known, "%s%s", i == 0 ? "" : ", ", noun->keys[i].name);
  tb_setup_enter (self, name, 0);
  return tb_setup_refuse (self, error, _("there is no such key; those allowed here are %s"), known->str);
}

static gboolean
check_keys (TbSetupContext *self, const TbSetupNoun *noun, JsonObject *object, GError **error)
{
  JsonObjectIter members;
  const char *name;

  json_object_iter_init (&members, object);
  while (json_object_iter_next (&members, &name, NULL))
    if (find_key (noun, name) == NULL)
      return refuse_unknown_key (self, noun, name, error);
  return TRUE;
}

/* In the order of the table, whatever that of the file: a tariff's zone is known before its rates. Null is "not given". */
gboolean
tb_setup_read_object (TbSetupContext *self, const TbSetupNoun *noun, JsonNode *node, gpointer item, GError **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return tb_setup_refuse_type (self, node, _("an object in braces"), error);
  object = json_node_get_object (node);
  if (!check_keys (self, noun, object, error))
    return FALSE;
  for (guint i = 0; i < noun->n_keys; i++)
    {
      const TbSetupKey *key = &noun->keys[i];
      JsonNode *member = json_object_get_member (object, key->name);
      gboolean given = member != NULL && !JSON_NODE_HOLDS_NULL (member);

      if (!given && !key->required)
        continue;
      tb_setup_enter (self, key->name, 0);
      if (!given)
        return tb_setup_refuse (self, error, _("is missing"));
      if (!key->kind->read (self, key, member, (guint8 *) item + key->offset, error))
        return FALSE;
      tb_setup_leave (self);
    }
  return noun->finish == NULL || noun->finish (self, item, error);
}

gboolean
tb_setup_read_list (TbSetupContext *self, const TbSetupNoun *noun, JsonNode *node, GPtrArray *items, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return tb_setup_refuse_type (self, node, _("a list in brackets"), error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer item = noun->create ();

      g_ptr_array_add (items, item);
      tb_setup_enter (self, NULL, i);
      if (!tb_setup_read_object (self, noun, json_array_get_element (array, i), item, error))
        return FALSE;
      tb_setup_leave (self);
    }
  return TRUE;
}

/* ---- files ---- */

void
tb_setup_context_clear (TbSetupContext *self)
{
  g_clear_pointer (&self->path, g_array_unref);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

gboolean
tb_setup_context_init (TbSetupContext *self, const char *base_dir, const TbCompany *company, GError **error)
{
  const char *zone = company != NULL && company->time_zone != NULL ? company->time_zone : "UTC";

  self->path = g_array_new (FALSE, FALSE, sizeof (TbSetupStep));
  self->base_dir = base_dir;
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->currency = company != NULL ? company->currency : TB_CURRENCY_NONE;
  self->zone = self->rate_zone = tb_zone_new (zone, error);
  return self->zone != NULL;
}

TbSetup *
tb_setup_read_root (TbSetupContext *self, JsonNode *root, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_new ();

  if (!tb_setup_read_object (self, &tb_setup_noun, root, setup, error))
    return NULL;
  setup->no_filters = setup->filters->len == 0 && json_object_has_member (json_node_get_object (root), "filters");
  return g_steal_pointer (&setup);
}

static TbSetup *
parse (TbSetupContext *self, const char *json, gssize len, GError **error)
{
  g_autoptr (JsonNode) root = tb_json_parse (json, len, TB_JSON_OURS, error);

  return root != NULL ? tb_setup_read_root (self, root, error) : NULL;
}

static TbSetup *
read_file (TbSetupContext *self, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  GStatBuf info;
  gsize len;

  if (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a file."), path);
      return NULL;
    }
  if (g_file_get_contents (path, &text, &len, &reason))
    return parse (self, text, (gssize) len, error);

  g_set_error (error, TB_ERROR, g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? TB_ERROR_NOT_FOUND : TB_ERROR_STORAGE,
               _("The set-up file cannot be read: %s"), reason->message);
  return NULL;
}

TbSetup *
tb_setup_file_parse (const char *json, gssize len, const char *base_dir, GError **error)
{
  g_auto (TbSetupContext) context = { NULL };
  g_autoptr (TbSetup) setup = NULL;

  if (tb_setup_context_init (&context, base_dir, NULL, error))
    setup = parse (&context, json, len, error);
  return setup != NULL && tb_setup_validate (setup, error) ? g_steal_pointer (&setup) : NULL;
}

TbSetup *
tb_setup_file_read (const char *path, GError **error)
{
  g_auto (TbSetupContext) context = { NULL };
  g_autofree char *base_dir = g_path_get_dirname (path);
  g_autoptr (TbSetup) setup = NULL;

  if (tb_setup_context_init (&context, base_dir, NULL, error))
    setup = read_file (&context, path, error);
  return setup != NULL && tb_setup_validate (setup, error) ? g_steal_pointer (&setup) : NULL;
}

/* Rows of decks that were not taken are worth a line when they are news: when something of their tariff changes. */
static void
add_notes (GPtrArray *changes, GPtrArray *notes)
{
  guint n = changes->len;

  for (guint i = 0; i < notes->len; i++)
    {
      const char *note = notes->pdata[i];
      gsize owner = (gsize) (strchr (note, ':') + 1 - note);

      for (guint k = 0; k < n; k++)
        if (strncmp (changes->pdata[k], note, owner) == 0)
          {
            g_ptr_array_add (changes, g_strdup (note));
            break;
          }
    }
}

gboolean
tb_setup_file_apply (TbStore *store, const char *path, gboolean dry_run, GPtrArray **ret_changes, TbJob *job, GError **error)
{
  g_auto (TbSetupContext) context = { NULL };
  g_autofree char *base_dir = g_path_get_dirname (path);
  g_autoptr (TbSetup) books = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbSetup) setup = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (books == NULL || !tb_setup_context_init (&context, base_dir, books->company, error))
    return FALSE;
  setup = read_file (&context, path, error);
  if (setup == NULL || !tb_setup_store_apply (store, setup, dry_run, &changes, job, error))
    return FALSE;
  add_notes (changes, context.notes);
  if (ret_changes != NULL)
    *ret_changes = g_steal_pointer (&changes);
  return TRUE;
}
