/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Makes the draft of a credit note (tb_credit_note_new) for the approved bill `name`, a number or an id. Its calls stay where they are: they were
 * billed, and are taken back by the note. Together its notes never take back more than the bill. */
TbInvoice *tb_billing_credit (TbStore *store, const char *name, GArray *lines, const char *reason, GError **error);

G_END_DECLS
