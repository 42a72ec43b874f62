/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-order.h"

#include <inttypes.h>

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-problem-list.h"
#include "tb-rate-text.h"

TbDeckOrder *
tb_deck_order_new (const char *path, const char *name, const char *currency)
{
  TbDeckOrder *self = g_new0 (TbDeckOrder, 1);

  self->path = g_strdup (path);
  self->name = g_strdup (name);
  self->currency = currency != NULL && *currency != '\0' ? g_strdup (currency) : NULL;
  self->options = tb_deck_options_default ();
  return self;
}

void
tb_deck_order_free (gpointer data)
{
  TbDeckOrder *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->currency);
  g_free (self->columns);
  g_clear_pointer (&self->options.zone, tb_zone_unref);
  g_free (self);
}

void
tb_deck_order_set_columns (TbDeckOrder *self, const char *columns)
{
  g_free (self->columns);
  self->columns = g_strdup (columns);
  self->options.columns = self->columns;
}

gpointer
tb_deck_order_prepare (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDeckOrder *order = data;

  return tb_tariff_import_prepare (store, order->path, order->name, order->currency, &order->options, job, error);
}

/* ---- in words ---- */

const char *
tb_deck_separator_text (char separator)
{
  switch (separator)
    {
    case ',':
      return _ ("Comma");
    case ';':
      return _ ("Semicolon");
    case '\t':
      return _ ("Tab");
    case '|':
      return _ ("Bar");
    default:
      return _ ("Detect");
    }
}

const char *
tb_deck_dates_text (TbDateOrder dates)
{
  switch (dates)
    {
    case TB_DATES_YMD:
      return _ ("Year, month, day");
    case TB_DATES_DMY:
      return _ ("Day, month, year");
    case TB_DATES_MDY:
      return _ ("Month, day, year");
    case TB_DATES_UNKNOWN:
    default:
      return _ ("Detect");
    }
}

char *
tb_deck_dup_shape (const TbDeck *deck)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Layout “%s”, %s"), deck->layout, tb_encoding_get_name (deck->encoding));
  if (deck->header_line > 0)
    g_string_append_printf (text, _ (", titles in line %" PRIu64), deck->header_line);
  else
    g_string_append (text, _ (", no titles"));
  g_string_append_printf (text, _ (", rows from line %" PRIu64), deck->data_line);
  if (deck->currency != TB_CURRENCY_NONE)
    g_string_append_printf (text, _ (", prices in %s"), tb_currency_to_string (deck->currency));
  return g_string_free (text, FALSE);
}

static const char *
problem_text (TbDeckProblemKind kind)
{
  switch (kind)
    {
    case TB_DECK_REJECTED:
      return _ ("Rejected");
    case TB_DECK_NEEDS_CONFIRMATION:
      return _ ("Unclear, not taken");
    case TB_DECK_BLOCKED:
      return _ ("Blocked");
    case TB_DECK_SKIPPED:
    default:
      return _ ("Skipped");
    }
}

GPtrArray *
tb_deck_new_problems (const TbDeck *deck, guint max, TbDeckProblems which)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_problem_free);

  for (guint i = 0; i < deck->problems->len && problems->len < max; i++)
    {
      const TbDeckProblem *problem = g_ptr_array_index (deck->problems, i);

      if (which == TB_DECK_ALL_PROBLEMS || problem->duplicate == (which == TB_DECK_ONLY_DUPLICATES))
        g_ptr_array_add (problems, tb_problem_new (problem->line, problem_text (problem->kind), problem->reason, problem->raw));
    }
  return problems;
}

/* ---- changes ---- */

static const TbRate *
get_rate (gconstpointer value)
{
  const TbTariffChange *change = value;

  return change->after != NULL ? change->after : change->before;
}

static char *
format_prefix (gconstpointer value, gpointer context)
{
  const TbRate *rate = get_rate (value);

  return g_strdup (*rate->prefix != '\0' ? rate->prefix : _ ("All others"));
}

static char *
format_description (gconstpointer value, gpointer context)
{
  return g_strdup (get_rate (value)->description);
}

/* Price and increment: what differs is nearly always one of the two. */
static char *
format_terms (const TbRate *rate)
{
  g_autofree char *price = rate != NULL ? tb_rate_dup_price (rate) : g_strdup ("–");
  g_autofree char *increment = rate != NULL ? tb_rate_dup_increment (rate) : g_strdup ("");

  return *increment != '\0' ? g_strdup_printf ("%s · %s", price, increment) : g_strdup (price);
}

static char *
format_before (gconstpointer value, gpointer context)
{
  const TbTariffChange *change = value;

  return format_terms (change->kind != TB_TARIFF_ADDED ? change->before : NULL);
}

static char *
format_after (gconstpointer value, gpointer context)
{
  const TbTariffChange *change = value;

  return format_terms (change->kind != TB_TARIFF_REMOVED ? change->after : NULL);
}

static char *
format_percent (gconstpointer value, gpointer context)
{
  TbDecimal percent;
  g_autofree char *text = tb_tariff_change_get_percent (value, &percent) ? tb_format_percent (percent) : g_strdup ("");

  return *text != '\0' && percent > 0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

static char *
format_from (gconstpointer value, gpointer zone)
{
  gint64 from = ((const TbTariffChange *) value)->from;

  return from != TB_TIME_NONE ? tb_rate_dup_moment (from, *(TbZone **) zone) : g_strdup (_ ("At once"));
}

const TbColumn tb_deck_change_columns[] = {
  { N_ ("Prefix"), 116, FALSE, format_prefix },  { N_ ("Destination"), 0, FALSE, format_description }, { N_ ("Before"), 132, TRUE, format_before },
  { N_ ("After"), 132, TRUE, format_after },     { N_ ("Change"), 92, TRUE, format_percent },          { N_ ("Effective"), 108, FALSE, format_from },
};
const guint tb_deck_n_change_columns = G_N_ELEMENTS (tb_deck_change_columns);
