/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* Voice logs. See README.md here. */

static const TbCarrierRecord layout = {
  .uid = { "id" },
  .direction = { "direction" },
  .caller = { "from" },
  .callee = { "to" },
  .cause = { "status" },
  .start = { "created_at" },
  .seconds = { "duration" },
  .status = { "status" },
  .answered = "completed",
};

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "id") && ((tb_record_has (record, "billing_ms") && tb_record_has (record, "from")) || tb_record_has (record, "discarded_at"));
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  static const char *const states[] = { "queued", "initiated", "created", "ringing", "in-progress", NULL };

  /* What is left of a deleted record; a call that is not over; half of a call. */
  if (*tb_record_text (record, "discarded_at") != '\0' || g_strv_contains (states, tb_record_text (record, "status"))
      || tb_carrier_is_inner_leg (record, "parent_id", "to"))
    return TB_ROW_SKIP;
  return tb_carrier_record_read (&layout, record, call, error);
}

const TbCallFormat tb_signalwire_json = { .name = "signalwire", .records = "data", .guess_record = guess, .read_record = read_record };
