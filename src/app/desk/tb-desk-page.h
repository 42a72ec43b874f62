/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-desk.h"
#include "tb-page.h"

G_BEGIN_DECLS

/* The billing of a month, step by step: what is wrong with each, where it is mended, and why one may go on. Items to show: "2026-10", "2026-10/approve". */
#define TB_TYPE_DESK_PAGE (tb_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (TbDeskPage, tb_desk_page, TB, DESK_PAGE, TbPage)

const TbDeskView *tb_desk_page_get_view (TbDeskPage *self); /* of the step that is shown; NULL while it is being looked at; for tests */

G_END_DECLS
