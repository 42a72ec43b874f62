/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"
#include "tb-margin-report.h"

G_BEGIN_DECLS

/* Columns over TbMarginRow. The first two say what a row is; their titles depend on what rows are made of. */
extern const TbColumn tb_margin_columns[];
extern const guint    tb_margin_n_columns;

void  tb_margin_columns_name (GtkColumnView *view, TbMarginBy by);
/* What is wrong with a row, in words: "Loss · below 15 %", or NULL. */
char *tb_margin_row_note (const TbMarginRow *row);

G_END_DECLS
