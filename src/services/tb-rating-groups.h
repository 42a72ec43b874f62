/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* Tenants whose calls must be rated together in one order of time, because a pool of included seconds spans them. GPtrArray of GPtrArray of
 * TbTenant (borrowed from `tenants`). */
GPtrArray *tb_rating_groups_new (const TbSetup *setup, GPtrArray *tenants);

/* Ids of the tenants where one of `services` (ids, as a set) has ratings or may get some: what a pass for those services must look at. */
GHashTable *tb_rating_groups_list_reached (TbStore *store, const TbSetup *setup, GPtrArray *tenants, GHashTable *services, GError **error);

G_END_DECLS
