/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* One prefix in force for each first digit that a tariff has, of char *: numbers all over the world to try a price on. One look into an index
 * for each, however long the tariff. Empty for a tariff that is not there. */
GPtrArray *tb_rate_sample_list (TbStore *store, const char *tariff, GError **error);

G_END_DECLS
