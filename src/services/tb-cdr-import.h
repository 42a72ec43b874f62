/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "tb-call-reader.h"
#include "tb-call-store.h"
#include "tb-call-writer.h"
#include "tb-store.h"

G_BEGIN_DECLS

typedef struct
{
  TbImportCounts counts;
  char *source, *format;
  GPtrArray *rejects; /* of TbReject, the first 1,000 */
} TbCdrImport;

/* One file ("-" = standard input) into `connection`: all or nothing, rejected rows kept aside. `format` and `columns` override the
 * connection's own, NULL = those, else guessed. `rejects` (may be NULL) gets the rejected lines as they came. */
TbCdrImport *tb_cdr_import_run (TbStore *store, const char *path, const char *connection, const char *format, const char *columns,
                                FILE *rejects, TbJob *job, GError **error);
/* Where a reader's calls come from, and what is known of it as soon as they are stored. */
typedef struct
{
  const char *name;    /* for people, in the history */
  gint64 cursor;       /* of the connection; 0 = leave it */
  const char *file;    /* of a collected file; NULL = it was none */
  const char *version; /* of that file; NULL = to be read again */
} TbCdrSource;
/* The same from a reader that is already there; used by sync. */
TbCdrImport *tb_cdr_import_from_reader (TbStore *store, TbCallReader *reader, const char *connection, const TbCdrSource *source, FILE *rejects,
                                        goffset total_bytes, TbJob *job, GError **error);
void         tb_cdr_import_free (TbCdrImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCdrImport, tb_cdr_import_free)

G_END_DECLS
