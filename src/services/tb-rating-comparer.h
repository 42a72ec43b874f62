/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating-comparison.h"

G_BEGIN_DECLS

/* Adds up what a pass shows, call by call, into a comparison: by client, by destination, and by both. Borrows `setup`, which is the one that
 * the calls are rated by. */
typedef struct _TbRatingComparer TbRatingComparer;
TbRatingComparer   *tb_rating_comparer_new (const TbSetup *setup);
void                tb_rating_comparer_free (TbRatingComparer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRatingComparer, tb_rating_comparer_free)
gboolean            tb_rating_comparer_add (TbRatingComparer *self, const TbRatingVisit *visit, GError **error);
/* Once. */
TbRatingComparison *tb_rating_comparer_finish (TbRatingComparer *self, GError **error);

/* Its charge or currency would be another, or its status; of an invoiced call only the money counts. */
gboolean tb_rating_visit_is_changed (const TbRatingVisit *self);

G_END_DECLS
