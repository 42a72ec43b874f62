/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"

G_BEGIN_DECLS

/* A list of rates compiled for looking up (rating.md step 6): the longest prefix in force at the call's start wins; of equal prefixes the
 * one with the latest effective date; among its bands the one in force, the highest priority first. Read-only once made. */
typedef struct _TbRateBook TbRateBook;

/* Borrows `rates` (of TbRate) and `zone` (of bands) for its life. */
TbRateBook *tb_rate_book_new (GPtrArray *rates, TbZone *zone);
void        tb_rate_book_free (TbRateBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRateBook, tb_rate_book_free)

gboolean      tb_rate_book_is_empty (const TbRateBook *self);
/* NULL = no rate. With `exact` only a prefix that is the whole number. */
const TbRate *tb_rate_book_find (const TbRateBook *self, const char *digits, gint64 when, gboolean exact);
/* For calls that are split at time bands: the rate at the instant `at` of a call that started at `when`, whose dates are those of the start. */
const TbRate *tb_rate_book_find_at (const TbRateBook *self, const char *digits, gint64 when, gint64 at);
/* The first instant after `at` at which tb_rate_book_find_at may give another answer; G_MAXINT64 when no rate of this number has a band. */
gint64        tb_rate_book_next_border (const TbRateBook *self, const char *digits, gint64 at);

G_END_DECLS
