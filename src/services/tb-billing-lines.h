/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice-store.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* The lines of one service for one of its periods. */
typedef struct
{
  const TbService *service;
  const TbPackage *package;
  TbPeriod period;
  TbServiceUsage *usage; /* owned */
} TbBillingItem;

void     tb_billing_item_free (TbBillingItem *self);
/* The recurring fee in advance for the period that follows, and for a first period its own share by days; then usage by group, included
 * minutes, late calls. */
gboolean tb_billing_add_lines (TbInvoice *invoice, const TbBillingItem *item, const TbTax *tax, GError **error);
/* The same lines, taxes and totals. */
gboolean tb_billing_same (const TbInvoice *a, const TbInvoice *b);

G_END_DECLS
