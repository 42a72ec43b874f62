/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-csv-writer.h"

#include <string.h>

static void
begin_field (GString *line)
{
  if (line->len > 0 && line->str[line->len - 1] != '\n')
    g_string_append_c (line, ',');
}

/* What a spreadsheet takes for a formula (OWASP ASVS 5.0, 1.2.10). A number dialled with a plus is harmless and must come out as
 * it was dialled. */
static gboolean
looks_like_formula (const char *text)
{
  if (*text == '+' && text[1] != '\0' && text[1 + strspn (text + 1, "0123456789")] == '\0')
    return FALSE;
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

void
tb_csv_append_text (GString *line, const char *text)
{
  gboolean quote = strpbrk (text, ",\"\r\n;\t") != NULL || *text == ' ' || *text == '\0';
  gboolean formula = looks_like_formula (text);

  begin_field (line);
  if (*text == '\0')
    {
      /* An empty first field must still make a separator before the next one. */
      if (line->len == 0 || line->str[line->len - 1] == '\n')
        g_string_append (line, "\"\"");
      return;
    }
  if (quote)
    g_string_append_c (line, '"');
  if (formula)
    g_string_append_c (line, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *at);
    }
  if (quote)
    g_string_append_c (line, '"');
}

void
tb_csv_append_number (GString *line, const char *number)
{
  if (*number == '\0')
    {
      tb_csv_append_text (line, "");
      return;
    }
  begin_field (line);
  g_string_append (line, number);
}

void
tb_csv_end_line (GString *line)
{
  g_string_append_c (line, '\n');
}
