/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-filter.h"
#include "tb-party.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What a person changes at one connection, each in a transaction of its own. */

/* Adds it, or (not `is_new`) makes the one of its name equal to it. TB_ERROR_CONFLICT when a new one has the name of another,
 * TB_ERROR_NOT_FOUND when an old one is gone, TB_ERROR_INVALID_INPUT for what tb_setup_validate refuses. */
gboolean tb_connection_edit_save (TbStore *store, const TbConnection *connection, gboolean is_new, GError **error);
/* With its filters and its history. TB_ERROR_CONFLICT, which says what hangs on it, while it has calls or services. */
gboolean tb_connection_edit_remove (TbStore *store, const char *name, GError **error);

/* One more rule of all packages; and one less: the first that reads the same, TB_ERROR_NOT_FOUND when there is none. */
gboolean tb_connection_edit_add_filter (TbStore *store, const TbFilter *filter, GError **error);
gboolean tb_connection_edit_remove_filter (TbStore *store, const TbFilter *filter, GError **error);

G_END_DECLS
