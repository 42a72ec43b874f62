/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-call-test.h"

G_BEGIN_DECLS

/* How calls are put in order: a column of theirs, or the place that what it names has among all names, as people here sort them. */
typedef struct
{
  TbCallColumn column;
  GHashTable *ranks; /* id → place; NULL = the column's own value */
} TbCallRanks;

gboolean tb_call_ranks_init (TbCallRanks *self, TbStore *store, TbCallOrder order, GError **error);
void     tb_call_ranks_clear (TbCallRanks *self);
/* What has no name is before all that have. */
gint64   tb_call_ranks_get (const TbCallRanks *self, gint64 value);

G_END_DECLS
