/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-money.h"
#include "tb-rating-groups.h"
#include "tb-setup-store.h"

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
  TbSetup *setup;
  TbRating *rating;
  gint64 from, to; /* to G_MAXINT64 = open */
  gboolean again;
  TbJob *job;
  TbRatingCounts *counts;
  TbRatedWriter *writer;
  GArray *results;
  GStringChunk *callees;
  guint since_commit;
  double done, share; /* progress */
} Run;

/* One tenant of a group, with the call at hand. */
typedef struct
{
  TbCallCursor *cursor;
  TbRatingTenant *tenant;
  const TbCall *call;
  const TbRatedCall *rated;
  guint32 invoice;
} Lane;

/* ---- writing ---- */

static gboolean
flush (Run *run, GError **error)
{
  if (run->results->len > 0 && !tb_db_in_transaction (tb_store_get_db (run->store)) && !tb_store_begin (run->store, error))
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
  if (run->since_commit < COMMIT_EVERY)
    return TRUE;
  run->since_commit = 0;
  return tb_store_commit (run->store, error);
}

static gboolean
put (Run *run, const TbCall *call, const TbRatedCall *rated, GError **error)
{
  Result result = { call->id, g_string_chunk_insert (run->callees, call->callee), *rated };

  g_array_append_val (run->results, result);
  return run->results->len < BUFFERED || flush (run, error);
}

/* ---- one call ---- */

static gboolean
same_result (Run *run, const TbRatedCall *old, const TbRatedCall *new)
{
  return old->status == new->status && old->source == new->source && old->rule == new->rule && old->service_id == new->service_id
         && old->client_id == new->client_id && old->rate_id == new->rate_id && old->cost_rate_id == new->cost_rate_id
         && strcmp (old->number, new->number) == 0 && old->billed == new->billed && old->free == new->free && old->charge == new->charge
         && old->cost == new->cost && old->currency == new->currency && old->cost_currency == new->cost_currency;
}

static gboolean
count (Run *run, const TbRatedCall *old, const TbRatedCall *rated, GError **error)
{
  TbMoney charge = { rated->charge, rated->currency };

  run->counts->statuses[rated->status]++;
  run->counts->rated++;
  run->counts->changed += old->status != TB_CALL_UNRATED && !same_result (run, old, rated);
  if (rated->currency == TB_CURRENCY_NONE)
    return TRUE;
  for (guint i = 0; i < run->counts->charges->len; i++)
    {
      TbMoney *sum = &g_array_index (run->counts->charges, TbMoney, i);

      if (sum->currency == charge.currency)
        return tb_money_add (*sum, charge, sum, error);
    }
  g_array_append_val (run->counts->charges, charge);
  return TRUE;
}

/* A call that was rated before is rated again when asked to, or when its share of included minutes has changed. */
static gboolean
rate_call (Run *run, TbRatingState *state, const Lane *lane, GError **error)
{
  const TbCall *call = lane->call;
  const TbRatedCall *old = lane->rated;
  gboolean asked = call->start >= run->from && call->start < run->to && (run->again || old->status == TB_CALL_UNRATED);
  TbRatedCall rated;

  if (lane->invoice != 0)
    {
      tb_rating_account (run->rating, state, lane->tenant, call, old);
      return TRUE;
    }
  if (!tb_rating_rate (run->rating, state, lane->tenant, call, &rated, error))
    return FALSE;
  if (!asked && (old->status == TB_CALL_UNRATED || (old->free == rated.free && old->billed == rated.billed)))
    return TRUE;
  return count (run, old, &rated, error) && put (run, call, &rated, error);
}

/* ---- one group of tenants ---- */

static gboolean
lane_next (Lane *lane, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (tb_call_cursor_next (lane->cursor, &lane->call, &lane->rated, &lane->invoice, &failure))
    return TRUE;
  lane->call = NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static Lane *
earliest_lane (GArray *lanes)
{
  Lane *best = NULL;

  for (guint i = 0; i < lanes->len; i++)
    {
      Lane *lane = &g_array_index (lanes, Lane, i);

      if (lane->call != NULL
          && (best == NULL || lane->call->start < best->call->start
              || (lane->call->start == best->call->start && strcmp (lane->call->uid, best->call->uid) < 0)))
        best = lane;
    }
  return best;
}

static gboolean
run_lanes (Run *run, GArray *lanes, GError **error)
{
  g_autoptr (TbRatingState) state = tb_rating_state_new (run->rating);
  guint n = 0;
  Lane *lane;

  for (guint i = 0; i < lanes->len; i++)
    if (!lane_next (&g_array_index (lanes, Lane, i), error))
      return FALSE;
  while ((lane = earliest_lane (lanes)) != NULL)
    {
      if (!rate_call (run, state, lane, error) || !lane_next (lane, error))
        return FALSE;
      if (++n % 8192 == 0)
        {
          if (tb_job_is_cancelled (run->job, error))
            return FALSE;
          tb_job_report (run->job, run->done, NULL);
        }
    }
  return flush (run, error);
}

static void
lane_clear (gpointer data)
{
  g_clear_pointer (&((Lane *) data)->cursor, tb_call_cursor_free);
}

static guint
connection_index (const TbSetup *setup, const char *name)
{
  for (guint i = 0; i < setup->connections->len; i++)
    if (strcmp (((TbConnection *) setup->connections->pdata[i])->name, name) == 0)
      return i;
  return G_MAXUINT - 1;
}

/* From where the calls of the group must be seen: the first one asked for, and before it what shares its pools. */
static gboolean
group_start (Run *run, GPtrArray *group, GArray *lanes, gint64 *ret_start, gboolean *ret_pools, GError **error)
{
  gint64 first = G_MAXINT64, start;

  for (guint i = 0; i < group->len; i++)
    {
      gint64 own;

      if (!tb_call_store_first (run->store, ((TbTenant *) group->pdata[i])->id, run->from, run->to, !run->again, &own, error))
        return FALSE;
      first = MIN (first, own);
    }
  start = first;
  for (guint i = 0; first != G_MAXINT64 && i < lanes->len; i++)
    start = MIN (start, tb_rating_replay_from (run->rating, g_array_index (lanes, Lane, i).tenant, first));
  *ret_pools = FALSE;
  for (guint i = 0; i < lanes->len; i++)
    *ret_pools |= tb_rating_tenant_has_pools (g_array_index (lanes, Lane, i).tenant);
  *ret_start = start;
  return TRUE;
}

static gboolean
run_group (Run *run, GPtrArray *group, GError **error)
{
  g_autoptr (GArray) lanes = g_array_new (FALSE, TRUE, sizeof (Lane));
  gint64 start;
  gboolean pools;

  g_array_set_clear_func (lanes, lane_clear);
  for (guint i = 0; i < group->len; i++)
    {
      const TbTenant *tenant = group->pdata[i];
      Lane lane = { .tenant = tb_rating_get_tenant (run->rating, connection_index (run->setup, tenant->connection), tenant->name) };

      g_array_append_val (lanes, lane);
    }
  if (!group_start (run, group, lanes, &start, &pools, error))
    return FALSE;
  if (start == G_MAXINT64)
    return TRUE;
  for (guint i = 0; i < group->len; i++)
    {
      Lane *lane = &g_array_index (lanes, Lane, i);

      /* A late call moves included minutes of all calls after it, so with pools the end is open. */
      lane->cursor = tb_call_cursor_new (run->store, ((TbTenant *) group->pdata[i])->id, start, pools || run->to == G_MAXINT64 ? 0 : run->to, error);
      if (lane->cursor == NULL)
        return FALSE;
    }
  return run_lanes (run, lanes, error);
}

/* ---- the whole ---- */

static gboolean
run_groups (Run *run, GPtrArray *groups, GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      if (tb_job_is_cancelled (run->job, error) || !run_group (run, groups->pdata[i], error))
        return FALSE;
      run->done = (double) (i + 1) / groups->len;
      tb_job_report (run->job, run->done, NULL);
    }
  return !tb_db_in_transaction (tb_store_get_db (run->store)) || tb_store_commit (run->store, error);
}

void
tb_rating_counts_clear (TbRatingCounts *self)
{
  g_clear_pointer (&self->charges, g_array_unref);
}

gboolean
tb_rating_run (TbStore *store, gint64 from, gint64 to, gboolean again, TbRatingCounts *ret, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (TbRating) rating = setup == NULL ? NULL : tb_rating_new (setup, error);
  g_autoptr (GPtrArray) tenants = rating == NULL ? NULL : tb_tenant_store_list (store, error);
  g_autoptr (GPtrArray) groups = tenants == NULL ? NULL : tb_rating_groups_new (setup, tenants);
  g_autoptr (TbRatedWriter) writer = groups == NULL ? NULL : tb_rated_writer_new (store, rating, error);
  TbRatingCounts counts = { .charges = g_array_new (FALSE, FALSE, sizeof (TbMoney)) };
  Run run = { store, setup, rating, from, to > 0 ? to : G_MAXINT64, again, job, &counts, writer };
  gboolean ok;

  run.results = g_array_new (FALSE, FALSE, sizeof (Result));
  run.callees = g_string_chunk_new (65536);
  ok = writer != NULL && run_groups (&run, groups, error);
  if (!ok && tb_db_in_transaction (tb_store_get_db (store)))
    tb_store_rollback (store);
  g_array_unref (run.results);
  g_string_chunk_free (run.callees);
  if (ok)
    *ret = counts;
  else
    tb_rating_counts_clear (&counts);
  return ok;
}
