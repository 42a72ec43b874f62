/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-printed-invoice.h"

#include "tb-invoice-store.h"

static void
clear (gpointer data)
{
  TbPrintedInvoice *self = data;

  g_clear_pointer (&self->document, tb_invoice_document_free);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->invoice, tb_invoice_free);
}

TbInvoiceStyle
tb_printed_invoice_style (TbStore *store, const TbInvoice *invoice)
{
  g_autofree char *mask = tb_store_get_setting (store, "mask-numbers");
  TbInvoiceStyle style = tb_invoice_style_default (invoice->seller != NULL ? invoice->seller->country : NULL);

  if (mask != NULL)
    style.mask = (int) g_ascii_strtoll (mask, NULL, 10);
  return style;
}

TbPrintedInvoice *
tb_printed_invoice_load (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbPrintedInvoice) self = g_atomic_rc_box_new0 (TbPrintedInvoice);
  TbInvoiceStyle style;

  self->invoice = tb_invoice_store_get (store, name, error);
  if (self->invoice == NULL)
    return NULL;
  self->calls = tb_invoice_store_list_calls (store, self->invoice->id, error);
  if (self->calls == NULL)
    return NULL;

  style = tb_printed_invoice_style (store, self->invoice);
  self->document = tb_invoice_document_new (self->invoice, self->calls, &style);
  return g_steal_pointer (&self);
}

TbPrintedInvoice *
tb_printed_invoice_ref (TbPrintedInvoice *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tb_printed_invoice_unref (TbPrintedInvoice *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
