/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <string.h>

void
tb_deck_reason (char **reason, const char *format, ...)
{
  va_list args;

  if (reason == NULL || *reason != NULL)
    return;
  va_start (args, format);
  *reason = g_strdup_vprintf (format, args);
  va_end (args);
}

/* ---- cleaning ---- */

/* Blanks, no-break blanks (U+00A0, U+202F), zero width space and a BOM in the middle of a file. */
gsize
tb_deck_blank_at (const char *at, gsize len)
{
  static const char *const wide[] = { "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x8b", "\xef\xbb\xbf" };

  if (len > 0 && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (len >= strlen (wide[i]) && memcmp (at, wide[i], strlen (wide[i])) == 0)
      return strlen (wide[i]);
  return 0;
}

static gboolean
may_be_blank (char c)
{
  return (guchar) c <= ' ' || (guchar) c >= 0x80;
}

TbDeckText
tb_deck_trim (TbDeckText self)
{
  gsize n;

  while (self.len > 0 && may_be_blank (*self.at) && (n = tb_deck_blank_at (self.at, self.len)) > 0)
    self.at += n, self.len -= n;
  for (gboolean again = TRUE; again && self.len > 0 && (may_be_blank (self.at[self.len - 1]));)
    {
      again = FALSE;
      for (n = 1; n <= 3 && n <= self.len && !again; n++)
        if (tb_deck_blank_at (self.at + self.len - n, n) == n)
          self.len -= n, again = TRUE;
    }
  return self;
}

TbDeckText
tb_deck_text (const char *text, gsize len)
{
  TbDeckText self = tb_deck_trim ((TbDeckText){ text, len });

  if (self.len >= 3 && self.at[0] == '=' && self.at[1] == '"' && self.at[self.len - 1] == '"')
    return tb_deck_trim ((TbDeckText){ self.at + 2, self.len - 3 });
  if (self.len > 1 && self.at[0] == '\'' && (g_ascii_isdigit (self.at[1]) || strchr ("=+-@", self.at[1]) != NULL))
    return tb_deck_trim ((TbDeckText){ self.at + 1, self.len - 1 });
  return self;
}

gboolean
tb_deck_text_is (TbDeckText self, const char *word)
{
  return self.len == strlen (word) && g_ascii_strncasecmp (self.at, word, self.len) == 0;
}

char *
tb_deck_text_dup (TbDeckText self)
{
  return g_strndup (self.at, self.len);
}

static char *
shown (TbDeckText self)
{
  return tb_text_for_message (self.at, (gssize) self.len, 40);
}

gboolean
tb_deck_text_is_one_of (TbDeckText self, const char *const *words)
{
  for (; *words != NULL; words++)
    if (tb_deck_text_is (self, *words))
      return TRUE;
  return FALSE;
}

gboolean
tb_deck_has_digit (TbDeckText text)
{
  for (gsize i = 0; i < text.len; i++)
    if (g_ascii_isdigit (text.at[i]))
      return TRUE;
  return FALSE;
}

gboolean
tb_deck_is_blocking_word (TbDeckText self)
{
  static const char *const words[] = { "blocked", "block", "barred", "closed", "deleted", "delete", "discontinued", "removed", "inactive", "disabled",
                                       "not available", "unavailable", "suspended", "no service", NULL };

  return self.len >= 5 && tb_deck_text_is_one_of (self, words);
}

gboolean
tb_deck_flag (TbDeckText self)
{
  static const char *const no[] = { "0", "no", "n", "false", "f", "off", NULL };

  return !tb_deck_text_is_one_of (self, no) && !tb_deck_is_blocking_word (self);
}

TbDeckCell
tb_deck_verdict (TbDeckCell cell, char **reason, const char *format, TbDeckText text)
{
  g_autofree char *what = shown (text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  tb_deck_reason (reason, format, what);
#pragma GCC diagnostic pop
  return cell;
}
