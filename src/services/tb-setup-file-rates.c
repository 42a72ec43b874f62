/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "tb-error.h"
#include "tb-increment.h"
#include "tb-setup-file-private.h"

#define DAY_SECONDS 86400

/* A plain text, or NULL with a message about its type. */
static const char *
get_text (TbSetupContext *context, JsonNode *node, const char *expected, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  tb_setup_refuse_type (context, node, expected, error);
  return NULL;
}

/* ---- increments ---- */

static gboolean
increment_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text = get_text (context, node, _("an increment in quotes, such as \"30/6\""), error);
  gint32 *pair = place;

  return text != NULL && (tb_rate_parse_increment (text, &pair[0], &pair[1], error) || tb_setup_refuse_prefixed (context, error));
}

static JsonNode *
increment_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const gint32 *pair = place;
  g_autofree char *text = g_strdup_printf ("%d/%d", pair[0], pair[1] > 0 ? pair[1] : pair[0]);

  return pair[0] > 0 ? tb_setup_write_text (text) : NULL;
}

const TbSetupKind tb_setup_increment = { increment_read, increment_write };

/* ---- times ---- */

static gboolean
moment_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text = get_text (context, node, _("a date in quotes, such as \"2026-10-01\""), error);
  TbMoment moment = TB_MOMENT_OPEN;

  if (text == NULL)
    return FALSE;
  if (strlen (text) > 10 && text[4] == '-' ? !tb_time_parse (text, -1, context->rate_zone, &moment.time, error)
                                           : !tb_day_parse (text, &moment.day, error))
    return tb_setup_refuse_prefixed (context, error);
  *(TbMoment *) place = moment;
  return TRUE;
}

static JsonNode *
moment_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const TbMoment *moment = place;
  g_autofree char *text = moment->time != TB_TIME_NONE ? tb_time_format (moment->time, context->rate_zone)
                          : moment->day != TB_DAY_NONE ? tb_day_format (moment->day)
                                                       : NULL;

  return text != NULL ? tb_setup_write_text (text) : NULL;
}

const TbSetupKind tb_setup_moment = { moment_read, moment_write };

static gboolean
time_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  TbMoment moment;

  if (!moment_read (context, key, node, &moment, error))
    return FALSE;
  *(gint64 *) place = tb_moment_to_utc (moment, context->rate_zone, TB_TIME_NONE);
  return TRUE;
}

static JsonNode *
time_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  gint64 time = *(const gint64 *) place;
  g_autofree char *text = NULL;
  TbDay day;

  if (time == TB_TIME_NONE)
    return NULL;
  day = tb_zone_day_at (context->rate_zone, time);
  text = tb_zone_to_utc (context->rate_zone, day, 0, FALSE) == time ? tb_day_format (day) : tb_time_format (time, context->rate_zone);
  return tb_setup_write_text (text);
}

const TbSetupKind tb_setup_time = { time_read, time_write };

/* ---- bands ---- */

/* "1-5", "1-4,7", "6-1": Saturday to Monday. */
static gboolean
days_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text = get_text (context, node, _("days in quotes, such as \"1-5\" or \"6,7\""), error);
  guint8 days = 0;

  for (const char *at = text; at != NULL; at++)
    {
      int from = *at - '0', to = from;

      if (g_ascii_isdigit (*at) && at[1] == '-')
        to = at[2] - '0', at += 2;
      if (from < 1 || from > 7 || to < 1 || to > 7 || (at[1] != ',' && at[1] != '\0'))
        return tb_setup_refuse (context, error, _("“%s” are not days such as 1-5 or 6,7, from 1 (Monday) to 7"), text);
      for (int day = from; day != to; day = day % 7 + 1)
        days |= (guint8) (1 << (day - 1));
      days |= (guint8) (1 << (to - 1));
      if (*++at == '\0')
        break;
    }
  *(guint8 *) place = days;
  return text != NULL;
}

static JsonNode *
days_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  guint days = *(const guint8 *) place;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint from = 1; from <= 7; from++)
    {
      guint to = from;

      if ((days >> (from - 1) & 1) == 0)
        continue;
      while (to < 7 && (days >> to & 1) != 0)
        to++;
      g_string_append_printf (text, from == to ? "%s%u" : "%s%u-%u", text->len > 0 ? "," : "", from, to);
      from = to;
    }
  return text->len > 0 ? tb_setup_write_text (text->str) : NULL;
}

static const TbSetupKind tb_setup_days = { days_read, days_write };

static gboolean
clock_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text = get_text (context, node, _("a time of day in quotes, such as \"08:00\""), error);
  guint parts[3] = { 0 };
  int end = 0;

  if (text == NULL)
    return FALSE;
  if (g_ascii_isdigit (*text)
      && (sscanf (text, "%2u:%2u%n", &parts[0], &parts[1], &end) == 2 && (text[end] == '\0' || sscanf (text + end, ":%2u%n", &parts[2], &end) == 1))
      && text[strspn (text, "0123456789:")] == '\0' && strlen (text) <= 8 && parts[1] < 60 && parts[2] < 60
      && (parts[0] < 24 || (parts[0] == 24 && parts[1] + parts[2] == 0)))
    {
      *(gint32 *) place = (gint32) (parts[0] * 3600 + parts[1] * 60 + parts[2]);
      return TRUE;
    }
  return tb_setup_refuse (context, error, _("“%s” is not a time of day from 00:00 to 24:00"), text);
}

static JsonNode *
clock_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  gint32 second = *(const gint32 *) place;
  g_autofree char *text = NULL;

  if (second == 0)
    return NULL;
  text = second % 60 == 0 ? g_strdup_printf ("%02d:%02d", second / 3600, second / 60 % 60)
                          : g_strdup_printf ("%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
  return tb_setup_write_text (text);
}

static const TbSetupKind tb_setup_clock = { clock_read, clock_write };

/* The whole day is 0 to 0 in a band; 00:00 as an end is midnight. */
static gboolean
band_finish (TbSetupContext *context, gpointer item, GError **error)
{
  TbRateBand *band = item;

  if ((band->month == 0) != (band->day == 0))
    return tb_setup_refuse (context, error, _("a holiday needs both month and day"));
  if (band->month != 0 && !tb_day_is_valid_ymd (2024, band->month, band->day))
    return tb_setup_refuse (context, error, _("there is no day %u in month %u"), band->day, band->month);
  if (band->to == 0 && band->from != 0)
    band->to = DAY_SECONDS;
  if (band->from == 0 && band->to == DAY_SECONDS)
    band->to = 0;
  if (band->from == DAY_SECONDS || (band->from == band->to && band->from != 0))
    return tb_setup_refuse (context, error, _("“from” and “to” leave no time between them"));
  return TRUE;
}

static const TbSetupKey band_keys[] = {
  TB_KEY ("days", TbRateBand, days, days),
  TB_KEY ("from", TbRateBand, from, clock),
  TB_KEY ("to", TbRateBand, to, clock),
  TB_KEY ("month", TbRateBand, month, byte, .max = 12),
  TB_KEY ("day", TbRateBand, day, byte, .max = 31),
};
static gpointer
band_new (void)
{
  return g_new0 (TbRateBand, 1);
}
const TbSetupNoun tb_band_noun = TB_NOUN (band_keys, band_new, g_free, band_finish);

static gboolean
band_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return tb_setup_read_object (context, &tb_band_noun, node, place, error);
}

static JsonNode *
band_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  static const TbRateBand always;

  return memcmp (place, &always, sizeof always) == 0 ? NULL : tb_setup_write_object (context, &tb_band_noun, place);
}

const TbSetupKind tb_setup_band = { band_read, band_write };

/* ---- steps ---- */

static gpointer
step_new (void)
{
  TbRateStep *step = g_new0 (TbRateStep, 1);

  step->per = 60;
  step->increment = 1;
  return step;
}

static const TbSetupKey step_keys[] = {
  TB_KEY ("after", TbRateStep, after, int, .required = TRUE, .max = G_MAXINT32),
  TB_KEY ("rate", TbRateStep, rate, decimal, .required = TRUE, .max = G_MAXINT64),
  TB_KEY ("per", TbRateStep, per, int, .min = 1, .max = DAY_SECONDS),
  TB_KEY ("increment", TbRateStep, increment, int, .min = 1, .max = DAY_SECONDS),
};
const TbSetupNoun tb_step_noun = TB_NOUN (step_keys, step_new, g_free, NULL);

static gboolean
steps_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  TbRate *rate = place;

  if (!tb_setup_read_list (context, &tb_step_noun, node, steps, error))
    return FALSE;
  if (steps->len > TB_STEPS_MAX)
    return tb_setup_refuse (context, error, _("has %u steps; at most %u are possible"), steps->len, TB_STEPS_MAX);
  g_clear_pointer (&rate->steps, g_free);
  rate->steps = steps->len > 0 ? g_new0 (TbRateStep, steps->len) : NULL;
  rate->n_steps = steps->len;
  for (guint i = 0; i < steps->len; i++)
    {
      rate->steps[i] = *(const TbRateStep *) steps->pdata[i];
      if (i == 0 ? rate->steps[0].after == 0 : rate->steps[i].after > rate->steps[i - 1].after)
        continue;
      tb_setup_enter (context, NULL, i);
      tb_setup_enter (context, "after", 0);
      return tb_setup_refuse (context, error, i == 0 ? _("the first step begins after 0 seconds") : _("must be more than that of the step before"));
    }
  return TRUE;
}

static JsonNode *
steps_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const TbRate *rate = place;
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  for (guint i = 0; i < rate->n_steps; i++)
    g_ptr_array_add (steps, &rate->steps[i]);
  return steps->len > 0 ? tb_setup_write_list (context, &tb_step_noun, steps) : NULL;
}

const TbSetupKind tb_setup_steps = { steps_read, steps_write };

/* ---- lists of rates ---- */

static guint
rate_hash (gconstpointer data)
{
  const TbRate *rate = data;

  return g_str_hash (rate->prefix) ^ g_int64_hash (&rate->effective_from) ^ (guint) rate->priority ^ (guint) rate->band.days << 8
         ^ (guint) rate->band.from << 12;
}

static gboolean
rate_same_key (gconstpointer a, gconstpointer b)
{
  return tb_rate_same_key (a, b);
}

static gboolean
rates_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (rate_hash, rate_same_key);
  GPtrArray *rates = *(GPtrArray **) place;

  if (!tb_setup_read_list (context, key->noun, node, rates, error))
    return FALSE;
  for (guint i = 0; i < rates->len; i++)
    if (!g_hash_table_add (known, rates->pdata[i]))
      {
        tb_setup_enter (context, NULL, i);
        return tb_setup_refuse (context, error, _("prefix “%s” is there twice with the same date, hours and priority"),
                                ((TbRate *) rates->pdata[i])->prefix);
      }
  return TRUE;
}

static JsonNode *
rates_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_list (context, key->noun, *(GPtrArray *const *) place);
}

const TbSetupKind tb_setup_rates = { rates_read, rates_write };

/* A rate of the file's own replaces that of the deck with the same key. */
static void
merge_rates (TbTariff *tariff, GPtrArray *rates)
{
  g_autoptr (GHashTable) own = g_hash_table_new (rate_hash, rate_same_key);
  g_autoptr (GPtrArray) deck = g_steal_pointer (&tariff->rates);

  for (guint i = 0; i < rates->len; i++)
    g_hash_table_add (own, rates->pdata[i]);
  for (guint i = 0; deck != NULL && i < deck->len; i++)
    if (!g_hash_table_contains (own, deck->pdata[i]))
      g_ptr_array_add (rates, g_steal_pointer (&deck->pdata[i]));
  tariff->rates = g_ptr_array_ref (rates);
}

static gboolean
tariff_rates_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  TbTariff *tariff = place;
  g_autoptr (TbZone) zone = tb_zone_new (tariff->time_zone, error);
  gboolean ok;

  context->rate_zone = zone;
  ok = zone != NULL && rates_read (context, key, node, &rates, error);
  context->rate_zone = context->zone;
  if (ok)
    merge_rates (tariff, rates);
  return ok;
}

static JsonNode *
tariff_rates_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const TbTariff *tariff = place;
  g_autoptr (TbZone) zone = NULL;
  JsonNode *node;

  if (tariff->rates == NULL)
    return NULL;
  zone = tariff->time_zone != NULL ? tb_zone_new (tariff->time_zone, NULL) : tb_zone_new_utc ();
  context->rate_zone = zone != NULL ? zone : context->zone;
  node = rates_write (context, key, &tariff->rates);
  context->rate_zone = context->zone;
  return node;
}

const TbSetupKind tb_setup_tariff_rates = { tariff_rates_read, tariff_rates_write };
