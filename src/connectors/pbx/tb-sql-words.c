/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sql-words.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

#define TOKEN_MAX (1024 * 1024)

typedef enum { GAP, WORD, NAME, TEXT, COMMENT, REMARK } Lexeme; /* COMMENT ends with its line, REMARK with an asterisk and a slash */

struct _TbSqlWords
{
  TbSqlWordFunc word;
  TbSqlSignFunc sign;
  gpointer data;
  gboolean backslashes;
  Lexeme lexeme;
  char quote;       /* that ends it */
  gboolean quoted;  /* the last byte was such a quote: another makes it a letter, anything else ends the text */
  gboolean escaped; /* the last byte was a backslash */
  char before;      /* the last byte, in a gap or a remark */
  GString *token;
};

static gboolean
is_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.' || c == '$' || c == '+' || c == '-' || (guchar) c >= 0x80;
}

static void
end_token (TbSqlWords *self)
{
  TbSqlWord kind = self->lexeme == TEXT ? TB_SQL_TEXT : self->lexeme == NAME ? TB_SQL_NAME : TB_SQL_WORD;

  self->lexeme = GAP;
  self->before = '\0';
  self->word (kind, self->token->str, self->data);
  g_string_truncate (self->token, 0);
}

static void
begin_token (TbSqlWords *self, char c)
{
  self->quote = c;
  self->quoted = self->escaped = FALSE;
  if (c == '\'')
    self->lexeme = TEXT;
  else if (c == '`' || c == '"')
    self->lexeme = NAME;
  else if (c == '#' || (c == '-' && self->before == '-'))
    self->lexeme = COMMENT;
  else if (c == '*' && self->before == '/')
    self->lexeme = REMARK;
  else if (is_of_word (c) && c != '-')
    {
      self->lexeme = WORD;
      if (self->before == '-')
        g_string_append_c (self->token, '-');
      g_string_append_c (self->token, c);
    }
  else
    self->sign (c, self->data);
  self->before = self->lexeme == GAP ? c : '\0';
}

static char
letter_of (char c)
{
  return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == '0' || c == 'Z' ? ' ' : c;
}

static gboolean
take_quoted (TbSqlWords *self, char c)
{
  if (self->escaped)
    {
      self->escaped = FALSE;
      g_string_append_c (self->token, letter_of (c));
    }
  else if (self->quoted)
    {
      self->quoted = FALSE;
      if (c != self->quote)
        {
          end_token (self);
          return FALSE;
        }
      g_string_append_c (self->token, c);
    }
  else if (c == self->quote)
    self->quoted = TRUE;
  else if (c == '\\' && self->lexeme == TEXT && self->backslashes)
    self->escaped = TRUE;
  else
    g_string_append_c (self->token, c == '\0' ? ' ' : c);
  return TRUE;
}

/* FALSE = it ended what was before, and is to be looked at again. */
static gboolean
take_byte (TbSqlWords *self, char c)
{
  switch (self->lexeme)
    {
    case TEXT:
    case NAME:
      return take_quoted (self, c);
    case WORD:
      if (is_of_word (c))
        {
          g_string_append_c (self->token, c);
          return TRUE;
        }
      end_token (self);
      return FALSE;
    case COMMENT:
      self->lexeme = c == '\n' ? GAP : COMMENT;
      return TRUE;
    case REMARK:
      if (c == '/' && self->before == '*')
        self->lexeme = GAP;
      self->before = c;
      return TRUE;
    case GAP:
    default:
      begin_token (self, c);
      return TRUE;
    }
}

/* ---- public ---- */

TbSqlWords *
tb_sql_words_new (gboolean backslashes, TbSqlWordFunc word, TbSqlSignFunc sign, gpointer data)
{
  TbSqlWords *self = g_new0 (TbSqlWords, 1);

  self->backslashes = backslashes;
  self->word = word;
  self->sign = sign;
  self->data = data;
  self->token = g_string_new (NULL);
  return self;
}

void
tb_sql_words_free (TbSqlWords *self)
{
  if (self == NULL)
    return;
  g_string_free (self->token, TRUE);
  g_free (self);
}

gboolean
tb_sql_words_take (TbSqlWords *self, const char *bytes, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      while (!take_byte (self, bytes[i]))
        ;
      if (self->token->len > TOKEN_MAX)
        {
          g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("A value in this dump of a database is longer than one of a call can be."));
          return FALSE;
        }
    }
  return TRUE;
}
