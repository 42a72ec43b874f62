/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-bare.h"

#include <string.h>

/* As bench_setup_new has them: percent on top, included seconds, what charges are rounded to. */
static const struct { guint markup, included; TbRoundingMode mode; guint decimals; gboolean inbound; } packages[] = {
  { 25, 0, TB_ROUND_HALF_UP, 4, FALSE }, { 30, 60000, TB_ROUND_HALF_EVEN, 4, FALSE }, { 7, 0, TB_ROUND_UP, 6, FALSE },
  { 100, 18000, TB_ROUND_UP, 2, TRUE },  { 0, 0, TB_ROUND_HALF_UP, 5, FALSE },
};
#define INBOUND_RATE 7500 /* 10^-6 a minute */
#define INBOUND_INCREMENT 6
#define COST_DECIMALS 6

static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };

static gint32
add_node (BareRater *self)
{
  BareNode node = { .value = -1 };

  g_array_append_val (self->nodes, node);
  return (gint32) self->nodes->len - 1;
}

void
bare_rater_init (BareRater *self)
{
  self->nodes = g_array_new (FALSE, FALSE, sizeof (BareNode));
  self->rates = g_array_new (FALSE, FALSE, sizeof (BareRate));
  add_node (self);
  bare_rater_refill (self);
}

void
bare_rater_add (BareRater *self, const char *prefix, BareRate rate)
{
  gint32 at = 0;

  for (; *prefix != '\0'; prefix++)
    {
      gint32 child = g_array_index (self->nodes, BareNode, at).children[*prefix - '0'];

      if (child == 0)
        {
          child = add_node (self);
          g_array_index (self->nodes, BareNode, at).children[*prefix - '0'] = child;
        }
      at = child;
    }
  g_array_index (self->nodes, BareNode, at).value = (gint32) self->rates->len;
  g_array_append_val (self->rates, rate);
}

void
bare_rater_refill (BareRater *self)
{
  for (guint i = 0; i < BENCH_TENANTS; i++)
    self->left[i] = packages[i % G_N_ELEMENTS (packages)].included;
}

void
bare_rater_clear (BareRater *self)
{
  g_array_unref (self->nodes);
  g_array_unref (self->rates);
}

gint32
bare_find (const BareRater *self, const char *digits)
{
  const BareNode *nodes = (const BareNode *) (gconstpointer) self->nodes->data;
  gint32 at = 0, best = nodes->value;

  for (; *digits != '\0' && (at = nodes[at].children[*digits - '0']) != 0; digits++)
    if (nodes[at].value >= 0)
      best = nodes[at].value;
  return best;
}

/* rate × seconds × percent, in 10^-6 / 6000, as 10^-9 rounded to `decimals`. */
static gint64
price (gint64 rate, gint64 seconds, gint64 percent, TbRoundingMode mode, guint decimals)
{
  gint64 exact = rate * seconds * percent, unit = 6000 * powers[6 - decimals], whole = exact / unit, rest = exact % unit;

  if (rest != 0 && (mode == TB_ROUND_UP || rest * 2 > unit || (rest * 2 == unit && (mode == TB_ROUND_HALF_UP || whole % 2 == 1))))
    whole++;
  return whole * powers[9 - decimals];
}

static gint64
sold (gint32 seconds, gint32 initial, gint32 next)
{
  return seconds <= initial ? initial : initial + (gint64) (seconds - initial + next - 1) / next * next;
}

static void
normalise (const char *callee, char *to)
{
  gsize len = strlen (callee);

  if (len == 10)
    *to++ = '1';
  else if (memcmp (callee, "011", 3) == 0)
    callee += 3, len -= 3;
  memcpy (to, callee, len + 1);
}

static void
rate_outbound (BareRater *self, guint tenant, gint32 seconds, BareRated *ret)
{
  guint kind = tenant % G_N_ELEMENTS (packages);
  const BareRate *rate;
  gint64 billed;

  if ((ret->rate = bare_find (self, ret->number)) < 0)
    {
      ret->status = TB_CALL_NO_RATE;
      return;
    }
  rate = &g_array_index (self->rates, BareRate, ret->rate);
  billed = sold (seconds, rate->initial, rate->next);
  ret->billed = billed;
  ret->cost = price (rate->rate, billed, 100, TB_ROUND_HALF_UP, COST_DECIMALS);
  if (self->left[tenant] > 0 && ret->number[0] == '1')
    {
      ret->free = MIN (self->left[tenant], billed);
      self->left[tenant] -= ret->free;
    }
  ret->status = ret->free == billed ? TB_CALL_INCLUDED : TB_CALL_RATED;
  ret->charge = price (rate->rate, billed - ret->free, 100 + packages[kind].markup, packages[kind].mode, packages[kind].decimals);
}

void
bare_rate (BareRater *self, guint tenant, TbDirection direction, gint32 seconds, const char *callee, BareRated *ret)
{
  guint kind = tenant % G_N_ELEMENTS (packages);

  ret->rate = -1;
  ret->billed = ret->free = ret->charge = ret->cost = 0;
  normalise (callee, ret->number);
  if (seconds == 0)
    ret->status = TB_CALL_UNANSWERED;
  else if (direction == TB_DIRECTION_LOCAL)
    ret->status = TB_CALL_INTERNAL;
  else if (direction == TB_DIRECTION_OUTBOUND)
    rate_outbound (self, tenant, seconds, ret);
  else if (!packages[kind].inbound)
    ret->status = TB_CALL_INBOUND_FREE;
  else
    {
      ret->status = TB_CALL_RATED;
      ret->billed = sold (seconds, INBOUND_INCREMENT, INBOUND_INCREMENT);
      ret->charge = price (INBOUND_RATE, ret->billed, 100, packages[kind].mode, packages[kind].decimals);
    }
}
