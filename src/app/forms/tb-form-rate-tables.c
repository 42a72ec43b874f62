/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-tables.h"

#include <glib/gi18n.h>

/* Rates, key by key: with a prefix, without one, and of inbound calls. */

/* ---- steps and hours ---- */

static const TbFormField step_fields[] = {
  { "after", N_ ("After seconds"), TB_FORM_INT, N_ ("Where in the call this step begins; the first one at 0"), .group = N_ ("Step") },
  { "rate", N_ ("Rate"), TB_FORM_DECIMAL },
  { "per", N_ ("For seconds"), TB_FORM_INT, N_ ("60: the rate is of a minute") },
  { "increment", N_ ("Sold by seconds"), TB_FORM_INT },
};
static const TbFormTable step_table
    = TB_FORM_TABLE ("packages.custom_rates.steps", N_ ("Step"), step_fields, .summary = "after,rate,increment", .ordered = TRUE);

static const TbFormField band_fields[] = {
  { "days", N_ ("Days of the week"), TB_FORM_TEXT, N_ ("1 is Monday: 1-5 or 6,7; empty: all"), .group = "" },
  { "from", N_ ("From"), TB_FORM_TEXT, N_ ("Time of day, such as 08:00") },
  { "to", N_ ("To"), TB_FORM_TEXT, N_ ("Such as 19:00; 24:00 is midnight") },
  { "month", N_ ("Month of a holiday"), TB_FORM_INT, N_ ("1 to 12, with its day: the rate holds on that day of each year") },
  { "day", N_ ("Day of a holiday"), TB_FORM_INT },
};
static const TbFormTable band_table = TB_FORM_TABLE ("packages.custom_rates.when", N_ ("Hours"), band_fields, .summary = "days,from,to");

/* ---- rates ---- */

static const char *const style_labels[] = { N_ ("The first increment, then the next"), N_ ("Whole multiples of the next"), NULL };

#define PRICE_FIELDS                                                                                                                                 \
  { "rate", N_ ("Rate a minute"), TB_FORM_DECIMAL }, { "increment", N_ ("Increment"), TB_FORM_TEXT, N_ ("Seconds at first and then, such as 60/6") },   \
      { "connect_fee", N_ ("Connection fee"), TB_FORM_DECIMAL },                                                                                     \
      { "minimum", N_ ("Shortest call billed"), TB_FORM_INT, N_ ("In seconds; shorter ones are billed as long as that") },                           \
      { "grace", N_ ("Free when shorter than"), TB_FORM_INT, N_ ("In seconds") },                                                                    \
      { "included_seconds", N_ ("Free at first"), TB_FORM_INT, N_ ("Seconds of each call that cost nothing") },                                      \
      { "enabled", N_ ("Calls are let through"), TB_FORM_SWITCH, N_ ("Off: calls to it are marked as blocked"), .group = N_ ("When") },              \
      { "effective_from", N_ ("From"), TB_FORM_TEXT, N_ ("A day, or a time such as 2026-10-01T08:00") },                                             \
      { "effective_to", N_ ("Until before"), TB_FORM_TEXT, N_ ("The first day or time at which it is over") },                                       \
      { "priority", N_ ("Priority"), TB_FORM_INT, N_ ("Of several at one time the highest holds") },                                                 \
      { "when", N_ ("Only at some hours or on a holiday"), TB_FORM_OPTIONAL, .table = &band_table },                                                 \
      { "steps", N_ ("Steps"), TB_FORM_RECORDS, N_ ("Other prices as a call goes on, instead of rate and increment"), .group = N_ ("More"),          \
        .table = &step_table },                                                                                                                      \
      { "increment_style", N_ ("Rounded up to"), TB_FORM_CHOICE, .labels = style_labels },                                                           \
      { "min_charge", N_ ("Least charge"), TB_FORM_DECIMAL }, { "max_charge", N_ ("Greatest charge"), TB_FORM_DECIMAL },                             \
      { "rate2", N_ ("Second rate"), TB_FORM_DECIMAL, N_ ("Kept from the deck; not charged") },                                                      \
      { "premium_rate", N_ ("Premium rate"), TB_FORM_DECIMAL, N_ ("Kept from the deck; not charged") },                                              \
      { "old_rate", N_ ("Old rate"), TB_FORM_DECIMAL, N_ ("Kept from the deck; not charged") },                                                      \
      { "changed", N_ ("Changed"), TB_FORM_TEXT, N_ ("What the deck says of its change") }

#define NAME_FIELDS { "description", N_ ("Destination"), TB_FORM_TEXT }, { "short_description", N_ ("Short name"), TB_FORM_TEXT }

static const TbFormField rate_fields[] = {
  { "prefix", N_ ("Prefix"), TB_FORM_TEXT, N_ ("Digits with country code; empty: all numbers"), .group = N_ ("Rate") },
  NAME_FIELDS,
  PRICE_FIELDS,
};
const TbFormTable tb_form_rate_table = TB_FORM_TABLE ("packages.custom_rates", N_ ("Rate"), rate_fields, .summary = "prefix,description,rate,increment");

static const TbFormField price_fields[] = { PRICE_FIELDS, NAME_FIELDS };
const TbFormTable tb_form_price_table = TB_FORM_TABLE ("packages.flat_rate", N_ ("Rate"), price_fields, .summary = "rate,increment");

static const TbFormField inbound_fields[] = {
  { "bill", N_ ("Inbound calls are billed"), TB_FORM_SWITCH },
  PRICE_FIELDS,
  NAME_FIELDS,
};
const TbFormTable tb_form_inbound_table
    = TB_FORM_TABLE ("packages.inbound", N_ ("Inbound calls"), inbound_fields, .summary = "bill,rate", .toggle = "bill");
