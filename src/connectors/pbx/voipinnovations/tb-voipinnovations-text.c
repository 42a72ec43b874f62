/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* "TERM_…;2026-02-03 14:02:11;…", with titles or without. See README.md here. */

static const TbCarrierTable tables[] = {
  {
    .titles = "CallType|StartTime|CallDuration",
    .mapping = "start=StartTime,end=StopTime,billsec=CallDuration,caller=ANI,callee=DNIS|CallType",
    .utc = TRUE,
  },
  { .mapping = "start=2,end=3,billsec=4,caller=12,callee=14|1", .utc = TRUE },
  { NULL },
};

static gboolean
guess (TbCallSource *source)
{
  const char *first = source->header->len >= 7 ? source->header->pdata[0] : "";

  return tb_carrier_table_guess (source, tables) || g_str_has_prefix (first, "TERM_") || g_str_has_prefix (first, "ORIG_");
}

static gboolean
open_table (TbCallSource *source, GError **error)
{
  return tb_carrier_table_open (source, tables, error);
}

/* CallType is seen from the carrier: it terminates what its customer sends out. A file cut down to its first columns says when and how long,
 * but not whom (the table has CallType in its place): its calls are of an unknown number rather than lost. */
static TbRowResult
read_row (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  TbRowResult row = tb_carrier_table_read (source, cells, n, call, error);

  if (row != TB_ROW_CALL)
    return row;
  call->direction = g_ascii_strncasecmp (cells[0].text, "ORIG", 4) == 0 ? TB_DIRECTION_INBOUND : TB_DIRECTION_OUTBOUND;
  if (source->columns.at[TB_FIELD_CALLEE] == 0 || *call->callee == '\0')
    call->callee = "unknown";
  else
    call->did = call->direction == TB_DIRECTION_INBOUND ? call->callee : "";
  return row;
}

const TbCallFormat tb_voipinnovations_text = { .name = "voipinnovations", .guess = guess, .open = open_table, .read = read_row };
