/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-run.h"
#include "tb-call-store.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* Calls by status in a window, where there may be some of the clients to be billed. A run asks more than once, mostly about the same month, and ten million calls take a second. */
typedef struct
{
  GHashTable *tenants; /* ids; NULL = all; borrowed */
  gint64 from, to; /* of what was counted last; 0, 0 = nothing yet */
  guint64 by_status[TB_CALL_N_STATUS];
} TbBillingCounts;
gboolean tb_billing_count (TbStore *store, TbBillingCounts *counts, gint64 from, gint64 to, GError **error);

/* Clients whose bills for these items (of TbBillingItem, with their usage summed) would lack money. GPtrArray of TbBillingHold. Looks at calls
 * only when there is something amiss: bills of books without a fault cost nothing more. */
GPtrArray *tb_billing_find_holds (TbStore *store, const TbSetup *setup, GPtrArray *items, TbBillingCounts *counts, TbJob *job, GError **error);

G_END_DECLS
