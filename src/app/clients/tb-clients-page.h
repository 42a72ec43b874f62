/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* An item of this page: those in advance whose balance is low or empty, instead of one client's key. */
#define TB_CLIENTS_LOW_OR_EMPTY "balance=low"

/* Clients with what they buy, what they were billed and, paying in advance, what they have left. */
#define TB_TYPE_CLIENTS_PAGE (tb_clients_page_get_type ())
G_DECLARE_FINAL_TYPE (TbClientsPage, tb_clients_page, TB, CLIENTS_PAGE, TbListPage)

G_END_DECLS
