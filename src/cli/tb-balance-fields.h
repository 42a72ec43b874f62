/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-balances.h"
#include "tb-output.h"

G_BEGIN_DECLS

/* A client's balance as several commands say it. */
void tb_balance_fields_say (TbOutput *out, const TbClientBalance *balance);

G_END_DECLS
