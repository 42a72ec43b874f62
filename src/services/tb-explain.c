/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-explain-private.h"

#include <glib/gi18n-lib.h>

#include "tb-correction-store.h"
#include "tb-rate-history.h"
#include "tb-setup-store.h"
#include "tb-tariff-store.h"

/* ---- what the books keep ---- */

static gboolean
read_rate (TbStore *store, guint32 id, TbRate **ret, char **ret_owner, GError **error)
{
  return id == 0 || (*ret = tb_rate_store_get (store, id, ret_owner, error)) != NULL;
}

static gboolean
read_kept (TbStore *store, TbCallExplanation *self, GError **error)
{
  const TbRatedCall *rated = &self->row->rated;

  return read_rate (store, rated->rate_id, &self->rate, &self->rate_owner, error)
         && read_rate (store, rated->cost_rate_id, &self->cost_rate, NULL, error)
         && (rated->terms == 0 || (self->terms = tb_rating_terms_store_get (store, rated->terms, error)) != NULL);
}

/* ---- what the set-up says ---- */

static gboolean
read_setup (TbStore *store, TbCallExplanation *self, GError **error)
{
  const char *zone;

  self->setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  if (self->setup == NULL)
    return FALSE;
  for (guint i = 0; i < self->setup->tariffs->len; i++)
    {
      TbTariff *tariff = self->setup->tariffs->pdata[i];

      if (tariff->rates == NULL)
        tariff->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
    }
  zone = self->setup->company != NULL ? self->setup->company->time_zone : NULL;
  self->zone = zone != NULL ? tb_zone_new (zone, error) : tb_zone_new_utc ();
  return self->zone != NULL;
}

/* Filters may look at the description of the call's rate: so the rates for its number, and no others, are put into the tariff. */
static gboolean
add_rates (TbStore *store, TbCallExplanation *self, const TbPackage *package, GError **error)
{
  TbTariff *tariff = package != NULL && package->tariff != NULL ? tb_setup_find_tariff (self->setup, package->tariff) : NULL;
  char number[TB_E164_BUFFER];
  TbNumberRule rule;

  return tariff == NULL || !tb_number_plan_normalise (&package->number_plan, self->row->call.callee, -1, number, &rule)
         || tb_rate_list_add_current (store, tariff->name, number, tariff->rates, error);
}

static TbFilterAction
filter_action (TbCallStatus status)
{
  return status == TB_CALL_EXCLUDED ? TB_FILTER_EXCLUDE : TB_FILTER_SUPPRESS;
}

/* Which filter, which services, which pools. A set-up that cannot be compiled any more leaves these questions open; the charge does not
 * depend on them. */
static gboolean
ask_rating (TbStore *store, TbCallExplanation *self, const TbPackage *package, GError **error)
{
  TbCallStatus status = self->row->rated.status;
  gboolean filtered = status == TB_CALL_SUPPRESSED || status == TB_CALL_EXCLUDED;
  gboolean claimed = status == TB_CALL_NO_SERVICE || status == TB_CALL_AMBIGUOUS;
  gboolean pooled = self->row->rated.terms != 0 && self->rate != NULL && status != TB_CALL_GRACE && package != NULL && package->included->len > 0;
  guint connection = tb_explain_connection_index (self->setup, self->row->connection);
  const TbPackage *owner = NULL;

  if (connection == G_MAXUINT || !(filtered || claimed || pooled))
    return TRUE;
  if (filtered && !add_rates (store, self, package, error))
    return FALSE;
  self->rating = tb_rating_new (self->setup, NULL);
  if (self->rating == NULL)
    return TRUE;
  if (claimed)
    self->facts.claims = tb_rating_list_claims (self->rating, connection, &self->row->call);
  if (filtered)
    self->facts.filter = tb_rating_find_filter (self->rating, tb_rating_get_tenant (self->rating, connection, self->row->call.tenant),
                                                &self->row->call, filter_action (status), &owner);
  self->facts.filter_package = owner != NULL ? owner->name : NULL;
  return !pooled || tb_explain_pools (store, self, error);
}

/* Names the exchange rate that is missing, and its day; or says that it has come since. */
static char *
describe_exchange (const TbCallExplanation *self, const TbPackage *package)
{
  const TbTariff *tariff = package != NULL && package->tariff != NULL ? tb_setup_find_tariff (self->setup, package->tariff) : NULL;
  const TbClient *client = self->row->client != NULL ? tb_setup_find_client (self->setup, self->row->client) : NULL;
  TbCurrency currency = client != NULL && client->currency != TB_CURRENCY_NONE ? client->currency : tb_setup_get_currency (self->setup);
  g_autoptr (GError) missing = NULL;
  TbDecimal from, to;

  if (tariff == NULL || !tb_rated_call_lacks_exchange (&self->row->rated))
    return NULL;
  tb_setup_get_exchange_rates (self->setup, tariff->currency, currency, tb_zone_day_at (self->zone, self->row->call.start), &from, &to, &missing);
  return g_strdup (missing != NULL ? missing->message : _("The exchange rate has been added since: rate again."));
}

/* ---- the whole ---- */

static gboolean
explain (TbCallExplanation *self, const TbPackage *package, GError **error)
{
  TbExplanationFacts *facts = &self->facts;

  facts->call = &self->row->call;
  facts->rated = &self->row->rated;
  facts->rate = self->rate;
  facts->cost_rate = self->cost_rate;
  facts->service = self->row->service;
  facts->package = self->row->package;
  facts->plan = package != NULL ? &package->number_plan : NULL;
  facts->zone = self->zone;
  self->exchange = describe_exchange (self, package);
  facts->exchange = self->exchange;
  self->explanation = tb_explanation_new (facts, error);
  return self->explanation != NULL;
}

static TbCallExplanation *
explain_row (TbStore *store, TbCallRow *row, GError **error)
{
  g_autoptr (TbCallExplanation) self = g_new0 (TbCallExplanation, 1);
  const TbService *service;
  const TbPackage *package;

  self->row = row;
  if (!read_kept (store, self, error) || !read_setup (store, self, error))
    return NULL;
  service = row->service != NULL ? tb_setup_find_service (self->setup, row->service) : NULL;
  if (row->package == NULL && service != NULL)
    row->package = g_strdup (service->package);
  package = row->package != NULL ? tb_setup_find_package (self->setup, row->package) : NULL;
  self->facts.terms = self->terms;
  self->facts.corrections = tb_correction_store_list_of_call (store, row->call.id, error);
  if (self->facts.corrections == NULL || !tb_explain_lists (store, self, package, error) || !ask_rating (store, self, package, error)
      || !explain (self, package, error))
    return NULL;
  return g_steal_pointer (&self);
}

TbCallExplanation *
tb_explain_call (TbStore *store, gint64 call_id, GError **error)
{
  TbCallRow *row = tb_call_store_get (store, call_id, error);

  return row != NULL ? explain_row (store, row, error) : NULL;
}

TbCallExplanation *
tb_explain_uid (TbStore *store, const char *uid, GError **error)
{
  TbCallRow *row = tb_call_store_find (store, uid, error);

  return row != NULL ? explain_row (store, row, error) : NULL;
}

void
tb_call_explanation_free (TbCallExplanation *self)
{
  TbExplanationFacts *facts;

  if (self == NULL)
    return;
  facts = &self->facts;
  g_clear_pointer (&facts->lists, g_ptr_array_unref);
  tb_tried_list_free ((TbTriedList *) facts->cost_list);
  g_clear_pointer (&facts->cost_zone, tb_zone_unref);
  g_clear_pointer (&facts->pools, g_array_unref);
  g_clear_pointer (&facts->claims, g_array_unref);
  g_clear_pointer (&facts->corrections, g_ptr_array_unref);
  g_free (facts->origin.file);
  g_free (facts->cost_origin.file);
  tb_explanation_free (self->explanation);
  tb_rating_free (self->rating);
  tb_setup_free (self->setup);
  g_clear_pointer (&self->zone, tb_zone_unref);
  tb_call_row_free (self->row);
  tb_rate_free (self->rate);
  tb_rate_free (self->cost_rate);
  g_free (self->rate_owner);
  g_free (self->exchange);
  g_free (self->terms);
  g_free (self);
}

/* ---- a price ---- */

static void
own_strings (TbCall *call)
{
  const char **texts[] = { &call->uid,    &call->tenant, &call->extension,    &call->caller, &call->caller_name,
                           &call->callee, &call->did,    &call->account_code, &call->cause };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i] != NULL ? *texts[i] : "");
}

static TbCallRow *
price_row (const TbPackage *package, const TbService *service, const TbCall *call, const TbRatedCall *rated)
{
  TbCallRow *row = g_new0 (TbCallRow, 1);

  row->call = *call;
  own_strings (&row->call);
  row->rated = *rated;
  row->rate = TB_DECIMAL_NONE;
  row->client = service != NULL ? g_strdup (service->client) : NULL;
  row->service = service != NULL ? g_strdup (service->key) : NULL;
  row->package = g_strdup (service != NULL ? service->package : package->name);
  return row;
}

static gboolean
add_rate (TbCallRow *row, const TbRate *rate, const TbRatingTerms *terms, GError **error)
{
  if (rate == NULL)
    return TRUE;
  row->prefix = g_strdup (rate->prefix);
  row->description = g_strdup (rate->description);
  return terms == NULL || row->rated.currency == TB_CURRENCY_NONE || tb_rating_terms_sell_rate (terms, rate, &row->rate, error);
}

static const TbRatingTerms *
terms_of (TbRating *rating, const TbRatedCall *rated)
{
  return rated->terms != 0 ? tb_rating_get_terms (rating, rated->terms - 1) : NULL;
}

TbCallRow *
tb_explain_price_row (TbStore *store, TbRating *rating, const TbPackage *package, const TbService *service, const TbCall *call,
                      const TbRatedCall *rated, GError **error)
{
  g_autoptr (TbCallRow) row = price_row (package, service, call, rated);
  g_autoptr (TbRate) rate = NULL;

  if (!read_rate (store, rated->rate_id, &rate, NULL, error) || !add_rate (row, rate, terms_of (rating, rated), error))
    return NULL;
  return g_steal_pointer (&row);
}

static void
ask_price (TbCallExplanation *self, TbRating *rating, TbRatingState *state, const TbPackage *package, const TbService *service)
{
  g_autoptr (TbRatingState) fresh = state == NULL ? tb_rating_state_new (rating) : NULL;
  TbCallStatus status = self->row->rated.status;
  const TbPackage *owner = NULL;

  if (status == TB_CALL_SUPPRESSED || status == TB_CALL_EXCLUDED)
    self->facts.filter = tb_rating_price_find_filter (rating, package, service, &self->row->call, filter_action (status), &owner);
  self->facts.filter_package = owner != NULL ? owner->name : NULL;
  if (self->rate != NULL && status != TB_CALL_GRACE)
    self->facts.pools = tb_rating_price_pool_shares (rating, state != NULL ? state : fresh, package, service, &self->row->call, &self->row->rated);
}

TbCallExplanation *
tb_explain_price (TbStore *store, TbSetup *setup, TbRating *rating, TbRatingState *state, const TbPackage *package, const TbService *service,
                  const TbCall *call, const TbRatedCall *rated, GError **error)
{
  g_autoptr (TbCallExplanation) self = g_new0 (TbCallExplanation, 1);
  const char *zone = setup->company != NULL ? setup->company->time_zone : NULL;
  gboolean ok;

  self->row = price_row (package, service, call, rated);
  self->zone = zone != NULL ? tb_zone_new (zone, error) : tb_zone_new_utc ();
  self->facts.terms = terms_of (rating, rated);
  if (self->zone == NULL || !read_rate (store, rated->rate_id, &self->rate, &self->rate_owner, error)
      || !read_rate (store, rated->cost_rate_id, &self->cost_rate, NULL, error)
      || !add_rate (self->row, self->rate, self->facts.terms, error))
    return NULL;
  if (service != NULL)
    package = tb_setup_find_package (setup, service->package);
  self->setup = setup; /* lent while its zones are asked for */
  ask_price (self, rating, state, package, service);
  ok = tb_explain_lists (store, self, package, error) && explain (self, package, error);
  self->setup = NULL;
  self->facts.terms = NULL;
  return ok ? g_steal_pointer (&self) : NULL;
}
