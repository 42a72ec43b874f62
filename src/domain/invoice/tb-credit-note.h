/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"

G_BEGIN_DECLS

/* The draft of a credit note that takes back an approved bill: each line with its amount turned round and its tax as it was, between the parties that
 * the bill names. `lines` (of guint, from 0) are those to take back; NULL = all of them. `reason` stands on the document (EN 16931 BT-22); NULL =
 * none. TB_ERROR_CONFLICT for what is no approved bill, TB_ERROR_INVALID_INPUT for a line that it does not have, that is named twice, or for lines
 * that come to nothing or less. */
TbInvoice *tb_credit_note_new (const TbInvoice *invoice, GArray *lines, const char *reason, GError **error);
/* What remains of the bill once `noted` (>= 0, the sum of its credit notes) is taken off, must bear another one: TB_ERROR_CONFLICT tells what is left. */
gboolean   tb_credit_note_check_room (const TbInvoice *invoice, TbAmount noted, const TbInvoice *note, GError **error);

G_END_DECLS
