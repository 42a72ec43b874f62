/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-explain.h"

G_BEGIN_DECLS

/* tb-explain-lists.c: the lists of rates that were asked for the call, into the facts. `package` may be NULL. */
gboolean tb_explain_lists (TbStore *store, TbCallExplanation *self, const TbPackage *package, GError **error);

/* tb-explain-pools.c: which pools gave the free seconds of a stored call: those of its billing period are counted up to it. */
/* Index of a connection in the set-up; G_MAXUINT = it is not there. */
guint    tb_explain_connection_index (const TbSetup *setup, const char *name);
gboolean tb_explain_pools (TbStore *store, TbCallExplanation *self, GError **error);

G_END_DECLS
