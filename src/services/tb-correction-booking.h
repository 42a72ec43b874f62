/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction-store.h"

G_BEGIN_DECLS

/* New corrections, in order of the invoice they correct. */

/* Says of each what it becomes: with `credit` those of an invoice that together give money back become a credit note, all others a line. */
gboolean tb_corrections_choose (GPtrArray *corrections, gboolean credit, GError **error);
/* Books them so, in an open transaction: a draft credit note refers to its invoice; lines wait for the client's next bill. Sets ids and
 * documents. */
gboolean tb_corrections_book (TbStore *store, GPtrArray *corrections, GError **error);

G_END_DECLS
