/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-balance.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What a client was told of the balance's last fall; OK = nothing, or it has risen since. */
gboolean tb_alert_store_get (TbStore *store, guint32 client_id, TbBalanceState *ret, GError **error);
gboolean tb_alert_store_set (TbStore *store, guint32 client_id, TbBalanceState state, GError **error);

G_END_DECLS
