/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-glob.h"

gboolean
tb_glob_is_pattern (const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '*' || *text == '?')
      return TRUE;
    else if (*text == '\\' && text[1] != '\0')
      text++;
  return FALSE;
}

/* Takes one step of both for a character or a "?". */
static gboolean
step (const char **pattern, const char **text)
{
  const char *at = *pattern;

  if (**text == '\0' || *at == '\0')
    return FALSE;
  if (*at == '?')
    *text = g_utf8_next_char (*text);
  else
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      if (*at != **text)
        return FALSE;
      *text += 1;
    }
  *pattern = at + 1;
  return TRUE;
}

/* A later star makes what an earlier one took final, so that no pattern takes longer than its length times the text's. */
gboolean
tb_glob_matches (const char *pattern, const char *text)
{
  const char *star = NULL, *taken = NULL;

  while (*text != '\0')
    {
      if (*pattern == '*')
        {
          star = ++pattern;
          taken = text;
        }
      else if (!step (&pattern, &text))
        {
          if (star == NULL)
            return FALSE;
          pattern = star;
          text = taken = g_utf8_next_char (taken);
        }
    }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

char *
tb_glob_unescape (const char *pattern)
{
  GString *text = g_string_new (NULL);

  for (; *pattern != '\0'; pattern++)
    {
      if (*pattern == '\\' && pattern[1] != '\0')
        pattern++;
      g_string_append_c (text, *pattern);
    }
  return g_string_free (text, FALSE);
}
