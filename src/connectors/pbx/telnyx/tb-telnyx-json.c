/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* Detail records of SIP trunking: two generations of names, numbers as texts or not. See README.md here. */

static const TbCarrierRecord layout = {
  .uid = { "id", "uuid", "call_leg_id" },
  .tenant = { "connection_name", "billing_group_name", "connection_id" },
  .direction = { "direction" },
  .caller = { "cli" },
  .callee = { "cld" },
  .cause = { "hangup_cause", "hangup_code" },
  .start = { "started_at", "start_time", "created_at" },
  .answer = { "answered_at", "answer_time" },
  .end = { "finished_at", "ended_at", "end_time" },
  .seconds = { "call_sec", "call_duration", "billed_sec" },
};

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "record_type") && tb_record_has (record, "cli") && tb_record_has (record, "cld");
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  return tb_carrier_record_read (&layout, record, call, error);
}

const TbCallFormat tb_telnyx_json = { .name = "telnyx", .records = "data", .guess_record = guess, .read_record = read_record };
