/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-freepbx.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* There is no paging that works, so a day comes whole; a day that is not whole is refused. */
#define MAX_CALLS 100000
#define FIELDS "uniqueid calldate timestamp clid src dst dcontext channel dstchannel lastapp lastdata duration billsec disposition " \
               "accountcode userfield did linkedid peeraccount sequence"
#define QUERY "query{fetchAllCdrs(first:%d,startDate:\"%s\",endDate:\"%s\",orderby:date){status message totalCount cdrs{" FIELDS "}}}"

enum { LOG_IN, READ_DAY };

/* ---- asking ---- */

static SoupMessage *
ask_day (TbPbxTalk *talk, TbDay day)
{
  g_autofree char *date = tb_day_format (day);
  g_autofree char *query = g_strdup_printf (QUERY, MAX_CALLS, date, date);
  JsonObject *object = json_object_new ();
  SoupMessage *message;

  json_object_set_string_member (object, "query", query);
  message = tb_pbx_send_object (talk->pbx, "POST", "/admin/api/api/gql", object);
  tb_pbx_authorize_bearer (message, talk->pbx->token);
  return message;
}

/* Days are the PBX's own, so a window of a day can touch two. */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  TbDay day = tb_zone_day_at (pbx->zone, talk->from) + (TbDay) talk->page;

  if (talk->purpose == TB_PBX_TENANTS || day > tb_zone_day_at (pbx->zone, talk->to - 1))
    return NULL;
  if (!tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  talk->step = pbx->token != NULL ? READ_DAY : LOG_IN;
  if (talk->step == READ_DAY)
    return ask_day (talk, day);
  return tb_pbx_post_form (pbx, "/admin/api/api/token", "grant_type", "client_credentials", "client_id", pbx->user, "client_secret", pbx->secret, "scope",
                           "gql", NULL);
}

/* ---- hearing ---- */

static gboolean
hear_token (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  tb_pbx_set_token (talk->pbx, tb_json_get_text (root, "access_token"));
  if (talk->pbx->token != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s gave no token to this client ID and secret."), talk->pbx->host);
  return FALSE;
}

/* What is wrong with a query can come with 200: without the scope there is no such field. */
static gboolean
check_errors (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  JsonNode *answer = tb_json_at (root, "data/fetchAllCdrs"), *list = tb_json_at (root, "data/fetchAllCdrs/cdrs");
  g_autofree char *complaint = tb_json_dup_complaint (root);

  if (complaint == NULL && answer != NULL && (list == NULL || !JSON_NODE_HOLDS_ARRAY (list)))
    complaint = tb_json_dup_complaint (answer);
  if (complaint == NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, strstr (complaint, "Cannot query field") == NULL
               ? _("%s answered, but says “%s”.")
               : _("%s answered, but says “%s”. The client needs the scope gql:cdr:read, and the PBX its module cdr."), talk->pbx->host, complaint);
  return FALSE;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  JsonArray *list;

  if (root == NULL)
    return FALSE;
  if (talk->step == LOG_IN)
    return hear_token (talk, root, error);
  if (!check_errors (talk, root, error))
    return FALSE;
  list = tb_pbx_need_list (talk, root, "data/fetchAllCdrs/cdrs", error);
  if (list == NULL)
    return FALSE;
  if (json_array_get_length (list) >= MAX_CALLS)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED,
                   _("%s has %d calls or more on one day, which its API cannot give whole. Read its database instead."), talk->pbx->host, MAX_CALLS);
      return FALSE;
    }
  talk->page++;
  return tb_pbx_give (talk, answer->body, NULL, error);
}

const TbPbxKind tb_freepbx_kind = {
  .form = {
    .kind = "freepbx",
    .title = N_("FreePBX"),
    .url = "https://pbx.example.com",
    .user = N_("Client ID"),
    .secret = N_("Client secret"),
    .hint = N_("Add a machine-to-machine application in FreePBX under Admin → API, with the scope gql."),
  },
  .format = "freepbx",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .ask = ask,
  .hear = hear,
};
