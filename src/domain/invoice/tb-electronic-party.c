/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-electronic-private.h"
#include "tb-trade-codes.h"

/* ---- the address ---- */

/* How the line with the town is written, and which group is what; 0 = has none. */
static const struct { const char *pattern; int post_code, city, subdivision; } town_lines[] = {
  { "^(\\S.*?),?\\s+([A-Z]{2})\\s+([A-Z]\\d[A-Z] ?\\d[A-Z]\\d)$", 3, 1, 2 },            /* Kitchener ON  N2G 0V0 */
  { "^(\\S.*?),?\\s+([A-Z]{2,3})\\s+(\\d{4,5}(?:-\\d{4})?)$", 3, 1, 2 },                /* Austin, TX 78701; Sydney NSW 2000 */
  { "^(?:[A-Z]{1,3}-)?(\\d{4} ?[A-Z]{2}|\\d{4,5}|\\d{3} \\d{2}|\\d{2}-\\d{3})\\s+(\\S.*)$", 1, 2, 0 }, /* 10115 Berlin; 1012 AB Amsterdam */
  { "^(\\d{3})\\s+(\\D+)$", 1, 2, 0 },                                                   /* 101 Reykjavík */
  { "^(\\S.*?),?\\s+([A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2})$", 2, 1, 0 },                 /* London SW1A 1AA */
};

static gboolean
take_town (TbElectronicParty *self, const char *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (town_lines); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (town_lines[i].pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      if (!g_regex_match (regex, line, 0, &match))
        continue;
      self->post_code = g_match_info_fetch (match, town_lines[i].post_code);
      self->city = g_match_info_fetch (match, town_lines[i].city);
      self->subdivision = town_lines[i].subdivision != 0 ? g_match_info_fetch (match, town_lines[i].subdivision) : NULL;
      return TRUE;
    }
  return FALSE;
}

/* Street, more of it, and whatever else: what is not the town's line stays in order. */
static void
take_address (TbElectronicParty *self, char **address)
{
  guint n = address != NULL ? g_strv_length (address) : 0, town = G_MAXUINT;
  g_autoptr (GString) rest = g_string_new (NULL);

  for (guint i = n; i > 1 && town == G_MAXUINT; i--)
    if (take_town (self, address[i - 1]))
      town = i - 1;
  for (guint i = 0; i < n; i++)
    if (i == town || *address[i] == '\0')
      continue;
    else if (self->street == NULL)
      self->street = g_strdup (address[i]);
    else if (self->more_street == NULL)
      self->more_street = g_strdup (address[i]);
    else
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? ", " : "", address[i]);
  self->other_lines = rest->len > 0 ? g_strdup (rest->str) : NULL;
}

/* ---- who it is ---- */

/* As given, else that of the VAT number; by mail only where no network is asked for. */
static void
take_endpoint (TbElectronicParty *self)
{
  g_autofree char *own = self->vat_id != NULL ? tb_endpoint_from_vat (self->vat_id) : NULL;
  const char *text = self->party->endpoint != NULL ? self->party->endpoint : own;

  if (text != NULL)
    tb_endpoint_split (text, &self->scheme, &self->endpoint, NULL);
}

void
tb_electronic_party_use_mail (TbElectronicParty *self)
{
  if (self->endpoint != NULL || !tb_is_filled (self->party->email))
    return;
  self->scheme = g_strdup ("EM");
  self->endpoint = g_strdup (self->party->email);
}

void
tb_electronic_party_init (TbElectronicParty *self, const TbInvoiceParty *party, gboolean seller)
{
  *self = (TbElectronicParty){ .party = party };
  self->vat_id = tb_vat_id_normalise (party->tax_id, party->country);
  if (seller && self->vat_id == NULL && tb_is_filled (party->tax_id))
    self->tax_number = g_strdup (party->tax_id);
  /* BR-CO-26 asks for one of three names by which the seller is known; a tax number that is no VAT number is none of them. */
  if (tb_is_filled (party->registration))
    tb_registration_split (party->registration, &self->registration_scheme, &self->registration);
  else if (self->vat_id == NULL && tb_is_filled (party->tax_id))
    self->registration = g_strdup (party->tax_id);
  take_address (self, party->address);
  take_endpoint (self);
}

void
tb_electronic_party_clear (TbElectronicParty *self)
{
  char **const texts[] = { &self->vat_id, &self->tax_number, &self->registration, &self->registration_scheme, &self->scheme, &self->endpoint,
                           &self->street, &self->more_street, &self->other_lines, &self->city, &self->subdivision, &self->post_code };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
}
