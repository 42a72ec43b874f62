/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rerating.h"

G_BEGIN_DECLS

/* Rating again in words; new strings. */
char *tb_rerating_dup_summary (const TbRatingComparison *comparison); /* of the calls that are looked at, how many would change */
/* What becomes of the calls on approved invoices, and how many cannot be settled. */
char *tb_rerating_dup_settlement (const TbRerating *preview, TbInvoicedOutcome outcome);
char *tb_rerating_dup_outcome (const TbRerating *done); /* what was done, for a toast */

G_END_DECLS
