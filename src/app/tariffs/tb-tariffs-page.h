/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Tariffs and the rates of the chosen one; decks are read in and written out here. Items to show: a tariff's name. */
#define TB_TYPE_TARIFFS_PAGE (tb_tariffs_page_get_type ())
G_DECLARE_FINAL_TYPE (TbTariffsPage, tb_tariffs_page, TB, TARIFFS_PAGE, TbListPage)

GListModel *tb_tariffs_page_get_rates (TbTariffsPage *self); /* a TbIdList; for tests */

G_END_DECLS
