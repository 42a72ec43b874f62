/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-billing-lines.h"

#include <string.h>

#include "tb-words.h"

void
tb_billing_item_free (TbBillingItem *self)
{
  tb_service_usage_free (self->usage);
  g_free (self);
}

static TbInvoiceLine *
add_line (TbInvoice *invoice, TbInvoiceLineKind kind, const TbBillingItem *item, TbPeriod period, const TbTax *tax)
{
  TbInvoiceLine *line = tb_invoice_line_new ();

  line->kind = kind;
  line->service = g_strdup (item->service->key);
  line->period = period;
  line->tax = g_strdup (tax != NULL ? tax->name : NULL);
  line->tax_percent = tax != NULL ? tax->percent : 0;
  line->tax_category = g_strdup (tax != NULL ? tax->category : "O");
  g_ptr_array_add (invoice->lines, line);
  return line;
}

/* ---- fees ---- */

static gboolean
add_fee (TbInvoice *invoice, const TbBillingItem *item, TbPeriod whole, TbPeriod part, const TbTax *tax, GError **error)
{
  TbInvoiceLine *line;
  TbAmount amount;

  if (!tb_invoice_prorate (item->package->fee, part.end - part.start, whole.end - whole.start, invoice->currency, &amount, error))
    return FALSE;
  if (amount == 0)
    return TRUE;
  line = add_line (invoice, TB_LINE_FEE, item, part, tax);
  line->description = g_strdup (item->package->name);
  line->amount = amount;
  return TRUE;
}

/* In advance: the period after this one. The first bill of a service asks for the days of its first period too, unless the date of the next
 * due fee says that those are paid. */
static gboolean
add_fees (TbInvoice *invoice, const TbBillingItem *item, const TbTax *tax, GError **error)
{
  const TbService *service = item->service;
  gboolean first = service->next_due == TB_DAY_NONE && service->starts != TB_DAY_NONE && service->starts >= item->period.start
                   && service->starts < item->period.end;
  TbPeriod next, whole = item->period, part = item->period;

  if (item->package->fee == 0)
    return TRUE;
  if (first)
    {
      tb_period_whole (service, item->package->cycle, service->starts, &whole);
      if (!add_fee (invoice, item, whole, part, tax, error))
        return FALSE;
    }
  if (item->package->cycle == TB_CYCLE_ONE_OFF || !tb_period_containing (service, item->package->cycle, item->period.end, &next))
    return TRUE;
  whole = next;
  tb_period_whole (service, item->package->cycle, item->period.end, &whole);
  return add_fee (invoice, item, whole, next, tax, error);
}

/* ---- usage ---- */

static char *
describe (const TbUsageGroup *group, const TbWords *words)
{
  const char *what = group->included                  ? tb_words_text (words, "Included minutes")
                     : *group->description != '\0'    ? group->description
                     : group->inbound                 ? tb_words_text (words, "Inbound calls")
                                                      : tb_words_text (words, "Calls");

  return group->late ? g_strdup_printf (tb_words_text (words, "%s (late, from an earlier period)"), what) : g_strdup (what);
}

static gboolean
add_usage (TbInvoice *invoice, const TbBillingItem *item, const TbUsageGroup *group, const TbTax *tax, GError **error)
{
  TbInvoiceLineKind kind = group->included ? TB_LINE_INCLUDED : group->inbound ? TB_LINE_INBOUND : TB_LINE_USAGE;
  TbInvoiceLine *line;
  TbAmount amount;

  if (!tb_usage_group_amount (group, invoice->currency, &amount, error))
    return FALSE;
  line = add_line (invoice, kind, item, item->period, tax);
  line->description = describe (group, tb_words_for (invoice->buyer != NULL ? invoice->buyer->language : NULL));
  line->calls = group->calls;
  line->seconds = group->billed;
  line->free = group->free;
  line->amount = amount;
  line->prepaid = item->package->mode == TB_PACKAGE_PREPAID;
  return TRUE;
}

gboolean
tb_billing_add_lines (TbInvoice *invoice, const TbBillingItem *item, const TbTax *tax, GError **error)
{
  if (!add_fees (invoice, item, tax, error))
    return FALSE;
  for (guint i = 0; i < item->usage->groups->len; i++)
    if (!add_usage (invoice, item, item->usage->groups->pdata[i], tax, error))
      return FALSE;
  return TRUE;
}

/* ---- comparing ---- */

static gboolean
same_line (const TbInvoiceLine *a, const TbInvoiceLine *b)
{
  return a->kind == b->kind && g_strcmp0 (a->service, b->service) == 0 && g_strcmp0 (a->description, b->description) == 0
         && a->period.start == b->period.start && a->period.end == b->period.end && a->calls == b->calls && a->seconds == b->seconds
         && a->free == b->free && a->amount == b->amount && g_strcmp0 (a->tax, b->tax) == 0 && a->tax_percent == b->tax_percent
         && g_strcmp0 (a->tax_category, b->tax_category) == 0 && a->prepaid == b->prepaid;
}

gboolean
tb_billing_same (const TbInvoice *a, const TbInvoice *b)
{
  if (a->lines->len != b->lines->len || a->total != b->total || a->tax != b->tax || a->currency != b->currency || a->due_days != b->due_days
      || !tb_invoice_party_equal (a->seller, b->seller) || !tb_invoice_party_equal (a->buyer, b->buyer))
    return FALSE;
  for (guint i = 0; i < a->lines->len; i++)
    if (!same_line (a->lines->pdata[i], b->lines->pdata[i]))
      return FALSE;
  return TRUE;
}
