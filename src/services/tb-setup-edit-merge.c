/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-edit-merge.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "tb-error.h"
#include "tb-json.h"

/* As the books would give it back: what a new record has anyway is left out, so that equal records are equal texts. */
static char *
normalise (const TbCompany *company, const char *noun, const char *record, GError **error)
{
  g_autoptr (TbSetup) part = tb_setup_record_read (company, noun, record, error);
  g_autofree char *name = part != NULL ? tb_setup_record_get_name (noun, record) : NULL;
  char *text = part != NULL ? tb_setup_record_write (part, noun, name) : NULL;

  /* A currency without rates is nothing in the books; tb_setup_edit_run refuses it. */
  return part != NULL && text == NULL ? g_strdup (record) : text;
}

static JsonNode *
member (JsonNode *record, const char *key)
{
  return record != NULL && JSON_NODE_HOLDS_OBJECT (record) ? json_object_get_member (json_node_get_object (record), key) : NULL;
}

static gboolean
same (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static gboolean
merge_key (JsonNode *base, JsonNode *mine, JsonNode *theirs, const char *noun, const char *key, GError **error)
{
  JsonNode *before = member (base, key), *wanted = member (mine, key), *stored = member (theirs, key);

  if (same (before, wanted))
    {
      if (stored != NULL)
        json_object_set_member (json_node_get_object (mine), key, json_node_copy (stored));
      else
        json_object_remove_member (json_node_get_object (mine), key);
      return TRUE;
    }
  if (same (before, stored) || same (wanted, stored))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("%s%s.%s: somebody changed this meanwhile; close without saving and look at it again"), noun,
               g_str_equal (noun, "company") ? "" : "[0]", key);
  return FALSE;
}

static gboolean
merge_objects (JsonNode *base, JsonNode *mine, JsonNode *theirs, const char *noun, GError **error)
{
  g_auto (GStrv) keys = tb_setup_record_list_keys (noun);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!merge_key (base, mine, theirs, noun, keys[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
merge_lists (JsonNode *base, JsonNode *mine, JsonNode *theirs, const char *noun, GError **error)
{
  if (same (base, theirs) || same (mine, theirs))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("%s: somebody changed this meanwhile; close without saving and look at it again"), noun);
  return FALSE;
}

char *
tb_setup_edit_merge (const TbCompany *company, const TbSetupEdit *edit, const char *was, GError **error)
{
  g_autofree char *record = normalise (company, edit->noun, edit->record, error);
  g_autoptr (JsonNode) mine = record != NULL && was != NULL && edit->base != NULL ? tb_json_parse (record, -1, TB_JSON_OURS, error) : NULL;
  g_autoptr (JsonNode) base = mine != NULL ? tb_json_parse (edit->base, -1, TB_JSON_OURS, error) : NULL;
  g_autoptr (JsonNode) theirs = base != NULL ? tb_json_parse (was, -1, TB_JSON_OURS, error) : NULL;
  g_autoptr (JsonGenerator) generator = NULL;

  if (record == NULL || was == NULL || edit->base == NULL)
    return g_steal_pointer (&record);
  if (theirs == NULL
      || !(JSON_NODE_HOLDS_OBJECT (mine) ? merge_objects : merge_lists) (base, mine, theirs, edit->noun, error))
    return NULL;
  generator = json_generator_new ();
  json_generator_set_root (generator, mine);
  return json_generator_to_data (generator, NULL);
}

char *
tb_setup_edit_get_text (const char *record, const char *key)
{
  g_autoptr (JsonNode) root = record != NULL ? tb_json_parse (record, -1, TB_JSON_OURS, NULL) : NULL;

  return root != NULL ? g_strdup (tb_json_get_text (root, key)) : NULL;
}
