/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"
#include "tb-mirror.h"

G_BEGIN_DECLS

/* What WHMCS had when it was last read, every noun of tb-mirror.h in a table of its own, and when each row was read. */

/* ---- pulls ---- */

typedef struct
{
  gint64 id;
  char *url;
  gboolean whole;
  gint64 began, ended; /* ended 0 = broken off, or under way */
  char *version;       /* of WHMCS, or NULL */
  char *permissions;   /* as GetAdminDetails has them, or NULL */
  char *message;       /* why it ended early, or NULL */
} TbRemotePull;
void tb_remote_pull_free (TbRemotePull *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRemotePull, tb_remote_pull_free)

/* Goes on with the last pull when that has no end, was of the same `url`, as whole as asked for, and began at `not_before` or later; else begins one. What
 * was read from another url is forgotten first. It begins after the last one ended, whatever the clock says. */
TbRemotePull *tb_remote_store_begin (TbStore *store, const char *url, gboolean whole, gint64 now, gint64 not_before, GError **error);
/* Writes version, permissions, message and, where it is set, the end. */
gboolean      tb_remote_store_note (TbStore *store, const TbRemotePull *pull, GError **error);
/* The last one (`complete`: that came to its end), or NULL without error in *ret. */
gboolean      tb_remote_store_get_pull (TbStore *store, gboolean complete, TbRemotePull **ret, GError **error);

/* ---- rows ---- */

typedef enum
{
  TB_REMOTE_LISTED, /* only members that are in the list */
  TB_REMOTE_WHOLE,
} TbRemoteDepth;

typedef struct
{
  guint added, changed, same, gone;
} TbRemoteCounts;

/* Compares each value with its row and writes what differs; `counts` (may be NULL) goes up. All or none. */
gboolean tb_remote_store_save (TbStore *store, const TbMirrorNoun *noun, TbRemoteDepth depth, GPtrArray *values, gint64 pull, gint64 now,
                               TbRemoteCounts *counts, GError **error);
/* Whatever the pull did not see is there no more; `client` 0 = of all. */
gboolean tb_remote_store_sweep (TbStore *store, const TbMirrorNoun *noun, gint64 client, gint64 pull, gint64 now, TbRemoteCounts *counts, GError **error);

/* Of the noun's type, by id, without those that are gone; `client` 0 = of all. */
GPtrArray *tb_remote_store_list (TbStore *store, const TbMirrorNoun *noun, gint64 client, GError **error);
/* TB_ERROR_NOT_FOUND when there is none, or no more. */
gpointer   tb_remote_store_get (TbStore *store, const TbMirrorNoun *noun, gint64 id, GError **error);

typedef struct
{
  gint64 id;
  gint64 seen;                             /* pull */
  gint64 read_at, changed_at, detailed_at; /* 0 = never */
  gboolean gone;
} TbRemoteRead;
/* id → TbRemoteRead, those gone too. */
GHashTable         *tb_remote_store_list_reads (TbStore *store, const TbMirrorNoun *noun, GError **error);
/* Borrowed, or NULL. */
const TbRemoteRead *tb_remote_reads_get (GHashTable *reads, gint64 id);

G_END_DECLS
