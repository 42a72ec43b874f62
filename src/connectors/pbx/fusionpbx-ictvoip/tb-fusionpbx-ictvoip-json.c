/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-fusionpbx-ictvoip.h"
#include "tb-fusionpbx-rows.h"
#include "tb-json.h"
#include "tb-text.h"

/* ---- where things are ---- */

static gboolean
map_pair (TbIctvoipMapping *self, char *pair, GError **error)
{
  char *equals = strchr (g_strstrip (pair), '=');
  g_autofree char *shown = tb_text_for_message (pair, -1, 80);
  int field;

  if (equals == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a mapping like uid=call_id."), shown);
      return FALSE;
    }
  *equals++ = '\0';
  equals += strspn (equals, " /");
  field = tb_call_field_find (g_strchomp (pair));
  if (field >= 0)
    self->paths[field] = equals;
  else if (g_str_equal (pair, "records"))
    self->records = equals;
  else
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                   _("There is no field “%s” to map. Beside the fields of calls there is records, which says where their list is."), pair);
      return FALSE;
    }
  return TRUE;
}

TbIctvoipMapping *
tb_ictvoip_mapping_new (const char *columns, GError **error)
{
  const gsize size = columns != NULL ? strlen (columns) + 1 : 1;
  g_autofree TbIctvoipMapping *self = g_malloc0 (sizeof *self + size);
  char *at = (char *) (self + 1);

  memcpy (at, columns != NULL ? columns : "", size);
  while (*at != '\0')
    {
      char *next = strchrnul (at, ',');

      if (*next != '\0')
        *next++ = '\0';
      if (*at != '\0' && !map_pair (self, at, error))
        return NULL;
      at = next;
    }
  return g_steal_pointer (&self);
}

/* The documentation does not show where, so those places are looked at where such lists usually are. */
JsonNode *
tb_ictvoip_find_records (const char *columns, JsonNode *root)
{
  static const char *const places[] = { "data", "records", "cdrs", "cdr", "calls", "results", "data/records", "data/cdrs", "" };
  g_autofree TbIctvoipMapping *mapping = tb_ictvoip_mapping_new (columns, NULL);
  const char *const *at = mapping != NULL && mapping->records != NULL ? &mapping->records : places;
  const guint n = at == places ? G_N_ELEMENTS (places) : 1;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = tb_json_at (root, at[i]);

      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        return node;
    }
  return NULL;
}

/* ---- the format ---- */

static JsonNode *
find (TbCallSource *source, JsonNode *root)
{
  return tb_ictvoip_find_records (source->mapping, root);
}

/* Only by name: its records look like those of anything. */
static gboolean
guess_record (TbCallRecord *record)
{
  return FALSE;
}

static gboolean
open_mapping (TbCallSource *source, GError **error)
{
  source->state = tb_ictvoip_mapping_new (source->mapping, error);
  return source->state != NULL;
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const TbIctvoipMapping *mapping = source->state;

  return tb_fusionpbx_read_row (record, mapping->paths, call, error);
}

const TbCallFormat tb_fusionpbx_ictvoip_json = {
  .name = "fusionpbx-ictvoip",
  .find = find,
  .open = open_mapping,
  .guess_record = guess_record,
  .read_record = read_record,
};
