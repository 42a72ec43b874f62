/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* What Vodia posts to a "CDR URL" json://: one record a leg, of which those on a trunk are calls. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "PrimaryCallID") && tb_record_has (record, "CallID");
}

/* One leg, or a list of them; anything else is not for this format. */
static JsonNode *
find (TbCallSource *source, JsonNode *root)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  TbCallRecord first = { .node = list == NULL ? root : json_array_get_length (list) > 0 ? json_array_get_element (list, 0) : NULL };

  return first.node != NULL && JSON_NODE_HOLDS_OBJECT (first.node) && json_object_has_member (json_node_get_object (first.node), "PrimaryCallID") ? root : NULL;
}

static gboolean
is_on_trunk (TbCallRecord *record)
{
  const char *type = tb_record_text (record, "Type");

  return *type != '\0' ? g_ascii_strcasecmp (type, "extcall") == 0 : *tb_record_first (record, "TrunkID", "TrunkName", NULL) != '\0';
}

static gboolean
refuse_times (GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("TimeStart, TimeConnected and TimeEnd are not times in this order."));
  return FALSE;
}

/* DurationSeconds counts from the answer, and is right in the hour that autumn repeats, when times without offset are not. */
static gboolean
read_times (TbCallRecord *record, TbCall *call, GError **error)
{
  gint64 connect, end;
  gint32 talk = 0;
  gboolean has_talk = *tb_record_text (record, "DurationSeconds") != '\0', has_end = tb_record_maybe_time (record, "TimeEnd", &end);
  gboolean answered = tb_record_maybe_time (record, "TimeConnected", &connect);

  if (!tb_record_time (record, "TimeStart", &call->start, error) || (has_talk && !tb_record_seconds (record, "DurationSeconds", &talk, error)))
    return FALSE;
  if (!has_talk && (!has_end || end < (answered ? connect : call->start)))
    return refuse_times (error);
  if (answered && !has_talk)
    talk = (gint32) MIN (end - connect, G_MAXINT32);
  if (answered || talk > 0)
    {
      call->ring = answered ? (gint32) CLAMP (connect - call->start, 0, G_MAXINT32) : 0;
      call->seconds = talk;
    }
  call->duration = (gint32) MIN ((gint64) MAX (call->ring, 0) + talk, G_MAXINT32);
  if (has_end && end - call->start > call->duration)
    call->duration = (gint32) MIN (end - call->start, G_MAXINT32);
  return TRUE;
}

/* A call that came in by one trunk and was sent on by another has two such legs, and both cost: its uid is the leg's. */
static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *id = tb_record_text (record, "CallID"), *domain = tb_record_first (record, "Domain", "domain", NULL), *host, *to;
  const gboolean outbound = g_ascii_toupper (*tb_record_text (record, "Direction")) == 'O';
  g_autofree char *uid = NULL;

  if (!is_on_trunk (record))
    return TB_ROW_SKIP;
  tb_record_address (record, tb_record_text (record, "From"), &call->caller_name, &call->caller, &host);
  tb_record_address (record, tb_record_text (record, "To"), NULL, &to, NULL);
  call->callee = *to != '\0' ? to : tb_record_text (record, outbound ? "RemoteParty" : "LocalParty");
  call->direction = outbound ? TB_DIRECTION_OUTBOUND : TB_DIRECTION_INBOUND;
  call->tenant = *record->tenant != '\0' ? record->tenant : *domain != '\0' ? domain : host;
  call->extension = outbound ? call->caller : tb_record_text (record, "Extension");
  call->did = outbound ? "" : call->callee;
  uid = g_strconcat (call->tenant, "/", id, NULL);
  call->uid = *id != '\0' ? tb_record_part (record, uid, strlen (uid)) : "";
  return read_times (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_vodia_push_json = { .name = "vodia", .single = TRUE, .find = find, .guess_record = guess, .read_record = read_record };
