/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "tb-db.h"

G_BEGIN_DECLS

struct _TbDb
{
  sqlite3 *handle;
  char *path;
  TbDbFlags flags;
  GCancellable *cancellable; /* or NULL */
  GHashTable *idle; /* SQL → TbStatement that was let go of, for whoever asks the same again */
};

/* A page holds 30 calls: 16 MB keep the inner pages of the largest books, 48 MB a whole batch's worth of leaves. */
#define TB_DB_CACHE_KIB 16384
#define TB_DB_CACHE_BULK_KIB 49152

/* To be called before the handle is closed. */
void tb_db_forget_idle (TbDb *self);

/* SQLite's result as ours; always FALSE. Call it before anything else is asked of the handle. */
gboolean tb_db_fail (TbDb *self, int result, GError **error);

G_END_DECLS
