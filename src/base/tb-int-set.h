/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TbIntSet: a set of gint64 as ranges in order, none touching the next. Ids, money, times and packed numbers are all held against one, which a
 * binary search answers.
 */
typedef struct { gint64 low, high; } TbIntRange; /* both included */

typedef struct _TbIntSet TbIntSet;

TbIntSet *tb_int_set_new (void);
TbIntSet *tb_int_set_copy (const TbIntSet *self);
void      tb_int_set_free (TbIntSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbIntSet, tb_int_set_free)

/* Nothing when low > high. Ranges are brought in order when the set is first asked, so that adding many costs little. */
void      tb_int_set_add (TbIntSet *self, gint64 low, gint64 high);
/* What is in neither is in the complement, of all gint64. */
TbIntSet *tb_int_set_complement (TbIntSet *self);
gboolean  tb_int_set_has (TbIntSet *self, gint64 value);
guint     tb_int_set_get_n_ranges (TbIntSet *self);
const TbIntRange *tb_int_set_get_ranges (TbIntSet *self);

G_END_DECLS
