/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-tariff.h"

G_BEGIN_DECLS

/* What of a tariff is not its rates: name, currency, time zone, what a band does to a call that runs through two, rounding of cost. */

/* Makes a tariff without rates. TB_ERROR_CONFLICT when there is one of that name, TB_ERROR_INVALID_INPUT for a name, a zone or a currency that
 * is none. */
gboolean tb_tariff_head_add (TbStore *store, const TbTariff *head, TbJob *job, GError **error);
/* Gives the tariff of that name another zone, band rule and rounding. Its currency stays, for its rated calls were charged in it, and so do its
 * rates and its version. TB_ERROR_NOT_FOUND, TB_ERROR_INVALID_INPUT. */
gboolean tb_tariff_head_change (TbStore *store, const TbTariff *head, TbJob *job, GError **error);

G_END_DECLS
