/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define MASK_KEEPS 3
#define WIDTH_MAX 12

/* "{number}" or "{number:5}" at `text`: its length, 0 = something else. */
static gsize
match_number (const char *text, guint *ret_width)
{
  const char *at = text + strlen ("{number");
  guint width = 0;

  if (!g_str_has_prefix (text, "{number"))
    return 0;
  if (*at == ':')
    for (at++; g_ascii_isdigit (*at) && width <= WIDTH_MAX; at++)
      width = width * 10 + (guint) (*at - '0');
  if (*at != '}' || width > WIDTH_MAX)
    return 0;

  *ret_width = width;
  return (gsize) (at + 1 - text);
}

char *
tb_numbering_format (const char *series, int year, guint number, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean numbered = FALSE;

  for (const char *at = series; *at != '\0';)
    {
      guint width = 0;
      gsize len = match_number (at, &width);

      if (len > 0)
        {
          g_string_append_printf (text, "%0*u", (int) width, number);
          numbered = TRUE;
          at += len;
        }
      else if (g_str_has_prefix (at, "{year}"))
        {
          g_string_append_printf (text, "%04d", year);
          at += strlen ("{year}");
        }
      else if (*at == '{')
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an invoice series: it may hold {year} and {number} or {number:5}."),
                       series);
          return NULL;
        }
      else
        g_string_append_c (text, *at++);
    }

  if (!numbered)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an invoice series: {number} is missing."), series);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
tb_numbering_credit_series (const char *series)
{
  return g_strconcat ("CN-", series, NULL);
}

/* Free calls, helplines among them, are not to be identified at all (Directive 2018/1972, annex VI part A (a)); what included minutes paid was
 * not free. */
char *
tb_invoice_call_mask (const TbInvoiceCall *call, const char *number, gboolean outside, int hide)
{
  gboolean was_free = call->charge == 0 && call->free == 0;

  if (number == NULL || !outside || hide == 0)
    return g_strdup (number);
  return tb_number_mask (number, was_free ? (int) strlen (number) : hide);
}

char *
tb_number_mask (const char *number, int hide)
{
  char *masked = g_strdup (number);
  gsize len = strlen (masked);
  gsize keep = hide < 0 ? MIN (len, MASK_KEEPS) : len - MIN (len, (gsize) hide);

  for (gsize i = keep; i < len; i++)
    if (g_ascii_isdigit (masked[i]))
      masked[i] = '*';
  return masked;
}
