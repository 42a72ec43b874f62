/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-deck.h"
#include "tb-effect-view.h"
#include "tb-grid.h"

G_BEGIN_DECLS

/**
 * TbRevisionView: what a revision of a tariff changes: a list a kind of change, behind chips with their counts; the rows of the deck that are
 * not taken; and what a month would have cost. Lists are filled as they are seen: a deck of 250,000 rows waits for nobody.
 */
#define TB_TYPE_REVISION_VIEW (tb_revision_view_get_type ())
G_DECLARE_FINAL_TYPE (TbRevisionView, tb_revision_view, TB, REVISION_VIEW, AdwBin)

/* `deck` (NULL = it comes from none) must live until something else is shown; revision NULL = nothing. */
void          tb_revision_view_show (TbRevisionView *self, TbBooks *books, TbTariffRevision *revision, const TbDeck *deck);
TbGrid       *tb_revision_view_get_grid (TbRevisionView *self);   /* of the changes; for tests */
TbEffectView *tb_revision_view_get_effect (TbRevisionView *self); /* for tests */

G_END_DECLS
