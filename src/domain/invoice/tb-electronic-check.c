/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-electronic-private.h"

#define DECIMALS_MAX 2 /* BR-DEC-01 to 28 */

G_GNUC_PRINTF (2, 3)
static void
tell (GPtrArray *problems, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- the document ---- */

static void
check_state (const TbInvoice *invoice, GPtrArray *problems)
{
  if (invoice->number == NULL)
    tell (problems, _("number: this is a draft; approve it first"));
  if (invoice->state == TB_INVOICE_VOID)
    tell (problems, _("state: this invoice was voided"));
  if (invoice->lines->len == 0)
    tell (problems, _("lines: there are none"));
  if (invoice->currency == TB_CURRENCY_NONE)
    tell (problems, _("currency: it is missing"));
  if (invoice->kind == TB_INVOICE_CREDIT_NOTE && !tb_is_filled (invoice->corrects))
    tell (problems, _("corrects: a credit note has to name its invoice"));
}

/* The official rules let 99 cents of wrong tax pass (BR-CO-17); these do not. */
static void
check_totals (const TbElectronicInvoice *self, GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;
  TbAmount lines = 0, taxes = 0;

  for (guint i = 0; i < self->lines->len; i++)
    lines += g_array_index (self->lines, TbElectronicLine, i).amount;
  for (guint i = 0; i < self->taxes->len; i++)
    taxes += g_array_index (self->taxes, TbElectronicTax, i).amount;
  if (!tb_invoice_verify_totals (self->invoice, &error))
    tell (problems, _("totals: %s"), error->message);
  else if (lines != self->net || taxes != self->tax)
    tell (problems, _("totals: they are not the sums of lines and taxes"));
}

/* Kuwait's dinars have three decimals; to round them in silence would be another invoice. */
static void
check_decimals (const TbElectronicInvoice *self, GPtrArray *problems)
{
  const TbAmount unit = TB_AMOUNT_ONE / 100;

  if (tb_currency_get_minor_units (self->invoice->currency) <= DECIMALS_MAX)
    return;
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, TbElectronicLine, i).amount % unit != 0)
      {
        tell (problems, _("line %u: an electronic invoice has amounts of at most two decimals"), i + 1);
        return;
      }
  if (self->tax % unit != 0)
    tell (problems, _("tax: an electronic invoice has amounts of at most two decimals"));
}

/* ---- taxes ---- */

static const char known_categories[] = " AE E S Z G O K L M ";

static gboolean
is_known (const char *category)
{
  g_autofree char *wanted = g_strdup_printf (" %s ", category);

  return strstr (known_categories, wanted) != NULL;
}

static void
check_tax (const TbElectronicInvoice *self, const TbElectronicTax *tax, GPtrArray *problems)
{
  gboolean rated = strcmp (tax->category, "S") == 0;

  if (!is_known (tax->category))
    tell (problems, _("tax category %s: electronic invoices know none such"), tax->category);
  else if (rated && tax->percent == 0)
    tell (problems, _("tax category S: its percent is 0; what is taxed at 0 %% is Z, what is exempt E"));
  else if (!rated && tax->percent != 0 && strchr ("LM", *tax->category) == NULL)
    tell (problems, _("tax category %s: its percent must be 0"), tax->category);
  if (strcmp (tax->category, "O") != 0 && self->seller.vat_id == NULL && self->seller.tax_number == NULL)
    tell (problems, _("seller’s tax number: a document with tax category %s needs it"), tax->category);
  if ((strcmp (tax->category, "AE") == 0 || strcmp (tax->category, "K") == 0) && self->buyer.vat_id == NULL)
    tell (problems, _("buyer’s VAT number: tax category %s needs it"), tax->category);
}

/* ---- seller and buyer ---- */

/* `name` is the side in words, with its 's. */
static void
check_party (const TbElectronicInvoice *self, const TbElectronicParty *party, gboolean seller, GPtrArray *problems)
{
  const char *whose = seller ? _("seller’s") : _("buyer’s");

  if (!tb_is_filled (party->party->name))
    tell (problems, _("%s name: it is missing"), whose);
  if (!tb_is_filled (party->party->country))
    tell (problems, _("%s country: it is missing"), whose);
  if (self->peppol && (party->endpoint == NULL || strcmp (party->scheme, "EM") == 0))
    tell (problems, _("%s electronic address: Peppol needs one, such as 0208:0123456749"), whose);
}

/* What a seller's country asks for beyond the standard: rules of Peppol BIS 3.0.19. */
typedef enum
{
  NEED_STREET = 1 << 0,
  NEED_CITY = 1 << 1,
  NEED_POST_CODE = 1 << 2,
  NEED_CONTACT = 1 << 3,
  NEED_PHONE = 1 << 4,
  NEED_EMAIL = 1 << 5,
  NEED_REGISTRATION = 1 << 6,
} Needs;

static const struct
{
  const char *country;
  gboolean at_home; /* only for buyers of the same country */
  Needs seller, buyer;
  const char *scheme; /* of registrations; NULL = any */
} national[] = {
  { "DE", TRUE, NEED_CITY | NEED_POST_CODE | NEED_CONTACT | NEED_PHONE | NEED_EMAIL, NEED_CITY | NEED_POST_CODE, NULL }, /* DE-R-002 to 009 */
  { "DK", FALSE, NEED_REGISTRATION, 0, "0184" },                                                                         /* DK-R-002, 014 */
  { "IS", FALSE, NEED_STREET | NEED_POST_CODE | NEED_REGISTRATION, 0, "0196" },                                           /* IS-R-002, 003 */
  { "IS", TRUE, 0, NEED_STREET | NEED_POST_CODE | NEED_REGISTRATION, "0196" },                                            /* IS-R-004, 005 */
  { "IT", FALSE, NEED_STREET | NEED_CITY | NEED_POST_CODE, 0, NULL },                                                     /* IT-R-002 to 004 */
  { "NL", FALSE, NEED_STREET | NEED_CITY | NEED_POST_CODE | NEED_REGISTRATION, 0, "0106" },                               /* NL-R-002, 003 */
  { "NL", TRUE, 0, NEED_STREET | NEED_CITY | NEED_POST_CODE, NULL },                                                      /* NL-R-004 */
};

static void
check_needs (const TbElectronicParty *party, gboolean seller, Needs needs, const char *scheme, GPtrArray *problems)
{
  const struct { Needs need; const char *value, *what; } rows[] = {
    { NEED_STREET, party->street, N_("street") },
    { NEED_CITY, party->city, N_("town, in a line with its post code") },
    { NEED_POST_CODE, party->post_code, N_("post code") },
    { NEED_CONTACT, party->party->contact, N_("contact") },
    { NEED_PHONE, party->party->phone, N_("phone") },
    { NEED_EMAIL, party->party->email, N_("e-mail address") },
    { NEED_REGISTRATION, party->registration, N_("registration") },
  };
  const char *whose = seller ? _("seller’s") : _("buyer’s");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((needs & rows[i].need) != 0 && !tb_is_filled (rows[i].value))
      tell (problems, _("%s %s: the seller’s country asks for it"), whose, _(rows[i].what));
  if ((needs & NEED_REGISTRATION) != 0 && scheme != NULL && party->registration != NULL && g_strcmp0 (party->registration_scheme, scheme) != 0)
    tell (problems, _("%s registration: the seller’s country wants it as %s:number"), whose, scheme);
}

static void
check_national (const TbElectronicInvoice *self, GPtrArray *problems)
{
  const char *country = self->seller.party->country;
  gboolean at_home = g_strcmp0 (country, self->buyer.party->country) == 0;

  if (g_strcmp0 (country, "GR") == 0)
    tell (problems, _("seller’s country: Greece wants marks of its own platform on Peppol invoices, which Tollbook cannot give"));
  for (guint i = 0; i < G_N_ELEMENTS (national); i++)
    if (g_strcmp0 (country, national[i].country) == 0 && (at_home || !national[i].at_home))
      {
        check_needs (&self->seller, TRUE, national[i].seller, national[i].scheme, problems);
        check_needs (&self->buyer, FALSE, national[i].buyer, national[i].scheme, problems);
      }
}

void
tb_electronic_check (const TbElectronicInvoice *self, GPtrArray *problems)
{
  check_state (self->invoice, problems);
  check_totals (self, problems);
  check_decimals (self, problems);
  check_party (self, &self->seller, TRUE, problems);
  check_party (self, &self->buyer, FALSE, problems);
  if (self->seller.vat_id == NULL && self->seller.registration == NULL && self->seller.tax_number == NULL)
    tell (problems, _("seller’s registration: a tax number or one of a register is needed (BR-CO-26)"));
  for (guint i = 0; i < self->taxes->len; i++)
    check_tax (self, &g_array_index (self->taxes, TbElectronicTax, i), problems);
  if (self->peppol)
    check_national (self, problems);
}
