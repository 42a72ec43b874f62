/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-carrier.h"

/* The list of calls, or one call. See README.md here. */

static const TbCarrierRecord layout = {
  .uid = { "sid" },
  .tenant = { "trunk_sid", "account_sid" },
  .direction = { "direction" },
  .caller = { "from" },
  .caller_name = { "caller_name" },
  .callee = { "to" },
  .cause = { "status" },
  .start = { "start_time", "date_created" },
  .end = { "end_time" },
  .seconds = { "duration" },
  .status = { "status" },
  .answered = "completed",
};

static gboolean
guess (TbCallRecord *record)
{
  return g_str_has_prefix (tb_record_text (record, "sid"), "CA") && tb_record_has (record, "account_sid") && tb_record_has (record, "price_unit");
}

/* A call that is not over yet comes with the next collection. */
static gboolean
is_under_way (TbCallRecord *record)
{
  static const char *const states[] = { "queued", "initiated", "ringing", "in-progress", NULL };

  return g_strv_contains (states, tb_record_text (record, "status"));
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *direction = tb_record_text (record, "direction");
  TbRowResult row;

  if (is_under_way (record) || tb_carrier_is_inner_leg (record, "parent_call_sid", "to"))
    return TB_ROW_SKIP;
  row = tb_carrier_record_read (&layout, record, call, error);
  if (g_str_equal (direction, "trunking-terminating")) /* from the trunk to the telephone network */
    tb_carrier_set_direction (call, TB_DIRECTION_OUTBOUND);
  else if (g_str_equal (direction, "trunking-originating"))
    tb_carrier_set_direction (call, TB_DIRECTION_INBOUND);
  return row;
}

const TbCallFormat tb_twilio_json = { .name = "twilio", .records = "calls", .single = TRUE, .guess_record = guess, .read_record = read_record };
