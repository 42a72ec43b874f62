/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-account.h"
#include "tb-posting.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* How an invoice stands, all things considered: what the books know of it, of payments and of WHMCS. */
typedef enum
{
  TB_STANDING_DRAFT,
  TB_STANDING_APPROVED, /* nothing was paid, and it is not due yet */
  TB_STANDING_PARTLY,   /* paid in part, and not due yet */
  TB_STANDING_OVERDUE,  /* something is open beyond the day it was due */
  TB_STANDING_PAID,     /* nothing is open */
  TB_STANDING_CREDITED, /* nothing is open, for credit notes took all of it */
  TB_STANDING_VOID,
} TbStanding;
#define TB_N_STANDINGS 7

const char *tb_standing_to_string (TbStanding self);  /* "draft" "approved" "partly-paid" "overdue" "paid" "credited" "void" */
const char *tb_standing_to_display (TbStanding self); /* translated */

typedef struct
{
  TbInvoice *invoice;     /* without lines */
  TbStanding standing;
  TbAmount open;          /* what is asked for still */
  gboolean is_posted;     /* WHMCS has it, or is to have it */
  TbPostingState posting; /* how far that is */
} TbInvoiceRow;
void       tb_invoice_row_free (TbInvoiceRow *self);

/* All invoices, newest run first: of TbInvoiceRow. What is due is reckoned from `today`; TB_DAY_NONE = by the clock, in the company's zone. */
GPtrArray *tb_invoice_rows_read (TbStore *store, TbDay today, GError **error);

/* What is open by age (tb-account.h), in each currency. */
typedef struct
{
  TbCurrency currency;
  TbAmount ages[TB_AGES];
  guint overdue;  /* documents */
  TbAmount sum;   /* of what is overdue */
} TbAgeing;
/* Of TbAgeing, by currency; currencies in which nothing is open are left out. */
GArray    *tb_ageing_read (TbStore *store, TbDay today, GError **error);

G_END_DECLS
