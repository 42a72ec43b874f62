/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-run.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* Clients whose bills for these items (of TbBillingItem, with their usage summed) would lack money. GPtrArray of TbBillingHold. Looks at calls
 * only when there is something amiss: bills of books without a fault cost nothing more. */
GPtrArray *tb_billing_find_holds (TbStore *store, const TbSetup *setup, GPtrArray *items, TbJob *job, GError **error);

G_END_DECLS
