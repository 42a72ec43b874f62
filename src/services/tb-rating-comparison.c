/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-comparison.h"

#include <string.h>

#include "tb-setup-store.h"
#include "tb-what-if.h"

typedef struct
{
  const TbSetup *setup;
  TbRatingComparison *result;
  GHashTable *clients;      /* id → TbClient */
  GHashTable *rates;        /* id → TbRate, of the compared set-up */
  GHashTable *client_rows;  /* "currency\nkey" → TbComparisonRow */
  GHashTable *destination_rows;
  GString *scratch;
} Comparison;

static void
row_free (gpointer data)
{
  TbComparisonRow *row = data;

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
  g_free (self);
}

/* ---- rows ---- */

static TbComparisonRow *
find_row (Comparison *self, GHashTable *index, GPtrArray *rows, const char *key, const char *name, TbCurrency currency)
{
  TbComparisonRow *row;

  g_string_printf (self->scratch, "%s\n%s", tb_currency_to_string (currency), key);
  row = g_hash_table_lookup (index, self->scratch->str);
  if (row != NULL)
    return row;
  row = g_new0 (TbComparisonRow, 1);
  row->key = g_strdup (key);
  row->name = g_strdup (name);
  row->currency = currency;
  g_hash_table_insert (index, g_strdup (self->scratch->str), row);
  g_ptr_array_add (rows, row);
  return row;
}

static gboolean
is_changed (const TbRatedCall *before, const TbRatedCall *after)
{
  return before->status != after->status || before->charge != after->charge || before->currency != after->currency;
}

/* The call's, else its client's: calls without a charge have no row of their own. */
static TbCurrency
currency_of (const Comparison *self, const TbRatingVisit *visit, const TbClient *client)
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
add_to_rows (Comparison *self, GHashTable *index, GPtrArray *rows, const char *key, const char *name, TbCurrency currency, const TbRatingVisit *visit,
             GError **error)
{
  const TbRatedCall *before = visit->before, *after = visit->after;
  TbComparisonRow *row = find_row (self, index, rows, key, name, currency);
  TbComparisonRow *old = before->currency != TB_CURRENCY_NONE ? find_row (self, index, rows, key, name, before->currency) : row;
  gboolean changed = is_changed (before, after);

  row->calls++;
  row->changed += changed;
  row->invoiced += changed && visit->invoice != 0;
  if (!tb_amount_add (old->before, before->charge, &old->before, error) || !tb_amount_add (row->after, after->charge, &row->after, error))
    return FALSE;
  return visit->invoice == 0
         || (tb_amount_add (row->invoiced_difference, after->charge, &row->invoiced_difference, error)
             && tb_amount_subtract (old->invoiced_difference, before->charge, &old->invoiced_difference, error));
}

static const char *
destination_of (Comparison *self, const TbRatingVisit *visit)
{
  const TbRate *rate = g_hash_table_lookup (self->rates, GUINT_TO_POINTER (visit->after->rate_id));

  if (rate == NULL)
    rate = g_hash_table_lookup (self->rates, GUINT_TO_POINTER (visit->before->rate_id));
  return rate != NULL && rate->description != NULL ? rate->description : "";
}

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  Comparison *self = data;
  TbRatingComparison *result = self->result;
  guint32 client_id = visit->after->client_id != 0 ? visit->after->client_id : visit->before->client_id;
  const TbClient *client = g_hash_table_lookup (self->clients, GUINT_TO_POINTER (client_id));
  const char *destination = destination_of (self, visit);
  TbCurrency currency = currency_of (self, visit, client);

  if (!visit->asked && !is_changed (visit->before, visit->after))
    return TRUE;
  result->calls++;
  result->changed += is_changed (visit->before, visit->after);
  result->unrated_before += tb_call_status_is_unrated (visit->before->status);
  result->unrated_after += tb_call_status_is_unrated (visit->after->status);
  return add_to_rows (self, self->client_rows, result->clients, client != NULL ? client->key : "", client != NULL ? client->name : "", currency, visit,
                      error)
         && add_to_rows (self, self->destination_rows, result->destinations, destination, destination, currency, visit, error);
}

/* ---- the whole ---- */

static void
index_rates (GHashTable *index, GPtrArray *rates)
{
  for (guint i = 0; rates != NULL && i < rates->len; i++)
    g_hash_table_insert (index, GUINT_TO_POINTER (((TbRate *) rates->pdata[i])->id), rates->pdata[i]);
}

static void
index_setup (Comparison *self)
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

static gboolean
run (Comparison *self, TbStore *store, TbRating *rating, const TbRatingScope *scope, GHashTable *services, TbJob *job, GError **error)
{
  const TbRatingVisitor visitor = { .visit = visit, .data = self, .invoiced = TRUE };
  TbRatingScope all = *scope;

  all.again = TRUE;
  return tb_rating_pass_run (store, self->setup, rating, &all, services, &visitor, job, error) && finish_rows (self->result->clients, error)
         && finish_rows (self->result->destinations, error);
}

TbRatingComparison *
tb_rating_compare (TbStore *store, const TbRatingScope *scope, const TbWhatIf *what_if, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (GHashTable) services = NULL;
  gboolean known = setup != NULL && tb_rating_scope_list_services (scope, setup, &services, error);
  g_autoptr (TbRating) rating = known && tb_what_if_apply (setup, services, what_if, error) ? tb_rating_new (setup, error) : NULL;
  g_autoptr (TbRatingComparison) result = g_new0 (TbRatingComparison, 1);
  Comparison self = { .setup = setup, .result = result };
  gboolean ok;

  result->clients = g_ptr_array_new_with_free_func (row_free);
  result->destinations = g_ptr_array_new_with_free_func (row_free);
  if (rating == NULL)
    return NULL;
  self.clients = g_hash_table_new (NULL, NULL);
  self.rates = g_hash_table_new (NULL, NULL);
  self.client_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.destination_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.scratch = g_string_new (NULL);
  index_setup (&self);
  ok = run (&self, store, rating, scope, services, job, error);
  g_hash_table_unref (self.clients);
  g_hash_table_unref (self.rates);
  g_hash_table_unref (self.client_rows);
  g_hash_table_unref (self.destination_rows);
  g_string_free (self.scratch, TRUE);
  return ok ? g_steal_pointer (&result) : NULL;
}
