/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-text.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-page.h"

static const struct { const char *text, *css_class; } states[] = {
  [TB_INVOICE_DRAFT] = { N_ ("Draft"), "warning" },
  [TB_INVOICE_APPROVED] = { N_ ("Approved"), "success" },
  [TB_INVOICE_VOID] = { N_ ("Void"), "error" },
};

const char *
tb_invoice_state_text (TbInvoiceState state)
{
  return _ (states[state].text);
}

const char *
tb_invoice_state_class (TbInvoiceState state)
{
  return states[state].css_class;
}

const char *
tb_invoice_get_name (const TbInvoice *invoice)
{
  if (invoice->number != NULL)
    return invoice->number;
  return invoice->kind == TB_INVOICE_CREDIT_NOTE ? _ ("Draft Credit Note") : _ ("Draft");
}

const char *
tb_invoice_get_client_name (const TbInvoice *invoice, TbBooks *books)
{
  if (invoice->buyer != NULL && invoice->buyer->name != NULL)
    return invoice->buyer->name;
  return tb_books_get_client_name (books, invoice->client);
}

char *
tb_invoice_dup_payable (const TbInvoice *invoice)
{
  g_autofree char *payable = tb_format_amount (tb_invoice_get_payable (invoice), invoice->currency);

  /* Translators: what is left of an invoice's total after the client's balance paid its part */
  return invoice->paid != 0 ? g_strdup_printf (_ ("payable %s"), payable) : NULL;
}

char *
tb_invoice_dup_summary (const TbInvoice *invoice, TbBooks *books)
{
  g_autofree char *period = tb_format_period (invoice->period);
  g_autofree char *day = tb_format_day (invoice->due);
  /* Translators: the day until which it is to be paid */
  g_autofree char *due = *day != '\0' ? g_strdup_printf (_ ("due %s"), day) : NULL;
  g_autofree char *payable = tb_invoice_dup_payable (invoice);
  const char *parts[5] = { tb_invoice_get_client_name (invoice, books), period };
  guint n = 2;

  if (payable != NULL)
    parts[n++] = payable;
  if (due != NULL)
    parts[n++] = due;
  return g_strjoinv (" · ", (char **) parts);
}

char *
tb_invoice_dup_file_name (const TbInvoice *invoice)
{
  g_autofree char *name = g_strdup (invoice->number);

  if (name == NULL)
    name = g_strdup_printf ("%s-%04d-%02d-%s", invoice->kind == TB_INVOICE_CREDIT_NOTE ? _ ("draft-credit-note") : _ ("draft"),
                            invoice->year, invoice->month, invoice->client);
  return g_strconcat (g_strdelimit (name, "/\\:", '-'), ".pdf", NULL);
}

/* ---- columns ---- */

static char *
format_client (gconstpointer value, gpointer page)
{
  return g_strdup (tb_invoice_get_client_name (value, tb_page_get_books (page)));
}

static char *
format_number (gconstpointer value, gpointer page)
{
  const TbInvoice *invoice = value;

  if (invoice->number == NULL && invoice->kind == TB_INVOICE_CREDIT_NOTE)
    return g_strdup (_ ("Credit note"));
  return g_strdup (invoice->number != NULL ? invoice->number : "–");
}

static char *
format_state (gconstpointer value, gpointer page)
{
  return g_strdup (tb_invoice_state_text (((const TbInvoice *) value)->state));
}

static char *
format_month (gconstpointer value, gpointer page)
{
  const TbInvoice *invoice = value;

  return g_strdup_printf ("%04d-%02d", invoice->year, invoice->month);
}

static char *
format_total (gconstpointer value, gpointer page)
{
  const TbInvoice *invoice = value;

  return tb_format_amount (invoice->total, invoice->currency);
}

static char *
format_payable (gconstpointer value, gpointer page)
{
  const TbInvoice *invoice = value;

  return tb_format_amount (tb_invoice_get_payable (invoice), invoice->currency);
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  const TbInvoice *x = a, *y = b;
  const char *name = x->buyer != NULL && x->buyer->name != NULL ? x->buyer->name : x->client;
  const char *other = y->buyer != NULL && y->buyer->name != NULL ? y->buyer->name : y->client;

  return g_utf8_collate (name != NULL ? name : "", other != NULL ? other : "");
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const TbInvoice *) a)->number, ((const TbInvoice *) b)->number);
}

static int
compare_states (gconstpointer a, gconstpointer b)
{
  return (int) ((const TbInvoice *) a)->state - (int) ((const TbInvoice *) b)->state;
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  const TbInvoice *x = a, *y = b;

  return (x->year * 12 + x->month) - (y->year * 12 + y->month);
}

static int
compare_amounts (const TbInvoice *x, TbAmount amount, const TbInvoice *y, TbAmount other)
{
  return x->currency != y->currency ? (x->currency > y->currency) - (x->currency < y->currency) : (amount > other) - (amount < other);
}

static int
compare_totals (gconstpointer a, gconstpointer b)
{
  const TbInvoice *x = a, *y = b;

  return compare_amounts (x, x->total, y, y->total);
}

static int
compare_payables (gconstpointer a, gconstpointer b)
{
  return compare_amounts (a, tb_invoice_get_payable (a), b, tb_invoice_get_payable (b));
}

/* What a narrow window still shows comes first. */
const TbColumn tb_invoice_columns[] = {
  { N_ ("Client"), 0, FALSE, format_client, compare_clients },
  { N_ ("State"), 88, FALSE, format_state, compare_states },
  { N_ ("Total"), 100, TRUE, format_total, compare_totals },
  { N_ ("Payable"), 100, TRUE, format_payable, compare_payables },
  { N_ ("Number"), 126, FALSE, format_number, compare_numbers },
  { N_ ("Period"), 78, FALSE, format_month, compare_months },
};
const guint tb_invoice_n_columns = G_N_ELEMENTS (tb_invoice_columns);
