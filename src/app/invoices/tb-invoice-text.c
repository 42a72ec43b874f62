/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-text.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-page.h"

const char *
tb_invoice_standing_class (TbStanding standing)
{
  static const char *const classes[TB_N_STANDINGS] = {
    [TB_STANDING_DRAFT] = "warning", [TB_STANDING_APPROVED] = "accent", [TB_STANDING_PARTLY] = "accent", [TB_STANDING_OVERDUE] = "error",
    [TB_STANDING_PAID] = "success", [TB_STANDING_CREDITED] = "dim-label", [TB_STANDING_VOID] = "dim-label",
  };

  return classes[standing];
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

static const TbInvoice *
invoice_of (gconstpointer row)
{
  return ((const TbInvoiceRow *) row)->invoice;
}

static char *
format_client (gconstpointer row, gpointer page)
{
  return g_strdup (tb_invoice_get_client_name (invoice_of (row), tb_page_get_books (page)));
}

static char *
format_number (gconstpointer row, gpointer page)
{
  const TbInvoice *invoice = invoice_of (row);

  if (invoice->number == NULL && invoice->kind == TB_INVOICE_CREDIT_NOTE)
    return g_strdup (_ ("Credit note"));
  return g_strdup (invoice->number != NULL ? invoice->number : "–");
}

static char *
format_standing (gconstpointer row, gpointer page)
{
  return g_strdup (tb_standing_to_display (((const TbInvoiceRow *) row)->standing));
}

static const char *
style_standing (gconstpointer row, gpointer page)
{
  return tb_invoice_standing_class (((const TbInvoiceRow *) row)->standing);
}

static char *
format_month (gconstpointer row, gpointer page)
{
  return g_strdup_printf ("%04d-%02d", invoice_of (row)->year, invoice_of (row)->month);
}

static char *
format_due (gconstpointer row, gpointer page)
{
  return tb_format_day (invoice_of (row)->due);
}

static char *
format_posting (gconstpointer data, gpointer page)
{
  const TbInvoiceRow *row = data;

  return g_strdup (row->is_posted ? tb_posting_state_to_display (row->posting) : "–");
}

static char *
format_total (gconstpointer row, gpointer page)
{
  return tb_format_amount (invoice_of (row)->total, invoice_of (row)->currency);
}

/* Of a draft what it will ask for, else what it asks for still. */
static TbAmount
get_payable (gconstpointer data)
{
  const TbInvoiceRow *row = data;

  return row->standing == TB_STANDING_DRAFT ? tb_invoice_get_payable (row->invoice) : row->open;
}

static char *
format_payable (gconstpointer row, gpointer page)
{
  return tb_format_amount (get_payable (row), invoice_of (row)->currency);
}

static const char *
get_sort_name (const TbInvoice *invoice)
{
  const char *name = invoice->buyer != NULL && invoice->buyer->name != NULL ? invoice->buyer->name : invoice->client;

  return name != NULL ? name : "";
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (get_sort_name (invoice_of (a)), get_sort_name (invoice_of (b)));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (invoice_of (a)->number, invoice_of (b)->number);
}

static int
compare_standings (gconstpointer a, gconstpointer b)
{
  return (int) ((const TbInvoiceRow *) a)->standing - (int) ((const TbInvoiceRow *) b)->standing;
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return (invoice_of (a)->year * 12 + invoice_of (a)->month) - (invoice_of (b)->year * 12 + invoice_of (b)->month);
}

static int
compare_dues (gconstpointer a, gconstpointer b)
{
  return (invoice_of (a)->due > invoice_of (b)->due) - (invoice_of (a)->due < invoice_of (b)->due);
}

static int
compare_postings (gconstpointer a, gconstpointer b)
{
  const TbInvoiceRow *x = a, *y = b;

  return x->is_posted != y->is_posted ? x->is_posted - y->is_posted : (int) x->posting - (int) y->posting;
}

static int
compare_amounts (gconstpointer a, TbAmount amount, gconstpointer b, TbAmount other)
{
  TbCurrency x = invoice_of (a)->currency, y = invoice_of (b)->currency;

  return x != y ? (x > y) - (x < y) : (amount > other) - (amount < other);
}

static int
compare_totals (gconstpointer a, gconstpointer b)
{
  return compare_amounts (a, invoice_of (a)->total, b, invoice_of (b)->total);
}

static int
compare_payables (gconstpointer a, gconstpointer b)
{
  return compare_amounts (a, get_payable (a), b, get_payable (b));
}

/* What a narrow window still shows comes first. */
const TbColumn tb_invoice_columns[] = {
  { N_ ("Client"), 0, FALSE, format_client, compare_clients },
  { N_ ("State"), 92, FALSE, format_standing, compare_standings, 0, style_standing },
  { N_ ("Total"), 100, TRUE, format_total, compare_totals },
  { N_ ("Payable"), 100, TRUE, format_payable, compare_payables },
  { N_ ("Number"), 126, FALSE, format_number, compare_numbers },
  { N_ ("Period"), 78, FALSE, format_month, compare_months },
  { N_ ("Due"), 92, FALSE, format_due, compare_dues },
  { N_ ("WHMCS"), 92, FALSE, format_posting, compare_postings },
};
const guint tb_invoice_n_columns = G_N_ELEMENTS (tb_invoice_columns);
