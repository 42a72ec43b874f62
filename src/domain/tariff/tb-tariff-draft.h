/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-rate-change.h"
#include "tb-tariff.h"

G_BEGIN_DECLS

/**
 * TbTariffDraft: a tariff while its rates are edited. A rate stands in a row, whose number stays its own: rows of the tariff come first, in
 * its order, those that are added follow; a row without a rate was deleted, or is not there yet. Rates are never changed in place: a step
 * puts others into rows.
 *
 * One thread has it. What others look at meanwhile is lent to them (TbDraftView), which costs a copy of the rows' addresses: no rate is freed
 * before the draft is. The last reference may be dropped on any thread, as it takes its time.
 */
typedef struct _TbTariffDraft TbTariffDraft;

/* Takes the tariff, with rates. */
TbTariffDraft  *tb_tariff_draft_new (TbTariff *tariff);
TbTariffDraft  *tb_tariff_draft_ref (TbTariffDraft *self);
void            tb_tariff_draft_unref (TbTariffDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariffDraft, tb_tariff_draft_unref)

const TbTariff *tb_tariff_draft_get_head (const TbTariffDraft *self); /* without rates */
guint           tb_tariff_draft_get_n_rates (const TbTariffDraft *self);
/* NULL: the row is empty. Borrowed until the next step. */
const TbRate   *tb_tariff_draft_get_rate (const TbTariffDraft *self, guint row);
/* The price that the row had when the draft was begun; TB_DECIMAL_NONE for a row that was added. */
TbDecimal       tb_tariff_draft_get_price_before (const TbTariffDraft *self, guint row);
/* The number of a row that nobody has yet; it is empty. */
guint           tb_tariff_draft_take_row (TbTariffDraft *self);

/* ---- steps ---- */

/* What is done at once, to one row or to all of them. */
typedef struct _TbDraftStep TbDraftStep;
TbDraftStep *tb_draft_step_new (TbTariffDraft *draft);
void         tb_draft_step_free (TbDraftStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDraftStep, tb_draft_step_free)
/* The row is to hold `rate` (taken), or nothing (NULL). A row is set once. */
void         tb_draft_step_set (TbDraftStep *self, guint row, TbRate *rate);
/* Does it; called again it takes it back; and so on. */
void         tb_draft_step_swap (TbDraftStep *self);
guint        tb_draft_step_get_length (const TbDraftStep *self);
guint        tb_draft_step_get_row (const TbDraftStep *self, guint i);
/* What the row holds when the step is swapped next; NULL = nothing. */
const TbRate *tb_draft_step_get_other (const TbDraftStep *self, guint i);

/* ---- for threads ---- */

typedef struct
{
  TbTariffDraft *draft;
  const TbRate **rates; /* by row; NULL = empty */
  guint n_rows;
} TbDraftView;
TbDraftView *tb_tariff_draft_lend (TbTariffDraft *self);
void         tb_draft_view_free (TbDraftView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDraftView, tb_draft_view_free)

/* The rows that hold a rate, in the order in which they are shown: by prefix, start, priority, hours, then row. Of guint32. */
GArray      *tb_draft_view_sort (const TbDraftView *self);
/* Those of `rows` whose prefix begins with the digits that were searched, or, for words, whose description holds them; for digits that begin no
 * prefix, the rates that would price such a number. NULL or "" = all. NULL when cancelled. */
GArray      *tb_draft_view_search (const TbDraftView *self, GArray *rows, const char *search, GCancellable *cancellable);
/* Does one rate match, by its prefix or its description? */
gboolean     tb_rate_matches (const TbRate *rate, const char *search);

/* Where `rate`, in `row`, stands in such an order; TRUE when it is there, else where it would be. */
gboolean     tb_tariff_draft_find (const TbTariffDraft *self, GArray *rows, const TbRate *rate, guint row, guint *ret_place);
/* Another row that has the rate's prefix, start, hours and priority, so that both cannot hold. `rows` in order. */
gboolean     tb_tariff_draft_find_same_key (const TbTariffDraft *self, GArray *rows, const TbRate *rate, guint row, guint *ret_other);

/* One rate of many, as a change makes it. */
typedef struct
{
  guint32 row;
  TbRate *after; /* NULL when refused */
  char *fault;   /* why */
} TbDraftChange;
/* What the change makes of those rows, without what stays as it is. With TB_RATE_START_FOLLOW only rates that are in force at that date are
 * followed. Of TbDraftChange, in the order of `rows`. NULL when cancelled. */
GArray      *tb_draft_view_change (const TbDraftView *self, GArray *rows, const TbRateChange *change, GCancellable *cancellable);
/* All rates as they are, as a tariff. */
TbTariff    *tb_draft_view_to_tariff (const TbDraftView *self);

G_END_DECLS
