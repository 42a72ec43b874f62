/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/**
 * TbSetupPage: what the books rest on and has no page of its own: the company, currencies, taxes, providers, filters of all packages. And the way
 * through a company's set-up, for books in which something is missing.
 */
#define TB_TYPE_SETUP_PAGE (tb_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (TbSetupPage, tb_setup_page, TB, SETUP_PAGE, TbListPage)

G_END_DECLS
