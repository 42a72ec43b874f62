/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating-pass.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 statuses[TB_CALL_N_STATUS]; /* of the calls rated now */
  guint64 rated;                      /* how many were rated now */
  guint64 changed;                    /* of those rated before, how many changed */
  GArray *charges;                    /* of TbMoney, one a currency, of the calls rated now */
  gint64 first, last;                 /* starts of the earliest and the latest of them; first > last when there are none */
} TbRatingCounts;

/* Rates what is unrated with start in [from, to) (0 = open), or everything in it when `again`. Invoiced calls never change. Where pools
 * of included seconds are involved the open period is rated anew, so the result does not depend on the order of arrival.
 * Commits per tenant; cancelled in the middle, the next run goes on. */
gboolean tb_rating_run (TbStore *store, gint64 from, gint64 to, gboolean again, TbRatingCounts *ret, TbJob *job, GError **error);
/* The same for a part: of one client, or of those on one tariff. In a transaction that is open, it commits nothing. */
gboolean tb_rating_run_scope (TbStore *store, const TbRatingScope *scope, TbRatingCounts *ret, TbJob *job, GError **error);
void     tb_rating_counts_clear (TbRatingCounts *self);

G_END_DECLS
