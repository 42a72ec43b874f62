/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-fake-server.h"
#include "tb-pbx.h"

G_BEGIN_DECLS

/* A whole talk with a PBX, seen from outside. */
typedef struct
{
  guint calls, rejects, skipped, pages;
  guint unique, answered; /* by uid; by ring ≥ 0 */
  gint64 seconds;         /* of unique calls */
  GPtrArray *lines;       /* of char *: "uid|start|tenant|extension|direction|caller|name|callee|did|account|cause|ring|duration|seconds" */
  char *reason;           /* of the first reject */
  char *file, *version;   /* of the last page that was of a file */
  char *format;           /* of the last file */
  GHashTable *seen;
  GError *error;
} TbCollected;

/* From the default main context, at most ten seconds a page. Patience is a millisecond. */
TbCollected *tb_pbx_collect (TbPbx *pbx, gint64 from, gint64 to);
TbCollected *tb_collected_new (void);
void         tb_collected_take (TbCollected *self, TbCallReader *reader);
void         tb_collected_reject (TbCollected *self, const char *reason);
void         tb_collected_free (TbCollected *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCollected, tb_collected_free)
const char  *tb_collected_find (TbCollected *self, const char *uid); /* its line; NULL = not there */
guint        tb_collected_count (TbCollected *self, const char *part); /* lines that hold this */

/* "OK" or what was said, with its error code in `ret_code` (-1 = none). */
char  *tb_pbx_collect_test (TbPbx *pbx, int *ret_code);
GPtrArray *tb_pbx_collect_tenants (TbPbx *pbx); /* of TbPbxTenant; it must be told */
/* The test of a connection ends with `code` and says `says`, and never a word that holds "S3CR3T". `why` is logged. */
void   tb_pbx_assert_says (TbPbx *pbx, const char *why, int code, const char *says);
TbPbx *tb_pbx_for_test (const char *kind, const char *url, const char *user, const char *secret); /* zone America/Winnipeg, as the samples' */

G_END_DECLS
