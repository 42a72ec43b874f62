/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-netsapiens.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define PAGE_SIZE 1000

/* A key of one domain cannot list domains, but may ask for its own. */
enum { LIST_DOMAINS, OWN_DOMAIN, COUNT, READ };

/* talk->data: how many records there are by the PBX's own count of this domain, taken before they are read. */

/* ---- asking ---- */

static SoupMessage *
ask_records (TbPbxTalk *talk)
{
  g_autofree char *domain = tb_pbx_escape (tb_pbx_talk_get_tenant (talk));
  g_autofree char *path = g_strdup_printf ("/ns-api/v2/domains/%s/cdrs%s", domain, talk->step == COUNT ? "/count" : "");
  g_autofree char *from = tb_pbx_time (talk->from, "%Y-%m-%dT%H:%M:%SZ", NULL);
  g_autofree char *to = tb_pbx_time (talk->to - 1, "%Y-%m-%dT%H:%M:%SZ", NULL);
  g_autofree char *start = g_strdup_printf ("%u", talk->page * PAGE_SIZE);

  if (talk->step == COUNT)
    return tb_pbx_get (talk->pbx, path, "datetime-start", from, "datetime-end", to, NULL);
  return tb_pbx_get (talk->pbx, path, "datetime-start", from, "datetime-end", to, "start", start, "limit", G_STRINGIFY (PAGE_SIZE), NULL);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  SoupMessage *message;

  if (!tb_pbx_need_secret (pbx, error))
    return NULL;
  if (pbx->has_tenants && (talk->purpose == TB_PBX_TENANTS || tb_pbx_talk_at_tenant (talk) == NULL))
    return NULL;
  if (pbx->has_tenants && talk->step != READ)
    talk->step = talk->purpose == TB_PBX_CALLS ? COUNT : READ;
  if (pbx->has_tenants)
    message = ask_records (talk);
  else if (talk->step == OWN_DOMAIN)
    message = tb_pbx_request (pbx, "GET", "/ns-api/v2/domains/~");
  else
    message = tb_pbx_request (pbx, "GET", "/ns-api/v2/domains?start=%u&limit=%d", talk->page * PAGE_SIZE, PAGE_SIZE);
  tb_pbx_authorize_bearer (message, pbx->secret);
  return message;
}

/* ---- hearing ---- */

static void
add_domain (TbPbx *pbx, JsonNode *node)
{
  const char *name = JSON_NODE_HOLDS_OBJECT (node) ? tb_json_get_text (node, "domain") : NULL;

  if (name != NULL && *name != '\0')
    tb_pbx_add_tenant (pbx, name, tb_json_get_text (node, "description"), NULL, NULL);
}

static gboolean
hear_domains (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  TbPbx *pbx = talk->pbx;
  JsonArray *list = NULL;
  guint n;

  if (talk->page == 0) /* what a talk that broke off has left */
    g_clear_pointer (&pbx->tenants, g_ptr_array_unref);
  if (talk->step == OWN_DOMAIN && JSON_NODE_HOLDS_OBJECT (root))
    {
      add_domain (pbx, root);
      return tb_pbx_end_tenants (pbx, error);
    }
  list = tb_pbx_need_list (talk, root, "", error);
  if (list == NULL)
    return FALSE;
  n = json_array_get_length (list);
  for (guint i = 0; i < n; i++)
    add_domain (pbx, json_array_get_element (list, i));
  if (n < PAGE_SIZE)
    {
      talk->page = 0;
      return tb_pbx_end_tenants (pbx, error);
    }
  talk->page++;
  return pbx->tenants == NULL || tb_pbx_talk_moves_on (talk, ((TbPbxTenant *) pbx->tenants->pdata[pbx->tenants->len - 1])->name, error);
}

static void
hear_count (TbPbxTalk *talk, JsonNode *root)
{
  gint64 count = JSON_NODE_HOLDS_OBJECT (root) ? tb_json_get_int (root, "total", tb_json_get_int (root, "count", 0)) : 0;

  talk->data = GUINT_TO_POINTER ((guint) CLAMP (count, 0, G_MAXUINT));
  talk->step = READ;
}

static gboolean
end_domain (TbPbxTalk *talk, GError **error)
{
  if (!tb_pbx_talk_check_count (talk, GPOINTER_TO_UINT (talk->data), talk->seen != NULL ? g_hash_table_size (talk->seen) : 0, error))
    return FALSE;
  talk->data = NULL;
  talk->step = COUNT;
  tb_pbx_talk_next_tenant (talk);
  return TRUE;
}

static gboolean
hear_records (TbPbxTalk *talk, const TbHttpAnswer *answer, JsonNode *root, GError **error)
{
  JsonArray *list = tb_pbx_need_list (talk, root, "", error);
  const guint n = list != NULL ? json_array_get_length (list) : 0;
  const char *id = NULL;
  guint fresh = 0;

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      id = JSON_NODE_HOLDS_OBJECT (node) ? tb_json_get_text (node, "id") : NULL;
      fresh += id != NULL && tb_pbx_talk_saw (talk, id);
    }
  if (fresh == 0 && id != NULL && !tb_pbx_talk_moves_on (talk, id, error))
    return FALSE;
  if (!tb_pbx_give (talk, answer->body, tb_pbx_talk_get_tenant (talk), error))
    return FALSE;
  talk->page++;
  return n >= PAGE_SIZE || end_domain (talk, error);
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);

  if (root == NULL)
    return FALSE;
  if (talk->step == READ)
    return hear_records (talk, answer, root, error);
  if (talk->step != COUNT)
    return hear_domains (talk, root, error);
  hear_count (talk, root);
  return TRUE;
}

static gboolean
refused (TbPbxTalk *talk, const TbHttpAnswer *answer)
{
  if ((answer->status != 403 && answer->status != 404) || (talk->step != LIST_DOMAINS && talk->step != COUNT))
    return FALSE;
  talk->step = talk->step == COUNT ? READ : OWN_DOMAIN;
  return TRUE;
}

const TbPbxKind tb_netsapiens_kind = {
  .form = {
    .kind = "netsapiens",
    .title = N_("NetSapiens"),
    .url = "https://core1.example.com",
    .secret = N_("API key"),
    .hint = N_("Make an API key in the portal under Platform Settings → API Keys; the scope of a reseller shows its domains, that of a manager its own."),
    .may_lack_user = TRUE,
  },
  .format = "netsapiens",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .ask = ask,
  .hear = hear,
  .refused = refused,
};
