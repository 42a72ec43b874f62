/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-tariff.h"

G_BEGIN_DECLS

/* Heads (no rates; n_rates and version filled), ordered by name. Of TbTariff. */
GPtrArray *tb_tariff_store_list (TbStore *store, GError **error);
/* The head of one; TB_ERROR_NOT_FOUND. */
TbTariff  *tb_tariff_store_load_head (TbStore *store, const char *name, GError **error);
/* With the rates in force in its current version; TB_ERROR_NOT_FOUND. */
TbTariff  *tb_tariff_store_load (TbStore *store, const char *name, GError **error);
/* Makes `tariff` (by name) what it says: a new head, or a new version when its rates differ: equal rates keep their row,
 * changed and missing ones are closed with this version, new ones added. Rows that rated calls point to stay. */
gboolean   tb_tariff_store_save (TbStore *store, TbTariff *tariff, const char *source, TbJob *job, GError **error);
/* One stored rate row whatever its version, with its list's name (tariff, or package, or client) in *ret_owner. */
TbRate    *tb_rate_store_get (TbStore *store, guint32 rate_id, char **ret_owner, GError **error);

/* For a view of one tariff's rates: ids in order of prefix, filtered by `search` (prefix digits or part of the description;
 * NULL = all). GArray of guint32. */
GArray    *tb_rate_store_list_ids (TbStore *store, const char *tariff, const char *search, GError **error);

G_END_DECLS
