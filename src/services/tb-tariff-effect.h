/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating-comparison.h"
#include "tb-tariff-revision.h"

G_BEGIN_DECLS

/**
 * TbTariffEffect: what a month's calls would have cost, had a revision of their tariff held then. Nothing is written.
 *
 * Decks are sent before they hold. Where a change is felt later than at the beginning of the month, all calls are priced as of the last such
 * date, `as_of`: the question is what the new rates do to a month like that one, and with their dates they would do nothing.
 */
typedef struct
{
  int year, month;
  gint64 as_of; /* TB_TIME_NONE = the dates are as they stand */
  TbRatingComparison *comparison; /* of the calls of packages on the tariff; NULL = no package is on it */
  TbRatingComparison *bought;     /* of all calls, for their costs, where a provider charges by the tariff; NULL = none does */
} TbTariffEffect;

TbTariffEffect *tb_tariff_effect_new (TbStore *store, const TbTariffRevision *revision, int year, int month, TbJob *job, GError **error);
void            tb_tariff_effect_free (TbTariffEffect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTariffEffect, tb_tariff_effect_free)

G_END_DECLS
