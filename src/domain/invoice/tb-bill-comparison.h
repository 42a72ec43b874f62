/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"

G_BEGIN_DECLS

/* What a client is asked for in one month beside what it was asked for the month before, without tax. */
typedef struct
{
  guint32 client_id;
  char *client;        /* key */
  char *name;          /* as on the bill, or NULL */
  TbCurrency currency;
  TbAmount now, before, difference; /* 0 where there is no bill */
  guint bills;         /* of this month: drafts and approved ones */
  guint bills_before;  /* of the month before */
  guint drafts;        /* out of this month's */
  guint32 draft;       /* id of the first draft; 0 = none */
  gboolean is_new;     /* nothing the month before */
  gboolean is_gone;    /* nothing this month */
  guint score;         /* 0 … 200, see below */
  gboolean outlier;    /* score of TB_BILL_OUTLIER or more */
} TbBillRow;

#define TB_BILL_OUTLIER 25

/**
 * Compares the documents (of TbInvoice, void ones are left out) of two months, client by client and currency by currency. Rows come with the highest score
 * first, then the largest difference, then by key.
 *
 * The score is how odd a change is. It is the change as a percentage of the greater of both bills, which is 100 for a new client or one that is gone and
 * up to 200 where a bill turns into a credit; a change that is smaller than the usual bill (the median of all bills of both months in that currency)
 * counts in proportion: 80 % of a bill that is a hundredth of a usual one is no news. Where the month before has no bill at all in that currency there is
 * nothing to compare with, and every score is 0.
 */
GPtrArray *tb_bills_compare (GPtrArray *now, GPtrArray *before, GError **error);
void       tb_bill_row_free (TbBillRow *self);

G_END_DECLS
