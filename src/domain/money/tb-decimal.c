/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"

static gboolean
fail (const char *text, gsize len, TbError code, const char *format, GError **error)
{
  if (error != NULL)
    {
      g_autofree char *shown = tb_text_for_message (text, (gssize) len, 40);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_set_error (error, TB_ERROR, code, format, shown);
#pragma GCC diagnostic pop
    }
  return FALSE;
}

/* value * 10 + digit, on the negative side, which reaches one further. */
static gboolean
push_digit (gint64 *value, int digit)
{
  return !__builtin_mul_overflow (*value, 10, value) && !__builtin_sub_overflow (*value, digit, value);
}

gboolean
tb_decimal_parse (const char *text, gssize length, guint scale, gint64 *ret, GError **error)
{
  gsize len = length < 0 ? strlen (text) : (gsize) length;
  gsize i = 0, n_digits = 0;
  guint decimals = 0;
  gboolean negative = FALSE, point = FALSE, fits = TRUE;
  gint64 value = 0;

  if (i < len && (text[i] == '-' || text[i] == '+'))
    negative = text[i++] == '-';

  for (; i < len; i++)
    {
      if (text[i] == '.' && !point)
        {
          point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (text[i]))
        return fail (text, len, TB_ERROR_INVALID_INPUT, _("“%s” is not a decimal number like 12.34."), error);
      n_digits++;
      if (point && decimals == scale)
        {
          if (text[i] != '0')
            return fail (text, len, TB_ERROR_INVALID_INPUT, _("“%s” has more decimals than can be kept exactly."), error);
          continue;
        }
      decimals += point;
      fits = fits && push_digit (&value, text[i] - '0');
    }
  if (n_digits == 0)
    return fail (text, len, TB_ERROR_INVALID_INPUT, _("“%s” is not a decimal number like 12.34."), error);

  for (; decimals < scale; decimals++)
    fits = fits && push_digit (&value, 0);
  if (!fits || (!negative && value == G_MININT64) || value == TB_DECIMAL_NONE)
    return fail (text, len, TB_ERROR_OVERFLOW, _("“%s” is too large."), error);

  *ret = negative ? value : -value;
  return TRUE;
}

gsize
tb_decimal_format_to (gint64 value, guint scale, guint min_decimals, char buffer[40])
{
  char reversed[40];
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  gsize n = 0, len = 0;

  /* Digits from the right; zeros beyond min_decimals are not shown. */
  for (guint i = 0; i < scale || rest > 0 || i == scale; i++)
    {
      int digit = rest % 10;

      rest /= 10;
      if (i == scale && n > 0)
        reversed[n++] = '.';
      if (i < scale && n == 0 && digit == 0 && scale - i > min_decimals)
        continue;
      reversed[n++] = (char) ('0' + digit);
    }

  if (value < 0)
    buffer[len++] = '-';
  while (n > 0)
    buffer[len++] = reversed[--n];
  buffer[len] = '\0';
  return len;
}

char *
tb_decimal_format (gint64 value, guint scale, guint min_decimals)
{
  char buffer[40];

  tb_decimal_format_to (value, scale, min_decimals, buffer);
  return g_strdup (buffer);
}
