/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define DIGITS_MAX 15 /* of an E.164 number, so of a prefix of one */

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
    return tb_deck_verdict (TB_DECK_CELL_BAD, list->reason, _("the prefix “%s” has more than 15 digits."), shown_as);
  if (list->n == TB_DECK_CODES_MAX)
    return tb_deck_verdict (TB_DECK_CELL_BAD, list->reason, _("the dial codes “%s” are more than 10,000."), shown_as);
  len = (gsize) (g_stpcpy (g_stpcpy (code, head), digits) - code);
  if (list->style->nanp && (len == 3 || len == 6 || len == 7) && code[0] >= '2')
    g_string_append_c (list->codes, '1');
  else if (code[0] == '0' && !list->style->exact)
    return tb_deck_verdict (TB_DECK_CELL_ASK, list->reason, _("the prefix “%s” begins with 0, as no country code does; give it with its country code."), shown_as);
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
    return tb_deck_verdict (TB_DECK_CELL_BAD, list->reason, _("the range “%s” goes down."), shown_as);
  if (high - low >= TB_DECK_CODES_MAX)
    return tb_deck_verdict (TB_DECK_CELL_BAD, list->reason, _("the dial codes “%s” are more than 10,000."), shown_as);
  for (guint64 i = low; i <= high && cell == TB_DECK_CELL_OK; i++)
    {
      char digits[32];

      g_snprintf (digits, sizeof digits, "%0*" G_GUINT64_FORMAT, (int) strlen (from), i);
      cell = add_code (list, head, digits, shown_as);
    }
  return cell;
}

/* "1-204" and "1-204-555" are one code. */
static TbDeckCell
add_dashed_code (CodeList *list, const char *head, char *word, TbDeckText shown_as)
{
  char *to = word;

  for (const char *from = word; *from != '\0'; from++)
    if (*from != '-')
      *to++ = *from;
  *to = '\0';
  return add_code (list, head, word, shown_as);
}

/* The last word of an item: digits, or two of one length with a dash between: a range. Whole codes of which not even the first digit is
 * common are no range: it would cross continents. */
static TbDeckCell
add_word (CodeList *list, const char *head, char *word, TbDeckText shown_as)
{
  char *dash = strchr (word, '-');

  if (dash == NULL)
    return add_code (list, head, word, shown_as);
  if (dash > word && strlen (dash + 1) == (gsize) (dash - word))
    {
      if (*head == '\0' && !list->style->nanp && *word != dash[1])
        return tb_deck_verdict (TB_DECK_CELL_ASK, list->reason, _("“%s” may be one code or a range; give every code in full."), shown_as);
      *dash = '\0';
      return add_range (list, head, word, dash + 1, shown_as);
    }
  if (dash == word || dash - word > 3 || (*head != '\0' && strchr (dash + 1, '-') == NULL))
    return tb_deck_verdict (TB_DECK_CELL_ASK, list->reason, _("the range “%s” is shortened; give both ends in full."), shown_as);
  return add_dashed_code (list, head, word, shown_as);
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
      else if ((skip = tb_deck_blank_at (item.at + i, item.len - i)) > 0 || c == '(' || c == ')' || (c == '+' && n > 0 && buffer[n - 1] == '-'))
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
    return tb_deck_verdict (TB_DECK_CELL_BAD, list->reason, _("“%s” is not a dial code: digits only, lists and ranges like 204;431 or 77-79."), item);
  if (whole && list->head[0] == '\0' && g_str_has_prefix (buffer, "00") && strchr (buffer, '-') == NULL)
    word += 2, plus = TRUE;
  if (!whole)
    return add_word (list, list->head, word, item);
  if ((blank = strrchr (word, ' ')) == NULL)
    {
      /* After "44 20" comes "4477": with the 44 before it, or already in it? */
      if (!plus && list->head[0] != '\0' && (list->head[1] != '\0' || list->head[0] == '1') && g_str_has_prefix (word, list->head)
          && strlen (word) > strlen (list->head))
        return tb_deck_verdict (TB_DECK_CELL_ASK, list->reason, _("“%s” may already hold the country code of the list it is in; write each code in full."), item);
      return add_word (list, plus ? "" : from, word, item);
    }
  if (!plus && strcspn (word, " ") > 3)
    return tb_deck_verdict (TB_DECK_CELL_ASK, list->reason, _("“%s” may be one code or several; put commas between several."), item);
  *blank = '\0';
  for (char *at = word, *to = head;; at++)
    {
      if (*at != ' ' && *at != '-')
        *to++ = *at;
      if (*at == '\0')
        break;
    }
  if (strlen (head) > DIGITS_MAX)
    return tb_deck_verdict (TB_DECK_CELL_BAD, list->reason, _("the prefix “%s” has more than 15 digits."), item);
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
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("the prefix “%s” was shortened by a spreadsheet and has lost digits."), self);
  return tb_deck_verdict (TB_DECK_CELL_ASK, reason, _("the prefix “%s” was shortened by a spreadsheet and may have lost digits; give it in full."), self);
}

TbDeckCell
tb_deck_codes (TbDeckText self, TbDeckText country, const TbDeckCodeStyle *style, GString *codes, guint *ret_n, char **reason)
{
  CodeList list = { style, { "", 0 }, "", codes, 0, reason };
  TbDeckCell cell = TB_DECK_CELL_OK;
  int exponent = 0, decimals = tb_deck_scientific (self, &exponent);
  char alone[8] = "";

  g_string_truncate (codes, 0);
  *ret_n = 0;
  if (!set_country (&list, country))
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a country code."), country);
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
        TbDeckText item = tb_deck_trim ((TbDeckText){ self.at + from, i - from });

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
