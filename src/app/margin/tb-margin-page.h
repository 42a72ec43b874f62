/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-page.h"

G_BEGIN_DECLS

/* Cost beside charge of a month, losses, and the limits that clients did not keep. Items to show: "2026-10". */
#define TB_TYPE_MARGIN_PAGE (tb_margin_page_get_type ())
G_DECLARE_FINAL_TYPE (TbMarginPage, tb_margin_page, TB, MARGIN_PAGE, TbPage)

GListModel *tb_margin_page_get_list (TbMarginPage *self); /* as shown, of TbItem; for tests */

G_END_DECLS
