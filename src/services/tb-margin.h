/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What a client brought in, what it cost, and the difference, all in the company's currency and its minor units. */
typedef struct
{
  char *client, *client_name;
  gint64 calls, seconds;
  TbMoney charge, cost, margin; /* margin = charge − cost as they stand here */
} TbMarginRow;
void tb_margin_row_free (TbMarginRow *self);

/* Of TbMarginRow, one a client, by key; calls with start in [from, to). Each day's money is exchanged by the rate in force on that day. */
GPtrArray *tb_margin_report (TbStore *store, gint64 from, gint64 to, GError **error);

G_END_DECLS
