/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number.h"

#include <string.h>

#define MAX_DIGITS 17 /* with the leading 1 or 2, eighteen digits always fit a gint64 */

gboolean
tb_number_pack (const char *text, gssize length, TbNumber *ret)
{
  gsize len = length < 0 ? strlen (text) : (gsize) length;
  TbNumber value = 1;

  if (len == 0)
    {
      *ret = TB_NUMBER_EMPTY;
      return TRUE;
    }
  if (*text == '+')
    {
      value = 2;
      text++;
      len--;
    }
  if (len == 0 || len > MAX_DIGITS)
    return FALSE;

  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      value = value * 10 + (text[i] - '0');
    }
  *ret = value;
  return TRUE;
}

gsize
tb_number_unpack (TbNumber self, char buffer[TB_NUMBER_BUFFER])
{
  char reversed[TB_NUMBER_BUFFER];
  gsize n = 0, len = 0;

  for (; self >= 10; self /= 10)
    reversed[n++] = (char) ('0' + self % 10);
  if (self == 2)
    buffer[len++] = '+';
  while (n > 0)
    buffer[len++] = reversed[--n];
  buffer[len] = '\0';
  return len;
}
