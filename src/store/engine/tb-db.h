/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-job.h"

G_BEGIN_DECLS

/**
 * TbDb: the one place that knows which engine runs the books (SQLite now, PostgreSQL for offices later).
 *
 * Statements are portable SQL: parameters are $1, $2, … in order of first appearance (SQLite counts them so, PostgreSQL
 * by name); INSERT … ON CONFLICT … DO, RETURNING, no PRAGMA, no rowid, no typeof, no REPLACE. The schema files speak
 * of INTEGER (64 bit), TEXT and BLOB; TbDb adds STRICT here and will say BIGINT and BYTEA there.
 */
typedef struct _TbDb TbDb;
typedef struct _TbStatement TbStatement;

typedef enum
{
  TB_DB_READ_WRITE = 0,
  TB_DB_CREATE = 1 << 0,    /* make new books; TB_ERROR_CONFLICT when the file exists */
  TB_DB_READ_ONLY = 1 << 1, /* for views */
  TB_DB_BULK = 1 << 2,      /* larger cache for imports */
} TbDbFlags;

TbDb    *tb_db_open (const char *path, TbDbFlags flags, GError **error);
void     tb_db_close (TbDb *self); /* checkpoints; statements must be gone */
gboolean tb_db_exec (TbDb *self, const char *sql, GError **error); /* several statements allowed */

/* Transactions do not nest. Begin takes the write lock at once (TB_ERROR_CONFLICT when another process holds it). */
gboolean tb_db_begin (TbDb *self, GError **error);
gboolean tb_db_commit (TbDb *self, GError **error);
void     tb_db_rollback (TbDb *self);
gboolean tb_db_in_transaction (TbDb *self);

/* While set, a running statement stops within milliseconds of the cancel (TB_ERROR_CANCELLED). NULL unsets. */
void     tb_db_set_cancellable (TbDb *self, GCancellable *cancellable);
gint64   tb_db_last_insert_id (TbDb *self);
gint64   tb_db_changes (TbDb *self);

gboolean tb_db_get_schema_version (TbDb *self, int *ret, GError **error);
gboolean tb_db_set_schema_version (TbDb *self, int version, GError **error); /* inside a transaction */
/* Engine's own integrity and foreign key check; one message a finding. */
gboolean tb_db_check (TbDb *self, GPtrArray *findings, TbJob *job, GError **error);
/* Something of the books for one alone, across processes, for as long as it takes; not the rows themselves. NULL without error = another has `key`.
 * Gone with the process, however it ends, so that no lock stays behind. Any thread; it may outlive the TbDb. */
typedef struct _TbDbLock TbDbLock;
TbDbLock *tb_db_try_lock (TbDb *self, guint32 key, GError **error);
void      tb_db_lock_free (TbDbLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDbLock, tb_db_lock_free)
/* A consistent copy, while others write. */
gboolean tb_db_backup (TbDb *self, const char *path, TbJob *job, GError **error);
const char *tb_db_get_engine_version (void); /* "SQLite 3.40.1" */

TbStatement *tb_db_prepare (TbDb *self, const char *sql, GError **error);
void         tb_statement_free (TbStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbStatement, tb_statement_free)

/* Parameters from 1. Text and blobs are borrowed until the next reset. */
void tb_statement_bind_int (TbStatement *self, int parameter, gint64 value);
void tb_statement_bind_text (TbStatement *self, int parameter, const char *value); /* NULL binds NULL */
void tb_statement_bind_text_len (TbStatement *self, int parameter, const char *value, gsize len);
void tb_statement_bind_blob (TbStatement *self, int parameter, const void *data, gsize len);
void tb_statement_bind_null (TbStatement *self, int parameter);
/* Value or, when it equals `none`, NULL. */
void tb_statement_bind_int_or_null (TbStatement *self, int parameter, gint64 value, gint64 none);

gboolean tb_statement_step (TbStatement *self, gboolean *has_row, GError **error); /* *has_row may be NULL */
void     tb_statement_reset (TbStatement *self); /* also clears nothing but the run: bindings stay */
/* step + reset, for statements without rows */
gboolean tb_statement_run (TbStatement *self, GError **error);

/* Columns from 0. Text is "" and int 0 for NULL; text lives until the next step. */
gboolean    tb_statement_is_null (TbStatement *self, int column);
gint64      tb_statement_int (TbStatement *self, int column);
gint64      tb_statement_int_or (TbStatement *self, int column, gint64 null_value);
const char *tb_statement_text (TbStatement *self, int column);
char       *tb_statement_dup_text (TbStatement *self, int column); /* NULL for NULL */
const guint8 *tb_statement_blob (TbStatement *self, int column, gsize *ret_len);

G_END_DECLS
