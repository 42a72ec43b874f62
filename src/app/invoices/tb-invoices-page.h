/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Invoices in all states and, beside the list, the chosen one as it prints. Items to show: an id in digits or a number. */
#define TB_TYPE_INVOICES_PAGE (tb_invoices_page_get_type ())
G_DECLARE_FINAL_TYPE (TbInvoicesPage, tb_invoices_page, TB, INVOICES_PAGE, TbListPage)

G_END_DECLS
