/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-whmcs-invoices.h"
#include "tb-whmcs-payments.h"
#include "tb-whmcs-port-private.h"
#include "tb-whmcs-system.h"

TbWhmcs *
tb_talk_port_get_whmcs (TbWhmcsPort *port)
{
  return ((TbTalkPort *) port)->whmcs;
}

/* ---- what became of a request ---- */

/* A question that was not answered. Without the permission to ask nothing can be posted at all, so that the run ends and says so. */
static TbReply
judge_read (TbWhmcsPort *port, const GError *failure)
{
  if (failure == NULL)
    return TB_REPLY_DONE;
  if (tb_whmcs_is_stopped (tb_talk_port_get_whmcs (port)) || g_error_matches (failure, TB_ERROR, TB_ERROR_AUTH)
      || g_error_matches (failure, TB_ERROR, TB_ERROR_UNSUPPORTED))
    return TB_REPLY_STOP;
  return g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND) ? TB_REPLY_REFUSED : TB_REPLY_LOST;
}

TbReply
tb_talk_port_end_read (TbWhmcsPort *port, GError *failure, GError **error)
{
  TbReply reply = judge_read (port, failure);

  if (failure != NULL)
    g_propagate_error (error, failure);
  return reply;
}

TbReply
tb_talk_port_judge (TbWhmcsPort *port, TbWhmcsOutcome outcome)
{
  static const TbReply replies[] = { [TB_WHMCS_DONE] = TB_REPLY_DONE, [TB_WHMCS_REFUSED] = TB_REPLY_REFUSED, [TB_WHMCS_NOT_SENT] = TB_REPLY_NOT_SENT,
                                     [TB_WHMCS_UNKNOWN] = TB_REPLY_LOST };

  return outcome != TB_WHMCS_DONE && outcome != TB_WHMCS_UNKNOWN && tb_whmcs_is_stopped (tb_talk_port_get_whmcs (port)) ? TB_REPLY_STOP : replies[outcome];
}

TbReply
tb_talk_port_end_question (TbWhmcsPort *port, GError *failure, GError **error)
{
  TbReply reply = tb_talk_port_end_read (port, failure, error);

  return reply == TB_REPLY_LOST ? TB_REPLY_NOT_SENT : reply;
}

/* ---- reading ---- */

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const TbRemoteMark *one = a, *other = b;

  return one->id < other->id ? -1 : one->id > other->id;
}

/* A hook or a person may have taken the notes away; to see the lines costs a request. */
static TbReply
is_marked (TbWhmcsPort *port, const TbWhmcsInvoice *invoice, const char *marker, gboolean by_lines, gboolean *ret, GError **error)
{
  g_autoptr (TbWhmcsInvoice) whole = NULL;
  GError *failure = NULL;

  *ret = tb_posting_marker_is_in (marker, invoice->notes);
  if (*ret || !by_lines || strstr (invoice->notes, TB_POSTING_MARKER_HEAD) != NULL)
    return TB_REPLY_DONE;
  whole = tb_whmcs_get_invoice (tb_talk_port_get_whmcs (port), invoice->id, &failure);
  for (guint i = 0; whole != NULL && i < whole->lines->len && !*ret; i++)
    *ret = tb_posting_marker_is_in (marker, ((TbWhmcsLine *) whole->lines->pdata[i])->description);
  return tb_talk_port_end_read (port, failure, error);
}

static TbReply
take_marked (TbWhmcsPort *port, GPtrArray *invoices, const char *marker, gboolean by_lines, GArray *found, gint64 *ret_highest, GError **error)
{
  *ret_highest = 0;
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbWhmcsInvoice *invoice = invoices->pdata[i];
      const TbRemoteMark mark = { invoice->id, g_strcmp0 (invoice->status, "Draft") == 0, g_strcmp0 (invoice->status, "Cancelled") == 0 };
      gboolean marked;
      TbReply reply = is_marked (port, invoice, marker, by_lines, &marked, error);

      if (reply != TB_REPLY_DONE)
        return reply;
      *ret_highest = MAX (*ret_highest, invoice->id);
      if (marked)
        g_array_append_val (found, mark);
    }
  g_array_sort (found, compare_marks);
  return TB_REPLY_DONE;
}

static TbReply
find_invoices (TbWhmcsPort *port, gint64 client, const char *marker, gint64 above, GArray *found, gint64 *ret_highest, GError **error)
{
  const TbWhmcsInvoiceQuery query = { .client = client, .above = MAX (above, 0) };
  GError *failure = NULL;
  g_autoptr (GPtrArray) invoices = tb_whmcs_list_invoices (tb_talk_port_get_whmcs (port), &query, &failure);

  return invoices != NULL ? take_marked (port, invoices, marker, above != TB_REMOTE_ALL, found, ret_highest, error)
                          : tb_talk_port_end_read (port, failure, error);
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
  g_autoptr (TbWhmcsInvoice) invoice = tb_whmcs_get_invoice (tb_talk_port_get_whmcs (port), id, &failure);

  if (invoice == NULL)
    return tb_talk_port_end_read (port, failure, error);
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
  g_autoptr (GPtrArray) invoices = tb_whmcs_list_invoices (tb_talk_port_get_whmcs (port), &all, &failure);

  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    g_ptr_array_add (list, to_remote (invoices->pdata[i]));
  return tb_talk_port_end_read (port, failure, error);
}

static TbReply
count_credits (TbWhmcsPort *port, gint64 client, const char *marker, guint *ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) credits = tb_whmcs_list_credits (tb_talk_port_get_whmcs (port), client, &failure);

  *ret = 0;
  for (guint i = 0; credits != NULL && i < credits->len; i++)
    *ret += tb_posting_marker_is_in (marker, ((TbWhmcsCredit *) credits->pdata[i])->description);
  return tb_talk_port_end_read (port, failure, error);
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
  return tb_talk_port_judge (port, tb_whmcs_create_invoice (tb_talk_port_get_whmcs (port), &invoice, ret_id, error));
}

static TbReply
change_invoice (TbWhmcsPort *port, gint64 id, const TbWhmcsInvoiceChange *change, GError **error)
{
  return tb_talk_port_judge (port, tb_whmcs_change_invoice (tb_talk_port_get_whmcs (port), id, change, error));
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
  return tb_talk_port_judge (port, tb_whmcs_apply_credit (tb_talk_port_get_whmcs (port), id, amount.amount, FALSE, error));
}

static TbReply
add_credit (TbWhmcsPort *port, gint64 client, TbMoney amount, const char *description, GError **error)
{
  return tb_talk_port_judge (port, tb_whmcs_add_credit (tb_talk_port_get_whmcs (port), client, amount.amount, description, NULL, error));
}

static TbReply
log_activity (TbWhmcsPort *port, gint64 client, const char *text, GError **error)
{
  return tb_talk_port_judge (port, tb_whmcs_log_activity (tb_talk_port_get_whmcs (port), client, text, error));
}

/* ---- public ---- */

TbWhmcsPort *
tb_whmcs_port_new (TbWhmcs *whmcs)
{
  TbTalkPort *self = g_new0 (TbTalkPort, 1);

  self->whmcs = whmcs;
  self->port = (TbWhmcsPort){ .find_invoices = find_invoices, .get_invoice = get_invoice, .list_invoices = list_invoices, .count_credits = count_credits,
                              .create_invoice = create_invoice, .add_lines = add_lines, .remove_lines = remove_lines, .publish = publish,
                              .cancel = cancel, .apply_credit = apply_credit, .add_credit = add_credit, .log = log_activity };
  tb_talk_port_add_clients (&self->port);
  tb_talk_port_add_payments (&self->port);
  return &self->port;
}

void
tb_whmcs_port_free (TbWhmcsPort *self)
{
  g_clear_pointer (&((TbTalkPort *) self)->currencies, g_ptr_array_unref);
  g_clear_pointer (&((TbTalkPort *) self)->methods, g_ptr_array_unref);
  g_free (self);
}
