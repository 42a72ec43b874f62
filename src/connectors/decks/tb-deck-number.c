/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* ---- numbers ---- */

/* "1.20456E+11": returns the decimals of the mantissa, or -1; `ret_exponent` may be beyond what can be kept. */
int
tb_deck_scientific (TbDeckText self, int *ret_exponent)
{
  gsize i = 0, whole, point;
  int decimals = 0;

  while (i < self.len && g_ascii_isdigit (self.at[i]))
    i++;
  whole = i;
  if (i < self.len && (self.at[i] == '.' || self.at[i] == ','))
    for (i++, point = i; i < self.len && g_ascii_isdigit (self.at[i]); i++)
      decimals = (int) (i + 1 - point);
  if (whole == 0 || i + 1 >= self.len || (self.at[i] | 0x20) != 'e')
    return -1;
  i++;
  gboolean negative = self.at[i] == '-';
  i += self.at[i] == '+' || negative;
  if (i == self.len || self.len - i > 3)
    return -1;
  *ret_exponent = 0;
  for (; i < self.len; i++)
    {
      if (!g_ascii_isdigit (self.at[i]))
        return -1;
      *ret_exponent = *ret_exponent * 10 + (self.at[i] - '0');
    }
  if (negative)
    *ret_exponent = -*ret_exponent;
  return decimals;
}

/* Takes a currency sign or code off one end. A bare $ says dollars, not whose. */
static TbDeckText
strip_currency (TbDeckText self, TbCurrency *ret)
{
  static const struct { const char *sign, *code; } signs[] = {
    { "US$", "USD" }, { "CA$", "CAD" }, { "C$", "CAD" }, { "A$", "AUD" }, { "$", NULL }, { "€", "EUR" }, { "£", "GBP" }, { "¥", NULL },
  };
  char code[4] = "";

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      gsize n = strlen (signs[i].sign);
      gboolean front = self.len > n && memcmp (self.at, signs[i].sign, n) == 0;

      if (!front && !(self.len > n && memcmp (self.at + self.len - n, signs[i].sign, n) == 0))
        continue;
      if (signs[i].code != NULL)
        tb_currency_parse (signs[i].code, ret, NULL);
      return tb_deck_trim ((TbDeckText){ self.at + (front ? n : 0), self.len - n });
    }
  if (self.len > 3 && g_ascii_isupper (self.at[0]))
    {
      memcpy (code, self.at, 3);
      if (tb_currency_parse (code, ret, NULL))
        return tb_deck_trim ((TbDeckText){ self.at + 3, self.len - 3 });
    }
  else if (self.len > 3 && g_ascii_isupper (self.at[self.len - 1]))
    {
      memcpy (code, self.at + self.len - 3, 3);
      if (tb_currency_parse (code, ret, NULL))
        return tb_deck_trim ((TbDeckText){ self.at, self.len - 3 });
    }
  return self;
}

void
tb_deck_number_evidence (TbDeckText self, TbDeckNumberEvidence *evidence)
{
  const char *comma = memchr (self.at, ',', self.len), *point = memchr (self.at, '.', self.len), *end;
  TbCurrency ignored;
  gsize first, rest;

  if (comma == NULL && (point == NULL || evidence->points > 0))
    return;
  self = strip_currency (self, &ignored);
  end = self.at + self.len;
  comma = memrchr (self.at, ',', self.len);
  point = memrchr (self.at, '.', self.len);
  if (comma != NULL && point != NULL)
    {
      *(comma > point ? &evidence->commas : &evidence->points) += 1;
      return;
    }
  if (comma == NULL && point == NULL)
    return;
  /* One sign only: "0,052" and "1,5" are decimals, "1,234" may be a thousand, "1,234,567" is a million. */
  const char *sign = comma != NULL ? comma : point;
  gboolean several = memchr (self.at, *sign, (gsize) (sign - self.at)) != NULL;

  first = (gsize) (sign - self.at);
  rest = (gsize) (end - sign - 1);
  if (several)
    *(comma != NULL ? &evidence->points : &evidence->commas) += 1;
  else if (rest != 3 || first == 0 || first > 3 || *self.at == '0')
    *(comma != NULL ? &evidence->commas : &evidence->points) += 1;
  else if (comma != NULL)
    evidence->unclear++;
}

/* Writes `self` with a point for the decimal sign and without thousands. Groups of thousands must be whole. */
static gboolean
normalize_number (TbDeckText self, TbDeckDecimal decimal, char buffer[48], gsize *ret_len)
{
  char sign = decimal == TB_DECK_DECIMAL_COMMA ? ',' : '.', group = sign == ',' ? '.' : ',';
  gsize n = 0, blank = 0, since_group = 0;
  gboolean grouped = FALSE, fraction = FALSE;

  for (gsize i = 0; i < self.len; i++)
    {
      char c = self.at[i];

      if (n >= 46)
        return FALSE;
      if (c == sign && !fraction && (!grouped || since_group == 3))
        buffer[n++] = '.', fraction = TRUE;
      else if (!fraction && n > 0 && buffer[0] != '0' && (c == group || c == '\'' || (blank = tb_deck_blank_at (self.at + i, self.len - i)) > 0)
               && (grouped ? since_group == 3 : since_group >= 1 && since_group <= 3))
        {
          i += c == group || c == '\'' ? 0 : blank - 1;
          grouped = TRUE;
          since_group = 0;
        }
      else if (g_ascii_isdigit (c) || (n == 0 && c == '+'))
        buffer[n++] = c, since_group += c != '+';
      else
        return FALSE;
    }
  buffer[n] = '\0';
  *ret_len = n;
  return n > 0 && (!grouped || fraction || since_group == 3);
}

static TbDeckCell
no_number (TbDeckText self, char **reason)
{
  static const char *const blocked[] = { "n/a", "na", "n.a.", "#n/a", NULL }; /* what is not offered must not be sold at another prefix's price */
  static const char *const missing[] = { "-", "--", "—", "–", "tbd", "tba", "null", "none", NULL };
  int exponent;

  if (self.len == 0 || tb_deck_text_is_one_of (self, missing))
    return TB_DECK_CELL_EMPTY;
  if (tb_deck_text_is_one_of (self, blocked) || tb_deck_is_blocking_word (self))
    return TB_DECK_CELL_BLOCKED;
  if (tb_deck_scientific (self, &exponent) >= 0)
    return tb_deck_verdict (TB_DECK_CELL_ASK, reason, _("“%s” is how a spreadsheet shortens a number: digits may be lost. Give it in full."), self);
  if (*self.at == '-' || *self.at == '(')
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is negative; a price is 0 or more."), self);
  return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a number."), self);
}

TbDeckCell
tb_deck_number (TbDeckText self, TbDeckDecimal decimal, TbDecimal *ret, TbCurrency *ret_currency, char **reason)
{
  g_autoptr (GError) error = NULL;
  TbDeckText text = self;
  TbDeckNumberEvidence evidence = { 0 };
  char buffer[48];
  gsize len;

  if (text.len == 0)
    return TB_DECK_CELL_EMPTY;
  if (!g_ascii_isdigit (text.at[0]) || !g_ascii_isdigit (text.at[text.len - 1]))
    text = strip_currency (text, ret_currency);
  if (decimal == TB_DECK_DECIMAL_UNCLEAR)
    {
      tb_deck_number_evidence (text, &evidence);
      if (evidence.unclear > 0)
        return tb_deck_verdict (TB_DECK_CELL_ASK, reason, _("“%s” may be a decimal or thousands: nothing in the column tells. Give the decimal sign."), self);
    }
  if (!normalize_number (text, decimal, buffer, &len))
    return no_number (text.len > 0 ? text : self, reason);
  if (tb_decimal_parse (buffer, (gssize) len, TB_RATE_SCALE, ret, &error))
    return TB_DECK_CELL_OK;
  tb_deck_reason (reason, "%s", error->message);
  return TB_DECK_CELL_BAD;
}

gboolean
tb_deck_is_price (TbDeckText text)
{
  TbDecimal value;
  TbCurrency currency;
  TbDeckNumberEvidence evidence = { 0 };

  tb_deck_number_evidence (text, &evidence);
  return tb_deck_number (text, evidence.commas > 0 ? TB_DECK_DECIMAL_COMMA : TB_DECK_DECIMAL_POINT, &value, &currency, NULL) == TB_DECK_CELL_OK;
}

/* ---- seconds and increments ---- */

static TbDeckText
strip_seconds (TbDeckText self)
{
  static const char *const units[] = { "seconds", "second", "secs", "sec", "s" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize n = strlen (units[i]);

      if (self.len > n && g_ascii_strncasecmp (self.at + self.len - n, units[i], n) == 0)
        return tb_deck_trim ((TbDeckText){ self.at, self.len - n });
    }
  return self;
}

TbDeckCell
tb_deck_seconds (TbDeckText self, gint32 *ret, char **reason)
{
  TbDeckText text = strip_seconds (self);
  gint64 value = 0;
  gsize i;

  if (text.len == 0)
    return TB_DECK_CELL_EMPTY;
  for (i = 0; i < text.len && g_ascii_isdigit (text.at[i]) && value <= G_MAXINT32; i++)
    value = value * 10 + (text.at[i] - '0');
  /* "60.0" is a whole number that went through a spreadsheet. */
  if (i > 0 && i + 1 < text.len && (text.at[i] == '.' || text.at[i] == ','))
    for (i++; i < text.len && text.at[i] == '0'; i++)
      ;
  if (i < text.len || value > G_MAXINT32)
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a number of whole seconds."), self);
  *ret = (gint32) value;
  return TB_DECK_CELL_OK;
}



/* A spreadsheet makes 06-Jun of 6/6, Jan-60 of 1/60, and a whole date of either. */
static gboolean
was_made_a_date (TbDeckText self)
{
  guint signs = 0;

  for (gsize i = 0; i < self.len; i++)
    {
      if (i + 3 <= self.len && g_ascii_isalpha (self.at[i]) && tb_deck_month (self.at + i, 3) > 0)
        return TRUE;
      signs += self.at[i] == '/' || self.at[i] == '-' || self.at[i] == '.';
    }
  return signs == 2 && self.len >= 8;
}

/* Two numbers with a slash between: "1+1", "60:1" and "60|1" are other ways to write that, and units may stand after either. */
static gboolean
normalize_increment (TbDeckText self, char buffer[64])
{
  static const char *const units[] = { "s", "sec", "secs", "second", "seconds", NULL };
  gsize n = 0;

  for (gsize i = 0; i < self.len && n < 63; i++)
    {
      gsize from = i;

      while (i < self.len && g_ascii_isalpha (self.at[i]))
        i++;
      if (i > from && !tb_deck_text_is_one_of ((TbDeckText){ self.at + from, i - from }, units))
        return FALSE;
      if (i < self.len)
        buffer[n++] = strchr ("+:|\\;", self.at[i]) != NULL ? '/' : self.at[i];
    }
  buffer[n] = '\0';
  g_strstrip (buffer);
  return TRUE;
}

TbDeckCell
tb_deck_increment (TbDeckText self, gint32 *ret_initial, gint32 *ret_next, char **reason)
{
  char buffer[64];

  if (self.len == 0)
    return TB_DECK_CELL_EMPTY;
  if (was_made_a_date (self))
    return tb_deck_verdict (TB_DECK_CELL_ASK, reason, _("the increment “%s” is one that a spreadsheet turned into a date; write it as 6/6, 1/1 or 60/60."), self);
  if (normalize_increment (self, buffer) && tb_rate_parse_increment (buffer, ret_initial, ret_next, NULL))
    return TB_DECK_CELL_OK;
  return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not an increment like 30/6 or 60, in seconds from 1 on."), self);
}
