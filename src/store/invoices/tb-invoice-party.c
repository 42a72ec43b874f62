/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-party.h"

/* Under these names they are frozen, in this order they are digested. Those of electronic invoices only where they are given, so that what was
 * approved before there were any keeps its digest. */
static const struct { const char *key; gsize offset; gboolean later; } party_texts[] = {
  { "name", G_STRUCT_OFFSET (TbInvoiceParty, name) },
  { "country", G_STRUCT_OFFSET (TbInvoiceParty, country) },
  { "tax-id", G_STRUCT_OFFSET (TbInvoiceParty, tax_id) },
  { "email", G_STRUCT_OFFSET (TbInvoiceParty, email) },
  { "registration", G_STRUCT_OFFSET (TbInvoiceParty, registration), TRUE },
  { "endpoint", G_STRUCT_OFFSET (TbInvoiceParty, endpoint), TRUE },
  { "reference", G_STRUCT_OFFSET (TbInvoiceParty, reference), TRUE },
  { "contact", G_STRUCT_OFFSET (TbInvoiceParty, contact), TRUE },
  { "phone", G_STRUCT_OFFSET (TbInvoiceParty, phone), TRUE },
  { "iban", G_STRUCT_OFFSET (TbInvoiceParty, iban), TRUE },
  { "language", G_STRUCT_OFFSET (TbInvoiceParty, language), TRUE },
};

#define PARTY_TEXT(party, i) G_STRUCT_MEMBER (char *, party, party_texts[i].offset)

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
  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    set (file, group, party_texts[i].key, PARTY_TEXT (party, i));
  if (party->address != NULL)
    g_key_file_set_string_list (file, group, "address", (const char *const *) party->address, g_strv_length (party->address));
}

/* ---- the digest: whoever changes an approved invoice's rows behind Tollbook's back is found by "check" ---- */

static void
digest_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *) (text != NULL ? text : ""), -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
}

static void
digest_numbers (GChecksum *sum, const gint64 *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      char text[24];

      g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, numbers[i]);
      digest_text (sum, text);
    }
}

static void
digest_party (GChecksum *sum, const TbInvoiceParty *party)
{
  static const TbInvoiceParty nobody = { NULL };
  const TbInvoiceParty *of = party != NULL ? party : &nobody;

  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    if (!party_texts[i].later)
      digest_text (sum, PARTY_TEXT (of, i));
  for (char **line = of->address; line != NULL && *line != NULL; line++)
    digest_text (sum, *line);
  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    if (party_texts[i].later && PARTY_TEXT (of, i) != NULL)
      {
        digest_text (sum, party_texts[i].key);
        digest_text (sum, PARTY_TEXT (of, i));
      }
}

static void
digest_line (GChecksum *sum, const TbInvoiceLine *line)
{
  const char *texts[] = { line->service, line->description, line->tax, line->tax_category };
  const gint64 numbers[]
      = { line->kind, line->period.start, line->period.end, line->calls, line->seconds, line->free, line->amount, line->tax_percent };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    digest_text (sum, texts[i]);
  digest_numbers (sum, numbers, G_N_ELEMENTS (numbers));
  if (line->prepaid) /* said only where it is so: what was approved before there were balances keeps its digest */
    digest_text (sum, "prepaid");
}

/* A bill has none of it, so that those approved before there were credit notes keep their digest. */
static void
digest_kind (GChecksum *sum, const TbInvoice *invoice)
{
  const gint64 kind = invoice->kind;

  if (invoice->kind == TB_INVOICE_BILL)
    return;
  digest_numbers (sum, &kind, 1);
  digest_text (sum, invoice->corrects);
  if (invoice->reason != NULL) /* there were notes before there were reasons */
    digest_text (sum, invoice->reason);
}

/* Of all that stands on the paper; not of the state, because an invoice may be voided. */
static char *
digest_of (const TbInvoice *invoice)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const gint64 numbers[] = { invoice->currency, invoice->period.start, invoice->period.end, invoice->issued, invoice->due,
                             invoice->net,      invoice->tax,          invoice->total };

  digest_text (sum, invoice->number);
  digest_text (sum, invoice->client);
  digest_text (sum, invoice->time_zone);
  digest_numbers (sum, numbers, G_N_ELEMENTS (numbers));
  digest_party (sum, invoice->seller);
  digest_party (sum, invoice->buyer);
  for (guint i = 0; i < invoice->lines->len; i++)
    digest_line (sum, invoice->lines->pdata[i]);
  for (guint i = 0; i < invoice->taxes->len; i++)
    {
      const TbInvoiceTax *tax = invoice->taxes->pdata[i];
      const gint64 amounts[] = { tax->percent, tax->base, tax->amount };

      digest_text (sum, tax->tax);
      digest_numbers (sum, amounts, G_N_ELEMENTS (amounts));
    }
  digest_kind (sum, invoice);
  if (invoice->paid != 0)
    digest_numbers (sum, &invoice->paid, 1);
  return g_strdup (g_checksum_get_string (sum));
}

gboolean
tb_invoice_is_as_frozen (const TbInvoice *invoice, const char *frozen)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *kept = NULL, *now = digest_of (invoice);

  g_key_file_load_from_data (file, frozen, (gsize) -1, G_KEY_FILE_NONE, NULL);
  kept = g_key_file_get_string (file, "invoice", "digest", NULL);
  return g_strcmp0 (kept, now) == 0;
}

char *
tb_invoice_freeze (const TbInvoice *invoice)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  freeze_party (file, "seller", invoice->seller);
  freeze_party (file, "buyer", invoice->buyer);
  set (file, "invoice", "time-zone", invoice->time_zone);
  set (file, "invoice", "client", invoice->client);
  set (file, "invoice", "corrects", invoice->corrects);
  set (file, "invoice", "reason", invoice->reason);
  if (invoice->state != TB_INVOICE_DRAFT)
    {
      g_autofree char *digest = digest_of (invoice);

      set (file, "invoice", "digest", digest);
    }
  return g_key_file_to_data (file, NULL, NULL);
}

static TbInvoiceParty *
thaw_party (GKeyFile *file, const char *group)
{
  TbInvoiceParty *party = tb_invoice_party_new ();

  for (guint i = 0; i < G_N_ELEMENTS (party_texts); i++)
    PARTY_TEXT (party, i) = g_key_file_get_string (file, group, party_texts[i].key, NULL);
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
  g_free (invoice->corrects);
  invoice->corrects = g_key_file_get_string (file, "invoice", "corrects", NULL);
  g_free (invoice->reason);
  invoice->reason = g_key_file_get_string (file, "invoice", "reason", NULL);
  g_free (invoice->time_zone);
  invoice->time_zone = g_key_file_get_string (file, "invoice", "time-zone", NULL);
  if (invoice->client == NULL)
    invoice->client = g_key_file_get_string (file, "invoice", "client", NULL);
}
