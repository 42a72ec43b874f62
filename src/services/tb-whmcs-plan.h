/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-posting.h"
#include "tb-setup.h"
#include "tb-store.h"

G_BEGIN_DECLS

/**
 * What would leave the house for WHMCS, found in the books alone: approved invoices and credit notes that are not in the ledger (those that were issued
 * before the setting "since" stay), voided ones that are,
 * clients whom WHMCS does not have, and what the ledger holds that is not done yet.
 *
 * A credit note is money into the client's credit, for an invoice at WHMCS cannot ask for less than nothing; a bill that corrections took below zero is
 * the same. What was paid in advance is, by the setting "prepaid", taken off the credit alone ("credit", the bill goes without those lines) or
 * applied from it to the whole invoice ("invoices").
 */
typedef struct
{
  TbPosting *posting; /* id 0 = it would be new in the ledger */
  char *name;         /* of the client */
  TbMoney before;     /* what the client was asked for the month before; no currency = cannot be said */
  TbMoney difference; /* to that */
  char *blocked;      /* why it cannot go, or NULL */
} TbWhmcsPlanItem;

typedef struct
{
  GPtrArray *items; /* of TbWhmcsPlanItem: those that go, the largest difference first, then those that cannot */
  guint n_blocked;
} TbWhmcsPlan;

/* `client` (key) NULL = all. */
TbWhmcsPlan *tb_whmcs_plan_new (TbStore *store, const char *client, GError **error);
void         tb_whmcs_plan_free (TbWhmcsPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsPlan, tb_whmcs_plan_free)

/* Plans anew and puts what goes into the ledger, in one transaction; what is blocked stays out. */
TbWhmcsPlan *tb_whmcs_plan_book (TbStore *store, const char *client, gint64 now, GError **error);

/* Occasions of a credit. */
#define TB_CREDIT_USE "use"               /* what was used of what was paid in advance */
#define TB_CREDIT_DRAW "draw"             /* and its number: use that is on no invoice yet, or given back once it is */
#define TB_CREDIT_VOID "void"             /* takes back that of a credit note that was voided */
#define TB_CREDIT_USE_VOID "use of a void" /* gives back that of an invoice that was voided */

G_END_DECLS
