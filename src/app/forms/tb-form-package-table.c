/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-tables.h"

#include <glib/gi18n.h>

#include "tb-usual-plan.h"

/* ---- parts ---- */

static const char *const rounding_labels[] = { N_ ("Half up"), N_ ("Half to even"), N_ ("Up"), N_ ("Down"), NULL };

static const TbFormField rounding_fields[] = {
  { "mode", N_ ("Rounding of each call"), TB_FORM_CHOICE, .labels = rounding_labels },
  { "decimals", N_ ("Decimals"), TB_FORM_INT },
};
static const TbFormTable rounding_table = TB_FORM_TABLE ("packages.rounding", N_ ("Rounding"), rounding_fields, .summary = "mode,decimals");

static const TbFormField number_plan_fields[] = {
  { "country", N_ ("Country"), TB_FORM_TEXT, N_ ("Two letters, such as CA; the usual rules follow while nothing stands below") },
  { "country_code", N_ ("Country code"), TB_FORM_TEXT, N_ ("Put before numbers that are dialled without one, such as 44") },
  { "exit_codes", N_ ("International prefixes"), TB_FORM_WORDS, N_ ("Dialled before a country code, such as 00 or 011") },
  { "trunk_prefix", N_ ("Trunk prefix"), TB_FORM_TEXT, N_ ("Dialled before an area code, such as 0") },
  { "area_code", N_ ("Area code"), TB_FORM_TEXT, N_ ("Put before numbers that are dialled without one, with the country code") },
  { "nanp", N_ ("North American numbers"), TB_FORM_SWITCH, N_ ("Ten digits get a 1 before them") },
};
static void
set_text (JsonNode *record, const char *key, const char *text)
{
  if (text != NULL)
    tb_form_json_set (record, key, json_node_init_string (json_node_alloc (), text));
}

static gboolean
complete_number_plan (JsonNode *record)
{
  static const char *const others[] = { "country_code", "exit_codes", "trunk_prefix", "area_code" };
  JsonNode *country = tb_form_json_get (record, "country"), *nanp = tb_form_json_get (record, "nanp"), *codes;
  TbNumberPlan plan = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (tb_form_json_get (record, others[i]) != NULL)
      return FALSE;
  if (country == NULL || (nanp != NULL && json_node_get_boolean (nanp)) || !tb_usual_plan_find (json_node_get_string (country), &plan))
    return FALSE;
  codes = tb_form_json_new_array ();
  for (guint i = 0; plan.exit_codes[i] != NULL; i++)
    json_array_add_string_element (json_node_get_array (codes), plan.exit_codes[i]);
  tb_form_json_set (record, "exit_codes", codes);
  set_text (record, "country_code", plan.country_code);
  set_text (record, "trunk_prefix", plan.trunk_prefix);
  tb_form_json_set (record, "nanp", json_node_init_boolean (json_node_alloc (), plan.nanp));
  tb_number_plan_clear (&plan);
  return TRUE;
}

static const TbFormTable number_plan_table
    = TB_FORM_TABLE ("packages.number_plan", N_ ("How numbers are dialled"), number_plan_fields, .summary = "country,country_code,area_code",
                     .complete = complete_number_plan);

static const char *const consume_labels[] = { N_ ("Seconds as billed"), N_ ("Seconds as talked"), NULL };

static const TbFormField allowance_fields[] = {
  { "name", N_ ("Name"), TB_FORM_TEXT, .group = N_ ("Included") },
  { "minutes", N_ ("Minutes"), TB_FORM_NUMBER, N_ ("In each billing period; or: unlimited") },
  { "seconds", N_ ("Or seconds"), TB_FORM_NUMBER, N_ ("Instead of minutes") },
  { "scope", N_ ("For"), TB_FORM_WORDS, N_ ("Prefixes such as 1, 44; or all, national, inbound; empty: all") },
  { "shared", N_ ("Shared"), TB_FORM_SWITCH, N_ ("By all services of the client") },
  { "carry_over", N_ ("Carried over"), TB_FORM_SWITCH, N_ ("What is left of one period is there in the next") },
  { "consume", N_ ("Uses up"), TB_FORM_CHOICE, .labels = consume_labels },
  { "unit", N_ ("Seconds at a time"), TB_FORM_INT },
  { "priority", N_ ("Priority"), TB_FORM_INT, N_ ("The highest is used first") },
  { "from", N_ ("From"), TB_FORM_TEXT, N_ ("A day, or a time such as 2026-10-01T08:00"), .group = N_ ("When") },
  { "to", N_ ("Until before"), TB_FORM_TEXT, N_ ("The first day or time at which it is over") },
  { "connect_fee", N_ ("Connection fee"), TB_FORM_DECIMAL, N_ ("Instead of the rate’s, for calls that it serves") },
};
static const TbFormTable allowance_table
    = TB_FORM_TABLE ("packages.included", N_ ("Included minutes"), allowance_fields, .summary = "name,minutes,seconds,scope");

/* ---- tiers ---- */

static const TbFormField tier_fields[] = {
  { "from", N_ ("From"), TB_FORM_DECIMAL, N_ ("Minutes or amount of the billing period; the first tier from 0"), .group = N_ ("Tier") },
  { "rate", N_ ("Rate a minute"), TB_FORM_DECIMAL },
};
static const TbFormTable tier_table = TB_FORM_TABLE ("packages.tiers.steps", N_ ("Tier"), tier_fields, .summary = "from,rate", .ordered = TRUE);

static const char *const tier_kind_labels[] = { N_ ("None"), N_ ("Each minute at its own tier"), N_ ("All minutes at the tier reached"), NULL };
static const char *const tier_basis_labels[] = { N_ ("Minutes"), N_ ("Amount"), NULL };

static const TbFormField tiers_fields[] = {
  { "kind", N_ ("Tiers"), TB_FORM_CHOICE, .labels = tier_kind_labels },
  { "by", N_ ("By"), TB_FORM_CHOICE, .labels = tier_basis_labels },
  { "steps", N_ ("Tiers"), TB_FORM_RECORDS, .table = &tier_table },
};
static const TbFormTable tiers_table = TB_FORM_TABLE ("packages.tiers", N_ ("Volume tiers"), tiers_fields, .summary = "kind,steps", .toggle = "kind");

/* ---- packages ---- */

static const char *const mode_labels[] = { N_ ("Afterwards"), N_ ("In advance"), NULL };
static const char *const cycle_labels[] = { N_ ("Every month"), N_ ("Every quarter"), N_ ("Every half year"), N_ ("Every year"), N_ ("Once"), NULL };
static const char *const custom_match_labels[]
    = { N_ ("They come first"), N_ ("The longest prefix of all"), N_ ("Only for the whole number"), NULL };

static const TbFormField package_fields[] = {
  { "name", N_ ("Name"), TB_FORM_TEXT, .group = N_ ("Package") },
  { "mode", N_ ("Paid"), TB_FORM_CHOICE, .labels = mode_labels },
  { "fee", N_ ("Fee"), TB_FORM_DECIMAL, N_ ("In the client’s currency") },
  { "cycle", N_ ("Billed"), TB_FORM_CHOICE, .labels = cycle_labels },
  { "tariff", N_ ("Tariff"), TB_FORM_REFERENCE, N_ ("What calls are sold by"), .group = N_ ("Price of Calls"), .noun = "tariffs" },
  { "markup", N_ ("Markup"), TB_FORM_DECIMAL, N_ ("Percent on the tariff’s rates") },
  { "markup_connect_fee", N_ ("Also on connection fees"), TB_FORM_SWITCH },
  { "surcharge", N_ ("Surcharge a minute"), TB_FORM_DECIMAL, N_ ("Before the markup") },
  { "increment", N_ ("Increment"), TB_FORM_TEXT, N_ ("Seconds at first and then, such as 60/6; empty: the rate’s own") },
  { "minimum", N_ ("Shortest call billed"), TB_FORM_INT, N_ ("In seconds; empty: the rate’s own") },
  { "grace", N_ ("Free when shorter than"), TB_FORM_INT, N_ ("In seconds; empty: the rate’s own") },
  { "connect_fee", N_ ("Connection fee"), TB_FORM_DECIMAL, N_ ("Empty: the rate’s own") },
  { "rounding", N_ ("Rounding"), TB_FORM_PART, .table = &rounding_table },
  { "bill_internal", N_ ("Internal calls are billed"), TB_FORM_SWITCH, .group = N_ ("Calls Inside") },
  { "inbound", N_ ("Inbound Calls"), TB_FORM_PART, .table = &tb_form_inbound_table },
  { "included", N_ ("Included minutes"), TB_FORM_RECORDS, .group = N_ ("Included"), .table = &allowance_table },
  { "flat_rate", N_ ("One rate for all calls"), TB_FORM_OPTIONAL, N_ ("Instead of the tariff"), .table = &tb_form_price_table },
  { "custom_rates", N_ ("Own rates"), TB_FORM_RECORDS, N_ ("For some prefixes, instead of the tariff’s"), .table = &tb_form_rate_table },
  { "custom_match", N_ ("Own rates and the tariff"), TB_FORM_CHOICE, .labels = custom_match_labels },
  { "tiers", N_ ("Volume Tiers"), TB_FORM_PART, .table = &tiers_table },
  { "filters", N_ ("Calls not billed"), TB_FORM_RECORDS, N_ ("After those of all packages; the first that fits a call decides"), .table = &tb_form_filter_table },
  { "number_plan", N_ ("How Numbers Are Dialled"), TB_FORM_PART, .table = &number_plan_table },
};
const TbFormTable tb_form_package_table = TB_FORM_TABLE ("packages", N_ ("Package"), package_fields, .summary = "name,mode,fee,tariff");
