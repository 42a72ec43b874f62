/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"
#include "tb-currency.h"

G_BEGIN_DECLS

/* Columns over TbCallRow; their context is the TbPage whose books are shown. */
extern const TbColumn tb_calls_columns[];
extern const guint    tb_calls_n_columns;
/* How each is remembered; NULL-ended. */
extern const char *const tb_calls_column_ids[];
/* Those that are shown until somebody chooses. */
#define TB_CALLS_N_SHOWN 10

/* Costs and margins are in the company's currency. `columns` in the order of the table. */
void tb_calls_columns_name (GtkColumnViewColumn *const *columns, TbCurrency currency);

G_END_DECLS
