/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fspbx.h"

#include <glib/gi18n-lib.h>

#include "tb-fusionpbx-domains.h"

/* The most that each list gives at once. */
#define MANY_CALLS "500"
#define MANY "100"

static SoupMessage *
ask_list (TbPbxTalk *talk, TbFusionpbxStep step)
{
  const TbPbxTenant *tenant = tb_pbx_talk_at_tenant (talk);
  g_autofree char *id = tenant != NULL ? tb_pbx_escape (tenant->id) : NULL;
  g_autofree char *path = step == TB_FUSIONPBX_DOMAINS ? g_strdup ("/api/v1/domains")
                                                       : g_strdup_printf ("/api/v1/domains/%s/%s", id, step == TB_FUSIONPBX_CALLS ? "cdrs" : "extensions");
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, talk->from);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, talk->to - 1); /* both ends are in the range */

  if (step != TB_FUSIONPBX_CALLS)
    return tb_pbx_get (talk->pbx, path, "limit", MANY, "starting_after", talk->cursor, NULL);
  return tb_pbx_get (talk->pbx, path, "date_from", from, "date_to", to, "limit", MANY_CALLS, "starting_after", talk->cursor, NULL);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbFusionpbxStep step = tb_fusionpbx_step (talk);
  SoupMessage *message;

  if (step == TB_FUSIONPBX_DONE || !tb_pbx_need_secret (talk->pbx, error))
    return NULL;
  message = ask_list (talk, step);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json"); /* else Laravel redirects to a login page */
  tb_pbx_authorize_bearer (message, talk->pbx->secret);
  return message;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  JsonNode *more = root != NULL ? tb_json_at (root, "has_more") : NULL;

  return root != NULL
         && tb_fusionpbx_hear (talk, root, more != NULL && json_node_get_value_type (more) == G_TYPE_BOOLEAN && json_node_get_boolean (more), error);
}

const TbPbxKind tb_fspbx_kind = {
  .form = {
    .kind = "fspbx",
    .title = N_("FS PBX"),
    .url = "https://pbx.example.com",
    .secret = N_("API token"),
    .hint = N_("Make one in FS PBX under Users → API Keys; its user needs the permissions xml_cdr_view and extension_view."),
    .may_lack_user = TRUE,
  },
  .format = "fspbx",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .ask = ask,
  .hear = hear,
  .refused = tb_fusionpbx_refused,
  .remark = tb_fusionpbx_remark,
};
