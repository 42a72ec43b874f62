/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-store.h"

G_BEGIN_DECLS

/**
 * TbCallWriter: brings calls of one connection into the books: deduplicates, clusters, all or nothing.
 *
 * Calls are taken in batches, sorted, compared with what is stored, and written in key order (see schema/README.md). One
 * writer is one import: `begin` opens a transaction and an import row, `finish` commits it, `free` without it rolls back.
 */
typedef struct _TbCallWriter TbCallWriter;

typedef struct
{
  guint32 import_id;
  guint64 read;      /* records given, rejected ones included */
  guint64 added;
  guint64 duplicate; /* the same call again */
  guint64 changed;   /* same uid, other content, replaced */
  guint64 conflict;  /* same uid, other content, but invoiced: kept aside */
  guint64 rejected;
  guint64 future;    /* of those read, calls that begin later than it is now; not kept in the books */
} TbImportCounts;

/* `connection` is its name; `source` a file name or URL for the history; `format` likewise. */
TbCallWriter *tb_call_writer_begin (TbStore *store, const char *connection, const char *source, const char *format, GError **error);
/* Copies what it needs. `uid` "" means: derive one from the content and the n-th occurrence inside this import. */
gboolean      tb_call_writer_add (TbCallWriter *self, const TbCall *call, GError **error);
/* Keeps a record that could not be read, with line number and reason. */
gboolean      tb_call_writer_reject (TbCallWriter *self, guint64 line, const char *reason, const char *raw, gsize raw_len, GError **error);
/* Moves the connection's cursor with the same commit (sync); 0 = leave it. */
void          tb_call_writer_set_cursor (TbCallWriter *self, gint64 cursor);
/* Knows the file from the same commit on (tb_connection_store_load_files); NULL = it was none. Copies. */
void          tb_call_writer_set_file (TbCallWriter *self, const char *name, const char *version);
gboolean      tb_call_writer_finish (TbCallWriter *self, TbImportCounts *ret, GError **error);
void          tb_call_writer_free (TbCallWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallWriter, tb_call_writer_free)

G_END_DECLS
