/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-db.h"
#include "tb-job.h"
#include "tb-rated-call.h"

G_BEGIN_DECLS

/**
 * TbStore: the books: one file, opened, migrated, and lent to the tb_*_store functions, one set per noun.
 *
 * Not thread-safe: one store belongs to one thread (the worker's for writing, its own for each view). All functions
 * named tb_<noun>_store_* take it first. Those that change rows run in their own transaction unless one is open.
 */
typedef struct _TbStore TbStore;

TbStore    *tb_store_create (const char *path, GError **error);                   /* new books at the current schema */
TbStore    *tb_store_open (const char *path, TbDbFlags flags, GError **error);    /* migrates when writable */
void        tb_store_close (TbStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbStore, tb_store_close)
TbDb       *tb_store_get_db (TbStore *self);
const char *tb_store_get_path (TbStore *self);
/* What was read of the books and is costly to read again, from one order to the next; whoever takes it makes sure that it still holds. One thing at a
 * time: it is TbSeen's. */
void        tb_store_keep (TbStore *self, gpointer data, GDestroyNotify data_free);
gpointer    tb_store_take (TbStore *self); /* NULL = nothing is kept */

gboolean tb_store_begin (TbStore *self, GError **error);
gboolean tb_store_commit (TbStore *self, GError **error);
void     tb_store_rollback (TbStore *self);
/* For functions that run in their own transaction unless one is open: joins it, or begins one, which is then "own". Leave commits an own
 * one that went well and rolls back one that did not; a joined one is left to who began it. */
gboolean tb_store_join (TbStore *self, gboolean *ret_own, GError **error);
gboolean tb_store_leave (TbStore *self, gboolean own, gboolean ok, GError **error);

/* A small table of names and values: "demo" = "1", "company_zone" … NULL when unset. */
char    *tb_store_get_setting (TbStore *self, const char *name);
gboolean tb_store_set_setting (TbStore *self, const char *name, const char *value, GError **error);

gboolean tb_store_backup (TbStore *self, const char *path, TbJob *job, GError **error);
/* Checks `backup` first (integrity, our application id, known schema), keeps the replaced books beside as `path`.before-restore. */
gboolean tb_store_restore (const char *backup, const char *path, TbJob *job, GError **error);
/* Integrity, foreign keys, sum laws (imported = rated + free + unrated + set aside; lines = totals; gapless numbers). One
 * sentence a finding in *ret_findings (of char *); no finding = sound. */
gboolean tb_store_check (TbStore *self, GPtrArray **ret_findings, TbJob *job, GError **error);

G_END_DECLS
