/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* Exports of calls in, as of 2026 and as of 2017, and of calls out. No row has an id. See README.md here. */

static const TbCarrierTable tables[] = {
  {
    .titles = "Date/Time Start (UTC)|Destination DID|Duration (sec)",
    .mapping = "start=Date/Time Start (UTC),answer=Date/Time Connect (UTC),end=Date/Time End (UTC),caller=Source,caller_name=Source Name,"
               "callee=Destination DID,billsec=Duration (sec),cause=Response|Status,tenant=Voice IN Trunk",
    .direction = TB_DIRECTION_INBOUND,
    .code = "Disconnect Code",
    .attempt = "Attempt",
    .utc = TRUE,
  },
  {
    .titles = "Date/Time (UTC)|Source|DID|Duration (secs)",
    .mapping = "start=Date/Time (UTC),caller=Source,callee=DID,billsec=Duration (secs),cause=Response,tenant=Customer ID",
    .direction = TB_DIRECTION_INBOUND,
    .code = "Disconnect Code",
    .utc = TRUE,
  },
  {
    .titles = "Time Start (UTC)|CLI|Destination|Duration (secs)",
    .mapping = "start=Time Start (UTC),caller=Source|CLI,callee=Destination,billsec=Duration (secs),cause=Disconnect Reason,tenant=Trunk Name",
    .direction = TB_DIRECTION_OUTBOUND,
    .code = "Disconnect Code",
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

const TbCallFormat tb_didww_csv = { .name = "didww", .guess = guess, .open = open_table, .read = tb_carrier_table_read };
