/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-where.h"

G_BEGIN_DECLS

/* The filter that an item of the calls page names (tb-calls-page.h), as other pages ask for it: "status=13;month=2026-10;client=C1". What of it has a
 * name for people instead of numbers goes to `titles`: text of the part → name. */
TbCallWhere *tb_calls_item_to_where (const char *item, GHashTable *titles);

/* "order=3-;where=…": a TbCallOrder and its direction; FALSE = as it is. */
gboolean     tb_calls_item_get_order (const char *item, guint *ret_order, gboolean *ret_descending);

G_END_DECLS
