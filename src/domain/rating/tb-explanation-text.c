/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-explanation-private.h"

/* An explanation in words: whole sentences, in the order in which a call is rated. */

void
tb_explanation_say (TbExplanation *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->lines, g_strdup_vprintf (format, args));
  va_end (args);
}

char *
tb_explanation_moment (gint64 time, TbZone *zone)
{
  g_autofree char *text = tb_time_format (time, zone);

  text[10] = ' ';
  return g_strndup (text, 19);
}

char *
tb_explanation_day (gint64 time, TbZone *zone)
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
    tb_explanation_say (self, _("Dialled %s, rated as %s: %s."), facts->call->callee, facts->rated->number,
                        tb_explanation_describe_rule (facts->rated->rule));
  else if (facts->rated->status == TB_CALL_BAD_NUMBER)
    {
      tb_explanation_say (self, _("“%s” is not a telephone number in the package's number plan."), facts->call->callee);
      if (plan != NULL)
        tb_explanation_say (self, _("That plan: country code %s, exit codes %s, trunk prefix %s, area code %s."),
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
        tb_explanation_say (self, _("Service %s (client %s, package %s): %s."), claim->service->key, claim->service->client,
                            claim->service->package, describe_claim (claim));
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
    tb_explanation_say (self, _("Today no filter meets the call: they have changed since it was rated."));
  else if (facts->filter_package != NULL)
    tb_explanation_say (self, _("It is the filter “%s” on the %s, of package %s."), filter->pattern, describe_field (filter->match),
                        facts->filter_package);
  else
    tb_explanation_say (self, _("It is the filter “%s” on the %s, for all packages."), filter->pattern, describe_field (filter->match));
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

  if (tb_rated_call_lacks_exchange (facts->rated))
    {
      tb_explanation_say (self, _("The rate is known, but not what it is in the client’s currency on the day of the call."));
      if (facts->exchange != NULL)
        tb_explanation_say (self, "%s", facts->exchange);
    }
  else if (sentences[status] != NULL)
    tb_explanation_say (self, "%s", _(sentences[status]));
  if ((status == TB_CALL_EXCLUDED || status == TB_CALL_SUPPRESSED) && facts->zone != NULL)
    write_filter (self, facts);
  if (status == TB_CALL_NO_SERVICE || status == TB_CALL_AMBIGUOUS)
    write_claims (self, facts);
}

static void
write_advice (TbExplanation *self, const TbRatedCall *rated)
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

  const char *advice = tb_rated_call_lacks_exchange (rated) ? N_("What to do: add the exchange rate to the currencies; then rate again.")
                                                            : advices[rated->status];

  if (advice == NULL)
    return;
  self->advice = g_strdup (_(advice));
  tb_explanation_say (self, "%s", self->advice);
}

/* ---- the whole ---- */

static char *
title_of (const TbExplanationFacts *facts)
{
  const TbCall *call = facts->call;
  g_autofree char *start = tb_explanation_moment (call->start, facts->zone);

  if (*call->uid == '\0')
    return g_strdup_printf (_("Call of %s to %s, %d s: %s"), start, call->callee, call->seconds,
                            tb_call_status_to_display (facts->rated->status));
  return g_strdup_printf (_("Call %s of %s from %s to %s, %d s: %s"), call->uid, start, call->caller, call->callee, call->seconds,
                          tb_call_status_to_display (facts->rated->status));
}

void
tb_explanation_write (TbExplanation *self, const TbExplanationFacts *facts)
{
  self->title = title_of (facts);
  if (facts->service != NULL && facts->package != NULL)
    tb_explanation_say (self, _("Service %s, package %s."), facts->service, facts->package);
  else if (facts->service != NULL)
    tb_explanation_say (self, _("Service %s."), facts->service);
  write_number (self, facts);
  write_status (self, facts);
  for (guint i = 0; facts->lists != NULL && i < facts->lists->len; i++)
    tb_explanation_write_list (self, facts, facts->lists->pdata[i]);
  if (self->price != NULL)
    tb_explanation_write_charge (self, facts);
  if (self->cost != NULL)
    tb_explanation_write_cost (self, facts);
  tb_explanation_write_corrections (self, facts);
  write_advice (self, facts->rated);
  self->client_text = tb_explanation_write_client (self, facts);
}
