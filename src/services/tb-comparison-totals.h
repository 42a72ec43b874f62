/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating-comparison.h"

G_BEGIN_DECLS

/* The sums of a comparison's rows, one a currency; GArrays of TbMoney in the same order. */
typedef struct
{
  GArray *before, *after, *difference;
} TbComparisonTotals;

/* Fails only when a sum does not fit. */
gboolean tb_comparison_totals_init (TbComparisonTotals *self, const TbRatingComparison *comparison, GError **error);
void     tb_comparison_totals_clear (TbComparisonTotals *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbComparisonTotals, tb_comparison_totals_clear)

/* `rows` of TbComparisonRow as a table with a title row, safe for spreadsheets. */
char *tb_comparison_rows_to_csv (GPtrArray *rows);

G_END_DECLS
