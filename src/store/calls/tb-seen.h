/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-store.h"

G_BEGIN_DECLS

/**
 * TbSeen: which calls the books have seen, as keyed 64-bit hashes of (connection, uid) in sorted runs.
 *
 * A run is what one batch added; many runs are united into one. They are read when an import begins, into one list (8 bytes a call), in which
 * a hash is looked up by interpolation, for hashes are spread evenly. A hit may be chance: the caller confirms it. The list is kept from one
 * import to the next, for a collection is thousands of small ones; what is a list of other runs than those of the books is read anew.
 */
typedef struct _TbSeen TbSeen;

TbSeen  *tb_seen_load (TbStore *store, GError **error);
void     tb_seen_free (TbSeen *self);
/* Instead of free, when what was added is committed: for the next who loads it. */
void     tb_seen_keep (TbSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSeen, tb_seen_free)

guint64  tb_seen_hash (const TbSeen *self, guint32 connection, const guint8 *uid, gsize len);
gboolean tb_seen_contains (const TbSeen *self, guint64 hash);
/* Stores `n` hashes, which are sorted, as a run, in the open transaction. */
gboolean tb_seen_add (TbSeen *self, const guint64 *hashes, gsize n, GError **error);

G_END_DECLS
