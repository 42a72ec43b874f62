/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* Gives each of `tariffs` (of TbTariff, heads) the rates of its current version, in no order, with only what a call's price depends on: without
 * short description, second prices, old price, the provider's remark and the line. They live in the tariff's pool. The books' rates are read once
 * from end to end, whatever the number of tariffs. */
gboolean tb_rate_terms_load (TbStore *store, GPtrArray *tariffs, GError **error);

G_END_DECLS
