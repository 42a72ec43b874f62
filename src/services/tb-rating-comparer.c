/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-comparer.h"

#include <string.h>

struct _TbRatingComparer
{
  const TbSetup *setup;
  TbRatingComparison *result;
  GHashTable *clients; /* id → TbClient */
  GHashTable *rates;   /* id → TbRate, of the compared set-up */
  GHashTable *rows;    /* list, currency, client and destination → TbComparisonRow */
  GString *scratch;
};

static void
row_free (gpointer data)
{
  TbComparisonRow *row = data;

  g_free (row->client);
  g_free (row->key);
  g_free (row->name);
  g_free (row);
}

void
tb_rating_comparison_free (TbRatingComparison *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->destinations);
  g_ptr_array_unref (self->details);
  g_ptr_array_unref (self->costs);
  g_free (self);
}

/* ---- rows ---- */

/* Where a call is added: a list of the result, and what tells its rows apart besides the currency. */
typedef struct
{
  GPtrArray *list;
  const char *client; /* NULL = the list is not by client and destination */
  const char *key, *name;
} Place;

static TbComparisonRow *
find_row (TbRatingComparer *self, const Place *place, TbCurrency currency)
{
  TbComparisonRow *row;

  g_string_printf (self->scratch, "%p\n%s\n%s\n%s", (gpointer) place->list, tb_currency_to_string (currency),
                   place->client != NULL ? place->client : "", place->key);
  row = g_hash_table_lookup (self->rows, self->scratch->str);
  if (row != NULL)
    return row;
  row = g_new0 (TbComparisonRow, 1);
  row->client = g_strdup (place->client);
  row->key = g_strdup (place->key);
  row->name = g_strdup (place->name);
  row->currency = currency;
  g_hash_table_insert (self->rows, g_strdup (self->scratch->str), row);
  g_ptr_array_add (place->list, row);
  return row;
}

gboolean
tb_rating_visit_is_changed (const TbRatingVisit *self)
{
  const TbRatedCall *before = self->before, *after = self->after;

  return (self->invoice == 0 && before->status != after->status) || before->charge != after->charge || before->currency != after->currency;
}

/* The call's, else its client's: calls without a charge have no row of their own. */
static TbCurrency
currency_of (const TbRatingComparer *self, const TbRatingVisit *visit, const TbClient *client)
{
  if (visit->after->currency != TB_CURRENCY_NONE)
    return visit->after->currency;
  if (visit->before->currency != TB_CURRENCY_NONE)
    return visit->before->currency;
  if (client != NULL && client->currency != TB_CURRENCY_NONE)
    return client->currency;
  return self->setup->company != NULL ? self->setup->company->currency : TB_CURRENCY_NONE;
}

/* A charge in another currency than before is taken from one row and added to another. */
static gboolean
add_to_rows (TbRatingComparer *self, const Place *place, TbCurrency currency, const TbRatingVisit *visit, GError **error)
{
  const TbRatedCall *before = visit->before, *after = visit->after;
  TbComparisonRow *row = find_row (self, place, currency);
  TbComparisonRow *old = before->currency != TB_CURRENCY_NONE ? find_row (self, place, before->currency) : row;
  gboolean changed = tb_rating_visit_is_changed (visit);
  TbAmount *gained = visit->invoice != 0 ? &row->invoiced_difference : &row->open_difference;
  TbAmount *lost = visit->invoice != 0 ? &old->invoiced_difference : &old->open_difference;

  row->calls++;
  row->changed += changed;
  row->invoiced += changed && visit->invoice != 0;
  return tb_amount_add (old->before, before->charge, &old->before, error) && tb_amount_add (row->after, after->charge, &row->after, error)
         && tb_amount_add (*gained, after->charge, gained, error) && tb_amount_subtract (*lost, before->charge, lost, error);
}

/* Costs are nobody's bill: an invoice does not hold them, and calls that no provider takes anything for have none. */
static gboolean
add_cost (TbRatingComparer *self, const Place *place, const TbRatingVisit *visit, GError **error)
{
  const TbRatedCall *before = visit->before, *after = visit->after;
  TbCurrency now = after->cost_currency != TB_CURRENCY_NONE ? after->cost_currency : before->cost_currency;
  TbComparisonRow *row, *old;

  if (now == TB_CURRENCY_NONE)
    return TRUE;
  row = find_row (self, place, now);
  old = before->cost_currency != TB_CURRENCY_NONE ? find_row (self, place, before->cost_currency) : row;
  row->calls++;
  row->changed += before->cost != after->cost || before->cost_currency != after->cost_currency;
  return tb_amount_add (old->before, before->cost, &old->before, error) && tb_amount_add (row->after, after->cost, &row->after, error);
}

static const char *
destination_of (TbRatingComparer *self, const TbRatingVisit *visit)
{
  const TbRate *rate = g_hash_table_lookup (self->rates, GUINT_TO_POINTER (visit->after->rate_id));

  if (rate == NULL)
    rate = g_hash_table_lookup (self->rates, GUINT_TO_POINTER (visit->before->rate_id));
  return rate != NULL && rate->description != NULL ? rate->description : "";
}

/* ---- the whole ---- */

static void
index_rates (GHashTable *index, GPtrArray *rates)
{
  for (guint i = 0; rates != NULL && i < rates->len; i++)
    g_hash_table_insert (index, GUINT_TO_POINTER (((TbRate *) rates->pdata[i])->id), rates->pdata[i]);
}

static void
index_setup (TbRatingComparer *self)
{
  const TbSetup *setup = self->setup;

  for (guint i = 0; i < setup->tariffs->len; i++)
    index_rates (self->rates, ((TbTariff *) setup->tariffs->pdata[i])->rates);
  for (guint i = 0; i < setup->packages->len; i++)
    index_rates (self->rates, ((TbPackage *) setup->packages->pdata[i])->custom_rates);
  for (guint i = 0; i < setup->clients->len; i++)
    {
      TbClient *client = setup->clients->pdata[i];

      index_rates (self->rates, client->custom_rates);
      g_hash_table_insert (self->clients, GUINT_TO_POINTER (client->id), client);
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const TbComparisonRow *x = *(TbComparisonRow *const *) a, *y = *(TbComparisonRow *const *) b;
  TbAmount dx = ABS (x->difference), dy = ABS (y->difference);

  return dx != dy ? (dx < dy) - (dx > dy) : strcmp (x->key, y->key);
}

static gboolean
finish_rows (GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      TbComparisonRow *row = rows->pdata[i];

      if (!tb_amount_subtract (row->after, row->before, &row->difference, error))
        return FALSE;
    }
  g_ptr_array_sort (rows, compare_rows);
  return TRUE;
}

TbRatingComparer *
tb_rating_comparer_new (const TbSetup *setup)
{
  TbRatingComparer *self = g_new0 (TbRatingComparer, 1);

  self->setup = setup;
  self->result = g_new0 (TbRatingComparison, 1);
  self->result->clients = g_ptr_array_new_with_free_func (row_free);
  self->result->destinations = g_ptr_array_new_with_free_func (row_free);
  self->result->details = g_ptr_array_new_with_free_func (row_free);
  self->result->costs = g_ptr_array_new_with_free_func (row_free);
  self->clients = g_hash_table_new (NULL, NULL);
  self->rates = g_hash_table_new (NULL, NULL);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scratch = g_string_new (NULL);
  index_setup (self);
  return self;
}

void
tb_rating_comparer_free (TbRatingComparer *self)
{
  if (self == NULL)
    return;
  tb_rating_comparison_free (self->result);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->rates);
  g_hash_table_unref (self->rows);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

gboolean
tb_rating_comparer_add (TbRatingComparer *self, const TbRatingVisit *visit, GError **error)
{
  TbRatingComparison *result = self->result;
  guint32 client_id = visit->after->client_id != 0 ? visit->after->client_id : visit->before->client_id;
  const TbClient *client = g_hash_table_lookup (self->clients, GUINT_TO_POINTER (client_id));
  const char *key = client != NULL ? client->key : "", *destination = destination_of (self, visit);
  const Place places[] = { { result->clients, NULL, key, client != NULL ? client->name : "" },
                           { result->destinations, NULL, destination, destination },
                           { result->details, key, destination, destination } };
  const Place cost = { result->costs, NULL, key, client != NULL ? client->name : "" };
  TbCurrency currency = currency_of (self, visit, client);

  result->calls++;
  result->changed += tb_rating_visit_is_changed (visit);
  result->unrated_before += tb_call_status_is_unrated (visit->before->status);
  result->unrated_after += tb_call_status_is_unrated (visit->after->status);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (!add_to_rows (self, &places[i], currency, visit, error))
      return FALSE;
  return add_cost (self, &cost, visit, error);
}

TbRatingComparison *
tb_rating_comparer_finish (TbRatingComparer *self, GError **error)
{
  TbRatingComparison *result = self->result;

  if (!finish_rows (result->clients, error) || !finish_rows (result->destinations, error) || !finish_rows (result->details, error)
      || !finish_rows (result->costs, error))
    return NULL;
  return g_steal_pointer (&self->result);
}
