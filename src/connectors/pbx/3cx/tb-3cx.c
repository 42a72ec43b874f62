/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-3cx.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define PAGE_SIZE 500
#define ROW_LIMIT 20000 /* REPORT_ROW_LIMIT of 3CX: a report is cut there, in silence */

/* All calls of a period, by its two ends. */
#define REPORT                                                                                                                              \
  "/xapi/v1/ReportCallLogData/Pbx.GetCallLogData(periodFrom=%s,periodTo=%s,sourceType=0,sourceFilter='',destinationType=0,"                 \
  "destinationFilter='',callsType=0,callTimeFilterType=0,callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0',hidePcalls=true)"

enum { LOG_IN, READ_CALLS };

/* The part of the talk's time that is asked for now: all of it, until a report turns out to be too long. */
typedef struct
{
  gint64 from, to;
} Span;

/* ---- asking ---- */

static Span *
span_of (TbPbxTalk *talk)
{
  if (talk->data == NULL)
    {
      Span *span = g_new (Span, 1);

      span->from = talk->from;
      span->to = talk->to;
      talk->data = span;
      talk->data_free = g_free;
    }
  return talk->data;
}

static SoupMessage *
log_in (TbPbx *pbx)
{
  return tb_pbx_post_form (pbx, "/connect/token", "client_id", pbx->user, "client_secret", pbx->secret, "grant_type", "client_credentials", NULL);
}

static SoupMessage *
ask_calls (TbPbxTalk *talk, const Span *span)
{
  g_autofree char *from = tb_pbx_time (span->from, "%Y-%m-%dT%H:%M:%SZ", NULL);
  g_autofree char *to = tb_pbx_time (span->to, "%Y-%m-%dT%H:%M:%SZ", NULL);
  SoupMessage *message = tb_pbx_request (talk->pbx, "GET", REPORT "?$top=%d&$skip=%u", from, to, PAGE_SIZE, talk->page);

  tb_pbx_authorize_bearer (message, talk->pbx->token);
  return message;
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  const Span *span = span_of (talk);

  if (!tb_pbx_need_user (talk->pbx, error) || !tb_pbx_need_secret (talk->pbx, error))
    return NULL;
  talk->step = talk->pbx->token == NULL ? LOG_IN : READ_CALLS;
  if (talk->step == LOG_IN)
    return log_in (talk->pbx);
  return talk->purpose != TB_PBX_TENANTS && span->from < talk->to ? ask_calls (talk, span) : NULL;
}

/* ---- hearing ---- */

static gboolean
hear_token (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  tb_pbx_set_token (talk->pbx, tb_json_get_text (root, "access_token"));
  if (talk->pbx->token != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s gave no token for this client ID and key."), talk->pbx->host);
  return FALSE;
}

static void
go_to (TbPbxTalk *talk, gint64 from, gint64 to)
{
  Span *span = talk->data;

  span->from = from;
  span->to = to;
  talk->page = 0; /* rows taken of it */
  g_clear_pointer (&talk->seen, g_hash_table_unref);
}

/* Pages are taken until one brings nothing new: their size is the server's affair. */
static gboolean
hear_calls (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  JsonArray *list = tb_pbx_need_list (talk, root, "value", error);
  const Span span = *span_of (talk);
  guint fresh;

  if (list == NULL)
    return FALSE;
  fresh = tb_pbx_talk_count_new (talk, list, "CdrId");
  if (fresh > 0 && !tb_pbx_give_json (talk, root, NULL, error))
    return FALSE;
  talk->page += json_array_get_length (list);
  if (talk->page >= ROW_LIMIT && span.to - span.from > 1)
    go_to (talk, span.from, span.from + (span.to - span.from) / 2);
  else if (fresh == 0)
    go_to (talk, span.to, talk->to);
  return TRUE;
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);

  if (root == NULL)
    return FALSE;
  return talk->step == LOG_IN ? hear_token (talk, root, error) : hear_calls (talk, root, error);
}

const TbPbxKind tb_3cx_kind = {
  .form = {
    .kind = "3cx",
    .title = N_("3CX"),
    .url = "https://pbx.example.com",
    .user = N_("Client ID"),
    .secret = N_("API key"),
    .hint = N_("Integrations → API: add a client with “3CX Configuration API access” and the role System Owner. "
               "It needs version 20 with an Enterprise licence."),
  },
  .format = "3cx",
  .max_window = 86400,
  .ask = ask,
  .hear = hear,
};
