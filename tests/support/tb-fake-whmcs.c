/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fake-whmcs.h"

#include <string.h>

#include "tb-fake-whmcs-private.h"

/* ---- the fake ---- */

TbFakeWhmcs *
tb_fake_whmcs_new (guint version, guint quirks)
{
  TbFakeWhmcs *self = g_new0 (TbFakeWhmcs, 1);

  self->version = version;
  self->quirks = quirks;
  self->clients = g_ptr_array_new_with_free_func (fake_client_free);
  self->products = g_ptr_array_new_with_free_func (g_free);
  self->services = g_ptr_array_new_with_free_func (fake_service_free);
  self->invoices = g_ptr_array_new_with_free_func (fake_invoice_free);
  self->payments = g_ptr_array_new_with_free_func (fake_move_free);
  self->credits = g_ptr_array_new_with_free_func (fake_move_free);
  self->log = g_ptr_array_new_with_free_func (fake_move_free);
  self->currencies = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->currencies, g_strdup ("USD"));
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->late = g_ptr_array_new_with_free_func (fake_late_free);
  g_mutex_init (&self->lock);
  return self;
}

void
tb_fake_whmcs_free (TbFakeWhmcs *self)
{
  if (self == NULL)
    return;
  fake_stop_server (self);
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->products);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->invoices);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->credits);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->currencies);
  g_ptr_array_unref (self->late);
  g_hash_table_unref (self->counts);
  g_clear_pointer (&self->rand, g_rand_free);
  g_mutex_clear (&self->lock);
  g_free (self->next_action);
  g_free (self->refuse_message);
  g_free (self->forbidden);
  g_free (self->body);
  g_free (self);
}

static gint64
find_or_add_currency (TbFakeWhmcs *self, const char *code)
{
  for (guint i = 0; i < self->currencies->len; i++)
    if (g_str_equal (self->currencies->pdata[i], code))
      return i + 1;
  g_ptr_array_add (self->currencies, g_strdup (code));
  return self->currencies->len;
}

gint64
tb_fake_whmcs_add_client (TbFakeWhmcs *self, const char *company, const char *email, const char *currency, TbDecimal percent)
{
  const char *const texts[]
      = { "firstname", "Ann",  "lastname", "O'Neil",   "companyname", company,   "email", email,         "address1",
          "1 Main St", "city", "Winnipeg", "postcode", "R3C 1A1",     "country", "CA",    "phonenumber", "+1.2045550100" };
  FakeClient *client = fake_client_new (self);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i += 2)
    g_hash_table_insert (client->texts, g_strdup (texts[i]), g_strdup (texts[i + 1]));
  client->currency = find_or_add_currency (self, currency);
  client->percent = percent;
  return client->id;
}

gint64
tb_fake_whmcs_add_product (TbFakeWhmcs *self, const char *name, const char *module)
{
  g_ptr_array_add (self->products, g_strconcat (name, "\t", module, NULL));
  return self->products->len;
}

gint64
tb_fake_whmcs_add_service (TbFakeWhmcs *self, gint64 client, gint64 product, const char *domain, const char *username)
{
  FakeService *service = g_new0 (FakeService, 1);

  service->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  service->customs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  service->client = client;
  service->product = product;
  g_hash_table_insert (service->texts, g_strdup ("domain"), g_strdup (domain));
  g_hash_table_insert (service->texts, g_strdup ("username"), g_strdup (username));
  g_hash_table_insert (service->texts, g_strdup ("status"), g_strdup ("Active"));
  g_hash_table_insert (service->texts, g_strdup ("nextduedate"), g_strdup ("0000-00-00"));
  g_hash_table_insert (service->texts, g_strdup ("recurringamount"), g_strdup ("19.95"));
  g_ptr_array_add (self->services, service);
  service->id = self->services->len;
  return service->id;
}

void
tb_fake_whmcs_set_credit (TbFakeWhmcs *self, gint64 client, TbAmount credit)
{
  fake_find_client (self, client)->credit = credit / (TB_AMOUNT_ONE / 100);
}

void
tb_fake_whmcs_close_client (TbFakeWhmcs *self, gint64 client)
{
  g_hash_table_insert (fake_find_client (self, client)->texts, g_strdup ("status"), g_strdup ("Closed"));
}

guint
tb_fake_whmcs_publish_drafts (TbFakeWhmcs *self)
{
  guint n = 0;

  for (guint i = 0; i < self->invoices->len; i++)
    {
      FakeInvoice *invoice = self->invoices->pdata[i];

      if (!g_str_equal (invoice->status, "Draft"))
        continue;
      invoice->status = "Unpaid";
      invoice->published = TRUE;
      n++;
    }
  return n;
}

/* Clients are told by their addresses, for ids depend on who came first. */
static const char *
email_of (TbFakeWhmcs *self, gint64 client)
{
  FakeClient *found = fake_find_client (self, client);

  return found != NULL ? g_hash_table_lookup (found->texts, "email") : "nobody";
}

static void
tell_invoice (TbFakeWhmcs *self, GPtrArray *lines, const FakeInvoice *invoice)
{
  g_autofree char *total = fake_money (fake_invoice_total (invoice)), *tax = fake_money (fake_invoice_tax (invoice));

  if (invoice->published || !g_str_equal (invoice->status, "Cancelled"))
    g_ptr_array_add (
        lines, g_strdup_printf ("invoice of %s %s: %u lines, tax %s, total %s, paid %" G_GINT64_FORMAT ", credit %" G_GINT64_FORMAT ", %s",
                                email_of (self, invoice->client), invoice->status, invoice->lines->len, tax, total, invoice->payments, invoice->credit,
                                invoice->asked));
}

static void
tell_moves (TbFakeWhmcs *self, GPtrArray *lines, const char *what, const GPtrArray *moves)
{
  for (guint i = 0; i < moves->len; i++)
    {
      const FakeMove *move = moves->pdata[i];

      /* the text of what was applied names the id of an invoice */
      g_ptr_array_add (lines, g_strdup_printf ("%s of %s: %" G_GINT64_FORMAT ", %s %s", what, email_of (self, move->client), move->cents, move->reference,
                                               g_str_has_prefix (move->text, "Credit Applied") ? "applied" : move->text));
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
tb_fake_whmcs_tell (TbFakeWhmcs *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->clients->len; i++)
    {
      const FakeClient *client = self->clients->pdata[i];

      g_ptr_array_add (lines, g_strdup_printf ("client %s: %s, credit %" G_GINT64_FORMAT, (char *) g_hash_table_lookup (client->texts, "email"),
                                               (char *) g_hash_table_lookup (client->texts, "status"), client->credit));
    }
  for (guint i = 0; i < self->invoices->len; i++)
    tell_invoice (self, lines, self->invoices->pdata[i]);
  tell_moves (self, lines, "payment", self->payments);
  tell_moves (self, lines, "credit", self->credits);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

guint
tb_fake_whmcs_count_mails (TbFakeWhmcs *self)
{
  return self->mails;
}

void
tb_fake_whmcs_fail_next (TbFakeWhmcs *self, const char *action, TbFakeFault fault, guint times)
{
  g_free (self->next_action);
  self->next_action = g_strdup (action);
  self->next = fault;
  self->times = times;
}

void
tb_fake_whmcs_fail_at_random (TbFakeWhmcs *self, guint32 seed, guint per_mille, guint without)
{
  g_clear_pointer (&self->rand, g_rand_free);
  self->rand = g_rand_new_with_seed (seed);
  self->per_mille = per_mille;
  self->without = without;
}

void
tb_fake_whmcs_set_choice (TbFakeWhmcs *self, TbFakeChoice choose, gpointer data)
{
  self->choose = choose;
  self->choose_data = data;
}

void
tb_fake_whmcs_refuse (TbFakeWhmcs *self, guint status, const char *message)
{
  g_free (self->refuse_message);
  self->refuse_message = g_strdup (message);
  self->refuse_status = status;
}

void
tb_fake_whmcs_forbid (TbFakeWhmcs *self, const char *action)
{
  g_free (self->forbidden);
  self->forbidden = g_strdup (action);
}

void
tb_fake_whmcs_set_meanwhile (TbFakeWhmcs *self, void (*func) (TbFakeWhmcs *self, const char *action, gpointer data), gpointer data)
{
  self->meanwhile = func;
  self->data = data;
}

guint
tb_fake_whmcs_count (TbFakeWhmcs *self, const char *action)
{
  return action != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, action)) : self->count;
}

const char *
tb_fake_whmcs_get_body (TbFakeWhmcs *self)
{
  return self->body;
}

guint64
tb_fake_whmcs_get_waited (TbFakeWhmcs *self)
{
  return self->waited;
}
