/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-invoices.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* ---- values ---- */

TbWhmcsLine *
tb_whmcs_line_new (const char *description, TbAmount amount, gboolean taxed)
{
  TbWhmcsLine *self = g_new0 (TbWhmcsLine, 1);

  self->type = g_strdup ("");
  self->description = g_strdup (description);
  self->amount = amount;
  self->taxed = taxed;
  return self;
}

void
tb_whmcs_line_free (TbWhmcsLine *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->description);
  g_free (self);
}

void
tb_whmcs_invoice_free (TbWhmcsInvoice *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->status);
  g_free (self->payment_method);
  g_free (self->notes);
  g_free (self->currency_code);
  g_free (self->updated);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->transactions, g_ptr_array_unref);
  g_free (self);
}

/* ---- reading ---- */

static gpointer
read_line (TbWhmcsFields *row)
{
  TbWhmcsLine *self = g_new0 (TbWhmcsLine, 1);

  self->id = tb_whmcs_fields_get_int (row, "id");
  self->type = tb_whmcs_fields_dup_text (row, "type");
  self->related = tb_whmcs_fields_get_int (row, "relid");
  self->description = tb_whmcs_fields_dup_text (row, "description");
  self->amount = tb_whmcs_fields_get_amount (row, "amount");
  self->taxed = tb_whmcs_fields_get_flag (row, "taxed");
  return self;
}

static TbWhmcsInvoice *
read_common (TbWhmcsFields *row, const char *id)
{
  TbWhmcsInvoice *self = g_new0 (TbWhmcsInvoice, 1);

  self->id = tb_whmcs_fields_get_int (row, id);
  self->client = tb_whmcs_fields_get_int (row, "userid");
  self->number = tb_whmcs_fields_dup_text (row, "invoicenum");
  self->status = tb_whmcs_fields_dup_text (row, "status");
  self->payment_method = tb_whmcs_fields_dup_text (row, "paymentmethod");
  self->notes = tb_whmcs_fields_dup_text (row, "notes");
  self->currency_code = tb_whmcs_fields_dup_text (row, "currencycode");
  self->updated = tb_whmcs_fields_dup_text (row, "updated_at");
  self->date = tb_whmcs_fields_get_day (row, "date");
  self->due = tb_whmcs_fields_get_day (row, "duedate");
  self->paid = tb_whmcs_fields_get_day (row, "datepaid");
  self->subtotal = tb_whmcs_fields_get_amount (row, "subtotal");
  self->credit = tb_whmcs_fields_get_amount (row, "credit");
  self->tax = tb_whmcs_fields_get_amount (row, "tax");
  self->tax2 = tb_whmcs_fields_get_amount (row, "tax2");
  self->total = tb_whmcs_fields_get_amount (row, "total");
  self->balance = tb_whmcs_fields_get_amount (row, "balance");
  self->tax_rate = tb_whmcs_fields_get_decimal (row, "taxrate");
  self->tax_rate2 = tb_whmcs_fields_get_decimal (row, "taxrate2");
  return self;
}

static gpointer
read_listed (TbWhmcsFields *row, gpointer data)
{
  return read_common (row, "id");
}

static gpointer
read_line_row (TbWhmcsFields *row, gpointer data)
{
  return read_line (row);
}

/* A list within the invoice. */
static GPtrArray *
read_inner (TbWhmcsFields *row, const char *plural, const char *singular, TbWhmcsRowFunc read, GDestroyNotify free_item)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (GPtrArray) rows = tb_whmcs_find_rows (row->node, plural, singular, row->error == NULL ? &row->error : NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      TbWhmcsFields at = { .node = rows->pdata[i] };

      g_ptr_array_add (items, read (&at, NULL));
      tb_whmcs_fields_check (&at, plural, row->error == NULL ? &row->error : NULL);
    }
  return items;
}

TbWhmcsInvoice *
tb_whmcs_get_invoice (TbWhmcs *self, gint64 id, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("GetInvoice");
  g_autoptr (TbWhmcsReply) reply = NULL;
  g_autoptr (TbWhmcsInvoice) invoice = NULL;
  TbWhmcsFields row = { .node = NULL };

  tb_whmcs_form_add_int (form, "invoiceid", id);
  reply = tb_whmcs_ask (self, form, error);
  if (reply == NULL)
    return NULL;
  row.node = reply->root;
  invoice = read_common (&row, tb_whmcs_fields_has (&row, "invoiceid") ? "invoiceid" : "id");
  invoice->lines = read_inner (&row, "items", "item", read_line_row, (GDestroyNotify) tb_whmcs_line_free);
  invoice->transactions = read_inner (&row, "transactions", "transaction", tb_whmcs_transaction_read, (GDestroyNotify) tb_whmcs_transaction_free);
  if (!tb_whmcs_fields_check (&row, "GetInvoice", error))
    return NULL;
  if (invoice->id == id)
    return g_steal_pointer (&invoice);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _("%s was asked for invoice %" PRId64 " and answered with invoice %" PRId64 "."),
               tb_whmcs_get_host (self), id, invoice->id);
  return NULL;
}

static TbWhmcsForm *
form_for_list (gint64 client, const char *status, const char *order)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("GetInvoices");

  tb_whmcs_form_add_id (form, "userid", client);
  tb_whmcs_form_add_text (form, "status", status);
  tb_whmcs_form_add_text (form, "orderby", "id");
  tb_whmcs_form_add_text (form, "order", order);
  return form;
}

GPtrArray *
tb_whmcs_list_invoices (TbWhmcs *self, const TbWhmcsInvoiceQuery *query, GError **error)
{
  g_autoptr (TbWhmcsForm) form = form_for_list (query->client, query->status, query->above > 0 ? "desc" : "asc");
  const TbWhmcsList list = { .form = form,
                             .plural = "invoices",
                             .singular = "invoice",
                             .what = _("Invoices"),
                             .ordered = TRUE,
                             .above = query->above > 0 ? query->above : G_MININT64,
                             .read = read_listed,
                             .free_item = (GDestroyNotify) tb_whmcs_invoice_free };

  return tb_whmcs_list (self, &list, error);
}

/* ---- changing ---- */

static gboolean
check_lines (const GPtrArray *lines, GError **error)
{
  if (lines == NULL || lines->len <= TB_WHMCS_MAX_LINES)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("WHMCS takes %d lines in one request safely, these are %u."), TB_WHMCS_MAX_LINES,
               lines->len);
  return FALSE;
}

static void
add_numbered (TbWhmcsForm *form, guint n, const TbWhmcsLine *line)
{
  char name[40];

  g_snprintf (name, sizeof name, "itemdescription%u", n);
  tb_whmcs_form_add_text (form, name, line->description);
  g_snprintf (name, sizeof name, "itemamount%u", n);
  tb_whmcs_form_add_amount (form, name, line->amount);
  g_snprintf (name, sizeof name, "itemtaxed%u", n);
  tb_whmcs_form_add_flag (form, name, line->taxed);
}

TbWhmcsOutcome
tb_whmcs_create_invoice (TbWhmcs *self, const TbWhmcsNewInvoice *invoice, gint64 *ret_id, GError **error)
{
  TbWhmcsForm *form;

  if (!check_lines (invoice->lines, error))
    return TB_WHMCS_NOT_SENT;
  form = tb_whmcs_form_new ("CreateInvoice");
  tb_whmcs_form_add_int (form, "userid", invoice->client);
  if (invoice->draft)
    tb_whmcs_form_add_flag (form, "draft", TRUE);
  if (invoice->send) /* not even as no beside a draft, which WHMCS refuses with it */
    tb_whmcs_form_add_flag (form, "sendinvoice", TRUE);
  tb_whmcs_form_add_text (form, "paymentmethod", invoice->payment_method);
  tb_whmcs_form_add_decimal (form, "taxrate", invoice->tax_rate);
  tb_whmcs_form_add_decimal (form, "taxrate2", invoice->tax_rate2);
  tb_whmcs_form_add_day (form, "date", invoice->date);
  tb_whmcs_form_add_day (form, "duedate", invoice->due);
  tb_whmcs_form_add_text (form, "notes", invoice->notes);
  for (guint i = 0; invoice->lines != NULL && i < invoice->lines->len; i++)
    add_numbered (form, i + 1, invoice->lines->pdata[i]);
  return tb_whmcs_do_for_id (self, form, "invoiceid", ret_id, error);
}

/* Existing lines by id, new ones by number: the same three fields, with "new" before the names of the latter. */
static void
add_lines (TbWhmcsForm *form, const GPtrArray *lines, gboolean is_new)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const TbWhmcsLine *line = lines->pdata[i];
      gint64 key = is_new ? (gint64) i : line->id;

      tb_whmcs_form_add_at (form, is_new ? "newitemdescription" : "itemdescription", key, line->description);
      tb_whmcs_form_add_amount_at (form, is_new ? "newitemamount" : "itemamount", key, line->amount);
      tb_whmcs_form_add_flag_at (form, is_new ? "newitemtaxed" : "itemtaxed", key, line->taxed);
    }
}

TbWhmcsOutcome
tb_whmcs_change_invoice (TbWhmcs *self, gint64 id, const TbWhmcsInvoiceChange *change, GError **error)
{
  TbWhmcsForm *form;

  if (!check_lines (change->added, error) || !check_lines (change->changed, error))
    return TB_WHMCS_NOT_SENT;
  form = tb_whmcs_form_new ("UpdateInvoice");
  tb_whmcs_form_add_int (form, "invoiceid", id);
  if (change->publish != TB_WHMCS_STAYS)
    tb_whmcs_form_add_flag (form, change->publish == TB_WHMCS_PUBLISH ? "publish" : "publishandsendemail", TRUE);
  tb_whmcs_form_add_text (form, "status", change->status);
  tb_whmcs_form_add_text (form, "paymentmethod", change->payment_method);
  tb_whmcs_form_add_decimal (form, "taxrate", change->tax_rate);
  tb_whmcs_form_add_decimal (form, "taxrate2", change->tax_rate2);
  tb_whmcs_form_add_day (form, "date", change->date);
  tb_whmcs_form_add_day (form, "duedate", change->due);
  tb_whmcs_form_add_text (form, "notes", change->notes);
  for (guint i = 0; change->removed != NULL && i < change->removed->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (change->removed, gint64, i));

      tb_whmcs_form_add_at (form, "deletelineids", i, line);
    }
  add_lines (form, change->changed, FALSE);
  add_lines (form, change->added, TRUE);
  return tb_whmcs_do (self, form, error);
}
