/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

/* Tab-separated, without titles. No description of it is public: see README.md here. */

static const TbCarrierTable tables[] = {
  { .mapping = "tenant=1,start=2,caller=3,callee=4,billsec=5,direction=8" },
  { NULL },
};

static gboolean
guess (TbCallSource *source)
{
  const GPtrArray *first = source->header;
  gint64 time;

  return first->len == 8 && (g_str_equal (first->pdata[7], "IN") || g_str_equal (first->pdata[7], "OUT")) && tb_cell_int (first->pdata[4]) >= 0
         && tb_call_time_parse (first->pdata[1], TB_CALL_DATES_UNKNOWN, NULL, &time, NULL);
}

static gboolean
open_table (TbCallSource *source, GError **error)
{
  return tb_carrier_table_open (source, tables, error);
}

const TbCallFormat tb_lesnet_text = { .name = "lesnet", .guess = guess, .open = open_table, .read = tb_carrier_table_read };
