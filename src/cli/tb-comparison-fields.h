/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-output.h"
#include "tb-rating-comparison.h"

G_BEGIN_DECLS

/* What calls would cost otherwise, in all, per client and per destination. */
void tb_comparison_fields_say (TbOutput *out, const TbRatingComparison *comparison);
/* What providers would take otherwise, per client; NULL: nobody takes anything. */
void tb_comparison_fields_say_costs (TbOutput *out, const TbRatingComparison *comparison);

G_END_DECLS
