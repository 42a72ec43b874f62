/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-prefix-tree.h"
#include "tb-rate-words.h"
#include "tb-text.h"

#define SECONDS_MAX TB_INCREMENT_MAX
#define PRIORITY_MAX 1000000

/* What a cell reads and writes: most are one member of the struct. */
typedef enum { PREFIX, TEXT, PRICE, INCREMENT, MONEY, MOMENT, SECONDS, WHOLE, WHEN, STEPS } Shape;

static const struct
{
  Shape shape;
  gsize offset;
  gint64 none;   /* the value that stands for "not given" */
  gint32 least, most;
} fields[TB_RATE_N_FIELDS] = {
  [TB_RATE_PREFIX] = { PREFIX },
  [TB_RATE_DESCRIPTION] = { TEXT, G_STRUCT_OFFSET (TbRate, description) },
  [TB_RATE_PRICE] = { PRICE },
  [TB_RATE_INCREMENT] = { INCREMENT },
  [TB_RATE_CONNECT_FEE] = { MONEY, G_STRUCT_OFFSET (TbRate, connect_fee) },
  [TB_RATE_FROM] = { MOMENT, G_STRUCT_OFFSET (TbRate, effective_from) },
  [TB_RATE_UNTIL] = { MOMENT, G_STRUCT_OFFSET (TbRate, effective_to) },
  [TB_RATE_MINIMUM] = { SECONDS, G_STRUCT_OFFSET (TbRate, minimum), -1, 0, SECONDS_MAX },
  [TB_RATE_GRACE] = { SECONDS, G_STRUCT_OFFSET (TbRate, grace), -1, 0, SECONDS_MAX },
  [TB_RATE_INCLUDED] = { SECONDS, G_STRUCT_OFFSET (TbRate, included_seconds), 0, 0, SECONDS_MAX },
  [TB_RATE_MIN_CHARGE] = { MONEY, G_STRUCT_OFFSET (TbRate, min_charge) },
  [TB_RATE_MAX_CHARGE] = { MONEY, G_STRUCT_OFFSET (TbRate, max_charge) },
  [TB_RATE_PRIORITY] = { WHOLE, G_STRUCT_OFFSET (TbRate, priority), 10, -PRIORITY_MAX, PRIORITY_MAX },
  [TB_RATE_SECOND_PRICE] = { MONEY, G_STRUCT_OFFSET (TbRate, rate2) },
  [TB_RATE_PREMIUM_PRICE] = { MONEY, G_STRUCT_OFFSET (TbRate, premium_rate) },
  [TB_RATE_WHEN] = { WHEN },
  [TB_RATE_STEPS] = { STEPS },
};

/* ---- out ---- */

static char *
money_to_text (TbDecimal value)
{
  return value != TB_DECIMAL_NONE ? tb_decimal_format (value, TB_RATE_SCALE, 0) : g_strdup ("");
}

static char *
increment_to_text (const TbRate *rate)
{
  if (rate->initial <= 0 && rate->next <= 0)
    return g_strdup ("");
  return rate->initial == rate->next ? g_strdup_printf ("%d", rate->initial) : g_strdup_printf ("%d/%d", rate->initial, rate->next);
}

/* A day alone where it begins then, which is nearly always. */
static char *
moment_to_text (gint64 time, TbZone *zone)
{
  g_autoptr (TbZone) used = zone != NULL ? tb_zone_ref (zone) : tb_zone_new_utc ();
  TbDay day;

  if (time == TB_TIME_NONE)
    return g_strdup ("");
  day = tb_zone_day_at (used, time);
  return tb_zone_to_utc (used, day, 0, FALSE) == time ? tb_day_format (day) : tb_time_format (time, used);
}

char *
tb_rate_field_to_text (const TbRate *rate, TbRateField field, TbZone *zone)
{
  gconstpointer member = G_STRUCT_MEMBER_P (rate, fields[field].offset);

  switch (fields[field].shape)
    {
    case PREFIX:
      return g_strdup (*rate->prefix != '\0' ? rate->prefix : "*");
    case TEXT:
      return g_strdup (*(char *const *) member != NULL ? *(char *const *) member : "");
    case PRICE:
      return rate->enabled ? money_to_text (rate->n_steps > 0 ? rate->steps[0].rate : rate->rate) : g_strdup (_ ("blocked"));
    case INCREMENT:
      return increment_to_text (rate);
    case MONEY:
      return money_to_text (*(const TbDecimal *) member);
    case MOMENT:
      return moment_to_text (*(const gint64 *) member, zone);
    case WHEN:
      return tb_rate_when_to_text (&rate->band);
    case STEPS:
      return tb_rate_steps_to_text (rate);
    case SECONDS:
    case WHOLE:
    default:
      return *(const gint32 *) member == fields[field].none ? g_strdup ("") : g_strdup_printf ("%d", *(const gint32 *) member);
    }
}

/* ---- in ---- */

static gboolean
refuse (const char *text, const char *format, GError **error)
{
  g_autofree char *shown = tb_text_for_message (text, -1, 40);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, format, shown);
#pragma GCC diagnostic pop
  return FALSE;
}

gboolean
tb_rate_parse_price (const char *text, TbDecimal *ret, GError **error)
{
  g_autofree char *plain = g_strdup (text);
  char *comma = strchr (plain, ',');
  TbDecimal value;

  /* Of two signs one would group digits, and nobody knows which. */
  if (comma != NULL && strchr (plain, '.') == NULL && strchr (comma + 1, ',') == NULL)
    *comma = '.';
  if (!tb_decimal_parse (plain, -1, TB_RATE_SCALE, &value, error))
    return FALSE;
  if (value < 0)
    return refuse (text, _ ("“%s” is below zero: a price is not."), error);
  *ret = value;
  return TRUE;
}

gboolean
tb_rate_parse_moment (const char *text, TbZone *zone, gint64 *ret, GError **error)
{
  g_autoptr (TbZone) used = zone != NULL ? tb_zone_ref (zone) : tb_zone_new_utc ();
  TbDay day;

  if (*text == '\0')
    *ret = TB_TIME_NONE;
  else if (tb_day_parse (text, &day, NULL))
    *ret = tb_zone_to_utc (used, day, 0, FALSE);
  else if (strchr (text, '-') == NULL || !tb_time_parse (text, -1, used, ret, NULL))
    return refuse (text, _ ("“%s” is not a day like 2026-12-31."), error);
  return TRUE;
}

/* "+49 (30)", "0049" stay apart: only what separates digits is dropped. */
static gboolean
set_prefix (TbRate *rate, const char *text, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
    else if (strchr (" -.()/+*", *at) == NULL)
      return refuse (text, _ ("“%s” is not a prefix: it is the first digits of a number, or * for all others."), error);
  if (digits->len == 0 && strcmp (text, "*") != 0)
    return refuse (text, _ ("A prefix is the first digits of a number, or * for all others."), error);
  if (digits->len > 0 && strchr (text, '*') != NULL)
    return refuse (text, _ ("“%s” is not a prefix: it is the first digits of a number, or * for all others."), error);
  if (digits->len > TB_PREFIX_MAX)
    return refuse (text, _ ("“%s” is too long for a prefix."), error);
  tb_set_str (&rate->prefix, digits->str);
  return TRUE;
}

static gboolean
is_word (const char *text, const char *word)
{
  g_autofree char *a = g_utf8_casefold (text, -1), *b = g_utf8_casefold (word, -1);

  return strcmp (a, b) == 0;
}

static gboolean
refuse_steps (const TbRate *rate, GError **error)
{
  if (rate->n_steps > 0)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                         _ ("This rate has several steps: change them in the column Steps."));
  return rate->n_steps == 0;
}

static gboolean
set_price (TbRate *rate, const char *text, GError **error)
{
  gboolean blocked = is_word (text, "blocked") || is_word (text, _ ("blocked"));

  if (blocked)
    rate->enabled = FALSE;
  else if (!refuse_steps (rate, error) || !tb_rate_parse_price (text, &rate->rate, error))
    return FALSE;
  else
    rate->enabled = TRUE;
  return TRUE;
}

static gboolean
set_increment (TbRate *rate, const char *text, GError **error)
{
  if (!refuse_steps (rate, error))
    return FALSE;
  if (*text != '\0')
    return tb_rate_parse_increment (text, &rate->initial, &rate->next, error);
  rate->initial = rate->next = 0;
  return TRUE;
}

static gboolean
set_money (TbDecimal *member, const char *text, GError **error)
{
  if (*text != '\0')
    return tb_rate_parse_price (text, member, error);
  *member = TB_DECIMAL_NONE;
  return TRUE;
}

static gboolean
set_whole (gint32 *member, TbRateField field, const char *text, GError **error)
{
  gint64 value = fields[field].none;

  if (*text != '\0' && !g_ascii_string_to_signed (text, 10, fields[field].least, fields[field].most, &value, NULL))
    return refuse (text, fields[field].shape == SECONDS ? _ ("“%s” is not a number of seconds from 0 to 86400.") : _ ("“%s” is not a whole number."), error);
  *member = (gint32) value;
  return TRUE;
}

static gboolean
set_when (TbRate *rate, const char *text, GError **error)
{
  rate->band = (TbRateBand){ 0 };
  return *text == '\0' || tb_rate_parse_when (text, &rate->band)
         || refuse (text, _ ("“%s” is no days and hours like 1-5 08:00-19:00 (Monday to Friday), and no holiday like 12/25."), error);
}

static gboolean
set_steps (TbRate *rate, const char *text, GError **error)
{
  gboolean read = *text == '\0' || tb_rate_parse_steps (text, rate);

  if (*text == '\0')
    {
      g_clear_pointer (&rate->steps, g_free);
      rate->n_steps = 0;
    }
  for (guint i = 0; read && i < rate->n_steps; i++)
    read = rate->steps[i].rate >= 0;
  return read || refuse (text, _ ("“%s” is no list of steps like 0 0.05/60 30; 30 0.04/60 6."), error);
}

static gboolean
set_field (TbRate *rate, TbRateField field, const char *text, TbZone *zone, GError **error)
{
  gpointer member = G_STRUCT_MEMBER_P (rate, fields[field].offset);

  switch (fields[field].shape)
    {
    case PREFIX:
      return set_prefix (rate, text, error);
    case TEXT:
      tb_set_str (member, *text != '\0' ? text : NULL);
      return TRUE;
    case PRICE:
      return set_price (rate, text, error);
    case INCREMENT:
      return set_increment (rate, text, error);
    case MONEY:
      return set_money (member, text, error);
    case MOMENT:
      return tb_rate_parse_moment (text, zone, member, error);
    case WHEN:
      return set_when (rate, text, error);
    case STEPS:
      return set_steps (rate, text, error);
    case SECONDS:
    case WHOLE:
    default:
      return set_whole (member, field, text, error);
    }
}

static gboolean
check_together (const TbRate *rate, GError **error)
{
  const char *fault = NULL;

  if (rate->effective_to != TB_TIME_NONE && rate->effective_from != TB_TIME_NONE && rate->effective_to <= rate->effective_from)
    fault = _ ("The rate would end before it begins.");
  else if (rate->min_charge != TB_DECIMAL_NONE && rate->max_charge != TB_DECIMAL_NONE && rate->min_charge > rate->max_charge)
    fault = _ ("The least charge would be more than the greatest.");
  if (fault != NULL)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, fault);
  return fault == NULL;
}

TbRate *
tb_rate_with_field (const TbRate *rate, TbRateField field, const char *text, TbZone *zone, GError **error)
{
  g_autoptr (TbRate) copy = tb_rate_copy (rate);
  g_autofree char *typed = g_strstrip (g_strdup (text));

  g_strdelimit (typed, "\n\r\t", ' ');
  return set_field (copy, field, typed, zone, error) && check_together (copy, error) ? g_steal_pointer (&copy) : NULL;
}
