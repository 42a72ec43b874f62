/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* What clients can buy, in words. */
#define TB_TYPE_PACKAGES_PAGE (tb_packages_page_get_type ())
G_DECLARE_FINAL_TYPE (TbPackagesPage, tb_packages_page, TB, PACKAGES_PAGE, TbListPage)

G_END_DECLS
