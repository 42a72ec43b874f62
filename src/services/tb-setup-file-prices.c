/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-setup-file-private.h"
#include "tb-text.h"

/* Tariffs and packages, key by key. */

#define DAY_SECONDS 86400
#define PREFIX_MAX 32
#define PRICE .max = G_MAXINT64
#define SECONDS .max = DAY_SECONDS
#define ANY_INT .min = G_MININT32, .max = G_MAXINT32

static const char *const rounding_modes[] = { "half-up", "half-even", "up", "down", NULL };
static const char *const increment_styles[] = { "first-then", "multiple", NULL };
static const char *const band_rules[] = { "start", "split", NULL };
static const char *const package_modes[] = { "postpaid", "prepaid", NULL };
static const char *const cycles[] = { "monthly", "quarterly", "semi-annual", "annual", "one-off", NULL };
static const char *const custom_matches[] = { "priority", "longest", "exact", NULL };
static const char *const consumptions[] = { "billed", "exact", NULL };

static gboolean
refuse_at (TbSetupContext *context, const char *key, const char *reason, GError **error)
{
  tb_setup_enter (context, key, 0);
  return tb_setup_refuse (context, error, "%s", reason);
}

static const TbSetupKey rounding_keys[] = {
  TB_KEY ("mode", TbRounding, mode, word, .words = rounding_modes),
  TB_KEY ("decimals", TbRounding, decimals, byte, .max = TB_AMOUNT_SCALE),
};
static const TbSetupNoun rounding_noun = TB_PART (rounding_keys);

/* ---- rates ---- */

static gboolean
rate_finish (TbSetupContext *context, gpointer item, GError **error)
{
  TbRate *rate = item;

  if (rate->prefix == NULL)
    rate->prefix = g_strdup ("");
  if (rate->min_charge != TB_DECIMAL_NONE && rate->max_charge != TB_DECIMAL_NONE && rate->min_charge > rate->max_charge)
    return refuse_at (context, "max_charge", _("is less than min_charge"), error);
  if (rate->effective_from != TB_TIME_NONE && rate->effective_to != TB_TIME_NONE && rate->effective_to <= rate->effective_from)
    return refuse_at (context, "effective_to", _("is not after effective_from"), error);
  return TRUE;
}

static const TbSetupKey rate_keys[] = {
  TB_KEY ("prefix", TbRate, prefix, digits, .max = PREFIX_MAX),
  TB_KEY ("description", TbRate, description, text),
  TB_KEY ("short_description", TbRate, short_description, text),
  TB_KEY ("rate", TbRate, rate, decimal, .always = TRUE, PRICE),
  TB_KEY ("increment", TbRate, initial, increment),
  TB_KEY ("increment_style", TbRate, increment_style, word, .words = increment_styles),
  TB_KEY_OF_ITEM ("steps", steps, .noun = &tb_step_noun),
  TB_KEY ("connect_fee", TbRate, connect_fee, decimal, PRICE),
  TB_KEY ("minimum", TbRate, minimum, count, SECONDS),
  TB_KEY ("grace", TbRate, grace, count, SECONDS),
  TB_KEY ("included_seconds", TbRate, included_seconds, int, SECONDS),
  TB_KEY ("min_charge", TbRate, min_charge, decimal, PRICE),
  TB_KEY ("max_charge", TbRate, max_charge, decimal, PRICE),
  TB_KEY ("effective_from", TbRate, effective_from, time),
  TB_KEY ("effective_to", TbRate, effective_to, time),
  TB_KEY ("enabled", TbRate, enabled, bool),
  TB_KEY ("when", TbRate, band, band, .noun = &tb_band_noun),
  TB_KEY ("priority", TbRate, priority, int, ANY_INT),
  TB_KEY ("rate2", TbRate, rate2, decimal, PRICE),
  TB_KEY ("premium_rate", TbRate, premium_rate, decimal, PRICE),
  TB_KEY ("old_rate", TbRate, old_rate, decimal, PRICE),
  TB_KEY ("changed", TbRate, changed, text),
};
const TbSetupNoun tb_rate_noun = TB_NOUN (rate_keys, tb_rate_new, tb_rate_free, rate_finish);
/* All of them but the first. */
const TbSetupNoun tb_price_noun
    = { rate_keys + 1, G_N_ELEMENTS (rate_keys) - 1, (gpointer (*) (void)) tb_rate_new, (void (*) (gpointer)) tb_rate_free, rate_finish };

/* ---- tariffs ---- */

/* Without rates and without a deck the file says nothing about the rates. */
static TbTariff *
new_tariff (void)
{
  TbTariff *tariff = tb_tariff_new ();

  g_clear_pointer (&tariff->rates, g_ptr_array_unref);
  return tariff;
}

static gboolean
tariff_finish (TbSetupContext *context, gpointer item, GError **error)
{
  TbTariff *tariff = item;

  g_clear_pointer (&context->columns, g_free);
  if (tariff->currency == TB_CURRENCY_NONE)
    tariff->currency = context->currency;
  tariff->n_rates = tariff->rates != NULL ? tariff->rates->len : 0;
  return TRUE;
}

static const TbSetupKey tariff_keys[] = {
  TB_KEY ("name", TbTariff, name, text, .required = TRUE),
  TB_KEY ("currency", TbTariff, currency, currency),
  TB_KEY ("time_zone", TbTariff, time_zone, text, .check = tb_check_zone),
  TB_KEY ("band", TbTariff, band, word, .words = band_rules),
  TB_KEY ("rounding", TbTariff, rounding, part, .noun = &rounding_noun),
  TB_KEY_OF_ITEM ("columns", deck_columns),
  TB_KEY_OF_ITEM ("file", deck),
  TB_KEY_OF_ITEM ("rates", tariff_rates, .noun = &tb_rate_noun),
};
const TbSetupNoun tb_tariff_noun = TB_NOUN (tariff_keys, new_tariff, tb_tariff_free, tariff_finish);

/* ---- packages ---- */

static gboolean
allowance_finish (TbSetupContext *context, gpointer item, GError **error)
{
  const TbAllowance *pool = item;

  if (tb_moment_to_utc (pool->to, context->zone, G_MAXINT64) <= tb_moment_to_utc (pool->from, context->zone, G_MININT64))
    return refuse_at (context, "to", _("is not after from"), error);
  return TRUE;
}

static const TbSetupKey allowance_keys[] = {
  TB_KEY ("name", TbAllowance, name, text, .required = TRUE),
  TB_KEY ("minutes", TbAllowance, seconds, minutes),
  TB_KEY ("seconds", TbAllowance, seconds, seconds),
  TB_KEY ("scope", TbAllowance, scope, scope),
  TB_KEY ("shared", TbAllowance, shared, bool),
  TB_KEY ("carry_over", TbAllowance, carry_over, bool),
  TB_KEY ("consume", TbAllowance, consume, word, .words = consumptions),
  TB_KEY ("unit", TbAllowance, unit, int, .min = 1, SECONDS),
  TB_KEY ("priority", TbAllowance, priority, int, ANY_INT),
  TB_KEY ("from", TbAllowance, from, moment),
  TB_KEY ("to", TbAllowance, to, moment),
  TB_KEY ("connect_fee", TbAllowance, connect_fee, decimal, PRICE),
};
static const TbSetupNoun allowance_noun = TB_NOUN (allowance_keys, tb_allowance_new, tb_allowance_free, allowance_finish);

static const TbSetupKey number_plan_keys[] = {
  TB_KEY ("country", TbNumberPlan, country, text, .check = tb_check_country),
  TB_KEY ("country_code", TbNumberPlan, country_code, digits, .max = 4),
  TB_KEY ("exit_codes", TbNumberPlan, exit_codes, lines, .max = 8, .check = tb_check_digits),
  TB_KEY ("trunk_prefix", TbNumberPlan, trunk_prefix, text, .max = 8, .check = tb_check_digits),
  TB_KEY ("nanp", TbNumberPlan, nanp, bool),
  TB_KEY ("area_code", TbNumberPlan, area_code, text, .max = 8, .check = tb_check_digits),
};
static const TbSetupNoun number_plan_noun = TB_PART (number_plan_keys);

static const TbSetupKey package_keys[] = {
  TB_KEY ("name", TbPackage, name, text, .required = TRUE),
  TB_KEY ("tariff", TbPackage, tariff, text),
  TB_KEY ("markup", TbPackage, markup, decimal, .min = -100 * TB_DECIMAL_ONE, PRICE),
  TB_KEY ("markup_connect_fee", TbPackage, markup_connect_fee, bool),
  TB_KEY ("surcharge", TbPackage, surcharge, decimal, PRICE),
  TB_KEY ("rounding", TbPackage, rounding, part, .noun = &rounding_noun),
  TB_KEY ("mode", TbPackage, mode, word, .words = package_modes),
  TB_KEY ("fee", TbPackage, fee, decimal, PRICE),
  TB_KEY ("cycle", TbPackage, cycle, word, .words = cycles),
  TB_KEY ("number_plan", TbPackage, number_plan, part, .noun = &number_plan_noun),
  TB_KEY ("increment", TbPackage, initial, increment),
  TB_KEY ("minimum", TbPackage, minimum, count, SECONDS),
  TB_KEY ("grace", TbPackage, grace, count, SECONDS),
  TB_KEY ("connect_fee", TbPackage, connect_fee, decimal, PRICE),
  TB_KEY ("included", TbPackage, included, list, .noun = &allowance_noun),
  TB_KEY ("custom_match", TbPackage, custom_match, word, .words = custom_matches),
  TB_KEY ("custom_rates", TbPackage, custom_rates, rates, .noun = &tb_rate_noun),
  TB_KEY ("flat_rate", TbPackage, flat_rate, object, .noun = &tb_price_noun),
  TB_KEY_OF_ITEM ("tiers", tiers, .noun = &tb_tiers_noun),
  TB_KEY_OF_ITEM ("inbound", inbound, .noun = &tb_price_noun),
  TB_KEY ("bill_internal", TbPackage, bill_internal, bool),
  TB_KEY ("filters", TbPackage, filters, list, .noun = &tb_filter_noun),
};
const TbSetupNoun tb_package_noun = TB_NOUN (package_keys, tb_package_new, tb_package_free, NULL);
