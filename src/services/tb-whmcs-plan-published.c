/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-store.h"
#include "tb-posting-bill.h"
#include "tb-posting-store.h"
#include "tb-remote-store.h"
#include "tb-whmcs-plan-private.h"

/* Invoices that were left at WHMCS as drafts ("post": "drafts") take no credit until staff publish them, which is seen when they are read the next time.
 * What was paid in advance is then applied to them, once: the ledger has one row for it, and what it aims at is how much is on the invoice in the end. */

/* Paid, too: whoever paid it with other money has to be told. */
static gboolean
is_published (const TbMirrorInvoice *there)
{
  static const char *const statuses[] = { "Unpaid", "Overdue", "Payment Pending", "Collections", "Paid", NULL };

  return there->status != NULL && g_strv_contains (statuses, there->status);
}

static gboolean
plan_credit (TbPlanner *self, const TbPosting *bill, const TbMirrorInvoice *there, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (self->store, bill->document, error);
  g_autoptr (TbPostingBill) whole = NULL;
  TbPosting *posting;

  if (invoice == NULL || invoice->state == TB_INVOICE_VOID)
    return invoice != NULL;
  whole = tb_posting_bill_new (invoice, bill->part, bill->options, "", error);
  if (whole == NULL || whole->paid <= there->credit)
    return whole != NULL;
  posting = tb_planner_posting_for (self, TB_POSTING_APPLY, invoice, bill->part, whole->paid, 0);
  posting->remote_id = bill->remote_id;
  tb_planner_add (self, posting, NULL);
  return TRUE;
}

gboolean
tb_planner_add_published (TbPlanner *self, GError **error)
{
  g_autoptr (GPtrArray) bills = tb_posting_store_list_left_drafts (self->store, self->only, error);

  for (guint i = 0; bills != NULL && i < bills->len; i++)
    {
      const TbPosting *bill = bills->pdata[i];
      g_autoptr (TbMirrorInvoice) there = tb_remote_store_get (self->store, &tb_mirror_invoice_noun, bill->remote_id, NULL);

      if (there != NULL && is_published (there) && !plan_credit (self, bill, there, error))
        return FALSE;
    }
  return bills != NULL;
}
