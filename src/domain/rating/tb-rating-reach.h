/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-rating.h"

G_BEGIN_DECLS

/* What pays for a call: the ledger, what is used of it already, and the tax that is due on both. */
typedef struct
{
  TbMoney entries;
  TbAmount charges;
  TbDecimal tax_percent;
} TbRatingPurse;

#define TB_RATING_NO_END G_MAXINT64

/* The rating turned round: how many whole seconds a call like `call` may last, its own length aside, before it costs more than is left; 0 when
 * not even the first second is paid for; TB_RATING_NO_END when the longest call that there can be (31 days) is. *ret_known is FALSE for a call
 * that has no price at any length. Found by rating, so it says what the bill will; right wherever a longer call never costs less, which only
 * "volume" tiers break. Pools are full, as tb_rating_price with a new state has them. */
gboolean tb_rating_max_seconds (TbRating *self, const TbPackage *package, const TbService *service, const TbCall *call, const TbRatingPurse *purse,
                                gint64 *ret, gboolean *ret_known, GError **error);

G_END_DECLS
