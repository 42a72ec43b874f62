/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DIGITS 32
#define COUNTRY_MAX 4 /* digits of a country code: what a rule may add to a number of any length */
#define NANP_LENGTH 10

/* Length of a whole national number, trunk prefix left out, where a country has one (ITU-T national numbering plans).
 * Elsewhere lengths vary, and a number counts as local when it has at most 8 digits. */
static const struct { const char *country_code; guint length; } national_lengths[] = {
  { "1", 10 },  { "7", 10 },  { "20", 10 }, { "27", 9 },  { "30", 10 }, { "31", 9 },  { "32", 9 },  { "33", 9 },  { "34", 9 },
  { "40", 9 },  { "41", 9 },  { "44", 10 }, { "45", 8 },  { "47", 8 },  { "48", 9 },  { "52", 10 }, { "56", 9 },  { "61", 9 },
  { "65", 8 },  { "82", 10 }, { "90", 10 }, { "91", 10 }, { "351", 9 }, { "353", 9 }, { "354", 7 }, { "356", 8 }, { "357", 8 },
  { "371", 8 }, { "372", 8 }, { "420", 9 }, { "421", 9 }, { "852", 8 }, { "966", 9 }, { "971", 9 }, { "972", 9 },
};
#define LOCAL_LENGTH_ELSEWHERE 9

static const char *const rule_names[] = { "none", "as-dialled", "international", "exit-code", "nanp", "trunk-prefix", "area-code" };

void
tb_number_plan_clear (TbNumberPlan *self)
{
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->country_code, g_free);
  g_clear_pointer (&self->exit_codes, g_strfreev);
  g_clear_pointer (&self->trunk_prefix, g_free);
  g_clear_pointer (&self->area_code, g_free);
  self->nanp = FALSE;
}

void
tb_number_plan_copy (const TbNumberPlan *self, TbNumberPlan *ret)
{
  *ret = (TbNumberPlan){
    .country = g_strdup (self->country),
    .country_code = g_strdup (self->country_code),
    .exit_codes = g_strdupv (self->exit_codes),
    .trunk_prefix = g_strdup (self->trunk_prefix),
    .nanp = self->nanp,
    .area_code = g_strdup (self->area_code),
  };
}

static gboolean
given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Without the library's table of characters, which lies far away. */
static inline gboolean
is_digit (char c)
{
  return (guint) (c - '0') <= 9;
}

/* How many digits the text begins with, up to `len`. */
static guint
count_digits (const char *text, gsize len)
{
  guint n = 0;

  while (n < len && is_digit (text[n]))
    n++;
  return n;
}

/* Drops separators, up to the end of the text or `len`; FALSE when anything but digits and a leading + is left, or nothing. */
static gboolean
clean (const char *dialled, gsize len, char digits[MAX_DIGITS + 1], guint *ret_n, gboolean *ret_plus)
{
  guint n = 0;
  gboolean plus = FALSE;

  for (gsize i = 0; i < len && dialled[i] != '\0'; i++)
    {
      char c = dialled[i];

      if (is_digit (c))
        {
          if (n == MAX_DIGITS)
            return FALSE;
          digits[n++] = c;
        }
      else if (c == '+' && n == 0 && !plus)
        plus = TRUE;
      else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '/')
        return FALSE;
    }
  digits[n] = '\0';
  *ret_n = n;
  *ret_plus = plus;
  return n > 0;
}

/* Byte by byte: these texts are shorter than what a call of the library's costs. */
static gboolean
starts_with (const char *digits, guint n, const char *prefix, guint *ret_len)
{
  guint len = 0;

  if (!given (prefix))
    return FALSE;
  while (len < n && prefix[len] != '\0' && digits[len] == prefix[len])
    len++;
  *ret_len = len;
  return len < n && prefix[len] == '\0';
}

/* The national length below which a number lacks its area code. */
static guint
national_length (const TbNumberPlan *self)
{
  if (self->nanp)
    return NANP_LENGTH;
  for (guint i = 0; i < G_N_ELEMENTS (national_lengths); i++)
    if (g_strcmp0 (self->country_code, national_lengths[i].country_code) == 0)
      return national_lengths[i].length;
  return LOCAL_LENGTH_ELSEWHERE;
}

/* The texts `a` and `b`, either of which may be NULL, before `n` digits; cut off where the buffer ends. */
static void
join (char ret[TB_E164_BUFFER], const char *a, const char *b, const char *digits, guint n)
{
  guint at = 0;

  for (; a != NULL && *a != '\0' && at < TB_E164_BUFFER - 1; a++)
    ret[at++] = *a;
  for (; b != NULL && *b != '\0' && at < TB_E164_BUFFER - 1; b++)
    ret[at++] = *b;
  n = MIN (n, TB_E164_BUFFER - 1 - at);
  memcpy (ret + at, digits, n);
  ret[at + n] = '\0';
}

static TbNumberRule
apply_rules (const TbNumberPlan *self, const char *digits, guint n, gboolean plus, char ret[TB_E164_BUFFER])
{
  guint len;

  if (plus)
    {
      join (ret, NULL, NULL, digits, n);
      return TB_NUMBER_RULE_INTERNATIONAL;
    }
  for (char **code = self->exit_codes; code != NULL && *code != NULL; code++)
    if (starts_with (digits, n, *code, &len))
      {
        join (ret, NULL, NULL, digits + len, n - len);
        return TB_NUMBER_RULE_EXIT_CODE;
      }
  if (self->nanp && n == NANP_LENGTH)
    {
      join (ret, "1", NULL, digits, n);
      return TB_NUMBER_RULE_NANP;
    }
  if (starts_with (digits, n, self->trunk_prefix, &len) && given (self->country_code))
    {
      join (ret, self->country_code, NULL, digits + len, n - len);
      return TB_NUMBER_RULE_TRUNK_PREFIX;
    }
  if (given (self->area_code) && given (self->country_code) && n < national_length (self))
    {
      join (ret, self->country_code, self->area_code, digits, n);
      return TB_NUMBER_RULE_AREA_CODE;
    }
  join (ret, NULL, NULL, digits, n);
  return TB_NUMBER_RULE_AS_DIALLED;
}

gboolean
tb_number_plan_normalise (const TbNumberPlan *self, const char *dialled, gssize length, char ret[TB_E164_BUFFER], TbNumberRule *ret_rule)
{
  gsize len = length < 0 ? G_MAXSIZE : (gsize) length;
  char buffer[MAX_DIGITS + 1];
  const char *digits = dialled;
  guint n = count_digits (dialled, len);
  gboolean plus = FALSE;

  ret[0] = '\0';
  *ret_rule = TB_NUMBER_RULE_NONE;
  if (n == 0 || n > MAX_DIGITS || (n < len && dialled[n] != '\0'))
    {
      if (!clean (dialled, len, buffer, &n, &plus))
        return FALSE;
      digits = buffer;
    }

  *ret_rule = apply_rules (self, digits, n, plus, ret);
  if (G_LIKELY (n + COUNTRY_MAX <= MAX_DIGITS || strlen (ret) <= MAX_DIGITS))
    return TRUE;
  ret[0] = '\0';
  *ret_rule = TB_NUMBER_RULE_NONE;
  return FALSE;
}

const char *
tb_number_rule_to_string (TbNumberRule self)
{
  return rule_names[self];
}
