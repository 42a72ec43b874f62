/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-posting-bill.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define WHMCS_DECIMALS 2

static TbPostingLine *
line_new (char *description, TbAmount amount, gboolean taxed)
{
  TbPostingLine *self = g_new (TbPostingLine, 1);

  *self = (TbPostingLine){ description, amount, taxed };
  return self;
}

static void
line_free (TbPostingLine *self)
{
  g_free (self->description);
  g_free (self);
}

void
tb_posting_bill_free (TbPostingBill *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* ---- parts ---- */

static gboolean
has_text (GPtrArray *texts, const char *text, guint *ret_at)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, ret_at);
}

GPtrArray *
tb_posting_bill_list_parts (const TbInvoice *invoice)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = invoice->lines->pdata[i];

      if (line->service != NULL && !has_text (parts, line->service, NULL))
        g_ptr_array_add (parts, g_strdup (line->service));
    }
  if (parts->len == 0)
    g_ptr_array_add (parts, g_strdup (""));
  return parts;
}

/* ---- where a line goes: 0 = before what is asked for, 1 = into it, 2 = behind. Taxes are shared out in that order, so that the parts' add up to the
 * invoice's ---- */

typedef struct
{
  const TbInvoice *invoice;
  GPtrArray *parts;
  guint part;    /* G_MAXUINT = all */
  guint options;
} Cut;

static int
place_of (const Cut *cut, const TbInvoiceLine *line)
{
  guint at = 0;

  if (line->prepaid && (cut->options & TB_POSTING_LESS_PAID) != 0)
    return 0;
  if (cut->part == G_MAXUINT)
    return 1;
  if (line->service != NULL)
    has_text (cut->parts, line->service, &at);
  return at < cut->part ? 0 : at == cut->part ? 1 : 2;
}

static gboolean
is_of_tax (const TbInvoiceLine *line, const TbInvoiceTax *tax)
{
  return line->tax_percent == tax->percent && g_strcmp0 (line->tax_category, tax->category) == 0;
}

/* Sums of the lines of one tax before the part and in it. */
static gboolean
sum_bases (const Cut *cut, const TbInvoiceTax *tax, TbAmount bases[2], GError **error)
{
  for (guint i = 0; i < cut->invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = cut->invoice->lines->pdata[i];
      int place = place_of (cut, line);

      if (place < 2 && line->tax != NULL && is_of_tax (line, tax) && !tb_amount_add (bases[place], line->amount, &bases[place], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
percent_of (const TbInvoice *invoice, TbAmount base, TbDecimal percent, TbAmount *ret, GError **error)
{
  TbMoney money;

  if (!tb_money_percent ((TbMoney){ base, invoice->currency }, percent, TB_ROUND_HALF_UP, &money, error))
    return FALSE;
  *ret = money.amount;
  return TRUE;
}

/* What of a tax falls to the part, and what it would be on the part's sum alone. */
static gboolean
share_tax (const Cut *cut, const TbInvoiceTax *tax, TbAmount *ret_share, TbAmount *ret_alone, GError **error)
{
  TbAmount bases[2] = { 0, 0 }, upto, before, all;

  return sum_bases (cut, tax, bases, error) && tb_amount_add (bases[0], bases[1], &all, error)
         && percent_of (cut->invoice, all, tax->percent, &upto, error) && percent_of (cut->invoice, bases[0], tax->percent, &before, error)
         && tb_amount_subtract (upto, before, ret_share, error) && percent_of (cut->invoice, bases[1], tax->percent, ret_alone, error);
}

/* ---- lines ---- */

static gboolean
has_lines_of (const Cut *cut, const TbInvoiceTax *tax)
{
  for (guint i = 0; i < cut->invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = cut->invoice->lines->pdata[i];

      if (place_of (cut, line) == 1 && line->tax != NULL && is_of_tax (line, tax))
        return TRUE;
    }
  return FALSE;
}

/* The one tax that WHMCS can reckon as our invoice does, or NULL. */
static gboolean
find_single_tax (const Cut *cut, const TbInvoiceTax **ret, GError **error)
{
  guint n = 0;

  *ret = NULL;
  for (guint i = 0; i < cut->invoice->taxes->len; i++)
    {
      const TbInvoiceTax *tax = cut->invoice->taxes->pdata[i];
      TbAmount share, alone;

      if (tax->percent == 0 || !has_lines_of (cut, tax))
        continue;
      if (!share_tax (cut, tax, &share, &alone, error))
        return FALSE;
      n++;
      *ret = share == alone ? tax : NULL;
    }
  if (n != 1)
    *ret = NULL;
  return TRUE;
}

static void
add_lines (TbPostingBill *self, const Cut *cut, const TbInvoiceTax *single)
{
  for (guint i = 0; i < cut->invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = cut->invoice->lines->pdata[i];

      if (place_of (cut, line) == 1)
        g_ptr_array_add (self->lines, line_new (g_strdup (line->description), line->amount,
                                                single != NULL && line->tax != NULL && is_of_tax (line, single)));
    }
}

/* The taxes that WHMCS is not to reckon, a line each. */
static gboolean
add_taxes (TbPostingBill *self, const Cut *cut, const TbInvoiceTax *single, GError **error)
{
  for (guint i = 0; i < cut->invoice->taxes->len; i++)
    {
      const TbInvoiceTax *tax = cut->invoice->taxes->pdata[i];
      g_autofree char *percent = tb_decimal_format (tax->percent, TB_RATE_SCALE, 0);
      TbAmount share, alone;

      if (tax->percent == 0 || !has_lines_of (cut, tax))
        continue;
      if (!share_tax (cut, tax, &share, &alone, error))
        return FALSE;
      if (tax == single)
        self->tax = share;
      else if (share != 0)
        g_ptr_array_add (self->lines, line_new (g_strdup_printf ("%s %s %%", tax->tax != NULL ? tax->tax : _("Tax"), percent), share, FALSE));
    }
  return TRUE;
}

static gboolean
sum_up (TbPostingBill *self, GError **error)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (!tb_amount_add (self->subtotal, ((TbPostingLine *) self->lines->pdata[i])->amount, &self->subtotal, error))
      return FALSE;
  return tb_amount_add (self->subtotal, self->tax, &self->total, error);
}

static gboolean
fill (TbPostingBill *self, const Cut *cut, GError **error)
{
  const TbInvoiceTax *single;

  if (!find_single_tax (cut, &single, error))
    return FALSE;
  self->tax_percent = single != NULL ? single->percent : 0;
  add_lines (self, cut, single);
  return add_taxes (self, cut, single, error) && sum_up (self, error);
}

/* What of a part was paid in advance: what the part is less what it is without those lines. */
static gboolean
set_paid (TbPostingBill *self, const TbInvoice *invoice, const char *part, GError **error)
{
  g_autoptr (TbPostingBill) rest = tb_posting_bill_new (invoice, part, TB_POSTING_LESS_PAID, "", error);

  return rest != NULL && tb_amount_subtract (self->total, rest->total, &self->paid, error);
}

/* Whoever takes the notes away, by hand or by a hook, leaves this one. */
static void
mark_last_line (TbPostingBill *self, const char *marker)
{
  TbPostingLine *last = self->lines->len > 0 ? self->lines->pdata[MIN (self->lines->len, TB_POSTING_LINES_AT_ONCE) - 1] : NULL;
  char *marked;

  if (last == NULL || *marker == '\0')
    return;
  marked = g_strdup_printf ("%s (Ref: %s)", last->description, marker);
  g_free (last->description);
  last->description = marked;
}

TbPostingBill *
tb_posting_bill_new (const TbInvoice *invoice, const char *part, guint options, const char *marker, GError **error)
{
  g_autoptr (TbPostingBill) self = g_new0 (TbPostingBill, 1);
  g_autoptr (GPtrArray) parts = tb_posting_bill_list_parts (invoice);
  Cut cut = { invoice, parts, G_MAXUINT, options };

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  self->currency = invoice->currency;
  if (tb_currency_get_minor_units (invoice->currency) > WHMCS_DECIMALS)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("WHMCS keeps two decimals, and %s has more."), tb_currency_to_string (invoice->currency));
      return NULL;
    }
  if (*part != '\0' && !has_text (parts, part, &cut.part))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("The invoice has no lines of service “%s”."), part);
      return NULL;
    }
  if (!fill (self, &cut, error) || ((options & TB_POSTING_APPLY_PAID) != 0 && !set_paid (self, invoice, part, error)))
    return NULL;
  mark_last_line (self, marker);
  return g_steal_pointer (&self);
}
