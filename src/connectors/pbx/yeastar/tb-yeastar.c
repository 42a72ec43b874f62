/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-yeastar.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define API "/openapi/v1.0"
#define PAGE_SIZE "1000"
#define SHOWN "50" /* newest records that show how the PBX writes times */

enum { BY_SECONDS, LEARN, BY_TEXT };

/* ---- how the PBX writes times ---- */

/* What can be set under System → Date and Time; an order of day and month that fits all that is shown is taken. */
static const char *const formats[] = {
  "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%Y/%m/%d %I:%M:%S %p", "%Y/%m/%d %H:%M:%S",
  "%m-%d-%Y %I:%M:%S %p", "%m-%d-%Y %H:%M:%S", "%d-%m-%Y %I:%M:%S %p", "%d-%m-%Y %H:%M:%S", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %H:%M:%S",
};

/* In English whatever the language here is; GDateTime translates %p. */
static char *
write_time (gint64 time, const char *format, TbZone *zone)
{
  g_autofree char *text = NULL;
  const char *half = tb_zone_second_of_day_at (zone, time) < 43200 ? "AM" : "PM";
  g_auto (GStrv) parts = g_strsplit (format, "%p", 2);

  text = tb_pbx_time (time, parts[0], zone);
  return parts[1] != NULL ? g_strconcat (text, half, parts[1], NULL) : g_steal_pointer (&text);
}

static gboolean
fits (const char *format, JsonArray *records, TbZone *zone)
{
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *record = json_array_get_element (records, i);
      g_autofree char *text = write_time (tb_json_get_int (record, "timestamp", 0), format, zone);

      if (g_strcmp0 (text, tb_json_get_text (record, "time")) != 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- asking ---- */

static SoupMessage *
log_in (TbPbx *pbx)
{
  JsonObject *object = json_object_new ();
  JsonNode *root = json_node_init (json_node_alloc (), JSON_NODE_OBJECT);

  json_object_set_string_member (object, "username", pbx->user);
  json_object_set_string_member (object, "password", pbx->secret);
  json_node_take_object (root, object);
  return tb_pbx_send_json (pbx, "POST", API "/get_token", root);
}

static SoupMessage *
ask_newest (TbPbx *pbx)
{
  return tb_pbx_get (pbx, API "/cdr/search", "access_token", pbx->token, "page", "1", "page_size", SHOWN, "sort_by", "id", "order_by", "desc", NULL);
}

/* talk->cursor is the format of times; NULL = Unix seconds. Ascending, so that calls that end while it is read come last. */
static SoupMessage *
ask_calls (TbPbxTalk *talk)
{
  TbPbx *pbx = talk->pbx;
  g_autofree char *page = g_strdup_printf ("%u", talk->page + 1);
  g_autofree char *from = NULL, *to = NULL;

  if (talk->cursor != NULL)
    {
      from = write_time (talk->from, talk->cursor, pbx->zone);
      to = write_time (tb_pbx_end_in (talk->to, pbx->zone), talk->cursor, pbx->zone);
    }
  else
    {
      from = g_strdup_printf ("%" G_GINT64_FORMAT, talk->from);
      to = g_strdup_printf ("%" G_GINT64_FORMAT, talk->to);
    }
  return tb_pbx_get (pbx, API "/cdr/search", "access_token", pbx->token, "page", page, "page_size", PAGE_SIZE, "sort_by", "id", "order_by", "asc",
                     "start_time", from, "end_time", to, NULL);
}

static SoupMessage *
ask (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;

  if (!tb_pbx_need_user (pbx, error) || !tb_pbx_need_secret (pbx, error))
    return NULL;
  soup_session_set_user_agent (pbx->session, "OpenAPI"); /* no other client is answered */
  if (pbx->token == NULL)
    return log_in (pbx);
  if (talk->purpose == TB_PBX_TENANTS)
    return NULL;
  return talk->step == LEARN ? ask_newest (pbx) : ask_calls (talk);
}

/* ---- hearing ---- */

static gboolean
refuse (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  g_autofree char *complaint = tb_json_dup_complaint (root);

  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s refused with error %d: “%s”. %s"), talk->pbx->host,
               (int) tb_json_get_int (root, "errcode", -1), complaint != NULL ? complaint : "", _(talk->pbx->kind->form.hint));
  return FALSE;
}

static gboolean
hear_token (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  if (tb_json_get_int (root, "errcode", 0) == 0)
    tb_pbx_set_token (talk->pbx, tb_json_get_text (root, "access_token"));
  return talk->pbx->token != NULL || refuse (talk, root, error);
}

/* The codes of an error are not told apart: a token that ended is one, times in an unknown format another. */
static gboolean
hear_error (TbPbxTalk *talk, JsonNode *root, GError **error)
{
  if (!talk->renewed)
    {
      talk->renewed = TRUE;
      tb_pbx_set_token (talk->pbx, NULL);
      return TRUE;
    }
  if (talk->step != BY_SECONDS)
    return refuse (talk, root, error);
  talk->step = LEARN;
  return TRUE;
}

static gboolean
hear_newest (TbPbxTalk *talk, JsonArray *records, GError **error)
{
  JsonNode *first = json_array_get_length (records) > 0 ? json_array_get_element (records, 0) : NULL;

  if (first == NULL || tb_json_get_text (first, "time") == NULL || tb_json_get_int (first, "timestamp", 0) == 0)
    {
      talk->over = TRUE; /* it has no calls, or shows no times: what it said to seconds holds */
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats) && talk->cursor == NULL; i++)
    if (fits (formats[i], records, talk->pbx->zone))
      tb_pbx_talk_set_cursor (talk, formats[i]);
  talk->step = BY_TEXT;
  if (talk->cursor != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, 
               _("%s shows times like “%.40s”, which does not fit the time zone %s of the connection. Correct the zone."), talk->pbx->host,
               tb_json_get_text (first, "time"), tb_zone_get_id (talk->pbx->zone));
  return FALSE;
}

/* No call for a time in seconds is believed only when there is none for the same time in the PBX's own format. */
static gboolean
hear_calls (TbPbxTalk *talk, JsonNode *root, JsonArray *records, GError **error)
{
  guint fresh = tb_pbx_talk_count_new (talk, records, "id");

  if (fresh == 0 && talk->page == 0 && talk->step == BY_SECONDS)
    {
      talk->step = LEARN;
      return TRUE;
    }
  if (fresh > 0 && !tb_pbx_give_json (talk, root, NULL, error))
    return FALSE;
  talk->page++;
  talk->over = fresh == 0 || g_hash_table_size (talk->seen) == tb_json_get_int (root, "total_number", 0);
  return fresh > 0 || tb_pbx_talk_check_count (talk, tb_json_get_int (root, "total_number", 0), talk->seen != NULL ? g_hash_table_size (talk->seen) : 0, error);
}

static gboolean
hear (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  JsonArray *records;

  if (root == NULL)
    return FALSE;
  if (talk->pbx->token == NULL)
    return hear_token (talk, root, error);
  if (tb_json_get_int (root, "errcode", 0) != 0)
    return hear_error (talk, root, error);
  records = tb_pbx_need_list (talk, root, "data", error);
  if (records == NULL)
    return FALSE;
  return talk->step == LEARN ? hear_newest (talk, records, error) : hear_calls (talk, root, records, error);
}

const TbPbxKind tb_yeastar_kind = {
  .form = {
    .kind = "yeastar",
    .title = N_("Yeastar P-Series"),
    .url = "https://pbx.example.com:8088",
    .user = N_("Client ID"),
    .secret = N_("Client secret"),
    .hint = N_("Integrations → API: switch it on, and allow this computer's address if addresses are restricted there."),
  },
  .format = "yeastar",
  .max_window = 2 * 86400,
  .ask = ask,
  .hear = hear,
};
