/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-rating-private.h"

/* ---- step 6: the rate ---- */

const TbRateEntry *
tb_work_find (TbWork *self, const TbRateBook *book)
{
  if (self->asked != book)
    {
      self->found = tb_rate_book_find_entry (book, self->number, self->call->start);
      self->asked = book;
    }
  return self->found;
}

static const TbRateEntry *
ask_custom (TbWork *work, const TbRateEntry *base)
{
  const TbPlan *plan = work->candidate->plan;
  TbCustomMatch match = plan->package->custom_match;
  const TbRateEntry *entry = tb_work_find (work, plan->custom);

  if (entry != NULL
      && ((match == TB_CUSTOM_MATCH_EXACT && entry->length != strlen (work->number))
          || (match == TB_CUSTOM_MATCH_LONGEST && base != NULL && base->length > entry->length)))
    return NULL;
  return entry;
}

/* The package's flat rate, else its tariff. */
static const TbRateEntry *
ask_base (TbWork *work, TbRateSource *ret_source)
{
  const TbPlan *plan = work->candidate->plan;
  const TbRateEntry *entry = plan->flat != NULL ? tb_work_find (work, plan->flat) : NULL;

  *ret_source = entry != NULL ? TB_RATE_SOURCE_FLAT : TB_RATE_SOURCE_TARIFF;
  return entry != NULL || plan->tariff == NULL ? entry : tb_work_find (work, plan->tariff->book);
}

static const TbRateEntry *
pick_rate (TbWork *work, TbRateSource *ret_source)
{
  const TbPlan *plan = work->candidate->plan;
  const TbRateEntry *entry = NULL, *base;

  if (work->inbound)
    {
      *ret_source = TB_RATE_SOURCE_INBOUND;
      return plan->inbound.rate != NULL ? &plan->inbound : NULL;
    }
  if (work->candidate->client_rates != NULL)
    entry = tb_work_find (work, work->candidate->client_rates);
  if (entry != NULL)
    {
      *ret_source = TB_RATE_SOURCE_CLIENT;
      return entry;
    }

  base = ask_base (work, ret_source);
  if (!tb_rate_book_is_empty (plan->custom) && (entry = ask_custom (work, base)) != NULL)
    {
      *ret_source = TB_RATE_SOURCE_CUSTOM;
      return entry;
    }
  return base;
}

/* ---- steps 3 and 5: filters ---- */

static gboolean
filter_matches (const TbWork *work, const TbCompiledFilter *filter, const char *description)
{
  const TbCall *call = work->call;
  char caller[TB_E164_BUFFER];
  TbNumberRule rule;

  if (filter->connection != G_MAXUINT && filter->connection != work->connection)
    return FALSE;
  switch (filter->rule->match)
    {
    case TB_FILTER_ON_DESTINATION:
      return tb_pattern_matches (filter->pattern, call->callee, work->number, call, work->internal);
    case TB_FILTER_ON_SOURCE:
      tb_number_plan_normalise (&work->candidate->plan->package->number_plan, call->caller, -1, caller, &rule);
      return tb_pattern_matches (filter->pattern, call->caller, caller, call, work->internal);
    case TB_FILTER_ON_DIRECTION:
      return tb_pattern_matches (filter->pattern, work->internal ? "local" : tb_direction_to_string (call->direction), NULL, call,
                                 work->internal);
    case TB_FILTER_ON_DESCRIPTION:
    default:
      return tb_pattern_matches (filter->pattern, description, NULL, call, work->internal);
    }
}

/* Rules for all packages are asked before the package's own. What a rule on the description looks at is that of the call's rate, whether the
 * call will be billed by it or not. */
static const TbFilter *
find_filter (TbWork *work, TbFilterAction action, gboolean *ret_own)
{
  const GArray *lists[] = { work->rating->filters, work->candidate->plan->filters };
  const char *description = NULL;
  TbRateSource source;

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < lists[list]->len; i++)
      {
        const TbCompiledFilter *filter = &g_array_index (lists[list], TbCompiledFilter, i);

        if (filter->rule->action != action)
          continue;
        if (filter->rule->match == TB_FILTER_ON_DESCRIPTION && description == NULL)
          {
            const TbRateEntry *entry = work->inbound || *work->number != '\0' ? pick_rate (work, &source) : NULL;

            description = entry != NULL && entry->rate->description != NULL ? entry->rate->description : "";
          }
        if (filter_matches (work, filter, description))
          {
            *ret_own = list > 0;
            return filter->rule;
          }
      }
  return NULL;
}

/* Whether any rule might do that. */
static inline gboolean
may_filter (const TbWork *work, TbFilterAction action)
{
  return (work->candidate->plan->actions & 1u << action) != 0;
}

static inline gboolean
filtered (TbWork *work, TbFilterAction action)
{
  gboolean own;

  return may_filter (work, action) && find_filter (work, action, &own) != NULL;
}

/* ---- the order of work ---- */

static gboolean
rate_sold (TbWork *work, TbRatedCall *ret, GError **error)
{
  TbRateSource source = TB_RATE_SOURCE_NONE;
  const TbRateEntry *entry;

  if (filtered (work, TB_FILTER_EXCLUDE))
    ret->status = TB_CALL_EXCLUDED;
  else if (*work->number == '\0' && !work->inbound)
    ret->status = TB_CALL_BAD_NUMBER;
  else if ((entry = pick_rate (work, &source)) == NULL)
    ret->status = TB_CALL_NO_RATE;
  else if ((entry->flags & TB_RATE_ENTRY_BLOCKED) != 0 || (source == TB_RATE_SOURCE_TARIFF && work->candidate->unexchanged))
    {
      ret->status = (entry->flags & TB_RATE_ENTRY_BLOCKED) != 0 ? TB_CALL_BLOCKED : TB_CALL_NO_RATE;
      ret->rate_id = entry->id;
      ret->source = source;
    }
  else
    return tb_rating_sell (work, entry, source, ret, error);
  return TRUE;
}

/* What a call costs nothing for, whatever was dialled; UNRATED when that decides. */
static inline TbCallStatus
free_status (const TbWork *work)
{
  const TbPackage *package = work->candidate->plan->package;

  if (work->call->seconds <= 0)
    return TB_CALL_UNANSWERED;
  if (work->inbound && !package->bill_inbound)
    return TB_CALL_INBOUND_FREE;
  return work->internal && !package->bill_internal ? TB_CALL_INTERNAL : TB_CALL_UNRATED;
}

/* The carrier takes its money for every answered call that left the house, whatever we make of it. */
static gboolean
buy (TbWork *work, TbRatedCall *ret, GError **error)
{
  if (work->call->seconds <= 0 || work->inbound || work->internal || *work->number == '\0' || work->candidate->cost == NULL)
    return TRUE;
  tb_rating_use_day (work->rating, work->candidate, work->day);
  return tb_rating_buy (work, ret, error);
}

static void
normalise (TbWork *work, char number[TB_E164_BUFFER], TbNumberRule *ret_rule)
{
  tb_number_plan_normalise (&work->candidate->plan->package->number_plan, work->call->callee, -1, number, ret_rule);
  work->number = number;
}

/* A number is only kept with what is sold. */
static gboolean
suppress (TbWork *work, TbRatedCall *ret, GError **error)
{
  gboolean ok;

  ret->status = TB_CALL_SUPPRESSED;
  ok = buy (work, ret, error);
  ret->number[0] = '\0';
  ret->rule = TB_NUMBER_RULE_NONE;
  return ok;
}

static gboolean
rate_work (TbWork *work, TbRatedCall *ret, GError **error)
{
  TbCallStatus free = free_status (work);

  ret->service_id = work->candidate->service->id;
  ret->client_id = work->candidate->client != NULL ? work->candidate->client->id : 0;
  if (free == TB_CALL_UNRATED || may_filter (work, TB_FILTER_SUPPRESS))
    {
      normalise (work, ret->number, &ret->rule);
      if (filtered (work, TB_FILTER_SUPPRESS))
        return suppress (work, ret, error);
      if (free == TB_CALL_UNRATED)
        {
          tb_rating_use_day (work->rating, work->candidate, work->day);
          return rate_sold (work, ret, error) && buy (work, ret, error);
        }
      ret->number[0] = '\0';
      ret->rule = TB_NUMBER_RULE_NONE;
    }
  ret->status = free;
  return TRUE;
}

/* In the company's zone. */
static inline TbDay
day_at (TbRating *rating, gint64 time)
{
  if (time < rating->today.from || time >= rating->today.to)
    rating->today.day = tb_zone_day_around (rating->zone, time, &rating->today.from, &rating->today.to);
  return rating->today.day;
}

/* Whose call it is and of which kind; FALSE with *ret_status when it is nobody's. */
static gboolean
work_init (TbWork *self, TbRating *rating, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, TbCallStatus *ret_status)
{
  *self = (TbWork){ rating, state, NULL, call };
  self->connection = tenant->connection;
  self->day = day_at (rating, call->start);
  self->candidate = tb_rating_find_service (tenant, call, self->day, ret_status);
  if (self->candidate == NULL)
    return FALSE;
  self->inbound = call->direction == TB_DIRECTION_INBOUND;
  self->internal = tb_rating_is_internal (tenant, call);
  return TRUE;
}

gboolean
tb_rating_rate (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, TbRatedCall *ret, GError **error)
{
  TbWork work;

  tb_rated_call_init (ret);
  if (!work_init (&work, self, state, tenant, call, &ret->status) || rate_work (&work, ret, error))
    return TRUE;
  g_prefix_error (error, _("call %s: "), call->uid);
  return FALSE;
}

/* The rule alone, for who asks after the call was rated. */
static const TbFilter *
ask_filter (TbWork *work, TbFilterAction action, const TbPackage **ret_package)
{
  char number[TB_E164_BUFFER];
  const TbFilter *filter;
  TbNumberRule rule;
  gboolean own;

  if (!may_filter (work, action))
    return NULL;
  normalise (work, number, &rule);
  filter = find_filter (work, action, &own);
  if (filter != NULL)
    *ret_package = own ? work->candidate->plan->package : NULL;
  return filter;
}

const TbFilter *
tb_rating_find_filter (TbRating *self, TbRatingTenant *tenant, const TbCall *call, TbFilterAction action, const TbPackage **ret_package)
{
  TbCallStatus status;
  TbWork work;

  return work_init (&work, self, NULL, tenant, call, &status) ? ask_filter (&work, action, ret_package) : NULL;
}

static void
account (TbRatingState *state, TbCandidate *candidate, gint64 start, const TbRatedCall *rated)
{
  TbDay day = tb_zone_day_at (state->rating->zone, start);
  TbPoolCall asked_for = { rated->number, rated->source == TB_RATE_SOURCE_INBOUND, start };
  gint64 want = rated->free;
  guint64 asked = 0;
  int pool;

  while (want > 0 && (pool = tb_rating_next_pool (candidate, &asked_for, &asked)) >= 0)
    want -= tb_rating_take (state, candidate, pool, day, want);
  if (tb_rating_is_tiered (candidate, rated->source))
    tb_rating_count_tiers (state, candidate, day, rated->billed - rated->free);
}

void
tb_rating_account (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, const TbRatedCall *rated)
{
  for (guint i = 0; i < tenant->candidates->len; i++)
    {
      TbCandidate *candidate = tenant->candidates->pdata[i];

      if (candidate->service->id == rated->service_id)
        {
          account (state, candidate, call->start, rated);
          return;
        }
    }
}

/* ---- a price outside any tenant ---- */

TbCandidate *
tb_rating_loner (TbRating *self, const TbPackage *package, const TbService *service, GError **error)
{
  g_autofree char *key = service != NULL ? g_strdup_printf ("s\n%s", service->key) : g_strdup_printf ("p\n%s", package->name);
  TbCandidate *candidate = g_hash_table_lookup (self->loners, key);

  if (candidate != NULL)
    return candidate;
  if (service != NULL)
    package = tb_setup_find_package (self->setup, service->package);
  candidate = tb_rating_make_candidate (self, service, package,
                                        service != NULL ? tb_rating_cost_tariff (self, tb_rating_connection_index (self, service->connection))
                                                        : NULL,
                                        error);
  if (candidate != NULL)
    g_hash_table_insert (self->loners, g_steal_pointer (&key), candidate);
  return candidate;
}

static gboolean
price_work_init (TbWork *self, TbRating *rating, TbRatingState *state, const TbPackage *package, const TbService *service, const TbCall *call,
                 GError **error)
{
  *self = (TbWork){ rating, state, tb_rating_loner (rating, package, service, error), call };
  self->connection = service != NULL ? tb_rating_connection_index (rating, service->connection) : G_MAXUINT - 2;
  self->day = day_at (rating, call->start);
  self->inbound = call->direction == TB_DIRECTION_INBOUND;
  self->internal = call->direction == TB_DIRECTION_LOCAL;
  return self->candidate != NULL;
}

/* Who asks for one price is told what it lacks. */
static gboolean
check_exchange (const TbWork *work, const TbRatedCall *rated, GError **error)
{
  const TbCandidate *candidate = work->candidate;
  TbDecimal from, to;

  return !tb_rated_call_lacks_exchange (rated)
         || tb_setup_get_exchange_rates (work->rating->setup, candidate->plan->tariff->tariff->currency, candidate->currency, work->day, &from, &to, error);
}

gboolean
tb_rating_price (TbRating *self, TbRatingState *state, const TbPackage *package, const TbService *service, const TbCall *call,
                 TbRatedCall *ret, GError **error)
{
  TbRatedCall rated = { 0 };
  TbWork work;

  if (!price_work_init (&work, self, state, package, service, call, error) || !rate_work (&work, &rated, error)
      || !check_exchange (&work, &rated, error))
    return FALSE;
  *ret = rated;
  return TRUE;
}

const TbFilter *
tb_rating_price_find_filter (TbRating *self, const TbPackage *package, const TbService *service, const TbCall *call, TbFilterAction action,
                             const TbPackage **ret_package)
{
  TbWork work;

  return price_work_init (&work, self, NULL, package, service, call, NULL) ? ask_filter (&work, action, ret_package) : NULL;
}
