/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-telnyx.h"

#include <glib/gi18n-lib.h>

#include "tb-carrier.h"

#define PAGE_SIZE "50"

static gboolean
check (TbPbx *pbx, GError **error)
{
  tb_carrier_cut_address (pbx, "/v2");
  return TRUE;
}

/* Records are made when a call ends, so those of a window are the ones that were made in it: a long call comes with the window it ended in.
 * Oldest first, so that what is added meanwhile moves no page. */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  g_autofree char *from = tb_carrier_day (talk->from);
  g_autofree char *before = tb_carrier_day (talk->to - 1 + 86400);
  g_autofree char *page = g_strdup_printf ("%u", talk->page + 1);
  SoupMessage *message;

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_secret (pbx, error))
    return NULL;
  message = tb_pbx_get (pbx, "/v2/detail_records", "filter[record_type]", "sip-trunking", "filter[created_at][gte]", from, "filter[created_at][lt]", before,
                        "page[number]", page, "page[size]", PAGE_SIZE, "sort", "created_at", NULL);
  tb_pbx_authorize_bearer (message, pbx->secret);
  return message;
}

static const char *
mark_of (JsonArray *list)
{
  JsonNode *first = json_array_get_element (list, 0);
  const char *id = JSON_NODE_HOLDS_OBJECT (first) ? tb_json_get_text (first, "id") : NULL;

  return id != NULL ? id : JSON_NODE_HOLDS_OBJECT (first) ? tb_json_get_text (first, "uuid") : NULL;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  JsonArray *list = root != NULL ? tb_pbx_need_list (talk, root, "data", error) : NULL;

  if (list == NULL)
    return FALSE;
  talk->page++;
  talk->over = json_array_get_length (list) == 0 || talk->page >= tb_json_get_int (root, "meta/total_pages", G_MAXINT32);
  if (json_array_get_length (list) > 0 && mark_of (list) != NULL && !tb_pbx_talk_moves_on (talk, mark_of (list), error))
    return FALSE;
  return tb_pbx_give (talk, answer->body, NULL, error);
}

const TbPbxKind tb_telnyx_kind = {
  .form = {
    .kind = "telnyx",
    .title = N_("Telnyx"),
    .url = "https://api.telnyx.com",
    .secret = N_("API key"),
    .hint = N_("Make an API key (version 2) in the Mission Control Portal under API Keys."),
    .may_lack_user = TRUE,
  },
  .format = "telnyx",
  .max_window = 86400,
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
