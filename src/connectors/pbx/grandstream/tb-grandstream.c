/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-grandstream.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define PAGE_SIZE "1000" /* the most it gives */

enum { CHALLENGE, LOG_IN, READ_CALLS };
enum { EXPIRED = -6, NOT_ALLOWED = -10 };

/* A token that begins so stands for the old API, which asks for Digest with every request. */
#define DIGEST ""

/* ---- asking ---- */

/* {"request": {"action": …, name: value, …}} */
static SoupMessage *
ask_action (TbPbx *pbx, const char *action, ...)
{
  JsonObject *request = json_object_new (), *object = json_object_new ();
  JsonNode *root = json_node_init (json_node_alloc (), JSON_NODE_OBJECT);
  const char *name;
  va_list pairs;

  json_object_set_string_member (request, "action", action);
  va_start (pairs, action);
  while ((name = va_arg (pairs, const char *)) != NULL)
    json_object_set_string_member (request, name, va_arg (pairs, const char *));
  va_end (pairs);
  json_object_set_object_member (object, "request", request);
  json_node_take_object (root, object);
  return tb_pbx_send_json (pbx, "POST", "/api", root);
}

static SoupMessage *
log_in (TbPbxTalk *talk)
{
  g_autofree char *text = g_strconcat (talk->cursor, talk->pbx->secret, NULL);
  g_autofree char *token = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);

  return ask_action (talk->pbx, "login", "user", talk->pbx->user, "token", token, NULL);
}

/* By the end of calls, or one that lasts over the end of what was asked would be missed. The old API only knows the start, does not answer at all to a
 * name it does not know, and takes an offset. */
static SoupMessage *
ask_calls (TbPbxTalk *talk)
{
  TbPbx *pbx = talk->pbx;
  const gboolean is_old = g_str_equal (pbx->token, DIGEST);
  const char *format = is_old ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%dT%H:%M:%S";
  g_autofree char *offset = g_strdup_printf ("%u", talk->page);
  g_autofree char *from = tb_pbx_time (talk->from, format, is_old ? NULL : pbx->zone);
  g_autofree char *to = tb_pbx_time (is_old ? talk->to : tb_pbx_end_in (talk->to, pbx->zone), format, is_old ? NULL : pbx->zone);

  if (is_old)
    return tb_pbx_get (pbx, "/cdrapi", "format", "json", "numRecords", PAGE_SIZE, "offset", offset, "startTime", from, "endTime", to, NULL);
  return ask_action (pbx, "cdrapi", "cookie", pbx->token, "format", "json", "numRecords", PAGE_SIZE, "offset", offset, "startTime", from, "endTime", to,
                     "timeFilterType", "End", NULL);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;

  if (!tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  if (pbx->token == NULL)
    {
      talk->step = talk->cursor == NULL ? CHALLENGE : LOG_IN;
      return talk->step == LOG_IN ? log_in (talk) : ask_action (pbx, "challenge", "user", pbx->user, "version", "1.0", NULL);
    }
  talk->step = READ_CALLS;
  return talk->purpose != TB_PBX_TENANTS ? ask_calls (talk) : NULL;
}

/* ---- hearing ---- */

static gboolean
refuse (TbPbxTalk *talk, gint64 status, GError **error)
{
  if (status == NOT_ALLOWED)
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s does not allow the user “%s” to read calls. %s"), talk->pbx->host, talk->pbx->user,
                 _(talk->pbx->kind->form.hint));
  else
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s refused the user “%s” with status %d. %s"), talk->pbx->host, talk->pbx->user, (int) status,
                 _(talk->pbx->kind->form.hint));
  return FALSE;
}

static gboolean
hear_login (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  if (talk->step == CHALLENGE)
    {
      tb_pbx_talk_set_cursor (talk, tb_json_get_text (root, "response/challenge"));
      return talk->cursor != NULL || refuse (talk, tb_json_get_int (root, "status", 0), error);
    }
  tb_pbx_talk_set_cursor (talk, NULL); /* a challenge is good for one login */
  tb_pbx_set_token (talk->pbx, tb_json_get_text (root, "response/cookie"));
  return talk->pbx->token != NULL || refuse (talk, tb_json_get_int (root, "status", 0), error);
}

/* Some firmware repeats its last page when there is no other, and may give fewer than were asked for: the end is a page without a new record. */
static gboolean
hear_calls (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  JsonArray *records = tb_pbx_need_list (talk, root, "cdr_root", error);
  guint fresh;

  if (records == NULL)
    return FALSE;
  fresh = tb_pbx_talk_count_new (talk, records, "AcctId"); /* a record of parts is told by all that it says */
  if (fresh > 0 && !tb_pbx_give_json (talk, root, NULL, error))
    return FALSE;
  talk->page += json_array_get_length (records); /* records taken */
  talk->over = fresh == 0;
  return TRUE;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  gint64 status;

  if (root == NULL)
    return FALSE;
  status = tb_json_get_int (root, "status", 0);
  if (talk->step != READ_CALLS)
    return status == 0 ? hear_login (talk, root, error) : refuse (talk, status, error);
  if (status == 0)
    return hear_calls (talk, root, error);
  if (status != EXPIRED || talk->renewed)
    return refuse (talk, status, error);
  talk->renewed = TRUE;
  tb_pbx_set_token (talk->pbx, NULL);
  return TRUE;
}

/* Where there is no /api it is the old one. */
static gboolean
refused (TbPbxTalk *talk, const TbHttpAnswer *answer)
{
  if (talk->step != CHALLENGE || (answer->status != 404 && answer->status != 405 && answer->status != 501))
    return FALSE;
  tb_pbx_set_token (talk->pbx, DIGEST);
  return TRUE;
}

const TbPbxKind tb_grandstream_kind = {
  .form = {
    .kind = "grandstream",
    .title = N_("Grandstream UCM"),
    .url = "https://pbx.example.com:8089",
    .user = N_("User"),
    .secret = N_("Password"),
    .hint = N_("API Configuration → HTTPS API settings: switch it on, allow CDR, and set user and password; port 8089, or 8443 for the old API."),
  },
  .format = "grandstream",
  .max_window = 2 * 86400,
  .http_login = TRUE,
  .ask = ask,
  .hear = hear,
  .refused = refused,
};
