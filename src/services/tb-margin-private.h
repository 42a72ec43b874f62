/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-margin-report.h"

G_BEGIN_DECLS

/* The rows of a report by what its calls have in common. */
typedef struct _TbMarginGroups TbMarginGroups;

TbMarginGroups *tb_margin_groups_new (TbStore *store, const TbSetup *setup, TbMarginBy by);
void            tb_margin_groups_free (TbMarginGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMarginGroups, tb_margin_groups_free)
/* The row of a call, made when it is the first; borrowed. NULL only with an error. */
TbMarginRow    *tb_margin_groups_get (TbMarginGroups *self, const TbTenant *tenant, const TbRatedCall *rated, GError **error);
GPtrArray      *tb_margin_groups_get_rows (TbMarginGroups *self);

TbMarginRow    *tb_margin_row_new (const char *key, const char *name);

G_END_DECLS
