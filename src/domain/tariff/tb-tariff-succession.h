/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-tariff.h"

G_BEGIN_DECLS

/* A provider's next deck over the rates that are there. Decks are sent days or weeks before they hold, so a row that begins later than the
 * old one does not take away what holds until then. */

/* The rates after the deck: all of `deck`, and of `before` those rows that began before the deck's rows of their prefix. A prefix that the
 * deck does not have any more ends when the deck begins, which is its earliest row; an undated row has always held. Returns a new array of
 * TbRate. The same deck again gives the same. */
GPtrArray *tb_tariff_succeed (GPtrArray *before, GPtrArray *deck);

/* What changes from `before` to what tb_tariff_succeed made of it: like tb_tariff_diff, but a later row is compared with the one it follows,
 * and a row that now ends is one removed (its `after` is the row with its end). */
GArray *tb_tariff_compare_succession (GPtrArray *before, GPtrArray *after, guint *ret_unchanged);

G_END_DECLS
