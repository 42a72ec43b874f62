/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-party.h"

static void
set (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
}

static void
freeze_party (GKeyFile *file, const char *group, const TbInvoiceParty *party)
{
  if (party == NULL)
    return;
  set (file, group, "name", party->name);
  set (file, group, "country", party->country);
  set (file, group, "tax-id", party->tax_id);
  set (file, group, "email", party->email);
  if (party->address != NULL)
    g_key_file_set_string_list (file, group, "address", (const char *const *) party->address, g_strv_length (party->address));
}

char *
tb_invoice_freeze (const TbInvoice *invoice)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  freeze_party (file, "seller", invoice->seller);
  freeze_party (file, "buyer", invoice->buyer);
  set (file, "invoice", "time-zone", invoice->time_zone);
  set (file, "invoice", "client", invoice->client);
  return g_key_file_to_data (file, NULL, NULL);
}

static TbInvoiceParty *
thaw_party (GKeyFile *file, const char *group)
{
  TbInvoiceParty *party = tb_invoice_party_new ();

  party->name = g_key_file_get_string (file, group, "name", NULL);
  party->country = g_key_file_get_string (file, group, "country", NULL);
  party->tax_id = g_key_file_get_string (file, group, "tax-id", NULL);
  party->email = g_key_file_get_string (file, group, "email", NULL);
  party->address = g_key_file_get_string_list (file, group, "address", NULL, NULL);
  return party;
}

void
tb_invoice_thaw (TbInvoice *invoice, const char *frozen)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_load_from_data (file, frozen, (gsize) -1, G_KEY_FILE_NONE, NULL);
  tb_invoice_party_free (invoice->seller);
  tb_invoice_party_free (invoice->buyer);
  invoice->seller = thaw_party (file, "seller");
  invoice->buyer = thaw_party (file, "buyer");
  g_free (invoice->time_zone);
  invoice->time_zone = g_key_file_get_string (file, "invoice", "time-zone", NULL);
  if (invoice->client == NULL)
    invoice->client = g_key_file_get_string (file, "invoice", "client", NULL);
}
