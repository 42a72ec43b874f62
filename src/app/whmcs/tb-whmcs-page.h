/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* What goes to WHMCS: the dry run of the next push and the ledger of all before it, each row with its story, and the push itself. */
#define TB_TYPE_WHMCS_PAGE (tb_whmcs_page_get_type ())
G_DECLARE_FINAL_TYPE (TbWhmcsPage, tb_whmcs_page, TB, WHMCS_PAGE, TbListPage)

G_END_DECLS
