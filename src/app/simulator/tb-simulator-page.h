/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-page.h"

G_BEGIN_DECLS

/* What calls would cost: one number, a list of numbers, or calls of the books under other conditions. Nothing here changes the books. */
#define TB_TYPE_SIMULATOR_PAGE (tb_simulator_page_get_type ())
G_DECLARE_FINAL_TYPE (TbSimulatorPage, tb_simulator_page, TB, SIMULATOR_PAGE, TbPage)

G_END_DECLS
