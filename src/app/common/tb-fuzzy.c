/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fuzzy.h"

#include <string.h>

enum { SCATTERED = 1, INSIDE = 100, AT_WORD = 200, AT_BEGINNING = 300, WHOLE = 400 };

/* Only from the text's first letter on: any three letters stand in order somewhere in most texts. */
static gboolean
is_scattered (const char *text, const char *word)
{
  if (g_utf8_get_char (text) != g_utf8_get_char (word))
    return FALSE;
  for (; *word != '\0'; word = g_utf8_next_char (word), text = g_utf8_next_char (text))
    if ((text = g_utf8_strchr (text, -1, g_utf8_get_char (word))) == NULL)
      return FALSE;
  return TRUE;
}

static guint
score_word (const char *text, const char *word)
{
  const char *found = strstr (text, word);

  if (found == NULL)
    return is_scattered (text, word) ? SCATTERED : 0;
  if (found == text)
    return found[strlen (word)] == '\0' ? WHOLE : AT_BEGINNING;
  for (; found != NULL; found = strstr (found + 1, word))
    if (!g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (found))))
      return AT_WORD;
  return INSIDE;
}

guint
tb_fuzzy_score (const char *text, const char *const *words)
{
  guint sum = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint score = score_word (text, words[i]);

      if (score == 0)
        return 0;
      sum += score;
    }
  return sum;
}
