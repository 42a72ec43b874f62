/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx-ictvoip.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

static gboolean
check (TbPbx *pbx, GError **error)
{
  g_autofree TbIctvoipMapping *mapping = tb_ictvoip_mapping_new (pbx->columns, error);

  return mapping != NULL;
}

/* Whole days of the PBX; both are in the range. */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  g_autofree char *first = tb_pbx_time (talk->from, "%Y-%m-%d", pbx->zone);
  g_autofree char *last = tb_pbx_time (talk->to - 1, "%Y-%m-%d", pbx->zone);

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  return tb_pbx_post_form (pbx, "/app/xml_cdr/export_cdr.php", "username", pbx->user, "password", pbx->secret, "date_start", first, "date_end", last,
                           "format", "JSON", NULL);
}

/* Refusals come with 200, as {"status":"error","message"}. */
static gboolean
check_status (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  static const char *const words[] = { "credential", "password", "denied", "unauthor", "permission", "whitelist", "log in", "login" };
  const char *status = JSON_NODE_HOLDS_OBJECT (root) ? tb_json_get_text (root, "status") : NULL;
  g_autofree char *complaint = NULL;
  g_autofree char *lower = NULL;
  TbError code = TB_ERROR_FAILED;

  if (status == NULL || g_ascii_strcasecmp (status, "error") != 0)
    return TRUE;
  complaint = tb_json_dup_complaint (root);
  lower = g_utf8_strdown (complaint != NULL ? complaint : "", -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      code = TB_ERROR_AUTH;
  g_set_error (error, TB_ERROR, code, _("%s answered, but says “%s”."), talk->pbx->host, complaint != NULL ? complaint : "");
  return FALSE;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  JsonNode *list = NULL;
  gint64 total, n;

  if (root == NULL || !check_status (talk, root, error))
    return FALSE;
  talk->over = TRUE;
  list = tb_ictvoip_find_records (talk->pbx->columns, root);
  n = list != NULL ? json_array_get_length (json_node_get_array (list)) : 0;
  total = JSON_NODE_HOLDS_OBJECT (root) ? tb_json_get_int (root, "total_records", -1) : n;
  if (list == NULL && total != 0)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                 _("%s answered, but its list of calls was not found. Say in the connection's columns where it is, as in records=/data."),
                 talk->pbx->host);
  else if (tb_pbx_talk_check_count (talk, total, n, error))
    return list == NULL || tb_pbx_give (talk, answer->body, NULL, error);
  return FALSE;
}

const TbPbxKind tb_fusionpbx_ictvoip_kind = {
  .form = {
    .kind = "fusionpbx-ictvoip",
    .title = N_("FusionPBX (pages of ictVoIP)"),
    .url = "https://pbx.example.com",
    .user = N_("User"),
    .secret = N_("Password"),
    .hint = N_("The user of the ictVoIP module; this computer's address must be in its chkcon_whitelist.conf."),
  },
  .format = "fusionpbx-ictvoip",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .pause = 6100, /* ten exports a minute */
  .check = check,
  .ask = ask,
  .hear = hear,
};
