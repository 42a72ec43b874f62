/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Clients with what they buy and what they were billed. */
#define TB_TYPE_CLIENTS_PAGE (tb_clients_page_get_type ())
G_DECLARE_FINAL_TYPE (TbClientsPage, tb_clients_page, TB, CLIENTS_PAGE, TbListPage)

G_END_DECLS
