/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-fake-whmcs-private.h"

/* ---- values ---- */

static void
line_free (gpointer data)
{
  FakeLine *self = data;

  g_free (self->text);
  g_free (self);
}

void
fake_invoice_free (gpointer data)
{
  FakeInvoice *self = data;

  g_free (self->asked);
  g_free (self->notes);
  g_free (self->date);
  g_free (self->due);
  g_free (self->paid);
  g_free (self->method);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

FakeInvoice *
fake_find_invoice (TbFakeWhmcs *self, gint64 id)
{
  return id >= 1 && id <= self->invoices->len ? self->invoices->pdata[id - 1] : NULL;
}

gint64
fake_invoice_subtotal (const FakeInvoice *self, gboolean only_taxed)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const FakeLine *line = self->lines->pdata[i];

      sum += !only_taxed || line->taxed ? line->cents : 0;
    }
  return sum;
}

/* On the sum of the taxed lines, half-up. */
gint64
fake_invoice_tax (const FakeInvoice *self)
{
  gint64 cents = 0;

  g_assert_true (tb_round_divide ((TbWide) fake_invoice_subtotal (self, TRUE) * self->rate, (TbWide) 100 * TB_DECIMAL_ONE, TB_ROUND_HALF_UP,
                                  &cents, NULL));
  return cents;
}

gint64
fake_invoice_total (const FakeInvoice *self)
{
  return fake_invoice_subtotal (self, FALSE) + fake_invoice_tax (self) - self->credit;
}

static void
add_line (FakeCall *call, FakeInvoice *invoice, const char *text, const char *amount, const char *taxed)
{
  FakeLine *line = g_new0 (FakeLine, 1);

  line->id = ++call->fake->last_line;
  line->text = g_strdup (text);
  line->cents = fake_cents (amount);
  line->taxed = g_strcmp0 (taxed, "1") == 0;
  g_ptr_array_add (invoice->lines, line);
}

/* "itemdescription7" or "newitemdescription[7]": `tail` is what names the line. */
static void
add_lines (FakeCall *call, FakeInvoice *invoice, const char *prefix, gboolean brackets)
{
  g_autofree char *head = g_strconcat (prefix, "description", brackets ? "[" : "", NULL);

  for (guint i = 0; i < call->names->len; i++)
    {
      const char *name = call->names->pdata[i], *tail = name + strlen (head);
      g_autofree char *amount = NULL, *taxed = NULL;

      if (!g_str_has_prefix (name, head) || (!brackets && !g_ascii_isdigit (*tail)))
        continue;
      amount = g_strconcat (prefix, "amount", brackets ? "[" : "", tail, NULL);
      taxed = g_strconcat (prefix, "taxed", brackets ? "[" : "", tail, NULL);
      add_line (call, invoice, fake_arg (call, name), fake_arg (call, amount), fake_arg (call, taxed));
    }
}

static gboolean
take_rate (FakeCall *call, FakeInvoice *invoice)
{
  return !g_hash_table_contains (call->args, "taxrate")
         || tb_decimal_parse (fake_arg (call, "taxrate"), -1, TB_RATE_SCALE, &invoice->rate, NULL);
}

static void
take_text (FakeCall *call, const char *name, char **field)
{
  if (!g_hash_table_contains (call->args, name))
    return;
  g_free (*field);
  *field = g_strdup (fake_arg (call, name));
}

static void
take_fields (FakeCall *call, FakeInvoice *invoice)
{
  take_text (call, "notes", &invoice->notes);
  take_text (call, "date", &invoice->date);
  take_text (call, "duedate", &invoice->due);
  take_text (call, "paymentmethod", &invoice->method);
}

/* ---- actions ---- */

static const char *
create (FakeCall *call)
{
  TbFakeWhmcs *self = call->fake;
  FakeClient *client = fake_find_client (self, fake_arg_id (call, "userid"));
  gboolean draft = fake_arg_flag (call, "draft") || g_str_equal (fake_arg (call, "status"), "Draft");
  FakeInvoice *invoice;

  if (client == NULL)
    return "Client ID Not Found";
  if (draft && fake_arg_flag (call, "sendinvoice"))
    return "Cannot create and send a draft invoice in a single API request. Please create and send separately.";
  invoice = g_new0 (FakeInvoice, 1);
  g_ptr_array_add (self->invoices, invoice);
  g_ptr_array_add (client->invoices, invoice);
  invoice->id = self->invoices->len;
  invoice->client = client->id;
  invoice->status = draft ? "Draft" : "Unpaid";
  invoice->published = !draft;
  invoice->notes = g_strdup ("");
  invoice->date = g_strdup ("2026-02-10");
  invoice->due = g_strdup ("2026-02-24");
  invoice->paid = g_strdup ("0000-00-00 00:00:00");
  invoice->method = g_strdup ("banktransfer");
  invoice->rate = client->percent;
  invoice->lines = g_ptr_array_new_with_free_func (line_free);
  take_fields (call, invoice);
  invoice->asked = g_strdup (invoice->notes);
  if ((self->quirks & TB_FAKE_QUIRK_NO_NOTES) != 0)
    *invoice->notes = '\0';
  take_rate (call, invoice);
  add_lines (call, invoice, "item", FALSE);
  self->mails += fake_arg_flag (call, "sendinvoice");
  fake_put_id (call, call->out, "invoiceid", invoice->id);
  fake_put_text (call, call->out, "status", invoice->status);
  return NULL;
}

static gboolean
touches_more_than_status (FakeCall *call)
{
  static const char *const harmless[] = { "action",       "identifier", "secret", "username", "password",           "accesskey",
                                          "responsetype", "invoiceid",  "status", "publish",  "publishandsendemail" };

  for (guint i = 0; i < call->names->len; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (harmless); k++)
        found = found || g_str_equal (call->names->pdata[i], harmless[k]);
      if (!found)
        return TRUE;
    }
  return FALSE;
}

/* Unknown lines are ignored. */
static void
remove_line (FakeInvoice *invoice, gint64 id)
{
  for (guint i = 0; i < invoice->lines->len; i++)
    if (((FakeLine *) invoice->lines->pdata[i])->id == id)
      {
        g_ptr_array_remove_index (invoice->lines, i);
        return;
      }
}

static void
change_line (FakeCall *call, FakeLine *line)
{
  g_autofree char *text = g_strdup_printf ("itemdescription[%" G_GINT64_FORMAT "]", line->id);
  g_autofree char *amount = g_strdup_printf ("itemamount[%" G_GINT64_FORMAT "]", line->id);
  g_autofree char *taxed = g_strdup_printf ("itemtaxed[%" G_GINT64_FORMAT "]", line->id);

  if (!g_hash_table_contains (call->args, text))
    return;
  take_text (call, text, &line->text);
  line->cents = fake_cents (fake_arg (call, amount));
  line->taxed = fake_arg_flag (call, taxed);
}

static const char *
find_status (const char *text)
{
  static const char *const all[] = { "Draft", "Unpaid", "Paid", "Cancelled", "Refunded", "Collections", "Payment Pending" };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i], text))
      return all[i];
  return NULL;
}

static const char *
update (FakeCall *call)
{
  FakeInvoice *invoice = fake_find_invoice (call->fake, fake_arg_id (call, "invoiceid"));
  gboolean sends = fake_arg_flag (call, "publishandsendemail"), publishes = sends || fake_arg_flag (call, "publish");

  if (invoice == NULL)
    return "Invoice ID Not Found";
  if (publishes && !g_str_equal (invoice->status, "Draft"))
    return "Invoice must be in Draft status to be published";
  if (g_hash_table_contains (call->args, "status") && find_status (fake_arg (call, "status")) == NULL)
    return "Invalid status";
  if (call->fake->version >= 9 && invoice->published && touches_more_than_status (call))
    return "You cannot modify an Invoice that is Unpaid";
  take_fields (call, invoice);
  take_rate (call, invoice);
  for (guint i = 0; i < call->names->len; i++)
    if (g_str_has_prefix (call->names->pdata[i], "deletelineids["))
      remove_line (invoice, fake_arg_id (call, call->names->pdata[i]));
  for (guint i = 0; i < invoice->lines->len; i++)
    change_line (call, invoice->lines->pdata[i]);
  add_lines (call, invoice, "newitem", TRUE);
  if (g_hash_table_contains (call->args, "status"))
    invoice->status = find_status (fake_arg (call, "status"));
  if (publishes)
    {
      invoice->status = "Unpaid";
      invoice->published = TRUE;
    }
  call->fake->mails += sends;
  fake_put_id (call, call->out, "invoiceid", invoice->id);
  return NULL;
}

static void
put_invoice (FakeCall *call, GString *out, const FakeInvoice *invoice, const char *id)
{
  char rate[40];

  fake_put_id (call, out, id, invoice->id);
  fake_put_id (call, out, "userid", invoice->client);
  fake_put_text (call, out, "invoicenum", "");
  fake_put_text (call, out, "date", invoice->date);
  fake_put_text (call, out, "duedate", invoice->due);
  fake_put_text (call, out, "datepaid", invoice->paid);
  fake_put_money (call, out, "subtotal", fake_invoice_subtotal (invoice, FALSE));
  fake_put_money (call, out, "credit", invoice->credit);
  fake_put_money (call, out, "tax", fake_invoice_tax (invoice));
  fake_put_money (call, out, "tax2", 0);
  fake_put_money (call, out, "total", fake_invoice_total (invoice));
  tb_decimal_format_to (invoice->rate, TB_RATE_SCALE, 3, rate);
  fake_put_text (call, out, "taxrate", rate);
  fake_put_text (call, out, "taxrate2", "0.000");
  fake_put_text (call, out, "status", invoice->status);
  fake_put_text (call, out, "paymentmethod", invoice->method);
  fake_put_text (call, out, "notes", invoice->notes);
}

static const char *
get (FakeCall *call)
{
  FakeInvoice *invoice = fake_find_invoice (call->fake, fake_arg_id (call, "invoiceid"));
  GPtrArray *rows;

  if (invoice == NULL)
    return "Invoice ID Not Found";
  put_invoice (call, call->out, invoice, "invoiceid");
  fake_put_money (call, call->out, "balance", fake_invoice_total (invoice) - invoice->payments);
  rows = fake_rows_new ();
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const FakeLine *line = invoice->lines->pdata[i];
      GString *row = fake_rows_add (rows);

      fake_put_id (call, row, "id", line->id);
      fake_put_text (call, row, "type", "");
      fake_put_id (call, row, "relid", 0);
      fake_put_text (call, row, "description", line->text);
      fake_put_money (call, row, "amount", line->cents);
      fake_put_id (call, row, "taxed", line->taxed);
    }
  fake_put_list (call, call->out, "items", "item", rows);
  fake_put_list (call, call->out, "transactions", "transaction", fake_payment_rows (call, 0, invoice->id, ""));
  return NULL;
}

static GPtrArray *
find_asked (FakeCall *call)
{
  GPtrArray *asked = g_ptr_array_new ();
  FakeClient *client = fake_find_client (call->fake, fake_arg_id (call, "userid"));
  GPtrArray *all = client != NULL ? client->invoices : call->fake->invoices;
  const char *status = fake_arg (call, "status");
  gboolean down = g_ascii_strcasecmp (fake_arg (call, "order"), "desc") == 0;

  if (client == NULL && fake_arg_id (call, "userid") != 0)
    return asked;
  for (guint i = 0; i < all->len; i++)
    {
      FakeInvoice *invoice = all->pdata[down ? all->len - 1 - i : i];

      if (*status == '\0' || g_str_equal (status, invoice->status))
        g_ptr_array_add (asked, invoice);
    }
  return asked;
}

static const char *
list (FakeCall *call)
{
  g_autoptr (GPtrArray) asked = find_asked (call);
  GPtrArray *rows = fake_rows_new ();
  g_autofree guint *order = fake_order (call, asked->len);
  guint from, to;

  fake_put_page (call, asked->len, &from, &to);
  for (; from < to; from++)
    {
      const FakeInvoice *invoice = asked->pdata[order[from]];
      GString *row = fake_rows_add (rows);

      put_invoice (call, row, invoice, "id");
      fake_put_text (call, row, "updated_at", "2026-02-10 10:00:00");
      fake_put_text (call, row, "currencycode", call->fake->currencies->pdata[fake_find_client (call->fake, invoice->client)->currency - 1]);
    }
  fake_put_list (call, call->out, "invoices", "invoice", rows);
  return NULL;
}

const FakeActionRow fake_invoice_actions[] = {
  { "CreateInvoice", create }, { "UpdateInvoice", update }, { "GetInvoice", get }, { "GetInvoices", list }, { NULL, NULL },
};
