/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-signalwire.h"

#include <glib/gi18n-lib.h>

#include "tb-carrier.h"

static gboolean
check (TbPbx *pbx, GError **error)
{
  tb_carrier_cut_address (pbx, "/api");
  return TRUE;
}

/* "After" and "before" a day may leave the day itself out, so the days around the window are named. */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  g_autofree char *after = tb_carrier_day (talk->from - 86400);
  g_autofree char *before = tb_carrier_day (talk->to - 1 + 86400);
  SoupMessage *message;

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  message = talk->cursor != NULL ? tb_carrier_next_page (talk, error)
                                 : tb_pbx_get (pbx, "/api/voice/logs", "created_after", after, "created_before", before, "page_size", "50", NULL);
  if (message != NULL)
    tb_pbx_authorize_basic (message, pbx->user, pbx->secret);
  return message;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  return tb_carrier_hear_page (talk, answer, "data", "links/next", error);
}

const TbPbxKind tb_signalwire_kind = {
  .form = {
    .kind = "signalwire",
    .title = N_("SignalWire"),
    .url = "https://example.signalwire.com",
    .user = N_("Project ID"),
    .secret = N_("API token"),
    .hint = N_("The address is that of your space. Make a token there under API with the scope Voice."),
  },
  .format = "signalwire",
  .max_window = 7 * 86400,
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
