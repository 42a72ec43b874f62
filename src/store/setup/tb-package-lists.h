/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-package.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What packages and clients hold in lists of their own: allowances, tiers, filters and rates. */
gboolean tb_package_lists_load (TbStore *store, TbPackage *package, GError **error);
/* Replaces them. */
gboolean tb_package_lists_save (TbStore *store, gint64 package_id, const TbPackage *package, GError **error);
/* A line a difference; TRUE when there is one. `before` may be NULL. */
gboolean tb_package_lists_compare (const TbPackage *before, const TbPackage *after, const char *owner, GPtrArray *changes);

/* The rules of all packages have package id 0. */
#define TB_FILTERS_OF_ALL 0
gboolean tb_filter_list_load (TbStore *store, gint64 package_id, GPtrArray *filters, GError **error);
gboolean tb_filter_list_save (TbStore *store, gint64 package_id, GPtrArray *filters, GError **error);
gboolean tb_filter_list_compare (GPtrArray *before, GPtrArray *after, const char *owner, GPtrArray *changes);

/* A line like "tariff x: 12 rates added, 3 changed, 1 removed"; FALSE and none when nothing differs. */
gboolean tb_rates_compare (GPtrArray *before, GPtrArray *after, const char *owner, GPtrArray *changes);

G_END_DECLS
