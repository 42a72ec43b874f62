/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-trade-codes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define IBAN_MIN 15
#define IBAN_MAX 34

/* Electronic Address Scheme (EAS), release of 2025. */
static const char schemes[]
    = " 0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 "
      "0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0244 "
      "0242 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 "
      "9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM ";

/* Schemes in which VAT numbers are addresses. Where companies are known by their number in the register, that is a part of the VAT number's:
 * `length` characters behind the first `skip` ones; 0 = all. */
static const struct { char country[3]; char scheme[5]; guint8 skip, length; } vat_schemes[] = {
  { "AD", "9922" }, { "AL", "9923" },        { "AT", "9914" }, { "BA", "9924" }, { "BE", "0208", 2 }, { "BG", "9926" }, { "CH", "9927" },
  { "CY", "9928" }, { "CZ", "9929" },        { "DE", "9930" }, { "DK", "0184" }, { "EE", "9931" },    { "EL", "9933" }, { "ES", "9920" },
  { "FR", "9957" }, { "GB", "9932" },        { "HR", "9934" }, { "HU", "9910" }, { "IE", "9935" },    { "IT", "0211" }, { "LI", "9936" },
  { "LT", "9937" }, { "LU", "9938" },        { "LV", "9939" }, { "MC", "9940" }, { "ME", "9941" },    { "MK", "9942" }, { "MT", "9943" },
  { "NL", "9944" }, { "NO", "0192", 2, 9 },  { "PL", "9945" }, { "PT", "9946" }, { "RO", "9947" },    { "RS", "9948" }, { "SE", "0007", 2, 10 },
  { "SI", "9949" }, { "SK", "9950" },        { "SM", "9951" }, { "TR", "9952" },
};

/* ---- check digits ---- */

static gboolean
are_digits (const char *text, gsize n)
{
  return strlen (text) == n && strspn (text, "0123456789") == n;
}

/* Modulo 10, weights 1 and 3 from the right (GS1 General Specifications 7.9). */
static gboolean
is_gln (const char *id)
{
  guint sum = 0;

  if (!are_digits (id, 13))
    return FALSE;
  for (guint i = 0; i < 13; i++)
    sum += (guint) (id[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

/* The last two digits are 97 less the rest of the others by 97. */
static gboolean
is_belgian (const char *id)
{
  return are_digits (id, 10) && (g_ascii_strtoull (id, NULL, 10) / 100 + g_ascii_strtoull (id, NULL, 10) % 100) % 97 == 0;
}

/* Modulo 11, weights 3 2 7 6 5 4 3 2 (Brønnøysundregistrene). */
static gboolean
is_norwegian (const char *id)
{
  static const guint weights[] = { 3, 2, 7, 6, 5, 4, 3, 2 };
  guint sum = 0;

  if (!are_digits (id, 9))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (guint) (id[i] - '0') * weights[i];
  return (11 - sum % 11) % 11 == (guint) (id[8] - '0');
}

/* Luhn's. */
static gboolean
is_swedish (const char *id)
{
  guint sum = 0;

  if (!are_digits (id, 10))
    return FALSE;
  for (guint i = 0; i < 10; i++)
    {
      guint digit = (guint) (id[i] - '0') * (i % 2 == 0 ? 2 : 1);

      sum += digit / 10 + digit % 10;
    }
  return sum % 10 == 0;
}

/* CVR, with its country or without. */
static gboolean
is_danish (const char *id)
{
  return are_digits (g_str_has_prefix (id, "DK") ? id + 2 : id, 8);
}

/* Those that Peppol's rules check too (PEPPOL-COMMON-R040 to R049). */
static gboolean
check_digits (const char *scheme, const char *id)
{
  static const struct { const char *scheme; gboolean (*check) (const char *id); } checks[]
      = { { "0007", is_swedish }, { "0088", is_gln }, { "0184", is_danish }, { "0192", is_norwegian }, { "0208", is_belgian } };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (strcmp (scheme, checks[i].scheme) == 0)
      return checks[i].check (id);
  return TRUE;
}

/* ---- electronic addresses ---- */

static gboolean
is_scheme (const char *text, gsize len)
{
  g_autofree char *wanted = g_strdup_printf (" %.*s ", (int) len, text);

  return len >= 2 && memchr (text, ' ', len) == NULL && strstr (schemes, wanted) != NULL;
}

gboolean
tb_endpoint_split (const char *text, char **ret_scheme, char **ret_id, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *scheme = NULL, *id = NULL;

  if (colon == NULL || !is_scheme (text, (gsize) (colon - text)))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an electronic address such as 0208:0123456749, with a scheme of the list EAS"),
                   text);
      return FALSE;
    }
  scheme = g_strndup (text, (gsize) (colon - text));
  id = g_strstrip (g_strdup (colon + 1));
  if (*id == '\0' || !check_digits (scheme, id))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a number of scheme %s: its length or check digits are wrong"), id, scheme);
      return FALSE;
    }
  *ret_scheme = g_steal_pointer (&scheme);
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

char *
tb_endpoint_from_vat (const char *vat_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (vat_schemes); i++)
    if (g_str_has_prefix (vat_id, vat_schemes[i].country))
      {
        g_autofree char *id = g_strndup (vat_id + vat_schemes[i].skip, vat_schemes[i].length > 0 ? vat_schemes[i].length : strlen (vat_id));

        return check_digits (vat_schemes[i].scheme, id) ? g_strdup_printf ("%s:%s", vat_schemes[i].scheme, id) : NULL;
      }
  return NULL;
}

void
tb_registration_split (const char *text, char **ret_scheme, char **ret_number)
{
  const char *colon = strchr (text, ':');
  gboolean given = colon != NULL && colon - text == 4 && strspn (text, "0123456789") == 4;

  *ret_scheme = given ? g_strndup (text, 4) : NULL;
  *ret_number = g_strstrip (g_strdup (given ? colon + 1 : text));
}

/* ---- tax numbers and accounts ---- */

/* In capitals, letters and digits only. */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (out, g_ascii_toupper (*text));
  return g_string_free (out, FALSE);
}

/* Greece writes EL, Northern Ireland XI. */
static gboolean
is_prefix_of (const char *id, const char *country)
{
  if (country != NULL && strncmp (id, country, 2) == 0 && strlen (country) == 2)
    return TRUE;
  if (g_str_has_prefix (id, "XI"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (vat_schemes); i++)
    if (strncmp (id, vat_schemes[i].country, 2) == 0)
      return TRUE;
  return FALSE;
}

/* A country's code, its number, and nothing but letters and digits: "CHE-123.456.789 MWST" is led by CH too. */
char *
tb_vat_id_normalise (const char *tax_id, const char *country)
{
  g_autofree char *id = tax_id != NULL ? squeeze (tax_id) : NULL;

  if (id == NULL || strlen (id) < 6 || !g_ascii_isalpha (id[0]) || !g_ascii_isalpha (id[1]) || strpbrk (id + 2, "0123456789") == NULL
      || !is_prefix_of (id, country))
    return NULL;
  return g_steal_pointer (&id);
}

gboolean
tb_iban_is_valid (const char *text)
{
  g_autofree char *iban = squeeze (text);
  gsize length = strlen (iban);
  guint rest = 0;

  if (length < IBAN_MIN || length > IBAN_MAX || !g_ascii_isalpha (iban[0]) || !g_ascii_isalpha (iban[1]) || !g_ascii_isdigit (iban[2])
      || !g_ascii_isdigit (iban[3]) || text[strspn (text, " ")] == '\0')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char c = iban[(i + 4) % length];

      rest = g_ascii_isdigit (c) ? (rest * 10 + (guint) (c - '0')) % 97 : (rest * 100 + (guint) (c - 'A' + 10)) % 97;
    }
  return rest == 1;
}
