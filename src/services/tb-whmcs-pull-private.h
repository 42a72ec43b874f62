/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"
#include "tb-whmcs.h"
#include "tb-whmcs-pull.h"

G_BEGIN_DECLS

/* One pull under way. */
typedef struct
{
  TbStore *store;
  TbWhmcs *whmcs;
  TbJob *job;
  TbRemotePull *pull;
  TbPullResult *result;
} TbPull;

/* Saves a list of the connector's (taken) and, where the list is all there is, forgets what is there no more. */
gboolean tb_pull_save (TbPull *self, const TbMirrorNoun *noun, TbRemoteDepth depth, GPtrArray *values, TbRemoteCounts *counts, GError **error);
/* The time of what is read now; never before the pull began. */
gint64   tb_pull_now (const TbPull *self);
void     tb_pull_note (TbPull *self, char *text /* taken */);

/* Clients (tb-whmcs-pull-clients.c): the list, who is whom, those that matter in detail, new ones here. */
gboolean tb_pull_clients (TbPull *self, GError **error);
/* Fields that both sides have alike are remembered as agreed. */
gboolean tb_pull_agree (TbPull *self, GError **error);
/* Invoices and what became of ours; credit (tb-whmcs-pull-money.c). */
gboolean tb_pull_invoices (TbPull *self, GError **error);
gboolean tb_pull_posted (TbPull *self, GError **error);
gboolean tb_pull_credits (TbPull *self, GError **error);
/* Transactions for invoices of ours, which become payments (tb-whmcs-pull-payments.c). */
gboolean tb_pull_payments (TbPull *self, GError **error);
/* Credit of those who pay in advance, into their balances (tb-whmcs-pull-balances.c). */
gboolean tb_pull_balances (TbPull *self, GError **error);

G_END_DECLS
