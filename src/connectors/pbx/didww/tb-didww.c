/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-didww.h"

#include <glib/gi18n-lib.h>

#include "tb-carrier.h"

/* The version that has `from` and `to`; those before export whole months. */
#define VERSION "2026-04-16"

static void
authorize (TbPbx *pbx, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Api-Key", pbx->secret);
  soup_message_headers_replace (headers, "X-DIDWW-API-Version", VERSION);
}

static JsonObject *
order (TbPbxTalk *talk, guint n)
{
  g_autofree char *from = tb_pbx_time (talk->from, "%Y-%m-%d %H:%M:%S", NULL);
  g_autofree char *to = tb_pbx_time (talk->to - 1, "%Y-%m-%d %H:%M:%S", NULL);
  JsonObject *attributes = json_object_new (), *filters = json_object_new ();

  json_object_set_string_member (attributes, "export_type", n == 0 ? "cdr_in" : "cdr_out");
  json_object_set_string_member (filters, "from", from);
  json_object_set_string_member (filters, "to", to);
  json_object_set_object_member (attributes, "filters", filters);
  return attributes;
}

static const TbCarrierExport export = { .path = "/v3/exports", .n = 2, .url = "url", .order = order, .type = "exports", .authorize = authorize };

static gboolean
check (TbPbx *pbx, GError **error)
{
  tb_carrier_cut_address (pbx, "/v3");
  return TRUE;
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  return talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_secret (talk->pbx, error) ? NULL : tb_carrier_export_ask (talk, &export, error);
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  return tb_carrier_export_hear (talk, &export, answer, error);
}

const TbPbxKind tb_didww_kind = {
  .form = {
    .kind = "didww",
    .title = N_("DIDWW"),
    .url = "https://api.didww.com",
    .secret = N_("API key"),
    .hint = N_("Make a key in the DIDWW panel under API → API Keys."),
    .may_lack_user = TRUE,
  },
  .format = "didww",
  .max_window = 31 * 86400, /* an export is slow to make, whatever its size */
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
