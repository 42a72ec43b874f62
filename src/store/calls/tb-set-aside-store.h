/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What a connection brought that is not among its calls: records that could not be read, and invoiced calls that came again with other values. */

typedef struct
{
  gint64 time;   /* of the import */
  char *source;
  guint64 line;
  char *reason;
  char *raw;
} TbQuarantined;
void       tb_quarantined_free (TbQuarantined *self);
/* Newest first; `limit` 0 = all. */
GPtrArray *tb_quarantine_store_list (TbStore *store, const char *connection, guint limit, GError **error);

typedef struct
{
  gint64 time;       /* of the import */
  char *uid, *tenant, *caller, *callee;
  TbDirection direction;
  gint64 start;
  gint32 seconds;        /* as it came */
  gint64 stored_start;   /* as it is stored, and invoiced */
  gint32 stored_seconds;
} TbCallConflict;
void       tb_call_conflict_free (TbCallConflict *self);
GPtrArray *tb_call_conflict_store_list (TbStore *store, const char *connection, guint limit, GError **error);

G_END_DECLS
