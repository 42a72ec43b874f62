/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-gunzip.h"

/* Two seconds, four … up to fifteen, in all nine minutes; what takes longer is for the next collection. */
#define FIRST_WAIT 2
#define LONGEST_WAIT 15
#define MAX_LOOKS 40

#define MAX_UNPACKED (G_GINT64_CONSTANT (1024) * 1024 * 1024)

enum { ORDER, LOOK, DOWNLOAD };

/* ---- asking ---- */

static SoupMessage *
with_login (TbPbx *pbx, const TbCarrierExport *self, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  self->authorize (pbx, message);
  soup_message_headers_replace (headers, "Accept", "application/vnd.api+json");
  if (soup_message_headers_get_content_type (headers, NULL) != NULL)
    soup_message_headers_set_content_type (headers, "application/vnd.api+json", NULL);
  return message;
}

static SoupMessage *
order (TbPbxTalk *talk, const TbCarrierExport *self)
{
  JsonObject *root = json_object_new (), *data = json_object_new ();

  json_object_set_string_member (data, "type", self->type);
  json_object_set_object_member (data, "attributes", self->order (talk, talk->page));
  json_object_set_object_member (root, "data", data);
  return with_login (talk->pbx, self, tb_pbx_send_object (talk->pbx, "POST", self->path, root));
}

/* The place may be signed instead of guarded: the login goes to the carrier's own server only, and nothing goes over an open line. */
static SoupMessage *
download (TbPbxTalk *talk, const TbCarrierExport *self, GError **error)
{
  TbPbx *pbx = talk->pbx;
  g_autoptr (GUri) uri = tb_http_parse_url (talk->cursor, NULL);
  SoupMessage *message;

  if (uri == NULL || (!g_str_equal (g_uri_get_scheme (uri), "https") && g_str_has_prefix (pbx->base, "https:")))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s names a place for its export that is not safe (https://). Nothing was asked there."), pbx->host);
      return NULL;
    }
  message = soup_message_new_from_uri ("GET", uri);
  if (tb_carrier_is_own (pbx, uri))
    self->authorize (pbx, message);
  return message;
}

SoupMessage *
tb_carrier_export_ask (TbPbxTalk *talk, const TbCarrierExport *self, GError **error)
{
  g_autofree char *id = talk->cursor != NULL ? tb_pbx_escape (talk->cursor) : NULL;

  if (talk->step == ORDER)
    return order (talk, self);
  if (talk->step == DOWNLOAD)
    return download (talk, self, error);
  return with_login (talk->pbx, self, tb_pbx_request (talk->pbx, "GET", "%s/%s", self->path, id));
}

/* ---- hearing ---- */

static void
wait_a_while (TbPbxTalk *talk)
{
  guint looks = GPOINTER_TO_UINT (talk->data);

  talk->data = GUINT_TO_POINTER (looks + 1);
  talk->pbx->next_request = g_get_monotonic_time () + MIN (FIRST_WAIT * (looks + 1), LONGEST_WAIT) * G_GINT64_CONSTANT (1000) * tb_pbx_get_patience ();
}

static gboolean
hear_status (TbPbxTalk *talk, const TbCarrierExport *self, JsonNode *root, GError **error)
{
  static const char *const waiting[] = { "pending", "processing", "queued", "in progress", NULL };
  g_autofree char *path = g_strconcat ("data/attributes/", self->url, NULL);
  const char *status = tb_json_get_text (root, "data/attributes/status"), *url = tb_json_get_text (root, path);
  g_autofree char *lower = g_ascii_strdown (status != NULL ? status : "", -1);

  if (g_str_equal (lower, "completed") && url != NULL && *url != '\0')
    {
      tb_pbx_talk_set_cursor (talk, url);
      talk->step = DOWNLOAD;
    }
  else if (!g_strv_contains (waiting, lower))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_FAILED, _("%s could not make its export of calls: it is “%.40s”."), talk->pbx->host, lower);
      return FALSE;
    }
  else if (GPOINTER_TO_UINT (talk->data) >= MAX_LOOKS)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_TIMEOUT, _("%s did not finish its export of calls within nine minutes. The next collection asks again."), talk->pbx->host);
      return FALSE;
    }
  else
    wait_a_while (talk);
  return TRUE;
}

static gboolean
hear_order (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  const char *id = tb_json_get_text (root, "data/id");
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, tb_json_get_int (root, "data/id", -1));

  if (id == NULL && *number == '-')
    {
      g_autofree char *complaint = tb_json_dup_complaint (root);

      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s took the order of an export, but gave it no number: “%s”."), talk->pbx->host,
                   complaint != NULL ? complaint : "");
      return FALSE;
    }
  tb_pbx_talk_set_cursor (talk, id != NULL ? id : number);
  talk->step = LOOK;
  talk->data = NULL;
  return TRUE;
}

/* Unpacked as it is read, so that a large one costs neither time here nor memory. A server may also have unpacked it on the way. */
static gboolean
hear_file (TbPbxTalk *talk, const TbCarrierExport *self, GBytes *body, GError **error)
{
  g_autoptr (GInputStream) stream = tb_gunzip_stream_new (body, MAX_UNPACKED);

  talk->page++;
  talk->step = ORDER;
  tb_pbx_talk_set_cursor (talk, NULL);
  talk->over = talk->page >= self->n || talk->purpose == TB_PBX_TEST;
  return tb_pbx_give_stream (talk, stream, talk->pbx->host, NULL, NULL, error);
}

gboolean
tb_carrier_export_hear (TbPbxTalk *talk, const TbCarrierExport *self, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  if (talk->step == DOWNLOAD)
    return hear_file (talk, self, answer->body, error);
  root = tb_pbx_read_json (talk, answer, error);
  if (root == NULL || (talk->step == ORDER && !hear_order (talk, root, error)))
    return FALSE;
  return hear_status (talk, self, root, error);
}
