/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"

G_BEGIN_DECLS

/* Of TbComparisonRow: by client, and by destination of one client. */
extern const TbColumn tb_rerating_client_columns[], tb_rerating_destination_columns[];
extern const guint tb_rerating_n_columns; /* of either */

G_END_DECLS
