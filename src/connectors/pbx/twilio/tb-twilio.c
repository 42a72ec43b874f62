/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-twilio.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-carrier.h"
#include "tb-error.h"

#define ROOT "/2010-04-01"
#define ACCOUNTS ROOT "/Accounts/"

/* The account is the user, or stands in the address where the user is an API key. */
static gboolean
check (TbPbx *pbx, GError **error)
{
  char *accounts = strstr (pbx->base, ACCOUNTS);

  if (accounts != NULL && accounts[strlen (ACCOUNTS)] != '\0')
    accounts[strlen (ACCOUNTS) + strcspn (accounts + strlen (ACCOUNTS), "/.")] = '\0';
  else
    tb_carrier_cut_address (pbx, ROOT);
  if (accounts != NULL || pbx->user == NULL || !g_str_has_prefix (pbx->user, "SK"))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("An API key does not say whose calls are meant. Enter the address as %s with the account's SID at its end."),
               "https://api.twilio.com" ACCOUNTS "AC…");
  return FALSE;
}

/* Filters are of whole days in UTC; "StartTime<" reaches to the first moment of its day. */
static SoupMessage *
first_page (TbPbxTalk *talk)
{
  TbPbx *pbx = talk->pbx;
  g_autofree char *from = tb_carrier_day (talk->from);
  g_autofree char *to = tb_carrier_day (talk->to - 1 + 86400);
  g_autofree char *account = pbx->user != NULL ? tb_pbx_escape (pbx->user) : NULL;
  g_autofree char *path = strstr (pbx->base, ACCOUNTS) != NULL ? g_strdup ("/Calls.json") : g_strconcat (ACCOUNTS, account, "/Calls.json", NULL);

  return tb_pbx_get (pbx, path, "StartTime>", from, "StartTime<", to, "PageSize", talk->purpose == TB_PBX_TEST ? "50" : "1000", NULL);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  SoupMessage *message;

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  message = talk->cursor == NULL ? first_page (talk) : tb_carrier_next_page (talk, error);
  if (message != NULL)
    tb_pbx_authorize_basic (message, pbx->user, pbx->secret);
  return message;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  return tb_carrier_hear_page (talk, answer, "calls", "next_page_uri", error);
}

const TbPbxKind tb_twilio_kind = {
  .form = {
    .kind = "twilio",
    .title = N_("Twilio"),
    .url = "https://api.twilio.com",
    .user = N_("Account SID"),
    .secret = N_("Auth token"),
    .hint = N_("Both are on the first page of the Twilio Console. An API key works too, with the account's SID in the address."),
  },
  .format = "twilio",
  .max_window = 7 * 86400,
  .overlap = TB_CARRIER_OVERLAP,
  .check = check,
  .ask = ask,
  .hear = hear,
};
