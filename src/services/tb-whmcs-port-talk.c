/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-port-talk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-client-match.h"
#include "tb-error.h"
#include "tb-secret.h"
#include "tb-setup-store.h"
#include "tb-text.h"
#include "tb-whmcs-report.h"
#include "tb-whmcs-clients.h"
#include "tb-whmcs-invoices.h"
#include "tb-whmcs-payments.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-system.h"

typedef struct
{
  TbWhmcsPort port;
  TbWhmcs *whmcs;
  GPtrArray *currencies; /* of TbWhmcsCurrency, once they were asked for */
  GPtrArray *methods;    /* of TbWhmcsPaymentMethod, likewise */
} Talk;

static TbWhmcs *
whmcs_of (TbWhmcsPort *port)
{
  return ((Talk *) port)->whmcs;
}

/* ---- what became of a request ---- */

/* A question that was not answered. Without the permission to ask nothing can be posted at all, so that the run ends and says so. */
static TbReply
judge_read (TbWhmcsPort *port, const GError *failure)
{
  if (failure == NULL)
    return TB_REPLY_DONE;
  if (tb_whmcs_is_stopped (whmcs_of (port)) || g_error_matches (failure, TB_ERROR, TB_ERROR_AUTH)
      || g_error_matches (failure, TB_ERROR, TB_ERROR_UNSUPPORTED))
    return TB_REPLY_STOP;
  return g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND) ? TB_REPLY_REFUSED : TB_REPLY_LOST;
}

static TbReply
end_read (TbWhmcsPort *port, GError *failure, GError **error)
{
  TbReply reply = judge_read (port, failure);

  if (failure != NULL)
    g_propagate_error (error, failure);
  return reply;
}

static TbReply
judge (TbWhmcsPort *port, TbWhmcsOutcome outcome)
{
  static const TbReply replies[] = { [TB_WHMCS_DONE] = TB_REPLY_DONE, [TB_WHMCS_REFUSED] = TB_REPLY_REFUSED, [TB_WHMCS_NOT_SENT] = TB_REPLY_NOT_SENT,
                                     [TB_WHMCS_UNKNOWN] = TB_REPLY_LOST };

  return outcome != TB_WHMCS_DONE && outcome != TB_WHMCS_UNKNOWN && tb_whmcs_is_stopped (whmcs_of (port)) ? TB_REPLY_STOP : replies[outcome];
}

/* ---- reading ---- */

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const TbRemoteMark *one = a, *other = b;

  return one->id < other->id ? -1 : one->id > other->id;
}

static void
take_marked (GPtrArray *invoices, const char *marker, GArray *found, gint64 *ret_highest)
{
  *ret_highest = 0;
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbWhmcsInvoice *invoice = invoices->pdata[i];
      const TbRemoteMark mark = { invoice->id, g_strcmp0 (invoice->status, "Draft") == 0, g_strcmp0 (invoice->status, "Cancelled") == 0 };

      *ret_highest = MAX (*ret_highest, invoice->id);
      if (tb_posting_marker_is_in (marker, invoice->notes))
        g_array_append_val (found, mark);
    }
  g_array_sort (found, compare_marks);
}

static TbReply
find_invoices (TbWhmcsPort *port, gint64 client, const char *marker, gint64 above, GArray *found, gint64 *ret_highest, GError **error)
{
  const TbWhmcsInvoiceQuery query = { .client = client, .above = above };
  GError *failure = NULL;
  g_autoptr (GPtrArray) invoices = tb_whmcs_list_invoices (whmcs_of (port), &query, &failure);

  if (invoices != NULL)
    take_marked (invoices, marker, found, ret_highest);
  return end_read (port, failure, error);
}

static TbRemoteInvoice *
to_remote (const TbWhmcsInvoice *invoice)
{
  TbRemoteInvoice *remote = tb_remote_invoice_new ();

  remote->id = invoice->id;
  remote->client = invoice->client;
  remote->status = g_strdup (invoice->status);
  remote->notes = g_strdup (invoice->notes);
  remote->subtotal = invoice->subtotal;
  remote->tax = invoice->tax + invoice->tax2;
  remote->total = invoice->total;
  remote->credit = invoice->credit;
  return remote;
}

static TbReply
get_invoice (TbWhmcsPort *port, gint64 id, TbRemoteInvoice **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsInvoice) invoice = tb_whmcs_get_invoice (whmcs_of (port), id, &failure);

  if (invoice == NULL)
    return end_read (port, failure, error);
  *ret = to_remote (invoice);
  for (guint i = 0; invoice->lines != NULL && i < invoice->lines->len; i++)
    {
      const TbWhmcsLine *line = invoice->lines->pdata[i];

      tb_remote_invoice_add_line (*ret, line->id, line->description, line->amount);
    }
  return TB_REPLY_DONE;
}

static TbReply
list_invoices (TbWhmcsPort *port, GPtrArray *list, GError **error)
{
  const TbWhmcsInvoiceQuery all = { 0 };
  GError *failure = NULL;
  g_autoptr (GPtrArray) invoices = tb_whmcs_list_invoices (whmcs_of (port), &all, &failure);

  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    g_ptr_array_add (list, to_remote (invoices->pdata[i]));
  return end_read (port, failure, error);
}

static TbReply
count_credits (TbWhmcsPort *port, gint64 client, const char *marker, guint *ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) credits = tb_whmcs_list_credits (whmcs_of (port), client, &failure);

  *ret = 0;
  for (guint i = 0; credits != NULL && i < credits->len; i++)
    *ret += tb_posting_marker_is_in (marker, ((TbWhmcsCredit *) credits->pdata[i])->description);
  return end_read (port, failure, error);
}

static TbReply
get_client (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsClient) client = tb_whmcs_get_client (whmcs_of (port), id, &failure);

  if (client != NULL)
    {
      *ret = g_new0 (TbRemoteClient, 1);
      (*ret)->id = client->id;
      (*ret)->status = g_strdup (client->status);
      (*ret)->currency = client->currency;
    }
  return end_read (port, failure, error);
}

static TbReply
find_client (TbWhmcsPort *port, const char *email, gint64 *ret_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsClient) client = tb_whmcs_find_client (whmcs_of (port), email, &failure);

  *ret_id = client != NULL ? client->id : 0;
  if (g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND))
    g_clear_error (&failure);
  return end_read (port, failure, error);
}

/* ---- changing ---- */

static GPtrArray *
to_lines (GPtrArray *lines, guint n)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_whmcs_line_free);

  for (guint i = 0; i < n; i++)
    {
      const TbPostingLine *line = lines->pdata[i];

      g_ptr_array_add (list, tb_whmcs_line_new (line->description, line->amount, line->taxed));
    }
  return list;
}

/* The tax of our invoice is a rate of its own beside what WHMCS would reckon by itself; the second one is off. */
static TbReply
create_invoice (TbWhmcsPort *port, const TbRemoteDraft *draft, gint64 *ret_id, GError **error)
{
  g_autoptr (GPtrArray) lines = to_lines (draft->bill->lines, draft->n_lines);
  TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;

  invoice.client = draft->client;
  invoice.date = draft->date;
  invoice.due = draft->due;
  invoice.notes = draft->notes;
  invoice.payment_method = draft->payment_method;
  invoice.draft = TRUE;
  invoice.lines = lines;
  if (draft->bill->tax_percent != 0)
    {
      invoice.tax_rate = draft->bill->tax_percent;
      invoice.tax_rate2 = 0;
    }
  return judge (port, tb_whmcs_create_invoice (whmcs_of (port), &invoice, ret_id, error));
}

static TbReply
change_invoice (TbWhmcsPort *port, gint64 id, const TbWhmcsInvoiceChange *change, GError **error)
{
  return judge (port, tb_whmcs_change_invoice (whmcs_of (port), id, change, error));
}

static TbReply
add_lines (TbWhmcsPort *port, gint64 id, GPtrArray *given, TbCurrency currency, GError **error)
{
  g_autoptr (GPtrArray) lines = to_lines (given, given->len);
  TbWhmcsInvoiceChange change = TB_WHMCS_INVOICE_CHANGE;

  change.added = lines;
  return change_invoice (port, id, &change, error);
}

static TbReply
remove_lines (TbWhmcsPort *port, gint64 id, GArray *line_ids, GError **error)
{
  TbWhmcsInvoiceChange change = TB_WHMCS_INVOICE_CHANGE;

  change.removed = line_ids;
  return change_invoice (port, id, &change, error);
}

static TbReply
publish (TbWhmcsPort *port, gint64 id, GError **error)
{
  TbWhmcsInvoiceChange change = TB_WHMCS_INVOICE_CHANGE;

  change.publish = TB_WHMCS_PUBLISH_AND_SEND;
  return change_invoice (port, id, &change, error);
}

static TbReply
cancel (TbWhmcsPort *port, gint64 id, GError **error)
{
  TbWhmcsInvoiceChange change = TB_WHMCS_INVOICE_CHANGE;

  change.status = "Cancelled";
  return change_invoice (port, id, &change, error);
}

static TbReply
apply_credit (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  return judge (port, tb_whmcs_apply_credit (whmcs_of (port), id, amount.amount, FALSE, error));
}

static TbReply
add_credit (TbWhmcsPort *port, gint64 client, TbMoney amount, const char *description, GError **error)
{
  return judge (port, tb_whmcs_add_credit (whmcs_of (port), client, amount.amount, description, NULL, error));
}

static TbReply
log_activity (TbWhmcsPort *port, gint64 client, const char *text, GError **error)
{
  return judge (port, tb_whmcs_log_activity (whmcs_of (port), client, text, error));
}

/* ---- new clients ---- */

static TbReply
find_currency (TbWhmcsPort *port, TbCurrency currency, gint64 *ret_id, GError **error)
{
  Talk *self = (Talk *) port;
  GError *failure = NULL;

  if (self->currencies == NULL)
    self->currencies = tb_whmcs_list_currencies (self->whmcs, &failure);
  if (self->currencies == NULL)
    {
      TbReply reply = end_read (port, failure, error);

      return reply == TB_REPLY_LOST ? TB_REPLY_NOT_SENT : reply; /* nothing was sent that changes anything */
    }
  for (guint i = 0; i < self->currencies->len; i++)
    {
      const TbWhmcsCurrency *known = self->currencies->pdata[i];

      if (known->currency == currency)
        {
          *ret_id = known->id;
          return TB_REPLY_DONE;
        }
    }
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("WHMCS has no currency %s."), tb_currency_to_string (currency));
  return TB_REPLY_REFUSED;
}

/* WHMCS wants a person's two names: the first word, and what follows it. */
static void
set_names (TbWhmcsClient *remote, const char *name)
{
  const char *blank = name != NULL ? strchr (name, ' ') : NULL;

  tb_set_str (&remote->company, name);
  g_free (remote->first_name);
  remote->first_name = blank != NULL ? g_strndup (name, (gsize) (blank - name)) : g_strdup (name != NULL ? name : "-");
  tb_set_str (&remote->last_name, blank != NULL ? blank + 1 : "-");
}

/* The first line is the street, the last one the place, what lies between goes with the street. */
static void
set_address (TbWhmcsClient *remote, char **lines)
{
  guint n = lines != NULL ? g_strv_length (lines) : 0;

  tb_set_str (&remote->address1, n > 0 ? lines[0] : "-");
  tb_set_str (&remote->city, n > 1 ? lines[n - 1] : "-");
  if (n > 2)
    tb_set_str (&remote->address2, lines[1]);
}

static TbReply
add_client (TbWhmcsPort *port, const TbClient *client, const char *note, gint64 *ret_id, GError **error)
{
  g_autoptr (TbWhmcsClient) remote = tb_whmcs_client_new ();
  TbReply reply = find_currency (port, client->currency, &remote->currency_id, error);

  if (reply != TB_REPLY_DONE)
    return reply;
  set_names (remote, client->name);
  set_address (remote, client->address);
  tb_set_str (&remote->email, client->email);
  tb_set_str (&remote->country, client->country);
  tb_set_str (&remote->tax_id, client->tax_id);
  tb_set_str (&remote->notes, note);
  return judge (port, tb_whmcs_add_client (whmcs_of (port), remote, ret_id, error));
}

static TbReply
set_field (TbWhmcsPort *port, TbWhmcsClient *changes, TbClientField field, const TbClient *client, GError **error)
{
  switch (field)
    {
    case TB_CLIENT_NAME:
      tb_set_str (&changes->company, client->name);
      break;
    case TB_CLIENT_EMAIL:
      tb_set_str (&changes->email, client->email);
      break;
    case TB_CLIENT_CURRENCY:
      return find_currency (port, client->currency, &changes->currency_id, error);
    case TB_CLIENT_COUNTRY:
      tb_set_str (&changes->country, client->country);
      break;
    case TB_CLIENT_ADDRESS:
      set_address (changes, client->address);
      break;
    case TB_CLIENT_TAX_ID:
      tb_set_str (&changes->tax_id, client->tax_id != NULL ? client->tax_id : "");
      break;
    }
  return TB_REPLY_DONE;
}

static TbReply
change_client (TbWhmcsPort *port, const TbClient *client, const char *fields, GError **error)
{
  g_autoptr (TbWhmcsClient) changes = tb_whmcs_client_new ();
  g_auto (GStrv) names = g_strsplit (fields, ",", -1);
  TbReply reply = TB_REPLY_DONE;

  for (guint i = 0; reply == TB_REPLY_DONE && names[i] != NULL; i++)
    {
      TbClientField field;

      reply = tb_client_field_parse (names[i], &field, error) ? set_field (port, changes, field, client, error) : TB_REPLY_REFUSED;
    }
  return reply == TB_REPLY_DONE ? judge (port, tb_whmcs_change_client (whmcs_of (port), client->whmcs_id, changes, error)) : reply;
}

/* ---- what follows from balances ---- */

static TbReply
get_service_status (TbWhmcsPort *port, gint64 service, char **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsService) there = tb_whmcs_get_service (whmcs_of (port), service, &failure);

  if (there != NULL)
    *ret = g_strdup (there->status);
  return end_read (port, failure, error);
}

static TbReply
suspend (TbWhmcsPort *port, gint64 service, const char *reason, GError **error)
{
  return judge (port, tb_whmcs_suspend (whmcs_of (port), service, reason, error));
}

static TbReply
resume (TbWhmcsPort *port, gint64 service, GError **error)
{
  return judge (port, tb_whmcs_unsuspend (whmcs_of (port), service, error));
}

static TbReply
get_custom_field (TbWhmcsPort *port, gint64 client, gint64 field, char **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsClient) there = tb_whmcs_get_client (whmcs_of (port), client, &failure);
  const char *value = there != NULL ? tb_whmcs_custom_fields_get (there->custom_fields, field) : NULL;

  if (there != NULL)
    *ret = g_strdup (value != NULL ? value : "");
  return end_read (port, failure, error);
}

static TbReply
set_custom_field (TbWhmcsPort *port, gint64 client, gint64 field, const char *value, GError **error)
{
  g_autoptr (TbWhmcsClient) changes = tb_whmcs_client_new ();

  tb_whmcs_custom_fields_add (changes->custom_fields, field, "", value);
  return judge (port, tb_whmcs_change_client (whmcs_of (port), client, changes, error));
}

static TbReply
mail (TbWhmcsPort *port, gint64 client, const char *template_name, GError **error)
{
  return judge (port, tb_whmcs_send_email (whmcs_of (port), template_name, client, NULL, 0, error));
}

/* ---- payments ---- */

static TbReply
find_payments (TbWhmcsPort *port, gint64 client, const char *marker, guint *ret, gint64 *ret_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = tb_whmcs_list_transactions (whmcs_of (port), 0, 0, marker, &failure);

  *ret = 0;
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const TbWhmcsTransaction *transaction = found->pdata[i];

      if (!tb_posting_marker_is_in (marker, transaction->reference))
        continue;
      *ret += 1;
      *ret_id = transaction->id;
    }
  return end_read (port, failure, error);
}

/* The method that WHMCS calls so, else the usual one, else its first; the failure of asking is that nothing was sent. */
static TbReply
find_method (TbWhmcsPort *port, const TbRemoteMoney *money, const char **ret, GError **error)
{
  Talk *self = (Talk *) port;
  const char *const names[] = { money->method, money->usual_method };
  GError *failure = NULL;

  if (self->methods == NULL)
    self->methods = tb_whmcs_list_payment_methods (self->whmcs, &failure);
  if (self->methods == NULL)
    {
      TbReply reply = end_read (port, failure, error);

      return reply == TB_REPLY_LOST ? TB_REPLY_NOT_SENT : reply;
    }
  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint i = 0; names[n] != NULL && i < self->methods->len; i++)
      {
        const TbWhmcsPaymentMethod *method = self->methods->pdata[i];

        if (g_ascii_strcasecmp (method->module, names[n]) == 0 || g_ascii_strcasecmp (method->name, names[n]) == 0)
          {
            *ret = method->module;
            return TB_REPLY_DONE;
          }
      }
  *ret = money->usual_method != NULL ? money->usual_method : self->methods->len > 0 ? ((TbWhmcsPaymentMethod *) self->methods->pdata[0])->module : NULL;
  if (*ret != NULL)
    return TB_REPLY_DONE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("WHMCS has no payment methods, and a payment needs one."));
  return TB_REPLY_REFUSED;
}

/* Money for an invoice pays it; what goes out, and what is for none, are transactions. */
static TbReply
add_payment (TbWhmcsPort *port, const TbRemoteMoney *money, GError **error)
{
  g_autoptr (TbWhmcsTransaction) transaction = tb_whmcs_transaction_new ();
  const char *method = NULL;
  TbReply reply = find_method (port, money, &method, error);

  if (reply != TB_REPLY_DONE)
    return reply;
  if (money->invoice != 0 && money->amount.amount > 0)
    return judge (port, tb_whmcs_add_payment (whmcs_of (port), money->invoice, money->marker, method, money->day, money->amount.amount, 0, FALSE, error));
  transaction->client = money->client;
  transaction->invoice = money->invoice;
  transaction->in = MAX (money->amount.amount, 0);
  transaction->out = MAX (-money->amount.amount, 0);
  tb_set_str (&transaction->gateway, method);
  tb_set_str (&transaction->reference, money->marker);
  tb_set_str (&transaction->description, money->description);
  return judge (port, tb_whmcs_add_transaction (whmcs_of (port), transaction, money->invoice == 0, NULL, error));
}

/* ---- public ---- */

TbWhmcsPort *
tb_whmcs_port_new (TbWhmcs *whmcs)
{
  Talk *self = g_new0 (Talk, 1);

  self->whmcs = whmcs;
  self->port
      = (TbWhmcsPort){ find_invoices, get_invoice, list_invoices, count_credits, get_client, find_client, create_invoice, add_lines,
                       remove_lines,  publish,     cancel,        apply_credit,  add_credit, add_client,  change_client,  log_activity,
                       get_service_status, suspend, resume, get_custom_field, set_custom_field, mail, find_payments, add_payment };
  return &self->port;
}

void
tb_whmcs_port_free (TbWhmcsPort *self)
{
  g_clear_pointer (&((Talk *) self)->currencies, g_ptr_array_unref);
  g_clear_pointer (&((Talk *) self)->methods, g_ptr_array_unref);
  g_free (self);
}

TbWhmcs *
tb_whmcs_open (TbStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  return setup != NULL ? tb_whmcs_open_setup (setup, cancellable, error) : NULL;
}

TbWhmcs *
tb_whmcs_open_setup (const TbSetup *setup, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  TbWhmcs *whmcs = NULL;
  char *secret, *access_key;

  if (setup->whmcs == NULL || setup->whmcs->url == NULL)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND,
                           _("These books know no WHMCS; its address belongs into the set-up, under “whmcs”."));
      return NULL;
    }
  secret = tb_secret_lookup ("whmcs", cancellable, &failure);
  access_key = failure == NULL ? tb_secret_lookup ("whmcs access key", cancellable, &failure) : NULL;
  if (failure == NULL)
    {
      const TbWhmcsLogin login = { setup->whmcs->url, setup->whmcs->identifier, setup->whmcs->user, secret, access_key };

      whmcs = tb_whmcs_new (&login, &failure);
    }
  tb_secret_free (secret);
  tb_secret_free (access_key);
  if (whmcs == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return whmcs;
}

TbPushResult *
tb_whmcs_push_books (TbStore *store, const char *client, TbJob *job, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (store, job != NULL ? tb_job_get_cancellable (job) : NULL, error);
  g_autofree char *holder = g_uuid_string_random ();
  g_autofree TbPushClock *clock = NULL;
  TbPushTerms terms = { .store = store, .client = client, .holder = holder, .host = g_get_host_name () };
  TbPushResult *result;

  if (whmcs == NULL)
    return NULL;
  tb_whmcs_set_job (whmcs, job, 0, 1);
  clock = tb_push_clock_new ();
  terms.clock = clock;
  terms.port = tb_whmcs_port_new (whmcs);
  result = tb_whmcs_push (&terms, job, error);
  tb_whmcs_port_free (terms.port);
  return result;
}

GPtrArray *
tb_whmcs_report_books (TbStore *store, TbJob *job, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (store, job != NULL ? tb_job_get_cancellable (job) : NULL, error);
  TbWhmcsPort *port;
  GPtrArray *rows;

  if (whmcs == NULL)
    return NULL;
  tb_whmcs_set_job (whmcs, job, 0, 1);
  port = tb_whmcs_port_new (whmcs);
  rows = tb_whmcs_report_new (store, port, error);
  tb_whmcs_port_free (port);
  return rows;
}
