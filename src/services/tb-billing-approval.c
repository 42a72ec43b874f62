/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-invoice-store.h"
#include "tb-printed-invoice.h"
#include "tb-setup-store.h"

/* ---- approval ---- */

static char *
dup_series (const TbCompany *company, const TbInvoice *invoice)
{
  const char *series = company != NULL && company->invoice_series != NULL ? company->invoice_series : "INV-{year}-{number:5}";

  return invoice->kind == TB_INVOICE_CREDIT_NOTE ? tb_numbering_credit_series (series) : g_strdup (series);
}

static TbInvoice *
approve (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, name, error);
  g_autoptr (TbSetup) setup = invoice == NULL ? NULL : tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbZone) zone = NULL;
  g_autofree char *series = NULL;
  gint64 now = tb_clock_now ();

  if (setup == NULL)
    return NULL;
  zone = tb_zone_new (invoice->time_zone != NULL ? invoice->time_zone : "UTC", error);
  if (zone == NULL)
    return NULL;
  series = dup_series (setup->company, invoice);
  return tb_invoice_store_approve (store, invoice, series, now, tb_zone_day_at (zone, now), error) ? g_steal_pointer (&invoice) : NULL;
}

/* What is approved is what is read under the lock, whatever another process made of the draft meanwhile. */
TbInvoice *
tb_billing_approve (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbInvoice) invoice = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  invoice = approve (store, name, error);
  return tb_store_leave (store, own, invoice != NULL, error) ? g_steal_pointer (&invoice) : NULL;
}

gboolean
tb_billing_void (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, name, error);

  return invoice != NULL && tb_invoice_store_void (store, invoice->id, error);
}

/* ---- paper ---- */

gboolean
tb_billing_write_pdf (TbStore *store, const char *name, const char *path, GError **error)
{
  g_autoptr (TbPrintedInvoice) printed = tb_printed_invoice_load (store, name, error);

  return printed != NULL && tb_invoice_document_write_pdf (printed->document, path, error);
}
