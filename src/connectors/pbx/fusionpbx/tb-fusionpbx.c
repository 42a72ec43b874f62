/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define PAGE "/app/xml_cdr/xml_cdr_export.php?export_format=csv&show=all"

/* People paste what their browser shows: the address of any page of it will do. */
static gboolean
check (TbPbx *pbx, GError **error)
{
  char *path = strstr (pbx->base, "://") + 3;
  char *app = strstr (path, "/app/"), *core = strstr (path, "/core/");
  char *page = strrchr (path, '/');

  if (app != NULL || core != NULL)
    *(app != NULL ? app : core) = '\0';
  else if (page != NULL && strchr (page, '.') != NULL)
    *page = '\0';
  return TRUE;
}

/* FusionPBX reads parameters from address and body alike ($_REQUEST, app/xml_cdr/xml_cdr_inc.php), so the key goes into the
 * body, where no log of a web server keeps it. The range includes both ends; an epoch of 0 would count as "no range". */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  gboolean by_key = pbx->user == NULL;
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (talk->from, 1));
  g_autofree char *stop = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (talk->to - 1, 1));

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_secret (pbx, error))
    return NULL;
  return tb_pbx_post_form (pbx, PAGE, by_key ? "key" : "username", by_key ? pbx->secret : pbx->user, "password", by_key ? NULL : pbx->secret,
                           "export_format", "csv", "show", "all", "leg", "a", "start_epoch", start, "stop_epoch", stop, NULL);
}

/* No paging: one answer is all. The reader recognises login pages and "access denied"; nothing at all is how FusionPBX answers a user
 * who may export, but not as CSV. */
static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  talk->over = TRUE;
  if (g_bytes_get_size (answer->body) > 0)
    return tb_pbx_give (talk, answer->body, NULL, error);
  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s answered nothing: the user lacks the permission xml_cdr_export_csv."), talk->pbx->host);
  return FALSE;
}

static char *
remark (TbPbxTalk *talk)
{
  return talk->without_tenant > 0 ? g_strdup (_("They are of this key's domain only: it lacks the permission xml_cdr_all.")) : NULL;
}

/* No paging and no limit on the server: a day at once. The importer can stand still, so two days are read again. */
const TbPbxKind tb_fusionpbx_kind = {
  .form = {
    .kind = "fusionpbx",
    .title = N_("FusionPBX"),
    .url = "https://pbx.example.com",
    .user = N_("User"),
    .secret = N_("API key"),
    .hint = N_("Make one in FusionPBX under Accounts → Users → API Key, and enter it here."),
    .may_lack_user = TRUE,
  },
  .format = "fusionpbx",
  .max_window = 86400,
  .overlap = 48 * 3600,
  .check = check,
  .ask = ask,
  .hear = hear,
  .remark = remark,
};
