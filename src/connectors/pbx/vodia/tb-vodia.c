/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-vodia.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define PAGE_SIZE 500

enum { LOG_IN, LIST_DOMAINS, READ_CALLS };

/* A token that begins so stands for "no session: Basic with every request". */
#define BASIC ""

/* ---- asking ---- */

static SoupMessage *
log_in (TbPbx *pbx)
{
  g_autofree char *value = g_strdup_printf ("%s %s", pbx->user, pbx->secret);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", "auth");
  json_object_set_string_member (object, "value", value);
  return tb_pbx_send_object (pbx, "PUT", "/rest/system/session", object);
}

static SoupMessage *
with_login (TbPbx *pbx, SoupMessage *message)
{
  g_autofree char *cookie = g_strdup_printf ("session=%s", pbx->token);

  if (g_str_equal (pbx->token, BASIC))
    tb_pbx_authorize_basic (message, pbx->user, pbx->secret);
  else
    soup_message_headers_replace (soup_message_get_request_headers (message), "Cookie", cookie);
  return message;
}

static SoupMessage *
ask_calls (TbPbxTalk *talk, const char *domain)
{
  g_autofree char *escaped = tb_pbx_escape (domain);
  g_autofree char *first = tb_pbx_time (talk->from, "%Y%m%d", talk->pbx->zone);
  g_autofree char *last = tb_pbx_time (talk->to - 1, "%Y%m%d", talk->pbx->zone);

  return tb_pbx_request (talk->pbx, "GET", "/rest/domain/%s/cdrs?start=%s&end=%s&page=%u&size=%d", escaped, first, last, talk->page + 1, PAGE_SIZE);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  const char *at = pbx->user != NULL ? strchr (pbx->user, '@') : NULL;

  if (!tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  if (pbx->token == NULL)
    {
      talk->step = LOG_IN;
      return log_in (pbx);
    }
  if (pbx->tenants == NULL && at != NULL)
    tb_pbx_add_tenant (pbx, at + 1, NULL, NULL, NULL);
  talk->step = pbx->tenants == NULL ? LIST_DOMAINS : READ_CALLS;
  if (talk->step == LIST_DOMAINS)
    return with_login (pbx, tb_pbx_request (pbx, "GET", "/rest/system/domains"));
  if (talk->purpose == TB_PBX_TENANTS || tb_pbx_talk_get_tenant (talk) == NULL)
    return NULL;
  return with_login (pbx, ask_calls (talk, tb_pbx_talk_get_tenant (talk)));
}

/* ---- hearing ---- */

/* Domains are a list of names, or of objects that hold one. */
static gboolean
hear_domains (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *name = JSON_NODE_HOLDS_OBJECT (node) ? tb_json_get_text (node, "name") : tb_json_get_text (node, "");

      if (name != NULL && *name != '\0')
        tb_pbx_add_tenant (talk->pbx, name, NULL, NULL, NULL);
    }
  return tb_pbx_end_tenants (talk->pbx, error);
}

static gboolean
hear_calls (TbPbxTalk *talk, const TbHttpAnswer *answer, JsonNode *root, GError **error)
{
  guint n = JSON_NODE_HOLDS_ARRAY (root) ? json_array_get_length (json_node_get_array (root)) : 0;

  if (!tb_pbx_give (talk, answer->body, tb_pbx_talk_get_tenant (talk), error))
    return FALSE;
  talk->page++;
  if (n >= PAGE_SIZE && talk->purpose == TB_PBX_CALLS)
    return TRUE;
  tb_pbx_talk_next_tenant (talk);
  return TRUE;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);

  if (root == NULL)
    return FALSE;
  if (talk->step == LIST_DOMAINS)
    return hear_domains (talk, root, error);
  if (talk->step == READ_CALLS)
    return hear_calls (talk, answer, root, error);
  tb_pbx_set_token (talk->pbx, tb_json_get_text (root, ""));
  if (talk->pbx->token != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s did not accept the user or the password."), talk->pbx->host);
  return FALSE;
}

/* From version 69 on there is no session to be had. */
static gboolean
refused (TbPbxTalk *talk, const TbHttpAnswer *answer)
{
  if (talk->step != LOG_IN || (answer->status != 403 && answer->status != 404 && answer->status != 405))
    return FALSE;
  tb_pbx_set_token (talk->pbx, BASIC);
  return TRUE;
}

const TbPbxKind tb_vodia_kind = {
  .form = {
    .kind = "vodia",
    .title = N_("Vodia PBX"),
    .url = "https://pbx.example.com:8443",
    .user = N_("User"),
    .secret = N_("Password"),
    .hint = N_("The user of an administrator, or admin@domain for one domain; since version 69 the user needs API access."),
  },
  .format = "vodia",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .ask = ask,
  .hear = hear,
  .refused = refused,
};
