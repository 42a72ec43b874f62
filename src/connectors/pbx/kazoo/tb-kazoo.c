/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-kazoo.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define PAGE_SIZE "200"
#define GREGORIAN G_GINT64_CONSTANT (62167219200) /* seconds from year 0 to 1970 */

/* The account of the login, those below it, and of each its calls. */
enum { LOG_IN, OWN_ACCOUNT, SUB_ACCOUNTS, READ_CALLS };

/* talk->data: id of the account of the login, while accounts are being listed. */

/* ---- asking ---- */

/* "user@account name": the user may be an address of mail, so the last @ parts them. */
static SoupMessage *
log_in (TbPbx *pbx)
{
  const char *at = pbx->user != NULL ? strrchr (pbx->user, '@') : NULL;
  g_autofree char *user = at != NULL ? g_strndup (pbx->user, (gsize) (at - pbx->user)) : NULL;
  g_autofree char *pair = g_strdup_printf ("%s:%s", user, pbx->secret);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, pair, -1);
  JsonObject *data = json_object_new (), *object = json_object_new ();

  json_object_set_object_member (object, "data", data);
  if (at == NULL)
    json_object_set_string_member (data, "api_key", pbx->secret);
  else
    {
      json_object_set_string_member (data, "credentials", digest);
      json_object_set_string_member (data, "account_name", at + 1);
      json_object_set_string_member (data, "method", "md5");
    }
  return tb_pbx_send_object (pbx, "PUT", at != NULL ? "/v2/user_auth" : "/v2/api_auth", object);
}

/* The filter is on the end of a call, so a call over the edge of a window is in the next. */
static SoupMessage *
ask_calls (TbPbxTalk *talk)
{
  g_autofree char *id = tb_pbx_escape (tb_pbx_talk_at_tenant (talk)->id);
  g_autofree char *path = g_strdup_printf ("/v2/accounts/%s/cdrs", id);
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, talk->from + GREGORIAN);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, talk->to + GREGORIAN);

  return tb_pbx_get (talk->pbx, path, "created_from", from, "created_to", to, "page_size", PAGE_SIZE, "start_key", talk->cursor, NULL);
}

static SoupMessage *
ask_accounts (TbPbxTalk *talk)
{
  g_autofree char *id = tb_pbx_escape (talk->data);
  g_autofree char *path = g_strdup_printf ("/v2/accounts/%s%s", id, talk->step == SUB_ACCOUNTS ? "/descendants" : "");

  return tb_pbx_get (talk->pbx, path, "page_size", talk->step == SUB_ACCOUNTS ? PAGE_SIZE : NULL, "start_key", talk->cursor, NULL);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  SoupMessage *message;

  if (!tb_pbx_need_secret (pbx, error))
    return NULL;
  if (pbx->token == NULL || (!pbx->has_tenants && talk->data == NULL))
    {
      talk->step = LOG_IN;
      return log_in (pbx);
    }
  if (pbx->has_tenants && (talk->purpose == TB_PBX_TENANTS || tb_pbx_talk_at_tenant (talk) == NULL))
    return NULL;
  talk->step = pbx->has_tenants ? READ_CALLS : pbx->tenants == NULL ? OWN_ACCOUNT : SUB_ACCOUNTS;
  message = talk->step == READ_CALLS ? ask_calls (talk) : ask_accounts (talk);
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Auth-Token", pbx->token);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  return message;
}

/* ---- hearing ---- */

static gboolean
hear_login (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  const char *account = tb_json_get_text (root, "data/account_id");

  tb_pbx_set_token (talk->pbx, tb_json_get_text (root, "auth_token"));
  if (talk->pbx->token == NULL || account == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s did not accept the user or the password."), talk->pbx->host);
      return FALSE;
    }
  if (talk->pbx->has_tenants) /* the token only had to be made anew */
    return TRUE;
  g_clear_pointer (&talk->pbx->tenants, g_ptr_array_unref);
  g_free (talk->data);
  talk->data = g_strdup (account);
  talk->data_free = g_free;
  return TRUE;
}

/* Calls carry the realm, so that is the name. */
static void
add_account (TbPbxTalk *talk, JsonNode *node, const char *id)
{
  const char *name = tb_json_get_text (node, "name"), *realm = tb_json_get_text (node, "realm");
  TbPbxTenant *tenant;

  if (id == NULL)
    return;
  tenant = tb_pbx_add_tenant (talk->pbx, realm != NULL && *realm != '\0' ? realm : name != NULL ? name : id, name, NULL, NULL);
  tenant->id = g_strdup (id);
}

/* A text or a number; FALSE without error = that was the last page. */
static gboolean
move_on (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  const char *text = tb_json_get_text (root, "next_start_key");
  gint64 number = tb_json_get_int (root, "next_start_key", 0);
  g_autofree char *key = text != NULL ? g_strdup (text) : number != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  if (key == NULL || *key == '\0' || !tb_pbx_talk_moves_on (talk, key, error))
    return FALSE;
  tb_pbx_talk_set_cursor (talk, key);
  return TRUE;
}

static gboolean
hear_accounts (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  JsonArray *list = tb_pbx_need_list (talk, root, "data", error);
  GError *repeats = NULL;

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      add_account (talk, json_array_get_element (list, i), tb_json_get_text (json_array_get_element (list, i), "id"));
  if (move_on (talk, root, &repeats))
    return TRUE;
  tb_pbx_talk_set_cursor (talk, NULL);
  if (repeats == NULL)
    return tb_pbx_end_tenants (talk->pbx, error);
  g_propagate_error (error, repeats);
  return FALSE;
}

static gboolean
hear_calls (TbPbxTalk *talk, const TbHttpAnswer *answer, JsonNode *root, GError **error)
{
  GError *repeats = NULL;

  if (tb_pbx_need_list (talk, root, "data", error) == NULL || !tb_pbx_give (talk, answer->body, tb_pbx_talk_get_tenant (talk), error))
    return FALSE;
  if (move_on (talk, root, &repeats))
    return TRUE;
  if (repeats == NULL)
    tb_pbx_talk_next_tenant (talk);
  else
    g_propagate_error (error, repeats);
  return repeats == NULL;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);

  if (root == NULL)
    return FALSE;
  switch (talk->step)
    {
    case LOG_IN:
      return hear_login (talk, root, error);
    case OWN_ACCOUNT:
      add_account (talk, tb_json_at (root, "data"), talk->data);
      return TRUE;
    case SUB_ACCOUNTS:
      return hear_accounts (talk, root, error);
    default:
      return hear_calls (talk, answer, root, error);
    }
}

/* Who may not see accounts below has their own. */
static gboolean
refused (TbPbxTalk *talk, const TbHttpAnswer *answer)
{
  return talk->step == SUB_ACCOUNTS && (answer->status == 403 || answer->status == 404) && tb_pbx_end_tenants (talk->pbx, NULL);
}

static gboolean
check (TbPbx *pbx, GError **error)
{
  const char *at = pbx->user != NULL ? strrchr (pbx->user, '@') : NULL;

  if (pbx->user == NULL || (at != NULL && at != pbx->user && at[1] != '\0'))
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                       _("The user of a Kazoo connection is written user@account name, or left empty for an API key."));
  return FALSE;
}

const TbPbxKind tb_kazoo_kind = {
  .form = {
    .kind = "kazoo",
    .title = N_("2600Hz Kazoo"),
    .url = "https://api.example.com:8443",
    .user = N_("User@account name"),
    .secret = N_("Password or API key"),
    .hint = N_("An administrator of the account, written user@account name, with the password; or no user and the account's API key."),
    .may_lack_user = TRUE,
  },
  .format = "kazoo",
  .max_window = 31 * 86400, /* it takes 2,682,000 s; every account is asked once a window */
  .overlap = 48 * 3600,
  .check = check,
  .ask = ask,
  .hear = hear,
  .refused = refused,
};
