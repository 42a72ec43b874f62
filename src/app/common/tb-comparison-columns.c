/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-comparison-columns.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-rating-comparison.h"

static char *
format_client (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;

  if (*row->key == '\0')
    return g_strdup (_ ("Of no client"));
  return *row->name != '\0' ? g_strdup (row->name) : g_strdup (row->key);
}

static char *
format_destination (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;

  return g_strdup (*row->name != '\0' ? row->name : _ ("No destination"));
}

static char *
format_calls (gconstpointer value, gpointer context)
{
  return tb_format_number ((gint64) ((const TbComparisonRow *) value)->calls);
}

static char *
format_changed (gconstpointer value, gpointer context)
{
  return tb_format_number ((gint64) ((const TbComparisonRow *) value)->changed);
}

static char *
format_before (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;

  return tb_format_amount (row->before, row->currency);
}

static char *
format_after (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;

  return tb_format_amount (row->after, row->currency);
}

static char *
format_difference (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;
  g_autofree char *amount = tb_format_amount (row->difference, row->currency);

  return g_strconcat (row->difference > 0 ? "+" : "", amount, NULL);
}

static char *
format_open (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;

  return tb_format_amount (row->open_difference, row->currency);
}

static char *
format_invoiced (gconstpointer value, gpointer context)
{
  const TbComparisonRow *row = value;

  return tb_format_amount (row->invoiced_difference, row->currency);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (((const TbComparisonRow *) a)->name, ((const TbComparisonRow *) b)->name);
}

#define COMPARE(name, field)                                                                                                                   \
  static int name (gconstpointer a, gconstpointer b)                                                                                           \
  {                                                                                                                                            \
    const TbComparisonRow *x = a, *y = b;                                                                                                      \
                                                                                                                                               \
    return (x->field > y->field) - (x->field < y->field);                                                                                      \
  }

COMPARE (compare_calls, calls)
COMPARE (compare_changed, changed)
COMPARE (compare_before, before)
COMPARE (compare_after, after)
COMPARE (compare_difference, difference)
COMPARE (compare_open, open_difference)
COMPARE (compare_invoiced, invoiced_difference)

#define CLIENT { N_ ("Client"), 0, FALSE, format_client, compare_names }
#define DESTINATION { N_ ("Destination"), 0, FALSE, format_destination, compare_names }
#define COUNTS { N_ ("Calls"), 72, TRUE, format_calls, compare_calls }, { N_ ("Changed"), 84, TRUE, format_changed, compare_changed }
#define FIGURES                                                                                                                                \
  { N_ ("Before"), 124, TRUE, format_before, compare_before }, { N_ ("After"), 124, TRUE, format_after, compare_after },                        \
      { N_ ("Difference, Open"), 140, TRUE, format_open, compare_open },                                                                        \
      { N_ ("Difference, Invoiced"), 156, TRUE, format_invoiced, compare_invoiced }
#define SUPPOSED                                                                                                                               \
  { N_ ("Now"), 100, TRUE, format_before, compare_before }, { N_ ("Then"), 100, TRUE, format_after, compare_after },                            \
      { N_ ("Difference"), 108, TRUE, format_difference, compare_difference }

/* Costs have six decimals. */
#define TAKEN                                                                                                                                  \
  { N_ ("Before"), 140, TRUE, format_before, compare_before }, { N_ ("After"), 140, TRUE, format_after, compare_after },                        \
      { N_ ("Difference"), 140, TRUE, format_difference, compare_difference }

const TbColumn tb_cost_columns[] = { CLIENT, COUNTS, TAKEN };
const guint tb_cost_n_columns = G_N_ELEMENTS (tb_cost_columns);

const TbColumn tb_rerating_client_columns[] = { CLIENT, COUNTS, FIGURES };
const TbColumn tb_rerating_destination_columns[] = { DESTINATION, COUNTS, FIGURES };
const guint tb_rerating_n_columns = G_N_ELEMENTS (tb_rerating_client_columns);

const TbColumn tb_what_if_client_columns[] = { CLIENT, COUNTS, SUPPOSED };
const TbColumn tb_what_if_destination_columns[] = { DESTINATION, COUNTS, SUPPOSED };
const guint tb_what_if_n_columns = G_N_ELEMENTS (tb_what_if_client_columns);
