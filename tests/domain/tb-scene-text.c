/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-scene-private.h"
#include "tb-scene-words.h"

/* ---- rates ---- */

static gint32
clock_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);

  return tb_scene_int (parts[0]) * 3600 + tb_scene_int (parts[1]) * 60;
}

/* "1-5,08:00-19:00", "08:00-19:00", "6-7", "12/25" */
static void
set_band (const char *text, TbRateBand *band)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_auto (GStrv) ends = g_strsplit_set (*part, "-/", 2);

      if (strchr (*part, '/') != NULL)
        {
          band->month = (guint8) tb_scene_int (ends[0]);
          band->day = (guint8) tb_scene_int (ends[1]);
        }
      else if (strchr (*part, ':') != NULL)
        {
          band->from = clock_of (ends[0]);
          band->to = clock_of (ends[1]);
        }
      else
        for (gint32 day = tb_scene_int (ends[0]); day <= tb_scene_int (ends[1] != NULL ? ends[1] : ends[0]); day++)
          band->days |= (guint8) (1 << (day - 1));
    }
}

/* "0:0.60/60/30,30:0.30/60/6" */
static void
set_steps (const char *text, TbRate *rate)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  rate->n_steps = g_strv_length (parts);
  rate->steps = g_new0 (TbRateStep, rate->n_steps);
  for (guint i = 0; i < rate->n_steps; i++)
    {
      g_auto (GStrv) values = g_strsplit_set (parts[i], ":/", 4);

      g_assert_cmpuint (g_strv_length (values), ==, 4);
      rate->steps[i] = (TbRateStep){ tb_scene_int (values[0]), tb_scene_int (values[2]), tb_scene_int (values[3]), tb_scene_decimal (values[1]) };
    }
}

static TbRate *
make_rate (TbScene *self, TbSceneWords *words)
{
  TbRate *rate = tb_rate_new ();
  const char *prefix = tb_words_at (words, 1), *text;

  rate->id = ++self->last_id;
  g_free (rate->prefix);
  rate->prefix = g_strdup (strcmp (prefix, "-") == 0 ? "" : prefix);
  rate->rate = tb_scene_decimal (tb_words_at (words, 2));
  if ((text = tb_words_get (words, "inc")) != NULL)
    g_assert_true (tb_rate_parse_increment (text, &rate->initial, &rate->next, NULL));
  if ((text = tb_words_get (words, "steps")) != NULL)
    set_steps (text, rate);
  if ((text = tb_words_get (words, "when")) != NULL)
    set_band (text, &rate->band);
  if ((text = tb_words_get (words, "style")) != NULL)
    rate->increment_style = strcmp (text, "multiple") == 0 ? TB_INCREMENT_MULTIPLE : TB_INCREMENT_FIRST_THEN;
  tb_words_set_decimal (words, "fee", &rate->connect_fee);
  tb_words_set_int (words, "min", &rate->minimum);
  tb_words_set_int (words, "grace", &rate->grace);
  tb_words_set_int (words, "free", &rate->included_seconds);
  tb_words_set_decimal (words, "least", &rate->min_charge);
  tb_words_set_decimal (words, "most", &rate->max_charge);
  tb_words_set_time (words, "from", &rate->effective_from);
  tb_words_set_time (words, "to", &rate->effective_to);
  tb_words_set_int (words, "prio", &rate->priority);
  tb_words_set_text (words, "text", &rate->description);
  rate->enabled = !tb_words_has (words, "off");
  return rate;
}

/* ---- statements ---- */

static void
set_tiers (const char *text, TbPackage *package)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  g_auto (GStrv) tiers = g_strsplit (parts[2], ",", -1);

  package->tier_kind = strcmp (parts[0], "volume") == 0 ? TB_TIERS_VOLUME : TB_TIERS_GRADUATED;
  package->tier_basis = strcmp (parts[1], "amount") == 0 ? TB_TIERS_BY_AMOUNT : TB_TIERS_BY_MINUTES;
  for (char **tier = tiers; *tier != NULL; tier++)
    {
      g_auto (GStrv) ends = g_strsplit (*tier, "@", 2);
      TbTier value = { tb_scene_decimal (ends[0]), tb_scene_decimal (ends[1]) };

      g_array_append_val (package->tiers, value);
    }
}

static void
set_package (TbPackage *package, TbSceneWords *words)
{
  const char *text;

  tb_words_set_decimal (words, "markup", &package->markup);
  tb_words_set_decimal (words, "surcharge", &package->surcharge);
  tb_words_set_decimal (words, "fee", &package->connect_fee);
  tb_words_set_int (words, "min", &package->minimum);
  tb_words_set_int (words, "grace", &package->grace);
  tb_words_set_rounding (words, &package->rounding);
  if ((text = tb_words_get (words, "inc")) != NULL)
    g_assert_true (tb_rate_parse_increment (text, &package->initial, &package->next, NULL));
  if ((text = tb_words_get (words, "cycle")) != NULL)
    g_assert_true (tb_cycle_parse (text, &package->cycle));
  if ((text = tb_words_get (words, "match")) != NULL)
    package->custom_match = strcmp (text, "longest") == 0 ? TB_CUSTOM_MATCH_LONGEST
                            : strcmp (text, "exact") == 0 ? TB_CUSTOM_MATCH_EXACT
                                                          : TB_CUSTOM_MATCH_PRIORITY;
  if ((text = tb_words_get (words, "tiers")) != NULL)
    set_tiers (text, package);
  package->markup_connect_fee = !tb_words_has (words, "unmarked-fee");
  package->bill_internal = tb_words_has (words, "bill-internal");
  package->bill_inbound = tb_words_has (words, "bill-inbound");
}

static void
set_plan (TbNumberPlan *plan, TbSceneWords *words)
{
  tb_words_set_text (words, "cc", &plan->country_code);
  tb_words_set_text (words, "trunk", &plan->trunk_prefix);
  tb_words_set_text (words, "area", &plan->area_code);
  tb_words_set_list (words, "exit", &plan->exit_codes);
  plan->nanp = tb_words_has (words, "nanp");
}

/* A day, or an instant when there is a time of day. */
static void
set_moment (TbSceneWords *words, const char *key, TbMoment *field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL && strchr (text, 'T') != NULL)
    g_assert_true (tb_time_parse (text, -1, NULL, &field->time, NULL));
  else
    tb_words_set_day (words, key, &field->day);
}

static TbAllowance *
make_pool (TbSceneWords *words, guint n)
{
  TbAllowance *pool = tb_allowance_new ();
  const char *minutes = tb_words_get (words, "minutes"), *seconds = tb_words_get (words, "seconds");

  pool->name = g_strdup_printf ("pool%u", n);
  pool->seconds = minutes != NULL ? tb_scene_int (minutes) * 60 : seconds != NULL ? tb_scene_int (seconds) : 0;
  if (tb_words_has (words, "unlimited"))
    pool->seconds = TB_SECONDS_UNLIMITED;
  tb_words_set_text (words, "name", &pool->name);
  tb_words_set_list (words, "scope", &pool->scope);
  pool->shared = tb_words_has (words, "shared");
  pool->carry_over = tb_words_has (words, "carry");
  pool->consume = tb_words_has (words, "exact") ? TB_CONSUME_EXACT : TB_CONSUME_BILLED;
  tb_words_set_int (words, "unit", &pool->unit);
  tb_words_set_int (words, "prio", &pool->priority);
  set_moment (words, "from", &pool->from);
  set_moment (words, "to", &pool->to);
  tb_words_set_decimal (words, "fee", &pool->connect_fee);
  return pool;
}

static TbFilter *
make_filter (TbSceneWords *words)
{
  static const char *const fields[] = { "destination", "source", "direction", "description" };
  TbFilter *filter = tb_filter_new ();
  const char *field = tb_words_at (words, 2);

  filter->action = strcmp (tb_words_at (words, 1), "exclude") == 0 ? TB_FILTER_EXCLUDE : TB_FILTER_SUPPRESS;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (field, fields[i]) == 0)
      filter->match = i;
  filter->pattern = g_strdup (tb_words_at (words, 3));
  tb_words_set_text (words, "connection", &filter->connection);
  return filter;
}

void
tb_scene_need_client (TbScene *self, const char *key)
{
  TbClient *client;

  if (tb_setup_find_client (self->setup, key) != NULL)
    return;
  client = tb_client_new ();
  client->id = self->setup->clients->len + 1;
  client->key = g_strdup (key);
  g_ptr_array_add (self->setup->clients, client);
}

void
tb_scene_need_connection (TbScene *self, const char *name)
{
  TbConnection *connection;

  if (tb_setup_find_connection (self->setup, name) != NULL)
    return;
  connection = tb_connection_new ();
  connection->name = g_strdup (name);
  connection->provider = g_strdup ("carrier");
  g_ptr_array_add (self->setup->connections, connection);
}

static void
on_service (TbScene *self, TbSceneWords *words)
{
  TbService *service = tb_service_new ();

  service->id = self->setup->services->len + 1;
  service->key = g_strdup (tb_words_at (words, 1));
  service->client = g_strdup ("C1");
  service->package = g_strdup ("p");
  service->connection = g_strdup ("pbx");
  tb_words_set_text (words, "client", &service->client);
  tb_words_set_text (words, "package", &service->package);
  tb_words_set_text (words, "connection", &service->connection);
  tb_words_set_text (words, "tenant", &service->tenant);
  tb_words_set_list (words, "ext", &service->extensions);
  tb_words_set_list (words, "did", &service->dids);
  tb_words_set_day (words, "starts", &service->starts);
  tb_words_set_day (words, "ends", &service->ends);
  tb_words_set_day (words, "next", &service->next_due);
  tb_scene_need_client (self, service->client);
  tb_scene_need_connection (self, service->connection);
  g_ptr_array_add (self->setup->services, service);
}

static void
set_tariff (TbTariff *tariff, TbSceneWords *words)
{
  const char *band = tb_words_get (words, "band");

  tariff->band = band != NULL && strcmp (band, "split") == 0 ? TB_BAND_SPLIT : TB_BAND_START;
  tb_words_set_currency (words, &tariff->currency);
  tb_words_set_text (words, "zone", &tariff->time_zone);
  tb_words_set_rounding (words, &tariff->rounding);
}

static void
on_exchange (TbScene *self, TbSceneWords *words)
{
  TbExchangeRate rate = { .from = tb_scene_day (tb_words_at (words, 2)), .rate = tb_scene_decimal (tb_words_at (words, 3)) };

  g_assert_true (tb_currency_parse (tb_words_at (words, 1), &rate.currency, NULL));
  g_array_append_val (self->setup->exchange_rates, rate);
}

/* What the first word means. */
static TbPackage *
package_of (TbScene *self)
{
  return self->setup->packages->pdata[0];
}

static TbTariff *
tariff_of (TbScene *self, guint i)
{
  return self->setup->tariffs->pdata[i];
}

static TbClient *
client_of (TbScene *self)
{
  return self->setup->clients->pdata[0];
}

static void
on_company (TbScene *self, TbSceneWords *words)
{
  tb_words_set_currency (words, &self->setup->company->currency);
  tb_words_set_text (words, "zone", &self->setup->company->time_zone);
}

static void
on_currency (TbScene *self, TbSceneWords *words)
{
  g_assert_true (tb_currency_parse (tb_words_at (words, 1), &client_of (self)->currency, NULL));
}

static void
on_tariff (TbScene *self, TbSceneWords *words)
{
  set_tariff (tariff_of (self, 0), words);
}

static void
on_cost_tariff (TbScene *self, TbSceneWords *words)
{
  set_tariff (tariff_of (self, 1), words);
}

static void
on_rate (TbScene *self, TbSceneWords *words)
{
  g_ptr_array_add (tariff_of (self, 0)->rates, make_rate (self, words));
}

static void
on_cost (TbScene *self, TbSceneWords *words)
{
  g_ptr_array_add (tariff_of (self, 1)->rates, make_rate (self, words));
}

static void
on_custom (TbScene *self, TbSceneWords *words)
{
  g_ptr_array_add (package_of (self)->custom_rates, make_rate (self, words));
}

static void
on_client (TbScene *self, TbSceneWords *words)
{
  g_ptr_array_add (client_of (self)->custom_rates, make_rate (self, words));
}

static void
on_flat (TbScene *self, TbSceneWords *words)
{
  package_of (self)->flat_rate = make_rate (self, words);
}

static void
on_inbound (TbScene *self, TbSceneWords *words)
{
  package_of (self)->inbound_rate = make_rate (self, words);
}

static void
on_package (TbScene *self, TbSceneWords *words)
{
  set_package (package_of (self), words);
}

static void
on_plan (TbScene *self, TbSceneWords *words)
{
  set_plan (&package_of (self)->number_plan, words);
}

static void
on_pool (TbScene *self, TbSceneWords *words)
{
  GPtrArray *pools = package_of (self)->included;

  g_ptr_array_add (pools, make_pool (words, pools->len));
}

static void
on_filter (TbScene *self, TbSceneWords *words)
{
  g_ptr_array_add (package_of (self)->filters, make_filter (words));
}

static void
on_all_filter (TbScene *self, TbSceneWords *words)
{
  g_ptr_array_add (self->setup->filters, make_filter (words));
}

static const struct { const char *verb; void (*add) (TbScene *self, TbSceneWords *words); } verbs[] = {
  { "all-filter", on_all_filter }, { "client", on_client },   { "company", on_company }, { "cost", on_cost },       { "cost-tariff", on_cost_tariff },
  { "currency", on_currency },     { "custom", on_custom },   { "exchange", on_exchange }, { "filter", on_filter }, { "flat", on_flat },
  { "inbound", on_inbound },       { "package", on_package }, { "plan", on_plan },       { "pool", on_pool },       { "rate", on_rate },
  { "service", on_service },       { "tariff", on_tariff },
};

static void
add_statement (TbScene *self, TbSceneWords *words)
{
  const char *verb = tb_words_at (words, 0);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verb, verbs[i].verb) == 0)
      {
        verbs[i].add (self, words);
        return;
      }
  g_error ("the scene's verb “%s” is unknown", verb);
}

void
tb_scene_add_text (TbScene *self, const char *text)
{
  g_auto (GStrv) statements = g_strsplit (text, ";", -1);

  for (char **statement = statements; *statement != NULL; statement++)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (*statement), " ", -1);
      TbSceneWords all = { words, 0 };

      if (**statement == '\0')
        continue;
      add_statement (self, &all);
      tb_words_finish (&all);
    }
}
