/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Which calls are whose, and by which package they are priced: all services of all clients. */
#define TB_TYPE_SERVICES_PAGE (tb_services_page_get_type ())
G_DECLARE_FINAL_TYPE (TbServicesPage, tb_services_page, TB, SERVICES_PAGE, TbListPage)

G_END_DECLS
