/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* One record is one leg: the phones of a group, and the parts of a call that was transferred, which add up. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "call-orig-call-id") && tb_record_has (record, "call-talking-duration-seconds");
}

/* call-direction is not documented; who is a user of the domain on which side is. */
static TbDirection
direction_of (TbCallRecord *record)
{
  const gboolean from_user = *tb_record_text (record, "call-orig-user") != '\0';
  const char *to_user = tb_record_text (record, "call-term-user");
  const gboolean out = g_str_equal (tb_record_text (record, "call-term-domain"), "*");

  if (from_user)
    return tb_call_is_extension (to_user) || (*to_user != '\0' && !out) ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
  return *to_user == '\0' && out ? TB_DIRECTION_OUTBOUND : TB_DIRECTION_INBOUND; /* a call from outside that is forwarded out again */
}

static gboolean
read_times (TbCallRecord *record, TbCall *call, GError **error)
{
  gint64 answer;

  if (!tb_record_time (record, "call-start-datetime", &call->start, error)
      || !tb_record_seconds (record, "call-talking-duration-seconds", &call->seconds, error)
      || !tb_record_seconds (record, "call-total-duration-seconds", &call->duration, error))
    return FALSE;
  call->duration = MAX (call->duration, call->seconds);
  if (tb_record_maybe_time (record, "call-answer-datetime", &answer))
    call->ring = (gint32) CLAMP (answer - call->start, 0, G_MAXINT32);
  else if (call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  if (tb_record_is_true (record, "hide-from-results"))
    return TB_ROW_SKIP;
  record->zone = NULL; /* times are in the form they were asked in, which is UTC */
  call->uid = tb_record_text (record, "id");
  if (*call->uid == '\0')
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("id is empty."));
      return TB_ROW_REJECT;
    }
  call->tenant = *record->tenant != '\0' ? record->tenant : tb_record_text (record, "domain");
  call->direction = direction_of (record);
  call->caller = tb_record_first (record, "call-orig-caller-id", "call-orig-from-user", NULL);
  call->caller_name = tb_record_text (record, "call-orig-from-name");
  call->callee = tb_record_first (record, "call-orig-to-user", "call-term-user", NULL);
  call->did = call->direction == TB_DIRECTION_INBOUND ? call->callee : "";
  call->extension = call->direction == TB_DIRECTION_INBOUND ? tb_record_text (record, "call-term-user")
                                                            : tb_record_first (record, "call-orig-user", "call-through-user", NULL);
  call->account_code = tb_record_text (record, "call-account-code");
  call->cause = tb_record_text (record, "call-disconnect-reason-text");
  return read_times (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_netsapiens_json = { .name = "netsapiens", .guess_record = guess, .read_record = read_record };
