/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-format.h"

/* Each phone that was rung, and each after a transfer, has a record; those of a call share their `uid`. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "talk_duration") && tb_record_has (record, "call_from") && tb_record_has (record, "disposition");
}

/* "Name<1001>"; newer firmware has the parts, too. */
static void
read_parties (TbCallRecord *record, TbCall *call)
{
  const char *name, *from, *to;

  tb_record_address (record, tb_record_text (record, "call_from"), &name, &from, NULL);
  tb_record_address (record, tb_record_text (record, "call_to"), NULL, &to, NULL);
  call->caller = tb_record_has (record, "call_from_number") ? tb_record_text (record, "call_from_number") : from;
  call->caller_name = tb_record_has (record, "call_from_name") ? tb_record_text (record, "call_from_name") : name;
  to = tb_record_has (record, "call_to_number") ? tb_record_text (record, "call_to_number") : to;
  call->callee = to;
  call->extension = call->caller;
  if (call->direction != TB_DIRECTION_INBOUND)
    return;
  call->extension = to;
  call->did = tb_record_text (record, "did_number");
  if (*call->did != '\0')
    call->callee = call->did;
}

static gboolean
read_lengths (TbCallRecord *record, TbCall *call, GError **error)
{
  if (!tb_record_seconds (record, "talk_duration", &call->seconds, error) || !tb_record_seconds (record, "duration", &call->duration, error))
    return FALSE;
  call->duration = MAX (call->duration, call->seconds);
  if (call->seconds > 0 || tb_call_cause_is_answered (call->cause))
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* `time` is the PBX's own text, in its own order of day and month; the epoch has neither question. */
static gboolean
read_start (TbCallRecord *record, TbCall *call, GError **error)
{
  return tb_record_maybe_time (record, "timestamp", &call->start) || tb_record_time (record, "time", &call->start, error);
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  call->uid = tb_record_first (record, "id", "uid", NULL);
  call->direction = tb_call_direction_parse (tb_record_text (record, "call_type"));
  call->cause = tb_record_text (record, "disposition");
  read_parties (record, call);
  return read_start (record, call, error) && read_lengths (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_yeastar_json = { .name = "yeastar", .records = "data", .guess_record = guess, .read_record = read_record };
