/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* An export. No row has an id. See README.md here. */

static const TbCarrierTable tables[] = {
  {
    .titles = "direction|start_time|destination|callerid|billed_duration|call_fail_sip_code",
    .mapping = "direction=direction,start=start_time,end=end_time,caller=callerid,callee=destination,billsec=duration,cause=call_fail_reason|result",
    .code = "call_fail_sip_code",
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

const TbCallFormat tb_flowroute_csv = { .name = "flowroute", .guess = guess, .open = open_table, .read = tb_carrier_table_read };
