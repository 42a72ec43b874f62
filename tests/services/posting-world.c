/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "posting-world.h"

#include <string.h>

#include "tb-error.h"

const char *const fault_names[N_FAULTS] = { "not sent",    "ignored",    "lost",     "late",       "twice", "twice and lost", "denied",
                                            "other’s id", "dies before", "dies after", "dies later", "taken over", "meets" };

/* ---- what is there ---- */

typedef struct
{
  gint64 id, client;
  char *status, *notes;
  GPtrArray *lines; /* of TbRemoteLine */
  GArray *taxed;    /* of gboolean, by line */
  TbDecimal percent;
  TbCurrency currency;
  TbAmount credit;
  gboolean was_published;
} Invoice;

typedef struct
{
  gint64 client;
  char *description;
  TbMoney amount;
} Credit;

typedef struct
{
  gint64 id, client, invoice;
  char *reference;
  TbAmount amount; /* below zero: went out */
} Payment;

typedef struct
{
  gint64 id;
  char *email;
  TbCurrency currency;
} Client;

/* A request, so that it can be acted on now, later or twice. */
typedef enum { DO_CREATE, DO_ADD_LINES, DO_REMOVE_LINES, DO_PUBLISH, DO_CANCEL, DO_APPLY, DO_CREDIT, DO_PAYMENT, DO_CLIENT, DO_CHANGE_CLIENT, DO_LOG } What;

typedef struct
{
  What what;
  gint64 target; /* invoice or client */
  gint64 payer;  /* of a payment: the client */
  char *text;
  TbMoney money;
  TbDecimal percent;
  TbRemoteInvoice *lines;
  GArray *taxed, *ids;
  gint64 due;
} Request;

struct _World
{
  TbWhmcsPort port;
  TbPushClock clock;
  GRand *rand;
  double trouble;
  gboolean calm;
  gint64 now;
  GPtrArray *invoices, *credits, *payments, *clients, *late;
  gint64 last_invoice, last_line, last_client;
  guint faults[N_FAULTS];
  gboolean nested; /* another workstation is at work, inside a request of the first */
  guint left;      /* so many requests until it is told to stop */
  TbJob *job;
  WorldDeath death;
  WorldOther other;
  gpointer data;
};

static World *
of_port (TbWhmcsPort *port)
{
  return (World *) ((char *) port - G_STRUCT_OFFSET (World, port));
}

static World *
of_clock (TbPushClock *clock)
{
  return (World *) ((char *) clock - G_STRUCT_OFFSET (World, clock));
}

static void
invoice_free (Invoice *self)
{
  g_free (self->status);
  g_free (self->notes);
  g_ptr_array_unref (self->lines);
  g_array_unref (self->taxed);
  g_free (self);
}

static void
credit_free (Credit *self)
{
  g_free (self->description);
  g_free (self);
}

static void
payment_free (Payment *self)
{
  g_free (self->reference);
  g_free (self);
}

static void
client_free (Client *self)
{
  g_free (self->email);
  g_free (self);
}

static void
request_free (Request *self)
{
  g_free (self->text);
  tb_remote_invoice_free (self->lines);
  g_clear_pointer (&self->taxed, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

static Invoice *
find_invoice (World *self, gint64 id)
{
  return id > 0 && id <= (gint64) self->invoices->len ? self->invoices->pdata[id - 1] : NULL;
}

static Client *
find_client_by_email (World *self, const char *email)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (g_strcmp0 (((Client *) self->clients->pdata[i])->email, email) == 0)
      return self->clients->pdata[i];
  return NULL;
}

/* ---- acting on a request: FALSE = refused ---- */

static void
append_lines (World *self, Invoice *invoice, const Request *request)
{
  for (guint i = 0; i < request->lines->lines->len; i++)
    {
      const TbRemoteLine *given = request->lines->lines->pdata[i];
      TbRemoteLine *line = g_new (TbRemoteLine, 1);

      *line = (TbRemoteLine){ ++self->last_line, g_strdup (given->description), given->amount };
      g_ptr_array_add (invoice->lines, line);
      g_array_append_val (invoice->taxed, g_array_index (request->taxed, gboolean, i));
    }
}

static void
line_free (gpointer data)
{
  g_free (((TbRemoteLine *) data)->description);
  g_free (data);
}

static gint64
act_create (World *self, const Request *request)
{
  Invoice *invoice = g_new0 (Invoice, 1);

  invoice->id = ++self->last_invoice;
  invoice->client = request->target;
  invoice->status = g_strdup ("Draft");
  invoice->notes = g_strdup (request->text);
  invoice->lines = g_ptr_array_new_with_free_func (line_free);
  invoice->taxed = g_array_new (FALSE, FALSE, sizeof (gboolean));
  invoice->percent = request->percent;
  invoice->currency = request->money.currency;
  append_lines (self, invoice, request);
  g_ptr_array_add (self->invoices, invoice);
  return invoice->id;
}

static gboolean
set_status (Invoice *invoice, const char *from, const char *to)
{
  if (from != NULL && strcmp (invoice->status, from) != 0)
    return FALSE;
  g_free (invoice->status);
  invoice->status = g_strdup (to);
  return TRUE;
}

static void
remove_lines_of (Invoice *invoice, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    for (guint n = invoice->lines->len; n-- > 0;)
      if (((TbRemoteLine *) invoice->lines->pdata[n])->id == g_array_index (ids, gint64, i))
        {
          g_ptr_array_remove_index (invoice->lines, n);
          g_array_remove_index (invoice->taxed, n);
        }
}

static gint64
act_client (World *self, const Request *request)
{
  Client *client;

  if (find_client_by_email (self, request->text) != NULL)
    return 0;
  client = g_new (Client, 1);
  *client = (Client){ ++self->last_client, g_strdup (request->text), request->money.currency };
  g_ptr_array_add (self->clients, client);
  return client->id;
}

static gint64
act_change_client (World *self, const Request *request)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      Client *client = self->clients->pdata[i];

      if (client->id != request->target)
        continue;
      g_free (client->email);
      client->email = g_strdup (request->text);
      return 1;
    }
  return 0;
}

static gint64
act_credit (World *self, const Request *request)
{
  Credit *credit = g_new (Credit, 1);

  *credit = (Credit){ request->target, g_strdup (request->text), request->money };
  g_ptr_array_add (self->credits, credit);
  return 1;
}

static void
sum_up (const Invoice *invoice, TbRemoteInvoice *seen)
{
  TbMoney taxed = { 0, invoice->currency }, tax;

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const TbRemoteLine *line = invoice->lines->pdata[i];

      tb_remote_invoice_add_line (seen, line->id, line->description, line->amount);
      seen->subtotal += line->amount;
      taxed.amount += g_array_index (invoice->taxed, gboolean, i) ? line->amount : 0;
    }
  g_assert_true (tb_money_percent (taxed, invoice->percent, TB_ROUND_HALF_UP, &tax, NULL));
  seen->tax = tax.amount;
  seen->credit = invoice->credit;
  seen->total = seen->subtotal + seen->tax - seen->credit;
}

static TbAmount
asks_for (const Invoice *invoice)
{
  g_autoptr (TbRemoteInvoice) seen = tb_remote_invoice_new ();

  sum_up (invoice, seen);
  return seen->total;
}

static guint
count_payments (World *self, const char *reference, gint64 *ret_id)
{
  guint n = 0;

  for (guint i = 0; i < self->payments->len; i++)
    {
      const Payment *payment = self->payments->pdata[i];

      if (!g_str_equal (payment->reference, reference))
        continue;
      n++;
      *ret_id = payment->id;
    }
  return n;
}

/* A payment of an invoice is taken however often it comes; other transactions have a reference of their own. */
static gint64
act_payment (World *self, const Request *request)
{
  Invoice *invoice = find_invoice (self, request->target);
  Payment *payment;
  TbAmount paid = 0;
  gint64 id;

  if ((invoice == NULL || request->money.amount < 0) && count_payments (self, request->text, &id) > 0)
    return 0;
  payment = g_new (Payment, 1);
  *payment = (Payment){ self->payments->len + 1, request->payer, request->target, g_strdup (request->text), request->money.amount };
  g_ptr_array_add (self->payments, payment);
  for (guint i = 0; i < self->payments->len; i++)
    paid += ((Payment *) self->payments->pdata[i])->invoice == request->target ? ((Payment *) self->payments->pdata[i])->amount : 0;
  if (invoice != NULL && request->money.amount > 0 && paid >= asks_for (invoice))
    set_status (invoice, "Unpaid", "Paid");
  return 1;
}

/* What it made, 1 when it made nothing, 0 = refused. */
static gint64
act (World *self, const Request *request)
{
  Invoice *invoice = request->what <= DO_APPLY ? find_invoice (self, request->target) : NULL;

  switch (request->what)
    {
    case DO_CREATE:
      return act_create (self, request);
    case DO_ADD_LINES:
      if (invoice == NULL || strcmp (invoice->status, "Draft") != 0)
        return 0;
      append_lines (self, invoice, request);
      return 1;
    case DO_REMOVE_LINES:
      remove_lines_of (invoice, request->ids);
      return 1;
    case DO_PUBLISH:
      invoice->was_published |= strcmp (invoice->status, "Draft") == 0;
      return set_status (invoice, "Draft", "Unpaid");
    case DO_CANCEL:
      return set_status (invoice, NULL, "Cancelled");
    case DO_APPLY:
      invoice->credit += request->money.amount;
      return strcmp (invoice->status, "Unpaid") == 0;
    case DO_CREDIT:
      return act_credit (self, request);
    case DO_PAYMENT:
      return act_payment (self, request);
    case DO_CLIENT:
      return act_client (self, request);
    case DO_CHANGE_CLIENT:
      return act_change_client (self, request);
    default:
      return 1;
    }
}

static void
act_late (World *self)
{
  for (guint i = 0; i < self->late->len;)
    {
      Request *request = self->late->pdata[i];

      if (request->due > self->now)
        {
          i++;
          continue;
        }
      act (self, request);
      g_ptr_array_remove_index (self->late, i);
    }
}

/* ---- faults ---- */

/* How often each, out of two hundred that go wrong. */
static const guint weights[N_FAULTS] = { 39, 37, 54, 25, 9, 7, 10, 7, 3, 4, 2, 2, 1 };

static Fault
draw (World *self)
{
  int at = g_rand_int_range (self->rand, 0, 200);
  guint fault = 0;

  while (at >= (int) weights[fault])
    at -= (int) weights[fault++];
  return (Fault) fault;
}

static TbReply
no_answer (GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_TIMEOUT, "No answer.");
  return TB_REPLY_LOST;
}

static TbReply
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, why);
  return TB_REPLY_REFUSED;
}

/* Some of these make no sense for some requests: credit or a payment that is there twice is taken back by people (test-whmcs-push), not by us. */
static gboolean
fits (Fault fault, What what)
{
  gboolean twice = fault == FAULT_TWICE || fault == FAULT_TWICE_LOST;

  return !(twice && (what == DO_CREDIT || what == DO_PAYMENT || what == DO_APPLY || what == DO_LOG)) && !(fault == FAULT_OTHERS_ID && what != DO_CREATE);
}

static TbReply
answer (gint64 made, gint64 *ret_id, GError **error)
{
  if (made == 0)
    return refuse (error, "Not so.");
  if (ret_id != NULL)
    *ret_id = made;
  return TB_REPLY_DONE;
}

static TbReply
die (World *self, guint n, GError **error)
{
  self->death (n, self->data);
  return no_answer (error);
}

static void
meet (World *self, gboolean over)
{
  self->job = tb_job_new ("other");
  self->left = (guint) g_rand_int_range (self->rand, 1, 40);
  self->nested = TRUE;
  self->other (over, self->job, self->data);
  self->nested = FALSE;
  g_clear_object (&self->job);
}

static TbReply
go_wrong (World *self, Request *request, Fault fault, gint64 *ret_id, GError **error)
{
  gint64 made = 0;

  self->faults[fault]++;
  switch (fault)
    {
    case FAULT_NOT_SENT:
      request_free (request);
      g_set_error_literal (error, TB_ERROR, TB_ERROR_NETWORK, "Connection refused.");
      return TB_REPLY_NOT_SENT;
    case FAULT_IGNORED:
      request_free (request);
      return no_answer (error);
    case FAULT_LATE:
      request->due = self->now + g_rand_int_range (self->rand, 1, 100);
      g_ptr_array_add (self->late, request);
      return no_answer (error);
    case FAULT_DIES_BEFORE:
      request_free (request);
      return die (self, 1, error);
    case FAULT_TWICE:
    case FAULT_TWICE_LOST:
      made = act (self, request);
      act (self, request);
      break;
    default:
      made = act (self, request);
    }
  request_free (request);
  if (fault == FAULT_DIES_AFTER)
    return die (self, 1, error);
  if (fault == FAULT_DIES_LATER)
    self->death ((guint) g_rand_int_range (self->rand, 1, 12), self->data);
  if (fault == FAULT_TAKEN_OVER)
    self->now += 400;
  if (fault == FAULT_TAKEN_OVER || fault == FAULT_MEETS)
    meet (self, fault == FAULT_TAKEN_OVER);
  if (fault == FAULT_DENIED)
    return refuse (error, "Something went wrong.");
  if (fault == FAULT_OTHERS_ID && self->last_invoice > 1)
    return answer (g_rand_int_range (self->rand, 1, (gint32) self->last_invoice), ret_id, error);
  return fault == FAULT_LOST || fault == FAULT_TWICE_LOST ? no_answer (error) : answer (made, ret_id, error);
}

static gboolean
is_wrong_now (World *self)
{
  return !self->calm && g_rand_double (self->rand) < self->trouble;
}

static void
pass_second (World *self)
{
  self->now++;
  act_late (self);
  if (self->nested && --self->left == 0)
    tb_job_cancel (self->job);
}

/* Takes `request`. */
static TbReply
perform (World *self, Request *request, gint64 *ret_id, GError **error)
{
  Fault fault;
  gint64 made;

  pass_second (self);
  fault = is_wrong_now (self) ? draw (self) : N_FAULTS;
  if (self->nested && fault >= FAULT_DIES_BEFORE && fault < N_FAULTS)
    fault = FAULT_LOST;
  if (fault < N_FAULTS && fits (fault, request->what))
    return go_wrong (self, request, fault, ret_id, error);
  made = act (self, request);
  request_free (request);
  return answer (made, ret_id, error);
}

/* A read that goes wrong tells nothing; or our program dies of something else. */
static TbReply
read_goes (World *self, GError **error)
{
  pass_second (self);
  if (!is_wrong_now (self))
    return TB_REPLY_DONE;
  if (!self->nested && g_rand_int_range (self->rand, 0, 60) == 0)
    {
      self->faults[FAULT_DIES_LATER]++;
      return die (self, (guint) g_rand_int_range (self->rand, 1, 12), error);
    }
  return no_answer (error);
}

/* ---- the port: reading ---- */

static TbReply
find_invoices (TbWhmcsPort *port, gint64 client, const char *marker, gint64 above, GArray *found, gint64 *ret_highest, GError **error)
{
  World *self = of_port (port);
  TbReply reply = read_goes (self, error);

  *ret_highest = 0;
  for (guint i = (guint) MAX (above, 0); reply == TB_REPLY_DONE && i < self->invoices->len; i++)
    {
      const Invoice *invoice = self->invoices->pdata[i];
      const TbRemoteMark mark = { invoice->id, strcmp (invoice->status, "Draft") == 0, strcmp (invoice->status, "Cancelled") == 0 };

      if (invoice->client != client)
        continue;
      *ret_highest = invoice->id;
      if (tb_posting_marker_is_in (marker, invoice->notes))
        g_array_append_val (found, mark);
    }
  return reply;
}

static TbRemoteInvoice *
to_remote (const Invoice *invoice)
{
  TbRemoteInvoice *seen = tb_remote_invoice_new ();

  seen->id = invoice->id;
  seen->client = invoice->client;
  seen->status = g_strdup (invoice->status);
  seen->notes = g_strdup (invoice->notes);
  sum_up (invoice, seen);
  return seen;
}

static TbReply
get_invoice (TbWhmcsPort *port, gint64 id, TbRemoteInvoice **ret, GError **error)
{
  World *self = of_port (port);
  TbReply reply = read_goes (self, error);
  Invoice *invoice = find_invoice (self, id);

  if (reply != TB_REPLY_DONE)
    return reply;
  if (invoice == NULL)
    return refuse (error, "Invoice ID Not Found");
  *ret = to_remote (invoice);
  return TB_REPLY_DONE;
}

static TbReply
list_invoices (TbWhmcsPort *port, GPtrArray *invoices, GError **error)
{
  World *self = of_port (port);

  for (guint i = 0; i < self->invoices->len; i++)
    g_ptr_array_add (invoices, to_remote (self->invoices->pdata[i]));
  return TB_REPLY_DONE;
}

static TbReply
count_credits (TbWhmcsPort *port, gint64 client, const char *marker, guint *ret, GError **error)
{
  World *self = of_port (port);
  TbReply reply = read_goes (self, error);

  *ret = 0;
  for (guint i = 0; reply == TB_REPLY_DONE && i < self->credits->len; i++)
    {
      const Credit *credit = self->credits->pdata[i];

      *ret += credit->client == client && tb_posting_marker_is_in (marker, credit->description);
    }
  return reply;
}

static TbReply
get_client (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  World *self = of_port (port);
  TbReply reply = read_goes (self, error);

  for (guint i = 0; reply == TB_REPLY_DONE && i < self->clients->len; i++)
    {
      const Client *client = self->clients->pdata[i];

      if (client->id != id)
        continue;
      *ret = g_new (TbRemoteClient, 1);
      **ret = (TbRemoteClient){ id, g_strdup ("Active"), client->currency };
      return reply;
    }
  return reply == TB_REPLY_DONE ? refuse (error, "Client Not Found") : reply;
}

static TbReply
find_client (TbWhmcsPort *port, const char *email, gint64 *ret_id, GError **error)
{
  World *self = of_port (port);
  TbReply reply = read_goes (self, error);
  const Client *client = find_client_by_email (self, email);

  if (reply == TB_REPLY_DONE)
    *ret_id = client != NULL ? client->id : 0;
  return reply;
}

/* ---- the port: changing ---- */

static Request *
request_new (What what, gint64 target)
{
  Request *request = g_new0 (Request, 1);

  request->what = what;
  request->target = target;
  request->lines = tb_remote_invoice_new ();
  request->taxed = g_array_new (FALSE, FALSE, sizeof (gboolean));
  return request;
}

static void
request_add_line (Request *request, const TbPostingLine *line)
{
  tb_remote_invoice_add_line (request->lines, 0, line->description, line->amount);
  g_array_append_val (request->taxed, line->taxed);
}

static TbReply
create_invoice (TbWhmcsPort *port, const TbRemoteDraft *draft, gint64 *ret_id, GError **error)
{
  Request *request = request_new (DO_CREATE, draft->client);

  g_assert_cmpuint (draft->n_lines, <=, 200);
  request->text = g_strdup (draft->notes);
  request->percent = draft->bill->tax_percent;
  request->money.currency = draft->bill->currency;
  for (guint i = 0; i < draft->n_lines; i++)
    request_add_line (request, draft->bill->lines->pdata[i]);
  return perform (of_port (port), request, ret_id, error);
}

static TbReply
add_lines (TbWhmcsPort *port, gint64 id, GPtrArray *lines, TbCurrency currency, GError **error)
{
  Request *request = request_new (DO_ADD_LINES, id);

  g_assert_cmpuint (lines->len, <=, 200);
  for (guint i = 0; i < lines->len; i++)
    request_add_line (request, lines->pdata[i]);
  return perform (of_port (port), request, NULL, error);
}

static TbReply
remove_lines (TbWhmcsPort *port, gint64 id, GArray *ids, GError **error)
{
  Request *request = request_new (DO_REMOVE_LINES, id);

  request->ids = g_array_ref (ids);
  return perform (of_port (port), request, NULL, error);
}

static TbReply
publish (TbWhmcsPort *port, gint64 id, GError **error)
{
  return perform (of_port (port), request_new (DO_PUBLISH, id), NULL, error);
}

static TbReply
cancel (TbWhmcsPort *port, gint64 id, GError **error)
{
  return perform (of_port (port), request_new (DO_CANCEL, id), NULL, error);
}

static TbReply
apply_credit (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  Request *request = request_new (DO_APPLY, id);

  request->money = amount;
  return perform (of_port (port), request, NULL, error);
}

static TbReply
add_credit (TbWhmcsPort *port, gint64 client, TbMoney amount, const char *description, GError **error)
{
  Request *request = request_new (DO_CREDIT, client);

  request->money = amount;
  request->text = g_strdup (description);
  return perform (of_port (port), request, NULL, error);
}

static TbReply
add_client (TbWhmcsPort *port, const TbClient *client, const char *note, gint64 *ret_id, GError **error)
{
  Request *request = request_new (DO_CLIENT, 0);

  request->text = g_strdup (client->email);
  request->money.currency = client->currency;
  return perform (of_port (port), request, ret_id, error);
}

static TbReply
change_client (TbWhmcsPort *port, const TbClient *client, const char *fields, GError **error)
{
  Request *request = request_new (DO_CHANGE_CLIENT, client->whmcs_id);

  request->text = g_strdup (client->email);
  return perform (of_port (port), request, NULL, error);
}

static TbReply
log_activity (TbWhmcsPort *port, gint64 client, const char *text, GError **error)
{
  return perform (of_port (port), request_new (DO_LOG, client), NULL, error);
}

/* ---- the port: payments ---- */

static TbReply
find_payments (TbWhmcsPort *port, gint64 client, const char *marker, guint *ret, gint64 *ret_id, GError **error)
{
  World *self = of_port (port);
  TbReply reply = read_goes (self, error);

  *ret = reply == TB_REPLY_DONE ? count_payments (self, marker, ret_id) : 0;
  return reply;
}

static TbReply
add_payment (TbWhmcsPort *port, const TbRemoteMoney *money, GError **error)
{
  Request *request = request_new (DO_PAYMENT, money->invoice);

  request->payer = money->client;
  request->money = money->amount;
  request->text = g_strdup (money->marker);
  return perform (of_port (port), request, NULL, error);
}

/* ---- time ---- */

static gint64
now (TbPushClock *clock)
{
  return of_clock (clock)->now;
}

static gboolean
wait_until (TbPushClock *clock, gint64 until, GCancellable *cancellable, GError **error)
{
  World *self = of_clock (clock);

  self->now = MAX (self->now, until);
  act_late (self);
  return TRUE;
}

void
world_pass (World *self, gint64 seconds)
{
  self->now += seconds;
  act_late (self);
}

/* ---- the world ---- */

World *
world_new (guint32 seed, double trouble)
{
  World *self = g_new0 (World, 1);

  self->port = (TbWhmcsPort){ find_invoices, get_invoice, list_invoices, count_credits, get_client, find_client, create_invoice, add_lines, remove_lines, publish, cancel,
                              apply_credit, add_credit, add_client, change_client, log_activity, .find_payments = find_payments, .add_payment = add_payment };
  self->clock = (TbPushClock){ now, wait_until };
  self->rand = g_rand_new_with_seed (seed);
  self->trouble = trouble;
  self->now = G_GINT64_CONSTANT (1793500000);
  self->last_client = 5000;
  self->invoices = g_ptr_array_new_with_free_func ((GDestroyNotify) invoice_free);
  self->credits = g_ptr_array_new_with_free_func ((GDestroyNotify) credit_free);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify) payment_free);
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_free);
  self->late = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  return self;
}

void
world_free (World *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->invoices);
  g_ptr_array_unref (self->credits);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->late);
  g_free (self);
}

void
world_set_callbacks (World *self, WorldDeath death, WorldOther other, gpointer data)
{
  self->death = death;
  self->other = other;
  self->data = data;
}

void
world_set_calm (World *self, gboolean calm)
{
  self->calm = calm;
}

void
world_publish_drafts (World *self, void (*func) (gint64 id, gint64 client, gpointer data), gpointer data)
{
  for (guint i = 0; i < self->invoices->len; i++)
    {
      Invoice *invoice = self->invoices->pdata[i];

      if (!set_status (invoice, "Draft", "Unpaid"))
        continue;
      invoice->was_published = TRUE;
      func (invoice->id, invoice->client, data);
    }
}

void
world_add_client (World *self, gint64 id, const char *email, const char *currency)
{
  Client *client = g_new0 (Client, 1);

  client->id = id;
  client->email = g_strdup (email);
  g_assert_true (tb_currency_parse (currency, &client->currency, NULL));
  g_ptr_array_add (self->clients, client);
}

TbWhmcsPort *
world_get_port (World *self)
{
  return &self->port;
}

TbPushClock *
world_get_clock (World *self)
{
  return &self->clock;
}

guint
world_count_faults (World *self, Fault fault)
{
  return self->faults[fault];
}

static const char *
email_of (World *self, gint64 client)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (((Client *) self->clients->pdata[i])->id == client)
      return ((Client *) self->clients->pdata[i])->email;
  return "nobody";
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
world_tell (World *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->invoices->len; i++)
    {
      const Invoice *invoice = self->invoices->pdata[i];
      g_autoptr (TbRemoteInvoice) seen = tb_remote_invoice_new ();

      sum_up (invoice, seen);
      if (invoice->was_published || strcmp (invoice->status, "Cancelled") != 0)
        g_ptr_array_add (lines, g_strdup_printf ("invoice %s %s %u lines %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", email_of (self, invoice->client),
                                                 invoice->status, invoice->lines->len, seen->subtotal, seen->tax, seen->credit, invoice->notes));
    }
  for (guint i = 0; i < self->credits->len; i++)
    {
      const Credit *credit = self->credits->pdata[i];

      g_ptr_array_add (lines, g_strdup_printf ("credit %s %" G_GINT64_FORMAT " %s", email_of (self, credit->client), credit->amount.amount, credit->description));
    }
  for (guint i = 0; i < self->payments->len; i++)
    {
      const Payment *payment = self->payments->pdata[i];

      g_ptr_array_add (lines, g_strdup_printf ("payment %s %s %" G_GINT64_FORMAT " %s", email_of (self, payment->client), payment->invoice != 0 ? "invoice" : "credit",
                                               payment->amount, payment->reference));
    }
  for (guint i = 0; i < self->clients->len; i++)
    g_ptr_array_add (lines, g_strdup_printf ("client %s", ((Client *) self->clients->pdata[i])->email));
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
