/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* The dialled numbers of stored calls, checked against E.164, and the dial-plan rule for each pattern that is wrong. */
#define TB_TYPE_NUMBERS_PAGE (tb_numbers_page_get_type ())
G_DECLARE_FINAL_TYPE (TbNumbersPage, tb_numbers_page, TB, NUMBERS_PAGE, TbListPage)

G_END_DECLS
