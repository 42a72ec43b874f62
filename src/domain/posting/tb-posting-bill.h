/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"
#include "tb-posting.h"

G_BEGIN_DECLS

/**
 * TbPostingBill: an invoice of ours, or one service's part of it, as lines of an invoice at WHMCS, and what WHMCS has to make of them.
 *
 * WHMCS reckons the tax itself, with one rate for all lines that are taxed, on their sum. Where that is what our invoice says, lines are taxed;
 * where it is not (several percents, or a part's share of a rounded sum) the tax is lines of its own, which are not. Either way the total is ours to
 * the cent.
 */
typedef struct
{
  char *description;
  TbAmount amount;
  gboolean taxed;
} TbPostingLine;

typedef struct
{
  GPtrArray *lines;      /* of TbPostingLine; the last one's description, of those that go with the first request, ends in the marker */
  TbCurrency currency;
  TbDecimal tax_percent; /* of the lines that are taxed; 0 = none is */
  TbAmount subtotal;     /* sum of the lines */
  TbAmount tax;          /* that WHMCS adds */
  TbAmount total;
  TbAmount paid;         /* out of it, from the client's credit */
} TbPostingBill;

/* So many lines go with one request: PHP drops fields beyond max_input_vars (1,000 unless somebody changed it) in silence, and a line has three. */
#define TB_POSTING_LINES_AT_ONCE 200

/* `part` "" = all of it. TB_ERROR_UNSUPPORTED for a currency with more decimals than the two that WHMCS keeps. */
TbPostingBill *tb_posting_bill_new (const TbInvoice *invoice, const char *part, guint options, const char *marker, GError **error);
void           tb_posting_bill_free (TbPostingBill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPostingBill, tb_posting_bill_free)

/* The parts of an invoice: keys of its services, in order of its lines (what belongs to none goes with the first); "" when it has none. */
GPtrArray *tb_posting_bill_list_parts (const TbInvoice *invoice);

G_END_DECLS
