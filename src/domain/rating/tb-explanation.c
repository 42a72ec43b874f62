/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-rating-private.h"

static void G_GNUC_PRINTF (2, 3)
say (TbExplanation *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->lines, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
piece_clear (gpointer data)
{
  g_free (((TbExplainedPiece *) data)->note);
}

/* ---- sentences ---- */

static const char *
describe_rule (TbNumberRule rule)
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

static const char *
describe_source (TbRateSource source)
{
  switch (source)
    {
    case TB_RATE_SOURCE_CLIENT:
      return _("the client's own rates");
    case TB_RATE_SOURCE_CUSTOM:
      return _("the package's custom rates");
    case TB_RATE_SOURCE_FLAT:
      return _("the package's flat rate");
    case TB_RATE_SOURCE_INBOUND:
      return _("the package's inbound rate");
    case TB_RATE_SOURCE_TARIFF:
    case TB_RATE_SOURCE_NONE:
    default:
      return _("the tariff");
    }
}

static void
explain_status (TbExplanation *self, const TbCall *call, const TbRatedCall *rated)
{
  switch (rated->status)
    {
    case TB_CALL_UNRATED:
      say (self, _("The call has not been rated yet."));
      break;
    case TB_CALL_UNANSWERED:
      say (self, _("Nobody answered: nothing is charged."));
      break;
    case TB_CALL_INBOUND_FREE:
      say (self, _("The package does not charge inbound calls."));
      break;
    case TB_CALL_INTERNAL:
      say (self, _("An internal call between extensions: nothing is charged."));
      break;
    case TB_CALL_EXCLUDED:
      say (self, _("A filter excludes the call from billing; it is shown and costs nothing."));
      break;
    case TB_CALL_SUPPRESSED:
      say (self, _("A filter suppresses the call: it is neither shown to the client nor billed."));
      break;
    case TB_CALL_NO_SERVICE:
      say (self, _("No service lists this extension, number or tenant on that day."));
      break;
    case TB_CALL_AMBIGUOUS:
      say (self, _("Several services claim the call equally well; it is not guessed which one pays."));
      break;
    case TB_CALL_BAD_NUMBER:
      say (self, _("“%s” is not a telephone number in the package's number plan."), call->callee);
      break;
    case TB_CALL_NO_RATE:
      say (self, _("No rate is in force for %s at the start of the call."), rated->number);
      break;
    case TB_CALL_BLOCKED:
      say (self, _("The rate for this prefix is disabled: the destination is blocked."));
      break;
    case TB_CALL_RATED:
    case TB_CALL_INCLUDED:
    case TB_CALL_GRACE:
    case TB_CALL_N_STATUS:
    default:
      break;
    }
}

static void
explain_rate (TbExplanation *self, const TbRatedCall *rated, const TbRate *rate, const TbPrice *price)
{
  char text[40];
  const TbRateStep *first = &price->steps.steps[0];

  tb_decimal_format_to (first->rate, TB_RATE_SCALE, 2, text);
  if (*rate->prefix != '\0')
    say (self, _("Rate from %s: prefix %s (%s), %s for each %d seconds."), describe_source (rated->source), rate->prefix,
         rate->description != NULL ? rate->description : "", text, first->per);
  else
    say (self, _("Rate from %s: any number (%s), %s for each %d seconds."), describe_source (rated->source),
         rate->description != NULL ? rate->description : "", text, first->per);
}

static void
explain_terms (TbExplanation *self, const TbRatingTerms *terms, const TbPrice *price)
{
  char text[40], other[40];

  if (price->surcharge != 0)
    {
      tb_decimal_format_to (price->surcharge, TB_RATE_SCALE, 2, text);
      say (self, _("Surcharge: %s a minute."), text);
    }
  if (price->fee != 0)
    {
      tb_decimal_format_to (price->fee, TB_RATE_SCALE, 2, text);
      say (self, _("Connection fee: %s."), text);
    }
  if (terms->markup != 0)
    {
      tb_decimal_format_to (terms->markup, TB_RATE_SCALE, 0, text);
      say (self, price->marked_fee || price->fee == 0 ? _("Markup: %s %%.") : _("Markup: %s %%, not on the connection fee."), text);
    }
  if (terms->tariff_currency != terms->currency)
    {
      tb_decimal_format_to (terms->exchange_from, TB_RATE_SCALE, 2, text);
      tb_decimal_format_to (terms->exchange_to, TB_RATE_SCALE, 2, other);
      say (self, _("Exchange from %s to %s on the day of the call: × %s ÷ %s."), tb_currency_to_string (terms->tariff_currency),
           tb_currency_to_string (terms->currency), text, other);
    }
}

/* ---- pieces ---- */

/* What the charge was made of: the pieces that the terms keep, else those of the rate's steps, at a tier's price when there was one. */
static void
find_pieces (const TbPrice *price, const TbRatingTerms *terms, gint64 seconds, GArray *pieces)
{
  const char *kept = terms->pieces;
  TbRateStep step;
  gint64 length;

  while (tb_rating_terms_next_piece (&kept, &step, &length))
    {
      TbPiece piece = { tb_pieces_sum (pieces), length, step.per, step.increment, step.rate };

      g_array_append_val (pieces, piece);
    }
  if (terms->pieces != NULL)
    return;

  g_array_set_size (pieces, TB_STEPS_MAX);
  g_array_set_size (pieces, tb_steps_cut (&price->steps, 0, seconds, FALSE, (TbPiece *) (gpointer) pieces->data));
  for (guint i = 0; terms->tier_rate != TB_DECIMAL_NONE && i < pieces->len; i++)
    {
      g_array_index (pieces, TbPiece, i).rate = terms->tier_rate;
      g_array_index (pieces, TbPiece, i).per = 60;
    }
}

static void
explain_pieces (TbExplanation *self, const GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const TbPiece *sold = &g_array_index (pieces, TbPiece, i);
      TbExplainedPiece piece = { sold->from, sold->seconds, sold->increment, sold->per, sold->rate, NULL };
      char rate[40];

      tb_decimal_format_to (piece.rate, TB_RATE_SCALE, 2, rate);
      say (self, _("%" G_GINT64_FORMAT " s from second %" G_GINT64_FORMAT ", sold %d s at a time, at %s for %d s."), piece.seconds, piece.from,
           piece.increment, rate, piece.per);
      g_array_append_val (self->pieces, piece);
    }
}

/* The exact value as a decimal when it is one, else as a fraction. */
static char *
exact_text (TbWide num, TbWide den)
{
  TbWide scaled;
  gint64 value, check;

  if (!__builtin_mul_overflow (num, (TbWide) TB_DECIMAL_ONE, &scaled) && tb_round_divide (scaled, den, TB_ROUND_DOWN, &value, NULL)
      && tb_round_divide (scaled, den, TB_ROUND_UP, &check, NULL))
    {
      g_autofree char *text = tb_decimal_format (value, TB_RATE_SCALE, 2);

      return value == check ? g_steal_pointer (&text) : g_strdup_printf ("%s…", text);
    }
  return g_strdup ("");
}

/* Of what seconds the charge was made: those beyond the free ones; whole increments when nothing was free. */
static gboolean
explain_charge (TbExplanation *self, const TbCall *call, const TbRatedCall *rated, const TbRate *rate, const TbRatingTerms *terms, TbPrice *price,
                GError **error)
{
  gint64 rest = rated->billed - rated->free;
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (TbPiece));
  char text[40];
  TbWide num, den;

  say (self, _("Talked %d s, billed %" G_GINT64_FORMAT " s."), call->seconds, rated->billed);
  if (price->included > 0)
    say (self, _("The first %d s of each call are free at this rate."), price->included);
  if (price->minimum > call->seconds)
    say (self, _("The minimum is %d s."), price->minimum);
  if (rated->free > 0)
    say (self, _("Included minutes cover %" G_GINT64_FORMAT " s; %" G_GINT64_FORMAT " s are left to charge."), rated->free, rest);
  if (terms->tier_rate != TB_DECIMAL_NONE)
    say (self, _("The package's volume tiers set the price of a minute."));
  find_pieces (price, terms, rest, pieces);
  explain_pieces (self, pieces);
  if (rated->status == TB_CALL_INCLUDED && rated->charge == 0)
    {
      self->exact = g_strdup ("0.00");
      return TRUE;
    }
  explain_terms (self, terms, price);
  if (!tb_price_exact (price, (const TbPiece *) (gconstpointer) pieces->data, pieces->len, &num, &den, error))
    return FALSE;
  self->exact = exact_text (num, den);
  tb_decimal_format_to (rated->charge, TB_AMOUNT_SCALE, 2, text);
  say (self, _("Exactly %s; rounded %s to %u decimals: %s %s."), self->exact, tb_rounding_mode_to_string (terms->rounding.mode),
       terms->rounding.decimals, text, tb_currency_to_string (terms->currency));
  return TRUE;
}

/* The price as it was: the rate row and the package's values that the terms keep. */
static gboolean
price_again (TbPrice *price, const TbRatedCall *rated, const TbRate *rate, const TbRatingTerms *terms, GError **error)
{
  TbPackage *package = tb_package_new ();
  gboolean tariff_rate = rated->source == TB_RATE_SOURCE_TARIFF, ok;

  package->initial = terms->initial;
  package->next = terms->next;
  package->minimum = terms->minimum;
  package->grace = terms->grace;
  package->connect_fee = terms->connect_fee;
  package->surcharge = terms->surcharge;
  package->markup_connect_fee = terms->markup_connect_fee;
  package->rounding = terms->rounding;
  ok = tb_price_init (price, rate, package, tariff_rate, error);
  price->markup = tb_fraction_new (100 * TB_DECIMAL_ONE + terms->markup, 100 * TB_DECIMAL_ONE);
  price->exchange = tb_fraction_new (terms->exchange_from, terms->exchange_to);
  if (terms->pool_fee != TB_DECIMAL_NONE)
    {
      price->fee = terms->pool_fee;
      price->marked_fee = FALSE;
    }
  if (terms->tier_rate != TB_DECIMAL_NONE)
    {
      price->marked = FALSE;
      price->surcharge = 0;
    }
  tb_package_free (package);
  return ok;
}

TbExplanation *
tb_explanation_new (const TbCall *call, const TbRatedCall *rated, const TbRate *rate, const TbRatingTerms *terms, const char *service,
                    const char *package, GError **error)
{
  g_autoptr (TbExplanation) self = g_new0 (TbExplanation, 1);
  gboolean charged = rated->status == TB_CALL_RATED || rated->status == TB_CALL_INCLUDED || rated->status == TB_CALL_GRACE;
  char text[40];
  TbPrice price;

  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->pieces = g_array_new (FALSE, TRUE, sizeof (TbExplainedPiece));
  g_array_set_clear_func (self->pieces, piece_clear);
  if (service != NULL)
    say (self, package != NULL ? _("Service %s, package %s.") : _("Service %s."), service, package);
  if (*rated->number != '\0')
    say (self, _("Dialled %s, rated as %s: %s."), call->callee, rated->number, describe_rule (rated->rule));
  explain_status (self, call, rated);

  if (charged && rate != NULL && terms != NULL)
    {
      if (!price_again (&price, rated, rate, terms, error))
        return NULL;
      explain_rate (self, rated, rate, &price);
      if (rated->status == TB_CALL_GRACE)
        say (self, _("Talked %d s, which is within the grace of %d s: nothing is charged."), call->seconds, price.grace);
      else if (!explain_charge (self, call, rated, rate, terms, &price, error))
        return NULL;
    }
  if (rated->cost_rate_id != 0)
    {
      tb_decimal_format_to (rated->cost, TB_AMOUNT_SCALE, 2, text);
      say (self, _("The carrier takes %s %s."), text, tb_currency_to_string (rated->cost_currency));
    }
  return g_steal_pointer (&self);
}

void
tb_explanation_free (TbExplanation *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_array_unref (self->pieces);
  g_free (self->exact);
  g_free (self);
}

char *
tb_explanation_to_text (const TbExplanation *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *) self->lines->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
