/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TbPairSort: sorts ten million (key, value) in a few megabytes: short runs are sorted as they fill, and lie in a file without a name once there are
 * many. Pairs with the same key stay in the order in which they came, or go exactly the other way round.
 */
typedef struct _TbPairSort TbPairSort;

#define TB_PAIR_SORT_RUN (1 << 18)    /* pairs; sorting them takes some milliseconds */
#define TB_PAIR_SORT_IN_MEMORY 8      /* runs */

TbPairSort *tb_pair_sort_new (void);
void        tb_pair_sort_free (TbPairSort *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPairSort, tb_pair_sort_free)
/* TB_ERROR_STORAGE when the temporary file cannot be written. */
gboolean    tb_pair_sort_add (TbPairSort *self, gint64 key, gint64 value, GError **error);
/* After the last one; then next gives at most `n` values, and how many it gave. 0 in *ret_n = the end. */
gboolean    tb_pair_sort_finish (TbPairSort *self, gboolean descending, GError **error);
gboolean    tb_pair_sort_next (TbPairSort *self, gint64 *values, gsize n, gsize *ret_n, GError **error);

G_END_DECLS
