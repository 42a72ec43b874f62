/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-explanation-private.h"

#include "tb-rating-private.h"

/* Prices as they were, made again from the rate row and the terms that the books keep. What is said of them: tb-explanation-text.c. */

static void
piece_clear (gpointer data)
{
  g_free (((TbExplainedPiece *) data)->amount);
}

static TbExplainedPrice *
explained_price_new (const TbPrice *price)
{
  TbExplainedPrice *self = g_new0 (TbExplainedPrice, 1);

  self->pieces = g_array_new (FALSE, TRUE, sizeof (TbExplainedPiece));
  g_array_set_clear_func (self->pieces, piece_clear);
  self->minimum = MAX (price->minimum, 0);
  self->grace = MAX (price->grace, 0);
  self->included = price->included;
  self->fee = price->fee;
  self->fee_is_marked = price->marked_fee;
  self->surcharge = price->surcharge;
  self->tier_rate = TB_DECIMAL_NONE;
  self->rounding = price->rounding;
  self->min_charge = price->min_charge;
  self->max_charge = price->max_charge;
  self->exchange_from = self->exchange_to = TB_DECIMAL_ONE;
  return self;
}

static void
explained_price_free (TbExplainedPrice *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pieces);
  g_free (self->exact);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbExplainedPrice, explained_price_free)

/* The exact value as a decimal; one that does not end within 12 decimals is cut there and marked. */
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

/* A price in the charge's currency: what `price` alone makes of the seconds of one piece, or of the fee. 0 when it is too large to be told. */
static TbDecimal
as_charged (const TbPrice *price, const TbPiece *piece)
{
  TbPrice alone = *price;
  TbWide num, den;
  TbDecimal value = 0;

  if (piece != NULL)
    alone.fee = 0;
  if (!tb_price_exact (&alone, piece, piece != NULL, &num, &den, NULL) || __builtin_mul_overflow (num, (TbWide) TB_DECIMAL_ONE, &num)
      || !tb_round_divide (num, den, TB_ROUND_HALF_UP, &value, NULL))
    return 0;
  return value;
}

static void
add_pieces (TbExplainedPrice *self, const TbPrice *price, const GArray *pieces, gint64 talked)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const TbPiece *sold = &g_array_index (pieces, TbPiece, i);
      const TbPiece minute = { 0, 60, sold->per, sold->increment, sold->rate };
      TbExplainedPiece piece = { sold->from, CLAMP (talked - sold->from, 0, sold->seconds), sold->seconds, sold->increment, sold->per, sold->rate };

      piece.sell = as_charged (price, &minute);
      piece.amount = exact_text ((TbWide) sold->rate * sold->seconds, (TbWide) TB_DECIMAL_ONE * sold->per);
      g_array_append_val (self->pieces, piece);
    }
}

/* ---- charge ---- */

/* The price as it was: the rate row and the package's values that the terms keep. */
static gboolean
price_again (TbPrice *price, const TbExplanationFacts *facts, GError **error)
{
  const TbRatingTerms *terms = facts->terms;
  g_autoptr (TbPackage) package = tb_package_new ();

  package->initial = terms->initial;
  package->next = terms->next;
  package->minimum = terms->minimum;
  package->grace = terms->grace;
  package->connect_fee = terms->connect_fee;
  package->surcharge = terms->surcharge;
  package->markup_connect_fee = terms->markup_connect_fee;
  package->rounding = terms->rounding;
  if (!tb_price_init (price, facts->rate, package, facts->rated->source == TB_RATE_SOURCE_TARIFF, error))
    return FALSE;
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
  return TRUE;
}

/* What the exact value is before a limit of the rate takes its place. */
static gboolean
multiply (TbExplainedPrice *self, const TbPrice *price, const GArray *pieces, GError **error)
{
  TbWide num, den;
  TbAmount rounded;

  if (!tb_price_exact (price, (const TbPiece *) (gconstpointer) pieces->data, pieces->len, &num, &den, error)
      || !tb_round_to_amount (num, den, price->rounding, &rounded, error))
    return FALSE;
  self->exact = exact_text (num, den);
  self->limit = self->amount > rounded ? TB_LIMIT_MINIMUM : self->amount < rounded ? TB_LIMIT_MAXIMUM : TB_LIMIT_NONE;
  return TRUE;
}

/* Of what seconds the charge was made: those beyond the free ones; whole increments when nothing was free. */
static TbExplainedPrice *
explain_charge (const TbExplanationFacts *facts, GError **error)
{
  const TbRatedCall *rated = facts->rated;
  const TbRatingTerms *terms = facts->terms;
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (TbPiece));
  g_autoptr (TbExplainedPrice) self = NULL;
  TbPrice price;

  if (!price_again (&price, facts, error))
    return NULL;
  self = explained_price_new (&price);
  self->markup = terms->markup;
  self->from = terms->tariff_currency;
  self->to = terms->currency;
  self->exchange_from = terms->exchange_from;
  self->exchange_to = terms->exchange_to;
  self->tier_rate = terms->tier_rate;
  self->amount = rated->charge;
  self->sell_fee = as_charged (&price, NULL);
  if (rated->status == TB_CALL_GRACE)
    return g_steal_pointer (&self);
  find_pieces (&price, terms, rated->billed - rated->free, pieces);
  add_pieces (self, &price, pieces, MAX (facts->call->seconds, price.minimum) - price.included - rated->free);
  if (rated->status == TB_CALL_INCLUDED && rated->charge == 0)
    self->exact = g_strdup ("0.00");
  else if (!multiply (self, &price, pieces, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- cost ---- */

/* The pieces of a cost are not kept: they follow from the rate row, and with the rows of its list where calls are split at time bands. */
static TbExplainedPrice *
explain_cost (const TbExplanationFacts *facts, GError **error)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (TbPiece));
  g_autoptr (TbRateBook) book = NULL;
  g_autoptr (TbExplainedPrice) self = NULL;
  gint64 rest;
  gboolean split;
  TbPrice price;
  TbCut cut = { .rate = facts->cost_rate, .number = facts->rated->number, .start = facts->call->start };

  if (!tb_price_init (&price, facts->cost_rate, NULL, TRUE, error))
    return NULL;
  if (facts->terms != NULL)
    price.rounding = facts->terms->cost_rounding;
  self = explained_price_new (&price);
  self->from = self->to = facts->rated->cost_currency;
  self->amount = facts->rated->cost;
  if (facts->call->seconds <= price.grace)
    return g_steal_pointer (&self);
  if (facts->cost_zone != NULL && facts->cost_list != NULL)
    cut.book = book = tb_rate_book_new (facts->cost_list->rates, facts->cost_zone);
  cut.steps = &price.steps;
  cut.origin = facts->call->start + price.included;
  rest = MAX (0, MAX (facts->call->seconds, price.minimum) - price.included);
  if (!tb_cut_pieces (&cut, rest, TRUE, pieces, &split, error) || !multiply (self, &price, pieces, error))
    return NULL;
  add_pieces (self, &price, pieces, rest);
  return g_steal_pointer (&self);
}

/* ---- the whole ---- */

static gboolean
is_charged (TbCallStatus status)
{
  return status == TB_CALL_RATED || status == TB_CALL_INCLUDED || status == TB_CALL_GRACE;
}

TbExplanation *
tb_explanation_new (const TbExplanationFacts *facts, GError **error)
{
  g_autoptr (TbExplanation) self = g_new0 (TbExplanation, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  if (is_charged (facts->rated->status) && facts->rate != NULL && facts->terms != NULL
      && (self->price = explain_charge (facts, error)) == NULL)
    return NULL;
  if (facts->cost_rate != NULL && (self->cost = explain_cost (facts, error)) == NULL)
    return NULL;
  tb_explanation_write (self, facts);
  return g_steal_pointer (&self);
}

void
tb_explanation_free (TbExplanation *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_ptr_array_unref (self->lines);
  g_free (self->advice);
  g_free (self->client_text);
  explained_price_free (self->price);
  explained_price_free (self->cost);
  g_free (self);
}

char *
tb_explanation_to_text (const TbExplanation *self)
{
  GString *text = g_string_new (self->title);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *) self->lines->pdata[i]);
  return g_string_free (text, FALSE);
}
