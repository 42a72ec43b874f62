/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-bandwidth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call.h"
#include "tb-carrier.h"
#include "tb-error.h"

#define PAGE_SIZE 1000

static gboolean
check (TbPbx *pbx, GError **error)
{
  tb_carrier_cut_address (pbx, "/api");
  return TRUE;
}

/* A filter by the end would lose a call that begins in one window and ends in the next. So the end is left open, calls are read in the order
 * they began in, and reading stops behind the window. */
static SoupMessage *
list_calls (TbPbxTalk *talk, const char *account)
{
  g_autofree char *from = tb_pbx_time (talk->from, "gte:%Y-%m-%dT%H:%M:%SZ", NULL);
  g_autofree char *to = tb_pbx_time (talk->to + TB_CALL_MAX_SECONDS, "lte:%Y-%m-%dT%H:%M:%SZ", NULL);
  g_autofree char *offset = g_strdup_printf ("%u", talk->page * PAGE_SIZE);

  return tb_pbx_get (talk->pbx, "/api/v1/voice/calls", "accountId", account, "startTime", from, "endTime", to, "sort", "startTime:asc", "offset", offset,
                     "limit", G_STRINGIFY (PAGE_SIZE), NULL);
}

/* "9900000/user" with a password, or "9900000" with a token. */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  const char *slash;
  g_autofree char *account = NULL;
  SoupMessage *message;

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  slash = strchr (pbx->user, '/');
  account = slash != NULL ? g_strndup (pbx->user, (gsize) (slash - pbx->user)) : g_strdup (pbx->user);
  message = list_calls (talk, account);
  if (slash != NULL)
    tb_pbx_authorize_basic (message, slash + 1, pbx->secret);
  else
    tb_pbx_authorize_bearer (message, pbx->secret);
  return message;
}

static gboolean
is_behind (TbPbxTalk *talk, JsonNode *call)
{
  const char *start = JSON_NODE_HOLDS_OBJECT (call) ? tb_json_get_text (call, "startTime") : NULL;
  gint64 time;

  return start != NULL && tb_time_parse (start, -1, NULL, &time, NULL) && time >= talk->to;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  JsonArray *list = root != NULL ? tb_pbx_need_list (talk, root, "data/calls", error) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;
  const char *first;

  if (list == NULL)
    return FALSE;
  talk->page++;
  talk->over = n == 0 || is_behind (talk, json_array_get_element (list, n - 1))
               || (gint64) talk->page * PAGE_SIZE >= tb_json_get_int (root, "data/totalCount", n < PAGE_SIZE ? 0 : G_MAXINT64);
  first = n > 0 && JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, 0)) ? tb_json_get_text (json_array_get_element (list, 0), "callId") : NULL;
  return (first == NULL || tb_pbx_talk_moves_on (talk, first, error)) && tb_pbx_give (talk, answer->body, NULL, error);
}

const TbPbxKind tb_bandwidth_kind = {
  .form = {
    .kind = "bandwidth",
    .title = N_("Bandwidth"),
    .url = "https://insights.bandwidth.com",
    .user = N_("Account ID/user"),
    .secret = N_("Password"),
    .hint = N_("The account's number, a slash and an API user with access to Insights, as 9900000/api-user. With the number alone the secret is a token."),
  },
  .format = "bandwidth",
  .max_window = 7 * 86400,
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
