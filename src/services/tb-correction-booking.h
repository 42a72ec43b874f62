/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction-store.h"

G_BEGIN_DECLS

/* Books new corrections (in order of the invoice they correct, in an open transaction). With `credit` those of an invoice that together give
 * money back become a draft credit note that refers to it; all others wait for the client's next bill. Sets ids and documents. */
gboolean tb_corrections_book (TbStore *store, GPtrArray *corrections, gboolean credit, GError **error);

G_END_DECLS
