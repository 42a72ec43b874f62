/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-carrier.h"

/* The answer of getCDR, which is also what its web page saves. See README.md here. */

static const TbCarrierRecord layout = {
  .uid = { "uniqueid" },
  .tenant = { "account" },
  .caller = { "callerid" },
  .callee = { "destination" },
  .cause = { "disposition" },
  .start = { "date" },
  .seconds = { "seconds", "duration" },
  .status = { "disposition" },
  .answered = "ANSWERED",
};

#define A_WINTER 1767225600 /* 2026-01-01 */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "uniqueid") && tb_record_has (record, "disposition") && tb_record_has (record, "callerid") && tb_record_has (record, "destination");
}

/* Times are those of timezone=0. A zone that is at UTC in winter says what the account means by that; another zone is the PBX's or the
 * user's own and says nothing about it. */
static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *type = tb_record_text (record, "destination_type");
  TbRowResult row;
  gboolean is_in;

  if (record->zone != NULL && tb_zone_offset_at (record->zone, A_WINTER) != 0)
    record->zone = NULL;
  row = tb_carrier_record_read (&layout, record, call, error);
  is_in = g_str_has_prefix (type, "IN:") || (*type == '\0' && g_str_has_prefix (tb_record_text (record, "description"), "Inbound"));
  tb_carrier_set_direction (call, is_in ? TB_DIRECTION_INBOUND : TB_DIRECTION_OUTBOUND);
  return row;
}

const TbCallFormat tb_voipms_json = { .name = "voipms", .records = "cdr", .guess_record = guess, .read_record = read_record };
