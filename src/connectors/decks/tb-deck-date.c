/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

int
tb_deck_month (const char *at, gsize len)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  static const char *const rest[] = { "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember" };

  for (int i = 0; len >= 3 && i < 12; i++)
    if (g_ascii_strncasecmp (at, names + 3 * i, 3) == 0)
      return len == 3 || tb_deck_text_is ((TbDeckText){ at + 3, len - 3 }, rest[i]) || (i == 8 && len == 4 && (at[3] | 0x20) == 't') ? i + 1 : 0;
  return 0;
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
          if ((ret->part[p] = tb_deck_month (self.at + from, i - from)) == 0)
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

/* Two digits, or one as spreadsheets write hours. */
static gboolean
take_number (const char **at, const char *end, int *ret)
{
  const char *from = *at;

  for (*ret = 0; *at < end && *at - from < 2 && g_ascii_isdigit (**at); *at += 1)
    *ret = *ret * 10 + (**at - '0');
  return *at > from;
}

/* " 7:55", "T07:55:42.000", " 12:00:00 AM": seconds of the day, -1 when it is something else. */
static int
time_of_day (TbDeckText self)
{
  const char *at = self.at, *end = self.at + self.len;
  int part[3] = { 0 }, n = 0;

  if (self.len == 0)
    return 0;
  if (*at != 'T' && *at != ' ')
    return -1;
  for (at++; n < 3 && take_number (&at, end, &part[n]); n++)
    if (at < end && *at == ':')
      at++;
  if (n == 3 && at < end && *at == '.')
    for (at++; at < end && g_ascii_isdigit (*at); at++)
      ;
  TbDeckText half = tb_deck_trim ((TbDeckText){ at, (gsize) (end - at) });
  if (half.len > 0)
    {
      if (part[0] < 1 || part[0] > 12 || !(tb_deck_text_is (half, "am") || tb_deck_text_is (half, "pm")))
        return -1;
      part[0] = part[0] % 12 + (tb_deck_text_is (half, "pm") ? 12 : 0);
    }
  return n >= 2 && part[0] < 24 && part[1] < 60 && part[2] < 60 ? part[0] * 3600 + part[1] * 60 + part[2] : -1;
}

/* The number by which a spreadsheet keeps a day: 46054 is 2026-02-01, counted from 1899-12-30. */
static gboolean
read_serial_day (TbDeckText self, TbDay *ret)
{
  gint32 serial;

  if (self.len < 5 || tb_deck_seconds (self, &serial, NULL) != TB_DECK_CELL_OK || serial < 36526 || serial > 73050)
    return FALSE;
  *ret = tb_day_from_ymd (1899, 12, 30) + serial;
  return TRUE;
}

static gboolean
is_no_date (TbDeckText self)
{
  static const char *const words[] = { "0", "-", "n/a", "null", "none", "immediate", "immediately", "open", "never", "0000-00-00", "0000-00-00 00:00:00", NULL };

  return self.len == 0 || tb_deck_text_is_one_of (self, words);
}

/* Year, month, day of the parts, read in that order. */
static gboolean
day_of (const DateParts *d, TbDateOrder order, TbDay *ret)
{
  int y = order == TB_DATES_YMD ? d->part[0] : d->part[2];
  int m = order == TB_DATES_MDY ? d->part[0] : d->part[1];
  int day = order == TB_DATES_YMD ? d->part[2] : order == TB_DATES_DMY ? d->part[0] : d->part[1];

  if (order != TB_DATES_YMD && d->digits[2] == 2)
    y += 2000;
  else if (order != TB_DATES_YMD && d->digits[2] != 4)
    return FALSE;
  if (y < 1970 || y > 2105 || !tb_day_is_valid_ymd (y, m, day))
    return FALSE;
  *ret = tb_day_from_ymd (y, m, day);
  return TRUE;
}

/* Whether a date that says its order itself says another one than the file does. */
static gboolean
contradicts (const DateParts *d, TbDateOrder own, TbDateOrder order)
{
  return own != TB_DATES_UNKNOWN && own != TB_DATES_YMD && own != order && (order == TB_DATES_DMY || order == TB_DATES_MDY) && d->digits[0] != 0
         && d->digits[1] != 0 && d->part[0] != d->part[1];
}

TbDeckCell
tb_deck_date (TbDeckText self, TbDateOrder order, TbZone *zone, TbDeckDate *ret, char **reason)
{
  TbDateOrder own;
  DateParts d;
  int second;

  if (is_no_date (self))
    return TB_DECK_CELL_EMPTY;
  if (read_serial_day (self, &ret->day))
    {
      ret->start = tb_zone_to_utc (zone, ret->day, 0, FALSE);
      ret->whole_day = TRUE;
      return TB_DECK_CELL_OK;
    }
  if (!split_compact_date (self, &d) && !split_date (self, &d))
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a date like 2026-02-28."), self);
  own = own_order (&d);
  if (contradicts (&d, own, order))
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is in another order than the other dates of the file."), self);
  if (own == TB_DATES_UNKNOWN)
    own = order == TB_DATES_YMD ? TB_DATES_UNKNOWN : order;
  if (own == TB_DATES_UNKNOWN)
    return tb_deck_verdict (TB_DECK_CELL_ASK, reason, _("“%s” may be month first or day first: nothing in the file tells. Give the order of dates."), self);
  if (!day_of (&d, own, &ret->day))
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a day of the calendar between 1970 and 2105."), self);
  second = time_of_day ((TbDeckText){ self.at + d.used, self.len - d.used });
  ret->whole_day = d.used == self.len;
  if (second >= 0)
    ret->start = tb_zone_to_utc (zone, ret->day, second, FALSE);
  else if (!tb_time_parse (self.at, (gssize) self.len, zone, &ret->start, NULL)) /* with an offset */
    return tb_deck_verdict (TB_DECK_CELL_BAD, reason, _("“%s” is not a date like 2026-02-28."), self);
  return TB_DECK_CELL_OK;
}
