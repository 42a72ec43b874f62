/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"
#include "tb-setup-index.h"
#include "tb-whmcs-plan.h"

G_BEGIN_DECLS

/* What making a plan needs to know. */
typedef struct
{
  TbStore *store;
  const char *only; /* a client's key, or NULL */
  gboolean dry;     /* nothing is written */
  TbSetup *setup;
  TbSetupIndex *index;
  char *site;
  GHashTable *arriving; /* ids of clients who are on their way to WHMCS */
  TbWhmcsPlan *plan;
} TbPlanner;

/* Takes both; `blocked` is why it cannot go, or NULL. */
TbWhmcsPlanItem *tb_planner_add (TbPlanner *self, TbPosting *posting, char *blocked);
gboolean         tb_planner_is_meant (const TbPlanner *self, const char *client);
/* Of an invoice, with its marker. */
TbPosting       *tb_planner_posting_for (const TbPlanner *self, TbPostingKind kind, const TbInvoice *invoice, const char *part, TbAmount amount, guint options);

/* What follows from balances (tb-whmcs-plan-prepaid.c): use drawn from credit, suspensions, alerts, custom fields. */
gboolean tb_planner_add_prepaid (TbPlanner *self, GError **error);

/* Drafts that people published (tb-whmcs-plan-published.c). */
gboolean tb_planner_add_published (TbPlanner *self, GError **error);

/* Payments recorded here (tb-whmcs-plan-payments.c). */
gboolean tb_planner_add_payments (TbPlanner *self, GError **error);

G_END_DECLS
