/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-format.h"

/* The answer of /api/v1/PBX/CallHistory, saved as a file. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "from_number") && tb_record_has (record, "to_number") && tb_record_has (record, "disposition");
}

/* The record does not say which way: `src` and `dst` are the phones, where the number is no phone's the call came from or went to outside. Emergency
 * numbers are short, but not as long as a phone's. */
static void
read_parties (TbCallRecord *record, TbCall *call)
{
  const char *src = tb_record_text (record, "src"), *dst = tb_record_text (record, "dst"), *to = tb_record_text (record, "to_number");

  call->caller = tb_record_first (record, "from_number", "src", NULL);
  call->callee = *to != '\0' ? to : dst;
  if (tb_call_is_extension (src))
    {
      call->direction = tb_call_is_extension (dst) && strlen (dst) >= strlen (src) ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
      call->extension = src;
      return;
    }
  call->direction = TB_DIRECTION_INBOUND;
  call->extension = tb_call_is_extension (dst) ? dst : "";
  call->did = to;
}

/* `duration` is the talk. Times are local text: only the difference of start and answer is taken of them. */
static gboolean
read_lengths (TbCallRecord *record, TbCall *call, GError **error)
{
  gint64 answer;
  const gboolean has_answer = tb_record_maybe_time (record, "answer", &answer);

  if (!tb_record_seconds (record, "duration", &call->seconds, error))
    return FALSE;
  call->duration = call->seconds;
  if (call->seconds == 0 && !(has_answer && tb_call_cause_is_answered (call->cause)))
    return TRUE;
  call->ring = has_answer && answer >= call->start && answer - call->start <= 3600 ? (gint32) (answer - call->start) : 0;
  call->duration += call->ring;
  return TRUE;
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  call->uid = tb_record_text (record, "id");
  call->cause = tb_record_text (record, "disposition");
  read_parties (record, call);
  return tb_record_time (record, "start", &call->start, error) && read_lengths (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_wildix_json = { .name = "wildix", .records = "result/records", .guess_record = guess, .read_record = read_record };
