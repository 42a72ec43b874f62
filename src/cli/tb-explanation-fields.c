/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-explanation-fields.h"

#include <glib/gi18n-lib.h>

static const char *
code_of (TbCurrency currency)
{
  return currency != TB_CURRENCY_NONE ? tb_currency_to_string (currency) : NULL;
}

static void
say_pieces (TbOutput *out, const TbExplainedPrice *price)
{
  tb_output_list (out, "pieces", _("As charged"));
  for (guint i = 0; price != NULL && i < price->pieces->len; i++)
    {
      const TbExplainedPiece *piece = &g_array_index (price->pieces, TbExplainedPiece, i);

      tb_output_row (out);
      tb_output_int (out, "from", _("From second"), piece->from);
      tb_output_int (out, "talked", _("Talked"), piece->talked);
      tb_output_int (out, "seconds", _("Seconds"), piece->seconds);
      tb_output_decimal (out, "rate", _("Rate"), piece->rate);
      tb_output_int (out, "per", _("per seconds"), piece->per);
      tb_output_int (out, "increment", _("Increment"), piece->increment);
      tb_output_figure (out, "amount", _("Amount"), piece->amount, FALSE);
      tb_output_decimal (out, "sell_rate", _("Sold at, a minute"), piece->sell);
      tb_output_end (out);
    }
  tb_output_end (out);
}

static void
say_origin (TbOutput *out, const TbRate *rate, const TbRateOrigin *origin)
{
  tb_output_object (out, "rate_version", _("Version of the rate"));
  tb_output_int (out, "number", _("Version"), origin->version);
  tb_output_time (out, "time", _("Of"), origin->time);
  tb_output_text (out, "file", _("File"), origin->file);
  if (rate->line > 0)
    tb_output_int (out, "line", _("Line"), rate->line);
  else
    tb_output_text (out, "line", _("Line"), NULL);
  tb_output_end (out);
}

static void
say_rounding (TbOutput *out, const TbExplainedPrice *price)
{
  static const char *const limits[] = { NULL, "minimum", "maximum" };

  tb_output_text (out, "exact", _("Before rounding"), price->exact);
  tb_output_object (out, "rounding", _("Rounding"));
  tb_output_text (out, "mode", _("Mode"), tb_rounding_mode_to_string (price->rounding.mode));
  tb_output_int (out, "decimals", _("Decimals"), price->rounding.decimals);
  tb_output_end (out);
  tb_output_decimal (out, "min_charge", _("Minimum charge"), price->min_charge);
  tb_output_decimal (out, "max_charge", _("Maximum charge"), price->max_charge);
  tb_output_text (out, "limited_by", _("Limited by"), limits[price->limit]);
}

static void
say_exchange (TbOutput *out, const TbExplainedPrice *price, const TbCallExplanation *explained)
{
  gboolean some = price->from != price->to;

  tb_output_object (out, "exchange", _("Exchange"));
  tb_output_text (out, "from", _("From"), code_of (price->from));
  tb_output_text (out, "to", _("To"), code_of (price->to));
  tb_output_decimal (out, "from_rate", _("Rate of the first"), price->exchange_from);
  tb_output_decimal (out, "to_rate", _("Rate of the second"), price->exchange_to);
  tb_output_day (out, "date", _("Day"), some ? tb_zone_day_at (explained->zone, explained->row->call.start) : TB_DAY_NONE);
  tb_output_end (out);
}

/* What the charge was made with. */
static void
say_terms (TbOutput *out, const TbCallExplanation *explained)
{
  const TbExplainedPrice *price = explained->explanation->price;

  if (price == NULL)
    return;
  tb_output_object (out, "terms", _("Terms"));
  tb_output_int (out, "minimum", _("Minimum seconds"), price->minimum);
  tb_output_int (out, "grace", _("Grace seconds"), price->grace);
  tb_output_int (out, "included_seconds", _("Included seconds of the rate"), price->included);
  tb_output_decimal (out, "connect_fee", _("Connection fee"), price->fee);
  tb_output_bool (out, "connect_fee_marked_up", _("Marked up"), price->fee_is_marked);
  tb_output_decimal (out, "surcharge", _("Surcharge"), price->surcharge);
  tb_output_decimal (out, "markup", _("Markup"), price->markup);
  tb_output_decimal (out, "tier_rate", _("Tier's price"), price->tier_rate);
  say_exchange (out, price, explained);
  say_rounding (out, price);
  tb_output_end (out);
}

/* ---- lists ---- */

static void
say_tried (TbOutput *out, const TbTriedRate *tried, const char *number, TbZone *zone)
{
  const TbRate *rate = tried->rate;
  g_autofree char *prefix = g_strndup (number, tried->length), *why = tb_tried_rate_describe (tried, zone);

  tb_output_row (out);
  tb_output_text (out, "prefix", _("Prefix"), prefix);
  tb_output_text (out, "description", _("Destination"), rate != NULL ? rate->description : NULL);
  tb_output_decimal (out, "rate", _("Rate"), rate != NULL ? (rate->n_steps > 0 ? rate->steps[0].rate : rate->rate) : TB_DECIMAL_NONE);
  tb_output_time (out, "effective_from", _("From"), rate != NULL ? rate->effective_from : TB_TIME_NONE);
  tb_output_time (out, "effective_to", _("To"), rate != NULL ? rate->effective_to : TB_TIME_NONE);
  tb_output_text (out, "result", _("Result"), tb_tried_verdict_to_string (tried->verdict));
  tb_output_text (out, "reason", _("Why"), why);
  tb_output_end (out);
}

static void
say_list (TbOutput *out, const TbTriedList *list, const char *number, TbZone *zone)
{
  const TbRate *chosen = tb_rate_trace_get_chosen (list->tried);

  tb_output_text (out, "list", _("List"), tb_rate_source_to_string (list->source));
  tb_output_text (out, "owner", _("Of"), list->owner);
  tb_output_text (out, "result", _("Result"), tb_list_outcome_to_string (list->outcome));
  tb_output_int (out, "version", _("Version"), list->version);
  tb_output_time (out, "version_time", _("Of"), list->version_time);
  tb_output_text (out, "file", _("File"), list->file);
  tb_output_text (out, "prefix", _("Prefix"), chosen != NULL ? chosen->prefix : NULL);
  tb_output_list (out, "prefixes", _("Prefixes tried"));
  for (guint i = 0; list->outcome != TB_LIST_EMPTY && i < list->tried->len; i++)
    say_tried (out, &g_array_index (list->tried, TbTriedRate, i), number, zone);
  tb_output_end (out);
}

static void
say_lists (TbOutput *out, const TbCallExplanation *explained)
{
  GPtrArray *lists = explained->facts.lists;

  tb_output_list (out, "lists", _("Lists asked"));
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      tb_output_row (out);
      say_list (out, lists->pdata[i], explained->row->rated.number, explained->zone);
      tb_output_end (out);
    }
  tb_output_end (out);
}

/* ---- pools, services, filter, cost ---- */

static void
say_pools (TbOutput *out, GArray *pools)
{
  tb_output_list (out, "pools", _("Included minutes"));
  for (guint i = 0; pools != NULL && i < pools->len; i++)
    {
      const TbPoolShare *share = &g_array_index (pools, TbPoolShare, i);
      gboolean unlimited = share->before == TB_SECONDS_UNLIMITED;

      tb_output_row (out);
      tb_output_text (out, "name", _("Pool"), share->allowance->name);
      tb_output_bool (out, "unlimited", _("Unlimited"), unlimited);
      if (unlimited)
        tb_output_text (out, "before", _("Seconds before"), NULL);
      else
        tb_output_int (out, "before", _("Seconds before"), share->before);
      tb_output_int (out, "taken", _("Taken"), share->taken);
      if (unlimited)
        tb_output_text (out, "after", _("Seconds after"), NULL);
      else
        tb_output_int (out, "after", _("Seconds after"), share->before - share->taken);
      tb_output_end (out);
    }
  tb_output_end (out);
}

static void
say_claims (TbOutput *out, GArray *claims)
{
  tb_output_list (out, "services", _("Services of the connection"));
  for (guint i = 0; claims != NULL && i < claims->len; i++)
    {
      const TbServiceClaim *claim = &g_array_index (claims, TbServiceClaim, i);

      tb_output_row (out);
      tb_output_text (out, "service", _("Service"), claim->service->key);
      tb_output_text (out, "client", _("Client"), claim->service->client);
      tb_output_text (out, "package", _("Package"), claim->service->package);
      tb_output_text (out, "by", _("By"), claim->kind != TB_CLAIM_NOTHING ? tb_claim_kind_to_string (claim->kind) : NULL);
      tb_output_text (out, "result", _("Result"), tb_claim_verdict_to_string (claim->verdict));
      tb_output_end (out);
    }
  tb_output_end (out);
}

static void
say_filter (TbOutput *out, const TbExplanationFacts *facts)
{
  static const char *const fields[] = { "destination", "source", "direction", "description" };
  const TbFilter *filter = facts->filter;

  if (filter == NULL)
    return;
  tb_output_object (out, "filter", _("Filter"));
  tb_output_text (out, "pattern", _("Pattern"), filter->pattern);
  tb_output_text (out, "match", _("Looks at"), fields[filter->match]);
  tb_output_text (out, "action", _("Action"), filter->action == TB_FILTER_SUPPRESS ? "suppress" : "exclude");
  tb_output_text (out, "connection", _("Connection"), filter->connection);
  tb_output_text (out, "package", _("Package"), facts->filter_package);
  tb_output_end (out);
}

static void
say_corrections (TbOutput *out, GPtrArray *corrections)
{
  tb_output_list (out, "corrections", _("Corrections"));
  for (guint i = 0; corrections != NULL && i < corrections->len; i++)
    {
      const TbCorrection *correction = corrections->pdata[i];
      const TbCorrectedCall *call = &g_array_index (correction->list, TbCorrectedCall, 0);

      tb_output_row (out);
      tb_output_int (out, "id", _("Id"), correction->id);
      tb_output_text (out, "invoice", _("Invoice"), correction->number);
      tb_output_text (out, "outcome", _("Outcome"), correction->outcome == TB_CORRECTION_CREDIT ? "credit" : "line");
      tb_output_text (out, "document", _("Document"), correction->document != NULL ? correction->document : correction->taken != 0 ? "draft" : NULL);
      tb_output_amount (out, "amount", _("Difference"), (TbMoney){ call->amount, correction->currency });
      tb_output_int (out, "billed", _("Billed seconds"), call->billed);
      tb_output_int (out, "free", _("Free"), call->free);
      tb_output_end (out);
    }
  tb_output_end (out);
}

static void
say_cost (TbOutput *out, const TbCallExplanation *explained)
{
  const TbExplainedPrice *cost = explained->explanation->cost;
  const TbExplanationFacts *facts = &explained->facts;

  if (cost == NULL)
    return;
  tb_output_object (out, "cost_explained", _("The cost"));
  if (facts->cost_list != NULL)
    say_list (out, facts->cost_list, explained->row->rated.number, explained->zone);
  say_origin (out, explained->cost_rate, &facts->cost_origin);
  tb_output_int (out, "minimum", _("Minimum seconds"), cost->minimum);
  tb_output_int (out, "grace", _("Grace seconds"), cost->grace);
  tb_output_decimal (out, "connect_fee", _("Connection fee"), cost->fee);
  say_pieces (out, cost);
  say_rounding (out, cost);
  tb_output_end (out);
}

void
tb_explanation_fields_say (TbOutput *out, const TbCallExplanation *explained, gboolean structured)
{
  const TbExplanation *explanation = explained->explanation;

  tb_output_text (out, "number_rule", _("Number rule"), tb_number_rule_to_string (explained->row->rated.rule));
  tb_output_text (out, "rate_of", _("Rate of"), explained->rate_owner);
  tb_output_text (out, "exact", _("Before rounding"), explanation->price != NULL ? explanation->price->exact : NULL);
  tb_output_strv (out, "explanation", _("Why"), explanation->lines);
  say_pieces (out, explanation->price);
  if (!structured)
    return;
  if (explained->rate != NULL)
    say_origin (out, explained->rate, &explained->facts.origin);
  say_lists (out, explained);
  say_terms (out, explained);
  say_pools (out, explained->facts.pools);
  say_claims (out, explained->facts.claims);
  say_filter (out, &explained->facts);
  say_cost (out, explained);
  say_corrections (out, explained->facts.corrections);
  tb_output_text (out, "advice", _("What to do"), explanation->advice);
  tb_output_text (out, "client_text", _("For the client"), explanation->client_text);
}
