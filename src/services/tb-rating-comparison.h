/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-rating-pass.h"

G_BEGIN_DECLS

/* What a client's calls, or those to a destination, cost in the books and would cost otherwise. One row a currency. */
typedef struct
{
  char *client; /* its key where rows are by client and destination, else NULL */
  char *key;  /* client's key, or the destination's description; "" = none */
  char *name; /* the client's, or as `key` */
  TbCurrency currency;
  guint64 calls;            /* compared */
  guint64 changed;          /* whose status or charge differs */
  TbAmount before, after;   /* charges */
  TbAmount difference;      /* after − before */
  guint64 invoiced;         /* of the changed: those on approved invoices, which stay as they are */
  TbAmount invoiced_difference;
  TbAmount open_difference; /* of those on no approved invoice; both together are `difference` */
} TbComparisonRow;

/**
 * TbRatingComparison: stored charges beside those that another set-up would give, without writing anything: the preview of rating again, of
 * another tariff, package or deck.
 */
typedef struct
{
  guint64 calls, changed;
  guint64 unrated_before, unrated_after; /* calls whose money is missing */
  GPtrArray *clients;      /* of TbComparisonRow, the largest difference first */
  GPtrArray *destinations; /* likewise */
  GPtrArray *details;      /* a row a client and destination, likewise */
  GPtrArray *costs;        /* what providers take for the clients' calls, a row a client and currency of cost, likewise */
} TbRatingComparison;

void tb_rating_comparison_free (TbRatingComparison *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRatingComparison, tb_rating_comparison_free)

/* What differs from the books' own set-up. NULL and -1 mean "as it is". */
typedef struct
{
  const char *package;       /* all services asked for are on it */
  const char *tariff;        /* their packages use it */
  const TbTariff *deck;      /* a tariff as if it had these rates: by its name, or a new one */
  gint32 initial, next;      /* increment of their packages, seconds; -1 = as it is */
  int increment_style;       /* TbIncrementStyle of all rates in the tariffs they use; -1 = as it is */
} TbWhatIf;

#define TB_WHAT_IF_NOTHING { .initial = -1, .next = -1, .increment_style = -1 }

/* Compares the calls of `scope` (its `again` is taken as TRUE). TB_ERROR_NOT_FOUND names the package, tariff or client that is not there. */
TbRatingComparison *tb_rating_compare (TbStore *store, const TbRatingScope *scope, const TbWhatIf *what_if, TbJob *job, GError **error);

G_END_DECLS
