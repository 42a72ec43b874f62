/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-prefix-tree.h"
#include "tb-text.h"

#define ENDINGS_MAX 1000
#define HUNDRED (100 * TB_DECIMAL_ONE)

gboolean
tb_rate_change_is_any (const TbRateChange *self)
{
  return self->percent != TB_DECIMAL_NONE || self->amount != TB_DECIMAL_NONE || self->price != TB_DECIMAL_NONE || self->initial > 0
         || self->start == TB_RATE_START_MOVE || self->ends || self->enabled >= 0;
}

static gboolean
refuse (const char *reason, GError **error)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, reason);
  return FALSE;
}

/* ---- prices ---- */

static TbDecimal
quantum (guint decimals)
{
  TbDecimal unit = 1;

  for (guint i = decimals; i < TB_RATE_SCALE; i++)
    unit *= 10;
  return unit;
}

/* price × (100 + percent) / 100 + amount, rounded once. */
static gboolean
change_price (const TbRateChange *self, gboolean with_amount, TbDecimal *price, GError **error)
{
  TbDecimal percent = self->percent != TB_DECIMAL_NONE ? self->percent : 0, unit = quantum (self->rounding.decimals);
  TbDecimal amount = with_amount && self->amount != TB_DECIMAL_NONE ? self->amount : 0;
  TbWide exact = (TbWide) *price * (HUNDRED + percent) + (TbWide) amount * HUNDRED;
  gint64 units;

  if (percent == 0 && amount == 0)
    return TRUE;
  if (exact < 0)
    return refuse (_ ("The price would be below zero."), error);
  if (!tb_round_divide (exact, (TbWide) HUNDRED * unit, self->rounding.mode, &units, error))
    return FALSE;
  if (__builtin_mul_overflow (units, unit, price))
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_OVERFLOW, _ ("The price would be too large."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
change_optional (const TbRateChange *self, gboolean with_amount, TbDecimal *price, GError **error)
{
  return *price == TB_DECIMAL_NONE || change_price (self, with_amount, price, error);
}

static gboolean
change_prices (const TbRateChange *self, TbRate *rate, GError **error)
{
  if (self->price != TB_DECIMAL_NONE)
    {
      if (rate->n_steps > 0)
        return refuse (_ ("A rate of several steps cannot have one price; a percentage changes them all."), error);
      rate->rate = self->price;
      return TRUE;
    }
  for (guint i = 0; i < rate->n_steps; i++)
    if (!change_price (self, TRUE, &rate->steps[i].rate, error))
      return FALSE;
  /* What a rate of steps has besides is not used. */
  return (rate->n_steps > 0 || change_price (self, TRUE, &rate->rate, error)) && change_optional (self, TRUE, &rate->rate2, error)
         && change_optional (self, TRUE, &rate->premium_rate, error) && (!self->fees || change_optional (self, FALSE, &rate->connect_fee, error));
}

/* ---- the rest ---- */

static gboolean
change_increment (const TbRateChange *self, TbRate *rate, GError **error)
{
  if (self->initial <= 0)
    return TRUE;
  if (rate->n_steps > 0)
    return refuse (_ ("A rate of several steps has increments of its own."), error);
  rate->initial = self->initial;
  rate->next = self->next;
  return TRUE;
}

static gboolean
change_window (const TbRateChange *self, TbRate *rate, GError **error)
{
  if (self->start != TB_RATE_START_KEEP)
    rate->effective_from = self->from;
  if (self->ends)
    rate->effective_to = self->until;
  if (rate->effective_to == TB_TIME_NONE || rate->effective_from == TB_TIME_NONE || rate->effective_from < rate->effective_to)
    return TRUE;
  return refuse (_ ("The rate would end before it begins."), error);
}

/* Nothing follows a rate that is over by then, or that begins only later. */
static gboolean
is_followed (const TbRateChange *self, const TbRate *rate)
{
  return rate->effective_from < self->from && (rate->effective_to == TB_TIME_NONE || rate->effective_to > self->from);
}

/* A row that says what goes on anyway is none. */
static gboolean
is_same (const TbRateChange *self, const TbRate *rate, const TbRate *changed)
{
  TbRate probe = *changed;

  if (self->start == TB_RATE_START_FOLLOW)
    probe.effective_from = rate->effective_from;
  return tb_rate_equal (&probe, rate);
}

gboolean
tb_rate_change_apply (const TbRateChange *self, const TbRate *rate, TbRate **ret, GError **error)
{
  g_autoptr (TbRate) changed = NULL;

  if (self->start == TB_RATE_START_FOLLOW && !is_followed (self, rate))
    {
      *ret = NULL;
      return TRUE;
    }
  changed = tb_rate_copy (rate);
  if (self->enabled >= 0)
    changed->enabled = self->enabled;
  if (!change_prices (self, changed, error) || !change_increment (self, changed, error) || !change_window (self, changed, error))
    return FALSE;
  if (self->start == TB_RATE_START_FOLLOW)
    changed->id = changed->line = 0;
  *ret = is_same (self, rate, changed) ? NULL : g_steal_pointer (&changed);
  return TRUE;
}

/* ---- a prefix into longer ones ---- */

static gboolean
refuse_endings (const char *endings, GError **error)
{
  g_autofree char *shown = tb_text_for_message (endings, -1, 40);

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("“%s” is no list of endings. Write digits like 0-9, or 20,40-49."), shown);
  return FALSE;
}

static gboolean
add_ending (GPtrArray *rates, const TbRate *rate, const char *ending, GError **error)
{
  TbRate *one;

  if (strlen (rate->prefix) + strlen (ending) > TB_PREFIX_MAX)
    return refuse (_ ("The prefixes would be too long."), error);
  if (rates->len >= ENDINGS_MAX)
    return refuse (_ ("These are more than 1,000 endings."), error);
  one = tb_rate_copy (rate);
  g_free (one->prefix);
  one->prefix = g_strconcat (rate->prefix, ending, NULL);
  one->id = one->line = 0;
  g_ptr_array_add (rates, one);
  return TRUE;
}

/* "4" or "40-49". */
static gboolean
add_range (GPtrArray *rates, const TbRate *rate, const char *range, GError **error)
{
  g_auto (GStrv) ends = g_strsplit (range, "-", 2);
  const char *first = ends[0], *last = ends[1] != NULL ? ends[1] : ends[0];
  guint64 from, to;

  if (first == NULL || strlen (first) != strlen (last) || !g_ascii_string_to_unsigned (first, 10, 0, G_MAXINT32, &from, NULL)
      || !g_ascii_string_to_unsigned (last, 10, from, G_MAXINT32, &to, NULL) || strspn (first, "0123456789") != strlen (first))
    return refuse_endings (range, error);
  for (guint64 i = from; i <= to; i++)
    {
      g_autofree char *ending = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) strlen (first), i);

      if (!add_ending (rates, rate, ending, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_unique (GPtrArray *rates, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rates->len; i++)
    if (!g_hash_table_add (seen, ((TbRate *) rates->pdata[i])->prefix))
      return refuse (_ ("An ending is there twice."), error);
  return TRUE;
}

GPtrArray *
tb_rate_split (const TbRate *rate, const char *endings, GError **error)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  g_auto (GStrv) ranges = g_strsplit_set (endings, ", ;", -1);

  for (guint i = 0; ranges[i] != NULL; i++)
    if (*ranges[i] != '\0' && !add_range (rates, rate, ranges[i], error))
      return NULL;
  if (rates->len == 0)
    refuse_endings (endings, error);
  return rates->len > 0 && check_unique (rates, error) ? g_steal_pointer (&rates) : NULL;
}
