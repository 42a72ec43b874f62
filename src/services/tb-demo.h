/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* Fills empty books with a believable company: two PBXs, three tariffs in two currencies, 25 clients on postpaid, metered, prepaid and
 * unlimited packages, one month of calls, rated, drafts of its invoices. Seeded: the same books each time. Marks them as a demo. */
gboolean tb_demo_fill (TbStore *store, TbJob *job, GError **error);

G_END_DECLS
