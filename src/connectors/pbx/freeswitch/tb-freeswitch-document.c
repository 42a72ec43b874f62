/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"
#include "tb-freeswitch.h"
#include "tb-json.h"

/* mod_json_cdr and mod_xml_cdr write one document a leg with all variables of its channel. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "variables/uuid") || (tb_record_has (record, "variables") && tb_record_has (record, "callflow"));
}

/* ---- values ---- */

/* Percent-encoded, unless encode-values is off: what cannot be decoded was not encoded. */
static const char *
plain (TbCallRecord *record, const char *text)
{
  g_autofree char *decoded = strchr (text, '%') != NULL ? g_uri_unescape_string (text, NULL) : NULL;

  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? tb_record_part (record, decoded, strlen (decoded)) : text;
}

/* The first of these variables that is not empty; NULL-ended. */
static const char *
variable (TbCallRecord *record, const char *name, ...)
{
  const char *text = "";
  va_list more;

  va_start (more, name);
  for (; name != NULL && *text == '\0'; name = va_arg (more, const char *))
    {
      g_autofree char *path = g_strconcat ("variables/", name, NULL);

      text = tb_record_text (record, path);
    }
  va_end (more);
  return plain (record, text);
}

/* The call as it came in: flows are in the order newest first, one more for each transfer. */
static const char *
profile (TbCallRecord *record, const char *name)
{
  JsonNode *node = tb_json_at (record->node, "callflow");
  JsonArray *flows = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = flows != NULL ? json_array_get_length (flows) : 0;
  TbCallRecord flow = *record;
  g_autofree char *path = g_strconcat ("caller_profile/", name, NULL);

  flow.node = n > 0 ? json_array_get_element (flows, n - 1) : NULL;
  return flow.node != NULL && JSON_NODE_HOLDS_OBJECT (flow.node) ? tb_record_text (&flow, path) : "";
}

static const char *
otherwise (const char *text, const char *other)
{
  return *text != '\0' ? text : other;
}

/* ---- one leg ---- */

/* Their `direction` is the leg's, seen from the switch; a dialplan like FusionPBX's says the call's. Without it a call from a
 * public context came in. */
static TbDirection
direction_of (TbCallRecord *record, const char *dialled)
{
  const char *said = variable (record, "call_direction", NULL);

  if (*said != '\0')
    return tb_call_direction_parse (said);
  if (g_str_equal (profile (record, "context"), "public"))
    return TB_DIRECTION_INBOUND;
  return tb_call_is_extension (dialled) ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
}

static void
read_parties (TbCallRecord *record, TbCall *call)
{
  const char *dialled = otherwise (variable (record, "destination_number", NULL), profile (record, "destination_number"));
  const char *phone = variable (record, "dialed_user", NULL), *inside = profile (record, "caller_id_number");

  call->direction = direction_of (record, dialled);
  call->caller = otherwise (variable (record, "caller_id_number", NULL), inside);
  call->caller_name = otherwise (variable (record, "caller_id_name", NULL), profile (record, "caller_id_name"));
  call->callee = dialled;
  if (call->direction == TB_DIRECTION_INBOUND)
    {
      call->extension = *phone != '\0' ? phone : tb_call_is_extension (dialled) ? dialled : "";
      call->did = variable (record, "caller_destination", "sip_req_user", "sip_to_user", NULL);
      call->callee = otherwise (call->did, dialled);
    }
  else
    call->extension = otherwise (variable (record, "sip_from_user", NULL),
                                 otherwise (profile (record, "username"), tb_call_is_extension (inside) ? inside : ""));
}

static gboolean
read_times (TbCallRecord *record, TbCall *call, GError **error)
{
  gint64 answer;
  const char *stamp = variable (record, "start_stamp", NULL);

  if (!tb_record_maybe_time (record, "variables/start_epoch", &call->start)
      && !tb_call_time_parse (stamp, TB_CALL_DATES_UNKNOWN, record->zone, &call->start, error))
    return FALSE;
  if (!tb_record_seconds (record, "variables/billsec", &call->seconds, error)
      || !tb_record_seconds (record, "variables/duration", &call->duration, error))
    return FALSE;
  call->duration = MAX (call->duration, call->seconds);
  if (tb_record_maybe_time (record, "variables/answer_epoch", &answer) && answer >= call->start && answer - call->start <= TB_CALL_MAX_SECONDS)
    call->ring = (gint32) (answer - call->start);
  else if (call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  call->uid = variable (record, "uuid", NULL);
  if (*call->uid == '\0')
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("there is no variable uuid."));
      return TB_ROW_REJECT;
    }
  /* The other leg of a call that is there already. */
  if (*variable (record, "originating_leg_uuid", "originator", NULL) != '\0')
    return TB_ROW_SKIP;
  call->tenant = variable (record, "domain_name", "sip_req_host", NULL);
  call->account_code = variable (record, "accountcode", NULL);
  call->cause = variable (record, "hangup_cause", NULL);
  read_parties (record, call);
  return read_times (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_freeswitch_json = { .name = "freeswitch", .single = TRUE, .guess_record = guess, .read_record = read_record };
const TbCallFormat tb_freeswitch_xml = {
  .name = "freeswitch",
  .single = TRUE,
  .parse = tb_freeswitch_parse_xml,
  .guess_record = guess,
  .read_record = read_record,
};
