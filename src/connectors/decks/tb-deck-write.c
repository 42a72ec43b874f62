/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-csv-writer.h"
#include "tb-deck-private.h"
#include "tb-rate-words.h"

/* ---- the product's own columns ---- */

gboolean
tb_deck_read_when (TbDeckText text, TbRateBand *ret)
{
  g_autofree char *copy = tb_deck_text_dup (text);

  return tb_rate_parse_when (copy, ret);
}

gboolean
tb_deck_read_steps (TbDeckText text, TbRate *rate)
{
  g_autofree char *copy = tb_deck_text_dup (text);

  return tb_rate_parse_steps (copy, rate);
}

/* ---- rows ---- */

static void
append_money (GString *text, TbDecimal value)
{
  char number[40] = "";

  if (value != TB_DECIMAL_NONE)
    tb_decimal_format_to (value, TB_RATE_SCALE, 0, number);
  tb_csv_append_number (text, number);
}

static void
append_int (GString *text, gint64 value, gint64 none)
{
  g_autofree char *number = value != none ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : g_strdup ("");

  tb_csv_append_number (text, number);
}

/* An apostrophe of the text's own is doubled, for one is what the CSV writer puts before what a spreadsheet would run. */
static void
append_text (GString *text, const char *value)
{
  g_autofree char *doubled = value != NULL && *value == '\'' ? g_strconcat ("'", value, NULL) : NULL;

  tb_csv_append_text (text, doubled != NULL ? doubled : value != NULL ? value : "");
}

/* A day when it begins at midnight there, else the moment. */
static void
append_time_or_day (GString *text, gint64 time, TbZone *zone)
{
  g_autofree char *written = NULL;
  TbDay day;

  if (time != TB_TIME_NONE)
    {
      day = tb_zone_day_at (zone, time);
      written = tb_zone_to_utc (zone, day, 0, FALSE) == time ? tb_day_format (day) : tb_time_format (time, zone);
    }
  tb_csv_append_number (text, written != NULL ? written : "");
}

/* In the order of `columns` below. */
static void
append_rate (GString *text, const TbRate *rate, TbZone *zone)
{
  gboolean increment = rate->initial > 0 && rate->next > 0;
  g_autofree char *both = increment ? g_strdup_printf ("%d/%d", rate->initial, rate->next) : g_strdup ("");
  g_autofree char *when = tb_rate_when_to_text (&rate->band), *steps = tb_rate_steps_to_text (rate);

  tb_csv_append_number (text, *rate->prefix != '\0' ? rate->prefix : "*");
  append_text (text, rate->description);
  append_text (text, rate->short_description);
  append_money (text, rate->rate);
  append_money (text, rate->rate2);
  tb_csv_append_number (text, both);
  append_int (text, increment ? 0 : rate->initial, 0);
  append_int (text, increment ? 0 : rate->next, 0);
  append_money (text, rate->connect_fee);
  append_int (text, rate->minimum, -1);
  append_int (text, rate->grace, -1);
  append_time_or_day (text, rate->effective_from, zone);
  append_time_or_day (text, rate->effective_to, zone);
  tb_csv_append_number (text, rate->enabled ? "true" : "false");
  append_money (text, rate->old_rate);
  append_money (text, rate->premium_rate);
  append_text (text, rate->changed);
  append_int (text, rate->priority, G_MAXINT64);
  append_int (text, rate->included_seconds, 0);
  append_money (text, rate->min_charge);
  append_money (text, rate->max_charge);
  tb_csv_append_number (text, rate->increment_style == TB_INCREMENT_MULTIPLE ? "multiple" : "");
  tb_csv_append_text (text, when);
  tb_csv_append_text (text, steps);
}

char *
tb_deck_write (GPtrArray *rates, TbZone *zone)
{
  static const TbDeckField columns[]
      = { TB_DECK_PREFIX,       TB_DECK_DESCRIPTION,      TB_DECK_SHORT_DESCRIPTION, TB_DECK_RATE,       TB_DECK_RATE2,           TB_DECK_INCREMENT,
          TB_DECK_INITIAL,      TB_DECK_NEXT,             TB_DECK_CONNECT_FEE,       TB_DECK_MINIMUM,    TB_DECK_GRACE,           TB_DECK_EFFECTIVE_FROM,
          TB_DECK_EFFECTIVE_TO, TB_DECK_ENABLED,          TB_DECK_OLD_RATE,          TB_DECK_PREMIUM_RATE, TB_DECK_CHANGED,       TB_DECK_PRIORITY,
          TB_DECK_INCLUDED_SECONDS, TB_DECK_MIN_CHARGE,   TB_DECK_MAX_CHARGE,        TB_DECK_INCREMENT_STYLE, TB_DECK_WHEN,       TB_DECK_STEPS };
  g_autoptr (TbZone) utc = zone == NULL ? tb_zone_new_utc () : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    tb_csv_append_text (text, tb_deck_field_name (columns[i]));
  tb_csv_end_line (text);
  for (guint i = 0; i < rates->len; i++)
    {
      append_rate (text, g_ptr_array_index (rates, i), zone != NULL ? zone : utc);
      tb_csv_end_line (text);
    }
  return g_string_free (text, FALSE);
}
