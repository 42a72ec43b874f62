/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* Calls of the Insights API: lengths in milliseconds. See README.md here. */

static const TbCarrierRecord layout = {
  .uid = { "callId" },
  .tenant = { "subAccount", "accountId" },
  .direction = { "callDirection" },
  .caller = { "callingNumber" },
  .callee = { "calledNumber" },
  .cause = { "sipResponseDescription", "callResult" },
  .start = { "startTime" },
  .end = { "endTime" },
  .seconds = { "duration" },
  .unit = TB_UNIT_MILLISECONDS,
  .status = { "callResult" },
  .answered = "COMPLETE",
};

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "callId") && tb_record_has (record, "callDirection") && tb_record_has (record, "callingNumber");
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  return tb_carrier_record_read (&layout, record, call, error);
}

const TbCallFormat tb_bandwidth_json = { .name = "bandwidth", .records = "data/calls", .guess_record = guess, .read_record = read_record };
