/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/* What hangs on a connection. */
typedef struct
{
  guint64 calls, services;
} TbConnectionUse;
/* TB_ERROR_NOT_FOUND when there is no such connection. */
gboolean tb_connection_store_get_use (TbStore *store, const char *name, TbConnectionUse *ret, GError **error);
/* With its filters, state, imports and tenants. Only for one without calls. */
gboolean tb_connection_store_remove (TbStore *store, const char *name, GError **error);

G_END_DECLS
