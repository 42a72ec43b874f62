/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-billing-desk.h"
#include "tb-billing-credit.h"
#include "tb-billing-run.h"
#include "tb-command.h"
#include "tb-electronic-export.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-payment-fields.h"
#include "tb-payment-store.h"
#include "tb-triage-fields.h"

static const char *const states[] = { [TB_INVOICE_DRAFT] = "draft", [TB_INVOICE_APPROVED] = "approved", [TB_INVOICE_VOID] = "void" };
static const char *const line_kinds[] = { [TB_LINE_FEE] = "fee", [TB_LINE_USAGE] = "usage", [TB_LINE_INCLUDED] = "included", [TB_LINE_INBOUND] = "inbound",
                                          [TB_LINE_CORRECTION] = "correction", [TB_LINE_CREDIT] = "credit" };
static const char *const kinds[] = { [TB_INVOICE_BILL] = "invoice", [TB_INVOICE_CREDIT_NOTE] = "credit-note" };

/* ---- an invoice in one row ---- */

static TbMoney
money_of (const TbInvoice *invoice, TbAmount amount)
{
  return (TbMoney){ amount, invoice->currency };
}

/* What became of it: by payments, and by what WHMCS says of it. */
static void
say_payment (TbOutput *out, const TbInvoice *invoice, GHashTable *items)
{
  const TbOpenItem *item = g_hash_table_lookup (items, GUINT_TO_POINTER (invoice->id));

  tb_payment_fields_say_item (out, item, invoice->currency);
  tb_output_time (out, "payment_since", _("Since"), item != NULL && item->posted ? item->status.since : TB_TIME_NONE);
}

static void
say_head (TbOutput *out, const TbInvoice *invoice)
{
  g_autofree char *run = g_strdup_printf ("%04d-%02d", invoice->year, invoice->month);

  if (invoice->id != 0)
    tb_output_int (out, "id", _("Id"), invoice->id);
  else
    tb_output_text (out, "id", _("Id"), NULL);
  tb_output_text (out, "number", _("Number"), invoice->number);
  tb_output_text (out, "state", _("State"), states[invoice->state]);
  tb_output_text (out, "kind", _("Kind"), kinds[invoice->kind]);
  tb_output_text (out, "corrects", _("Corrects"), invoice->corrects);
  tb_output_text (out, "reason", _("Reason"), invoice->reason);
  tb_output_text (out, "client", _("Client"), invoice->client);
  tb_output_text (out, "name", _("Name"), invoice->buyer != NULL ? invoice->buyer->name : NULL);
  tb_output_text (out, "period", _("Run"), run);
  tb_output_day (out, "from", _("From"), invoice->period.start);
  tb_output_day (out, "to", _("Before"), invoice->period.end);
  tb_output_day (out, "issued", _("Issued"), invoice->issued);
  tb_output_day (out, "due", _("Due"), invoice->due);
  tb_output_money (out, "net", _("Net"), money_of (invoice, invoice->net));
  tb_output_money (out, "tax", _("Tax"), money_of (invoice, invoice->tax));
  tb_output_amount (out, "total", _("Total"), money_of (invoice, invoice->total));
  tb_output_money (out, "paid", _("From balance"), money_of (invoice, invoice->paid));
  tb_output_money (out, "payable", _("Payable"), money_of (invoice, tb_invoice_get_payable (invoice)));
}

static void
say_heads (TbOutput *out, GPtrArray *invoices, GHashTable *payments)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      tb_output_row (out);
      say_head (out, invoices->pdata[i]);
      if (payments != NULL)
        say_payment (out, invoices->pdata[i], payments);
      tb_output_end (out);
    }
}

/* ---- bill ---- */

static void
say_held (TbOutput *out, GPtrArray *held)
{
  tb_output_list (out, "held", _("Held back"));
  for (guint i = 0; i < held->len; i++)
    {
      const TbBillingHold *hold = held->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "client", _("Client"), hold->client);
      tb_output_int (out, "calls", _("Calls"), (gint64) hold->calls);
      tb_output_amount (out, "estimate", _("Missing, about"), hold->estimate);
      tb_output_int (out, "estimated", _("of calls"), (gint64) hold->estimated);
      tb_triage_fields_say_causes (out, hold->causes);
      tb_output_end (out);
    }
  tb_output_end (out);
}

/* A bill that somebody waits for and does not get is a failure; one that would not come is only told. */
static void
refuse_held (TbRun *run, GPtrArray *held)
{
  for (guint i = 0; i < held->len; i++)
    {
      g_autofree char *text = tb_billing_hold_describe (held->pdata[i]);

      tb_run_fail (run, g_error_new (TB_ERROR, TB_ERROR_NO_RATE, _("%s; see “repair list”, or bill with --incomplete"), text));
    }
}

static gboolean
bill (TbRun *run, GError **error)
{
  gboolean dry_run = tb_run_has (run, "dry-run");
  TbBillingFlags flags = (dry_run ? TB_BILLING_DRY_RUN : 0) | (tb_run_has (run, "incomplete") ? TB_BILLING_INCOMPLETE : 0);
  g_autoptr (TbBillingRun) billed = NULL;
  int year, month;

  if (!tb_run_get_month (run, &year, &month, error))
    return FALSE;
  billed = tb_billing_run (run->store, year, month, tb_run_get (run, "client"), flags, run->job, error);
  if (billed == NULL)
    return FALSE;
  tb_output_text (run->out, "period", _("Run"), tb_run_get (run, "period"));
  tb_output_bool (run->out, "dry_run", _("Dry run"), dry_run);
  tb_output_int (run->out, "created", _("New drafts"), billed->created);
  tb_output_int (run->out, "replaced", _("Drafts made anew"), billed->replaced);
  tb_output_int (run->out, "unchanged", _("Unchanged"), billed->unchanged);
  tb_output_int (run->out, "approved_before", _("Approved before"), billed->approved_before);
  tb_output_strv (run->out, "warnings", _("To look at"), billed->warnings);
  say_held (run->out, billed->held);
  if (!dry_run)
    refuse_held (run, billed->held);
  tb_output_list (run->out, "invoices", _("Invoices"));
  say_heads (run->out, billed->invoices, NULL);
  tb_output_end (run->out);
  return TRUE;
}

/* ---- invoice list, show ---- */

/* id → TbOpenItem, borrowed. */
static GHashTable *
index_items (GPtrArray *accounts)
{
  GHashTable *items = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < accounts->len; i++)
    {
      GPtrArray *its = ((TbAccount *) accounts->pdata[i])->items;

      for (guint j = 0; j < its->len; j++)
        g_hash_table_insert (items, GUINT_TO_POINTER (((TbOpenItem *) its->pdata[j])->id), its->pdata[j]);
    }
  return items;
}

static gboolean
list_invoices (TbRun *run, GError **error)
{
  const char *client = tb_run_get (run, "client");
  g_autoptr (GPtrArray) invoices = NULL, accounts = NULL;
  g_autoptr (GHashTable) payments = NULL;

  if (!tb_run_check_client (run, client, error))
    return FALSE;
  invoices = tb_invoice_store_list (run->store, client, error);
  accounts = invoices != NULL ? tb_account_store_list (run->store, client, error) : NULL;
  if (accounts == NULL)
    return FALSE;
  payments = index_items (accounts);
  tb_output_be_list (run->out);
  say_heads (run->out, invoices, payments);
  return TRUE;
}

/* ---- invoice compare ---- */

static void
say_bill (TbOutput *out, const TbBillRow *bill)
{
  tb_output_row (out);
  tb_output_text (out, "client", _("Client"), bill->client);
  tb_output_text (out, "name", _("Name"), bill->name);
  tb_output_amount (out, "net", _("Net"), (TbMoney){ bill->now, bill->currency });
  tb_output_money (out, "net_before", _("Month before"), (TbMoney){ bill->before, bill->currency });
  tb_output_money (out, "difference", _("Difference"), (TbMoney){ bill->difference, bill->currency });
  tb_output_int (out, "bills", _("Bills"), bill->bills);
  tb_output_int (out, "drafts", _("Drafts"), bill->drafts);
  tb_output_bool (out, "new", _("New"), bill->is_new);
  tb_output_bool (out, "gone", _("Gone"), bill->is_gone);
  tb_output_int (out, "score", _("Score"), bill->score);
  tb_output_bool (out, "outlier", _("Outlier"), bill->outlier);
  tb_output_end (out);
}

static gboolean
compare_bills (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) bills = NULL;
  int year, month;

  if (!tb_run_get_month (run, &year, &month, error))
    return FALSE;
  bills = tb_desk_compare (run->store, year, month, error);
  if (bills == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < bills->len; i++)
    say_bill (run->out, bills->pdata[i]);
  return TRUE;
}

static void
say_party (TbOutput *out, const char *key, const char *title, const TbInvoiceParty *party)
{
  g_autofree char *address = party != NULL && party->address != NULL ? g_strjoinv (", ", party->address) : NULL;

  tb_output_object (out, key, title);
  if (party != NULL)
    {
      tb_output_text (out, "name", _("Name"), party->name);
      tb_output_text (out, "address", _("Address"), address);
      tb_output_text (out, "country", _("Country"), party->country);
      tb_output_text (out, "tax_id", _("Tax id"), party->tax_id);
      tb_output_text (out, "email", _("Mail"), party->email);
    }
  tb_output_end (out);
}

static void
say_lines (TbOutput *out, const TbInvoice *invoice)
{
  tb_output_list (out, "lines", _("Lines"));
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const TbInvoiceLine *line = invoice->lines->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "kind", _("Kind"), line_kinds[line->kind]);
      tb_output_text (out, "service", _("Service"), line->service);
      tb_output_text (out, "description", _("Description"), line->description);
      tb_output_day (out, "from", _("From"), line->period.start);
      tb_output_day (out, "to", _("Before"), line->period.end);
      tb_output_int (out, "calls", _("Calls"), line->calls);
      tb_output_int (out, "seconds", _("Seconds"), line->seconds);
      tb_output_int (out, "free", _("Free"), line->free);
      tb_output_money (out, "amount", _("Amount"), money_of (invoice, line->amount));
      tb_output_text (out, "tax", _("Tax"), line->tax);
      tb_output_bool (out, "prepaid", _("From balance"), line->prepaid);
      tb_output_end (out);
    }
  tb_output_end (out);
}

static void
say_taxes (TbOutput *out, const TbInvoice *invoice)
{
  tb_output_list (out, "taxes", _("Taxes"));
  for (guint i = 0; i < invoice->taxes->len; i++)
    {
      const TbInvoiceTax *tax = invoice->taxes->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "tax", _("Tax"), tax->tax);
      tb_output_text (out, "category", _("Category"), tax->category);
      tb_output_decimal (out, "percent", _("Percent"), tax->percent);
      tb_output_money (out, "base", _("Base"), money_of (invoice, tax->base));
      tb_output_money (out, "amount", _("Amount"), money_of (invoice, tax->amount));
      tb_output_end (out);
    }
  tb_output_end (out);
}

static gboolean
show_invoice (TbRun *run, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (run->store, run->arguments[0], error);
  g_autoptr (GPtrArray) accounts = invoice != NULL ? tb_account_store_list (run->store, invoice->client, error) : NULL;
  g_autoptr (GHashTable) payments = NULL;

  if (accounts == NULL)
    return FALSE;
  payments = index_items (accounts);
  say_head (run->out, invoice);
  say_payment (run->out, invoice, payments);
  say_party (run->out, "seller", _("Seller"), invoice->seller);
  say_party (run->out, "buyer", _("Buyer"), invoice->buyer);
  say_lines (run->out, invoice);
  say_taxes (run->out, invoice);
  return TRUE;
}

/* ---- invoice pdf, approve, void ---- */

static gboolean
write_pdf (TbRun *run, GError **error)
{
  const char *path = tb_run_get (run, "output");

  if (path == NULL)
    return tb_run_misuse (error, _("“%s” needs -o FILE."), run->command->name);
  if (!tb_billing_write_pdf (run->store, run->arguments[0], path, error))
    return FALSE;
  tb_output_text (run->out, "invoice", _("Invoice"), run->arguments[0]);
  tb_output_text (run->out, "file", _("File"), path);
  return TRUE;
}

static gboolean
write_ubl (TbRun *run, GError **error)
{
  const char *path = tb_run_get (run, "output"), *word = tb_run_get (run, "profile");
  TbElectronicProfile profile = TB_ELECTRONIC_AUTO;
  gboolean peppol;

  if (path == NULL)
    return tb_run_misuse (error, _("“%s” needs -o FILE."), run->command->name);
  if (word != NULL && !tb_electronic_profile_parse (word, &profile))
    return tb_run_misuse (error, _("“%s” is not a profile: there are auto, en16931 and peppol."), word);
  if (!tb_electronic_export_ubl (run->store, run->arguments[0], profile, path, &peppol, error))
    return FALSE;
  tb_output_text (run->out, "invoice", _("Invoice"), run->arguments[0]);
  tb_output_text (run->out, "profile", _("Profile"), peppol ? "peppol" : "en16931");
  tb_output_text (run->out, "file", _("File"), path);
  return TRUE;
}

static TbInvoice *
void_one (TbStore *store, const char *name, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, name, error);

  if (invoice == NULL || !tb_billing_void (store, name, error))
    return NULL;
  invoice->state = TB_INVOICE_VOID;
  return g_steal_pointer (&invoice);
}

/* Each on its own: one that is refused does not take back the others. */
static gboolean
change_each (TbRun *run, TbInvoice *(*change) (TbStore *store, const char *name, GError **error) )
{
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_invoice_free);

  for (char **name = run->arguments; *name != NULL && !tb_job_is_cancelled (run->job, NULL); name++)
    {
      GError *failure = NULL;
      TbInvoice *invoice = change (run->store, *name, &failure);

      if (invoice != NULL)
        g_ptr_array_add (done, invoice);
      else
        tb_run_fail (run, failure);
    }
  tb_output_be_list (run->out);
  say_heads (run->out, done, NULL);
  return done->len > 0;
}

static gboolean
approve_invoices (TbRun *run, GError **error)
{
  return change_each (run, tb_billing_approve);
}

static gboolean
void_invoices (TbRun *run, GError **error)
{
  return change_each (run, void_one);
}

/* "2,3": lines as "invoice show" counts them, from 1. */
static gboolean
parse_lines (const char *text, GArray **ret, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));

  for (char **part = parts; *part != NULL; part++)
    {
      guint64 number;
      guint at;

      if (!g_ascii_string_to_unsigned (g_strstrip (*part), 10, 1, G_MAXINT, &number, NULL))
        return tb_run_misuse (error, _("--line: “%s” is not a line's number, or several with commas between."), text);
      at = (guint) number - 1;
      g_array_append_val (lines, at);
    }
  *ret = g_steal_pointer (&lines);
  return TRUE;
}

static gboolean
credit_invoice (TbRun *run, GError **error)
{
  const char *chosen = tb_run_get (run, "line");
  g_autoptr (GArray) lines = NULL;
  g_autoptr (TbInvoice) note = NULL;

  if (chosen != NULL && !parse_lines (chosen, &lines, error))
    return FALSE;
  note = tb_billing_credit (run->store, run->arguments[0], lines, tb_run_get (run, "reason"), error);
  if (note == NULL)
    return FALSE;
  say_head (run->out, note);
  return TRUE;
}

static const TbOption bill_options[] = {
  TB_OPTION_PERIOD,
  TB_OPTION_CLIENT,
  TB_OPTION_DRY_RUN,
  { "incomplete", 0, NULL, N_("bill also clients of whom calls have no price") },
  { NULL },
};
static const TbOption list_options[] = { TB_OPTION_CLIENT, { NULL } };
static const TbOption compare_options[] = { TB_OPTION_PERIOD, { NULL } };
static const TbOption pdf_options[] = { TB_OPTION_OUTPUT, { NULL } };
static const TbOption ubl_options[] = {
  TB_OPTION_OUTPUT,
  { "profile", 0, N_("P"), N_("auto, en16931 or peppol") },
  { NULL },
};

static const TbOption credit_options[] = {
  { "line", 0, N_("K,K…"), N_("only these lines, from 1, as \"invoice show\" has them") },
  { "reason", 0, N_("TEXT"), N_("why; it stands on the document") },
  { NULL },
};

const TbCommand tb_commands_bill[] = {
  { "bill", NULL, 0, 0, TB_BOOKS_OPEN, bill_options, bill, N_("makes draft invoices for the service periods that end in a month") },
  { "invoice list", NULL, 0, 0, TB_BOOKS_OPEN, list_options, list_invoices, N_("lists invoices, the newest run first") },
  { "invoice compare", NULL, 0, 0, TB_BOOKS_OPEN, compare_options, compare_bills, N_("lists a month's bills beside those of the month before, the oddest first") },
  { "invoice show", N_("N"), 1, 1, TB_BOOKS_OPEN, NULL, show_invoice, N_("shows an invoice by number or id") },
  { "invoice pdf", N_("N"), 1, 1, TB_BOOKS_OPEN, pdf_options, write_pdf, N_("writes an invoice with its calls as PDF") },
  { "invoice ubl", N_("N"), 1, 1, TB_BOOKS_OPEN, ubl_options, write_ubl, N_("writes an approved invoice as an electronic one (UBL, Peppol)") },
  { "invoice approve", N_("N…"), 1, G_MAXUINT, TB_BOOKS_OPEN, NULL, approve_invoices, N_("gives drafts their number and freezes them") },
  { "invoice credit", N_("N"), 1, 1, TB_BOOKS_OPEN, credit_options, credit_invoice, N_("makes the draft of a credit note for an approved invoice") },
  { "invoice void", N_("N…"), 1, G_MAXUINT, TB_BOOKS_OPEN, NULL, void_invoices, N_("voids an invoice; its calls are free again") },
  { NULL },
};
