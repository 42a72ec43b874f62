/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-tariff-effect.h"

G_BEGIN_DECLS

/**
 * TbEffectView: what a month's calls would have cost at a revision of their tariff, per client, with the sums. Worked out beside the window,
 * with progress; it can be stopped.
 */
#define TB_TYPE_EFFECT_VIEW (tb_effect_view_get_type ())
G_DECLARE_FINAL_TYPE (TbEffectView, tb_effect_view, TB, EFFECT_VIEW, AdwBin)

/* NULL = nothing any more. Nothing is worked out before `tb_effect_view_start`. */
void tb_effect_view_show (TbEffectView *self, TbBooks *books, TbTariffRevision *revision);
void tb_effect_view_start (TbEffectView *self); /* does nothing when the month was worked out already */
const TbTariffEffect *tb_effect_view_get_effect (TbEffectView *self); /* NULL = not yet; for tests */

G_END_DECLS
