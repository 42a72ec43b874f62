/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-carrier.h"
#include "tb-error.h"

/* Rows of a CouchDB view. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "key") && tb_record_has (record, "value/dst") && tb_record_has (record, "value/dur");
}

/* Only answered calls are there, also those of 0 seconds. */
static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *start = tb_record_element (record, "key", 1);

  if (!tb_call_time_parse (start, TB_CALL_DATES_UNKNOWN, NULL, &call->start, error) || !tb_record_seconds (record, "value/dur", &call->seconds, error))
    return TB_ROW_REJECT;
  call->uid = tb_record_element (record, "id", 1);
  if (*call->uid == '\0')
    call->uid = tb_record_text (record, "id");
  call->tenant = tb_record_element (record, "key", 0);
  call->caller = tb_record_text (record, "value/cid");
  call->callee = tb_record_text (record, "value/dst");
  call->direction = TB_DIRECTION_OUTBOUND;
  call->duration = call->seconds;
  call->ring = 0;
  return TB_ROW_CALL;
}

const TbCallFormat tb_voicetel_json = { .name = "voicetel", .records = "cdr", .guess_record = guess, .read_record = read_record };
