/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-run.h"

#include <string.h>

#include "tb-money.h"
#include "tb-setup-store.h"
#include "tb-unbilled-store.h"

/* Results wait here while the cursors read: writing between two reads would make the engine find its place again each time. */
#define BUFFERED 32768
#define COMMIT_EVERY 262144

typedef struct
{
  gint64 id;
  const char *callee; /* in `callees` */
  TbRatedCall rated;
} Result;

typedef struct
{
  TbStore *store;
  TbRatingCounts *counts;
  TbRatedWriter *writer;
  GArray *results;
  GStringChunk *callees;
  guint since_commit;
  gboolean pooled; /* the calls at hand share included minutes */
  gboolean joined; /* somebody else's transaction, to be committed there */
} Run;

/* ---- writing ---- */

static gboolean
mark_unbilled (Run *run, GError **error)
{
  g_autoptr (GHashTable) buckets = g_hash_table_new (NULL, NULL);
  gint64 last = -1;

  for (guint i = 0; i < run->results->len; i++)
    {
      gint64 bucket = tb_unbilled_bucket (g_array_index (run->results, Result, i).id);

      if (bucket != last)
        g_hash_table_add (buckets, GSIZE_TO_POINTER (bucket));
      last = bucket;
    }
  return tb_unbilled_store_mark_buckets (run->store, buckets, error);
}

static gboolean
flush (Run *run, GError **error)
{
  if (run->results->len > 0 && !tb_db_in_transaction (tb_store_get_db (run->store)) && !tb_store_begin (run->store, error))
    return FALSE;
  if (!mark_unbilled (run, error))
    return FALSE;
  for (guint i = 0; i < run->results->len; i++)
    {
      const Result *result = &g_array_index (run->results, Result, i);

      if (!tb_rated_writer_put (run->writer, result->id, result->callee, &result->rated, error))
        return FALSE;
    }
  run->since_commit += run->results->len;
  g_array_set_size (run->results, 0);
  g_string_chunk_clear (run->callees);
  return TRUE;
}

static gboolean
commit_if_many (Run *run, GError **error)
{
  if (run->joined || run->since_commit < COMMIT_EVERY)
    return TRUE;
  run->since_commit = 0;
  return tb_store_commit (run->store, error);
}

/* After a group; before its end only where calls do not depend on each other: a run that is killed between two calls of one pool would leave
 * the later ones with minutes that a late call has taken, and nothing that says so. */
static gboolean
end_group (gpointer data, GError **error)
{
  return flush (data, error) && commit_if_many (data, error);
}

static gboolean
put (Run *run, const TbCall *call, const TbRatedCall *rated, GError **error)
{
  Result result = { call->id, g_string_chunk_insert (run->callees, call->callee), *rated };

  g_array_append_val (run->results, result);
  return run->results->len < BUFFERED || (flush (run, error) && (run->pooled || commit_if_many (run, error)));
}

/* ---- one call ---- */

static gboolean
same_result (const TbRatedCall *old, const TbRatedCall *new)
{
  return old->status == new->status && old->source == new->source && old->rule == new->rule && old->service_id == new->service_id
         && old->client_id == new->client_id && old->rate_id == new->rate_id && old->cost_rate_id == new->cost_rate_id
         && strcmp (old->number, new->number) == 0 && old->billed == new->billed && old->free == new->free && old->charge == new->charge
         && old->cost == new->cost && old->currency == new->currency && old->cost_currency == new->cost_currency;
}

static gboolean
count (Run *run, const TbCall *call, const TbRatedCall *old, const TbRatedCall *rated, GError **error)
{
  TbMoney charge = { rated->charge, rated->currency };

  run->counts->first = MIN (run->counts->first, call->start);
  run->counts->last = MAX (run->counts->last, call->start);
  run->counts->statuses[rated->status]++;
  run->counts->rated++;
  run->counts->changed += old->status != TB_CALL_UNRATED && !same_result (old, rated);
  if (rated->currency == TB_CURRENCY_NONE)
    return TRUE;
  return tb_money_add_to (run->counts->charges, charge, error);
}

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  const TbRatedCall *before = visit->before, *after = visit->after;
  Run *run = data;

  run->pooled = visit->pooled;
  if (!tb_rating_visit_is_due (visit))
    return TRUE;
  return count (run, visit->call, before, after, error) && put (run, visit->call, after, error);
}

/* ---- the whole ---- */

void
tb_rating_counts_clear (TbRatingCounts *self)
{
  g_clear_pointer (&self->charges, g_array_unref);
}

/* A run over everything has shared out anew what calls left that moved away. */
static gboolean
settle_moved (TbStore *store, const TbRatingScope *scope, GError **error)
{
  return scope->from > 0 || scope->to > 0 || scope->client != NULL || scope->tariff != NULL || tb_call_store_get_moved (store) == G_MAXINT64
         || tb_call_store_set_moved (store, G_MAXINT64, error);
}

static gboolean
run_pass (Run *run, const TbSetup *setup, TbRating *rating, const TbRatingScope *scope, TbJob *job, GError **error)
{
  const TbRatingVisitor visitor = { .visit = visit, .end_group = end_group, .data = run };
  TbDb *db = tb_store_get_db (run->store);
  g_autoptr (GHashTable) services = NULL;

  run->results = g_array_new (FALSE, FALSE, sizeof (Result));
  run->callees = g_string_chunk_new (65536);
  run->joined = tb_db_in_transaction (db);
  if (tb_rating_scope_list_services (scope, setup, &services, error)
      && tb_rating_pass_run (run->store, setup, rating, scope, services, &visitor, job, error) && settle_moved (run->store, scope, error)
      && (run->joined || !tb_db_in_transaction (db) || tb_store_commit (run->store, error)) && tb_unbilled_store_settle (run->store, job, error))
    return TRUE;
  if (!run->joined && tb_db_in_transaction (db))
    tb_store_rollback (run->store);
  return FALSE;
}

gboolean
tb_rating_run_scope (TbStore *store, const TbRatingScope *scope, TbRatingCounts *ret, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_TO_RATE, error);
  g_autoptr (TbRating) rating = setup != NULL ? tb_rating_new (setup, error) : NULL;
  g_autoptr (TbRatedWriter) writer = rating != NULL ? tb_rated_writer_new (store, rating, error) : NULL;
  TbRatingCounts counts = { .charges = g_array_new (FALSE, FALSE, sizeof (TbMoney)), .first = G_MAXINT64, .last = G_MININT64 };
  Run run = { .store = store, .counts = &counts, .writer = writer };
  gboolean ok = writer != NULL && run_pass (&run, setup, rating, scope, job, error);

  g_clear_pointer (&run.results, g_array_unref);
  g_clear_pointer (&run.callees, g_string_chunk_free);
  if (ok)
    *ret = counts;
  else
    tb_rating_counts_clear (&counts);
  return ok;
}

gboolean
tb_rating_run (TbStore *store, gint64 from, gint64 to, gboolean again, TbRatingCounts *ret, TbJob *job, GError **error)
{
  const TbRatingScope scope = { .from = from, .to = to, .again = again };

  return tb_rating_run_scope (store, &scope, ret, job, error);
}
