/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-rating-private.h"

/* One call on its way through rating.md. */
typedef struct
{
  TbRating *rating;
  TbRatingState *state;
  TbCandidate *candidate;
  const TbCall *call;
  TbDay day;
  gboolean inbound, internal;
  guint connection; /* index; G_MAXUINT - 2 outside any */
  char number[TB_E164_BUFFER];
  TbNumberRule rule;
} Work;

/* ---- steps 3 and 5: filters ---- */

static gboolean
filter_matches (const Work *work, const TbCompiledFilter *filter, const char *description)
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
      return description != NULL && tb_pattern_matches (filter->pattern, description, NULL, call, work->internal);
    }
}

/* Rules for all packages are asked before the package's own. Those on the description wait until a rate gives one. */
static gboolean
filtered (const Work *work, TbFilterAction action, const char *description)
{
  const GArray *lists[] = { work->rating->filters, work->candidate->plan->filters };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < lists[list]->len; i++)
      {
        const TbCompiledFilter *filter = &g_array_index (lists[list], TbCompiledFilter, i);

        if (filter->rule->action == action && (filter->rule->match == TB_FILTER_ON_DESCRIPTION) == (description != NULL)
            && filter_matches (work, filter, description))
          return TRUE;
      }
  return FALSE;
}

/* ---- step 6: the rate ---- */

static const TbRate *
ask_custom (const Work *work, const TbRate *base)
{
  const TbPlan *plan = work->candidate->plan;
  TbCustomMatch match = plan->package->custom_match;
  const TbRate *rate = tb_rate_book_find (plan->custom, work->number, work->call->start, match == TB_CUSTOM_MATCH_EXACT);

  if (rate != NULL && match == TB_CUSTOM_MATCH_LONGEST && base != NULL && strlen (base->prefix) > strlen (rate->prefix))
    return NULL;
  return rate;
}

static const TbRate *
pick_rate (const Work *work, TbRateSource *ret_source)
{
  const TbPlan *plan = work->candidate->plan;
  const TbRate *rate = NULL, *base;

  if (work->inbound)
    {
      *ret_source = TB_RATE_SOURCE_INBOUND;
      return plan->package->inbound_rate;
    }
  if (work->candidate->client_rates != NULL)
    rate = tb_rate_book_find (work->candidate->client_rates, work->number, work->call->start, FALSE);
  if (rate != NULL)
    {
      *ret_source = TB_RATE_SOURCE_CLIENT;
      return rate;
    }

  *ret_source = plan->package->flat_rate != NULL ? TB_RATE_SOURCE_FLAT : TB_RATE_SOURCE_TARIFF;
  base = plan->package->flat_rate;
  if (base == NULL && plan->tariff != NULL)
    base = tb_rate_book_find (plan->tariff->book, work->number, work->call->start, FALSE);
  if (!tb_rate_book_is_empty (plan->custom) && (rate = ask_custom (work, base)) != NULL)
    {
      *ret_source = TB_RATE_SOURCE_CUSTOM;
      return rate;
    }
  return base;
}

/* ---- steps 7 to 14: the charge ---- */

static gint64
begin_seconds (const TbPrice *price, gint64 seconds)
{
  return MAX (0, MAX (seconds, price->minimum) - price->included);
}

/* Free seconds come out of the seconds as sold ("billed"), or out of the talk, of which the rest is sold anew ("exact"). */
static gboolean
charge_with_pools (const Work *work, const TbPrice *price, TbRatedCall *ret, GError **error)
{
  gint64 seconds = begin_seconds (price, work->call->seconds), rest = seconds, free_seconds = 0;
  TbPoolCall asked = { work->number, work->inbound, work->day, TB_CONSUME_EXACT };
  TbDecimal fee = TB_DECIMAL_NONE;
  gboolean round = TRUE;

  if (seconds > 0 && tb_rating_has_pool (work->candidate, TB_CONSUME_EXACT))
    {
      gint64 talk = MAX (0, (gint64) work->call->seconds - price->included);

      free_seconds = tb_rating_take_free (work->state, work->candidate, &asked, talk, &fee);
      if (free_seconds > 0)
        rest = free_seconds == talk ? 0 : MAX (talk - free_seconds, price->minimum);
    }
  if (rest > 0 && tb_rating_has_pool (work->candidate, TB_CONSUME_BILLED))
    {
      gint64 sold = tb_steps_billed (&price->steps, rest), given;

      asked.consume = TB_CONSUME_BILLED;
      given = tb_rating_take_free (work->state, work->candidate, &asked, sold, &fee);
      free_seconds += given;
      if (given > 0)
        {
          rest = sold - given;
          round = FALSE;
        }
    }

  ret->free = free_seconds;
  ret->billed = free_seconds + (round ? tb_steps_billed (&price->steps, rest) : rest);
  if (free_seconds > 0 && rest == 0)
    {
      ret->status = TB_CALL_INCLUDED;
      if (fee == TB_DECIMAL_NONE)
        return TRUE; /* nothing left to charge: no connection fee */
    }
  if (free_seconds > 0 && rest == 0)
    {
      TbPrice only_fee = *price;

      only_fee.min_charge = TB_DECIMAL_NONE;
      return tb_price_charge (&only_fee, 0, FALSE, fee, &ret->charge, error);
    }
  return tb_price_charge (price, rest, round, free_seconds > 0 && fee != TB_DECIMAL_NONE ? fee : price->fee, &ret->charge, error);
}

static gboolean
charge (const Work *work, const TbRate *rate, TbRateSource source, TbRatedCall *ret, GError **error)
{
  TbCandidate *candidate = work->candidate;
  gboolean tariff_rate = source == TB_RATE_SOURCE_TARIFF;
  TbPrice price;

  if (!tb_price_init (&price, rate, candidate->plan->package, tariff_rate, error))
    return FALSE;
  if (tariff_rate)
    {
      price.markup = candidate->plan->markup;
      price.exchange = candidate->exchange;
    }
  ret->terms = (tariff_rate ? candidate->tariff_terms : candidate->own_terms) + 1;
  ret->currency = candidate->currency;
  ret->rate_id = rate->id;
  ret->source = source;
  if (work->call->seconds <= price.grace)
    {
      ret->status = TB_CALL_GRACE;
      return TRUE;
    }
  ret->status = TB_CALL_RATED;
  return charge_with_pools (work, &price, ret, error);
}

/* ---- step 15: the cost ---- */

static gboolean
find_cost (const Work *work, TbRatedCall *ret, GError **error)
{
  const TbCompiledTariff *tariff = work->candidate->cost;
  const TbRate *rate = tb_rate_book_find (tariff->book, work->number, work->call->start, FALSE);
  TbPrice price;

  if (rate == NULL || !rate->enabled)
    return TRUE;
  if (!tb_price_init (&price, rate, NULL, TRUE, error))
    return FALSE;
  price.rounding = tariff->tariff->rounding;
  ret->cost_rate_id = rate->id;
  ret->cost_currency = tariff->tariff->currency;
  if (ret->terms == 0)
    ret->terms = work->candidate->tariff_terms + 1;
  if (work->call->seconds <= price.grace)
    return TRUE;
  return tb_price_charge (&price, begin_seconds (&price, work->call->seconds), TRUE, price.fee, &ret->cost, error);
}

/* ---- the order of work ---- */

static gboolean
rate_sold (const Work *work, TbRatedCall *ret, GError **error)
{
  TbRateSource source = TB_RATE_SOURCE_NONE;
  const TbRate *rate;

  memcpy (ret->number, work->number, sizeof ret->number);
  ret->rule = work->rule;
  if (filtered (work, TB_FILTER_EXCLUDE, NULL))
    ret->status = TB_CALL_EXCLUDED;
  else if (*work->number == '\0' && !work->inbound)
    ret->status = TB_CALL_BAD_NUMBER;
  else if ((rate = pick_rate (work, &source)) == NULL)
    ret->status = TB_CALL_NO_RATE;
  else if (filtered (work, TB_FILTER_SUPPRESS, rate->description != NULL ? rate->description : ""))
    ret->status = TB_CALL_SUPPRESSED;
  else if (filtered (work, TB_FILTER_EXCLUDE, rate->description != NULL ? rate->description : ""))
    ret->status = TB_CALL_EXCLUDED;
  else if (!rate->enabled)
    {
      ret->status = TB_CALL_BLOCKED;
      ret->rate_id = rate->id;
      ret->source = source;
    }
  else
    return charge (work, rate, source, ret, error);
  return TRUE;
}

/* The carrier takes its money for every answered call that left the house, whatever we make of it. */
static gboolean
rate_work (Work *work, TbRatedCall *ret, GError **error)
{
  const TbPackage *package = work->candidate->plan->package;
  gboolean bought;

  ret->service_id = work->candidate->service->id;
  ret->client_id = work->candidate->client != NULL ? work->candidate->client->id : 0;
  tb_number_plan_normalise (&package->number_plan, work->call->callee, -1, work->number, &work->rule);
  bought = work->call->seconds > 0 && !work->inbound && !work->internal && *work->number != '\0' && work->candidate->cost != NULL;

  if (filtered (work, TB_FILTER_SUPPRESS, NULL))
    ret->status = TB_CALL_SUPPRESSED;
  else if (work->call->seconds <= 0)
    ret->status = TB_CALL_UNANSWERED;
  else if (work->inbound && !package->bill_inbound)
    ret->status = TB_CALL_INBOUND_FREE;
  else if (work->internal && !package->bill_internal)
    ret->status = TB_CALL_INTERNAL;
  else
    {
      if (!tb_rating_use_day (work->rating, work->candidate, work->day, error) || !rate_sold (work, ret, error))
        return FALSE;
      return !bought || find_cost (work, ret, error);
    }
  return !bought || (tb_rating_use_day (work->rating, work->candidate, work->day, error) && find_cost (work, ret, error));
}

gboolean
tb_rating_rate (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, TbRatedCall *ret, GError **error)
{
  Work work = { self, state, NULL, call };
  TbRatedCall rated = { 0 };

  work.connection = tenant->connection;
  work.day = tb_zone_day_at (self->zone, call->start);
  work.candidate = tb_rating_find_service (tenant, call, work.day, &rated.status);
  if (work.candidate != NULL)
    {
      work.inbound = call->direction == TB_DIRECTION_INBOUND;
      work.internal = tb_rating_is_internal (tenant, call);
      if (!rate_work (&work, &rated, error))
        {
          g_prefix_error (error, _("call %s: "), call->uid);
          return FALSE;
        }
    }
  *ret = rated;
  return TRUE;
}

void
tb_rating_account (TbRating *self, TbRatingState *state, TbRatingTenant *tenant, const TbCall *call, const TbRatedCall *rated)
{
  TbPoolCall asked = { rated->number, rated->source == TB_RATE_SOURCE_INBOUND, tb_zone_day_at (self->zone, call->start), TB_CONSUME_EXACT };
  TbDecimal fee = TB_DECIMAL_NONE;
  gint64 taken;

  if (rated->free <= 0)
    return;
  for (guint i = 0; i < tenant->candidates->len; i++)
    {
      TbCandidate *candidate = tenant->candidates->pdata[i];

      if (candidate->service->id != rated->service_id)
        continue;
      taken = tb_rating_take_free (state, candidate, &asked, rated->free, &fee);
      asked.consume = TB_CONSUME_BILLED;
      if (taken < rated->free)
        tb_rating_take_free (state, candidate, &asked, rated->free - taken, &fee);
      return;
    }
}

/* ---- a price outside any tenant ---- */

static TbCandidate *
loner (TbRating *self, const TbPackage *package, const TbService *service, GError **error)
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

gboolean
tb_rating_price (TbRating *self, TbRatingState *state, const TbPackage *package, const TbService *service, const TbCall *call,
                 TbRatedCall *ret, GError **error)
{
  Work work = { self, state, loner (self, package, service, error), call };
  TbRatedCall rated = { 0 };

  if (work.candidate == NULL)
    return FALSE;
  work.connection = service != NULL ? tb_rating_connection_index (self, service->connection) : G_MAXUINT - 2;
  work.day = tb_zone_day_at (self->zone, call->start);
  work.inbound = call->direction == TB_DIRECTION_INBOUND;
  work.internal = call->direction == TB_DIRECTION_LOCAL;
  if (!rate_work (&work, &rated, error))
    return FALSE;
  *ret = rated;
  return TRUE;
}
