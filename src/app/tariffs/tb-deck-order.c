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
  g_clear_object (&self->job);
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

void
tb_deck_attempt_free (TbDeckAttempt *self)
{
  if (self == NULL)
    return;
  tb_deck_preview_free (self->preview);
  tb_tariff_import_free (self->import);
  g_clear_error (&self->error);
  g_free (self->columns);
  g_free (self);
}

static void
preview (TbDeckAttempt *self, const TbDeckOrder *order)
{
  g_autofree char *data = NULL;
  gsize len;

  if (g_file_get_contents (order->path, &data, &len, NULL)) /* why not is said by who reads it all */
    self->preview = tb_deck_preview ((const guint8 *) data, len, &self->options, NULL);
}

static gboolean
recall (TbDeckAttempt *self, TbStore *store, const TbDeckOrder *order)
{
  return order->recall && tb_tariff_import_recall (store, order->name, &self->options, &self->columns, &self->recalled, NULL) && self->recalled;
}

static void
forget (TbDeckAttempt *self, const TbDeckOrder *order)
{
  self->recalled = FALSE;
  self->options = order->options;
  g_clear_pointer (&self->columns, g_free);
  g_clear_error (&self->error);
}

static void
read_deck (TbDeckAttempt *self, TbStore *store, const TbDeckOrder *order)
{
  self->import = tb_tariff_import_prepare (store, order->path, order->name, order->currency, &self->options, order->job, &self->error);
}

gpointer
tb_deck_order_prepare (TbStore *store, TbJob *unused, gpointer data, GError **error)
{
  const TbDeckOrder *order = data;
  g_autoptr (TbDeckAttempt) self = g_new0 (TbDeckAttempt, 1);

  self->options = order->options;
  recall (self, store, order);
  read_deck (self, store, order);
  /* The provider sends another shape now. */
  if (self->import == NULL && self->recalled && !tb_job_is_cancelled (order->job, NULL))
    {
      forget (self, order);
      read_deck (self, store, order);
    }
  if (tb_job_is_cancelled (order->job, error))
    return NULL;
  preview (self, order);
  return g_steal_pointer (&self);
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
get_rate (const TbTariffChange *change)
{
  return change->after != NULL ? change->after : change->before;
}

static char *
format_prefix (const TbTariffChange *change, TbZone *zone)
{
  const TbRate *rate = get_rate (change);

  return g_strdup (*rate->prefix != '\0' ? rate->prefix : _ ("All others"));
}

static char *
format_description (const TbTariffChange *change, TbZone *zone)
{
  return g_strdup (get_rate (change)->description);
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
format_before (const TbTariffChange *change, TbZone *zone)
{
  return format_terms (change->kind != TB_TARIFF_ADDED ? change->before : NULL);
}

static char *
format_after (const TbTariffChange *change, TbZone *zone)
{
  return format_terms (change->kind != TB_TARIFF_REMOVED ? change->after : NULL);
}

static char *
format_percent (const TbTariffChange *change, TbZone *zone)
{
  TbDecimal percent;
  g_autofree char *text = tb_tariff_change_get_percent (change, &percent) ? tb_format_percent (percent) : g_strdup ("");

  return *text != '\0' && percent > 0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

static char *
format_from (const TbTariffChange *change, TbZone *zone)
{
  return change->from != TB_TIME_NONE ? tb_rate_dup_moment (change->from, zone) : g_strdup (_ ("At once"));
}

const TbGridColumn tb_deck_change_columns[] = {
  { N_ ("Prefix"), 116, FALSE }, { N_ ("Destination"), 0, FALSE }, { N_ ("Before"), 132, TRUE },
  { N_ ("After"), 132, TRUE },   { N_ ("Change"), 92, TRUE },      { N_ ("Effective"), 108, FALSE },
};
const guint tb_deck_n_change_columns = G_N_ELEMENTS (tb_deck_change_columns);

char *
tb_deck_change_dup_text (const TbTariffChange *change, guint column, TbZone *zone)
{
  static char *(*const formats[]) (const TbTariffChange *, TbZone *) = { format_prefix, format_description, format_before, format_after, format_percent, format_from };

  return formats[column] (change, zone);
}
