/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-clock.h"
#include "tb-error.h"
#include "tb-fusionpbx-page.h"

#define PAGE "/app/xml_cdr/xml_cdr_export.php?export_format=csv&show=all"
#define AHEAD (12 * 3600) /* seconds */

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

/* How far a talk is. An answer can end early and look whole, so it is asked whether there is anything older than its last call. If there
 * is, the rest is asked for, from that call's second on; the export gives the newest first. */
typedef struct
{
  gint64 to;         /* calls from here on are there */
  gint64 oldest;     /* of those that came; 0 = none came yet */
  GBytes *body;      /* in which they came */
  gboolean checking; /* nothing older should come */
  gboolean probing;  /* how does it say that there are no calls? */
  gboolean probed;
} Part;

static void
part_free (gpointer data)
{
  g_clear_pointer (&((Part *) data)->body, g_bytes_unref);
  g_free (data);
}

static Part *
part_of (TbPbxTalk *talk)
{
  Part *part = talk->data;

  if (part != NULL)
    return part;
  part = talk->data = g_new0 (Part, 1);
  talk->data_free = part_free;
  part->to = talk->to;
  /* The clock of a PBX may be hours ahead. */
  if (talk->purpose == TB_PBX_CALLS && talk->to > tb_clock_now () - 3600)
    part->to += AHEAD;
  return part;
}

/* FusionPBX reads parameters from address and body alike ($_REQUEST, app/xml_cdr/xml_cdr_inc.php), so the key goes into the
 * body, where no log of a web server keeps it. The range includes both ends; an epoch of 0 would count as "no range". */
static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  const Part *part = part_of (talk);
  gboolean by_key = pbx->user == NULL;
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, part->probing ? 1 : MAX (talk->from, 1));
  g_autofree char *stop = g_strdup_printf ("%" G_GINT64_FORMAT, part->probing ? 1 : MAX (part->to - 1, 1));

  if (talk->purpose == TB_PBX_TENANTS || !tb_pbx_need_secret (pbx, error))
    return NULL;
  return tb_pbx_post_form (pbx, PAGE, by_key ? "key" : "username", by_key ? pbx->secret : pbx->user, "password", by_key ? NULL : pbx->secret,
                           "export_format", "csv", "show", "all", "leg", "a", "start_epoch", start, "stop_epoch", stop, NULL);
}

static gboolean
refuse_cut (TbPbxTalk *talk, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_NETWORK, _("%s gave only a part of the calls: its answer ends early. Does PHP have enough memory and time there?"),
               talk->pbx->host);
  return FALSE;
}

static gboolean
refuse_zeroes (TbPbxTalk *talk, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_NETWORK, _("The answer of %s was damaged on its way: it holds bytes that no text has."), talk->pbx->host);
  return FALSE;
}

/* The reader recognises login pages and "access denied". */
static gboolean
give (TbPbxTalk *talk, GBytes *body, const TbFusionpbxPage *page, GError **error)
{
  g_autoptr (GBytes) records = g_bytes_new_from_bytes (body, page->begin, page->len);

  return tb_pbx_give (talk, records, NULL, error);
}

/* `cut` = known to go on. */
static gboolean
take (TbPbxTalk *talk, GBytes *body, const TbFusionpbxPage *page, gboolean cut, GError **error)
{
  Part *part = part_of (talk);
  gboolean known = page->oldest > 0;

  if (part->oldest > 0 ? !known || page->oldest >= part->oldest : cut && !known)
    return refuse_cut (talk, error);
  if (!give (talk, body, page, error))
    return FALSE;
  talk->over = !known || page->oldest <= talk->from;
  part->oldest = page->oldest;
  g_clear_pointer (&part->body, g_bytes_unref);
  part->body = talk->over ? NULL : g_bytes_ref (body);
  part->checking = !cut;
  part->to = page->oldest + (cut ? 1 : 0);
  return TRUE;
}

/* Titles without a call: FusionPBX has none when there are no calls, so the rest is missing, unless this one answers so about 1970 too. */
static gboolean
hear_titles (TbPbxTalk *talk, gboolean titles, GError **error)
{
  Part *part = part_of (talk);
  gboolean told = part->probing;

  part->probing = !part->probed;
  part->probed = TRUE;
  talk->over = told && titles;
  return part->probing || talk->over || refuse_cut (talk, error);
}

/* A server that does not keep to the range, or gives calls in another order, has told all it has. */
static gboolean
hear_check (TbPbxTalk *talk, const TbFusionpbxPage *page, GBytes *body)
{
  Part *part = part_of (talk);

  talk->over = !page->records || page->newest >= part->to || tb_fusionpbx_page_is_in (page, body, part->body);
  part->checking = FALSE;
  part->to = part->oldest + 1;
  return TRUE;
}

/* Nothing at all is how FusionPBX answers a user who may export, but not as CSV. */
static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  const Part *part = part_of (talk);
  TbFusionpbxPage page;

  if (g_bytes_get_size (answer->body) == 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s answered nothing: the user lacks the permission xml_cdr_export_csv."), talk->pbx->host);
      return FALSE;
    }
  tb_fusionpbx_page_look (answer->body, talk->pbx->zone, &page);
  if (page.zeroes)
    return refuse_zeroes (talk, error);
  if (part->probing || (page.titles && !page.records && !page.cut))
    return hear_titles (talk, page.titles, error);
  if (part->checking && (page.records || page.blank))
    return hear_check (talk, &page, answer->body);
  return take (talk, answer->body, &page, page.cut, error);
}

/* More than is taken at once: what came is taken, and the rest asked for. */
static gboolean
refused (TbPbxTalk *talk, const TbHttpAnswer *answer)
{
  TbFusionpbxPage page;

  if (answer->status != 200 || !g_error_matches (answer->bad, TB_ERROR, TB_ERROR_INVALID_INPUT))
    return FALSE;
  tb_fusionpbx_page_look (answer->body, talk->pbx->zone, &page);
  return page.oldest > talk->from && take (talk, answer->body, &page, TRUE, NULL);
}

static char *
remark (TbPbxTalk *talk)
{
  return talk->without_tenant > 0 ? g_strdup (_("They are of this key's domain only: it lacks the permission xml_cdr_all.")) : NULL;
}

/* No paging and no limit on the server: a day at once, in as many parts as it needs. The importer can stand still, so two days are read again. */
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
  .refused = refused,
  .remark = remark,
};
