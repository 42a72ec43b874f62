/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"

G_BEGIN_DECLS

/* The calls of an invoice as CSV for the client's own programs: masked like the list on paper, with names of columns that do not change with the
 * language, times in the company's zone with their offset, spreadsheet formulas disarmed. NULL without calls. `mask` as TbInvoiceStyle has it. */
GBytes *tb_call_list_to_csv (const TbInvoice *invoice, GPtrArray *calls, int mask);

G_END_DECLS
