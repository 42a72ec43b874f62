/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-posting.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What a person does to a posting. TB_ERROR_CONFLICT when it is in no state for that, or was moved by another workstation at this moment. */

/* What failed or was put aside is tried again by the next run, which begins by looking for it. */
TbPosting *tb_whmcs_ledger_retry (TbStore *store, guint32 id, gint64 now, GError **error);
/* Put aside until somebody retries it: nothing of it is sent. */
TbPosting *tb_whmcs_ledger_park (TbStore *store, guint32 id, gint64 now, GError **error);

G_END_DECLS
