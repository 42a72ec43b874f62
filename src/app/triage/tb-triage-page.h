/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Calls without a price, by what they lack: how many, about how much money, and the repairs, with values to change. */
#define TB_TYPE_TRIAGE_PAGE (tb_triage_page_get_type ())
G_DECLARE_FINAL_TYPE (TbTriagePage, tb_triage_page, TB, TRIAGE_PAGE, TbListPage)

G_END_DECLS
