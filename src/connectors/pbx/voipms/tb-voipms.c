/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-voipms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-carrier.h"
#include "tb-error.h"
#include "tb-text.h"

static gboolean
check (TbPbx *pbx, GError **error)
{
  tb_carrier_cut_address (pbx, "/api");
  return TRUE;
}

/* The API takes its password only in the address, which therefore is in no message. Days are whole; calls around them come again. */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  g_autofree char *from = tb_carrier_day (talk->from - 3600); /* where timezone=0 has summer time, its day begins an hour earlier */
  g_autofree char *to = tb_carrier_day (talk->to - 1);

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  return tb_pbx_get (pbx, "/api/v1/rest.php", "api_username", pbx->user, "api_password", pbx->secret, "method", "getCDR", "date_from", from, "date_to", to,
                     "timezone", "0", "answered", "1", "noanswer", "1", "busy", "1", "failed", "1", NULL);
}

/* All that goes wrong comes with HTTP 200 and a word. */
static gboolean
refuse (TbPbx *pbx, const char *status, GError **error)
{
  g_autofree char *shown = tb_text_for_message (status, -1, 60);

  if (g_str_equal (status, "ip_not_enabled"))
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s does not let this computer in. Add its address under Main Menu → SOAP and REST/JSON API."), pbx->host);
  else if (g_str_equal (status, "api_not_enabled"))
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("The API is off. Enable it at %s under Main Menu → SOAP and REST/JSON API."), pbx->host);
  else if (g_str_has_prefix (status, "invalid_credentials") || g_str_has_prefix (status, "missing_credentials"))
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s did not accept the user or the API password, which is not that of its web pages."), pbx->host);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s answered, but says “%s”."), pbx->host, shown);
  return FALSE;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  const char *status = root != NULL ? tb_json_get_text (root, "status") : NULL;

  if (root == NULL)
    return FALSE;
  talk->over = TRUE;
  if (g_strcmp0 (status, "no_cdr") == 0)
    return TRUE;
  if (status != NULL && !g_str_equal (status, "success"))
    return refuse (talk->pbx, status, error);
  return tb_pbx_need_list (talk, root, "cdr", error) != NULL && tb_pbx_give (talk, answer->body, NULL, error);
}

const TbPbxKind tb_voipms_kind = {
  .form = {
    .kind = "voipms",
    .title = N_("VoIP.ms"),
    .url = "https://voip.ms",
    .user = N_("E-mail address of the account"),
    .secret = N_("API password"),
    .hint = N_("Set one at VoIP.ms under Main Menu → SOAP and REST/JSON API, enable the API, and add this computer's address there."),
  },
  .format = "voipms",
  .max_window = 86400, /* long ranges are slow */
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
