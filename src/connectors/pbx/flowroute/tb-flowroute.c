/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-flowroute.h"

#include <glib/gi18n-lib.h>

#include "tb-carrier.h"

static void
authorize (TbPbx *pbx, SoupMessage *message)
{
  tb_pbx_authorize_basic (message, pbx->user, pbx->secret);
}

static JsonObject *
order (TbPbxTalk *talk, guint n)
{
  g_autofree char *from = tb_pbx_time (talk->from, "%Y-%m-%d %H:%M:%S", NULL);
  g_autofree char *to = tb_pbx_time (talk->to, "%Y-%m-%d %H:%M:%S", NULL);
  JsonObject *attributes = json_object_new (), *filters = json_object_new ();

  json_object_set_string_member (filters, "start_call_start_time", from);
  json_object_set_string_member (filters, "start_call_end_time", to);
  json_object_set_object_member (attributes, "filter_parameters", filters);
  return attributes;
}

static const TbCarrierExport export = {
  .path = "/v2/cdrs/exports", .n = 1, .url = "download_url", .order = order, .type = "cdrexport", .authorize = authorize,
};

static gboolean
check (TbPbx *pbx, GError **error)
{
  tb_carrier_cut_address (pbx, "/v2");
  return TRUE;
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_user (talk->pbx, error) || !tb_pbx_need_secret (talk->pbx, error))
    return NULL;
  return tb_carrier_export_ask (talk, &export, error);
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  return tb_carrier_export_hear (talk, &export, answer, error);
}

const TbPbxKind tb_flowroute_kind = {
  .form = {
    .kind = "flowroute",
    .title = N_("Flowroute"),
    .url = "https://api.flowroute.com",
    .user = N_("Access key"),
    .secret = N_("Secret key"),
    .hint = N_("Both are at Flowroute under Preferences → API Control."),
  },
  .format = "flowroute",
  .max_window = 31 * 86400, /* an export is slow to make, whatever its size */
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
