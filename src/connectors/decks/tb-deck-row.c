/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-rounding.h"

/* One row on its way to a rate. The worst that is found about a cell decides about the row, with its reason. */
typedef struct
{
  TbDeckReading *reading;
  const TbDeckRow *row;
  TbRate *rate;
  TbDeckVerdict verdict;
  char *reason;
  gboolean priced;
} Row;

static TbDeckText
cell (const Row *self, TbDeckField field)
{
  return tb_deck_row_cell (self->row, self->reading->layout->column[field]);
}

/* TRUE when the cell gave a value; takes `reason`. */
static gboolean
take (Row *self, TbDeckCell came, char *reason)
{
  TbDeckVerdict verdict = came == TB_DECK_CELL_BAD ? TB_DECK_ROW_REJECTED : came == TB_DECK_CELL_ASK ? TB_DECK_ROW_ASK : TB_DECK_ROW_RATES;

  if (verdict == TB_DECK_ROW_REJECTED ? self->verdict != TB_DECK_ROW_REJECTED : verdict == TB_DECK_ROW_ASK && self->verdict == TB_DECK_ROW_RATES)
    {
      self->verdict = verdict;
      g_free (self->reason);
      self->reason = reason;
    }
  else
    g_free (reason);
  return came == TB_DECK_CELL_OK;
}

static void
refuse (Row *self, const char *reason)
{
  take (self, TB_DECK_CELL_BAD, g_strdup (reason));
}

/* ---- prices ---- */

static void
check_currency (Row *self, TbCurrency currency)
{
  if (currency == TB_CURRENCY_NONE || currency == self->reading->currency)
    return;
  if (self->reading->currency == TB_CURRENCY_NONE)
    self->reading->currency = currency;
  else
    take (self, TB_DECK_CELL_BAD,
          g_strdup_printf (_("the price is in %s, the deck in %s."), tb_currency_to_string (currency), tb_currency_to_string (self->reading->currency)));
}

static TbDeckCell
read_money (Row *self, TbDeckField field, TbDecimal *ret)
{
  TbDeckUnit unit = self->reading->layout->unit[field];
  TbCurrency currency = TB_CURRENCY_NONE;
  char *reason = NULL;
  TbDecimal value;
  TbDeckCell came = tb_deck_number (cell (self, field), self->reading->decimal[field], &value, &currency, &reason);

  if (!take (self, came, reason))
    return came;
  check_currency (self, currency);
  if (!tb_round_divide ((TbWide) value * unit.multiply, unit.divide, TB_ROUND_HALF_EVEN, ret, NULL))
    {
      refuse (self, _("the price is too large."));
      return TB_DECK_CELL_BAD;
    }
  return TB_DECK_CELL_OK;
}

static void
read_prices (Row *self)
{
  static const struct
  {
    TbDeckField field;
    gsize offset;
  } others[] = {
    { TB_DECK_RATE2, offsetof (TbRate, rate2) },
    { TB_DECK_CONNECT_FEE, offsetof (TbRate, connect_fee) },
    { TB_DECK_PREMIUM_RATE, offsetof (TbRate, premium_rate) },
    { TB_DECK_MIN_CHARGE, offsetof (TbRate, min_charge) },
    { TB_DECK_MAX_CHARGE, offsetof (TbRate, max_charge) },
  };
  TbDeckText old = cell (self, TB_DECK_OLD_RATE);

  self->priced = read_money (self, TB_DECK_RATE, &self->rate->rate) == TB_DECK_CELL_OK;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    read_money (self, others[i].field, G_STRUCT_MEMBER_P (self->rate, others[i].offset));
  /* What was is information only: "new" and the like stand there and harm nothing. */
  if (tb_deck_is_price (old))
    read_money (self, TB_DECK_OLD_RATE, &self->rate->old_rate);
}

/* A price for the first interval and another for the rest. */
static void
read_next_rate (Row *self)
{
  TbRate *rate = self->rate;
  gint32 initial = MAX (rate->initial, 1), next = MAX (rate->next, 1);
  TbDecimal next_rate = rate->rate;

  if (read_money (self, TB_DECK_NEXT_RATE, &next_rate) != TB_DECK_CELL_OK || next_rate == rate->rate || !self->priced)
    return;
  rate->n_steps = 2;
  rate->steps = g_new0 (TbRateStep, 2);
  rate->steps[0] = (TbRateStep){ .after = 0, .per = 60, .increment = initial, .rate = rate->rate };
  rate->steps[1] = (TbRateStep){ .after = initial, .per = 60, .increment = next, .rate = next_rate };
}

/* ---- seconds ---- */

static gboolean
read_seconds (Row *self, TbDeckField field, gint32 *ret)
{
  char *reason = NULL;
  TbDeckCell came = tb_deck_seconds (cell (self, field), ret, &reason);

  return take (self, came, reason);
}

/* In columns of their own a first block of 0 means that there is none, and an empty one is like the other. */
static void
read_increments (Row *self)
{
  TbRate *rate = self->rate;
  char *reason = NULL;
  gint32 initial = -1, next = -1;

  TbDeckCell came = tb_deck_increment (cell (self, TB_DECK_INCREMENT), &rate->initial, &rate->next, &reason);

  take (self, came, reason);
  read_seconds (self, TB_DECK_INITIAL, &initial);
  read_seconds (self, TB_DECK_NEXT, &next);
  if (initial > TB_INCREMENT_MAX || next > TB_INCREMENT_MAX)
    {
      refuse (self, _("the increment is longer than a day."));
      return;
    }
  if (self->reading->layout->own)
    {
      rate->initial = initial >= 0 ? initial : rate->initial;
      rate->next = next >= 0 ? next : rate->next;
      return;
    }
  if (next < 0)
    next = initial;
  if (initial <= 0)
    initial = next;
  if (next == 0)
    refuse (self, _("the increment is 0 seconds; it is 1 or more."));
  else if (next > 0)
    rate->initial = initial, rate->next = next;
}

/* ---- dates ---- */

static gboolean
read_date (Row *self, TbDeckField field, TbDeckDate *ret)
{
  char *reason = NULL;
  TbDeckCell came = tb_deck_date (cell (self, field), self->reading->dates, self->reading->zone, ret, &reason);

  return take (self, came, reason);
}

static void
read_validity (Row *self)
{
  TbRate *rate = self->rate;
  TbDeckDate from, to;

  if (read_date (self, TB_DECK_EFFECTIVE_FROM, &from))
    rate->effective_from = from.start;
  else if (self->reading->options->effective != TB_DAY_NONE)
    rate->effective_from = tb_zone_to_utc (self->reading->zone, self->reading->options->effective, 0, FALSE);
  if (!read_date (self, TB_DECK_EFFECTIVE_TO, &to))
    return;
  rate->effective_to = to.whole_day && self->reading->layout->to_is_last_day ? tb_zone_to_utc (self->reading->zone, to.day + 1, 0, FALSE) : to.start;
  if (rate->effective_from != TB_TIME_NONE && rate->effective_to <= rate->effective_from)
    refuse (self, _("it ends before it begins."));
}

/* ---- words ---- */

/* The product's own texts are taken exactly: its writer puts an apostrophe before what a spreadsheet would run, and before an apostrophe. */
static char *
read_text (const Row *self, TbDeckField field)
{
  TbDeckText text = cell (self, field);

  if (text.len == 0)
    return NULL;
  if (self->reading->layout->own && *text.at == '\'')
    text = (TbDeckText){ text.at + 1, text.len - 1 };
  return tb_deck_text_dup (text);
}

static void
read_texts (Row *self)
{
  self->rate->description = read_text (self, TB_DECK_DESCRIPTION);
  self->rate->short_description = read_text (self, TB_DECK_SHORT_DESCRIPTION);
  self->rate->changed = read_text (self, TB_DECK_CHANGED);
}

static gboolean
is_blocked (const Row *self)
{
  TbDeckText enabled = cell (self, TB_DECK_ENABLED), barred = cell (self, TB_DECK_BARRED);

  if (tb_deck_text_is (enabled, "n") && !self->reading->layout->n_is_no)
    enabled.len = 0;
  return (enabled.len > 0 && !tb_deck_flag (enabled)) || (barred.len > 0 && (tb_deck_is_blocking_word (barred) || tb_deck_flag (barred)))
         || (!self->reading->layout->own
             && (tb_deck_is_blocking_word (cell (self, TB_DECK_COMMENT)) || tb_deck_is_blocking_word (cell (self, TB_DECK_CHANGED))));
}

static void
read_currency (Row *self)
{
  TbDeckText text = cell (self, TB_DECK_CURRENCY);
  g_autofree char *code = text.len == 3 ? tb_deck_text_dup (text) : NULL;
  TbCurrency currency = TB_CURRENCY_NONE;

  for (char *at = code; at != NULL && *at != '\0'; at++)
    *at = g_ascii_toupper (*at);
  if (code != NULL && tb_currency_parse (code, &currency, NULL))
    check_currency (self, currency);
}

/* ---- the product's own columns ---- */

static void
read_own (Row *self)
{
  TbDeckText when = cell (self, TB_DECK_WHEN), steps = cell (self, TB_DECK_STEPS), priority = cell (self, TB_DECK_PRIORITY);
  TbDeckText number = priority.len > 1 && *priority.at == '-' ? (TbDeckText){ priority.at + 1, priority.len - 1 } : priority;
  gint32 value;

  if (read_seconds (self, TB_DECK_INCLUDED_SECONDS, &value))
    self->rate->included_seconds = value;
  if (number.len > 0 && tb_deck_seconds (number, &value, NULL) == TB_DECK_CELL_OK)
    self->rate->priority = number.at == priority.at ? value : -value;
  else if (number.len > 0)
    refuse (self, _("the priority is not a whole number."));
  if (tb_deck_text_is (cell (self, TB_DECK_INCREMENT_STYLE), "multiple"))
    self->rate->increment_style = TB_INCREMENT_MULTIPLE;
  if (when.len > 0 && !tb_deck_read_when (when, &self->rate->band))
    refuse (self, _("“when” is not like “1-5 08:00-19:00” or “12/25”."));
  if (steps.len > 0 && !tb_deck_read_steps (steps, self->rate))
    refuse (self, _("“steps” is not like “0 0.05/60 30; 30 0.04/60 6”."));
}

/* ---- the row ---- */

static gboolean
repeats_header (const Row *self)
{
  const TbDeckLayout *layout = self->reading->layout;
  TbDeckText rate = cell (self, TB_DECK_RATE);

  return layout->header != NULL && rate.len > 0 && (guint) layout->column[TB_DECK_RATE] < layout->n_columns
         && tb_deck_text_is (rate, layout->header[layout->column[TB_DECK_RATE]]);
}

/* Prices that depend on where the caller is: what holds for all callers, or for the rest of them, is what can be taken. */
static gboolean
is_for_some_callers (TbDeckText origin)
{
  static const char *const everybody[] = { "all", "any", "*", "-", "row", "rest of world", "rest of the world", "world", "worldwide", "default", NULL };

  return origin.len > 0 && !tb_deck_text_is_one_of (origin, everybody);
}

/* Rows that are none: empty ones, headings between the rows, notes under them, the header again. NULL = it is one. */
static const char *
reason_to_skip (const Row *self, gboolean *ret_empty)
{
  gboolean code = tb_deck_has_digit (cell (self, TB_DECK_COUNTRY_CODE)) || cell (self, TB_DECK_PREFIX).len > 0;
  guint filled = 0;

  for (guint i = 0; i < self->row->n; i++)
    filled += self->row->cells[i].len > 0;
  *ret_empty = filled == 0;
  if (cell (self, TB_DECK_RATE).len == 0 && (!code || (filled == 1 && !g_ascii_isdigit (*cell (self, TB_DECK_PREFIX).at) && *cell (self, TB_DECK_PREFIX).at != '+')))
    return _("neither dial code nor price");
  if (repeats_header (self))
    return _("the header again");
  if (tb_deck_text_is (cell (self, TB_DECK_DIRECTION), "inbound"))
    return _("a price of inbound calls");
  if (is_for_some_callers (cell (self, TB_DECK_ORIGIN)))
    return _("a price for callers of one origin only");
  return NULL;
}

static void
read_cells (Row *self, GString *codes, guint *ret_n)
{
  const TbDeckLayout *layout = self->reading->layout;
  char *reason = NULL;
  TbDeckCell came;

  if (self->row->n > layout->n_columns)
    take (self, TB_DECK_CELL_BAD,
          g_strdup_printf (_("the row has %u values for %u columns; a list of codes must stand in quotes."), self->row->n, layout->n_columns));
  came = tb_deck_codes (cell (self, TB_DECK_PREFIX), cell (self, TB_DECK_COUNTRY_CODE), &layout->codes, codes, ret_n, &reason);
  take (self, came, reason);
  if (came == TB_DECK_CELL_EMPTY)
    refuse (self, _("the dial code is missing."));
  read_prices (self);
  read_increments (self);
  read_next_rate (self);
  read_seconds (self, TB_DECK_MINIMUM, &self->rate->minimum);
  read_seconds (self, TB_DECK_GRACE, &self->rate->grace);
  read_validity (self);
  read_currency (self);
  read_texts (self);
  if (layout->own)
    read_own (self);
}

TbDeckVerdict
tb_deck_read_row (TbDeckReading *reading, const TbDeckRow *row, TbRate **ret, GString *codes, guint *ret_n, char **reason)
{
  Row self = { .reading = reading, .row = row, .verdict = TB_DECK_ROW_RATES };
  gboolean empty = FALSE;
  const char *skip = reason_to_skip (&self, &empty);

  if (skip != NULL)
    {
      *reason = g_strdup (skip);
      return empty ? TB_DECK_ROW_EMPTY : TB_DECK_ROW_SKIPPED;
    }
  self.rate = tb_rate_new ();
  self.rate->line = (guint32) MIN (row->line, G_MAXUINT32);
  read_cells (&self, codes, ret_n);
  self.rate->enabled = !is_blocked (&self);
  if (!self.priced && self.verdict == TB_DECK_ROW_RATES && self.rate->enabled)
    {
      TbCurrency ignored = TB_CURRENCY_NONE;
      TbDecimal value;

      self.rate->enabled = FALSE;
      if (tb_deck_number (cell (&self, TB_DECK_RATE), reading->decimal[TB_DECK_RATE], &value, &ignored, NULL) != TB_DECK_CELL_BLOCKED)
        refuse (&self, _("the price is missing; what is not sold is marked “blocked”."));
    }
  if (self.verdict != TB_DECK_ROW_RATES)
    {
      tb_rate_free (self.rate);
      *reason = self.reason;
      return self.verdict;
    }
  *ret = self.rate;
  return TB_DECK_ROW_RATES;
}
