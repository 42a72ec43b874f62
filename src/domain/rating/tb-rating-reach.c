/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rating-reach.h"

#include "tb-balance.h"

typedef struct
{
  TbRating *rating;
  const TbPackage *package;
  const TbService *service;
  const TbRatingPurse *purse;
  TbCall call;
  gboolean known;
} Reach;

static gboolean
is_priced (TbCallStatus status)
{
  return status != TB_CALL_BLOCKED && !tb_call_status_is_unrated (status);
}

/* Whether a call of that length is paid for. */
static gboolean
ask (Reach *self, gint32 seconds, gboolean *ret, GError **error)
{
  g_autoptr (TbRatingState) state = tb_rating_state_new (self->rating);
  TbAmount charges, left;
  TbRatedCall rated;

  self->call.seconds = seconds;
  self->call.duration = seconds;
  if (!tb_rating_price (self->rating, state, self->package, self->service, &self->call, &rated, error)
      || !tb_amount_add (self->purse->charges, rated.charge, &charges, error)
      || !tb_balance_compute (self->purse->entries, charges, self->purse->tax_percent, &left, error))
    return FALSE;
  self->known = is_priced (rated.status);
  *ret = self->known && left >= 0;
  return TRUE;
}

gboolean
tb_rating_max_seconds (TbRating *self, const TbPackage *package, const TbService *service, const TbCall *call, const TbRatingPurse *purse,
                       gint64 *ret, gboolean *ret_known, GError **error)
{
  Reach reach = { self, package, service, purse, *call, FALSE };
  gint32 paid = 0, beyond = 1;
  gboolean pays;

  /* First by doubling, so that the length of the answer and not that of the longest call is what it takes. */
  for (;;)
    {
      if (!ask (&reach, beyond, &pays, error))
        return FALSE;
      if (!pays || beyond == TB_CALL_MAX_SECONDS)
        break;
      paid = beyond;
      beyond = MIN (beyond * 2, TB_CALL_MAX_SECONDS);
    }
  *ret_known = reach.known;
  if (pays)
    {
      *ret = TB_RATING_NO_END;
      return TRUE;
    }
  while (beyond - paid > 1)
    {
      gint32 middle = paid + (beyond - paid) / 2;

      if (!ask (&reach, middle, &pays, error))
        return FALSE;
      if (pays)
        paid = middle;
      else
        beyond = middle;
    }
  *ret = paid;
  return TRUE;
}
