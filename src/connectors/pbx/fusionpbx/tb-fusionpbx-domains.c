/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx-domains.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

static const char *const ids[] = { "domain_uuid", "extension_uuid", "xml_cdr_uuid" };

TbFusionpbxStep
tb_fusionpbx_step (TbPbxTalk *talk)
{
  if (!talk->pbx->has_tenants)
    return talk->step = TB_FUSIONPBX_DOMAINS;
  while (talk->purpose == TB_PBX_TENANTS && tb_pbx_talk_at_tenant (talk) != NULL && tb_pbx_talk_at_tenant (talk)->extensions != NULL)
    tb_pbx_talk_next_tenant (talk);
  if (tb_pbx_talk_at_tenant (talk) == NULL)
    return talk->step = TB_FUSIONPBX_DONE;
  return talk->step = tb_pbx_talk_at_tenant (talk)->extensions == NULL ? TB_FUSIONPBX_EXTENSIONS : TB_FUSIONPBX_CALLS;
}

/* ---- domains, extensions ---- */

static void
add_domain (TbPbxTalk *talk, JsonNode *node, const char *id)
{
  const char *name = tb_json_get_text (node, "domain_name");
  TbPbxTenant *tenant;

  if (name == NULL || *name == '\0')
    return;
  tenant = tb_pbx_add_tenant (talk->pbx, name, tb_json_get_text (node, "domain_description"), NULL, NULL);
  tenant->id = g_strdup (id);
}

static void
add_extension (TbPbxTalk *talk, JsonNode *node, const char *id)
{
  TbPbxTenant *tenant = tb_pbx_talk_at_tenant (talk);
  const char *extension = tb_json_get_text (node, "extension");

  if (extension != NULL && *extension != '\0')
    g_hash_table_insert (tenant->users, g_strdup (id), g_strdup (extension));
}

static int
by_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
end_extensions (TbPbxTenant *tenant)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GList) extensions = tenant->users != NULL ? g_hash_table_get_values (tenant->users) : NULL;

  for (GList *l = extensions; l != NULL; l = l->next)
    g_ptr_array_add (list, l->data);
  g_ptr_array_sort (list, by_text);
  g_ptr_array_add (list, NULL);
  tenant->extensions = g_strdupv ((char **) list->pdata);
}

/* ---- calls ---- */

/* The extension is put into the record beside its uuid, where the format looks for it. */
static void
name_extension (TbPbxTalk *talk, JsonNode *node)
{
  const TbPbxTenant *tenant = tb_pbx_talk_at_tenant (talk);
  const char *id = tb_json_get_text (node, "extension_uuid");
  const char *extension = tenant->users != NULL && id != NULL ? g_hash_table_lookup (tenant->users, id) : NULL;

  if (extension != NULL && tb_json_at (node, "extension") == NULL)
    json_object_set_string_member (json_node_get_object (node), "extension", extension);
}

/* ---- lists ---- */

static void
take (TbPbxTalk *talk, JsonNode *node, const char *id)
{
  if (talk->step == TB_FUSIONPBX_DOMAINS)
    add_domain (talk, node, id);
  else if (talk->step == TB_FUSIONPBX_EXTENSIONS)
    add_extension (talk, node, id);
  else
    name_extension (talk, node);
}

static gboolean
end_list (TbPbxTalk *talk, GError **error)
{
  talk->page = 0;
  g_clear_pointer (&talk->cursor, g_free);
  if (talk->step == TB_FUSIONPBX_DOMAINS)
    return tb_pbx_end_tenants (talk->pbx, error);
  if (talk->step == TB_FUSIONPBX_EXTENSIONS)
    end_extensions (tb_pbx_talk_at_tenant (talk));
  else
    tb_pbx_talk_next_tenant (talk);
  return TRUE;
}

gboolean
tb_fusionpbx_hear (TbPbxTalk *talk, JsonNode *root, gboolean more, GError **error)
{
  JsonArray *list = tb_pbx_need_list (talk, root, "data", error);
  const char *last = NULL;

  if (list == NULL)
    return FALSE;
  if (talk->step == TB_FUSIONPBX_DOMAINS && talk->page == 0) /* what a talk that broke off has left */
    g_clear_pointer (&talk->pbx->tenants, g_ptr_array_unref);
  if (talk->step == TB_FUSIONPBX_EXTENSIONS && tb_pbx_talk_at_tenant (talk)->users == NULL)
    tb_pbx_talk_at_tenant (talk)->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node) ? tb_json_get_text (node, ids[talk->step]) : NULL;

      if (id != NULL)
        take (talk, node, last = id);
    }
  if (talk->step == TB_FUSIONPBX_CALLS && !tb_pbx_give_json (talk, root, tb_pbx_talk_get_tenant (talk), error))
    return FALSE;
  if (!more || last == NULL)
    return end_list (talk, error);
  talk->page++;
  tb_pbx_talk_set_cursor (talk, last);
  return tb_pbx_talk_moves_on (talk, last, error);
}

gboolean
tb_fusionpbx_refused (TbPbxTalk *talk, const TbHttpAnswer *answer)
{
  return talk->step == TB_FUSIONPBX_EXTENSIONS && (answer->status == 403 || answer->status == 404) && end_list (talk, NULL);
}

char *
tb_fusionpbx_remark (TbPbxTalk *talk)
{
  const GPtrArray *tenants = talk->pbx->tenants;
  const TbPbxTenant *first = tenants != NULL && tenants->len > 0 ? tenants->pdata[0] : NULL;

  return first != NULL && first->users == NULL ? g_strdup (_("It does not show extensions to this key, so calls do not say which they are of.")) : NULL;
}
