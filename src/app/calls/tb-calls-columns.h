/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"
#include "tb-currency.h"

G_BEGIN_DECLS

/* Columns over TbCallRow; their context is the TbPage whose books are shown. */
extern const TbColumn tb_calls_columns[];
extern const guint    tb_calls_n_columns;

/* Costs and margins are in the company's currency. */
void tb_calls_columns_name (GtkColumnView *view, TbCurrency currency);

G_END_DECLS
