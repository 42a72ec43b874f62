/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-credit.h"

#include "tb-credit-note.h"
#include "tb-invoice-store.h"

static TbInvoice *
credit (TbStore *store, const char *name, GArray *lines, const char *reason, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, name, error);
  g_autoptr (TbInvoice) note = invoice != NULL ? tb_credit_note_new (invoice, lines, reason, error) : NULL;
  TbAmount noted;

  return note != NULL && tb_invoice_store_sum_notes (store, invoice->id, &noted, error) && tb_credit_note_check_room (invoice, noted, note, error)
                 && tb_invoice_store_save_draft (store, note, error)
             ? g_steal_pointer (&note)
             : NULL;
}

TbInvoice *
tb_billing_credit (TbStore *store, const char *name, GArray *lines, const char *reason, GError **error)
{
  g_autoptr (TbInvoice) note = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  note = credit (store, name, lines, reason, error);
  return tb_store_leave (store, own, note != NULL, error) ? g_steal_pointer (&note) : NULL;
}
