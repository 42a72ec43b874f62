/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"
#include "tb-tariff.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TbRatesView: the rates of one tariff, hundreds of thousands of them, with a search and the chosen one in full beside them.
 *
 * Emits "search-changed" when other rates are wanted; whoever holds it reads their ids and gives them to it.
 */
#define TB_TYPE_RATES_VIEW (tb_rates_view_get_type ())
G_DECLARE_FINAL_TYPE (TbRatesView, tb_rates_view, TB, RATES_VIEW, AdwBin)

/* `tariff` NULL = none; `pending` (of TbTariffStart, may be NULL) is what it holds in store. */
void        tb_rates_view_show (TbRatesView *self, const TbTariff *tariff, GArray *pending, TbBooks *books);
void        tb_rates_view_take_ids (TbRatesView *self, GArray *ids);                        /* of gint64 */
const char *tb_rates_view_get_search (TbRatesView *self);                                   /* NULL = all */
void        tb_rates_view_find (TbRatesView *self);
void        tb_rates_view_toggle_details (TbRatesView *self);
GListModel *tb_rates_view_get_list (TbRatesView *self); /* a TbIdList; for tests */

G_END_DECLS
