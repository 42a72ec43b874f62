/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-pass.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-correction-store.h"
#include "tb-error.h"
#include "tb-rating-groups.h"

#define REPORT_EVERY 8192

typedef struct
{
  TbStore *store;
  const TbSetup *setup;
  TbRating *rating;
  const TbRatingScope *scope;
  gint64 to; /* of the scope; G_MAXINT64 = open */
  gint64 moved; /* from when on included minutes may be shared out otherwise, because calls left their place; G_MAXINT64 = nowhere */
  const TbRatingVisitor *visitor;
  GHashTable *corrected; /* id of an invoiced call → TbCorrectedCall; NULL = none */
  GHashTable *services; /* ids that are asked for; NULL = all; borrowed */
  GHashTable *reached;  /* ids of the tenants where they may have calls; NULL = all */
  TbJob *job;
  TbRatingMemory memory; /* of the group at hand */
  gboolean measuring;    /* its calls are only counted, for tiers that depend on the whole period */
  guint n;
  double done;
} Pass;

/* One tenant of a group, with the call at hand. */
typedef struct
{
  TbCallCursor *cursor;
  TbRatingTenant *tenant;
  guint32 id; /* of the stored tenant */
  const TbCall *call;
  const TbRatedCall *rated;
  guint32 invoice;
} Lane;

/* ---- the scope ---- */

static gboolean
fits (const TbSetup *setup, const TbService *service, const TbRatingScope *scope)
{
  const TbPackage *package = tb_setup_find_package (setup, service->package);

  return (scope->client == NULL || g_strcmp0 (service->client, scope->client) == 0)
         && (scope->tariff == NULL || (package != NULL && g_strcmp0 (package->tariff, scope->tariff) == 0));
}

gboolean
tb_rating_scope_list_services (const TbRatingScope *self, const TbSetup *setup, GHashTable **ret, GError **error)
{
  *ret = NULL;
  if (self->client == NULL && self->tariff == NULL)
    return TRUE;
  if (self->client != NULL && tb_setup_find_client (setup, self->client) == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), self->client);
  else if (self->tariff != NULL && tb_setup_find_tariff (setup, self->tariff) == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no tariff “%s”."), self->tariff);
  else
    {
      *ret = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < setup->services->len; i++)
        if (fits (setup, setup->services->pdata[i], self))
          g_hash_table_add (*ret, GUINT_TO_POINTER (((TbService *) setup->services->pdata[i])->id));
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_asked (const Pass *pass, const TbCall *call, const TbRatedCall *before, const TbRatedCall *after)
{
  gboolean missing = tb_call_status_is_unrated (before->status) || before->status == TB_CALL_BLOCKED;
  gboolean fresh = before->status == TB_CALL_UNRATED || (tb_rated_call_lacks_exchange (before) && !tb_rated_call_lacks_exchange (after));

  if (call->start < pass->scope->from || call->start >= pass->to
      || !(pass->scope->again || fresh || (pass->scope->missing && missing)))
    return FALSE;
  return pass->services == NULL || g_hash_table_contains (pass->services, GUINT_TO_POINTER (before->service_id))
         || g_hash_table_contains (pass->services, GUINT_TO_POINTER (after->service_id));
}

/* ---- one call ---- */

/* Rated before, and its share of included minutes has changed, or its volume tier. Another pool may give as much as the one before and have
 * another fee. Without a link to others a call stays as it is until it is asked for. */
static gboolean
is_shifted (const TbRatingVisit *visit)
{
  const TbRatedCall *before = visit->before, *after = visit->after;

  return visit->pooled && before->status != TB_CALL_UNRATED
         && (before->free != after->free || before->billed != after->billed
             || ((visit->tiered || after->free > 0) && before->charge != after->charge));
}

gboolean
tb_rating_visit_is_due (const TbRatingVisit *self)
{
  return self->asked || is_shifted (self);
}

/* What the client pays for an invoiced call and has had of included minutes: as invoiced, and as corrected since. NULL = it does not fit. */
static const TbRatedCall *
as_corrected (const Pass *pass, const Lane *lane, TbRatedCall *buffer, GError **error)
{
  const TbCorrectedCall *correction
      = lane->invoice != 0 && pass->corrected != NULL ? g_hash_table_lookup (pass->corrected, &lane->call->id) : NULL;

  if (correction == NULL)
    return lane->rated;
  *buffer = *lane->rated;
  buffer->billed += correction->billed;
  buffer->free += correction->free;
  return tb_amount_add (buffer->charge, correction->amount, &buffer->charge, error) ? buffer : NULL;
}

static gboolean
visit_call (Pass *pass, TbRatingState *state, const Lane *lane, GError **error)
{
  TbRatedCall corrected, after;
  TbRatingVisit visit = { .call = lane->call, .before = as_corrected (pass, lane, &corrected, error), .after = &after, .invoice = lane->invoice };

  if (visit.before == NULL)
    return FALSE;
  if (lane->invoice != 0 && !pass->visitor->invoiced)
    {
      tb_rating_account (pass->rating, state, lane->tenant, lane->call, visit.before);
      return TRUE;
    }
  if (!tb_rating_rate (pass->rating, state, lane->tenant, lane->call, &after, error))
    return FALSE;
  if (pass->measuring)
    return TRUE;
  visit.asked = is_asked (pass, lane->call, visit.before, &after);
  visit.pooled = pass->memory != TB_RATING_MEMORY_NONE;
  visit.tiered = (pass->memory & TB_RATING_MEMORY_TIERS) != 0;
  return pass->visitor->visit (&visit, pass->visitor->data, error);
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

static void
lane_clear (gpointer data)
{
  g_clear_pointer (&((Lane *) data)->cursor, tb_call_cursor_free);
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
open_lanes (Pass *pass, GArray *lanes, gint64 start, GError **error)
{
  gint64 end = pass->memory != TB_RATING_MEMORY_NONE || pass->to == G_MAXINT64 ? 0 : pass->to;

  for (guint i = 0; i < lanes->len; i++)
    {
      Lane *lane = &g_array_index (lanes, Lane, i);

      lane_clear (lane);
      lane->cursor = tb_call_cursor_new (pass->store, lane->id, start, end, error);
      if (lane->cursor == NULL || !lane_next (lane, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_lanes (Pass *pass, GArray *lanes, TbRatingState *state, gint64 start, GError **error)
{
  Lane *lane;

  if (!open_lanes (pass, lanes, start, error))
    return FALSE;
  while ((lane = earliest_lane (lanes)) != NULL)
    {
      if (!visit_call (pass, state, lane, error) || !lane_next (lane, error))
        return FALSE;
      if (++pass->n % REPORT_EVERY == 0)
        {
          if (tb_job_is_cancelled (pass->job, error))
            return FALSE;
          tb_job_report (pass->job, pass->done, NULL);
        }
    }
  return TRUE;
}

/* "volume" tiers price the first call of a period by what all of them reach, so they are gone through twice. */
static gboolean
measure_lanes (Pass *pass, GArray *lanes, TbRatingState *state, gint64 start, GError **error)
{
  gboolean ok;

  if ((pass->memory & TB_RATING_MEMORY_TOTALS) == 0)
    return TRUE;
  pass->measuring = TRUE;
  ok = run_lanes (pass, lanes, state, start, error);
  pass->measuring = FALSE;
  tb_rating_state_set_measured (state);
  return ok;
}

static guint
connection_index (const TbSetup *setup, const char *name)
{
  for (guint i = 0; i < setup->connections->len; i++)
    if (strcmp (((TbConnection *) setup->connections->pdata[i])->name, name) == 0)
      return i;
  return G_MAXUINT - 1;
}

/* From where the calls of the group must be seen: the first one asked for, and before it what shares its pools. G_MAXINT64 = none is asked for. */
static gboolean
group_start (Pass *pass, GArray *lanes, gint64 *ret_start, GError **error)
{
  gint64 first = G_MAXINT64, start;

  for (guint i = 0; i < lanes->len; i++)
    {
      gint64 own;

      if (!tb_call_store_first (pass->store, g_array_index (lanes, Lane, i).id, pass->scope->from, pass->to,
                                !pass->scope->again && !pass->scope->missing, &own, error))
        return FALSE;
      first = MIN (first, own);
      if (tb_rating_tenant_get_memory (g_array_index (lanes, Lane, i).tenant) != TB_RATING_MEMORY_NONE)
        first = MIN (first, pass->moved);
    }
  start = first;
  for (guint i = 0; first != G_MAXINT64 && i < lanes->len; i++)
    start = MIN (start, tb_rating_replay_from (pass->rating, g_array_index (lanes, Lane, i).tenant, first));
  *ret_start = start;
  return TRUE;
}

static gboolean
run_group (Pass *pass, GPtrArray *group, GError **error)
{
  g_autoptr (GArray) lanes = g_array_new (FALSE, TRUE, sizeof (Lane));
  g_autoptr (TbRatingState) state = tb_rating_state_new (pass->rating);
  gint64 start;

  g_array_set_clear_func (lanes, lane_clear);
  pass->memory = TB_RATING_MEMORY_NONE;
  for (guint i = 0; i < group->len; i++)
    {
      const TbTenant *tenant = group->pdata[i];
      Lane lane = { .id = tenant->id };

      lane.tenant = tb_rating_get_tenant (pass->rating, connection_index (pass->setup, tenant->connection), tenant->name);
      pass->memory |= tb_rating_tenant_get_memory (lane.tenant);
      g_array_append_val (lanes, lane);
    }
  if (!group_start (pass, lanes, &start, error))
    return FALSE;
  if (start == G_MAXINT64)
    return TRUE;
  return measure_lanes (pass, lanes, state, start, error) && run_lanes (pass, lanes, state, start, error)
         && (pass->visitor->end_group == NULL || pass->visitor->end_group (pass->visitor->data, error));
}

/* ---- the whole ---- */

static gboolean
is_reached (const Pass *pass, GPtrArray *group)
{
  for (guint i = 0; pass->reached != NULL && i < group->len; i++)
    if (g_hash_table_contains (pass->reached, GUINT_TO_POINTER (((TbTenant *) group->pdata[i])->id)))
      return TRUE;
  return pass->reached == NULL;
}

static gboolean
run_groups (Pass *pass, GPtrArray *groups, GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      if (tb_job_is_cancelled (pass->job, error) || (is_reached (pass, groups->pdata[i]) && !run_group (pass, groups->pdata[i], error)))
        return FALSE;
      pass->done = (double) (i + 1) / groups->len;
      tb_job_report (pass->job, pass->done, NULL);
    }
  return TRUE;
}

gboolean
tb_rating_pass_run (TbStore *store, const TbSetup *setup, TbRating *rating, const TbRatingScope *scope, GHashTable *services,
                    const TbRatingVisitor *visitor, TbJob *job, GError **error)
{
  Pass pass = { .store = store, .setup = setup, .rating = rating, .scope = scope, .visitor = visitor, .services = services, .job = job };
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (GPtrArray) groups = tenants != NULL ? tb_rating_groups_new (setup, tenants) : NULL;
  g_autoptr (GHashTable) corrected = NULL, reached = NULL;

  pass.to = scope->to > 0 ? scope->to : G_MAXINT64;
  pass.moved = tb_call_store_get_moved (store);
  if (groups == NULL || !tb_correction_store_load_calls (store, &corrected, error))
    return FALSE;
  pass.corrected = corrected;
  if (services != NULL && (reached = tb_rating_groups_list_reached (store, setup, tenants, services, error)) == NULL)
    return FALSE;
  pass.reached = reached;
  return run_groups (&pass, groups, error);
}
