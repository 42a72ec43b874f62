/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-fake-whmcs-private.h"

static const char *const client_texts[]
    = { "firstname", "lastname",    "companyname", "email", "address1", "address2", "city",           "state", "postcode",
        "country",   "phonenumber", "tax_id",      "notes", "language", "status",   "defaultgateway", NULL };
static const char *const service_texts[]
    = { "domain", "username", "status", "notes", "nextduedate", "recurringamount", "suspensionreason", NULL };

/* ---- values ---- */

FakeClient *
fake_client_new (TbFakeWhmcs *self)
{
  FakeClient *client = g_new0 (FakeClient, 1);

  client->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  client->customs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  client->invoices = g_ptr_array_new ();
  client->currency = 1;
  g_hash_table_insert (client->texts, g_strdup ("status"), g_strdup ("Active"));
  g_ptr_array_add (self->clients, client);
  client->id = self->clients->len;
  return client;
}

void
fake_client_free (gpointer data)
{
  FakeClient *self = data;

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->customs);
  g_ptr_array_unref (self->invoices);
  g_free (self);
}

void
fake_service_free (gpointer data)
{
  FakeService *self = data;

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->customs);
  g_free (self);
}

FakeClient *
fake_find_client (TbFakeWhmcs *self, gint64 id)
{
  return id >= 1 && id <= self->clients->len ? self->clients->pdata[id - 1] : NULL;
}

static FakeClient *
find_by_email (TbFakeWhmcs *self, const char *email)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      FakeClient *client = self->clients->pdata[i];
      const char *held = g_hash_table_lookup (client->texts, "email");

      if (held != NULL && g_ascii_strcasecmp (held, email) == 0)
        return client;
    }
  return NULL;
}

static const char *
get_text (GHashTable *texts, const char *name)
{
  const char *text = g_hash_table_lookup (texts, name);

  return text != NULL ? text : "";
}

static void
take_texts (FakeCall *call, GHashTable *texts, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_hash_table_contains (call->args, names[i]))
      g_hash_table_insert (texts, g_strdup (names[i]), g_strdup (fake_arg (call, names[i])));
}

/* "s:6:"Google";" or "i:1;" at *at; the bytes must be as many as it says, as PHP has it. */
static char *
unserialize_one (const char **at)
{
  gboolean is_text = **at == 's';
  gint64 n = g_ascii_strtoll (*at + 2, (char **) at, 10);
  char *text = is_text ? g_strndup (*at + 2, (gsize) n) : g_strdup_printf ("%" G_GINT64_FORMAT, n);

  if (is_text)
    {
      g_assert_true (g_str_has_prefix (*at, ":\"") && g_str_has_prefix (*at + 2 + n, "\";"));
      *at += n + 3;
    }
  g_assert_cmpint (**at, ==, ';');
  ++*at;
  return text;
}

void
fake_read_customs (FakeCall *call, GHashTable *customs)
{
  gsize len;
  g_autofree guchar *raw = g_base64_decode (fake_arg (call, "customfields"), &len);
  g_autofree char *text = g_strndup ((const char *) raw, len);
  const char *at = strchr (text, '{');

  for (at = at != NULL ? at + 1 : "}"; *at != '}';)
    {
      char *key = unserialize_one (&at);

      g_hash_table_insert (customs, key, unserialize_one (&at));
    }
}

/* ---- clients ---- */

static const char *
get_clients (FakeCall *call)
{
  GPtrArray *rows = fake_rows_new ();
  g_autofree guint *order = fake_order (call, call->fake->clients->len);
  guint from, to;

  fake_put_page (call, call->fake->clients->len, &from, &to);
  for (; from < to; from++)
    {
      FakeClient *client = call->fake->clients->pdata[order[from]];
      GString *row = fake_rows_add (rows);

      fake_put_id (call, row, "id", client->id);
      for (guint i = 0; i < 4; i++)
        fake_put_text (call, row, client_texts[i], get_text (client->texts, client_texts[i]));
      fake_put_text (call, row, "datecreated", "2024-01-15");
      fake_put_id (call, row, "groupid", 0);
      fake_put_text (call, row, "status", get_text (client->texts, "status"));
    }
  fake_put_list (call, call->out, "clients", "client", rows);
  return NULL;
}

static void
put_details (FakeCall *call, GString *out, FakeClient *client)
{
  fake_put_id (call, out, "client_id", client->id);
  fake_put_id (call, out, "userid", client->id);
  fake_put_id (call, out, "id", client->id);
  for (guint i = 0; client_texts[i] != NULL; i++)
    fake_put_text (call, out, client_texts[i], get_text (client->texts, client_texts[i]));
  fake_put_id (call, out, "currency", client->currency);
  fake_put_text (call, out, "currency_code", call->fake->currencies->pdata[client->currency - 1]);
  fake_put_money (call, out, "credit", client->credit);
  fake_put_text (call, out, "lastlogin", "Date: 01/02/2026 10:00<br>IP Address: 192.0.2.1");
  fake_put_customs (call, out, client->customs, TRUE);
}

static const char *
get_details (FakeCall *call)
{
  TbFakeWhmcs *self = call->fake;
  FakeClient *client = g_hash_table_contains (call->args, "clientid") ? fake_find_client (self, fake_arg_id (call, "clientid"))
                                                                      : find_by_email (self, fake_arg (call, "email"));
  g_autoptr (GString) inner = g_string_new (NULL);

  if (client == NULL)
    return "Client Not Found";
  put_details (call, inner, client);
  if ((self->quirks & TB_FAKE_QUIRK_TOP_LEVEL) == 0)
    g_string_append_printf (call->out, ",\"client\":{%s}", inner->str);
  g_string_append_printf (call->out, ",%s", inner->str);
  return NULL;
}

static const char *
add_client (FakeCall *call)
{
  static const struct { const char *name, *missing; } needed[] = {
    { "firstname", "You did not enter your first name" }, { "lastname", "You did not enter your last name" },
    { "email", "You did not enter your email address" },  { "address1", "You did not enter your address (line 1)" },
    { "city", "You did not enter your city" },            { "state", "You did not enter your state" },
    { "postcode", "You did not enter your postcode" },
    { "country", "Valid country required" },              { "phonenumber", "You did not enter your phone number" },
    { "password2", "You did not enter a password" },
  };
  FakeClient *client;

  for (guint i = 0; i < G_N_ELEMENTS (needed) && !fake_arg_flag (call, "skipvalidation"); i++)
    if (*fake_arg (call, needed[i].name) == '\0')
      return needed[i].missing;
  if (find_by_email (call->fake, fake_arg (call, "email")) != NULL)
    return "A user already exists with that email address";
  client = fake_client_new (call->fake);
  take_texts (call, client->texts, client_texts);
  g_hash_table_insert (client->texts, g_strdup ("status"), g_strdup ("Active"));
  if (g_hash_table_contains (call->args, "currency"))
    client->currency = CLAMP (fake_arg_id (call, "currency"), 1, (gint64) call->fake->currencies->len);
  fake_read_customs (call, client->customs);
  call->fake->mails += !fake_arg_flag (call, "noemail");
  fake_put_id (call, call->out, "clientid", client->id);
  return NULL;
}

static const char *
update_client (FakeCall *call)
{
  FakeClient *client = fake_find_client (call->fake, fake_arg_id (call, "clientid"));
  FakeClient *other = find_by_email (call->fake, fake_arg (call, "email"));

  if (client == NULL)
    return "Client ID Not Found";
  if (other != NULL && other != client)
    return "Duplicate Email Address";
  take_texts (call, client->texts, client_texts);
  fake_read_customs (call, client->customs);
  fake_put_text (call, call->out, "clientid", fake_arg (call, "clientid")); /* the text that was sent */
  return NULL;
}

/* ---- products and services ---- */

static const char *
get_products (FakeCall *call)
{
  GPtrArray *rows = fake_rows_new ();

  for (guint i = 0; i < call->fake->products->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (call->fake->products->pdata[i], "\t", 2);
      GString *row;

      if (*fake_arg (call, "module") != '\0' && !g_str_equal (fake_arg (call, "module"), parts[1]))
        continue;
      row = fake_rows_add (rows);
      fake_put_id (call, row, "pid", i + 1);
      fake_put_id (call, row, "gid", 1);
      fake_put_text (call, row, "type", "other");
      fake_put_text (call, row, "name", parts[0]);
      fake_put_text (call, row, "module", parts[1]);
      fake_put_text (call, row, "paytype", "recurring");
      g_string_append (row, ",\"pricing\":{\"USD\":{\"prefix\":\"$\",\"msetupfee\":\"0.00\",\"monthly\":\"19.95\",\"quarterly\":\"-1.00\","
                            "\"annually\":199.5}}");
      g_string_append (row, ",\"customfields\":{\"customfield\":[{\"id\":\"3\",\"name\":\"Low Balance Threshold\",\"required\":\"\"}]}");
    }
  fake_put_id (call, call->out, "totalresults", rows->len);
  fake_put_list (call, call->out, "products", "product", rows);
  return NULL;
}

static gboolean
is_asked_for (FakeCall *call, const FakeService *service)
{
  gint64 client = fake_arg_id (call, "clientid"), id = fake_arg_id (call, "serviceid");

  return (client == 0 || service->client == client) && (id == 0 || service->id == id);
}

static void
put_service (FakeCall *call, GString *row, const FakeService *service)
{
  fake_put_id (call, row, "id", service->id);
  fake_put_id (call, row, "clientid", service->client);
  fake_put_id (call, row, "pid", service->product);
  fake_put_text (call, row, "regdate", "2024-02-01");
  fake_put_text (call, row, "billingcycle", "Monthly");
  fake_put_text (call, row, "firstpaymentamount", "19.95");
  fake_put_text (call, row, "password", "S3CR3T-of-a-service");
  for (guint i = 0; service_texts[i] != NULL; i++)
    fake_put_text (call, row, service_texts[i], get_text (service->texts, service_texts[i]));
  fake_put_customs (call, row, service->customs, FALSE);
}

static const char *
get_services (FakeCall *call)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  GPtrArray *rows = fake_rows_new ();
  guint from, to;

  for (guint i = 0; i < call->fake->services->len; i++)
    if (is_asked_for (call, call->fake->services->pdata[i]))
      g_ptr_array_add (asked, call->fake->services->pdata[i]);
  fake_put_page (call, asked->len, &from, &to);
  for (; from < to; from++)
    put_service (call, fake_rows_add (rows), asked->pdata[from]);
  fake_put_list (call, call->out, "products", "product", rows);
  return NULL;
}

static FakeService *
find_service (FakeCall *call)
{
  gint64 id = fake_arg_id (call, "serviceid");

  return id >= 1 && id <= call->fake->services->len ? call->fake->services->pdata[id - 1] : NULL;
}

static const char *
update_service (FakeCall *call)
{
  FakeService *service = find_service (call);

  if (service == NULL)
    return "Service ID Not Found";
  take_texts (call, service->texts, service_texts);
  fake_read_customs (call, service->customs);
  fake_put_text (call, call->out, "serviceid", fake_arg (call, "serviceid"));
  return NULL;
}

static const char *
set_status (FakeCall *call, const char *status, const char *reason)
{
  FakeService *service = find_service (call);

  if (service == NULL)
    return "Service ID not found";
  g_hash_table_insert (service->texts, g_strdup ("status"), g_strdup (status));
  g_hash_table_insert (service->texts, g_strdup ("suspensionreason"), g_strdup (reason));
  return NULL;
}

static const char *
suspend (FakeCall *call)
{
  return set_status (call, "Suspended", fake_arg (call, "suspendreason"));
}

static const char *
unsuspend (FakeCall *call)
{
  return set_status (call, "Active", "");
}

const FakeActionRow fake_client_actions[] = {
  { "GetClients", get_clients },       { "GetClientsDetails", get_details },       { "AddClient", add_client },
  { "UpdateClient", update_client },   { "GetProducts", get_products },            { "GetClientsProducts", get_services },
  { "UpdateClientProduct", update_service }, { "ModuleSuspend", suspend },         { "ModuleUnsuspend", unsuspend },
  { NULL, NULL },
};
