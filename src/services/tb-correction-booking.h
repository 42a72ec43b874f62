/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-correction-store.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* A new one without calls, of the service's calls on that invoice, by what the set-up has today. */
TbCorrection *tb_correction_booking_new (const TbSetup *setup, const TbInvoice *invoice, guint32 service_id);

/* New corrections, in order of the invoice they correct. */

/* Says of each what it becomes: with `credit` those of an invoice that together give money back become a credit note, all others a line. */
gboolean tb_corrections_choose (GPtrArray *corrections, gboolean credit, GError **error);
/* Books them so, in an open transaction: a draft credit note refers to its invoice; lines wait for the client's next bill. Sets ids and
 * documents. */
gboolean tb_corrections_book (TbStore *store, GPtrArray *corrections, GError **error);

G_END_DECLS
