/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Where calls come from: test, collect, import files, and what came before. Items to show: a connection's name. */
#define TB_TYPE_CONNECTIONS_PAGE (tb_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (TbConnectionsPage, tb_connections_page, TB, CONNECTIONS_PAGE, TbListPage)

G_END_DECLS
