/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"

G_BEGIN_DECLS

/* Of TbComparisonRow, by client and by destination. What rating again changes: differences of open and of invoiced calls apart. */
extern const TbColumn tb_rerating_client_columns[], tb_rerating_destination_columns[];
extern const guint tb_rerating_n_columns; /* of either */
/* What calls would cost otherwise: now, then, the difference. */
extern const TbColumn tb_what_if_client_columns[], tb_what_if_destination_columns[];
extern const guint tb_what_if_n_columns;
/* What providers take before and after, by client. */
extern const TbColumn tb_cost_columns[];
extern const guint    tb_cost_n_columns;

G_END_DECLS
