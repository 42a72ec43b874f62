/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene.h"

#include <string.h>

#define NOON "2026-10-05T12:00:00Z"

/* ---- words ---- */

typedef struct
{
  char **words;
  guint used; /* bits of the words that were asked for */
} Words;

static gboolean
word_is (Words *self, const char *word)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strcmp (self->words[i], word) == 0)
      {
        self->used |= 1u << i;
        return TRUE;
      }
  return FALSE;
}

/* The value of key=value, or NULL. */
static const char *
word_get (Words *self, const char *key)
{
  gsize len = strlen (key);

  for (guint i = 0; self->words[i] != NULL; i++)
    if (strncmp (self->words[i], key, len) == 0 && self->words[i][len] == '=')
      {
        self->used |= 1u << i;
        return self->words[i] + len + 1;
      }
  return NULL;
}

static const char *
word_at (Words *self, guint i)
{
  g_assert_cmpuint (i, <, g_strv_length (self->words));
  self->used |= 1u << i;
  return self->words[i];
}

/* A misspelt word would test nothing. */
static void
words_finish (Words *self)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if ((self->used & 1u << i) == 0)
      g_error ("the scene's word “%s” means nothing there", self->words[i]);
}

static TbDecimal
decimal_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, &error);
  g_assert_no_error (error);
  return value;
}

static gint32
int_of (const char *text)
{
  char *end;
  gint64 value = g_ascii_strtoll (text, &end, 10);

  g_assert_cmpstr (end, ==, "");
  return (gint32) value;
}

static TbDay
day_of (const char *text)
{
  TbDay day = TB_DAY_NONE;

  g_assert_true (tb_day_parse (text, &day, NULL));
  return day;
}

static void
set_decimal (Words *words, const char *key, TbDecimal *field)
{
  const char *text = word_get (words, key);

  if (text != NULL)
    *field = decimal_of (text);
}

static void
set_int (Words *words, const char *key, gint32 *field)
{
  const char *text = word_get (words, key);

  if (text != NULL)
    *field = int_of (text);
}

static void
set_day (Words *words, const char *key, TbDay *field)
{
  const char *text = word_get (words, key);

  if (text != NULL)
    *field = day_of (text);
}

static void
set_text (Words *words, const char *key, char **field)
{
  const char *text = word_get (words, key);

  if (text != NULL)
    {
      g_free (*field);
      *field = g_strdup (text);
    }
}

static void
set_list (Words *words, const char *key, char ***field)
{
  const char *text = word_get (words, key);

  if (text != NULL)
    *field = g_strsplit (text, ",", -1);
}

static void
set_currency (Words *words, TbCurrency *field)
{
  const char *text = word_get (words, "currency");

  if (text != NULL)
    g_assert_true (tb_currency_parse (text, field, NULL));
}

static void
set_rounding (Words *words, TbRounding *field)
{
  const char *text = word_get (words, "round");
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ":", 2) : NULL;

  if (parts == NULL)
    return;
  g_assert_true (tb_rounding_mode_parse (parts[0], &field->mode));
  field->decimals = (guint8) int_of (parts[1]);
}

/* ---- rates ---- */

static gint32
clock_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);

  return int_of (parts[0]) * 3600 + int_of (parts[1]) * 60;
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
          band->month = (guint8) int_of (ends[0]);
          band->day = (guint8) int_of (ends[1]);
        }
      else if (strchr (*part, ':') != NULL)
        {
          band->from = clock_of (ends[0]);
          band->to = clock_of (ends[1]);
        }
      else
        for (gint32 day = int_of (ends[0]); day <= int_of (ends[1] != NULL ? ends[1] : ends[0]); day++)
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
      rate->steps[i] = (TbRateStep){ int_of (values[0]), int_of (values[2]), int_of (values[3]), decimal_of (values[1]) };
    }
}

static void
set_time (Words *words, const char *key, gint64 *field)
{
  const char *text = word_get (words, key);

  if (text != NULL)
    g_assert_true (tb_time_parse (text, -1, NULL, field, NULL));
}

static TbRate *
make_rate (TbScene *self, Words *words)
{
  TbRate *rate = tb_rate_new ();
  const char *prefix = word_at (words, 1), *text;

  rate->id = ++self->last_id;
  g_free (rate->prefix);
  rate->prefix = g_strdup (strcmp (prefix, "-") == 0 ? "" : prefix);
  rate->rate = decimal_of (word_at (words, 2));
  if ((text = word_get (words, "inc")) != NULL)
    g_assert_true (tb_rate_parse_increment (text, &rate->initial, &rate->next, NULL));
  if ((text = word_get (words, "steps")) != NULL)
    set_steps (text, rate);
  if ((text = word_get (words, "when")) != NULL)
    set_band (text, &rate->band);
  if ((text = word_get (words, "style")) != NULL)
    rate->increment_style = strcmp (text, "multiple") == 0 ? TB_INCREMENT_MULTIPLE : TB_INCREMENT_FIRST_THEN;
  set_decimal (words, "fee", &rate->connect_fee);
  set_int (words, "min", &rate->minimum);
  set_int (words, "grace", &rate->grace);
  set_int (words, "free", &rate->included_seconds);
  set_decimal (words, "least", &rate->min_charge);
  set_decimal (words, "most", &rate->max_charge);
  set_time (words, "from", &rate->effective_from);
  set_time (words, "to", &rate->effective_to);
  set_int (words, "prio", &rate->priority);
  set_text (words, "text", &rate->description);
  rate->enabled = !word_is (words, "off");
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
      TbTier value = { decimal_of (ends[0]), decimal_of (ends[1]) };

      g_array_append_val (package->tiers, value);
    }
}

static void
set_package (TbPackage *package, Words *words)
{
  const char *text;

  set_decimal (words, "markup", &package->markup);
  set_decimal (words, "surcharge", &package->surcharge);
  set_decimal (words, "fee", &package->connect_fee);
  set_int (words, "min", &package->minimum);
  set_int (words, "grace", &package->grace);
  set_rounding (words, &package->rounding);
  if ((text = word_get (words, "inc")) != NULL)
    g_assert_true (tb_rate_parse_increment (text, &package->initial, &package->next, NULL));
  if ((text = word_get (words, "cycle")) != NULL)
    g_assert_true (tb_cycle_parse (text, &package->cycle));
  if ((text = word_get (words, "match")) != NULL)
    package->custom_match = strcmp (text, "longest") == 0 ? TB_CUSTOM_MATCH_LONGEST
                            : strcmp (text, "exact") == 0 ? TB_CUSTOM_MATCH_EXACT
                                                          : TB_CUSTOM_MATCH_PRIORITY;
  if ((text = word_get (words, "tiers")) != NULL)
    set_tiers (text, package);
  package->markup_connect_fee = !word_is (words, "unmarked-fee");
  package->bill_internal = word_is (words, "bill-internal");
  package->bill_inbound = word_is (words, "bill-inbound");
}

static void
set_plan (TbNumberPlan *plan, Words *words)
{
  set_text (words, "cc", &plan->country_code);
  set_text (words, "trunk", &plan->trunk_prefix);
  set_text (words, "area", &plan->area_code);
  set_list (words, "exit", &plan->exit_codes);
  plan->nanp = word_is (words, "nanp");
}

static TbAllowance *
make_pool (Words *words, guint n)
{
  TbAllowance *pool = tb_allowance_new ();
  const char *minutes = word_get (words, "minutes"), *seconds = word_get (words, "seconds");

  pool->name = g_strdup_printf ("pool%u", n);
  pool->seconds = minutes != NULL ? int_of (minutes) * 60 : seconds != NULL ? int_of (seconds) : 0;
  if (word_is (words, "unlimited"))
    pool->seconds = TB_SECONDS_UNLIMITED;
  set_text (words, "name", &pool->name);
  set_list (words, "scope", &pool->scope);
  pool->shared = word_is (words, "shared");
  pool->carry_over = word_is (words, "carry");
  pool->consume = word_is (words, "exact") ? TB_CONSUME_EXACT : TB_CONSUME_BILLED;
  set_int (words, "unit", &pool->unit);
  set_int (words, "prio", &pool->priority);
  set_day (words, "from", &pool->from);
  set_day (words, "to", &pool->to);
  set_decimal (words, "fee", &pool->connect_fee);
  return pool;
}

static TbFilter *
make_filter (Words *words)
{
  static const char *const fields[] = { "destination", "source", "direction", "description" };
  TbFilter *filter = tb_filter_new ();
  const char *field = word_at (words, 2);

  filter->action = strcmp (word_at (words, 1), "exclude") == 0 ? TB_FILTER_EXCLUDE : TB_FILTER_SUPPRESS;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (field, fields[i]) == 0)
      filter->match = i;
  filter->pattern = g_strdup (word_at (words, 3));
  set_text (words, "connection", &filter->connection);
  return filter;
}

static void
need_client (TbScene *self, const char *key)
{
  TbClient *client;

  if (tb_setup_find_client (self->setup, key) != NULL)
    return;
  client = tb_client_new ();
  client->id = self->setup->clients->len + 1;
  client->key = g_strdup (key);
  g_ptr_array_add (self->setup->clients, client);
}

static void
need_connection (TbScene *self, const char *name)
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
add_service (TbScene *self, Words *words)
{
  TbService *service = tb_service_new ();

  service->id = self->setup->services->len + 1;
  service->key = g_strdup (word_at (words, 1));
  service->client = g_strdup ("C1");
  service->package = g_strdup ("p");
  service->connection = g_strdup ("pbx");
  set_text (words, "client", &service->client);
  set_text (words, "package", &service->package);
  set_text (words, "connection", &service->connection);
  set_text (words, "tenant", &service->tenant);
  set_list (words, "ext", &service->extensions);
  set_list (words, "did", &service->dids);
  set_day (words, "starts", &service->starts);
  set_day (words, "ends", &service->ends);
  set_day (words, "next", &service->next_due);
  need_client (self, service->client);
  need_connection (self, service->connection);
  g_ptr_array_add (self->setup->services, service);
}

static void
set_tariff (TbTariff *tariff, Words *words)
{
  const char *band = word_get (words, "band");

  tariff->band = band != NULL && strcmp (band, "split") == 0 ? TB_BAND_SPLIT : TB_BAND_START;
  set_currency (words, &tariff->currency);
  set_text (words, "zone", &tariff->time_zone);
  set_rounding (words, &tariff->rounding);
}

static void
add_exchange (TbScene *self, Words *words)
{
  TbExchangeRate rate = { .from = day_of (word_at (words, 2)), .rate = decimal_of (word_at (words, 3)) };

  g_assert_true (tb_currency_parse (word_at (words, 1), &rate.currency, NULL));
  g_array_append_val (self->setup->exchange_rates, rate);
}

static void
add_statement (TbScene *self, Words *words)
{
  TbSetup *setup = self->setup;
  const char *verb = word_at (words, 0);
  TbPackage *package = setup->packages->pdata[0];
  TbTariff *tariff = setup->tariffs->pdata[0], *cost = setup->tariffs->pdata[1];
  TbClient *client = setup->clients->pdata[0];

  if (strcmp (verb, "company") == 0)
    {
      set_currency (words, &setup->company->currency);
      set_text (words, "zone", &setup->company->time_zone);
    }
  else if (strcmp (verb, "exchange") == 0)
    add_exchange (self, words);
  else if (strcmp (verb, "currency") == 0)
    g_assert_true (tb_currency_parse (word_at (words, 1), &client->currency, NULL));
  else if (strcmp (verb, "tariff") == 0)
    set_tariff (tariff, words);
  else if (strcmp (verb, "cost-tariff") == 0)
    set_tariff (cost, words);
  else if (strcmp (verb, "rate") == 0)
    g_ptr_array_add (tariff->rates, make_rate (self, words));
  else if (strcmp (verb, "cost") == 0)
    g_ptr_array_add (cost->rates, make_rate (self, words));
  else if (strcmp (verb, "custom") == 0)
    g_ptr_array_add (package->custom_rates, make_rate (self, words));
  else if (strcmp (verb, "client") == 0)
    g_ptr_array_add (client->custom_rates, make_rate (self, words));
  else if (strcmp (verb, "flat") == 0)
    package->flat_rate = make_rate (self, words);
  else if (strcmp (verb, "inbound") == 0)
    package->inbound_rate = make_rate (self, words);
  else if (strcmp (verb, "package") == 0)
    set_package (package, words);
  else if (strcmp (verb, "plan") == 0)
    set_plan (&package->number_plan, words);
  else if (strcmp (verb, "pool") == 0)
    g_ptr_array_add (package->included, make_pool (words, package->included->len));
  else if (strcmp (verb, "filter") == 0)
    g_ptr_array_add (package->filters, make_filter (words));
  else if (strcmp (verb, "all-filter") == 0)
    g_ptr_array_add (setup->filters, make_filter (words));
  else if (strcmp (verb, "service") == 0)
    add_service (self, words);
  else
    g_error ("the scene's verb “%s” is unknown", verb);
}

static void
add_text (TbScene *self, const char *text)
{
  g_auto (GStrv) statements = g_strsplit (text, ";", -1);

  for (char **statement = statements; *statement != NULL; statement++)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (*statement), " ", -1);
      Words all = { words, 0 };

      if (**statement == '\0')
        continue;
      add_statement (self, &all);
      words_finish (&all);
    }
}

/* ---- the scene ---- */

static void
add_tariff (TbScene *self, const char *name)
{
  TbTariff *tariff = tb_tariff_new ();

  tariff->name = g_strdup (name);
  tariff->currency = self->setup->company->currency;
  g_ptr_array_add (self->setup->tariffs, tariff);
}

TbScene *
tb_scene_new (const char *text)
{
  TbScene *self = g_new0 (TbScene, 1);
  TbPackage *package = tb_package_new ();
  TbProvider *carrier = tb_provider_new ();

  self->setup = tb_setup_new ();
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->setup->company = tb_company_new ();
  g_assert_true (tb_currency_parse ("CAD", &self->setup->company->currency, NULL));
  add_tariff (self, "t");
  add_tariff (self, "carrier");
  carrier->name = g_strdup ("carrier");
  carrier->tariff = g_strdup ("carrier");
  g_ptr_array_add (self->setup->providers, carrier);
  package->id = 1;
  package->name = g_strdup ("p");
  package->tariff = g_strdup ("t");
  g_ptr_array_add (self->setup->packages, package);
  need_client (self, "C1");
  need_connection (self, "pbx");
  add_text (self, text);
  if (self->setup->services->len == 0)
    add_text (self, "service S1 tenant=a");
  return self;
}

void
tb_scene_free (TbScene *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->state, tb_rating_state_free);
  g_clear_pointer (&self->rating, tb_rating_free);
  tb_setup_free (self->setup);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

TbRating *
tb_scene_get_rating (TbScene *self, GError **error)
{
  if (self->rating == NULL)
    {
      self->rating = tb_rating_new (self->setup, error);
      if (self->rating != NULL)
        self->state = tb_rating_state_new (self->rating);
    }
  return self->rating;
}

/* Keeps the words alive as long as the scene. */
static const char *
keep (TbScene *self, const char *text)
{
  g_ptr_array_add (self->calls, g_strdup (text != NULL ? text : ""));
  return self->calls->pdata[self->calls->len - 1];
}

static guint
connection_of (TbScene *self, const char *name)
{
  for (guint i = 0; i < self->setup->connections->len; i++)
    if (strcmp (((TbConnection *) self->setup->connections->pdata[i])->name, name) == 0)
      return i;
  g_error ("the scene has no connection “%s”", name);
}

void
tb_scene_rate (TbScene *self, const char *text, TbRatedCall *ret)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) split = g_strsplit (text, " ", -1);
  Words words = { split, 0 };
  guint first = strchr (split[0], 'T') != NULL;
  const char *connection = word_get (&words, "connection"), *tenant = word_get (&words, "tenant");
  TbRating *rating = tb_scene_get_rating (self, &error);
  TbCall call;

  g_assert_no_error (error);
  tb_call_init (&call);
  g_assert_true (tb_time_parse (first ? word_at (&words, 0) : NOON, -1, NULL, &call.start, NULL));
  call.callee = keep (self, word_at (&words, first));
  call.seconds = int_of (word_at (&words, first + 1));
  call.duration = call.seconds;
  call.ring = call.seconds > 0 ? 0 : -1;
  call.extension = keep (self, word_get (&words, "ext"));
  call.caller = keep (self, word_get (&words, "from"));
  call.did = keep (self, word_get (&words, "did"));
  call.tenant = keep (self, tenant != NULL ? tenant : "a");
  call.uid = "u";
  call.direction = word_is (&words, "in") ? TB_DIRECTION_INBOUND : word_is (&words, "local") ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
  words_finish (&words);
  tb_rating_rate (rating, self->state, tb_rating_get_tenant (rating, connection_of (self, connection != NULL ? connection : "pbx"), call.tenant),
                  &call, ret, &error);
  g_assert_no_error (error);
}

/* ---- comparing ---- */

static const char *
prefix_in (GPtrArray *rates, guint id)
{
  for (guint i = 0; i < rates->len; i++)
    if (((TbRate *) rates->pdata[i])->id == id)
      return ((TbRate *) rates->pdata[i])->prefix;
  return NULL;
}

/* The prefix of a rate by its id, wherever it stands. */
static const char *
prefix_of (TbScene *self, guint id)
{
  const TbPackage *package = self->setup->packages->pdata[0];
  const TbRate *single[] = { package->flat_rate, package->inbound_rate };
  GPtrArray *lists[] = { ((TbTariff *) self->setup->tariffs->pdata[0])->rates, package->custom_rates,
                         ((TbClient *) self->setup->clients->pdata[0])->custom_rates };

  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    if (single[i] != NULL && single[i]->id == id)
      return single[i]->prefix;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (prefix_in (lists[i], id) != NULL)
      return prefix_in (lists[i], id);
  return "";
}

static const char *
service_of (TbScene *self, guint id)
{
  return id == 0 ? "" : ((TbService *) self->setup->services->pdata[id - 1])->key;
}

/* What the key of an expectation is now; places 0 to 3 stand without a key. */
static char *
actual (TbScene *self, const TbRatedCall *rated, const char *key)
{
  static const char *const places[] = { "status", "rate", "billed", "charge" };

  if (g_ascii_isdigit (*key))
    key = places[*key - '0'];
  if (strcmp (key, "status") == 0)
    return g_strdup (tb_call_status_to_string (rated->status));
  if (strcmp (key, "rate") == 0)
    return g_strdup_printf ("%s:%s", tb_rate_source_to_string (rated->source), prefix_of (self, rated->rate_id));
  if (strcmp (key, "billed") == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, rated->billed);
  if (strcmp (key, "free") == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, rated->free);
  if (strcmp (key, "charge") == 0)
    return tb_decimal_format (rated->charge, TB_AMOUNT_SCALE, 0);
  if (strcmp (key, "cost") == 0)
    return tb_decimal_format (rated->cost, TB_AMOUNT_SCALE, 0);
  if (strcmp (key, "currency") == 0)
    return g_strdup (tb_currency_to_string (rated->currency));
  if (strcmp (key, "cost-currency") == 0)
    return g_strdup (tb_currency_to_string (rated->cost_currency));
  if (strcmp (key, "service") == 0)
    return g_strdup (service_of (self, rated->service_id));
  if (strcmp (key, "number") == 0)
    return g_strdup (rated->number);
  if (strcmp (key, "rule") == 0)
    return g_strdup (tb_number_rule_to_string (rated->rule));
  g_error ("nothing is called “%s”", key);
}

void
tb_scene_check (TbScene *self, const TbRatedCall *rated, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (expected, " ", -1);
  guint place = 0;

  for (char **word = words; *word != NULL; word++)
    {
      char *value = strchr (*word, '=');
      g_autofree char *key = value != NULL ? g_strndup (*word, (gsize) (value - *word)) : g_strdup_printf ("%u", place++);
      g_autofree char *is = actual (self, rated, key);

      if (g_strcmp0 (value != NULL ? value + 1 : *word, is) != 0)
        g_test_message ("%s: is “%s”, expected “%s”", key, is, *word);
      g_assert_cmpstr (is, ==, value != NULL ? value + 1 : *word);
    }
}

void
tb_scene_run (const char *set_up, const char *calls, const char *expected)
{
  g_autoptr (TbScene) scene = tb_scene_new (set_up);
  g_auto (GStrv) all = g_strsplit (calls, "; ", -1);
  g_auto (GStrv) results = g_strsplit (expected, "; ", -1);

  g_assert_cmpuint (g_strv_length (all), ==, g_strv_length (results));
  for (guint i = 0; all[i] != NULL; i++)
    {
      TbRatedCall rated;

      tb_scene_rate (scene, all[i], &rated);
      tb_scene_check (scene, &rated, results[i]);
    }
}

void
tb_scene_run_rows (const TbSceneRow *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s", rows[i].reason);
      tb_scene_run (rows[i].set_up, rows[i].calls, rows[i].expected);
    }
}
