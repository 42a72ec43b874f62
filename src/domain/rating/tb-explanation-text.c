/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-explanation-private.h"

/* An explanation in words: whole sentences, in the order of design/rating.md. */

static void G_GNUC_PRINTF (2, 3)
say (TbExplanation *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->lines, g_strdup_vprintf (format, args));
  va_end (args);
}

/* "2026-10-02 09:14:03" */
char *
tb_explanation_moment (gint64 time, TbZone *zone)
{
  g_autofree char *text = tb_time_format (time, zone);

  text[10] = ' ';
  return g_strndup (text, 19);
}

static char *
day_of (gint64 time, TbZone *zone)
{
  g_autofree char *text = tb_time_format (time, zone);

  return g_strndup (text, 10);
}

char *
tb_explanation_price_text (TbDecimal price)
{
  return tb_decimal_format (price, TB_RATE_SCALE, 2);
}

char *
tb_explanation_money_text (TbAmount amount, TbCurrency currency)
{
  g_autofree char *text = tb_decimal_format (amount, TB_AMOUNT_SCALE, tb_currency_get_minor_units (currency));

  return g_strdup_printf ("%s %s", text, tb_currency_to_string (currency));
}

/* ---- steps 2 to 5: whose call, which number ---- */

const char *
tb_explanation_describe_rule (TbNumberRule rule)
{
  switch (rule)
    {
    case TB_NUMBER_RULE_INTERNATIONAL:
      return _("it was dialled with +");
    case TB_NUMBER_RULE_EXIT_CODE:
      return _("the exit code was taken off");
    case TB_NUMBER_RULE_NANP:
      return _("ten digits got a 1 before them");
    case TB_NUMBER_RULE_TRUNK_PREFIX:
      return _("the trunk prefix became the country code");
    case TB_NUMBER_RULE_AREA_CODE:
      return _("the area code was put before it");
    case TB_NUMBER_RULE_AS_DIALLED:
    case TB_NUMBER_RULE_NONE:
    default:
      return _("it was taken as dialled");
    }
}

static void
write_number (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbNumberPlan *plan = facts->plan;
  const char *none = _("none");
  g_autofree char *codes = plan != NULL && plan->exit_codes != NULL ? g_strjoinv (", ", plan->exit_codes) : NULL;

  if (*facts->rated->number != '\0')
    say (self, _("Dialled %s, rated as %s: %s."), facts->call->callee, facts->rated->number, tb_explanation_describe_rule (facts->rated->rule));
  else if (facts->rated->status == TB_CALL_BAD_NUMBER)
    {
      say (self, _("“%s” is not a telephone number in the package's number plan."), facts->call->callee);
      if (plan != NULL)
        say (self, _("That plan: country code %s, exit codes %s, trunk prefix %s, area code %s."),
             plan->country_code != NULL ? plan->country_code : none, codes != NULL ? codes : none,
             plan->trunk_prefix != NULL ? plan->trunk_prefix : none, plan->area_code != NULL ? plan->area_code : none);
    }
}

static const char *
describe_claim (const TbServiceClaim *claim)
{
  static const char *const kinds[] = { "", N_("it lists the extension"), N_("it lists the number"), N_("it has all calls of the tenant") };

  switch (claim->verdict)
    {
    case TB_CLAIM_FITS:
      return _(kinds[claim->kind]);
    case TB_CLAIM_WEAKER:
      return _("it would fit, but another one fits better");
    case TB_CLAIM_NOT_YET:
      return _("it would fit, but begins only after that day");
    case TB_CLAIM_ENDED:
      return _("it would fit, but had ended by that day");
    case TB_CLAIM_OTHERS:
      return _("it lists other extensions and numbers");
    case TB_CLAIM_ELSEWHERE:
    default:
      return _("it is of another tenant");
    }
}

/* Of a call that is nobody's, those that come near; of one that several claim, those that do. */
static void
write_claims (TbExplanation *self, const TbExplanationFacts *facts)
{
  for (guint i = 0; facts->claims != NULL && i < facts->claims->len; i++)
    {
      const TbServiceClaim *claim = &g_array_index (facts->claims, TbServiceClaim, i);
      gboolean fits = claim->verdict == TB_CLAIM_FITS;

      if (facts->rated->status == TB_CALL_AMBIGUOUS ? fits : claim->verdict != TB_CLAIM_ELSEWHERE)
        say (self, _("Service %s (client %s, package %s): %s."), claim->service->key, claim->service->client, claim->service->package,
             describe_claim (claim));
    }
}

static const char *
describe_field (TbFilterField field)
{
  static const char *const fields[] = { N_("destination"), N_("source"), N_("direction"), N_("description of the rate") };

  return _(fields[field]);
}

static void
write_filter (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbFilter *filter = facts->filter;

  if (filter == NULL)
    say (self, _("Today no filter meets the call: they have changed since it was rated."));
  else if (facts->filter_package != NULL)
    say (self, _("It is the filter “%s” on the %s, of package %s."), filter->pattern, describe_field (filter->match), facts->filter_package);
  else
    say (self, _("It is the filter “%s” on the %s, for all packages."), filter->pattern, describe_field (filter->match));
}

static void
write_status (TbExplanation *self, const TbExplanationFacts *facts)
{
  static const char *const sentences[TB_CALL_N_STATUS] = {
    [TB_CALL_UNRATED] = N_("The call has not been rated yet."),
    [TB_CALL_UNANSWERED] = N_("Nobody answered: nothing is charged."),
    [TB_CALL_INBOUND_FREE] = N_("The package does not charge inbound calls."),
    [TB_CALL_INTERNAL] = N_("An internal call between extensions: nothing is charged."),
    [TB_CALL_EXCLUDED] = N_("A filter excludes the call from billing; it is shown and costs nothing."),
    [TB_CALL_SUPPRESSED] = N_("A filter suppresses the call: it is neither shown to the client nor billed."),
    [TB_CALL_NO_SERVICE] = N_("No service lists this extension, number or tenant on that day."),
    [TB_CALL_AMBIGUOUS] = N_("Several services claim the call equally well; it is not guessed which one pays."),
    [TB_CALL_NO_RATE] = N_("No rate is in force for the number at the start of the call."),
    [TB_CALL_BLOCKED] = N_("The rate for this prefix is disabled: the destination is blocked."),
  };
  TbCallStatus status = facts->rated->status;

  if (sentences[status] != NULL)
    say (self, "%s", _(sentences[status]));
  if ((status == TB_CALL_EXCLUDED || status == TB_CALL_SUPPRESSED) && facts->zone != NULL)
    write_filter (self, facts);
  if (status == TB_CALL_NO_SERVICE || status == TB_CALL_AMBIGUOUS)
    write_claims (self, facts);
}

/* ---- step 6: the lists ---- */

char *
tb_tried_list_describe (const TbTriedList *self)
{
  switch (self->source)
    {
    case TB_RATE_SOURCE_CLIENT:
      return g_strdup_printf (_("Own rates of client %s"), self->owner);
    case TB_RATE_SOURCE_CUSTOM:
      return g_strdup_printf (_("Custom rates of package %s"), self->owner);
    case TB_RATE_SOURCE_FLAT:
      return g_strdup_printf (_("Flat rate of package %s"), self->owner);
    case TB_RATE_SOURCE_INBOUND:
      return g_strdup_printf (_("Inbound rate of package %s"), self->owner);
    case TB_RATE_SOURCE_TARIFF:
    case TB_RATE_SOURCE_NONE:
    default:
      return g_strdup_printf (_("Tariff %s"), self->owner);
    }
}

/* With what is known of its version. */
static char *
list_with_version (const TbTriedList *list, TbZone *zone)
{
  g_autofree char *name = tb_tried_list_describe (list), *day = NULL;

  if (list->version == 0)
    return g_steal_pointer (&name);
  if (list->version_time == TB_TIME_NONE)
    return g_strdup_printf (_("%s, version %u"), name, list->version);
  day = day_of (list->version_time, zone);
  return list->file != NULL ? g_strdup_printf (_("%s, version %u of %s from %s"), name, list->version, day, list->file)
                            : g_strdup_printf (_("%s, version %u of %s"), name, list->version, day);
}

static char *
prefix_name (const TbRate *rate)
{
  const char *where = rate->description;

  if (*rate->prefix == '\0')
    return where != NULL ? g_strdup_printf (_("any number (%s)"), where) : g_strdup (_("any number"));
  return where != NULL ? g_strdup_printf (_("prefix %s (%s)"), rate->prefix, where) : g_strdup_printf (_("prefix %s"), rate->prefix);
}

char *
tb_tried_rate_describe (const TbTriedRate *self, TbZone *zone)
{
  g_autofree char *time = NULL;

  switch (self->verdict)
    {
    case TB_TRIED_CHOSEN:
      return g_strdup (_("the longest in force"));
    case TB_TRIED_BLOCKS:
      return g_strdup (_("disabled, so it blocks"));
    case TB_TRIED_NOT_YET:
      time = tb_explanation_moment (self->rate->effective_from, zone);
      return g_strdup_printf (_("in force only from %s on"), time);
    case TB_TRIED_ENDED:
      time = tb_explanation_moment (self->rate->effective_to, zone);
      return g_strdup_printf (_("ended at %s"), time);
    case TB_TRIED_OUT_OF_BAND:
      return g_strdup (_("its days and hours are others"));
    case TB_TRIED_SUPERSEDED:
      return g_strdup (_("one of a later date took its place"));
    case TB_TRIED_OUTRANKED:
      return g_strdup (_("another one of that prefix goes before it"));
    case TB_TRIED_SHORTER:
      return g_strdup (_("shorter"));
    case TB_TRIED_NOT_WHOLE:
      return g_strdup (_("not the whole number, and the package asks for exact matches"));
    case TB_TRIED_NO_RATE:
    default:
      return g_strdup (_("no rate there"));
    }
}

static const TbTriedRate *
get_tried (const TbTriedList *list, guint i)
{
  return &g_array_index (list->tried, TbTriedRate, i);
}

/* The empty prefix, which stands for any number, has no digits to be named by. */
static void
append_prefix (GString *text, const char *before, const char *number, guint length)
{
  if (length > 0)
    g_string_append_printf (text, "%s%.*s", before, (int) length, number);
  else
    g_string_append_printf (text, "%s%s", *before != '\0' ? ", " : "", _("any number"));
}

/* Prefixes without a rate, as runs from longer to shorter: "14165 … 141, 1". */
static void
write_gaps (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list)
{
  g_autoptr (GString) gaps = g_string_new (NULL);

  for (guint i = 0; i < list->tried->len; i++)
    {
      guint first = i;

      if (get_tried (list, i)->rate != NULL)
        continue;
      while (i + 1 < list->tried->len && get_tried (list, i + 1)->rate == NULL && get_tried (list, i + 1)->length > 0)
        i++;
      append_prefix (gaps, gaps->len > 0 ? ", " : "", facts->rated->number, get_tried (list, first)->length);
      if (i > first)
        append_prefix (gaps, " … ", facts->rated->number, get_tried (list, i)->length);
    }
  if (gaps->len > 0)
    say (self, _("– no rate there for %s"), gaps->str);
}

static void
write_tried (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list)
{
  for (guint i = 0; i < list->tried->len; i++)
    {
      const TbTriedRate *tried = &g_array_index (list->tried, TbTriedRate, i);
      g_autofree char *why = NULL, *name = NULL, *price = NULL;

      if (tried->rate == NULL)
        continue;
      why = tb_tried_rate_describe (tried, facts->zone);
      name = prefix_name (tried->rate);
      price = tb_explanation_price_text (tried->rate->n_steps > 0 ? tried->rate->steps[0].rate : tried->rate->rate);
      say (self, _("– %s at %s: %s"), name, price, why);
    }
  write_gaps (self, facts, list);
}

static void
write_list (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list)
{
  static const char *const outcomes[] = {
    [TB_LIST_WON] = N_("asked, and it has the rate."),
    [TB_LIST_EMPTY] = N_("there are none."),
    [TB_LIST_NO_RATE] = N_("asked, nothing in force for the number."),
    [TB_LIST_TOO_LATE] = N_("not asked, a list before it has the rate."),
    [TB_LIST_SHORTER] = N_("its prefix is shorter than the tariff's, and the package takes the longest."),
    [TB_LIST_CHANGED] = N_("as it is today it has a rate; it was changed after the call was rated."),
  };
  g_autofree char *name = list_with_version (list, facts->zone);

  say (self, "%s: %s", name, _(outcomes[list->outcome]));
  if (list->outcome != TB_LIST_EMPTY && list->outcome != TB_LIST_TOO_LATE)
    write_tried (self, facts, list);
}

static void
write_origin (TbExplanation *self, const TbRate *rate, const TbRateOrigin *origin, TbZone *zone)
{
  g_autofree char *day = origin->time != TB_TIME_NONE ? day_of (origin->time, zone) : NULL;

  if (origin->version == 0)
    return;
  if (origin->file != NULL && day != NULL && rate->line > 0)
    say (self, _("That rate came with version %u of %s, line %u of %s."), origin->version, day, rate->line, origin->file);
  else if (origin->file != NULL && day != NULL)
    say (self, _("That rate came with version %u of %s, from %s."), origin->version, day, origin->file);
  else if (day != NULL)
    say (self, _("That rate came with version %u of %s."), origin->version, day);
  else
    say (self, _("That rate came with version %u of its list."), origin->version);
}

static const char *
describe_source (TbRateSource source)
{
  static const char *const sources[] = {
    [TB_RATE_SOURCE_NONE] = N_("the tariff"),
    [TB_RATE_SOURCE_CLIENT] = N_("the client's own rates"),
    [TB_RATE_SOURCE_CUSTOM] = N_("the package's custom rates"),
    [TB_RATE_SOURCE_FLAT] = N_("the package's flat rate"),
    [TB_RATE_SOURCE_TARIFF] = N_("the tariff"),
    [TB_RATE_SOURCE_INBOUND] = N_("the package's inbound rate"),
  };

  return _(sources[source]);
}

static void
write_rate (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbRate *rate = facts->rate;
  g_autofree char *name = prefix_name (rate);
  g_autofree char *price = tb_explanation_price_text (rate->n_steps > 0 ? rate->steps[0].rate : rate->rate);

  say (self, _("Rate from %s: %s, %s for each %d seconds."), describe_source (facts->rated->source), name, price,
       rate->n_steps > 0 ? rate->steps[0].per : 60);
  write_origin (self, rate, &facts->origin, facts->zone);
}

/* ---- steps 7 to 15: money ---- */

static void
write_pieces (TbExplanation *self, const TbExplainedPrice *price)
{
  for (guint i = 0; i < price->pieces->len; i++)
    {
      const TbExplainedPiece *piece = &g_array_index (price->pieces, TbExplainedPiece, i);
      g_autofree char *rate = tb_explanation_price_text (piece->rate);

      say (self, _("From second %" G_GINT64_FORMAT ": %" G_GINT64_FORMAT " s, sold %d s at a time, are %" G_GINT64_FORMAT " s, at %s for %d s: %s."),
           piece->from, piece->talked, piece->increment, piece->seconds, rate, piece->per, piece->amount);
    }
}

static void
write_pools (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbRatedCall *rated = facts->rated;
  gint64 given = 0;

  for (guint i = 0; facts->pools != NULL && i < facts->pools->len; i++)
    {
      const TbPoolShare *share = &g_array_index (facts->pools, TbPoolShare, i);
      const char *name = share->allowance->name != NULL ? share->allowance->name : "";

      given += share->taken;
      if (share->before == TB_SECONDS_UNLIMITED)
        say (self, _("Pool “%s” is unlimited: it gave %" G_GINT64_FORMAT " s."), name, share->taken);
      else
        say (self, _("Pool “%s” had %" G_GINT64_FORMAT " s left, gave %" G_GINT64_FORMAT " s and kept %" G_GINT64_FORMAT " s."), name, share->before,
             share->taken, share->before - share->taken);
    }
  if (rated->free > 0)
    say (self, _("Included minutes cover %" G_GINT64_FORMAT " s; %" G_GINT64_FORMAT " s are left to charge."), rated->free,
         rated->billed - rated->free);
  if (facts->pools != NULL && given < rated->free)
    say (self, _("The pools as they are today would give less: they have changed since the call was rated."));
}

static void
write_seconds (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbExplainedPrice *price = self->price;

  say (self, _("Talked %d s, billed %" G_GINT64_FORMAT " s."), facts->call->seconds, facts->rated->billed);
  if (price->included > 0)
    say (self, _("The first %d s of each call are free at this rate."), price->included);
  if (price->minimum > facts->call->seconds)
    say (self, _("The minimum is %d s."), price->minimum);
  if (price->grace > 0)
    say (self, _("It is longer than the grace of %d s."), price->grace);
}

static void
write_terms (TbExplanation *self, const TbExplanationFacts *facts)
{
  const TbExplainedPrice *price = self->price;
  g_autofree char *surcharge = tb_explanation_price_text (price->surcharge), *fee = tb_explanation_price_text (price->fee), *from = tb_explanation_price_text (price->exchange_from);
  g_autofree char *to = tb_explanation_price_text (price->exchange_to), *markup = tb_decimal_format (price->markup, TB_RATE_SCALE, 0);
  g_autofree char *day = day_of (facts->call->start, facts->zone);

  if (price->tier_rate != TB_DECIMAL_NONE)
    say (self, _("The package's volume tiers set the price of a minute."));
  if (price->surcharge != 0)
    say (self, _("Surcharge: %s a minute."), surcharge);
  if (price->fee != 0)
    say (self, _("Connection fee: %s."), fee);
  if (price->markup != 0 && price->tier_rate == TB_DECIMAL_NONE)
    say (self, price->fee_is_marked || price->fee == 0 ? _("Markup: %s %%.") : _("Markup: %s %%, not on the connection fee."), markup);
  if (price->from != price->to)
    say (self, _("Exchange from %s to %s on %s, the day of the call: × %s ÷ %s."), tb_currency_to_string (price->from),
         tb_currency_to_string (price->to), day, from, to);
}

static void
write_rounding (TbExplanation *self, const TbExplainedPrice *price)
{
  g_autofree char *amount = tb_explanation_money_text (price->amount, price->to);
  g_autofree char *low = price->min_charge != TB_DECIMAL_NONE ? tb_explanation_price_text (price->min_charge) : NULL;
  g_autofree char *high = price->max_charge != TB_DECIMAL_NONE ? tb_explanation_price_text (price->max_charge) : NULL;

  if (price->limit == TB_LIMIT_MINIMUM && low != NULL)
    say (self, _("Exactly %s, less than the rate's minimum charge of %s: %s."), price->exact, low, amount);
  else if (price->limit == TB_LIMIT_MAXIMUM && high != NULL)
    say (self, _("Exactly %s, more than the rate's maximum charge of %s: %s."), price->exact, high, amount);
  else
    say (self, _("Exactly %s; rounded %s to %u decimals: %s."), price->exact, tb_rounding_mode_to_string (price->rounding.mode),
         price->rounding.decimals, amount);
}

static void
write_charge (TbExplanation *self, const TbExplanationFacts *facts)
{
  write_rate (self, facts);
  if (facts->rated->status == TB_CALL_GRACE)
    {
      say (self, _("Talked %d s, which is within the grace of %d s: nothing is charged."), facts->call->seconds, self->price->grace);
      return;
    }
  write_seconds (self, facts);
  write_pools (self, facts);
  write_pieces (self, self->price);
  if (facts->rated->status == TB_CALL_INCLUDED && facts->rated->charge == 0)
    return;
  write_terms (self, facts);
  write_rounding (self, self->price);
}

static void
write_cost (TbExplanation *self, const TbExplanationFacts *facts)
{
  g_autofree char *cost = tb_explanation_money_text (facts->rated->cost, facts->rated->cost_currency), *name = prefix_name (facts->cost_rate);
  g_autofree char *list = facts->cost_list != NULL ? list_with_version (facts->cost_list, facts->zone) : NULL;

  say (self, _("The carrier takes %s, by %s."), cost, name);
  if (list != NULL)
    say (self, _("Its rates: %s."), list);
  write_origin (self, facts->cost_rate, &facts->cost_origin, facts->zone);
  if (self->cost->exact == NULL)
    say (self, _("The call is within the carrier's grace of %d s."), self->cost->grace);
  else
    {
      write_pieces (self, self->cost);
      write_rounding (self, self->cost);
    }
}

/* ---- after the invoice ---- */

static char *
describe_place (const TbCorrection *correction)
{
  if (correction->document != NULL)
    return g_strdup_printf (correction->outcome == TB_CORRECTION_CREDIT ? _("credited by %s") : _("a line on %s"), correction->document);
  if (correction->taken != 0)
    return g_strdup (correction->outcome == TB_CORRECTION_CREDIT ? _("on a draft of a credit note") : _("a line on a draft"));
  return g_strdup (_("waiting for the next bill"));
}

static void
write_correction (TbExplanation *self, const TbExplanationFacts *facts, const TbCorrection *correction)
{
  TbAmount amount = g_array_index (correction->list, TbCorrectedCall, 0).amount;
  g_autofree char *day = day_of (correction->time, facts->zone), *place = describe_place (correction);
  g_autofree char *difference = tb_explanation_money_text (amount < 0 ? -amount : amount, correction->currency);

  if (amount < 0)
    say (self, _("Rated again on %s, after invoice %s: %s less, %s."), day, correction->number, difference, place);
  else
    say (self, _("Rated again on %s, after invoice %s: %s more, %s."), day, correction->number, difference, place);
}

gboolean
tb_explanation_sum_corrected (const TbExplanationFacts *facts, TbAmount *ret)
{
  TbAmount sum = facts->rated->charge;

  if (facts->corrections == NULL || facts->corrections->len == 0)
    return FALSE;
  for (guint i = 0; i < facts->corrections->len; i++)
    if (!tb_amount_add (sum, g_array_index (((TbCorrection *) facts->corrections->pdata[i])->list, TbCorrectedCall, 0).amount, &sum, NULL))
      return FALSE;
  *ret = sum;
  return TRUE;
}

/* The charge stays as invoiced; what the client pays is that and all corrections. */
static void
write_corrections (TbExplanation *self, const TbExplanationFacts *facts)
{
  g_autofree char *text = NULL;
  TbAmount paid;

  for (guint i = 0; facts->corrections != NULL && i < facts->corrections->len; i++)
    write_correction (self, facts, facts->corrections->pdata[i]);
  if (!tb_explanation_sum_corrected (facts, &paid))
    return;
  text = tb_explanation_money_text (paid, facts->rated->currency);
  say (self, _("With that the client pays %s for the call."), text);
}

static void
write_advice (TbExplanation *self, TbCallStatus status)
{
  static const char *const advices[TB_CALL_N_STATUS] = {
    [TB_CALL_UNRATED] = N_("What to do: rate the calls."),
    [TB_CALL_EXCLUDED] = N_("What to do, if it is to be billed: change that filter and rate again."),
    [TB_CALL_SUPPRESSED] = N_("What to do, if it is to be billed: change that filter and rate again."),
    [TB_CALL_NO_SERVICE] = N_("What to do: list the extension or number in the client's service, or make a service for the tenant; then rate again."),
    [TB_CALL_AMBIGUOUS] = N_("What to do: let only one of these services list the extension or number, or end one of them; then rate again."),
    [TB_CALL_BAD_NUMBER] = N_("What to do: mend the package's number plan, or exclude such numbers by a filter; then rate again."),
    [TB_CALL_BLOCKED] = N_("What to do, if the destination is to be sold: enable the rate, or give the client one of its own; then rate again."),
    [TB_CALL_NO_RATE] = N_("What to do: add a rate for the number to the tariff, the package or the client; then rate again."),
  };

  if (advices[status] == NULL)
    return;
  self->advice = g_strdup (_(advices[status]));
  say (self, "%s", self->advice);
}

/* ---- the whole ---- */

static char *
title_of (const TbExplanationFacts *facts)
{
  const TbCall *call = facts->call;
  g_autofree char *start = tb_explanation_moment (call->start, facts->zone);

  if (*call->uid == '\0')
    return g_strdup_printf (_("Call of %s to %s, %d s: %s"), start, call->callee, call->seconds, tb_call_status_to_display (facts->rated->status));
  return g_strdup_printf (_("Call %s of %s from %s to %s, %d s: %s"), call->uid, start, call->caller, call->callee, call->seconds,
                          tb_call_status_to_display (facts->rated->status));
}

void
tb_explanation_write (TbExplanation *self, const TbExplanationFacts *facts)
{
  self->title = title_of (facts);
  if (facts->service != NULL && facts->package != NULL)
    say (self, _("Service %s, package %s."), facts->service, facts->package);
  else if (facts->service != NULL)
    say (self, _("Service %s."), facts->service);
  write_number (self, facts);
  write_status (self, facts);
  for (guint i = 0; facts->lists != NULL && i < facts->lists->len; i++)
    write_list (self, facts, facts->lists->pdata[i]);
  if (self->price != NULL)
    write_charge (self, facts);
  if (self->cost != NULL)
    write_cost (self, facts);
  write_corrections (self, facts);
  write_advice (self, facts->rated->status);
  self->client_text = tb_explanation_write_client (self, facts);
}
