/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene.h"

#include <string.h>

#include "tb-scene-private.h"
#include "tb-scene-words.h"

#define NOON "2026-10-05T12:00:00Z"

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
  tb_scene_need_client (self, "C1");
  tb_scene_need_connection (self, "pbx");
  tb_scene_add_text (self, text);
  if (self->setup->services->len == 0)
    tb_scene_add_text (self, "service S1 tenant=a");
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
  TbSceneWords words = { split, 0 };
  guint first = strchr (split[0], 'T') != NULL;
  const char *connection = tb_words_get (&words, "connection"), *tenant = tb_words_get (&words, "tenant");
  TbRating *rating = tb_scene_get_rating (self, &error);
  TbCall call;

  g_assert_no_error (error);
  tb_call_init (&call);
  g_assert_true (tb_time_parse (first ? tb_words_at (&words, 0) : NOON, -1, NULL, &call.start, NULL));
  call.callee = keep (self, tb_words_at (&words, first));
  call.seconds = tb_scene_int (tb_words_at (&words, first + 1));
  call.duration = call.seconds;
  call.ring = call.seconds > 0 ? 0 : -1;
  call.extension = keep (self, tb_words_get (&words, "ext"));
  call.caller = keep (self, tb_words_get (&words, "from"));
  call.did = keep (self, tb_words_get (&words, "did"));
  call.tenant = keep (self, tenant != NULL ? tenant : "a");
  call.uid = "u";
  call.direction = tb_words_has (&words, "in") ? TB_DIRECTION_INBOUND : tb_words_has (&words, "local") ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
  tb_words_finish (&words);
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
