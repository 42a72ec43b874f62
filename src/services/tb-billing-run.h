/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *invoices; /* of TbInvoice: the run's drafts (with dry_run: as they would be) */
  guint created, replaced, unchanged, approved_before;
  GPtrArray *warnings; /* of char *: "client C1: 12 calls have no rate" */
} TbBillingRun;

/* Drafts for every service period that ends in the month (an end at 00:00 on the 1st belongs to the month before), one invoice per
 * client, in the client's currency. A second run changes nothing. `client` NULL = all. */
TbBillingRun *tb_billing_run (TbStore *store, int year, int month, const char *client, gboolean dry_run, TbJob *job, GError **error);
void          tb_billing_run_free (TbBillingRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbBillingRun, tb_billing_run_free)

/* Number, freeze. `name` is an id (drafts have no number). */
TbInvoice *tb_billing_approve (TbStore *store, const char *name, GError **error);
gboolean   tb_billing_void (TbStore *store, const char *name, GError **error);
/* Draws the invoice with its calls into a PDF; drafts are marked as such. */
gboolean   tb_billing_write_pdf (TbStore *store, const char *name, const char *path, GError **error);

G_END_DECLS
