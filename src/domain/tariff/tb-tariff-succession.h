/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-tariff.h"

G_BEGIN_DECLS

/* A provider's next deck over the rates that are there. Decks are sent days or weeks before they hold, so a row that begins later than the
 * old one does not take away what holds until then. */

/* The rates after the deck: all of `deck`, but for rows that only say again what goes on anyway, and of `before` those rows that began before the deck's rows of their prefix. A prefix that the
 * deck does not have any more ends when the deck begins, which is its earliest row; an undated row has always held. Returns a new array of
 * TbRate. The same deck again gives the same. */
GPtrArray *tb_tariff_succeed (GPtrArray *before, GPtrArray *deck);

/* What changes from `before` to what tb_tariff_succeed made of it, or back: like tb_tariff_diff, but a later row is compared with the one it
 * follows, a later row that is taken away with the one that goes on instead, a row that now ends is one removed (its `after` is the row with
 * its end), and one that ends no more is one added. What such a row follows does not count as unchanged. Unchanged rows are appended to
 * `unchanged` (of TbTariffChange), which may be NULL. */
GArray *tb_tariff_compare_succession (GPtrArray *before, GPtrArray *after, GArray *unchanged);

/* ---- in time ---- */

/* The rates that price a call which starts at `time`, with the dates they have; what a later row of their prefix has taken over from is left
 * out. Borrowed from `rates`, by prefix. */
GPtrArray *tb_tariff_list_at (GPtrArray *rates, gint64 time);

/* What rates that are in force already hold in store: the rows that begin after `now`, beside those they follow, and those that end then
 * without one that follows. A GArray of TbTariffChange, borrowed from `rates`, by prefix. */
GArray *tb_tariff_list_pending (GPtrArray *rates, gint64 now);

/* How many changes are felt from when on. */
typedef struct
{
  gint64 from;
  guint counts[TB_TARIFF_N_CHANGE_KINDS];
} TbTariffStart;

/* Those of the changes that are felt later than `after`, by time. A GArray of TbTariffStart. */
GArray *tb_tariff_group_starts (GArray *changes, gint64 after);
/* Puts several such lists that were appended to each other in order: one row a time. */
void    tb_tariff_merge_starts (GArray *self);

G_END_DECLS
