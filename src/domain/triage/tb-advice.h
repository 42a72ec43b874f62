/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-number-plan.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* What to do about numbers without a price: pure decisions, from the numbers themselves and the set-up. */

/**
 * TbDeckIndex: the prefixes of a list of rates, for asking what lies beyond a beginning. Borrows the rates.
 */
typedef struct _TbDeckIndex TbDeckIndex;
TbDeckIndex *tb_deck_index_new (GPtrArray *rates);
void         tb_deck_index_free (TbDeckIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeckIndex, tb_deck_index_free)

/* The beginning of `number` that a new rate should have: one destination (tb-destination.h), made longer digit by digit only while the deck
 * has rates beyond it, so that the new rate reaches no number that belongs beside theirs. Numbers with one answer belong together. */
void          tb_deck_index_cut (const TbDeckIndex *self, const char *number, char ret[TB_E164_BUFFER]);
/* The rate for the destination most like it: the same country or, where networks are told apart, its neighbour. Of several the dearest, for
 * who guesses should not guess too low. NULL = nothing is like it. */
const TbRate *tb_deck_index_find_like (const TbDeckIndex *self, const char *prefix);

/* A rate like that one, for `prefix` from `from` on; `like` NULL leaves the price open (TB_DECIMAL_NONE). Its price is
 * worth `price` of the company's currency a unit and is wanted in one worth `wanted`. */
TbRate *tb_advice_rate_new (const TbRate *like, const char *prefix, TbDecimal price, TbDecimal wanted, gint64 from);

/* Number plans, each one change away from `plan` (an exit code, a trunk prefix, the 1 of North America, an area code of `dids`, a country
 * code), by which all of the dialled `numbers` can be numbers that by `plan` cannot. Of TbNumberPlan, to be cleared and freed; the least
 * change first. */
GPtrArray *tb_advice_list_plans (const TbNumberPlan *plan, char *const *numbers, char *const *dids);

G_END_DECLS
