/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx-rest.h"

#include <glib/gi18n-lib.h>

#include "tb-fusionpbx-domains.h"

#define PER_PAGE 200 /* the most it gives */

static const char *const actions[] = { "domain-list", "extension-list", "cdr-search" };

/* Sorted from old to new: pages are cut by number, and what comes in while they are read must not push calls from one page onto the next. */
static void
add_range (TbPbxTalk *talk, JsonObject *object)
{
  g_autofree char *from = tb_pbx_time (talk->from, "%Y-%m-%dT%H:%M:%SZ", NULL);
  g_autofree char *to = tb_pbx_time (talk->to - 1, "%Y-%m-%dT%H:%M:%SZ", NULL);

  json_object_set_string_member (object, "start_date", from);
  json_object_set_string_member (object, "end_date", to);
  json_object_set_string_member (object, "sort", "start_stamp");
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  TbFusionpbxStep step = tb_fusionpbx_step (talk);
  const TbPbxTenant *tenant = tb_pbx_talk_at_tenant (talk);
  JsonObject *object;
  SoupMessage *message;

  if (step == TB_FUSIONPBX_DONE || !tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "action", actions[step]);
  if (tenant != NULL && tenant->id != NULL)
    json_object_set_string_member (object, "domain_uuid", tenant->id);
  if (step == TB_FUSIONPBX_CALLS)
    add_range (talk, object);
  json_object_set_int_member (object, "page", talk->page + 1);
  json_object_set_int_member (object, "per_page", PER_PAGE);
  message = tb_pbx_send_object (pbx, "POST", "/app/rest_api/rest.php", object);
  tb_pbx_authorize_basic (message, pbx->user, pbx->secret);
  return message;
}

static void
count (TbPbxTalk *talk, JsonNode *root)
{
  JsonNode *list = tb_json_at (root, "data");

  if (talk->step == TB_FUSIONPBX_CALLS && list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    talk->given += json_array_get_length (json_node_get_array (list));
}

/* A page in the middle that lacked records is noticed when the last one is there. */
static gboolean
check_total (TbPbxTalk *talk, gint64 total, GError **error)
{
  return talk->step != TB_FUSIONPBX_CALLS || tb_pbx_talk_check_count (talk, total, talk->given, error);
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  gint64 total, taken;

  if (root == NULL)
    return FALSE;
  count (talk, root);
  total = tb_json_get_int (root, "pagination/total", 0);
  taken = (talk->page + 1) * CLAMP (tb_json_get_int (root, "pagination/per_page", PER_PAGE), 1, PER_PAGE);
  return (taken < total || check_total (talk, total, error)) && tb_fusionpbx_hear (talk, root, taken < total, error);
}

const TbPbxKind tb_fusionpbx_rest_kind = {
  .form = {
    .kind = "fusionpbx-rest",
    .title = N_("FusionPBX (REST API of CakeDC)"),
    .url = "https://pbx.example.com",
    .user = N_("Key ID"),
    .secret = N_("Key secret"),
    .hint = N_("Make a key in FusionPBX under Advanced → REST API, with leave for domain-list, extension-list and cdr-search."),
  },
  .format = "fusionpbx-rest",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .ask = ask,
  .hear = hear,
  .refused = tb_fusionpbx_refused,
  .remark = tb_fusionpbx_remark,
};
