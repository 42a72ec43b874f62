/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-deck-private.h"
#include "tb-error.h"

#define DIGITS_MAX 15 /* of an E.164 number, so of a prefix of one */

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
static gsize
blank_at (const char *at, gsize len)
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

static TbDeckText
trim (TbDeckText self)
{
  gsize n;

  while (self.len > 0 && may_be_blank (*self.at) && (n = blank_at (self.at, self.len)) > 0)
    self.at += n, self.len -= n;
  for (gboolean again = TRUE; again && self.len > 0 && (may_be_blank (self.at[self.len - 1]));)
    {
      again = FALSE;
      for (n = 1; n <= 3 && n <= self.len && !again; n++)
        if (blank_at (self.at + self.len - n, n) == n)
          self.len -= n, again = TRUE;
    }
  return self;
}

TbDeckText
tb_deck_text (const char *text, gsize len)
{
  TbDeckText self = trim ((TbDeckText){ text, len });

  if (self.len >= 3 && self.at[0] == '=' && self.at[1] == '"' && self.at[self.len - 1] == '"')
    return trim ((TbDeckText){ self.at + 2, self.len - 3 });
  if (self.len > 1 && self.at[0] == '\'' && (g_ascii_isdigit (self.at[1]) || strchr ("=+-@", self.at[1]) != NULL))
    return trim ((TbDeckText){ self.at + 1, self.len - 1 });
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

static gboolean
is_one_of (TbDeckText self, const char *const *words)
{
  for (; *words != NULL; words++)
    if (tb_deck_text_is (self, *words))
      return TRUE;
  return FALSE;
}

gboolean
tb_deck_is_blocking_word (TbDeckText self)
{
  static const char *const words[] = { "blocked", "block", "barred", "closed", "deleted", "delete", "discontinued", "removed", "inactive", "disabled",
                                       "not available", "unavailable", "suspended", "no service", NULL };

  return self.len >= 5 && is_one_of (self, words);
}

gboolean
tb_deck_flag (TbDeckText self)
{
  static const char *const no[] = { "0", "no", "n", "false", "f", "off", NULL };

  return !is_one_of (self, no) && !tb_deck_is_blocking_word (self);
}

static TbDeckCell
verdict (TbDeckCell cell, char **reason, const char *format, TbDeckText text)
{
  g_autofree char *what = shown (text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  tb_deck_reason (reason, format, what);
#pragma GCC diagnostic pop
  return cell;
}

/* ---- numbers ---- */

/* "1.20456E+11": returns the decimals of the mantissa, or -1; `ret_exponent` may be beyond what can be kept. */
static int
scientific (TbDeckText self, int *ret_exponent)
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
      return trim ((TbDeckText){ self.at + (front ? n : 0), self.len - n });
    }
  if (self.len > 3 && g_ascii_isupper (self.at[0]))
    {
      memcpy (code, self.at, 3);
      if (tb_currency_parse (code, ret, NULL))
        return trim ((TbDeckText){ self.at + 3, self.len - 3 });
    }
  else if (self.len > 3 && g_ascii_isupper (self.at[self.len - 1]))
    {
      memcpy (code, self.at + self.len - 3, 3);
      if (tb_currency_parse (code, ret, NULL))
        return trim ((TbDeckText){ self.at, self.len - 3 });
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
  gsize n = 0, blank, since_group = 0;
  gboolean grouped = FALSE, fraction = FALSE;

  for (gsize i = 0; i < self.len; i++)
    {
      char c = self.at[i];

      if (n >= 46)
        return FALSE;
      if (c == sign && !fraction && (!grouped || since_group == 3))
        buffer[n++] = '.', fraction = TRUE;
      else if (!fraction && n > 0 && buffer[0] != '0' && (c == group || c == '\'' || (blank = blank_at (self.at + i, self.len - i)) > 0)
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

  if (self.len == 0 || is_one_of (self, missing))
    return TB_DECK_CELL_EMPTY;
  if (is_one_of (self, blocked) || tb_deck_is_blocking_word (self))
    return TB_DECK_CELL_BLOCKED;
  if (scientific (self, &exponent) >= 0)
    return verdict (TB_DECK_CELL_ASK, reason, _("“%s” is how a spreadsheet shortens a number: digits may be lost. Give it in full."), self);
  if (*self.at == '-' || *self.at == '(')
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is negative; a price is 0 or more."), self);
  return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a number."), self);
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
        return verdict (TB_DECK_CELL_ASK, reason, _("“%s” may be a decimal or thousands: nothing in the column tells. Give the decimal sign."), self);
    }
  if (!normalize_number (text, decimal, buffer, &len))
    return no_number (text.len > 0 ? text : self, reason);
  if (tb_decimal_parse (buffer, (gssize) len, TB_RATE_SCALE, ret, &error))
    return TB_DECK_CELL_OK;
  tb_deck_reason (reason, "%s", error->message);
  return TB_DECK_CELL_BAD;
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
        return trim ((TbDeckText){ self.at, self.len - n });
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
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a number of whole seconds."), self);
  *ret = (gint32) value;
  return TB_DECK_CELL_OK;
}

static int
month_of (const char *at, gsize len)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  static const char *const rest[] = { "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember" };

  for (int i = 0; len >= 3 && i < 12; i++)
    if (g_ascii_strncasecmp (at, names + 3 * i, 3) == 0)
      return len == 3 || tb_deck_text_is ((TbDeckText){ at + 3, len - 3 }, rest[i]) || (i == 8 && len == 4 && (at[3] | 0x20) == 't') ? i + 1 : 0;
  return 0;
}

/* A spreadsheet makes 06-Jun of 6/6, Jan-60 of 1/60, and a whole date of either. */
static gboolean
was_made_a_date (TbDeckText self)
{
  guint signs = 0;

  for (gsize i = 0; i < self.len; i++)
    {
      if (i + 3 <= self.len && g_ascii_isalpha (self.at[i]) && month_of (self.at + i, 3) > 0)
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
      if (i > from && !is_one_of ((TbDeckText){ self.at + from, i - from }, units))
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
    return verdict (TB_DECK_CELL_ASK, reason, _("the increment “%s” is one that a spreadsheet turned into a date; write it as 6/6, 1/1 or 60/60."), self);
  if (normalize_increment (self, buffer) && tb_rate_parse_increment (buffer, ret_initial, ret_next, NULL))
    return TB_DECK_CELL_OK;
  return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not an increment like 30/6 or 60, in seconds from 1 on."), self);
}

/* ---- dates ---- */

/* The three parts of a date, each a number or (months) a word, and the sign between the first two. */
typedef struct
{
  int part[3], digits[3]; /* digits 0: the part was a month's name */
  char sign;
  gsize used;
} DateParts;

static gboolean
split_date (TbDeckText self, DateParts *ret)
{
  gsize i = 0;

  memset (ret, 0, sizeof *ret);
  for (int p = 0; p < 3; p++)
    {
      gsize from = i;

      for (; p > 0 && i < self.len && strchr ("-/., ", self.at[i]) != NULL && i - from < 2; i++)
        ret->sign = p == 1 && ret->sign == '\0' ? self.at[i] : ret->sign;
      if (p > 0 && i == from)
        return FALSE;
      from = i;
      if (i < self.len && g_ascii_isalpha (self.at[i]))
        {
          while (i < self.len && g_ascii_isalpha (self.at[i]))
            i++;
          if ((ret->part[p] = month_of (self.at + from, i - from)) == 0)
            return FALSE;
          continue;
        }
      for (; i < self.len && g_ascii_isdigit (self.at[i]) && i - from < 4; i++)
        ret->part[p] = ret->part[p] * 10 + (self.at[i] - '0');
      if ((ret->digits[p] = (int) (i - from)) == 0)
        return FALSE;
    }
  ret->used = i;
  return TRUE;
}

static gboolean
split_compact_date (TbDeckText self, DateParts *ret)
{
  for (gsize i = 0; i < 8; i++)
    if (i >= self.len || !g_ascii_isdigit (self.at[i]))
      return FALSE;
  if (self.len > 8 && g_ascii_isdigit (self.at[8]))
    return FALSE;
#define NUMBER(i) ((self.at[i] - '0') * 10 + (self.at[(i) + 1] - '0'))
  *ret = (DateParts){ { NUMBER (0) * 100 + NUMBER (2), NUMBER (4), NUMBER (6) }, { 4, 2, 2 }, '-', 8 };
#undef NUMBER
  return TRUE;
}

/* Year first, a month's name and points say their order themselves: nobody writes 02.28.2026. */
static TbDateOrder
own_order (const DateParts *d)
{
  if (d->digits[0] == 4)
    return TB_DATES_YMD;
  if (d->digits[0] == 0)
    return TB_DATES_MDY;
  if (d->digits[1] == 0 || d->sign == '.' || d->part[0] > 12 || d->part[0] == d->part[1])
    return TB_DATES_DMY;
  return d->part[1] > 12 ? TB_DATES_MDY : TB_DATES_UNKNOWN;
}

void
tb_deck_date_evidence (TbDeckText self, TbDeckDateEvidence *evidence)
{
  DateParts d;

  if (!split_compact_date (self, &d) && !split_date (self, &d))
    return;
  switch (own_order (&d))
    {
    case TB_DATES_YMD:
      evidence->ymd++;
      break;
    case TB_DATES_DMY: /* 01/01/2026 and 1-Feb-2026 read alike in either order, so they tell nothing about the others */
      evidence->dmy += d.digits[1] != 0 && d.part[0] != d.part[1];
      break;
    case TB_DATES_MDY:
      evidence->mdy += d.digits[0] != 0;
      break;
    case TB_DATES_UNKNOWN:
    default:
      evidence->unclear++;
      break;
    }
}

/* " 07:55", "T07:55:42.000": seconds of the day, -1 when it is something else. */
static int
time_of_day (TbDeckText self)
{
  int part[3] = { 0 }, n = 0;
  gsize i = self.len > 0 && (*self.at == 'T' || *self.at == ' ') ? 1 : 0;

  if (i == 0)
    return self.len == 0 ? 0 : -1;
  for (; n < 3 && i + 1 < self.len && g_ascii_isdigit (self.at[i]) && g_ascii_isdigit (self.at[i + 1]); n++)
    {
      part[n] = (self.at[i] - '0') * 10 + (self.at[i + 1] - '0');
      i += 2;
      if (i < self.len && self.at[i] == ':')
        i++;
    }
  if (n == 3 && i < self.len && self.at[i] == '.')
    i += 1 + strspn (self.at + i + 1, "0123456789");
  return n >= 2 && i >= self.len && part[0] < 24 && part[1] < 60 && part[2] < 60 ? part[0] * 3600 + part[1] * 60 + part[2] : -1;
}

static gboolean
is_no_date (TbDeckText self)
{
  static const char *const words[] = { "0", "-", "n/a", "null", "none", "immediate", "immediately", "open", "never", "0000-00-00", "0000-00-00 00:00:00", NULL };

  return self.len == 0 || is_one_of (self, words);
}

TbDeckCell
tb_deck_date (TbDeckText self, TbDateOrder order, TbZone *zone, TbDeckDate *ret, char **reason)
{
  TbDateOrder own;
  DateParts d;
  int y, m, day, second;

  if (is_no_date (self))
    return TB_DECK_CELL_EMPTY;
  if (!split_compact_date (self, &d) && !split_date (self, &d))
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a date like 2026-02-28."), self);
  own = own_order (&d);
  if (own == TB_DATES_UNKNOWN)
    own = order == TB_DATES_YMD ? TB_DATES_UNKNOWN : order;
  if (own == TB_DATES_UNKNOWN)
    return verdict (TB_DECK_CELL_ASK, reason, _("“%s” may be month first or day first: nothing in the file tells. Give the order of dates."), self);
  y = own == TB_DATES_YMD ? d.part[0] : d.part[2];
  m = own == TB_DATES_MDY ? d.part[0] : d.part[1];
  day = own == TB_DATES_YMD ? d.part[2] : own == TB_DATES_DMY ? d.part[0] : d.part[1];
  if (own != TB_DATES_YMD && d.digits[2] == 2)
    y += 2000;
  else if (own != TB_DATES_YMD && d.digits[2] != 4)
    y = 0;
  if (own_order (&d) != TB_DATES_UNKNOWN && order != own && (order == TB_DATES_DMY || order == TB_DATES_MDY) && own != TB_DATES_YMD
      && d.digits[0] != 0 && d.digits[1] != 0 && d.part[0] != d.part[1])
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is in another order than the other dates of the file."), self);
  second = time_of_day ((TbDeckText){ self.at + d.used, self.len - d.used });
  if (y < 1970 || y > 2105 || !tb_day_is_valid_ymd (y, m, day))
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a day of the calendar between 1970 and 2105."), self);
  ret->day = tb_day_from_ymd (y, m, day);
  ret->whole_day = d.used == self.len;
  if (second >= 0)
    ret->start = tb_zone_to_utc (zone, ret->day, second, FALSE);
  else if (!tb_time_parse (self.at, (gssize) self.len, zone, &ret->start, NULL)) /* with an offset */
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a date like 2026-02-28."), self);
  return TB_DECK_CELL_OK;
}

/* ---- dial codes ---- */

typedef struct
{
  const TbDeckCodeStyle *style;
  TbDeckText country;
  char head[DIGITS_MAX + 1]; /* of a list like "61 38,39" */
  GString *codes;
  guint n;
  char **reason;
} CodeList;

static TbDeckCell
add_code (CodeList *list, const char *head, const char *digits, TbDeckText shown_as)
{
  char code[2 * DIGITS_MAX + 2];
  gsize len;

  if (strlen (head) + strlen (digits) > DIGITS_MAX)
    return verdict (TB_DECK_CELL_BAD, list->reason, _("the prefix “%s” has more than 15 digits."), shown_as);
  if (list->n == TB_DECK_CODES_MAX)
    return verdict (TB_DECK_CELL_BAD, list->reason, _("the dial codes “%s” are more than 10,000."), shown_as);
  len = (gsize) (g_stpcpy (g_stpcpy (code, head), digits) - code);
  if (list->style->nanp && *head == '\0' && (len == 3 || len == 6 || len == 7) && code[0] >= '2')
    g_string_append_c (list->codes, '1');
  else if (code[0] == '0')
    return verdict (TB_DECK_CELL_ASK, list->reason, _("the prefix “%s” begins with 0, as no country code does; give it with its country code."), shown_as);
  g_string_append_len (list->codes, code, (gssize) len + 1);
  list->n++;
  return TB_DECK_CELL_OK;
}

static TbDeckCell
add_range (CodeList *list, const char *head, const char *from, const char *to, TbDeckText shown_as)
{
  guint64 low = g_ascii_strtoull (from, NULL, 10), high = g_ascii_strtoull (to, NULL, 10);
  TbDeckCell cell = TB_DECK_CELL_OK;

  if (low > high)
    return verdict (TB_DECK_CELL_BAD, list->reason, _("the range “%s” goes down."), shown_as);
  if (high - low >= TB_DECK_CODES_MAX)
    return verdict (TB_DECK_CELL_BAD, list->reason, _("the dial codes “%s” are more than 10,000."), shown_as);
  for (guint64 i = low; i <= high && cell == TB_DECK_CELL_OK; i++)
    {
      char digits[32];

      g_snprintf (digits, sizeof digits, "%0*" G_GUINT64_FORMAT, (int) strlen (from), i);
      cell = add_code (list, head, digits, shown_as);
    }
  return cell;
}

/* The last word of an item: digits, or two of one length with a dash between: a range. "1-204" is one code. */
static TbDeckCell
add_word (CodeList *list, const char *head, char *word, TbDeckText shown_as)
{
  char *dash = strchr (word, '-');

  if (dash == NULL)
    return add_code (list, head, word, shown_as);
  if (strchr (dash + 1, '-') == NULL && strlen (dash + 1) == (gsize) (dash - word) && dash > word)
    {
      *dash = '\0';
      return add_range (list, head, word, dash + 1, shown_as);
    }
  if (dash - word > 3 || dash == word)
    return verdict (TB_DECK_CELL_ASK, list->reason, _("the range “%s” is shortened; give both ends in full."), shown_as);
  for (char *from = dash, *to = dash;; from++)
    {
      if (*from != '-')
        *to++ = *from;
      if (*from == '\0')
        break;
    }
  return add_code (list, head, word, shown_as);
}

/* Copies an item with single blanks between words, dashes made plain and closed up, brackets dropped. FALSE = not a code. */
static gboolean
normalize_item (TbDeckText item, char buffer[64])
{
  gsize n = 0, skip;

  for (gsize i = 0; i < item.len; i++)
    {
      char c = item.at[i];

      if (n >= 62)
        return FALSE;
      if (i + 2 < item.len && memcmp (item.at + i, "\xe2\x80", 2) == 0 && (guchar) item.at[i + 2] >= 0x90 && (guchar) item.at[i + 2] <= 0x94)
        c = '-', i += 2; /* U+2010 to U+2014 */
      if (c == '-')
        {
          n -= n > 0 && buffer[n - 1] == ' ';
          buffer[n++] = '-';
        }
      else if (g_ascii_isdigit (c))
        buffer[n++] = c;
      else if ((skip = blank_at (item.at + i, item.len - i)) > 0 || c == '(' || c == ')' || (c == '+' && n > 0 && buffer[n - 1] == '-'))
        {
          if (skip > 0 && n > 0 && buffer[n - 1] != ' ' && buffer[n - 1] != '-')
            buffer[n++] = ' ';
          i += skip > 1 ? skip - 1 : 0;
        }
      else if (c == '.' && i > 0 && n > 0 && item.at[i + 1] == '0' && strspn (item.at + i + 1, "0") >= item.len - i - 1)
        break; /* "44.0": a spreadsheet's number */
      else
        return FALSE;
    }
  buffer[n - (n > 0 && buffer[n - 1] == ' ')] = '\0';
  return buffer[0] != '\0';
}

static TbDeckCell
add_item (CodeList *list, TbDeckText item, gboolean first)
{
  gboolean plus = item.len > 0 && *item.at == '+', whole = plus || list->style->whole || list->country.len == 0;
  char buffer[64], head[64] = "", *word = buffer, *blank;
  const char *from = list->head;

  if (!normalize_item ((TbDeckText){ item.at + plus, item.len - plus }, buffer))
    return verdict (TB_DECK_CELL_BAD, list->reason, _("“%s” is not a dial code: digits only, lists and ranges like 204;431 or 77-79."), item);
  if (whole && list->head[0] == '\0' && g_str_has_prefix (buffer, "00") && strchr (buffer, '-') == NULL)
    word += 2, plus = TRUE;
  if (!whole)
    return add_word (list, list->head, word, item);
  if ((blank = strrchr (word, ' ')) == NULL)
    {
      /* After "44 20" comes "4477": with the 44 before it, or already in it? */
      if (!plus && list->head[0] != '\0' && (list->head[1] != '\0' || list->head[0] == '1') && g_str_has_prefix (word, list->head)
          && strlen (word) > strlen (list->head))
        return verdict (TB_DECK_CELL_ASK, list->reason, _("“%s” may already hold the country code of the list it is in; write each code in full."), item);
      return add_word (list, plus ? "" : from, word, item);
    }
  if (!plus && strcspn (word, " ") > 3)
    return verdict (TB_DECK_CELL_ASK, list->reason, _("“%s” may be one code or several; put commas between several."), item);
  *blank = '\0';
  for (char *at = word, *to = head;; at++)
    {
      if (*at != ' ' && *at != '-')
        *to++ = *at;
      if (*at == '\0')
        break;
    }
  if (strlen (head) > DIGITS_MAX)
    return verdict (TB_DECK_CELL_BAD, list->reason, _("the prefix “%s” has more than 15 digits."), item);
  if (first)
    g_strlcpy (list->head, head, sizeof list->head);
  return add_word (list, head, blank + 1, item);
}

static gboolean
set_country (CodeList *list, TbDeckText country)
{
  gsize skip = country.len > 0 && *country.at == '+' ? 1 : country.len > 2 && memcmp (country.at, "00", 2) == 0 ? 2 : 0;

  country.at += skip, country.len -= skip;
  for (gsize i = 0; i < country.len; i++)
    if (!g_ascii_isdigit (country.at[i]) || i >= 7)
      return FALSE;
  list->country = country;
  if (!list->style->whole)
    memcpy (list->head, country.at, country.len);
  return TRUE;
}

static TbDeckCell
damaged_code (TbDeckText self, int decimals, int exponent, char **reason)
{
  /* Five decimals are all that a spreadsheet shows: what came after them is gone. With fewer, zeros may have been all there was. */
  if (decimals >= 5 || exponent < decimals)
    return verdict (TB_DECK_CELL_BAD, reason, _("the prefix “%s” was shortened by a spreadsheet and has lost digits."), self);
  return verdict (TB_DECK_CELL_ASK, reason, _("the prefix “%s” was shortened by a spreadsheet and may have lost digits; give it in full."), self);
}

TbDeckCell
tb_deck_codes (TbDeckText self, TbDeckText country, const TbDeckCodeStyle *style, GString *codes, guint *ret_n, char **reason)
{
  CodeList list = { style, { "", 0 }, "", codes, 0, reason };
  TbDeckCell cell = TB_DECK_CELL_OK;
  int exponent = 0, decimals = scientific (self, &exponent);
  char alone[8] = "";

  g_string_truncate (codes, 0);
  *ret_n = 0;
  if (!set_country (&list, country))
    return verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a country code."), country);
  if (self.len == 0 && country.len == 0)
    return TB_DECK_CELL_EMPTY;
  if (decimals >= 0)
    return damaged_code (self, decimals, exponent, reason);
  if (self.len == 1 && *self.at == '*')
    {
      g_string_append_c (codes, '\0');
      *ret_n = 1;
      return TB_DECK_CELL_OK;
    }
  for (gsize i = 0, from = 0; i <= self.len && cell == TB_DECK_CELL_OK; i++)
    if (i == self.len || strchr (list.country.len > 0 && !style->whole ? ",;/|\n " : ",;/|\n", self.at[i]) != NULL)
      {
        TbDeckText item = trim ((TbDeckText){ self.at + from, i - from });

        /* "77 - 79" after a country code: the blanks belong to the range. */
        if (i < self.len && self.at[i] == ' ' && ((i + 1 < self.len && self.at[i + 1] == '-') || (i > 0 && self.at[i - 1] == '-')))
          continue;
        if (item.len > 0)
          cell = add_item (&list, item, list.n == 0);
        from = i + 1;
      }
  if (cell == TB_DECK_CELL_OK && list.n == 0)
    {
      g_strlcpy (alone, list.country.at, MIN (sizeof alone, list.country.len + 1));
      cell = alone[0] != '\0' ? add_code (&list, "", alone, self) : TB_DECK_CELL_EMPTY;
    }
  *ret_n = list.n;
  return cell;
}
