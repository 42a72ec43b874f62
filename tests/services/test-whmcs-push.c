/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "posting-world.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-posting-store.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-setup-store.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "tb-whmcs-ledger.h"
#include "tb-whmcs-report.h"
#include "test-books.h"

/* What WHMCS does with a bill that it should not, and what becomes of the posting: the simulation proves that nothing is lost or there twice, this what
 * a person is told. */

#define NOW G_GINT64_CONSTANT (1793400000)

static TbWhmcsPort real; /* the world's own functions */
static guint requests;

/* ---- twists ---- */

static TbReply
get_client_closed (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  TbReply reply = real.get_client (port, id, ret, error);

  tb_set_str (&(*ret)->status, "Closed");
  return reply;
}

static TbReply
get_client_in_dollars (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  TbReply reply = real.get_client (port, id, ret, error);

  g_assert_true (tb_currency_parse ("USD", &(*ret)->currency, NULL));
  return reply;
}

static TbReply
get_client_refused (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "Client Not Found");
  return TB_REPLY_REFUSED;
}

static TbReply
get_client_banned (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  requests++;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_AUTH, "Invalid IP 192.0.2.1");
  return TB_REPLY_STOP;
}

static TbReply
get_client_unreachable (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_NETWORK, "Connection refused");
  return TB_REPLY_NOT_SENT;
}

static TbReply
add_client_refused (TbWhmcsPort *port, const TbClient *client, const char *note, gint64 *ret_id, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "Valid country required");
  return TB_REPLY_REFUSED;
}

static TbReply
create_refused (TbWhmcsPort *port, const TbRemoteDraft *draft, gint64 *ret_id, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "Client ID Not Found");
  return TB_REPLY_REFUSED;
}

static TbReply
create_banned (TbWhmcsPort *port, const TbRemoteDraft *draft, gint64 *ret_id, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_AUTH, "Authentication Failed");
  return TB_REPLY_STOP;
}

static TbReply
log_refused (TbWhmcsPort *port, gint64 client, const char *text, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "Invalid Permissions");
  return TB_REPLY_REFUSED;
}

static TbReply
publish_ignored (TbWhmcsPort *port, gint64 id, GError **error)
{
  return TB_REPLY_DONE;
}

static TbReply
apply_credit_twice (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  real.apply_credit (port, id, amount, NULL);
  return real.apply_credit (port, id, amount, error);
}

static TbReply
add_credit_twice (TbWhmcsPort *port, gint64 client, TbMoney amount, const char *description, GError **error)
{
  real.add_credit (port, client, amount, description, NULL);
  return real.add_credit (port, client, amount, description, error);
}

static TbReply
get_invoice_gone (TbWhmcsPort *port, gint64 id, TbRemoteInvoice **ret, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "Invoice ID Not Found");
  return TB_REPLY_REFUSED;
}

#define TWISTED_INVOICE(name, change)                                                                                                        \
  static TbReply get_invoice_##name (TbWhmcsPort *port, gint64 id, TbRemoteInvoice **ret, GError **error)                                    \
  {                                                                                                                                          \
    TbReply reply = real.get_invoice (port, id, ret, error);                                                                                 \
    TbRemoteInvoice *invoice = *ret;                                                                                                         \
                                                                                                                                             \
    change;                                                                                                                                  \
    return reply;                                                                                                                            \
  }

TWISTED_INVOICE (with_cent, invoice->total += TB_AMOUNT_ONE / 100)
TWISTED_INVOICE (with_tax, invoice->tax += TB_AMOUNT_ONE / 100)
TWISTED_INVOICE (of_another, invoice->client = 8)
TWISTED_INVOICE (cancelled, tb_set_str (&invoice->status, "Cancelled"))
TWISTED_INVOICE (with_line, tb_remote_invoice_add_line (invoice, 9999, "Added by a hook", TB_AMOUNT_ONE))
TWISTED_INVOICE (without_mark, (tb_set_str (&invoice->notes, ""), tb_set_str (&((TbRemoteLine *) invoice->lines->pdata[invoice->lines->len - 1])->description, "Calls")))

static void
double_blanks (TbRemoteLine *line)
{
  g_auto (GStrv) words = g_strsplit (line->description, " ", -1);

  g_free (line->description);
  line->description = g_strjoinv ("\r\n ", words);
}

TWISTED_INVOICE (with_blanks, double_blanks (invoice->lines->pdata[0]))

static TbReply
find_invoices_twice (TbWhmcsPort *port, gint64 client, const char *marker, gint64 above, GArray *found, gint64 *ret_highest, GError **error)
{
  TbReply reply = real.find_invoices (port, client, marker, above, found, ret_highest, error);
  const TbRemoteMark other = { 777, FALSE, FALSE };

  if (found->len > 0)
    g_array_append_val (found, other);
  return reply;
}

/* What the books have to post. */
typedef enum { A_BILL /* of 113.00 */, A_PREPAID_BILL /* 22.60 more, paid in advance */, A_NOTE /* a credit note of 113.00 */ } Paper;

typedef struct
{
  const char *reason;
  TbWhmcsPort twist;  /* functions that take the place of the world's */
  const char *post;
  TbPostingState state;
  const char *told;   /* in the posting's message */
  const char *invoices; /* statuses of what WHMCS holds, in order */
  int error;          /* of the run, or −1 */
  Paper paper;
} Row;

static const Row rows[] = {
  { "all is well", { 0 }, NULL, TB_POSTING_DONE, NULL, "Unpaid", -1 },
  { "left as a draft", { 0 }, "drafts", TB_POSTING_DONE, NULL, "Draft", -1 },
  { "the log is a courtesy", { .log = log_refused }, NULL, TB_POSTING_DONE, NULL, "Unpaid", -1 },
  { "the client is closed", { .get_client = get_client_closed }, NULL, TB_POSTING_FAILED, "closed", "", -1 },
  { "the client has another currency", { .get_client = get_client_in_dollars }, NULL, TB_POSTING_FAILED, "currency at WHMCS is USD", "", -1 },
  { "the client is gone", { .get_client = get_client_refused }, NULL, TB_POSTING_FAILED, "does not know the client", "", -1 },
  { "the address is banned: not one request more", { .get_client = get_client_banned }, NULL, TB_POSTING_READY, "Invalid IP", "", TB_ERROR_AUTH },
  { "banned when it is made: nothing was", { .create_invoice = create_banned }, NULL, TB_POSTING_READY, "Authentication Failed", "", TB_ERROR_AUTH },
  { "nobody is there", { .get_client = get_client_unreachable }, NULL, TB_POSTING_READY, "Connection refused", "", -1 },
  { "refused, in its own words", { .create_invoice = create_refused }, NULL, TB_POSTING_FAILED, "Client ID Not Found", "", -1 },
  { "another total: both are told, nothing is published", { .get_invoice = get_invoice_with_cent }, NULL, TB_POSTING_PARKED, "made total 113.01 of it, and ours is 113.00", "Draft", -1 },
  { "another tax", { .get_invoice = get_invoice_with_tax }, NULL, TB_POSTING_PARKED, "made tax 13.01 of it, and ours is 13.00", "Draft", -1 },
  { "a line of a hook’s", { .get_invoice = get_invoice_with_line }, NULL, TB_POSTING_PARKED, "other lines", "Draft", -1 },
  { "another client’s", { .get_invoice = get_invoice_of_another }, NULL, TB_POSTING_PARKED, "another client", "Draft", -1 },
  { "without the mark", { .get_invoice = get_invoice_without_mark }, NULL, TB_POSTING_PARKED, "does not bear the mark", "Draft", -1 },
  { "cancelled by staff", { .get_invoice = get_invoice_cancelled }, NULL, TB_POSTING_PARKED, "was cancelled at WHMCS", "Draft", -1 },
  { "it says that it published, and did not", { .publish = publish_ignored }, NULL, TB_POSTING_PARKED, "does not do it", "Draft", -1 },
  { "lines with other blanks are the same", { .get_invoice = get_invoice_with_blanks }, NULL, TB_POSTING_DONE, NULL, "Unpaid", -1 },
  { "gone", { .get_invoice = get_invoice_gone }, NULL, TB_POSTING_PARKED, "not at WHMCS any more", "Draft", -1 },
  { "twice, and the other is published", { .find_invoices = find_invoices_twice }, NULL, TB_POSTING_PARKED, "twice", "Draft", -1 },
  { "what was paid in advance is applied", { 0 }, NULL, TB_POSTING_DONE, NULL, "Unpaid", -1, A_PREPAID_BILL },
  { "… twice, by a proxy", { .apply_credit = apply_credit_twice }, NULL, TB_POSTING_PARKED, "more was applied", "Unpaid", -1, A_PREPAID_BILL },
  { "a credit note", { 0 }, NULL, TB_POSTING_DONE, NULL, "", -1, A_NOTE },
  { "… twice, by a proxy", { .add_credit = add_credit_twice }, NULL, TB_POSTING_PARKED, "2 times", "", -1, A_NOTE },
};

static void
twist_port (TbWhmcsPort *port, const TbWhmcsPort *twist)
{
  real = *port;
  if (twist->find_invoices != NULL)
    port->find_invoices = twist->find_invoices;
  if (twist->get_invoice != NULL)
    port->get_invoice = twist->get_invoice;
  if (twist->get_client != NULL)
    port->get_client = twist->get_client;
  if (twist->create_invoice != NULL)
    port->create_invoice = twist->create_invoice;
  if (twist->publish != NULL)
    port->publish = twist->publish;
  if (twist->apply_credit != NULL)
    port->apply_credit = twist->apply_credit;
  if (twist->add_credit != NULL)
    port->add_credit = twist->add_credit;
  if (twist->log != NULL)
    port->log = twist->log;
}

/* ---- books with bills of 113.00 ---- */

static void
add_line (TbInvoice *invoice, TbAmount amount, gboolean prepaid)
{
  TbInvoiceLine *line = tb_invoice_line_new ();

  line->kind = TB_LINE_FEE;
  line->service = g_strdup ("S1");
  line->description = g_strdup ("Calls");
  line->amount = amount;
  line->tax = g_strdup ("HST");
  line->tax_percent = 13 * TB_DECIMAL_ONE;
  line->tax_category = g_strdup ("S");
  line->prepaid = prepaid;
  g_ptr_array_add (invoice->lines, line);
}

static void
add_paper (TbStore *store, int month, Paper paper)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_new ();
  g_autoptr (GError) error = NULL;

  invoice->kind = paper == A_NOTE ? TB_INVOICE_CREDIT_NOTE : TB_INVOICE_BILL;
  invoice->client_id = 1;
  tb_set_str (&invoice->client, "C1");
  g_assert_true (tb_currency_parse ("CAD", &invoice->currency, NULL));
  invoice->year = 2026;
  invoice->month = month;
  tb_set_str (&invoice->time_zone, "UTC");
  add_line (invoice, (paper == A_NOTE ? -100 : 100) * TB_AMOUNT_ONE, FALSE);
  if (paper == A_PREPAID_BILL)
    add_line (invoice, 20 * TB_AMOUNT_ONE, TRUE);
  g_assert_true (tb_invoice_compute_totals (invoice, NULL));
  g_assert_true (tb_invoice_store_save_draft (store, invoice, NULL));
  tb_invoice_store_approve (store, invoice, "INV-{number:5}", NOW, tb_day_from_ymd (2026, 11, 1), &error);
  g_assert_no_error (error);
}

static TbStore *
books_with (const char *post, Paper paper)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("push-%u", n++);
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_test_company_new ();

  setup->whmcs = tb_whmcs_settings_new ();
  setup->whmcs->post = g_strdup (post);
  tb_test_apply (store, setup);
  tb_test_exec (store, "UPDATE client SET email = NULL, whmcs_id = CASE WHEN key = 'C1' THEN 7 ELSE 0 END");
  add_paper (store, 10, paper);
  return store;
}

static TbStore *
books_new (void)
{
  return books_with (NULL, A_BILL);
}

static World *
world_with_client (void)
{
  World *world = world_new (1, 0);

  world_add_client (world, 7, "c1@example.com", "CAD");
  return world;
}

static TbPushResult *
push (TbStore *store, World *world, TbJob *job, GError **error)
{
  const TbPushTerms terms = { store, NULL, world_get_port (world), world_get_clock (world), NULL, "a", "office" };

  return tb_whmcs_push (&terms, job, error);
}

/* Statuses out of what the world tells. */
static char *
say_invoices (World *world)
{
  g_autofree char *told = world_tell (world);
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "invoice "))
      {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[2]);
      }
  return g_strdup (text->str);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (TbStore) store = books_with (row->post, row->paper);
      g_autoptr (World) world = world_with_client ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPushResult) result = NULL;
      g_autoptr (TbPosting) posting = NULL;
      g_autofree char *invoices = NULL;

      g_test_message ("%s", row->reason);
      requests = 0;
      twist_port (world_get_port (world), &row->twist);
      result = push (store, world, NULL, &error);
      g_assert_cmpint (error != NULL ? error->code : -1, ==, row->error);
      posting = tb_posting_store_get (store, 1, NULL);
      g_assert_cmpstr (tb_posting_state_to_string (posting->place.state), ==, tb_posting_state_to_string (row->state));
      g_assert_cmpint (row->told == NULL, ==, posting->message == NULL);
      if (row->told != NULL && strstr (posting->message, row->told) == NULL)
        g_error ("“%s” does not say “%s”", posting->message, row->told);
      invoices = say_invoices (world);
      g_assert_cmpstr (invoices, ==, row->invoices);
      g_assert_cmpuint (requests, <=, 1);
      if (result != NULL) /* each that is not done is a line for people */
        g_assert_cmpuint (result->troubles->len, ==, row->state != TB_POSTING_DONE);
      tb_test_assert_sound (store);
    }
}

/* ---- drafts that staff published: what was paid in advance (22.60) is applied, once ---- */

static TbReply
apply_lost (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  requests++;
  real.apply_credit (port, id, amount, NULL);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_TIMEOUT, "No answer.");
  return TB_REPLY_LOST;
}

/* The first one never arrives. */
static TbReply
apply_vanished (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  if (requests++ > 0)
    return real.apply_credit (port, id, amount, error);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_TIMEOUT, "No answer.");
  return TB_REPLY_LOST;
}

/* … and staff apply something while it is looked for. */
static TbReply
apply_vanished_meanwhile (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  const TbMoney some = { 5 * TB_AMOUNT_ONE, amount.currency };

  if (requests == 0)
    real.apply_credit (port, id, some, NULL);
  return apply_vanished (port, id, amount, error);
}

/* A yes that is none. */
static TbReply
apply_ignored (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  return requests++ > 0 ? real.apply_credit (port, id, amount, error) : TB_REPLY_DONE;
}

static TbReply
apply_refused (TbWhmcsPort *port, gint64 id, TbMoney amount, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "Amount exceeds customer credit balance");
  return TB_REPLY_REFUSED;
}

TWISTED_INVOICE (paid, tb_set_str (&invoice->status, "Paid"))
TWISTED_INVOICE (for_less, (invoice->subtotal = 10 * TB_AMOUNT_ONE, invoice->tax = 0))
TWISTED_INVOICE (overdue, tb_set_str (&invoice->status, "Overdue"))
TWISTED_INVOICE (still_a_draft, tb_set_str (&invoice->status, "Draft"))

static const struct
{
  const char *reason;
  const char *status;  /* as it was read there; NULL = not read since */
  TbAmount by_hand;    /* staff applied this, before it was read or (below zero) after */
  TbWhmcsPort twist;
  int state;           /* of the posting, −1 = there is none */
  const char *told;
  const char *credit;  /* on the invoice there in the end */
} published[] = {
  { "not read since it was published", NULL, 0, { 0 }, -1, NULL, "0.00" },
  { "still a draft", "Draft", 0, { 0 }, -1, NULL, "0.00" },
  { "published", "Unpaid", 0, { 0 }, TB_POSTING_DONE, NULL, "22.60" },
  { "overdue by now", "Overdue", 0, { .get_invoice = get_invoice_overdue }, TB_POSTING_DONE, NULL, "22.60" },
  { "staff applied it, and that was read", "Unpaid", 22 * TB_AMOUNT_ONE + 600000000, { 0 }, -1, NULL, "22.60" },
  { "staff applied it after that", "Unpaid", -22 * TB_AMOUNT_ONE - 600000000, { 0 }, TB_POSTING_DONE, NULL, "22.60" },
  { "… more than that, which is theirs to know", "Unpaid", -30 * TB_AMOUNT_ONE, { 0 }, TB_POSTING_DONE, NULL, "30.00" },
  { "… a part of it: the rest is ours", "Unpaid", -10 * TB_AMOUNT_ONE, { 0 }, TB_POSTING_DONE, NULL, "22.60" },
  { "the reply is lost: it is looked for, and not sent again", "Unpaid", 0, { .apply_credit = apply_lost }, TB_POSTING_DONE, NULL, "22.60" },
  { "the request is lost: it is sent again, after the last look", "Unpaid", 0, { .apply_credit = apply_vanished }, TB_POSTING_DONE, NULL, "22.60" },
  { "… and staff apply a part meanwhile, which is no proof of ours", "Unpaid", 0, { .apply_credit = apply_vanished_meanwhile }, TB_POSTING_DONE, NULL, "22.60" },
  { "it says yes and does nothing", "Unpaid", 0, { .apply_credit = apply_ignored }, TB_POSTING_DONE, NULL, "22.60" },
  { "twice, by a proxy", "Unpaid", 0, { .apply_credit = apply_credit_twice }, TB_POSTING_PARKED, "more was applied", "45.20" },
  { "refused, in its own words", "Unpaid", 0, { .apply_credit = apply_refused }, TB_POSTING_FAILED, "exceeds customer credit", "0.00" },
  { "paid by other money", "Paid", 0, { .get_invoice = get_invoice_paid }, TB_POSTING_PARKED, "give one of them back", "0.00" },
  { "cancelled, and so read", "Cancelled", 0, { 0 }, -1, NULL, "0.00" },
  { "cancelled since", "Unpaid", 0, { .get_invoice = get_invoice_cancelled }, TB_POSTING_DONE, NULL, "0.00" },
  { "changed to less than that", "Unpaid", 0, { .get_invoice = get_invoice_for_less }, TB_POSTING_PARKED, "was changed at WHMCS", "0.00" },
  { "another client’s", "Unpaid", 0, { .get_invoice = get_invoice_of_another }, TB_POSTING_PARKED, "another client", "0.00" },
  { "gone", "Unpaid", 0, { .get_invoice = get_invoice_gone }, TB_POSTING_PARKED, "not at WHMCS any more", "0.00" },
  { "read as published, and a draft", "Unpaid", 0, { .get_invoice = get_invoice_still_a_draft }, TB_POSTING_FAILED, "publish it", "0.00" },
};

static void
ignore_cb (gint64 id, gint64 client, gpointer data)
{
}

static void
read_as (TbStore *store, const char *status, TbAmount credit)
{
  g_autoptr (GPtrArray) seen = tb_mirror_values_new (&tb_mirror_invoice_noun);
  g_autoptr (TbRemotePull) pull = tb_remote_store_begin (store, "https://billing.example.com/", FALSE, NOW, 0, NULL);
  TbMirrorInvoice *invoice = tb_mirror_invoice_new ();

  invoice->id = 1;
  invoice->client = 7;
  invoice->credit = credit;
  tb_set_str (&invoice->status, status);
  g_ptr_array_add (seen, invoice);
  g_assert_true (tb_remote_store_save (store, &tb_mirror_invoice_noun, TB_REMOTE_WHOLE, seen, pull->id, NOW, NULL, NULL));
}

static void
test_published (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_autoptr (TbStore) store = books_with ("drafts", A_PREPAID_BILL);
      g_autoptr (World) world = world_with_client ();
      TbWhmcsPort *port = world_get_port (world);
      TbMoney by_hand = { ABS (published[i].by_hand), TB_CURRENCY_NONE };
      g_autoptr (TbRemoteInvoice) there = NULL;
      g_autoptr (TbPosting) posting = NULL;
      g_autofree char *credit = NULL;

      g_test_message ("%s", published[i].reason);
      requests = 0;
      tb_push_result_free (push (store, world, NULL, NULL));
      world_publish_drafts (world, ignore_cb, NULL);
      if (by_hand.amount != 0)
        port->apply_credit (port, 1, by_hand, NULL);
      if (published[i].status != NULL)
        read_as (store, published[i].status, MAX (published[i].by_hand, 0));
      twist_port (port, &published[i].twist);
      tb_push_result_free (push (store, world, NULL, NULL));
      tb_push_result_free (push (store, world, NULL, NULL)); /* a second time changes nothing */
      g_assert_true (tb_posting_store_find (store, TB_POSTING_APPLY, 1, "", &posting, NULL));
      g_assert_cmpint (posting != NULL ? (int) posting->place.state : -1, ==, published[i].state);
      if (published[i].told != NULL && strstr (posting->message, published[i].told) == NULL)
        g_error ("“%s” does not say “%s”", posting->message, published[i].told);
      g_assert_cmpint (real.get_invoice (port, 1, &there, NULL), ==, TB_REPLY_DONE);
      credit = tb_decimal_format (there->credit, TB_AMOUNT_SCALE, 2);
      g_assert_cmpstr (credit, ==, published[i].credit);
      tb_test_assert_sound (store);
    }
}

/* What was put aside, mended at WHMCS and retried is taken on as it is there, not made again. */
static void
test_retry (void)
{
  const TbWhmcsPort twist = { .get_invoice = get_invoice_with_cent };
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  g_autoptr (TbPosting) posting = NULL, again = NULL;
  g_autofree char *invoices = NULL;
  g_autoptr (GError) error = NULL;

  twist_port (world_get_port (world), &twist);
  tb_push_result_free (push (store, world, NULL, NULL));
  world_get_port (world)->get_invoice = real.get_invoice;
  tb_push_result_free (push (store, world, NULL, NULL)); /* parked is parked: nothing happens */
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "Draft");
  posting = tb_whmcs_ledger_retry (store, 1, NOW, &error);
  g_assert_no_error (error);
  tb_push_result_free (push (store, world, NULL, NULL));
  g_free (invoices);
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "Unpaid");
  again = tb_whmcs_ledger_retry (store, 1, NOW, &error);
  g_assert_error (error, TB_ERROR, TB_ERROR_CONFLICT);
}

/* Put aside before it was sent, it stays here. */
static void
test_park (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  const TbWhmcsPort twist = { .get_client = get_client_unreachable };
  g_autoptr (TbPosting) posting = NULL;
  g_autofree char *invoices = NULL;

  twist_port (world_get_port (world), &twist);
  tb_push_result_free (push (store, world, NULL, NULL));
  posting = tb_whmcs_ledger_park (store, 1, NOW, NULL);
  world_get_port (world)->get_client = real.get_client;
  tb_push_result_free (push (store, world, NULL, NULL));
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "");
}

/* Voided before it was sent: nothing goes, and nothing is cancelled. */
static void
test_void_before (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  const TbWhmcsPort twist = { .get_client = get_client_unreachable };
  g_autofree char *invoices = NULL;

  twist_port (world_get_port (world), &twist);
  tb_push_result_free (push (store, world, NULL, NULL));
  g_assert_true (tb_invoice_store_void (store, 1, NULL));
  world_get_port (world)->get_client = real.get_client;
  tb_push_result_free (push (store, world, NULL, NULL));
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "");
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting WHERE state = 3"), ==, 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting"), ==, 1);
  tb_test_assert_sound (store);
}

/* A client whom WHMCS does not take keeps his invoices here, and it is said why, also by a run that only finds it so. */
static void
test_refused_client (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_new (1, 0);
  const TbWhmcsPort twist = { 0 };

  twist_port (world_get_port (world), &twist);
  world_get_port (world)->add_client = add_client_refused;
  tb_test_exec (store, "UPDATE client SET email = 'c1@example.com', whmcs_id = 0 WHERE key = 'C1'");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TbPushResult) result = push (store, world, NULL, NULL);
      const char *last = result->troubles->pdata[result->troubles->len - 1];

      g_assert_cmpuint (result->waiting, ==, 1);
      g_assert_nonnull (strstr (last, "number 1 of the ledger: Valid country required"));
    }
}

/* Cancelled before it began: told as that, with everything planned and nothing sent. */
static void
test_cancel (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  g_autoptr (TbJob) job = tb_job_new ("push");
  g_autoptr (GError) error = NULL;
  g_autofree char *invoices = NULL;

  tb_job_cancel (job);
  g_assert_null (push (store, world, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "");
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting WHERE state = 0"), ==, 1);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM posting_lease"), ==, 0);
}

/* Books that were restored from before the push make nothing twice. */
static void
test_restored (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  g_autofree char *backup = test_path ("backup"), *invoices = NULL, *site = tb_posting_store_dup_site (store, NULL);
  g_autoptr (TbStore) restored = NULL;

  g_assert_true (tb_store_backup (store, backup, NULL, NULL));
  tb_push_result_free (push (store, world, NULL, NULL));
  restored = tb_store_open (backup, TB_DB_READ_WRITE, NULL);
  add_paper (restored, 11, A_BILL);
  tb_push_result_free (push (restored, world, NULL, NULL));
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "Unpaid Unpaid");
  g_assert_cmpint (tb_test_query_int (restored, "SELECT count(*) FROM posting WHERE state = 3"), ==, 2);
}

/* Where both sides differ and somebody said that ours is to stand, WHMCS is told, once. */
static void
test_change (void)
{
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  const TbRemoteChoice choice = { 1, TB_CLIENT_EMAIL, (char *) "new@example.com", (char *) "c1@example.com", NOW };
  g_autoptr (TbPushResult) first = NULL, second = NULL;
  g_autofree char *told = NULL;

  tb_test_exec (store, "UPDATE client SET email = 'new@example.com' WHERE key = 'C1'");
  g_assert_true (tb_remote_review_choose_ours (store, &choice, NULL));
  first = push (store, world, NULL, NULL);
  second = push (store, world, NULL, NULL);
  told = world_tell (world);
  g_assert_nonnull (strstr (told, "client new@example.com"));
  g_assert_cmpuint (first->done, ==, 2);
  g_assert_cmpuint (second->done, ==, 0);
}

/* The workstation's way: the books are on the worker of its session, and the push in a thread of its own. */
static gpointer
push_thread (gpointer data)
{
  return tb_whmcs_push (data, NULL, NULL);
}

static void
test_session (void)
{
  TbStore *store = books_new ();
  g_autofree char *path = g_strdup (tb_store_get_path (store)), *invoices = NULL;
  g_autoptr (World) world = world_with_client ();
  g_autoptr (TbSession) session = NULL;
  g_autoptr (TbPushResult) result = NULL;
  TbPushTerms terms = { NULL, NULL, world_get_port (world), world_get_clock (world), NULL, "a", "office" };

  tb_store_close (store);
  session = tb_session_new (path, FALSE, NULL);
  terms.session = session;
  result = g_thread_join (g_thread_new ("push", push_thread, &terms));
  g_assert_cmpuint (result->done, ==, 1);
  invoices = say_invoices (world);
  g_assert_cmpstr (invoices, ==, "Unpaid");
  tb_session_close (session);
}

static TbWhmcsFinding
finding_at (GPtrArray *found, guint at)
{
  return ((TbWhmcsReportRow *) found->pdata[at])->finding;
}

/* One of each: what is in both, here alone and there alone. */
static void
test_report (void)
{
  static const TbWhmcsFinding expected[] = { TB_REPORT_NOT_THERE, TB_REPORT_NOT_HERE, TB_REPORT_DIFFERS, TB_REPORT_OPEN };
  g_autoptr (TbStore) store = books_new ();
  g_autoptr (World) world = world_with_client ();
  TbWhmcsPort *port = world_get_port (world);
  g_autofree char *site = tb_posting_store_dup_site (store, NULL), *notes = g_strdup_printf ("Ref: TB-%s-OLD-00000000", site);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (TbPostingBill) bill = g_new0 (TbPostingBill, 1);
  const TbRemoteDraft ours = { 7, 0, 0, notes, NULL, bill, 0 }, others = { 7, 0, 0, "Ref: TB-OTHERS-X-00000000", NULL, bill, 0 };
  gint64 id;

  bill->lines = g_ptr_array_new ();
  add_paper (store, 11, A_BILL);
  tb_push_result_free (push (store, world, NULL, NULL));
  add_paper (store, 12, A_BILL); /* not posted */
  add_paper (store, 9, A_BILL);  /* nor is it to be */
  tb_test_exec (store, "UPDATE invoice SET issued = issued - 1 WHERE month = 9");
  tb_test_exec (store, "UPDATE whmcs_settings SET since = (SELECT max(issued) FROM invoice)");
  g_assert_true (tb_invoice_store_void (store, 2, NULL)); /* and not cancelled there yet */
  port->create_invoice (port, &ours, &id, NULL); /* of books that were lost */
  port->create_invoice (port, &others, &id, NULL);
  found = tb_whmcs_report_new (store, port, NULL);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (tb_whmcs_finding_to_string (finding_at (found, i)), ==, tb_whmcs_finding_to_string (expected[i]));

  /* what was paid of it the last pull knows, not the list */
  g_assert_true (tb_payment_status_store_save (store, &(TbPaymentStatus){ .invoice_id = 1, .state = TB_PAYMENT_PARTLY }, NOW, NULL));
  g_ptr_array_unref (found);
  found = tb_whmcs_report_new (store, port, NULL);
  g_assert_cmpstr (tb_whmcs_finding_to_string (finding_at (found, found->len - 1)), ==, "partly-paid");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/whmcs-push/rows", test_rows);
  g_test_add_func ("/whmcs-push/published", test_published);
  g_test_add_func ("/whmcs-push/retry", test_retry);
  g_test_add_func ("/whmcs-push/park", test_park);
  g_test_add_func ("/whmcs-push/void-before", test_void_before);
  g_test_add_func ("/whmcs-push/refused-client", test_refused_client);
  g_test_add_func ("/whmcs-push/cancel", test_cancel);
  g_test_add_func ("/whmcs-push/restored", test_restored);
  g_test_add_func ("/whmcs-push/change", test_change);
  g_test_add_func ("/whmcs-push/session", test_session);
  g_test_add_func ("/whmcs-push/report", test_report);
  return test_run_in_folder ();
}
