/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-format.h"

/* One record is a segment: a ring group, each phone after a transfer. Their seconds add up to the call's. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "MainCallHistoryId") && tb_record_has (record, "TalkingDuration");
}

/* Fractions are left away, as 3CX does in its own CDR file: there is one even where nobody talked ("PT0.09S"). */
static gboolean
read_length (TbCallRecord *record, const char *path, gint32 *ret, GError **error)
{
  const char *text = tb_record_text (record, path), *dot = strchr (text, '.');
  g_autofree char *whole = dot != NULL ? g_strdup_printf ("%.*sS", (int) (dot - text), text) : NULL;

  return tb_call_seconds_parse (whole != NULL ? whole : text, TB_UNIT_SECONDS, ret) || tb_record_seconds (record, path, ret, error);
}

static gboolean
read_lengths (TbCallRecord *record, TbCall *call, GError **error)
{
  gint32 ring, talk;

  if (!read_length (record, "RingingDuration", &ring, error) || !read_length (record, "TalkingDuration", &talk, error))
    return FALSE;
  call->duration = (gint32) MIN ((gint64) ring + talk, G_MAXINT32);
  if (tb_record_has (record, "Answered") ? !tb_record_is_true (record, "Answered") : talk == 0)
    return TRUE;
  call->ring = ring;
  call->seconds = talk;
  return TRUE;
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  call->uid = tb_record_first (record, "CdrId", "CallHistoryId", NULL);
  call->direction = tb_call_direction_parse (tb_record_text (record, "Direction"));
  call->extension = tb_record_text (record, call->direction == TB_DIRECTION_INBOUND ? "DestinationDn" : "SourceDn");
  call->caller = tb_record_first (record, "SourceCallerId", "SourceDn", NULL);
  call->caller_name = tb_record_text (record, "SourceDisplayName");
  call->callee = tb_record_first (record, "DestinationCallerId", "DestinationDn", NULL);
  call->cause = tb_record_text (record, "Status");
  return tb_record_time (record, "StartTime", &call->start, error) && read_lengths (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_3cx_json = { .name = "3cx", .records = "value", .guess_record = guess, .read_record = read_record };
