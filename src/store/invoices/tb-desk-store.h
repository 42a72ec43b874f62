/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-desk-run.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* The run of that month; one that is not begun (id 0) when there is none. */
TbDeskRun *tb_desk_store_get (TbStore *store, int year, int month, GError **error);
/* The month of the run that was changed last and has not ended; *ret_year 0 = there is none. */
gboolean   tb_desk_store_find_open (TbStore *store, int *ret_year, int *ret_month, GError **error);
/* Goes on from `step` to the one after it, and notes when and with what `remark` (or NULL). Begins the run when there is none; from the last step on it
 * has ended. */
gboolean   tb_desk_store_pass (TbStore *store, int year, int month, TbDeskStep step, const char *remark, gint64 now, GError **error);
/* Takes up `step` again; what was passed stays noted until it is passed anew. */
gboolean   tb_desk_store_go (TbStore *store, int year, int month, TbDeskStep step, gint64 now, GError **error);

G_END_DECLS
