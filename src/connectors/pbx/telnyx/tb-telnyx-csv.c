/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* The batch report that the portal makes. Its columns are chosen by the user. See README.md here. */

static const TbCarrierTable tables[] = {
  {
    .titles = "Origination Number|Destination Number|Call duration",
    .mapping = "uid=Call UUID|UUID|Call ID|Call leg id,start=Start Timestamp|Start Timestamp (UTC)|Start Time,answer=Answer Timestamp|Answer Timestamp (UTC),"
               "end=End Timestamp|End Timestamp (UTC)|End Time,tenant=Connection Name|Billing group|Connection ID,direction=Direction,"
               "caller=Origination Number,callee=Destination Number,billsec=Call duration,cause=Hangup cause|Hangup code",
    .code = "Hangup code",
    .utc = TRUE,
  },
  { NULL },
};

static gboolean
guess (TbCallSource *source)
{
  return tb_carrier_table_guess (source, tables);
}

static gboolean
open_table (TbCallSource *source, GError **error)
{
  return tb_carrier_table_open (source, tables, error);
}

const TbCallFormat tb_telnyx_csv = { .name = "telnyx", .guess = guess, .open = open_table, .read = tb_carrier_table_read };
