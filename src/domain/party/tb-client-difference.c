/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-client-match.h"
#include "tb-error.h"
#include "tb-text.h"

/* What the two sides say of one client. */

#define SHOWN 120

static const struct
{
  const char *name, *display;
} fields[TB_CLIENT_FIELDS] = {
  [TB_CLIENT_NAME] = { "name", N_ ("Name") },
  [TB_CLIENT_EMAIL] = { "email", N_ ("E-mail") },
  [TB_CLIENT_CURRENCY] = { "currency", N_ ("Currency") },
  [TB_CLIENT_COUNTRY] = { "country", N_ ("Country") },
  [TB_CLIENT_ADDRESS] = { "address", N_ ("Address") },
  [TB_CLIENT_TAX_ID] = { "tax_id", N_ ("Tax id") },
};

static const char *const newer_words[] = { "unknown", "ours", "theirs", "both" };
static const char *const newer_display[] = { N_ ("not known"), N_ ("here"), N_ ("at WHMCS"), N_ ("on both sides") };

const char *
tb_client_field_to_string (TbClientField self)
{
  return fields[self].name;
}

const char *
tb_client_field_to_display (TbClientField self)
{
  return _(fields[self].display);
}

gboolean
tb_client_field_parse (const char *text, TbClientField *ret, GError **error)
{
  for (guint i = 0; i < TB_CLIENT_FIELDS; i++)
    if (strcmp (fields[i].name, text) == 0)
      {
        *ret = (TbClientField) i;
        return TRUE;
      }
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is none of name, email, currency, country, address and tax_id."), text);
  return FALSE;
}

const char *
tb_newer_to_string (TbNewer self)
{
  return newer_words[self];
}

const char *
tb_newer_to_display (TbNewer self)
{
  return _(newer_display[self]);
}

/* ---- values ---- */

/* NULL for what says nothing: forms that want a word of everybody have a dash from those who have none. */
static char *
dup_filled (const char *text)
{
  g_autofree char *copy = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return copy != NULL && *copy != '\0' && !g_str_equal (copy, "-") ? g_steal_pointer (&copy) : NULL;
}

static char *
join_filled (const char *separator, const char *const *parts, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *part = dup_filled (parts[i]);

      if (part != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", part);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* As it is written on a letter: street, more of it, "Waterloo ON N2J 2Y2". */
static char *
dup_their_address (const TbMirrorClient *client, const char *separator)
{
  const char *const place[] = { client->city, client->state, client->postcode };
  g_autofree char *town = join_filled (" ", place, G_N_ELEMENTS (place));
  const char *const lines[] = { client->address1, client->address2, town };

  return join_filled (separator, lines, G_N_ELEMENTS (lines));
}

char *
tb_client_field_dup_ours (TbClientField self, const TbClient *client, TbCurrency base)
{
  switch (self)
    {
    case TB_CLIENT_NAME:
      return dup_filled (client->name);
    case TB_CLIENT_EMAIL:
      return dup_filled (client->email);
    case TB_CLIENT_CURRENCY:
      return dup_filled (tb_currency_to_string (client->currency != TB_CURRENCY_NONE ? client->currency : base));
    case TB_CLIENT_COUNTRY:
      return dup_filled (client->country);
    case TB_CLIENT_ADDRESS:
      return client->address != NULL ? join_filled (", ", (const char *const *) client->address, g_strv_length (client->address)) : NULL;
    case TB_CLIENT_TAX_ID:
      return dup_filled (client->tax_id);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
tb_client_field_dup_theirs (TbClientField self, const TbMirrorClient *client)
{
  g_autofree char *name = NULL;

  switch (self)
    {
    case TB_CLIENT_NAME:
      name = tb_mirror_client_dup_name (client);
      return dup_filled (name);
    case TB_CLIENT_EMAIL:
      return dup_filled (client->email);
    case TB_CLIENT_CURRENCY:
      return dup_filled (client->currency);
    case TB_CLIENT_COUNTRY:
      return dup_filled (client->country);
    case TB_CLIENT_ADDRESS:
      return dup_their_address (client, ", ");
    case TB_CLIENT_TAX_ID:
      return dup_filled (client->tax_id);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* What is left of a value where it is compared: names apart from blanks, addresses and tax ids apart from all but letters and digits. */
static char *
fold (TbClientField field, const char *text)
{
  g_autofree char *folded = field == TB_CLIENT_NAME ? g_strdup (text) : g_utf8_casefold (text, -1);
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean counts = field == TB_CLIENT_ADDRESS || field == TB_CLIENT_TAX_ID ? g_unichar_isalnum (c) : !g_unichar_isspace (c);

      if (counts)
        g_string_append_unichar (key, c);
      else if (field == TB_CLIENT_NAME && key->len > 0 && key->str[key->len - 1] != ' ')
        g_string_append_c (key, ' ');
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

gboolean
tb_client_field_is_same (TbClientField self, const char *a, const char *b)
{
  g_autofree char *x = fold (self, a != NULL ? a : ""), *y = fold (self, b != NULL ? b : "");

  return strcmp (x, y) == 0;
}

gboolean
tb_client_take_theirs (TbClient *client, TbClientField field, const TbMirrorClient *theirs, GError **error)
{
  g_autofree char *value = tb_client_field_dup_theirs (field, theirs);
  g_autofree char *lines = dup_their_address (theirs, "\n");

  if (field == TB_CLIENT_NAME)
    tb_set_str (&client->name, value);
  else if (field == TB_CLIENT_EMAIL)
    tb_set_str (&client->email, value);
  else if (field == TB_CLIENT_COUNTRY)
    tb_set_str (&client->country, value);
  else if (field == TB_CLIENT_TAX_ID)
    tb_set_str (&client->tax_id, value);
  else if (field == TB_CLIENT_CURRENCY)
    return value == NULL || tb_currency_parse (value, &client->currency, error);
  else
    {
      g_strfreev (client->address);
      client->address = lines != NULL ? g_strsplit (lines, "\n", -1) : NULL;
    }
  return TRUE;
}

/* ---- differences ---- */

void
tb_client_difference_free (TbClientDifference *self)
{
  if (self == NULL)
    return;
  g_free (self->ours);
  g_free (self->theirs);
  g_free (self);
}

char *
tb_client_difference_describe (const TbClientDifference *self, gboolean ours)
{
  const char *from = ours ? self->theirs : self->ours, *to = ours ? self->ours : self->theirs;
  g_autofree char *before = tb_text_for_message (from != NULL ? from : "", -1, SHOWN);
  g_autofree char *after = tb_text_for_message (to != NULL ? to : "", -1, SHOWN);

  return g_strdup_printf (ours ? _("%s at WHMCS: “%s” → “%s”") : _("%s here: “%s” → “%s”"), tb_client_field_to_display (self->field),
                          before, after);
}

static TbNewer
find_newer (TbClientField field, const char *ours, const char *theirs, const TbAgreed *agreed)
{
  gboolean we = agreed->known && !tb_client_field_is_same (field, ours, agreed->value);
  gboolean they = agreed->known && !tb_client_field_is_same (field, theirs, agreed->value);

  return we && they ? TB_NEWER_BOTH : we ? TB_NEWER_OURS : they ? TB_NEWER_THEIRS : TB_NEWER_UNKNOWN;
}

GPtrArray *
tb_client_compare (const TbClient *ours, TbCurrency base, const TbMirrorClient *theirs, const TbAgreed *agreed)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_difference_free);

  for (guint i = 0; i < TB_CLIENT_FIELDS; i++)
    {
      g_autofree char *here = tb_client_field_dup_ours ((TbClientField) i, ours, base);
      g_autofree char *there = tb_client_field_dup_theirs ((TbClientField) i, theirs);
      TbClientDifference *difference;

      if (tb_client_field_is_same ((TbClientField) i, here, there))
        continue;
      difference = g_new (TbClientDifference, 1);
      difference->field = (TbClientField) i;
      difference->newer = find_newer ((TbClientField) i, here, there, &agreed[i]);
      difference->ours = g_steal_pointer (&here);
      difference->theirs = g_steal_pointer (&there);
      g_ptr_array_add (differences, difference);
    }
  return differences;
}
