/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"
#include "tb-columns.h"
#include "tb-invoice-rows.h"

G_BEGIN_DECLS

/* Parts of an invoice in words, and the columns of the list. */
const char *tb_invoice_standing_class (TbStanding standing); /* CSS */
const char *tb_invoice_get_name (const TbInvoice *invoice); /* its number, or "Draft" */
const char *tb_invoice_get_client_name (const TbInvoice *invoice, TbBooks *books);
char       *tb_invoice_dup_payable (const TbInvoice *invoice);                 /* "payable 12.00", NULL where that is the total */
char       *tb_invoice_dup_summary (const TbInvoice *invoice, TbBooks *books); /* client, period, payable, due: one line */
char       *tb_invoice_dup_file_name (const TbInvoice *invoice);               /* "INV-2026-00001.pdf" */

/* Over TbInvoiceRow; their context is the TbPage whose books are shown. */
extern const TbColumn tb_invoice_columns[];
extern const guint    tb_invoice_n_columns;

G_END_DECLS
