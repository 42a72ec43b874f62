/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-balance-store.h"
#include "tb-correction-store.h"
#include "tb-error.h"
#include "tb-invoice-party.h"
#include "tb-invoice-store.h"
#include "tb-unbilled-store.h"

/* ---- the calls make the lines ---- */

static gboolean
is_made_of_calls (const TbInvoiceLine *line)
{
  return line->kind == TB_LINE_USAGE || line->kind == TB_LINE_INCLUDED || line->kind == TB_LINE_INBOUND;
}

static const TbInvoiceLine *
next_usage_line (const TbInvoice *invoice, guint *at)
{
  while (*at < invoice->lines->len)
    {
      const TbInvoiceLine *line = invoice->lines->pdata[(*at)++];

      if (is_made_of_calls (line))
        return line;
    }
  return NULL;
}

static gboolean
line_is_group (const TbInvoice *invoice, const TbInvoiceLine *line, const TbUsageGroup *group)
{
  TbInvoiceLineKind kind = group->included ? TB_LINE_INCLUDED : group->inbound ? TB_LINE_INBOUND : TB_LINE_USAGE;
  TbAmount amount;

  return line != NULL && line->kind == kind && line->calls == group->calls && line->seconds == group->billed && line->free == group->free
         && tb_usage_group_amount (group, invoice->currency, &amount, NULL) && line->amount == amount;
}

static gboolean
calls_make_lines (const TbInvoice *invoice, GPtrArray *usages)
{
  guint at = 0;

  for (guint i = 0; i < usages->len; i++)
    {
      const TbServiceUsage *usage = usages->pdata[i];

      for (guint j = 0; j < usage->groups->len; j++)
        if (!line_is_group (invoice, next_usage_line (invoice, &at), usage->groups->pdata[j]))
          return FALSE;
    }
  return next_usage_line (invoice, &at) == NULL;
}

gboolean
tb_invoice_store_verify_calls (TbStore *store, const TbInvoice *invoice, GError **error)
{
  g_autoptr (GPtrArray) usages = tb_usage_store_list_taken (store, invoice->id, error);
  const char *name = invoice->number != NULL ? invoice->number : invoice->client;

  if (usages == NULL)
    return FALSE;
  if (calls_make_lines (invoice, usages))
    return TRUE;
  if (invoice->state == TB_INVOICE_DRAFT)
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                 _("The calls on the draft for %s have changed since it was made: make the drafts of the month again first."), name);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The lines of invoice %s are not the sums of the calls that lie on it."), name);
  return FALSE;
}

/* ---- approval ---- */

/* A series whose numbers do not name the year runs on through all of them. */
#define WITHOUT_YEAR 0

/* The next number of the series in that year. The row is locked by the transaction, so no number is given twice or left out. */
static gboolean
next_number (TbStore *store, const char *series, int year, guint *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "INSERT INTO invoice_series (series, year, last) VALUES ($1, $2, 1) ON CONFLICT (series, year) DO "
                                               "UPDATE SET last = invoice_series.last + 1 RETURNING last",
                                               error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, series);
  tb_statement_bind_int (row, 2, year);
  if (!tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret = (guint) tb_statement_int (row, 0);
  return TRUE;
}

static gboolean
write_approval (TbStore *store, TbInvoice *invoice, const char *series, TbDay today, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (
      tb_store_get_db (store), "UPDATE invoice SET state = 1, number = $1, issued = $2, due = $3, frozen = $4 WHERE id = $5 AND state = 0", error);
  g_autofree char *number = NULL;
  g_autofree char *frozen = NULL;
  TbInvoice approved = *invoice;
  guint next;
  int year;

  tb_day_to_ymd (today, &year, NULL, NULL);
  if (strstr (series, "{year}") == NULL)
    year = WITHOUT_YEAR;
  if (statement == NULL || !next_number (store, series, year, &next, error)
      || (number = tb_numbering_format (series, year, next, error)) == NULL)
    return FALSE;
  approved.number = number;
  approved.issued = today;
  approved.due = today + invoice->due_days;
  approved.state = TB_INVOICE_APPROVED;
  frozen = tb_invoice_freeze (&approved);
  tb_statement_bind_text (statement, 1, number);
  tb_statement_bind_int (statement, 2, today);
  tb_statement_bind_int (statement, 3, approved.due);
  tb_statement_bind_text (statement, 4, frozen);
  tb_statement_bind_int (statement, 5, invoice->id);
  if (!tb_statement_run (statement, error))
    return FALSE;
  if (tb_db_changes (tb_store_get_db (store)) != 1)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice is not a draft."));
      return FALSE;
    }
  g_free (invoice->number);
  *invoice = approved;
  invoice->number = g_steal_pointer (&number);
  return TRUE;
}

/* What was paid in advance for the use: told for the end of the period, where it belongs in a statement. */
static gboolean
settle (TbStore *store, const TbInvoice *invoice, gint64 now, GError **error)
{
  g_autoptr (TbZone) zone = tb_zone_new (invoice->time_zone != NULL ? invoice->time_zone : "UTC", error);

  return zone != NULL && tb_balance_store_settle (store, invoice, MIN (now, tb_zone_to_utc (zone, invoice->period.end, 0, FALSE) - 1), error);
}

gboolean
tb_invoice_store_approve (TbStore *store, TbInvoice *invoice, const char *series, gint64 now, TbDay today, GError **error)
{
  gboolean own, ok;

  if (invoice->state != TB_INVOICE_DRAFT)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice %s is not a draft."), invoice->number != NULL ? invoice->number : "");
      return FALSE;
    }
  if (!tb_invoice_verify_totals (invoice, error) || !tb_store_join (store, &own, error))
    return FALSE;
  ok = tb_invoice_store_verify_calls (store, invoice, error) && tb_correction_store_verify (store, invoice, error)
       && write_approval (store, invoice, series, today, error) && tb_unbilled_store_mark_invoice (store, invoice->id, error)
       && tb_unbilled_store_settle (store, NULL, error) && settle (store, invoice, now, error);
  return tb_store_leave (store, own, ok, error);
}

gboolean
tb_invoice_store_sum_notes (TbStore *store, guint32 id, TbAmount *ret, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store), "SELECT coalesce(sum(-total), 0) FROM invoice WHERE corrects = $1 AND state <> 2", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, id);
  if (!tb_statement_step (row, NULL, error))
    return FALSE;
  *ret = tb_statement_int (row, 0);
  return TRUE;
}

/* ---- voiding ---- */

static gboolean
write_void (TbStore *store, const TbInvoice *invoice, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (store), "UPDATE invoice SET state = 2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, invoice->id);
  return tb_unbilled_store_mark_invoice (store, invoice->id, error) && tb_usage_store_free (store, invoice->id, error)
         && tb_correction_store_release (store, invoice->id, error) && tb_correction_store_forget (store, invoice->id, error)
         && tb_balance_store_take_back (store, invoice, error) && tb_statement_run (statement, error)
         && tb_unbilled_store_settle (store, NULL, error);
}

/* Else its calls were billed again and credited as well. */
static gboolean
has_no_notes (TbStore *store, const TbInvoice *invoice, GError **error)
{
  TbAmount noted;

  if (!tb_invoice_store_sum_notes (store, invoice->id, &noted, error))
    return FALSE;
  if (noted == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("There are credit notes for invoice %s: it cannot be voided while they are valid."), invoice->number);
  return FALSE;
}

static gboolean
void_as_it_is (TbStore *store, guint32 id, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get_by_id (store, id, error);

  if (invoice == NULL)
    return FALSE;
  if (invoice->state == TB_INVOICE_DRAFT)
    return tb_invoice_store_delete_draft (store, id, error);
  if (invoice->state == TB_INVOICE_APPROVED)
    return has_no_notes (store, invoice, error) && write_void (store, invoice, error);
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The invoice %s is void already."), invoice->number);
  return FALSE;
}

gboolean
tb_invoice_store_void (TbStore *store, guint32 id, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, void_as_it_is (store, id, error), error);
}

/* ---- what was billed ---- */

gboolean
tb_invoice_store_has_approved (TbStore *store, gboolean *ret, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT 1 FROM invoice WHERE state = 1", error);

  return row != NULL && tb_statement_step (row, ret, error);
}

gboolean
tb_invoice_store_is_approved (TbStore *store, guint32 service_id, gint64 from, gboolean *ret, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT 1 FROM invoice_range g JOIN invoice i ON i.id = g.invoice WHERE g.service = $1 AND g.period_from = $2 AND i.state = 1",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, service_id);
  tb_statement_bind_int (row, 2, from);
  return tb_statement_step (row, ret, error);
}

gboolean
tb_invoice_store_was_billed (TbStore *store, guint32 service_id, gint64 from, gboolean *ret, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT 1 FROM invoice_range g JOIN invoice i ON i.id = g.invoice WHERE g.service = $1 AND g.period_from < $2 AND i.state <> 2",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, service_id);
  tb_statement_bind_int (row, 2, from);
  return tb_statement_step (row, ret, error);
}
